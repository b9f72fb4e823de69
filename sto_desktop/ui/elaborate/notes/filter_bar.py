"""The filter bar above the notes: search, one button per theme, kind, star, and open work."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sto_desktop.domain.bookkeeping import SavedSearch
from sto_desktop.domain.panel.note_filter import NoteFilter, NoteScope, from_json
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.language import tr
from sto_desktop.ui.elaborate.notes.filter_menu import FilterChoices, FilterMenu
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import CONTROL_HEIGHT, CONTROL_RADIUS, ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.notes_model import MIME, notes_of_mime
from sto_desktop.ui.widgets import Button, RowButton, SearchField, TextLabel, paint_focus_ring

NARROW_SEARCH = 100
NARROW_KIND = 126
LEAST_SEARCH, WIDEST_SEARCH = 150, 248
# Qt's own constant, which PySide does not export.
QWIDGETSIZE_MAX = (1 << 24) - 1
NARROW = 600
"""Below this width, in px, the themes get a line of their own."""


class FilterButton(RowButton):
    """A toggle button, filled when on; `quiet` has no border.

    Without room for the whole text it is elided; where that would leave nothing readable, `short` (or the icon alone)
    is shown.
    """

    dropped = Signal(object)
    """Ids of notes dropped on it, if it accepts drops (`setAcceptDrops`)."""
    SIDE = 14.0
    LEAST_LETTERS = 8

    def __init__(
        self, theme: Appearance, text: str, *, icon: str = "", quiet: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._quiet = quiet
        self._short = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self.setDown(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.setDown(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.setDown(False)
        event.acceptProposedAction()
        self.dropped.emit(notes_of_mime(event.mimeData()))

    def set_text(self, text: str, tooltip: str = "", short: str = "") -> None:
        """Set the text; the tooltip always shows it in full."""
        self._word = text
        self.setText(plain.word(text))
        self._short = short or ("" if self._icon_name else text)
        self.setAccessibleName(tooltip or text)
        plain.set_tip(self, tooltip or text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._size(self._word, self._side())

    def minimumSizeHint(self) -> QSize:
        return self._size(self._short, 8.0)

    def _side(self) -> float:
        return 8.0 if self._quiet or not self._word else self.SIDE

    def _size(self, text: str, side: float) -> QSize:
        words = QFontMetricsF(self._theme.font(TextStyle.BODY_STRONG)).horizontalAdvance(text)
        icon = 18.0 + (6.0 if text else 0.0) if self._icon_name else 0.0
        return QSize(math.ceil(words + icon + 2 * side), CONTROL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        on, over = self.isChecked(), (self.underMouse() and self.isEnabled()) or self.isDown()
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ink = color(ColourRole.ON_PRIMARY if on else ColourRole.MUTED if self._quiet else ColourRole.INK)
        if on or not self._quiet:
            line = ColourRole.PRIMARY if on else ColourRole.CONTROL if over else ColourRole.LINE
            painter.setPen(QPen(color(line), 1.0))
            painter.setBrush(color(ColourRole.PRIMARY if on else ColourRole.SURFACE))
            painter.drawRoundedRect(rect, CONTROL_RADIUS, CONTROL_RADIUS)
        elif over:
            ink = color(ColourRole.PRIMARY)
        side = self._side() if self.width() >= self.sizeHint().width() else 8.0
        left = side
        if self._icon_name:
            box = QRectF(left, (self.height() - 18) / 2, 18, 18)
            self._theme.paint_icon(painter, self._icon_name, box, ink)
            left += 24
        painter.setFont(self._theme.font(TextStyle.BODY_STRONG if on else TextStyle.BODY_MEDIUM))
        painter.setPen(ink)
        room = self.width() - left - side + 2
        words = QFontMetricsF(painter.font()).elidedText(self._word, Qt.TextElideMode.ElideRight, room)
        align = Qt.AlignmentFlag.AlignVCenter
        # A few letters and an ellipsis would be unreadable.
        if words != self._word and len(words) < self.LEAST_LETTERS:
            words = self._short
            align |= Qt.AlignmentFlag.AlignHCenter
        painter.drawText(QRectF(left, 0, room, self.height()), align, words)
        if self.hasFocus():
            ring = color(ColourRole.ON_PRIMARY if on else ColourRole.PRIMARY)
            paint_focus_ring(painter, QRectF(self.rect()), ring, CONTROL_RADIUS, inset=3.0 if on else 0.0)


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A theme as the bar shows it."""

    id: str
    label: str
    title: str
    short: str = ""


class FilterBar(QWidget):
    """The bar; `changed` carries the `NoteFilter`; the search text is signalled by `search` itself."""

    changed = Signal(object)
    labels_asked = Signal()
    save_asked = Signal()
    forget_asked = Signal(object)
    notes_dropped = Signal(str, object)
    """A theme, and the ids of notes dropped on its button."""

    def __init__(self, theme: Appearance, search_hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._search_hint = search_hint
        self._filter = NoteFilter()
        self.choices = FilterChoices()
        self._board = False
        self._choices: tuple[ThemeChoice, ...] = ()
        self._buttons: dict[str | NoteScope, FilterButton] = {}
        self.search = SearchField(theme, tr("Zoek in alles…"), hint=search_hint)
        self.search.setAccessibleName(tr("Zoeken in notities, panelleden, inzichten en aanbevelingen"))
        self.search.setMinimumWidth(LEAST_SEARCH)
        self.search.setMaximumWidth(WIDEST_SEARCH)
        self._themes = QHBoxLayout()
        self._themes.setSpacing(Space.S)
        self._top = top = QHBoxLayout()
        top.setSpacing(Space.S)
        top.addWidget(self.search)
        top.addLayout(self._themes, 1)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Soort notitie"))
        self.kind.addItem(tr("Alle soorten"), None)
        for kind in NoteKind:
            self.kind.addItem(tr(kind.word), kind)
        self.kind.activated.connect(self._set_kind)
        self.starred = FilterButton(theme, tr("Met ster"), icon="star")
        self.starred.setObjectName("filter_starred")
        self.starred.clicked.connect(lambda on: self._set(replace(self._filter, starred=on)))
        self.todo = FilterButton(theme, tr("Nog te doen"), icon="filter")
        self.todo.setObjectName("filter_todo")
        plain.set_tip(self.todo, tr("Alleen notities die nog niet gebruikt of opzij gelegd zijn"))
        self.todo.clicked.connect(lambda on: self._set(replace(self._filter, todo=on)))
        self.more = FilterButton(theme, tr("Meer"), icon="more")
        self.more.setObjectName("filter_more")
        self.more.set_text(tr("Meer"), tr("Meer filters, groeperen, sorteren en bewaarde zoekopdrachten"))
        self.more.clicked.connect(self.open_menu)
        self.count = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self.clear = Button(theme, tr("Alles tonen"), command="filter_clear", on_click=self.reset)
        self.clear.hide()
        self._below = below = QHBoxLayout()
        below.setSpacing(Space.S)
        for widget in (self.kind, self.starred, self.todo, self.more, self.count):
            below.addWidget(widget)
        below.addStretch(1)
        below.addWidget(self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.L, 10, Space.L, Space.S)
        layout.setSpacing(Space.S)
        layout.addLayout(top)
        layout.addLayout(below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window there is room for the themes beside the search field only as numbers.
        line = self._below if self.width() < NARROW else self._top
        if line.indexOf(self.search) < 0:
            line.insertWidget(0, self.search)
        self._share_room()

    def _share_room(self) -> None:
        """Divide the width of a narrow bar equally among the themes; buttons with an icon get only what they need."""
        narrow = self.width() < NARROW
        self.search.setMinimumWidth(NARROW_SEARCH if narrow else LEAST_SEARCH)
        self.search.setMaximumWidth(WIDEST_SEARCH)
        self.search.setPlaceholderText(tr("Zoek…") if narrow else tr("Zoek in alles…"))
        self.search.set_hint("" if narrow else self._search_hint)
        self.kind.setMaximumWidth(NARROW_KIND if narrow else QWIDGETSIZE_MAX)
        self.kind.setMinimumWidth(NARROW_KIND if narrow else 0)
        self.clear.setText(tr("Alles") if narrow else tr("Alles tonen"))
        self.clear.setAccessibleName(tr("Alles tonen"))
        self.count.setVisible(not narrow or not self.clear.isVisibleTo(self))
        for button in (self.starred, self.todo, self.more):
            button.setMaximumWidth(button.minimumSizeHint().width() if narrow else QWIDGETSIZE_MAX)
        themes = [self._buttons[choice.id] for choice in self._choices]
        if not themes:
            return
        room = self.width() - 2 * Space.L - self._buttons[NoteScope.ALL].sizeHint().width() - Space.S * len(themes)
        for button in themes:
            button.setMaximumWidth(room // len(themes) if narrow else QWIDGETSIZE_MAX)

    @property
    def filter(self) -> NoteFilter:
        """The current filter."""
        return self._filter

    def button(self, scope: str | NoteScope) -> FilterButton:
        """Return the button of a theme, of all themes, or of the unassigned notes."""
        return self._buttons[scope]

    def show_themes(self, choices: Sequence[ThemeChoice], unassigned: int) -> None:
        """Offer these themes; keep the selected one if it still exists."""
        if tuple(choices) != self._choices or not self._buttons:
            self._choices = tuple(choices)
            self._build()
        loose = self._buttons[NoteScope.UNASSIGNED]
        loose.set_text(tr("Niet ingedeeld {n}", n=unassigned))
        loose.setVisible(unassigned > 0 or self._filter.scope is NoteScope.UNASSIGNED)
        if self._filter.scope not in self._buttons:
            self._filter = replace(self._filter, scope=NoteScope.ALL)
        self._show()

    def _build(self) -> None:
        while self._themes.takeAt(0) is not None:
            continue
        for old in self._buttons.values():
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._buttons = {NoteScope.ALL: FilterButton(self._theme, tr("Alle"))}
        for choice in self._choices:
            button = FilterButton(self._theme, choice.label)
            button.set_text(choice.label, choice.title, choice.short)
            button.setAcceptDrops(True)
            button.dropped.connect(partial(self.notes_dropped.emit, choice.id))
            self._buttons[choice.id] = button
        self._buttons[NoteScope.UNASSIGNED] = FilterButton(self._theme, "", quiet=True)
        for scope, button in self._buttons.items():
            button.setObjectName("filter_theme")
            button.clicked.connect(partial(self.set_scope, scope))
            if scope is NoteScope.UNASSIGNED:
                self._below.insertWidget(self._below.indexOf(self.count), button)
            else:
                self._themes.addWidget(button)
        self._themes.addStretch(1)
        self._share_room()

    def set_board(self, board: bool) -> None:
        """Hide the filters that have no meaning on a board."""
        self._board = board

    def menu(self) -> FilterMenu:
        """Return the menu with the other filters."""
        searching = bool(self.search.text().strip())
        menu = FilterMenu(self._filter, self.choices, self, board=self._board, searching=searching)
        menu.changed.connect(self._set)
        menu.load_asked.connect(self.load)
        menu.labels_asked.connect(self.labels_asked)
        menu.save_asked.connect(self.save_asked)
        menu.forget_asked.connect(self.forget_asked)
        return menu

    def open_menu(self) -> None:
        """Open that menu below its button."""
        self._show()
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def load(self, search: SavedSearch) -> None:
        """Apply a saved search."""
        wanted, words = from_json(search.query)
        self.search.setText(words)
        self.set_filter(wanted)

    def set_filter(self, wanted: NoteFilter) -> None:
        """Apply this filter."""
        self._set(wanted)

    def set_scope(self, scope: str | NoteScope) -> None:
        """Show one theme; a second time shows all."""
        again = scope == self._filter.scope
        self._set(replace(self._filter, scope=NoteScope.ALL if again else scope))

    def reset(self) -> None:
        """Clear all filters and the search."""
        self.search.clear()
        self._set(NoteFilter())

    def ask(self, wanted: NoteFilter) -> None:
        """Apply a filter that comes from elsewhere, such as a number in the matrix."""
        self.search.clear()
        self._set(wanted)

    def _set_kind(self) -> None:
        kind = self.kind.currentData()
        self._set(replace(self._filter, kind=NoteKind(kind) if kind else None))

    def _set(self, wanted: NoteFilter) -> None:
        self._filter = wanted
        self._show()
        self.changed.emit(wanted)

    def _show(self) -> None:
        for scope, button in self._buttons.items():
            button.setChecked(scope == self._filter.scope)
        self.kind.setCurrentIndex(max(0, self.kind.findData(self._filter.kind)))
        self.starred.setChecked(self._filter.starred)
        self.todo.setChecked(self._filter.todo)
        plain = NoteFilter(
            scope=self._filter.scope, kind=self._filter.kind, starred=self._filter.starred, todo=self._filter.todo
        )
        self.more.setChecked(self._filter != plain)

    def show_count(self, text: str, *, narrowed: bool) -> None:
        """Show how many notes are listed; `narrowed` offers to show all."""
        self.count.setText(text)
        self.count.setMinimumWidth(0 if narrowed else self.count.sizeHint().width())
        self.clear.setVisible(narrowed)
        self.count.setVisible(self.width() >= NARROW or not narrowed)
