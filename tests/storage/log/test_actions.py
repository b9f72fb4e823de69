"""An action is one transaction: log, tables and search, under a stamp higher than every other."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import ChangeId, Erasure, action, change, create, delete, put
from sto_desktop.domain.log.clock import HIGHEST_STAMP, LATEST_MILLISECONDS
from sto_desktop.domain.place import Position
from sto_desktop.domain.record import InvalidValue
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.storage.log import log
from sto_desktop.storage.log.append import MANY
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import (
    PANEL,
    PANELIST,
    QUESTION,
    Computer,
    Watcher,
    add_change,
    assert_sound,
    changes_of,
    deleted,
    edited,
    note,
    tables_of,
    text_of,
)


def test_a_note_is_on_disk_and_found_when_apply_returns(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("Technolab trekt leerlingen", "N"))
    # Another program sees it at once: nothing waits in memory.
    with sqlite3.connect(copy.file.folder / "dossier.sto") as raw:
        assert raw.execute("SELECT text FROM note WHERE id = 'N'").fetchone() == ("Technolab trekt leerlingen",)
    raw.close()
    assert [hit.row for hit in copy.dossier.search("technol")] == ["N"]
    assert_sound(copy.dossier)


def test_ids_of_links_follow_from_both_ends(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("iets", "N"))
    voice = derived_id("voice", "N", PANELIST)
    for stance in (Stance.SAYS, Stance.AGREES):
        copy.dossier.apply(action("stem", put("voice", voice, note="N", panelist=PANELIST, stance=stance)))
    found = copy.dossier.read.notes.get("N")
    assert found is not None
    assert [item.stance for item in found.voices] == [Stance.AGREES]


def test_every_opening_that_writes_has_a_fresh_writer_and_one_that_reads_leaves_no_trace(
    jan: Computer, copy: WorkingCopy, path: Path
) -> None:
    copy.dossier.apply(note("een"))
    first = copy.dossier.writer
    copy.close()
    only_read = jan.open(path)
    only_read.close()
    again = jan.open(path)
    again.dossier.apply(note("twee"))
    writers = again.dossier.raw.execute("SELECT id, person, device FROM writer ORDER BY rowid").fetchall()
    assert writers == [(writer, "Jan", "laptop van Jan") for writer in (first.id, again.dossier.writer.id)]
    assert len({first.id, only_read.dossier.writer.id, again.dossier.writer.id}) == 3
    again.close()


def test_a_stamp_is_higher_than_every_stamp_whatever_the_clock_does(jan: Computer, copy: WorkingCopy) -> None:
    for turn in (timedelta(days=-4000), timedelta(days=9000), timedelta(days=-9000), timedelta(0)):
        jan.clock.turn(turn)
        copy.dossier.apply(note(str(turn)))
    stamps = [item.id.stamp for item in changes_of(copy.dossier)]
    assert stamps == sorted(set(stamps))
    assert stamps[-1] <= HIGHEST_STAMP


def test_a_clock_that_was_centuries_ahead_does_not_run_the_stamps_out_of_range(
    jan: Computer, copy: WorkingCopy
) -> None:
    jan.clock.turn(timedelta(days=365 * 4000))
    copy.dossier.apply(note("uit het jaar 6023", "N"))
    assert changes_of(copy.dossier)[-1].id.stamp == LATEST_MILLISECONDS << 16
    jan.clock.turn(timedelta(days=-365 * 4000))
    copy.dossier.apply(edited("N", text="weer gewoon"))
    assert text_of(copy.dossier, "N") == "weer gewoon"


def test_a_note_made_right_after_an_undo_that_changed_nothing_has_a_stamp_of_its_own(
    jan: Computer, copy: WorkingCopy
) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.apply(edited("N", text="twee"))
    copy.dossier.apply(action("", change("note", "N", text="drie")))
    undone = copy.dossier.undo()
    assert undone is not None
    assert undone.left == (("note", "N"),)
    jan.clock.turn(timedelta(days=-1))
    copy.dossier.apply(note("vier"))
    actions = copy.dossier.raw.execute("SELECT stamp FROM action ORDER BY seq").fetchall()
    assert actions == sorted(set(actions))


def test_what_changes_nothing_leaves_no_trace(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    before = log.extent(copy.dossier.raw)
    watcher = Watcher(copy.dossier)
    assert not copy.dossier.apply(edited("N", text="een", star=False)).rows
    assert not copy.dossier.apply(action("niets")).rows
    assert not copy.dossier.apply(deleted("onbekend")).rows
    assert log.extent(copy.dossier.raw) == before
    assert watcher.told == []
    assert copy.dossier.undo_label() == "notitie toevoegen"


def test_of_several_fields_only_what_differs_is_written(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.apply(edited("N", text="een", star=True))
    assert changes_of(copy.dossier)[-1].values == {"star": True}


def test_edits_of_one_row_in_one_action_are_one_change(copy: WorkingCopy) -> None:
    copy.dossier.apply(action("alles", create("note", "N", panel=PANEL), change("note", "N", text="een")))
    assert len(copy.dossier.history("note", "N")) == 1
    assert text_of(copy.dossier, "N") == "een"


def test_deleting_takes_along_what_the_row_owns_and_undo_brings_it_back(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    voice = derived_id("voice", "N", PANELIST)
    copy.dossier.apply(action("stem", put("voice", voice, note="N", panelist=PANELIST)))
    before = tables_of(copy.dossier)
    changed = copy.dossier.apply(deleted(PANEL, "panel"))
    assert {("panel", PANEL), ("note", "N"), ("voice", voice), ("panelist", PANELIST)} <= changed.rows
    assert copy.dossier.read.panels.listed() == []
    assert copy.dossier.search("een") == []
    copy.dossier.undo()
    assert tables_of(copy.dossier) == before


def test_an_action_may_move_a_row_away_from_what_it_deletes(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("blijft", "A"))
    copy.dossier.apply(note("gaat", "B"))
    copy.dossier.apply(action("stem", put("voice", "V", note="B", panelist=PANELIST)))
    copy.dossier.apply(action("bundelen", change("voice", "V", note="A"), delete("note", "B")))
    kept = copy.dossier.read.notes.get("A")
    assert kept is not None
    assert [voice.id for voice in kept.voices] == ["V"]


def test_a_question_that_goes_leaves_its_notes(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("blijft", "N"))
    copy.dossier.apply(deleted(QUESTION, "question"))
    content = copy.dossier.read.panel_content(PANEL)
    assert content is not None
    assert [item.text for item in content.unassigned()] == ["blijft"]


def test_a_value_that_a_field_can_not_hold_is_refused_and_nothing_is_written(copy: WorkingCopy) -> None:
    before = log.extent(copy.dossier.raw)
    with pytest.raises(InvalidValue, match=r"panelist\.seat"):
        copy.dossier.apply(action("fout", create("note", "N", panel=PANEL), create("panelist", "P", seat="drie")))
    assert log.extent(copy.dossier.raw) == before
    assert text_of(copy.dossier, "N") is None


def test_a_stamp_in_quarantine_is_no_clock(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.close()
    add_change(path, {"deleted": False, "text": "uit de toekomst"}, made=ChangeId(HIGHEST_STAMP + 1, "x"))
    again = jan.open(path)
    again.dossier.apply(note("van nu", "M"))
    assert changes_of(again.dossier)[-1].id.stamp < HIGHEST_STAMP
    assert text_of(again.dossier, "M") == "van nu"
    again.close()


def test_the_history_of_a_row_says_what_who_when_and_why(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.apply(edited("N", text="twee"))
    copy.dossier.undo()
    history = copy.dossier.history("note", "N")
    assert [(entry.label, entry.person, entry.undoes) for entry in history] == [
        ("notitie toevoegen", "Jan", False),
        ("notitie wijzigen", "Jan", False),
        ("notitie wijzigen", "Jan", True),
    ]
    assert [entry.change.values.get("text") for entry in history] == ["een", "twee", "een"]
    assert all(entry.at.startswith("2023-02-14T13:") for entry in history)


def test_moving_between_lists_is_one_value(copy: WorkingCopy) -> None:
    copy.dossier.apply(note("een", "N"))
    copy.dossier.apply(edited("N", position=Position("question-2", "a5")))
    assert changes_of(copy.dossier)[-1].values == {"position": ["question-2", "a5"]}
    stub = copy.dossier.raw.execute("SELECT known FROM question WHERE id = 'question-2'").fetchone()
    assert stub == (0,)
    assert_sound(copy.dossier)


def test_many_rows_in_one_action_change_as_each_would_by_itself(copy: WorkingCopy) -> None:
    rows = [f"N{number}" for number in range(MANY + 10)]
    for row in rows:
        copy.dossier.apply(note("oud" if row.endswith("1") else "nieuw", row))
    copy.dossier.erase([Erasure("note", rows[0], "text")])
    before = {row: [item.id for item in log.changes_of_row(copy.dossier.raw, "note", row)] for row in rows}
    copy.dossier.apply(action("alles", *(change("note", row, text="nieuw") for row in rows)))
    made = {row: log.changes_of_row(copy.dossier.raw, "note", row)[len(before[row]) :] for row in rows}
    # Rows that already have the value, or are erased, are left alone; the others supersede what they saw.
    assert {row for row, new in made.items() if new} == {row for row in rows[1:] if row.endswith("1")}
    assert all(item.supersedes == {"text": tuple(before[row])} for row, new in made.items() for item in new)
    assert_sound(copy.dossier)
    copy.dossier.undo()
    assert {text_of(copy.dossier, row) for row in made if made[row]} == {"oud"}
    assert_sound(copy.dossier)
