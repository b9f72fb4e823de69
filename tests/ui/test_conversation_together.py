"""While a line is typed or a note corrected, a colleague changes the same panel: what was understood stays so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import add_panelist, change_panelist, delete_panelists
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import ALT, CTRL, PANEL, Room, make_dossier, window_on

SAYS, AGREES, ABOUT = Stance.SAYS, Stance.AGREES, Stance.ABOUT
Key = Qt.Key


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        made.page.clock.begin()
        yield made


def colleague(room: Room, *actions: Action) -> None:
    """Let a colleague do something in a copy of the file, and take it over."""
    room.session.copy.publish()
    theirs = room.home.parent / "their.sto"
    shutil.copy(room.session.path, theirs)
    copy = WorkingCopies(room.home.parent / "their home").open(theirs, Identity("Harm", "desktop"))
    for done in actions:
        copy.dossier.apply(done)
    copy.publish()
    copy.close()
    room.session.dossier.merge(theirs)
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
    assert room.page.line.understood == ("@ Wolter",)
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
