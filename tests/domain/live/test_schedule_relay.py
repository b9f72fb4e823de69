"""Redistributing the plan: what the later questions give, and how the end moves."""

from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.live.schedule import Relaid, relay
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
    relayed = relay(guide([10, 10], [20, 10]), {}, "q00", 4)
    assert relayed.minutes == {"q00": 14, "q01": 9, "q10": 18, "q11": 9}
    assert relayed.by_theme == (("t0", -1), ("t1", -3))
    assert relayed.end_moves == 0


def test_minutes_given_back_go_to_the_rest_and_a_skipped_question_gets_none() -> None:
    relayed = relay(guide([10], [6, 6, 6], skipped=frozenset({"q11"})), {}, "q00", -4)
    assert relayed.minutes == {"q00": 6, "q10": 8, "q12": 8}
    assert relayed.by_theme == (("t1", 4),)


def test_the_end_moves_when_asked_or_when_nothing_is_left_to_give() -> None:
    plan = guide([10], [3, 2])
    assert relay(plan, {}, "q00", 5, keep_end=False).end_moves == 5
    short = relay(plan, {}, "q00", 5)
    assert (short.minutes, short.end_moves) == ({"q00": 15, "q10": 1, "q11": 1}, 2)
    assert relay(plan, {"q10": 2.5}, "q00", 5).minutes == {"q00": 15, "q11": 1}
    assert relay(plan, {}, "q11", 5).end_moves == 5


def test_a_delay_goes_to_what_ran_over_and_the_rest_makes_up_for_it() -> None:
    plan = guide([10, 10], [8, 8, 8])
    relayed = relay(plan, {"q00": 9, "q01": 13}, "q10", 0, catch_up=4)
    assert (relayed.minutes, relayed.end_moves) == ({"q00": 11, "q01": 13, "q11": 6, "q12": 6}, 0)
    assert relayed.by_theme == (("t1", -4),)
    assert relay(plan, {}, "q00", 0, catch_up=4).minutes == {}


def test_a_delay_that_no_question_ran_over_goes_to_the_first() -> None:
    plan = guide([10, 10, 0], [8, 8])
    assert relay(plan, {"q00": 9, "q01": 14}, "q10", 0, catch_up=4).minutes == {"q01": 14, "q11": 4}
    both = relay(plan, {"q00": 12, "q01": 14}, "q02", 0, catch_up=5)
    assert both.minutes == {"q00": 12, "q01": 13, "q10": 5, "q11": 6}
    late = relay(plan, {"q00": 12}, "q10", 0, catch_up=5)
    assert (late.minutes, late.end_moves) == ({"q00": 15, "q11": 3}, 0)


def test_minutes_taken_from_the_question_make_up_for_a_delay_and_the_end_stays() -> None:
    assert relay(guide([10, 10], [8]), {"q00": 14}, "q01", -4, catch_up=4) == Relaid({"q00": 14, "q01": 6}, (), 0)


def test_without_a_question_that_is_asked_nothing_changes() -> None:
    plan = guide([10, 10], [8], skipped=frozenset({"q01"}))
    for current in ("q01", "gone"):
        assert relay(plan, {}, current, 5, catch_up=5) == Relaid({}, (), 0)
    assert relay(plan, {"q00": 14}, "q10", 0) == Relaid({}, (), 0)
    assert relay(guide([10], [8, 8]), {"q00": 14}, "q10", 0) == Relaid({}, (), 0)


def test_one_minute_is_taken_from_who_has_more_than_one() -> None:
    assert relay(guide([10], [1, 3]), {}, "q00", 1) == Relaid({"q00": 11, "q11": 2}, (("t1", -1),), 0)
    assert relay(guide([10], [1, 1]), {}, "q00", 1) == Relaid({"q00": 11}, (), 1)


def test_of_two_questions_alike_the_earlier_gives_or_gets_the_odd_minute() -> None:
    assert relay(guide([10], [3, 3]), {}, "q00", 1).minutes == {"q00": 11, "q10": 2}
    assert relay(guide([10], [5, 5]), {}, "q00", -5).minutes == {"q00": 5, "q10": 8, "q11": 7}


def test_what_is_given_back_is_not_limited_by_what_the_rest_has() -> None:
    assert relay(guide([10], [2, 1]), {}, "q00", -10).minutes == {"q00": 0, "q10": 9, "q11": 4}


@given(
    st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=4), min_size=1, max_size=5),
    st.integers(-40, 40),
    st.integers(0, 15),
    st.booleans(),
    st.data(),
)
def test_no_minute_is_lost_or_made(
    themes: list[list[int]], by: int, catch_up: int, keep_end: bool, data: st.DataObject
) -> None:
    plan = guide(*themes)
    before = {item.id: item.minutes for _, item in plan.questions()}
    current = data.draw(st.sampled_from(sorted(before)))
    used = data.draw(st.dictionaries(st.sampled_from(sorted(before)), st.floats(0, 40)))
    relayed = relay(plan, used, current, by, catch_up=catch_up, keep_end=keep_end)
    after = {**before, **relayed.minutes}
    assert sum(after.values()) - sum(before.values()) == relayed.end_moves
    assert all(minutes >= 0 for minutes in after.values())
    later = sorted(before)[sorted(before).index(current) + 1 :]
    assert all(after[name] >= min(1, before[name]) for name in later)
    assert keep_end or set(relayed.minutes) <= {current}
    gains = {
        theme.id: sum(after[question.id] - before[question.id] for question in theme.questions if question.id in later)
        for theme in plan.themes
    }
    assert dict(relayed.by_theme) == {theme: gain for theme, gain in gains.items() if gain}
