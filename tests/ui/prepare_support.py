"""Support for tests of Voorbereiden: the real window on a real dossier, and short names for keys and clicks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.panel.content import QuestionContent
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage, StageContext
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare import prepare_stage
from sto_desktop.ui.prepare.stage import PrepareStage
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import FileQuestion
from sto_desktop.workplace.place import builtin_seed
from tests.ui.reading import newest

NOW = dt.datetime(2023, 1, 9, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
EXAMPLE = Path(__file__).resolve().parents[2] / "resources" / "example"


@dataclass
class Desk:
    """A window with Voorbereiden shown; `files` are the user's choices, in order, to read or to write."""

    window: MainWindow
    session: Session
    qtbot: QtBot
    files: list[Path | None] = field(default_factory=list)
    asked: list[FileQuestion] = field(default_factory=list)

    @property
    def stage(self) -> PrepareStage:
        """The stage."""
        widget = self.window.stage_widget(Stage.PREPARE)
        assert isinstance(widget, PrepareStage)
        return widget

    @property
    def panel(self) -> Panel:
        """The panel being prepared, as on disk."""
        assert self.session.panel_id is not None
        panel = self.session.dossier.read.panels.get(self.session.panel_id)
        assert panel is not None
        return panel

    @property
    def people(self) -> list[Panelist]:
        """Its members, as on disk."""
        return self.session.dossier.read.members.of_panel(self.panel.id)

    def question(self, number: int) -> QuestionContent:
        """A question of the guide by its index, as this panel asks it, on disk."""
        return self.session.dossier.read.guides.of_panel(self.panel.id).questions()[number][1]

    def focus(self) -> QWidget:
        """The focused widget."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1
    ) -> None:
        """Press a key in the focused widget."""
        for _ in range(times):
            QTest.keyClick(self.focus(), key, modifier)
            # Qt closes the editor of a cell after the key was handled.
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type in the focused widget."""
        for sign in text:
            # The first key may open an editor, which gets the rest.
            if sign.isascii():
                QTest.keyClicks(self.focus(), sign)
                continue
            # QTest can't type other letters.
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(self.focus(), event)

    def put(self, widget: QWidget) -> None:
        """Focus a widget, after the window got the focus back from a dialog."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        widget.setFocus()

    def replace(self, text: str) -> None:
        """Replace the text of the focused widget by typing."""
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)

    def ctrl(self, key: Qt.Key) -> None:
        """Press Ctrl with a key."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on a widget."""
        QTest.mouseClick(
            widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or widget.rect().center()
        )

    def click_cell(self, view: QAbstractItemView, index: QModelIndex) -> None:
        """Click in a cell."""
        view.scrollTo(index)
        self.click(view.viewport(), view.visualRect(index).center())

    def dialog(self) -> QDialog:
        """Wait for the next dialog and return it."""

        def ready() -> bool:
            dialog, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
            return isinstance(dialog, QDialog) and focus is not None and dialog.isAncestorOf(focus)

        self.qtbot.waitUntil(ready)
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def settings_folder(self) -> str:
        """The folder in which the next file is looked for."""
        return self.window.settings.current.last_folder

    def message(self) -> str:
        """The text of the message in the strip."""
        assert newest(self.window.notices)
        return newest(self.window.notices)


@contextmanager
def desk_on(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, folder: Path, *, panel: bool = True
) -> Iterator[Desk]:
    """Open a window on a new dossier, with one panel or none, and close it as the program does."""
    copy = WorkingCopies(folder / "home").create(folder / "panel.sto", Identity("K. Nijhuis", "laptop"), builtin_seed())
    session = Session(copy, lambda: NOW)
    if panel:
        session.apply(panels.add_panel(builtin_guide_id(), title="Panelgesprek"))
    files: list[Path | None] = []
    asked: list[FileQuestion] = []

    def choose(_window: QWidget, question: FileQuestion, _place: Path) -> Path | None:
        asked.append(question)
        return files.pop(0)

    def print_to_file(_window: QWidget, printer: QPrinter) -> bool:
        target = files.pop(0)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return target is not None

    def factory(context: StageContext) -> QWidget:
        return prepare_stage(context, choose, choose, print_to_file)

    window = MainWindow(theme, settings, {Stage.PREPARE: factory})
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.set_session(session)
    window.navigate(Stage.PREPARE)
    with qtbot.waitActive(window):
        window.show()
    yield Desk(window, session, qtbot, files, asked)
    window.set_session(None)
    assert session.close() is None
