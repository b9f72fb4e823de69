"""The notes of Uitwerken with filters, search and commands; the insights are shown beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.log.change import Changed
from sto_desktop.domain.panel.content import PanelContent, ThemeContent
from sto_desktop.domain.panel.note_filter import NoteFilter, NoteScope, to_json
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import counted, tr
from sto_desktop.storage.read.note_list import OtherResult
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.ui.base.keys import bind, hint
from sto_desktop.ui.commands.command import Need
from sto_desktop.ui.commands.table import BY_ID
from sto_desktop.ui.elaborate.notes.chosen_notes import ChosenNotes
from sto_desktop.ui.elaborate.notes.filter_bar import FilterBar, ThemeChoice
from sto_desktop.ui.elaborate.notes.filter_menu import words_of
from sto_desktop.ui.elaborate.notes.found_strip import FoundStrip
from sto_desktop.ui.elaborate.notes.list_and_board import ListAndBoard
from sto_desktop.ui.elaborate.notes.looking_up import FoundNotes, NotesWanted, look_up
from sto_desktop.ui.elaborate.notes.note_work import NoteWork
from sto_desktop.ui.elaborate.notes.notes_view import KEYS
from sto_desktop.ui.findings.work import Work
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.listing import Listing, Marker, RowReader, numbered
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.widgets import ask_text

MOST_AT_ONCE = 2000
"""From more notes than these, what to show is looked up on a worker; what is shown stays until then."""


class NotesPane(QWidget):
    """The notes with filters and search; `views` shows them, `hands` runs the commands on them.

    `chosen`: the selection or the notes shown changed; `typed` carries a note's id and the text being typed;
    `row_asked` the table and id of an insight or recommendation chosen from the search results.
    """

    chosen = Signal()
    typed = Signal(str, str)
    row_asked = Signal(str, str)

    def __init__(self, theme: Appearance, work: Work, material: Material, dossier: Dossier) -> None:
        super().__init__()
        self._theme = theme
        self._work = work
        self._material = material
        self._dossier = dossier
        self._listing: Listing | None = None
        self._reader = RowReader(material, dossier.read)
        self.filters = FilterBar(theme, hint("search"))
        self.found_strip = FoundStrip(theme)
        deeds = NoteWork(work, material, dossier)
        self.views = ListAndBoard(theme, self._reader, work.written, deeds.last_labels)
        self.hands = ChosenNotes(theme, work, deeds, material, self.views)
        self._searched = ""
        self._total: int | None = None
        """Number of notes in all panels; None until counted."""
        self._looking = work.newest(self._found, self._not_found, self)
        self._anew = False
        """Whether the dossier changed since the last look."""
        self._held: FoundNotes | None = None
        self._lay_out()
        self._connect()
        self._bind()

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.filters)
        down.addWidget(self.found_strip)
        down.addWidget(self.views, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter_changed)
        self.filters.search.textChanged.connect(self._search_if_other)
        self.filters.search.searched.connect(self._search_if_other)
        self.filters.labels_asked.connect(self.hands.manage_labels)
        self.filters.save_asked.connect(self._save_search)
        self.filters.forget_asked.connect(lambda search: self._work.delete_search(search.id))
        self.filters.notes_dropped.connect(self.hands.put_under_theme)
        self.found_strip.opened.connect(self._open_found)
        self.views.notes.in_order = lambda: self.filters.filter.in_order
        self.views.typed.connect(self._follow)
        self.views.typing_ended.connect(lambda: QTimer.singleShot(0, self, self._show_held))
        self.views.chosen.connect(self._choice_changed)

    def _bind(self) -> None:
        """Let the palette do what keys and menus do here."""

        def chosen() -> bool:
            return bool(self.views.selected())

        for line in KEYS:
            needs = BY_ID[line.id].need is not Need.NOTHING
            bind(line.id, self, partial(self.hands.command, line.command), ready=chosen if needs else None)
        for number in (1, 9):
            for command, evidence in (("attach", Evidence.SUPPORTS), ("contradict", Evidence.CONTRADICTS)):
                attach = partial(self.views.attach_asked.emit, number, evidence)
                bind(f"{command}_{number}", self, attach, ready=chosen)
        bind("edit_note", self, self.views.edit_current, ready=chosen)
        bind("kind_chosen", self, self.views.show_menu, ready=chosen)
        bind("labels", self, self.hands.manage_labels)
        bind("save_search", self, self._save_search, ready=self.filters.clear.isVisible)

    @property
    def _content(self) -> PanelContent:
        assert self._material.content is not None
        return self._material.content

    # Queries of the insights panel

    def question_in_view(self) -> str | None:
        """Return the question of the selected notes, else of the focused one."""
        chosen, current = self.views.selected(), self.views.view.current()
        if chosen:
            return self._question_of(chosen[0])
        return current.content.question if current else None

    def theme_in_view(self) -> str | None:
        """Return the conversation theme of the filter, else of the selected notes."""
        if self.filters.filter.theme is not None:
            return self.filters.filter.theme
        chosen = self.views.selected()
        theme = self._content.guide.theme_of(self._question_of(chosen[0])) if chosen else None
        return theme.id if theme is not None and theme.is_conversation else None

    def _question_of(self, note: str) -> str | None:
        return next((content.question for content in self._material.notes([note])), None)

    def let_go(self) -> None:
        """Clear selection and filters."""
        self.filters.reset()
        self.views.view.let_go()

    # Showing

    def reset(self) -> None:
        """Clear listing and filters, before another panel is shown."""
        self._listing = self._held = None
        self._looking.forget()
        self.views.shown()
        self.filters.reset()

    def refresh(self) -> None:
        """Show the current material."""
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
        """React to a change outside this panel, if the list shows other panels, searches or labels."""
        shown = self.filters.filter.all_panels and changed.touches("note", "voice", "note_tag", "panel")
        if shown or changed.touches("saved_search", "tag"):
            self.refresh()

    def _theme_choice(self, theme: ThemeContent) -> ThemeChoice:
        number = numbered(theme, self._content)
        return ThemeChoice(theme.id, f"{number} {theme.short_title}".strip(), theme.title, number)

    @property
    def words(self) -> str:
        """The search text."""
        return self.filters.search.text()

    def _show_notes(self, *, anew: bool = True) -> None:
        if self._listing is None:
            return
        self._anew |= anew
        self._held = None
        wanted = NotesWanted(self.filters.filter, self.words, self.views.as_board, self._anew or self._total is None)
        if self._is_much(wanted):
            self.views.wait(anew=anew)
            self.filters.show_count(tr("bezig met zoeken…"), narrowed=True)
            look = partial(look_up, self._listing, self._content, wanted)
            self._looking.ask(partial(self._work.read_apart, look))
            return
        if self._looking.running:
            # The worker has the other one.
            self._listing = Listing(self._material, self._dossier.read)
        self._looking.forget()
        self._show_found(look_up(self._listing, self._content, wanted, self._dossier.read))

    def _is_much(self, wanted: NotesWanted) -> bool:
        wide = wanted.filter.all_panels or bool(wanted.words.strip())
        notes = self._dossier.read.lists.size() if wide else len(self._content.notes)
        return notes > MOST_AT_ONCE

    def _found(self, found: FoundNotes) -> None:
        # Other rows would close the editor.
        if self.views.editing:
            self._held = found
        else:
            self._show_found(found)

    def _not_found(self) -> None:
        self.filters.show_count("", narrowed=True)
        self.views.shown()

    def _show_held(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._found(held)

    def _show_found(self, found: FoundNotes) -> None:
        wanted, filters, marker = found.wanted, self.filters, Marker(found.wanted.words)
        if wanted.board:
            self.views.show_columns(found.columns, marker, anew=wanted.anew)
        else:
            self.views.show_list(found.entries, marker, anew=wanted.anew)
        self._anew = False
        filters.choices = filters.choices if found.choices is None else found.choices
        self._total = self._total if found.total is None else found.total
        self.found_strip.show_found(found.elsewhere, marker)
        total = self._total if wanted.filter.all_panels else len(self._content.notes)
        narrowed = bool(wanted.words.strip()) or wanted.filter.narrows
        message = counted(total or 0, "{n} notitie", "{n} notities")
        if narrowed:
            message = tr("{n} van {said}", n=found.count, said=message)
        also = words_of(wanted.filter, filters.choices)
        filters.show_count(f"{message} · {also}" if also else message, narrowed=narrowed)
        self.views.show_nothing(not found.count, narrowed=narrowed)
        self._choice_changed()
        self.views.shown()

    def show_as_board(self, board: bool) -> None:
        """Switch between board and list; keep the selection."""
        if board is self.views.as_board:
            return
        chosen = self.views.selected()
        self.views.finish()
        if board and self.filters.filter.scope is NoteScope.ALL and self._material.content is not None:
            self.filters.set_scope(self._first_theme())
        self.views.turn(board=board)
        self.filters.set_board(board)
        self._show_notes()
        self.views.when_shown(lambda: self.views.view.keep_choice(chosen))

    def _first_theme(self) -> str | NoteScope:
        """Return the theme that the board opens with: the one in view, else the first that has notes."""
        noted = {note.question for note in self._content.notes}
        themes = (theme for theme in self._content.guide.themes if theme.is_conversation)
        first = (theme.id for theme in themes if any(question.id in noted for question in theme.questions))
        return self.theme_in_view() or next(first, NoteScope.ALL)

    def _choice_changed(self) -> None:
        if self._material.content is not None:
            self.chosen.emit()

    # Search and filter

    def _filter_changed(self) -> None:
        self.views.finish()
        self._show_notes(anew=False)

    def _search_if_other(self) -> None:
        # The pause in typing may end after the dossier was closed.
        if self.words != self._searched and self.isVisible():
            self.search()

    def search(self) -> None:
        """Show the results of the search."""
        if self._material.content is None:
            return
        self._searched = self.words
        self.views.finish()
        self.views.mark(Marker(self.words))
        self._show_notes(anew=False)
        self.views.notes.viewport().update()

    def _open_found(self, result: OtherResult) -> None:
        if result.panel is not None and result.panel != self._content.panel.id and result.table != "panelist":
            self._work.go_to_panel(result.panel)
        self.filters.search.clear()
        if result.table == "panelist":
            self.filters.set_filter(
                replace(NoteFilter(), speaker=result.row, all_panels=self.filters.filter.all_panels)
            )
            self.views.take_keyboard()
        else:
            self.row_asked.emit(result.table, result.row)

    def _save_search(self) -> None:
        title, label = tr("Zoekopdracht bewaren"), tr("Onder welke naam?")
        name = ask_text(self._theme, title, label, self, text=self.words.strip())
        if name is not None:
            self._work.save_search(name, to_json(self.filters.filter, self.words))

    def show_note(self, note: str) -> None:
        """Bring a note into view; clear filters that hide it."""
        self.views.when_shown(lambda: self._show_listed(note))

    def _show_listed(self, note: str) -> None:
        if not self.views.view.show_note(note):
            self.filters.reset()
            self.search()
            self.views.when_shown(lambda: self.views.view.show_note(note))
        self.views.take_keyboard()

    def show_anywhere(self, note: str) -> None:
        """Bring a note of this or another panel into view."""
        content = next(iter(self._material.notes([note])), None)
        elsewhere = content is not None and content.note.panel != self._content.panel.id
        if elsewhere and not self.views.view.show_note(note):
            self.filters.search.clear()
            self.filters.set_filter(replace(NoteFilter(), all_panels=True))
        self.show_note(note)

    def show_question(self, question: str) -> None:
        """Go to the first note of a question."""
        self.filters.reset()
        self.search()
        self.views.when_shown(lambda: self._show_first(question))

    def _show_first(self, question: str) -> None:
        first = next(iter(self._content.notes_of(question)), None)
        if first is not None and self.views.view.show_note(first.id):
            self.views.show_heading(question)
            self.views.take_keyboard()

    def _follow(self, note: str, text: str) -> None:
        self._work.follow(note, text)
        self.typed.emit(note, text)
