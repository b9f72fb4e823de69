"""A conversation as it runs: where it is in its guide, what is open, the time, who is quiet, the line being typed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from sto_desktop.domain.capture.language import PARK_SIGN, SIGNS, Captured, Span, parse
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.live.schedule import Pressure, Schedule, running_span
from sto_desktop.domain.live.schedule import schedule as make_schedule
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.model import Note, Panel, Panelist, Tag, TimeSpan, Voice
from sto_desktop.domain.panel.content import GuideContent, NoteContent, QuestionContent, ThemeContent
from sto_desktop.domain.panel.voices import TalkBalance
from sto_desktop.domain.people import Presence, presence_of
from sto_desktop.domain.record import DELETED
from sto_desktop.domain.vocabulary import Mark, NoteKind, Stance, ThemeKind

UNHEARD_AFTER = dt.timedelta(minutes=10)
"""Into the conversation, who has not been heard at all stands out."""

QUIET_AFTER = dt.timedelta(minutes=20)
"""Who spoke, but not for so long, stands out."""

MOST_QUIET = 3
"""A highlight on half the table says nothing: no more than so many members stand out at once."""

ON_TIME_WITHIN = dt.timedelta(hours=1)
"""A conversation that began within so much of its planned start is held against the plan's own clock times."""

STALE_AFTER = dt.timedelta(seconds=30)
"""A running span that nobody kept alive for so long was left by a program that stopped."""

ANOTHER_DAY_AFTER = dt.timedelta(hours=12)
"""A conversation that began longer ago was broken off and taken up again; the nights between are nobody's delay."""

TOO_OLD_AFTER = dt.timedelta(hours=3)
"""After so long nobody is still talking: the clock does not go on by itself."""


# Where we are


@dataclass(frozen=True, slots=True)
class Step:
    """A question that will be asked: `number` in its theme, of so many (`of`)."""

    theme: ThemeContent
    question: QuestionContent
    number: int
    of: int

    @property
    def id(self) -> str:
        """Id of the question."""
        return self.question.id


def steps(guide: GuideContent) -> tuple[Step, ...]:
    """Return the questions in the order in which they are asked; what the panel skips is left out."""
    found = []
    for theme in guide.themes:
        asked = [item for item in theme.questions if not item.skipped]
        found += [Step(theme, item, number, len(asked)) for number, item in enumerate(asked, 1)]
    return tuple(found)


def step_of(guide: GuideContent, question: str | None) -> Step | None:
    """Return a question as a step, also one that is skipped (number 0); None where the guide does not have it."""
    for step in steps(guide):
        if step.id == question:
            return step
    theme, item = guide.theme_of(question), guide.question(question)
    return Step(theme, item, 0, sum(not one.skipped for one in theme.questions)) if theme and item else None


def questions_left(step: Step | None) -> int:
    """Return how many questions of a step's theme are still to be asked, the step itself among them."""
    if step is None:
        return 0
    return step.of - step.number + 1 if step.number else step.of


def neighbour(guide: GuideContent, question: str | None, direction: int) -> Step | None:
    """Return the step after (+1) or before (-1) a question; None at an end."""
    asked = steps(guide)
    order = [item.id for _, item in guide.questions()]
    if question not in order:
        return asked[0] if asked and direction > 0 else None
    here = order.index(question)
    if direction > 0:
        return next((step for step in asked if order.index(step.id) > here), None)
    return next((step for step in reversed(asked) if order.index(step.id) < here), None)


def place_in(guide: GuideContent, spans: Sequence[TimeSpan], kept: str | None = None) -> str | None:
    """Return the question where a conversation is.

    That is the one whose time runs; where the clock stands still the one that was current last (`kept`), or else the
    one that was begun last, or else the first.
    """
    known = {item.id for _, item in guide.questions()}
    running = running_span(spans)
    if running is not None and running.question in known:
        return running.question
    if kept in known:
        return kept
    begun = [span for span in spans if span.question in known and span.started_at is not None]
    if begun:
        return max(begun, key=lambda span: (span.started_at, span.id)).question
    asked = steps(guide)
    return asked[0].id if asked else None


def open_questions(
    guide: GuideContent, counts: Mapping[str, int], begun: Collection[str], current: str | None, *, held: bool = False
) -> frozenset[str]:
    """Return the questions that were passed and have no notes; when the panel was `held`, all without notes."""
    order = [step.id for step in steps(guide)]
    here = order.index(current) if current in order else -1
    return frozenset(
        question
        for number, question in enumerate(order)
        if not counts.get(question) and (held or (question != current and (number < here or question in begun)))
    )


def note_counts(notes: Iterable[NoteContent]) -> dict[str, int]:
    """Return how many notes stand under each question, by id."""
    counts: dict[str, int] = {}
    for note in notes:
        if note.question is not None:
            counts[note.question] = counts.get(note.question, 0) + 1
    return counts


# Time


@dataclass(frozen=True, slots=True)
class Timing:
    """The time of a conversation at one moment. `theme_left` in seconds, negative when it runs over; `used` in seconds.

    `planned_end` and `behind` (minutes, negative is ahead) are None where no start was planned and none was made.
    """

    schedule: Schedule
    used: float
    theme_left: float
    pressure: Pressure
    plan_start: dt.datetime | None
    planned_end: dt.datetime | None
    expected_end: dt.datetime | None

    @property
    def behind(self) -> int | None:
        """Whole minutes behind schedule."""
        if self.planned_end is None or self.expected_end is None:
            return None
        return round((self.expected_end - self.planned_end).total_seconds() / 60)


def plan_start(panel: Panel, began: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    """Return the moment from which the plan's clock times count.

    That is the planned start; where the conversation began at quite another time (a rehearsal, another day), or no
    start was planned, it is the moment at which it began.
    """
    if panel.start is None:
        return began
    zone = (began or now).tzinfo
    planned = dt.datetime.combine(panel.date or (began or now).date(), panel.start, zone)
    if began is not None and abs(began - planned) > ON_TIME_WITHIN:
        return began
    return planned


def first_start(spans: Iterable[TimeSpan]) -> dt.datetime | None:
    """Return when a conversation began; None when it has not."""
    return min((span.started_at for span in spans if span.started_at is not None), default=None)


def last_stop(spans: Iterable[TimeSpan]) -> dt.datetime | None:
    """Return when the clock stopped last; None when it never did."""
    return max((span.stopped_at for span in spans if span.stopped_at is not None), default=None)


def timing(
    panel: Panel,
    guide: GuideContent,
    used: Mapping[str, float],
    current: str | None,
    now: dt.datetime,
    *,
    began: dt.datetime | None = None,
    paused_since: dt.datetime | None = None,
    ended: dt.datetime | None = None,
) -> Timing:
    """Return the time of a conversation.

    Args:
        used: minutes by question id.
        current: the question that is asked.
        paused_since: the clock stands still since then. A break that the plan has right after this theme is then
            being taken, and is not counted as still to come.
        ended: the conversation is over.
    """
    theme = guide.theme_of(current)
    plan = make_schedule(guide, used, theme.id if theme else None)
    if began is not None and ended is None and now - began > ANOTHER_DAY_AFTER:
        # Taken up on another day: the plan counts from as long ago as was talked.
        began = now - dt.timedelta(minutes=plan.used)
    here = plan.of(plan.current)
    left = here.left if here else 0.0
    start = _to_the_minute(plan_start(panel, began, now))
    planned_end = start + dt.timedelta(minutes=plan.planned) if start else None
    expected: dt.datetime | None
    if ended is not None:
        expected = ended
    elif began is None:
        expected = planned_end
    else:
        # A later theme that was looked at already has only the rest of its time to come.
        later = (item for item in plan.themes if here and item.begins > here.begins)
        rest = max(0.0, left) + sum(max(0.0, item.left) for item in later)
        expected = now + dt.timedelta(minutes=rest - _break_taken(guide, theme, paused_since, now))
    return Timing(
        plan,
        plan.used * 60,
        left * 60,
        here.pressure if here else Pressure.GOOD,
        start,
        planned_end,
        expected if ended is not None else _to_the_minute(expected),
    )


def _to_the_minute(moment: dt.datetime | None) -> dt.datetime | None:
    """Return the nearest whole minute: what is shown, and what is reckoned with, are then the same."""
    if moment is None:
        return None
    return (moment + dt.timedelta(seconds=30)).replace(second=0, microsecond=0)


def _break_taken(
    guide: GuideContent, theme: ThemeContent | None, paused_since: dt.datetime | None, now: dt.datetime
) -> float:
    """Return the minutes of the break that is being taken now."""
    if theme is None or paused_since is None:
        return 0.0
    after = guide.themes[guide.themes.index(theme) + 1 :]
    if not after or after[0].theme.kind is not ThemeKind.BREAK:
        return 0.0
    return min(max(0.0, (now - paused_since).total_seconds() / 60), float(after[0].minutes))


def clock_jump(wall: dt.timedelta, steady: float) -> float:
    """Return by how many seconds the wall clock went otherwise than a clock that never jumps; 0 when it hardly did.

    More than 0: the computer slept, or its clock was put forward. Less: it was put back.

    Args:
        wall: what passed by the wall clock.
        steady: seconds that passed meanwhile by a clock that stands still while the computer sleeps.
    """
    jump = wall.total_seconds() - steady
    return jump if abs(jump) > STALE_AFTER.total_seconds() else 0.0


class LeftRunning(Enum):
    """What to do with a span that is running when a dossier is opened."""

    GOES_ON = auto()
    """It was seen alive just now: by another window, or before a crash of which nobody noticed."""
    BEGIN_AGAIN = auto()
    """The program stopped in the middle of the conversation: close it where it was seen last, and start anew."""
    STAY_PAUSED = auto()
    """It is from another day: close it, and let a person say what should happen."""


def left_running(spans: Iterable[TimeSpan], now: dt.datetime) -> LeftRunning | None:
    """Return what to do with the span that is running when a dossier is opened; None when none is."""
    span = running_span(spans)
    if span is None:
        return None
    seen = span.alive_at or span.started_at
    silence = now - seen if seen else TOO_OLD_AFTER * 2
    if silence > TOO_OLD_AFTER:
        return LeftRunning.STAY_PAUSED
    return LeftRunning.GOES_ON if abs(silence) <= STALE_AFTER else LeftRunning.BEGIN_AGAIN


def hours_minutes(seconds: float) -> str:
    """Return a length as «0:47» (hours and minutes)."""
    minutes = int(max(0.0, seconds)) // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def minutes_seconds(seconds: float) -> str:
    """Return a length as «13:10» (minutes and seconds), with a minus sign where it is over."""
    whole = int(-seconds) if seconds < 0 else int(seconds)
    return f"{'−' if seconds <= -1 else ''}{whole // 60}:{whole % 60:02}"


# Who speaks


def with_notes(balances: Sequence[TalkBalance], added: Sequence[TalkBalance]) -> tuple[TalkBalance, ...]:
    """Return what members spoke, with that of some notes more; the members of both are the same."""
    more = {item.panelist: item for item in added}
    result = []
    for item in balances:
        new = more.get(item.panelist)
        if new is None or not new.times:
            result.append(item)
            continue
        moments = [moment for moment in (item.last, new.last) if moment is not None]
        result.append(TalkBalance(item.panelist, item.times + new.times, max(moments, default=None)))
    return tuple(result)


def quiet_members(
    balances: Iterable[TalkBalance], panelists: Iterable[Panelist], now: dt.datetime, talked: dt.timedelta
) -> frozenset[str]:
    """Return the members who have been quiet longest, at most `MOST_QUIET`: who was never heard comes first.

    `talked`: how long the conversation has gone on. Members who are not there are left out; for who came late it
    counts from their arrival.
    """
    here = {item.id: item for item in panelists if presence_of(item) is Presence.HERE}
    found: list[tuple[float, int, str]] = []
    for place, item in enumerate(balances):
        member = here.get(item.panelist)
        if member is None:
            continue
        if not item.times:
            since = talked if member.arrived_at is None else min(talked, now - member.arrived_at)
            if since >= UNHEARD_AFTER:
                found.append((-dt.timedelta.max.total_seconds(), place, item.panelist))
            continue
        silence = item.silent_for(now)
        if silence is not None and silence >= QUIET_AFTER:
            found.append((-silence.total_seconds(), place, item.panelist))
    return frozenset(panelist for _, _, panelist in sorted(found)[:MOST_QUIET])


# Notes that are made here


def made_note(action: Action, inherited: NoteKind, tags: Mapping[str, str]) -> NoteContent:
    """Return the note that an action of `capture_note` makes, as it will be read back.

    Args:
        inherited: the kind that its question gives it.
        tags: names of the labels that are known, by id.
    """
    rows = {edit.row: edit for edit in action.edits if edit.table == "note"}
    (row, edit), *_ = rows.items()
    values = {name: value for name, value in edit.values.items() if name != DELETED}
    note = Note(row, **values)
    names = {**tags, **{one.row: one.values["name"] for one in action.edits if one.table == "tag"}}
    links = [one.values["tag"] for one in action.edits if one.table == "note_tag"]
    voices = [
        Voice(one.row, row, one.values["panelist"], one.values["stance"])
        for one in action.edits
        if one.table == "voice"
    ]
    return NoteContent(
        note,
        note.kind or inherited,
        tuple(sorted(voices, key=lambda voice: (voice.stance, voice.id))),
        tuple(sorted((Tag(tag, names[tag]) for tag in links), key=lambda tag: tag.name)),
    )


# The line being typed


@dataclass(frozen=True, slots=True)
class Draft:
    """The line being typed, so that it survives a crash.

    `question`: where its first character was typed. `speaker`: the member that was chosen by seat; `carried`: it
    is only the one who spoke before, and gives way to a speaker in the line. `note`: the id that the note will get;
    when a note with it is there, the draft was saved and is forgotten. `mark`: by one key.
    """

    text: str = ""
    question: str | None = None
    quote: bool = False
    speaker: str | None = None
    note: str = ""
    mark: Mark | None = None
    carried: bool = False

    @classmethod
    def begun(cls, question: str | None, speaker: str | None = None) -> Draft:
        """Return an empty line under a question; `speaker`: who was speaking and still is."""
        return cls(question=question, speaker=speaker, note=new_id(), carried=speaker is not None)

    def said(self, captured: Captured) -> Captured:
        """Return what was typed with the chosen speaker among its voices."""
        named = any(stance is Stance.SAYS for _, stance in captured.voices)
        return said_by(captured, None if self.carried and named else self.speaker)

    def encode(self) -> str:
        """Return it as JSON; empty when there is nothing to keep."""
        if not self.text:
            return ""
        return json.dumps(
            {
                "text": self.text,
                "question": self.question,
                "quote": self.quote,
                "speaker": self.speaker,
                "note": self.note,
                "mark": self.mark,
                "carried": self.carried,
            },
            ensure_ascii=False,
        )

    @classmethod
    def decode(cls, content: str) -> Draft | None:
        """Read what `encode` wrote. What can't be read as such is text that somebody typed; None without any."""
        if not content.strip():
            return None
        try:
            raw = json.loads(content)
        except ValueError:
            raw = None
        if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
            return cls(content, note=new_id())

        def text_of(name: str) -> str | None:
            value = raw.get(name)
            return value if isinstance(value, str) and value else None

        if not raw["text"]:
            return None
        mark = text_of("mark")
        return cls(
            raw["text"],
            text_of("question"),
            raw.get("quote") is True,
            text_of("speaker"),
            text_of("note") or new_id(),
            Mark(mark) if mark in list(Mark) else None,
            raw.get("carried") is True,
        )


def said_by(captured: Captured, speaker: str | None) -> Captured:
    """Return what was typed with the member who was chosen by seat among its voices, unless the line names them."""
    if speaker is None or speaker in dict(captured.voices):
        return captured
    return Captured(
        captured.text,
        captured.kind,
        captured.parked,
        ((speaker, Stance.SAYS), *captured.voices),
        captured.tags,
        captured.unknown,
        captured.sign,
        captured.spans,
    )


def understood(
    line: str, panelists: Sequence[Panelist] = (), *, quote: bool = False, kept: Sequence[Span] = ()
) -> Captured:
    """Read a line that is being typed: as `parse`, and a sign at its end counts already, before any word follows."""
    if line and line[-1].isspace() and line.strip(" \t") and len(line.strip()) <= len("- ? +"):
        return parse(f"{line}…", panelists, quote, kept)
    return parse(line, panelists, quote, kept)


def without_sign(line: str, cursor: int) -> tuple[str, int] | None:
    """Return the line and the cursor when Backspace takes the meaning of a sign away; None when it has none to take.

    It does right behind the sign and its space: "+ |" becomes "\\+ |", which reads as the sign itself.
    """
    captured = understood(line)
    signs = [span for span in captured.spans if span.what == "sign"]
    if not signs:
        return None
    last = signs[-1]
    between = line[last.end : cursor]
    if cursor <= last.end or between.strip(" \t") or line[last.start] not in (*SIGNS, PARK_SIGN):
        return None
    return f"{line[: last.start]}\\{line[last.start :]}", cursor + 1
