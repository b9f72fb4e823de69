"""The single place that opens SQLite files, with every setting, and translates SQLite's errors."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

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

# How long to wait for the lock of another window.
BUSY_MILLISECONDS = 5000
# Our own message; `_WITHOUT_CODE` recognises it below.
_NO_UTF_8 = "could not decode to UTF-8: a message of SQLite"
# Much more than a sound file needs: only code that never ends should reach this limit.
_LEAST_SECONDS, _SECONDS_A_MEGABYTE = 20, 2
# Number of SQLite's virtual machine steps between two checks of the time; one that computes something may be long.
_STEPS_BETWEEN_LOOKS = 1_000
SqliteError = dbapi2.Error
FULL = int(dbapi2.SQLITE_FULL)
"""SQLite's result code for a full disk."""
BUSY = int(dbapi2.SQLITE_BUSY)
IO_ERROR = int(dbapi2.SQLITE_IOERR)
UNKNOWN = int(dbapi2.SQLITE_ERROR)
"""SQLite's result code for SQL that uses an unknown function, collation or module."""
_NOT_A_DATABASE = int(dbapi2.SQLITE_NOTADB)

# These mean that our own SQL is wrong, so they must not be reported as damage of the file.
_BUGS = (dbapi2.ProgrammingError, dbapi2.IntegrityError, dbapi2.NotSupportedError)


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]
    """Reports damage when SQLite's error message contains a name that is not UTF-8: the driver then raises
    UnicodeDecodeError, which does not look like a database error.
    """

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
    """Executes every statement through our own cursor class."""

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
    """Open a file with the program's settings, without reading it yet.

    `mode`: read only, write an existing file, or create it if absent. `busy`: milliseconds to wait for another
    program's lock.
    """
    # SQLite would create the file readable by others.
    if mode == "rwc":
        make_private(path)
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        raw = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False, factory=_Connection)
    except SqliteError as error:
        raise translated(error, path) from error
    try:
        # SQLCipher must not write messages to the terminal.
        raw.execute("PRAGMA cipher_log_level = NONE")
        if password:
            # The key must come first: any other statement would read the header without it.
            raw.execute(f"PRAGMA key = {quoted(key_of(path, password))}")
        raw.execute(f"PRAGMA busy_timeout = {busy}")
        # A foreign file's schema may call functions with side effects.
        raw.execute("PRAGMA trusted_schema = OFF")
        # Detect damaged pages early instead of returning wrong content.
        raw.execute("PRAGMA cell_size_check = ON")
        # Deleted words must not remain in the file.
        raw.execute("PRAGMA secure_delete = ON")
        # Off by default in SQLite.
        raw.execute("PRAGMA foreign_keys = ON")
        # Temporary files would hold decrypted content.
        raw.execute("PRAGMA temp_store = MEMORY")
    except SqliteError as error:
        raw.close()
        raise translated(error, path) from error
    return raw


def key_of(path: Path, typed: str) -> str:
    """Return the form of a password that opens a file; for a new file the composed one.

    macOS types an accent as a character of its own, Windows one character for both. Earlier versions took a password as
    it was typed.
    """
    decomposed = unicodedata.normalize("NFD", typed)
    composed = unicodedata.normalize("NFC", typed)
    if composed == decomposed:
        return typed
    salt = salt_of(path)
    # Trying a key takes a tenth of a second, by design; one salt belongs to one key.
    if salt and (salt, typed) not in _forms:
        # The decomposed form is what an earlier version on macOS made of it.
        forms = dict.fromkeys((composed, typed, decomposed))
        form = next((form for form in forms if _opens(path, form)), None)
        if form is not None:
            _forms[salt, typed] = form
    return _forms.get((salt, typed), composed)


_SALT_BYTES = 16
"""The start of an encrypted file: https://www.zetetic.net/sqlcipher/design/."""


def salt_of(path: Path) -> str:
    """Return the salt of an encrypted file, its first bytes, as hexadecimal digits; empty if it can't be read."""
    try:
        # SQLite would make one up for a file that is shorter.
        if path.stat().st_size < _SALT_BYTES:
            return ""
        # Asked of SQLite, with any key: on POSIX systems, opening and closing the file here would drop the locks of a
        # connection that has it open (https://sqlite.org/howtocorrupt.html, 2.2).
        with closing(_unlocked(path)) as raw:
            raw.execute("PRAGMA key = 'x'")
            salt: str = raw.execute("PRAGMA cipher_salt").fetchone()[0]
            return salt
    except (OSError, SqliteError):
        return ""


def _unlocked(path: Path) -> Raw:
    """Return a connection that takes no lock and makes nothing beside the file."""
    raw = dbapi2.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    raw.execute("PRAGMA cipher_log_level = NONE")
    return raw


_forms: dict[tuple[str, str], str] = {}
"""By salt and password as typed: the form that opened that file."""


def _opens(path: Path, key: str) -> bool:
    try:
        with closing(_unlocked(path)) as raw:
            raw.execute(f"PRAGMA key = {quoted(key)}")
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (OSError, SqliteError, UnicodeDecodeError):
        return False
    return True


def connect_working(path: Path, *, password: str | None = None) -> Raw:
    """Open a working copy: WAL mode, with a full sync at every commit."""
    raw = connect(path, password=password)
    try:
        raw.execute("PRAGMA journal_mode = WAL")
        # In WAL mode, NORMAL would lose the last commits at a power cut (sqlite.org/pragma.html#pragma_synchronous).
        raw.execute("PRAGMA synchronous = FULL")
        # Publishing checkpoints on a worker thread; a commit checkpoints itself only if the log reaches 4000 pages.
        raw.execute("PRAGMA wal_autocheckpoint = 4000")
        # After a checkpoint, truncate the log to 16 MiB, about the size of these pages.
        raw.execute("PRAGMA journal_size_limit = 16777216")
    except SqliteError as error:
        raw.close()
        raise translated(error, path) from error
    return raw


def make_private(path: Path) -> None:
    """Create an empty file for a database, if there is none, readable by this user only.

    SQLite would create it with default permissions; journals get the mode of the database. If creation fails, SQLite
    reports it when it opens the file.
    """
    with suppress(OSError):
        new_file(path).close()


@contextmanager
def bounded(raw: Raw, path: Path, least: float = _LEAST_SECONDS, a_megabyte: float | None = None) -> Iterator[None]:
    """Abort SQL inside a block that takes too long for the size of the file at `path`.

    For foreign files: their schema may contain code that never ends. The limit is on this thread's processor time, so
    that a slow disk or a closed lid does not count.

    Args:
        least: seconds allowed for an empty file.
        a_megabyte: seconds more for each megabyte; by default enough for all but a repair.
    """
    more = _SECONDS_A_MEGABYTE if a_megabyte is None else a_megabyte
    limit = time.thread_time() + least + more * path.stat().st_size / 1e6
    # A true return value makes SQLite abort the statement.
    raw.set_progress_handler(lambda: time.thread_time() > limit, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


@contextmanager
def reading_foreign(file: Path, name: Path, password: str | None, a_megabyte: float | None = None) -> Iterator[Raw]:
    """Open a private copy of a file that somebody else may have written: SQL that takes out of proportion long is
    stopped, and what SQLite says is an error of the world. What is read must be stored (`stored_columns`).

    Args:
        name: the path that the user knows, for errors.
    """
    with errors_of(name), closing(connect(file, password=password)) as raw, bounded(raw, file, a_megabyte=a_megabyte):
        yield raw


SHADOWS = ("data", "idx", "content", "docsize", "config", "segments", "segdir", "stat", "node", "parent", "rowid")
"""Names, behind that of a virtual table, of the tables that it keeps: of FTS5, FTS3 and 4, and R*Tree."""


def stored_columns(raw: Raw, table: str, schema: str = "main") -> frozenset[str]:
    """Return the columns of a table whose rows are stored in the file, so that reading it runs no foreign code.

    Empty for a view, a virtual table and what that keeps in tables, one with a computed column, or a missing table.
    """
    shadows = ", ".join(f"lower(name) || '_{part}'" for part in SHADOWS)
    (stored,) = raw.execute(
        f"SELECT count(*) FROM {schema}.sqlite_master"
        " WHERE type = 'table' AND name = ?1 COLLATE NOCASE AND NOT EXISTS ("
        f"SELECT 1 FROM {schema}.sqlite_master"
        f" WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%' AND lower(?1) IN ({shadows}))",
        (table,),
    ).fetchone()
    if not stored or not is_table(raw, table, schema):
        return frozenset()
    columns = raw.execute(f"PRAGMA {schema}.table_xinfo({quoted(table)})").fetchall()
    return frozenset(name for _, name, _, _, _, _, hidden in columns if not hidden)


def is_table(raw: Raw, name: str, schema: str = "main") -> bool:
    """Return whether SQLite itself takes a name for a table, and not for a view or a virtual table, which may run
    foreign code when read: what the schema says of a name need not be what its SQL makes.
    """
    # Asked by a column that no table has. Unlike `PRAGMA table_info` and `table_list`, this compiles no view, which
    # takes for ever if each reads another one twice, and no limit of time can stop it.
    try:
        raw.open_blob(name, "", 0, True, schema).close()
    except SqliteError as error:
        if str(error).startswith(("no such column", "cannot open table")):
            return True
        if str(error).startswith(("no such table", "cannot open v")):
            return False
        raise
    return True


@contextmanager
def patience(raw: Raw, milliseconds: int) -> Iterator[None]:
    """Wait this long for another connection's lock, inside a block."""
    waited = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    raw.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout = {waited}")


@contextmanager
def without_sync(raw: Raw) -> Iterator[None]:
    """Let commits inside a block return before the data is on disk. Their changes survive a crash of the program, but a
    power cut loses them until the next commit that does wait.
    """
    raw.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        raw.execute("PRAGMA synchronous = FULL")


@contextmanager
def transaction(raw: Raw) -> Iterator[None]:
    """Run a block as one write transaction."""
    raw.execute("BEGIN IMMEDIATE")
    try:
        yield
        raw.execute("COMMIT")
    # Also on KeyboardInterrupt and SystemExit: never leave a transaction open.
    except BaseException:
        # Some errors (a full disk) already rolled back.
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise


@contextmanager
def reading(raw: Raw) -> Iterator[None]:
    """Run a block of queries on one snapshot."""
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
"""By primary result code: https://sqlite.org/rescode.html."""


_WITHOUT_CODE: Mapping[str, int] = {
    "decode to UTF-8": int(dbapi2.SQLITE_CORRUPT),
    "database or disk is full": FULL,
    "disk I/O error": IO_ERROR,
    "database is locked": BUSY,
    "attempt to write a readonly database": int(dbapi2.SQLITE_READONLY),
}
"""Errors of the driver itself, and of copying a database, are recognised by message: they have no specific code."""


def code_of(error: BaseException) -> int:
    """Return SQLite's primary result code of an error, or 0."""
    code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
    if code == dbapi2.SQLITE_LOCKED:
        return BUSY
    # The driver reports its own errors without code, or with the generic one.
    if code in (0, UNKNOWN):
        return next((known_code for words, known_code in _WITHOUT_CODE.items() if words in str(error)), code)
    return code


def is_busy(error: BaseException) -> bool:
    """Return whether an error only means that another connection holds a lock."""
    return code_of(error) == BUSY


def is_unreadable(error: BaseException) -> bool:
    """Return whether an error means a wrong password, a file that is not a database, or one whose time is over."""
    return code_of(error) in (_NOT_A_DATABASE, dbapi2.SQLITE_INTERRUPT)


def damaged(path: Path) -> DossierError:
    """Return the error for a damaged dossier."""
    return _said(int(dbapi2.SQLITE_CORRUPT), path)


def translated(error: BaseException, path: Path | None = None) -> DossierError:
    """Return the DossierError for an SQLite error, in words for the user."""
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
    """Convert SQLite's errors inside a block into DossierErrors."""
    try:
        yield
    except SqliteError as error:
        # Our own mistakes in SQL must surface as bugs, not as damaged files.
        if isinstance(error, _BUGS):
            raise
        raise translated(error, path) from error
