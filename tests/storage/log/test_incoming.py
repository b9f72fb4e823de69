"""Merging files: what they would bring, what each brought, and what happens if one of them can't be merged."""

from pathlib import Path

from sto_desktop.storage.log.arrivals import NOTHING
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace.arrivals import said_incoming
from tests.storage.desk import (
    Computer,
    add_change,
    assert_sound,
    deleted,
    edited,
    note,
    other_program,
    tables_of,
    text_of,
)


def _of_piet(copy: WorkingCopy, piet: Computer, path: Path) -> Path:
    """Let Piet continue in a copy: one note is new, one changed, one deleted, and one changed at Jan's too."""
    for row in ("A", "B", "C"):
        copy.dossier.apply(note(f"tekst {row}", row))
    copy.publish()
    theirs = path.with_name("van Piet.sto")
    theirs.write_bytes(path.read_bytes())
    opened = piet.open(theirs)
    opened.dossier.apply(note("nieuw", "NEW"))
    opened.dossier.apply(edited("A", text="gewijzigd"))
    opened.dossier.apply(deleted("B"))
    opened.dossier.apply(edited("C", text="van Piet"))
    opened.close()
    copy.dossier.apply(edited("C", text="van Jan"))
    return theirs


def test_a_preview_tells_what_would_come_and_changes_nothing(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    theirs = _of_piet(copy, piet, path)
    before = tables_of(copy.dossier)
    (told,) = copy.merging.preview([Incoming(theirs)])
    assert (told.arrived.new, told.arrived.changed) == ({"note": ["NEW"]}, {"note": ["A", "C"]})
    assert told.arrived.deleted == {"note": ["B"]}
    assert told.arrived.conflicts == (("note", "C", "text"),)
    assert told.arrived.people == {"Piet": 4}
    assert tables_of(copy.dossier) == before
    assert not list(copy.file.folder.glob("proef*"))


def test_merging_brings_what_the_preview_told_and_a_second_time_nothing(
    copy: WorkingCopy, piet: Computer, path: Path
) -> None:
    theirs = _of_piet(copy, piet, path)
    preview = copy.merging.preview([Incoming(theirs)])
    (done,) = copy.merging.merge_apart([Incoming(theirs)])
    assert done.arrived == preview[0].arrived
    copy.dossier.poll(always=True)
    assert text_of(copy.dossier, "NEW") == "nieuw"
    assert text_of(copy.dossier, "B") is None
    (again,) = copy.merging.merge_apart([Incoming(theirs)])
    assert again.result is not None
    assert again.result.nothing_new
    assert again.arrived == NOTHING
    assert_sound(copy.dossier)


def test_one_that_cant_come_in_stops_no_other(copy: WorkingCopy, piet: Computer, path: Path, tmp_path: Path) -> None:
    theirs = _of_piet(copy, piet, path)
    broken, locked = tmp_path / "verslag.sto", tmp_path / "op slot.sto"
    broken.write_text("Geachte collega, hierbij")
    secret = piet.create(locked, "een wachtwoord")
    secret.dossier.apply(note("achter slot", "LOCKED"))
    secret.close()
    tried = [Incoming(broken), Incoming(locked), Incoming(theirs), Incoming(locked, "een wachtwoord")]
    first, second, third, fourth = copy.merging.merge_apart(tried)
    assert first.problem is not None
    assert "geen dossier, maar tekst" in first.problem.happened
    assert second.problem is not None
    assert "wachtwoord" in second.problem.happened
    assert third.arrived.new["note"] == ["NEW"]
    assert fourth.arrived.new["note"] == ["LOCKED"]


def test_cancelling_keeps_what_came_in_and_leaves_the_rest(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    theirs = _of_piet(copy, piet, path)
    other = path.with_name("nog een.sto")
    other.write_bytes(theirs.read_bytes())
    more = piet.open(other)
    more.dossier.apply(note("uit de tweede", "SECOND"))
    more.close()
    seen: list[tuple[int, int, str]] = []

    def only_one(done: int, total: int, at: Path) -> bool:
        seen.append((done, total, at.name))
        return done == 0

    first, second = copy.merging.merge_apart([Incoming(theirs), Incoming(other)], only_one)
    assert seen == [(0, 2, "van Piet.sto"), (1, 2, "nog een.sto")]
    assert first.result is not None
    assert second == Incoming(other)
    copy.dossier.poll(always=True)
    assert (text_of(copy.dossier, "NEW"), text_of(copy.dossier, "SECOND")) == ("nieuw", None)
    assert_sound(copy.dossier)


def test_what_others_publish_comes_in_by_itself(copy: WorkingCopy, piet: Computer, path: Path) -> None:
    assert copy.take_in_apart() == NOTHING
    opened = piet.open(path)
    opened.dossier.apply(note("van Piet", "P"))
    opened.close()
    arrived = copy.take_in_apart()
    assert (arrived.new, arrived.people) == ({"note": ["P"]}, {"Piet": 1})
    copy.dossier.poll()
    assert text_of(copy.dossier, "P") == "van Piet"
    assert copy.take_in_apart() == NOTHING


def test_of_a_copy_with_a_line_that_can_not_be_read_is_not_said_that_all_is_here(copy: WorkingCopy, path: Path) -> None:
    beside = path.with_name("Hengelo (1).sto")
    beside.write_bytes(path.read_bytes())
    add_change(beside, {"text": "leesbaar"}, row="N")
    with other_program(beside) as raw:
        raw.execute("UPDATE change SET fields = '[1]' WHERE row_id = 'N'")
    (told,) = copy.merging.preview([Incoming(beside)])
    assert said_incoming(told) == "Niets nieuws. 1 regel klopte niet en gaat niet mee."
