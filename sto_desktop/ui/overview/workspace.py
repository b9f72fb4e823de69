"""Beside the matrix: the insights behind the current cell, and the insights over panels, edited here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout

from sto_desktop.domain.panel.overview import Axis, Finding, Overview
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import counted, tr
from sto_desktop.ui.fields.side_column import SideColumn
from sto_desktop.ui.findings.cards import EvidenceCard, insights_as_mime
from sto_desktop.ui.findings.drafts import DraftKeeper
from sto_desktop.ui.findings.insight_editor import InsightEditor, InsightHome, WrittenInsight
from sto_desktop.ui.findings.insights_panel import CardList
from sto_desktop.ui.findings.picking import ChoiceWords, InsightChoice
from sto_desktop.ui.findings.work import INSIGHT
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.overview.cards import behind_notes, differences, line_words, overall_cards
from sto_desktop.ui.overview.crossing_model import CrossingCell
from sto_desktop.ui.overview.finding_card import BehindNote, FindingCard
from sto_desktop.ui.overview.similar import SimilarElsewhere
from sto_desktop.ui.overview.work import OverviewWork
from sto_desktop.ui.widgets import ClickCard, QuietButton, SectionLabel, SidePanel, TextLabel, row

DRAFT = "overview/insight"
AT_FIRST = 30
"""Number of insights shown at first; a button shows the rest."""


class FindingList(QVBoxLayout):
    """Cards of findings under a heading, updated in place."""

    def __init__(self, theme: Appearance) -> None:
        super().__init__()
        self.setSpacing(Space.S)
        self.heading = SectionLabel(theme, "")
        self.addWidget(self.heading)
        self.cards: dict[str, FindingCard] = {}

    def show_cards(self, title: str, cards: Sequence[FindingCard]) -> None:
        """Show these cards, in this order; the caller deletes cards that are no longer shown."""
        self.heading.setText(title)
        self.heading.setVisible(bool(cards))
        self.cards = {card.id: card for card in cards}
        for at, card in enumerate(cards, 1):
            if self.indexOf(card) != at:
                self.insertWidget(at, card)
                # A widget can get the keyboard focus only when it is visible.
                card.show()


class Workspace(SidePanel):
    """Insights, recommendations and similar notes for one cell of the matrix.

    `note_asked` carries the panel, table and row to open; `line_asked` a recommendation; `recommendation_asked` the
    insights that a new one follows from, and its themes; `left`: return to the matrix.
    """

    note_asked = Signal(str, str, str)
    line_asked = Signal(str)
    recommendation_asked = Signal(object, object)
    left = Signal()

    def __init__(self, theme: Appearance, work: OverviewWork, similar: SimilarElsewhere) -> None:
        super().__init__()
        self._theme = theme
        self._work = work
        self._place: tuple[CrossingCell | None, CrossingCell | None] = (None, None)
        self._all_shown = False
        self._editor: InsightEditor | None = None
        self._resting: list[str] = []
        self._cards: dict[str, FindingCard] = {}
        self._drafts = DraftKeeper(work, self, DRAFT)
        self.similar = similar
        similar.shown.connect(lambda panel, note: self.note_asked.emit(panel, "note", note))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.column = SideColumn()
        self.body.addWidget(self.column)
        self._lay_out()

    def _lay_out(self) -> None:
        theme, inside = self._theme, self.column.body
        self.title = TextLabel(theme, "", TextStyle.LARGE_STRONG)
        self.spread = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        inside.addWidget(self.title)
        inside.addWidget(self.spread)
        inside.addSpacing(Space.XS)
        self.overall = CardList(theme, INSIGHT, self._wire)
        inside.addLayout(self.overall)
        self._place_for_editor = QVBoxLayout()
        inside.addLayout(self._place_for_editor)
        words = ChoiceWords(
            tr("Inzicht over panels"),
            "overall_insight",
            "overall_recommendation",
            tr("Hier is nog geen inzicht van een panel om op te rusten."),
        )
        self.choice = InsightChoice(theme, words, self.overall, self.all_cards)
        self.choice.new_asked.connect(self.new)
        self.choice.recommendation_asked.connect(self._recommend)
        self.choice.attach_asked.connect(partial(self._attach, ids=[]))
        self.choice.changed.connect(self._looked_at)
        inside.addWidget(self.choice)
        inside.addSpacing(Space.XS)
        self.here, self.others = FindingList(theme), FindingList(theme)
        self.more = QuietButton(theme, "", command="more_findings", on_click=self._show_all)
        inside.addLayout(self.here)
        inside.addSpacing(Space.XS)
        inside.addLayout(self.others)
        inside.addWidget(self.more)
        self.nothing = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED)
        inside.addWidget(self.nothing)
        self.to_notes = QuietButton(
            theme, tr("Naar de notities"), command="finding_to_notes", on_click=self._go_to_panel
        )
        inside.addLayout(row(self.to_notes, None))
        inside.addWidget(self.similar)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.S)
        inside.addLayout(self._lines)
        inside.addStretch(1)

    def _wire(self, card: EvidenceCard, _table: str) -> None:
        card.attached.connect(lambda insight, ids, evidence: self._attach(insight, evidence, ids))
        card.detached.connect(self._work.detach)
        card.edit_asked.connect(self.edit)
        card.delete_asked.connect(self._delete)
        card.note_shown.connect(self._show_evidence)
        card.dragged_as = lambda: insights_as_mime([(card.id, card.content.text)])
        card.recommendation_asked.connect(lambda insight: self.recommendation_asked.emit([insight], self._themes()))

    # Showing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looked_at()

    def hideEvent(self, event: QHideEvent) -> None:
        self.similar.stop()
        super().hideEvent(event)

    @property
    def seen(self) -> Overview | None:
        """The overview shown."""
        return self._work.seen

    @property
    def theme_id(self) -> str | None:
        """The theme of the current cell; None: all themes, or other axes."""
        return next((at[1] for at in self._place if at is not None and at[0] is Axis.THEME), None)

    def _themes(self) -> list[str]:
        return [self.theme_id] if self.theme_id else []

    def show_place(self, row_at: CrossingCell | None, column_at: CrossingCell | None) -> None:
        """Show what is behind a cell of the matrix; None: everything along that axis."""
        if (row_at, column_at) != self._place:
            self.finish()
            self._place = (row_at, column_at)
            self._all_shown = False
            self.column.verticalScrollBar().setValue(0)
            for card in self._cards.values():
                card.set_on(False)
                card.set_open(False)
            self.similar.about(None)
        self.refresh()

    def refresh(self) -> None:
        """Update what is shown for the current cell."""
        seen = self.seen
        if seen is None:
            return
        theme = self.theme_id
        labels = {(axis, head.id): head.label for axis in Axis for head in seen.heads(axis)}
        # The theme becomes the title; the other axis becomes the heading of the insights.
        named = [labels.get(at, "") for at in sorted(filter(None, self._place), key=lambda at: at[0] is not Axis.THEME)]
        self.title.setText(labels.get((Axis.THEME, theme), "") if theme else " · ".join(named) or tr("Alle thema's"))
        summary = differences(seen, theme) if theme else ""
        self.spread.setText(summary)
        self.spread.setVisible(bool(summary))
        cards = overall_cards(seen, theme)
        self.overall.show_cards(tr("Over alle panels ({n})", n=len(cards)) if cards else tr("Over alle panels"), cards)
        self._show_findings(seen, named)
        self._show_lines(seen)
        self.choice.show_choice()

    def _show_findings(self, seen: Overview, named: Sequence[str]) -> None:
        here_findings = seen.behind(*self._place)
        theme = self.theme_id
        ids = {finding.insight.id for finding in here_findings}
        elsewhere_findings = (
            [finding for finding in seen.of_theme(theme) if finding.insight.id not in ids] if theme else []
        )
        limit = len(here_findings) + len(elsewhere_findings) if self._all_shown else AT_FIRST
        first, shown_elsewhere = here_findings[:limit], elsewhere_findings[: max(0, limit - len(here_findings))]
        used = {insight_id for finding in seen.content.insights for insight_id in (*finding.insights, *finding.against)}
        for removed in set(self._cards) - {finding.insight.id for finding in (*first, *shown_elsewhere)}:
            leaving = self._cards.pop(removed)
            leaving.hide()
            leaving.deleteLater()
        both = len(named) == 2
        title = tr("{place} ({n})", place=named[-1] if both else tr("Inzichten van de panels"), n=len(here_findings))
        self.here.show_cards(title, [self._card(finding, used) for finding in first])
        self.others.show_cards(
            tr("Andere panels ({n})", n=len(elsewhere_findings)),
            [self._card(finding, used) for finding in shown_elsewhere],
        )
        hidden = len(here_findings) + len(elsewhere_findings) - len(first) - len(shown_elsewhere)
        self.more.setText(counted(hidden, "nog {n} inzicht tonen", "nog {n} inzichten tonen"))
        self.more.setVisible(hidden > 0)
        notes = seen.crossing(*self._place).notes if self._place[0] and self._place[1] else 0  # type: ignore[arg-type]
        self.nothing.setVisible(not here_findings)
        if notes:
            message = counted(
                notes, "Hier is {n} notitie, nog zonder inzicht.", "Hier zijn {n} notities, nog zonder inzicht."
            )
        else:
            message = tr("Hier is geen inzicht over uitgewerkt.")
        self.nothing.setText(message)
        self.to_notes.setVisible(bool(not here_findings and notes))

    def _card(self, finding: Finding, used: set[str]) -> FindingCard:
        card = self._cards.get(finding.insight.id)
        seen = self.seen
        assert seen is not None
        if card is None:
            card = FindingCard(self._theme, self.choice.dragged, self._notes_behind)
            self.choice.wire(card)
            card.note_asked.connect(self._go_from(card))
            card.note_attach_asked.connect(self._attach_note)
            card.stepped.connect(self._step)
            card.left.connect(self.left)
            card.unfolded.connect(self._looked_at)
            self._cards[finding.insight.id] = card
        panel = seen.panel(finding.panel.id)
        present = sum(member.present for member in panel.panelists) if panel else 0
        titles = {head.id: head.short or head.label for head in seen.themes}
        also = titles.get(finding.theme or "", "") if self.theme_id is None else ""
        card.show_finding(
            finding, used=finding.insight.id in used, present=present, attachable=bool(self.overall.cards), also=also
        )
        return card

    def _go_from(self, card: FindingCard) -> object:
        def go(panel: str, note: str) -> None:
            self.note_asked.emit(panel, "note" if note else "insight", note or card.id)

        return go

    def _notes_behind(self, finding: Finding) -> list[BehindNote]:
        panel = self.seen.panel(finding.panel.id) if self.seen is not None else None
        return behind_notes(panel, finding) if panel is not None else []

    def _show_lines(self, seen: Overview) -> None:
        while (entry := self._lines.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                # Hidden at once, because `deleteLater` waits for the event loop.
                widget.hide()
                widget.deleteLater()
        theme = self.theme_id
        lines = [line for line in seen.plan if theme is not None and theme in line.themes][:AT_FIRST]
        if not lines:
            return
        self._lines.addWidget(SectionLabel(self._theme, tr("Aanbevelingen ({n})", n=len(lines))))
        for line in lines:
            text = line.main.recommendation.text
            card = ClickCard(self._theme, text, margin=Space.M)
            card.body.setSpacing(2)
            card.body.addWidget(TextLabel(self._theme, text, TextStyle.BODY))
            card.body.addWidget(TextLabel(self._theme, line_words(line), TextStyle.SECONDARY, ColourRole.MUTED))
            card.clicked.connect(partial(self.line_asked.emit, line.main.id))
            self._lines.addWidget(card)

    def _show_all(self) -> None:
        self._all_shown = True
        self.refresh()

    def set_width(self, width: int) -> None:
        """Set the width, in px; place the two buttons side by side if they fit."""
        self.choice.fit(width)
        self.setFixedWidth(width)

    # Selection

    def all_cards(self) -> list[FindingCard]:
        """Return the cards of panel insights in the order shown."""
        return [*self.here.cards.values(), *self.others.cards.values()]

    def take_keyboard(self) -> None:
        """Focus the first insight, or the button for a new one."""
        cards = self.all_cards()
        (cards[0] if cards else self.choice.new_button).setFocus()
        if cards:
            # The layout places cards only when the event loop runs.
            QTimer.singleShot(0, cards[0], lambda: self.column.ensureWidgetVisible(cards[0], 0, Space.S))

    def _step(self, by: int) -> None:
        cards = self.all_cards()
        at = next((number for number, card in enumerate(cards) if card.hasFocus()), 0) + by
        if 0 <= at < len(cards):
            cards[at].setFocus()
            self.column.ensureWidgetVisible(cards[at], 0, Space.S)
        elif at < 0:
            last = list(self.overall.cards.values())
            (last[-1] if last else self.choice.new_button).setFocus()

    def _looked_at(self) -> None:
        """Look up similar notes of other panels for the insight that is unfolded, or else selected last."""
        if not self.isVisible():
            return  # When hidden it may briefly outlive the dossier; the look-up follows when it is shown
        candidates = [card for card in self.all_cards() if card.is_open] or [
            card for card in self.all_cards() if card.on
        ]
        self.similar.about(candidates[-1].finding if candidates else None)

    # Writing

    @property
    def editor(self) -> InsightEditor | None:
        """The open editor, if any."""
        return self._editor

    def finish(self) -> None:
        """Save the text being written and stop keeping drafts."""
        if self._editor is not None:
            self._editor.finish()
        self._drafts.stop()

    def new(self) -> None:
        """Write a new insight over panels on the selected insights."""
        self.finish()
        self._resting = self.choice.chosen()
        self._write(None, "")

    def edit(self, insight: str) -> None:
        """Edit an insight over panels in place."""
        self.finish()
        card = self.overall.cards[insight]
        self._write(card, card.content.text)

    def restore(self) -> None:
        """Reopen a draft left by a crash, if it is about this theme."""
        draft = self._drafts.left(self.theme_id or "all")
        if draft is not None and self._editor is None:
            self._resting = [str(insight) for insight in draft.get("insights", ())]
            self._write(self.overall.cards.get(str(draft.get("row", ""))), str(draft.get("text", "")))

    def _write(self, card: EvidenceCard | None, text: str) -> None:
        theme, seen = self.theme_id, self.seen
        place = InsightHome(self.title.text(), None, theme)
        record = (
            next((candidate.insight for candidate in seen.content.insights if card and candidate.id == card.id), None)
            if seen
            else None
        )
        before = WrittenInsight(record.text if record else "", place, record.aspect if record else None)
        editor = InsightEditor(self._theme, [place], before, text=text, seen=self._work.seq)
        editor.text.setAccessibleName(tr("Inzicht over panels"))
        editor.text.setPlaceholderText(tr("Wat zeggen deze panels samen?"))
        editor.place.hide()
        editor.aspect.setVisible(theme is None)
        self._editor = editor
        self.choice.hide()
        if card is not None:
            self.overall.put_in_place(card, editor)
        else:
            self._place_for_editor.addWidget(editor)
        row_id = card.id if card else ""
        editor.typed.connect(
            lambda typed: self._drafts.typed(theme or "all", row=row_id, text=typed, insights=self._resting)
        )
        editor.finished.connect(partial(self._written, card, editor))
        editor.show()
        editor.start()
        # The layout places a new editor only when the event loop runs.
        QTimer.singleShot(0, editor, lambda: self.column.ensureWidgetVisible(editor, 0, Space.S))

    def _written(self, card: EvidenceCard | None, editor: InsightEditor, written: WrittenInsight | None) -> None:
        self._editor = None
        within = editor.isAncestorOf(QApplication.focusWidget() or self)
        editor.hide()
        editor.deleteLater()
        if card is not None:
            card.show()
        self.choice.show()
        done = True
        if written is not None and card is not None:
            done = self._work.change_insight(card.id, written, editor.seen)
        elif written is not None:
            done = self._work.add_insight(written, self._resting) is not None
        if written is not None and not done:
            # Saving failed: open the editor again with the text, after this one has closed.
            QTimer.singleShot(0, self, lambda: self._write(card, written.text))
            return
        self._drafts.forget()
        self.choice.let_go()
        if within:
            (card or self.choice.new_button).setFocus()

    # Actions on insights over panels

    def _attach(self, insight: str, evidence: Evidence, ids: list[str]) -> None:
        chosen = ids or self.choice.chosen()
        if chosen:
            self._work.attach(insight, chosen, evidence)
            self.choice.let_go()

    def _attach_note(self, note: str) -> None:
        cards = list(self.overall.cards.values())
        # Without an unfolded insight over panels, attach to the first one.
        opened = [card for card in cards if card.is_open] or cards
        if opened:
            self._work.attach(opened[0].id, [note], Evidence.SUPPORTS)

    def _delete(self, insight: str) -> None:
        self._work.delete_insight(insight)
        self.choice.new_button.setFocus()

    def _recommend(self) -> None:
        self.recommendation_asked.emit(self.choice.chosen(), self._themes())
        self.choice.let_go()

    def _show_evidence(self, row_id: str) -> None:
        seen = self.seen
        finding = seen.by_id.get(row_id) if seen is not None else None
        if finding is not None:
            self.note_asked.emit(finding.panel.id, "insight", row_id)
        elif seen is not None and row_id in seen.notes:
            self.note_asked.emit(seen.notes[row_id][0].panel.id, "note", row_id)

    def _go_to_panel(self) -> None:
        places = [at for at in self._place if at is not None]
        panels = self.seen.panels_at(*places) if self.seen is not None else ()
        theme = self.theme_id or ""
        if panels:
            self.note_asked.emit(panels[-1].panel.id, "theme", theme)
