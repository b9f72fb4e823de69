"""The tables that a dossier of this version has, and whether a file has exactly these.

They follow from the declared records, so there is no version number to maintain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from sto_desktop.storage.file.database import Raw, stored_columns, transaction
from sto_desktop.storage.file.schema import (
    APPLICATION_ID,
    LOG_FORMAT,
    LOG_TABLES,
    TABLES,
    StoredTable,
    change,
    fingerprint,
)
from sto_desktop.storage.log import folded

_VERSION = "alembic_version"
"""The table in which a file names the version of its tables. Programs before fingerprints refuse files without it."""

_VERSION_TABLE = (
    f"CREATE TABLE {_VERSION} (version_num VARCHAR(32) NOT NULL, CONSTRAINT {_VERSION}_pkc PRIMARY KEY (version_num))"
)
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")
_OF_SQLITE = ("sqlite_stat1", "sqlite_stat4", "sqlite_sequence")
"""Tables that SQLite adds for statistics."""

_HEADER = {"application_id": APPLICATION_ID, "user_version": LOG_FORMAT, "encoding": "UTF-8"}
"""What the header of a dossier says; two files of other encodings can't be read over one connection."""

Schema = frozenset[tuple[str, str, str]]
"""(type, name, SQL) of each object in a database."""


def create_dossier(raw: Raw) -> None:
    """Create every table of a new dossier."""
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version = {LOG_FORMAT}")
    with transaction(raw):
        folded.create_tables(raw)
        raw.execute(_VERSION_TABLE)
        raw.execute(f"INSERT INTO {_VERSION} (version_num) VALUES (?)", (fingerprint(),))


def schema_of(raw: Raw) -> Schema:
    """Return every object in a database, but for what SQLite itself adds."""
    objects = raw.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    # In a damaged file these may be of any type.
    texts = (tuple(map(str, row)) for row in objects)
    return frozenset(
        (kind, name, sql)
        for kind, name, sql in texts
        if not (kind == "index" and not sql) and not (kind == "table" and name in _OF_SQLITE)
    )


@cache
def expected() -> tuple[Schema, Mapping[str, frozenset[str]]]:
    """Return the schema of a dossier of this version, and the columns of its tables."""
    raw = dbapi2.connect(":memory:", isolation_level=None)
    try:
        create_dossier(raw)
        schema = schema_of(raw)
        return schema, {name: stored_columns(raw, name) for kind, name, _ in schema if kind == "table"}
    finally:
        raw.close()


@cache
def log_definitions() -> Mapping[str, bytes]:
    """Return the SQL that creates each table of the log, the same in every version so far."""
    names = {table.name for table in LOG_TABLES}
    return {name: sql.encode() for kind, name, sql in expected()[0] if kind == "table" and name in names}


def version_of(raw: Raw) -> str | None:
    """Return the version of a dossier's tables; None if it names none."""
    if "version_num" not in stored_columns(raw, _VERSION):
        return None
    row = raw.execute(f"SELECT version_num FROM {_VERSION}").fetchone()
    return row[0] if row else None


def is_ours(raw: Raw) -> bool:
    """Return whether a database is a dossier with exactly the tables of this version, and what they can hold."""
    return has_our_tables(raw) and not wrong_values(raw)


def has_our_tables(raw: Raw) -> bool:
    """Return whether a database has exactly the tables of this version."""
    header = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in _HEADER}
    return header == _HEADER and version_of(raw) == fingerprint() and schema_of(raw) == expected()[0]


def wrong_values(raw: Raw) -> int:
    """Return in how many rows a value has another type than its column: SQLite stores any type in any column.

    Not of the changes: these are parsed one by one, and a malformed one is left where it is.
    """
    filled = raw.execute(_filled_sql()).fetchone()
    # Most tables of most dossiers are empty, and each statement takes time to prepare.
    wanted = [statement for statement, any_row in zip(_wrong_values_sql(), filled, strict=True) if any_row]
    return sum(raw.execute(statement).fetchone()[0] for statement in wanted)


def _checked() -> list[StoredTable]:
    return [table for table in TABLES.values() if table is not change]


@cache
def _filled_sql() -> str:
    return "SELECT " + ", ".join(f'(SELECT 1 FROM "{table.name}" NOT INDEXED LIMIT 1)' for table in _checked())


@cache
def _wrong_values_sql() -> tuple[str, ...]:
    return tuple(
        f'SELECT count(*) FROM "{table.name}" NOT INDEXED WHERE '
        + " OR ".join(f"typeof(\"{column.name}\") NOT IN ('{column.stored_as}', 'null')" for column in table.columns)
        for table in _checked()
    )


def is_another_version(version: object) -> bool:
    """Return whether a version may know tables that we don't; versions before fingerprints did not."""
    return isinstance(version, str) and bool(_FINGERPRINT.fullmatch(version)) and version != fingerprint()
