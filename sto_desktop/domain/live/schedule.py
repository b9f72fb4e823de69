"""Time in a conversation: planned, used, and the resulting delay. In minutes unless stated otherwise."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum, auto

from sto_desktop.domain.dutch import clock
from sto_desktop.domain.model import TimeSpan
from sto_desktop.domain.panel.content import GuideContent, QuestionContent

ORANGE_FROM = 0.20
RED_FROM = 0.05
"""Remaining shares of a theme's time at which the colour changes (as in SessionLab's time tracker)."""


class Pressure(Enum):
    """Urgency of the time left in a theme."""

    GOOD = auto()
    WARN = auto()
    LATE = auto()


def span_seconds(span: TimeSpan, now: datetime | None = None) -> float:
    """Return the duration of a span; a running one until `now`, or until last seen alive."""
    if span.seconds is not None and span.stopped_at is not None:
        return max(0.0, float(span.seconds))
    # An interrupted span has no stop time: use the current time, or its last sign of life.
    end = span.stopped_at or now or span.alive_at
    if end is None or span.started_at is None:
        return 0.0
    return max(0.0, (end - span.started_at).total_seconds())


def minutes_used(spans: Iterable[TimeSpan], now: datetime | None = None) -> Mapping[str, float]:
    """Return the minutes used by question id."""
    used: dict[str, float] = defaultdict(float)
    for span in spans:
        if span.question is not None:
            used[span.question] += span_seconds(span, now) / 60
    return dict(used)


def running_span(spans: Iterable[TimeSpan]) -> TimeSpan | None:
    """Return the running span: of those not stopped, the one started last."""
    running = [span for span in spans if span.stopped_at is None and span.started_at is not None]
    return max(running, key=lambda span: (span.started_at, span.id), default=None)


@dataclass(frozen=True)
class PlannedTheme:
    """A theme in the plan: minutes from the start of the plan, its length, and the minutes used."""

    theme: str
    begins: float
    minutes: float
    used: float

    @property
    def left(self) -> float:
        """Minutes left of its plan; negative in overtime."""
        return self.minutes - self.used

    @property
    def pressure(self) -> Pressure:
        """Green, orange from 20 % left, red from 5 %."""
        if self.minutes <= 0 or self.left <= RED_FROM * self.minutes:
            return Pressure.LATE
        return Pressure.WARN if self.left <= ORANGE_FROM * self.minutes else Pressure.GOOD


@dataclass(frozen=True)
class Schedule:
    """The plan of a panel against actual time, at one moment."""

    themes: tuple[PlannedTheme, ...]
    current: str | None
    used: float

    @property
    def planned(self) -> float:
        """Minutes of the whole plan."""
        return sum(theme.minutes for theme in self.themes)

    def of(self, theme: str | None) -> PlannedTheme | None:
        """Return one theme of the plan."""
        return next((planned for planned in self.themes if planned.theme == theme), None)


def schedule(guide: GuideContent, used: Mapping[str, float], current: str | None) -> Schedule:
    """Return the plan of a guide against the minutes used by question id; `current`: id of the current theme."""
    begins = 0.0
    planned = []
    for theme in guide.themes:
        spent = sum(used.get(question.id, 0.0) for question in theme.questions)
        planned.append(PlannedTheme(theme.id, begins, float(theme.minutes), spent))
        begins += theme.minutes
    return Schedule(tuple(planned), current, sum(used.values()))


def clock_after(start: time | None, minutes: float) -> str:
    """Return the clock time this many minutes after a start, as «16:20»; empty without a start."""
    if start is None:
        return ""
    hour, minute = divmod(start.hour * 60 + start.minute + round(minutes), 60)
    return clock(time(hour % 24, minute))


# Rescheduling


@dataclass(frozen=True)
class Relaid:
    """A rescheduled plan: the new minutes of each question that changes.

    `by_theme`: minutes that each later theme gains (negative: loses), changed themes only, in order. `end_moves`:
    minutes by which the end of the plan moves.
    """

    minutes: Mapping[str, int]
    by_theme: tuple[tuple[str, int], ...]
    end_moves: int


def relay(
    guide: GuideContent,
    used: Mapping[str, float],
    current: str,
    by: int,
    *,
    catch_up: int = 0,
    keep_end: bool = True,
) -> Relaid:
    """Give minutes to the current question or take them away, and reschedule the rest of the plan.

    Args:
        used: minutes used, by question id: a later question that was visited already can give only what is left.
        by: minutes to add to the current question; negative to remove. Its minutes never drop below zero.
        catch_up: minutes of delay that the rest absorbs: they go to the questions that ran over; any remainder (a late
            start) goes to the first one.
        keep_end: later questions give or get the minutes, in proportion to what each has left; each keeps at least one
            minute. What they can't give moves the end. Otherwise only the end moves.
    """
    asked = [question for _, question in guide.questions() if not question.skipped]
    current_question = guide.question(current)
    order = [question.id for question in asked]
    if current_question is None or current not in order:
        return Relaid({}, (), 0)
    # The current question can't go below zero minutes.
    by = max(by, -current_question.minutes)
    minutes = {current: current_question.minutes + by} if by else {}
    place = order.index(current)
    past, later_questions = asked[:place], asked[place + 1 :]
    if not keep_end or not later_questions:
        # Without later questions there is nothing to redistribute, so the end moves.
        return Relaid(minutes, (), by)
    taken = _ran_over(past, used, catch_up)
    minutes |= {question.id: question.minutes + taken[question.id] for question in past if taken.get(question.id)}
    ask = by + sum(taken.values())
    if not ask:
        # Minutes taken from this question are exactly those of the delay.
        return Relaid(minutes, (), 0)
    if ask > 0:
        # Each later question keeps at least one minute.
        room = {
            question.id: max(0, question.minutes - max(1, math.ceil(used.get(question.id, 0.0))))
            for question in later_questions
        }
    else:
        room = {question.id: question.minutes for question in later_questions}
    shares = _shared(ask, room)
    minutes |= {
        question.id: question.minutes - shares[question.id] for question in later_questions if shares.get(question.id)
    }
    gains: dict[str, int] = defaultdict(int)
    for theme, question in guide.questions():
        if shares.get(question.id):
            gains[theme.id] -= shares[question.id]
    return Relaid(minutes, tuple((theme, gain) for theme, gain in gains.items() if gain), ask - sum(shares.values()))


def _ran_over(past: Sequence[QuestionContent], used: Mapping[str, float], delay: int) -> dict[str, int]:
    """Return how a delay, in minutes, is divided over the questions that were asked."""
    unexplained, shares = delay, {}
    for question in past:
        over = min(unexplained, max(0, round(used.get(question.id, 0.0) - question.minutes)))
        if over:
            shares[question.id] = over
            unexplained -= over
    # A delay that no question caused (a late start) goes to the first question.
    if unexplained and past:
        shares[past[0].id] = shares.get(past[0].id, 0) + unexplained
    return shares


def _shared(ask: int, room: Mapping[str, int]) -> dict[str, int]:
    """Return whole minutes that add up to `ask` (or to all the room available), in proportion to the room of each."""
    total = sum(room.values())
    if not total:
        return {}
    # Only taking minutes is limited by the room; giving is not.
    amount, direction = (min(ask, total), 1) if ask > 0 else (-ask, -1)
    exact = {key: amount * size / total for key, size in room.items()}
    shares = {key: math.floor(share) for key, share in exact.items()}
    # Largest-remainder rounding; ties go to the earliest question.
    remainder = amount - sum(shares.values())
    for question in sorted(exact, key=lambda candidate: shares[candidate] - exact[candidate])[:remainder]:
        shares[question] += 1
    return {question: direction * share for question, share in shares.items()}
