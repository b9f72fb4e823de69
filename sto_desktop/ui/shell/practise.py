"""Oefenen: the conversation in its own window, on a temporary copy, up to twenty times as fast."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage, StageFactory
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import Button, Segmented, TextLabel
from sto_desktop.workplace.practise import SPEEDS, PractiseClock, throw_away

_STAGES = (f"stage_{stage.value}" for stage in Stage)
_ELSEWHERE = ("new", "open", "example", "save", "save_as", "practise", "preferences", *_STAGES)
"""Commands disabled while practising: the window shows one screen of one copy, and the settings are everybody's."""


class PractiseBar(QFrame):
    """Says across the window that this is a practice, and sets its speed."""

    speed_chosen = Signal(int)
    stopped = Signal()

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("U oefent op een wegwerpkopie"))
        self.title = TextLabel(theme, tr("Oefenen"), TextStyle.BODY_STRONG, ColourRole.WARN_TEXT, lines=1)
        notice = TextLabel(
            theme,
            tr("Een wegwerpkopie: niets hiervan komt in het dossier."),
            TextStyle.BODY,
            ColourRole.INK,
            lines=1,
        )
        self.speed = Segmented(
            theme,
            [(speed, tr("{n}×", n=speed)) for speed in SPEEDS],
            name=tr("Hoe snel de klok loopt"),
            commands=[f"practise_{speed}" for speed in SPEEDS],
            value=1,
        )
        self.speed.selected.connect(lambda speed: self.speed_chosen.emit(int(str(speed))))
        self.stop = Button(theme, tr("Stoppen met oefenen"), command="practise_stop", on_click=self.stopped.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.XS, Space.L, Space.XS)
        layout.setSpacing(Space.M)
        layout.addWidget(self.title)
        layout.addWidget(notice, 1)
        layout.addWidget(self.speed)
        layout.addWidget(self.stop)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(ColourRole.WARN_SOFT))
        painter.fillRect(0, self.height() - 2, self.width(), 2, self._theme.color(ColourRole.WARN))


class PractiseWindow(MainWindow):
    """A main window with only Gesprek in it, on a copy. Closing it deletes the copy.

    `finished`: it is closed and the copy is deleted.
    """

    finished = Signal()

    def __init__(
        self,
        theme: Appearance,
        settings: SettingsStore,
        factory: StageFactory,
        copy: WorkingCopy,
        clock: PractiseClock,
    ) -> None:
        super().__init__(theme, settings, {Stage.CONVERSATION: factory}, now=lambda: clock.now().replace(tzinfo=None))
        self.clock = clock
        self._copy: WorkingCopy | None = copy
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        # Closing this window must not end the program.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        for name in _ELSEWHERE:
            # Hidden too, so that the palette does not offer them.
            self.actions_by_id[name].setEnabled(False)
            self.actions_by_id[name].setVisible(False)
        self.rail.hide()
        self.bar = PractiseBar(theme)
        self.bar.speed_chosen.connect(clock.set_speed)
        self.bar.stopped.connect(self.close)
        within = self.takeCentralWidget()
        assert within is not None
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(within, 1)
        self.setCentralWidget(centre)
        self.setAcceptDrops(False)
        self.set_session(Session(copy, clock.now, self, monotonic=clock.seconds))
        self.navigate(Stage.CONVERSATION)
        self.setWindowTitle(tr("Oefenen – STO Desktop"))

    def _enable_for(self, session: Session | None) -> None:
        """Enable the history of the copy, and none of the commands of other screens."""
        self.actions_by_id["history"].setEnabled(session is not None)

    def _show(self, stage: Stage) -> None:
        super()._show(stage)
        # The bar at the top already shows it, and needs the space.
        self.status_line.hide()

    def _show_title(self) -> None:
        self.setWindowTitle(tr("Oefenen – STO Desktop"))

    def closeEvent(self, event: QCloseEvent) -> None:
        # Not the main window's version, which saves the geometry and the open dossier.
        QMainWindow.closeEvent(self, event)
        session, copy = self.session, self._copy
        if session is None or copy is None:
            return
        self._copy = None
        self.set_session(None)
        session.stop()
        session.deleteLater()
        throw_away(copy)
        # Only after the window has released the keyboard.
        QTimer.singleShot(0, self, self._gone)

    def _gone(self) -> None:
        self.finished.emit()
        self.deleteLater()
