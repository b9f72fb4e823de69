"""Whole files of our own: whether a database may be read as a dossier, another password, nothing that is local."""

from __future__ import annotations

from pathlib import Path

from sto_desktop.storage.file.database import Raw, make_private, quoted, transaction
from sto_desktop.storage.file.files import check_identity, remove_with_journals
from sto_desktop.storage.file.schema import LOCAL_TABLES
from sto_desktop.storage.log.merge import check_log


def check_opened(raw: Raw, path: Path) -> None:
    """Raise where an opened database is another program's, has a log of a newer form, or none that may be read."""
    application_id = raw.execute("PRAGMA application_id").fetchone()[0]
    user_version = raw.execute("PRAGMA user_version").fetchone()[0]
    check_identity(f"«{path.name}»", application_id, user_version)
    check_log(raw, path)


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
