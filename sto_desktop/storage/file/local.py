"""What belongs to one working copy alone: the path that it is published at, how the file there looked, and settings."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from sto_desktop.own_files import write_whole
from sto_desktop.storage.file.database import Raw, SqliteError, patience, transaction
from sto_desktop.storage.file.files import Fingerprint

FINGERPRINT = "published_fingerprint"
EXTENT = "published_extent"
CLOSED = "closed"
INFO = "info.json"
COPY = "dossier.sto"
_TEMPORARY = "temporary"


def path_in(info: Path) -> Path | None:
    """Return the path that a working copy belongs to; None where its note about that is gone."""
    try:
        return Path(json.loads(info.read_text(encoding="utf-8"))["path"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_info(folder: Path, path: Path) -> None:
    """Note which path a working copy belongs to."""
    write_whole(folder / INFO, json.dumps({"path": str(path.resolve())}).encode(), keep_mode=False)


def leave_wal(raw: Raw) -> bool:
    """Leave WAL mode, which SQLite allows only to the last one who has the file open; tell whether that is so."""
    try:
        with patience(raw, 0):
            return bool(raw.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except SqliteError:
        return False


def setting(raw: Raw, name: str) -> str | None:
    """Return a value that is local to a working copy."""
    row = raw.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_setting(raw: Raw, name: str, value: str) -> None:
    """Keep a value that is local to a working copy."""
    raw.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def remember(raw: Raw, fingerprint: Fingerprint | None, extent: str) -> None:
    """Keep how the file at the path looks, and how much of the log it holds."""
    with transaction(raw):
        set_setting(raw, FINGERPRINT, str(fingerprint))
        set_setting(raw, EXTENT, extent)


def temporary_for(raw: Raw, target: Path) -> Path:
    """Return where a file is made before it takes the place of `target`.

    It has the same name each time, and no other working copy's: what a crash left there is written over, so that no
    files gather in somebody's shared folder.
    """
    name = setting(raw, _TEMPORARY)
    if not name:
        name = f".sto-{uuid.uuid4().hex[:12]}.tmp"
        set_setting(raw, _TEMPORARY, name)
    return target.with_name(name)
