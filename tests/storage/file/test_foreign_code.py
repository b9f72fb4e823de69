"""Code in the schema of a dossier that somebody else wrote is never run, whatever its names say, and no reading of it
goes on for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sto_desktop.domain.errors import DamagedDossierError, DossierError
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.working import quarantine
from sto_desktop.storage.working.check import check_file, repair
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, note, other_program, text_of

# Who computes it is refused, at once; a slow one would hold everybody up.
NEVER = "length(zeroblob(2000000000))"
COLUMNS = ("seq", "stamp", "writer", "action", "table_name", "row_id", "fields", "supersedes", "place", "content")
_AS_EACH = ", ".join(f"x AS {name}" for name in ("rowid", *COLUMNS))
ENDLESS = f"WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT {_AS_EACH} FROM n"
INSERT = "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, 0, ?)"


@pytest.fixture
def filled(copy: WorkingCopy, path: Path) -> Path:
    """A closed dossier with a note."""
    copy.dossier.apply(note("over het Technolab", "N"))
    copy.close()
    return path


def _described(path: Path, describe: Callable[[sqlite3.Connection], object]) -> None:
    """Change the description of the tables of a closed dossier."""
    with other_program(path) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        describe(raw)
        (version,) = raw.execute("PRAGMA schema_version").fetchone()
        raw.execute(f"PRAGMA schema_version = {version + 1}")


def _computed(raw: sqlite3.Connection) -> None:
    raw.execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'PRIMARY KEY', ?) WHERE name = 'change'",
        (f"traag AS ({NEVER}) NOT NULL, PRIMARY KEY",),
    )


def _computed_and_indexed(raw: sqlite3.Connection) -> None:
    _computed(raw)
    raw.execute("UPDATE sqlite_master SET sql = 'CREATE INDEX change_row ON change (traag)' WHERE name = 'change_row'")


@pytest.mark.parametrize("describe", [_computed, _computed_and_indexed])
def test_a_computed_column_of_the_log_is_never_computed(
    jan: Computer, piet: Computer, filled: Path, describe: Callable[[sqlite3.Connection], object]
) -> None:
    _described(filled, describe)
    assert check_file(filled).ok
    office = piet.create(filled.with_name("Van Piet.sto"))
    office.merging.merge([filled])
    assert text_of(office.dossier, "N") == "over het Technolab"
    office.close()
    assert repair(filled, filled.with_name("hersteld.sto")).lost == 0
    opened = jan.open(filled)
    assert text_of(opened.dossier, "N") == "over het Technolab"
    opened.close()


def _chain() -> list[str]:
    """Each view reads the one before it twice: SQLite needs twice as long to find the columns of the next."""
    made = ", ".join(f"1 AS {name}" for name in COLUMNS)
    links = [f"CREATE VIEW link{n} AS SELECT a.* FROM link{n - 1} AS a, link{n - 1} AS b" for n in range(1, 40)]
    return [f"CREATE VIEW link0 AS SELECT {made}", *links, "CREATE VIEW {table} AS SELECT * FROM link39"]


def _under_another_name(path: Path, table: str, views: Sequence[str], broken: bool) -> None:
    """Let a row of the schema that has the name of a table describe another one, and another row a view of its name."""

    def describe(raw: sqlite3.Connection) -> None:
        raw.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, 'CREATE TABLE lokvogel') WHERE name = ? AND type = 'table'",
            (f"CREATE TABLE {table}", table),
        )
        raw.execute("DELETE FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (table,))
        for number, sql in enumerate(views):
            name = f"link{number}" if number + 1 < len(views) else "zz"
            raw.execute(INSERT, ("view", name, name, sql.format(table=table)))
        if broken:
            raw.execute(INSERT, ("view", "aa", "aa", "CREATE VIEW aa AS FLOEP"))
            raw.execute("UPDATE sqlite_master SET rowid = -5 WHERE name = 'aa'")

    _described(path, describe)


def _answered(work: Callable[[], object]) -> bool:
    try:
        work()
    except DossierError:
        return True
    return False


@pytest.mark.parametrize("broken", [False, True], ids=["alone", "with SQL that nobody knows"])
@pytest.mark.parametrize("table", ["change", "action", "note"])
@pytest.mark.parametrize(
    "views",
    [
        pytest.param(["CREATE VIEW {table} AS " + ENDLESS], id="endless"),
        pytest.param(_chain(), id="chain", marks=pytest.mark.long),
    ],
)
def test_a_view_under_the_name_of_a_table_is_never_read(
    jan: Computer, piet: Computer, filled: Path, table: str, views: Sequence[str], broken: bool
) -> None:
    office = piet.create(filled.with_name("Van Piet.sto"))
    _under_another_name(filled, table, views, broken)
    out = filled.with_name("hersteld.sto")
    check_file(filled)
    office.merging.preview([Incoming(filled)])
    office.dossier.close()
    _answered(lambda: jan.open(filled).dossier.close())
    assert _answered(lambda: repair(filled, out)) == (table == "change")
    if table != "change":
        assert check_file(out).counts["note"] == 1


def test_a_repair_that_never_ends_is_stopped_and_said(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sto_desktop.storage.whole_file.repair._SECONDS_A_MEGABYTE", -1e9)
    monkeypatch.setattr("sto_desktop.storage.file.database._STEPS_BETWEEN_LOOKS", 1)
    with pytest.raises(DamagedDossierError, match="kwam niet tot een eind"):
        repair(filled, filled.with_name("hersteld.sto"))
    assert not filled.with_name("hersteld.sto").exists()


def test_drafts_in_quarantine_are_read_from_a_table_only(jan: Computer, copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("over het Technolab", "N"))
    copy.publish()
    copy.dossier.set_draft("gesprek", "half")
    copy.dossier.close()
    with other_program(copy.file.folder / "dossier.sto") as raw:
        raw.execute("DROP TABLE draft")
        raw.execute(f"CREATE VIEW draft AS {ENDLESS}")
    quarantine.put(jan.home, copy.file.folder, path.resolve(), jan.clock())
    again = jan.open(path)
    assert text_of(again.dossier, "N") == "over het Technolab"
    assert again.salvage is not None
    again.close()


def test_a_copy_beside_with_an_endless_view_as_its_log_is_passed_over(copy: WorkingCopy, path: Path) -> None:
    copy.dossier.apply(note("over het Technolab", "N"))
    copy.publish()
    beside = path.with_name("Hengelo (1).sto")
    beside.write_bytes(path.read_bytes())
    with other_program(beside) as raw:
        raw.execute("ALTER TABLE change RENAME TO wijziging")
        raw.execute(f"CREATE VIEW change AS {ENDLESS}")
    assert copy.merging.copies_beside() == []
