"""Time in a conversation: what was planned, what was used, and where that leaves us. Minutes unless said otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum, auto

from sto_desktop.domain.content import GuideContent
from sto_desktop.domain.model import TimeSpan

ORANGE_FROM = 0.20
RED_FROM = 0.05
"""Shares of a theme's time that are left when the colour changes (as SessionLab's time tracker does)."""


class Pressure(Enum):
    """How the time left in a theme feels."""

    GOOD = auto()
    WARN = auto()
    LATE = auto()


def span_seconds(span: TimeSpan, now: datetime | None = None) -> float:
    """Return how long a span lasted; a running one until `now`, or until it was last seen alive."""
    if span.seconds is not None and span.stopped_at is not None:
        return max(0.0, float(span.seconds))
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
    """Return the span that is running: the one started last, of those that were not stopped."""
    running = [span for span in spans if span.stopped_at is None and span.started_at is not None]
    return max(running, key=lambda span: (span.started_at, span.id), default=None)


@dataclass(frozen=True)
class PlannedTheme:
    """A theme in the plan: minutes from the begin, its length, and what was used of it."""

    theme: str
    begins: float
    minutes: float
    used: float

    @property
    def left(self) -> float:
        """Minutes left of its plan; negative when it runs over."""
        return self.minutes - self.used

    @property
    def pressure(self) -> Pressure:
        """Green, orange from 20 % left, red from 5 %."""
        if self.minutes <= 0 or self.left <= RED_FROM * self.minutes:
            return Pressure.LATE
        return Pressure.WARN if self.left <= ORANGE_FROM * self.minutes else Pressure.GOOD


@dataclass(frozen=True)
class Schedule:
    """The plan of a panel beside what happened, at one moment."""

    themes: tuple[PlannedTheme, ...]
    current: str | None
    used: float

    @property
    def planned(self) -> float:
        """Minutes of the whole plan."""
        return sum(theme.minutes for theme in self.themes)

    def of(self, theme: str | None) -> PlannedTheme | None:
        """Return one theme of the plan."""
        return next((item for item in self.themes if item.theme == theme), None)

    @property
    def behind(self) -> float:
        """Minutes behind schedule; negative is ahead.

        What counts is the time spent against the plan of all themes before the current one and, of the current
        one, no more than its plan.
        """
        now = self.of(self.current)
        if now is None:
            return 0.0
        return self.used - (now.begins + min(now.used, now.minutes))

    @property
    def expected_minutes(self) -> float:
        """Minutes that the whole conversation will take if the rest goes as planned."""
        now = self.of(self.current)
        if now is None:
            return self.planned
        later = sum(theme.minutes for theme in self.themes if theme.begins > now.begins)
        return self.used + max(0.0, now.left) + later


def schedule(guide: GuideContent, used: Mapping[str, float], current: str | None) -> Schedule:
    """Return the plan of a guide beside the minutes used by question id; `current`: the theme that is on."""
    begins = 0.0
    planned = []
    for theme in guide.themes:
        spent = sum(used.get(item.id, 0.0) for item in theme.questions)
        planned.append(PlannedTheme(theme.id, begins, float(theme.minutes), spent))
        begins += theme.minutes
    return Schedule(tuple(planned), current, sum(used.values()))


def clock_after(start: time | None, minutes: float) -> str:
    """Return the clock time so many minutes after a begin, as «16:20»; empty without a begin."""
    if start is None:
        return ""
    moment = datetime(2000, 1, 1, start.hour, start.minute) + timedelta(minutes=round(minutes))
    return moment.strftime("%H:%M")
