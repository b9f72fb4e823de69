"""Alone: one person leads and writes, and gets three lines in sixty seconds after each theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sto_desktop.domain.panel.content import ThemeContent
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.page.closing_sheet import ClosingSheet
from sto_desktop.ui.conversation.page.three_lines import ThreeLines
from sto_desktop.ui.look.theme import Appearance
from tests.ui.conversation_support import ALT, PANEL, Room, back, window_on

pytestmark = pytest.mark.long


def three_lines(qtbot: QtBot) -> ThreeLines:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ThreeLines))
    found = QApplication.activeModalWidget()
    assert isinstance(found, ThreeLines)
    qtbot.waitUntil(lambda: found.lines[0].hasFocus())
    return found


def test_who_leads_and_writes_alone_gets_three_lines_after_a_theme(room: Room, qtbot: QtBot) -> None:
    head = room.page.head
    before = head.question.height()
    room.press(Qt.Key.Key_F4)
    assert head.question.height() > before
    assert any(label.text().endswith("· alleen") for label in room.page.top.findChildren(QLabel))
    room.press(Qt.Key.Key_F5)
    # The welcome is no theme to write about.
    room.next(2)
    assert room.current == "Po en Technolab: Opbrengst"
    # Question and line are on one screen, the question large with its probes.
    assert head.all_probes.isVisible()
    assert room.page.line.isVisible()
    room.next(2)
    last = room.page.live.place.current
    room.next()
    found = three_lines(qtbot)
    assert room.page.live.place.current == last
    assert found.left.text() == "60"
    # Also on a narrow screen.
    found.setMinimumWidth(0)
    found.resize(380, 400)
    QApplication.processEvents()
    assert (found.width(), found.left.text()) == (380, "60")
    assert found.left.width() >= found.left.sizeHint().width()
    room.clock.pass_time(seconds=45)
    room.page.clock.tick()
    assert found.left.text() == "15"
    room.type("+ Meer kinderen @renée")
    room.press(Qt.Key.Key_Return)
    # On disk before the next word.
    (note,) = room.notes
    assert (note.text, note.question, note.kind) == ("Meer kinderen", last, NoteKind.YIELD)
    assert room.voices(note) == {"Renée": Stance.SAYS}
    room.type("Half getypt")
    room.clock.pass_time(seconds=30)
    room.page.clock.tick()
    assert (found.left.text(), found.isVisible()) == ("0", True)
    room.press(Qt.Key.Key_Escape)
    back(room)
    assert [note.text for note in room.notes] == ["Meer kinderen", "Half getypt"]
    assert room.current == "Beeldvorming: Opbrengst"
    assert room.focus() is room.page.line.edit
    # Once for each theme; and an empty line goes on at once.
    room.press(Qt.Key.Key_Up, ALT)
    room.next()
    assert QApplication.activeModalWidget() is None
    room.next(3)
    three_lines(qtbot)
    room.press(Qt.Key.Key_Return)
    back(room)
    assert room.current == "Bedrijven en mbo: Opbrengst"


def test_without_alone_nothing_stands_between_two_themes(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.next(8)
    assert QApplication.activeModalWidget() is None
    assert room.current == "Bedrijven en mbo: Opbrengst"


def alone_at(room: Room, question: str) -> str:
    """Lead and write alone, at a question of the first theme; returns the last question of that theme."""
    room.press(Qt.Key.Key_F4)
    room.press(Qt.Key.Key_F5)
    room.go_to("Po en Technolab", question)
    step = room.page.live.place.step
    assert step is not None
    return step.theme.questions[-1].id


def theme_named(room: Room, title: str) -> ThemeContent:
    """A theme of the guide, by its short title."""
    return next(one for one in room.page.live.rows.guide.themes if one.short_title == title)


def chosen_in_the_guide(room: Room) -> None:
    room.page.guide.question_chosen.emit(theme_named(room, "Bedrijven en mbo").questions[0].id)


def chosen_in_the_bar(room: Room) -> None:
    room.page.time.bar.theme_chosen.emit(theme_named(room, "Bedrijven en mbo").id)


def skipped(room: Room) -> None:
    room.press(Qt.Key.Key_O, ALT)


@pytest.mark.parametrize("leave", [chosen_in_the_guide, chosen_in_the_bar, skipped])
def test_alone_a_theme_is_left_in_any_way(room: Room, qtbot: QtBot, leave: Callable[[Room], None]) -> None:
    alone_at(room, "Wat kan beter")
    here = room.page.live.place.current
    leave(room)
    three_lines(qtbot)
    assert room.page.live.place.current == here
    room.type("Te weinig tijd")
    room.press(Qt.Key.Key_Escape)
    back(room)
    assert [(note.text, note.question) for note in room.notes] == [("Te weinig tijd", here)]
    assert room.current.startswith("Beeldvorming" if leave is skipped else "Bedrijven en mbo")
    assert room.focus() is room.page.line.edit


def test_alone_the_conversation_ends_after_the_three_lines(room: Room, qtbot: QtBot) -> None:
    alone_at(room, "Opbrengst")
    room.press(Qt.Key.Key_A, ALT)
    three_lines(qtbot)
    room.type("Nog iets")
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ClosingSheet))
    assert [note.text for note in room.notes] == ["Nog iets"]
    room.press(Qt.Key.Key_Escape)
    back(room)
    # Once: the second time the conversation ends at once.
    room.press(Qt.Key.Key_A, ALT)
    assert isinstance(QApplication.activeModalWidget(), ClosingSheet)


def test_alone_an_earlier_theme_follows_a_theme_that_was_talked_about(room: Room, qtbot: QtBot) -> None:
    alone_at(room, "Opbrengst")
    first = room.page.live.place.current or ""
    room.page.guide.question_chosen.emit(theme_named(room, "Beeldvorming").questions[0].id)
    three_lines(qtbot)
    room.press(Qt.Key.Key_Escape)
    back(room)
    assert room.current == "Beeldvorming: Opbrengst"
    # A look back, by arrow or by click, ends no theme.
    room.press(Qt.Key.Key_Up, ALT)
    room.next()
    room.page.guide.question_chosen.emit(first)
    assert QApplication.activeModalWidget() is None
    room.go_to("Beeldvorming", "Opbrengst")
    room.clock.pass_time(minutes=4)
    room.page.guide.question_chosen.emit(first)
    three_lines(qtbot)


def test_the_three_lines_come_back_after_a_kill(
    room: Room, qtbot: QtBot, theme: Appearance, settings: SettingsStore
) -> None:
    last = alone_at(room, "Wat kan beter")
    room.next(2)
    never_closed = three_lines(qtbot)
    room.type("Bewaard")
    room.press(Qt.Key.Key_Return)
    room.type("Half getypt")
    place = f"three_lines:{PANEL}"
    qtbot.waitUntil(lambda: "Half getypt" in room.session.dossier.draft(place), timeout=1000)
    # Never closed: as after a kill, which stops its timers too.
    qtbot.waitUntil(lambda: not never_closed.kept._at_rest.isActive())
    with window_on(room.home, room.session.path, theme, settings, room.clock) as again:
        found = three_lines(qtbot)
        assert [line.text() for line in found.lines] == ["Half getypt", "", ""]
        # Two notes of the same second have no order.
        again.clock.pass_time(seconds=5)
        again.type(" toch af")
        again.press(Qt.Key.Key_Return)
        again.press(Qt.Key.Key_Return)
        back(again)
        assert [(note.text, note.question) for note in again.notes] == [
            ("Bewaard", last),
            ("Half getypt toch af", last),
        ]
        assert again.current == "Beeldvorming: Opbrengst"
        assert again.session.dossier.draft(place) == ""
