"""The content of the cards beside the notes: insights and recommendations of a theme, with their support."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sto_desktop.domain.panel.content import (
    InsightContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    ThemeContent,
)
from sto_desktop.domain.panel.voices import Voices
from sto_desktop.domain.people import called
from sto_desktop.domain.vocabulary import Aspect, Evidence, NoteKind
from sto_desktop.language import counted, tr
from sto_desktop.ui.findings.cards import AttachedNote, CardContent
from sto_desktop.ui.findings.insight_editor import InsightHome
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.notes.listing import numbered, people_of
from sto_desktop.ui.notes.wording import evidence_words, plan_words, support_words

MOST_NUMBERS = 9


class Deck:
    """The cards of one panel."""

    def __init__(self, content: PanelContent, notes: dict[str, NoteContent], voices: Voices) -> None:
        self._content = content
        self._notes = notes
        self._voices = voices
        self._present = sum(member.present for member in content.panelists)
        self._names = {member.id: called(member) for member in content.panelists}
        self._theme_of = {question.id: theme.id for theme, question in content.guide.questions()}
        self._order = {question.id: place for place, (_, question) in enumerate(content.guide.questions())}
        self._aspects = {question.id: question.aspect for _, question in content.guide.questions()}

    def theme_of_insight(self, insight: InsightContent) -> str | None:
        """Return the theme that an insight is about; None: the panel as a whole."""
        return self._theme_of.get(insight.insight.position.parent or "") or insight.insight.theme

    def aspect_of_insight(self, insight: InsightContent) -> Aspect | None:
        """Return an insight's own aspect, else that of its question."""
        return insight.insight.aspect or self._aspects.get(insight.insight.position.parent or "")

    def insights(self, theme: str | None) -> list[CardContent]:
        """Return the cards of a theme's insights (None: all), in order of the guide; the first nine get a digit."""
        among = [insight for insight in self._content.insights if theme in (None, self.theme_of_insight(insight))]
        among.sort(key=self._place)
        cards = [self._insight(insight) for insight in among]
        return [replace(card, number=at) if at <= MOST_NUMBERS else card for at, card in enumerate(cards, 1)]

    def insights_of_panel(self) -> list[CardContent]:
        """Return the cards of the insights without a theme."""
        return [self._insight(insight) for insight in self._content.insights if self.theme_of_insight(insight) is None]

    def _place(self, insight: InsightContent) -> tuple[int, int, str]:
        themes = [theme.id for theme in self._content.guide.themes]
        theme = self.theme_of_insight(insight)
        at = themes.index(theme) if theme in themes else len(themes)
        return (
            at,
            self._order.get(insight.insight.position.parent or "", len(self._order)),
            insight.insight.position.key,
        )

    def _insight(self, insight: InsightContent) -> CardContent:
        aspect = self.aspect_of_insight(insight)
        support, role = self.support_of(insight)
        notes = self._attached(insight.supports, insight.contradicts)
        supports = sum(note.evidence is Evidence.SUPPORTS for note in notes)
        return CardContent(
            insight.id,
            insight.insight.text,
            aspect.kind if aspect else None,
            support,
            role,
            evidence_words(supports, len(notes) - supports) if notes else tr("nog geen notities gekoppeld"),
            notes,
        )

    def recommendations(self, theme: str | None) -> list[CardContent]:
        """Return the cards of the recommendations about a theme, and of those without a theme (None: all)."""
        cards: list[CardContent] = []
        for recommendation in self._content.recommendations:
            if theme is not None and recommendation.themes and theme not in recommendation.themes:
                continue
            notes = self._attached(recommendation.supports, recommendation.contradicts)
            supports = sum(note.evidence is Evidence.SUPPORTS for note in notes)
            insights = self.insight_lines(recommendation.insights)
            parts = [
                plan_words(recommendation),
                evidence_words(supports, len(notes) - supports) if notes else "",
                counted(len(insights), "{n} inzicht", "{n} inzichten") if insights else "",
            ]
            detail = " · ".join(part for part in parts if part)
            cards.append(
                CardContent(
                    recommendation.id,
                    recommendation.recommendation.text,
                    NoteKind.RECOMMENDATION,
                    "" if detail else tr("nog geen schooljaar, niveau of eigenaar"),
                    ColourRole.MUTED,
                    detail,
                    insights + notes,
                    on_insights=True,
                )
            )
        return cards

    def insight_lines(self, insights: Iterable[str], against: Iterable[str] = ()) -> tuple[AttachedNote, ...]:
        """Return insights as lines of a card, each with its theme and how widely it was shared."""
        by_id = {insight.id: insight for insight in self._content.insights}
        titles = {theme.id: theme.short_title for theme in self._content.guide.themes}
        lines = []
        for insight_ids, evidence in ((insights, Evidence.SUPPORTS), (against, Evidence.CONTRADICTS)):
            for insight in sorted((by_id[other] for other in insight_ids if other in by_id), key=self._place):
                where = titles.get(self.theme_of_insight(insight) or "", tr("het hele gesprek"))
                description = " · ".join(part for part in (where, self.support_of(insight)[0]) if part)
                lines.append(AttachedNote(insight.id, insight.insight.text, description, evidence, insight=True))
        return tuple(lines)

    def support_of(self, insight: InsightContent) -> tuple[str, ColourRole]:
        """Return how widely an insight was shared, in words with their colour; empty if it rests on nothing."""
        supports, contradicts = self._content.evidence(insight)
        if not (supports or contradicts):
            return "", ColourRole.MUTED
        return support_words(self._voices.backing(supports, contradicts), self._present)

    # Conclusions across themes

    def conclusions(self, aspect: Aspect) -> list[CardContent]:
        """Return the cards of the conclusions about a central question; the first nine get a digit."""
        cards: list[CardContent] = []
        for insight in self._content.insights:
            if insight.insight.aspect is not aspect or not self._content.is_conclusion(insight):
                continue
            lines = self.insight_lines(insight.insights, insight.against) + self._attached(
                insight.supports, insight.contradicts
            )
            support, role = self.support_of(insight)
            against = len(insight.against) + len(insight.contradicts)
            detail = counted(len(insight.insights), "{n} inzicht", "{n} inzichten") if lines else ""
            if against:
                detail += " · " + counted(against, "{n} tegengeluid", "{n} tegengeluiden")
            number = len(cards) + 1
            cards.append(
                CardContent(
                    insight.id,
                    insight.insight.text,
                    None,
                    support,
                    role,
                    detail or tr("nog geen inzichten gekoppeld"),
                    lines,
                    number if number <= MOST_NUMBERS else None,
                    on_insights=True,
                    conclusion=True,
                )
            )
        return cards

    def under_themes(self, aspect: Aspect) -> list[tuple[InsightContent, str]]:
        """Return an aspect's insights other than conclusions, in order of the guide, each with its theme's name."""
        titles = {theme.id: theme.short_title for theme in self._content.guide.themes}
        insights = [
            insight
            for insight in self._content.insights
            if self.aspect_of_insight(insight) is aspect and not self._content.is_conclusion(insight)
        ]
        insights.sort(key=self._place)
        return [
            (insight, titles.get(self.theme_of_insight(insight) or "", tr("het hele gesprek"))) for insight in insights
        ]

    def _attached(self, supports: Iterable[str], contradicts: Iterable[str]) -> tuple[AttachedNote, ...]:
        attached = []
        for notes, evidence in ((supports, Evidence.SUPPORTS), (contradicts, Evidence.CONTRADICTS)):
            for note in notes:
                content = self._notes.get(note)
                if content is not None:
                    attached.append(AttachedNote(note, content.text, people_of(content, self._names), evidence))
        return tuple(attached)

    # Places of an insight

    def places(self) -> list[InsightHome]:
        """Return every question, every conversation theme and the whole panel, in order of the guide."""
        places = []
        for theme in self._content.guide.themes:
            places += [self.place_of_question(theme, question) for question in theme.questions]
            if theme.is_conversation:
                places.append(self.place_of_theme(theme))
        return [*places, self.place_of_panel()]

    def place_of_question(self, theme: ThemeContent, question: QuestionContent) -> InsightHome:
        """Return the place of an insight under a question."""
        number = numbered(theme, self._content)
        return InsightHome(
            f"{number} {theme.short_title}: {question.short_text}".strip(), question.id, None, question.aspect
        )

    def place_of_theme(self, theme: ThemeContent) -> InsightHome:
        """Return the place of an insight about a whole theme."""
        title = f"{numbered(theme, self._content)} {theme.short_title}".strip()
        return InsightHome(tr("{theme}: hele thema", theme=title), None, theme.id)

    def place_of_panel(self) -> InsightHome:
        """Return the place of an insight about the whole conversation."""
        return InsightHome(tr("Het hele gesprek"))

    def place_of(self, question: str | None, theme: str | None) -> InsightHome:
        """Return the place of a question, else of a theme (ids); if neither is known, the whole panel."""
        for guide_theme, question_content in self._content.guide.questions():
            if question_content.id == question:
                return self.place_of_question(guide_theme, question_content)
        for guide_theme in self._content.guide.themes:
            if guide_theme.id == theme:
                return self.place_of_theme(guide_theme)
        return self.place_of_panel()
