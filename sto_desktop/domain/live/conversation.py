"""State of a conversation in progress: its place in the guide, open questions, time, quiet members, the draft line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from sto_desktop.domain.capture.language import PARK_SIGN, SIGNS, Captured, TokenSpan, parse
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
"""Time into the conversation after which a member who was never heard is highlighted."""

QUIET_AFTER = dt.timedelta(minutes=20)
"""Silence after which a member who spoke earlier is highlighted."""

MOST_QUIET = 3
"""Highlight at most this many members: a highlight on half the table means nothing."""

ON_TIME_WITHIN = dt.timedelta(hours=1)
"""A conversation that began within this time of its planned start is measured against the plan's clock times."""

STALE_AFTER = dt.timedelta(seconds=30)
"""A running span not seen alive for this long was left by a program that stopped."""

ANOTHER_DAY_AFTER = dt.timedelta(hours=12)
"""A conversation that began longer ago was interrupted and resumed; the time between does not count as delay."""

TOO_OLD_AFTER = dt.timedelta(hours=3)
"""After this long nobody is still talking, so the clock does not continue by itself."""


# Position in the guide


@dataclass(frozen=True, slots=True)
class Step:
    """A question that will be asked: `number` within its theme, out of `of`."""

    theme: ThemeContent
    question: QuestionContent
    number: int
    of: int

    @property
    def id(self) -> str:
        """Id of the question."""
        return self.question.id


def steps(guide: GuideContent) -> tuple[Step, ...]:
    """Return the questions in the order in which they are asked, without those the panel skips."""
    asked_steps = []
    for theme in guide.themes:
        asked = [question for question in theme.questions if not question.skipped]
        asked_steps += [
            Step(theme, asked_question, number, len(asked)) for number, asked_question in enumerate(asked, 1)
        ]
    return tuple(asked_steps)


def step_of(guide: GuideContent, question: str | None) -> Step | None:
    """Return a question as a step, also a skipped one (number 0); None if it is not in the guide."""
    for step in steps(guide):
        if step.id == question:
            return step
    theme, item = guide.theme_of(question), guide.question(question)
    return Step(theme, item, 0, sum(not question.skipped for question in theme.questions)) if theme and item else None


def questions_left(step: Step | None) -> int:
    """Return how many questions of a step's theme remain, including the step itself."""
    if step is None:
        return 0
    return step.of - step.number + 1 if step.number else step.of


def neighbour(guide: GuideContent, question: str | None, direction: int) -> Step | None:
    """Return the step after (+1) or before (-1) a question; None at an end."""
    asked = steps(guide)
    # Skipped questions stay in the order, so that there is a way on from one that is skipped while current.
    order = [asked.id for _, asked in guide.questions()]
    if question not in order:
        return asked[0] if asked and direction > 0 else None
    here = order.index(question)
    if direction > 0:
        return next((step for step in asked if order.index(step.id) > here), None)
    return next((step for step in reversed(asked) if order.index(step.id) < here), None)


def place_in(guide: GuideContent, spans: Sequence[TimeSpan], kept: str | None = None) -> str | None:
    """Return the current question of a conversation.

    This is the question of the running span; while the clock is stopped, the last current one (`kept`), else the last
    one started, else the first.
    """
    known = {question.id for _, question in guide.questions()}
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
    """Return the questions that were passed without a note; for a panel that was `held`, all without notes."""
    order = [step.id for step in steps(guide)]
    here = order.index(current) if current in order else -1
    return frozenset(
        question
        for number, question in enumerate(order)
        if not counts.get(question) and (held or (question != current and (number < here or question in begun)))
    )


def note_counts(notes: Iterable[NoteContent]) -> dict[str, int]:
    """Return the number of notes per question id."""
    counts: dict[str, int] = {}
    for note in notes:
        if note.question is not None:
            counts[note.question] = counts.get(note.question, 0) + 1
    return counts


# Time


@dataclass(frozen=True, slots=True)
class Timing:
    """The time of a conversation at one moment. `theme_left` in seconds, negative in overtime; `used` in seconds.

    `planned_end` and `behind` (minutes, negative is ahead) are None if no start was planned or made.
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

    This is the planned start; if the conversation began at a very different time (a rehearsal, another day), or no
    start was planned, the actual start.
    """
    if panel.start is None:
        return began
    zone = (began or now).tzinfo
    planned = dt.datetime.combine(panel.date or (began or now).date(), panel.start, zone)
    if began is not None and abs(began - planned) > ON_TIME_WITHIN:
        # A rehearsal or a moved panel must not count as hours of delay.
        return began
    return planned


def first_start(spans: Iterable[TimeSpan]) -> dt.datetime | None:
    """Return when a conversation began; None if it has not."""
    return min((span.started_at for span in spans if span.started_at is not None), default=None)


def last_stop(spans: Iterable[TimeSpan]) -> dt.datetime | None:
    """Return when the clock last stopped; None if it never did."""
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
        current: the question being asked.
        paused_since: the clock has been stopped since then. A break planned right after this theme then counts as being
            taken, not as still to come.
        ended: the conversation is over.
    """
    theme = guide.theme_of(current)
    plan = make_schedule(guide, used, theme.id if theme else None)
    if began is not None and ended is None and now - began > ANOTHER_DAY_AFTER:
        # Resumed on another day: start the plan as long ago as the time already used.
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
        # Count only the unused time of later themes, which may have been visited already.
        later = (theme for theme in plan.themes if here and theme.begins > here.begins)
        rest = max(0.0, left) + sum(max(0.0, theme.left) for theme in later)
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
    """Round to the nearest minute, so that the displayed and the calculated time agree."""
    if moment is None:
        return None
    return (moment + dt.timedelta(seconds=30)).replace(second=0, microsecond=0)


def _break_taken(
    guide: GuideContent, theme: ThemeContent | None, paused_since: dt.datetime | None, now: dt.datetime
) -> float:
    """Return the minutes of the break being taken now."""
    if theme is None or paused_since is None:
        return 0.0
    after = guide.themes[guide.themes.index(theme) + 1 :]
    if not after or after[0].theme.kind is not ThemeKind.BREAK:
        return 0.0
    return min(max(0.0, (now - paused_since).total_seconds() / 60), float(after[0].minutes))


def clock_jump(wall: dt.timedelta, steady: float) -> float:
    """Return the seconds by which the wall clock deviates from a monotonic clock; 0 for negligible differences.

    Positive: the computer slept, or its clock was set forward. Negative: it was set back.

    Args:
        wall: elapsed time by the wall clock.
        steady: elapsed seconds by a clock that stops while the computer sleeps.
    """
    jump = wall.total_seconds() - steady
    return jump if abs(jump) > STALE_AFTER.total_seconds() else 0.0


class LeftRunning(Enum):
    """What to do with a span that is running when a dossier is opened."""

    GOES_ON = auto()
    """Continue: it was seen alive recently, by another window or before an unnoticed crash."""
    BEGIN_AGAIN = auto()
    """The program stopped during the conversation: close the span at its last sign of life, and start a new one."""
    STAY_PAUSED = auto()
    """It is from another day: close it and ask the user."""


def left_running(spans: Iterable[TimeSpan], now: dt.datetime) -> LeftRunning | None:
    """Return what to do with the span that is running when a dossier is opened; None if none is."""
    span = running_span(spans)
    if span is None:
        return None
    seen = span.alive_at or span.started_at
    # A span without any moment is as old as can be.
    silence = now - seen if seen else TOO_OLD_AFTER * 2
    if silence > TOO_OLD_AFTER:
        return LeftRunning.STAY_PAUSED
    return LeftRunning.GOES_ON if abs(silence) <= STALE_AFTER else LeftRunning.BEGIN_AGAIN


def hours_minutes(seconds: float) -> str:
    """Return a duration as «0:47» (hours and minutes)."""
    minutes = int(max(0.0, seconds)) // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def minutes_seconds(seconds: float) -> str:
    """Return a duration as «13:10» (minutes and seconds), negative in overtime."""
    whole = int(-seconds) if seconds < 0 else int(seconds)
    return f"{'−' if seconds <= -1 else ''}{whole // 60}:{whole % 60:02}"


# Speakers


def with_notes(balances: Sequence[TalkBalance], added: Sequence[TalkBalance]) -> tuple[TalkBalance, ...]:
    """Return the talk balance with that of some notes added; both have the same members."""
    more = {balance.panelist: balance for balance in added}
    result = []
    for balance in balances:
        new = more.get(balance.panelist)
        if new is None or not new.times:
            result.append(balance)
            continue
        moments = [moment for moment in (balance.last, new.last) if moment is not None]
        result.append(TalkBalance(balance.panelist, balance.times + new.times, max(moments, default=None)))
    return tuple(result)


def quiet_members(
    balances: Iterable[TalkBalance], panelists: Iterable[Panelist], now: dt.datetime, talked: dt.timedelta
) -> frozenset[str]:
    """Return the members who have been quiet longest, at most `MOST_QUIET`; those never heard come first.

    `talked`: duration of the conversation so far. Absent members are left out; for latecomers time counts from arrival.
    """
    here = {panelist.id: panelist for panelist in panelists if presence_of(panelist) is Presence.HERE}
    quiet: list[tuple[float, int, str]] = []
    for place, balance in enumerate(balances):
        member = here.get(balance.panelist)
        if member is None:
            continue
        if not balance.times:
            since = talked if member.arrived_at is None else min(talked, now - member.arrived_at)
            if since >= UNHEARD_AFTER:
                # Never heard outranks any silence.
                quiet.append((-dt.timedelta.max.total_seconds(), place, balance.panelist))
            continue
        silence = balance.silent_for(now)
        if silence is not None and silence >= QUIET_AFTER:
            quiet.append((-silence.total_seconds(), place, balance.panelist))
    return frozenset(panelist for _, _, panelist in sorted(quiet)[:MOST_QUIET])


# Notes made during the conversation


def made_note(action: Action, inherited: NoteKind, tags: Mapping[str, str]) -> NoteContent:
    """Return the note that an action of `capture_note` makes, as it will be read back.

    Args:
        inherited: the kind it inherits from its question.
        tags: names of known labels, by id.
    """
    rows = {edit.row: edit for edit in action.edits if edit.table == "note"}
    (row, edit), *_ = rows.items()
    values = {name: value for name, value in edit.values.items() if name != DELETED}
    note = Note(row, **values)
    names = {**tags, **{edit.row: edit.values["name"] for edit in action.edits if edit.table == "tag"}}
    links = [edit.values["tag"] for edit in action.edits if edit.table == "note_tag"]
    voices = [
        Voice(edit.row, row, edit.values["panelist"], edit.values["stance"])
        for edit in action.edits
        if edit.table == "voice"
    ]
    return NoteContent(
        note,
        note.kind or inherited,
        tuple(sorted(voices, key=lambda voice: (voice.stance, voice.id))),
        tuple(sorted((Tag(tag, names[tag]) for tag in links), key=lambda tag: tag.name)),
    )


# Draft line


@dataclass(frozen=True, slots=True)
class Draft:
    """The line being typed, stored so that it survives a crash.

    `question`: where its first character was typed. `speaker`: the member chosen by seat; `carried`: carried over from
    the previous note, and overridden by a speaker in the line. `note`: the id that the note will get; if a note with it
    exists, the draft was already saved and is discarded. `mark`: set by one key.
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
        """Return an empty line under a question; `speaker`: the current speaker, carried over."""
        return cls(question=question, speaker=speaker, note=new_id(), carried=speaker is not None)

    def said(self, captured: Captured) -> Captured:
        """Return the captured line with the chosen speaker added to its voices."""
        named = any(stance is Stance.SAYS for _, stance in captured.voices)
        return said_by(captured, None if self.carried and named else self.speaker)

    def encode(self) -> str:
        """Return the draft as JSON; empty if there is nothing to keep."""
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
        """Read what `encode` wrote. Other content is treated as text that was typed; None if empty."""
        if not content.strip():
            return None
        try:
            raw = json.loads(content)
        except ValueError:
            raw = None
        if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
            return cls(content, note=new_id())

        def text_of(name: str) -> str | None:
            # JSON `null` and a wrong type count as absent: drafts may come from another version.
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
    """Return the captured line with the member chosen by seat among its voices, unless the line names them."""
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
    line: str, panelists: Sequence[Panelist] = (), *, quote: bool = False, kept: Sequence[TokenSpan] = ()
) -> Captured:
    """Parse a line while it is typed: like `parse`, but a sign at its end counts before any word follows."""
    # The ellipsis stands for the words to come: a sign only counts before a word.
    if line and line[-1].isspace() and line.strip(" \t") and len(line.strip()) <= len("- ? +"):
        return parse(f"{line}…", panelists, quote, kept)
    return parse(line, panelists, quote, kept)


def without_sign(line: str, cursor: int) -> tuple[str, int] | None:
    """Return line and cursor after Backspace escapes a sign; None if there is no sign to escape.

    It applies directly after the sign and its space: "+ |" becomes "\\+ |", which is parsed as the literal character.
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
