"""The notes of Uitwerken as a list or as a board; one of the two is visible."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import tr
from sto_desktop.ui.elaborate.notes.board import Board
from sto_desktop.ui.elaborate.notes.notes_view import NotesView
from sto_desktop.ui.fields.spelling import Spelling
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.listing import ColumnContent, HeadingRow, Marker, RowReader
from sto_desktop.ui.notes.notes_model import NotesModel
from sto_desktop.ui.widgets import Surface, TextLabel

MOST_MEASURED = 2000
"""Above this many rows all get one height, because measuring each would take noticeably long."""


class ListAndBoard(QWidget):
    """Shows notes in one of two views; the selection is kept when switching.

    `chosen`: the selection changed. `commanded` carries a command from a key or the menu, `kind_chosen` a `NoteKind`,
    `attach_asked` the number of an insight (from 1) and an `Evidence`. `typed` carries a note's id and the text being
    typed; `typing_ended`: the editor closed. `edited` carries a note's id, its new text and the sequence number that
    the editor had seen; `split_asked` the same, with the position of the cut (in code points) before the last. `put`
    carries dragged notes, and the question and the note before which to insert them.
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
        theme: Appearance,
        reader: RowReader,
        written: Callable[[str], tuple[str, int]],
        last_labels: Callable[[], list[str]],
    ) -> None:
        """`written` returns the text of a note and the dossier's sequence number, for an editor that opens."""
        super().__init__()
        self.model = NotesModel(reader.rows, self)
        self.notes = NotesView(theme, self.model, written)
        self.board = Board(theme, reader.rows, written)
        self.view: NotesView | Board = self.notes
        """The visible one of the two."""
        self.nothing = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED, align=Qt.AlignmentFlag.AlignHCenter)
        self._awaited = False
        self._when_shown: list[Callable[[], object]] = []
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
        """Whether the board is visible."""
        return self.view is self.board

    def selected(self) -> list[str]:
        """Return the ids of the selected notes, in the order shown."""
        return self.view.selected()

    # Showing

    @property
    def editing(self) -> bool:
        """Whether a text is being typed in a note."""
        return self.view.editing

    def wait(self, *, anew: bool) -> None:
        """Keep the rows until others were looked up; `anew`: their content may have changed."""
        self._awaited = True
        if anew:
            self.model.forget_rows()
            # Rows of one height need no layout.
            if not self.notes.delegate.uniform:
                self.notes.scheduleDelayedItemsLayout()
            self.notes.viewport().update()

    def when_shown(self, do: Callable[[], object]) -> None:
        """Do something with the rows: now, or when those that are being looked up are shown."""
        if self._awaited:
            self._when_shown.append(do)
        else:
            do()

    def shown(self) -> None:
        """Note that the rows are those that were asked for."""
        self._awaited = False
        waiting, self._when_shown = self._when_shown, []
        for do in waiting:
            # What one does may look up other rows; the rest is about those.
            self.when_shown(do)

    def show_list(self, entries: list[HeadingRow | str], marker: Marker, *, anew: bool) -> None:
        """Show notes and headings as a list; `anew`: the content of rows may have changed."""
        editing = self.notes.current() if self.notes.editing else None
        # Removing its row would discard the text being typed.
        if editing is not None and editing.key not in entries:
            self.notes.finish_editing()
        chosen = self.notes.selected()
        # While rows are inserted and removed, the selection has intermediate states that nobody should see.
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
        """Replace an empty list with an explanation; `narrowed`: a filter or search is the cause."""
        self.nothing.setText(tr("Geen notities die hieraan voldoen.") if narrowed else tr("Nog geen notities."))
        self.nothing.setVisible(nothing)
        self.notes.setVisible(not nothing)

    def mark(self, marker: Marker) -> None:
        """Mark the matches in the rows that remain."""
        self.model.marker = marker

    def turn(self, *, board: bool) -> None:
        """Switch to the board, or to the list."""
        self.view = self.board if board else self.notes
        self.board.setVisible(board)
        self._ground.setVisible(not board)

    def set_evidence(self, evidence: Mapping[str, Evidence]) -> None:
        """Mark the notes that support the opened insight, and those that contradict it."""
        self.model.set_evidence(evidence)
        self.board.set_evidence(evidence)

    def check_spelling(self, spelling: Spelling) -> None:
        """Spell-check text typed in notes."""
        self.notes.delegate.spelling = self.board.spelling = spelling

    # Navigation

    def edit_current(self) -> None:
        """Edit the first of the selected notes."""
        self.view.edit_note(self.selected()[0])

    def show_menu(self) -> None:
        """Open the menu of commands on the selected notes."""
        menu = self.notes.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().center()))

    def take_keyboard(self) -> None:
        """Move keyboard focus to the notes."""
        self.view.take_keyboard()

    def finish(self) -> None:
        """Save the text being typed."""
        self.view.finish_editing()

    def edit_again(self, note: str, text: str) -> None:
        """Open the editor of a note with earlier typed text."""
        self.view.edit_note(note)
        self.view.type_over(text)

    def show_heading(self, question: str) -> None:
        """Scroll the heading of a question to the top of the list."""
        if not self.as_board:
            heading = self.model.index_of(f"question:{question}")
            self.notes.scrollTo(heading, self.notes.ScrollHint.PositionAtTop)

    def go_on_after(self, row: int, gone: int) -> None:
        """Select the note that follows after `gone` notes were deleted; `row` was the current row before."""
        if self.as_board:
            self.board.take_keyboard()
            return
        for number in (*range(max(0, row - gone + 1), self.model.rowCount()), *range(row, -1, -1)):
            if 0 <= number < self.model.rowCount() and self.model.note_at(number) is not None:
                self.notes.setCurrentIndex(self.model.index(number))
                return
