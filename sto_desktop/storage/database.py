"""The one way to open an SQLite file, with every setting, and the translation of SQLite's errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from sto_desktop.domain.errors import (
    DamagedDossierError,
    DossierError,
    NotADossierError,
    PasswordNeededError,
)

Raw = Any
"""A DB-API connection of sqlcipher3, which has no types of its own."""

BUSY_MILLISECONDS = 5000
SqliteError = dbapi2.Error


def quoted(text: str) -> str:
    """Return text as an SQL string literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def connect(
    path: Path, *, password: str | None = None, read_only: bool = False, busy: int = BUSY_MILLISECONDS
) -> Raw:
    """Open a file with the program's settings; nothing is read yet.

    `busy`: milliseconds to wait for another program's lock.
    """
    mode = "ro" if read_only else "rwc"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        raw = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    except SqliteError as error:
        raise translated(error, path) from error
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")
        if password is not None:
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
        # The log of changes is truncated when it is copied back, so that a burst of notes leaves no long tail.
        raw.execute("PRAGMA journal_size_limit = 16777216")
    except SqliteError as error:
        raw.close()
        raise translated(error, path) from error
    return raw


def engine_for(raw: Raw) -> Engine:
    """Return a SQLAlchemy engine on this one connection, which stays ours to open and close."""
    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: raw,
        poolclass=StaticPool,
        isolation_level="AUTOCOMMIT",
    )


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


def translated(error: Exception, path: Path | None = None) -> DossierError:
    """Return the error of the world that an SQLite error stands for, in words for the user."""
    text = str(error).lower()
    name = f"«{path.name}»" if path else "het dossier"
    if "not a database" in text or "hmac" in text:
        return PasswordNeededError(
            f"De inhoud van {name} is niet leesbaar: er zit een wachtwoord op, of het bestand is beschadigd.",
            "Het bestand is niet gewijzigd.",
            "Geef het wachtwoord, of open een reservekopie.",
        )
    if "malformed" in text or "corrupt" in text or "disk i/o" in text:
        return DamagedDossierError(
            f"Het bestand {name} is beschadigd.",
            "Het bestand is niet gewijzigd.",
            "Maak een herstelde kopie (controleer … --herstel) of open een reservekopie.",
        )
    if "locked" in text or "busy" in text:
        return DossierError(
            f"Een ander programma houdt {name} bezet.",
            "Er is niets gewijzigd.",
            "Sluit dat programma en probeer het opnieuw.",
        )
    if "full" in text:
        return DossierError(
            "De schijf is vol.",
            "Wat al bewaard was, staat er nog.",
            "Maak ruimte vrij en probeer het opnieuw.",
        )
    if "readonly" in text or "read-only" in text:
        return DossierError(
            f"Er kan niet in {name} geschreven worden.",
            "Er is niets gewijzigd.",
            "Kies een andere map met «Opslaan als…».",
        )
    if "unable to open" in text:
        return NotADossierError(
            f"Het bestand {name} kan niet geopend worden.",
            "Er is niets gewijzigd.",
            "Kijk of het bestand er nog is en of u er toegang toe heeft.",
        )
    return DossierError(f"Er ging iets mis met {name}: {error}.", "Wat al bewaard was, staat er nog.")


@contextmanager
def errors_of(path: Path | None) -> Iterator[None]:
    """Turn SQLite's errors inside a block into errors of the world."""
    try:
        yield
    except SqliteError as error:
        if isinstance(error, dbapi2.ProgrammingError | dbapi2.IntegrityError | dbapi2.NotSupportedError):
            raise
        raise translated(error, path) from error
