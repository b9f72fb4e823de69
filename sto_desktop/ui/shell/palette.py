"""The palette (Ctrl+K): one field that searches all commands, themes, questions, members and notes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
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

from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.finding import PaletteGroup, PaletteItem, PaletteProvider, rank
from sto_desktop.ui.widgets import Hairline, ListKeys, TextLabel, key_hint_width, paint_key_hint
from sto_desktop.ui.widgets.fields import SearchField
from sto_desktop.ui.widgets.keyhint import HEIGHT as KEY_HEIGHT

__all__ = ["CommandPalette", "PaletteGroup", "PaletteItem", "PaletteProvider", "rank"]


FROM_TOP, MARGIN = 72, 20
"""Most distance from the top of the window, and distance from its other edges, in px."""
HEADING, LINE = 28, 36
"""Heights of the rows, in px."""
BESIDE = 40
"""Height of the edges and gaps around field and list, in px."""


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        heading = index.data(Qt.ItemDataRole.UserRole) is None
        return QSize(200, HEADING if heading else LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: PaletteItem | None = index.data(Qt.ItemDataRole.UserRole)
        color, font = self._theme.color, self._theme.font
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = Qt.AlignmentFlag.AlignVCenter
        if item is None:
            painter.setFont(font(TextStyle.SMALL_STRONG))
            painter.setPen(color(ColourRole.MUTED))
            words = index.data(Qt.ItemDataRole.DisplayRole)
            painter.drawText(rect.adjusted(12, 6, 0, 0), middle, words)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ColourRole.PRIMARY_SOFT))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 6, 6)
        right = rect.right() - 12
        if item.key:
            right -= key_hint_width(self._theme, item.key)
            at = QRectF(right, rect.center().y() - KEY_HEIGHT / 2, 0, 0).topLeft()
            paint_key_hint(painter, self._theme, at, item.key)
            right -= 8
        left = rect.left() + 12
        painter.setFont(font(TextStyle.BODY))
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(item.text, Qt.TextElideMode.ElideRight, right - left)
        painter.setPen(color(ColourRole.INK if item.able else ColourRole.MUTED))
        painter.drawText(QRectF(left, rect.top(), right - left, rect.height()), middle, text)
        left += metrics.horizontalAdvance(text) + 10
        if item.detail and right - left > 40:
            painter.setFont(font(TextStyle.SECONDARY))
            painter.setPen(color(ColourRole.MUTED))
            metrics = QFontMetricsF(painter.font())
            detail = metrics.elidedText(item.detail, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(QRectF(left, rect.top(), right - left, rect.height()), middle, detail)
        painter.restore()


class CommandPalette(QFrame):
    """The popup. `open_over` shows it at the top of a window; Enter runs the selection, Esc closes, arrow keys
    select."""

    WIDTH = 640
    MOST_HEIGHT = 460

    def __init__(self, theme: Appearance, providers: Sequence[PaletteProvider], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(tr("Alles zoeken"))
        self.setAccessibleName(tr("Alles zoeken"))
        self._providers = providers
        self._most = self.MOST_HEIGHT
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._ground = PaletteFrame(self)
        outer.addWidget(self._ground)
        layout = QVBoxLayout(self._ground)
        layout.setContentsMargins(1, Space.S, 1, Space.XS)
        layout.setSpacing(Space.S)
        self.field = SearchField(theme, tr("Zoek een opdracht, vraag, panellid of notitie…"), plain=True)
        self.field.setAccessibleName(tr("Alles zoeken"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._find)
        self.list = QListWidget()
        self.list.setProperty("flat", True)
        self.list.setAccessibleName(tr("Gevonden"))
        # The keyboard stays in the field; `ListKeys` passes on the keys that move the selection.
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Delegate(theme, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Headings are lower than results.
        self.list.setUniformItemSizes(False)
        self.list.itemClicked.connect(self._do)
        ListKeys(self.field, self.list)
        self.nothing = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED)
        self.nothing.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        layout.addWidget(self.field)
        layout.addWidget(Hairline())
        layout.addWidget(self.list)
        layout.addWidget(self.nothing)

    def open_over(self, window: QWidget) -> None:
        """Show the palette, with an empty query, at the top of `window`."""
        self.field.clear()
        width = min(self.WIDTH, window.width() - 2 * MARGIN)
        top = min(FROM_TOP, window.height() // 10)
        self._most = window.height() - top - MARGIN
        self.setFixedWidth(width)
        self._find()
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, top)))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def items(self) -> list[PaletteItem]:
        """The offered items, in order."""
        rows = (self.list.item(number).data(Qt.ItemDataRole.UserRole) for number in range(self.list.count()))
        return [item for item in rows if item is not None]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.list.currentItem())
        elif key == Qt.Key.Key_Escape or (
            key == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.close()
        else:
            return False
        return True

    def _find(self) -> None:
        query = self.field.text()
        results = rank(query, [item for provider in self._providers for item in provider(query)])
        self.list.clear()
        group: PaletteGroup | None = None
        for item in results:
            if item.group is not group:
                group = item.group
                heading = QListWidgetItem(tr(group.value))
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(heading)
            line = QListWidgetItem(item.text)
            line.setData(Qt.ItemDataRole.UserRole, item)
            self.list.addItem(line)
        self.nothing.setText(tr("Niets gevonden voor “{query}”.", query=query) if not results else "")
        self.nothing.setVisible(not results)
        self.list.setVisible(bool(results))
        headings = self.list.count() - len(results)
        height = headings * HEADING + len(results) * LINE
        # The field and the edges around the list stay in sight too.
        beside = self.field.sizeHint().height() + BESIDE
        self.list.setFixedHeight(min(height + 4, self.MOST_HEIGHT, self._most - beside))
        # The layouts have not yet processed which widgets were shown and hidden.
        for inside in (self._ground.layout(), self.layout()):
            if inside is not None:
                inside.activate()
        self.setFixedHeight(self.sizeHint().height())
        if results:
            # Row 0 is the first heading.
            self.list.setCurrentRow(1)

    def _do(self, line: QListWidgetItem | None) -> None:
        item: PaletteItem | None = line.data(Qt.ItemDataRole.UserRole) if line is not None else None
        if item is None:
            return
        # Close first, so that the item runs with the focus where the user left it.
        self.close()
        item.run()


class PaletteFrame(QFrame):
    """The background of the palette."""
