"""The list of notes as a widget: its keys, context menu, dragging, and editing in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from sto_desktop.domain.vocabulary import Evidence, NoteKind
from sto_desktop.language import tr
from sto_desktop.ui.base.keys import entry
from sto_desktop.ui.elaborate.notes.card_delegate import paint_place
from sto_desktop.ui.elaborate.notes.note_delegate import NoteDelegate, NoteEditor
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.listing import NoteRow
from sto_desktop.ui.notes.notes_model import MIME, ROW, Index, NotesModel, notes_of_mime


@dataclass(frozen=True)
class NoteKey:
    """A key that works while the list has focus, and its menu item."""

    key: str
    command: str
    id: str
    """The id of the command in the table of commands."""


KEYS: tuple[NoteKey, ...] = (
    NoteKey("I", "insight", "new_insight"),
    NoteKey("A", "recommendation", "new_recommendation"),
    NoteKey("J", "confirm", "confirm_kind"),
    NoteKey("S", "star", "star_chosen"),
    NoteKey("O", "aside", "set_aside"),
    NoteKey("V", "move", "move_notes"),
    NoteKey("B", "bundle", "bundle_chosen"),
    NoteKey("W", "speaker", "assign_speaker"),
    NoteKey("F", "agree", "agree_chosen"),
    NoteKey("L", "label", "label_chosen"),
    NoteKey("Z", "label_1", "label_1"),
    NoteKey("X", "label_2", "label_2"),
    NoteKey("C", "label_3", "label_3"),
    NoteKey("H", "history", "note_history"),
    NoteKey("Del", "delete", "delete_chosen"),
)
"""In menu order. Nothing is typed in the list itself, so a letter alone can be a command."""

KIND_KEYS: dict[str, NoteKind] = {kind.meaning.sign or kind.meaning.around: kind for kind in NoteKind}
"""Characters of the capture language that here set the kind of the selected notes."""


EDGE = 36
"""Distance to an edge, in px, within which dragging scrolls the view."""

BATCH, UNIFORM_BATCH = 150, 2000
"""Rows laid out per batch; between batches Qt handles key events."""


class NotesView(QListView):
    """Shows a `NotesModel`.

    `commanded` carries one of the commands of `KEYS`; `kind_chosen` a `NoteKind`; `attach_asked` the number of an
    insight (from 1) and an `Evidence`; `chosen`: the selection changed.
    """

    commanded = Signal(str)
    kind_chosen = Signal(object)
    attach_asked = Signal(int, object)
    chosen = Signal()
    put = Signal(object, object, object)
    """Ids of dropped notes, the target question, and the note before which to insert them (or None)."""

    def __init__(
        self,
        theme: Appearance,
        model: NotesModel,
        written: Callable[[str], tuple[str, int]],
        delegate: type[NoteDelegate] = NoteDelegate,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notes = model
        self.last_labels: Callable[[], list[str]] = list
        """Returns the names of the labels used last, for the menu."""
        self.setModel(model)
        self.delegate = delegate(theme, lambda: self.viewport().width(), written, self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(tr("Notities"))
        self.setProperty("flat", True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self.setAutoScrollMargin(EDGE)
        self.in_order: Callable[[], bool] = lambda: True
        """Whether notes are in conversation order, so that one can be inserted between two others."""
        self._place: int | None = None
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.verticalScrollBar().setSingleStep(24)

    def selected(self) -> list[str]:
        """Return the ids of the selected notes, in list order."""
        selection = self.selectionModel().selection()
        # By ranges, because `selectedIndexes` creates an object for every row.
        ranges = (selection.at(number) for number in range(selection.count()))
        spans = sorted((span.top(), span.bottom()) for span in ranges)
        notes = (self._notes.note_at(number) for first, last in spans for number in range(first, last + 1))
        return [note for note in notes if note is not None]

    @property
    def model_of_notes(self) -> NotesModel:
        """The model shown."""
        return self._notes

    def let_go(self) -> None:
        """Clear the selection."""
        self.clearSelection()
        self.setCurrentIndex(self._notes.index(-1))

    def take_keyboard(self) -> None:
        """Move keyboard focus to the list."""
        self.setFocus()

    def set_uniform(self, uniform: bool) -> None:
        """Give all rows one height, or each its own; measuring every row of a very long list is too slow."""
        if uniform != self.delegate.uniform:
            self.delegate.uniform = uniform
            self.setUniformItemSizes(uniform)
            # Qt queries the model twice per row during layout. In batches, the first rows are painted before the rest.
            self.setBatchSize(UNIFORM_BATCH if uniform else BATCH)

    def current(self) -> NoteRow | None:
        """Return the note with keyboard focus."""
        row = self.currentIndex().data(ROW)
        return row if isinstance(row, NoteRow) else None

    def show_note(self, note: str) -> bool:
        """Select one note and bring it into view; False if it isn't listed."""
        index = self._notes.index_of(note)
        if not index.isValid():
            return False
        self._reach(index)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def _reach(self, index: Index) -> None:
        """Lay out all rows at once, if the requested one was not laid out yet."""
        if self.delegate.uniform and not self.visualRect(index).isValid():
            self.setLayoutMode(QListView.LayoutMode.SinglePass)
            self.doItemsLayout()
            self.setLayoutMode(QListView.LayoutMode.Batched)

    def edit_note(self, note: str) -> None:
        """Open the editor in place of a note."""
        if self.show_note(note):
            self.edit(self.currentIndex())

    def type_over(self, text: str) -> None:
        """Replace the text of the open editor."""
        for editor in self.viewport().findChildren(NoteEditor):
            if not editor.isHidden():
                editor.setPlainText(text)
                editor.moveCursor(editor.textCursor().MoveOperation.End)

    @property
    def editing(self) -> bool:
        """Whether a note is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    def finish_editing(self) -> None:
        """Save the text being typed and close the editor."""
        for editor in self.viewport().findChildren(NoteEditor):
            if self.editing and editor.isVisible():
                self.commitData(editor)
                self.closeEditor(editor, NoteDelegate.EndEditHint.NoHint)

    def forget_editing(self) -> None:
        """Close the editor without saving."""
        for editor in self.viewport().findChildren(NoteEditor):
            if self.editing and editor.isVisible():
                self.closeEditor(editor, NoteDelegate.EndEditHint.NoHint)

    def keep_choice(self, notes: list[str]) -> None:
        """Select these notes again, as far as they are still listed, without scrolling."""
        chosen = QItemSelection()
        for note in notes:
            index = self._notes.index_of(note)
            if index.isValid():
                chosen.select(index, index)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.editing or not self._handle(event):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here, not a search."""

    def _handle(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alone = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and held in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.AltModifier,
        ):
            against = bool(held & Qt.KeyboardModifier.AltModifier)
            number = key - Qt.Key.Key_0
            self.attach_asked.emit(number, Evidence.CONTRADICTS if against else Evidence.SUPPORTS)
            return True
        if not alone:
            return False
        # Qt's own handling requires that the last row is laid out.
        if key == Qt.Key.Key_End:
            self._reach(self._notes.index(self._notes.rowCount() - 1))
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.current() is not None:
            self.edit(self.currentIndex())
            return True
        if event.text() in KIND_KEYS:
            self._go_on_after(lambda: self.kind_chosen.emit(KIND_KEYS[event.text()]))
            return True
        for line in KEYS:
            named = line.key == "Del" and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if named or (line.key != "Del" and event.text().upper() == line.key):
                if line.command == "confirm":
                    self._go_on_after(lambda: self.commanded.emit("confirm"))
                else:
                    self.commanded.emit(line.command)
                return True
        return False

    def _go_on_after(self, say: Callable[[], object]) -> None:
        """Confirm a note's kind and go to the next if it was unconfirmed: one key walks through the list."""
        chosen, row = self.selected(), self.current()
        walking = row is not None and chosen == [row.key] and row.content.inherited
        at = self.currentIndex().row()
        after = (self._notes.note_at(number) for number in range(at + 1, self._notes.rowCount()))
        following = next((note for note in after if note is not None), None) if walking else None
        say()
        if following is not None:
            self.show_note(following)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft() + QPoint(140, 0))
        if self.selected():
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def menu(self) -> QMenu:
        """Return the menu of commands on the selected notes, each with its key."""
        menu = QMenu(self)
        entry(menu, "edit_note", lambda: self.edit(self.currentIndex()), tr("Wijzigen"))
        for line in KEYS:
            if line.command == "confirm":
                self._add_kinds(menu)
            if line.command == "delete":
                menu.addSeparator()
            text = None
            if line.command.startswith("label_"):
                number = int(line.command[-1]) - 1
                names = self.last_labels()
                if number >= len(names):
                    continue
                text = f"#{names[number]}"
            entry(menu, line.id, partial(self.commanded.emit, line.command), text)
        return menu

    def _add_kinds(self, menu: QMenu) -> None:
        menu.addSeparator()
        kinds = menu.addMenu(tr("Soort"))
        for character, kind in KIND_KEYS.items():
            action = kinds.addAction(plain.word(tr(kind.word), character))
            action.setObjectName("kind_chosen")
            action.triggered.connect(partial(self.kind_chosen.emit, kind))

    # Dragging over the list

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME) and self.in_order():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        # Qt's handler starts the automatic scrolling.
        super().dragMoveEvent(event)
        if event.mimeData().hasFormat(MIME) and self._fits(place := self._row_at(event.position().toPoint())):
            self._show_place(place)
            event.acceptProposedAction()
        else:
            self._show_place(None)
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_place(None)

    def dropEvent(self, event: QDropEvent) -> None:
        notes, place = notes_of_mime(event.mimeData()), self._row_at(event.position().toPoint())
        # Qt's handler is skipped here, so end its drag state.
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)
        self._show_place(None)
        event.acceptProposedAction()
        self._drop(notes, place)

    def _drop(self, notes: list[str], place: int) -> None:
        before, above = self._notes.note_at(place), self._notes.row(place - 1) if place else None
        # At the end of a question, the note above the position determines the question.
        row = self._notes.row(place) if before is not None else above
        if isinstance(row, NoteRow):
            self.put.emit(notes, row.content.question, before)

    def _fits(self, place: int) -> bool:
        """Return whether a note above or below a drop position determines its question."""
        return self._notes.note_at(place) is not None or (place > 0 and self._notes.note_at(place - 1) is not None)

    def _row_at(self, at: QPoint) -> int:
        index = self.indexAt(at)
        if not index.isValid():
            return self._notes.rowCount()
        return index.row() + (at.y() > self.visualRect(index).center().y())

    def _show_place(self, place: int | None) -> None:
        if place != self._place:
            self._place = place
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._place is None:
            return
        count = self._notes.rowCount()
        at = self.visualRect(self._notes.index(min(self._place, count - 1))) if count else self.viewport().rect()
        y = 2 if not count else at.top() - 3 if self._place < count else at.bottom() - 3
        paint_place(QPainter(self.viewport()), self._theme, QPointF(2, max(2, y)), self.viewport().width() - 4)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW)
        if event.button() != Qt.MouseButton.LeftButton or not isinstance(row, NoteRow) or not row.content.inherited:
            return
        # A hollow chip is an unconfirmed kind: clicking it confirms the kind.
        if self.delegate.chip_rect(self.visualRect(index), row).contains(event.position().toPoint()):
            self.commanded.emit("confirm")

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Qt lays out again when the height changes, but here row heights depend on the width only.
        if event.size().width() != event.oldSize().width() and not self.delegate.uniform:
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.delegate.forget()
            self.scheduleDelayedItemsLayout()
