"""Beside the notes: insights, recommendations, and progress of the elaboration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from sto_desktop.domain.panel.progress import Progress
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import counted, tr
from sto_desktop.ui.fields.side_column import SideColumn
from sto_desktop.ui.findings.cards import CardContent, ChoiceCard, EvidenceCard, insights_as_mime
from sto_desktop.ui.findings.insight_editor import InsightEditor, InsightHome, WrittenInsight
from sto_desktop.ui.findings.work import INSIGHT, RECOMMENDATION
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import QuietButton, SectionLabel, SidePanel, TextLabel, row


class CardList(QVBoxLayout):
    """Cards of one table under a heading, updated in place: a card that remains keeps focus and stays unfolded."""

    def __init__(self, theme: Appearance, table: str, wire: Callable[[EvidenceCard, str], None]) -> None:
        super().__init__()
        self._theme = theme
        self._table = table
        self._wire = wire
        self.cards: dict[str, EvidenceCard] = {}
        self.setSpacing(Space.S)
        self.heading = SectionLabel(theme, "")
        self.addWidget(self.heading)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(Space.S)
        self.addLayout(self._cards)

    def show_cards(self, title: str, contents: Sequence[CardContent]) -> None:
        """Show these cards, in this order."""
        self.heading.setText(title)
        wanted = {content.id for content in contents}
        for removed in [key for key in self.cards if key not in wanted]:
            leaving = self.cards.pop(removed)
            self._cards.removeWidget(leaving)
            leaving.set_open(False)
            leaving.hide()
            leaving.deleteLater()
        for at, content in enumerate(contents):
            card = self.cards.get(content.id)
            if card is None:
                card = EvidenceCard(self._theme, content)
                self.cards[content.id] = card
                self._wire(card, self._table)
            else:
                card.show_content(content)
            if self._cards.indexOf(card) != at:
                self._cards.removeWidget(card)
                self._cards.insertWidget(at, card)

    def put_in_place(self, card: EvidenceCard, widget: QWidget) -> None:
        """Show another widget in place of a card, if it is one of these."""
        if card.id in self.cards:
            self._cards.insertWidget(self._cards.indexOf(card), widget)
            card.hide()


class InsightsPanel(SidePanel):
    """The panel; `attached`, `detached`, `edit_asked` and `delete_asked` carry the table (insight or recommendation)
    and the row; `evidence_shown` the notes of the unfolded card."""

    attached = Signal(str, str, object, object)
    detached = Signal(str, str, str)
    edit_asked = Signal(str, str)
    delete_asked = Signal(str, str)
    note_shown = Signal(str)
    evidence_shown = Signal(object)
    insight_asked = Signal()
    recommendation_asked = Signal()
    recommendation_on_asked = Signal(str)
    """An insight from which a new recommendation should follow."""
    more_asked = Signal(object)
    gap_asked = Signal()
    todo_asked = Signal()
    written = Signal(object, object)
    """A `WrittenInsight` or None, and its `InsightEditor`."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._editor: InsightEditor | None = None
        self._hidden = ""
        """The card in whose place the editor is shown."""
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.column = SideColumn()
        self.insights = CardList(theme, INSIGHT, self._wire)
        self.of_panel = CardList(theme, INSIGHT, self._wire)
        self.recommendations = CardList(theme, RECOMMENDATION, self._wire)
        self.choice = ChoiceCard(theme)
        self.choice.insight_asked.connect(self.insight_asked)
        self.choice.recommendation_asked.connect(self.recommendation_asked)
        self.choice.more_asked.connect(self.more_asked)
        self._place_for_editor = QVBoxLayout()
        inside = self.column.body
        for cards in (self.insights, self._place_for_editor):
            inside.addLayout(cards)
        for cards in (self.of_panel, self.recommendations):
            inside.addSpacing(Space.XS)
            inside.addLayout(cards)
        inside.addStretch(1)
        self.body.addWidget(self.column, 1)
        self._add_foot()

    def _add_foot(self) -> None:
        foot = QVBoxLayout()
        foot.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        foot.setSpacing(6)
        foot.addWidget(self.choice)
        foot.addSpacing(2)
        self._progress_words = TextLabel(self._theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.gap = QuietButton(self._theme, "", command="gap", on_click=self.gap_asked.emit)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Hoe ver het uitwerken is"))
        self.todo = QuietButton(self._theme, "", command="todo_notes", on_click=self.todo_asked.emit)
        foot.addLayout(row(self.todo, self.gap, None, spacing=0))
        foot.addWidget(self._progress_words)
        foot.addWidget(self.bar)
        self.body.addLayout(foot)

    def _wire(self, card: EvidenceCard, table: str) -> None:
        card.opened.connect(self._opened)
        card.attached.connect(partial(self.attached.emit, table))
        card.detached.connect(partial(self.detached.emit, table))
        card.edit_asked.connect(partial(self.edit_asked.emit, table))
        card.delete_asked.connect(partial(self.delete_asked.emit, table))
        card.note_shown.connect(self.note_shown)
        if table == INSIGHT:
            card.dragged_as = lambda: insights_as_mime([(card.id, card.content.text)])
            card.recommendation_asked.connect(self.recommendation_on_asked)

    def all_cards(self) -> list[EvidenceCard]:
        """Return every visible card."""
        lists = (self.insights, self.of_panel, self.recommendations)
        return [card for cards in lists for card in cards.cards.values()]

    def card(self, row: str) -> EvidenceCard | None:
        """Return the card of an insight or recommendation."""
        return next((card for card in self.all_cards() if card.id == row), None)

    def numbered(self, number: int) -> str | None:
        """Return the insight of a digit key."""
        matching = (card.id for card in self.insights.cards.values() if card.content.number == number)
        return next(matching, None)

    def _opened(self, row: str, unfolded: bool) -> None:
        # One card is unfolded at a time.
        if unfolded:
            for card in self.all_cards():
                if card.id != row:
                    card.set_open(False)
            # The layout gives an unfolded card its height only when the event loop runs.
            QTimer.singleShot(0, self, lambda: self._show_card(row))
        self.show_evidence()

    def _show_card(self, row: str) -> None:
        card = self.card(row)
        if card is not None:
            self.column.body.activate()
            # If a card is taller than the column, show its top.
            self.column.ensureVisible(0, card.geometry().bottom(), 0, Space.S)
            self.column.ensureVisible(0, card.geometry().top(), 0, Space.S)

    def show_evidence(self) -> None:
        """Emit which notes the unfolded card rests on."""
        evidence: dict[str, Evidence] = {}
        for card in self.all_cards():
            if card.is_open:
                evidence.update((note.note, note.evidence) for note in card.content.notes if not note.insight)
        self.evidence_shown.emit(evidence)

    def show_content(
        self, titles: tuple[str, str], cards: Sequence[CardContent], of_panel: Sequence[CardContent],
        recommendations: Sequence[CardContent],
    ) -> None:  # fmt: skip
        """Show the cards; `titles`: of the insights and of the recommendations."""
        self.insights.show_cards(titles[0], cards)
        self.of_panel.show_cards(tr("Over het hele gesprek") if of_panel else "", of_panel)
        self.of_panel.heading.setVisible(bool(of_panel))
        self.recommendations.show_cards(titles[1], recommendations)
        self.recommendations.heading.setVisible(bool(recommendations))
        self.show_evidence()

    def set_choice(self, count: int) -> None:
        """Set the number of selected notes."""
        if count:
            message = counted(count, "{n} notitie gekozen.", "{n} notities gekozen.")
        else:
            message = tr("Kies notities in de lijst en zeg wat ze samen betekenen.")
        self.choice.set_choice(message, count)
        for card in self.all_cards():
            card.set_choice(count)

    def show_progress(self, progress: Progress) -> None:
        """Show the progress of the elaboration."""
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.handled if progress.total else 0)
        self._progress_words.setText(
            tr("{n} van {total} notities gebruikt of opzij gelegd", n=progress.handled, total=progress.total)
        )
        to_do, gaps = progress.total - progress.handled, len(progress.without_insight)
        done = progress.done and progress.total > 0
        if done:
            self._progress_words.setText(tr("Uitgewerkt: elke notitie heeft een plek en elke vraag een inzicht."))
        self._progress_words.set_role(ColourRole.GOOD if done else ColourRole.MUTED)
        self.todo.setVisible(to_do > 0)
        self.todo.setText(counted(to_do, "nog {n} notitie", "nog {n} notities"))
        self.gap.setVisible(gaps > 0)
        self.gap.setText(counted(gaps, "{n} vraag zonder inzicht", "{n} vragen zonder inzicht"))

    # Writing

    @property
    def editor(self) -> InsightEditor | None:
        """The open editor, if any."""
        return self._editor

    def write(
        self,
        places: Sequence[InsightHome],
        before: WrittenInsight,
        *,
        text: str = "",
        seen: int,
        card: EvidenceCard | None = None,
    ) -> InsightEditor:
        """Open the editor, below the insights or in place of a card."""
        self.finish_writing()
        editor = InsightEditor(self._theme, places, before, text=text, seen=seen)
        editor.finished.connect(partial(self._finished, editor))
        self._editor = editor
        if card is not None:
            self._hidden = card.id
            for cards in (self.insights, self.of_panel):
                cards.put_in_place(card, editor)
        else:
            self._place_for_editor.addWidget(editor)
            self.choice.hide()
        editor.show()
        editor.start()
        # Only after the layout has placed the editor.
        QTimer.singleShot(0, editor, lambda: self.column.ensureWidgetVisible(editor, 0, Space.S))
        return editor

    def finish_writing(self) -> None:
        """Save the text being written."""
        if self._editor is not None:
            self._editor.finish()

    def _finished(self, editor: InsightEditor, written: object) -> None:
        self._editor = None
        editor.hide()
        editor.deleteLater()
        hidden, self._hidden = self.card(self._hidden), ""
        if hidden is not None:
            hidden.show()
        self.choice.show()
        self.written.emit(written, editor)
