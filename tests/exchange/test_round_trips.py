"""What the program writes with full names it reads back, for any dossier."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.exchange.files.table_export import sheets_xlsx, table_csv
from sto_desktop.exchange.notes.notes_import import plan_import
from sto_desktop.exchange.notes_source import source_in
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import Subject, table_of
from tests.exchange.refi_support import GUIDE, MEMBERS, QUESTIONS, full_panel, note, panel

WORDS = st.sampled_from(
    ("De uren zijn te kort", "Zaal; reserveren", "Wie, wat", "Totaal", "a@b.nl", '"Ja"', "3", "1. Eerst")
)
NAMES = st.sampled_from(("", "Renée Oude Wessel", "J. ten Veldkamp", "de gemeente"))
DAYS = st.none() | st.dates(dt.date(2023, 1, 1), dt.date(2025, 12, 31))
FIELDS = ("text", "kind", "star", "parked", "set_aside", "owner", "due", "answer", "said_by")


@st.composite
def notes(draw: st.DrawFn) -> PanelContent:
    """A panel with notes of every kind, some of them agreements."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        one = note(number, draw(WORDS), draw(st.sampled_from(QUESTIONS)).id)
        values: dict[str, Any] = {
            "kind": draw(st.sampled_from(NoteKind)),
            "star": draw(st.booleans()),
            "parked": draw(st.booleans()),
            "owner": draw(NAMES),
            "due": draw(DAYS),
            "answer": draw(st.sampled_from(("", "Gedaan"))),
            "said_by": draw(st.sampled_from(("", "Fatma Yildiz"))),
        }
        made.append(replace(one, kind=values["kind"], note=replace(one.note, **values), voices=()))
    return panel(*made)


@settings(max_examples=40)
@given(notes())
def test_notes_come_back_from_csv_and_xlsx_with_owner_and_day(content: PanelContent) -> None:
    rows = table_of(Subject.NOTES, outgoing([content], None)).rows
    for written in (table_csv(rows), sheets_xlsx([("Notities", rows)])):
        (file,) = source_in(written, "notities.csv").files
        edits, report = plan_import(file, PanelContent(Panel("other"), GUIDE, MEMBERS))
        assert report.count == len(content.notes)
        rows_made = [edit.values for edit in edits if edit.table == "note"]
        came = [tuple(values.get(name, "") for name in FIELDS) for values in rows_made]
        assert sorted(map(_plain, came)) == sorted(
            _plain(tuple(getattr(one.note, name) for name in FIELDS)) for one in content.notes
        )


def _plain(values: tuple[Any, ...]) -> str:
    return repr(tuple(str(value) if value else "" for value in values))


def test_a_table_of_insights_or_recommendations_gives_no_notes_under_a_green_message() -> None:
    for subject in (Subject.INSIGHTS, Subject.RECOMMENDATIONS):
        rows = table_of(subject, outgoing([full_panel()], None)).rows
        with pytest.raises(ExchangeError, match="geen notities"):
            source_in(table_csv(rows), "tabel.csv", guess=True)
