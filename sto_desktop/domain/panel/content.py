"""Records combined for display and reports, with the properties derived from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sto_desktop.domain.model import (
    Debrief,
    Guide,
    Insight,
    Note,
    Panel,
    Panelist,
    PanelQuestion,
    PlannedPart,
    Playback,
    Probe,
    Question,
    Recommendation,
    Tag,
    Theme,
    TimeSpan,
    TopChoice,
    Voice,
)
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Aspect, NoteKind, Stance, ThemeKind


@dataclass(frozen=True, slots=True)
class QuestionContent:
    """A question as this panel asks it: the guide's question, its probes, and the panel's decisions about it."""

    question: Question
    probes: tuple[Probe, ...] = ()
    decided: PanelQuestion | None = None

    @property
    def id(self) -> str:
        """Id of the guide's question."""
        return self.question.id

    @property
    def text(self) -> str:
        """The wording that this panel uses."""
        return (self.decided.wording if self.decided else "") or self.question.text

    @property
    def position(self) -> Position:
        """Its position for this panel: the panel's own choice, or else the guide's."""
        return self.decided.position if self.decided and self.decided.position.parent else self.question.position

    @property
    def short_text(self) -> str:
        """A short text for narrow places."""
        return self.question.short_text or self.text

    @property
    def minutes(self) -> int:
        """Planned minutes in this panel; 0 if skipped."""
        if self.skipped:
            return 0
        if self.decided and self.decided.minutes is not None:
            return self.decided.minutes
        return self.question.minutes

    @property
    def skipped(self) -> bool:
        """Whether this panel skips it."""
        return bool(self.decided and self.decided.skipped)

    @property
    def aspect(self) -> Aspect | None:
        """The central question that it asks, if any."""
        return self.question.aspect

    @property
    def inherited_kind(self) -> NoteKind:
        """The default kind of a note under it."""
        return self.question.aspect.kind if self.question.aspect else NoteKind.REMARK


@dataclass(frozen=True, slots=True)
class ThemeContent:
    """A theme with its questions in order."""

    theme: Theme
    questions: tuple[QuestionContent, ...] = ()

    @property
    def id(self) -> str:
        """Id of the theme."""
        return self.theme.id

    @property
    def title(self) -> str:
        """The full title."""
        return self.theme.title

    @property
    def short_title(self) -> str:
        """A title for narrow places."""
        return self.theme.short_title or self.theme.title

    @property
    def minutes(self) -> int:
        """Planned minutes: its own plus those of its questions."""
        return self.theme.minutes + sum(question.minutes for question in self.questions)

    @property
    def is_conversation(self) -> bool:
        """Whether it is a conversation theme, and therefore a chapter of the verslag."""
        return self.theme.kind is ThemeKind.CONVERSATION


@dataclass(frozen=True, slots=True)
class GuideContent:
    """A guide with its themes in order, as written or as one panel uses it."""

    guide: Guide
    themes: tuple[ThemeContent, ...] = ()

    @property
    def minutes(self) -> int:
        """Planned minutes in total."""
        return sum(theme.minutes for theme in self.themes)

    def questions(self) -> tuple[tuple[ThemeContent, QuestionContent], ...]:
        """Return every question with its theme, in order."""
        return tuple((theme, question) for theme in self.themes for question in theme.questions)

    def question(self, question: str | None) -> QuestionContent | None:
        """Return the question with this id, or None."""
        return next((asked for _, asked in self.questions() if asked.id == question), None)

    def theme(self, theme: str | None) -> ThemeContent | None:
        """Return the theme with this id, or None."""
        return next((content for content in self.themes if content.id == theme), None)

    def theme_of(self, question: str | None) -> ThemeContent | None:
        """Return the theme under which a question stands, or None."""
        return next((theme for theme, asked in self.questions() if asked.id == question), None)


def as_typed(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Return the voices of a note in the order in which they were typed, as far as it is known."""
    return tuple(sorted(voices, key=lambda voice: (voice.place or 0, voice.stance, voice.id)))


@dataclass(frozen=True, slots=True)
class NoteContent:
    """A note with its voices, as typed, and labels. `kind`: its own, or the one inherited from the question.

    `bundled`: the notes that say the same and that it represents; `voices` and `tags` are its own only.
    """

    note: Note
    kind: NoteKind
    voices: tuple[Voice, ...] = ()
    tags: tuple[Tag, ...] = ()
    bundled: tuple[NoteContent, ...] = ()

    @property
    def id(self) -> str:
        """Id of the note."""
        return self.note.id

    @property
    def text(self) -> str:
        """The note's text, without signs."""
        return self.note.text

    @property
    def question(self) -> str | None:
        """Id of its question, which may be unknown or deleted (see PanelContent.unassigned)."""
        return self.note.position.parent

    @property
    def inherited(self) -> bool:
        """Whether the kind is inherited and not yet confirmed."""
        return self.note.kind is None

    @property
    def parts(self) -> tuple[NoteContent, ...]:
        """The notes of a bundle one by one, as typed, itself first; for any other note, only itself."""
        return (replace(self, bundled=()), *self.bundled) if self.bundled else (self,)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the note and of those bundled in it."""
        return (self.note.id, *(part.id for part in self.bundled)) if self.bundled else (self.note.id,)

    @property
    def all_voices(self) -> tuple[Voice, ...]:
        """The voices of the whole bundle, its own first."""
        if not self.bundled:
            return self.voices
        return (*self.voices, *(voice for part in self.bundled for voice in part.voices))

    def panelists(self, stance: Stance) -> tuple[str, ...]:
        """Return ids of the members with this stance in the note, or in one bundled in it."""
        among = self.all_voices if self.bundled else self.voices
        speakers = (voice.panelist for voice in among if voice.stance is stance and voice.panelist is not None)
        return tuple(dict.fromkeys(speakers))

    @property
    def speakers(self) -> tuple[str, ...]:
        """Ids of the members who said it."""
        return self.panelists(Stance.SAYS)


@dataclass(frozen=True, slots=True)
class InsightContent:
    """An insight with the notes that support or contradict it, by id.

    A conclusion rests on narrower `insights` instead, and others may be `against` it; see `PanelContent.evidence`.
    """

    insight: Insight
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Id of the insight."""
        return self.insight.id


@dataclass(frozen=True, slots=True)
class RecommendationContent:
    """A recommendation with its themes, insights and notes, by id; no themes means all themes."""

    recommendation: Recommendation
    themes: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Id of the recommendation."""
        return self.recommendation.id


@dataclass(frozen=True, slots=True)
class PanelContent:
    """Everything of one panel.

    `notes`: in the order of the conversation within each question, bundled notes inside their representative;
    `minutes_used`: minutes by question id; `top_choices`: members' top choices, in order of rank; `plan`: as it was
    when the conversation began, empty if it was not kept. In content that leaves the program (see
    `domain.privacy.participation`), `withdrawn` are the members who do not take part, whose names no text may contain,
    and `left_out` is the number of notes left out because of that. `elsewhere` are the members of the other panels in
    the dossier, whom a text may name; empty where all panels leave together, since each then hides its own.
    """

    panel: Panel
    guide: GuideContent
    panelists: tuple[Panelist, ...] = ()
    notes: tuple[NoteContent, ...] = ()
    insights: tuple[InsightContent, ...] = ()
    recommendations: tuple[RecommendationContent, ...] = ()
    playbacks: tuple[Playback, ...] = ()
    debriefs: tuple[Debrief, ...] = ()
    time_spans: tuple[TimeSpan, ...] = ()
    minutes_used: Mapping[str, float] = field(default_factory=dict)
    top_choices: tuple[TopChoice, ...] = ()
    plan: tuple[PlannedPart, ...] = ()
    withdrawn: tuple[Panelist, ...] = ()
    left_out: int = 0
    elsewhere: tuple[Panelist, ...] = ()

    @property
    def people(self) -> tuple[Panelist, ...]:
        """Everybody of this panel whose name may appear in a text, members or not."""
        return (*self.panelists, *self.withdrawn)

    def notes_of(self, question: str) -> tuple[NoteContent, ...]:
        """Return the notes under a question, in order."""
        return tuple(note for note in self.notes if note.question == question)

    def typed_notes(self) -> tuple[NoteContent, ...]:
        """Return every note as typed, bundled notes directly after their representative."""
        return tuple(part for note in self.notes for part in note.parts)

    def unassigned(self) -> tuple[NoteContent, ...]:
        """Return the notes whose question is unknown or deleted."""
        question_ids = {question.id for _, question in self.guide.questions()}
        return tuple(note for note in self.notes if note.question not in question_ids)

    def panelist(self, panelist: str | None) -> Panelist | None:
        """Return the member with this id, or None."""
        return next((member for member in self.panelists if member.id == panelist), None)

    def evidence(self, root: InsightContent) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the notes (ids) that support an insight and those that contradict it, including those behind its
        narrower insights; support for an insight against it counts as contradiction.
        """
        by_id = {insight.id: insight for insight in self.insights}
        sides: tuple[dict[str, None], dict[str, None]] = ({}, {})
        # A visited set, because insights may refer to each other in a circle.
        seen: set[tuple[str, int]] = set()

        def gather(current: InsightContent, side: int) -> None:
            if (current.id, side) in seen:
                return
            seen.add((current.id, side))
            sides[side].update(dict.fromkeys(current.supports))
            sides[1 - side].update(dict.fromkeys(current.contradicts))
            for others, other_side in ((current.insights, side), (current.against, 1 - side)):
                for other in others:
                    if other in by_id:
                        gather(by_id[other], other_side)

        gather(root, 0)
        return tuple(sides[0]), tuple(sides[1])

    def is_conclusion(self, insight: InsightContent) -> bool:
        """Return whether an insight answers a central question across themes: it has an aspect but no theme."""
        record = insight.insight
        about = record.theme or (record.position.parent and self.guide.theme_of(record.position.parent))
        return record.aspect is not None and not about
