"""Painting of member cells: text, an answer about consent as character and word, a checkbox for presence."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from sto_desktop.domain.vocabulary import Consent
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import paint_focus_ring

ROW = 36
SIDE = 8
_SIGN = 14.0
_ANSWERS = {
    Consent.YES: ("check-bold", ColourRole.GOOD, ColourRole.INK),
    Consent.NO: ("close", ColourRole.LATE, ColourRole.LATE),
    Consent.UNKNOWN: ("", ColourRole.MUTED, ColourRole.MUTED),
}


class CellPainter:
    """Paints cells; independent of views."""

    def __init__(self, theme: Appearance) -> None:
        self._theme = theme

    def ground(self, painter: QPainter, rect: QRectF, *, selected: bool, hovered: bool) -> None:
        """Paint the background of a cell, and the line below it."""
        color = self._theme.color
        if selected or hovered:
            painter.fillRect(rect, color(ColourRole.PRIMARY_SOFT if selected else ColourRole.BACKGROUND))
        painter.setPen(QPen(color(ColourRole.LINE), 1.0))
        base = rect.bottom() - 0.5
        painter.drawLine(QPointF(rect.left(), base), QPointF(rect.right(), base))

    def text(self, painter: QPainter, rect: QRectF, text: str, role: ColourRole, *, tabular: bool = False) -> None:
        """Paint text, elided if there is no room."""
        font = self._theme.font(TextStyle.BODY, tabular=tabular)
        inside = rect.adjusted(SIDE, 0, -SIDE, 0)
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)

    def seat(self, painter: QPainter, rect: QRectF, text: str, *, taken: bool) -> None:
        """Paint a seat, with a warning if two members have it."""
        self.text(painter, rect, text, ColourRole.LATE if taken else ColourRole.INK, tabular=True)
        if taken:
            icon_rect = QRectF(rect.left() + SIDE + 20, rect.center().y() - _SIGN / 2, _SIGN, _SIGN)
            self._theme.paint_icon(painter, "warning", icon_rect, self._theme.color(ColourRole.LATE))

    def answer(self, painter: QPainter, rect: QRectF, answer: Consent, text: str) -> None:
        """Paint an answer about consent."""
        icon, sign_role, role = _ANSWERS.get(answer, _ANSWERS[Consent.UNKNOWN])
        icon_rect = QRectF(rect.left() + SIDE - 1, rect.center().y() - _SIGN / 2, _SIGN, _SIGN)
        if icon:
            self._theme.paint_icon(painter, icon, icon_rect, self._theme.color(sign_role))
            rect = rect.adjusted(_SIGN + 4, 0, 0, 0)
        painter.setFont(self._theme.font(TextStyle.SECONDARY))
        painter.setPen(self._theme.color(role))
        painter.drawText(rect.adjusted(SIDE, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def box(self, painter: QPainter, rect: QRectF, *, checked: bool) -> None:
        """Paint a checkbox."""
        color = self._theme.color
        box = QRectF(rect.left() + SIDE, round(rect.center().y() - 8), 16, 16)
        painter.setPen(QPen(color(ColourRole.PRIMARY if checked else ColourRole.CONTROL), 1.0))
        painter.setBrush(color(ColourRole.PRIMARY_SOFT if checked else ColourRole.SURFACE))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if checked:
            self._theme.paint_icon(painter, "check-bold", box.adjusted(2, 2, -2, -2), color(ColourRole.PRIMARY))

    def invitation(self, painter: QPainter, rect: QRectF, text: str) -> None:
        """Paint the placeholder where a new name can be typed."""
        icon_rect = QRectF(rect.left() + SIDE - 1, rect.center().y() - 8, 16, 16)
        self._theme.paint_icon(painter, "plus", icon_rect, self._theme.color(ColourRole.PRIMARY))
        self.text(painter, rect.adjusted(20, 0, 0, 0), text, ColourRole.MUTED)

    def ring(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the focus ring."""
        paint_focus_ring(painter, rect.adjusted(0, 0, 0, -1), self._theme.color(ColourRole.PRIMARY), 4)
