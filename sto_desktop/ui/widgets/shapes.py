"""The shape of each kind of note (▲ ★ ◆ ➜ ❝ ✓ ○), painted so that it does not depend on a font."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from sto_desktop.domain.vocabulary import NoteKind, Shape

_DRAWN = (Shape.TICK, Shape.RING, Shape.RING_AND_POINT)
"""Shapes made of lines, which are never filled."""


def paint_kind_shape(painter: QPainter, kind: NoteKind, rect: QRectF, color: QColor, *, hollow: bool = False) -> None:
    """Paint the shape of a kind into a square; `hollow` is for an unconfirmed kind."""
    paint_shape(painter, kind.meaning.shape, rect, color, hollow=hollow)


def paint_shape(painter: QPainter, shape: Shape, rect: QRectF, color: QColor, *, hollow: bool = False) -> None:
    """Paint a shape into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 10, rect.height() / 10)
    pen = QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if shape in _DRAWN:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if shape is Shape.TICK:
            pen.setWidthF(1.8)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([QPointF(1.2, 5.4), QPointF(4, 8.2), QPointF(8.8, 2)]))
        else:
            painter.drawEllipse(QRectF(1.2, 1.2, 7.6, 7.6))
            if shape is Shape.RING_AND_POINT:
                painter.drawPoint(QPointF(5, 5))
    else:
        if hollow:
            pen.setWidthF(1.2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
        painter.drawPath(_path(shape))
    painter.restore()


def _path(shape: Shape) -> QPainterPath:
    path = QPainterPath()
    if shape is Shape.TRIANGLE:
        path.addPolygon(QPolygonF([QPointF(5, 0.8), QPointF(9.8, 9.2), QPointF(0.2, 9.2)]))
    elif shape is Shape.STAR:
        path.addPolygon(QPolygonF([_on_circle(turn, 5.3 if turn % 2 == 0 else 2.2) for turn in range(10)]))
    elif shape is Shape.DIAMOND:
        path.addPolygon(QPolygonF([QPointF(5, -0.2), QPointF(10.2, 5), QPointF(5, 10.2), QPointF(-0.2, 5)]))
    elif shape is Shape.ARROW:
        corners = [(0, 4), (5, 4), (5, 1), (10, 5), (5, 9), (5, 6), (0, 6)]
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    elif shape is Shape.SQUARE:
        path.addRect(QRectF(0.9, 0.9, 8.2, 8.2))
    elif shape is Shape.QUOTE_MARKS:
        for left in (0.4, 5.4):
            path.addEllipse(QRectF(left, 4.6, 4, 4))
            tail = QPainterPath(QPointF(left, 6.6))
            tail.cubicTo(left, 3.6, left + 1.2, 2, left + 3.6, 1.2)
            tail.cubicTo(left + 2.6, 2.6, left + 2.2, 3.6, left + 2.2, 5)
            tail.closeSubpath()
            path = path.united(tail)
    else:
        raise NotImplementedError(shape)
    path.closeSubpath()
    return path


def _on_circle(tenth: int, radius: float) -> QPointF:
    angle = math.pi * tenth / 5 - math.pi / 2
    return QPointF(5 + radius * math.cos(angle), 5.3 + radius * math.sin(angle))
