"""The records of a panel, one dataclass a table: guide, panel, people, notes and what they add up to.

Ids are UUIDs in text. Links between two rows have an id derived from both ends (see `identity`), so that the same link
made twice is one. A field that is None was never said.
"""

from __future__ import annotations

import datetime as dt

from sto_desktop.domain import record as field
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import (
    Agreement,
    Aspect,
    Consent,
    DebriefAuthor,
    Evidence,
    Level,
    NoteKind,
    PanelStatus,
    Priority,
    QuestionType,
    Stance,
    ThemeKind,
)


@field.table("guide")
class Guide:
    """Themes with questions, times and probes; `origin` names the guide that this one was made from."""

    id: str
    name: str = field.text()
    version: str = field.text()
    origin: str = field.text()


@field.table("theme")
class Theme:
    """A block of the guide; `minutes` is its time without a question (welcome, break), `script` is read aloud."""

    id: str
    position: Position = field.position("guide", owned=True)
    title: str = field.text()
    short_title: str = field.text()
    kind: ThemeKind = field.code(ThemeKind, ThemeKind.CONVERSATION)
    minutes: int = field.integer()
    script: str = field.text()
    origin: str = field.text()


@field.table("question")
class Question:
    """Asked under a theme; `essential`: the one to keep when time is short."""

    id: str
    position: Position = field.position("theme", owned=True)
    text: str = field.text()
    short_text: str = field.text()
    type: QuestionType = field.code(QuestionType, QuestionType.KEY)
    aspect: Aspect | None = field.code(Aspect)
    minutes: int = field.integer()
    essential: bool = field.boolean()
    script: str = field.text()
    origin: str = field.text()


@field.table("probe")
class Probe:
    """A follow-up that helps."""

    id: str
    position: Position = field.position("question", owned=True)
    text: str = field.text()
    origin: str = field.text()


@field.table("panel")
class Panel:
    """One conversation. `start` is the planned begin; `retain_until` when personal data should go."""

    id: str
    title: str = field.text()
    guide: str | None = field.reference("guide")
    subregion: str = field.text()
    date: dt.date | None = field.day()
    start: dt.time | None = field.clock_time()
    place: str = field.text()
    moderator: str = field.text()
    note_taker: str = field.text()
    status: PanelStatus = field.code(PanelStatus, PanelStatus.PREPARING)
    remarks: str = field.text()
    processing_ground: str = field.text()
    retain_until: dt.date | None = field.day()


@field.table("panel_question")
class PanelQuestion:
    """What one panel decided about one question: None leaves the guide's own."""

    id: str
    panel: str | None = field.reference("panel", owned=True)
    question: str | None = field.reference("question")
    minutes: int | None = field.integer(None)
    wording: str = field.text()
    skipped: bool = field.boolean()
    position: Position = field.position("theme")


@field.table("panelist")
class Panelist:
    """Who takes part. `name` is the full name, `first_name` what people are called aloud."""

    id: str
    panel: str | None = field.reference("panel", owned=True)
    seat: int | None = field.integer(None)
    name: str = field.text(searched=True)
    first_name: str = field.text()
    organisation: str = field.text(searched=True)
    sector: str = field.text()
    role: str = field.text(searched=True)
    consent_participation: Consent = field.code(Consent, Consent.UNKNOWN)
    consent_name: Consent = field.code(Consent, Consent.UNKNOWN)
    consent_quote: Consent = field.code(Consent, Consent.UNKNOWN)
    consent_recording: Consent = field.code(Consent, Consent.UNKNOWN)
    present: bool = field.boolean(True)
    arrived_at: dt.datetime | None = field.moment()
    left_at: dt.datetime | None = field.moment()


@field.table("note")
class Note:
    """One thing that was said or seen, under a question (`position.parent`) or not yet placed.

    `kind` None: inherited from the question. `heading` keeps the title under which it was imported when no question
    answered to it. `set_aside`: looked at and deliberately not used.
    """

    id: str
    panel: str | None = field.reference("panel", owned=True)
    position: Position = field.position("question")
    text: str = field.text(searched=True)
    kind: NoteKind | None = field.code(NoteKind)
    star: bool = field.boolean()
    parked: bool = field.boolean()
    set_aside: bool = field.boolean()
    captured_at: dt.datetime | None = field.moment()
    heading: str = field.text()


@field.table("voice")
class Voice:
    """A member's part in a note."""

    id: str
    note: str | None = field.reference("note", owned=True)
    panelist: str | None = field.reference("panelist", owned=True)
    stance: Stance = field.code(Stance, Stance.SAYS)


@field.table("tag")
class Tag:
    """A label; its id is derived from its name."""

    id: str
    name: str = field.text(searched=True)
    colour: str = field.text()


@field.table("note_tag")
class NoteTag:
    """A label on a note."""

    id: str
    note: str | None = field.reference("note", owned=True)
    tag: str | None = field.reference("tag", owned=True)


@field.table("insight")
class Insight:
    """What notes add up to, under a question (`position.parent`), a theme, or the panel as a whole."""

    id: str
    panel: str | None = field.reference("panel", owned=True)
    position: Position = field.position("question")
    theme: str | None = field.reference("theme")
    aspect: Aspect | None = field.code(Aspect)
    text: str = field.text(searched=True)


@field.table("insight_note")
class InsightNote:
    """A note on which an insight rests, or that contradicts it."""

    id: str
    insight: str | None = field.reference("insight", owned=True)
    note: str | None = field.reference("note", owned=True)
    evidence: Evidence = field.code(Evidence, Evidence.SUPPORTS)


@field.table("recommendation")
class Recommendation:
    """What should happen next; of a panel (`position.parent`) or of the programme (None)."""

    id: str
    position: Position = field.position("panel", owned=True)
    text: str = field.text(searched=True)
    school_years: str = field.text()
    level: Level | None = field.code(Level)
    owner: str = field.text()
    priority: Priority | None = field.code(Priority)
    first_step: str = field.text(searched=True)
    securing: str = field.text()


@field.table("recommendation_note")
class RecommendationNote:
    """A note on which a recommendation rests, or that contradicts it."""

    id: str
    recommendation: str | None = field.reference("recommendation", owned=True)
    note: str | None = field.reference("note", owned=True)
    evidence: Evidence = field.code(Evidence, Evidence.SUPPORTS)


@field.table("recommendation_insight")
class RecommendationInsight:
    """An insight from which a recommendation follows."""

    id: str
    recommendation: str | None = field.reference("recommendation", owned=True)
    insight: str | None = field.reference("insight", owned=True)


@field.table("recommendation_theme")
class RecommendationTheme:
    """A theme that a recommendation is about; none means all of them."""

    id: str
    recommendation: str | None = field.reference("recommendation", owned=True)
    theme: str | None = field.reference("theme", owned=True)


@field.table("playback")
class Playback:
    """What the moderator read back to the panel about a theme, and whether they agreed."""

    id: str
    panel: str | None = field.reference("panel", owned=True)
    theme: str | None = field.reference("theme")
    text: str = field.text(searched=True)
    agreed: Agreement = field.code(Agreement, Agreement.UNKNOWN)


@field.table("debrief")
class Debrief:
    """Five short answers of moderator or note taker, right after; `in_report`: may stand in the verslag."""

    id: str
    panel: str | None = field.reference("panel", owned=True)
    author: DebriefAuthor = field.code(DebriefAuthor, DebriefAuthor.MODERATOR)
    stood_out: str = field.text(searched=True)
    different: str = field.text(searched=True)
    went_well: str = field.text(searched=True)
    do_differently: str = field.text(searched=True)
    follow_up: str = field.text(searched=True)
    in_report: bool = field.boolean()


@field.table("time_span")
class TimeSpan:
    """Time used for a question: from start to stop by the wall clock, `seconds` by a clock that never jumps.

    A span without `stopped_at` is running: its question is the current one. `alive_at` is when it was last seen
    running, so that a crash costs no more than the time since.
    """

    id: str
    panel: str | None = field.reference("panel", owned=True)
    question: str | None = field.reference("question")
    started_at: dt.datetime | None = field.moment()
    stopped_at: dt.datetime | None = field.moment()
    alive_at: dt.datetime | None = field.moment()
    seconds: int | None = field.integer(None)
