"""The one way to open an SQLite file, with every setting, and the translation of SQLite's errors."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from sto_desktop.domain.errors import (
    DamagedDossierError,
    DossierError,
    NotADossierError,
    PasswordNeededError,
)
from sto_desktop.language import tr, tr_later
from sto_desktop.own_files import new_file

Raw = Any
"""A DB-API connection of sqlcipher3, which has no types of its own."""

BUSY_MILLISECONDS = 5000
_NO_UTF_8 = "could not decode to UTF-8: a message of SQLite"
_LEAST_SECONDS, _SECONDS_A_MEGABYTE = 20, 2
_STEPS_BETWEEN_LOOKS = 100_000
SqliteError = dbapi2.Error
FULL = int(dbapi2.SQLITE_FULL)
"""SQLite's result code of a full disk."""
BUSY = int(dbapi2.SQLITE_BUSY)
UNKNOWN = int(dbapi2.SQLITE_ERROR)
"""SQLite's result code of SQL that names what it does not know: a function, a collation, a module."""
_NOT_A_DATABASE = int(dbapi2.SQLITE_NOTADB)

_BUGS = (dbapi2.ProgrammingError, dbapi2.IntegrityError, dbapi2.NotSupportedError)


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]
    """Reports damage where SQLite's message holds a name that is no UTF-8: making an error of that message, the driver
    raises UnicodeDecodeError, which says nothing of a database."""

    def execute(self, *arguments: Any) -> _Cursor:
        try:
            super().execute(*arguments)
        except UnicodeDecodeError as error:
            raise dbapi2.DatabaseError(_NO_UTF_8) from error
        return self

    def executemany(self, *arguments: Any) -> _Cursor:
        try:
            super().executemany(*arguments)
        except UnicodeDecodeError as error:
            raise dbapi2.DatabaseError(_NO_UTF_8) from error
        return self


class _Connection(dbapi2.Connection):  # type: ignore[misc]
    """Whatever is executed goes through a cursor of ours."""

    def cursor(self, factory: type[_Cursor] = _Cursor) -> _Cursor:
        cursor: _Cursor = super().cursor(factory)
        return cursor


def quoted(text: str) -> str:
    """Return text as an SQL string literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def connect(
    path: Path,
    *,
    password: str | None = None,
    mode: Literal["ro", "rw", "rwc"] = "rwc",
    busy: int = BUSY_MILLISECONDS,
) -> Raw:
    """Open a file with the program's settings; nothing is read yet.

    `mode`: only read, write what is there, or make it where it is absent. `busy`: milliseconds to wait for another
    program's lock.
    """
    if mode == "rwc":
        make_private(path)
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        raw = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False, factory=_Connection)
    except SqliteError as error:
        raise translated(error, path) from error
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")
        if password:
            raw.execute(f"PRAGMA key = {quoted(password)}")
        raw.execute(f"PRAGMA busy_timeout = {busy}")
        raw.execute("PRAGMA trusted_schema = OFF")
        raw.execute("PRAGMA cell_size_check = ON")
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA temp_store = MEMORY")
    except SqliteError as error:
        raw.close()
        raise translated(error, path) from error
    return raw


def connect_working(path: Path, *, password: str | None = None) -> Raw:
    """Open a working copy: WAL, and a full sync at every commit."""
    raw = connect(path, password=password)
    try:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")
        # Publishing copies the write-ahead log back, on a worker; a note does so only where that stays out.
        raw.execute("PRAGMA wal_autocheckpoint = 4000")
        raw.execute("PRAGMA journal_size_limit = 16777216")
    except SqliteError as error:
        raw.close()
        raise translated(error, path) from error
    return raw


def make_private(path: Path) -> None:
    """Make an empty file where a database will be, if there is none, so that nobody else can read it.

    SQLite would make it as the user's other files are made; journals beside it get its mode. Where it can't be made,
    SQLite says so.
    """
    with suppress(OSError):
        new_file(path).close()


@contextmanager
def bounded(raw: Raw, path: Path, least: float = _LEAST_SECONDS) -> Iterator[None]:
    """Stop SQL that takes out of all proportion to the size of the file at `path`, inside a block.

    For files of others: their schema may have code in it that never ends. What counts is the processor's time of this
    thread, so that a slow disk or a closed lid is never held against a file.

    Args:
        least: seconds that a file of no size at all may take.
    """
    limit = time.thread_time() + least + _SECONDS_A_MEGABYTE * path.stat().st_size / 1e6
    raw.set_progress_handler(lambda: time.thread_time() > limit, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


def stored_columns(raw: Raw, table: str, schema: str = "main") -> frozenset[str]:
    """Return the columns of a table whose rows are stored in the file, so that reading them runs nobody's code.

    None for a view, a virtual table, or one with a column that is worked out; and where there is no such table.
    """
    kinds = raw.execute(f"PRAGMA {schema}.table_list({quoted(table)})").fetchall()
    if [kind for _, _, kind, *_ in kinds] != ["table"]:
        return frozenset()
    columns = raw.execute(f"PRAGMA {schema}.table_xinfo({quoted(table)})").fetchall()
    return frozenset(name for _, name, _, _, _, _, hidden in columns if not hidden)


@contextmanager
def patience(raw: Raw, milliseconds: int) -> Iterator[None]:
    """Wait this long for another's lock, inside a block."""
    waited = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    raw.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout = {waited}")


@contextmanager
def without_sync(raw: Raw) -> Iterator[None]:
    """Let commits inside a block not wait for the disk: they outlive the program, but not a power cut before the next
    commit that does wait."""
    raw.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        raw.execute("PRAGMA synchronous = FULL")


_STATEMENTS = 500
"""So many statements stay compiled, as in an engine of SQLAlchemy's own making."""


@cache
def _compiled() -> tuple[Engine, LRUCache[Any, Any]]:
    """Return an engine on a database of its own, and its compiled statements, which every dossier shares.

    SQLAlchemy compiles a statement once per engine, and that takes longer than reading a panel with it.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False),
        poolclass=StaticPool,
        skip_autocommit_rollback=True,
        isolation_level="AUTOCOMMIT",
    )
    # The first connection has SQLAlchemy find out what the driver can do.
    engine.connect().close()
    return engine, LRUCache(_STATEMENTS)


def engine_for(raw: Raw) -> Engine:
    """Return a SQLAlchemy engine on this one connection, which stays ours to open and close."""
    first, statements = _compiled()
    # Giving a connection back must not end a transaction around the query.
    pool = StaticPool(lambda: raw, reset_on_return=None)
    return Engine(pool, first.dialect, first.url, execution_options={"compiled_cache": statements})


@contextmanager
def transaction(raw: Raw) -> Iterator[None]:
    """Run a block as one write transaction: all of it or nothing."""
    raw.execute("BEGIN IMMEDIATE")
    try:
        yield
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise


@contextmanager
def reading(raw: Raw) -> Iterator[None]:
    """Run a block of queries that all see the same state."""
    if raw.in_transaction:
        yield
        return
    raw.execute("BEGIN")
    try:
        yield
    finally:
        raw.execute("COMMIT")


_UNTOUCHED = tr_later("Er is niets gewijzigd.")
_SENTENCES: Mapping[int, tuple[type[DossierError], str, str, str]] = {
    dbapi2.SQLITE_NOTADB: (
        PasswordNeededError,
        tr_later("De inhoud van {name} is niet leesbaar: er zit een wachtwoord op, of het bestand is beschadigd."),
        tr_later("Het bestand is niet gewijzigd."),
        tr_later("Geef het wachtwoord, of open een reservekopie."),
    ),
    dbapi2.SQLITE_CORRUPT: (
        DamagedDossierError,
        tr_later("{File} is beschadigd."),
        tr_later("Het bestand is niet gewijzigd."),
        tr_later("Maak een herstelde kopie met «controleer --herstel», of open een reservekopie."),
    ),
    dbapi2.SQLITE_IOERR: (
        DamagedDossierError,
        tr_later("Het lezen of schrijven van {name} lukte niet: de schijf gaf een fout, of het bestand is afgebroken."),
        tr_later("Wat al bewaard was, staat er nog."),
        tr_later("Kijk of de schijf of stick er nog is, of open een reservekopie."),
    ),
    dbapi2.SQLITE_BUSY: (
        DossierError,
        tr_later("Een ander programma houdt {name} bezet."),
        _UNTOUCHED,
        tr_later("Sluit dat programma en probeer het opnieuw."),
    ),
    dbapi2.SQLITE_INTERRUPT: (
        DamagedDossierError,
        tr_later(
            "Het lezen van {name} kwam niet tot een eind: het is beschadigd, of een ander programma "
            "heeft erin geschreven."
        ),
        tr_later("Het bestand is niet gewijzigd."),
        tr_later("Open een reservekopie, of vraag het bestand opnieuw."),
    ),
    dbapi2.SQLITE_FULL: (
        DossierError,
        tr_later("De schijf is vol."),
        tr_later("Wat al bewaard was, staat er nog."),
        tr_later("Maak ruimte vrij en probeer het opnieuw."),
    ),
    dbapi2.SQLITE_READONLY: (
        DossierError,
        tr_later("Er kan niet in {name} geschreven worden."),
        _UNTOUCHED,
        tr_later("Kies een andere map met «Opslaan als…»."),
    ),
    dbapi2.SQLITE_CANTOPEN: (
        NotADossierError,
        tr_later("{File} kan niet geopend worden."),
        _UNTOUCHED,
        tr_later("Kijk of het bestand er nog is en of u er toegang toe heeft."),
    ),
}
"""By SQLite's primary result code: https://sqlite.org/rescode.html."""


_WITHOUT_CODE: Mapping[str, int] = {
    "decode to UTF-8": int(dbapi2.SQLITE_CORRUPT),
    "database or disk is full": FULL,
    "disk I/O error": int(dbapi2.SQLITE_IOERR),
    "database is locked": BUSY,
    "attempt to write a readonly database": int(dbapi2.SQLITE_READONLY),
}
"""What the driver finds itself, and what goes wrong while a database is copied, has words and no telling code."""


def code_of(error: BaseException) -> int:
    """Return SQLite's primary result code of an error, 0 where it has none."""
    code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
    if code == dbapi2.SQLITE_LOCKED:
        return BUSY
    if code in (0, UNKNOWN):
        return next((found for words, found in _WITHOUT_CODE.items() if words in str(error)), code)
    return code


def is_busy(error: BaseException) -> bool:
    """Tell whether an error says no more than that somebody else is at it."""
    return code_of(error) == BUSY


def is_unreadable(error: BaseException) -> bool:
    """Tell whether an error says that the password is another one, or that the file is no database at all."""
    return code_of(error) == _NOT_A_DATABASE


def damaged(path: Path) -> DossierError:
    """Return the error that says that a dossier is damaged."""
    return _said(int(dbapi2.SQLITE_CORRUPT), path)


def translated(error: BaseException, path: Path | None = None) -> DossierError:
    """Return the error of the world that an SQLite error stands for, in words for the user."""
    return _said(code_of(error), path, str(error))


_OTHER = (
    DossierError,
    tr_later("Er ging iets mis met {name}: {message}."),
    tr_later("Wat al bewaard was, staat er nog."),
    "",
)


def _said(code: int, path: Path | None, message: str = "") -> DossierError:
    name, file = (
        (f"«{path.name}»", tr("Het bestand «{file}»", file=path.name))
        if path
        else (tr("het dossier"), tr("Het dossier"))
    )
    kind, *sentences = _SENTENCES.get(code, _OTHER)
    return kind(*(tr(sentence, name=name, File=file, message=message) for sentence in sentences))


@contextmanager
def errors_of(path: Path | None) -> Iterator[None]:
    """Turn SQLite's errors inside a block into errors of the world."""
    try:
        yield
    except (SqliteError, DBAPIError) as error:
        found = error.orig if isinstance(error, DBAPIError) else error
        if found is None or isinstance(found, _BUGS) or not isinstance(found, SqliteError):
            raise
        raise translated(found, path) from error
