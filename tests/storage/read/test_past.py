"""Geschiedenis: what was done, by whom, and returning to any earlier point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sto_desktop.domain.actions.elaborate import add_insight, attach_to_insight, detach_from_insight
from sto_desktop.domain.actions.notes import delete_notes
from sto_desktop.domain.log.change import Action, create
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import PANEL, QUESTION, Computer, assert_sound, deleted, edited, note, text_of


def shown(dossier: Dossier) -> Any:
    """Return everything that people see."""
    read = dossier.read
    notes = (
        read.panels.listed(),
        read.members.of_panel(PANEL),
        read.notes.of_panel(PANEL),
        read.findings.insights(PANEL),
    )
    return repr(notes), len(dossier.search("n*"))


def work() -> list[Action]:
    """Return the work of a morning."""
    return [
        note("een", "N"),
        note("nog een", "M"),
        edited("N", text="twee", star=True),
        add_insight(PANEL, "Samen.", question=QUESTION, supports=["N"], insight="I"),
        attach_to_insight("I", ["M"]),
        detach_from_insight("I", "N"),
        deleted("M"),
        edited("N", text="drie"),
        delete_notes(["N"]),
        deleted(PANEL, "panel"),
    ]


def test_every_point_can_be_gone_back_to_and_each_jump_is_one_step_back(copy: WorkingCopy) -> None:
    dossier = copy.dossier
    points = [(dossier.past()[0].seq, shown(dossier))]
    for done in work():
        dossier.apply(done)
        points.append((dossier.past()[0].seq, shown(dossier)))
    last = points[-1][1]
    for left, (seq, then) in enumerate(reversed(points[:-1]), 1):
        assert dossier.go_back_to(seq, "terug") == left
        assert shown(dossier) == then
        assert dossier.undo_label() == "terug"
        undone = dossier.undo()
        assert undone is not None
        assert undone.left == ()
        assert shown(dossier) == last
    assert_sound(dossier)


def test_from_an_earlier_point_one_can_go_back_further(copy: WorkingCopy) -> None:
    dossier = copy.dossier
    dossier.apply(note("een", "N"))
    first = dossier.past()[0].seq
    dossier.apply(edited("N", text="twee"))
    second = dossier.past()[0].seq
    dossier.apply(edited("N", text="drie"))
    dossier.go_back_to(second, "terug")
    assert text_of(dossier, "N") == "twee"
    dossier.go_back_to(first, "terug")
    assert text_of(dossier, "N") == "een"
    dossier.go_back_to(first - 1, "terug")
    assert text_of(dossier, "N") is None
    assert_sound(dossier)


def test_what_is_listed_says_who_when_what_about_and_whether_it_was_undone(
    copy: WorkingCopy,
) -> None:
    dossier = copy.dossier
    dossier.apply(note("Een  lange\nzin", "N"))
    dossier.apply(add_insight(PANEL, "Samen.", insight="I"))
    dossier.apply(attach_to_insight("I", ["N"]))
    dossier.undo()
    dossier.apply(Action("", (create("time_span", "T", panel=PANEL),)))
    found = dossier.past()
    assert [(one.label, one.subject, one.undone) for one in found] == [
        ("notitie koppelen", "Een lange zin", True),
        ("inzicht toevoegen", "Samen.", False),
        ("notitie toevoegen", "Een lange zin", False),
        ("panel toevoegen", "Panel Hengelo", False),
    ]
    assert {(one.person, one.mine) for one in found} == {("Jan", True)}
    assert found[0].at > found[1].at
    dossier.redo()
    assert not dossier.past()[0].undone
    assert [one.label for one in dossier.past(before=found[1].seq, limit=1)] == ["notitie toevoegen"]


def test_what_a_colleague_did_is_listed_and_stays(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    copy.dossier.apply(note("een", "N"))
    point = copy.dossier.past()[0].seq
    copy.dossier.apply(edited("N", text="twee", star=True))
    copy.dossier.apply(note("van mij", "M"))
    copy.publish()
    other = piet.open(path)
    other.dossier.apply(edited("N", text="van Piet"))
    other.dossier.apply(edited("M", text="van mij en Piet"))
    other.dossier.apply(note("ook van Piet", "O"))
    other.close()
    copy.take_in_published()
    mine = [(one.person, one.mine) for one in copy.dossier.past(limit=4)]
    assert mine == [("Piet", False), ("Piet", False), ("Piet", False), ("Jan", True)]
    copy.dossier.go_back_to(point, "terug")
    found = copy.dossier.read.notes.get("N")
    assert found is not None
    assert (found.text, found.note.star) == ("van Piet", False)
    assert text_of(copy.dossier, "M") == "van mij en Piet"
    assert text_of(copy.dossier, "O") == "ook van Piet"
    assert_sound(copy.dossier)


def test_an_earlier_opening_can_be_gone_back_to_as_well(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("een", "N"))
    point = copy.dossier.past()[0].seq
    copy.dossier.apply(edited("N", text="twee"))
    copy.close()
    again = jan.open(path)
    assert again.dossier.undo_label() is None
    assert [one.mine for one in again.dossier.past(limit=2)] == [True, True]
    point = next(one.seq for one in again.dossier.past() if one.label == "notitie toevoegen")
    again.dossier.go_back_to(point, "terug")
    assert text_of(again.dossier, "N") == "een"
    again.dossier.undo()
    assert text_of(again.dossier, "N") == "twee"
    again.close()


def test_one_action_can_be_taken_out_of_the_middle(copy: WorkingCopy) -> None:
    dossier = copy.dossier
    dossier.apply(note("een", "N"))
    dossier.apply(edited("N", star=True))
    dossier.apply(edited("N", text="twee"))
    starred = dossier.past()[1]
    dossier.undo_only(starred)
    found = dossier.read.notes.get("N")
    assert found is not None
    assert (found.text, found.note.star) == ("twee", False)
    assert dossier.past()[1].undone
    assert not dossier.past()[0].undone
    dossier.redo()
    assert not dossier.past()[1].undone
