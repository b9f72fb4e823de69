"""The course of a conversation against its plan: the planned and used time of each part, including breaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sto_desktop.domain.live.schedule import span_seconds
from sto_desktop.domain.live.timing import TOO_OLD_AFTER, first_start, last_stop
from sto_desktop.domain.model import PlannedPart, TimeSpan
from sto_desktop.domain.panel.content import GuideContent, PanelContent
from sto_desktop.domain.vocabulary import ThemeKind

_SHORTEST = dt.timedelta(minutes=1)
"""A shorter stop of the clock does not count as a break."""


@dataclass(frozen=True, slots=True)
class ConversationPart:
    """One part of a conversation, in minutes; `planned` None: it was not in the plan.

    `used` None: it has no questions, such as the arrival, and is never timed.
    """

    title: str
    is_break: bool
    planned: int | None
    used: float | None


@dataclass(frozen=True, slots=True)
class Course:
    """A whole conversation. `kept`: the plan is that of the moment when it began, not the guide as it is now.

    `planned_start` and `planned_end` are only known of a kept plan. `talked`: minutes without the breaks; `stopped`:
    minutes that the clock stood still besides the planned breaks.
    """

    parts: tuple[ConversationPart, ...]
    kept: bool
    began: dt.datetime | None
    ended: dt.datetime | None
    planned_start: dt.time | None
    planned_end: dt.time | None
    talked: float
    stopped: float

    @property
    def breaks(self) -> float:
        """Minutes of the breaks."""
        return sum(part.used or 0.0 for part in self.parts if part.is_break)

    def planned(self, *, breaks: bool) -> int:
        """Return the minutes planned for the breaks, or for all other parts."""
        return sum(part.planned or 0 for part in self.parts if part.is_break is breaks)


def whole_minutes(minutes: Sequence[float]) -> list[int]:
    """Return minutes as whole ones that add up to their whole total, counted as the clock of the conversation does.

    That clock drops the seconds: after 9 minutes and 50 seconds it shows 0:09, not 10.
    """
    seconds = [round(part * 60) for part in minutes]
    whole = [part // 60 for part in seconds]
    # What the parts drop together goes to those that drop most.
    most = sorted(range(len(seconds)), key=lambda at: -(seconds[at] % 60))
    for at in most[: sum(seconds) // 60 - sum(whole)]:
        whole[at] += 1
    return whole


def course(content: PanelContent) -> Course:
    """Return how the conversation of a panel went."""
    plan, guide, used = content.plan or _plan_of(content.guide), content.guide, content.minutes_used
    order = {part.theme: place for place, part in enumerate(plan)}
    of_theme = {theme.id: sum(used.get(question.id, 0.0) for question in theme.questions) for theme in guide.themes}
    in_breaks, stopped = _stops(content, plan, order)
    parts = []
    for place, part in enumerate(plan):
        theme = guide.theme(part.theme)
        is_break = part.kind is ThemeKind.BREAK
        spent = of_theme.get(part.theme or "", 0.0) + in_breaks.get(place, 0.0)
        timed = is_break or theme is None or bool(theme.questions)
        # All of the plan: its minutes add up to the end that it told.
        if spent or part.minutes:
            parts.append(
                ConversationPart(part.title.strip(), is_break, part.minutes, spent if timed or spent else None)
            )
    parts += [
        ConversationPart(
            theme.title.strip() or theme.short_title, theme.theme.kind is ThemeKind.BREAK, None, of_theme[theme.id]
        )
        for theme in guide.themes
        if theme.id not in order and of_theme[theme.id]
    ]
    start = plan[0].begins if plan else None
    timed_breaks = sum(of_theme[theme.id] for theme in guide.themes if theme.theme.kind is ThemeKind.BREAK)
    return Course(
        tuple(parts),
        bool(content.plan),
        first_start(content.time_spans),
        last_stop(content.time_spans),
        start,
        _later(start, sum(part.minutes for part in plan)),
        sum(used.values()) - timed_breaks,
        stopped,
    )


def _plan_of(guide: GuideContent) -> tuple[PlannedPart, ...]:
    """Return the current guide in the form of a plan, for a conversation of before plans were kept."""
    return tuple(
        PlannedPart(
            theme.id,
            theme=theme.id,
            number=number,
            title=theme.title.strip() or theme.short_title,
            kind=theme.theme.kind,
            minutes=theme.minutes,
        )
        for number, theme in enumerate(guide.themes, 1)
    )


def _later(start: dt.time | None, minutes: int) -> dt.time | None:
    if start is None:
        return None
    return (dt.datetime.combine(dt.date.min, start) + dt.timedelta(minutes=minutes)).time()


def _stops(
    content: PanelContent, plan: Sequence[PlannedPart], order: dict[str | None, int]
) -> tuple[dict[int, float], float]:
    """Return the minutes that the clock stood still, split into those of each planned break (by its place) and the
    others.

    A break is the longest stop near its place: people stop the clock at the last question before it, or at the first
    one after it.
    """
    stops = []
    for before, after, minutes in _still(content.time_spans):
        came, went = (_place(content.guide, order, span) for span in (before, after))
        if came is not None:
            # It may be any break planned from just before the part at which the clock stopped to where it went on.
            stops.append((minutes, came - 1, max(came + 1, came if went is None else went)))
    of_break: dict[int, float] = {}
    for at in (place for place, part in enumerate(plan) if part.kind is ThemeKind.BREAK):
        near = [stop for stop in stops if stop[1] <= at <= stop[2]]
        if near:
            # Each stop is one break only, so remove it for the next ones.
            longest = max(near)
            stops.remove(longest)
            of_break[at] = longest[0]
    return of_break, sum(minutes for minutes, _, _ in stops)


def _place(guide: GuideContent, order: dict[str | None, int], span: TimeSpan) -> int | None:
    theme = guide.theme_of(span.question)
    return order.get(theme.id) if theme else None


def _still(spans: Sequence[TimeSpan]) -> Iterator[tuple[TimeSpan, TimeSpan, float]]:
    """Yield the periods between two spans in which the clock stood still, except the night between two days."""
    timed = [
        (span.started_at, span.stopped_at or span.started_at + dt.timedelta(seconds=span_seconds(span)), span)
        for span in spans
        if span.started_at is not None
    ]
    # Spans without length start at the same moment as the next one.
    timed.sort(key=lambda entry: entry[:2])
    for (_, stopped, before), (restarted, _, after) in pairwise(timed):
        if _SHORTEST <= restarted - stopped <= TOO_OLD_AFTER:
            yield before, after, (restarted - stopped).total_seconds() / 60
