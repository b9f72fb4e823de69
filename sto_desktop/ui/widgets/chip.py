"""Chips: a kind (shape, text, colour), a label (#technolab), a speaker (@ Jaap); as a widget and for delegates."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.shapes import paint_kind_shape

HEIGHT = 20
SHAPE = 10.0
SIDE = 8.0
GAP = 4.0


@dataclass(frozen=True)
class ChipLook:
    """What a chip shows. `kind` determines shape and colours; without it `ink` and `fill` do.

    `hollow`: outlined, for a kind that was derived from the question and not confirmed.
    """

    text: str
    kind: NoteKind | None = None
    ink: ColourRole = ColourRole.MUTED
    fill: ColourRole = ColourRole.SUNKEN
    pill: bool = False
    hollow: bool = False


def kind_chip(kind: NoteKind, *, hollow: bool = False) -> ChipLook:
    """Return the look of a kind's chip."""
    return ChipLook(tr(kind.word), kind, hollow=hollow)


def tag_chip(name: str) -> ChipLook:
    """Return the look of a label's chip; `name` without the #."""
    return ChipLook(f"#{name}", pill=True)


def speaker_chip(name: str) -> ChipLook:
    """Return the look of a speaker's chip."""
    return ChipLook(f"@ {name}", ink=ColourRole.PRIMARY, fill=ColourRole.PRIMARY_SOFT, pill=True)


def voice_mark(stance: Stance) -> str:
    """Return what is shown before a member's name, with a space behind it: "+ ", "over "; empty for who said it."""
    if stance is Stance.SAYS:
        return ""
    return f"{stance.shown_sign if stance.counts else tr(stance.word)} "


def status_chip(text: str, role: ColourRole = ColourRole.MUTED, fill: ColourRole = ColourRole.SUNKEN) -> ChipLook:
    """Return the look of a short status: "concept", "gesprek loopt"."""
    return ChipLook(text, ink=role, fill=fill, pill=True)


def chip_size(theme: Appearance, look: ChipLook) -> QSize:
    """Return the size of a chip, in px."""
    metrics = QFontMetricsF(theme.font(_style(look)))
    shape = SHAPE + GAP if look.kind is not None else 0.0
    return QSize(math.ceil(metrics.horizontalAdvance(look.text) + shape + 2 * SIDE), HEIGHT)


def paint_chip(painter: QPainter, theme: Appearance, look: ChipLook, topleft: QPointF) -> QSize:
    """Paint a chip with its top left corner at `topleft` and return its size."""
    size = chip_size(theme, look)
    rect = QRectF(topleft, size.toSizeF())
    ink, fill = _colors(theme, look)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = HEIGHT / 2 if look.pill else 4.0
    if look.hollow:
        painter.setPen(QPen(ink, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(rect, radius, radius)
    left = rect.left() + SIDE
    if look.kind is not None:
        shape = QRectF(left, rect.top() + (HEIGHT - SHAPE) / 2, SHAPE, SHAPE)
        paint_kind_shape(painter, look.kind, shape, ink, hollow=look.hollow)
        left += SHAPE + GAP
    painter.setFont(theme.font(_style(look)))
    painter.setPen(ink)
    text = QRectF(left, rect.top(), rect.right() - left, HEIGHT)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, look.text)
    painter.restore()
    return size


def _style(look: ChipLook) -> TextStyle:
    return TextStyle.SMALL_STRONG if look.kind is not None else TextStyle.SECONDARY


def _colors(theme: Appearance, look: ChipLook) -> tuple[QColor, QColor]:
    if look.kind is not None:
        colors = theme.kind(look.kind)
        return colors.ink, colors.fill
    return theme.color(look.ink), theme.color(look.fill)


class Chip(QWidget):
    """A chip as a widget."""

    def __init__(self, theme: Appearance, look: ChipLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(look.text)

    def set_look(self, look: ChipLook) -> None:
        """Show another look."""
        if look != self._look:
            self._look = look
            self.setAccessibleName(look.text)
            self.updateGeometry()
            self.update()

    @property
    def look(self) -> ChipLook:
        """The displayed look."""
        return self._look

    def sizeHint(self) -> QSize:
        return chip_size(self._theme, self._look)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self._theme, self._look, QPointF(0, 0))
