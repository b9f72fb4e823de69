"""What every part of a panel's report reads: the content without forbidden names, who is called what, and voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sto_desktop.domain.dutch import ASIDE, capital, closed, in_words, number, quoted, sentence
from sto_desktop.domain.model import Panelist, Playback
from sto_desktop.domain.panel.content import (
    InsightContent,
    NoteContent,
    PanelContent,
    QuestionContent,
    RecommendationContent,
    ThemeContent,
)
from sto_desktop.domain.panel.sectors import OTHERS
from sto_desktop.domain.panel.voices import Backing, Support, Voices, by_seat
from sto_desktop.domain.privacy.crowd import sector_groups
from sto_desktop.domain.privacy.naming import MEMBER, Label, NameMode, Naming
from sto_desktop.domain.privacy.participation import naming_of, taking_part
from sto_desktop.domain.privacy.redaction import Redactor, redacted
from sto_desktop.domain.vocabulary import Aspect, Stance, Told
from sto_desktop.language import listed, tr
from sto_desktop.report.blocks.blocks import Emphasis, Heading, HeadingKind, Quote, Span, Text
from sto_desktop.report.blocks.options import ANNEXES, Form, Part, ReportOptions

_ORDER_OF_SUPPORT = (Support.BROAD, Support.SHARED, Support.DIVIDED, Support.SINGLE, None)


def part_bookmark(part: Part) -> str:
    """Return the bookmark of a part's heading."""
    return f"deel-{part.name.lower()}"


@dataclass(frozen=True)
class ReportContext:
    """One panel on its way into a document; `content` holds no name that may not be printed."""

    content: PanelContent
    options: ReportOptions
    naming: Naming
    redactor: Redactor
    voices: Voices

    @classmethod
    def of(cls, content: PanelContent, options: ReportOptions) -> ReportContext:
        """Make the context of a panel as it lies in the dossier; who does not take part is not in it."""
        content = taking_part(content)
        naming = naming_of(content, options.naming)
        redactor = Redactor(naming, options.decisions)
        return cls(redacted(content, redactor), options, naming, redactor, Voices(content))

    @cached_property
    def redactor_of_the_unnamed(self) -> Redactor:
        """What takes out the names of those alone who may not be named, for a list that names the others."""
        return Redactor(naming_of(self.content, NameMode.FULL), self.options.decisions)

    @cached_property
    def typed(self) -> Sequence[NoteContent]:
        """Every note that was typed, each by itself."""
        return self.content.typed_notes()

    def heard(self, theme: ThemeContent) -> tuple[Panelist, ...]:
        """Return the members whose voice is in a note under a theme, or in one that an insight about it rests on.

        So everybody whom an insight counts is counted here too, and the two never seem at odds.
        """
        notes = [note for question in theme.questions for note in self.body_notes(question)]
        insights = [item for item in self.insights if self.insight_theme(item) == theme.id]
        notes += [note for playback in self.playbacks(theme) for note in self.amendments(playback)]
        named = {note for item in insights for note in (*item.supports, *item.contradicts)}
        notes += [self.notes_by_id[note] for note in named if note in self.notes_by_id]
        voices = {voice.panelist for note in notes for voice in note.all_voices}
        return tuple(member for member in self.present if member.id in voices)

    def heading(self, part: Part, text: str, bookmark: str = "") -> Heading:
        """Return a heading within a part, one level below its own."""
        if self.options.form is not Form.EXTENDED:
            return Heading(2, text, HeadingKind.FLOWING, bookmark)
        return Heading(2, text, HeadingKind.ANNEX if part in ANNEXES else HeadingKind.CHAPTER, bookmark)

    @cached_property
    def present(self) -> tuple[Panelist, ...]:
        """The members who were there, in order of seat."""
        return by_seat(item for item in self.content.panelists if item.present)

    @property
    def of_whom(self) -> str:
        """What stands behind the title of a table that can't be about all members; else empty."""
        return "" if len(self.sector_groups) == len(self.present) else tr(" (wie genoemd mag worden)")

    @cached_property
    def sector_groups(self) -> dict[str, str]:
        """Under which name each member (id) is counted in every table and figure; empty where not two are left."""
        groups = sector_groups(self.content)
        return groups if len(set(groups.values())) > 1 else {}

    @cached_property
    def sectors(self) -> dict[str, int]:
        """How many members were there from each sector that can be told, those of the others together last."""
        counts = Counter(self.sector_groups.values())
        return {name: counts[name] for name in sorted(counts, key=lambda name: name == OTHERS)}

    @cached_property
    def themes(self) -> tuple[ThemeContent, ...]:
        """The conversation themes of the guide."""
        return tuple(theme for theme in self.content.guide.themes if theme.is_conversation)

    @cached_property
    def chapters(self) -> tuple[ThemeContent, ...]:
        """The conversation themes about which there is something to tell."""
        told = {self.insight_theme(item) for item in self.insights}
        return tuple(
            theme
            for theme in self.themes
            if theme.id in told
            or self.playbacks(theme)
            or any(self.body_notes(question) for question in theme.questions)
        )

    @cached_property
    def _by_question(self) -> dict[str | None, list[NoteContent]]:
        found: dict[str | None, list[NoteContent]] = {}
        for note in self.content.notes:
            found.setdefault(note.question, []).append(note)
        return found

    @cached_property
    def _theme_ids(self) -> dict[str, str]:
        return {item.id: theme.id for theme, item in self.content.guide.questions()}

    @cached_property
    def notes_by_id(self) -> dict[str, NoteContent]:
        """Every note by its id."""
        return {item.id: item for item in self.content.notes}

    @cached_property
    def insights_by_id(self) -> dict[str, InsightContent]:
        """Every insight by its id."""
        return {item.id: item for item in self.content.insights}

    def all_notes(self, question: QuestionContent) -> Sequence[NoteContent]:
        """Return every note under a question."""
        return self._by_question.get(question.id, ())

    def body_notes(self, question: QuestionContent) -> Sequence[NoteContent]:
        """Return the notes under a question that its section shows: what the panel said and was not put aside.

        Actions, what was parked and what was added to a summary have places of their own; observations are the
        notulist's.
        """
        return self._bodies.get(question.id, ())

    def playbacks(self, theme: ThemeContent) -> list[Playback]:
        """Return the summaries of a theme that were read back to the panel."""
        return [item for item in self.content.playbacks if item.theme == theme.id and item.text.strip()]

    def amendments(self, playback: Playback) -> Sequence[NoteContent]:
        """Return what the panel added to a summary, in the order of the guide."""
        return self._amendments.get(playback.id, ())

    @cached_property
    def _amendments(self) -> dict[str, list[NoteContent]]:
        shown = {item.id for theme in self.themes for item in self.playbacks(theme)}
        found: dict[str, list[NoteContent]] = {}
        for note in self.content.notes:
            if note.note.amends in shown and _is_of_the_body(note):
                found.setdefault(note.note.amends or "", []).append(note)
        return found

    @cached_property
    def _bodies(self) -> dict[str | None, list[NoteContent]]:
        return {
            question: [item for item in notes if _is_of_the_body(item) and item.note.amends not in self._amendments]
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
        return [item for item in self.insights if item.insight.position.parent == question]

    def insights_of_theme(self, theme: str) -> list[InsightContent]:
        """Return the insights about a theme that stand under none of its questions."""
        return [
            item
            for item in self.insights
            if item.insight.theme == theme and (item.insight.position.parent or "") not in self._theme_ids
        ]

    def insights_of_panel(self) -> list[InsightContent]:
        """Return the insights about no theme that is a chapter."""
        themes = {theme.id for theme in self.themes}
        return [item for item in self.insights if self.insight_theme(item) not in themes]

    @cached_property
    def insights(self) -> tuple[InsightContent, ...]:
        """The insights that say something."""
        return tuple(item for item in self.content.insights if item.insight.text.strip())

    @cached_property
    def recommendations(self) -> tuple[RecommendationContent, ...]:
        """The recommendations that say something."""
        return tuple(item for item in self.content.recommendations if item.recommendation.text.strip())

    def backing(self, item: InsightContent | RecommendationContent) -> Backing:
        """Return who is behind an insight or recommendation, and who against."""
        if isinstance(item, InsightContent):
            return self.voices.backing(*self.content.evidence(item))
        return self.voices.backing(item.supports, item.contradicts)

    def foremost(self, insights: Iterable[InsightContent]) -> list[InsightContent]:
        """Return insights, those that were shared most widely first."""

        def rank(item: InsightContent) -> tuple[int, int]:
            backing = self.backing(item)
            return _ORDER_OF_SUPPORT.index(backing.support), -len(backing.supporters)

        return sorted(insights, key=rank)

    @cached_property
    def _seats(self) -> dict[str, int]:
        return {item.id: at for at, item in enumerate(self.content.panelists, 1)}

    def several(self, panelists: Iterable[str], before: Iterable[str] = ()) -> str:
        """Return how members (ids) are called together, in the order of their seats and "panelleden" last: "een docent
        vmbo en twee panelleden".

        Who is called the same as somebody named just `before` becomes "een andere docent vmbo".
        """
        seats = self._seats
        labels = Counter(self.naming.label(item) for item in sorted(panelists, key=lambda item: seats.get(item, 0)))
        known = {self.naming.label(item) for item in before}
        ordered = sorted(labels, key=lambda label: label.one == MEMBER.one)
        return listed(_called(label, labels[label], label in known) for label in ordered)

    def attribution(self, note: NoteContent) -> str:
        """Return who said a note, who agreed and who did not; empty when nobody knows."""
        return self._attribute(note)

    def _tail(self, note: NoteContent, marks: tuple[str, ...] = ()) -> Span:
        # Few people say many things: what stands behind a note is worked out once for all notes that share it.
        key = (marks, tuple([(voice.panelist, voice.stance) for voice in note.all_voices]))
        known = self._tails.get(key)
        if known is None:
            who = self._attribute(note)
            # That somebody said it goes without saying.
            said = ", ".join(part for part in (*marks, who if who != MEMBER.one else "") if part)
            known = self._tails[key] = Span(f"{ASIDE}{said}" if said else "", Emphasis.SOFT)
        return known

    @cached_property
    def _tails(self) -> dict[object, Span]:
        return {}

    def _attribute(self, note: NoteContent) -> str:
        speakers = note.speakers
        agreed = [item for item in note.panelists(Stance.AGREES) if item not in speakers]
        denied = note.panelists(Stance.DISAGREES)
        parts = [self.several(speakers)]
        everybody = {item.id for item in self.present}
        if agreed and len(everybody) > 1 and everybody <= {*speakers, *agreed}:
            parts.append(tr("met bijval van het hele panel"))
        elif agreed:
            parts.append(tr("met bijval van {several}", several=self.several(agreed, speakers)))
        if denied:
            parts.append(tr("tegengesproken door {several}", several=self.several(denied, (*speakers, *agreed))))
        return ", ".join(part for part in parts if part)

    def is_quotable(self, note: NoteContent) -> bool:
        """Tell whether a note is a quote that may stand as one: everybody who said it agreed to being quoted."""
        return note.kind.meaning.told is Told.AS_QUOTE and self.naming.quotable(note.parts[0].speakers)

    def quote(self, note: NoteContent) -> Quote:
        """Return a quote with who said it: these very words, whatever was bundled with them."""
        note = note.parts[0]
        return Quote(quoted(note.text), capital(self.attribution(note)))

    def item(self, note: NoteContent, *marks: str) -> Text:
        """Return a note as an item of a list: its words, then softly what it is and who said it."""
        words = note.text.strip()
        if self.is_quotable(note):
            words, note = quoted(words), note.parts[0]
        tail = self._tail(note, marks)
        return (words, tail) if tail.text else words

    def support(self, insight: InsightContent) -> str:
        """Return in a sentence how widely an insight was shared, and what was said against it."""
        backing = self.backing(insight)
        members = in_words(len(backing.supporters), "{n} panellid", "{n} panelleden")
        # From how many sectors is not said: beside the members at the table that can tell of somebody alone of one.
        match backing.support:
            case Support.BROAD:
                said = tr("Breed gedragen: {members}.", members=members)
            case Support.SHARED:
                said = tr("Gedeeld door {members}.", members=members)
            case Support.DIVIDED:
                against = in_words(len(backing.dissenters), "{n} panellid", "{n} panelleden")
                said = tr("Verdeeld: {members} voor, {against} tegen.", members=members, against=against)
            case Support.SINGLE:
                said = closed(tr("Eén stem: {of}", of=self.naming.of(backing.supporters[0])))
            case None:
                said = ""
        return " ".join(part for part in (said, self._dissent(insight, backing)) if part)

    def _dissent(self, insight: InsightContent, backing: Backing) -> str:
        notes = [self.notes_by_id[item] for item in insight.contradicts if item in self.notes_by_id]
        texts = [sentence(" ".join(note.text.split())) for note in notes if note.kind.is_panels]
        if any(texts):
            return tr("Tegengeluid: {texts}", texts=" ".join(text for text in texts if text))
        if backing.dissenters and backing.support is not Support.DIVIDED:
            return closed(tr("Tegengeluid van {several}", several=self.several(backing.dissenters)))
        return ""

    def insight_text(self, insight: InsightContent) -> Text:
        """Return an insight with its support."""
        words = Span(sentence(insight.insight.text), Emphasis.STRONG)
        support = self.support(insight)
        return (words, f" {support}") if support else (words,)


def _is_of_the_body(note: NoteContent) -> bool:
    """Tell whether a note is what the panel said and did not put aside, and no agreement."""
    elsewhere = note.kind.meaning.told in (Told.AS_SEEN, Told.AS_AGREED) or note.note.parked or note.note.set_aside
    return bool(note.text.strip()) and not elsewhere


def _called(label: Label, times: int, again: bool) -> str:
    """Return so many people of one label; `again`: others of that label were just named."""
    if label.one == label.many:
        return label.one
    if times > 1:
        return f"{number(times)} {'andere ' if again else ''}{label.many}"
    if not again:
        return label.one
    return label.one.replace("een ", tr("een ander ") if label.one.startswith(MEMBER.one) else tr("een andere "), 1)
