from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sto_desktop.domain.log.change import Change, ChangeId
from sto_desktop.domain.log.clock import HIGHEST_STAMP, LOWEST_REAL_STAMP
from sto_desktop.domain.log.fold import RowState, fold_readable, fold_row, heads, proposed, readable, rivals, unseen
from sto_desktop.domain.log.lineage import REDACTED, SHARED
from sto_desktop.domain.place import Position
from sto_desktop.domain.record import DELETED, Json
from sto_desktop.domain.tables import tables
from sto_desktop.domain.vocabulary import Consent
from tests.domain.log.one_row import NOTE, Person


def _pair(text: str = "wij missen gastlessen") -> tuple[Person, Person]:
    """Return two people with the same note."""
    jan = Person("jan")
    jan.set(deleted=False, text=text, star=False)
    piet = jan.colleague("piet")
    piet.merge(jan)
    return jan, piet


def test_the_change_with_the_highest_stamp_shows() -> None:
    jan, _ = _pair("een")
    jan.set(text="twee")
    assert jan.text == "twee"


def test_who_comes_later_and_saw_it_is_no_conflict() -> None:
    jan, piet = _pair()
    jan.set(text="van Jan")
    piet.merge(jan)
    piet.set(text="van Piet")
    jan.merge(piet)
    assert jan.text == "van Piet"
    assert not jan.state.conflicts


def test_two_who_did_not_know_of_each_other_are_a_conflict_and_the_later_shows() -> None:
    jan, piet = _pair()
    one = jan.set(text="van Jan")
    other = piet.set(text="van Piet")
    jan.merge(piet)
    assert jan.text == "van Piet"
    assert jan.state.conflicts == {"text": (one.id, other.id)}


def test_two_who_say_the_same_are_no_conflict() -> None:
    jan, piet = _pair()
    jan.set(text="zelfde")
    piet.set(text="zelfde")
    jan.merge(piet)
    assert not jan.state.conflicts


def test_one_moment_written_in_two_ways_is_no_conflict() -> None:
    jan, piet = _pair()
    jan.set(captured_at="2026-01-05T10:00:00+01:00")
    piet.set(captured_at="2026-01-05T09:00:00+00:00")
    jan.merge(piet)
    assert not jan.state.conflicts
    other = jan.colleague("anna")
    other.merge(piet)
    other.set(captured_at="2026-01-05T09:00:01+00:00")
    jan.set(captured_at="2026-01-05T10:00:00+01:00")
    jan.merge(other)
    assert set(jan.state.conflicts) == {"captured_at"}


def test_in_a_table_of_a_newer_program_values_are_compared_as_they_are_written() -> None:
    jan, piet = _pair()
    jan.set(colour="rood")
    piet.set(colour="rood")
    jan.merge(piet)
    assert rivals(None, readable(None, jan.log.values()).changes, "colour") == ()
    blue = piet.set(colour="blauw")
    red = jan.set(colour="rood")
    jan.merge(piet)
    assert rivals(None, readable(None, jan.log.values()).changes, "colour") == (blue.id, red.id)


def test_different_fields_never_conflict() -> None:
    jan, piet = _pair()
    jan.set(text="beter")
    piet.set(star=True)
    jan.merge(piet)
    assert jan.text == "beter"
    assert jan.state.values["star"] is True
    assert not jan.state.conflicts


def test_choosing_is_one_change_that_supersedes_all_rivals() -> None:
    jan, piet = _pair()
    jan.set(text="van Jan")
    piet.set(text="van Piet")
    jan.merge(piet)
    jan.set(text="van Jan")
    assert jan.text == "van Jan"
    assert not jan.state.conflicts
    piet.merge(jan)
    assert piet.state == jan.state


def test_moving_is_one_field_so_that_two_moves_are_one_choice() -> None:
    jan, piet = _pair()
    jan.set(position=["vraag 1", "a1"])
    piet.set(position=["vraag 2", "a0"])
    jan.merge(piet)
    assert jan.state.values["position"] == Position("vraag 2", "a0")
    assert set(jan.state.conflicts) == {"position"}


def test_a_deletion_that_saw_everything_takes_the_row_away() -> None:
    jan, piet = _pair()
    piet.delete()
    jan.merge(piet)
    assert jan.state.deleted
    assert not jan.state.conflicts


def test_an_edit_that_the_deletion_did_not_see_keeps_the_row_and_is_listed() -> None:
    jan, piet = _pair()
    deletion = piet.delete()
    edit = jan.set(text="dit is belangrijk")
    jan.merge(piet)
    piet.merge(jan)
    for person in (jan, piet):
        assert person.text == "dit is belangrijk"
        assert person.state.conflicts == {DELETED: (deletion.id, edit.id)}
        assert unseen(person.readable) == {"text": (edit.id,)}


def test_a_deletion_that_saw_nothing_of_a_row_that_was_never_made_is_listed() -> None:
    jan = Person("jan")
    made = jan.set(text="los")
    away = jan.append({DELETED: True}, {})
    assert (jan.text, jan.state.conflicts) == ("los", {DELETED: (made.id, away.id)})


def test_that_holds_for_a_field_that_the_row_did_not_have_yet() -> None:
    jan, piet = _pair()
    piet.delete()
    jan.set(kind="QUOTE")
    jan.merge(piet)
    assert not jan.state.deleted


def test_deleting_again_having_seen_the_edit_takes_it_away() -> None:
    jan, piet = _pair()
    piet.delete()
    jan.set(text="dit is belangrijk")
    piet.merge(jan)
    piet.delete()
    jan.merge(piet)
    assert jan.state.deleted


def test_two_deletions_that_together_saw_everything_take_the_row_away() -> None:
    jan, piet = _pair()
    jan.set(text="van Jan")
    piet.set(star=True)
    jan.delete()
    piet.delete()
    jan.merge(piet)
    assert jan.state.deleted


def test_text_wins_from_absence_where_one_restores_and_another_deletes() -> None:
    jan, piet = _pair()
    jan.delete()
    piet.merge(jan)
    jan.set(deleted=False)
    piet.set(deleted=True)
    jan.merge(piet)
    assert not jan.state.deleted
    assert set(jan.state.conflicts) == {DELETED}


def test_a_deletion_has_seen_what_it_says_itself() -> None:
    jan, _ = _pair()
    jan.append({DELETED: True, "text": "weg"}, {name: tuple(jan.log) for name in ("text", "star", DELETED)})
    assert jan.state.deleted


def test_a_row_that_was_never_made_is_there_with_what_is_known_of_it() -> None:
    jan = Person("jan")
    jan.set(text="los")
    assert jan.text == "los"
    assert jan.state.values["star"] is False


def test_a_row_without_changes_is_a_stub() -> None:
    state = fold_row(NOTE, ())
    assert not state.known
    assert state.values == NOTE.defaults


def test_what_is_named_anywhere_in_the_log_must_exist() -> None:
    jan = Person("jan")
    jan.set(panel="P", position=["vraag 1", "a0"])
    jan.set(position=["vraag 2", "a0"])
    assert jan.state.parents == {("panel", "P"), ("question", "vraag 1"), ("question", "vraag 2")}
    piet = Person("piet")
    piet.set(position=[None, ""])
    assert piet.state.parents == frozenset()


def test_an_impossible_value_is_passed_over_and_reported_and_what_it_replaced_shows() -> None:
    jan, _ = _pair("goed")
    wrong = jan.set(text=17)
    assert jan.text == "goed"
    assert jan.state.rejected == ((wrong.id, "text"),)
    jan.set(text="nog beter")
    assert jan.text == "nog beter"


def test_an_impossible_deletion_is_passed_over() -> None:
    jan, _ = _pair("goed")
    wrong = jan.set(deleted="misschien")
    assert jan.text == "goed"
    assert (wrong.id, DELETED) in jan.state.rejected


def test_a_stamp_in_quarantine_shows_nothing_and_supersedes_nothing() -> None:
    jan, piet = _pair("goed")
    last = max(jan.log)
    far = Change(
        ChangeId(HIGHEST_STAMP + 1, "ver"), HIGHEST_STAMP + 1, "note", "N", {"text": "later"}, {"text": (last,)}
    )
    piet.log[far.id] = far
    piet.set(text="beter")
    assert piet.text == "beter"
    assert not piet.state.conflicts


def test_nobody_supersedes_what_is_later_than_himself() -> None:
    jan, _ = _pair("goed")
    stamp = max(jan.log).stamp
    early = Change(ChangeId(5, "x"), 5, "note", "N", {"text": "vroeg"}, {"text": (ChangeId(stamp, "jan"),)})
    jan.log[early.id] = early
    assert jan.text == "goed"
    assert set(jan.state.conflicts) == {"text"}


def test_an_erased_field_is_as_if_nothing_was_ever_said_of_it() -> None:
    jan, piet = _pair("geheim")
    piet.set(text="ook geheim")
    jan.merge(piet)
    state = fold_row(NOTE, jan.log.values(), {"text"})
    assert state.values["text"] == ""
    assert not state.conflicts


def test_an_erased_field_takes_no_other_along() -> None:
    jan = Person("jan")
    jan.set(text="geheim", star=True)
    state = fold_row(NOTE, jan.log.values(), {"text"})
    assert (state.values["text"], state.values["star"]) == ("", True)


def test_nobody_supersedes_himself() -> None:
    jan, _ = _pair("goed")
    made = ChangeId(2_000_000, "jan")
    jan.log[made] = Change(made, made.stamp, "note", "N", {"text": "beter"}, {"text": (*jan.log, made)})
    assert heads(jan.readable, "text") == (made,)
    assert (jan.text, jan.state.conflicts) == ("beter", {})


def test_fields_of_a_newer_program_are_kept_and_count_against_a_deletion() -> None:
    jan, piet = _pair()
    piet.delete()
    jan.set(mood="blij")
    jan.merge(piet)
    assert not jan.state.deleted
    assert "mood" not in jan.state.values


def _answers(*changes: tuple[str, Any, tuple[int, ...]]) -> RowState:
    """Return a member of whom several said whether they may be quoted; each: by whom, the answer, what it supersedes
    (by its place in the order of time).
    """
    ids = [ChangeId(1_000_000 + at, who) for at, (who, _, _) in enumerate(changes)]
    log = [
        Change(
            made,
            made.stamp,
            "panelist",
            "L",
            {"consent_quote": answer},
            {"consent_quote": tuple(ids[at] for at in saw)},
        )
        for made, (_, answer, saw) in zip(ids, changes, strict=True)
    ]
    return fold_row(tables()["panelist"], log)


def test_of_two_answers_about_consent_the_strictest_shows_whichever_is_later() -> None:
    for answers, strictest in (
        (("NO", "YES"), Consent.NO),
        (("YES", "NO"), Consent.NO),
        (("UNKNOWN", "YES"), Consent.UNKNOWN),
        (("NO", "UNKNOWN", "YES"), Consent.NO),
    ):
        state = _answers(*((f"laptop {at}", answer, ()) for at, answer in enumerate(answers)))
        assert state.values["consent_quote"] is strictest
        assert set(state.conflicts) == {"consent_quote"}


def test_an_answer_about_consent_that_was_taken_back_does_not_count() -> None:
    state = _answers(("jan", "NO", ()), ("jan", "UNKNOWN", (0,)), ("piet", "YES", (0,)))
    assert state.values["consent_quote"] is Consent.UNKNOWN


def test_an_impossible_answer_about_consent_does_not_count() -> None:
    state = _answers(("jan", "UNKNOWN", ()), ("piet", "YES", ()), ("anna", 17, ()))
    assert state.values["consent_quote"] is Consent.UNKNOWN
    assert [name for _, name in state.rejected] == ["consent_quote"]


# Proposals: edits that come back from a copy without names


def _shared(**values: Any) -> tuple[Person, ChangeId]:
    """Return a person with a note whose values were redacted for a copy, and the redaction."""
    jan, _ = _pair("van Jan")
    redaction = jan.append(values, {})
    made = ChangeId(redaction.id.stamp, f"{REDACTED}a")
    del jan.log[redaction.id]
    jan.log[made] = Change(made, made.stamp, "note", "N", values, {})
    return jan, made


def test_a_proposal_that_says_what_is_shown_already_is_none() -> None:
    jan, redaction = _shared(text="van iemand")
    jan.set(text="van Jan en Piet")
    proposal = jan.append({"text": "van Jan en Piet"}, {"text": (redaction,)})
    read = readable(NOTE, jan.log.values())
    assert [change.id for change in read.proposals["text"]] == [proposal.id]
    assert proposed(NOTE, read, "text") == ()
    assert not jan.state.conflicts
    assert not jan.state.proposed


def test_a_proposal_that_says_what_was_shown_before_is_one() -> None:
    jan, redaction = _shared(text="van iemand")
    jan.set(text="van Piet")
    current = jan.set(text="van Jan en Piet")
    proposal = jan.append({"text": "van Jan"}, {"text": (redaction,)})
    assert proposed(NOTE, readable(NOTE, jan.log.values()), "text") == (proposal.id,)
    assert jan.state.conflicts == {"text": (current.id, proposal.id)}
    assert jan.state.proposed == {"text"}
    assert jan.text == "van Jan en Piet"


def test_a_proposal_beside_a_conflict_is_one_of_three_to_choose_from() -> None:
    jan, redaction = _shared(text="van iemand")
    piet = jan.colleague("piet")
    piet.merge(jan)
    jans, piets = jan.set(text="nu van Jan"), piet.set(text="nu van Piet")
    proposal = jan.append({"text": "van iemand anders"}, {"text": (redaction,)})
    jan.merge(piet)
    assert jan.state.conflicts == {"text": (jans.id, piets.id, proposal.id)}
    assert not jan.state.proposed


def test_a_proposal_of_the_same_moment_in_another_writing_is_none() -> None:
    jan, redaction = _shared(captured_at="2026-01-05T08:00:00+00:00")
    original = next(iter(jan.log))
    jan.append({"captured_at": "2026-01-05T10:00:00+01:00"}, {"captured_at": (original,)})
    jan.append({"captured_at": "2026-01-05T09:00:00+00:00"}, {"captured_at": (redaction,)})
    assert not jan.state.conflicts


def test_a_single_change_of_a_copy_shows_as_it_is() -> None:
    made = ChangeId(1_000_000, f"{REDACTED}a")
    change = Change(made, made.stamp, "note", "N", {DELETED: False, "text": "van iemand", "panel": "P"}, {})
    state = fold_row(NOTE, [change])
    assert (state.values["text"], state.deleted, state.known) == ("van iemand", False, True)
    assert state.parents == {("panel", "P")}


def test_a_single_change_with_an_impossible_deletion_is_there() -> None:
    made = ChangeId(1_000_000, "jan")
    state = fold_row(NOTE, [Change(made, made.stamp, "note", "N", {DELETED: "misschien", "text": "een"}, {})])
    assert (state.deleted, state.rejected, state.values["text"]) == (False, ((made, DELETED),), "een")


def test_a_single_change_with_an_impossible_value_keeps_its_others() -> None:
    made = ChangeId(1_000_000, "jan")
    values: dict[str, Any] = {DELETED: "misschien", "text": 17, "star": True, "panel": "P", "mood": 3}
    state = fold_row(NOTE, [Change(made, made.stamp, "note", "N", values, {})])
    assert state == RowState(
        {**NOTE.defaults, "star": True, "panel": "P"},
        rejected=((made, DELETED), (made, "text")),
        parents=frozenset({("panel", "P")}),
    )


# Laws, for logs that nobody would write by hand

IDS = st.builds(ChangeId, st.integers(0, 6) | st.just(HIGHEST_STAMP + 1), st.sampled_from(["a", "b", "c"]))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    DELETED: st.booleans() | st.just("x"),
    "text": st.sampled_from(["", "een", "twee", 3, None]),
    "star": st.booleans() | st.just(1),
    "panel": st.sampled_from(["P", "Q", None, 8]),
    "mood": st.sampled_from([1, "1", True, {"a": 1, "b": 2}]),
}
SUPERSEDES = st.dictionaries(st.sampled_from([*VALUES, "other"]), st.lists(IDS, max_size=3).map(tuple), max_size=4)


@st.composite
def _changes(draw: st.DrawFn) -> Change:
    names = draw(st.sets(st.sampled_from(list(VALUES))))
    values = {name: draw(VALUES[name]) for name in sorted(names)}
    made = draw(IDS)
    return Change(made, made.stamp, "note", "N", values, draw(SUPERSEDES))


LOGS = st.lists(_changes(), max_size=8, unique_by=lambda change: change.id)


@given(LOGS, st.randoms(use_true_random=False), st.sets(st.sampled_from(list(VALUES))))
def test_the_fold_is_total_and_does_not_depend_on_order(log: list[Change], random: Any, erased: set[str]) -> None:
    shuffled = log.copy()
    random.shuffle(shuffled)
    state = fold_row(NOTE, log, erased)
    assert state == fold_row(NOTE, shuffled, erased)
    assert set(state.values) == set(tables()["note"].fields)
    assert state.known == any(change.id.stamp <= HIGHEST_STAMP for change in log)
    assert not (state.deleted and state.conflicts)


@given(LOGS)
def test_a_row_that_was_said_once_is_folded_by_the_same_rules(log: list[Change]) -> None:
    """The shortcut that nearly all rows of a merge take, compared with the full fold."""
    for one in log:
        assert fold_row(NOTE, [one]) == fold_readable(NOTE, readable(NOTE, [one]))


@pytest.mark.long
@given(LOGS)
def test_a_choice_is_only_between_changes_that_differ(log: list[Change]) -> None:
    state: RowState = fold_row(NOTE, log)
    known = {change.id for change in log}
    for name, between in state.conflicts.items():
        assert set(between) <= known
        if name != DELETED:
            assert len(between) > 1


@given(LOGS)
def test_a_later_change_that_saw_all_settles_a_field(log: list[Change]) -> None:
    person = Person("z")
    person.log = {change.id: change for change in log}
    seen = [change.id for change in person.readable if "text" in change.values]
    person.append({"text": "gekozen"}, {"text": tuple(seen)})
    assert person.state.values["text"] == "gekozen"
    assert not rivals(NOTE, person.readable, "text")


def test_where_nobody_proposed_anything_nothing_is_proposed() -> None:
    jan = Person("jan")
    jan.set(deleted=False, text="een")
    assert proposed(NOTE, readable(NOTE, jan.log.values()), "text") == ()


def test_a_single_change_of_fields_that_may_be_empty_shows_its_values() -> None:
    jan = Person("jan")
    jan.set(deleted=False, panel="P")
    assert (jan.state.values["panel"], jan.state.parents) == ("P", frozenset({("panel", "P")}))


def test_a_single_change_tells_which_fields_it_gave() -> None:
    jan = Person("jan")
    jan.set(deleted=False, text="een", panel=None, kleur="van een nieuwer programma")
    assert set(jan.state.given or ()) == {"text", "panel"}


def test_who_takes_a_row_away_that_only_they_made_leaves_its_parents() -> None:
    jan = Person("jan")
    jan.set(deleted=False, text="weg", panel="P")
    jan.delete()
    assert (jan.text, jan.state.parents) == (None, frozenset({("panel", "P")}))


def test_a_second_change_that_saw_all_takes_a_row_away_only_if_it_is_a_deletion_that_counts() -> None:
    jan = Person("jan")
    jan.set(text="een")
    jan.set(text="twee")
    assert jan.text == "twee"
    for writer, stamp in (("jan", HIGHEST_STAMP + 1), (f"{SHARED}kopie", 2_000_000)):
        piet = Person("piet")
        piet.set(deleted=False, text="blijft")
        away = piet.delete()
        piet.log[away.id] = replace(away, id=ChangeId(stamp, writer), action=stamp)
        assert piet.text == "blijft"


def test_a_deletion_that_saw_another_text_leaves_the_row() -> None:
    jan = Person("jan")
    made = jan.set(deleted=False, text="blijft")
    other = ChangeId(5, "ander")
    away = jan.append({DELETED: True}, {"text": (other,), DELETED: (other,)})
    assert jan.text == "blijft"
    assert jan.state.conflicts == {DELETED: (made.id, away.id)}


_STAMPS = st.sampled_from((LOWEST_REAL_STAMP - 1, 2_000_000_000_000, 2_000_000_000_001, HIGHEST_STAMP + 1))
_IDS = st.builds(ChangeId, _STAMPS, st.sampled_from(("jan", "piet", f"{SHARED}a", f"{REDACTED}a")))
_VALUES = st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(("goed", "", 17)),
        "panel": st.sampled_from(("P", None)),
        "colour": st.just("rood"),
        DELETED: st.sampled_from((False, True, "misschien")),
    },
)


@given(first=_IDS, second=_IDS, values=_VALUES, seen=st.dictionaries(st.sampled_from(("text", "panel", DELETED)), _IDS))
def test_a_row_that_was_made_and_taken_away_is_what_the_whole_fold_makes_of_it(
    first: ChangeId, second: ChangeId, values: dict[str, Json], seen: dict[str, ChangeId]
) -> None:
    assume(first != second)
    made = Change(first, first.stamp, "note", "N", values, {})
    everything = dict.fromkeys((*values, DELETED), (first,))
    for supersedes in (everything, {**everything, **{name: (old,) for name, old in seen.items()}}, {}):
        away = Change(second, second.stamp, "note", "N", {DELETED: True}, supersedes)
        for changes in ((made,), (made, away), (away, made), (replace(made, supersedes=supersedes), away)):
            assert fold_row(NOTE, changes) == fold_readable(NOTE, readable(NOTE, changes))
