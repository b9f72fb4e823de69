"""Labels in the type scale, with its line heights, that wrap or end in an ellipsis."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance

WIDEST = 16777215.0
WIDTHS_KEPT = 8
WIDEST_WISH = 480
"""No label asks for more width than this, in px: longer lines are hard to read."""


@dataclass(frozen=True)
class SetText:
    """A text broken into lines for a width: `width` is that of its longest line, in px."""

    lines: tuple[str, ...]
    width: float
    line_height: int
    font: QFont
    elided: bool

    @property
    def height(self) -> int:
        """Height of all lines, in px."""
        return self.line_height * len(self.lines)

    def paint(
        self,
        painter: QPainter,
        rect: QRectF,
        color: QColor,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Paint from the top of `rect`, each line on its baseline."""
        metrics = QFontMetricsF(self.font)
        painter.setFont(self.font)
        painter.setPen(color)
        top = rect.top() + (self.line_height - metrics.height()) / 2 + metrics.ascent()
        for number, line in enumerate(self.lines):
            left = rect.left()
            if align & (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignHCenter):
                free = rect.width() - metrics.horizontalAdvance(line)
                left += free if align & Qt.AlignmentFlag.AlignRight else free / 2
            painter.drawText(QPointF(left, top + number * self.line_height), line)


def set_text(text: str, font: QFont, line_height: int, width: float, max_lines: int | None = None) -> SetText:
    """Break `text` into lines of at most `width` px; more than `max_lines` end in an ellipsis. For labels and
    delegates."""
    metrics = QFontMetricsF(font)
    if max_lines == 1 or (width >= WIDEST and "\n" not in text):
        line = text.replace("\n", " ")
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
        return SetText((shown,), metrics.horizontalAdvance(shown), line_height, font, shown != line)
    lines: list[str] = []
    elided = False
    for line, remaining in _broken(text, font, width):
        if max_lines is not None and len(lines) == max_lines - 1 and remaining != line:
            shown = metrics.elidedText(remaining.replace("\n", " "), Qt.TextElideMode.ElideRight, width)
            elided = shown != remaining
            lines.append(shown)
            break
        lines.append(line)
    # An empty text still has the height of a line.
    if not lines:
        lines.append("")
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    return SetText(tuple(lines), widest, line_height, font, elided)


def _broken(text: str, font: QFont, width: float) -> Iterator[tuple[str, str]]:
    """Yield each line, with all text from that line on."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    start = 0
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(width)
            at, length = line.textStart(), line.textLength()
            yield paragraph[at : at + length].rstrip(), text[start + at :]
            line = layout.createLine()
        layout.endLayout()
        start += len(paragraph) + 1


class TextLabel(QLabel):
    """Plain text in a style and a colour role.

    `lines=None` wraps freely; `lines=1` stays on one line and ends in an ellipsis, with the whole text as tooltip.
    """

    def __init__(
        self,
        theme: Appearance,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        role: ColourRole = ColourRole.INK,
        *,
        lines: int | None = None,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style
        self._role = role
        self._lines = lines
        self._tabular = tabular
        self._set: dict[float, SetText] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align)
        self.setFont(theme.font(style, tabular=tabular))
        vertical = QSizePolicy.Policy.Fixed if lines == 1 else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        # This class breaks lines itself; the flag makes QLabel report that its height depends on its width.
        self.setWordWrap(lines != 1)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Set the text."""
        if text == self.text():
            return
        super().setText(text)
        self._set.clear()
        self._offer_whole_text()
        self.updateGeometry()

    def set_role(self, role: ColourRole) -> None:
        """Take the colour of another role."""
        self._role = role
        self.update()

    def set_style(self, style: TextStyle) -> None:
        """Set another style of the type scale."""
        if style is self._style:
            return
        self._style = style
        self._set.clear()
        self.setFont(self._theme.font(style, tabular=self._tabular))
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        return self._broken(min(width, self.maximumWidth())).height

    def hasHeightForWidth(self) -> bool:
        return self._lines != 1

    def sizeHint(self) -> QSize:
        if self._lines == 1:
            text = self._broken(WIDEST)
            return QSize(math.ceil(text.width) + 1, text.height)
        natural = self._broken(WIDEST)
        width = min(math.ceil(natural.width) + 1, WIDEST_WISH, self.maximumWidth())
        return QSize(width, self._broken(width).height)

    def minimumSizeHint(self) -> QSize:
        if self._lines == 1:
            # Half a number is another number: a count or a clock is not cut off.
            least = 3 * self._style.line if self._tabular else 32
            return QSize(min(self.sizeHint().width(), least), self._style.line)
        return QSize(min(self.sizeHint().width(), 64), self._style.line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_whole_text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.contentsRect())
        text = self._broken(rect.width())
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            rect.setTop(rect.top() + (rect.height() - text.height) / 2)
        color = self._theme.color(self._role if self.isEnabled() else ColourRole.CONTROL)
        text.paint(painter, rect, color, self.alignment())

    def _broken(self, width: float) -> SetText:
        # Cached: a layout asks for the same few widths many times.
        if width not in self._set:
            # A window that is resized asks for many widths: keep only recent ones.
            if len(self._set) >= WIDTHS_KEPT:
                self._set.clear()
            font = self._theme.font(self._style, tabular=self._tabular)
            self._set[width] = set_text(self.text(), font, self._style.line, width, self._lines)
        return self._set[width]

    def _offer_whole_text(self) -> None:
        if self._lines is not None:
            elided = self.width() > 0 and self._broken(self.contentsRect().width()).elided
            plain.set_tip(self, self.text() if elided else "")


class MarkedLabel(QLabel):
    """A wrapping text with some pieces highlighted and underlined, as given by `pieces`."""

    def __init__(self, theme: Appearance, pieces: Sequence[tuple[str, bool]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground, ink = theme.color(ColourRole.WARN_SOFT).name(), theme.color(ColourRole.INK).name()
        look = {False: f"color: {ink}", True: f"color: {ink}; background-color: {ground}; text-decoration: underline"}
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setFont(theme.font(TextStyle.BODY))
        # A marked space would show as a coloured gap.
        self.setText(plain.marked([(text, look[marked and bool(text.strip())]) for text, marked in pieces]))
        self.setAccessibleName("".join(text for text, _ in pieces))
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setMinimumWidth(120)


class ElidedLabel(TextLabel):
    """One line that ends in an ellipsis when it does not fit."""

    def __init__(
        self,
        theme: Appearance,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        role: ColourRole = ColourRole.INK,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, style, role, lines=1, parent=parent)


class SectionLabel(TextLabel):
    """The small bold heading over a group: "Recent", "Panelleden (7)"."""

    def __init__(self, theme: Appearance, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, text, TextStyle.SECONDARY_STRONG, ColourRole.MUTED, lines=1, parent=parent)
