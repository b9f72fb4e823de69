"""Painting of guide rows: the band of a theme, a question with its type, skipped questions, and focus."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from sto_desktop.domain.panel.content import QuestionContent
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.guide.guide_model import GuideColumn, GuideRow
from sto_desktop.ui.widgets import chip_size, kind_chip, paint_chip, paint_focus_ring, set_text

WIDTHS = {
    GuideColumn.ASKED: 50,
    GuideColumn.TYPE: 106,
    GuideColumn.ASPECT: 128,
    GuideColumn.BEGINS: 74,
    GuideColumn.MINUTES: 76,
}
"""Column widths in px; the text of the question gets the rest."""

BAND_GAP = 8
BAND = 34
PADDING = 7
"""Padding above and below the text of a question, in px."""

TEXT_RIGHT = 16
BOX = 16.0
BOX_LEFT = 22
GRIP = 14.0
RADIUS = 6.0
_TIMES = (GuideColumn.BEGINS, GuideColumn.MINUTES)


class GuidePainter:
    """Measures and paints cells; independent of views."""

    def __init__(self, theme: Appearance) -> None:
        self._theme = theme

    def height(self, row: GuideRow, text_width: int) -> int:
        """Return the height of a row in px, for a text column of this width."""
        if row.question is None:
            return BAND_GAP + BAND
        style = TextStyle.BODY
        words = set_text(row.question.text, self._theme.font(style), style.line, text_width - TEXT_RIGHT)
        marks = TextStyle.SMALL.line * len(_marks(row))
        return 2 * PADDING + max(words.height, style.line + marks) + 1

    def paint(
        self,
        painter: QPainter,
        row: GuideRow,
        column: GuideColumn,
        cell: QRect,
        whole: QRect,
        *,
        current: bool,
        focused: bool,
        hovered: bool,
        text: str,
    ) -> None:
        """Paint one cell; `whole` is the rectangle of its row, whose background spans all cells."""
        painter.save()
        # The title of a theme is wider than its cell; each cell paints its own part of it.
        painter.setClipRect(cell)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, ground = QRectF(cell), QRectF(whole)
        if row.question is None:
            ground.setTop(ground.top() + BAND_GAP)
            rect.setTop(rect.top() + BAND_GAP)
            self._ground(painter, ground, ColourRole.SUNKEN, line=current)
            if column is GuideColumn.ASKED:
                self._grip(painter, rect)
            elif column in _TIMES:
                self._band(painter, column, rect, text, late=row.late)
            else:
                # The title continues under the columns that are empty for a theme.
                title = ground.adjusted(WIDTHS[GuideColumn.ASKED], 0, -sum(WIDTHS[other] for other in _TIMES), 0)
                self._band(painter, column, title, row.theme.title)
        else:
            if current:
                self._ground(painter, ground.adjusted(0, 1, 0, -1), ColourRole.SURFACE, line=True)
            self._question(painter, row, row.question, column, rect, text, hovered=hovered)
        if focused:
            # A theme has a single editable field, so its whole row gets the ring.
            ring = ground if row.question is None else rect.adjusted(-8, 2, -6, -2)
            painter.setClipRect(whole)
            paint_focus_ring(painter, ring, self._theme.color(ColourRole.PRIMARY), RADIUS)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, role: ColourRole, *, line: bool) -> None:
        color = self._theme.color
        painter.setPen(QPen(color(ColourRole.LINE), 1.0) if line else Qt.PenStyle.NoPen)
        painter.setBrush(color(role))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _grip(self, painter: QPainter, rect: QRectF) -> None:
        place = QRectF(rect.left() + 4, rect.center().y() - GRIP / 2, GRIP, GRIP)
        self._theme.paint_icon(painter, "grip", place, self._theme.color(ColourRole.CONTROL))

    def _band(self, painter: QPainter, column: GuideColumn, rect: QRectF, text: str, *, late: bool = False) -> None:
        font = self._theme.font(TextStyle.BODY_STRONG, tabular=column in _TIMES)
        painter.setFont(font)
        painter.setPen(self._theme.color(ColourRole.LATE if late else ColourRole.INK))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)

    def _question(
        self,
        painter: QPainter,
        row: GuideRow,
        question: QuestionContent,
        column: GuideColumn,
        rect: QRectF,
        text: str,
        *,
        hovered: bool,
    ) -> None:
        if column is GuideColumn.ASKED:
            self._grip(painter, rect)
            self._box(painter, rect, checked=not question.skipped, hovered=hovered)
        elif column is GuideColumn.TEXT:
            self._words(painter, question, rect)
        elif column is GuideColumn.TYPE:
            self._type(painter, row, rect, text)
        elif column is GuideColumn.ASPECT:
            if question.aspect:
                look = kind_chip(question.inherited_kind)
                painter.setOpacity(0.5 if question.skipped else 1.0)
                size = chip_size(self._theme, look)
                paint_chip(painter, self._theme, look, QPointF(rect.left(), rect.center().y() - size.height() / 2))
        elif column is GuideColumn.MINUTES:
            self._minutes(painter, rect, text, field=hovered and not question.skipped, late=row.late)

    def _box(self, painter: QPainter, rect: QRectF, *, checked: bool, hovered: bool) -> None:
        color = self._theme.color
        box = QRectF(rect.left() + BOX_LEFT, round(rect.center().y() - BOX / 2), BOX, BOX)
        painter.setPen(QPen(color(ColourRole.PRIMARY if checked or hovered else ColourRole.CONTROL), 1.0))
        painter.setBrush(color(ColourRole.PRIMARY_SOFT if checked else ColourRole.SURFACE))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if checked:
            self._theme.paint_icon(painter, "check-bold", box.adjusted(2, 2, -2, -2), color(ColourRole.PRIMARY))

    def _words(self, painter: QPainter, question: QuestionContent, rect: QRectF) -> None:
        style = TextStyle.BODY
        font = self._theme.font(style)
        font.setStrikeOut(question.skipped)
        words = set_text(question.text, font, style.line, rect.width() - TEXT_RIGHT)
        top = rect.top() + (rect.height() - words.height) / 2
        role = ColourRole.MUTED if question.skipped else ColourRole.INK
        words.paint(painter, QRectF(rect.left(), top, rect.width(), words.height), self._theme.color(role))

    def _type(self, painter: QPainter, row: GuideRow, rect: QRectF, text: str) -> None:
        marks = _marks(row)
        style, small = TextStyle.BODY, TextStyle.SMALL
        height = style.line + small.line * len(marks)
        top = rect.top() + (rect.height() - height) / 2
        painter.setFont(self._theme.font(style))
        painter.setPen(self._theme.color(ColourRole.MUTED))
        line = QRectF(rect.left(), top, rect.width(), style.line)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        top += style.line
        for icon, mark in marks:
            ink = self._theme.color(ColourRole.PRIMARY)
            self._theme.paint_icon(painter, icon, QRectF(rect.left(), top + 2, 12, 12), ink)
            painter.setFont(self._theme.font(small))
            painter.setPen(ink)
            painter.drawText(
                QRectF(rect.left() + 16, top, rect.width() - 16, small.line), Qt.AlignmentFlag.AlignVCenter, mark
            )
            top += small.line

    def _minutes(self, painter: QPainter, rect: QRectF, text: str, *, field: bool, late: bool) -> None:
        color = self._theme.color
        if field:
            painter.setPen(QPen(color(ColourRole.CONTROL), 1.0))
            painter.setBrush(color(ColourRole.SURFACE))
            middle = rect.center().y()
            painter.drawRoundedRect(QRectF(rect.left() - 6.5, middle - 15.5, rect.width() - 2, 31), RADIUS, RADIUS)
        painter.setFont(self._theme.font(TextStyle.BODY, tabular=True))
        painter.setPen(color(ColourRole.LATE if late else ColourRole.INK if field else ColourRole.MUTED))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)


def _marks(row: GuideRow) -> list[tuple[str, str]]:
    """Return the remarks shown below the type of a question, as icon and text."""
    question = row.question
    if question is None or question.skipped:
        return []
    marks = [("star-filled", tr("houden"))] if question.question.essential else []
    return [*marks, ("edit", tr("eigen woorden"))] if row.reworded else marks
