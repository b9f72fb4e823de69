"""The time of a conversation at one moment, and what to do with a clock that was left running."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from sto_desktop.domain.live.schedule import Pressure, Schedule, running_span
from sto_desktop.domain.live.schedule import schedule as make_schedule
from sto_desktop.domain.model import Panel, TimeSpan
from sto_desktop.domain.panel.content import GuideContent, ThemeContent
from sto_desktop.domain.vocabulary import PanelStatus, ThemeKind

ON_TIME_WITHIN = dt.timedelta(hours=1)
"""A conversation that began within this time of its planned start is measured against the plan's clock times."""

STALE_AFTER = dt.timedelta(seconds=30)
"""A running span not seen alive for this long was left by a program that stopped."""

ANOTHER_DAY_AFTER = dt.timedelta(hours=12)
"""A conversation that began longer ago was interrupted and resumed; the time between does not count as delay."""

TOO_OLD_AFTER = dt.timedelta(hours=3)
"""After this long nobody is still talking, so the clock does not continue by itself."""


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
        # It was resumed on another day: pretend that it began as long ago as the time already used.
        began = now - dt.timedelta(minutes=plan.used)
    current_theme = plan.of(plan.current)
    left = current_theme.left if current_theme else 0.0
    planned_start = plan_start(panel, began, now)
    start = to_the_minute(planned_start) if planned_start else None
    planned_end = start + dt.timedelta(minutes=plan.planned) if start else None
    expected: dt.datetime | None
    if ended is not None:
        expected = ended
    elif began is None:
        expected = planned_end
    else:
        # Count only the unused time of later themes, since they may have been visited already.
        later = (theme for theme in plan.themes if current_theme and theme.begins > current_theme.begins)
        minutes_to_go = max(0.0, left) + sum(max(0.0, theme.left) for theme in later)
        expected = now + dt.timedelta(minutes=minutes_to_go - _break_taken(guide, theme, paused_since, now))
    return Timing(
        plan,
        plan.used * 60,
        left * 60,
        current_theme.pressure if current_theme else Pressure.GOOD,
        start,
        planned_end,
        expected if ended is not None or expected is None else to_the_minute(expected),
    )


def is_late(panel: Panel, stopped: dt.datetime | None, now: dt.datetime, *, running: bool) -> bool:
    """Return whether notes typed now get no time, because they were said before: they come from paper.

    `stopped`: when the clock last stopped; None if it never ran.
    """
    if running:
        return False
    if stopped is not None:
        return now - stopped > TOO_OLD_AFTER
    held = panel.status in (PanelStatus.HELD, PanelStatus.FINAL)
    return held or (panel.date is not None and panel.date < now.date())


def is_over(panel: Panel, guide: GuideContent, now: dt.datetime) -> bool:
    """Return whether the planned end has passed of a conversation that never began."""
    if panel.date is None or panel.date != now.date():
        return panel.date is not None and panel.date < now.date()
    start = plan_start(panel, None, now)
    return start is not None and now > start + dt.timedelta(minutes=guide.minutes)


def to_the_minute(moment: dt.datetime) -> dt.datetime:
    """Round to the nearest minute, so that the displayed and the calculated time agree."""
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
    # A span without any moment counts as infinitely old.
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
