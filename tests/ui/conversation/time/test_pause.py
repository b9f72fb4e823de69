"""A pause is obvious in both modes and on the other screens, and shows when the conversation continues."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.guides import add_question, add_theme, open_guide
from sto_desktop.domain.vocabulary import ThemeKind
from sto_desktop.ui.conversation.page.paused_card import PausedCard
from tests.ui.conversation_support import CTRL, PANEL, Room
from tests.ui.reading import moderator_window

pytestmark = pytest.mark.long


def on_show(room: Room) -> PausedCard:
    """The card of the current mode."""
    return room.page.moderator.paused if room.page.moderating else room.page.paused


def tick(room: Room, **length: float) -> None:
    """Let time pass, and the clock tick."""
    room.clock.pass_time(**length)
    room.page.clock.tick()


@pytest.mark.parametrize("moderating", [False, True])
def test_a_pause_stands_large_with_its_length_and_its_end(room: Room, qtbot: QtBot, moderating: bool) -> None:
    if moderating:
        room.press(Qt.Key.Key_F7)
    paused = on_show(room)
    assert not paused.isVisible()
    room.press(Qt.Key.Key_F5)
    assert not paused.isVisible()
    room.press(Qt.Key.Key_F5)
    assert (paused.isVisible(), paused.title.text(), paused.since.text()) == (True, "Pauze", "zojuist")
    assert paused.until.text() == "verder om 15:45"
    tick(room, minutes=6)
    qtbot.waitUntil(lambda: paused.since.text() == "6 minuten")
    tick(room, minutes=6)
    qtbot.waitUntil(lambda: paused.until.text() == "zou verdergaan om 15:45")
    room.click(paused.button)
    assert room.page.clock.running
    assert not paused.isVisible()


def test_a_pause_before_the_break_of_the_guide_lasts_as_long_as_that(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.go_to("Beeldvorming", "Wat kan beter")
    tick(room, minutes=40)
    room.press(Qt.Key.Key_F5)
    assert on_show(room).until.text() == "verder om 16:20"


def test_the_end_of_a_pause_is_moved_and_the_room_and_the_second_window_follow(room: Room) -> None:
    room.press(Qt.Key.Key_F9)
    room.press(Qt.Key.Key_F9, CTRL)
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_F5)
    room.type("Half")
    room.click(on_show(room).later)
    assert on_show(room).until.text() == "verder om 15:50"
    second = moderator_window()
    assert second is not None
    assert second.view.paused.until.text() == "verder om 15:50"
    assert room.stage.room.room.view.content.large == "Pauze\nVerder om 15:50"
    room.type(" getypt")
    assert room.line == "Half getypt"
    room.click(on_show(room).sooner)
    room.click(on_show(room).sooner)
    room.click(on_show(room).sooner)
    room.click(on_show(room).sooner)
    assert on_show(room).until.text() == "verder om 15:35"
    tick(room, minutes=3)
    room.page.live.set_discreet(True)
    assert room.stage.room.room.view.content.large == "Pauze\nWe gaan zo verder"
    # A pause that takes longer is counted from now.
    room.click(on_show(room).later)
    assert on_show(room).until.text() == "verder om 15:43"


def test_the_next_pause_has_an_end_of_its_own(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.press(Qt.Key.Key_F5)
    room.click(on_show(room).later)
    room.press(Qt.Key.Key_F5)
    tick(room, minutes=20)
    room.press(Qt.Key.Key_F5)
    assert on_show(room).until.text() == "verder om 16:05"


def test_a_break_of_the_guide_that_is_asked_is_a_pause_while_its_time_runs(room: Room, qtbot: QtBot) -> None:
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    first = content.guide.themes[0].id
    guide = open_guide(content, shared=True)
    room.session.apply(add_theme(guide, first, theme="koffie", title="Koffie", kind=ThemeKind.BREAK))
    content = room.session.dossier.read.panel_content(PANEL)
    assert content is not None
    own = open_guide(content, shared=False)
    room.session.apply(add_question(own, "koffie", None, question="kopje", text="Koffie in de hal", minutes=12))
    room.press(Qt.Key.Key_F9)
    room.press(Qt.Key.Key_F5)
    room.next(2)
    paused = on_show(room)
    assert room.page.clock.running
    assert (paused.isVisible(), paused.until.text()) == (True, "verder om 15:47")
    assert room.stage.room.room.view.content.large == "Pauze\nVerder om 15:47"
    tick(room, minutes=4)
    qtbot.waitUntil(lambda: paused.since.text() == "4 minuten")
    room.press(Qt.Key.Key_F7)
    assert on_show(room).until.text() == "verder om 15:47"
    room.click(on_show(room).on)
    assert not on_show(room).isVisible()
    assert room.current == "Po en Technolab: Opbrengst"
