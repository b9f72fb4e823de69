"""Checks whether a file has the tables of this version, and copies its log into a fresh file if not.

The expected tables follow from the declared records, so there is no version number to maintain. A file with other
tables, made by another version or changed by another program, is not refused: its log holds everything people made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import Table
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from sto_desktop.domain.record import clean_text
from sto_desktop.language import listed, tr, tr_later
from sto_desktop.own_files import put_in_place
from sto_desktop.storage.file.database import (
    Raw,
    bounded,
    connect,
    quoted,
    stored_columns,
    transaction,
)
from sto_desktop.storage.file.files import is_plain, remove_journals, remove_with_journals
from sto_desktop.storage.file.schema import APPLICATION_ID, LOCAL_TABLES, LOG_FORMAT, LOG_TABLES, fingerprint
from sto_desktop.storage.log import folded, log
from sto_desktop.storage.log.merge import check_log, check_log_is_sound, check_opened

_VERSION = "alembic_version"
"""The table in which a file names the version of its tables. Programs before fingerprints refuse files without it."""

# In the form that Alembic gave it in earlier versions.
_VERSION_TABLE = (
    f"CREATE TABLE {_VERSION} (version_num VARCHAR(32) NOT NULL, CONSTRAINT {_VERSION}_pkc PRIMARY KEY (version_num))"
)
# Earlier versions have the number of an Alembic revision here.
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")
_OF_SQLITE = ("sqlite_stat1", "sqlite_stat4", "sqlite_sequence")
"""Tables that SQLite adds for statistics."""

_WORDS = {
    "table": tr_later("tabel"),
    "view": tr_later("view"),
    "trigger": tr_later("trigger"),
    "index": tr_later("index"),
}
_SOMETHING = tr_later("iets")
_MOST_NAMED = 5
_LONGEST_NAME = 40

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


def _schema(raw: Raw) -> Schema:
    objects = raw.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    # In a damaged file these may be of any type.
    texts = (tuple(map(str, row)) for row in objects)
    return frozenset(
        (kind, name, sql)
        for kind, name, sql in texts
        if not (kind == "index" and not sql) and not (kind == "table" and name in _OF_SQLITE)
    )


@cache
def _expected() -> tuple[Schema, Mapping[str, frozenset[str]]]:
    """Return the schema of a dossier of this version, and the columns of its tables."""
    raw = dbapi2.connect(":memory:", isolation_level=None)
    try:
        create_dossier(raw)
        schema = _schema(raw)
        return schema, {name: stored_columns(raw, name) for kind, name, _ in schema if kind == "table"}
    finally:
        raw.close()


@cache
def log_definitions() -> Mapping[str, bytes]:
    """Return the SQL that creates each table of the log, the same in every version so far."""
    names = {table.name for table in LOG_TABLES}
    return {name: sql.encode() for kind, name, sql in _expected()[0] if kind == "table" and name in names}


def _version(raw: Raw) -> str | None:
    """Return the version of a dossier's tables; None if it names none."""
    if "version_num" not in stored_columns(raw, _VERSION):
        return None
    row = raw.execute(f"SELECT version_num FROM {_VERSION}").fetchone()
    return row[0] if row else None


def is_ours(raw: Raw) -> bool:
    """Return whether a database has exactly the tables of this version."""
    return _version(raw) == fingerprint() and _schema(raw) == _expected()[0]


def left_behind(raw: Raw) -> tuple[str, ...]:
    """Return, in Dutch, what another program added to a dossier and a fresh file will not contain.

    In a file of another version, what that version itself may have made does not count: tables for kinds of rows in the
    log, empty tables, columns, indexes.
    """
    expected, columns = _expected()
    names = {(kind, name) for kind, name, _ in expected}
    other_version = _is_another_version(_version(raw))
    with log.any_text(raw):
        in_log = {name for (name,) in raw.execute("SELECT DISTINCT table_name FROM change").fetchall()}
    shadows = {name for _, name, kind, *_ in raw.execute("PRAGMA main.table_list").fetchall() if kind == "shadow"}

    def foreign() -> Iterator[str]:
        for kind, name, _ in sorted(_schema(raw)):
            # Shadow tables belong to the search index; a table of rows in the log is from a newer version.
            if (kind, name) in names or name in shadows or (kind == "table" and name in in_log):
                continue
            if kind in ("trigger", "view") or not other_version or (kind == "table" and _has_rows(raw, name)):
                yield f"{tr(_WORDS.get(kind, _SOMETHING))} «{_short(name)}»"
        for table, ours in () if other_version else sorted(columns.items()):
            for name in sorted(stored_columns(raw, table) - ours) if ours else ():
                yield tr("kolom «{name}» van «{table}»", name=_short(name), table=table)

    return tuple(foreign())


def _short(name: str) -> str:
    """Return a foreign name shortened to fit in a sentence."""
    words = " ".join(clean_text(name).split())
    return words if len(words) <= _LONGEST_NAME else f"{words[:_LONGEST_NAME]}…"


def foreign_in(path: Path, name: Path, password: str | None) -> tuple[str, ...]:
    """Return what another program added to a closed file of our own.

    Args:
        name: the path that the user knows, for errors.

    Raises:
        DossierError: it is not a dossier, or its format is too new.
    """
    raw = connect(path, password=None if is_plain(path) else password)
    try:
        with bounded(raw, path):
            check_opened(raw, name)
            return () if is_ours(raw) else left_behind(raw)
    finally:
        raw.close()


def _is_another_version(version: object) -> bool:
    """Return whether a version may know tables that we don't; versions before fingerprints did not."""
    return isinstance(version, str) and bool(_FINGERPRINT.fullmatch(version)) and version != fingerprint()


def _has_rows(raw: Raw, table: str) -> bool:
    # Count stored rows only: reading anything else could run foreign code.
    stored = stored_columns(raw, table)
    name = table.replace('"', '""')
    return bool(stored) and raw.execute(f'SELECT 1 FROM "{name}" NOT INDEXED LIMIT 1').fetchone() is not None


def said_left_behind(name: str, left_behind_objects: Sequence[str]) -> str:
    """Return a sentence about the content of a file that is not copied; empty if there is none."""
    if not left_behind_objects:
        return ""
    unnamed = len(left_behind_objects) - _MOST_NAMED
    names = listed((*left_behind_objects[:_MOST_NAMED], tr("nog {n}", n=unnamed) if unnamed > 0 else ""))
    return tr(
        "In «{name}» staat iets van een ander programma: {what}. Dat gaat niet mee; alle notities wel.",
        name=name,
        what=names,
    )


def renew(
    path: Path,
    name: Path,
    password: str | None,
    *,
    with_local: bool = False,
    keep: Callable[[], object] = lambda: None,
) -> None:
    """Replace a file of our own, which no other connection has open, by a fresh one with our tables.

    The fresh file gets the log unchanged, row by row, including rows that this version can't read. The old file stays
    until the fresh one is complete.

    Args:
        name: the path that the user knows, for errors.
        with_local: it is a working copy, whose drafts and settings are copied too.
        keep: called when the fresh file is complete, before the old one is replaced.

    Raises:
        DossierError: it has no log, or a damaged one; the file is unchanged.
    """
    fresh = path.with_name(f"{path.name}.nieuw")
    remove_with_journals(fresh)
    try:
        raw = connect(fresh, password=password)
        try:
            # Nobody reads the file before it is complete and synced, so speed up the writing.
            raw.execute("PRAGMA journal_mode = MEMORY")
            raw.execute("PRAGMA synchronous = OFF")
            create_dossier(raw)
            raw.execute(f"ATTACH {quoted(str(path))} AS other KEY {quoted(password or '')}")
            try:
                _copy(raw, path, name, LOCAL_TABLES if with_local else ())
            finally:
                raw.execute("DETACH other")
            with transaction(raw):
                folded.rebuild(raw)
        finally:
            raw.close()
        keep()
        # Old journals were already applied when reading; next to the fresh file they would be applied to it.
        remove_journals(path)
        put_in_place(fresh, path, keep_mode=False)
    finally:
        remove_with_journals(fresh)


def _copy(raw: Raw, path: Path, name: Path, local: Iterable[Table]) -> None:
    """Copy the rows of the log, and of local tables, from the attached file; `seq` numbers them in the same order."""
    with bounded(raw, path):
        check_log(raw, name, "other")
        check_log_is_sound(raw, name, "other")
        with transaction(raw):
            for table in (*LOG_TABLES, *local):
                stored = stored_columns(raw, table.name, "other")
                names = [column.name for column in table.columns if column.name != "seq"]
                if stored.issuperset(names):
                    columns = ", ".join(names)
                    order = "ORDER BY seq" if "seq" in stored else "ORDER BY stamp" if "stamp" in stored else ""
                    # NOT INDEXED: an index of another program may use a collation unknown here. OR IGNORE: another
                    # program may have written an identity twice.
                    raw.execute(
                        f"INSERT OR IGNORE INTO main.{table.name} ({columns})"
                        f" SELECT {columns} FROM other.{table.name} NOT INDEXED {order}"
                    )
