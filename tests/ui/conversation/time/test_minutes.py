"""More or fewer minutes for a question, the effect of that, and the quiet signal when a theme's time runs out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.live.schedule import Pressure
from sto_desktop.ui.conversation.time.minutes_dialog import MinutesDialog
from sto_desktop.ui.look.roles import ColourRole
from tests.ui.conversation_support import ALT, CTRL, Room, back


def ask(room: Room, qtbot: QtBot) -> MinutesDialog:
    room.press(Qt.Key.Key_M, ALT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MinutesDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MinutesDialog)
    return dialog


def lengths(room: Room) -> dict[str, int]:
    return {theme.short_title: theme.minutes for theme in room.page.live.rows.guide.themes if theme.questions}


def test_five_minutes_more_are_given_by_the_rest_and_ctrl_z_takes_them_back(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(3)
    before, end = lengths(room), room.page.clock.timing().planned_end
    dialog = ask(room, qtbot)
    assert not dialog.give.isEnabled()
    room.type("5")
    assert dialog.cost.text().endswith("Het einde blijft zoals gepland.")
    assert "Beeldvorming −" in dialog.cost.text()
    room.press(Qt.Key.Key_Return)
    back(room)
    after = lengths(room)
    assert sum(after.values()) == sum(before.values())
    assert after["Po en Technolab"] > before["Po en Technolab"]
    assert all(after[theme] <= before[theme] for theme in after if theme != "Po en Technolab")
    assert room.page.clock.timing().planned_end == end
    assert room.message.endswith("Het einde blijft zoals gepland.")
    room.page.guide.setFocus()
    room.press(Qt.Key.Key_Z, CTRL)
    assert lengths(room) == before


def test_the_end_can_move_instead(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    dialog = ask(room, qtbot)
    for button in dialog.steps[2:]:
        room.click(button)
    dialog.move_end.setFocus()
    room.press(Qt.Key.Key_Space)
    assert dialog.cost.text() == "Het geplande einde wordt 17:31."
    room.click(dialog.give)
    back(room)
    assert room.page.time.clock.label.startswith("einde 17:31")


def test_a_delay_is_caught_up_and_the_schedule_says_so(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=22)
    room.next(2)
    room.page.clock.tick()
    assert (room.page.time.schedule.value, room.page.time.schedule.label) == ("5 min", "achter op schema")
    dialog = ask(room, qtbot)
    assert dialog.catch_up.isVisible()
    dialog.catch_up.setFocus()
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_Return)
    back(room)
    room.page.clock.tick()
    assert room.page.time.schedule.label == "precies op schema"
    assert room.page.time.clock.label == "einde 17:25"


def test_minutes_that_a_question_gives_can_make_up_for_the_delay_and_the_end_stays(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=22)
    room.next(2)
    room.page.clock.tick()
    dialog = ask(room, qtbot)
    room.type("-5")
    dialog.catch_up.setFocus()
    room.press(Qt.Key.Key_Space)
    assert dialog.cost.text() == "Het einde blijft zoals gepland."
    room.press(Qt.Key.Key_Return)
    back(room)
    room.page.clock.tick()
    assert room.page.time.clock.label == "einde 17:25"


def test_escape_changes_nothing(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    before = lengths(room)
    ask(room, qtbot)
    room.type("9")
    room.press(Qt.Key.Key_Escape)
    back(room)
    assert QApplication.activeModalWidget() is None
    assert lengths(room) == before


def test_the_band_gives_a_quiet_sign_at_a_fifth_and_a_twentieth_and_not_on_arrival(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs: list[Pressure] = []
    sounds: list[str] = []
    monkeypatch.setattr(QApplication, "beep", lambda: sounds.append("beep"))
    head = room.page.time
    head.signed.connect(signs.append)
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=13)
    room.page.clock.tick()
    assert (signs, head.sign, head.left.label) == ([], Pressure.GOOD, "nog voor 2 vragen")
    for minutes in (1, 1, 1.5, 0.5):
        room.clock.pass_time(minutes=minutes)
        room.page.clock.tick()
    assert (signs, head.sign) == ([Pressure.WARN, Pressure.LATE], Pressure.LATE)
    assert head.grab().toImage().pixelColor(2, 2) == room.window.theme.color(ColourRole.LATE_SOFT)
    room.next(2)
    assert head.sign is Pressure.GOOD
    room.press(Qt.Key.Key_Up, ALT)
    assert len(signs) == 2
    assert sounds == []
    room.window.settings.change(time_sound=True)
    room.next()
    room.clock.pass_time(minutes=17)
    room.page.clock.tick()
    assert sounds == ["beep"]
