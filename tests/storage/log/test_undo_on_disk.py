"""Undo and redo with their labels, for this person here, in any window and after a crash."""

from datetime import timedelta
from pathlib import Path

import pytest

from sto_desktop.domain.log.change import Erasure, action, change, create, put
from sto_desktop.storage.working.dossier import Undone
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, assert_sound, deleted, edited, note, tables_of, text_of


def test_undo_and_redo_name_the_action_and_go_all_the_way(copy: WorkingCopy) -> None:
    dossier = copy.dossier
    empty = tables_of(dossier)
    dossier.apply(note("een", "N"))
    dossier.apply(edited("N", text="twee"))
    dossier.apply(deleted("N"))
    full = tables_of(dossier)
    names = []
    while dossier.undo_label() != "panel toevoegen":
        undone = dossier.undo()
        assert undone is not None
        names.append(undone.label)
    assert names == ["verwijderen", "notitie wijzigen", "notitie toevoegen"]
    assert text_of(dossier, "N") is None
    assert {row for row in tables_of(dossier) if row[0] != "note"} == {row for row in empty if row[0] != "note"}
    while dossier.redo_label():
        dossier.redo()
    assert tables_of(dossier) == full
    assert dossier.redo() is None
    assert_sound(dossier)


def test_there_is_nothing_to_undo_in_a_dossier_that_was_just_opened(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.close()
    again = jan.open(path)
    assert again.dossier.undo_label() is None
    assert again.dossier.undo() is None
    again.close()


def test_undo_is_of_this_person_and_leaves_what_a_colleague_did(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.apply(edited("N", text="twee", star=True))
    copy.publish()
    other = piet.open(path)
    other.dossier.apply(edited("N", text="van Piet"))
    other.dossier.apply(note("ook van Piet", "M"))
    other.close()
    copy.take_in_published()
    assert copy.dossier.undo() == Undone("notitie wijzigen", (("note", "N"),))
    found = copy.dossier.read.notes.get("N")
    assert found is not None
    assert (found.text, found.note.star) == ("van Piet", False)
    assert copy.dossier.undo() == Undone("notitie toevoegen", (("note", "N"),))
    assert text_of(copy.dossier, "N") == "van Piet"
    assert text_of(copy.dossier, "M") == "ook van Piet"
    assert copy.dossier.undo_label() == "panel toevoegen"


def test_a_note_that_was_undone_stays_for_a_colleague_who_edited_it(
    copy: WorkingCopy, piet: Computer, path: Path
) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.publish()
    other = piet.open(path)
    other.dossier.apply(edited("N", text="van Piet"))
    copy.dossier.undo()
    assert text_of(copy.dossier, "N") is None
    other.close()
    copy.take_in_published()
    assert text_of(copy.dossier, "N") == "van Piet"
    assert [case.field for case in copy.dossier.conflicts()] == ["deleted"]


@pytest.mark.parametrize("lets_go", [True, False])
def test_undo_of_letting_a_note_go_or_of_keeping_it_never_loses_it(
    copy: WorkingCopy, piet: Computer, path: Path, lets_go: bool
) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.apply(deleted("N"))
    copy.publish()
    other = piet.open(path)
    copy.dossier.undo()
    # A colleague who does not know that it was restored restores it too, and deletes it again.
    other.dossier.apply(action("terugzetten", put("note", "N")))
    piet.clock.turn(timedelta(minutes=1))
    other.dossier.apply(deleted("N"))
    other.close()
    copy.take_in_published()
    assert text_of(copy.dossier, "N") == "een"
    (case,) = copy.dossier.conflicts()
    assert case.field == "deleted"
    copy.dossier.choose(case, lets_go)
    assert (text_of(copy.dossier, "N") is None) is lets_go
    copy.dossier.undo()
    assert text_of(copy.dossier, "N") == "een"
    assert_sound(copy.dossier)


def test_a_merge_is_not_undone(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    other = piet.open(path)
    other.dossier.apply(note("van Piet", "M"))
    other.close()
    copy.take_in_published()
    assert copy.dossier.undo_label() == "panel toevoegen"


def test_undo_goes_on_past_an_action_of_which_everything_was_erased(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.apply(edited("N", text="geheim"))
    copy.dossier.erase([Erasure("note", "N", "text")])
    assert copy.dossier.undo() == Undone("notitie wijzigen")
    assert copy.dossier.undo() == Undone("notitie toevoegen")
    assert copy.dossier.read.notes.get("N") is None


def test_undo_never_brings_an_erased_value_back(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("geheim", "N"))
    copy.dossier.apply(deleted("N"))
    copy.dossier.erase([Erasure("note", "N", "text")])
    copy.dossier.undo()
    assert text_of(copy.dossier, "N") == ""


def test_bookkeeping_is_no_undo_step(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.apply(action("", create("time_span", "T", seconds=5)))
    assert copy.dossier.undo_label() == "notitie toevoegen"


def test_an_action_of_hundreds_of_notes_is_one_step(copy: WorkingCopy) -> None:
    rows = [f"N{number}" for number in range(300)]
    copy.dossier.apply(action("importeren", (note(row, row).edits[0] for row in rows)))
    before = tables_of(copy.dossier)
    copy.dossier.apply(action("sterren", (change("note", row, star=True) for row in rows)))
    copy.dossier.undo()
    assert tables_of(copy.dossier) == before


def test_undo_survives_a_crash(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.apply(edited("N", text="twee"))
    copy.dossier.undo()
    copy.dossier.close()
    again = jan.open(path)
    assert again.dossier.undo_label() == "notitie toevoegen"
    assert again.dossier.redo_label() == "notitie wijzigen"
    again.dossier.redo()
    assert text_of(again.dossier, "N") == "twee"
    again.close()
