"""A pause of the conversation: when it started, and when it ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sto_desktop.domain.live.timing import to_the_minute
from sto_desktop.domain.panel.content import GuideContent, ThemeContent
from sto_desktop.domain.vocabulary import ThemeKind

USUAL = dt.timedelta(minutes=10)
"""Length of a pause for which the guide plans no break."""

STEP = dt.timedelta(minutes=5)
"""Step in which a person moves the end of a pause."""


@dataclass(frozen=True, slots=True)
class Pause:
    """`since`: when the clock stopped. `until`: when the conversation goes on, to the minute; it may have passed."""

    since: dt.datetime
    until: dt.datetime

    def minutes(self, now: dt.datetime) -> int:
        """Return how long it lasts, in whole minutes."""
        return max(0, int((now - self.since).total_seconds() // 60))

    def over(self, now: dt.datetime) -> bool:
        """Return whether the pause should have ended by now."""
        return now >= self.until + dt.timedelta(minutes=1)

    def moved(self, steps: int, now: dt.datetime) -> Pause:
        """Return the pause that ends some steps later (or earlier, but not in the past)."""
        until = max(self.until, now) if steps > 0 else self.until
        return replace(self, until=max(to_the_minute(until + steps * STEP), to_the_minute(now)))

    def kept(self) -> str:
        """Return the pause as text for `kept_pause`."""
        return f"{self.since.isoformat()} {self.until.isoformat()}"


def kept_pause(text: str, since: dt.datetime) -> Pause | None:
    """Return the stored pause, if it is the one that started at `since`."""
    start, _, end = text.partition(" ")
    try:
        pause = Pause(dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end))
        return pause if pause.since == since else None
    except (TypeError, ValueError):
        # None was stored, or it has the format of another version of the program.
        return None


def planned_pause(guide: GuideContent, theme: ThemeContent | None, since: dt.datetime, left: float) -> Pause:
    """Return a pause as the guide plans it: of the break here or right after this theme; otherwise of the usual length.

    Args:
        theme: the current one.
        since: when the clock stopped; now, if the time of a break is running.
        left: seconds left of the current theme.
    """
    length = USUAL
    following = guide.themes[guide.themes.index(theme) + 1 :] if theme is not None else ()
    if is_break(theme):
        length = dt.timedelta(seconds=left)
    elif following and is_break(following[0]) and following[0].minutes > 0:
        length = dt.timedelta(minutes=following[0].minutes)
    return Pause(since, to_the_minute(since + length))


def is_break(theme: ThemeContent | None) -> bool:
    """Return whether a theme is a break."""
    return theme is not None and theme.theme.kind is ThemeKind.BREAK
