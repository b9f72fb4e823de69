"""The input of every part of a panel's report: the content without forbidden names, the naming, and voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sto_desktop.domain.dutch import capital, closed, in_words, number, one_line, sentence, shortened
from sto_desktop.domain.model import Panelist, Playback
from sto_desktop.domain.panel.content import (
    InsightContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    RecommendationContent,
    ThemeContent,
)
from sto_desktop.domain.panel.sectors import in_usual_order
from sto_desktop.domain.panel.voices import Backing, Support, Voices, by_seat
from sto_desktop.domain.privacy.naming.naming import Naming
from sto_desktop.domain.privacy.panel_texts import redacted
from sto_desktop.domain.privacy.participation import as_read, naming_of
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Emphasis, Heading, HeadingKind, Text, TextSpan
from sto_desktop.report.blocks.options import ANNEXES, Form, Part, ReportOptions
from sto_desktop.report.content.attribution import Attribution
from sto_desktop.report.content.given import as_printed

# None stands for an insight without voices.
_ORDER_OF_SUPPORT = (Support.BROAD, Support.SHARED, Support.DIVIDED, Support.SINGLE, None)


def part_bookmark(part: Part) -> str:
    """Return the bookmark of a part's heading."""
    return f"deel-{part.name.lower()}"


@dataclass(frozen=True)
class ReportContext:
    """One panel prepared for a document; `content` holds no name that may not be printed."""

    content: PanelContent
    options: ReportOptions
    naming: Naming
    redactor: Redactor
    voices: Voices

    @classmethod
    def of(cls, content: PanelContent, options: ReportOptions) -> ReportContext:
        """Make the context of a panel as the dossier has it, without members who do not take part."""
        content = as_read(content)
        naming = naming_of(content, options.naming)
        redactor = Redactor(naming, options.decisions)
        shown = redacted(content, redactor)
        shown = replace(shown, guide=as_printed(shown.guide))
        return cls(shown, options, naming, redactor, Voices(content, alike=naming.crowd.alike))

    @cached_property
    def typed(self) -> Sequence[NoteContent]:
        """Every note as it was typed, those in bundles separately."""
        return self.content.typed_notes()

    @cached_property
    def notes_made(self) -> tuple[int, int]:
        """How many notes were made during the conversation, and how many were typed from paper afterwards."""
        made = [note.note.late for note in self.typed if note.text.strip()]
        return made.count(False), made.count(True)

    def heard(self, theme: ThemeContent) -> tuple[Panelist, ...]:
        """Return the members with a voice in a note under a theme, or in a note that supports an insight about it.

        So everybody whom an insight counts is counted here too, and the two numbers never contradict each other.
        """
        notes = [note for question in theme.questions for note in self.body_notes(question)]
        insights = [insight for insight in self.insights if self.insight_theme(insight) == theme.id]
        notes += [note for playback in self.playbacks(theme) for note in self.amendments(playback)]
        named = {note for insight in insights for note in (*insight.supports, *insight.contradicts)}
        notes += [self.notes_by_id[note] for note in named if note in self.notes_by_id]
        voices = {voice.panelist for note in notes for voice in note.all_voices if voice.stance.counts}
        return tuple(member for member in self.present if member.id in voices)

    @cached_property
    def said(self) -> Attribution:
        """Texts of notes with who said them."""
        return Attribution(self.naming, frozenset(panelist.id for panelist in self.present))

    def heading(self, part: Part, text: str, bookmark: str = "") -> Heading:
        """Return a heading within a part, one level below the heading of the part."""
        if self.options.form is not Form.EXTENDED:
            return Heading(2, text, HeadingKind.FLOWING, bookmark)
        return Heading(2, text, HeadingKind.ANNEX if part in ANNEXES else HeadingKind.CHAPTER, bookmark)

    @cached_property
    def present(self) -> tuple[Panelist, ...]:
        """The members who were present, in order of seat."""
        return by_seat(panelist for panelist in self.content.panelists if panelist.present)

    @cached_property
    def sector_groups(self) -> dict[str, str]:
        """The group under which each member who was present (id) is counted in tables and figures: their sector, or
        `OTHERS`. Empty if there would be fewer than two groups.
        """
        groups = self.naming.crowd.sectors
        return groups if len(set(groups.values())) > 1 else {}

    @cached_property
    def sectors(self) -> dict[str, int]:
        """How many members were present from each sector that may be shown, the remaining sectors together last."""
        counts = Counter(self.sector_groups.values())
        # Not in the order of the members, since that is the order of their seats.
        return {name: counts[name] for name in in_usual_order(counts)}

    @cached_property
    def themes(self) -> tuple[ThemeContent, ...]:
        """The conversation themes of the guide."""
        return tuple(theme for theme in self.content.guide.themes if theme.is_conversation)

    @cached_property
    def chapters(self) -> tuple[ThemeContent, ...]:
        """The conversation themes that have content."""
        themes_with_insights = {self.insight_theme(insight) for insight in self.insights}
        return tuple(
            theme
            for theme in self.themes
            if theme.id in themes_with_insights
            or self.playbacks(theme)
            or any(self.body_notes(question) for question in theme.questions)
        )

    @cached_property
    def _by_question(self) -> dict[str | None, list[NoteContent]]:
        by_question: dict[str | None, list[NoteContent]] = {}
        for note in self.content.notes:
            by_question.setdefault(note.question, []).append(note)
        return by_question

    @cached_property
    def _theme_ids(self) -> dict[str, str]:
        return {question.id: theme.id for theme, question in self.content.guide.questions()}

    @cached_property
    def notes_by_id(self) -> dict[str, NoteContent]:
        """Every note by its id."""
        return {note.id: note for note in self.content.notes}

    @cached_property
    def insights_by_id(self) -> dict[str, InsightContent]:
        """Every insight by its id."""
        return {insight.id: insight for insight in self.content.insights}

    def all_notes(self, question: QuestionContent) -> Sequence[NoteContent]:
        """Return every note under a question."""
        return self._by_question.get(question.id, ())

    def body_notes(self, question: QuestionContent) -> Sequence[NoteContent]:
        """Return the notes under a question that its section shows: what the panel said and was not set aside.

        Agreements, parked notes and amendments to a summary are shown elsewhere; observations are the notulist's.
        """
        return self._bodies.get(question.id, ())

    def playbacks(self, theme: ThemeContent) -> list[Playback]:
        """Return the summaries of a theme that were read back to the panel."""
        return [playback for playback in self.content.playbacks if playback.theme == theme.id and playback.text.strip()]

    def amendments(self, playback: Playback) -> Sequence[NoteContent]:
        """Return the panel's amendments to a summary, in the order of the guide."""
        return self._amendments.get(playback.id, ())

    @cached_property
    def _amendments(self) -> dict[str, list[NoteContent]]:
        playback_ids = {playback.id for theme in self.themes for playback in self.playbacks(theme)}
        amendments: dict[str, list[NoteContent]] = {}
        for note in self.content.notes:
            if note.note.amends in playback_ids and _is_of_the_body(note):
                amendments.setdefault(note.note.amends or "", []).append(note)
        return amendments

    @cached_property
    def _bodies(self) -> dict[str | None, list[NoteContent]]:
        return {
            question: [note for note in notes if _is_of_the_body(note) and note.note.amends not in self._amendments]
            for question, notes in self._by_question.items()
        }

    def insight_theme(self, insight: InsightContent) -> str | None:
        """Return the theme (id) that an insight is about; None: the panel as a whole."""
        return self._theme_ids.get(insight.insight.position.parent or "") or insight.insight.theme

    def insight_aspect(self, insight: InsightContent) -> Aspect | None:
        """Return which of the central questions an insight answers."""
        if insight.insight.aspect is not None:
            return insight.insight.aspect
        question = self.content.guide.question(insight.insight.position.parent)
        return question.aspect if question else None

    def insights_under(self, question: str) -> list[InsightContent]:
        """Return the insights under one question, in order."""
        return [insight for insight in self.insights if insight.insight.position.parent == question]

    def insights_of_theme(self, theme: str) -> list[InsightContent]:
        """Return the insights about a theme that are under none of its questions."""
        return [
            insight
            for insight in self.insights
            if insight.insight.theme == theme and (insight.insight.position.parent or "") not in self._theme_ids
        ]

    def insights_of_panel(self) -> list[InsightContent]:
        """Return the insights about no theme that is a chapter."""
        themes = {theme.id for theme in self.themes}
        return [insight for insight in self.insights if self.insight_theme(insight) not in themes]

    @cached_property
    def insights(self) -> tuple[InsightContent, ...]:
        """The insights that have a text."""
        return tuple(insight for insight in self.content.insights if insight.insight.text.strip())

    @cached_property
    def recommendations(self) -> tuple[RecommendationContent, ...]:
        """The recommendations that have a text."""
        return tuple(
            recommendation
            for recommendation in self.content.recommendations
            if recommendation.recommendation.text.strip()
        )

    def backing(self, finding: InsightContent | RecommendationContent) -> Backing:
        """Return who supports an insight or recommendation, and who dissents."""
        if isinstance(finding, InsightContent):
            return self.voices.backing(*self.content.evidence(finding))
        return self.voices.backing(finding.supports, finding.contradicts)

    def foremost(self, insights: Iterable[InsightContent]) -> list[InsightContent]:
        """Return insights, the most widely shared first."""

        def rank(insight: InsightContent) -> tuple[int, int]:
            backing = self.backing(insight)
            return _ORDER_OF_SUPPORT.index(backing.support), -len(backing.supporters)

        return sorted(insights, key=rank)

    def support(self, insight: InsightContent) -> str:
        """Return a sentence on how widely an insight was shared, and the dissent."""
        backing = self.backing(insight)
        # The number of sectors is left out: together with the list of members, it could identify the only one of a
        # sector.
        match backing.support:
            case Support.BROAD:
                support_text = tr("Breed gedragen: {behind}.", behind=backing.behind)
            case Support.SHARED if len(backing.supporters) == 2:
                support_text = tr("Gedeeld door {behind}.", behind=backing.behind)
            case Support.SHARED:
                support_text = tr("Gesteund door {behind}.", behind=backing.behind)
            case Support.DIVIDED:
                support_text = tr("Verdeeld: {count}.", count=_for_and_against(backing))
            case Support.SINGLE:
                support_text = closed(tr("Eén stem: {of}", of=self.naming.of(backing.supporters[0])))
            case None:
                support_text = ""
        return " ".join(part for part in (support_text, self._dissent(insight, backing)) if part)

    def _dissent(self, insight: InsightContent, backing: Backing) -> str:
        """Return what was said against an insight or the narrower ones behind it, and who else opposed it."""
        behind, against = self.content.evidence(insight)
        # What stands against one narrower insight may be behind another, and is then said with that one.
        named = [
            note for note in against if note in self.notes_by_id and (note not in behind or note in insight.contradicts)
        ]
        notes = [note for note in map(self.notes_by_id.__getitem__, named) if note.kind.is_panels]
        texts = [words for note in notes if (words := sentence(one_line(self.said.words(note))))]
        if texts:
            heard = {voice.panelist for note in notes for voice in note.all_voices}
            more = [member for member in backing.dissenters if member not in heard]
            told = tr("Tegengeluid: {texts}", texts=" ".join(texts))
            also = closed(tr("Ook tegengesproken door {several}", several=self.said.several(more))) if more else ""
            return f"{told} {also}".strip()
        if backing.dissenters and backing.support is not Support.DIVIDED:
            return closed(tr("Tegengeluid van {several}", several=self.said.several(backing.dissenters)))
        return ""

    def support_in_short(self, insight: InsightContent) -> str:
        """Return the support in a few words, with whether there was dissent: "breed gedragen, met tegengeluid"."""
        backing = self.backing(insight)
        if backing.support is Support.DIVIDED:
            return tr("verdeeld: {count}", count=_for_and_against(backing))
        opposed = bool(insight.contradicts or backing.dissenters)
        return ", ".join(part for part in (backing.word, tr("met tegengeluid") if opposed else "") if part)

    def in_summary(self, insight: InsightContent, longest: int) -> str:
        """Return an insight as a sentence for a summary, with its dissent: a claim never stands there alone."""
        backing, text = self.backing(insight), sentence(shortened(insight.insight.text, longest))
        if backing.support is Support.DIVIDED:
            return f"{text} {capital(_for_and_against(backing))}."
        return tr("{text} Er was ook tegengeluid.", text=text) if insight.contradicts or backing.dissenters else text

    def insight_text(self, insight: InsightContent) -> Text:
        """Return an insight with its support."""
        words = TextSpan(sentence(insight.insight.text), Emphasis.STRONG)
        support = self.support(insight)
        return (words, f" {support}") if support else (words,)


def _for_and_against(backing: Backing) -> str:
    return in_words(
        len(backing.supporters),
        "{n} panellid voor, {against} tegen",
        "{n} panelleden voor, {against} tegen",
        against=number(len(backing.dissenters)),
    )


def _is_of_the_body(note: NoteContent) -> bool:
    """Return whether a note is something the panel said, no agreement, not parked and not set aside."""
    elsewhere = not note.kind.is_panels or note.kind.is_agreed or note.note.parked or note.note.set_aside
    return bool(note.text.strip()) and not elsewhere
