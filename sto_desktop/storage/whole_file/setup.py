"""Making a dossier's tables, checking that a file has exactly ours, and bringing older ones up to date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from sto_desktop.domain.errors import AlteredSchemaError, NotADossierError
from sto_desktop.language import tr
from sto_desktop.own_files import copy_file, put_in_place
from sto_desktop.storage.file.database import Raw, connect, make_private, quoted, stored_columns, transaction
from sto_desktop.storage.file.files import check_identity, remove_with_journals
from sto_desktop.storage.file.schema import (
    APPLICATION_ID,
    LOCAL_TABLES,
    LOG_FORMAT,
    LOG_TABLES,
    REVISION,
    REVISIONS,
)
from sto_desktop.storage.log import folded
from sto_desktop.storage.log.merge import check_log, merge_log

VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


_NO_MATTER = re.compile(r" ?([(),]) ?")
"""Spaces in the text of a table's definition: Alembic puts them elsewhere than SQLAlchemy."""

_OF_SQLITE = ("sqlite_stat1", "sqlite_stat4", "sqlite_sequence")
"""What SQLite keeps beside our tables when somebody asked it for statistics."""


def create_dossier(raw: Raw) -> None:
    """Make every table of a new dossier, as the newest migration would leave it."""
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version = {LOG_FORMAT}")
    with transaction(raw):
        folded.create_tables(raw)
        raw.execute(VERSION_TABLE)
        raw.execute("INSERT INTO alembic_version (version_num) VALUES (?)", (REVISION,))


def _schema(raw: Raw) -> frozenset[tuple[str, str, str]]:
    found = raw.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    return frozenset(
        (kind, name, _NO_MATTER.sub(r"\1", " ".join(sql.replace('"', "").split())))
        for kind, name, sql in found
        if not (kind == "index" and not sql) and not (kind == "table" and name in _OF_SQLITE)
    )


@cache
def expected_schema() -> frozenset[tuple[str, str, str]]:
    """Return (type, name, SQL) of everything that a dossier of this version holds."""
    raw = dbapi2.connect(":memory:", isolation_level=None)
    try:
        create_dossier(raw)
        return _schema(raw)
    finally:
        raw.close()


@cache
def log_definitions() -> Mapping[str, bytes]:
    """Return the SQL that makes each table of the log, the same in every version so far."""
    raw = dbapi2.connect(":memory:", isolation_level=None)
    try:
        create_dossier(raw)
        found = raw.execute("SELECT name, CAST(sql AS BLOB) FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: sql for name, sql in found if name in {table.name for table in LOG_TABLES}}
    finally:
        raw.close()


def revision(raw: Raw) -> str | None:
    """Return which migration a dossier's tables are at; None where it does not say."""
    known = "version_num" in stored_columns(raw, "alembic_version")
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return row[0] if row else None


def check_opened(raw: Raw, path: Path) -> None:
    """Raise where an opened database is another program's, has a log of a newer form, or none that may be read."""
    application_id = raw.execute("PRAGMA application_id").fetchone()[0]
    user_version = raw.execute("PRAGMA user_version").fetchone()[0]
    check_identity(f"«{path.name}»", application_id, user_version)
    check_log(raw, path)
    if revision(raw) is None:
        raise NotADossierError(
            tr("«{file}» is geen volledig dossier.", file=path.name),
            tr("Er is niets in het bestand gewijzigd."),
            tr("Maak een herstelde kopie met «controleer --herstel»."),
        )


def check_schema(raw: Raw, path: Path) -> None:
    """Raise where tables, triggers or views are not exactly those of this version."""
    extra, missing = differences(raw)
    if extra or missing:
        raise _altered(path, extra)


def differences(raw: Raw) -> tuple[list[str], list[str]]:
    """Return the names of what a database has that differs from ours or that we don't know, and of what it lacks."""
    found, expected = _schema(raw), expected_schema()
    names = {name for _, name, _ in found}
    return sorted({name for _, name, _ in found - expected}), sorted({name for _, name, _ in expected} - names)


def _altered(path: Path, extra: Sequence[str]) -> AlteredSchemaError:
    what = f" (onbekend: {', '.join(extra[:5])})" if extra else ""
    return AlteredSchemaError(
        tr("«{file}» is door een ander programma van binnen veranderd{what}.", file=path.name, what=what),
        tr("Er is niets in het bestand gewijzigd."),
        tr("Maak met «controleer --herstel» een schone kopie; alle notities gaan mee."),
    )


def is_current(raw: Raw) -> bool:
    """Tell whether a dossier's tables are those of this version."""
    return revision(raw) == REVISION


def bring_up_to_date(path: Path, name: Path, password: str | None) -> None:
    """Give a file of our own, which no other connection has open, the tables of this version.

    The log is never rewritten: an older dossier's tables are migrated and made anew from it. A dossier of a newer
    program, or of a revision that nobody knows, gets a file of our tables with its log in it.

    Args:
        name: what the user calls the file, for errors.
    """
    raw = connect(path, password=password)
    try:
        found = revision(raw)
        older = found in REVISIONS[:-1]
        if found == REVISION:
            check_schema(raw, name)
        elif older:
            _refuse_code(raw, name)
    finally:
        raw.close()
    if found == REVISION:
        return
    # In a file of its own first: a crash half-way leaves the one that was there.
    fresh = path.with_name(f"{path.name}.nieuw")
    remove_with_journals(fresh)
    try:
        if older:
            from sto_desktop.storage.migrate import upgrade

            copy_file(path, fresh)
            upgrade(fresh, password)
        else:
            _rewrite_from_log(path, fresh, name, password)
        put_in_place(fresh, path, keep_mode=False)
    finally:
        remove_with_journals(fresh)


def _refuse_code(raw: Raw, path: Path) -> None:
    """Raise where a trigger or view could run in a migration: no revision has ever had one."""
    extra = raw.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name").fetchall()
    if extra:
        raise _altered(path, [name for (name,) in extra])


def _rewrite_from_log(path: Path, fresh: Path, name: Path, password: str | None) -> None:
    raw = connect(fresh, password=password)
    try:
        create_dossier(raw)
        merge_log(raw, path, password, name=name)
    finally:
        raw.close()


def export(raw: Raw, target: Path, password: str | None) -> None:
    """Write an open dossier to a new file under another password (None: without one)."""
    remove_with_journals(target)
    make_private(target)
    raw.execute(f"ATTACH {quoted(str(target))} AS fresh KEY {quoted(password or '')}")
    try:
        raw.execute("SELECT sqlcipher_export('fresh')")
        for pragma in ("application_id", "user_version"):
            value = raw.execute(f"PRAGMA main.{pragma}").fetchone()[0]
            raw.execute(f"PRAGMA fresh.{pragma} = {value}")
    finally:
        raw.execute("DETACH fresh")


def clear_local(raw: Raw) -> None:
    """Empty what belongs to one working copy: nobody else should get it."""
    with transaction(raw):
        for table in LOCAL_TABLES:
            raw.execute(f'DELETE FROM "{table.name}"')
