"""The list of completions for an `@` or `#`, which never takes the focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from sto_desktop.domain.capture.language import Completions, Option
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import CARD_RADIUS, CONTROL_RADIUS, ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import key_hint_width, paint_key_hint

LINES = 8
LINE_HEIGHT = 30
WIDTH = 320
GAP = 10
BORDER = 8
"""Height in px of what is above and below the lines."""


class _OptionDelegate(QStyledItemDelegate):
    def __init__(self, theme: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        # As wide as the list: a wider row would be cut on the right.
        return QSize(0, LINE_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(ColourRole.PRIMARY_SOFT))
            painter.drawRoundedRect(rect, CONTROL_RADIUS, CONTROL_RADIUS)
        room = rect.width() - 20
        # Tab accepts the selected option, or the only one.
        if chosen or index.model().rowCount() == 1:
            key = tr("Tab")
            width = key_hint_width(self._theme, key)
            room -= width + 8
            paint_key_hint(painter, self._theme, rect.topRight() + QPointF(-int(width) - 8, 6), key)
        font = self._theme.font(TextStyle.BODY_MEDIUM if chosen else TextStyle.BODY)
        text = QFontMetricsF(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(self._theme.color(ColourRole.PRIMARY if chosen else ColourRole.INK))
        painter.drawText(rect.adjusted(10, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class OfferArea:
    """A mixin of a widget inside which the lists of its fields stay, so that they never cover what is beside it."""


class CompletionList(QFrame):
    """Completions of an `@` or `#`. `accepted` carries the `Option` that was clicked; the editor handles the keys."""

    accepted = Signal(object)

    def __init__(self, theme: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._options: tuple[Option, ...] = ()
        # The keyboard stays in the field, which passes on the keys that move the selection.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_OptionDelegate(theme, self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setStyleSheet("QListWidget { border: none; background: transparent; }")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(tr("Aanvullen"))
        self._list.itemClicked.connect(lambda line: self.accepted.emit(self._options[self._list.row(line)]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._list)
        self.hide()

    @property
    def options(self) -> tuple[Option, ...]:
        """The offered options."""
        return self._options if self.isVisible() else ()

    @property
    def chosen(self) -> Option | None:
        """The option selected with the arrow keys. None at first, so that Enter saves the note."""
        row = self._list.currentRow()
        return self._options[row] if self.isVisible() and 0 <= row < len(self._options) else None

    @property
    def taken_by_tab(self) -> Option | None:
        """The option that Tab accepts: the selected one, or the only one."""
        only = self._options[0] if self.isVisible() and len(self._options) == 1 else None
        return self.chosen or only

    def offer(self, matches: Completions, at: QPoint, field_height: int) -> None:
        """Show the options at a point of the parent; see `place`."""
        if not matches.options:
            self.hide()
            return
        if matches.options != self._options:
            self._options = matches.options
            self._list.clear()
            for option in matches.options:
                self._list.addItem(QListWidgetItem(option.label))
        self._list.setCurrentRow(-1)
        self.place(at, field_height)
        self.show()
        # Above its siblings that were made later.
        self.raise_()

    def place(self, at: QPoint, field_height: int) -> None:
        """Put the left edge at a point of the parent: above the field of this height, or where there is more room."""
        parent = self._over
        below = at.y() + field_height + GAP
        rooms = at.y() - GAP, parent.height() - below
        fitting = [(room - BORDER) // LINE_HEIGHT for room in rooms]
        wanted = min(LINES, len(self._options))
        lines = max(1, min(wanted, max(fitting)))
        height = LINE_HEIGHT * lines + BORDER
        # Keep the list inside its area, with whole lines.
        left = max(4, min(at.x() - 14, parent.width() - WIDTH - 4))
        above = fitting[0] >= min(wanted, fitting[1])
        self.setGeometry(left, at.y() - GAP - height if above else below, min(WIDTH, parent.width() - 8), height)

    def move_by(self, lines: int) -> None:
        """Move the selection down by some lines, wrapping around; from none to the first or the last."""
        row = self._list.currentRow()
        if self._options:
            at = (row + lines) % len(self._options) if row >= 0 else 0 if lines > 0 else len(self._options) - 1
            self._list.setCurrentRow(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color(ColourRole.CONTROL))
        painter.setBrush(self._theme.color(ColourRole.SURFACE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)
