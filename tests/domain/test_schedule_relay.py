"""Laying the plan out again: what the rest gives, and what the end does."""

from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.live.schedule import relay
from sto_desktop.domain.model import Guide, PanelQuestion, Question, Theme
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent


def guide(*themes: list[int], skipped: frozenset[str] = frozenset()) -> GuideContent:
    made = []
    for number, lengths in enumerate(themes):
        questions = []
        for place, minutes in enumerate(lengths):
            name = f"q{number}{place}"
            decided = PanelQuestion("d" + name, skipped=True) if name in skipped else None
            questions.append(QuestionContent(Question(name, minutes=minutes), (), decided))
        made.append(ThemeContent(Theme(f"t{number}"), tuple(questions)))
    return GuideContent(Guide("g"), tuple(made))


def test_the_rest_gives_in_proportion_and_the_end_stays() -> None:
    found = relay(guide([10, 10], [20, 10]), {}, "q00", 4)
    assert found.minutes == {"q00": 14, "q01": 9, "q10": 18, "q11": 9}
    assert found.by_theme == (("t0", -1), ("t1", -3))
    assert found.end_moves == 0


def test_minutes_given_back_go_to_the_rest_and_a_skipped_question_gets_none() -> None:
    found = relay(guide([10], [6, 6, 6], skipped=frozenset({"q11"})), {}, "q00", -4)
    assert found.minutes == {"q00": 6, "q10": 8, "q12": 8}
    assert found.by_theme == (("t1", 4),)


def test_the_end_moves_when_asked_or_when_nothing_is_left_to_give() -> None:
    plan = guide([10], [3, 2])
    assert relay(plan, {}, "q00", 5, keep_end=False).end_moves == 5
    short = relay(plan, {}, "q00", 5)
    assert (short.minutes, short.end_moves) == ({"q00": 15, "q10": 1, "q11": 1}, 2)
    assert relay(plan, {"q10": 2.5}, "q00", 5).minutes == {"q00": 15, "q11": 1}
    assert relay(plan, {}, "q11", 5).end_moves == 5


def test_a_delay_goes_to_what_ran_over_and_the_rest_makes_up_for_it() -> None:
    plan = guide([10, 10], [8, 8, 8])
    found = relay(plan, {"q00": 9, "q01": 13}, "q10", 0, catch_up=4)
    assert (found.minutes, found.end_moves) == ({"q00": 11, "q01": 13, "q11": 6, "q12": 6}, 0)
    assert found.by_theme == (("t1", -4),)
    assert relay(plan, {}, "q00", 0, catch_up=4).minutes == {}


@given(
    st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=4), min_size=1, max_size=5),
    st.integers(-40, 40),
    st.integers(0, 15),
    st.booleans(),
)
def test_no_minute_is_lost_or_made(themes: list[list[int]], by: int, catch_up: int, keep_end: bool) -> None:
    plan = guide(*themes)
    found = relay(plan, {}, "q00", by, catch_up=catch_up, keep_end=keep_end)
    before = {item.id: item.minutes for _, item in plan.questions()}
    after = {**before, **found.minutes}
    assert sum(after.values()) - sum(before.values()) == found.end_moves
    assert all(minutes >= 0 for minutes in after.values())
    assert all(after[name] >= min(1, before[name]) for name in before if name != "q00")
    told = {theme.id: sum(after[item.id] - before[item.id] for item in theme.questions) for theme in plan.themes}
    own = after["q00"] - before["q00"]
    told["t0"] -= own
    assert keep_end or set(found.minutes) <= {"q00"}
    assert dict(found.by_theme) == {theme: gain for theme, gain in told.items() if gain}
