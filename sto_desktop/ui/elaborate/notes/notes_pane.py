"""The notes of Uitwerken with their filters and search, and what is done to them; the insights stand beside it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QInputDialog, QVBoxLayout, QWidget

from sto_desktop.domain.log.change import Changed
from sto_desktop.domain.log.versions import back_to
from sto_desktop.domain.panel.content import PanelContent, ThemeContent
from sto_desktop.domain.panel.note_filter import NoteFilter, Scope, to_json
from sto_desktop.domain.vocabulary import Evidence, NoteKind
from sto_desktop.language import counted, tr
from sto_desktop.storage.read.note_list import Elsewhere
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.ui.base.keys import hint
from sto_desktop.ui.elaborate.notes.board import Board
from sto_desktop.ui.elaborate.notes.filter_bar import FilterBar, ThemeChoice
from sto_desktop.ui.elaborate.notes.filter_menu import Choices, words_of
from sto_desktop.ui.elaborate.notes.found_strip import FoundStrip
from sto_desktop.ui.elaborate.notes.label_manager import LabelManager
from sto_desktop.ui.elaborate.notes.note_work import NoteWork
from sto_desktop.ui.elaborate.notes.notes_view import NotesView
from sto_desktop.ui.fields.spelling import Spelling
from sto_desktop.ui.findings.work import Work
from sto_desktop.ui.look.roles import Role, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.notes.history_dialog import NoteHistoryDialog
from sto_desktop.ui.notes.label_dialog import LabelDialog
from sto_desktop.ui.notes.listing import Listing, Marker, RowReader, numbered
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.notes.move_dialog import MoveDialog
from sto_desktop.ui.notes.notes_model import NotesModel
from sto_desktop.ui.notes.speaker_dialog import SpeakerDialog
from sto_desktop.ui.widgets import Surface, TextLabel

LONG_S = 0.15
"""A search that takes longer, in seconds, waits for a rest in the typing."""

MOST_MEASURED = 2000
"""A list of more rows gives all one height: measuring each would keep one waiting."""


class NotesPane(QWidget):
    """`chosen` tells that other notes are chosen, or that the notes shown are others; `commanded` carries a command
    that is about insights, `attach_asked` the number of an insight (from 1) and an `Evidence`; `typed` a note's id and
    what is being typed in it, `typing_ended` that the editor closed."""

    chosen = Signal()
    commanded = Signal(str)
    attach_asked = Signal(int, object)
    typed = Signal(str, str)
    typing_ended = Signal()
    row_asked = Signal(str, str)
    """Table and id of an insight or recommendation that was found and is asked for."""

    def __init__(self, theme: Theme, work: Work, material: Material, dossier: Dossier) -> None:
        super().__init__()
        self._theme = theme
        self._work = work
        self._material = material
        self._dossier = dossier
        self.deeds = NoteWork(work, material, dossier)
        self._listing: Listing | None = None
        self._reader = RowReader(material, dossier.read)
        self.filters = FilterBar(theme, hint("search"))
        self.model = NotesModel(self._reader.rows, self)
        self.notes = NotesView(theme, self.model, work.written)
        self.board = Board(theme, self._reader.rows, work.written)
        self.view: NotesView | Board = self.notes
        """Which of the two is on show."""
        self.found = FoundStrip(theme)
        self._searched = ""
        self._total: int | None = None
        """How many notes all panels have."""
        self._slow = False
        self.nothing = TextLabel(theme, "", TextStyle.BODY, Role.MUTED, align=Qt.AlignmentFlag.AlignHCenter)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.filters)
        down.addWidget(self.found)
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

    def _connect(self) -> None:
        self.filters.changed.connect(lambda _filter: self._filter_changed())
        self.filters.search.textChanged.connect(lambda _text: None if self._slow else self._search_if_other())
        self.filters.search.searched.connect(lambda _query: self._search_if_other())
        self.filters.labels_asked.connect(self.manage_labels)
        self.filters.save_asked.connect(self._save_search)
        self.filters.forget_asked.connect(lambda search: self._work.delete_search(search.id))
        self.found.opened.connect(self._open_found)
        self.notes.delegate.edited.connect(self._rewrite)
        self.notes.delegate.typed.connect(self._follow)
        self.notes.delegate.closeEditor.connect(lambda _editor, _hint: self.typing_ended.emit())
        self.board.edited.connect(self._rewrite)
        self.board.typed.connect(self._follow)
        self.board.typing_ended.connect(self.typing_ended)
        self.board.moved.connect(self._put)
        self.notes.put.connect(self._put)
        self.notes.in_order = lambda: self.filters.filter.in_order
        self.filters.notes_dropped.connect(self._put_under_theme)
        self.notes.delegate.split_asked.connect(self._split)
        self.board.split_asked.connect(self._split)
        for view in (self.notes, self.board):
            view.last_labels = self.deeds.last_labels
            view.commanded.connect(self.command)
            view.kind_chosen.connect(self._set_kind)
            view.attach_asked.connect(self.attach_asked)
            view.chosen.connect(self._choice_changed)

    @property
    def _content(self) -> PanelContent:
        assert self._material.content is not None
        return self._material.content

    # What the insights beside it ask

    def selected(self) -> list[str]:
        """Return the ids of the notes that are chosen, in the order in which they are shown."""
        return self.view.selected()

    def question_in_view(self) -> str | None:
        """Return the question of the notes that are chosen, else of the one that the keyboard is at."""
        chosen, current = self.selected(), self.view.current()
        if chosen:
            return self._question_of(chosen[0])
        return current.content.question if current else None

    def theme_in_view(self) -> str | None:
        """Return the conversation theme of the filter, else that of the notes that are chosen."""
        if self.filters.filter.theme is not None:
            return self.filters.filter.theme
        chosen = self.selected()
        theme = self._content.guide.theme_of(self._question_of(chosen[0])) if chosen else None
        return theme.id if theme is not None and theme.is_conversation else None

    def _question_of(self, note: str) -> str | None:
        return next((item.question for item in self._material.notes([note])), None)

    def set_evidence(self, evidence: Mapping[str, Evidence]) -> None:
        """Mark the notes that the opened insight rests on, and those that contradict it."""
        self.model.set_evidence(evidence)
        self.board.set_evidence(evidence)

    def take_keyboard(self) -> None:
        """Put the keyboard in the notes."""
        self.view.take_keyboard()

    def let_go(self) -> None:
        """Choose no note, and hide none."""
        self.filters.reset()
        self.view.let_go()

    def finish(self) -> None:
        """Keep what is being typed."""
        self.view.finish_editing()

    def check_spelling(self, spelling: Spelling) -> None:
        """Check what is typed in notes."""
        self.notes.delegate.spelling = self.board.spelling = spelling

    # Showing

    def reset(self) -> None:
        """Begin anew, with another panel."""
        self._listing = None
        self.filters.reset()

    def refresh(self) -> None:
        """Show the material as it is now."""
        content = self._material.content
        if content is None:
            return
        self._reader.begin_anew()
        self._listing = Listing(self._material, self._dossier.read)
        self.filters.show_themes(
            [self._theme_choice(theme) for theme in content.guide.themes if theme.is_conversation],
            self._listing.unassigned,
        )
        self._show_notes()

    def follow_elsewhere(self, changed: Changed) -> None:
        """Take in a change that is about no note of this panel, where notes of others are shown."""
        shown = self.filters.filter.all_panels and changed.touches("note", "voice", "note_tag", "panel")
        if shown or changed.touches("saved_search", "tag"):
            self.refresh()

    def _theme_choice(self, theme: ThemeContent) -> ThemeChoice:
        number = numbered(theme, self._content)
        return ThemeChoice(theme.id, f"{number} {theme.short_title}".strip(), theme.title, number)

    @property
    def words(self) -> str:
        """What is searched for."""
        return self.filters.search.text()

    def _show_notes(self, *, anew: bool = True) -> None:
        if self._listing is None:
            return
        count = self._show_board(anew) if self.view is self.board else self._show_list(anew)
        filters = self.filters
        filters.choices = self._choices() if anew else filters.choices
        self.found.show_found(self._listing.elsewhere(filters.filter, self.words), Marker(self.words))
        if anew or self._total is None:
            self._total = self._dossier.read.all_note_count()
        total = self._total if filters.filter.all_panels else len(self._content.notes)
        narrowed = bool(self.words.strip()) or self.filters.filter.narrows
        said = counted(total, "{n} notitie", "{n} notities")
        if narrowed:
            said = tr("{n} van {said}", n=count, said=said)
        also = words_of(filters.filter, filters.choices)
        self.filters.show_count(f"{said} · {also}" if also else said, narrowed=narrowed)
        self.nothing.setText(tr("Geen notities die hieraan voldoen.") if narrowed else tr("Nog geen notities."))
        self.nothing.setVisible(not count)
        self.notes.setVisible(bool(count))
        self._choice_changed()

    def _show_list(self, anew: bool) -> int:
        assert self._listing is not None
        entries = self._listing.entries(self.filters.filter, self.words)
        editing = self.notes.current() if self.notes.editing else None
        if editing is not None and editing.key not in entries:
            self.notes.finish_editing()
        chosen = self.notes.selected()
        # While rows come and go, what is chosen is neither the old nor the new.
        self.notes.blockSignals(True)
        self.model.marker = Marker(self.words)
        self.notes.set_uniform(len(entries) > MOST_MEASURED)
        self.model.set_entries(entries, anew=anew)
        self.notes.blockSignals(False)
        if chosen and self.notes.selected() != chosen:
            self.notes.keep_choice(chosen)
        return self._listing.count

    def _show_board(self, anew: bool) -> int:
        assert self._listing is not None
        columns = self._listing.columns(self.filters.filter, self.words)
        self.board.show_columns(columns, Marker(self.words), anew=anew)
        return sum(len(column.notes) for column in columns)

    def show_as_board(self, board: bool) -> None:
        """Show the notes as a board, or as a list; what is chosen stays chosen."""
        wanted: NotesView | Board = self.board if board else self.notes
        if wanted is self.view:
            return
        chosen = self.selected()
        self.view.finish_editing()
        if board and self.filters.filter.scope is Scope.ALL and self._material.content is not None:
            self.filters.set_scope(self._first_theme())
        self.view = wanted
        self.board.setVisible(board)
        self._ground.setVisible(not board)
        self.filters.set_board(board)
        self._show_notes()
        self.view.keep_choice(chosen)

    def _first_theme(self) -> str | Scope:
        """Return the theme that the board opens with: the one in view, else the first under which something stands."""
        noted = {note.question for note in self._content.notes}
        among = (theme for theme in self._content.guide.themes if theme.is_conversation)
        first = (theme.id for theme in among if any(item.id in noted for item in theme.questions))
        return self.theme_in_view() or next(first, Scope.ALL)

    def _choice_changed(self) -> None:
        if self._material.content is not None:
            self.chosen.emit()

    # Search and filter

    def _filter_changed(self) -> None:
        self.view.finish_editing()
        self._show_notes(anew=False)

    def _search_if_other(self) -> None:
        # A rest in the typing may end after the dossier was closed.
        if self.words != self._searched and self.isVisible():
            self.search()

    def search(self) -> None:
        """Show what the search field asks for: at each key, or, where that takes long, when typing rests."""
        if self._material.content is None:
            return
        begin, self._searched = time.perf_counter(), self.words
        self.view.finish_editing()
        self.model.marker = Marker(self.words)
        self._show_notes(anew=False)
        self.notes.viewport().update()
        self._slow = time.perf_counter() - begin > LONG_S

    def _open_found(self, found: Elsewhere) -> None:
        if found.panel is not None and found.panel != self._content.panel.id and found.table != "panelist":
            self._work.go_to_panel(found.panel)
        self.filters.search.clear()
        if found.table == "panelist":
            self.filters.set_filter(replace(NoteFilter(), speaker=found.row, all_panels=self.filters.filter.all_panels))
            self.view.take_keyboard()
        else:
            self.row_asked.emit(found.table, found.row)

    def _save_search(self) -> None:
        name, done = QInputDialog.getText(
            self, tr("Zoekopdracht bewaren"), tr("Onder welke naam?"), text=self.words.strip()
        )
        if done and name.strip():
            self._work.save_search(name, to_json(self.filters.filter, self.words))

    def show_filter(self, wanted: NoteFilter) -> None:
        """Show what a filter says, as a list: from the matrix, for one."""
        self.filters.search.clear()
        self.filters.set_filter(wanted)

    def _choices(self) -> Choices:
        read, content = self._dossier.read, self._content
        noted = {note.question for note in content.notes}
        under = [(theme, item) for theme, item in content.guide.questions() if item.id in noted]
        people = read.all_panelists() if self.filters.filter.all_panels else list(content.panelists)
        return Choices(
            tuple(sorted({item.sector for item in people if item.sector}, key=str.casefold)),
            tuple((tag.id, f"#{tag.name}") for tag in read.tags()),
            tuple((item.id, item.name) for item in people),
            tuple(read.saved_searches()),
            tuple((item.id, f"{numbered(theme, content)} {item.text}".strip()) for theme, item in under),
        )

    def show_note(self, note: str) -> None:
        """Bring a note into view; a filter that hides it is let go."""
        if not self.view.show_note(note):
            self.filters.reset()
            self.search()
            self.view.show_note(note)
        self.view.take_keyboard()

    def show_anywhere(self, note: str) -> None:
        """Bring a note into view, also one of another panel."""
        found = next(iter(self._material.notes([note])), None)
        elsewhere = found is not None and found.note.panel != self._content.panel.id
        if elsewhere and not self.view.show_note(note):
            self.filters.search.clear()
            self.filters.set_filter(replace(NoteFilter(), all_panels=True))
        self.show_note(note)

    def show_question(self, question: str) -> None:
        """Go to the first note of a question."""
        self.filters.reset()
        self.search()
        first = next(iter(self._content.notes_of(question)), None)
        if first is not None and self.view.show_note(first.id):
            if self.view is self.notes:
                heading = self.model.index_of(f"question:{question}")
                self.notes.scrollTo(heading, self.notes.ScrollHint.PositionAtTop)
            self.view.take_keyboard()

    # Commands on notes

    def command(self, name: str) -> None:
        """Do one of the commands of the list with the notes that are chosen."""
        chosen = self.selected()
        match name:
            case "confirm":
                self._work.confirm_kinds(chosen)
            case "star":
                self._work.turn_star(chosen)
            case "aside":
                self._work.turn_aside(chosen)
            case "move":
                self._move(chosen)
            case "bundle":
                self._bundle(chosen)
            case "speaker":
                self._assign(chosen)
            case "label":
                self._label(chosen)
            case "history":
                self._show_history(chosen)
            case "label_1" | "label_2" | "label_3":
                self.deeds.turn_last_label(chosen, int(name[-1]) - 1)
            case "delete":
                self._delete(chosen)
            case _:
                self.commanded.emit(name)

    def _set_kind(self, kind: NoteKind) -> None:
        self._work.set_kind(self.selected(), kind)

    def _move(self, notes: Sequence[str]) -> None:
        if not notes:
            return
        current = self._question_of(notes[0])
        dialog = MoveDialog(self._theme, self._content.guide, len(notes), current, self)
        question = dialog.question() if dialog.ask() else None
        if question is not None:
            self._work.move(notes, question)

    def _bundle(self, notes: Sequence[str]) -> None:
        if self.deeds.bundle(notes):
            self.view.show_note(notes[0])

    def _split(self, note: str, text: str, place: int, seen: int) -> None:
        if not self.deeds.split(note, text, place, seen):
            return
        # What was typed is in the dossier: the editor has nothing to keep.
        self.view.forget_editing()
        self.view.show_note(note)

    def _assign(self, notes: Sequence[str]) -> None:
        items = self._material.notes(notes)
        if not items:
            return
        dialog = SpeakerDialog(self._theme, self._material.members_of(items[0]), len(items), self)
        if dialog.ask():
            self.deeds.assign(notes, dialog.panelist)
        self.view.take_keyboard()

    def _label(self, notes: Sequence[str]) -> None:
        items = self._material.notes(notes)
        if not items:
            return
        dialog = LabelDialog(self._theme, items, self.deeds.labels(), self.deeds.counts(), self)
        if dialog.ask():
            self.deeds.label(notes, dialog.added, dialog.removed)
        self.view.take_keyboard()

    def _show_history(self, notes: Sequence[str]) -> None:
        if len(notes) != 1:
            return
        (note,) = notes
        names = {item.id: item.text for _, item in self._content.guide.questions()}
        entries = self._dossier.history("note", note)
        dialog = NoteHistoryDialog(self._theme, entries, lambda _table, row: names.get(row, ""), self)
        if dialog.ask() and dialog.version is not None:
            self._work.apply(back_to("note", note, dialog.version))
        self.view.take_keyboard()

    def manage_labels(self) -> None:
        """Open the list of all labels."""
        LabelManager(self._theme, self.deeds, self).ask()
        self.view.take_keyboard()

    def _put(self, notes: list[str], question: str | None, before: str | None) -> None:
        if self._work.move_to(notes, question, before):
            self.view.show_note(notes[0])
            self.view.keep_choice(notes)
            self.view.take_keyboard()

    def _put_under_theme(self, theme: str, notes: list[str]) -> None:
        if self._work.move_to_theme(notes, theme):
            self.view.take_keyboard()

    def _delete(self, notes: Sequence[str]) -> None:
        if not notes:
            return
        at = self.notes.currentIndex().row()
        self._work.delete_notes(notes)
        if self.view is self.board:
            self.board.take_keyboard()
            return
        for number in (*range(max(0, at - len(notes) + 1), self.model.rowCount()), *range(at, -1, -1)):
            if 0 <= number < self.model.rowCount() and self.model.note_at(number) is not None:
                self.notes.setCurrentIndex(self.model.index(number))
                return

    def _follow(self, note: str, text: str) -> None:
        self._work.follow(note, text)
        self.typed.emit(note, text)

    def _rewrite(self, note: str, text: str, seen: int) -> None:
        if not self._work.rewrite(note, text, seen):
            # The dossier could not take it: what was typed goes back under the hands.
            QTimer.singleShot(0, self, lambda: self.edit_again(note, text))

    def edit_again(self, note: str, text: str) -> None:
        """Open the editor of a note with a text that was typed before."""
        self.view.edit_note(note)
        self.view.type_over(text)
