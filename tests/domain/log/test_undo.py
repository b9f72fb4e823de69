from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.log.change import ActionRecord, Change, ChangeId
from sto_desktop.domain.log.undo import PASTED, Reversal, UndoStack, reverse
from sto_desktop.domain.record import DELETED
from tests.domain.log.one_row import Person


def _made(text: str = "een") -> tuple[Person, Change]:
    jan = Person("jan")
    return jan, jan.set(deleted=False, text=text)


def test_undo_puts_the_old_value_back() -> None:
    jan, _ = _made("een")
    jan.undo(jan.set(text="twee"))
    assert jan.text == "een"


def test_undo_of_a_first_value_puts_the_default_back() -> None:
    jan, _ = _made()
    jan.undo(jan.set(star=True))
    assert jan.state.values["star"] is False


def test_undo_after_undo_goes_on_to_the_action_before() -> None:
    jan, made = _made("een")
    two, three = jan.set(text="twee"), jan.set(text="drie")
    jan.undo(three)
    jan.undo(two)
    assert jan.text == "een"
    jan.undo(made)
    assert jan.text is None


def test_redo_goes_forward_again() -> None:
    jan, made = _made("een")
    two = jan.set(text="twee")
    undone = [jan.undo(change) for change in (two, made)]
    assert jan.text is None
    redone = [jan.undo(change) for change in reversed(undone)]
    assert jan.text == "twee"
    for change in reversed(redone):
        jan.undo(change)
    assert jan.text is None


def test_a_deletion_that_is_redone_after_other_undoing_still_deletes() -> None:
    jan, _ = _made("een")
    two = jan.set(text="twee")
    deletion = jan.delete()
    restored = jan.undo(deletion)
    back = jan.undo(two)
    jan.undo(back)
    assert jan.text == "twee"
    jan.undo(restored)
    assert jan.text is None


def test_undo_of_an_edit_that_was_undone_leaves_the_making_undoable() -> None:
    jan, made = _made("een")
    jan.undo(jan.set(star=True))
    jan.undo(jan.set(text="twee"))
    jan.undo(made)
    assert jan.text is None


def test_what_a_colleague_changed_since_is_left_and_said() -> None:
    jan, _ = _made("een")
    two = jan.set(text="twee", star=True)
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.set(text="van Piet")
    jan.merge(piet)
    plan = jan.reverse(two)
    assert plan is not None
    assert plan.left == ("text",)
    jan.undo(two)
    assert jan.text == "van Piet"
    assert jan.state.values["star"] is False


def test_undo_of_making_a_row_that_a_colleague_edited_here_leaves_it() -> None:
    jan, made = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.set(star=True)
    jan.merge(piet)
    plan = jan.reverse(made)
    assert plan is not None
    assert not plan.values
    assert "star" in plan.left
    jan.undo(made)
    assert jan.text == "een"
    assert not jan.state.conflicts


def test_undo_of_making_a_row_keeps_it_for_an_edit_that_merges_later() -> None:
    jan, made = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.set(text="van Piet")
    jan.undo(made)
    assert jan.text is None
    jan.merge(piet)
    assert jan.text == "van Piet"
    assert set(jan.state.conflicts) == {DELETED}


def test_undo_of_making_what_a_colleague_made_too_leaves_theirs() -> None:
    jan, made = _made("een")
    piet = jan.colleague("piet")
    piet.set(deleted=False, text="een")
    jan.merge(piet)
    assert jan.reverse(made) is not None
    jan.undo(made)
    assert jan.text == "een"


def test_undo_on_a_row_that_was_taken_away_since_leaves_it_away() -> None:
    jan, _ = _made("een")
    two = jan.set(text="twee")
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.delete()
    jan.merge(piet)
    jan.undo(two)
    assert jan.text is None


def test_redo_on_a_row_that_was_taken_away_since_leaves_it_away() -> None:
    jan, _ = _made("een")
    undone = jan.undo(jan.set(text="twee"))
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.delete()
    jan.merge(piet)
    assert jan.reverse(undone) == Reversal("note", "N", left=("text",))


def test_undo_of_deleting_brings_back_the_row_with_its_conflicts() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    jan.set(text="van Jan")
    piet.set(text="van Piet")
    jan.merge(piet)
    jan.undo(jan.delete())
    assert jan.text == "van Piet"
    assert set(jan.state.conflicts) == {"text"}


def test_undo_of_an_edit_that_rivals_a_colleagues_shows_theirs() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.set(text="van Piet")
    mine = jan.set(text="van Jan")
    jan.merge(piet)
    undone = jan.undo(mine)
    assert jan.text == "van Piet"
    assert not jan.state.conflicts
    jan.undo(undone)
    assert jan.text == "van Jan"
    assert set(jan.state.conflicts) == {"text"}


def test_undo_of_deleting_what_a_colleague_deleted_too_leaves_it_away() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.delete()
    mine = jan.delete()
    jan.merge(piet)
    plan = jan.reverse(mine)
    assert plan is not None
    assert plan.left == (DELETED,)
    jan.undo(mine)
    assert jan.text is None


def test_a_link_that_was_made_again_goes_away_again() -> None:
    jan, _ = _made("een")
    jan.delete()
    again = jan.set(deleted=False, star=True)
    assert jan.text == "een"
    undone = jan.undo(again)
    assert jan.text is None
    jan.undo(undone)
    assert jan.text == "een"
    assert jan.state.values["star"] is True


def test_an_action_of_several_changes_of_one_row_is_undone_as_one() -> None:
    jan, _ = _made("een")
    two = jan.set(text="twee")
    three = jan.set(text="drie")
    together = [Change(item.id, two.id.stamp, "note", "N", item.values, item.supersedes) for item in (two, three)]
    jan.log.update({change.id: change for change in together})
    (plan,) = reverse(together, lambda table, row: jan.log.values(), jan.reversed.get)
    assert plan.values == {"text": "een"}


def test_undo_of_a_choice_brings_the_conflict_back() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    jan.set(text="van Jan")
    piet.set(text="van Piet")
    jan.merge(piet)
    chosen = jan.undo(jan.set(text="van Jan"))
    assert jan.text == "van Piet"
    assert set(jan.state.conflicts) == {"text"}
    jan.undo(chosen)
    assert jan.text == "van Jan"
    assert not jan.state.conflicts


def test_undo_of_an_edit_that_kept_a_deleted_row_takes_it_away_again() -> None:
    jan, _ = _made("een")
    jan.delete()
    edit = jan.set(text="toch niet")
    assert jan.text == "toch niet"
    undone = jan.undo(edit)
    assert jan.text is None
    jan.undo(undone)
    assert jan.text == "toch niet"
    assert set(jan.state.conflicts) == {DELETED}


def test_undo_of_deleting_again_brings_the_choice_back() -> None:
    jan, _ = _made("een")
    jan.delete()
    jan.set(text="toch niet")
    undone = jan.undo(jan.delete())
    assert jan.text == "toch niet"
    assert set(jan.state.conflicts) == {DELETED}
    jan.undo(undone)
    assert jan.text is None


def _two_wrote(jans: str, piets: str) -> tuple[Person, Person]:
    """Return two people who both have a note for which each wrote a text; Piet's is the later one."""
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    jan.set(text=jans)
    piet.set(text=piets)
    jan.merge(piet)
    piet.merge(jan)
    return jan, piet


def test_a_choice_can_be_undone_and_redone_again_and_again() -> None:
    jan, _ = _two_wrote("van Jan", "van Piet")
    made = jan.set(text="van Jan")
    for _ in range(3):
        made = jan.undo(made)
        assert (jan.text, set(jan.state.conflicts)) == ("van Piet", {"text"})
        made = jan.undo(made)
        assert (jan.text, set(jan.state.conflicts)) == ("van Jan", set())


def test_an_edit_from_before_a_choice_that_was_redone_is_left() -> None:
    jan, _ = _two_wrote("van Jan", "van Piet")
    edit = next(change for change in jan.log.values() if change.values.get("text") == "van Jan")
    jan.undo(jan.undo(jan.set(text="van Jan")))
    plan = jan.reverse(edit)
    assert plan is not None
    assert (dict(plan.values), plan.left) == ({}, ("text",))


def test_undo_of_making_what_two_wrote_alike_leaves_it() -> None:
    jan, _ = _two_wrote("zelfde", "zelfde")
    made = next(iter(jan.log.values()))
    jan.undo(jan.set(text="anders"))
    assert jan.reverse(made) == Reversal("note", "N", left=("text",))


def test_undo_of_making_a_row_says_that_it_is_away_and_what_it_saw() -> None:
    jan, made = _made("een")
    edit = jan.set(text="twee")
    undone = jan.undo(edit)
    seen = {DELETED: (made.id,), "text": (undone.id,)}
    assert jan.reverse(made) == Reversal("note", "N", {DELETED: True}, seen)


def test_a_value_that_saw_nothing_can_be_undone_and_redone() -> None:
    jan, made = _made("een")
    star = jan.append({"star": True}, {})
    for _ in range(2):
        star = jan.undo(star)
        assert jan.state.values["star"] is False
        star = jan.undo(star)
        assert jan.state.values["star"] is True
    jan.undo(star)
    jan.undo(made)
    assert jan.text is None


def test_undo_of_a_rival_shows_the_other_also_if_that_was_undone_and_redone() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    jan.undo(jan.undo(jan.set(text="van Jan")))
    rival = piet.set(text="van Piet")
    jan.merge(piet)
    jan.undo(jan.set(text="gekozen"))
    jan.undo(rival)
    assert jan.text == "van Jan"
    assert not jan.state.conflicts


def test_redo_of_an_edit_is_no_conflict_with_what_a_colleague_undid_meanwhile() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    edit = piet.set(text="van Piet")
    jan.undo(jan.set(text="van Jan"))
    undone = piet.undo(edit)
    piet.merge(jan)
    piet.undo(piet.set(text="nog iets"))
    assert piet.text == "een"
    piet.undo(undone)
    assert piet.text == "van Piet"
    assert not piet.state.conflicts


def test_each_row_is_taken_back_from_its_own_changes() -> None:
    rows: dict[tuple[str, str], list[Change]] = {}
    for stamp, (table, row, name) in enumerate(
        (("note", "A", "text"), ("note", "B", "text"), ("panel", "A", "title")), 1
    ):
        before = Change(ChangeId(10 * stamp, "jan"), 10 * stamp, table, row, {name: f"eerst {stamp}"}, {})
        after = Change(ChangeId(100 + stamp, "jan"), 100, table, row, {name: "nu"}, {name: (before.id,)})
        rows[table, row] = [before, after]
    reversal = reverse((after for _, after in rows.values()), lambda table, row: rows[table, row], lambda _made: None)
    assert [(item.table, item.row, *item.values.values()) for item in reversal] == [
        ("note", "A", "eerst 1"),
        ("note", "B", "eerst 2"),
        ("panel", "A", "eerst 3"),
    ]


def test_a_change_that_says_it_superseded_itself_ends() -> None:
    jan, made = _made("een")
    two = jan.set(text="twee")
    undo = jan.undo(two)
    jan.log[undo.id] = replace(undo, supersedes={"text": (*undo.supersedes["text"], undo.id)})
    # The reversed action is not here, as after a partial merge.
    del jan.log[two.id]
    plan = jan.reverse(made)
    assert plan is not None
    assert "text" in plan.left


def test_what_an_undone_edit_kept_stays_if_a_part_of_it_can_not_be_undone() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.delete()
    # A field of a newer program has no value to restore.
    edit = jan.set(text="twee", mood="blij")
    jan.merge(piet)
    plan = jan.reverse(edit)
    assert plan is not None
    assert (plan.values, plan.left) == ({"text": "een"}, ("mood",))


def test_undo_of_choosing_what_is_shown_brings_the_conflict_back() -> None:
    jan, _ = _two_wrote("van Jan", "van Piet")
    jan.undo(jan.set(text="van Piet"))
    assert (jan.text, set(jan.state.conflicts)) == ("van Piet", {"text"})


def test_undo_of_a_choice_between_three_brings_all_three_back() -> None:
    jan, piet = _two_wrote("van Jan", "van Piet")
    anna = piet.colleague("anna")
    for person in (jan, piet):
        anna.merge(person)
    first = next(iter(anna.log))
    anna.append({"text": "van Anna"}, {"text": (first,)})
    jan.merge(anna)
    plan = jan.reverse(jan.set(text="van Jan"))
    assert plan is not None
    assert plan.values == {"text": "van Anna"}
    assert plan.rivals == ({"text": "van Jan"}, {"text": "van Piet"})


@pytest.mark.parametrize(("jans", "piets"), [("", "van Piet"), ("van Jan", "")])
def test_an_empty_text_is_a_rival_like_any(jans: str, piets: str) -> None:
    jan, _ = _two_wrote(jans, piets)
    plan = jan.reverse(jan.set(text="gekozen"))
    assert plan is not None
    assert (plan.values, plan.rivals) == ({"text": piets}, ({"text": jans},))


def test_what_two_wrote_alike_is_no_conflict_to_bring_back() -> None:
    jan, _ = _two_wrote("zelfde", "zelfde")
    plan = jan.reverse(jan.set(text="anders"))
    assert plan is not None
    assert (plan.values, plan.rivals) == ({"text": "zelfde"}, ())


def test_one_moment_written_in_two_ways_is_no_conflict_to_bring_back() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    jan.set(captured_at="2026-01-05T10:00:00+01:00")
    piet.set(captured_at="2026-01-05T09:00:00+00:00")
    jan.merge(piet)
    plan = jan.reverse(jan.set(captured_at="2026-01-05T12:00:00+00:00"))
    assert plan is not None
    assert (plan.values, plan.rivals) == ({"captured_at": "2026-01-05T09:00:00+00:00"}, ())


def test_undo_of_an_edit_that_did_not_see_one_rival_leaves_that_one_as_it_stands() -> None:
    jan, piet = _two_wrote("van Jan", "van Piet")
    piets = max(piet.log)
    edit = jan.append({"text": "weer van Jan"}, {"text": (piets,)})
    plan = jan.reverse(edit)
    assert plan is not None
    assert (plan.values, plan.rivals) == ({"text": "van Piet"}, ())
    jan.undo(edit)
    assert (jan.text, set(jan.state.conflicts)) == ("van Piet", {"text"})


def test_undo_of_an_edit_that_saw_only_its_own_earlier_one_shows_the_colleagues() -> None:
    jan, _ = _two_wrote("van Jan", "van Piet")
    jans = next(change.id for change in jan.log.values() if change.values.get("text") == "van Jan")
    jan.undo(jan.append({"text": "van Jan"}, {"text": (jans,)}))
    assert (jan.text, set(jan.state.conflicts)) == ("van Piet", {"text"})


def test_an_edit_to_the_same_value_has_nothing_to_put_back() -> None:
    jan, _ = _made("een")
    plan = jan.reverse(jan.set(text="een"))
    assert plan is not None
    assert (dict(plan.values), plan.left) == ({}, ("text",))


def test_undo_of_a_first_text_empties_it() -> None:
    jan = Person("jan")
    jan.set(deleted=False, star=True)
    jan.undo(jan.set(text="een"))
    assert jan.text == ""
    assert not jan.state.rejected


def test_undo_of_deleting_a_row_that_was_never_made_brings_it_back() -> None:
    jan = Person("jan")
    jan.set(text="los")
    undone = jan.undo(jan.delete())
    assert jan.text == "los"
    assert not jan.state.rejected
    jan.undo(undone)
    assert jan.text is None


def test_what_is_taken_away_since_is_told_as_left() -> None:
    jan, _ = _made("een")
    edit = jan.set(text="twee", star=True)
    jan.delete()
    assert jan.reverse(edit) == Reversal("note", "N", left=("text", "star"))


def test_an_impossible_value_is_neither_put_back_nor_counted() -> None:
    jan, _ = _made("een")
    jan.set(text=17)
    plan = jan.reverse(jan.set(text="twee"))
    assert plan is not None
    assert plan.values == {"text": "een"}
    wrong = jan.set(text=18, star=True)
    jan.undo(wrong)
    assert (jan.text, jan.state.values["star"]) == ("twee", False)


def test_changes_that_are_not_here_are_passed_over() -> None:
    jan, made = _made("een")
    elsewhere = ChangeId(5, "elders")
    edit = jan.append({"text": "twee"}, {"text": (elsewhere, made.id)})
    again = jan.undo(jan.undo(edit))
    assert jan.text == "twee"
    jan.undo(again)
    assert jan.text == "een"
    jan.undo(made)
    assert jan.text is None


def test_an_action_that_changed_two_fields_one_by_one_is_undone_as_one() -> None:
    jan, _ = _made("een")
    text = jan.set(text="twee")
    star = jan.append({"star": True}, {}, action=text.action)
    (plan,) = reverse([star, text], lambda table, row: jan.log.values(), jan.reversed.get)
    assert (plan.table, plan.row, plan.left) == ("note", "N", ())
    assert plan.values == {"text": "een", "star": False}


def test_undo_in_a_table_of_a_newer_program_puts_back_what_was_said() -> None:
    def said(stamp: int, values: dict[str, Any], *seen: int) -> Change:
        ids = tuple(ChangeId(old, "jan") for old in seen)
        return Change(ChangeId(stamp, "jan"), stamp, "mood", "M", values, dict.fromkeys(values, ids))

    log = [said(70_001, {DELETED: False, "colour": "rood"}), said(70_002, {"colour": "blauw"}, 70_001)]
    (plan,) = reverse(log[1:], lambda table, row: log, lambda action: None)
    assert (plan.table, plan.row, plan.values) == ("mood", "M", {"colour": "rood"})
    first = said(70_003, {"size": 3})
    (plan,) = reverse([first], lambda table, row: [*log, first], lambda action: None)
    assert (plan.values, plan.left) == ({}, ("size",))


def test_undo_of_an_edit_that_kept_what_was_emptied_and_deleted_at_once_takes_it_away() -> None:
    jan, made = _made("een")
    jan.append({DELETED: True, "text": ""}, dict.fromkeys((DELETED, "text", "star"), (made.id,)))
    assert jan.text is None
    edit = jan.set(text="toch niet")
    assert jan.text == "toch niet"
    jan.undo(edit)
    assert jan.text is None


def test_an_edit_that_was_undone_does_not_keep_what_was_deleted_beside_it() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.delete()
    jan.undo(jan.set(star=True))
    jan.merge(piet)
    jan.undo(jan.set(text="toch niet"))
    assert jan.text is None


def test_nor_does_one_of_the_same_field() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.delete()
    jan.undo(jan.set(text="twee"))
    jan.merge(piet)
    assert jan.text == "een"
    jan.undo(jan.set(text="toch niet"))
    assert jan.text is None


@pytest.mark.parametrize(("before", "now"), [(None, "van Piet"), ("van Piet", "")])
def test_undo_of_making_a_row_keeps_what_a_colleague_put_back_in_it(before: str | None, now: str) -> None:
    jan = Person("jan")
    made = jan.set(deleted=False, star=True)
    piet = jan.colleague("piet")
    seen = () if before is None else (piet.append({"text": before}, {}).id,)
    undone = piet.append({"text": now}, {"text": seen})
    # The action that it undid is not here.
    piet.reversed[undone.made_in] = ChangeId(5, "elders")
    jan.merge(piet)
    plan = jan.reverse(made)
    assert plan is not None
    assert plan.left == ("text",)
    jan.undo(made)
    assert jan.text == now


def test_an_edit_that_was_redone_keeps_what_was_deleted_beside_it() -> None:
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    piet.delete()
    jan.undo(jan.undo(jan.set(star=True)))
    jan.merge(piet)
    jan.undo(jan.set(text="toch niet"))
    assert jan.text == "een"


def test_an_action_that_says_that_it_undoes_itself_ends() -> None:
    jan, _ = _made("een")
    edit = jan.set(text="twee")
    jan.reversed[edit.made_in] = edit.made_in
    jan.undo(edit)
    deletion = jan.delete()
    plan = jan.reverse(edit)
    assert plan is not None
    assert plan.left == ("text",)
    jan.undo(deletion)
    assert jan.text == "een"


def _deleted_by_two() -> Person:
    """Return a person with a note: one deletion saw its edit, another its star."""
    jan, _ = _made("een")
    piet = jan.colleague("piet")
    piet.merge(jan)
    jan.set(text="van Jan")
    piet.set(star=True)
    jan.delete()
    piet.delete()
    jan.merge(piet)
    assert jan.text is None
    return jan


def test_undo_of_restoring_what_two_took_away_together_takes_it_away_again() -> None:
    jan = _deleted_by_two()
    undone = jan.undo(jan.set(deleted=False))
    assert jan.text is None
    jan.undo(undone)
    assert jan.text == "van Jan"


def _restored_and_deleted() -> Person:
    """Return a person with a note that one person restored while another deleted it again; so it stays."""
    jan, _ = _made("een")
    jan.delete()
    piet = jan.colleague("piet")
    piet.merge(jan)
    jan.set(deleted=False)
    piet.delete()
    jan.merge(piet)
    assert jan.text == "een"
    assert set(jan.state.conflicts) == {DELETED}
    return jan


def test_undo_of_deleting_what_one_restored_and_another_deleted_brings_it_back() -> None:
    jan = _restored_and_deleted()
    jan.undo(jan.delete())
    assert jan.text == "een"


def test_undo_of_keeping_what_one_restored_and_another_deleted_never_takes_it_away() -> None:
    jan = _restored_and_deleted()
    jan.undo(jan.set(deleted=False))
    assert jan.text == "een"


def test_a_field_of_a_newer_program_without_an_older_value_is_left() -> None:
    jan, _ = _made()
    mood = jan.set(mood="blij")
    plan = jan.reverse(mood)
    assert plan is not None
    assert plan.left == ("mood",)


ACTS = ("text", "star", "delete", "settle")
STEPS = st.lists(st.sampled_from([*ACTS, "undo", "redo", "colleague", "merge"]), max_size=14)


def _act(person: Person, step: str, number: int) -> Change:
    if step == "settle" and "text" in person.state.conflicts:
        return person.set(text=person.text)
    if step in ("text", "settle"):
        return person.set(text=str(number))
    return person.set(star=not person.state.values["star"]) if step == "star" else person.delete()


def _shown(person: Person) -> tuple[Mapping[str, Any], bool, set[str]]:
    state = person.state
    return state.values, state.deleted, set(state.conflicts)


@given(STEPS)
def test_undoing_all_and_redoing_all_changes_nothing_and_each_step_shows_what_was_before(steps: list[str]) -> None:
    jan = Person("jan")
    done, undone = [jan.set(deleted=False, text="0")], list[Change]()
    piet = jan.colleague("piet")
    piet.merge(jan)
    for number, step in enumerate(steps, 1):
        before = _shown(jan)
        if step == "undo" and done:
            undone.append(jan.undo(done.pop()))
        elif step == "redo" and undone:
            done.append(jan.undo(undone.pop()))
        elif step == "colleague":
            piet.set(text=f"van Piet {number}")
        elif step == "merge":
            jan.merge(piet)
            piet.merge(jan)
        elif step in ACTS:
            done.append(_act(jan, step, number))
            undone.clear()
            after = _shown(jan)
            jan.undo(jan.undo(done[-1]))
            assert _shown(jan) == after
            done[-1] = jan.undo(max(jan.log.values(), key=lambda change: change.id))
            assert _shown(jan)[1:] == before[1:]
            assert before[1] or _shown(jan) == before
            done[-1] = jan.undo(done[-1])
            assert _shown(jan) == after
    at_last = _shown(jan)
    trail = [jan.undo(change) for change in reversed(done)]
    for change in reversed(trail):
        jan.undo(change)
    assert _shown(jan) == at_last


def _record(stamp: int, label: str, reverses: int | None = None) -> ActionRecord:
    return ActionRecord(ChangeId(stamp, "w"), label, "", ChangeId(reverses, "w") if reverses else None)


def test_the_stack_names_what_would_be_undone_and_redone() -> None:
    stack = UndoStack()
    assert stack.to_undo() is None
    for stamp, label in ((1, "een"), (2, "twee")):
        stack.record(_record(stamp, label))
    assert stack.to_undo() == _record(2, "twee")
    stack.record(_record(3, "twee", 2))
    assert stack.to_undo() == _record(1, "een")
    assert stack.to_redo() == _record(3, "twee", 2)
    stack.record(_record(4, "twee", 3))
    assert stack.to_undo() == _record(4, "twee", 3)
    assert stack.to_redo() is None


def test_a_new_action_ends_what_could_be_redone() -> None:
    stack = UndoStack()
    stack.record(_record(1, "een"))
    stack.record(_record(2, "een", 1))
    stack.record(_record(3, "drie"))
    assert stack.to_redo() is None


def test_bookkeeping_is_passed_over() -> None:
    stack = UndoStack()
    stack.record(_record(1, "een"))
    stack.record(_record(2, ""))
    assert stack.to_undo() == _record(1, "een")


def test_what_is_undone_out_of_turn_leaves_the_others_in_their_order() -> None:
    stack = UndoStack()
    for stamp in (1, 2, 3):
        stack.record(_record(stamp, str(stamp)))
    stack.record(_record(4, "1", 1))
    assert (stack.to_undo(), stack.to_redo()) == (_record(3, "3"), _record(4, "1", 1))
    stack.record(_record(5, "3", 3))
    stack.record(_record(6, "2", 2))
    assert stack.to_undo() is None
    stack.record(_record(7, "1", 4))
    assert (stack.to_undo(), stack.to_redo()) == (_record(7, "1", 4), _record(6, "2", 2))


@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_any_action_can_be_undone_out_of_turn(place: int) -> None:
    stack = UndoStack()
    for stamp in (1, 2, 3, 4):
        stack.record(_record(stamp, str(stamp)))
    stack.record(_record(5, str(place), place))
    assert stack.to_undo() == _record(3 if place == 4 else 4, "3" if place == 4 else "4")
    stack.record(_record(6, str(place), 5))
    assert (stack.to_undo(), stack.to_redo()) == (_record(6, str(place), 5), None)
    for stamp in (4, 3, 2, 1):
        if stamp != place:
            stack.record(_record(10 - stamp, str(stamp), stamp))
    assert stack.to_undo() == _record(6, str(place), 5)
    stack.record(_record(20, str(place), 6))
    assert stack.to_undo() is None


def test_what_an_earlier_session_did_can_be_redone_once_undone() -> None:
    stack = UndoStack()
    stack.record(_record(5, "een", 1))
    assert (stack.to_undo(), stack.to_redo()) == (None, _record(5, "een", 1))


# Steps that are written in several actions


def _part(stamp: int, at: str, label: str = PASTED, reverses: int | None = None) -> ActionRecord:
    return ActionRecord(ChangeId(stamp, "w"), label, at, ChangeId(reverses, "w") if reverses else None)


def test_a_step_without_parts_is_its_last_action() -> None:
    stack = UndoStack()
    assert stack.step_to_undo() == stack.step_to_redo() == []
    for stamp in (1, 2):
        stack.record(_part(stamp, "2023-03-16T16:00", "label"))
    assert stack.step_to_undo() == [_part(2, "2023-03-16T16:00", "label")]


def test_the_parts_of_one_moment_are_one_step_also_with_something_between_them() -> None:
    stack, early, late = UndoStack(), "2023-03-16T16:00", "2023-03-16T16:05"
    for made in (_part(1, early), _part(2, late), _part(3, late, "notitie"), _part(4, late)):
        stack.record(made)
    assert stack.step_to_undo() == [_part(4, late), _part(2, late)]
    for stamp, reverses in ((5, 4), (6, 2)):
        stack.record(_part(stamp, late, PASTED, reverses))
    assert stack.step_to_redo() == [_part(6, late, PASTED, 2), _part(5, late, PASTED, 4)]
    # What was done between the parts is the next step, and stands before the paste of another moment.
    assert stack.step_to_undo() == [_part(3, late, "notitie")]


def test_undo_of_a_row_that_only_its_action_wrote_names_the_row_and_what_it_saw() -> None:
    jan, made = _made("een")
    seen = {DELETED: (made.id,), "text": (made.id,)}
    assert jan.reverse(made) == Reversal("note", "N", {DELETED: True}, seen)


def test_undo_of_the_only_change_of_a_row_that_was_not_made_here_keeps_the_row() -> None:
    jan = Person("jan")
    edit = jan.set(text="een")
    assert jan.reverse(edit) == Reversal("note", "N", {"text": ""}, {"text": (edit.id,)})
    piet = Person("piet")
    gone = piet.append({DELETED: True}, {})
    plan = piet.reverse(gone)
    assert plan is not None
    assert plan.values == {DELETED: False}
