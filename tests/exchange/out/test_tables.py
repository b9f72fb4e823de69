"""Tables of notes, insights, recommendations and members."""

from __future__ import annotations

import csv
import io
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.exchange.files.table_export import (
    LONGEST_CELL,
    Row,
    harmless,
    sheets_xlsx,
    table_csv,
    too_long,
    unharmed,
)
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import TITLES, Subject, table_of
from tests.exchange.refi.refi_support import QUESTIONS, full_panel, note, panel


def rows(subject: Subject, names: NameMode | None = None) -> list[dict[str, str]]:
    text = table_csv(table_of(subject, outgoing([full_panel()], names)).rows).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_an_insight_stands_with_its_support_its_notes_and_what_was_said_against_it() -> None:
    (found,) = rows(Subject.INSIGHTS)
    assert found["Inzicht"] == "Zelf bouwen werkt"
    assert (found["Vraag"], found["Aspect"]) == (QUESTIONS[0].text, "opbrengst")
    assert found["Draagvlak"] == "gedeeld"
    assert found["Gedragen door"] == "Loïs Bos, Ömer Kaya"
    assert found["Notities"] == "• Kinderen 👩‍🔬 bouwen zelf"
    assert found["Tegengeluid"].startswith("• Te duur")


def test_a_recommendation_stands_with_what_it_rests_on() -> None:
    (found,) = rows(Subject.RECOMMENDATIONS)
    assert (found["Aanbeveling"], found["Eigenaar"], found["Eerste stap"]) == ("Begin jonger", "STO", "Bel de scholen")
    assert found["Inzichten"] == "• Zelf bouwen werkt"
    assert found["Notities"] == "• שלום\nen é"


def test_members_are_listed_with_their_answers() -> None:
    assert [(row["Stoel"], row["Naam"], row["Naam noemen"]) for row in rows(Subject.MEMBERS)] == [
        ("1", "Loïs Bos", "ja"),
        ("2", "Ömer Kaya", "ja"),
        ("3", "Truus Engbers", "onbekend"),
    ]


@pytest.mark.parametrize("subject", list(Subject))
def test_who_did_not_say_yes_is_in_no_table_with_names(subject: Subject) -> None:
    said = " ".join(" ".join(row.values()) for row in rows(subject, NameMode.FULL))
    assert "Engbers" not in said
    said = " ".join(" ".join(row.values()) for row in rows(subject, NameMode.ROLE))
    assert "Bos" not in said
    assert "Kaya" not in said


def test_by_role_what_points_at_one_person_is_left_away() -> None:
    # Beside two with a sector the third would be the only one without.
    assert [(row["Sector"], row["Functie"]) for row in rows(Subject.MEMBERS, NameMode.ROLE)] == [("", "")] * 3


def test_a_workbook_has_a_sheet_for_each_with_filters_and_no_formulas() -> None:
    content = panel(note(1, "=1+1", QUESTIONS[0].id), note(2, "x" * 40_000, QUESTIONS[1].id))
    tables = [table_of(subject, outgoing([content], None)) for subject in Subject]
    assert too_long(tables[0].rows) == 1
    book = load_workbook(io.BytesIO(sheets_xlsx([(table.title, table.rows) for table in tables], filters=True)))
    assert book.sheetnames == list(TITLES.values())
    sheet = book["Notities"]
    assert sheet.auto_filter.ref == "A1:S3"
    assert (sheet["H2"].value, sheet["H2"].data_type, sheet["H2"].quotePrefix) == ("=1+1", "s", True)
    assert len(str(sheet["H3"].value)) == LONGEST_CELL
    assert str(sheet["H3"].value).endswith("(ingekort)")


def test_of_an_empty_cell_a_workbook_holds_nothing() -> None:
    table: list[Row] = [("Notitie", "Kop", "Aantal"), ("Te laat", "", 3), ("", "=1", 0.5)]
    content = sheets_xlsx([("Notities", table)], filters=True)
    with ZipFile(io.BytesIO(content)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<c ") == sum(cell != "" for row in table for cell in row)
    read = load_workbook(io.BytesIO(content))["Notities"]
    assert [["" if value is None else value for value in row] for row in read.iter_rows(values_only=True)] == [
        list(row) for row in table
    ]
    assert [cell.font.b for cell in read[1]] == [True] * 3
    assert (read["A2"].alignment.wrap_text, read["B3"].quotePrefix, read["C3"].data_type) == (True, True, "n")
    assert (read.freeze_panes, read.auto_filter.ref) == ("B2", "A1:C3")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-x", "@x", " =1", "'=1", "gewoon", ""])
def test_what_was_made_harmless_comes_back(text: str) -> None:
    if text != "'=1":
        assert unharmed(harmless(text)) == text
    assert not harmless(text).startswith(("=", "+", "-", "@"))
