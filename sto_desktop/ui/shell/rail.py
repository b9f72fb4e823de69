"""The rail on the left: the stages of the work, with help and settings at the bottom."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.keys import hint
from sto_desktop.ui.base.stage import STAGE_LABELS, Stage
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import RowButton
from sto_desktop.ui.widgets.buttons import paint_focus_ring

WIDTH = 88
HIGHEST, LOWEST = 56, 40
"""Largest and smallest height of a button, in px: at the smallest, all of them fit in a low window."""
AROUND, BETWEEN = 12, 4
"""Space above and below the buttons and between them, in px, where there is room for it."""


class RailButton(RowButton):
    """An icon above a label."""

    def __init__(self, theme: Appearance, icon: str, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._word = text
        self.setText(plain.word(text))
        self.setAccessibleName(text)
        plain.set_tip(self, f"{text} ({key})" if key else text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedWidth(WIDTH - 1)
        self.setMinimumHeight(LOWEST)
        self.setMaximumHeight(HIGHEST)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 1, HIGHEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        on = self.isChecked()
        ground = QRectF(self.rect()).adjusted(4, 0, -4, 0)
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ColourRole.PRIMARY_SOFT if on else ColourRole.SUNKEN))
            painter.drawRoundedRect(ground, 8, 8)
        ink = color(ColourRole.PRIMARY if on else ColourRole.INK if self.underMouse() else ColourRole.MUTED)
        icon, above = (22, 8) if self.height() >= HIGHEST else (18, 2)
        place = QRectF((self.width() - icon) / 2, above, icon, icon)
        self._theme.paint_icon(painter, self._icon_name, place, ink)
        painter.setFont(self._theme.font(TextStyle.RAIL_STRONG if on else TextStyle.RAIL))
        painter.setPen(ink)
        words = QRectF(0, place.bottom() + 2, self.width(), 18)
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, self._word)
        if self.hasFocus():
            paint_focus_ring(painter, ground, color(ColourRole.PRIMARY), 8)


class Rail(QFrame):
    """Chooses the stage. `set_stage` marks the current one."""

    stage_chosen = Signal(object)
    help_asked = Signal()
    settings_asked = Signal()

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(tr("Schermen"))
        layout = QVBoxLayout(self)
        self._rows = layout
        self._buttons: dict[Stage, RailButton] = {}
        for stage in Stage:
            button = RailButton(theme, stage.value, tr(STAGE_LABELS[stage]), hint(f"stage_{stage.value}"))
            keys.mark(button, f"stage_{stage.value}")
            button.setCheckable(True)
            button.clicked.connect(partial(self._choose, stage))
            layout.addWidget(button)
            self._buttons[stage] = button
        layout.addStretch(1)
        self.help_button = RailButton(theme, "help", tr("Help"), hint("help"))
        keys.mark(self.help_button, "help")
        self.help_button.clicked.connect(self.help_asked)
        self.settings_button = RailButton(theme, "settings", tr("Instellingen"), "")
        keys.mark(self.settings_button, "preferences")
        self.settings_button.clicked.connect(self.settings_asked)
        layout.addWidget(self.help_button)
        layout.addWidget(self.settings_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        count = self._rows.count() - 1
        low = self.height() < 2 * AROUND + count * (HIGHEST + BETWEEN)
        self._rows.setContentsMargins(0, 0 if low else AROUND, 1, 0 if low else AROUND)
        self._rows.setSpacing(0 if low else BETWEEN)

    def set_stage(self, stage: Stage) -> None:
        """Mark the current stage."""
        for shown, button in self._buttons.items():
            button.setChecked(shown is stage)

    def button(self, stage: Stage) -> RailButton:
        """Return the button of a stage."""
        return self._buttons[stage]

    def _choose(self, stage: Stage) -> None:
        # The marked button follows the stage shown and not the click, because showing a stage can fail.
        self._buttons[stage].setChecked(not self._buttons[stage].isChecked())
        self.stage_chosen.emit(stage)
