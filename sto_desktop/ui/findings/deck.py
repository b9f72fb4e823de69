"""What the cards beside the notes say: insights and recommendations of a theme, with their support from the voices."""

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
from sto_desktop.ui.findings.insight_editor import Place
from sto_desktop.ui.look.roles import Role
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
        self._names = {item.id: called(item) for item in content.panelists}
        self._theme_of = {item.id: theme.id for theme, item in content.guide.questions()}
        self._order = {item.id: place for place, (_, item) in enumerate(content.guide.questions())}
        self._aspects = {item.id: item.aspect for _, item in content.guide.questions()}

    def theme_of_insight(self, item: InsightContent) -> str | None:
        """Return the theme that an insight is about; None: the panel as a whole."""
        return self._theme_of.get(item.insight.position.parent or "") or item.insight.theme

    def aspect_of_insight(self, item: InsightContent) -> Aspect | None:
        """Return its own aspect, or that of its question."""
        return item.insight.aspect or self._aspects.get(item.insight.position.parent or "")

    def insights(self, theme: str | None) -> list[CardContent]:
        """Return the cards of a theme's insights (None: all), in order of the guide; the first nine have a digit."""
        among = [item for item in self._content.insights if theme in (None, self.theme_of_insight(item))]
        among.sort(key=self._place)
        cards = [self._insight(item) for item in among]
        return [replace(card, number=at) if at <= MOST_NUMBERS else card for at, card in enumerate(cards, 1)]

    def insights_of_panel(self) -> list[CardContent]:
        """Return the cards of the insights about no theme."""
        return [self._insight(item) for item in self._content.insights if self.theme_of_insight(item) is None]

    def _place(self, item: InsightContent) -> tuple[int, int, str]:
        themes = [theme.id for theme in self._content.guide.themes]
        theme = self.theme_of_insight(item)
        at = themes.index(theme) if theme in themes else len(themes)
        return at, self._order.get(item.insight.position.parent or "", len(self._order)), item.insight.position.key

    def _insight(self, item: InsightContent) -> CardContent:
        aspect = self.aspect_of_insight(item)
        support, role = self.support_of(item)
        notes = self._attached(item.supports, item.contradicts)
        supports = sum(note.evidence is Evidence.SUPPORTS for note in notes)
        return CardContent(
            item.id,
            item.insight.text,
            aspect.kind if aspect else None,
            support,
            role,
            evidence_words(supports, len(notes) - supports) if notes else tr("nog geen notities gekoppeld"),
            notes,
        )

    def recommendations(self, theme: str | None) -> list[CardContent]:
        """Return the cards of the recommendations about a theme, or about all (None: every one)."""
        cards: list[CardContent] = []
        for item in self._content.recommendations:
            if theme is not None and item.themes and theme not in item.themes:
                continue
            notes = self._attached(item.supports, item.contradicts)
            supports = sum(note.evidence is Evidence.SUPPORTS for note in notes)
            insights = self.insight_lines(item.insights)
            parts = [
                plan_words(item),
                evidence_words(supports, len(notes) - supports) if notes else "",
                counted(len(insights), "{n} inzicht", "{n} inzichten") if insights else "",
            ]
            detail = " · ".join(part for part in parts if part)
            cards.append(
                CardContent(
                    item.id,
                    item.recommendation.text,
                    NoteKind.RECOMMENDATION,
                    "" if detail else tr("nog geen schooljaar, niveau of eigenaar"),
                    Role.MUTED,
                    detail,
                    insights + notes,
                    on_insights=True,
                )
            )
        return cards

    def insight_lines(self, insights: Iterable[str], against: Iterable[str] = ()) -> tuple[AttachedNote, ...]:
        """Return insights as lines of a card, each with its theme and how widely it was shared."""
        by_id = {item.id: item for item in self._content.insights}
        titles = {theme.id: theme.short_title for theme in self._content.guide.themes}
        lines = []
        for others, evidence in ((insights, Evidence.SUPPORTS), (against, Evidence.CONTRADICTS)):
            for item in sorted((by_id[other] for other in others if other in by_id), key=self._place):
                where = titles.get(self.theme_of_insight(item) or "", tr("het hele gesprek"))
                said = " · ".join(part for part in (where, self.support_of(item)[0]) if part)
                lines.append(AttachedNote(item.id, item.insight.text, said, evidence, insight=True))
        return tuple(lines)

    def support_of(self, item: InsightContent) -> tuple[str, Role]:
        """Return how widely an insight was shared, in words, and their colour; nothing while it rests on none."""
        supports, contradicts = self._content.evidence(item)
        if not (supports or contradicts):
            return "", Role.MUTED
        return support_words(self._voices.backing(supports, contradicts), self._present)

    # Conclusions across themes

    def conclusions(self, aspect: Aspect) -> list[CardContent]:
        """Return the cards of the conclusions about a central question; the first nine have a digit."""
        cards: list[CardContent] = []
        for item in self._content.insights:
            if item.insight.aspect is not aspect or not self._content.is_conclusion(item):
                continue
            lines = self.insight_lines(item.insights, item.against) + self._attached(item.supports, item.contradicts)
            support, role = self.support_of(item)
            against = len(item.against) + len(item.contradicts)
            detail = counted(len(item.insights), "{n} inzicht", "{n} inzichten") if lines else ""
            if against:
                detail += " · " + counted(against, "{n} tegengeluid", "{n} tegengeluiden")
            number = len(cards) + 1
            cards.append(
                CardContent(
                    item.id,
                    item.insight.text,
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
        """Return the insights of an aspect under the themes, in order of the guide, each with its theme's name."""
        titles = {theme.id: theme.short_title for theme in self._content.guide.themes}
        among = [
            item
            for item in self._content.insights
            if self.aspect_of_insight(item) is aspect and not self._content.is_conclusion(item)
        ]
        among.sort(key=self._place)
        return [(item, titles.get(self.theme_of_insight(item) or "", tr("het hele gesprek"))) for item in among]

    def _attached(self, supports: Iterable[str], contradicts: Iterable[str]) -> tuple[AttachedNote, ...]:
        found = []
        for notes, evidence in ((supports, Evidence.SUPPORTS), (contradicts, Evidence.CONTRADICTS)):
            for note in notes:
                item = self._notes.get(note)
                if item is not None:
                    found.append(AttachedNote(note, item.text, people_of(item, self._names), evidence))
        return tuple(found)

    # Where an insight can belong

    def places(self) -> list[Place]:
        """Return every question, every conversation theme and the whole panel, in order of the guide."""
        places = []
        for theme in self._content.guide.themes:
            places += [self.place_of_question(theme, item) for item in theme.questions]
            if theme.is_conversation:
                places.append(self.place_of_theme(theme))
        return [*places, self.place_of_panel()]

    def place_of_question(self, theme: ThemeContent, item: QuestionContent) -> Place:
        """Return the place of an insight under a question."""
        number = numbered(theme, self._content)
        return Place(f"{number} {theme.short_title}: {item.short_text}".strip(), item.id, None, item.aspect)

    def place_of_theme(self, theme: ThemeContent) -> Place:
        """Return the place of an insight about a theme as a whole."""
        title = f"{numbered(theme, self._content)} {theme.short_title}".strip()
        return Place(tr("{theme}: hele thema", theme=title), None, theme.id)

    def place_of_panel(self) -> Place:
        """Return the place of an insight about the whole conversation."""
        return Place(tr("Het hele gesprek"))

    def place_of(self, question: str | None, theme: str | None) -> Place:
        """Return the place for a question or a theme (ids) that may be unknown."""
        for one, item in self._content.guide.questions():
            if item.id == question:
                return self.place_of_question(one, item)
        for one in self._content.guide.themes:
            if one.id == theme:
                return self.place_of_theme(one)
        return self.place_of_panel()
