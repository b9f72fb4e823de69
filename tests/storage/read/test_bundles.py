"""Bundling and splitting on disk: no word and no voice is lost, and everything can be undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sto_desktop.domain.actions.elaborate import add_insight, detach_from_insight
from sto_desktop.domain.actions.notes import (
    bundle_notes,
    capture_note,
    delete_notes,
    move_notes,
    split_note,
    unbundle,
    voice_id,
)
from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.log.change import action, change, create
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.progress import progress
from sto_desktop.domain.panel.voices import Voices, talk_balance
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.exchange.files.table_export import table_csv
from sto_desktop.exchange.notes.notes_markdown import write_notes
from sto_desktop.exchange.out.outgoing import Outgoing
from sto_desktop.exchange.out.tables import Subject, table_of
from sto_desktop.report.blocks.blocks import Document, ItemList
from sto_desktop.report.blocks.options import Part, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import PANEL, PANELIST, QUESTION, Computer, assert_sound, merge_into, tables_of

OTHER = "panelist-2"
AT = datetime(2023, 2, 14, 13, 30, tzinfo=UTC)
WORDS = {"a": "De werkplaats is te klein.", "b": "Te weinig plek voor de klas.", "c": "Iets heel anders."}


@pytest.fixture
def dossier(copy: WorkingCopy) -> Dossier:
    """A panel with three notes: `a` of one member, `b` of another, `c` of nobody."""
    made = copy.dossier
    made.apply(action("lid", create("panelist", OTHER, panel=PANEL, name="Bo Kok", sector="mbo", seat=2)))
    voices = {"a": ((PANELIST, Stance.SAYS),), "b": ((OTHER, Stance.SAYS), (PANELIST, Stance.AGREES)), "c": ()}
    for minute, (note, words) in enumerate(WORDS.items()):
        captured = Captured(words, NoteKind.IMPROVEMENT, voices=voices[note], tags=("ruimte",) if note == "b" else ())
        made.apply(capture_note(PANEL, QUESTION, captured, AT + timedelta(minutes=minute), note=note))
    return made


def content_of(dossier: Dossier) -> PanelContent:
    content = dossier.read.panel_content(PANEL)
    assert content is not None
    return content


def note_of(dossier: Dossier, note: str) -> NoteContent:
    found = dossier.read.notes.get(note)
    assert found is not None
    return found


def shown(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    """Return the shown notes by id, each with the notes that it represents."""
    return {note.id: note.ids[1:] for note in content_of(dossier).notes}


def bundle(dossier: Dossier, speaker: str, *others: str) -> None:
    by_id = {note.id: note for note in content_of(dossier).notes}
    dossier.apply(bundle_notes(by_id[speaker], [by_id[note] for note in others]))


def listed(document: Document) -> str:
    """Return what stands in the lists of a report."""
    return "\n".join(str(item) for block in document.blocks if isinstance(block, ItemList) for item in block.items)


def test_a_bundle_is_one_note_that_speaks_with_the_voices_of_all(dossier: Dossier) -> None:
    bundle(dossier, "a", "b")
    assert shown(dossier) == {"a": ("b",), "c": ()}
    content = content_of(dossier)
    spoken = content.notes[0]
    assert spoken.speakers == (PANELIST, OTHER)
    assert [part.text for part in spoken.parts] == [WORDS["a"], WORDS["b"]]
    assert len(Voices(content).backing([spoken.id]).supporters) == 2
    assert {one.panelist: one.times for one in talk_balance(content.panelists, content.notes)} == {
        PANELIST: 1,
        OTHER: 1,
    }
    assert dossier.read.notes.count(PANEL) == 3
    assert progress(content).total == 2
    assert_sound(dossier)


def test_undo_and_taking_apart_both_bring_the_notes_back_as_they_were(dossier: Dossier) -> None:
    before = tables_of(dossier)
    bundle(dossier, "a", "b", "c")
    assert shown(dossier) == {"a": ("b", "c")}
    assert dossier.undo_label() == "notities bundelen"
    dossier.undo()
    assert tables_of(dossier) == before
    bundle(dossier, "a", "b", "c")
    dossier.apply(unbundle(content_of(dossier).notes))
    assert tables_of(dossier) == before
    dossier.undo()
    assert shown(dossier) == {"a": ("b", "c")}


def test_a_bundle_that_is_bundled_comes_along_whole(dossier: Dossier) -> None:
    bundle(dossier, "b", "c")
    bundle(dossier, "a", "b")
    assert shown(dossier) == {"a": ("b", "c")}
    bundle(dossier, "a")
    assert shown(dossier) == {"a": ("b", "c")}


def test_when_the_note_that_speaks_goes_the_others_stand_by_themselves(dossier: Dossier) -> None:
    bundle(dossier, "a", "b")
    dossier.apply(delete_notes(["a"]))
    assert shown(dossier) == {"b": (), "c": ()}


def test_a_bundled_note_that_went_to_another_panel_stands_there_by_itself(dossier: Dossier) -> None:
    bundle(dossier, "a", "b")
    dossier.apply(action("panel", create("panel", "P2", title="Panel Almelo"), change("note", "b", panel="P2")))
    assert shown(dossier) == {"a": (), "c": ()}
    assert [(note.ids, note.text) for note in dossier.read.notes.of_panel("P2")] == [(("b",), WORDS["b"])]


def test_an_insight_on_a_bundled_note_rests_on_the_one_that_speaks_and_can_be_parted_from_it(dossier: Dossier) -> None:
    dossier.apply(add_insight(PANEL, "Te klein", supports=["b", "a"], insight="i"))
    bundle(dossier, "a", "b")
    content = content_of(dossier)
    assert content.insights[0].supports == ("a",)
    dossier.apply(detach_from_insight("i", *content.notes[0].ids))
    assert content_of(dossier).insights[0].supports == ()


def test_some_notes_gives_the_one_that_speaks_and_note_the_one_that_was_asked_for(dossier: Dossier) -> None:
    bundle(dossier, "a", "b")
    assert [item.ids for item in dossier.read.notes.some(["b", "c"])] == [("a", "b"), ("c",)]
    assert note_of(dossier, "b").ids == ("b",)


def test_what_goes_out_holds_every_word_of_a_bundle_once(dossier: Dossier) -> None:
    bundle(dossier, "a", "b")
    content = content_of(dossier)
    annex = panel_report(
        content, ReportOptions(with_also=frozenset({Part.NOTES}), without=frozenset(Part) - {Part.NOTES})
    )
    csv = table_csv(table_of(Subject.NOTES, [Outgoing(content)]).rows).decode()
    for text in (csv, write_notes(content), listed(annex)):
        assert [text.count(words) for words in WORDS.values()] == [1, 1, 1]


def test_two_people_who_bundle_in_each_other_get_one_bundle(
    dossier: Dossier, copy: WorkingCopy, piet: Computer, path: Path, tmp_path: Path
) -> None:
    copy.publish()
    theirs = tmp_path / "van Piet.sto"
    theirs.write_bytes(path.read_bytes())
    other = piet.open(theirs)
    bundle(other.dossier, "b", "a")
    other.close()
    bundle(dossier, "a", "b")
    merge_into(dossier, theirs)
    assert shown(dossier) == {"a": ("b",), "c": ()}
    assert_sound(dossier)


def test_splitting_keeps_both_parts_with_the_same_people_labels_and_kind(dossier: Dossier) -> None:
    before = content_of(dossier)
    note = note_of(dossier, "b")
    following = note_of(dossier, "c").note.position.key
    dossier.apply(split_note(note, len("Te weinig plek"), following))
    first, second, last = content_of(dossier).notes[1:]
    assert (first.text, second.text, last.id) == ("Te weinig plek", "voor de klas.", "c")
    assert second.note.split_from == "b"
    for part in (first, second):
        assert (part.speakers, part.panelists(Stance.AGREES)) == ((OTHER,), (PANELIST,))
        assert [tag.name for tag in part.tags] == ["ruimte"]
        assert part.note.kind is NoteKind.IMPROVEMENT
        assert part.note.captured_at == note.note.captured_at
    assert {voice.id for voice in second.voices} == {voice_id(second.id, who) for who in (PANELIST, OTHER)}
    assert_sound(dossier)
    dossier.undo()
    assert content_of(dossier) == before


@pytest.mark.parametrize("place", [0, len(WORDS["a"])])
def test_at_an_end_there_is_nothing_to_split(dossier: Dossier, place: int) -> None:
    label = dossier.undo_label()
    dossier.apply(split_note(note_of(dossier, "a"), place))
    assert len(content_of(dossier).notes) == 3
    assert dossier.undo_label() == label


def test_a_bundled_note_keeps_its_own_place(dossier: Dossier) -> None:
    bundle(dossier, "a", "b")
    dossier.apply(move_notes(["a"], "question-2", None, None))
    dossier.apply(unbundle(content_of(dossier).notes))
    assert {note.id: note.question for note in content_of(dossier).notes} == {
        "a": "question-2",
        "b": QUESTION,
        "c": QUESTION,
    }
