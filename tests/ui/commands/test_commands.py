"""Every button, menu entry and key is a command of the table, and Ctrl+K runs each of them, or says why it can't."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from sto_desktop.app import make_window
from sto_desktop.language import tr
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.command import Need, Place
from sto_desktop.ui.commands.table import BY_ID, COMMANDS
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.shell.commanding import Commander, ShowsPlaces
from sto_desktop.ui.shell.main_window import MainWindow
from tests.ui.commanded import unnamed
from tests.ui.conversation_support import make_dossier
from tests.ui.reading import newest, shown_messages

WITH_MENUS_OF_QT = (QScrollBar, QLineEdit, QPlainTextEdit, QAbstractSpinBox)


@pytest.fixture
def bare(qtbot: QtBot, qapp: QApplication, settings: SettingsStore) -> Iterator[tuple[MainWindow, Desk]]:
    made, desk = make_window(qapp, settings)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    yield made, desk
    desk.put_away()


@pytest.fixture
def window(qtbot: QtBot, bare: tuple[MainWindow, Desk], example: Path, tmp_path: Path) -> MainWindow:
    """The window on the example."""
    made, desk = bare
    path = tmp_path / "voorbeeld.sto"
    path.write_bytes(example.read_bytes())
    open_in(qtbot, made, desk, path)
    # The last that is told of a dossier that was opened.
    qtbot.waitUntil(lambda: "geen wachtwoord" in newest(made.notices), timeout=20_000)
    return made


def open_in(qtbot: QtBot, window: MainWindow, desk: Desk, path: Path) -> None:
    desk.open(path)
    qtbot.waitUntil(lambda: window.session is not None and window.session.path == path, timeout=20_000)


def menus_of(root: QWidget) -> set[str]:
    """Open the menu of every widget and list row in a stage, and return the entries that are no command."""
    found: set[str] = set()
    for widget in [root, *root.findChildren(QWidget)]:
        if not shiboken6.isValid(widget) or not widget.isVisible() or isinstance(widget, WITH_MENUS_OF_QT):
            continue
        places = [widget.rect().center()]
        if isinstance(widget.parentWidget(), QAbstractItemView):
            view = widget.parentWidget()
            assert isinstance(view, QAbstractItemView)
            rows = [view.model().index(row, 0) for row in range(min(4, view.model().rowCount()))]
            for index in rows:
                view.setCurrentIndex(index)
            places = [view.visualRect(index).center() for index in rows]
        for place in places:
            if isinstance(widget.parentWidget(), WITH_MENUS_OF_QT):
                continue
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
            QApplication.sendEvent(widget, event)
            menu = QApplication.activePopupWidget()
            if isinstance(menu, QMenu):
                found |= unnamed(menu)
                menu.close()
                QApplication.processEvents()
    return found


MENU_BUTTONS = (
    "guides",
    "prepare_more",
    "room_menu",
    "chosen_more",
    "filter_more",
    "report_more",
    "overview_more",
    "years",
)


def under_buttons(root: QWidget) -> set[str]:
    """Open the menu under every button that has one, and return the entries that are no command."""
    found: set[str] = set()
    for button in root.findChildren(QAbstractButton):
        if button.objectName() in MENU_BUTTONS and button.isVisible() and button.isEnabled():
            button.click()
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu), button.objectName()
            found |= unnamed(menu)
            menu.close()
            QApplication.processEvents()
    return found


def walk(qtbot: QtBot, window: MainWindow) -> set[str]:
    """Visit every stage and view, and return the controls that are no command."""
    found = unnamed(window)
    for stage in Stage:
        window.navigate(stage)
        widget = window.stage_widget(stage)
        assert widget is not None
        for place in Place:
            if place.stage != stage:
                continue
            if isinstance(widget, ShowsPlaces):
                widget.show_place(place)
            QTest.qWait(40)
            found |= unnamed(window) | menus_of(widget) | under_buttons(widget)
    return found


@pytest.mark.long
@pytest.mark.parametrize("size", [(1366, 768), (960, 600)])
def test_everything_that_can_be_pressed_is_a_command(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    found = walk(qtbot, window)
    assert not found, "\n".join(sorted(found))


@pytest.mark.long
@pytest.mark.parametrize("people", [False, True])
def test_so_is_everything_before_and_during_a_conversation(
    qtbot: QtBot, bare: tuple[MainWindow, Desk], tmp_path: Path, people: bool
) -> None:
    window, desk = bare
    found = walk(qtbot, window)
    make_dossier(tmp_path / "home", tmp_path / "o.sto", people=people)
    open_in(qtbot, window, desk, tmp_path / "o.sto")
    found |= walk(qtbot, window)
    window.navigate(Stage.CONVERSATION)
    commander = Commander(window, window)
    for command in ("begin", "park_note", "star_note", "round", "mode", "pause", "mode", "elaborate_notes", "playback"):
        with qtbot.waitSignal(commander.answered) as answer:
            commander.do(BY_ID[command])
        assert answer.args == [command, True]
        stage = window.stage_widget(window.stage)
        assert stage is not None
        QTest.qWait(40)
        found |= unnamed(window) | menus_of(stage)
    commander.do(BY_ID["moderator_window"])
    others = [top for top in QApplication.topLevelWidgets() if top is not window and top.isVisible()]
    assert others
    found |= {text for top in others for text in unnamed(top)}
    assert not found, "\n".join(sorted(found))


class Closer(QObject):
    """Closes dialogs that wait for an answer, since nobody is there to give one."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=25)
        self._timer.timeout.connect(self.close_all)
        self._timer.start()

    def close_all(self) -> None:
        """Close the popup or dialog on top, and windows beside the main one."""
        waiting = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if waiting is not None:
            waiting.close()

    def stop(self) -> None:
        """Stop closing."""
        self._timer.stop()


ON_AND_OFF = ("discreet", "room", "moderator_window", "mode")
"""Commands that are run twice, so that the next ones start from the same state."""


OTHER_DOSSIER = ("example", "practise")
"""Commands that open another dossier, which are run last."""


THERE = (
    Need.DOSSIER,
    Need.PANEL,
    Need.GUIDE,
    Need.MEMBERS,
    Need.OTHERS,
    Need.PANELS,
    Need.QUESTIONS,
    Need.NOTES,
    Need.MATERIAL,
    Need.RECENT,
)
"""What the example contains: commands that need only this are all run."""


@pytest.mark.long
@pytest.mark.parametrize("stage", ["", *Stage])
def test_every_command_is_done_from_start_or_says_why_not(qtbot: QtBot, window: MainWindow, stage: str) -> None:
    closer, commander = Closer(), Commander(window, window)
    silent, undone = [], []
    assert window.session is not None
    panel = window.session.panel_id
    assert panel is not None
    QApplication.clipboard().setText("Naam\tSector\nRenée Oude Wessel\tpo")
    commands = [command for command in COMMANDS if command.place.stage == stage]
    for command in sorted(commands, key=lambda command: command.id in OTHER_DOSSIER):
        for _ in range(2 if command.id in ON_AND_OFF else 1):
            window.session.show_panel(panel)
            window.navigate(Stage.START)
            window.notices.clear()
            with capture_exceptions() as exceptions:
                with qtbot.waitSignal(commander.answered) as answer:
                    commander.do(command)
                # What an earlier command did on a worker may be told after this one's answer, and in its place.
                said = shown_messages(window.notices)
                QTest.qWait(30)
                said += shown_messages(window.notices)
            assert not exceptions, (command.id, exceptions)
            qtbot.waitUntil(lambda: not QApplication.activePopupWidget() and not QApplication.activeModalWidget())
            window.activateWindow()
        if not answer.args[1]:
            undone.append(command.id)
            if command.need is Need.NOTHING or tr(command.need.value) not in said:
                silent.append(f"{command.id}: {said}")
    closer.stop()
    assert not silent, "\n".join(silent)
    assert not {command for command in undone if BY_ID[command].need in THERE}


def test_what_can_not_be_done_now_is_found_and_says_why(
    qtbot: QtBot, bare: tuple[MainWindow, Desk], tmp_path: Path
) -> None:
    window, desk = bare
    commander = Commander(window, window)
    offered = {command.text: command for command in commander("")}
    assert (
        offered["Gesprek afronden"].detail
        == "Er is nog geen dossier open. Begin met «Nieuw panelgesprek», of open er een."
    )
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    open_in(qtbot, window, desk, tmp_path / "o.sto")
    window.navigate(Stage.REPORT)
    offered["Gesprek afronden"].run()
    qtbot.waitUntil(lambda: newest(window.notices) == "Er is nog geen gesprek begonnen.")
    assert window.stage is Stage.CONVERSATION
    finish = next(command for command in commander("") if command.text == "Gesprek afronden")
    assert (finish.able, finish.detail) == (False, "Er is nog geen gesprek begonnen.")
    commander.do(BY_ID["begin"])
    finish = next(command for command in commander("") if command.text == "Gesprek afronden")
    assert finish.able


def test_a_name_says_what_a_command_does_and_words_are_not_given_twice() -> None:
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
    assert all(command.place.stage in ("", *Stage) for command in COMMANDS)
    for command in COMMANDS:
        words = command.words.split()
        assert len(words) == len(set(words)), command.id
