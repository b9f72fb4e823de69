"""A panel made by mistake is deleted in the window, by keys: confirmed first, undone by Ctrl+Z, from any stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from sto_desktop.app import FACTORIES
from sto_desktop.domain.actions.conversation import start_question
from sto_desktop.domain.actions.merging import say_same
from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.actions.panels import add_panel, add_panelist
from sto_desktop.domain.capture.language import Captured
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.conversation.stage import ConversationStage
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.stage import PrepareStage
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.workplace import Workplace
from tests.ui.reading import newest

CTRL = Qt.KeyboardModifier.ControlModifier
AT = dt.datetime(2023, 2, 14, 15, 40, tzinfo=dt.UTC)
WANTED, MISTAKE = "panel-hengelo", "panel-vergissing"
QUESTION = "Wat levert het op?"


def _fill(dossier: Dossier, panel: str, title: str, day: dt.date) -> None:
    dossier.apply(add_panel(builtin_guide_id(), title=title, day=day, panel=panel))
    dossier.apply(add_panelist(panel, f"Zoë van {title}", 1))
    question = dossier.read.guides.of_panel(panel).questions()[0][1].id
    for number in range(2):
        dossier.apply(capture_note(panel, question, Captured(f"{title} {number}"), AT, note=f"{panel}-{number}"))


class Work:
    """The whole window with a dossier of two panels open; the second is the mistake, and the current one."""

    def __init__(self, qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
        self.qtbot = qtbot
        self.window = window
        self.desk = desk

    @property
    def session(self) -> Session:
        """The dossier that is open."""
        assert self.desk.session is not None
        return self.desk.session

    def panels(self) -> set[str]:
        """The panels as they are on disk."""
        return {panel.id for panel in self.session.dossier.read.panels.listed()}

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        if QApplication.activeWindow() is None:
            with self.qtbot.waitActive(self.window):
                self.window.activateWindow()
        QTest.keyPress(QApplication.focusWidget() or self.window, key, modifier)

    def command(self, words: str) -> None:
        """Run a command by Ctrl+K."""
        self.press(Qt.Key.Key_K, CTRL)
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClicks(field, words)
        self.press(Qt.Key.Key_Return)

    def question(self) -> QDialog:
        """The question, once it has the focus."""
        self.qtbot.waitUntil(lambda: any(one.isVisible() for one in self.window.findChildren(QDialog)))
        dialog = next(one for one in self.window.findChildren(QDialog) if one.isVisible())
        self.qtbot.waitUntil(lambda: (at := QApplication.focusWidget()) is not None and dialog.isAncestorOf(at))
        return dialog

    def delete_panel(self) -> str:
        """Ask to delete the panel and confirm; returns the question."""
        self.command("panelgesprek verwijderen")
        dialog = self.question()
        asked = " ".join(label.text() for label in dialog.findChildren(QLabel))
        self.press(Qt.Key.Key_Tab)
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not dialog.isVisible())
        return asked

    def said(self) -> str:
        """The text at the foot of the window."""
        return newest(self.window.notices)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier with two panels; the later one was made by mistake."""
    copy = Workplace.here("Marijke").create(tmp_path / "Panels.sto")
    _fill(copy.dossier, WANTED, "Panel Hengelo", dt.date(2023, 2, 14))
    _fill(copy.dossier, MISTAKE, "Panel Vergissing", dt.date(2023, 3, 1))
    path = copy.path
    copy.close()
    return path


@pytest.fixture
def work(qtbot: QtBot, theme: Appearance, settings: SettingsStore, path: Path) -> Iterator[Work]:
    """The window with that dossier open, in Voorbereiden of the panel made by mistake."""
    settings.change(last_folder=str(path.parent), user_name="Marijke")
    window = MainWindow(theme, settings, FACTORIES)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
    desk = Desk(window)
    desk.open(path)
    qtbot.waitUntil(lambda: desk.session is not None)
    made = Work(qtbot, window, desk)
    made.session.show_panel(MISTAKE)
    window.navigate(Stage.PREPARE)
    yield made
    desk.put_away()


def test_it_says_what_goes_along_and_shows_the_other_panel_and_ctrl_z_brings_all_back(work: Work) -> None:
    asked = work.delete_panel()
    assert "«Panel Vergissing» verwijderen?" in asked
    assert "2 notities en 1 panellid" in asked
    assert work.panels() == {WANTED}
    assert work.session.panel_id == WANTED
    assert work.window.stage is Stage.PREPARE
    assert "Panel Hengelo" in work.window.status_line.text()
    assert "«Panel Vergissing» is verwijderd" in work.said()
    work.press(Qt.Key.Key_Z, CTRL)
    assert work.panels() == {WANTED, MISTAKE}
    assert work.session.panel_id == MISTAKE
    assert "Ongedaan gemaakt: panelgesprek verwijderen" in work.said()
    read = work.session.dossier.read
    assert {note.text for note in read.notes.of_panel(MISTAKE)} == {"Panel Vergissing 0", "Panel Vergissing 1"}
    assert [member.name for member in read.members.of_panel(MISTAKE)] == ["Zoë van Panel Vergissing"]
    work.press(Qt.Key.Key_Y, CTRL)
    assert (work.panels(), work.session.panel_id) == ({WANTED}, WANTED)


@pytest.mark.long
def test_enter_and_escape_at_the_question_both_keep_it(work: Work) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        work.command("panelgesprek verwijderen")
        dialog = work.question()
        work.press(key)
        work.qtbot.waitUntil(dialog.isHidden)
    assert work.panels() == {WANTED, MISTAKE}


@pytest.mark.long
def test_after_the_last_one_start_is_shown_and_ctrl_z_goes_back_to_where_it_was(work: Work) -> None:
    work.delete_panel()
    work.window.navigate(Stage.ELABORATE)
    work.delete_panel()
    assert work.panels() == set()
    assert work.window.stage is Stage.START
    assert "«Panel Hengelo» is verwijderd" in work.said()
    assert not work.desk.removal.action.isEnabled()
    work.press(Qt.Key.Key_Z, CTRL)
    assert (work.panels(), work.session.panel_id) == ({WANTED}, WANTED)
    assert work.window.stage.value == "elaborate"


def test_the_menu_of_voorbereiden_has_it_too(work: Work) -> None:
    stage = work.window.stage_widget(Stage.PREPARE)
    assert isinstance(stage, PrepareStage)
    work.qtbot.mouseClick(stage.bar.more, Qt.MouseButton.LeftButton)
    (menu,) = stage.bar.findChildren(QMenu)
    entry = next(action for action in menu.actions() if action.text() == "Panelgesprek verwijderen…")
    menu.close()
    entry.trigger()
    work.question()
    work.press(Qt.Key.Key_Escape)


@pytest.mark.long
def test_while_it_runs_it_is_refused_and_once_paused_nothing_of_it_stays(work: Work) -> None:
    work.window.navigate(Stage.CONVERSATION)
    stage = work.window.stage_widget(Stage.CONVERSATION)
    assert isinstance(stage, ConversationStage)
    assert stage.page is not None
    stage.page.pause_or_resume()
    stage.page.line.type("half get")
    work.window.navigate(Stage.PREPARE)
    work.command("panelgesprek verwijderen")
    assert "loopt nog" in work.said()
    assert work.panels() == {WANTED, MISTAKE}
    work.window.navigate(Stage.CONVERSATION)
    stage.page.pause_or_resume()
    clock = stage.page.clock
    work.delete_panel()
    clock.tick()
    assert work.panels() == {WANTED}
    assert work.session.dossier.read.course.time_spans(MISTAKE) == []
    assert stage.page is not None
    assert stage.page.live.rows.panel.id == WANTED
    # The capture line handles Ctrl+Z itself.
    undo = next(
        button for button in work.window.notices.findChildren(QAbstractButton) if button.text() == "Ongedaan maken"
    )
    work.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert work.panels() == {WANTED, MISTAKE}
    assert len(work.session.dossier.read.course.time_spans(MISTAKE)) == 1


def test_a_conversation_that_begins_while_the_question_stands_is_not_deleted(work: Work) -> None:
    work.command("panelgesprek verwijderen")
    dialog = work.question()
    question = work.session.dossier.read.guides.of_panel(MISTAKE).questions()[0][1].id
    work.session.apply(start_question(MISTAKE, question, [], AT, None, span="tijd"))
    work.press(Qt.Key.Key_Tab)
    work.press(Qt.Key.Key_Return)
    work.qtbot.waitUntil(lambda: not dialog.isVisible())
    assert work.panels() == {WANTED, MISTAKE}
    assert "loopt nog" in work.said()


@pytest.mark.long
def test_a_colleague_who_wrote_in_it_keeps_it(work: Work, path: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "van Piet.sto"
    theirs.write_bytes(path.read_bytes())
    work.delete_panel()
    piet = Workplace.here("Piet").open(theirs)
    question = piet.dossier.read.guides.of_panel(MISTAKE).questions()[0][1].id
    piet.dossier.apply(capture_note(MISTAKE, question, Captured("van Piet"), AT, note="van-piet"))
    piet.close()
    dialog = work.desk.together.merge([theirs])
    assert dialog is not None
    work.qtbot.waitUntil(dialog.merge_button.isEnabled)
    work.qtbot.mouseClick(dialog.merge_button, Qt.MouseButton.LeftButton)
    work.qtbot.waitUntil(lambda: work.panels() == {WANTED, MISTAKE})
    read = work.session.dossier.read
    assert [note.text for note in read.notes.of_panel(MISTAKE)] == ["van Piet"]
    assert (read.panels.get(MISTAKE) or pytest.fail("gone")).title == "Panel Vergissing"


@pytest.mark.long
def test_of_two_that_were_said_to_be_one_conversation_both_go(work: Work) -> None:
    work.session.apply(add_panel(builtin_guide_id(), title="Derde", panel="derde"))
    work.session.apply(say_same("panel", [WANTED, MISTAKE]))
    work.session.show_panel(MISTAKE)
    asked = work.delete_panel()
    assert "4 notities en 2 panelleden" in asked
    assert work.panels() == {"derde"}
    assert work.session.dossier.read.panels.every()[0].id == "derde"
    work.press(Qt.Key.Key_Z, CTRL)
    assert len(work.session.dossier.read.panels.every()) == 3
