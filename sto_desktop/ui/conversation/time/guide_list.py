"""The guide on the left: every question with its number of notes. The current one and missed ones are marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import CONTROL_RADIUS, ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import paint_focus_ring

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A line of the guide: a theme (no question) or a question. `side` is the text on the right."""

    text: str
    question: str | None = None
    theme: str = ""
    side: str = ""
    current: bool = False
    open: bool = False
    skipped: bool = False


def guide_lines(
    guide: GuideContent, counts: Mapping[str, int], open_ones: Collection[str], current: str | None
) -> list[GuideLine]:
    """Return the lines of a guide; conversation themes are numbered."""
    lines = []
    number = 0
    for theme in guide.themes:
        number += theme.is_conversation
        title = f"{number} {theme.short_title}" if theme.is_conversation else theme.short_title
        side = tr("{n} min", n=theme.minutes) if not theme.questions and theme.minutes else ""
        lines.append(GuideLine(title, theme=theme.id, side=side))
        for question in theme.questions:
            count = counts.get(question.id, 0)
            is_open = question.id in open_ones
            side = str(count) if count else tr("open") if is_open else "–"
            # A skipped question with notes keeps its count, so that these are not overlooked.
            if question.skipped and not count:
                side = tr("vervalt")
            lines.append(
                GuideLine(
                    question.short_text, question.id, theme.id, side, question.id == current, is_open, question.skipped
                )
            )
    return lines


class _GuideModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[GuideLine] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.text}, {_said(line)}" if line.question else line.text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Themes are headings and can't be selected.
        if self.lines[index.row()].question is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def set_lines(self, lines: list[GuideLine]) -> None:
        """Replace the lines; for the same questions only those that differ are repainted."""
        if [(line.text, line.question) for line in lines] != [(line.text, line.question) for line in self.lines]:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
            return
        before, self.lines = self.lines, lines
        for row, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))


def _said(line: GuideLine) -> str:
    if line.side.isdigit():
        return counted(int(line.side), "{n} notitie", "{n} notities")
    return line.side if line.open or line.skipped else tr("nog geen notities")


ROOMY, TIGHT = 30, 24
"""Heights of a line, in px: the larger if all lines fit, the smaller to avoid scrolling."""

ABOVE_THEME = 4
"""Space above a theme, in px."""


class _GuideDelegate(QStyledItemDelegate):
    def __init__(self, theme: Appearance, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self.line_height = ROOMY

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # The first theme has nothing above it, so it needs no space there.
        if index.row() == 0:
            return QSize(100, TIGHT)
        line: GuideLine = index.data(LINE)
        return QSize(100, self.line_height + (ABOVE_THEME if line.question is None else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: GuideLine = index.data(LINE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.question is None:
            self._paint_theme(painter, rect, line)
        else:
            over = bool(option.state & QStyle.StateFlag.State_MouseOver)
            focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
            self._paint_question(painter, rect, line, over=over, focus=focus)
        painter.restore()

    def _paint_theme(self, painter: QPainter, rect: QRectF, line: GuideLine) -> None:
        rect = rect.adjusted(8, rect.height() - TIGHT, -8, 0)
        self._words(painter, rect, line.text, TextStyle.SECONDARY_STRONG, ColourRole.MUTED, line.side, ColourRole.MUTED)

    def _paint_question(self, painter: QPainter, rect: QRectF, line: GuideLine, *, over: bool, focus: bool) -> None:
        if line.current or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(ColourRole.PRIMARY_SOFT if line.current else ColourRole.SUNKEN))
            painter.drawRoundedRect(rect, CONTROL_RADIUS, CONTROL_RADIUS)
        if focus:
            paint_focus_ring(painter, rect, self._theme.color(ColourRole.PRIMARY), CONTROL_RADIUS)
        style = TextStyle.BODY_STRONG if line.current else TextStyle.BODY
        role = ColourRole.PRIMARY if line.current else ColourRole.MUTED if line.skipped else ColourRole.INK
        side = ColourRole.WARN_TEXT if line.open else ColourRole.PRIMARY if line.current else ColourRole.MUTED
        self._words(painter, rect.adjusted(8, 0, -8, 0), line.text, style, role, line.side, side)

    def _words(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        style: TextStyle,
        role: ColourRole,
        side: str,
        side_role: ColourRole,
    ) -> None:
        small = self._theme.font(TextStyle.SECONDARY, tabular=True)
        width = QFontMetricsF(small).horizontalAdvance(side)
        painter.setFont(small)
        painter.setPen(self._theme.color(side_role))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, side)
        font = self._theme.font(style)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - width - 8)
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        base = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(rect.left(), round(base)), shown)


class GuideList(QListView):
    """The lines of the guide. `question_chosen` carries the id of a question that was clicked, or on which Enter or
    Space was pressed."""

    question_chosen = Signal(str)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _GuideModel(self)
        self.setModel(self._lines)
        self._delegate = _GuideDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setProperty("flat", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView, QListView:focus { border: none; background: transparent; }")
        # Opaque, so that a changed count repaints one line and not everything behind it.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = theme
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setAccessibleName(tr("Gespreksleidraad"))
        self.clicked.connect(self._choose)

    @property
    def lines(self) -> list[GuideLine]:
        """The displayed lines."""
        return self._lines.lines

    def set_lines(self, lines: list[GuideLine]) -> None:
        """Show the guide, with the current question visible."""
        before, count = self._current_row(), len(self.lines)
        self._lines.set_lines(lines)
        if len(lines) != count:
            self._fit()
        current = self._current_row()
        # Scroll only when the current question changes: the user may have scrolled to another place.
        if current != before and current >= 0:
            self.setCurrentIndex(self._lines.index(current))
            # Also show the line before it, so that a theme's first question is visible together with its theme.
            self.scrollTo(self._lines.index(max(0, current - 1)))
            self.scrollTo(self._lines.index(current))

    def _fit(self) -> None:
        """Give the lines the height at which all of them are visible, within bounds."""
        themes = sum(line.question is None for line in self.lines)
        room = self.viewport().height() - TIGHT - ABOVE_THEME * (themes - 1)
        height = max(TIGHT, min(ROOMY, room // max(1, len(self.lines) - 1)))
        if height != self._delegate.line_height:
            self._delegate.line_height = height
            self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color(ColourRole.BACKGROUND))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _current_row(self) -> int:
        return next((number for number, line in enumerate(self.lines) if line.current), -1)

    def _choose(self, index: QModelIndex) -> None:
        question = self.lines[index.row()].question
        if question is not None:
            self.question_chosen.emit(question)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressing = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if pressing and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)
