"""The moderator's second window: the keys of the program do there what they do in the main window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation import conversation_stage
from sto_desktop.ui.conversation.page.closing_sheet import ClosingSheet
from sto_desktop.ui.conversation.room.moderator_window import ModeratorWindow
from sto_desktop.ui.conversation.table.table_dialog import TableDialog
from sto_desktop.ui.conversation.time.minutes_dialog import MinutesDialog
from sto_desktop.ui.look.roles import TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.help import HelpSheet
from sto_desktop.ui.shell.palette import CommandPalette
from sto_desktop.ui.shell.practise import PractiseWindow
from sto_desktop.ui.widgets import TextLabel, set_text
from sto_desktop.workplace.practise import PractiseClock, practise_copy
from tests.ui.conversation_support import ALT, CTRL, PANEL, START, WHO, Room
from tests.ui.reading import moderator_window

Key = Qt.Key


@pytest.fixture
def second(room: Room, qtbot: QtBot) -> ModeratorWindow:
    """The second window, with the keyboard, at a question of a theme."""
    room.page.clock.begin()
    room.go_to("Regionaal", "Succesfactoren")
    room.press(Key.Key_F9, CTRL)
    window = moderator_window()
    assert window is not None
    window.resize(1280, 720)
    use(window, qtbot)
    return window


def use(window: ModeratorWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.view.setFocus()
    qtbot.waitUntil(window.isActiveWindow)


def test_ctrl_z_takes_back_what_was_done_there(room: Room, second: ModeratorWindow, qtbot: QtBot) -> None:
    room.press(Key.Key_B, ALT)
    assert len(room.notes) == 1
    room.press(Key.Key_Z, CTRL)
    assert room.notes == []
    assert second.isActiveWindow()
    room.press(Key.Key_Y, CTRL)
    assert len(room.notes) == 1


def test_ctrl_z_there_brings_the_last_note_back_into_the_line(
    room: Room, second: ModeratorWindow, qtbot: QtBot
) -> None:
    room.window.activateWindow()
    room.page.line.setFocus()
    room.note("Te vroeg op Enter")
    use(second, qtbot)
    room.press(Key.Key_Z, CTRL)
    assert (room.line, room.notes) == ("Te vroeg op Enter", [])
    assert room.window.isActiveWindow()
    assert room.focus() is room.page.line.edit


def test_the_summary_there_is_left_and_undone_as_in_the_main_window(room: Room, second: ModeratorWindow) -> None:
    room.press(Key.Key_S, ALT)
    field = second.side.playback.text
    assert room.focus() is field
    room.type("Korte lijnen")
    room.press(Key.Key_Z, CTRL)
    assert field.toPlainText() == ""
    room.type("Iedereen kent elkaar")
    room.press(Key.Key_Return, CTRL)
    assert room.focus() is not field
    assert [kept.text for kept in room.session.dossier.read.course.playbacks(PANEL)] == ["Iedereen kent elkaar"]
    room.type("d")
    assert (field.toPlainText(), room.line) == ("Iedereen kent elkaar", "d")


@pytest.mark.parametrize(
    ("press", "kind"), [((Key.Key_F1,), HelpSheet), ((Key.Key_K, CTRL), CommandPalette)], ids=["F1", "Ctrl+K"]
)
def test_help_and_palette_open_from_there(
    room: Room, second: ModeratorWindow, qtbot: QtBot, press: tuple[Qt.Key], kind: type[QWidget]
) -> None:
    def shown() -> list[QWidget]:
        return [one for one in room.window.findChildren(kind) if one.isVisible()]

    room.press(*press)
    qtbot.waitUntil(lambda: bool(shown()))
    shown()[0].close()


@pytest.mark.parametrize(
    ("key", "kind"), [(Key.Key_M, MinutesDialog), (Key.Key_Z, TableDialog), (Key.Key_A, ClosingSheet)]
)
def test_a_dialog_that_is_asked_there_opens_there(
    room: Room, second: ModeratorWindow, qtbot: QtBot, key: Key, kind: type
) -> None:
    room.press(key, ALT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.parentWidget() is second
    QTest.keyClick(dialog, Key.Key_Escape)


@pytest.mark.long
@pytest.mark.parametrize("width", [800, 960, 1280])
def test_the_next_question_is_whole_there(
    room: Room, second: ModeratorWindow, theme: Appearance, qtbot: QtBot, width: int
) -> None:
    second.resize(width, 600)
    room.press(Key.Key_Up, ALT, 40)
    style = TextStyle.LARGE_STRONG
    cut = []
    while (following := room.page.live.place.next_step) is not None:
        QTest.qWait(30)
        text = following.question.text
        label = next(one for one in second.view.findChildren(TextLabel) if one.text() == text)
        if label.height() < set_text(text, theme.font(style), style.line, label.width()).height:
            cut.append(text)
        room.next()
    assert not cut


def test_the_codes_of_the_keypad_choose_no_speaker_there(room: Room, second: ModeratorWindow) -> None:
    keypad = Qt.KeyboardModifier.KeypadModifier
    for digit in (Key.Key_0, Key.Key_2, Key.Key_3, Key.Key_5):
        QTest.keyClick(room.focus(), digit, ALT | keypad)
    assert room.page.line.draft.speaker is None


def test_the_second_window_can_be_used_while_practising(
    room: Room, theme: Appearance, settings: SettingsStore, qtbot: QtBot, tmp_path: Path
) -> None:
    copy = practise_copy(room.session.copy, PANEL, WHO, tmp_path)
    window = PractiseWindow(theme, settings, conversation_stage, copy, PractiseClock(START))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    blocked = Blocked()
    room.press(Key.Key_F9, CTRL)
    shown = moderator_window()
    assert shown is not None
    # Qt tells a window when it gets the keyboard and the mouse again.
    shown.installEventFilter(blocked)
    window.close()
    qtbot.waitUntil(lambda: moderator_window() is None)
    assert not blocked.told


class Blocked(QObject):
    """Notes whether a window was told that it is no longer blocked by a modal one."""

    def __init__(self) -> None:
        super().__init__()
        self.told = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.told |= event.type() == QEvent.Type.WindowUnblocked
        return False
