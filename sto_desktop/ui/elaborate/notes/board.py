"""The board: a column per question, with notes as cards that are moved by dragging or by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDrag,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import tr
from sto_desktop.ui.base.keys import press
from sto_desktop.ui.elaborate.notes.card_delegate import CardDelegate
from sto_desktop.ui.elaborate.notes.notes_view import EDGE, NotesView
from sto_desktop.ui.fields.spelling import Spelling
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.listing import ColumnContent, Marker, NoteRow
from sto_desktop.ui.notes.notes_model import NotesModel, Reader, notes_as_mime
from sto_desktop.ui.widgets import Column, SectionLabel, TextLabel, row

LEAST_COLUMN = 236
"""Least width of a column, in px, for readable cards; below it the board scrolls horizontally."""


STEP, SCROLL_MS = 14, 30
"""Automatic scrolling while dragging near an edge: this many px per this many ms."""


class BoardColumn(NotesView):
    """The cards of one question.

    `dropped` carries note ids and the note before which to insert them (None: at the end); `stepped` a step to another
    column, and whether the selected cards move along; `shifted` a step up or down.
    """

    dropped = Signal(object, object)
    stepped = Signal(int, bool)
    shifted = Signal(int)
    came = Signal()
    hovered = Signal(object)
    """Screen position (`QPoint`) of a drag over this column, or None when it has left."""

    def __init__(
        self,
        theme: Appearance,
        model: NotesModel,
        written: Callable[[str], tuple[str, int]],
        dragged: Callable[[], list[NoteRow]],
    ) -> None:
        super().__init__(theme, model, written, CardDelegate)
        self._dragged = dragged
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setProperty("transparent", True)
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        rows = self._dragged()
        if rows:
            drag = QDrag(self)
            drag.setMimeData(notes_as_mime(rows))
            drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex())))
            drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self.hovered.emit(self.viewport().mapToGlobal(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.hovered.emit(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self.hovered.emit(None)
        super().dropEvent(event)

    def _drop(self, notes: list[str], place: int) -> None:
        if notes:
            self.dropped.emit(notes, self._notes.note_at(place))

    # A column is one question, so every drop position is valid.
    def _fits(self, place: int) -> bool:
        return True

    def _row_at(self, at: QPoint) -> int:
        # Accept drops between cards too.
        for number in range(self._notes.rowCount()):
            if at.y() < self.visualRect(self._notes.index(number)).center().y():
                return number
        return self._notes.rowCount()

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done with the current card, by command."""
        moves = ("card_left", "card_right", "card_up", "card_down")
        return {command: partial(press, self, command) for command in moves} if self.currentIndex().isValid() else {}

    def _handle(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        sides = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        along = held == Qt.KeyboardModifier.AltModifier
        if key in sides and (along or held == Qt.KeyboardModifier.NoModifier):
            self.stepped.emit(sides[Qt.Key(key)], along)
            return True
        if along and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(-1 if key == Qt.Key.Key_Up else 1)
            return True
        return super()._handle(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # When focused by key or by the program, start at the first card; a click sets the current card itself.
        if not self.currentIndex().isValid() and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.OtherFocusReason,
        ):
            self.setCurrentIndex(self._notes.index(0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # With Ctrl or Shift the selection extends over several columns.
        if not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            self.came.emit()
        super().mousePressEvent(event)


class _Place:
    """A column with its heading."""

    def __init__(self, theme: Appearance, view: BoardColumn) -> None:
        self.view = view
        self.frame = Column()
        self.over = TextLabel(theme, "", TextStyle.SMALL, ColourRole.MUTED, lines=1)
        self.title = SectionLabel(theme)
        self.count = TextLabel(theme, "", TextStyle.SECONDARY_STRONG, ColourRole.MUTED, lines=1, tabular=True)
        self.frame.body.addWidget(self.over)
        self.frame.body.addLayout(row(4, self.title, None, self.count, 4))
        self.frame.body.addWidget(view, 1)
        self.frame.setMinimumWidth(LEAST_COLUMN)

    def show(self, content: ColumnContent) -> None:
        self.over.setText(content.over)
        self.over.setVisible(bool(content.over))
        self.title.setText(content.title)
        plain.set_tip(self.title, content.tooltip)
        self.count.setText(str(len(content.notes)))
        self.view.setAccessibleName(content.title)
        self.view.setAccessibleDescription(content.tooltip)


class Board(QScrollArea):
    """Offers the interface of a `NotesView` for all its columns together.

    `moved` carries note ids, a question (or None) and the note before which to insert them (None: at the end).
    """

    commanded = Signal(str)
    kind_chosen = Signal(object)
    attach_asked = Signal(int, object)
    chosen = Signal()
    moved = Signal(object, object, object)
    edited = Signal(str, str, int)
    typed = Signal(str, str)
    typing_ended = Signal()
    split_asked = Signal(str, str, int, int)

    def __init__(self, theme: Appearance, read: Reader, written: Callable[[str], tuple[str, int]]) -> None:
        super().__init__()
        self._theme = theme
        self._read = read
        self._written = written
        self._contents: tuple[ColumnContent, ...] = ()
        self._places: list[_Place] = []
        self._evidence: Mapping[str, Evidence] = {}
        self.last_labels: Callable[[], list[str]] = list
        self.spelling: Spelling | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A scroll area is a tab stop by default; here its columns are.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Bord"))
        inside = QWidget()
        inside.setProperty("transparent", True)
        self.viewport().setAutoFillBackground(False)
        self._across = QHBoxLayout(inside)
        self._across.setContentsMargins(Space.L, Space.XS, Space.L, Space.M)
        self._across.setSpacing(Space.M)
        self.setWidget(inside)
        self._speed = 0
        self._scrolling = QTimer(self, interval=SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll_on)

    # Showing

    @property
    def columns(self) -> list[BoardColumn]:
        """The columns, in order."""
        return [place.view for place in self._places]

    def questions(self) -> list[str | None]:
        """Return the question of each column; None for the unassigned notes."""
        return [content.question for content in self._contents]

    def show_columns(self, contents: Sequence[ColumnContent], marker: Marker, *, anew: bool) -> None:
        """Show these columns; cards that remain keep their position and selection."""
        # While cards are replaced, the selection has intermediate states that nobody should see.
        chosen, blocked = self.selected(), self.blockSignals(True)
        focus = self._focused()
        if [column.question for column in contents] != self.questions() or not self._places:
            self._build(len(contents))
        self._contents = tuple(contents)
        for place, content in zip(self._places, contents, strict=True):
            place.show(content)
            place.view.model_of_notes.marker = marker
            place.view.model_of_notes.set_entries(list(content.notes), anew=anew)
            place.view.model_of_notes.set_evidence(self._evidence)
            place.view.viewport().update()
        if self.selected() != chosen:
            self.keep_choice(chosen)
        # The focused column was removed.
        if focus and self._focused() is None:
            self.take_keyboard()
        self.blockSignals(blocked)

    def _build(self, count: int) -> None:
        while len(self._places) > count:
            place = self._places.pop()
            self._across.removeWidget(place.frame)
            place.frame.hide()
            place.frame.deleteLater()
        while len(self._places) < count:
            view = BoardColumn(self._theme, NotesModel(self._read, self), self._written, self._dragged)
            self._wire(view, len(self._places))
            view.delegate.spelling = self.spelling
            place = _Place(self._theme, view)
            self._across.addWidget(place.frame, 1)
            self._places.append(place)

    def _wire(self, view: BoardColumn, at: int) -> None:
        view.commanded.connect(self.commanded)
        view.kind_chosen.connect(self.kind_chosen)
        view.attach_asked.connect(self.attach_asked)
        view.chosen.connect(self.chosen)
        view.delegate.edited.connect(self.edited)
        view.delegate.typed.connect(self.typed)
        view.delegate.split_asked.connect(self.split_asked)
        view.last_labels = lambda: self.last_labels()
        view.delegate.closeEditor.connect(self.typing_ended)
        view.came.connect(partial(self._let_others_go, view))
        view.hovered.connect(self._scroll_near_edge)
        view.dropped.connect(lambda notes, before: self.moved.emit(notes, self._contents[at].question, before))
        view.stepped.connect(partial(self._step, at))
        view.shifted.connect(partial(self._shift, at))

    def _focused(self) -> BoardColumn | None:
        return next((view for view in self.columns if view.hasFocus()), None)

    def _dragged(self) -> list[NoteRow]:
        chosen = self.selected()
        rows = self._read(chosen)
        return [rows[note] for note in chosen if note in rows]

    def _scroll_near_edge(self, at: QPoint | None) -> None:
        """Scroll towards the edge near which something is dragged."""
        x = self.viewport().mapFromGlobal(at).x() if at is not None else self.viewport().width() // 2
        self._speed = STEP * ((x > self.viewport().width() - EDGE) - (x < EDGE))
        if not self._speed:
            self._scrolling.stop()
        elif not self._scrolling.isActive():
            self._scrolling.start()

    def _scroll_on(self) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + self._speed)

    # Navigation

    def _let_others_go(self, clicked: BoardColumn) -> None:
        for view in self.columns:
            if view is not clicked and view.selectionModel().hasSelection():
                view.clearSelection()

    def _step(self, at: int, step: int, along: bool) -> None:
        to = at + step
        if not 0 <= to < len(self._places):
            return
        if along:
            notes = self.selected()
            if notes:
                self.moved.emit(notes, self._contents[to].question, None)
            return
        now, view = self._places[at].view, self._places[to].view
        # An empty column has no card to focus, so go on to the next one.
        while not view.model_of_notes.rowCount() and 0 <= to + step < len(self._places):
            to += step
            view = self._places[to].view
        row_there = min(now.currentIndex().row(), view.model_of_notes.rowCount() - 1)
        view.setFocus()
        self._let_others_go(view)
        if row_there >= 0:
            view.setCurrentIndex(view.model_of_notes.index(row_there))
        self.ensureWidgetVisible(self._places[to].frame, 0, 0)

    def _shift(self, at: int, step: int) -> None:
        """Move the selected cards of a column one position up or down."""
        notes, chosen = list(self._contents[at].notes), set(self.selected())
        places = [number for number, note in enumerate(notes) if note in chosen]
        if not places:
            return
        # A selection with gaps moves as one block, next to its first card.
        moving = [notes[number] for number in places]
        unselected = [note for note in notes if note not in chosen]
        first = max(0, min(places[0] + step, len(unselected)))
        self.moved.emit(moving, self._contents[at].question, unselected[first] if first < len(unselected) else None)

    # The interface of a list of notes

    def selected(self) -> list[str]:
        """Return the ids of the selected notes, column by column."""
        return [note for view in self.columns for note in view.selected()]

    def current(self) -> NoteRow | None:
        """Return the note with keyboard focus."""
        view = self._focused() or next((view for view in self.columns if view.selected()), None)
        return view.current() if view is not None else None

    def show_note(self, note: str) -> bool:
        """Select one note and bring it into view; False if it isn't on the board."""
        for place in self._places:
            if place.view.show_note(note):
                self._let_others_go(place.view)
                self.ensureWidgetVisible(place.frame, 0, 0)
                return True
        return False

    def edit_note(self, note: str) -> None:
        """Open the editor in place of a card."""
        for view in self.columns:
            if view.model_of_notes.index_of(note).isValid():
                self._let_others_go(view)
                view.edit_note(note)

    def type_over(self, text: str) -> None:
        """Replace the text of the open editor."""
        for view in self.columns:
            view.type_over(text)

    @property
    def editing(self) -> bool:
        """Whether a card is being edited."""
        return any(view.editing for view in self.columns)

    def finish_editing(self) -> None:
        """Save the text being typed and close the editor."""
        for view in self.columns:
            view.finish_editing()

    def forget_editing(self) -> None:
        """Close the editor without saving."""
        for view in self.columns:
            view.forget_editing()

    def keep_choice(self, notes: list[str]) -> None:
        """Select these notes again, as far as they are still on the board."""
        for view in self.columns:
            view.keep_choice(notes)

    def let_go(self) -> None:
        """Clear the selection."""
        for view in self.columns:
            view.let_go()

    def set_evidence(self, evidence: Mapping[str, Evidence]) -> None:
        """Mark the notes that support the opened insight, and those that contradict it."""
        self._evidence = evidence
        for view in self.columns:
            view.model_of_notes.set_evidence(evidence)

    def take_keyboard(self) -> None:
        """Focus the column with the selected note, else the first column that has notes."""
        candidates = [view for view in self.columns if view.model_of_notes.rowCount()] or self.columns
        if candidates:
            next((view for view in candidates if view.selected()), candidates[0]).setFocus()
