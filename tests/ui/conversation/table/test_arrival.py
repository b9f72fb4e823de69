"""Binnenkomst: who arrives, with a form, and may be named or quoted, by arrows and Space; also from a seat later on."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.report.papers.kinds import Paper
from sto_desktop.report.papers.papers import paper
from sto_desktop.report.writers.markdown_writer import markdown_bytes
from sto_desktop.ui.conversation.table.arrival_dialog import ArrivalDialog
from sto_desktop.ui.conversation.table.arrival_table import ArrivalColumn
from sto_desktop.ui.widgets import LineEdit
from tests.ui.conversation_support import ALT, CTRL, PANEL, PEOPLE, Room


def arrival(room: Room, qtbot: QtBot) -> ArrivalDialog:
    room.press(Qt.Key.Key_J, ALT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ArrivalDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ArrivalDialog)
    qtbot.waitUntil(dialog.table.hasFocus)
    return dialog


def member(room: Room, name: str) -> Panelist:
    """A member as on disk, by the first name."""
    read = room.session.dossier.read.members.of_panel(PANEL)
    return next(one for one in read if one.first_name == name)


def here(room: Room) -> list[str]:
    return [one.first_name for one in room.session.dossier.read.members.of_panel(PANEL) if one.present]


def cell(dialog: ArrivalDialog, row: int, column: ArrivalColumn) -> QPoint:
    return dialog.table.visualRect(dialog.table.arrivals.index(row, column)).center()


def test_who_comes_in_is_ticked_with_arrows_and_space(room: Room, qtbot: QtBot) -> None:
    dialog = arrival(room, qtbot)
    assert dialog.count.text() == "7 van 7 er"
    assert "Nog niemand binnen" in dialog.how.text()
    room.click(dialog.nobody)
    assert here(room) == []
    assert (dialog.count.text(), dialog.missing.text()) == ("0 van 7 er", "")
    dialog.table.setFocus()
    room.press(Qt.Key.Key_Space)
    assert here(room) == ["Renée"]
    assert dialog.missing.text() == "1 zit er zonder formulier."
    room.press(Qt.Key.Key_Right)
    room.press(Qt.Key.Key_Space)
    assert dialog.missing.text() == ""
    assert member(room, "Renée").consent_participation is Consent.UNKNOWN
    room.press(Qt.Key.Key_Right)
    room.type("j")
    assert member(room, "Renée").consent_participation is Consent.YES
    room.press(Qt.Key.Key_Right)
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_Right)
    room.type("n")
    room.press(Qt.Key.Key_Right)
    room.type("16:30")
    room.press(Qt.Key.Key_Return)
    renee = member(room, "Renée")
    assert (renee.form_in, renee.consent_name, renee.consent_quote) == (True, Consent.YES, Consent.NO)
    assert renee.leaves_at == dt.time(16, 30)
    # Nobody is late: the conversation has not begun.
    assert renee.arrived_at is None
    room.press(Qt.Key.Key_Z, CTRL)
    assert member(room, "Renée").leaves_at is None
    room.type("16:15")
    room.press(Qt.Key.Key_Escape)
    assert member(room, "Renée").leaves_at == dt.time(16, 15)
    room.press(Qt.Key.Key_Escape)
    assert room.page.side.speakers.rows[0].line.away is False
    assert room.page.side.speakers.rows[1].line.side == "afwezig"


def test_ctrl_z_and_ctrl_y_concern_the_typing_and_then_the_answers(room: Room, qtbot: QtBot) -> None:
    dialog = arrival(room, qtbot)
    table = dialog.table
    table.setCurrentIndex(table.arrivals.index(0, ArrivalColumn.NAMED))
    room.type("j")
    room.press(Qt.Key.Key_Z, CTRL)
    assert member(room, "Renée").consent_name is Consent.UNKNOWN
    room.press(Qt.Key.Key_Y, CTRL)
    assert member(room, "Renée").consent_name is Consent.YES
    table.setCurrentIndex(table.arrivals.index(0, ArrivalColumn.LEAVES))
    room.type("16")
    field = room.focus()
    assert isinstance(field, LineEdit)
    room.press(Qt.Key.Key_Z, CTRL)
    assert (field.text(), member(room, "Renée").consent_name) == ("", Consent.YES)
    room.press(Qt.Key.Key_Escape)
    room.click(dialog.guest)
    room.type("Wim")
    room.press(Qt.Key.Key_Z, CTRL)
    assert (dialog.guest.text(), member(room, "Renée").consent_name) == ("", Consent.YES)
    room.press(Qt.Key.Key_Z, CTRL)
    assert member(room, "Renée").consent_name is Consent.UNKNOWN


def test_letters_find_a_name_and_space_ticks_at_once(room: Room, qtbot: QtBot) -> None:
    dialog = arrival(room, qtbot)
    room.click(dialog.nobody)
    dialog.table.setFocus()
    room.type("fat")
    room.press(Qt.Key.Key_Space)
    assert here(room) == ["Fatma"]
    room.type("veld")
    room.press(Qt.Key.Key_Space)
    assert here(room) == ["Jaap", "Fatma"]


def test_a_click_ticks_and_a_time_that_is_none_changes_nothing(room: Room, qtbot: QtBot) -> None:
    dialog = arrival(room, qtbot)
    room.click(dialog.table.viewport(), cell(dialog, 2, ArrivalColumn.HERE))
    assert not member(room, "Annemarie").present
    # On the box itself, at the left of its cell, as well.
    box = dialog.table.visualRect(dialog.table.arrivals.index(2, ArrivalColumn.HERE))
    room.click(dialog.table.viewport(), QPoint(box.left() + 14, box.center().y()))
    assert member(room, "Annemarie").present
    room.click(dialog.table.viewport(), cell(dialog, 2, ArrivalColumn.NAMED))
    assert member(room, "Annemarie").consent_name is Consent.YES
    dialog.table.go_to(member(room, "Annemarie").id, ArrivalColumn.LEAVES)
    room.type("na de pauze")
    room.press(Qt.Key.Key_Return)
    assert member(room, "Annemarie").leaves_at is None
    assert dialog.how.isVisible()
    assert dialog.how.text() == "«na de pauze» is geen tijd. Schrijf hem als 16:30, of «half vijf»."
    room.press(Qt.Key.Key_F2)
    room.type("half vijf")
    room.press(Qt.Key.Key_Return)
    assert member(room, "Annemarie").leaves_at == dt.time(16, 30)
    assert "geen tijd" not in dialog.how.text()


def test_a_guest_is_added_and_their_form_comes_next(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    room.clock.pass_time(minutes=10)
    dialog = arrival(room, qtbot)
    assert not dialog.nobody.isVisible()
    dialog.guest.setFocus()
    room.type("Joost Wilmink")
    room.press(Qt.Key.Key_Return)
    joost = member(room, "Joost")
    assert (joost.seat, joost.present, joost.arrived_at) == (8, True, room.clock.now)
    assert room.focus() is dialog.table
    room.press(Qt.Key.Key_Space)
    assert member(room, "Joost").form_in
    # During the conversation, a member who is no longer present has left now.
    room.press(Qt.Key.Key_Left)
    room.press(Qt.Key.Key_Space)
    assert member(room, "Joost").left_at == room.clock.now
    room.press(Qt.Key.Key_Return, CTRL)
    assert QApplication.activeModalWidget() is None


def test_half_a_name_on_the_list_is_no_guest_and_that_is_said(room: Room, qtbot: QtBot) -> None:
    dialog = arrival(room, qtbot)
    dialog.guest.setFocus()
    room.type("nick")
    room.press(Qt.Key.Key_Return)
    assert len(room.page.live.rows.panelists) == len(PEOPLE)
    assert room.focus() is dialog.table
    assert dialog.how.text() == "Nick Wolter staat op de lijst. Is het een ander? Typ dan de hele naam."
    dialog.guest.setFocus()
    room.type("Nick Bakker")
    room.press(Qt.Key.Key_Return)
    assert len(room.page.live.rows.panelists) == len(PEOPLE) + 1


@pytest.mark.parametrize("typed", ["fatma yildiz", "  Fatma  Yıldız "])
def test_who_is_on_the_list_is_no_guest(room: Room, qtbot: QtBot, typed: str) -> None:
    dialog = arrival(room, qtbot)
    dialog.guest.setFocus()
    room.type(typed)
    room.press(Qt.Key.Key_Return)
    assert len(room.page.live.rows.panelists) == len(PEOPLE)
    assert (dialog.guest.text(), room.focus()) == ("", dialog.table)
    room.press(Qt.Key.Key_Space)
    assert not member(room, "Fatma").present


def test_a_seat_says_rather_not_quoted_and_leaves_early(room: Room, qtbot: QtBot) -> None:
    room.press(Qt.Key.Key_F5)
    row = room.page.side.speakers.rows[5]

    def choose(*path: str) -> None:
        row.menu_asked.emit(row.line.panelist, row.mapToGlobal(row.rect().center()))
        menu = room.page.side.speakers.findChild(QMenu)
        assert menu is not None
        qtbot.waitUntil(menu.isVisible)
        for text in path[:-1]:
            inside = next(action for action in menu.actions() if action.text() == text).menu()
            assert isinstance(inside, QMenu)
            menu = inside
        next(action for action in menu.actions() if action.text() == path[-1]).trigger()
        for shown in room.page.side.speakers.findChildren(QMenu):
            shown.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    choose("Liever niet geciteerd")
    assert member(room, "Nick").consent_quote is Consent.NO
    assert room.message == "Nick wordt niet letterlijk geciteerd."
    choose("Mag toch geciteerd worden")
    assert member(room, "Nick").consent_quote is Consent.YES
    choose("Gaat eerder weg", "om 16:15")
    assert member(room, "Nick").leaves_at == dt.time(16, 15)
    assert row.line.detail == "Wolter · bedrijf · tot 16:15"
    choose("Binnenkomst…")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ArrivalDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ArrivalDialog)
    assert dialog.table.arrivals.people[dialog.table.currentIndex().row()].first_name == "Nick"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_list_on_paper_has_the_same_columns_and_no_answers(room: Room) -> None:
    read = room.session.dossier.read
    panel = read.panels.get(PANEL)
    assert panel is not None
    document = paper(Paper.ATTENDANCE, panel, read.guides.of_panel(PANEL), read.members.of_panel(PANEL))
    text = markdown_bytes(document).decode()
    assert "| Panellid | Er | Formulier | Doet mee | Naam | Citaat | Weg om |" in text
    assert text.count("☐ ja  ☐ nee") == 3 * (7 + 4)
    assert "Fatma Yıldız" in text
    assert "onbekend" not in text
