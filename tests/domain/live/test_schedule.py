"""Time used and left: the duration of a span, the running span, and the state of the plan."""

from __future__ import annotations

import datetime as dt

import pytest

from sto_desktop.domain.live.schedule import (
    PlannedTheme,
    Pressure,
    clock_after,
    minutes_used,
    running_span,
    schedule,
    span_seconds,
)
from sto_desktop.domain.model import Guide, Question, Theme, TimeSpan
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent

START = dt.datetime(2023, 2, 14, 15, 30, tzinfo=dt.UTC)


def after(minutes: float) -> dt.datetime:
    return START + dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("span", "now", "seconds"),
    [
        (TimeSpan("s", started_at=START, stopped_at=after(2), seconds=90), after(9), 90),
        (TimeSpan("s", started_at=START, stopped_at=after(2), seconds=0), after(9), 0),
        (TimeSpan("s", started_at=START, stopped_at=after(2), seconds=-90), None, 0),
        (TimeSpan("s", started_at=START, stopped_at=after(2), alive_at=after(1)), after(9), 120),
        (TimeSpan("s", started_at=START, seconds=90, alive_at=after(1)), after(9), 540),
        (TimeSpan("s", started_at=START, alive_at=after(1)), None, 60),
        (TimeSpan("s", started_at=START, alive_at=after(1 / 120)), None, 0.5),
        (TimeSpan("s", started_at=START), after(-1), 0),
        (TimeSpan("s", started_at=START), None, 0),
        (TimeSpan("s", stopped_at=after(2)), after(9), 0),
    ],
)
def test_how_long_a_span_lasts(span: TimeSpan, now: dt.datetime | None, seconds: float) -> None:
    assert span_seconds(span, now) == seconds


def test_minutes_add_up_by_question_and_a_span_of_no_question_counts_for_none() -> None:
    spans = [
        TimeSpan("1", question="a", started_at=START, stopped_at=after(2)),
        TimeSpan("2", started_at=START, stopped_at=after(30)),
        TimeSpan("3", question="b", started_at=after(2), stopped_at=after(3)),
        TimeSpan("4", question="a", started_at=after(3)),
    ]
    assert minutes_used(spans, after(7)) == {"a": 6, "b": 1}


def test_of_spans_that_run_the_last_started_counts() -> None:
    early, late = TimeSpan("2", started_at=START), TimeSpan("1", started_at=after(1))
    stopped, unknown = TimeSpan("3", started_at=after(2), stopped_at=after(3)), TimeSpan("4")
    assert running_span([early, late, stopped, unknown]) == late
    assert running_span([late, early]) == late
    assert running_span([TimeSpan("b", started_at=START), TimeSpan("a", started_at=START)]) == TimeSpan(
        "b", started_at=START
    )
    assert running_span([stopped, unknown]) is None


@pytest.mark.parametrize(
    ("start", "minutes", "clock"),
    [
        (dt.time(15, 35), 45, "16:20"),
        (dt.time(15, 35), 44.6, "16:20"),
        (dt.time(23, 50), 20, "00:10"),
        (dt.time(0, 10), -20, "23:50"),
        (None, 20, ""),
    ],
)
def test_the_clock_after_so_many_minutes(start: dt.time | None, minutes: float, clock: str) -> None:
    assert clock_after(start, minutes) == clock


def test_the_plan_tells_where_each_theme_begins_and_what_it_used() -> None:
    themes = tuple(
        ThemeContent(
            Theme(f"t{number}"),
            tuple(QuestionContent(Question(f"q{number}{at}", minutes=length)) for at, length in enumerate(lengths)),
        )
        for number, lengths in enumerate([(10, 5), (20,)])
    )
    plan = schedule(GuideContent(Guide("g"), themes), {"q00": 4, "q01": 3.5, "gone": 1}, "t1")
    first, second = PlannedTheme("t0", 0, 15, 7.5), PlannedTheme("t1", 15, 20, 0)
    assert plan.themes == (first, second)
    assert (plan.current, plan.planned, plan.used) == ("t1", 35, 8.5)
    assert (plan.of("t1"), plan.of("t2"), plan.of(None)) == (second, None, None)


@pytest.mark.parametrize(
    ("minutes", "used", "pressure"),
    [
        (100, 79.5, Pressure.GOOD),
        (100, 80, Pressure.WARN),
        (100, 94.5, Pressure.WARN),
        (100, 95, Pressure.LATE),
        (100, 110, Pressure.LATE),
        (0, 0, Pressure.LATE),
    ],
)
def test_time_runs_out_from_green_by_orange_to_red(minutes: float, used: float, pressure: Pressure) -> None:
    assert PlannedTheme("t", 0, minutes, used).pressure is pressure
