"""The rules of a running conversation, without a window: place, time, quiet members, and the line being typed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.actions.notes import capture_note, tag_id
from sto_desktop.domain.capture.language import Captured, parse
from sto_desktop.domain.live.draft import Draft, made_note, said_by, understood, without_sign
from sto_desktop.domain.live.schedule import Pressure
from sto_desktop.domain.live.speakers import MOST_QUIET, quiet_members, with_notes
from sto_desktop.domain.live.steps import neighbour, note_counts, open_questions, place_in, step_of, steps
from sto_desktop.domain.live.timing import LeftRunning, hours_minutes, left_running, minutes_seconds, plan_start, timing
from sto_desktop.domain.model import Guide, Note, Panel, Panelist, PanelQuestion, Question, Theme, TimeSpan, Voice
from sto_desktop.domain.panel.content import GuideContent, NoteContent, QuestionContent, ThemeContent
from sto_desktop.domain.panel.voices import TalkBalance, talk_balance
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Mark, NoteKind, Stance, ThemeKind

ZONE = dt.timezone(dt.timedelta(hours=1))
START = dt.datetime(2023, 2, 14, 15, 30, tzinfo=ZONE)
PANEL = Panel("p", date=START.date(), start=START.time())


def minutes(count: float) -> dt.timedelta:
    return dt.timedelta(minutes=count)


def theme(name: str, *lengths: int, own: int = 0, kind: ThemeKind = ThemeKind.CONVERSATION) -> ThemeContent:
    questions = tuple(
        QuestionContent(Question(f"{name}{number}", minutes=length)) for number, length in enumerate(lengths, 1)
    )
    return ThemeContent(Theme(name, minutes=own, kind=kind), questions)


GUIDE = GuideContent(
    Guide("g"),
    (
        theme("a", 10, 10),
        theme("pauze", own=10, kind=ThemeKind.BREAK),
        theme("b", 5, 5, 10),
    ),
)


def skipping(guide: GuideContent, question: str) -> GuideContent:
    themes = tuple(
        ThemeContent(
            one.theme,
            tuple(
                QuestionContent(item.question, item.probes, PanelQuestion("x", skipped=item.id == question))
                for item in one.questions
            ),
        )
        for one in guide.themes
    )
    return GuideContent(guide.guide, themes)


def test_steps_leave_out_what_is_skipped_and_count_within_their_theme() -> None:
    guide = skipping(GUIDE, "b2")
    assert [(step.id, step.number, step.of) for step in steps(guide)] == [
        ("a1", 1, 2),
        ("a2", 2, 2),
        ("b1", 1, 2),
        ("b3", 2, 2),
    ]
    skipped = step_of(guide, "b2")
    assert skipped is not None
    assert (skipped.number, skipped.of) == (0, 2)
    assert step_of(guide, "weg") is None


def test_neighbours_pass_over_skipped_questions_also_from_one() -> None:
    guide = skipping(GUIDE, "b2")

    def beside(question: str | None, direction: int) -> str | None:
        step = neighbour(guide, question, direction)
        return step.id if step else None

    assert [beside(one, +1) for one in ("a1", "a2", "b1", "b2", "b3", None, "weg")] == [
        "a2",
        "b1",
        "b3",
        "b3",
        None,
        "a1",
        "a1",
    ]
    assert [beside(one, -1) for one in ("a1", "b2", "b3", None)] == [None, "b1", "b1", None]


def test_a_conversation_is_where_it_was_begun_last() -> None:
    spans = [
        TimeSpan("1", question="b1", started_at=START + minutes(5), stopped_at=START + minutes(6)),
        TimeSpan("2", question="a2", started_at=START, stopped_at=START + minutes(5)),
        TimeSpan("3", question="weg", started_at=START + minutes(9)),
    ]
    assert place_in(GUIDE, spans) == "b1"
    assert place_in(GUIDE, []) == "a1"
    assert place_in(GuideContent(Guide("leeg")), spans) is None


def test_open_is_what_was_passed_without_notes() -> None:
    assert open_questions(GUIDE, {"a1": 2}, (), "b1") == {"a2"}
    assert open_questions(GUIDE, {}, ("b3",), "a2") == {"a1", "b3"}
    assert open_questions(GUIDE, {"a1": 1, "b1": 1}, (), "b3", held=True) == {"a2", "b2", "b3"}


def test_counts_are_by_question() -> None:
    notes = [
        NoteContent(Note(str(n), position=Position(q, "k")), NoteKind.REMARK)
        for n, q in enumerate(("a", "b", "a", None))
    ]
    assert note_counts(notes) == {"a": 2, "b": 1}


# Time


def test_the_end_moves_with_what_was_used() -> None:
    now = START + minutes(25)
    found = timing(PANEL, GUIDE, {"a1": 10, "a2": 15}, "a2", now, began=START)
    assert found.theme_left == -5 * 60
    assert found.pressure is Pressure.LATE
    assert found.planned_end == START + minutes(50)
    assert found.expected_end == START + minutes(55)
    assert found.behind == 5
    ahead = timing(PANEL, GUIDE, {"a1": 3}, "b1", START + minutes(3), began=START)
    assert ahead.behind == -27


def test_before_the_start_the_plan_is_what_is_expected() -> None:
    found = timing(PANEL, GUIDE, {}, "a1", START - minutes(90))
    assert (found.planned_end, found.expected_end, found.behind) == (START + minutes(50), START + minutes(50), 0)
    nothing = timing(Panel("p"), GUIDE, {}, "a1", START)
    assert (nothing.planned_end, nothing.behind) == (None, None)


def test_a_conversation_taken_up_on_another_day_is_not_behind_by_the_nights_between() -> None:
    later = START + dt.timedelta(days=300)
    found = timing(PANEL, GUIDE, {"a1": 10, "a2": 15}, "a2", later, began=START)
    assert found.behind == 5


def test_a_late_start_is_behind_and_a_start_at_another_time_is_not() -> None:
    late = timing(PANEL, GUIDE, {}, "a1", START + minutes(7), began=START + minutes(7))
    assert late.behind == 7
    rehearsal = timing(PANEL, GUIDE, {}, "a1", START - minutes(60 * 20), began=START - minutes(60 * 20))
    assert rehearsal.behind == 0
    assert plan_start(Panel("p"), START, START) == START
    assert plan_start(Panel("p", start=START.time()), None, START) == START


def test_a_break_that_is_taken_is_not_still_to_come() -> None:
    used = {"a1": 10.0, "a2": 10.0}
    paused = START + minutes(20)
    for passed, behind in ((0, 0), (6, 0), (10, 0), (14, 4)):
        found = timing(PANEL, GUIDE, used, "a2", paused + minutes(passed), began=START, paused_since=paused)
        assert found.behind == behind
    # A pause for which no break was planned costs time at once.
    elsewhere = timing(
        PANEL, GUIDE, {"b1": 5}, "b1", START + minutes(41), began=START, paused_since=START + minutes(35)
    )
    assert elsewhere.behind == 6


def test_what_is_over_expects_nothing() -> None:
    found = timing(PANEL, GUIDE, {"a1": 20}, "a1", START + minutes(400), began=START, ended=START + minutes(48.7))
    assert found.expected_end == START + minutes(48.7)


@given(st.lists(st.floats(0, 200), min_size=5, max_size=5), st.sampled_from([*"ab"]), st.integers(0, 300))
def test_expected_is_never_before_now_and_agrees_with_behind(used: list[float], where: str, passed: int) -> None:
    now = START + minutes(passed)
    spent = dict(zip([step.id for step in steps(GUIDE)], used, strict=True))
    found = timing(PANEL, GUIDE, spent, f"{where}1", now, began=START)
    assert found.expected_end is not None
    assert found.planned_end is not None
    assert found.behind is not None
    assert found.expected_end >= now
    assert found.expected_end - found.planned_end == minutes(found.behind)


@pytest.mark.parametrize(
    ("silence", "expected"),
    [
        (5, LeftRunning.GOES_ON),
        (-5, LeftRunning.GOES_ON),
        (120, LeftRunning.BEGIN_AGAIN),
        (-120, LeftRunning.BEGIN_AGAIN),
        (3600 * 3, LeftRunning.BEGIN_AGAIN),
        (3600 * 3 + 1, LeftRunning.STAY_PAUSED),
        (3600 * 9, LeftRunning.STAY_PAUSED),
        (3600 * 20, LeftRunning.STAY_PAUSED),
    ],
)
def test_a_span_left_running_goes_on_begins_again_or_stays_paused(silence: float, expected: LeftRunning) -> None:
    span = TimeSpan("1", question="a1", started_at=START, alive_at=START + minutes(5))
    assert left_running([span], START + minutes(5) + dt.timedelta(seconds=silence)) is expected


def test_nothing_left_running_needs_nothing() -> None:
    assert left_running([TimeSpan("1", started_at=START, stopped_at=START)], START) is None


def test_lengths_read_as_on_a_clock() -> None:
    assert [hours_minutes(one) for one in (0, 59, 60, 2820, 6300, -5)] == [
        "0:00",
        "0:00",
        "0:01",
        "0:47",
        "1:45",
        "0:00",
    ]
    assert [minutes_seconds(one) for one in (790, 0.9, -0.5, -1, -125.9)] == ["13:10", "0:00", "0:00", "−0:01", "−2:05"]


# Who speaks


def members(count: int) -> list[Panelist]:
    return [Panelist(f"m{number}", seat=number, name=f"Lid {number}") for number in range(1, count + 1)]


def test_who_was_never_heard_stands_out_first_then_who_is_quiet_longest() -> None:
    people = members(6)
    now = START + minutes(60)
    balances = [
        TalkBalance("m1", 3, now - minutes(21)),
        TalkBalance("m2", 3, now - minutes(19)),
        TalkBalance("m3", 1, now - minutes(40)),
        TalkBalance("m4", 0),
        TalkBalance("m5", 2, now - minutes(30)),
        TalkBalance("m6", 1, None),
    ]
    assert quiet_members(balances, people, now, minutes(50)) == {"m4", "m3", "m5"}
    assert len(quiet_members(balances, people, now, minutes(50))) == MOST_QUIET
    assert quiet_members(balances, people, now, minutes(5)) == {"m3", "m5", "m1"}


def test_who_is_not_there_is_not_quiet() -> None:
    away = [Panelist("m1", present=False), Panelist("m2"), Panelist("m3")]
    balances = [TalkBalance("m1", 0), TalkBalance("m2", 0), TalkBalance("m3", 1, START)]
    assert quiet_members(balances, away, START, minutes(30)) == {"m2"}


def test_nobody_is_unheard_before_somebody_was_heard() -> None:
    balances = [TalkBalance("m1", 0), TalkBalance("m2", 0)]
    assert quiet_members(balances, members(2), START, minutes(30)) == frozenset()


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 90)), max_size=12), st.integers(0, 12))
def test_adding_notes_to_a_balance_is_the_same_as_counting_all(spoken: list[tuple[int, int]], split: int) -> None:
    people = members(4)
    notes = [
        NoteContent(
            Note(str(number), captured_at=START + minutes(at)),
            NoteKind.REMARK,
            (Voice(str(number), str(number), f"m{who}"),),
        )
        for number, (who, at) in enumerate(spoken)
    ]
    before, after = notes[:split], notes[split:]
    assert with_notes(talk_balance(people, before), talk_balance(people, after)) == talk_balance(people, notes)


# The line being typed


_SOMETHING = st.none() | st.text(min_size=1)


@given(
    st.text(),
    _SOMETHING,
    st.booleans(),
    _SOMETHING,
    st.text(min_size=1),
    st.lists(st.sampled_from(Mark)),
    st.booleans(),
)
def test_a_draft_comes_back_as_it_was(
    text: str, question: str | None, quote: bool, speaker: str | None, note: str, pressed: list[Mark], carried: bool
) -> None:
    draft = Draft(text, question, quote, speaker, note, carried=carried)
    for mark in pressed:
        draft = draft.marked(mark)
    assert Draft.decode(draft.encode()) == (draft if text else None)


@given(st.text())
def test_any_draft_on_disk_gives_a_line_or_nothing(content: str) -> None:
    draft = Draft.decode(content)
    assert draft is None or (draft.text and draft.note)


def test_a_draft_of_before_has_its_mark() -> None:
    draft = Draft.decode('{"text": "De bus", "note": "n", "mark": "RETURN"}')
    assert draft is not None
    assert draft.marks == (Mark.RETURN,)


def test_a_draft_of_another_make_is_text() -> None:
    for content in ("gewone tekst", "[1]", '{"text": 5}', '{"quote": true}'):
        draft = Draft.decode(content)
        assert draft is not None
        assert draft.text == content


def test_each_begun_draft_has_a_note_of_its_own() -> None:
    assert Draft.begun("a").note != Draft.begun("a").note


def test_the_member_chosen_by_seat_says_it_unless_the_line_names_them() -> None:
    people = members(3)
    assert said_by(parse("Iets. @2+", people), "m1").voices == (("m1", Stance.SAYS), ("m2", Stance.AGREES))
    assert said_by(parse("Iets. @1-", people), "m1").voices == (("m1", Stance.DISAGREES),)
    assert said_by(Captured("x"), None) == Captured("x")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("+", None),
        ("+ ", NoteKind.YIELD),
        ("+ 5", None),
        ("- = ", NoteKind.SUCCESS_FACTOR),
        ("? ! ", NoteKind.RECOMMENDATION),
    ],
)
def test_a_sign_counts_from_its_space_on(line: str, kind: NoteKind | None) -> None:
    assert understood(line).kind is kind


@pytest.mark.parametrize(
    ("line", "cursor", "expected"),
    [
        ("+ ", 2, ("\\+ ", 3)),
        ("! tekst", 2, ("\\! tekst", 3)),
        ("? + ", 4, ("? \\+ ", 5)),
        ("+ tekst", 4, None),
        ("+ tekst", 1, None),
        ("tekst", 3, None),
        ("\\+ ", 3, None),
        ("- ", 2, None),
        ("", 0, None),
    ],
)
def test_backspace_takes_a_meaning_away_only_right_behind_a_sign(
    line: str, cursor: int, expected: tuple[str, int] | None
) -> None:
    assert without_sign(line, cursor) == expected


@given(st.text(max_size=12), st.integers(0, 12))
def test_a_meaning_taken_away_is_gone_and_no_letter_with_it(line: str, cursor: int) -> None:
    taken = without_sign(line, min(cursor, len(line)))
    if taken is not None:
        bare, place = taken
        added = next(at for at in range(len(bare)) if bare[:at] + bare[at + 1 :] == line)
        assert bare[added] == "\\"
        assert place == min(cursor, len(line)) + 1
        assert without_sign(bare, place) is None


def test_a_note_that_is_made_here_is_known_to_the_letter() -> None:
    people = members(3)
    captured = parse("Zo is het. @2 @3+ #bus #technolab", people)
    action = capture_note("p", "a1", captured, START, note="n", known_tags={tag_id("bus"): "Bus"})
    note = made_note(action, NoteKind.YIELD, {tag_id("bus"): "Bus"})
    assert (note.id, note.text, note.kind, note.inherited, note.question) == (
        "n",
        "Zo is het.",
        NoteKind.YIELD,
        True,
        "a1",
    )
    assert note.note.captured_at == START
    assert {voice.panelist: voice.stance for voice in note.voices} == {"m2": Stance.SAYS, "m3": Stance.AGREES}
    assert [tag.name for tag in note.tags] == ["Bus", "technolab"]
