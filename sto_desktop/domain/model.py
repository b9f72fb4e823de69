"""The records of a panel, one dataclass a table: guide, panel, people, notes and what they add up to.

Ids are UUIDs in text. Links between two rows have an id derived from both ends (see `identity`), so that the same link
made twice is one. A field that is None was never said.
"""

from __future__ import annotations

import datetime as dt

from sto_desktop.domain import record as field
from sto_desktop.domain.place import NOWHERE, Position
from sto_desktop.domain.vocabulary import (
    Agreement,
    Aspect,
    Consent,
    DebriefAuthor,
    Evidence,
    Level,
    Mark,
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
    name: str = field.text(default="")
    version: str = field.text(default="")
    origin: str = field.text(default="")


@field.table("theme")
class Theme:
    """A block of the guide; `minutes` is its time without a question (welcome, break), `script` is read aloud."""

    id: str
    position: Position = field.position("guide", default=NOWHERE, owned=True)
    title: str = field.text(default="")
    short_title: str = field.text(default="")
    kind: ThemeKind = field.code(ThemeKind, default=ThemeKind.CONVERSATION)
    minutes: int = field.integer(default=0)
    script: str = field.text(default="")
    origin: str = field.text(default="")


@field.table("question")
class Question:
    """Asked under a theme; `essential`: the one to keep when time is short."""

    id: str
    position: Position = field.position("theme", default=NOWHERE, owned=True)
    text: str = field.text(default="")
    short_text: str = field.text(default="")
    type: QuestionType = field.code(QuestionType, default=QuestionType.KEY)
    aspect: Aspect | None = field.code(Aspect, default=None)
    minutes: int = field.integer(default=0)
    essential: bool = field.boolean(default=False)
    script: str = field.text(default="")
    origin: str = field.text(default="")


@field.table("probe")
class Probe:
    """A follow-up that helps."""

    id: str
    position: Position = field.position("question", default=NOWHERE, owned=True)
    text: str = field.text(default="")
    origin: str = field.text(default="")


@field.table("panel")
class Panel:
    """One conversation, planned from `start` to `end`; `retain_until` is when personal data should go.

    What a report of a panel owes its reader besides (COREQ, *Int J Qual Health Care* 19(6), 2007, items 1 to 15 and
    19): `moderator_role` what ties the moderator to those present, `selection` why these people, `invited` how many,
    `declined` who could not or would not come and why, `others_present`, `recording`. `report_version` and
    `reaction_until` are of the verslag; `confirmed_on` is when the panel found it right (the panel check).
    """

    id: str
    title: str = field.text(default="")
    guide: str | None = field.reference("guide", default=None)
    subregion: str = field.text(default="")
    date: dt.date | None = field.day(default=None)
    start: dt.time | None = field.clock_time(default=None)
    place: str = field.text(default="")
    moderator: str = field.text(default="")
    note_taker: str = field.text(default="")
    status: PanelStatus = field.code(PanelStatus, default=PanelStatus.PREPARING)
    remarks: str = field.text(default="")
    processing_ground: str = field.text(default="")
    retain_until: dt.date | None = field.day(default=None)
    moderator_role: str = field.text(default="")
    selection: str = field.text(default="")
    invited: int | None = field.integer(default=None)
    declined: str = field.text(default="")
    others_present: str = field.text(default="")
    recording: str = field.text(default="")
    report_version: str = field.text(default="")
    reaction_until: dt.date | None = field.day(default=None)
    confirmed_on: dt.date | None = field.day(default=None)
    end: dt.time | None = field.clock_time(default=None)


@field.table("panel_question")
class PanelQuestion:
    """What one panel decided about one question: None leaves the guide's own."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True)
    question: str | None = field.reference("question", default=None)
    minutes: int | None = field.integer(default=None)
    wording: str = field.text(default="")
    skipped: bool = field.boolean(default=False)
    position: Position = field.position("theme", default=NOWHERE)


@field.table("panelist")
class Panelist:
    """Who takes part. `name` is the full name, `first_name` what people are called aloud."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True)
    seat: int | None = field.integer(default=None)
    name: str = field.text(default="", searched=True)
    first_name: str = field.text(default="")
    organisation: str = field.text(default="", searched=True)
    sector: str = field.text(default="")
    role: str = field.text(default="", searched=True)
    consent_participation: Consent = field.code(Consent, default=Consent.UNKNOWN)
    consent_name: Consent = field.code(Consent, default=Consent.UNKNOWN)
    consent_quote: Consent = field.code(Consent, default=Consent.UNKNOWN)
    consent_recording: Consent = field.code(Consent, default=Consent.UNKNOWN)
    present: bool = field.boolean(default=True)
    arrived_at: dt.datetime | None = field.moment(default=None)
    left_at: dt.datetime | None = field.moment(default=None)


@field.table("note")
class Note:
    """One thing that was said or seen, under a question (`position.parent`) or not yet placed.

    `kind` None: inherited from the question. `heading` keeps the title under which it was imported when no question
    answered to it. `set_aside`: looked at and deliberately not used. `mark`: made by one key, to be filled in; its
    text may be empty. `bundled_in`: says the same as that note, which speaks for both. `split_from`: was part of that
    note. `amends`: what the panel changed in a summary that was read back.
    """

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True)
    position: Position = field.position("question", default=NOWHERE)
    text: str = field.text(default="", searched=True)
    kind: NoteKind | None = field.code(NoteKind, default=None)
    star: bool = field.boolean(default=False)
    parked: bool = field.boolean(default=False)
    set_aside: bool = field.boolean(default=False)
    captured_at: dt.datetime | None = field.moment(default=None)
    heading: str = field.text(default="")
    mark: Mark | None = field.code(Mark, default=None)
    bundled_in: str | None = field.reference("note", default=None)
    split_from: str | None = field.reference("note", default=None)
    amends: str | None = field.reference("playback", default=None)


@field.table("voice")
class Voice:
    """A member's part in a note."""

    id: str
    note: str | None = field.reference("note", default=None, owned=True)
    panelist: str | None = field.reference("panelist", default=None, owned=True)
    stance: Stance = field.code(Stance, default=Stance.SAYS)


@field.table("tag")
class Tag:
    """A label; its id is derived from its name."""

    id: str
    name: str = field.text(default="", searched=True)
    colour: str = field.text(default="")


@field.table("note_tag")
class NoteTag:
    """A label on a note."""

    id: str
    note: str | None = field.reference("note", default=None, owned=True)
    tag: str | None = field.reference("tag", default=None, owned=True)


@field.table("insight")
class Insight:
    """What notes add up to, under a question (`position.parent`), a theme, or the panel as a whole."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True)
    position: Position = field.position("question", default=NOWHERE)
    theme: str | None = field.reference("theme", default=None)
    aspect: Aspect | None = field.code(Aspect, default=None)
    text: str = field.text(default="", searched=True)


@field.table("insight_note")
class InsightNote:
    """A note on which an insight rests, or that contradicts it."""

    id: str
    insight: str | None = field.reference("insight", default=None, owned=True)
    note: str | None = field.reference("note", default=None, owned=True)
    evidence: Evidence = field.code(Evidence, default=Evidence.SUPPORTS)


@field.table("insight_insight")
class InsightInsight:
    """A narrower insight on which a broader one rests, or that contradicts it."""

    id: str
    insight: str | None = field.reference("insight", default=None, owned=True)
    rests_on: str | None = field.reference("insight", default=None, owned=True)
    evidence: Evidence = field.code(Evidence, default=Evidence.SUPPORTS)


@field.table("recommendation")
class Recommendation:
    """What should happen next; of a panel (`position.parent`) or of the programme (None)."""

    id: str
    position: Position = field.position("panel", default=NOWHERE, owned=True)
    text: str = field.text(default="", searched=True)
    school_years: str = field.text(default="")
    level: Level | None = field.code(Level, default=None)
    owner: str = field.text(default="")
    priority: Priority | None = field.code(Priority, default=None)
    first_step: str = field.text(default="", searched=True)
    securing: str = field.text(default="")


@field.table("recommendation_note")
class RecommendationNote:
    """A note on which a recommendation rests, or that contradicts it."""

    id: str
    recommendation: str | None = field.reference("recommendation", default=None, owned=True)
    note: str | None = field.reference("note", default=None, owned=True)
    evidence: Evidence = field.code(Evidence, default=Evidence.SUPPORTS)


@field.table("recommendation_insight")
class RecommendationInsight:
    """An insight from which a recommendation follows."""

    id: str
    recommendation: str | None = field.reference("recommendation", default=None, owned=True)
    insight: str | None = field.reference("insight", default=None, owned=True)


@field.table("recommendation_theme")
class RecommendationTheme:
    """A theme that a recommendation is about; none means all of them."""

    id: str
    recommendation: str | None = field.reference("recommendation", default=None, owned=True)
    theme: str | None = field.reference("theme", default=None, owned=True)


@field.table("playback")
class Playback:
    """What the moderator read back to the panel about a theme, and whether they agreed."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True)
    theme: str | None = field.reference("theme", default=None)
    text: str = field.text(default="", searched=True)
    agreed: Agreement = field.code(Agreement, default=Agreement.UNKNOWN)


@field.table("debrief")
class Debrief:
    """Five short answers of moderator or note taker, right after; `in_report`: may stand in the verslag."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True)
    author: DebriefAuthor = field.code(DebriefAuthor, default=DebriefAuthor.MODERATOR)
    stood_out: str = field.text(default="", searched=True)
    different: str = field.text(default="", searched=True)
    went_well: str = field.text(default="", searched=True)
    do_differently: str = field.text(default="", searched=True)
    follow_up: str = field.text(default="", searched=True)
    in_report: bool = field.boolean(default=False)


@field.table("time_span")
class TimeSpan:
    """Time used for a question: from start to stop by the wall clock, `seconds` by a clock that never jumps.

    A span without `stopped_at` is running: its question is the current one. `alive_at` is when it was last seen
    running, so that a crash costs no more than the time since.
    """

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True)
    question: str | None = field.reference("question", default=None)
    started_at: dt.datetime | None = field.moment(default=None)
    stopped_at: dt.datetime | None = field.moment(default=None)
    alive_at: dt.datetime | None = field.moment(default=None)
    seconds: int | None = field.integer(default=None)


@field.table("top_choice")
class TopChoice:
    """One of the three things that a member found most important at the end; `rank` 1 is the first."""

    id: str
    panelist: str | None = field.reference("panelist", default=None, owned=True)
    rank: int = field.integer(default=0)
    note: str | None = field.reference("note", default=None)
    text: str = field.text(default="", searched=True)


@field.table("panel_check")
class PanelCheck:
    """A line of the preparation's checklist that a person ticked; what the program can see itself has no row."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True)
    item: str = field.text(default="")
    done: bool = field.boolean(default=False)


@field.table("saved_search")
class SavedSearch:
    """A search with its filters, by name; `query` is JSON."""

    id: str
    name: str = field.text(default="")
    query: str = field.text(default="")


@field.table("report_setup")
class ReportSetup:
    """How the verslag of a panel is to be made in one form; `options` is JSON."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True)
    form: str = field.text(default="")
    options: str = field.text(default="")


@field.table("report_made")
class ReportMade:
    """A verslag that was made: when, in which form, with which options (JSON), of what content (`fingerprint`)."""

    id: str
    panel: str | None = field.reference("panel", default=None, owned=True)
    form: str = field.text(default="")
    made_at: dt.datetime | None = field.moment(default=None)
    file_name: str = field.text(default="")
    options: str = field.text(default="")
    fingerprint: str = field.text(default="")


@field.table("same_as")
class SameAs:
    """Two rows of one table that stand for the same: a theme in two guides, a conversation that two laptops kept, a
    member who is in the dossier twice, recommendations that say the same. `of` is the table; the id is derived from
    both ends in order, so that saying it twice, or the other way round, is saying it once.
    """

    id: str
    of: str = field.text(default="")
    one: str = field.text(default="")
    other: str = field.text(default="")
