"""Lists of members as programs for meetings and people by hand make them: who is there, and who is nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import ascii_lowercase

import pytest

from sto_desktop.exchange.files.table_export import table_xlsx
from sto_desktop.exchange.members.panelists_table import pasted_source, read_source
from sto_desktop.workplace.importing import Intake, members_intake
from tests.exchange.members.test_imports_of_people import EMPTY
from tests.exchange.notes.test_surveys import calls_of


def look_at(tmp_path: Path, text: str, name: str = "leden.csv") -> Intake:
    """What a file with this text would do to an empty panel, by command."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return members_intake(read_source(path, guess=False), EMPTY)


def people_in(intake: Intake) -> list[tuple[str, bool]]:
    """Who comes in, and whether they are there."""
    rows = [edit.values for edit in intake.edits if edit.table == "panelist"]
    return [(str(row.get("name", "")), bool(row.get("present", True))) for row in rows]


ANNA, BRAM, CARLA = "Anna Vos", "Bram ten Horst", "Carla Smit"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        # An invitation in Outlook says who was asked, and who comes.
        (
            "Name,Attendance,Response\nAnna Vos,Required Attendee,Accepted\n"
            "Bram ten Horst,Optional Attendee,Declined\n",
            [(ANNA, True), (BRAM, False)],
        ),
        (
            "Naam;Organisatie;Status\nAnna Vos;ROC;bevestigd\nBram ten Horst;Bouw;afgezegd\n"
            "Carla Smit;Oost;geen reactie\n",
            [(ANNA, True), (BRAM, False), (CARLA, True)],
        ),
        # A tick, and none.
        (
            "Naam;Sector;Aanwezig\nAnna Vos;po;√\nBram ten Horst;mbo;-\nCarla Smit;mbo;\n",
            [(ANNA, True), (BRAM, False), (CARLA, False)],
        ),
        # A list that nobody has ticked yet, and one with words in it.
        ("Naam;Sector;Aanwezig\nAnna Vos;po;\nBram ten Horst;mbo;\n", [(ANNA, True), (BRAM, True)]),
        ("Naam;Sector;Aanwezig\nAnna Vos;po;ja\nBram ten Horst;mbo;\n", [(ANNA, True), (BRAM, True)]),
    ],
)
def test_who_is_there_is_read_from_what_the_list_says(
    tmp_path: Path, text: str, people: list[tuple[str, bool]]
) -> None:
    assert people_in(look_at(tmp_path, text)) == people


def test_nothing_is_told_of_addresses_that_are_not_there(tmp_path: Path) -> None:
    told = " ".join(look_at(tmp_path, "Naam;Organisatie;Functie\nAnna Vos;–;docent\nn.n.b.;ROC;-\n").told)
    assert "E-mailadressen" not in told


def test_a_place_that_is_still_open_is_nobody_with_a_name(tmp_path: Path) -> None:
    intake = look_at(tmp_path, "Naam;Organisatie\nAnna Vos;ROC\nn.n.b.;Technolab\nVacature;\n")
    assert people_in(intake) == [(ANNA, True), ("", True)]
    assert "1 regel heeft geen naam; vul die zelf nog in." in intake.told


def test_a_surname_and_a_first_name_in_one_cell_part_no_cells(tmp_path: Path) -> None:
    intake = look_at(
        tmp_path,
        "Achternaam, voornaam;Org.;E-mail;Bij?\nVos, Anna;ROC;a@roc.nl;Ja, ik kom\n"
        "Horst, Bram ten;Bouw;b@bouw.nl;Nee, helaas\nSmit, Carla;Oost;;Ja, maar later\n",
    )
    assert [name for name, _ in people_in(intake)] == [ANNA, BRAM, CARLA]


def test_what_somebody_is_in_a_meeting_of_teams_is_not_what_they_do(tmp_path: Path) -> None:
    head = "Naam\tEerste deelname\tE-mail\tRol\n"
    rows = "Anna Vos\t12-3-2024, 15:29\ta@roc.nl\tPresentator\n"
    rows += "Bram ten Horst (niet-geverifieerd)\t12-3-2024, 15:31\t\tDeelnemer\n"
    intake = look_at(tmp_path, head + rows)
    assert [edit.values.get("role", "") for edit in intake.edits if edit.table == "panelist"] == ["", ""]
    assert [name for name, _ in people_in(intake)] == [ANNA, BRAM]
    assert "«Rol»" in " ".join(intake.told)


TABLE = (
    "# Deelnemers\n\n| Naam | Organisatie |\n|---|---|\n| **Anna Vos** | ROC \\| Oost |\n| Bram ten Horst | Bouw |\n"
)


def test_a_table_of_markdown_is_a_list_without_its_marks(tmp_path: Path) -> None:
    for intake in (look_at(tmp_path, TABLE, "leden.md"), members_intake(pasted_source(TABLE), EMPTY)):
        rows = [edit.values for edit in intake.edits if edit.table == "panelist"]
        assert [(row["name"], row["organisation"]) for row in rows] == [(ANNA, "ROC | Oost"), (BRAM, "Bouw")]
        assert not any(line.why for line in intake.look.lines if "---" in line.shown)


@pytest.mark.long
def test_the_look_at_thousands_of_people_reads_each_of_them_once(tmp_path: Path) -> None:
    def looked_at(people: int) -> Callable[[], object]:
        path = tmp_path / f"{people}.xlsx"
        rows = [
            (f"Anna {ascii_lowercase[at % 26]}{ascii_lowercase[at // 26 % 26]}s{'s' * (at // 676)}", "ROC")
            for at in range(people)
        ]
        path.write_bytes(table_xlsx("Leden", [("Naam", "Organisatie"), *rows]))
        return lambda: members_intake(read_source(path), EMPTY)

    looked_at(20)()
    few, many = calls_of(looked_at(200)), calls_of(looked_at(1200))
    # 299 when each was read twice.
    assert (many - few) / 1000 < 300
