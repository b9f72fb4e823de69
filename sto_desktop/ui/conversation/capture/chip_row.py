"""The chips after the text of a line (who speaks, who agrees, labels); each is removed by a click on its ×
or by key.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ChipLook, chip_size, paint_chip

GAP = 4
LINE = 24
"""Height of a row of chips, in px."""
_CROSS = "  ×"
_CROSS_WIDTH = 20


class ChipRow(QWidget):
    """Chips in one row or, without room for that, in several; after them the offer for an action.

    `removed` carries the number of the chip to remove; `taken`: the offer was clicked.
    """

    removed = Signal(int)
    taken = Signal()

    def __init__(self, theme: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._looks: tuple[ChipLook, ...] = ()
        self._places: list[QRect] = []
        self._offer = ""
        self._chosen: int | None = None
        # A click on a chip leaves the keyboard in the field.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        plain.set_tip(self, tr("Weghalen: klik op ×, of Delete achter de tekst"))
        self.hide()

    @property
    def looks(self) -> tuple[ChipLook, ...]:
        """The looks of the chips."""
        return self._looks

    @property
    def chosen(self) -> int | None:
        """Number of the chip selected by keyboard."""
        return self._chosen

    @property
    def offer(self) -> str:
        """The text that Tab accepts; empty for none."""
        return self._offer

    def set_looks(self, looks: tuple[ChipLook, ...], offer: str = "") -> None:
        """Replace the chips and the offer."""
        if (looks, offer) == (self._looks, self._offer):
            return
        self._looks, self._offer = looks, offer
        if self._chosen is not None and self._chosen >= len(looks):
            self._chosen = len(looks) - 1 if looks else None
        self.setAccessibleName(", ".join(look.text for look in looks))
        self.setVisible(bool(looks or offer))
        self.update()

    def choose(self, number: int | None) -> None:
        """Select a chip by its number, or none."""
        if number != self._chosen:
            self._chosen = number
            self.update()

    def _sizes(self) -> list[QSize]:
        return [chip_size(self._theme, look) for look in self._drawn()]

    def _drawn(self) -> list[ChipLook]:
        offer = [ChipLook(tr("Tab: {offer}", offer=self._offer), pill=True, hollow=True)] if self._offer else []
        return [*(_crossed(look) for look in self._looks), *offer]

    def width_in_one_row(self) -> int:
        """Return the width of all chips beside each other, in px."""
        sizes = self._sizes()
        return sum(size.width() for size in sizes) + GAP * max(0, len(sizes) - 1)

    def flow(self, width: int) -> int:
        """Lay the chips out in rows of this width, in px; return the number of rows."""
        places: list[QRect] = []
        at, rows = QPoint(0, (LINE - self._height()) // 2), 1
        for size in self._sizes():
            if at.x() and at.x() + size.width() > width:
                at, rows = QPoint(0, at.y() + LINE), rows + 1
            places.append(QRect(at, size))
            at = at + QPoint(size.width() + GAP, 0)
        self._places = places
        return rows if places else 0

    def _height(self) -> int:
        return max((size.height() for size in self._sizes()), default=0)

    def _cross_at(self, place: QPoint) -> int | None:
        for number, rect in enumerate(self._places[: len(self._looks)]):
            if rect.contains(place) and place.x() > rect.right() - _CROSS_WIDTH:
                return number
        return None

    def _offer_at(self, place: QPoint) -> bool:
        return bool(self._offer) and bool(self._places) and self._places[-1].contains(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        over = self._cross_at(place) is not None or self._offer_at(place)
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._cross_at(event.position().toPoint())
        if number is not None:
            self.removed.emit(number)
        elif self._offer_at(event.position().toPoint()):
            self.taken.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, (look, place) in enumerate(zip(self._drawn(), self._places, strict=False)):
            paint_chip(painter, self._theme, look, QPointF(place.topLeft()))
            if number == self._chosen:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(self._theme.color(ColourRole.PRIMARY), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = QRectF(place).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)


def _crossed(look: ChipLook) -> ChipLook:
    return ChipLook(look.text + _CROSS, look.kind, look.ink, look.fill, look.pill, look.hollow)
