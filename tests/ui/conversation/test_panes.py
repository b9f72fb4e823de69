"""Where keys go during a conversation: letters to the line, F6 to another part of the screen, a held key works once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.ui.base.keypad import DIGIT_ROW
from sto_desktop.ui.conversation.capture.pasting import PasteDialog
from tests.ui.conversation_support import ALT, CTRL, PLAIN, SHIFT, Room
from tests.ui.reading import moderator_window

KEYPAD = Qt.KeyboardModifier.KeypadModifier


def buttons(room: Room) -> list[QAbstractButton]:
    """All visible buttons that can have the focus, in the page and beside it."""
    able = (button for button in room.window.findChildren(QAbstractButton) if button.isVisible() and button.isEnabled())
    return [button for button in able if button.focusPolicy() != Qt.FocusPolicy.NoFocus]


def test_letters_and_space_reach_the_line_with_any_button_in_focus(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    pressed = []
    for button in buttons(room):
        button.pressed.connect(lambda button=button: pressed.append(button))
        for letters in ("a b", " c"):
            button.setFocus()
            room.type(letters)
            assert room.focus() is room.page.line.edit
        assert room.line == "a b c", button
        room.page.line.edit.set_text("")
    assert len(buttons(room)) > 8
    assert pressed == []


def test_letters_reach_the_line_after_a_click_anywhere(room: Room) -> None:
    page = room.page
    for widget in (
        page.top.pause_button,
        page.guide.viewport(),
        page.time.bar,
        page.side,
        page.head,
        page.top,
        page.top.pill,
    ):
        room.click(widget)
        room.type(" ja")
        assert room.line == " ja", widget
        page.line.edit.set_text("")


def test_enter_and_backspace_after_a_click_on_a_button_are_of_the_line(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_R, ALT)
    room.type("De bus s")
    turn = room.page.live.round
    next_turn = next(button for button in buttons(room) if button.accessibleName() == "Volgende")
    room.click(next_turn)
    assert room.page.live.round != turn
    turn = room.page.live.round
    next_turn.setFocus()
    room.press(Qt.Key.Key_Backspace)
    next_turn.setFocus()
    room.press(Qt.Key.Key_Return)
    assert [note.text for note in room.notes] == ["De bus"]


def test_letters_reach_the_line_after_a_dialog(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.page.top.mode_button.setFocus()
    for key, modifier in ((Qt.Key.Key_M, ALT), (Qt.Key.Key_Z, ALT), (Qt.Key.Key_F1, PLAIN)):
        room.press(key, modifier)
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        room.press(Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        # The window manager's task, which is missing here.
        room.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        room.type(" ja")
        assert room.line == " ja"
        room.page.line.edit.set_text("")


def test_letters_and_space_start_a_note_in_the_moderators_mode(room: Room) -> None:
    room.press(Qt.Key.Key_F7)
    room.page.moderator.next_button.setFocus()
    room.type("Toch")
    assert (room.page.moderating, room.line) == (False, "Toch")
    room.page.line.edit.set_text("")
    room.press(Qt.Key.Key_F7)
    room.type(" ")
    assert (room.page.moderating, room.line) == (False, " ")


def pane_of(room: Room) -> QWidget:
    """The part of the screen that has the focus."""
    return next(pane for pane in room.page._reading_order() if pane.isAncestorOf(room.focus()))


def test_f6_passes_the_parts_of_the_screen_in_reading_order_and_esc_comes_back(room: Room) -> None:
    room.note("Een notitie.")
    page, edit = room.page, room.page.line.edit
    visited = []
    for _ in range(6):
        room.press(Qt.Key.Key_F6)
        visited.append(pane_of(room))
    assert visited == [page.side, page.top, page._left, page.start_card, page.stream, page.line]
    back = []
    for _ in range(6):
        room.press(Qt.Key.Key_F6, SHIFT)
        back.append(pane_of(room))
    assert back == [*reversed(visited[:-1]), page.line]
    for _ in range(5):
        room.press(Qt.Key.Key_F6)
        assert room.focus() is not edit
    room.press(Qt.Key.Key_Escape)
    assert room.focus() is edit


def test_space_presses_in_a_part_visited_by_f6_and_letters_stay_there(room: Room) -> None:
    room.press(Qt.Key.Key_F6, times=2)
    assert pane_of(room) is room.page.top
    room.type("abc")
    assert room.line == ""
    room.page.top.mode_button.setFocus()
    room.press(Qt.Key.Key_Space)
    assert room.page.moderating
    room.press(Qt.Key.Key_F6)
    assert room.focus() is not room.page.moderator
    room.press(Qt.Key.Key_Escape)
    assert room.focus() is room.page.moderator


def test_space_goes_to_a_question_of_the_guide_that_is_visited_by_f6(room: Room) -> None:
    before = room.current
    room.press(Qt.Key.Key_F6, times=3)
    assert room.focus() is room.page.guide
    room.press(Qt.Key.Key_Down, times=3)
    room.press(Qt.Key.Key_Space)
    assert room.current != before
    assert room.focus() is room.page.line.edit


def test_tab_stays_in_an_empty_line_too(room: Room) -> None:
    for modifier in (PLAIN, SHIFT):
        room.press(Qt.Key.Key_Backtab if modifier else Qt.Key.Key_Tab, modifier)
        assert room.focus() is room.page.line.edit
    assert room.line == ""


def hold(room: Room, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, times: int = 15) -> None:
    """Hold a key down: it repeats."""
    room.press(key, modifier)
    for _ in range(times):
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            QApplication.sendEvent(room.focus(), QKeyEvent(kind, key, modifier, "", True))


def test_no_shortcut_of_the_conversation_repeats(room: Room) -> None:
    repeating = {action.objectName() for action in room.page.actions() if action.autoRepeat()}
    assert len(room.page.actions()) > 30
    assert repeating == set()


def test_a_held_key_keeps_one_note_passes_one_note_and_deletes_one(room: Room) -> None:
    for text in ("een", "twee", "drie", "vier"):
        room.note(text)
    room.type("vijf")
    hold(room, Qt.Key.Key_Return)
    assert len(room.notes) == 5
    room.press(Qt.Key.Key_N, ALT)
    view = room.page.stream.view
    hold(room, Qt.Key.Key_Up)
    assert view.current_note is not None
    assert view.current_note.text == "vier"
    hold(room, Qt.Key.Key_Delete)
    assert [note.text for note in room.notes] == ["een", "twee", "drie", "vijf"]


def test_the_keypad_is_text_and_with_alt_it_is_no_shortcut(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    before = room.current
    for key, sign in ((Qt.Key.Key_3, "3"), (Qt.Key.Key_Plus, "+"), (Qt.Key.Key_5, "5")):
        QTest.sendKeyEvent(QTest.KeyAction.Click, room.focus(), key, sign, KEYPAD)
    assert room.line == "3+5"
    room.page.line.edit.set_text("Caf")
    for key in (Qt.Key.Key_0, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_5):
        room.press(key, ALT | KEYPAD)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home):
        room.press(key, ALT | KEYPAD)
    # What Windows sends for the code when Alt is released.
    QTest.sendKeyEvent(QTest.KeyAction.Click, room.focus(), Qt.Key(0), "ë", PLAIN)
    assert room.line == "Cafë"
    assert [look.text for look in room.page.line.looks][1:] == []
    assert room.current == before
    room.press(Qt.Key.Key_3, ALT)
    assert [look.text for look in room.page.line.looks][1:] == ["@ Annemarie"]
    room.press(Qt.Key.Key_Down, ALT)
    assert room.current != before


@pytest.mark.parametrize(("seat", "key"), list(enumerate("&É\"'(§È", 1)))
def test_the_row_of_digits_chooses_seats_on_a_belgian_keyboard(room: Room, seat: int, key: str) -> None:
    room.press(Qt.Key(ord(key)), ALT)
    member = room.page.live.rows.member_on(seat)
    assert member is not None
    assert room.page.line.draft.speaker == member.id
    assert room.line == ""


def pressed(room: Room, key: str, held: Qt.KeyboardModifier, scan_code: int) -> bool:
    """Press a key as a keyboard does, with the code of its place; returns whether a shortcut may have it."""
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, ord(key), held, scan_code, 0, 0, key)
        event.ignore()
        QApplication.sendEvent(room.focus(), event)
        if kind is QEvent.Type.ShortcutOverride:
            free = not event.isAccepted()
    return free


@pytest.mark.parametrize(
    ("key", "held", "scan_code"),
    # US and US-International: Shift with 1, 7, 9; the apostrophe; Dutch: Shift with 6; German: Shift with 3.
    [("!", SHIFT, 10), ("&", SHIFT, 16), ("(", SHIFT, 18), ("'", PLAIN, 48), ("&", SHIFT, 15), ("§", SHIFT, 12)],
)
def test_no_other_key_looks_like_a_belgian_digit(
    room: Room, key: str, held: Qt.KeyboardModifier, scan_code: int
) -> None:
    room.type("Goed")
    assert not pressed(room, key, ALT | held, scan_code)
    assert room.line == "Goed"
    # Without Alt they are text.
    pressed(room, key, held, scan_code)
    assert room.line == f"Goed{key}"


def test_a_belgian_digit_is_a_shortcut_at_its_place(room: Room) -> None:
    for key, scan_code in zip("&É\"'(§È!ÇÀ", DIGIT_ROW, strict=True):
        assert pressed(room, key, ALT, scan_code), key


def test_letters_reach_the_line_when_nothing_has_the_keyboard(room: Room) -> None:
    room.page.line.edit.clearFocus()
    assert QApplication.focusWidget() is None
    for letter in "ja":
        QTest.keyClicks(QApplication.focusWidget() or room.window, letter)
    assert room.line == "ja"
    assert room.focus() is room.page.line.edit


def in_the_line(room: Room) -> None:
    room.page.line.edit.setFocus()


def in_the_notes(room: Room) -> None:
    room.press(Qt.Key.Key_N, ALT)


def moderating(room: Room) -> None:
    room.press(Qt.Key.Key_F7)


def on_a_button(room: Room) -> None:
    room.page.top.pause_button.setFocus()


def nowhere(room: Room) -> None:
    room.page.line.edit.clearFocus()


@pytest.mark.parametrize("go", [in_the_line, on_a_button, in_the_notes, moderating])
def test_what_is_pasted_reaches_the_line_from_anywhere(room: Room, qtbot: QtBot, go: Callable[[Room], None]) -> None:
    room.press(Qt.Key.Key_F5)
    room.note("een")
    QApplication.clipboard().setText("twee @2")
    go(room)
    room.press(Qt.Key.Key_V, CTRL)
    assert not room.page.moderating
    room.keep()
    assert [(note.text, room.voices(note)) for note in room.notes] == [("een", {}), ("twee", {"Jaap": Stance.SAYS})]
    QApplication.clipboard().setText("- drie\n- vier")
    go(room)
    room.press(Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PasteDialog))
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [note.text for note in room.notes] == ["een", "twee", "drie", "vier"])


@pytest.mark.parametrize("go", [moderating, on_a_button, nowhere])
def test_a_composed_letter_reaches_the_line_from_anywhere(room: Room, go: Callable[[Room], None]) -> None:
    room.press(Qt.Key.Key_F5)
    go(room)
    here = QApplication.focusWidget() or room.window
    # Only then the system composes a letter from a dead key.
    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(here, asked)
    assert asked.value(Qt.InputMethodQuery.ImEnabled)
    event = QInputMethodEvent()
    event.setCommitString("é")
    QApplication.sendEvent(here, event)
    room.type("én")
    assert room.line == "één"
    assert room.focus() is room.page.line.edit
    assert not here.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_sign_that_is_composed_from_a_dead_key_is_text_and_a_quote_a_quote(room: Room) -> None:
    for composed in ('"', "é", "Één", " @renée "):
        event = QInputMethodEvent()
        event.setCommitString(composed)
        QApplication.sendEvent(room.focus(), event)
    assert room.line == '"éÉén'
    room.keep()
    assert (room.notes[0].text, room.notes[0].kind) == ("éÉén", NoteKind.QUOTE)
    assert room.voices(room.notes[0]) == {"Renée": Stance.SAYS}


@pytest.mark.parametrize("name", ["next_question", "star_note", "park_note"])
def test_space_in_the_second_window_goes_to_the_line_whatever_was_clicked(room: Room, qtbot: QtBot, name: str) -> None:
    room.page.clock.begin()
    room.press(Qt.Key.Key_F9, CTRL)
    qtbot.waitUntil(lambda: moderator_window() is not None)
    second = moderator_window()
    assert second is not None
    second.activateWindow()
    view = second.view
    room.click(view.next_button if name == "next_question" else view.marks[name])
    now, marked = room.current, [(note.note.star, note.note.parked) for note in room.notes]
    QTest.keyClick(room.focus(), Qt.Key.Key_Space)
    assert room.current == now
    assert [(note.note.star, note.note.parked) for note in room.notes] == marked
    assert room.line == " "


def test_f6_passes_the_parts_of_the_second_window(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F9, CTRL)
    qtbot.waitUntil(lambda: moderator_window() is not None)
    second = moderator_window()
    assert second is not None
    second.resize(1366, 768)
    second.activateWindow()
    second.view.setFocus()
    QApplication.processEvents()
    seen = set()
    for _ in range(4):
        room.press(Qt.Key.Key_F6)
        assert room.focus().window() is second
        seen.add(room.focus())
    assert len(seen) > 1
    room.press(Qt.Key.Key_Escape)
    assert room.focus() is second.view
