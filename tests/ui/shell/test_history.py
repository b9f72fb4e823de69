"""Geschiedenis in the window: what was done, and back to any point of it by key and click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.log.change import action, change
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.elaborate import elaborate_stage
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.history import HistoryDialog
from sto_desktop.ui.shell.main_window import MainWindow
from tests.ui import elaborated_panel as panel
from tests.ui.elaborated_panel import note_id
from tests.ui.reading import newest, press_answer

CTRL = Qt.KeyboardModifier.ControlModifier
Opened = tuple[MainWindow, Session]


@pytest.fixture
def opened(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Opened]:
    copy = panel.make_copy(tmp_path)
    window, session = panel.open_window(qtbot, theme, settings, copy, Stage.ELABORATE, elaborate_stage)
    yield window, session
    panel.close_window(window, session)


def history(window: MainWindow, qtbot: QtBot) -> HistoryDialog:
    """Open the list by its key."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_H, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), HistoryDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HistoryDialog)
    return dialog


def text_of(session: Session, number: int) -> str | None:
    """Return the text of a note as the dossier has it."""
    note = session.dossier.read.notes.get(note_id(number))
    return note.text if note else None


def work(session: Session) -> None:
    """Do three things, and let a colleague do one."""
    session.apply(action("notitie wijzigen", change("note", note_id(0), text="Eerste.")))
    session.apply(action("notitie wijzigen", change("note", note_id(0), text="Tweede.")))
    other = panel.colleague_of(session.copy)
    other.dossier.apply(action("notitie wijzigen", change("note", note_id(2), text="Van Wilma.")))
    other.dossier.close()
    session.dossier.poll()
    session.apply(action("ster geven", change("note", note_id(1), star=True)))


def test_arrow_down_and_enter_go_back_and_one_ctrl_z_undoes_that(opened: Opened, qtbot: QtBot) -> None:
    window, session = opened
    work(session)
    dialog = history(window, qtbot)
    labels = [dialog.model.index(number).data() for number in range(4)]
    assert labels[0] == "ster geven: Kinderen die moeite hebben met rekenen doen het hier voor."
    assert labels[1] == "notitie wijzigen: Van Wilma."
    assert not dialog.back_button.isEnabled()
    assert dialog.effect.text() == "U bent hier."
    for _ in range(3):
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.effect.text() == "2 handelingen van u gaan terug. Wat Wilma Zwiers deed, blijft."
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert (text_of(session, 0), text_of(session, 2)) == ("Eerste.", "Van Wilma.")
    starred = session.dossier.read.notes.get(note_id(1))
    assert starred is not None
    assert not starred.note.star
    assert newest(window.notices).startswith("2 handelingen teruggedraaid.")
    press_answer(window.notices)
    assert text_of(session, 0) == "Tweede."
    starred = session.dossier.read.notes.get(note_id(1))
    assert starred is not None
    assert starred.note.star


@pytest.mark.long
def test_only_the_chosen_action_can_be_taken_back(opened: Opened, qtbot: QtBot) -> None:
    window, session = opened
    work(session)
    dialog = history(window, qtbot)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    # A colleague's action can't be undone here.
    assert not dialog.only_button.isEnabled()
    QTest.keyClick(dialog.list, Qt.Key.Key_Up)
    QTest.mouseClick(dialog.only_button, Qt.MouseButton.LeftButton)
    starred = session.dossier.read.notes.get(note_id(1))
    assert starred is not None
    assert not starred.note.star
    assert text_of(session, 0) == "Tweede."
    assert dialog.model.past(0).undone
    QTest.keyClick(dialog.list, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.long
def test_a_long_history_is_read_as_far_as_one_scrolls(opened: Opened, qtbot: QtBot) -> None:
    window, session = opened
    for number in range(260):
        session.apply(action("notitie wijzigen", change("note", note_id(0), text=f"Versie {number}.")))
    dialog = history(window, qtbot)
    assert dialog.model.rowCount() == 200
    QTest.keyClick(dialog.list, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 260)
    first = dialog.model.rowCount() - 1
    dialog.list.setCurrentIndex(dialog.model.index(dialog.model.rowCount() - 3))
    QTest.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    assert dialog.model.past(first).label == "panelgesprek toevoegen"
    assert text_of(session, 0) is None
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert text_of(session, 0) == "Versie 259."
