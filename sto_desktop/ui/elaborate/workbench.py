"""The list of notes with its filters, beside the insights: what happens between the two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from sto_desktop.domain.content import PanelContent, ThemeContent
from sto_desktop.domain.vocabulary import Evidence, NoteKind
from sto_desktop.storage.dossier import Dossier
from sto_desktop.ui.elaborate.deck import Deck
from sto_desktop.ui.elaborate.drafts import DraftKeeper
from sto_desktop.ui.elaborate.filter_bar import FilterBar, ThemeChoice
from sto_desktop.ui.elaborate.insight_editor import InsightEditor, Place, Written
from sto_desktop.ui.elaborate.insights_panel import InsightsPanel
from sto_desktop.ui.elaborate.listing import Listing, Marker, NoteRow, numbered
from sto_desktop.ui.elaborate.material import Material
from sto_desktop.ui.elaborate.move_dialog import MoveDialog
from sto_desktop.ui.elaborate.notes_model import NotesModel
from sto_desktop.ui.elaborate.notes_view import NotesView
from sto_desktop.ui.elaborate.recommendation_form import RecommendationDialog
from sto_desktop.ui.elaborate.work import INSIGHT, RECOMMENDATION, Work
from sto_desktop.ui.keys import hint
from sto_desktop.ui.language import counted, tr
from sto_desktop.ui.theme import Role, TextStyle, Theme
from sto_desktop.ui.widgets import Surface, TextLabel

PANEL_WIDTH = 360
LEAST_PANEL = 320
LEAST_LIST = 480
WIDEST_PANEL = 480
PANEL_SHARE = 0.26


class Workbench(QWidget):
    """Where notes become insights."""

    def __init__(self, theme: Theme, work: Work, material: Material, dossier: Dossier) -> None:
        super().__init__()
        self._theme = theme
        self._work = work
        self._material = material
        self._dossier = dossier
        self._deck: Deck | None = None
        self._listing: Listing | None = None
        self._found: frozenset[str] | None = None
        self._resting: tuple[str, ...] = ()
        """Notes that the insight being written will rest on."""
        self._split_by_hand = False
        self._drafts = DraftKeeper(work, self)
        self.filters = FilterBar(theme, hint("search"))
        self.model = NotesModel(self)
        self.notes = NotesView(theme, self.model, work.written)
        self.side = InsightsPanel(theme)
        self._nothing = TextLabel(theme, "", TextStyle.BODY, Role.MUTED, align=Qt.AlignmentFlag.AlignHCenter)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = QWidget()
        down = QVBoxLayout(left)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.filters)
        ground = Surface(margin=0)
        ground.body.setSpacing(0)
        ground.body.addWidget(self._nothing)
        ground.body.addWidget(self.notes, 1)
        self._nothing.setContentsMargins(0, 48, 0, 0)
        self._nothing.hide()
        down.addWidget(ground, 1)
        self._split = split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self.side)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        self.side.setMinimumWidth(LEAST_PANEL)
        left.setMinimumWidth(LEAST_LIST)
        split.splitterMoved.connect(lambda _place, _index: self._keep_split())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def _connect(self) -> None:
        self.filters.changed.connect(lambda _filter: self._filter_changed())
        self.filters.search.searched.connect(lambda _query: self._search())
        self.notes.commanded.connect(self.command)
        self.notes.kind_chosen.connect(self._set_kind)
        self.notes.attach_asked.connect(self._attach_numbered)
        self.notes.chosen.connect(self._choice_changed)
        self.notes.delegate.edited.connect(self._rewrite)
        self.notes.delegate.closeEditor.connect(lambda _editor, _hint: self._drafts.forget())
        self.notes.delegate.typed.connect(lambda note, text: self._typed(kind="note", row=note, text=text))
        side = self.side
        side.attached.connect(self._attach)
        side.detached.connect(self._work.detach)
        side.delete_asked.connect(self._delete_card)
        side.edit_asked.connect(self._edit_card)
        side.note_shown.connect(lambda note: self.show_row("note", note))
        side.evidence_shown.connect(self.model.set_evidence)
        side.insight_asked.connect(self.new_insight)
        side.recommendation_asked.connect(self.new_recommendation)
        side.more_asked.connect(self._show_menu)
        side.gap_asked.connect(self._show_gap)
        side.written.connect(self._written)

    # Showing

    def _keep_split(self) -> None:
        self._split_by_hand = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._split_by_hand:
            side = max(PANEL_WIDTH, min(round(self.width() * PANEL_SHARE), WIDEST_PANEL))
            side = max(LEAST_PANEL, min(side, self.width() - LEAST_LIST))
            self._split.setSizes([self.width() - side, side])

    @property
    def _content(self) -> PanelContent:
        assert self._material.content is not None
        return self._material.content

    def reset(self) -> None:
        """Begin anew, with another panel."""
        self._listing = None
        self.filters.reset()

    def refresh(self) -> None:
        """Show the material as it is now."""
        content, voices = self._material.content, self._material.voices
        if content is None or voices is None:
            return
        self._listing = Listing(content, self._listing)
        self._deck = Deck(content, self._material.by_id, voices)
        self.filters.show_themes(
            [self._theme_choice(theme) for theme in content.guide.themes if theme.is_conversation],
            self._listing.unassigned,
        )
        if self._found is not None:
            self._look_up()
        self._show_notes()
        self.side.show_progress(self._material.progress)

    def _theme_choice(self, theme: ThemeContent) -> ThemeChoice:
        number = numbered(theme, self._content)
        return ThemeChoice(theme.id, f"{number} {theme.short_title}".strip(), theme.title, number)

    def _show_notes(self) -> None:
        if self._listing is None:
            return
        rows = self._listing.rows(self.filters.filter, self._found)
        shown = [row for row in rows if isinstance(row, NoteRow)]
        editing = self.notes.current()
        if self.notes.editing and editing is not None and editing.key not in {row.key for row in shown}:
            self.notes.finish_editing()
        chosen = self.notes.selected()
        # While rows come and go, what is chosen is neither the old nor the new.
        self.notes.blockSignals(True)
        self.model.set_rows(rows)
        self.notes.blockSignals(False)
        if chosen and self.notes.selected() != chosen:
            self.notes.keep_choice(chosen)
        total = len(self._content.notes)
        narrowed = self._found is not None or self.filters.filter.narrows
        said = counted(total, "{n} notitie", "{n} notities")
        if narrowed:
            said = tr("{n} van {said}", n=len(shown), said=said)
        self.filters.show_count(said, narrowed=narrowed)
        self._nothing.setText(tr("Geen notities die hieraan voldoen.") if narrowed else tr("Nog geen notities."))
        self._nothing.setVisible(not shown)
        self.notes.setVisible(bool(shown))
        self._choice_changed()

    def _theme_in_view(self) -> str | None:
        """Return the theme that the cards are about: that of the filter, else that of the notes that are chosen."""
        if self.filters.filter.theme is not None:
            return self.filters.filter.theme
        chosen = self.notes.selected()
        theme = self._content.guide.theme_of(self._material.by_id[chosen[0]].question) if chosen else None
        return theme.id if theme is not None and theme.is_conversation else None

    def _show_cards(self) -> None:
        if self._deck is None:
            return
        theme = self._theme_in_view()
        insights, recommendations = self._deck.insights(theme), self._deck.recommendations(theme)
        of_panel = self._deck.insights_of_panel() if theme is not None else []
        title = tr("Inzichten bij dit thema") if theme is not None else tr("Alle inzichten")
        known = len(recommendations)
        titles = (f"{title} ({len(insights)})" if insights else title, f"{tr('Aanbevelingen')} ({known})")
        self.side.show_content(titles, insights, of_panel, recommendations)
        self.side.set_choice(len(self.notes.selected()))

    def _choice_changed(self) -> None:
        if self._material.content is None:
            return
        self._show_cards()

    # Search and filter

    def _filter_changed(self) -> None:
        self.notes.finish_editing()
        self._show_notes()

    def _search(self) -> None:
        if self._material.content is None:
            return
        self.notes.finish_editing()
        self._look_up()
        self.model.marker = Marker(self.filters.search.text())
        self._show_notes()
        self.notes.viewport().update()

    def _look_up(self) -> None:
        query = self.filters.search.text()
        if not query.strip():
            self._found = None
            return
        hits = self._dossier.search(query, tables=("note",), limit=max(1, len(self._content.notes) * 2))
        self._found = frozenset(hit.row for hit in hits)

    def show_row(self, table: str, row: str) -> None:
        """Bring a note or a card into view; a filter that hides it is let go."""
        if table == "note":
            if not self.notes.show_note(row):
                self.filters.reset()
                self._search()
                self.notes.show_note(row)
            self.notes.setFocus()
            return
        if self.side.card(row) is None:
            self.filters.reset()
            self.notes.clearSelection()
            self.notes.setCurrentIndex(self.model.index(-1))
            self._show_cards()
        card = self.side.card(row)
        if card is not None:
            card.set_open(True)
            card.setFocus()
            self.side.column.ensureWidgetVisible(card)

    def _show_gap(self) -> None:
        """Go to the first question that has notes and no insight."""
        questions = self._material.progress.without_insight
        if not questions:
            return
        self.filters.reset()
        self._search()
        for row in self.model.note_rows():
            if row.content.question == questions[0]:
                self.notes.show_note(row.key)
                heading = self.model.index_of(f"question:{questions[0]}")
                self.notes.scrollTo(heading, self.notes.ScrollHint.PositionAtTop)
                self.notes.setFocus()
                return

    # Commands on notes

    def command(self, name: str) -> None:
        """Do one of the commands of the list with the notes that are chosen."""
        chosen = self.notes.selected()
        match name:
            case "insight":
                self.new_insight()
            case "recommendation":
                self.new_recommendation()
            case "confirm":
                self._work.confirm_kinds(chosen)
            case "star":
                self._work.turn_star(chosen)
            case "aside":
                self._work.turn_aside(chosen)
            case "move":
                self._move(chosen)
            case "delete":
                self._delete(chosen)

    def _show_menu(self, at: QPoint) -> None:
        menu = self.notes.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _set_kind(self, kind: NoteKind) -> None:
        self._work.set_kind(self.notes.selected(), kind)

    def _move(self, notes: Sequence[str]) -> None:
        if not notes:
            return
        current = self._material.by_id[notes[0]].question
        dialog = MoveDialog(self._theme, self._content.guide, len(notes), current, self)
        question = dialog.question() if dialog.exec() else None
        dialog.deleteLater()
        if question is not None:
            self._work.move(notes, question)

    def _delete(self, notes: Sequence[str]) -> None:
        if not notes:
            return
        at = self.notes.currentIndex().row()
        self._work.delete_notes(notes)
        for number in (*range(max(0, at - len(notes) + 1), self.model.rowCount()), *range(at, -1, -1)):
            if 0 <= number < self.model.rowCount() and isinstance(self.model.row(number), NoteRow):
                self.notes.setCurrentIndex(self.model.index(number))
                return

    def _rewrite(self, note: str, text: str, seen: int) -> None:
        if not self._work.rewrite(note, text, seen):
            # The dossier could not take it: what was typed goes back under the hands.
            QTimer.singleShot(0, self, lambda: self._edit_again(note, text))

    def _edit_again(self, note: str, text: str) -> None:
        self.notes.edit_note(note)
        self.notes.type_over(text)

    # Insights

    def _place_in_view(self) -> Place:
        assert self._deck is not None
        current = self.notes.current()
        chosen = self.notes.selected()
        question = self._material.by_id[chosen[0]].question if chosen else current.content.question if current else None
        return self._deck.place_of(question, self.filters.filter.theme)

    def new_insight(self) -> None:
        """Write an insight that rests on the notes that are chosen."""
        if self._deck is None:
            return
        self.side.finish_writing()
        self._resting = tuple(self.notes.selected())
        self._write_new(self._place_in_view())

    def _edit_insight(self, insight: str, text: str | None = None) -> None:
        assert self._deck is not None
        found = next((item for item in self._content.insights if item.id == insight), None)
        card = self.side.card(insight)
        if found is None or card is None:
            return
        self.side.finish_writing()
        record = found.insight
        place = self._deck.place_of(record.position.parent, record.theme)
        editor = self.side.write(
            self._deck.places(),
            place,
            record.aspect,
            text=record.text if text is None else text,
            before=record.text,
            seen=self._work.seq,
            card=card,
        )
        editor.setProperty("insight", insight)
        self._follow_typing(editor, "insight", insight, place)

    def _follow_typing(self, editor: InsightEditor, kind: str, row: str, place: Place) -> None:
        editor.typed.connect(
            lambda text: self._typed(
                kind=kind,
                row=row,
                text=text,
                question=place.question,
                theme=place.theme,
                notes=list(self._resting) if kind == "new" else [],
            )
        )

    def _written(self, written: Written | None, editor: InsightEditor) -> None:
        insight = editor.property("insight")
        kept: str | None = str(insight) if insight else None
        if written is not None and kept:
            done = self._work.change_insight(kept, written, editor.seen)
        elif written is not None:
            kept = self._work.add_insight(written, self._resting)
            done = kept is not None
        else:
            done = True
        self._drafts.forget()
        if written is not None and not done:
            QTimer.singleShot(0, self, lambda: self._write_again(str(insight or ""), written))
            return
        card = self.side.card(kept) if kept else None
        if card is not None and insight:
            card.setFocus()
        elif editor.isAncestorOf(editor.focusWidget() or editor):
            self.notes.setFocus()
        if card is not None:
            self.side.column.body.activate()
            self.side.column.ensureWidgetVisible(card)

    def _write_again(self, insight: str, written: Written) -> None:
        """Give back what the dossier could not take."""
        if insight:
            self._edit_insight(insight, written.text)
        elif self._deck is not None:
            self._write_new(written.place, written.text)

    def _write_new(self, place: Place, text: str = "") -> None:
        assert self._deck is not None
        editor = self.side.write(self._deck.places(), place, None, text=text, seen=self._work.seq)
        self._follow_typing(editor, "new", "", place)

    def _attach_numbered(self, number: int, evidence: Evidence) -> None:
        insight = self.side.numbered(number)
        if insight is not None:
            self._work.attach(INSIGHT, insight, self.notes.selected(), evidence)

    def _attach(self, table: str, row: str, notes: list[str], evidence: Evidence) -> None:
        self._work.attach(table, row, notes or self.notes.selected(), evidence)

    def _delete_card(self, table: str, row: str) -> None:
        self._work.delete(table, row)
        self.notes.setFocus()

    def _edit_card(self, table: str, row: str) -> None:
        if table == INSIGHT:
            self._edit_insight(row)
        elif table == RECOMMENDATION:
            self._edit_recommendation(row)

    # Recommendations

    def new_recommendation(self) -> None:
        """Write a recommendation that rests on the notes that are chosen."""
        notes = self.notes.selected()
        theme = self._theme_in_view()
        dialog = RecommendationDialog(
            self._theme,
            [one for one in self._content.guide.themes if one.is_conversation],
            None,
            chosen_themes=[theme] if theme else [],
            notes=len(notes),
            seen=self._work.seq,
            parent=self,
        )
        while dialog.exec() and dialog.kept:
            if self._work.add_recommendation(dialog.values(), dialog.chosen_themes(), notes):
                break
        dialog.deleteLater()

    def _edit_recommendation(self, row: str) -> None:
        found = next((item for item in self._content.recommendations if item.id == row), None)
        if found is None:
            return
        themes = [one for one in self._content.guide.themes if one.is_conversation]
        dialog = RecommendationDialog(self._theme, themes, found, seen=self._work.seq, parent=self)
        while dialog.exec() and dialog.kept:
            if self._work.change_recommendation(row, dialog.values(), dialog.chosen_themes(), dialog.seen):
                break
        dialog.deleteLater()

    # Drafts

    def finish(self) -> None:
        """Keep everything that is being typed."""
        self.notes.finish_editing()
        self.side.finish_writing()
        self._drafts.stop()

    def _typed(self, **draft: object) -> None:
        self._drafts.typed(self._content.panel.id, **draft)

    def restore_draft(self) -> None:
        """Open again what was being typed when the program stopped."""
        if not self.isVisible() or self._material.content is None or self._deck is None:
            return
        draft = self._drafts.left(self._content.panel.id)
        if draft is None:
            return
        row, text = str(draft.get("row", "")), str(draft.get("text", ""))
        if draft.get("kind") == "note":
            self._edit_again(row, text)
        elif draft.get("kind") == "insight":
            self._edit_insight(row, text)
        elif draft.get("kind") == "new":
            self._resting = tuple(str(note) for note in draft.get("notes", ()))
            self._write_new(self._deck.place_of(draft.get("question"), draft.get("theme")), text)
