"""The notes beside the insights, and the actions that connect the two."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.note_filter import NoteFilter
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import tr
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.ui.elaborate.insights.debrief_beside import DebriefBeside
from sto_desktop.ui.elaborate.insights.recommending import edit_recommendation, new_recommendation
from sto_desktop.ui.elaborate.insights.written_beside import WrittenBeside
from sto_desktop.ui.elaborate.notes.notes_pane import NotesPane
from sto_desktop.ui.fields.spelling import Spelling
from sto_desktop.ui.fields.written_dialog import WrittenDialog
from sto_desktop.ui.findings.deck import Deck
from sto_desktop.ui.findings.drafts import DraftKeeper
from sto_desktop.ui.findings.insight_editor import InsightEditor, InsightHome, WrittenInsight
from sto_desktop.ui.findings.insights_panel import InsightsPanel
from sto_desktop.ui.findings.work import INSIGHT, RECOMMENDATION, Work
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.listing import WRITTEN
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.notes.similar_list import LookUp, SimilarList

# Widths in px of the insights beside the notes; the last is their share of a wide window.
PANEL_WIDTH = 360
LEAST_PANEL = 320
LEAST_LIST = 480
WIDEST_PANEL = 480
PANEL_SHARE = 0.26


class Workbench(QWidget):
    """Notes on the left, insights and recommendations on the right."""

    def __init__(self, theme: Appearance, work: Work, material: Material, dossier: Dossier, look_up: LookUp) -> None:
        super().__init__()
        self._theme = theme
        self._work = work
        self._material = material
        self._deck: Deck | None = None
        self._resting: tuple[str, ...] = ()
        """Notes that the insight being written will rest on."""
        self._split_by_hand = False
        self._spelling: Spelling | None = None
        self._drafts = DraftKeeper(work, self)
        self.pane = NotesPane(theme, work, material, dossier)
        self.filters, self.model, self.notes = self.pane.filters, self.pane.views.model, self.pane.views.notes
        self.side = InsightsPanel(theme)
        self.similar = SimilarList(theme, material, dossier.read, look_up)
        self.debrief = DebriefBeside(theme)
        self.sent_in = WrittenBeside(theme)
        self.sent_in.asked.connect(self._ask_written)
        body = self.side.column.body
        body.insertWidget(body.count() - 1, self.debrief)
        body.insertWidget(body.count() - 1, self.sent_in)
        body.insertWidget(body.count() - 3, self.similar)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._split = split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.pane)
        split.addWidget(self.side)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        self.side.setMinimumWidth(LEAST_PANEL)
        self.pane.setMinimumWidth(LEAST_LIST)
        split.splitterMoved.connect(self._keep_split)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def _connect(self) -> None:
        pane = self.pane
        pane.chosen.connect(self._show_cards)
        pane.hands.commanded.connect(self.command)
        pane.views.attach_asked.connect(self._attach_numbered)
        pane.typed.connect(lambda note, text: self._typed(kind="note", row=note, text=text))
        pane.views.typing_ended.connect(self._drafts.forget)
        pane.row_asked.connect(self.show_row)
        pane.chosen.connect(lambda: self.similar.note_chosen(pane.views.selected()))
        self.similar.shown.connect(pane.show_anywhere)
        side = self.side
        side.attached.connect(self._attach)
        side.detached.connect(self._work.detach)
        side.delete_asked.connect(self._delete_card)
        side.edit_asked.connect(self._edit_card)
        side.note_shown.connect(self._show_attached)
        side.recommendation_on_asked.connect(self._recommend_on)
        side.evidence_shown.connect(pane.views.set_evidence)
        side.insight_asked.connect(self.new_insight)
        side.recommendation_asked.connect(self.new_recommendation)
        side.more_asked.connect(self._show_menu)
        side.gap_asked.connect(self._show_gap)
        side.todo_asked.connect(self._show_todo)
        side.written.connect(self._written)

    @property
    def spelling(self) -> Spelling | None:
        """The spelling checker, if there is one."""
        return self._spelling

    def check_spelling(self, spelling: Spelling) -> None:
        """Spell-check text typed in notes, insights and recommendations."""
        self._spelling = spelling
        self.pane.views.check_spelling(spelling)

    # Showing

    def _keep_split(self) -> None:
        # Once the user has moved the splitter, resizing keeps that proportion.
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
        """Clear filters before another panel is shown."""
        self.pane.reset()

    def refresh(self) -> None:
        """Show the current material."""
        content, voices = self._material.content, self._material.voices
        if content is None or voices is None:
            return
        self._deck = Deck(content, self._material.by_id, voices)
        self.pane.refresh()
        self.debrief.show_content(content)
        self.sent_in.show_content(content)
        self.side.show_progress(self._material.progress)

    def _ask_written(self) -> None:
        content = self._content
        dialog = WrittenDialog(self._theme, content.panel.id, content.panelists, seen=self._work.seq, parent=self)
        dialog.ask_until(lambda: self._work.apply(dialog.change()))

    def _show_cards(self) -> None:
        if self._deck is None or self._material.content is None:
            return
        theme = self.pane.theme_in_view()
        insights, recommendations = self._deck.insights(theme), self._deck.recommendations(theme)
        of_panel = self._deck.insights_of_panel() if theme is not None else []
        title = tr("Inzichten bij dit thema") if theme is not None else tr("Alle inzichten")
        count = len(recommendations)
        titles = (f"{title} ({len(insights)})" if insights else title, f"{tr('Aanbevelingen')} ({count})")
        self.side.show_content(titles, insights, of_panel, recommendations)
        self.side.set_choice(len(self.pane.views.selected()))

    def focus_notes(self) -> None:
        """Move keyboard focus to the notes."""
        self.pane.views.take_keyboard()

    def show_row(self, table: str, row: str) -> None:
        """Bring a note, a card or what was sent in into view; clear the filter and selection if they hide it."""
        if table == "note":
            self.pane.show_note(row)
            return
        if table == WRITTEN:
            self.sent_in.change.setFocus()
            self.side.column.ensureWidgetVisible(self.sent_in)
            return
        if self.side.card(row) is None:
            self.pane.let_go()
            self._show_cards()
        card = self.side.card(row)
        if card is not None:
            card.set_open(True)
            card.setFocus()
            self.side.column.ensureWidgetVisible(card)

    def _show_attached(self, row: str) -> None:
        insight = any(insight_content.id == row for insight_content in self._content.insights)
        self.show_row("insight" if insight else "note", row)

    def _show_todo(self) -> None:
        """Show the notes that are neither used nor set aside."""
        self.filters.ask(NoteFilter(todo=True))
        self.pane.views.take_keyboard()

    def _show_gap(self) -> None:
        """Go to the first question with notes but without an insight."""
        questions = self._material.progress.without_insight
        if questions:
            self.pane.show_question(questions[0])

    # Commands

    def command(self, name: str) -> None:
        """Run a command that makes something of the selected notes."""
        match name:
            case "insight":
                self.new_insight()
            case "recommendation":
                self.new_recommendation()

    def _show_menu(self, at: QPoint) -> None:
        menu = self.notes.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    # Insights

    def _place_in_view(self) -> InsightHome:
        assert self._deck is not None
        question = self.pane.question_in_view()
        return self._deck.place_of(question, self.filters.filter.theme)

    def new_insight(self) -> None:
        """Write an insight that rests on the selected notes."""
        if self._deck is None:
            return
        self.side.finish_writing()
        self._resting = tuple(self.pane.views.selected())
        self._write_new(self._place_in_view())

    def _edit_insight(self, insight: str, text: str | None = None) -> None:
        assert self._deck is not None
        content = next((candidate for candidate in self._content.insights if candidate.id == insight), None)
        card = self.side.card(insight)
        if content is None or card is None:
            return
        self.side.finish_writing()
        record = content.insight
        place = self._deck.place_of(record.position.parent, record.theme)
        editor = self.side.write(
            self._deck.places(),
            WrittenInsight(record.text, place, record.aspect),
            text=record.text if text is None else text,
            seen=self._work.seq,
            card=card,
        )
        editor.setProperty("insight", insight)
        self._follow_typing(editor, "insight", insight, place)

    def _follow_typing(self, editor: InsightEditor, kind: str, row: str, place: InsightHome) -> None:
        editor.text.check_spelling(self._spelling, self._theme)
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

    def _written(self, written: WrittenInsight | None, editor: InsightEditor) -> None:
        insight = editor.property("insight")
        insight_id: str | None = str(insight) if insight else None
        if written is not None and insight_id:
            done = self._work.change_insight(insight_id, written, editor.seen)
        elif written is not None:
            insight_id = self._work.add_insight(written, self._resting)
            done = insight_id is not None
        else:
            done = True
        self._drafts.forget()
        if written is not None and not done:
            # Saving failed: open the editor again with the text, after this one has closed.
            QTimer.singleShot(0, self, lambda: self._write_again(str(insight or ""), written))
            return
        card = self.side.card(insight_id) if insight_id else None
        # If the user went from the editor to another place, leave the focus there.
        if editor.had_keyboard and card is not None and insight:
            card.setFocus()
        elif editor.had_keyboard:
            self.pane.views.take_keyboard()
        if card is not None:
            self.side.column.body.activate()
            self.side.column.ensureWidgetVisible(card)

    def _write_again(self, insight: str, written: WrittenInsight) -> None:
        """Reopen the editor with text that could not be saved."""
        if insight:
            self._edit_insight(insight, written.text)
        elif self._deck is not None:
            self._write_new(written.place, written.text)

    def _write_new(self, place: InsightHome, text: str = "") -> None:
        assert self._deck is not None
        editor = self.side.write(self._deck.places(), WrittenInsight("", place, None), text=text, seen=self._work.seq)
        self._follow_typing(editor, "new", "", place)

    def _attach_numbered(self, number: int, evidence: Evidence) -> None:
        insight = self.side.numbered(number)
        if insight is not None:
            self._work.attach(INSIGHT, insight, self.pane.views.selected(), evidence)

    def _attach(self, table: str, row: str, notes: list[str], evidence: Evidence) -> None:
        self._work.attach(table, row, notes or self.pane.views.selected(), evidence)

    def _delete_card(self, table: str, row: str) -> None:
        self._work.delete(table, row)
        self.pane.views.take_keyboard()

    def _edit_card(self, table: str, row: str) -> None:
        if table == INSIGHT:
            self._edit_insight(row)
        elif table == RECOMMENDATION:
            edit_recommendation(self, self._theme, self._work, self._content, row, spelling=self.spelling)

    # Recommendations

    def new_recommendation(self) -> None:
        """Create a recommendation that rests on the selected notes."""
        theme = self.pane.theme_in_view()
        new_recommendation(
            self,
            self._theme,
            self._work,
            self._content,
            notes=self.pane.views.selected(),
            themes=[theme] if theme else [],
            spelling=self.spelling,
        )

    def _recommend_on(self, insight: str) -> None:
        """Create a recommendation that follows from an insight."""
        assert self._deck is not None
        content = next((candidate for candidate in self._content.insights if candidate.id == insight), None)
        theme = self._deck.theme_of_insight(content) if content else None
        themes = [theme] if theme else []
        new_recommendation(
            self,
            self._theme,
            self._work,
            self._content,
            insights=[insight],
            themes=themes,
            spelling=self.spelling,
        )

    # Drafts

    def finish(self) -> None:
        """Save everything being typed and stop background look-ups."""
        self.similar.stop()
        self.pane.views.finish()
        self.side.finish_writing()
        self._drafts.stop()

    def _typed(self, **draft: object) -> None:
        if self.isVisible():
            self._drafts.typed(self._content.panel.id, **draft)

    def restore_draft(self) -> None:
        """Reopen the editor with the text being typed when the program stopped."""
        if not self.isVisible() or self._material.content is None or self._deck is None:
            return
        draft = self._drafts.left(self._content.panel.id)
        if draft is None:
            return
        row, text = str(draft.get("row", "")), str(draft.get("text", ""))
        if draft.get("kind") == "note":
            self.pane.views.edit_again(row, text)
        elif draft.get("kind") == "insight":
            self._edit_insight(row, text)
        elif draft.get("kind") == "new":
            self._resting = tuple(str(note) for note in draft.get("notes", ()))
            self._write_new(self._deck.place_of(draft.get("question"), draft.get("theme")), text)
