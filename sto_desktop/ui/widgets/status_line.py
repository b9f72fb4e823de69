"""The foot of the window: whether everything is saved, what is open, and the keys that always work."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetricsF, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from sto_desktop.ui.base.keys import shown
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.buttons import ABOUT_THE_FOCUS, Button, ButtonKind, paint_focus_ring
from sto_desktop.ui.widgets.frames import Fitted
from sto_desktop.ui.widgets.keyhint import HEIGHT as KEY_HEIGHT
from sto_desktop.ui.widgets.keyhint import key_hint_width, paint_key_hint
from sto_desktop.ui.widgets.text import TextLabel

LEAST = 32
"""Width in px that what is open always has."""


class Dot(QWidget):
    """A dot of 8 px in a colour role."""

    def __init__(self, theme: Appearance, role: ColourRole = ColourRole.GOOD, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self.setFixedSize(8, 8)

    def set_role(self, role: ColourRole) -> None:
        """Take the colour of another role."""
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._role))
        painter.drawEllipse(QRectF(self.rect()))


class FootButton(Button):
    """A small button of the status line: the key, then its muted text."""

    SIDE = 6
    GAP = 4

    def __init__(self, theme: Appearance, text: str, action: QAction, parent: QWidget | None = None) -> None:
        key = shown(action.shortcut().toString(QKeySequence.SequenceFormat.PortableText))
        super().__init__(theme, text, kind=ButtonKind.QUIET, hint=key, on_click=action.trigger, parent=parent)
        self.setObjectName(action.objectName())
        self._label_font = theme.font(TextStyle.SECONDARY)
        self._short = False
        if action.objectName() in ABOUT_THE_FOCUS:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def full_width(self) -> int:
        """The width of key and text, in px."""
        words = QFontMetricsF(self._theme.font(TextStyle.SECONDARY)).horizontalAdvance(self.word())
        return math.ceil(words + self.GAP) + self.key_width

    @property
    def key_width(self) -> int:
        """The width of the key alone, in px."""
        return math.ceil(key_hint_width(self._theme, self._hint) + 2 * self.SIDE)

    def set_short(self, short: bool) -> None:
        """Show the key alone, with its text as tooltip, or both."""
        if short != self._short:
            self._short = short
            plain.set_tip(self, self.word() if short else "")
            self.updateGeometry()
            self.update()

    @property
    def short(self) -> bool:
        """Whether only the key is shown."""
        return self._short

    def sizeHint(self) -> QSize:
        return QSize(self.key_width if self._short else self.full_width, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.key_width, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = QPointF(self.SIDE, round((self.height() - KEY_HEIGHT) / 2))
        left = self.SIDE + paint_key_hint(painter, self._theme, at, self._hint) + self.GAP
        over = self.underMouse() or self.hasFocus()
        painter.setFont(self._label_font)
        painter.setPen(self._theme.color(ColourRole.PRIMARY if over else ColourRole.MUTED))
        room = 0 if self._short else self.width() - left - self.SIDE
        text = QFontMetricsF(self._label_font).elidedText(self.word(), Qt.TextElideMode.ElideRight, room + 1)
        if not self._short:
            painter.drawText(QRectF(left, 0, room + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self._theme.color(ColourRole.PRIMARY), 5)


class StatusLine(Fitted, QFrame):
    """The foot of the window: `set_saved` shows the save status, `set_text` what is open, `add` adds a control on the
    right."""

    HEIGHT = 28

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(self.HEIGHT)
        self._dot = Dot(theme)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._saved = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1, tabular=True, align=middle)
        self._text = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1, align=middle)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.L, 1, Space.S + 2, 0)
        layout.setSpacing(0)
        layout.addWidget(self._dot)
        layout.addSpacing(6)
        layout.addWidget(self._saved)
        layout.addSpacing(Space.L)
        layout.addWidget(self._text)
        layout.addStretch(1)
        self._layout = layout

    def set_saved(self, text: str, role: ColourRole = ColourRole.GOOD) -> None:
        """Show the save status: GOOD on disk, WARN not at the user's path, LATE not saved."""
        self._saved.setText(text)
        # The normal state is muted; only a problem gets a colour.
        self._saved.set_role(
            ColourRole.MUTED if role is ColourRole.GOOD else ColourRole.WARN_TEXT if role is ColourRole.WARN else role
        )
        self._dot.set_role(role)

    def set_text(self, text: str, meaning: str = "") -> None:
        """Show what is open: "Panel Oldenzaal · 22 notities · in OneDrive", with its meaning as tooltip."""
        self._text.setText(text)
        # Set on the status line, because the label's own tooltip is its full text when that is cut off.
        plain.set_tip(self, meaning)
        self._text.setAccessibleDescription(meaning)

    def text(self) -> str:
        """Return the displayed text about what is open."""
        return self._text.text()

    def add(self, widget: QWidget) -> None:
        """Add a control on the right."""
        self._layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def fit(self) -> None:
        """When space is short, show only the keys of buttons, starting from the right: what the first one does changes.
        How safe the notes are is said whole.
        """
        buttons = [foot_button for foot_button in self.findChildren(FootButton) if not foot_button.isHidden()]
        buttons.sort(key=self._layout.indexOf, reverse=True)
        texts_width = self._saved.sizeHint().width() + self._text.sizeHint().width() + 14 + Space.L
        lacking = (
            texts_width + sum(foot_button.full_width for foot_button in buttons) + Space.L + Space.S + 2 - self.width()
        )
        for button in buttons:
            button.set_short(lacking > 0)
            lacking -= button.full_width - button.key_width if lacking > 0 else 0
        # What is open gives way, if even that is not enough.
        self._text.setMaximumWidth(max(LEAST, self._text.sizeHint().width() - max(0, lacking)))
