"""Paints notes as the cards of the board."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.ui.elaborate.notes.note_delegate import NoteDelegate, NoteEditor, meta_of, paint_labels
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.listing import HeadingRow, NoteRow
from sto_desktop.ui.notes.notes_model import EVIDENCE, ROW, Index
from sto_desktop.ui.widgets import SetText, chip_size, kind_chip, paint_chip

# Sizes in px of a card and the parts in it.
SIDE = 2
GAP = 8
INNER = 11
FOOT = 20
FOOT_GAP = 5
MOST_LINES = 8
RADIUS = 8.0
USED_OPACITY = 0.62


class CardDelegate(NoteDelegate):
    """A card: the text, and below it kind, people, and labels or a star."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        width = self._width()
        if isinstance(row, HeadingRow):
            return QSize(width, 0)
        return QSize(width, self._words(row, width).height + FOOT_GAP + FOOT + 2 * INNER + GAP)

    def _words(self, row: NoteRow, width: int) -> SetText:
        return self._in_lines(row, max(60, width - 2 * SIDE - 2 * INNER), MOST_LINES)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if isinstance(row, HeadingRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(option.rect).adjusted(SIDE, 1, -SIDE, -GAP + 1)
        quiet = row.used or row.content.note.set_aside
        self._paint_ground(painter, option, card, index)
        if quiet:
            painter.setOpacity(USED_OPACITY)
        words = self._words(row, option.rect.width())
        box = QRectF(card.left() + INNER, card.top() + INNER - 1, card.width() - 2 * INNER, words.height)
        self._paint_text(painter, index, words, box, ColourRole.INK)
        self._paint_foot(painter, row, QRectF(box.left(), box.bottom() + FOOT_GAP, box.width(), FOOT))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, card: QRectF, index: Index) -> None:
        color = self._theme.color
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        line = ColourRole.PRIMARY if selected else ColourRole.CONTROL if over or focused else ColourRole.LINE
        wide = 2.0 if selected else 1.0
        painter.setPen(QPen(color(line), wide))
        painter.setBrush(color(ColourRole.SURFACE))
        painter.drawRoundedRect(card.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), RADIUS, RADIUS)
        if focused:
            painter.setPen(QPen(color(ColourRole.PRIMARY), 1.0, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(4, 4, -4, -4), RADIUS - 3, RADIUS - 3)
        evidence = index.data(EVIDENCE)
        if evidence is not None:
            bar = ColourRole.PRIMARY if evidence == Evidence.SUPPORTS else ColourRole.LATE
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(bar))
            painter.drawRoundedRect(QRectF(card.left() + 3, card.top() + 8, 3, card.height() - 16), 1.5, 1.5)

    def _paint_foot(self, painter: QPainter, row: NoteRow, box: QRectF) -> None:
        chip = kind_chip(row.content.kind, hollow=row.content.inherited)
        left = box.left() + paint_chip(painter, self._theme, chip, box.topLeft()).width() + 8
        right = box.right()
        if row.content.note.star:
            right -= 15
            icon = QRectF(right, box.top() + 2, 15, 15)
            self._theme.paint_icon(painter, "star-filled", icon, self._theme.color(ColourRole.WARN))
            right -= 6
        font = self._theme.font(TextStyle.SECONDARY)
        metrics = QFontMetricsF(font)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        if row.tags:
            room = min(metrics.horizontalAdvance(row.tags), (right - left) * 0.55)
            paint_labels(painter, self._theme, row.content.tags, QRectF(right - room, box.top(), room, box.height()))
            right -= room + 8
        people = metrics.elidedText(meta_of(row), Qt.TextElideMode.ElideRight, max(0.0, right - left))
        painter.setPen(self._theme.color(ColourRole.MUTED))
        painter.drawText(QRectF(left, box.top(), right - left, box.height()), middle, people)

    def chip_rect(self, rect: QRect, row: NoteRow) -> QRect:
        size = chip_size(self._theme, kind_chip(row.content.kind))
        top = rect.bottom() - GAP - INNER - FOOT + 1
        return QRect(QPoint(rect.left() + SIDE + INNER, top), size)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box = option.rect.adjusted(SIDE, 1, -SIDE, -GAP + 1)
        if isinstance(editor, NoteEditor):
            editor.least = box.height()
        editor.setGeometry(box.x(), box.y(), box.width(), max(box.height(), editor.height()))


def paint_place(painter: QPainter, theme: Appearance, left: QPointF, width: float) -> None:
    """Paint the place where a dragged card would be inserted."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ColourRole.PRIMARY))
    painter.drawRoundedRect(QRectF(left.x(), left.y() - 1.5, width, 3), 1.5, 1.5)
