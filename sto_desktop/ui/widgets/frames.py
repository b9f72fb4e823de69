"""Containers with a background: card, column, side panel, top bar, hairline, scrolling column."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.buttons import Button
from sto_desktop.ui.widgets.text import ElidedLabel

_Box = TypeVar("_Box", bound=QBoxLayout)


class Card(QFrame):
    """A white box with a hairline border; put widgets in `body` (a vertical layout). Can be selected, or dashed (a
    placeholder)."""

    def __init__(self, parent: QWidget | None = None, *, margin: int = Space.L, dashed: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("dashed", dashed)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(Space.S)

    def set_selected(self, selected: bool) -> None:
        """Show a border in the primary colour."""
        if self.property("selected") != selected:
            self.setProperty("selected", selected)
            # Qt applies a stylesheet rule for a property only when the widget is polished again.
            self.style().polish(self)


class ClickCard(Card):
    """A card that acts as one large button: click, Enter or space."""

    clicked = Signal()

    def __init__(self, theme: Appearance, name: str, parent: QWidget | None = None, *, margin: int = Space.L) -> None:
        super().__init__(parent, margin=margin)
        self._theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() or self.underMouse():
            from sto_desktop.ui.widgets.buttons import paint_focus_ring

            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = self._theme.color(ColourRole.PRIMARY if self.hasFocus() else ColourRole.CONTROL)
            if self.hasFocus():
                paint_focus_ring(painter, QRectF(self.rect()), ring, 9)
            else:
                painter.setPen(ring)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)


class Column(QFrame):
    """A sunken column, as on the board; put widgets in `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        self.body.setSpacing(Space.S)


class Surface(QFrame):
    """A plain background in the surface colour; put widgets in `body`."""

    def __init__(self, parent: QWidget | None = None, *, margin: int = Space.L) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(Space.S)


class SidePanel(QFrame):
    """The background of a side of the screen, with a hairline towards the middle; put widgets in `body`."""

    def __init__(self, parent: QWidget | None = None, *, left: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("side", "left" if left else "right")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self.body.setSpacing(Space.S)


class Hairline(QFrame):
    """A line 1 px wide."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False) -> None:
        super().__init__(parent)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class ScrollColumn(QScrollArea):
    """A column that scrolls, without a frame; put widgets in `body`. `inside` can be the widget of that column.

    It scrolls to the widget that gets the focus, unless by a click: a button must not move while it is pressed.
    """

    def __init__(self, parent: QWidget | None = None, *, margin: int = 0, inside: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A scroll area is a tab stop by default; here the widgets in it are.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = inside or QWidget()
        inside.setProperty("transparent", True)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(Space.S)
        self.setWidget(inside)
        # Qt scrolls to what Tab reaches, and not to what a command gives the focus. Wait for the layout, since the
        # column may be shown by the same command.
        self._to_focus = QTimer(self, singleShot=True, interval=0)
        self._to_focus.timeout.connect(self._show_focus)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def follow_focus(self) -> None:
        """Scroll to the widget with the focus, once it is laid out: it may have grown."""
        self._to_focus.start()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new) and not QApplication.mouseButtons().value:
            self._to_focus.start()

    def _show_focus(self) -> None:
        # Not `self.focusWidget()`, which the focus may only have passed on its way elsewhere.
        focus, inside = QApplication.focusWidget(), self.widget()
        if focus is None or inside is None or not self.isVisible() or not inside.isAncestorOf(focus):
            return
        top = focus.mapTo(inside, QPoint(0, 0))
        # The top last: if the widget is higher than the column, that is what must be in sight.
        self.ensureVisible(top.x(), top.y() + focus.height(), 0, Space.S)
        self.ensureVisible(top.x(), top.y(), 0, Space.S)


def empty(layout: QLayout) -> None:
    """Remove everything from a layout and delete it."""
    while (child := layout.takeAt(0)) is not None:
        widget = child.widget()
        if widget is not None:
            # Hide it first: a visible widget that loses its parent would briefly be a window before it is deleted.
            widget.hide()
            widget.deleteLater()


LEAST_TITLE = 64
"""With less width than this, in px, a title is unreadable and is hidden."""


class Fitted:
    """A mixin before a widget's base class: `fit` is called whenever the widget, or what is in it, changes size."""

    def event(self, event: QEvent) -> bool:
        done: bool = super().event(event)  # type: ignore[misc]
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.fit()
        return done

    def fit(self) -> None:
        """Arrange the parts for the present size."""
        raise NotImplementedError


class TopBar(Fitted, QFrame):
    """The head of a stage: title, subtitle, and controls on the right (`add`)."""

    HEIGHT = 48

    def __init__(self, theme: Appearance, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(self.HEIGHT)
        self._title = ElidedLabel(theme, title, TextStyle.TITLE)
        self._subtitle = ElidedLabel(theme, subtitle, TextStyle.BODY, ColourRole.MUTED)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.L, 0, Space.L, 1)
        layout.setSpacing(Space.M)
        layout.addWidget(self._title)
        layout.addWidget(self._subtitle)
        layout.addStretch(1)
        self._layout = layout

    def set_title(self, title: str) -> None:
        """Set the title."""
        self._title.setText(title)

    def set_subtitle(self, subtitle: str) -> None:
        """Set the muted text beside the title."""
        self._subtitle.setText(subtitle)

    def add(self, widget: QWidget) -> None:
        """Add a control on the right."""
        self._layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def fit(self) -> None:
        """Hide the subtitle before the title itself is cut off, the title if too little of it would be left, and then
        keys on buttons, from the right: no word of a button is cut off.
        """
        items = (self._layout.itemAt(place) for place in range(self._layout.count()))
        shown = [widget for item in items if item and (widget := item.widget()) and not widget.isHidden()]
        # Counted even while hidden, because the question is whether it would fit.
        controls = [control for control in shown if control not in (self._title, self._subtitle)]
        margins = self._layout.contentsMargins()
        # The stretch between title and controls has spacing on both sides.
        gaps = self._layout.spacing() * (len(controls) + 2)
        buttons = [control for control in reversed(controls) if isinstance(control, Button)]
        hidden = sum(button.hint_width for button in buttons if not button.hint_shown)
        taken = margins.left() + margins.right() + gaps + sum(control.sizeHint().width() for control in controls)
        taken += hidden
        title, subtitle = self._title.sizeHint().width(), self._subtitle.sizeHint().width()
        self._subtitle.setVisible(bool(self._subtitle.text()) and taken + title + subtitle <= self.width())
        self._title.setVisible(taken + min(title, LEAST_TITLE) <= self.width())
        lacking = taken - 2 * self._layout.spacing() - self.width()
        for button in buttons:
            button.set_hint_shown(lacking <= 0)
            lacking -= button.hint_width


class IconTile(QWidget):
    """An icon on a soft square of 44 px."""

    def __init__(self, theme: Appearance, icon: str, parent: QWidget | None = None, *, size: int = 44) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._size = size
        self.setFixedSize(size, size)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(ColourRole.PRIMARY_SOFT))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        side = self._size / 2
        at = QPointF(self._size / 4, self._size / 4)
        self._theme.paint_icon(
            painter, self._icon, QRectF(at.x(), at.y(), side, side), self._theme.color(ColourRole.PRIMARY)
        )


def row(*items: QWidget | int | None, spacing: int = Space.S) -> QHBoxLayout:
    """Return a horizontal layout of widgets; an int is space in px, None a stretch."""
    return _filled(QHBoxLayout(), items, spacing)


def column(*items: QWidget | int | None, spacing: int = Space.S) -> QVBoxLayout:
    """Return a vertical layout of widgets; an int is space in px, None a stretch."""
    return _filled(QVBoxLayout(), items, spacing)


def _filled(layout: _Box, items: tuple[QWidget | int | None, ...], spacing: int) -> _Box:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addSpacing(item)
    return layout


def expanding(widget: QWidget) -> QWidget:
    """Let a widget take the remaining width; return it."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
    return widget


def height_in(widget: QWidget, width: int) -> int:
    """Return the height that a widget asks for in a width, both in px."""
    height = widget.heightForWidth(width)
    return height if height >= 0 else widget.sizeHint().height()
