"""While a line is typed or a note corrected, a colleague changes the same panel: the line keeps its meaning."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import notes as note_actions
from sto_desktop.domain.actions.panels import add_panelist, change_panelist, delete_panelists
from sto_desktop.domain.log.change import Action, action, change, delete
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.ui.look.theme import Appearance
from tests.storage.desk import merge_into
from tests.ui.conversation_support import ALT, CTRL, PANEL, Room, make_dossier, window_on

pytestmark = pytest.mark.long

SAYS, AGREES, ABOUT = Stance.SAYS, Stance.AGREES, Stance.ABOUT
Key = Qt.Key


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        made.page.clock.begin()
        yield made


def colleague(room: Room, *actions: Action) -> None:
    """Let a colleague change something in a copy of the file, and merge it."""
    room.session.copy.publish()
    theirs = room.home.parent / "their.sto"
    shutil.copy(room.session.path, theirs)
    copy = WorkingCopies(room.home.parent / "their home").open(theirs, Identity("Harm", "desktop"))
    for done in actions:
        copy.dossier.apply(done)
    copy.publish()
    copy.close()
    merge_into(room.session.dossier, theirs)
    QApplication.processEvents()


def member(room: Room, first_name: str) -> str:
    """The id of a member."""
    return next(member.id for member in room.page.live.rows.panelists if member.first_name == first_name)


def note_with(room: Room, text: str) -> dict[str, Stance]:
    """The voices of the note with this text."""
    (found,) = (note for note in room.notes if note.text == text)
    return room.voices(found)


def test_a_namesake_who_arrives_takes_no_chip_away(room: Room) -> None:
    room.type("Goed plan @nick ")
    colleague(room, add_panelist(PANEL, "Nick Bakker", 8))
    assert room.page.line.understood == ("@ Nick Wolter",)
    room.type("@2+")
    room.keep()
    (note,) = room.notes
    assert note.text == "Goed plan"
    assert {voice.panelist: voice.stance for voice in note.voices} == {
        next(m.id for m in room.page.live.rows.panelists if m.name == "Nick Wolter"): SAYS,
        member(room, "Jaap"): AGREES,
    }


def test_a_name_that_is_corrected_stays_the_same_person(room: Room) -> None:
    room.type("@nick wil een bus, en volgens @hilde kan dat")
    colleague(
        room,
        change_panelist(member(room, "Nick"), name="Nico Wolter"),
        change_panelist(member(room, "Hilde"), name="Hilda Kuipers"),
    )
    room.type(" wel")
    room.keep()
    assert note_with(room, "wil een bus, en volgens Hilda kan dat wel") == {"Nico": SAYS, "Hilda": ABOUT}


@pytest.mark.parametrize("typed", ["@3 wil een bus", "Een bus @3", "Een bus @3 "])
def test_a_seat_in_the_line_is_who_sat_there(room: Room, typed: str) -> None:
    room.type(typed)
    colleague(room, change_panelist(member(room, "Annemarie"), seat=7), change_panelist(member(room, "Fatma"), seat=3))
    room.keep()
    (note,) = room.notes
    assert room.voices(note) == {"Annemarie": SAYS}


def test_undoing_in_the_line_keeps_people_too(room: Room) -> None:
    room.type("@3 wil een bus")
    room.type(" en")
    colleague(room, change_panelist(member(room, "Annemarie"), seat=7), change_panelist(member(room, "Fatma"), seat=3))
    room.press(Key.Key_Z, CTRL)
    room.keep()
    (note,) = room.notes
    assert room.voices(note) == {"Annemarie": SAYS}


def test_a_member_who_is_deleted_leaves_the_line_with_a_message(room: Room) -> None:
    room.type("@nick wil een bus @2+ ")
    colleague(room, delete_panelists([member(room, "Nick")]))
    assert "Nick Wolter" in room.message
    room.type("erbij")
    room.keep()
    (note,) = room.notes
    assert "@" not in note.text
    assert room.voices(note) == {"Jaap": AGREES}


def test_a_chosen_speaker_who_is_deleted_has_no_voice(room: Room) -> None:
    room.press(Key.Key_6, ALT)
    room.type("wil een bus")
    colleague(room, delete_panelists([member(room, "Nick")]))
    assert "Nick Wolter" in room.message
    room.keep()
    (note,) = room.notes
    assert note.voices == ()


def correcting(room: Room, more: str) -> None:
    """Correct the last note, and type at its end."""
    room.press(Key.Key_Up)
    room.press(Key.Key_End)
    room.type(more)


def texts(room: Room) -> list[str]:
    """The texts of all notes separately, also of those in a bundle."""
    return [part.text for note in room.notes for part in note.parts]


def voice_of(room: Room, note: int, first_name: str) -> Action:
    """A voice that a colleague adds to a note."""
    found = room.notes[note]
    return action("v", note_actions.voice_edits(found.id, [(member(room, first_name), SAYS)], found.voices))


@pytest.mark.parametrize("number", [0, 1])
def test_a_voice_that_arrives_leaves_the_correction_open(room: Room, number: int) -> None:
    room.note("een")
    room.note("twee @2")
    correcting(room, " half")
    colleague(room, voice_of(room, number, "Nick"))
    room.type("werk @4+")
    room.keep()
    assert texts(room) == ["een", "twee halfwerk"]
    theirs = {"Nick": SAYS} if number else {}
    assert room.voices(room.notes[1]) == {"Jaap": SAYS, "Hilde": AGREES, **theirs}
    assert room.voices(room.notes[0]) == ({} if number else {"Nick": SAYS})


def test_a_label_a_kind_and_the_parking_lot_arrive_in_the_correction(room: Room) -> None:
    room.note("een")
    room.note("twee #bus")
    correcting(room, " half")
    note = room.notes[1].id
    colleague(
        room,
        action("t", note_actions.tag_edits(note, "rooster")),
        note_actions.set_kind([note], NoteKind.YIELD),
        note_actions.park_note(note, True),
    )
    room.type("werk")
    room.keep()
    changed = room.notes[1]
    assert (changed.text, changed.note.kind, changed.note.parked) == ("twee halfwerk", NoteKind.YIELD, True)
    assert {tag.name for tag in changed.tags} == {"bus", "rooster"}


def test_a_note_that_is_bundled_meanwhile_keeps_its_correction(room: Room) -> None:
    room.note("een")
    room.note("twee @2")
    correcting(room, " half")
    colleague(room, note_actions.bundle_notes(room.notes[0], [room.notes[1]]))
    room.type("werk")
    room.keep()
    assert texts(room) == ["een", "twee halfwerk"]
    assert len(room.notes) == 1
    assert room.line == ""
    assert len(room.page.stream.view.stream.notes) == 1


def test_a_note_that_is_moved_meanwhile_stays_where_it_was_put(room: Room) -> None:
    room.note("een")
    room.note("twee @2")
    correcting(room, " half")
    following = room.page.live.place.next_step
    assert following is not None
    colleague(room, note_actions.move_notes([room.notes[1].id], following.id, None, None))
    room.type("werk")
    room.keep()
    assert texts(room) == ["een", "twee halfwerk"]
    assert room.notes[1].question == following.id
    assert [note.text for note in room.page.stream.view.stream.notes] == ["een"]
    assert following.question.short_text in room.message


def test_the_only_note_that_is_moved_meanwhile(room: Room) -> None:
    room.note("een")
    correcting(room, " half")
    following = room.page.live.place.next_step
    assert following is not None
    colleague(room, note_actions.move_notes([room.notes[0].id], following.id, None, None))
    room.type("werk")
    room.keep()
    assert texts(room) == ["een halfwerk"]
    assert not room.page.stream.view.stream.notes
    assert room.page.line.edit.hasFocus()


def test_a_note_that_is_deleted_meanwhile_comes_back_whole_and_that_is_said(room: Room) -> None:
    room.note("Het rooster @6 @2+ #bus")
    room.note("twee")
    room.press(Key.Key_N, ALT)
    room.press(Key.Key_Up)
    room.press(Key.Key_Return)
    room.press(Key.Key_End)
    room.type(" past")
    colleague(room, note_actions.delete_notes([room.notes[0].id]))
    room.type(" niet")
    room.keep()
    (note,) = (note for note in room.notes if note.text == "Het rooster past niet")
    assert room.voices(note) == {"Nick": SAYS, "Jaap": AGREES}
    assert [tag.name for tag in note.tags] == ["bus"]
    assert "verwijderd" in room.message
    assert [note.text for note in room.page.stream.view.stream.notes] == ["Het rooster past niet", "twee"]


def test_a_note_that_is_deleted_meanwhile_and_not_changed_stays_away(room: Room) -> None:
    room.note("een")
    room.press(Key.Key_Up)
    colleague(room, note_actions.delete_notes([room.notes[0].id]))
    room.press(Key.Key_Escape)
    assert room.notes == []
    assert not room.page.stream.view.stream.notes


@pytest.mark.parametrize("with_note", [False, True])
def test_a_question_that_is_deleted_meanwhile_leaves_the_correction_open(room: Room, *, with_note: bool) -> None:
    gone = room.page.live.place.current or ""
    room.note("Het rooster @6")
    correcting(room, " past")
    with_it = [note_actions.delete_notes([room.notes[0].id])] if with_note else []
    colleague(room, action("vraag weg", delete("question", gone)), *with_it)
    room.type(" niet @2+")
    room.keep()
    (kept,) = room.notes
    assert (kept.text, kept.question) == ("Het rooster past niet", gone)
    assert room.voices(kept) == {"Nick": SAYS, "Jaap": AGREES}
    assert "«Niet ingedeeld»" in room.message
    assert "De notitie staat" in room.message
    # The next note belongs to the question that is shown now.
    assert room.page.line.edit.hasFocus()
    assert not room.page.stream.view.stream.notes
    room.note("twee")
    assert [(each.text, each.question == gone) for each in room.notes] == [
        ("Het rooster past niet", True),
        ("twee", False),
    ]


def test_a_correction_under_a_deleted_question_is_left_by_going_on(room: Room) -> None:
    gone = room.page.live.place.current or ""
    room.note("Het rooster")
    correcting(room, " past")
    colleague(room, action("vraag weg", delete("question", gone)))
    room.next()
    assert room.page.stream.view.editor is None
    assert texts(room) == ["Het rooster past"]


def test_a_member_who_is_deleted_leaves_the_correction_with_a_message(room: Room) -> None:
    room.note("een @6 @2+")
    correcting(room, " half")
    colleague(room, delete_panelists([member(room, "Nick")]))
    assert "Nick Wolter" in room.message
    room.type("werk")
    room.keep()
    (note,) = room.notes
    assert (note.text, room.voices(note)) == ("een halfwerk", {"Jaap": AGREES})


@pytest.mark.parametrize(
    "theirs",
    [
        lambda room: action("x", change("note", room.notes[0].id, text="mijn zin, beter")),
        lambda room: voice_of(room, 0, "Jaap"),
        lambda room: action("t", note_actions.tag_edits(room.notes[0].id, "bus")),
        lambda room: action(
            "k", note_actions.voice_edits(room.notes[0].id, [(member(room, "Nick"), AGREES)], room.notes[0].voices)
        ),
    ],
)
def test_a_note_that_a_colleague_went_on_with_is_not_taken_back(room: Room, theirs: Callable[[Room], Action]) -> None:
    room.note("mijn zin @nick")
    colleague(room, theirs(room))
    before = [(note.text, room.voices(note), note.tags) for note in room.notes]
    room.press(Key.Key_Z, CTRL)
    assert room.line == ""
    assert "collega" in room.message
    assert [(note.text, room.voices(note), note.tags) for note in room.notes] == before
