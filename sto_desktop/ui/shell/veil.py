"""The covers of the discreet mode over names, notes and silences: the widgets below keep working, but can't be read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance

ICON = 22.0


class Veil(QWidget):
    """Covers a widget exactly while switched on, also when that moves or resizes; `text` says why nothing is visible.

    `through`: mouse events pass through to the widget below.
    """

    def __init__(self, theme: Appearance, under: QWidget, text: str, *, through: bool = False) -> None:
        super().__init__(under.parentWidget())
        self._theme = theme
        self._under = under
        self._text = text
        self._on = False
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, through)
        under.installEventFilter(self)
        self.hide()

    def set_on(self, on: bool) -> None:
        """Cover the widget, or uncover it."""
        self._on = on
        self._follow()

    def set_text(self, text: str) -> None:
        """Set the text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def _follow(self) -> None:
        # The covered widget may have been put into a layout after this was made.
        if self.parentWidget() is not self._under.parentWidget():
            self.setParent(self._under.parentWidget())
        self.setGeometry(self._under.geometry())
        self.setVisible(self._on and not self._under.isHidden())
        if self._on:
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.Move,
            QEvent.Type.Resize,
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
            QEvent.Type.ParentChange,
            QEvent.Type.ZOrderChange,
        ):
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(ColourRole.SUNKEN))
        ink = self._theme.color(ColourRole.MUTED)
        painter.setFont(self._theme.font(TextStyle.BODY))
        painter.setPen(ink)
        room = QRectF(self.rect()).adjusted(16, 8, -16, -8)
        wrapped = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        taken = painter.boundingRect(room, wrapped, self._text)
        # Without room for the text below the icon, it is beside it.
        if taken.height() + ICON + 8 > room.height():
            middle = room.center().y()
            self._theme.paint_icon(painter, "discreet", QRectF(room.left(), middle - ICON / 2, ICON, ICON), ink)
            room.setLeft(room.left() + ICON + 10)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._text)
            return
        top = max(room.top(), room.center().y() - (taken.height() + ICON + 8) / 2)
        self._theme.paint_icon(painter, "discreet", QRectF(room.center().x() - ICON / 2, top, ICON, ICON), ink)
        painter.drawText(room.adjusted(0, top + ICON + 8 - room.top(), 0, 0), wrapped, self._text)


class Veils(QObject):
    """All veils of a page, painted and switched together."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._veils: list[Veil] = []
        self.on = False

    def add(self, veil: Veil) -> Veil:
        """Add a veil to the group."""
        self._veils.append(veil)
        veil.set_on(self.on)
        return veil

    def set_on(self, on: bool) -> None:
        """Cover everything, or uncover it."""
        self.on = on
        for veil in self._veils:
            veil.set_on(on)
