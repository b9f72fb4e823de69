"""Conclusies: per central question the conclusions over all themes, each with its supporting insights and voices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.vocabulary import Aspect, Evidence
from sto_desktop.language import tr
from sto_desktop.ui.elaborate.insights.recommending import new_recommendation
from sto_desktop.ui.fields.spelling import Spelling
from sto_desktop.ui.findings.cards import EvidenceCard, insights_as_mime
from sto_desktop.ui.findings.deck import Deck
from sto_desktop.ui.findings.drafts import DraftKeeper
from sto_desktop.ui.findings.insight_editor import InsightEditor, InsightHome, WrittenInsight
from sto_desktop.ui.findings.insights_panel import CardList
from sto_desktop.ui.findings.picking import ChoiceWords, InsightChoice, PickCard
from sto_desktop.ui.findings.work import INSIGHT, Work
from sto_desktop.ui.look.roles import Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.widgets import (
    Chip,
    Column,
    ScrollColumn,
    SectionLabel,
    TextLabel,
    kind_chip,
    row,
)

# Least width of a column, in px.
LEAST_COLUMN = 240
DRAFT = "elaborate/conclusion"


class AspectColumn(Column):
    """One central question: its conclusions, and below them the theme insights with that aspect."""

    def __init__(self, theme: Appearance, aspect: Aspect, wire: Callable[[EvidenceCard, str], None]) -> None:
        super().__init__()
        self._theme = theme
        self.aspect = aspect
        self.picks: dict[str, PickCard] = {}
        self.body.setContentsMargins(0, Space.M, 0, 0)
        head = QVBoxLayout()
        head.setContentsMargins(Space.M, 0, Space.M, Space.XS)
        head.setSpacing(6)
        head.addLayout(row(Chip(theme, kind_chip(aspect.kind)), None))
        head.addWidget(TextLabel(theme, tr(aspect.meaning.question), TextStyle.BODY_STRONG))
        self.body.addLayout(head)
        self.scrolling = ScrollColumn()
        inside = self.scrolling.body
        inside.setContentsMargins(Space.M, 0, Space.M, Space.M)
        self.cards = CardList(theme, INSIGHT, wire)
        self.cards.heading.hide()
        inside.addLayout(self.cards)
        self.place_for_editor = QVBoxLayout()
        inside.addLayout(self.place_for_editor)
        words = ChoiceWords(
            tr("Nieuwe conclusie"),
            "new_conclusion",
            "conclusion_recommendation",
            tr("Nog geen inzichten bij de thema's. Schrijf ze bij de notities, in Lijst of Bord."),
        )
        self.choice = InsightChoice(theme, words, self.cards, lambda: list(self.picks.values()))
        self.choice.changed.connect(lambda: self.choice.recommend.setEnabled(bool(self.choice.chosen())))
        inside.addWidget(self.choice)
        inside.addSpacing(Space.XS)
        self._heading = SectionLabel(theme, "")
        inside.addWidget(self._heading)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.S)
        inside.addLayout(self._list)
        inside.addStretch(1)
        self.body.addWidget(self.scrolling, 1)
        self.setMinimumWidth(LEAST_COLUMN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.choice.fit(self.width())

    def show_deck(self, deck: Deck) -> None:
        """Show the current conclusions and insights."""
        conclusions = deck.conclusions(self.aspect)
        self.cards.show_cards("", conclusions)
        used = {line.note for card in conclusions for line in card.notes}
        insights = deck.under_themes(self.aspect)
        wanted = {insight.id for insight, _ in insights}
        for removed in [key for key in self.picks if key not in wanted]:
            leaving = self.picks.pop(removed)
            self._list.removeWidget(leaving)
            leaving.hide()
            leaving.deleteLater()
        for at, (insight, theme) in enumerate(insights):
            card = self.picks.get(insight.id) or self._make(insight.id)
            support = " · ".join(part for part in (theme, deck.support_of(insight)[0]) if part)
            card.show_insight(insight, support, used=insight.id in used)
            if self._list.indexOf(card) != at:
                self._list.removeWidget(card)
                self._list.insertWidget(at, card)
                # A widget can get the keyboard focus only when it is visible.
                card.show()
        self.picks = {insight.id: self.picks[insight.id] for insight, _ in insights}
        self._heading.setText(tr("Inzichten bij de thema's ({n})", n=len(insights)))
        self.choice.show_choice()

    def _make(self, insight: str) -> PickCard:
        card = PickCard(self._theme, self.choice.dragged)
        self.choice.wire(card)
        self.picks[insight] = card
        return card


class ConclusionsPage(QWidget):
    """The page; `insight_shown` carries a supporting insight (id) to be shown with its notes."""

    insight_shown = Signal(str)

    def __init__(self, theme: Appearance, work: Work, material: Material) -> None:
        super().__init__()
        self._theme = theme
        self._work = work
        self._material = material
        self._deck: Deck | None = None
        self._editor: InsightEditor | None = None
        self.spelling: Spelling | None = None
        self._resting: list[str] = []
        self._hidden: EvidenceCard | None = None
        self._drafts = DraftKeeper(work, self, DRAFT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        layout.setSpacing(Space.M)
        self.columns: dict[Aspect, AspectColumn] = {}
        for aspect in Aspect:
            column = AspectColumn(theme, aspect, self._wire)
            column.choice.new_asked.connect(partial(self.new, column))
            column.choice.recommendation_asked.connect(partial(self._recommend, column))
            column.choice.attach_asked.connect(partial(self._attach, column, ids=[]))
            self.columns[aspect] = column
            layout.addWidget(column, 1)

    def _wire(self, card: EvidenceCard, _table: str) -> None:
        card.attached.connect(lambda row, ids, evidence: self._attach(self._column_of(row), row, evidence, ids))
        card.detached.connect(partial(self._work.detach, INSIGHT))
        card.edit_asked.connect(self.edit)
        card.delete_asked.connect(self._delete)
        card.note_shown.connect(self.insight_shown)
        card.dragged_as = lambda: insights_as_mime([(card.id, card.content.text)])
        card.recommendation_asked.connect(lambda row: self._recommend_on([row]))

    def _column_of(self, insight: str) -> AspectColumn:
        return next(column for column in self.columns.values() if insight in column.cards.cards)

    # Showing

    def show_content(self, content: PanelContent) -> None:
        """Show this content of the panel."""
        voices = self._material.voices
        if voices is None:
            return
        self._deck = Deck(content, self._material.by_id, voices)
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        if self._deck is not None:
            for column in self.columns.values():
                column.show_deck(self._deck)

    def take_keyboard(self) -> None:
        """Focus the first insight, and reopen a draft left by a crash."""
        self._show()
        picks = [card for column in self.columns.values() for card in column.picks.values()]
        (picks[0] if picks else self.columns[Aspect.YIELD].choice.new_button).setFocus()
        content = self._material.content
        draft = self._drafts.left(content.panel.id) if content else None
        if draft is not None and self._editor is None:
            self._resting = [str(insight) for insight in draft.get("insights", ())]
            column = self.columns[Aspect(draft.get("aspect", Aspect.YIELD))]
            card = column.cards.cards.get(str(draft.get("row", "")))
            self._write(column, card, str(draft.get("text", "")))

    def finish(self) -> None:
        """Save the text being written and stop keeping drafts."""
        if self._editor is not None:
            self._editor.finish()
        self._drafts.stop()

    # Writing

    @property
    def editor(self) -> InsightEditor | None:
        """The open editor, if any."""
        return self._editor

    def new(self, column: AspectColumn) -> None:
        """Write a new conclusion on the selected insights."""
        self.finish()
        self._resting = column.choice.chosen()
        self._write(column, None, "")

    def edit(self, insight: str) -> None:
        """Edit a conclusion in place."""
        self.finish()
        column = self._column_of(insight)
        card = column.cards.cards[insight]
        self._write(column, card, card.content.text)

    def _write(self, column: AspectColumn, card: EvidenceCard | None, text: str) -> None:
        place = InsightHome(tr("Het hele gesprek"))
        before = WrittenInsight(card.content.text if card else "", place, column.aspect)
        editor = InsightEditor(self._theme, [place], before, text=text, seen=self._work.seq)
        editor.text.check_spelling(self.spelling, self._theme)
        editor.text.setAccessibleName(tr("Conclusie"))
        editor.text.setPlaceholderText(tr("Wat zeggen deze inzichten samen?"))
        for field in (editor.place, editor.aspect):
            # A conclusion always concerns the whole conversation and this column's question.
            field.hide()
        self._editor = editor
        column.choice.hide()
        if card is not None:
            column.cards.put_in_place(card, editor)
        else:
            column.place_for_editor.addWidget(editor)
        row_id = card.id if card else ""
        editor.typed.connect(partial(self._typed, column, row_id))
        editor.finished.connect(partial(self._written, column, card, editor))
        editor.show()
        editor.start()
        # The layout places a new editor only when the event loop runs.
        QTimer.singleShot(0, editor, lambda: column.scrolling.ensureWidgetVisible(editor, 0, Space.S))

    def _typed(self, column: AspectColumn, row_id: str, text: str) -> None:
        content = self._material.content
        if content is not None:
            self._drafts.typed(
                content.panel.id, row=row_id, text=text, aspect=column.aspect.value, insights=self._resting
            )

    def _written(
        self, column: AspectColumn, card: EvidenceCard | None, editor: InsightEditor, written: WrittenInsight | None
    ) -> None:
        self._editor = None
        within = editor.isAncestorOf(QApplication.focusWidget() or self)
        editor.hide()
        editor.deleteLater()
        if card is not None:
            card.show()
        column.choice.show()
        insight_id = card.id if card else None
        done = True
        if written is not None and insight_id:
            done = self._work.change_insight(insight_id, written, editor.seen)
        elif written is not None:
            insight_id = self._work.add_insight(written, (), self._resting)
            done = insight_id is not None
        if written is not None and not done:
            # Saving failed: open the editor again with the text, after this one has closed.
            QTimer.singleShot(0, self, lambda: self._write(column, card, written.text))
            return
        self._drafts.forget()
        column.choice.let_go()
        goes_on = column.cards.cards.get(insight_id or "") or column.choice.new_button
        if within:
            # A new card can get the keyboard focus only when it is visible.
            goes_on.show()
            goes_on.setFocus()

    # Actions on conclusions

    def _attach(self, column: AspectColumn, row_id: str, evidence: Evidence, ids: list[str]) -> None:
        # Buttons and keys pass no insights: they mean the selected ones.
        chosen = ids or column.choice.chosen()
        if chosen:
            self._work.attach(INSIGHT, row_id, chosen, evidence)
            column.choice.let_go()

    def _delete(self, insight: str) -> None:
        column = self._column_of(insight)
        self._work.delete(INSIGHT, insight)
        column.choice.new_button.setFocus()

    def _recommend(self, column: AspectColumn) -> None:
        self._recommend_on(column.choice.chosen())
        column.choice.let_go()

    def _recommend_on(self, insights: list[str]) -> None:
        content = self._material.content
        if content is not None and insights:
            new_recommendation(self, self._theme, self._work, content, insights=insights, spelling=self.spelling)
