"""The course of a conversation against its plan, in whole minutes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.live.happened import course, whole_minutes
from sto_desktop.domain.model import Guide, Panel, PlannedPart, Question, Theme
from sto_desktop.domain.panel.content import GuideContent, PanelContent, QuestionContent, ThemeContent
from sto_desktop.domain.vocabulary import ThemeKind


@given(st.lists(st.floats(0, 300), max_size=12))
def test_whole_minutes_add_up_as_the_clock_shows_them(minutes: list[float]) -> None:
    whole = whole_minutes(minutes)
    assert sum(whole) == sum(round(part * 60) for part in minutes) // 60
    assert all(abs(part - shown) <= 1.01 for part, shown in zip(minutes, whole, strict=True))


def test_nine_minutes_and_fifty_seconds_are_nine_minutes() -> None:
    assert whole_minutes([9 + 50 / 60]) == [9]
    assert whole_minutes([0.1 + 0.2 + 12.7]) == [13]


def test_all_of_the_plan_is_compared_also_the_arrival_and_the_break() -> None:
    kinds = (("inloop", ThemeKind.OPENING, 8), ("thema", ThemeKind.CONVERSATION, 97), ("pauze", ThemeKind.BREAK, 5))
    plan = tuple(
        PlannedPart(name, theme=name, number=number, title=name, kind=kind, minutes=minutes)
        for number, (name, kind, minutes) in enumerate(kinds, 1)
    )
    themes = tuple(
        ThemeContent(Theme(name, kind=kind), (QuestionContent(Question("vraag")),) if name == "thema" else ())
        for name, kind, _ in kinds
    )
    content = PanelContent(Panel("p"), GuideContent(Guide("g"), themes), minutes_used={"vraag": 90.0}, plan=plan)
    went = course(content)
    assert [(part.title, part.planned, part.used) for part in went.parts] == [
        ("inloop", 8, None),
        ("thema", 97, 90.0),
        ("pauze", 5, 0.0),
    ]
    assert went.planned(breaks=False) + went.planned(breaks=True) == 110
