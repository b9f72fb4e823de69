"""Buttons: painted from colour roles, with their key beside the text and a focus ring, and reachable by keyboard."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QEnterEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from sto_desktop.ui.base.keys import mark, shown
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import CONTROL_HEIGHT, CONTROL_RADIUS, LIVE_HEIGHT, ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.keyhint import HEIGHT as KEY_HEIGHT
from sto_desktop.ui.widgets.keyhint import key_hint_width, paint_key_hint

ICON = 18.0
GAP = 8.0
ABOUT_THE_FOCUS = ("undo", "redo")
"""Actions on the focused widget: clicking their button must not move the focus."""


_ARROWS = {Qt.Key.Key_Right: True, Qt.Key.Key_Down: True, Qt.Key.Key_Left: False, Qt.Key.Key_Up: False}
"""The keys to a neighbour, and whether it is the next one."""


class ButtonKind(Enum):
    """How prominent a button is: at most one PRIMARY on a screen."""

    NORMAL = "normal"
    PRIMARY = "primary"
    QUIET = "quiet"
    DANGER = "danger"


class Button(QAbstractButton):
    """A button with a text, and optionally an icon and a key hint. `live`: 44 px high, for use in the conversation."""

    def __init__(
        self,
        theme: Appearance,
        text: str,
        *,
        kind: ButtonKind = ButtonKind.NORMAL,
        hint: str = "",
        icon: str = "",
        live: bool = False,
        command: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`command`: the id of the command that a click does."""
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self._hint = hint
        self._hint_shown = True
        self._icon_name = icon
        self._icon_shown = True
        self._height = LIVE_HEIGHT if live else CONTROL_HEIGHT
        self._side = 8.0 if kind is ButtonKind.QUIET else 14.0
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        # The text is painted without mnemonics: an & in a name stays an &.
        self.setText(text)
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())
        if command:
            mark(self, command)

    def setText(self, text: str) -> None:
        """Set the text, which is also the accessible name."""
        super().setText(plain.word(text))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def word(self) -> str:
        """Return the displayed text."""
        return plain.read_word(super().text())

    @property
    def kind(self) -> ButtonKind:
        """How prominent the button is."""
        return self._kind

    @property
    def hint(self) -> str:
        """The displayed key hint; empty if none."""
        return self._hint

    def set_hint(self, hint: str) -> None:
        """Set or remove the key hint."""
        self._hint = hint
        self.updateGeometry()
        self.update()

    @property
    def hint_width(self) -> int:
        """The width of the key hint with its gap, in px, also while it is hidden."""
        return math.ceil(GAP + key_hint_width(self._theme, self._hint)) if self._hint else 0

    @property
    def hint_shown(self) -> bool:
        """Whether the key hint is not hidden."""
        return self._hint_shown

    def set_hint_shown(self, shown: bool) -> None:
        """Show the key hint behind the text, or hide it when space is short."""
        if shown != self._hint_shown:
            self._hint_shown = shown
            self.updateGeometry()
            self.update()

    def below(self) -> QPoint:
        """Return where a menu of this button opens, on the screen."""
        return self.mapToGlobal(self.rect().bottomLeft())

    def set_icon_shown(self, shown: bool) -> None:
        """Show the icon before the text, or hide it when space is short."""
        if shown != self._icon_shown:
            self._icon_shown = shown
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        width = 2 * self._side
        if self._icon_name and self._icon_shown:
            width += ICON + (GAP if self.word() else 0)
        if self.word():
            width += QFontMetricsF(self._theme.font(TextStyle.BODY_MEDIUM)).horizontalAdvance(self.word())
        return QSize(math.ceil(width) + (self.hint_width if self._hint_shown else 0), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A held key must click only once; Ctrl+Enter belongs to the dialog.
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._paint_ground(painter)
        content = self.sizeHint().width() - 2 * self._side
        left = max((self.width() - content) / 2, self._side / 2)
        middle = self.height() / 2
        if self._icon_name and self._icon_shown:
            self._theme.paint_icon(painter, self._icon_name, QRectF(left, middle - ICON / 2, ICON, ICON), ink)
            left += ICON + GAP
        painter.setFont(self._theme.font(TextStyle.BODY_MEDIUM))
        painter.setPen(ink)
        room = self.width() - left - self._side / 2 - (self.hint_width if self._hint_shown else 0)
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(self.word(), Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(QRectF(left, 0, room + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        if self._hint and self._hint_shown:
            at = QPointF(round(left + metrics.horizontalAdvance(text) + GAP), round(middle - KEY_HEIGHT / 2))
            on_color = self._kind in (ButtonKind.PRIMARY, ButtonKind.DANGER) and self.isEnabled()
            paint_key_hint(painter, self._theme, at, self._hint, ink=ink if on_color else None)

    def _paint_ground(self, painter: QPainter) -> QColor:
        color = self._theme.color
        fill, line, ink = color(ColourRole.SURFACE), color(ColourRole.LINE), color(ColourRole.INK)
        ring = color(ColourRole.PRIMARY)
        pressed, over = self.isDown(), self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            fill, ink = color(ColourRole.SUNKEN), color(ColourRole.CONTROL)
            if self._kind is ButtonKind.QUIET:
                fill = line = QColor(Qt.GlobalColor.transparent)
        elif self._kind in (ButtonKind.PRIMARY, ButtonKind.DANGER):
            fill = color(ColourRole.PRIMARY if self._kind is ButtonKind.PRIMARY else ColourRole.LATE)
            if pressed or over:
                fill = color(ColourRole.PRIMARY_HOVER) if self._kind is ButtonKind.PRIMARY else fill.darker(112)
            line, ink, ring = fill, color(ColourRole.ON_PRIMARY), color(ColourRole.ON_PRIMARY)
        elif self._kind is ButtonKind.QUIET:
            fill = line = color(ColourRole.PRIMARY_SOFT) if pressed or over else QColor(Qt.GlobalColor.transparent)
            ink = color(ColourRole.PRIMARY)
        elif self.isChecked():
            fill, ink = color(ColourRole.PRIMARY_SOFT), color(ColourRole.PRIMARY)
        elif pressed:
            fill = color(ColourRole.SUNKEN)
        elif over:
            line = color(ColourRole.CONTROL)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(line, 1.0))
        painter.setBrush(fill)
        painter.drawRoundedRect(rect, CONTROL_RADIUS, CONTROL_RADIUS)
        if self.hasFocus():
            # On a filled button the ring is drawn inside the edge, in the text colour, so that it is visible.
            inner = ring == color(ColourRole.ON_PRIMARY)
            paint_focus_ring(painter, QRectF(self.rect()), ring, CONTROL_RADIUS, inset=3.0 if inner else 0.0)
        return ink


class PrimaryButton(Button):
    """The main action of a screen."""

    def __init__(
        self,
        theme: Appearance,
        text: str,
        *,
        hint: str = "",
        icon: str = "",
        live: bool = False,
        command: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            text,
            kind=ButtonKind.PRIMARY,
            hint=hint,
            icon=icon,
            live=live,
            command=command,
            on_click=on_click,
            parent=parent,
        )


class QuietButton(Button):
    """A button that looks like a link: "plakken uit Excel…"."""

    def __init__(
        self,
        theme: Appearance,
        text: str,
        *,
        hint: str = "",
        icon: str = "",
        command: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        kind = ButtonKind.QUIET
        super().__init__(
            theme, text, kind=kind, hint=hint, icon=icon, command=command, on_click=on_click, parent=parent
        )


class ActionButton(Button):
    """A button that mirrors a QAction: text, key, enabled and checked state, and what it does."""

    def __init__(
        self,
        theme: Appearance,
        action: QAction,
        *,
        kind: ButtonKind = ButtonKind.NORMAL,
        icon: str = "",
        text: str | None = None,
        live: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        word = plain.read_word(action.text()) if text is None else text
        super().__init__(theme, word, kind=kind, icon=icon, live=live, parent=parent)
        self._action = action
        self._own_text = text
        if action.objectName():
            mark(self, action.objectName())
        if action.objectName() in ABOUT_THE_FOCUS:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        action = self._action
        # A button with its own text keeps that when the action is renamed.
        if self._own_text is None:
            self.setText(plain.read_word(action.text()))
        self.set_hint(shown(action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)))
        self.setEnabled(action.isEnabled())
        self.setCheckable(action.isCheckable())
        if action.isCheckable():
            self.setChecked(action.isChecked())


class IconButton(Button):
    """A button with only an icon; `name` is its accessible name and, with its key, its tooltip."""

    def __init__(
        self,
        theme: Appearance,
        icon: str,
        name: str,
        *,
        hint: str = "",
        command: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", kind=ButtonKind.QUIET, icon=icon, on_click=on_click, parent=parent)
        self._side = 7.0
        self.set_name(name, hint)
        self.setObjectName(command)

    def set_name(self, name: str, hint: str = "") -> None:
        """Set the name, which says what the button does."""
        self.setAccessibleName(name)
        plain.set_tip(self, f"{name} ({hint})" if hint else name)

    def set_icon(self, icon: str) -> None:
        """Set the icon."""
        self._icon_name = icon
        self.update()

    def _paint_ground(self, painter: QPainter) -> QColor:
        ink = super()._paint_ground(painter)
        checked = self.isChecked() or self.underMouse() or self.hasFocus()
        return ink if checked or not self.isEnabled() else self._theme.color(ColourRole.MUTED)


def paint_focus_ring(painter: QPainter, rect: QRectF, color: QColor, radius: float, *, inset: float = 0.0) -> None:
    """Paint the focus ring, 2 px wide."""
    painter.setPen(QPen(color, 2.0 if inset == 0 else 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    edge = inset + 1.0
    painter.drawRoundedRect(rect.adjusted(edge, edge, -edge, -edge), radius - inset / 2, radius - inset / 2)


class RowButton(QAbstractButton):
    """A button in a row of buttons: Enter presses it, arrow keys go to its neighbours."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in _ARROWS:
            self.focusNextPrevChild(_ARROWS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)


class SegmentButton(QAbstractButton):
    """One option of a `Segmented`."""

    def __init__(self, theme: Appearance, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.first = self.last = False
        self._word = text
        self.setText(plain.word(text))
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._theme.font(TextStyle.BODY_STRONG))
        return QSize(math.ceil(metrics.horizontalAdvance(self._word)) + 28, CONTROL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        # Neighbours share a border: all buttons but the outer ones paint beyond their own edge.
        wide = rect.adjusted(0 if self.first else -12, 0, 0 if self.last else 12, 0)
        on = self.isChecked()
        painter.setPen(QPen(color(ColourRole.PRIMARY if on else ColourRole.LINE), 1.0))
        ground = ColourRole.PRIMARY if on else ColourRole.SUNKEN if self.underMouse() else ColourRole.SURFACE
        painter.setBrush(color(ground))
        painter.drawRoundedRect(wide, CONTROL_RADIUS, CONTROL_RADIUS)
        if not on and not self.first:
            painter.setPen(QPen(color(ColourRole.LINE), 1.0))
            painter.drawLine(QPointF(0.5, 1), QPointF(0.5, self.height() - 1))
        painter.setFont(self._theme.font(TextStyle.BODY_STRONG if on else TextStyle.BODY_MEDIUM))
        ink = color(ColourRole.ON_PRIMARY if on else ColourRole.INK if self.isEnabled() else ColourRole.CONTROL)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._word)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), ink if on else color(ColourRole.PRIMARY), 5, inset=2.0)


class Segmented(QWidget):
    """A choice between a few options, side by side; arrow keys move it. Options are (value, text)."""

    selected = Signal(object)

    def __init__(
        self,
        theme: Appearance,
        options: Sequence[tuple[object, str]],
        *,
        name: str,
        commands: Sequence[str] = (),
        value: object = None,
        parent: QWidget | None = None,
    ) -> None:
        """`commands`: the id of the command that each option does; of one id, each does that."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values = [value for value, _ in options]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._segments: list[SegmentButton] = []
        for number, (_, text) in enumerate(options):
            segment = SegmentButton(theme, text, self)
            segment.first, segment.last = number == 0, number == len(options) - 1
            self._group.addButton(segment, number)
            layout.addWidget(segment)
            self._segments.append(segment)
        for number, command in enumerate(commands if len(commands) != 1 else (*commands,) * len(options)):
            mark(self._segments[number], command)
        self.set_value(value if value in self._values else self._values[0])
        self._group.idToggled.connect(self._toggled)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def value(self) -> object:
        """Return the chosen value."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: object) -> None:
        """Choose without emitting a signal."""
        blocked = self._group.blockSignals(True)
        self._segments[self._values.index(value)].setChecked(True)
        self._group.blockSignals(blocked)
        self._set_tab_stop()

    def _toggled(self, number: int, checked: bool) -> None:
        if checked:
            self._set_tab_stop()
            self.selected.emit(self._values[number])

    def _set_tab_stop(self) -> None:
        # As with radio buttons, Tab reaches only the chosen option.
        for number, segment in enumerate(self._segments):
            chosen = number == self._group.checkedId()
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
            if chosen:
                self.setFocusProxy(segment)
