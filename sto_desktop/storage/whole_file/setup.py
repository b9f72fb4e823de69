"""Exports of whole files: under another password, and without local data."""

from __future__ import annotations

from pathlib import Path

from sto_desktop.storage.file.database import Raw, key_of, make_private, quoted, transaction
from sto_desktop.storage.file.files import remove_with_journals
from sto_desktop.storage.file.schema import LOCAL_TABLES


def export(raw: Raw, target: Path, password: str | None) -> None:
    """Write an open dossier to a new file with another password (None: without one)."""
    remove_with_journals(target)
    # SQLite would create the file readable by others.
    make_private(target)
    raw.execute(f"ATTACH {quoted(str(target))} AS fresh KEY {quoted(key_of(target, password) if password else '')}")
    try:
        # Read the schema anew: sqlcipher_export refuses one that another connection changed, as erasing does.
        raw.execute("SELECT count(*) FROM main.sqlite_master").fetchone()
        raw.execute("SELECT sqlcipher_export('fresh')")
        # sqlcipher_export copies tables, not these header fields.
        for pragma in ("application_id", "user_version"):
            value = raw.execute(f"PRAGMA main.{pragma}").fetchone()[0]
            raw.execute(f"PRAGMA fresh.{pragma} = {value}")
    finally:
        raw.execute("DETACH fresh")


def clear_local(raw: Raw) -> None:
    """Empty the tables local to one working copy, which nobody else should receive."""
    with transaction(raw):
        empty_local(raw)


def empty_local(raw: Raw) -> None:
    """Do the same inside the caller's transaction."""
    for table in LOCAL_TABLES:
        raw.execute(f'DELETE FROM "{table.name}"')
