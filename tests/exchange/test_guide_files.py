"""A guide from Word, Markdown, csv and Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.exchange.files.look import Becomes, Choices
from sto_desktop.exchange.files.table_export import table_xlsx
from sto_desktop.exchange.guide_files import read_guide_file
from sto_desktop.exchange.guides import builtin_guide, same_guide, write_guide

ROWS = (
    ("Thema", "Vraag", "Minuten", "Doorvragen"),
    ("Beeldvorming", "Wat zien ouders?", "10", "En thuis?; En op school?"),
    ("Beeldvorming", "Wat kan beter?", "5", ""),
    ("Samenwerking", "Wie werkt er samen?", "15", ""),
)
EXPECTED: list[tuple[str, list[tuple[str, int, list[str]]]]] = [
    ("Beeldvorming", [("Wat zien ouders?", 10, ["En thuis?", "En op school?"]), ("Wat kan beter?", 5, [])]),
    ("Samenwerking", [("Wie werkt er samen?", 15, [])]),
]


def made(path: Path, choices: Choices | None = None) -> list[tuple[str, list[tuple[str, int, list[str]]]]]:
    """The themes of the guide in a file, with their questions, minutes and probes."""
    _, guide = read_guide_file(path, choices or Choices())
    return [
        (
            theme.title,
            [
                (question.text, question.question.minutes, [probe.text for probe in question.probes])
                for question in theme.questions
            ],
        )
        for theme in guide.themes
    ]


def test_a_guide_from_csv_and_excel(tmp_path: Path) -> None:
    (tmp_path / "leidraad.csv").write_text("\n".join(";".join(f'"{c}"' for c in row) for row in ROWS), encoding="utf-8")
    (tmp_path / "leidraad.xlsx").write_bytes(table_xlsx("Leidraad", ROWS))
    assert made(tmp_path / "leidraad.csv") == made(tmp_path / "leidraad.xlsx") == EXPECTED


def test_a_guide_from_markdown_and_word(tmp_path: Path) -> None:
    text = "# Gids\n\n## Beeldvorming\n\n### Wat zien ouders? (10 min)\n\n- En thuis?\n- En op school?\n\n"
    text += "### Wat kan beter? (5 min)\n\n## Samenwerking\n\n### Wie werkt er samen? (15 min)\n"
    (tmp_path / "leidraad.md").write_text(text, encoding="utf-8")
    document = Document()
    document.add_heading("Gids", 0)
    for theme, questions in EXPECTED:
        document.add_heading(theme, 1)
        for question, minutes, probes in questions:
            document.add_heading(f"{question} ({minutes} minuten)", 2)
            for probe in probes:
                document.add_paragraph(f"- {probe}")
    document.save(str(tmp_path / "leidraad.docx"))
    assert made(tmp_path / "leidraad.md") == EXPECTED
    assert made(tmp_path / "leidraad.docx") == EXPECTED


def test_a_line_of_a_guide_can_be_made_something_else(tmp_path: Path) -> None:
    path = tmp_path / "leidraad.md"
    path.write_text("## Beeldvorming\n\nWat zien ouders?\n\nEn thuis?\n", encoding="utf-8")
    assert made(path) == [("Beeldvorming", [("Wat zien ouders?", 0, []), ("En thuis?", 0, [])])]
    chosen = made(path, Choices({2: Becomes.PROBE}))
    assert chosen == [("Beeldvorming", [("Wat zien ouders?", 0, ["En thuis?"])])]


def test_our_own_guide_comes_back_and_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    write_guide(tmp_path / "eigen.json", builtin_guide())
    look, guide = read_guide_file(tmp_path / "eigen.json")
    assert same_guide(guide, builtin_guide())
    assert look.offers == ()
    (tmp_path / "brief.txt").write_text("Beste mensen.\nTot dan.\n", encoding="utf-8")
    with pytest.raises(ExchangeError, match="geen regel is een vraag"):
        read_guide_file(tmp_path / "brief.txt")


def test_points_below_a_theme_are_its_questions_and_those_inside_them_its_probes(tmp_path: Path) -> None:
    path = tmp_path / "leidraad.md"
    path.write_text(
        "Vooraf.\n\n## Stage (25 min)\n- Wie bent u?\n- Wat doet u\n  - bij de school\n- Hoe lang?\n", encoding="utf-8"
    )
    assert made(path) == [
        ("Stage", [("Wie bent u?", 0, []), ("Wat doet u", 0, ["bij de school"]), ("Hoe lang?", 0, [])])
    ]
    look, _ = read_guide_file(path)
    assert look.lines[0].why == "staat voor het eerste thema"
    document = Document()
    document.add_heading("Stage", 1)
    document.add_paragraph("Wie bent u?", style="List Number")
    document.add_paragraph("bij de school", style="List Bullet 2")
    document.save(str(tmp_path / "leidraad.docx"))
    assert made(tmp_path / "leidraad.docx") == [("Stage", [("Wie bent u?", 0, ["bij de school"])])]


def test_minutes_are_between_two_times_and_each_line_of_a_cell_is_a_question(tmp_path: Path) -> None:
    rows = (
        ("Tijd", "Onderwerp", "Vragen", "Wie"),
        ("15:30-15:40", "Opening", "Wie bent u?\nWat doet u?", "Karin"),
        ("ca. 25 min", "Stage", "Hoe gaat het?", ""),
    )
    (tmp_path / "leidraad.xlsx").write_bytes(table_xlsx("Leidraad", rows))
    assert made(tmp_path / "leidraad.xlsx") == [
        ("Opening", [("Wie bent u?", 10, []), ("Wat doet u?", 0, [])]),
        ("Stage", [("Hoe gaat het?", 25, [])]),
    ]
    assert read_guide_file(tmp_path / "leidraad.xlsx")[0].told == ("Niet overgenomen: de kolom «Wie».",)


def test_numbered_questions_under_headings_are_no_themes_and_labels_are_no_words(tmp_path: Path) -> None:
    text = "# Gids\n\n## Beeldvorming\n\nToelichting: we beginnen breed.\n\n"
    text += "1. Wat zien ouders?\n   - Doorvragen: en thuis?\n2. Wat kan beter?\n\n"
    text += "## Samenwerking\n\n- Wie werkt er samen?\n"
    (tmp_path / "leidraad.md").write_text(text, encoding="utf-8")
    assert made(tmp_path / "leidraad.md") == [
        ("Beeldvorming", [("Wat zien ouders?", 0, ["en thuis?"]), ("Wat kan beter?", 0, [])]),
        ("Samenwerking", [("Wie werkt er samen?", 0, [])]),
    ]
    _, guide = read_guide_file(tmp_path / "leidraad.md")
    assert guide.themes[0].theme.script == "we beginnen breed."


def test_a_scenario_in_a_table_has_its_themes_and_minutes_whatever_its_headings(tmp_path: Path) -> None:
    rows = (
        ("Draaiboek", "", ""),
        ("Tijd", "Wat", "Inhoud"),
        ("15:30 (10 min)", "Opening", "Wie bent u?"),
        ("15.40 - 16.00 uur", "Beeldvorming", "Wat leverde het op?\nWat kan beter?"),
        ("", "", "Kunt u een voorbeeld geven?"),
    )
    path = tmp_path / "draaiboek.xlsx"
    path.write_bytes(table_xlsx("Blad", rows))
    assert made(path) == [
        ("Opening", [("Wie bent u?", 10, [])]),
        (
            "Beeldvorming",
            [("Wat leverde het op?", 20, []), ("Wat kan beter?", 0, []), ("Kunt u een voorbeeld geven?", 0, [])],
        ),
    ]
    assert read_guide_file(path)[0].told == ()


def test_the_times_of_a_theme_are_its_minutes(tmp_path: Path) -> None:
    path = tmp_path / "gids.md"
    path.write_text(
        "# Gids\n\n## Opening (15.30 - 15.40 uur)\n- Wie bent u?\n\n"
        "## 15:40-16:05 Beeldvorming\n- Wat kan beter?\n\n## Thema 3: 2020-2024\n- En nu?\n",
        encoding="utf-8",
    )
    _, guide = read_guide_file(path)
    assert [(theme.title, theme.theme.minutes) for theme in guide.themes] == [
        ("Opening", 10),
        ("Beeldvorming", 25),
        ("Thema 3: 2020-2024", 0),
    ]
