"""Merging two logs: what is added, what is reported, and which files are refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sto_desktop.domain.errors import DamagedDossierError, NewerFormatError, NotADossierError
from sto_desktop.domain.identity import alias_of
from sto_desktop.domain.log.change import ChangeId, Erasure, Writer, change, create, delete
from sto_desktop.domain.log.clock import HIGHEST_STAMP
from sto_desktop.domain.log.lineage import SHARED
from sto_desktop.storage.file.database import SqliteError, connect
from sto_desktop.storage.log import log, taken
from sto_desktop.storage.log.erase import erase_values
from sto_desktop.storage.log.left_behind import NOTHING_LEFT, LeftBehind
from sto_desktop.storage.log.log_source import check_log_is_sound
from tests.storage.log.logs import Log, foreign_index, note, unindexed


@pytest.fixture
def jan(tmp_path: Path) -> Log:
    return Log(tmp_path / "jan.sto")


@pytest.fixture
def piet(tmp_path: Path) -> Log:
    return Log(tmp_path / "piet.sto")


def test_all_of_the_other_log_comes_in_and_is_folded(jan: Log, piet: Log) -> None:
    jan.do(note("van Jan", "J"))
    log.append_writer(piet.raw, Writer("piet", "Piet", "laptop", "1.0"))
    first = piet.do(create("panel", "P", title="Panel Hengelo"), note("van Piet", panel="P"), label="noteren")
    piet.undo(piet.do(change("note", "N", text="anders"), label="wijzigen"))
    result = jan.merge(piet)
    assert (result.changes, sorted(result.rows)) == (4, [("note", "N"), ("panel", "P")])
    assert not result.nothing_new
    assert (jan.shown("N"), jan.shown("J"), jan.shown("P", "title", "panel")) == (
        "van Piet",
        "van Jan",
        "Panel Hengelo",
    )
    assert jan.changes("N") == piet.changes("N")
    actions = "SELECT stamp, writer, label, at, reverses FROM action WHERE writer = 'piet' ORDER BY stamp"
    assert jan.raw.execute(actions).fetchall() == piet.raw.execute(actions).fetchall() != []
    assert jan.raw.execute("SELECT * FROM writer").fetchall() == [("piet", "Piet", "laptop", "1.0")]
    # Their actions can be undone here too.
    jan.undo(first)
    assert jan.shown("N") is None
    jan.assert_folded()


def test_a_second_time_nothing_is_new_and_what_followed_comes_in(jan: Log, piet: Log) -> None:
    piet.do(note("een"))
    jan.merge(piet)
    again = jan.merge(piet)
    assert again.nothing_new
    assert (again.changes, again.rows, again.contradicted, again.malformed) == (0, frozenset(), (), 0)
    piet.do(change("note", "N", text="twee"))
    assert jan.merge(piet).changes == 1
    assert jan.shown() == "twee"
    jan.assert_folded()


def test_a_row_that_both_have_and_one_that_only_they_have_are_folded_together(jan: Log, piet: Log) -> None:
    jan.do(note("een"))
    piet.merge(jan)
    jan.do(change("note", "N", text="van Jan"))
    piet.do(change("note", "N", text="van Piet"), note("nieuw", "M"))
    piet.do(change("note", "M", star=True))
    result = jan.merge(piet)
    assert (result.changes, sorted(result.rows)) == (3, [("note", "M"), ("note", "N")])
    assert jan.conflicts() == [("N", "text")]
    assert (jan.shown("M"), jan.shown("M", "star")) == ("nieuw", 1)
    jan.assert_folded()


def test_what_was_deleted_there_is_gone_here(jan: Log, piet: Log) -> None:
    jan.do(note("een"))
    piet.merge(jan)
    piet.do(delete("note", "N"))
    jan.merge(piet)
    assert jan.shown() is None
    jan.assert_folded()


def test_what_was_erased_there_is_erased_here_and_what_was_erased_here_does_not_come_back(jan: Log, piet: Log) -> None:
    piet.do(note("geheim"), note("blijft", "M"))
    jan.merge(piet)
    # Jan erased one thing, Piet another, and neither knows of the other's erasure.
    erase_values(jan.raw, [Erasure("note", "M", "text")])
    erase_values(piet.raw, [Erasure("note", "N", "text")])
    result = jan.merge(piet)
    assert result.erasures == (Erasure("note", "N", "text"),)
    assert not result.nothing_new
    assert (result.changes, result.contradicted) == (0, ())
    assert (jan.shown("N"), jan.shown("M")) == ("", "")
    assert b"geheim" not in jan.path.read_bytes()
    jan.assert_folded()
    assert jan.merge(piet).nothing_new


def test_an_erasure_that_comes_with_its_row_leaves_nothing_of_it(jan: Log, piet: Log) -> None:
    piet.do(note("geheim"))
    whole = piet.path.with_name("eerder.sto")
    whole.write_bytes(piet.path.read_bytes())
    erase_values(piet.raw, [Erasure("note", "N", "text")])
    jan.merge(piet)
    earlier = Log(jan.path.with_name("ander.sto"))
    earlier.path = whole
    assert jan.merge(earlier).contradicted == ()
    assert jan.shown() == ""


@pytest.mark.parametrize(
    ("column", "value"), [("fields", '{"text":"vals"}'), ("supersedes", '{"text":["1:x"]}'), ("row_id", "M")]
)
def test_another_content_under_the_same_identity_is_told_and_ours_stays(
    jan: Log, piet: Log, column: str, value: str
) -> None:
    made = jan.do(note("echt"), note("ook", "O"))
    piet.merge(jan)
    piet.raw.execute(f"UPDATE change SET {column} = ? WHERE row_id = 'N'", (value,))
    piet.raw.execute("UPDATE change SET action = 1 WHERE row_id = 'O'")
    result = jan.merge(piet)
    assert result.contradicted == tuple(item.id for row in ("N", "O") for item in jan.changes(row))
    assert made.record is not None
    assert [item.id.stamp for item in jan.changes("N")] == [made.record.id.stamp]
    assert (jan.shown(), result.changes) == ("echt", 0)


def test_rows_without_the_form_of_a_log_are_left_out_and_counted(jan: Log, piet: Log) -> None:
    piet.do(note("goed"), note("stuk", "S"))
    piet.raw.execute("UPDATE change SET fields = '[]' WHERE row_id = 'S'")
    piet.raw.execute("UPDATE action SET label = CAST(x'ff' AS TEXT)")
    result = jan.merge(piet)
    assert (result.malformed, result.changes) == (2, 1)
    assert (jan.shown("N"), jan.shown("S")) == ("goed", None)


def test_a_text_that_is_no_utf_8_leaves_the_rest_and_ours_is_read_as_before(jan: Log, piet: Log) -> None:
    piet.do(note("goed"), note("stuk", "S"))
    piet.raw.execute("UPDATE change SET fields = CAST(x'ff' AS TEXT) WHERE row_id = 'S'")
    assert jan.merge(piet).malformed == 1
    jan.raw.execute("UPDATE note SET text = CAST(x'ff' AS TEXT) WHERE id = 'N'")
    with pytest.raises(SqliteError, match="UTF-8"):
        jan.shown()


def test_what_is_too_far_ahead_is_kept_counted_and_not_shown(jan: Log, piet: Log) -> None:
    piet.do(note("nu"))
    piet.write(ChangeId(HIGHEST_STAMP + 1, "ver"), {"text": "later"})
    result = jan.merge(piet)
    assert (result.changes, result.quarantined) == (2, 1)
    assert jan.shown() == "nu"


def test_rows_of_a_table_of_a_newer_program_are_kept_and_not_named(jan: Log, piet: Log) -> None:
    piet.write(ChangeId(5, "nieuwer"), {"kleur": "rood"}, table="sticker", row="S")
    result = jan.merge(piet)
    assert (result.changes, result.rows) == (1, frozenset())
    assert [item.values for item in jan.changes("S", "sticker")] == [{"kleur": "rood"}]


def test_whether_the_other_lacks_something_of_ours_is_told_if_asked(jan: Log, piet: Log) -> None:
    piet.do(note("een"))
    assert not jan.merge(piet, compare=True).lacking
    # Their file has one more row, which is not part of the log.
    piet.raw.execute("INSERT INTO change SELECT NULL, 1, 'x', 1, '', row_id, fields, supersedes FROM change")
    assert not jan.merge(piet, compare=True).lacking
    jan.do(change("note", "N", text="twee"))
    assert not jan.merge(piet).lacking
    assert jan.merge(piet, compare=True).lacking
    piet.merge(jan)
    assert not jan.merge(piet, compare=True).lacking
    erase_values(jan.raw, [Erasure("note", "N", "text")])
    assert jan.merge(piet, compare=True).lacking
    piet.merge(jan)
    assert not jan.merge(piet, compare=True).lacking


@pytest.mark.parametrize(
    ("touched", "others", "anew"), [(100, 0, False), (101, 0, True), (101, 303, False), (101, 302, True)]
)
def test_if_much_of_the_log_changed_everything_is_folded_anew(
    jan: Log, piet: Log, touched: int, others: int, *, anew: bool
) -> None:
    rows = [f"N{number}" for number in range(touched + others)]
    jan.do(*(note("een", row) for row in rows))
    piet.merge(jan)
    piet.do(*(change("note", row, text="twee") for row in rows[:touched]))
    # A conflict that is in no log: only a fold of the whole log removes it.
    jan.raw.execute("INSERT INTO conflict VALUES ('note', 'nergens', 'text')")
    jan.merge(piet)
    assert (jan.conflicts() == []) is anew
    assert jan.shown("N0") == "twee"


def test_who_gives_a_password_reads_a_file_that_has_one_and_one_that_has_none(tmp_path: Path, jan: Log) -> None:
    locked = Log(tmp_path / "op slot.sto", password="geheim ' woord")
    locked.do(note("achter slot"))
    locked.raw.close()
    with pytest.raises(SqliteError, match="file is not a database"):
        jan.merge(locked)
    assert jan.merge(locked, "geheim ' woord").changes == 1
    plain = Log(tmp_path / "d'r een.sto")
    plain.do(note("open", "M"))
    assert jan.merge(plain, "geheim").changes == 1
    assert (jan.shown("N"), jan.shown("M")) == ("achter slot", "open")


def test_an_accent_in_a_password_opens_a_file_however_it_is_typed(tmp_path: Path, jan: Log) -> None:
    locked = Log(tmp_path / "op slot.sto", password="caf\u00e9")
    locked.do(note("achter slot"))
    assert jan.merge(locked, "cafe\u0301").changes == 1


def test_what_was_merged_is_remembered_by_its_digest_alone(jan: Log, piet: Log) -> None:
    piet.do(note("een"))
    jan.merge(piet)
    assert taken.known(jan.raw) == {}
    jan.merge(piet, digest="van deze inhoud")
    assert taken.known(jan.raw) == {"van deze inhoud": piet.path.stat().st_size}


def test_what_another_program_put_into_a_file_is_told_each_time(jan: Log, piet: Log) -> None:
    piet.raw.execute("CREATE TABLE van_een_ander (x)")
    assert jan.merge(piet, digest="met meer").left != NOTHING_LEFT
    assert taken.known(jan.raw) == {}


def _refused(jan: Log, piet: Log, change_it: Callable[[sqlite3.Connection], object]) -> None:
    """Let another program change Piet's file, and merge it."""
    piet.raw.close()
    with closing(sqlite3.connect(piet.path, isolation_level=None)) as raw:
        change_it(raw)
    jan.merge(piet, name=Path("/ergens/van Piet.sto"))


def _remains_usable(jan: Log, piet: Log) -> None:
    """Assert that nothing remains after a refusal, and that the next file can be merged."""
    assert jan.tables() == {}
    assert jan.raw.execute("SELECT count(*) FROM change").fetchone() == (0,)
    other = Log(piet.path.with_name("goed.sto"))
    other.do(note("goed"))
    assert jan.merge(other).changes == 1


def _copy_without_names(piet: Log) -> str:
    """Let Piet's log be a copy without names, in which the panel P has its alias; return the alias."""
    alias = alias_of("P")
    log.append_writer(piet.raw, Writer(f"{SHARED}piet", "", "", ""))
    piet.do(create("panel", alias, title="Panel Hengelo"), note("uit de kopie", "K", panel=alias))
    return alias


def test_what_comes_in_under_the_alias_of_a_panel_belongs_to_the_panel(jan: Log, piet: Log) -> None:
    alias = _copy_without_names(piet)
    jan.do(create("panel", "P", title="Panel Hengelo"), note("van Jan", "J", panel="P"))
    erase_values(piet.raw, [Erasure("panel", alias, "subregion"), Erasure("note", "K", "heading")])
    result = jan.merge(piet)
    assert (jan.shown("K", "panel"), jan.changes(alias, "panel")) == ("P", [])
    assert set(result.erasures) == {Erasure("panel", "P", "subregion"), Erasure("note", "K", "heading")}
    assert result.rows == {("panel", "P"), ("note", "K")}
    assert jan.merge(piet).nothing_new
    jan.assert_folded()


def test_what_was_here_under_the_alias_of_a_panel_belongs_to_the_panel_that_comes_in(jan: Log, piet: Log) -> None:
    alias = _copy_without_names(jan)
    piet.do(create("panel", "P", title="Panel Hengelo"), note("van Piet", "N", panel="P"))
    result = jan.merge(piet)
    assert (jan.shown("K", "panel"), jan.shown("N", "panel")) == ("P", "P")
    assert jan.shown(alias, "title", "panel") is None
    assert result.rows >= {("panel", "P"), ("note", "K"), ("note", "N")}
    jan.assert_folded()


def test_what_another_program_put_into_the_file_is_told_and_kept_before_its_log_is_read(jan: Log, piet: Log) -> None:
    piet.do(note("een"))
    piet.raw.execute("CREATE TABLE van_een_ander (x)")
    kept: list[LeftBehind] = []
    result = jan.merge(piet, keep=kept.append)
    assert result.left == kept[0] != NOTHING_LEFT
    assert jan.shown() == "een"
    # The copy that is read holds the log alone.
    with closing(connect(piet.path)) as raw:
        assert raw.execute("SELECT count(*) FROM note").fetchone() == (0,)
    assert jan.merge(piet).left == NOTHING_LEFT


def test_what_has_no_log_is_refused_by_the_name_the_user_knows(jan: Log, piet: Log) -> None:
    with pytest.raises(NewerFormatError, match=r"«van Piet\.sto»"):
        _refused(jan, piet, lambda raw: raw.executescript("DROP TABLE change; PRAGMA user_version = 2"))
    with pytest.raises(NotADossierError, match=r"«van Piet\.sto» is een database van een ander programma"):
        _refused(jan, piet, lambda raw: raw.execute("PRAGMA application_id = 7"))
    _remains_usable(jan, piet)


def test_a_view_in_place_of_the_changes_is_refused(jan: Log, piet: Log) -> None:
    def hide(raw: sqlite3.Connection) -> None:
        raw.execute("ALTER TABLE change DROP COLUMN fields")
        raw.execute("ALTER TABLE change RENAME TO old")
        raw.execute("CREATE VIEW change AS SELECT *, '{}' AS fields FROM old")

    with pytest.raises(NotADossierError) as refused:
        _refused(jan, piet, hide)
    assert str(refused.value) == (
        "«van Piet.sto» is geen volledig dossier van STO Desktop. Er is niets in het bestand gewijzigd."
        " Open een reservekopie."
    )
    _remains_usable(jan, piet)


def test_a_log_without_an_order_of_arrival_is_read(jan: Log, piet: Log) -> None:
    piet.do(note("een"))
    piet.raw.execute(
        "CREATE TABLE plain AS SELECT stamp, writer, action, table_name, row_id, fields, supersedes FROM change"
    )
    piet.raw.execute("DROP TABLE change")
    piet.raw.execute("ALTER TABLE plain RENAME TO change")
    assert jan.merge(piet).changes == 1


def test_an_index_of_another_program_is_no_damage(jan: Log, piet: Log) -> None:
    piet.do(note("een"))
    _refused(jan, piet, foreign_index)
    assert jan.shown() == "een"


def test_a_log_with_a_row_that_its_index_lacks_is_refused_whatever_else_is_in_the_file(jan: Log, piet: Log) -> None:
    def both(raw: sqlite3.Connection) -> None:
        foreign_index(raw)
        unindexed(raw)

    with pytest.raises(DamagedDossierError, match=r"«van Piet\.sto» is beschadigd"):
        _refused(jan, piet, both)
    _remains_usable(jan, piet)


def test_the_log_that_is_open_itself_is_checked_in_the_same_way(jan: Log) -> None:
    jan.do(note("een"))
    check_log_is_sound(jan.raw, jan.path)
    jan.raw.close()
    with closing(sqlite3.connect(jan.path, isolation_level=None)) as raw:
        unindexed(raw)
    again = connect(jan.path)
    with pytest.raises(DamagedDossierError, match=r"«jan\.sto» is beschadigd"):
        check_log_is_sound(again, jan.path)
    again.close()
