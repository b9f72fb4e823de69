"""The fifteen-minute timer of the terugblik: started when the panel has left, shown beside its questions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.live.timing import minutes_seconds
from sto_desktop.domain.typed import read_moment
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import QuietButton, TextLabel, row

if TYPE_CHECKING:
    from sto_desktop.ui.base.session import Session

LENGTH = dt.timedelta(minutes=15)
TICK_MS = 1000


def _place(panel: str) -> str:
    return f"debrief:{panel}"


def begin_debrief(session: Session, panel: str) -> None:
    """Start the fifteen minutes of a panel now. Stored on this computer, not in the dossier."""
    session.dossier.set_setting(_place(panel), (session.now() + LENGTH).isoformat())


def debrief_ends(session: Session, panel: str | None) -> dt.datetime | None:
    """Return when the fifteen minutes of a panel end; None if they were never started."""
    return read_moment(session.dossier.setting(_place(panel))) if panel else None


class DebriefClock(QWidget):
    """Counts down while visible; a button restarts it."""

    def __init__(self, theme: Appearance, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.left = TextLabel(theme, "", TextStyle.CLOCK, lines=1, tabular=True)
        self.words = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED, lines=1)
        self.begin_button = QuietButton(
            theme, tr("Kwartier beginnen"), icon="clock", command="debrief_clock", on_click=self.begin
        )
        self.setLayout(row(self.left, self.words, None, self.begin_button, spacing=Space.S))
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.refresh)

    def begin(self) -> None:
        """Start the fifteen minutes."""
        panel = self._session.panel_id
        if panel is not None:
            begin_debrief(self._session, panel)
            self.refresh()

    def refresh(self) -> None:
        """Update the time left."""
        ends = debrief_ends(self._session, self._session.panel_id)
        seconds = (ends - self._session.now()).total_seconds() if ends is not None else 0.0
        # More time left than the whole length means that the computer's clock was set back.
        going = 0 < seconds <= LENGTH.total_seconds()
        self.left.setVisible(going)
        self.left.setText(minutes_seconds(seconds) if going else "")
        if going:
            self.words.setText(tr("van het kwartier"))
        else:
            self.words.setText(tr("Het kwartier is om.") if ends is not None else tr("Trek er een kwartier voor uit."))
        self.begin_button.setVisible(not going)
        if going and self.isVisible() and not self._timer.isActive():
            self._timer.start()
        elif not going:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
