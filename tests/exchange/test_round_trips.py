"""What the program writes with full names it reads back, for any dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.domain.actions.notes import tag_id
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.naming import NameMode
from sto_desktop.domain.vocabulary import Consent, NoteKind, Stance
from sto_desktop.exchange.files.table_export import sheets_xlsx, table_csv
from sto_desktop.exchange.members.panelists_columns import CONSENTS
from sto_desktop.exchange.members.panelists_import import members_after, plan_panelists
from sto_desktop.exchange.members.panelists_table import read_source
from sto_desktop.exchange.notes.notes_import import plan_import
from sto_desktop.exchange.notes.notes_markdown import write_notes
from sto_desktop.exchange.notes_source import source_in
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import Subject, table_of
from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.word.word import word_bytes
from tests.exchange.refi.refi_support import GUIDE, MEMBERS, QUESTIONS, YES, full_panel, note, panel

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


SAID = st.sampled_from(
    (
        *("Anna: de uren", "Anna: de bus", "Aanwezig: Ria Pot, Sem Bakker", "De uren. Aanwezig: Ria Pot, Bo Bos."),
        *("**vet**", "**Anna**: vet", "> geciteerd", "1.1 Eerst", "A. Opening", "Datum: 12 mei 2025", "[id1] ja"),
        *("a | b | c", "Spreker 1  00:07", "TOTAAL", "12-05-2025 15:31 - Bas: Ik", "van: x", "## kop", "- streep"),
        *("a\nb", "Anna: x\nBram: y", "@iemand", "Transcribed by https://otter.ai", "---", "<b>x</b>", "=1+1", "'x"),
    )
)


@st.composite
def spoken(draw: st.DrawFn) -> PanelContent:
    """A panel with notes whose words look like something else, with chips."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        voices = tuple(
            (who, draw(st.sampled_from(Stance))) for who in draw(st.lists(st.sampled_from(("p1", "p2")), unique=True))
        )
        tags = tuple(draw(st.lists(st.sampled_from(("bus", "geld")), unique=True)))
        kind = draw(st.none() | st.sampled_from(NoteKind))
        made.append(note(number, draw(SAID), draw(st.sampled_from(QUESTIONS)).id, kind, voices, tags))
    return panel(*made)


def as_markdown(content: PanelContent) -> tuple[bytes, str]:
    return write_notes(content).encode(), "notities.md"


def as_csv(content: PanelContent) -> tuple[bytes, str]:
    return table_csv(table_of(Subject.NOTES, outgoing([content], None)).rows), "notities.csv"


def as_workbook(content: PanelContent) -> tuple[bytes, str]:
    rows = table_of(Subject.NOTES, outgoing([content], None)).rows
    return sheets_xlsx([("Notities", rows)]), "notities.xlsx"


@pytest.mark.parametrize("written", [as_markdown, as_csv, as_workbook])
@settings(max_examples=60)
@given(content=spoken())
def test_words_that_look_like_something_else_come_back_as_they_were_with_their_chips(
    written: Callable[[PanelContent], tuple[bytes, str]], content: PanelContent
) -> None:
    (file,) = source_in(*written(content)).files
    edits, _ = plan_import(file, PanelContent(Panel("other"), GUIDE, MEMBERS))
    notes = {edit.row: edit.values for edit in edits if edit.table == "note"}
    chips: dict[str, list[str]] = {row: [] for row in notes}
    for edit in edits:
        if edit.table == "voice":
            chips[str(edit.values["note"])].append(f"{edit.values['panelist']} {edit.values['stance']}")
        elif edit.table == "note_tag":
            chips[str(edit.values["note"])].append(str(edit.values["tag"]))
    came = sorted(
        (str(values["text"]), str(values["position"].parent), *sorted(chips[row])) for row, values in notes.items()
    )
    went = sorted(
        (
            one.text,
            str(one.question),
            *sorted(
                [f"{voice.panelist} {voice.stance}" for voice in one.voices] + [tag_id(tag.name) for tag in one.tags]
            ),
        )
        for one in content.notes
    )
    assert came == went


PEOPLE = st.sampled_from(("Renée Oude Wessel", "Horst, Anna ter", "J. ten Veldkamp", 'Niels "Nick" Wolter', "Mo", "Ja"))
PLACES = st.sampled_from(("", "ROC De Brug", "Metaal; Techniek BV", "Totaal Techniek", '"Vos"', "Naam", "3"))


@st.composite
def lists(draw: st.DrawFn) -> tuple[Panelist, ...]:
    """Members with everything that a list has of them."""
    made = []
    for number, name in enumerate(draw(st.lists(PEOPLE, min_size=1, max_size=4, unique=True)), 1):
        consents = {name: draw(st.sampled_from(Consent)) for name in CONSENTS}
        # Who does not take part is in no list that goes out.
        consents["consent_participation"] = draw(st.sampled_from((Consent.YES, Consent.UNKNOWN)))
        about = {"organisation": draw(PLACES), "role": draw(PLACES), "sector": draw(st.sampled_from(("", "po", "mbo")))}
        made.append(Panelist(f"m{number}", seat=number, name=name, present=draw(st.booleans()), **about, **consents))  # type: ignore[arg-type]
    return tuple(made)


@settings(max_examples=60)
@given(lists())
def test_members_come_back_from_csv_and_xlsx_with_presence_and_consent(people: tuple[Panelist, ...]) -> None:
    rows = table_of(Subject.MEMBERS, outgoing([replace(panel(), panelists=people)], None)).rows
    for written, name in ((table_csv(rows), "leden.csv"), (sheets_xlsx([("Panelleden", rows)]), "leden.xlsx")):
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(written)
            edits, _ = plan_panelists(read_source(path, guess=False).table(), "other", ())
        came = members_after(edits, ())
        fields = ("seat", "name", "organisation", "role", "sector", "present", *CONSENTS)
        assert [[getattr(one, name) for name in fields] for one in came] == [
            [getattr(one, name) for name in fields] for one in people
        ]


@st.composite
def held(draw: st.DrawFn) -> PanelContent:
    """A panel that was held, whose members are all named, with a time for each note."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        voices = tuple(
            (who, draw(st.sampled_from((Stance.SAYS, Stance.AGREES, Stance.DISAGREES))))
            for who in draw(st.lists(st.sampled_from(("p1", "p2")), unique=True))
        )
        moment = dt.datetime(2023, 2, 14, 15, 30 + number).astimezone()
        words = draw(st.sampled_from(("De uren zijn te kort", "Wie, wat – en waar?", "Totaal: 3", "Anna: de bus")))
        kind = draw(st.sampled_from((NoteKind.YIELD, NoteKind.IMPROVEMENT, NoteKind.ACTION)))
        made.append(note(number, words, draw(st.sampled_from(QUESTIONS)).id, kind, voices, captured_at=moment))
    told: dict[str, Any] = {"date": dt.date(2023, 2, 14), "start": dt.time(15, 30), "place": "De Brug"}
    # Whoever refuses to be named would hide others with them.
    named: dict[str, Any] = dict(YES)
    return replace(panel(*made, **told), panelists=tuple(replace(member, **named) for member in MEMBERS))


@pytest.mark.long
@settings(max_examples=25)
@given(held())
def test_minutes_in_word_come_back_with_times_and_voices(content: PanelContent) -> None:
    options = ReportOptions(form=Form.MINUTES, naming=NameMode.FULL)
    written = word_bytes(panel_report(content, options))
    (file,) = source_in(written, "notulen.docx").files
    assert (file.date, file.place, file.moderator, file.note_taker) == (
        content.panel.date,
        "De Brug",
        "Anna Vos",
        "Bert Smit",
    )
    edits, _ = plan_import(file, PanelContent(Panel("other", date=file.date), GUIDE, MEMBERS))
    notes = {edit.row: edit.values for edit in edits if edit.table == "note"}
    said: dict[str, list[str]] = {row: [] for row in notes}
    for edit in edits:
        if edit.table == "voice":
            said[str(edit.values["note"])].append(f"{edit.values['panelist']} {edit.values['stance']}")
    came = [(row["text"], row["position"].parent, row["captured_at"], sorted(said[key])) for key, row in notes.items()]
    went = [
        (
            one.text,
            one.question,
            one.note.captured_at,
            sorted(f"{voice.panelist} {voice.stance}" for voice in one.voices),
        )
        for one in content.notes
    ]
    assert sorted(came, key=repr) == sorted(went, key=repr)
    assert {person.name for person in file.people} == {member.name for member in MEMBERS}
