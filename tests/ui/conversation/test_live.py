"""The state of a conversation as another window gets it: its content, and when it is signalled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sto_desktop.domain.live.state import LiveState, Phase
from tests.ui.conversation_support import ALT, Room


def test_another_window_hears_of_all_that_it_shows(room: Room, qtbot: QtBot) -> None:
    live, told = room.page.live, list[LiveState]()
    live.updated.connect(told.append)
    assert live.state().phase is Phase.NOT_BEGUN
    room.press(Qt.Key.Key_F5)
    assert (told[-1].phase, told[-1].running) == (Phase.RUNNING, True)
    room.next(2)
    state = told[-1]
    assert state.step is not None
    assert state.following is not None
    assert (state.step.theme.short_title, state.step.question.short_text) == ("Po en Technolab", "Opbrengst")
    assert (state.following.question.short_text, state.questions_left) == ("Succesfactoren", 3)
    first, second = state.guide.themes[0].questions
    assert state.open_questions == {first.id, second.id}
    room.note("? Wie betaalt dat straks? @2")
    qtbot.waitUntil(lambda: bool(told[-1].parked_here))
    assert [note.text for note in told[-1].parked] == ["Wie betaalt dat straks?"]
    assert [seat.member.first_name for seat in told[-1].seats if seat.speaking] == ["Jaap"]
    room.clock.pass_time(minutes=6)
    live.clock.tick()
    qtbot.waitUntil(lambda: bool(told[-1].unheard))
    assert told[-1].unheard == ("po", "Technolab", "gemeente", "bedrijf", "mbo")
    assert round(told[-1].timing.used / 60) == 6
    room.next(3)
    assert told[-1].parked_here == ()
    assert len(told[-1].parked) == 1
    live.set_discreet(True)
    assert told[-1].discreet
    room.press(Qt.Key.Key_P, ALT)
    assert told[-1].phase is Phase.PAUSED
