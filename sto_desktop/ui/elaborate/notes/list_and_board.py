"""The notes of Uitwerken on the screen: as a list or as a board, of which one is on show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import tr
from sto_desktop.ui.elaborate.notes.board import Board
from sto_desktop.ui.elaborate.notes.notes_view import NotesView
from sto_desktop.ui.fields.spelling import Spelling
from sto_desktop.ui.look.roles import Role, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.notes.listing import ColumnContent, HeadingRow, Marker, RowReader
from sto_desktop.ui.notes.notes_model import NotesModel
from sto_desktop.ui.widgets import Surface, TextLabel

MOST_MEASURED = 2000
"""A list of more rows gives all one height: measuring each would keep one waiting."""


class ListAndBoard(QWidget):
    """Shows notes in one of two ways; what is chosen stays chosen from one to the other.

    `chosen`: other notes are chosen. `commanded` carries a command of the keys or the menu, `kind_chosen` a `NoteKind`,
    `attach_asked` the number of an insight (from 1) and an `Evidence`. `typed` carries a note's id and what is being
    typed in it; `typing_ended`: the editor closed. `edited` carries a note's id, its new text and how far the editor
    had seen; `split_asked` the same, with the place of the cut (in code points) before the last. `put` carries notes
    that were dragged, and the question and the note before which they go.
    """

    chosen = Signal()
    commanded = Signal(str)
    kind_chosen = Signal(object)
    attach_asked = Signal(int, object)
    typed = Signal(str, str)
    typing_ended = Signal()
    edited = Signal(str, str, int)
    split_asked = Signal(str, str, int, int)
    put = Signal(object, object, object)

    def __init__(
        self,
        theme: Theme,
        reader: RowReader,
        written: Callable[[str], tuple[str, int]],
        last_labels: Callable[[], list[str]],
    ) -> None:
        """`written` returns the text of a note and how far it was seen, for an editor that opens."""
        super().__init__()
        self.model = NotesModel(reader.rows, self)
        self.notes = NotesView(theme, self.model, written)
        self.board = Board(theme, reader.rows, written)
        self.view: NotesView | Board = self.notes
        """Which of the two is on show."""
        self.nothing = TextLabel(theme, "", TextStyle.BODY, Role.MUTED, align=Qt.AlignmentFlag.AlignHCenter)
        self._lay_out()
        self.notes.delegate.edited.connect(self.edited)
        self.notes.delegate.typed.connect(self.typed)
        self.notes.delegate.closeEditor.connect(lambda _editor, _hint: self.typing_ended.emit())
        self.notes.delegate.split_asked.connect(self.split_asked)
        self.notes.put.connect(self.put)
        self.board.edited.connect(self.edited)
        self.board.typed.connect(self.typed)
        self.board.typing_ended.connect(self.typing_ended)
        self.board.split_asked.connect(self.split_asked)
        self.board.moved.connect(self.put)
        for view in (self.notes, self.board):
            view.last_labels = last_labels
            view.commanded.connect(self.commanded)
            view.kind_chosen.connect(self.kind_chosen)
            view.attach_asked.connect(self.attach_asked)
            view.chosen.connect(self.chosen)

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        ground = Surface(margin=0)
        ground.body.setSpacing(0)
        ground.body.addWidget(self.nothing)
        ground.body.addWidget(self.notes, 1)
        self.nothing.setContentsMargins(0, 48, 0, 0)
        self.nothing.hide()
        self._ground = ground
        down.addWidget(ground, 1)
        down.addWidget(self.board, 1)
        self.board.hide()

    @property
    def as_board(self) -> bool:
        """Whether the board is on show."""
        return self.view is self.board

    def selected(self) -> list[str]:
        """Return the ids of the notes that are chosen, in the order in which they are shown."""
        return self.view.selected()

    # Showing

    def show_list(self, entries: list[HeadingRow | str], marker: Marker, *, anew: bool) -> None:
        """Show notes and headings as a list; `anew`: their content may be another."""
        editing = self.notes.current() if self.notes.editing else None
        if editing is not None and editing.key not in entries:
            self.notes.finish_editing()
        chosen = self.notes.selected()
        # While rows come and go, what is chosen is neither the old nor the new.
        self.notes.blockSignals(True)
        self.model.marker = marker
        self.notes.set_uniform(len(entries) > MOST_MEASURED)
        self.model.set_entries(entries, anew=anew)
        self.notes.blockSignals(False)
        if chosen and self.notes.selected() != chosen:
            self.notes.keep_choice(chosen)

    def show_columns(self, columns: Sequence[ColumnContent], marker: Marker, *, anew: bool) -> None:
        """Show notes as the columns of the board."""
        self.board.show_columns(columns, marker, anew=anew)

    def show_nothing(self, nothing: bool, *, narrowed: bool) -> None:
        """Say in place of the list that there is nothing; `narrowed`: a filter or a search is why."""
        self.nothing.setText(tr("Geen notities die hieraan voldoen.") if narrowed else tr("Nog geen notities."))
        self.nothing.setVisible(nothing)
        self.notes.setVisible(not nothing)

    def mark(self, marker: Marker) -> None:
        """Mark what is searched for in the rows that stay."""
        self.model.marker = marker

    def turn(self, *, board: bool) -> None:
        """Put the board on show, or the list."""
        self.view = self.board if board else self.notes
        self.board.setVisible(board)
        self._ground.setVisible(not board)

    def set_evidence(self, evidence: Mapping[str, Evidence]) -> None:
        """Mark the notes that the opened insight rests on, and those that contradict it."""
        self.model.set_evidence(evidence)
        self.board.set_evidence(evidence)

    def check_spelling(self, spelling: Spelling) -> None:
        """Check what is typed in notes."""
        self.notes.delegate.spelling = self.board.spelling = spelling

    # Going to

    def take_keyboard(self) -> None:
        """Put the keyboard in the notes."""
        self.view.take_keyboard()

    def finish(self) -> None:
        """Keep what is being typed."""
        self.view.finish_editing()

    def edit_again(self, note: str, text: str) -> None:
        """Open the editor of a note with a text that was typed before."""
        self.view.edit_note(note)
        self.view.type_over(text)

    def show_heading(self, question: str) -> None:
        """Bring the heading of a question to the top of the list."""
        if not self.as_board:
            heading = self.model.index_of(f"question:{question}")
            self.notes.scrollTo(heading, self.notes.ScrollHint.PositionAtTop)

    def go_on_after(self, row: int, gone: int) -> None:
        """Choose what follows on notes that went from a row on: `gone` is how many."""
        if self.as_board:
            self.board.take_keyboard()
            return
        for number in (*range(max(0, row - gone + 1), self.model.rowCount()), *range(row, -1, -1)):
            if 0 <= number < self.model.rowCount() and self.model.note_at(number) is not None:
                self.notes.setCurrentIndex(self.model.index(number))
                return
