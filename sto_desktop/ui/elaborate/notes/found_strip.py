"""Search results other than notes, as lines above them: members, what they sent in, insights, recommendations."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sto_desktop.language import counted, tr, tr_later
from sto_desktop.storage.read.note_list import OtherResult
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import CONTROL_RADIUS, ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.listing import WRITTEN, Marker
from sto_desktop.ui.widgets import RowButton, TextLabel, paint_focus_ring

MOST_SHOWN = 4
HEIGHT = 28
ICONS = {"panelist": "person", WRITTEN: "edit", "insight": "insight", "recommendation": "recommendation"}
NAMES = {
    "panelist": tr_later("Panellid"),
    WRITTEN: tr_later("Schriftelijke inbreng"),
    "insight": tr_later("Inzicht"),
    "recommendation": tr_later("Aanbeveling"),
}


def paint_marks(
    painter: QPainter, theme: Appearance, marker: Marker, line: str, metrics: QFontMetricsF, box: QRectF
) -> None:
    """Paint a background behind the matching words in a line of text; `box` is the rectangle of that line."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ColourRole.WARN_SOFT))
    for start, end in marker.spans(line):
        left = box.left() + metrics.horizontalAdvance(line[:start])
        width = metrics.horizontalAdvance(line[start:end])
        painter.drawRoundedRect(QRectF(left - 1.5, box.top() + 1, width + 3, box.height() - 2), 3, 3)


class FoundLine(RowButton):
    """One search result: icon, text with the matches marked, and its type."""

    def __init__(self, theme: Appearance, result: OtherResult, marker: Marker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marker = marker
        self.result = result
        self.setObjectName("search")
        self._words = " ".join(result.text.split())
        self.setText(f"{tr(NAMES[result.table])}: {self._words}")
        self.setAccessibleName(self.text())
        plain.set_tip(self, result.text if not result.detail else f"{result.text}\n{result.detail}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        rect = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ColourRole.SUNKEN))
            painter.drawRoundedRect(rect, CONTROL_RADIUS, CONTROL_RADIUS)
        icon = QRectF(8, (HEIGHT - 16) / 2, 16, 16)
        self._theme.paint_icon(painter, ICONS[self.result.table], icon, color(ColourRole.MUTED))
        kind = tr(NAMES[self.result.table])
        small = self._theme.font(TextStyle.SECONDARY)
        taken = QFontMetricsF(small).horizontalAdvance(kind)
        font = self._theme.font(TextStyle.BODY)
        metrics = QFontMetricsF(font)
        box = QRectF(32, 3, max(0.0, rect.width() - 32 - taken - 24), HEIGHT - 6)
        detail = f" · {self.result.detail}" if self.result.table == "panelist" and self.result.detail else ""
        words = metrics.elidedText(self._words + detail, Qt.TextElideMode.ElideRight, box.width())
        paint_marks(painter, self._theme, self._marker, words, metrics, box)
        painter.setFont(font)
        painter.setPen(color(ColourRole.INK))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(small)
        painter.setPen(color(ColourRole.MUTED))
        painter.drawText(rect.adjusted(0, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, kind)
        if self.hasFocus():
            paint_focus_ring(painter, rect, color(ColourRole.PRIMARY), CONTROL_RADIUS)


class FoundStrip(QWidget):
    """The strip; `opened` carries the result that was activated."""

    opened = Signal(object)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[OtherResult, ...] = ()
        self._starts = Marker("")
        self.lines: list[FoundLine] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(Space.L, 0, Space.L, Space.S)
        self._body.setSpacing(0)
        self._more = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self._more.setContentsMargins(Space.XXL, 0, 0, 0)
        self._body.addWidget(self._more)
        self.hide()

    def show_found(self, results: Sequence[OtherResult], marker: Marker) -> None:
        """Show the first few results, and how many more there are."""
        shown = tuple(results[:MOST_SHOWN])
        self.setVisible(bool(results))
        hidden = len(results) - len(shown)
        self._more.setText(counted(hidden, "en nog {n} …", "en nog {n} …") if hidden else "")
        self._more.setVisible(hidden > 0)
        if shown == self._shown and marker == self._starts:
            return
        self._shown, self._starts = shown, marker
        for line in self.lines:
            self._body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [FoundLine(self._theme, result, marker) for result in shown]
        for at, line in enumerate(self.lines):
            line.clicked.connect(lambda _checked=False, line=line: self.opened.emit(line.result))
            self._body.insertWidget(at, line)
            line.show()
