"""The table of arriving members: who is present, handed in the form, takes part, may be named or quoted, and leaves
when. It is operated with the arrow keys and Space.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sto_desktop.domain.dutch import clock
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import Presence, fold, presence_of
from sto_desktop.domain.typed import read_time_after
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.language import tr, tr_later
from sto_desktop.ui.fields.cells import EditedCells
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.wording import with_part
from sto_desktop.ui.prepare.members.members_model import CONSENT_OF_LETTER, NEXT_CONSENT
from sto_desktop.ui.prepare.members.members_paint import SIDE, CellPainter
from sto_desktop.ui.widgets import LineEdit, set_text

Index = QModelIndex | QPersistentModelIndex
ROW = 42
REST_MS = 900
"""Letters typed within this time are searched for as one text."""
NAME_LEAST = 144


class ArrivalColumn(IntEnum):
    """The columns, in order."""

    NAME = 0
    HERE = 1
    FORM = 2
    TAKING_PART = 3
    NAMED = 4
    QUOTED = 5
    LEAVES = 6


HEADINGS = (
    tr_later("Panellid"),
    tr_later("Er"),
    tr_later("Formulier"),
    tr_later("Doet mee"),
    tr_later("Naam"),
    tr_later("Citaat"),
    tr_later("Weg om"),
)
_FIELDS: Mapping[ArrivalColumn, str] = {
    ArrivalColumn.FORM: "form_in",
    ArrivalColumn.TAKING_PART: "consent_participation",
    ArrivalColumn.NAMED: "consent_name",
    ArrivalColumn.QUOTED: "consent_quote",
    ArrivalColumn.LEAVES: "leaves_at",
}
_WIDTHS = {
    ArrivalColumn.HERE: 48,
    ArrivalColumn.FORM: 84,
    ArrivalColumn.TAKING_PART: 84,
    ArrivalColumn.NAMED: 84,
    ArrivalColumn.QUOTED: 84,
    ArrivalColumn.LEAVES: 72,
}
_BOXES = (ArrivalColumn.HERE, ArrivalColumn.FORM)
_ANSWERS = (ArrivalColumn.TAKING_PART, ArrivalColumn.NAMED, ArrivalColumn.QUOTED)


def lacks_form(member: Panelist) -> bool:
    """Return whether a member is present without having handed in the form."""
    return presence_of(member) is Presence.HERE and not member.form_in


class ArrivalModel(QAbstractTableModel):
    """A row for each member. `come` saves presence, `change` the other fields. `refused` carries a text that is no
    time. `begin`: when the panel begins.
    """

    refused = Signal(str)
    begin: dt.time | None = None

    def __init__(
        self,
        come: Callable[[str, Presence], object],
        change: Callable[[str, Mapping[str, Any]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._come = come
        self._change = change
        self.people: tuple[Panelist, ...] = ()

    def show(self, people: Sequence[Panelist]) -> None:
        """Show these members, in order of seat."""
        ordered = tuple(sorted(people, key=lambda member: (member.seat is None, member.seat or 0, member.name)))
        if [member.id for member in ordered] != [member.id for member in self.people]:
            self.beginResetModel()
            self.people = ordered
            self.endResetModel()
        elif ordered != self.people:
            self.people = ordered
            self.dataChanged.emit(self.index(0, 0), self.index(len(ordered) - 1, len(HEADINGS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (as Qt has it)
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADINGS[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() in _BOXES:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == ArrivalColumn.LEAVES else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        member, column = self.people[index.row()], ArrivalColumn(index.column())
        if role == Qt.ItemDataRole.CheckStateRole and column in _BOXES:
            return Qt.CheckState.Checked if self._ticked(member, column) else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(member, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [self._text(member, column), said_below(member)] if column is ArrivalColumn.NAME else []
            if column in _BOXES:
                parts = [tr("ja") if self._ticked(member, column) else tr("nee")]
            return ", ".join(part for part in parts if part) or self._text(member, column) or tr("leeg")
        return None

    def _ticked(self, member: Panelist, column: ArrivalColumn) -> bool:
        return member.form_in if column is ArrivalColumn.FORM else presence_of(member) is Presence.HERE

    def _text(self, member: Panelist, column: ArrivalColumn) -> str:
        match column:
            case ArrivalColumn.NAME:
                seat = f"{member.seat}  " if member.seat is not None else ""
                return seat + with_part(member.name or member.first_name or tr("(nog zonder naam)"), member)
            case ArrivalColumn.TAKING_PART | ArrivalColumn.NAMED | ArrivalColumn.QUOTED:
                return tr(getattr(member, _FIELDS[column]).word)
            case ArrivalColumn.LEAVES:
                return clock(member.leaves_at)
            case _:
                return ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        member, column = self.people[index.row()], ArrivalColumn(index.column())
        if role == Qt.ItemDataRole.CheckStateRole:
            self.turn(index)
            return True
        text = str(value).strip()
        if column is not ArrivalColumn.LEAVES:
            return False
        time = read_time_after(text, self.begin) if text else None
        # Text that is not a time is refused: the field keeps its value.
        if text and time is None:
            self.refused.emit(text)
            return False
        if time != member.leaves_at:
            self._change(member.id, {"leaves_at": time})
        return True

    def turn(self, index: Index) -> None:
        """Tick or untick a box, or give the next answer."""
        member, column = self.people[index.row()], ArrivalColumn(index.column())
        if column is ArrivalColumn.HERE:
            self._come(member.id, Presence.GONE if presence_of(member) is Presence.HERE else Presence.HERE)
        elif column is ArrivalColumn.FORM:
            self._change(member.id, {"form_in": not member.form_in})
        elif column in _ANSWERS:
            self.answer(index, NEXT_CONSENT[getattr(member, _FIELDS[column])])

    def answer(self, index: Index, answer: Consent) -> None:
        """Give an answer about consent."""
        member, field = self.people[index.row()], _FIELDS[ArrivalColumn(index.column())]
        if getattr(member, field) is not answer:
            self._change(member.id, {field: answer})


def said_below(member: Panelist) -> str:
    """Return the line below a name: a missing form, the time of leaving, or else organisation and sector."""
    if lacks_form(member):
        return tr("nog geen formulier")
    if presence_of(member) is Presence.GONE:
        return tr("vertrok om {time}", time=clock(member.left_at))
    return " · ".join(part for part in (member.organisation, member.sector) if part)


class ArrivalDelegate(EditedCells):
    """Paints the cells: a row without a form is red, and says so."""

    def __init__(self, theme: Appearance, view: ArrivalTable) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._cells = CellPainter(theme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._view.columnWidth(index.column()), ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, column = QRectF(option.rect), ArrivalColumn(index.column())
        member = self._view.arrivals.people[index.row()]
        current = self._view.currentIndex()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if lacks_form(member):
            painter.fillRect(rect, self._theme.color(ColourRole.LATE_SOFT))
        self._cells.ground(painter, rect, selected=False, hovered=False)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if column is ArrivalColumn.NAME:
            self._paint_name(painter, rect, member, text)
        elif column in _BOXES:
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            self._cells.box(painter, rect, checked=ticked)
        elif column in _ANSWERS:
            self._cells.answer(painter, rect, getattr(member, _FIELDS[column]), text)
        else:
            self._cells.text(painter, rect, text or "–", ColourRole.INK if text else ColourRole.MUTED, tabular=True)
        if self._view.hasFocus() and (index.row(), index.column()) == (current.row(), current.column()):
            self._cells.ring(painter, rect)
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRectF, member: Panelist, text: str) -> None:
        color, room = self._theme.color, rect.width() - 2 * SIDE
        present = presence_of(member) is Presence.HERE
        for style, words, role, top in (
            (
                TextStyle.BODY_STRONG if present else TextStyle.BODY,
                text,
                ColourRole.INK if present else ColourRole.MUTED,
                rect.top() + 3,
            ),
            (
                TextStyle.SMALL,
                said_below(member),
                ColourRole.LATE if lacks_form(member) else ColourRole.MUTED,
                rect.top() + 22,
            ),
        ):
            line = set_text(words, self._theme.font(style), style.line, room, 1)
            line.paint(painter, QRectF(rect.left() + SIDE, top, room, style.line), color(role))

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        # The table turns what is clicked: Qt would turn a box once more where it would have painted one.
        return False

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return LineEdit(parent=parent, name=tr("Weg om"), placeholder="16:30")

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole))


class ArrivalTable(QTableView):
    """The table. Space ticks or answers, j, n and o answer, other letters look for a name."""

    def __init__(self, theme: Appearance, arrivals: ArrivalModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arrivals = arrivals
        self.setModel(arrivals)
        self.setItemDelegate(ArrivalDelegate(theme, self))
        self.setAccessibleName(tr("Binnenkomst"))
        self.setProperty("flat", True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(3 * ROW - 8)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionsClickable(False)
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(ROW)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self._typed = ""
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._forget)
        self.clicked.connect(self._clicked)
        theme.changed.connect(self.viewport().update)

    def go_to(self, panelist: str, column: ArrivalColumn = ArrivalColumn.HERE) -> None:
        """Focus a cell of a member."""
        rows = (row for row, member in enumerate(self.arrivals.people) if member.id == panelist)
        index = self.arrivals.index(next(rows, 0), column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnWidth(ArrivalColumn.NAME, max(NAME_LEAST, self.viewport().width() - sum(_WIDTHS.values())))

    def _clicked(self, index: QModelIndex) -> None:
        # Qt handles clicks only on boxes that it paints itself.
        if index.column() not in (ArrivalColumn.NAME, ArrivalColumn.LEAVES):
            self.arrivals.turn(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A key of the number pad is the same key here; with Ctrl or Alt it is a shortcut.
        index, alone = self.currentIndex(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        typed = event.text().lower()
        if not index.isValid() or alone not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space and index.column() != ArrivalColumn.LEAVES:
            self._forget()
            # A key held down would turn the answer again and again.
            if not event.isAutoRepeat():
                self.arrivals.turn(index)
        elif typed in CONSENT_OF_LETTER and index.column() in _ANSWERS:
            self.arrivals.answer(index, CONSENT_OF_LETTER[typed])
        elif typed.isprintable() and typed and index.column() != ArrivalColumn.LEAVES:
            self._look_for(typed)
        else:
            super().keyPressEvent(event)

    def _look_for(self, letters: str) -> None:
        """Select the first member whose name has a word that starts with the typed letters."""
        self._typed += letters
        self._rest.start()
        wanted = fold(self._typed)
        for member in self.arrivals.people:
            names = fold(f"{member.first_name} {member.name}")
            if any(fold(names[at:]).startswith(wanted) for at in _beginnings(names)):
                self.go_to(member.id, ArrivalColumn(self.currentIndex().column()))
                return

    def _forget(self) -> None:
        self._typed = ""


def _beginnings(text: str) -> list[int]:
    """Return the positions where words start."""
    return [at for at in range(len(text)) if at == 0 or text[at - 1] == " "]
