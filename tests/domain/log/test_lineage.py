"""Which changes of a row count after it was sent in a copy, and what a change made in such a copy means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from sto_desktop.domain.log.change import Change, ChangeId
from sto_desktop.domain.log.clock import LOWEST_REAL_STAMP
from sto_desktop.domain.log.fold import fold_row
from sto_desktop.domain.log.lineage import REDACTED, SHARED, counting, is_of_copy, is_proposal, with_lineage
from sto_desktop.domain.record import DELETED, Json
from tests.domain.log.one_row import NOTE


def said(stamp: int, writer: str, *seen: Change, **values: Json) -> Change:
    """Return a change of a note, made when the changes `seen` existed; real stamps start at 1."""
    ids = tuple(change.id for change in seen)
    made = ChangeId(LOWEST_REAL_STAMP + stamp, writer)
    return Change(made, made.stamp, "note", "N", values, dict.fromkeys(values, ids) if ids else {})


TYPED = said(1, "jan", text="Dat zei Kees Visser", star=True)
REPEATED = said(2, f"{SHARED}a", TYPED, star=True)
REPLACED = said(3, f"{REDACTED}a", text="Dat zei iemand")
BUILTIN = replace(said(0, "gids", text="Wat gaat goed?"), id=ChangeId(7, "gids"))


def texts(*changes: Change) -> list[Json]:
    """Return the texts that count, oldest first."""
    counted = counting(sorted(changes, key=lambda change: change.id)).changes
    return [change.values["text"] for change in counted if "text" in change.values]


def proposals(*changes: Change) -> list[Json]:
    """Return the texts of unanswered proposals."""
    return [change.values["text"] for change in counting(changes).proposals.get("text", ())]


def test_only_the_two_writers_of_a_copy_are_the_copy_itself() -> None:
    assert [is_of_copy(change.id) for change in (TYPED, REPEATED, REPLACED)] == [False, True, True]


def test_a_change_is_a_proposal_for_a_field_that_the_copy_redacted_and_for_no_other() -> None:
    edit = said(4, "piet", REPLACED, text="Dat zei iemand anders")
    assert is_proposal(edit, "text")
    assert not is_proposal(edit, "star")
    assert not is_proposal(replace(REPLACED, id=ChangeId(9, f"{REDACTED}b"), supersedes=edit.supersedes), "text")


def test_a_row_that_never_went_out_counts_as_it_is() -> None:
    changes = (BUILTIN, TYPED, said(4, "piet", TYPED, text="Beter"))
    counted = counting(changes)
    assert counted.changes is changes
    assert not counted.proposals
    seen = {"text": (TYPED.id,)}
    assert with_lineage(changes, seen) is seen


def test_values_of_a_copy_never_count_beside_the_original_and_all_else_of_its_changes_stays() -> None:
    counted = counting((TYPED, REPEATED, REPLACED))
    assert counted.changes == (TYPED, replace(REPEATED, values={}), replace(REPLACED, values={}))
    assert not counted.proposals


def test_the_original_of_one_field_says_nothing_of_another() -> None:
    only_star = replace(TYPED, values={"star": True})
    counted = counting((only_star, REPEATED, REPLACED))
    assert counted.changes == (only_star, replace(REPEATED, values={}), REPLACED)


def test_a_text_edited_from_a_redacted_one_waits_for_an_answer_beside_the_original() -> None:
    edit = said(4, "piet", REPLACED, text="Dat zei iemand anders")
    assert texts(TYPED, REPLACED, edit) == ["Dat zei Kees Visser"]
    assert proposals(TYPED, REPLACED, edit) == ["Dat zei iemand anders"]


def test_two_proposals_wait_until_each_is_answered() -> None:
    first = said(4, "piet", REPLACED, text="Van Piet")
    second = said(5, "anna", REPLACED, text="Van Anna")
    assert proposals(TYPED, REPLACED, first, second) == ["Van Piet", "Van Anna"]
    answer = said(6, "jan", TYPED, first, text="Dat zei Kees Visser")
    assert proposals(TYPED, REPLACED, first, second, answer) == ["Van Anna"]


def test_an_answer_about_another_field_answers_nothing() -> None:
    edit = said(4, "piet", REPLACED, text="Van Piet")
    answer = replace(said(5, "jan", TYPED, text="Beter"), supersedes={"star": (edit.id,)})
    assert proposals(TYPED, REPLACED, edit, answer) == ["Van Piet"]


def test_nobody_answers_a_later_proposal_or_their_own() -> None:
    edit = said(4, "piet", REPLACED, text="Van Piet")
    own = replace(edit, supersedes={"text": (REPLACED.id, edit.id)})
    assert proposals(TYPED, REPLACED, own) == ["Van Piet"]
    early = replace(TYPED, supersedes={"text": (edit.id,)})
    assert proposals(early, REPLACED, edit) == ["Van Piet"]


def test_proposals_of_two_fields_are_kept_apart() -> None:
    typed = replace(TYPED, values={"text": "Kees", "heading": "Kees"})
    redacted = said(3, f"{REDACTED}a", text="iemand", heading="iemand")
    edit = said(4, "piet", redacted, text="nieuw")
    other = said(5, "anna", redacted, heading="kop")
    assert counting((typed, redacted, edit, other)).proposals == {"text": (edit,), "heading": (other,)}


def test_of_several_copies_without_the_original_the_last_counts_with_the_edits_of_it() -> None:
    later = said(5, f"{REDACTED}b", text="Dat zei een panellid")
    edit = said(6, "piet", later, text="Dat zei een panellid ook")
    assert texts(REPLACED, later) == ["Dat zei een panellid"]
    assert texts(REPLACED, later, edit) == ["Dat zei een panellid", "Dat zei een panellid ook"]
    assert not proposals(REPLACED, later, edit)


def test_an_edit_whose_copy_is_not_here_counts() -> None:
    edit = said(6, "piet", REPLACED, text="Dat zei iemand anders")
    assert texts(edit) == ["Dat zei iemand anders"]
    assert texts(BUILTIN, edit) == ["Wat gaat goed?", "Dat zei iemand anders"]


def test_a_copy_counts_above_the_builtin_guide_and_below_the_original() -> None:
    shared = said(2, f"{SHARED}a", text="Wat gaat er goed?")
    assert texts(BUILTIN, shared) == ["Wat gaat er goed?"]
    assert texts(BUILTIN, shared, said(1, "jan", text="Wat ging goed?")) == ["Wat gaat goed?", "Wat ging goed?"]
    # The first stamp that a person can get.
    assert texts(BUILTIN, shared, said(0, "jan", text="Wat ging goed?")) == ["Wat gaat goed?", "Wat ging goed?"]


def test_what_a_note_is_does_not_depend_on_the_order_in_which_copies_and_edits_come_in() -> None:
    edit = said(4, "piet", REPLACED, text="Dat zei iemand anders")
    changes = (replace(TYPED, values={**TYPED.values, DELETED: False}), REPEATED, REPLACED, edit)
    (state,) = {str(fold_row(NOTE, order)): fold_row(NOTE, order) for order in permutations(changes)}.values()
    assert state.values["text"] == "Dat zei Kees Visser"
    assert state.proposed == {"text"}
    assert state.conflicts == {"text": (TYPED.id, edit.id)}


# What a new change supersedes


def seen_by(changes: Sequence[Change], *seen: Change, name: str = "text") -> set[ChangeId]:
    """Return what a change supersedes that saw `seen`."""
    lineage = with_lineage(changes, {name: tuple(change.id for change in seen)})
    assert list(lineage) == [name]
    assert list(lineage[name]) == sorted(set(lineage[name]))
    return set(lineage[name])


def test_an_edit_of_a_repeated_value_stands_for_one_of_the_original() -> None:
    assert seen_by([REPEATED], REPEATED, name="star") == {REPEATED.id, TYPED.id}
    # The row was sent, but this value of it was never in the copy.
    assert seen_by([TYPED, REPLACED], TYPED) == {TYPED.id}


def test_an_edit_of_a_repeated_value_says_nothing_of_other_fields() -> None:
    assert seen_by([REPEATED], REPEATED, name="text") == {REPEATED.id}


def test_an_edit_of_a_redacted_value_stands_for_the_redaction_only_and_so_does_the_edit_of_that_edit() -> None:
    assert seen_by([REPLACED], REPLACED) == {REPLACED.id}
    edit = said(4, "piet", REPLACED, text="Van Piet")
    assert seen_by([REPLACED, edit], edit) == {REPLACED.id, edit.id}
    again = said(5, "piet", REPLACED, edit, text="Weer van Piet")
    assert seen_by([REPLACED, edit, again], again) == {REPLACED.id, again.id}
    assert seen_by([REPLACED, edit, again], REPLACED, again) == {REPLACED.id, again.id}


def test_who_saw_the_original_and_the_proposal_chooses() -> None:
    edit = said(4, "piet", REPLACED, text="Van Piet")
    chosen = seen_by([TYPED, REPLACED, edit], TYPED, edit)
    assert chosen == {TYPED.id, edit.id}


def test_a_change_that_is_not_here_is_still_superseded() -> None:
    unknown = said(9, "ver", text="elders")
    assert seen_by([REPLACED], REPLACED, unknown) == {REPLACED.id, unknown.id}
