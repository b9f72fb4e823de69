"""Appending an action to a log: the changes it makes, what they supersede, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.log.change import (
    ActionRecord,
    Change,
    ChangeId,
    Edit,
    Erasure,
    action,
    change,
    create,
    delete,
    put,
)
from sto_desktop.domain.log.clock import HIGHEST_STAMP
from sto_desktop.domain.log.lineage import REDACTED, SHARED
from sto_desktop.domain.place import Position
from sto_desktop.domain.record import DELETED, InvalidValue, canonical
from sto_desktop.storage.log import log
from sto_desktop.storage.log.append import MANY, Appended
from sto_desktop.storage.log.erase import erase_values
from tests.storage.log.logs import AT, Log, note


@pytest.fixture
def jan(tmp_path: Path) -> Log:
    return Log(tmp_path / "jan.sto")


@pytest.fixture
def piet(tmp_path: Path) -> Log:
    return Log(tmp_path / "piet.sto")


def _last(log_: Log, row: str = "N", table: str = "note") -> Change:
    return log_.changes(row, table)[-1]


def test_an_action_is_one_record_with_a_change_for_each_row_under_stamps_in_a_row(jan: Log) -> None:
    jan.do(note("eerder", "E"))
    done = jan.do(note("een", "A"), note("twee", "B"), change("note", "E", star=True), label="noteren")
    assert done.record is not None
    stamp = done.record.id.stamp
    assert done.record == ActionRecord(ChangeId(stamp, "jan"), "noteren", AT, None)
    assert done.rows == {("note", "A"), ("note", "B"), ("note", "E")}
    assert (done.seq, done.action_seq) == (4, 2)
    assert [_last(jan, row) for row in "ABE"] == [
        Change(ChangeId(stamp, "jan"), stamp, "note", "A", {DELETED: False, "text": "een"}, {}),
        Change(ChangeId(stamp + 1, "jan"), stamp, "note", "B", {DELETED: False, "text": "twee"}, {}),
        Change(ChangeId(stamp + 2, "jan"), stamp, "note", "E", {"star": True}, {}),
    ]
    stored = jan.raw.execute("SELECT stamp, writer, label, at, reverses FROM action ORDER BY seq").fetchall()
    assert stored[1:] == [(stamp, "jan", "noteren", AT, None)]
    assert [jan.shown(row) for row in "ABE"] == ["een", "twee", "eerder"]
    jan.assert_folded()


@pytest.mark.parametrize(
    "edits",
    [
        [],
        [change("note", "N", text="een")],
        [put("note", "N", text="een")],
        [change("note", "N", star=False)],
        [delete("note", "onbekend")],
        [delete("note", "weg")],
    ],
)
def test_what_changes_nothing_is_not_in_the_log(jan: Log, edits: list[Edit]) -> None:
    jan.do(note("een"), note("weg", "weg"))
    jan.do(delete("note", "weg"))
    before = jan.raw.total_changes
    assert jan.do(*edits) == Appended(None, frozenset(), 0, 0)
    assert jan.raw.total_changes == before


def test_of_several_fields_only_what_differs_is_written_over_what_showed(jan: Log) -> None:
    first = jan.do(note("een"))
    assert first.record is not None
    jan.do(change("note", "N", text="twee", star=False))
    assert (_last(jan).values, _last(jan).supersedes) == ({"text": "twee"}, {"text": (first.record.id,)})
    jan.assert_folded()


def test_edits_of_one_row_are_one_change_with_the_last_value_of_each_field(jan: Log) -> None:
    jan.do(note("een", star=True), change("note", "N", text="twee"), change("note", "N", kind=None))
    assert [item.values for item in jan.changes("N")] == [{DELETED: False, "text": "twee", "star": True, "kind": None}]
    jan.do(change("note", "N", text="drie"), change("note", "M", text="ander"), change("note", "N", star=False))
    assert _last(jan).values == {"text": "drie", "star": False}
    assert _last(jan, "M").values == {"text": "ander"}
    jan.assert_folded()


def test_a_row_that_nobody_made_is_changed_as_it_is_said(jan: Log) -> None:
    jan.do(change("note", "N", text="los"))
    assert (_last(jan).values, _last(jan).supersedes) == ({"text": "los"}, {})
    # For a row that is only referred to, even the default value is a change.
    jan.do(note("een", "M", position=Position("Q", "a0")))
    jan.do(put("question", "Q", text=""))
    assert _last(jan, "Q", "question").values == {DELETED: False, "text": ""}
    jan.assert_folded()


def _panel(jan: Log) -> None:
    jan.do(
        create("panel", "P", title="Hengelo"),
        create("panelist", "Z", panel="P", name="Zoë"),
        note("een", panel="P"),
        note("al weg", "W", panel="P"),
        create("voice", "V", note="N", panelist="Z"),
    )
    jan.do(delete("note", "W"))


def test_a_deletion_takes_along_what_the_row_owns_and_what_that_owns(jan: Log) -> None:
    _panel(jan)
    done = jan.do(delete("panel", "P"))
    assert done.rows == {("panel", "P"), ("panelist", "Z"), ("note", "N"), ("voice", "V")}
    assert [_last(jan, *row).values for row in (("P", "panel"), ("N", "note"), ("V", "voice"))] == [{DELETED: True}] * 3
    assert len(jan.changes("W")) == 2
    jan.undo(done)
    assert (jan.shown("P", "title", "panel"), jan.shown("N"), jan.shown("V", "note", "voice")) == (
        "Hengelo",
        "een",
        "N",
    )
    jan.assert_folded()


def test_what_the_same_action_moves_away_or_puts_back_is_kept(jan: Log) -> None:
    _panel(jan)
    jan.do(note("blijft", "B"))
    jan.do(change("voice", "V", note="B"), delete("note", "N"))
    assert jan.shown("V", "note", "voice") == "B"
    jan.do(create("voice", "U", note="B", panelist="Z"))
    jan.do(change("voice", "U", panelist="Z2"), delete("note", "B"))
    # Changed in the same action, and deleted all the same.
    assert (_last(jan, "U", "voice").values[DELETED], _last(jan, "U", "voice").values["panelist"]) == (True, "Z2")
    jan.do(create("panel", "P2", title="Almelo"), note("hier", "H", panel="P2"))
    jan.do(put("note", "H"), delete("panel", "P2"))
    assert jan.shown("H") == "hier"
    jan.assert_folded()


def test_a_deletion_has_seen_every_field_also_those_of_a_newer_program(jan: Log) -> None:
    first = jan.do(note("een")).record
    second = jan.do(change("note", "N", star=True)).record
    assert first is not None
    assert second is not None
    newer = ChangeId(first.id.stamp + 1, "nieuwer")
    jan.write(newer, {"mood": "blij"})
    jan.do(delete("note", "N"))
    assert _last(jan).supersedes == {
        DELETED: (first.id,),
        "text": (first.id,),
        "star": (second.id,),
        "mood": (newer,),
    }
    # An edit that did not see the deletion conflicts with it; one that was seen does not.
    assert jan.conflicts() == []
    jan.assert_folded()


def _rivals(jan: Log, piet: Log) -> tuple[ChangeId, ChangeId]:
    """Let Jan and Piet give one note different texts; returns Jan's change, and Piet's, which is later."""
    jan.do(note("samen", star=True))
    piet.merge(jan)
    ours, theirs = jan.do(change("note", "N", text="van Jan")), piet.do(change("note", "N", text="van Piet"))
    jan.merge(piet)
    assert ours.record is not None
    assert theirs.record is not None
    assert jan.conflicts() == [("N", "text")]
    return ours.record.id, theirs.record.id


@pytest.mark.parametrize("text", ["van Jan", "van Piet", "nieuw"])
def test_in_a_conflict_every_value_settles_it_and_undo_brings_it_back(jan: Log, piet: Log, text: str) -> None:
    both = _rivals(jan, piet)
    before = jan.tables()
    done = jan.do(change("note", "N", text=text))
    assert _last(jan).supersedes == {"text": both}
    assert (jan.shown(), jan.conflicts()) == (text, [])
    undone = jan.undo(done)
    assert jan.tables() == before
    assert undone.record is not None
    assert done.record is not None
    assert (undone.record.label, undone.record.reverses) == ("doen", done.record.id)
    assert [item.id.stamp - undone.record.id.stamp for item in jan.changes("N")[-2:]] == [0, 1]
    jan.assert_folded()
    jan.undo(undone)
    assert (jan.shown(), jan.conflicts()) == (text, [])
    jan.assert_folded()


def test_another_field_of_a_row_in_conflict_leaves_the_conflict(jan: Log, piet: Log) -> None:
    _rivals(jan, piet)
    assert not jan.do(change("note", "N", star=True)).rows
    jan.do(change("note", "N", star=False))
    assert jan.conflicts() == [("N", "text")]


def test_an_editor_that_was_open_supersedes_only_what_it_had_seen(jan: Log, piet: Log) -> None:
    jan.do(note("samen", star=True))
    seen = log.last_seq(jan.raw)
    piet.merge(jan)
    piet.do(change("note", "N", text="van Piet"))
    piet.do(change("note", "N", star=False))
    jan.merge(piet)
    # A field that stayed as it was is not written, nor a value that is already there; a changed field is a choice.
    assert not jan.do(change("note", "N", text="samen"), seen=seen).rows
    assert not jan.do(change("note", "N", text="van Piet"), seen=seen).rows
    jan.do(change("note", "N", text="van Jan", star=True), seen=seen)
    assert (_last(jan).values, _last(jan).supersedes) == ({"text": "van Jan"}, {"text": (jan.changes("N")[0].id,)})
    assert (jan.shown(), jan.conflicts()) == ("van Jan", [("N", "text")])
    jan.assert_folded()


def test_an_editor_that_saw_one_of_two_rivals_leaves_the_other(jan: Log, piet: Log) -> None:
    ours, theirs = _rivals(jan, piet)
    seen = jan.raw.execute("SELECT seq FROM change WHERE stamp = ?", (ours.stamp,)).fetchone()[0]
    jan.do(change("note", "N", text="later"), seen=seen)
    assert _last(jan).supersedes == {"text": (ours,)}
    (item,) = jan.raw.execute("SELECT seq FROM change WHERE stamp = ?", (theirs.stamp,)).fetchone()
    jan.do(change("note", "N", text="allebei"), seen=item)
    assert set(_last(jan).supersedes["text"]) == {theirs}


def test_a_deletion_from_an_open_editor_leaves_what_it_did_not_see(jan: Log, piet: Log) -> None:
    jan.do(note("samen"))
    first = jan.changes("N")[0].id
    seen = log.last_seq(jan.raw)
    piet.merge(jan)
    piet.do(change("note", "N", text="van Piet", star=True), note("van Piet", "M"))
    jan.merge(piet)
    assert not jan.do(delete("note", "M"), seen=seen).rows
    jan.do(delete("note", "N"), seen=seen)
    assert _last(jan).supersedes == {DELETED: (first,), "text": (first,)}
    # The edit that it did not see keeps the note.
    assert (jan.shown("N"), jan.shown("M")) == ("van Piet", "van Piet")
    assert (DELETED, "N") in [(name, row) for row, name in jan.conflicts()]
    jan.assert_folded()


def test_what_was_erased_is_not_written_again_and_does_not_come_back_by_undo(jan: Log) -> None:
    jan.do(note("geheim", star=True))
    done = jan.do(change("note", "N", text="anders", star=False))
    erase_values(jan.raw, [Erasure("note", "N", "text")])
    assert not jan.do(change("note", "N", text="geheim")).rows
    jan.do(change("note", "N", text="geheim", star=True))
    assert _last(jan).values == {"star": True}
    jan.undo(jan.do(change("note", "N", star=False)))
    assert (jan.shown(), jan.shown(column="star")) == ("", 1)
    jan.undo(done)
    assert jan.shown() == ""
    jan.assert_folded()


def test_an_erased_value_that_another_program_wrote_again_counts_nowhere(jan: Log, piet: Log) -> None:
    _rivals(jan, piet)
    erase_values(jan.raw, [Erasure("note", "N", "star"), Erasure("note", "M", "text")])
    jan.write(ChangeId(_last(jan).id.stamp + 1, "ander"), {"star": True})
    jan.undo(jan.do(change("note", "N", text="gekozen")))
    assert (jan.shown(column="star"), jan.conflicts()) == (0, [("N", "text")])
    jan.undo(jan.do(change("note", "N", kind=None, panel="P")))
    assert jan.shown(column="star") == 0
    # It does not restore a deleted row either.
    jan.do(note("geheim", "M"))
    jan.do(delete("note", "M"))
    jan.write(ChangeId(_last(jan, "M").id.stamp + 1, "ander"), {"text": "geheim"}, row="M")
    assert not jan.do(delete("note", "M")).rows
    jan.do(put("note", "M"), seen=log.last_seq(jan.raw))
    assert jan.shown("M") == ""
    jan.assert_folded()


def test_undo_is_in_the_log_also_if_nothing_of_it_was_left_to_undo(jan: Log) -> None:
    done = jan.do(change("note", "N", text="een"), label="wijzigen")
    jan.do(change("note", "N", text="twee"))
    undone = jan.undo(done)
    assert done.record is not None
    assert undone.record is not None
    assert (undone.rows, undone.seq, undone.action_seq) == (frozenset(), 0, 3)
    assert (undone.record.label, undone.record.at, undone.record.reverses) == ("wijzigen", AT, done.record.id)
    assert undone.record.id.writer == "jan"
    stored = jan.raw.execute("SELECT reverses FROM action ORDER BY seq DESC").fetchone()[0]
    assert stored == str(done.record.id)
    later = jan.do(change("note", "N", text="drie")).record
    assert later is not None
    assert later.id.stamp > undone.record.id.stamp


def test_undo_of_several_rows_takes_all_of_them_back_at_once(jan: Log) -> None:
    jan.do(note("een", "A"), note("twee", "B"))
    done = jan.do(change("note", "A", text="x"), change("note", "B", text="y"), note("nieuw", "C"))
    undone = jan.undo(done)
    assert undone.rows == {("note", "A"), ("note", "B"), ("note", "C")}
    assert [jan.shown(row) for row in "ABC"] == ["een", "twee", None]
    assert [_last(jan, row).supersedes for row in "AB"] == [{"text": (jan.changes(row)[1].id,)} for row in "AB"]
    jan.assert_folded()


def test_undo_of_what_a_newer_program_did_is_in_the_log_and_in_no_table(jan: Log) -> None:
    made = ChangeId(1_600_000_000_000 << 16, "jan")
    jan.write(made, {"kleur": "rood"}, row="S", table="sticker")
    jan.write(ChangeId(made.stamp + 1, "jan"), {"kleur": "blauw"}, row="S", table="sticker")
    jan.raw.execute(
        "UPDATE change SET supersedes = ? WHERE stamp = ?", (canonical({"kleur": [str(made)]}), made.stamp + 1)
    )
    later = ChangeId(made.stamp + 1, "jan")
    jan.raw.execute("INSERT INTO action VALUES (NULL, ?, 'jan', 'kleuren', ?, NULL)", (later.stamp, AT))
    undone = jan.undo(Appended(ActionRecord(later, "kleuren", AT)))
    assert undone.rows == {("sticker", "S")}
    assert _last(jan, "S", "sticker").values == {"kleur": "rood"}


def test_a_value_that_the_field_can_not_hold_is_refused_and_an_older_one_is_not(jan: Log) -> None:
    with pytest.raises(InvalidValue, match=r"panelist\.seat: 'drie'"):
        jan.do(create("panelist", "P", seat="drie"))
    assert jan.changes("P", "panelist") == []
    jan.do(create("panelist", "P", name="Zoë", seat=3))
    jan.write(ChangeId(_last(jan, "P", "panelist").id.stamp + 1, "ander"), {"seat": "vier"}, row="P", table="panelist")
    jan.do(change("panelist", "P", name="Zoe"))
    assert (jan.shown("P", "name", "panelist"), jan.shown("P", "seat", "panelist")) == ("Zoe", 3)


def test_where_stamps_run_out_an_action_is_refused_rather_than_lost(jan: Log) -> None:
    jan.do(note("een"))
    jan.write(ChangeId(HIGHEST_STAMP - 2, "ver"), {"star": True})
    with pytest.raises(DossierError, match="tijdstempels"):
        jan.do(note("a", "A"), note("b", "B"), note("c", "C"))
    done = jan.do(change("note", "N", text="twee"), label="")
    assert done.record is not None
    assert done.record.id.stamp == HIGHEST_STAMP - 1
    # Undoing nothing reverses the last action.
    jan.write(ChangeId(HIGHEST_STAMP - 1, "ver"), {"text": "drie"})
    last = jan.undo(replace(done, record=replace(done.record, id=ChangeId(1, "niemand"))))
    assert last.record is not None
    assert last.record.id.stamp == HIGHEST_STAMP
    assert not last.rows


def test_many_rows_at_once_change_as_each_would_by_itself(jan: Log) -> None:
    rows = [f"N{number}" for number in range(MANY + 10)]
    jan.do(*(note("oud" if row.endswith("1") else "nieuw", row) for row in rows))
    erase_values(jan.raw, [Erasure("note", "N0", "text")])
    edits = *(change("note", row, text="nieuw") for row in rows), *(note("vers", f"V{row}") for row in rows)
    made = jan.do(*edits, change("note", "los", text="los"), delete("note", "onbekend"))
    assert made.rows == {
        ("note", "los"),
        *(("note", row) for row in rows if row.endswith("1")),
        *(("note", f"V{row}") for row in rows),
    }
    assert all(_last(jan, row).supersedes == {"text": (jan.changes(row)[0].id,)} for row in rows if row.endswith("1"))
    jan.assert_folded()
    jan.undo(made)
    assert [jan.shown(row) for row in ("N0", "N1", "N2", "VN1", "los")] == ["", "oud", "nieuw", None, ""]
    jan.assert_folded()


def test_undo_after_undo_goes_on_to_the_edit_before(jan: Log) -> None:
    jan.do(note("een"))
    two, three = jan.do(change("note", "N", text="twee")), jan.do(change("note", "N", text="drie"))
    jan.undo(three)
    jan.undo(two)
    assert jan.shown() == "een"


def test_undo_names_the_rows_of_which_it_left_what_came_after(jan: Log) -> None:
    jan.do(note("een", "A"), note("een", "B"))
    done = jan.do(change("note", "A", text="twee"), change("note", "B", text="twee"))
    assert done.left == ()
    jan.do(change("note", "A", text="drie"))
    undone = jan.undo(done)
    assert undone.left == (("note", "A"),)
    assert [jan.shown(row) for row in "AB"] == ["drie", "een"]


def test_what_was_made_on_a_shared_copy_supersedes_the_original_too(jan: Log) -> None:
    original, repeated = ChangeId(10**6, "ander"), ChangeId(10**6 + 1, f"{SHARED}x")
    fields, supersedes = canonical({DELETED: False, "text": "zo"}), canonical({"text": [str(original)]})
    jan.raw.execute(
        log.INSERT_CHANGE, (repeated.stamp, repeated.writer, repeated.stamp, "note", "N", fields, supersedes)
    )
    jan.do(change("note", "N", text="anders"))
    assert _last(jan).supersedes == {"text": (original, repeated)}


def _proposed(jan: Log) -> tuple[ChangeId, ChangeId]:
    """Let a note of Jan be redacted in a copy, and the user of the copy propose another text for it."""
    jan.do(note("geheim van Kees", star=True))
    first = jan.changes("N")[0].id
    redacted, proposal = ChangeId(first.stamp + 1, f"{REDACTED}x"), ChangeId(first.stamp + 2, "kopie")
    for made, text, old in ((redacted, "geheim van iemand", first), (proposal, "voorstel", redacted)):
        fields, supersedes = canonical({"text": text}), canonical({"text": [str(old)]})
        jan.raw.execute(log.INSERT_CHANGE, (made.stamp, made.writer, made.stamp, "note", "N", fields, supersedes))
    return first, proposal


def test_a_proposal_is_no_conflict_until_it_is_answered(jan: Log) -> None:
    first, proposal = _proposed(jan)
    assert not jan.do(change("note", "N", text="geheim van Kees")).rows
    jan.do(Edit("note", "N", {"text": "geheim van Kees"}, answers=(proposal,)))
    assert (_last(jan).values, _last(jan).supersedes["text"]) == ({"text": "geheim van Kees"}, (first, proposal))
    assert jan.shown() == "geheim van Kees"


@pytest.mark.parametrize("seen", [False, True])
def test_a_proposal_may_be_answered_from_an_open_editor(jan: Log, *, seen: bool) -> None:
    first, proposal = _proposed(jan)
    edit = Edit("note", "N", {"text": "geheim van Kees"}, answers=(proposal,))
    jan.do(edit, seen=log.last_seq(jan.raw) if seen else None)
    assert _last(jan).supersedes["text"] == (first, proposal)


def test_a_deletion_has_seen_the_original_and_what_was_proposed(jan: Log) -> None:
    first, proposal = _proposed(jan)
    jan.do(delete("note", "N"))
    assert set(_last(jan).supersedes["text"]) >= {first, proposal}


def test_the_answers_of_edits_of_one_row_all_count(jan: Log) -> None:
    first, proposal = _proposed(jan)
    other = ChangeId(3, "nog iemand")
    jan.append(
        action(
            "antwoorden",
            Edit("note", "N", {"text": "a"}, answers=(other,)),
            Edit("note", "N", {"text": "b"}, answers=(proposal,)),
        )
    )
    assert _last(jan).supersedes["text"] == (other, first, proposal)


def test_an_answer_about_a_row_of_which_nothing_is_known_says_what_it_answers(jan: Log) -> None:
    first, second = ChangeId(3, "b"), ChangeId(3, "a")
    jan.do(Edit("note", "N", {"text": "zo", "star": True}, answers=(first, second)))
    assert _last(jan).supersedes == {"text": (second, first), "star": (second, first)}
    assert jan.shown() == "zo"
    jan.assert_folded()


def test_an_erased_field_of_a_row_of_which_nothing_is_known_stays_out(jan: Log) -> None:
    erase_values(jan.raw, [Erasure("note", "N", "text")])
    assert not jan.do(change("note", "N", text="geheim")).rows
    assert jan.changes("N") == []
    jan.do(change("note", "N", text="geheim", star=True))
    assert (_last(jan).values, jan.shown()) == ({"star": True}, "")
    jan.assert_folded()
