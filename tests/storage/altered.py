"""What another program or another version may do to the tables of a dossier, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sto_desktop.storage.file.database import connect

NEWER = "f" * 32
INSERT_CHANGE = (
    "INSERT INTO change (stamp, writer, action, table_name, row_id, fields, supersedes)"
    " VALUES (120000000000000000, 'later', 120000000000000000, 'sticker', 'S', '{\"deleted\":false}', '{}')"
)


@dataclass(frozen=True)
class Case:
    """How one of our dossiers was altered, and what the program reports about it."""

    statements: Sequence[str]
    told: str = ""
    lacking: str = ""
    told_of_working_copy: str | None = None


def _rebuilt(columns: str, options: str = "", values: str = "*") -> list[str]:
    """Return what gives the table of changes other columns or options, with the same rows."""
    return [
        f"CREATE TABLE new_log ({columns}){options}",
        f"INSERT INTO new_log SELECT {values} FROM change",
        "DROP TABLE change",
        "ALTER TABLE new_log RENAME TO change",
    ]


_KEY = "seq INTEGER PRIMARY KEY"
_TYPED = "stamp INTEGER, writer TEXT, action INTEGER, table_name TEXT, row_id TEXT, fields TEXT, supersedes TEXT"
_BUILT_OTHERWISE = "andere opbouw van tabel «change»"

CASES: dict[str, Case] = {
    "log without what it supersedes": Case(
        ["ALTER TABLE change DROP COLUMN supersedes"], lacking="kolom «supersedes» van «change»"
    ),
    "log without a column, with another": Case(
        ["ALTER TABLE change DROP COLUMN supersedes", "ALTER TABLE change ADD COLUMN extra TEXT"],
        "kolom «extra» van «change»",
        "kolom «supersedes» van «change»",
    ),
    "log with a column of another name": Case(
        ["ALTER TABLE change RENAME COLUMN fields TO velden"], "andere opbouw van tabel «change»"
    ),
    "log with a required column": Case(
        ["ALTER TABLE change ADD COLUMN extra TEXT NOT NULL DEFAULT 'x'"], "kolom «extra» van «change»"
    ),
    "log under another name": Case(["ALTER TABLE change RENAME TO wijziging"], "andere opbouw van tabel «change»"),
    "view in place of the log": Case(
        ["ALTER TABLE change RENAME TO wijziging", "CREATE VIEW change AS SELECT * FROM wijziging"],
        "andere opbouw van tabel «change» en view «change»",
    ),
    "log with a check": Case(_rebuilt(f"{_KEY}, {_TYPED}, CHECK (stamp < 0 OR 1)"), _BUILT_OTHERWISE),
    "log with a check that its rows break": Case(
        [
            *_rebuilt(f"{_KEY}, {_TYPED}, CHECK (stamp > 0)"),
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = replace(sql, 'stamp > 0', 'stamp < 0') WHERE name = 'change'",
            "UPDATE sqlite_master SET sql = replace(sql, 'writer TEXT', 'writer BLOB NOT NULL') WHERE name = 'change'",
            "PRAGMA writable_schema = RESET",
        ],
        _BUILT_OTHERWISE,
    ),
    "strict log": Case(_rebuilt(f"{_KEY}, {_TYPED}", " STRICT"), _BUILT_OTHERWISE),
    "log without row ids": Case(_rebuilt(f"{_KEY}, {_TYPED}", " WITHOUT ROWID"), _BUILT_OTHERWISE),
    "log with other types": Case(
        _rebuilt(
            "seq, stamp TEXT, writer BLOB, action REAL, table_name, row_id ANY, fields BLOB, supersedes BLOB",
            values="seq, stamp, writer, action, table_name, row_id, CAST(fields AS BLOB), CAST(supersedes AS BLOB)",
        ),
        _BUILT_OTHERWISE,
    ),
    "log in an order of another program": Case(
        _rebuilt(f"{_KEY} COLLATE nocase, {_TYPED.replace('stamp INTEGER', 'stamp INTEGER COLLATE nocase')}"),
        _BUILT_OTHERWISE,
    ),
    "unique index on the log": Case(["CREATE UNIQUE INDEX enig ON change (stamp, row_id)"], "index «enig»"),
    "log without actions, writers and erasures": Case(
        ["DROP TABLE action", "DROP TABLE writer", "DROP TABLE erasure"],
        lacking="tabel «writer», tabel «action» en tabel «erasure»",
    ),
    "computed column": Case(["ALTER TABLE note ADD COLUMN lang AS (length(text)) VIRTUAL"], "kolom «lang» van «note»"),
    "computed column of the log": Case(
        ["ALTER TABLE change ADD COLUMN lang AS (length(fields)) VIRTUAL"], "kolom «lang» van «change»"
    ),
    "newer form": Case(["PRAGMA user_version = 9"], "vorm 9 van het logboek"),
    "of another program": Case(["PRAGMA application_id = 7"], "kenmerk 7"),
    "dumped and read back": Case(["PRAGMA application_id = 0", "PRAGMA user_version = 0"], "kenmerk 0"),
    "drafts with a column of another name": Case(["ALTER TABLE draft RENAME COLUMN content TO inhoud"]),
    "drafts with a column more": Case(
        ["ALTER TABLE draft ADD COLUMN extra TEXT NOT NULL DEFAULT 'x'"],
        told_of_working_copy="kolom «extra» van «draft»",
    ),
    "drafts under another name": Case(
        ["ALTER TABLE draft RENAME TO concept"], "tabel «concept»", told_of_working_copy=""
    ),
    "settings with a column of another name": Case(["ALTER TABLE setting RENAME COLUMN name TO naam"]),
    "trigger on notes": Case(
        ["CREATE TRIGGER val AFTER INSERT ON note BEGIN DELETE FROM note; DELETE FROM change; END"], "trigger «val»"
    ),
    "trigger on the log": Case(
        ["CREATE TRIGGER val BEFORE INSERT ON change BEGIN DELETE FROM change; END"], "trigger «val»"
    ),
    "trigger on drafts": Case(
        ["CREATE TRIGGER val AFTER DELETE ON draft BEGIN DELETE FROM change; END"], "trigger «val»"
    ),
    "view": Case(["CREATE VIEW gluur AS SELECT * FROM note"], "view «gluur»"),
    "view that only a newer SQLite can read": Case(
        [
            "PRAGMA writable_schema = ON",
            "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql)"
            " VALUES ('view', 'nieuw', 'nieuw', 0, 'CREATE VIEW nieuw AS SELECT [ FROM note')",
        ],
        "view «nieuw»",
    ),
    "view named as a table": Case(["DROP TABLE note", "CREATE VIEW note AS SELECT 'N0' AS id"], "view «note»"),
    "view named as settings": Case(["DROP TABLE setting", "CREATE VIEW setting AS SELECT 1 AS name"], "view «setting»"),
    "table": Case(["CREATE TABLE extra (x)", "INSERT INTO extra VALUES (1)"], "tabel «extra»"),
    "virtual table": Case(["CREATE VIRTUAL TABLE zoek USING fts5(x)"], "tabel «zoek»"),
    "column": Case(["ALTER TABLE note ADD COLUMN extra TEXT"], "kolom «extra» van «note»"),
    "column of the log": Case(["ALTER TABLE change ADD COLUMN extra TEXT"], "kolom «extra» van «change»"),
    "index": Case(["CREATE INDEX traag ON note (text)"], "index «traag»"),
    "no index": Case(["DROP INDEX change_row"]),
    "no search": Case(["DROP TABLE search"]),
    "other search": Case(["DROP TABLE search", "CREATE VIRTUAL TABLE search USING fts5(body, extra)"]),
    "no drafts": Case(["DROP TABLE draft"]),
    "no notes": Case(["DROP TABLE note"]),
    "no version": Case(["DROP TABLE alembic_version"]),
    "form of before": Case(["PRAGMA user_version = 0"]),
    "older": Case(
        [
            "UPDATE alembic_version SET version_num = '0001'",
            "ALTER TABLE note DROP COLUMN heading",
            "DROP TABLE debrief",
        ]
    ),
    "other codes or searched fields": Case([f"UPDATE alembic_version SET version_num = '{NEWER}'", "DELETE FROM note"]),
    "newer": Case(
        [
            f"UPDATE alembic_version SET version_num = '{NEWER}'",
            "ALTER TABLE note ADD COLUMN mood TEXT",
            "ALTER TABLE setting ADD COLUMN since TEXT",
            "CREATE TABLE sticker (key INTEGER PRIMARY KEY, id TEXT)",
            "INSERT INTO sticker (id) VALUES ('S')",
            "CREATE TABLE window_state (name TEXT)",
            INSERT_CHANGE,
        ]
    ),
    "newer and touched": Case(
        [
            f"UPDATE alembic_version SET version_num = '{NEWER}'",
            "CREATE TABLE extra (x)",
            "INSERT INTO extra VALUES (1)",
            "CREATE VIEW gluur AS SELECT * FROM note",
        ],
        "tabel «extra» en view «gluur»",
    ),
}


def alter(path: Path, case: Case, password: str | None = None) -> None:
    """Do to a closed dossier what a case says."""
    raw = connect(path, password=password)
    try:
        for statement in case.statements:
            raw.execute(statement)
    finally:
        raw.close()
