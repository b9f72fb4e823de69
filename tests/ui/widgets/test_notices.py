"""Messages have a strip of their own: they cover nothing, stay while they ask something, and go with their dossier."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from sto_desktop.ui.widgets import Banner, TextLabel
from tests.ui.conversation_support import Room

LONG = "Een veel langere melding die zegt wat er gebeurde, wat er bewaard is en wat u kunt doen. " * 3


def place(widget: QWidget) -> QRect:
    """Where a widget is on the screen."""
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("size", [(1366, 768), (911, 512), (683, 384)])
def test_a_message_covers_no_clock_heading_field_or_button(room: Room, size: tuple[int, int]) -> None:
    room.window.resize(*size)
    room.press(Qt.Key.Key_F5)
    for text in ("Kort.", LONG):
        room.window.notify(text, action="Bekijken", on_action=lambda: None, topic=text)
        QTest.qWait(20)
        strip = room.window.notices
        label = next(label for label in strip.findChildren(TextLabel) if label.text() == text)
        assert place(strip).contains(place(label))
        assert label.height() >= label.heightForWidth(label.width())
        for widget in room.page.findChildren(QWidget):
            if widget.isVisible():
                assert not place(widget).intersects(place(strip)), widget
        assert room.window.geometry().contains(place(room.page.line.edit))


def test_a_question_stays_until_it_has_an_answer(room: Room) -> None:
    answered: list[str] = []
    timer = room.window.notices.findChild(QTimer)
    assert timer is not None
    timer.setInterval(30)
    room.window.notify(
        "Er staat een kopie.", action="Samenvoegen", on_action=partial(answered.append, "x"), topic="copy"
    )
    room.window.notify("Notitie verwijderd.", action="Ongedaan maken", on_action=lambda: None)
    assert room.message == "Notitie verwijderd."
    QTest.qWait(120)
    assert room.message == "Er staat een kopie."
    room.window.notify(
        "Er staan twee kopieën.", action="Samenvoegen", on_action=partial(answered.append, "y"), topic="copy"
    )
    (button,) = [one for one in room.window.notices.findChildren(QAbstractButton) if one.isVisible() and one.text()]
    room.click(button)
    assert (answered, room.message) == (["y"], "")


def test_only_the_newest_of_what_passes_is_shown(room: Room) -> None:
    for number in range(20):
        room.window.notify(f"Melding {number}.")
    assert room.message == "Melding 19."
    assert len([label for label in room.window.notices.findChildren(TextLabel) if label.isVisible()]) == 1


def test_a_message_of_a_dossier_goes_with_it(room: Room) -> None:
    room.window.notify("Er staat een kopie.", action="Samenvoegen", on_action=lambda: None, topic="copy")
    room.window.notify("Er ging iets mis.", tone="late")
    room.window.set_session(None)
    assert room.message == ""


def test_a_message_of_a_page_stays_when_its_button_is_pressed_and_goes_for_the_next(room: Room) -> None:
    pressed: list[str] = []
    room.press(Qt.Key.Key_F5)
    room.page.notices.tell("Nog niet afgerond.", action="Afronden", on_action=partial(pressed.append, "x"))
    room.click(room.page.notices.findChildren(QAbstractButton)[0])
    assert (pressed, room.banner) == (["x"], "Nog niet afgerond.")
    room.page.notices.tell("De klok ging terug.")
    assert len([label for label in room.page.notices.findChildren(TextLabel) if label.isVisible()]) == 1
    room.click(room.page.notices.findChildren(QAbstractButton)[-1])
    assert room.banner == ""
    assert not room.page.notices.isVisible()
    assert room.focus() is room.page.line.edit


def test_typing_goes_on_under_a_message(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    room.type("Meer ruimte")
    room.window.notify(LONG, action="Bekijken", on_action=lambda: None, topic="x")
    room.type(" voor techniek")
    room.keep()
    assert [note.text for note in room.notes] == ["Meer ruimte voor techniek"]


def test_many_messages_on_a_small_screen_leave_the_line_whole_and_each_gets_its_turn(room: Room) -> None:
    room.window.resize(683, 384)
    room.press(Qt.Key.Key_F5)
    texts = [
        f"Bericht {number}: naast dit dossier staat een kopie uit de map van een collega, «Panel Rijssen (kopie van "
        f"LAPTOP-{number}).sto». Samenvoegen?"
        for number in range(4)
    ]

    def shown() -> list[str]:
        QTest.qWait(30)
        return [banner.accessibleName() for banner in room.window.findChildren(Banner) if banner.isVisible()]

    for text in texts:
        room.window.notify(text, action="Samenvoegen", on_action=lambda: None, topic=text)
        assert len(shown()) <= 2
        line = room.page.line
        assert line.visibleRegion().boundingRect() == line.rect()
        assert room.window.rect().contains(QRect(line.mapTo(room.window, QPoint(0, 0)), line.size()))
    assert shown() == texts[2:]
    more = [label for label in room.window.notices.findChildren(TextLabel) if "nog 2 berichten" in label.text()]
    assert more
    assert more[0].isVisible()
    room.window.notices.forget(texts[3])
    assert shown() == texts[1:3]
    room.window.resize(1366, 768)
    assert shown() == texts[:3]
    assert not more[0].isVisible()
