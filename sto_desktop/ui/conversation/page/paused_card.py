"""Shows that the conversation is paused and for how long, large enough that nobody continues without the clock."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QWidget

from sto_desktop.domain.live.state import LiveState, Phase
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ActionButton, Card, TextLabel, row


class PausedCard(Card):
    """Visible in the moderator's mode while the clock is paused; `resume` asks to restart it."""

    def __init__(self, theme: Appearance, resume: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Space.M)
        middle = Qt.AlignmentFlag.AlignVCenter
        self.title = TextLabel(theme, tr("Pauze"), TextStyle.DISPLAY, ColourRole.WARN_TEXT, lines=1)
        self.since = TextLabel(theme, "", TextStyle.PROBE, ColourRole.MUTED, lines=1, align=middle)
        self.button = ActionButton(theme, resume, text=tr("Verder"), live=True)
        self.body.addLayout(row(self.title, Space.M, self.since, None, self.button))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_state(self, state: LiveState, stopped_at: dt.datetime | None, *, small: bool) -> None:
        """Show since when time is not counted; `small`: when there is little room."""
        paused = state.phase is Phase.PAUSED
        if paused:
            self.title.set_style(TextStyle.GREETING if small else TextStyle.DISPLAY)
            minutes = int((state.now - stopped_at).total_seconds() // 60) if stopped_at is not None else 0
            length = counted(minutes, "{n} minuut", "{n} minuten") if minutes > 0 else tr("zojuist")
            self.since.setText(length)
        self.setVisible(paused)
