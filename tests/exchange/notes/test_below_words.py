"""What stands under somebody's name or words in a file is theirs: of who does not take part nothing is taken in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import openpyxl
import pytest
from docx import Document

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.exchange.notes_source import source_in
from sto_desktop.workplace.importing import Intake, notes_intake
from tests.exchange.notes.test_who_says import CONTENT, GONE, NAME, OTHER, STAYS, of_text, only_others, said

NAMED = (NAME, "Wietske", f"{NAME}:", "Wietske:", "mw. Oude Luttikhuis:", "Mevrouw Oude Luttikhuis", "wietske:")


def of_word(*paragraphs: tuple[str, str]) -> Intake:
    """What a Word document of these paragraphs, each with its style, would do to the panel."""
    document = Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    file = io.BytesIO()
    document.save(file)
    return notes_intake(source_in(file.getvalue(), "notities.docx"), CONTENT)


def of_tables(rows: Sequence[Sequence[str]]) -> Iterator[Intake]:
    """What the same table in csv, in Excel and in Word would do to the panel."""
    yield of_text("\n".join(";".join(row) for row in rows), "notities.csv")
    workbook, file = openpyxl.Workbook(), io.BytesIO()
    sheet = workbook.create_sheet("Notities", 0)
    for row in rows:
        sheet.append(row)
    workbook.save(file)
    yield notes_intake(source_in(file.getvalue(), "notities.xlsx"), CONTENT)
    document, file = Document(), io.BytesIO()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(file)
    yield notes_intake(source_in(file.getvalue(), "notities.docx"), CONTENT)


@pytest.mark.parametrize("name", NAMED)
def test_points_below_a_name_are_theirs_and_those_beside_it_are_not(name: str) -> None:
    his = f"  - Rik: {STAYS} eens\n    - {STAYS} echt\n"
    below = f"  - {GONE} te kort\n    - {GONE} geen budget\n{his}  - {GONE} nog eens\n"
    intake = of_text(f"## Beeld\n- {name}\n{below}- {STAYS} de bus\n- {OTHER}\n  - {STAYS} fijn\n", "notities.md")
    assert only_others(intake)
    rik = "Rik ten Broeke"
    assert list(said(intake).values()) == [rik, rik, "", OTHER]
    styles = ("List Bullet", "List Bullet 2", "List Bullet")
    intake = of_word(*zip((name, f"{GONE} te kort", f"{STAYS} de bus"), styles, strict=True))
    assert said(intake) == {f"{STAYS} de bus": ""}


@pytest.mark.parametrize("name", NAMED[2:5])
def test_paragraphs_below_a_name_on_a_line_of_its_own_are_theirs(name: str) -> None:
    lines = (f"{STAYS} welkom", name, f"{GONE} te kort", f"{GONE} geen budget", f"{OTHER}:", f"{STAYS} de bus")
    intake = of_word(*((line, "Normal") for line in lines))
    assert said(intake) == {f"{STAYS} welkom": "", f"{STAYS} de bus": OTHER}


@pytest.mark.parametrize("written", ["{}", "{}:", "**{}**", "**{}:**", "*{}*", "_{}_:", "1. {}", "2) {}:"])
@pytest.mark.parametrize("name", [NAME, "Wietske", "wietske", "mevrouw Oude Luttikhuis"])
@pytest.mark.parametrize("between", ["", "\n"])
def test_points_below_a_name_on_a_line_of_its_own_are_theirs(written: str, name: str, between: str) -> None:
    his = written.format("Mohamed" if name.istitle() else OTHER)
    blocks = (
        f"{written.format(name)}\n{between}- {GONE} te kort\n- {GONE} te duur",
        f"{his}\n{between}- {STAYS} de bus",
    )
    intake = of_text(f"\n{between}".join(blocks))
    assert said(intake) == {f"{STAYS} de bus": OTHER}


def test_points_below_a_name_with_a_time_are_theirs() -> None:
    intake = of_text(f"15:40 Wietske\n- {GONE} te kort\n- {GONE} te duur\n15:44 Mohamed\n- {STAYS} de bus")
    assert said(intake) == {f"{STAYS} de bus": OTHER}


@pytest.mark.parametrize("style", ["List Bullet", "List Number"])
@pytest.mark.parametrize("name", NAMED)
def test_points_below_a_name_in_word_are_theirs(name: str, style: str) -> None:
    theirs = [(name, "Normal"), (f"{GONE} te kort", style), (f"{GONE} te duur", style)]
    intake = of_word(*theirs, (f"{OTHER}:", "Normal"), (f"{STAYS} de bus", style))
    assert said(intake) == {f"{STAYS} de bus": OTHER}


def test_a_heading_ends_the_points_below_a_name() -> None:
    intake = of_text(f"Wietske:\n- {GONE} te kort\n\n## Beeld\n- {STAYS} de bus\n", "notities.md")
    assert said(intake) == {f"{STAYS} de bus": ""}


@pytest.mark.parametrize(
    "head",
    [
        "Inbreng van {0}", "ROC van Twente – {0}", "Reactie van mevrouw {0}", "Wethouder {0}",
        "{0} (ROC van Twente)", "{0} – ROC van Twente", "{0}, ROC van Twente",
    ],
)  # fmt: skip
def test_a_heading_that_says_whose_words_follow(head: str) -> None:
    below = "- {0} te kort\n\n{0} geen budget\n"
    text = f"## {head.format(NAME)}\n\n{below.format(GONE)}\n## {head.format(OTHER)}\n\n{below.format(STAYS)}"
    intake = of_text(text, "notities.md")
    assert said(intake) == {f"{STAYS} te kort": OTHER, f"{STAYS} geen budget": OTHER}


@pytest.mark.parametrize("head", ["Vraag aan {0}", "Excursie {0}", "Gesprek met {0}", "Wat vindt {0}?", "Over {0}"])
def test_a_heading_about_somebody_says_nothing_of_whose_words_follow(head: str) -> None:
    intake = of_text(f"## {head.format(NAME)}\n\n- {STAYS} te kort\n", "notities.md")
    assert said(intake) == {f"{STAYS} te kort": ""}


def test_points_below_somebody_s_words_go_on_with_them() -> None:
    below = f"  - {GONE} de monteurs\n    - {GONE} op\n"
    text = f"## Beeld\n- Wietske: {GONE} te kort\n{below}- {OTHER}: {STAYS} de bus\n  - {STAYS} vol\n- {STAYS} anders\n"
    intake = of_text(text, "notities.md")
    assert said(intake) == {f"{STAYS} de bus": OTHER, f"{STAYS} vol": OTHER, f"{STAYS} anders": ""}
    points = ((f"Wietske: {GONE} te kort", "List Bullet"), (f"{GONE} op", "List Bullet 2"))
    assert said(of_word(*points, (f"{STAYS} anders", "List Bullet"))) == {f"{STAYS} anders": ""}
    announced = of_text(
        f"## Beeld\nWietske: {GONE} drie dingen:\n- {GONE} een\n- {GONE} twee\n\n{STAYS} slot\n", "n.md"
    )
    assert said(announced) == {f"{STAYS} slot": ""}


def test_an_empty_line_in_a_turn_of_a_conversation_does_not_end_it() -> None:
    text = f"{OTHER}: {STAYS} hallo.\nWietske: {GONE} te kort.\n{GONE} op.\n\n{GONE} duur.\nRik: {STAYS} eens.\n"
    assert said(of_text(text)) == {f"{STAYS} hallo.": OTHER, f"{STAYS} eens.": "Rik ten Broeke"}


def test_a_row_without_a_name_goes_on_with_the_row_above_it() -> None:
    rows = [("Wie", "Wat"), (OTHER, f"{STAYS} de bus"), ("Wietske", f"{GONE} te kort"), ("", f"{GONE} op"),
            ("", f"{GONE} duur"), ("Rik", f"{STAYS} eens"), ("", f"{STAYS} echt")]  # fmt: skip
    for intake in of_tables(rows):
        assert said(intake) == {f"{STAYS} de bus": OTHER, f"{STAYS} eens": "Rik ten Broeke", f"{STAYS} echt": ""}


def test_answers_and_our_own_rows_without_a_name_are_of_somebody_else() -> None:
    rows: list[Sequence[str]] = [
        ("Wie", "Wat kan beter?"),
        (OTHER, f"{STAYS} de bus"),
        ("Wietske", f"{GONE} te kort"),
        ("", f"{STAYS} op"),
    ]
    for intake in of_tables(rows):
        assert said(intake)[f"{STAYS} op"] == ""
        assert only_others(intake)
    rows = [("Vraag", "Zegt", "Notitie"), ("Hoe?", "Wietske", f"{GONE} te kort"), ("Hoe?", "", f"{STAYS} op")]
    for intake in of_tables(rows):
        assert said(intake) == {f"{STAYS} op": ""}


MINUTES = (
    "We beginnen met de stand van zaken.", "De open dag is goed bezocht.", "Wietske: wij zoeken metselaars.",
    "Timmerlui lukt ook niet.", "Rik: de bus is te laat.", "De gemeente bekijkt dit.",
)  # fmt: skip
BELOW = "1 notitie zonder spreker stond onder woorden van wie niet meedoet (deelname: nee)."


@pytest.mark.parametrize(
    "lines",
    [
        MINUTES,
        [f"- {line}" for line in MINUTES],
        [line.replace("Wietske: wij zoeken", "Wietske geeft aan:") for line in MINUTES],
    ],
)
def test_a_line_below_their_words_where_most_have_no_speaker_stays_and_is_told(lines: Sequence[str]) -> None:
    intake = of_text("\n".join(lines))
    assert under(intake)["Timmerlui lukt ook niet."] == NAME
    assert len(said(intake)) == len(MINUTES) - 1
    assert BELOW in " ".join(intake.told)


def under(intake: Intake) -> dict[str, str]:
    """Below whose words each note without a speaker stood."""
    names = {member.id: member.name for member in CONTENT.panelists}
    notes = [edit.values for edit in intake.edits if edit.table == "note"]
    return {str(note["text"]).strip("- "): names[str(note["under"])] for note in notes if "under" in note}


def test_a_line_below_words_of_who_takes_part_is_theirs_only_once_they_refuse() -> None:
    intake = of_text("\n".join(MINUTES).replace("Wietske", "Rik"))
    assert under(intake) == dict.fromkeys(("Timmerlui lukt ook niet.", "De gemeente bekijkt dit."), "Rik ten Broeke")
    assert BELOW not in " ".join(intake.told)


ASKED = (
    ("Opbrengst", "Verbeterpunt"),
    ("Citaat", "Toelichting"),
    ("Succesfactoren", "Wat kan beter?"),
)


@pytest.mark.parametrize("head", ["Wie", "Naam", "Deelnemer", "Spreker"])
@pytest.mark.parametrize("asked", ASKED)
def test_a_column_of_names_before_columns_of_answers_says_who_wrote_them(head: str, asked: tuple[str, str]) -> None:
    rows = [
        (head, *asked),
        ("Wietske", f"{GONE} een van de vele dingen", f"{GONE} twee"),
        ("Rik", f"{STAYS} de bus rijdt niet langs school", "het lab"),
        ("Mohamed", "gereedschap dat werkt in de klas", "te weinig tijd"),
    ]
    for intake in of_tables(rows):
        assert only_others(intake)
        assert said(intake)["het lab"] == "Rik ten Broeke"
        assert len(said(intake)) == 4


@pytest.mark.parametrize("heads", [("Naam", "Team", "Kleur"), ("Wie", "Functie", "Organisatie")])
def test_a_list_of_people_is_no_table_of_answers(heads: tuple[str, ...]) -> None:
    rows = [heads, ("Rik", "docent", "Erasmus"), ("Mohamed", "opleider", "ROC"), ("Karin", "leerling", "Bonhoeffer")]
    with pytest.raises(ExchangeError):
        of_text("\n".join(map(";".join, rows)), "notities.csv")


@pytest.mark.parametrize(
    "head",
    [
        "Schriftelijke inbreng {}", "Schriftelijke inbreng van {}:", "Schriftelijke reactie {}", "Brief van {}",
        "Reactie per mail van {}", "Nagekomen inbreng van {}:", "Gesprek met {}, docent:", "Verslag gesprek {}",
        "Per app van {}:", "Invulformulier van {}", "{} mailt nog:", "Aan het woord is {}.", "Interview {}, docent mbo",
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_line_that_says_whose_words_follow_in_any_wording(head: str, between: str) -> None:
    gone, stays = head.format(NAME), head.format(OTHER)
    intake = of_text(f"{gone}{between}{GONE} is te kort.\n{GONE} is te duur.\n\n{stays}{between}{STAYS} is de bus.\n")
    assert said(intake) == {f"{STAYS} is de bus.": OTHER}


def test_an_answered_mail_that_is_quoted_with_its_head_is_of_who_wrote_it() -> None:
    intake = of_text(
        f"Van: {OTHER} <o@x.nl>\nAan: Karin\nOnderwerp: panel\n\n{STAYS} is vol.\n\nVerstuurd vanaf mijn iPhone\n\n"
        f"> Op 3 mrt. 2023 om 20:11 heeft {NAME} <w@x.nl> het volgende geschreven:\n>\n> {GONE} is duur.\n> {GONE}.\n"
    )
    assert said(intake) == {f"{STAYS} is vol.": OTHER}
