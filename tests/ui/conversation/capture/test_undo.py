"""Ctrl+Z outside the line: the note that was added last comes back into the line, which shows, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.vocabulary import Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import ALT, CTRL, Room, back, make_dossier, window_on


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        made.press(Qt.Key.Key_F5)
        yield made


def moderating(room: Room) -> None:
    room.press(Qt.Key.Key_F7)


def in_the_notes(room: Room) -> None:
    room.press(Qt.Key.Key_N, ALT)


def in_another_pane(room: Room) -> None:
    room.press(Qt.Key.Key_F6)


def in_the_summary(room: Room) -> None:
    room.press(Qt.Key.Key_S, ALT)


def nowhere(room: Room) -> None:
    room.focus().clearFocus()
    back(room)


ELSEWHERE = (moderating, in_the_notes, in_another_pane, in_the_summary, nowhere)


def undo(room: Room) -> None:
    """Press Ctrl+Z where the keyboard is, or else in the window."""
    if QApplication.focusWidget() is not None:
        room.press(Qt.Key.Key_Z, CTRL)
    else:
        room.window.actions_by_id["undo"].trigger()


@pytest.mark.parametrize("go", ELSEWHERE)
def test_the_last_note_comes_back_into_the_line(room: Room, go: Callable[[Room], None]) -> None:
    room.note("Een aanspreekpunt @6 #school")
    go(room)
    undo(room)
    assert (room.notes, room.line) == ([], "Een aanspreekpunt")
    assert room.page.line.understood == ("@ Nick", "#school")
    assert room.page.line.isVisible()
    assert not room.page.moderating
    assert room.focus() is room.page.line.edit
    room.type(" voor allen")
    room.keep()
    assert [note.text for note in room.notes] == ["Een aanspreekpunt voor allen"]


@pytest.mark.parametrize("typed", ["+ Goed idee", "? Wie betaalt @3", '"Mooi" #bus', "(wat onrust)", "! @2: Meer geld"])
def test_a_note_that_came_back_shows_its_kind_once(room: Room, typed: str) -> None:
    room.note(typed)
    (note,) = room.notes
    undo(room)
    shown = [look.text for look in room.page.line.looks] + list(room.page.line.understood)
    assert len(shown) == len(set(shown)) == 1 + note.note.parked + len(note.voices) + len(note.tags)
    # Backspace before the text takes the kind away, as from a line that is typed.
    room.press(Qt.Key.Key_Home)
    room.press(Qt.Key.Key_Backspace, times=2)
    assert [look.hollow for look in room.page.line.looks] == [True]
    room.keep()
    assert [(kept.text, kept.note.kind, kept.note.parked) for kept in room.notes] == [(note.text, None, False)]


def test_who_has_the_turn_gives_way_to_a_speaker_in_a_note_that_came_back(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_R, ALT)
    for added, voices in (
        (" @nick", {"Nick": Stance.SAYS}),
        (" @nick+", {"Renée": Stance.SAYS, "Nick": Stance.AGREES}),
    ):
        room.type("Te vol")
        room.press(Qt.Key.Key_Return)
        assert room.voices(room.notes[-1]) == {"Renée": Stance.SAYS}
        undo(room)
        assert [look.text for look in room.page.line.looks][-1] == "@ Renée"
        assert room.page.line.understood == ()
        room.type(added)
        room.keep()
        assert (room.notes[-1].text, room.voices(room.notes[-1])) == ("Te vol", voices)


@pytest.mark.parametrize("go", ELSEWHERE)
def test_what_is_half_typed_is_undone_before_the_note(room: Room, go: Callable[[Room], None]) -> None:
    room.note("De eerste")
    room.type("Half")
    go(room)
    undo(room)
    assert ([note.text for note in room.notes], room.line) == (["De eerste"], "")
    assert room.page.line.isVisible()


def test_another_action_is_undone_as_always_and_the_mode_stays(room: Room) -> None:
    room.note("De eerste")
    moderating(room)
    room.press(Qt.Key.Key_B, ALT)
    assert len(room.notes) == 2
    undo(room)
    assert [note.text for note in room.notes] == ["De eerste"]
    assert room.page.moderating


def test_the_foot_says_what_ctrl_z_does_here(room: Room, qtbot: QtBot) -> None:
    room.note("De eerste")
    moderating(room)
    button = room.window.undo_button
    qtbot.waitUntil(lambda: button.text() == "ongedaan maken: notitie, terug in de regel", timeout=2000)


def test_a_held_ctrl_z_takes_back_one_note(room: Room) -> None:
    room.note("De eerste")
    room.note("De tweede")
    moderating(room)
    for repeated in (False, True, True, True):
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            QApplication.sendEvent(room.focus(), QKeyEvent(kind, Qt.Key.Key_Z, CTRL, "", repeated))
        if room.page.moderating:
            room.window.actions_by_id["undo"].trigger()
    assert ([note.text for note in room.notes], room.line) == (["De eerste"], "De tweede")


def test_ctrl_y_puts_a_note_that_was_taken_back_among_the_notes_again(room: Room) -> None:
    room.note("Kleine groepen @2 #les")
    room.press(Qt.Key.Key_Z, CTRL)
    assert (room.line, room.notes) == ("Kleine groepen", [])
    room.press(Qt.Key.Key_Y, CTRL)
    assert (room.line, room.page.line.understood) == ("", ())
    room.note("! De bus rijdt niet")
    assert [note.text for note in room.notes] == ["Kleine groepen", "De bus rijdt niet"]
    assert room.voices(room.notes[0]) == {"Jaap": Stance.SAYS}
    # What was changed in the line is redone there only.
    room.press(Qt.Key.Key_Z, CTRL)
    room.type(" meer")
    room.press(Qt.Key.Key_Y, CTRL)
    assert room.line == "De bus rijdt niet meer"
    room.press(Qt.Key.Key_Return)
    assert [note.text for note in room.notes] == ["Kleine groepen", "De bus rijdt niet meer"]


@pytest.mark.parametrize(
    ("typed", "more", "text", "voices"),
    [
        ("Meer ruimte @2+", "", "Meer ruimte", {}),
        ("Meer ruimte @2+", "@3+", "Meer ruimte", {"Annemarie": Stance.AGREES}),
        ("Meer ruimte @renée", "@nick", "Meer ruimte", {"Nick": Stance.SAYS}),
        ("Meer ruimte @rnee ", "@nick", "Meer ruimte", {"Nick": Stance.SAYS}),
        ("Mail info@school.nl", "be", "Mail info@school.be", {}),
    ],
)
def test_ctrl_backspace_takes_back_all_of_a_speaker_that_is_being_typed(
    room: Room, typed: str, more: str, text: str, voices: dict[str, Stance]
) -> None:
    room.type(typed)
    room.press(Qt.Key.Key_Backspace, CTRL)
    room.type(more)
    room.keep()
    (note,) = room.notes
    assert (note.text, room.voices(note)) == (text, voices)


def test_arrow_up_at_a_question_without_notes_says_where_the_last_note_is(room: Room) -> None:
    room.press(Qt.Key.Key_Up)
    assert room.message == ""
    room.note("De eerste")
    room.next()
    room.press(Qt.Key.Key_Up)
    assert room.message == "De laatste notitie staat bij «Kennismaking»."
    room.type("De tweede")
    room.keep()
    assert [note.text for note in room.notes] == ["De eerste", "De tweede"]


def test_the_last_note_at_another_question_is_corrected_from_the_message(room: Room) -> None:
    room.note("De bus @2+")
    room.next()
    room.press(Qt.Key.Key_Up)
    buttons = room.window.notices.findChildren(QAbstractButton)
    room.click(
        next(button for button in buttons if button.isVisible() and button.accessibleName() == "Daar verbeteren")
    )
    assert room.current.endswith("Kennismaking")
    room.press(Qt.Key.Key_End)
    room.type(" komt")
    room.keep()
    (note,) = room.notes
    assert (note.text, room.voices(note)) == ("De bus komt", {"Jaap": Stance.AGREES})
    assert room.page.line.edit.hasFocus()
    assert room.message == ""
