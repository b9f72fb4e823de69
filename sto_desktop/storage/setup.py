"""Making a dossier's tables, checking that a file has exactly ours, and bringing older ones up to date."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from sto_desktop.domain.errors import AlteredSchemaError, NotADossierError
from sto_desktop.storage import folded
from sto_desktop.storage.database import Raw, transaction
from sto_desktop.storage.files import check_identity
from sto_desktop.storage.schema import APPLICATION_ID, LOCAL_TABLES, LOG_FORMAT, REVISION

VERSION_TABLE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"


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
        (kind, name, " ".join(sql.replace('"', "").split()))
        for kind, name, sql in found
        if not name.startswith("sqlite_")
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


def revision(raw: Raw) -> str | None:
    """Return which migration a dossier's tables are at; None where it does not say."""
    known = raw.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return row[0] if row else None


def check_opened(raw: Raw, path: Path) -> None:
    """Raise where an opened database is another program's or has a log of a newer form."""
    application_id = raw.execute("PRAGMA application_id").fetchone()[0]
    user_version = raw.execute("PRAGMA user_version").fetchone()[0]
    check_identity(f"«{path.name}»", application_id, user_version)
    if revision(raw) is None:
        raise NotADossierError(
            f"«{path.name}» is geen volledig dossier.",
            "Er is niets in het bestand gewijzigd.",
            "Maak een herstelde kopie met controleer --herstel.",
        )


def check_schema(raw: Raw, path: Path) -> None:
    """Raise where tables, triggers or views are not exactly those of this version."""
    found, expected = _schema(raw), expected_schema()
    if found == expected:
        return
    extra = sorted({name for _, name, _ in found} - {name for _, name, _ in expected})
    what = f" (onbekend: {', '.join(extra[:5])})" if extra else ""
    raise AlteredSchemaError(
        f"«{path.name}» is door een ander programma van binnen veranderd{what}.",
        "Er is niets in het bestand gewijzigd.",
        "Maak met «controleer --herstel» een schone kopie; alle notities gaan mee.",
    )


def is_older(found: str | None) -> bool:
    """Tell whether a dossier's tables are of an earlier migration (those of a later one have a higher number)."""
    return found is not None and found < REVISION


def migrate(path: Path, password: str | None) -> None:
    """Bring an older dossier's tables up to date and rebuild what follows from the log; the log is never rewritten."""
    from sto_desktop.storage.migrate import upgrade

    upgrade(path, password)


def clear_local(raw: Raw) -> None:
    """Empty what belongs to one working copy: nobody else should get it."""
    with transaction(raw):
        for table in LOCAL_TABLES:
            raw.execute(f'DELETE FROM "{table.name}"')
