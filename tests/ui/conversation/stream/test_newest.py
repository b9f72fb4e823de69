"""The stream of notes opens at its newest note, also after a change of stage, question, mode or size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sto_desktop.domain.capture.language import parse
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import ALT, Room, window_on

pytestmark = pytest.mark.long

MANY = 30
HUNDREDS = 400


def write(room: Room, many: int = MANY) -> None:
    """Write notes of different heights at the current question."""
    for number in range(many):
        text = f"Notitie {number} " + "over de bus die niet op tijd rijdt " * (1 + number % 5)
        room.page.live.capture(parse(text, ()), room.page.live.place.current, f"note-{room.current}-{number}")


def assert_at_newest(room: Room) -> None:
    """Check that the last line of the newest note is visible."""
    QTest.qWait(40)
    view = room.page.stream.view
    # Rows are laid out gradually, on a slow computer later.
    for _ in range(50):
        if 0 < view.verticalScrollBar().maximum() == view.verticalScrollBar().value():
            break
        QTest.qWait(20)
    assert view.verticalScrollBar().maximum() > 0
    newest = view.visualRect(view.stream.index(len(view.stream.notes) - 1, 0))
    assert newest.bottom() <= view.viewport().height()
    assert newest.bottom() >= view.viewport().height() - 4
    assert view.geometry().bottom() < room.page.stream.height()


def test_on_opening_the_dossier(room: Room, theme: Appearance, settings: SettingsStore) -> None:
    room.press(Qt.Key.Key_F5)
    write(room)
    room.window.set_session(None)
    with window_on(room.home, room.session.path, theme, settings) as again:
        assert len(again.notes) == MANY
        assert_at_newest(again)


def test_on_coming_back_from_another_stage_and_question_and_mode(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    write(room)
    assert_at_newest(room)
    room.page.stream.view.verticalScrollBar().setValue(0)
    room.window.navigate(Stage.PREPARE)
    room.window.navigate(Stage.CONVERSATION)
    assert_at_newest(room)
    room.page.stream.view.verticalScrollBar().setValue(0)
    room.next()
    write(room)
    room.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert_at_newest(room)
    room.page.stream.view.verticalScrollBar().setValue(0)
    room.press(Qt.Key.Key_F7)
    room.next()
    room.press(Qt.Key.Key_F7)
    assert_at_newest(room)
    room.page.stream.view.verticalScrollBar().setValue(0)
    room.press(Qt.Key.Key_F7)
    room.press(Qt.Key.Key_F7)
    assert_at_newest(room)


@pytest.mark.parametrize("size", [(683, 384), (911, 512), (1366, 500), (1920, 1080)])
def test_in_a_window_of_another_size_and_beside_messages(room: Room, size: tuple[int, int]) -> None:
    room.press(Qt.Key.Key_F5)
    write(room)
    room.window.resize(*size)
    assert_at_newest(room)
    room.window.notify("De trein was te laat.", action="Ongedaan maken", topic="trein")
    assert_at_newest(room)
    room.window.notices.clear()
    room.press(Qt.Key.Key_F5)
    assert_at_newest(room)
    room.press(Qt.Key.Key_F5)
    room.window.resize(1366, 768)
    assert_at_newest(room)


def test_who_scrolled_back_keeps_their_place_while_others_write(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    write(room)
    # Rows that are not laid out yet can't be scrolled.
    assert_at_newest(room)
    view = room.page.stream.view
    view.verticalScrollBar().setValue(10)
    room.window.resize(1366, 700)
    QTest.qWait(40)
    assert view.verticalScrollBar().value() == 10


def test_of_hundreds_of_notes_the_newest_are_there_at_once_and_the_window_lives_on(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    write(room, HUNDREDS)
    view = room.page.stream.view
    heights = [view.rowHeight(row) for row in range(HUNDREDS)]
    room.next()
    turns: list[int] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: turns.append(view.content_height))
    beat.start()
    room.press(Qt.Key.Key_Up, ALT)
    assert_at_newest(room)
    qtbot.waitUntil(lambda: [view.rowHeight(row) for row in range(HUNDREDS)] == heights)
    beat.stop()
    # Between two turns of the event loop some rows got their height, not all.
    assert len(set(turns)) > 3
    assert_at_newest(room)


def test_who_scrolls_back_among_hundreds_sees_whole_notes_that_stay_where_they_are(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    write(room, HUNDREDS)
    view = room.page.stream.view
    heights = [view.rowHeight(row) for row in range(HUNDREDS)]
    room.next()
    room.press(Qt.Key.Key_Up, ALT)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    seen = range(view.rowAt(0), view.rowAt(view.viewport().height() - 1) + 1)
    assert [view.rowHeight(row) for row in seen] == [heights[row] for row in seen]
    last = seen[-1]
    top = view.rowViewportPosition(last)
    qtbot.waitUntil(lambda: [view.rowHeight(row) for row in range(HUNDREDS)] == heights)
    assert view.rowViewportPosition(last) == top
