"""Local data of one working copy: the path it is published at, the state of the file there, and settings."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from sto_desktop.own_files import write_whole
from sto_desktop.storage.file.database import Raw, SqliteError, patience, transaction
from sto_desktop.storage.file.files import Fingerprint

# Names of settings: the state of the file at the path, the part of the log that it holds, and whether the last session
# ended normally.
FINGERPRINT = "published_fingerprint"
EXTENT = "published_extent"
CLOSED = "closed"
INFO = "info.json"
COPY = "dossier.sto"
_TEMPORARY = "temporary"


def path_in(info: Path) -> Path | None:
    """Return the path that a working copy belongs to; None if its info file is missing."""
    try:
        return Path(json.loads(info.read_text(encoding="utf-8"))["path"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_info(folder: Path, path: Path) -> None:
    """Store which path a working copy belongs to."""
    write_whole(folder / INFO, json.dumps({"path": str(path.resolve())}).encode(), keep_mode=False)


def leave_wal(raw: Raw) -> bool:
    """Leave WAL mode and return whether that succeeded; SQLite allows it only to the last connection."""
    try:
        # Do not wait: another connection with the file open keeps it open.
        with patience(raw, 0):
            return bool(raw.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except SqliteError:
        return False


def setting(raw: Raw, name: str) -> str | None:
    """Return a local setting of a working copy."""
    row = raw.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_setting(raw: Raw, name: str, value: str) -> None:
    """Store a local setting of a working copy."""
    raw.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def remember(raw: Raw, fingerprint: Fingerprint | None, extent: str) -> None:
    """Store the state of the file at the path, and how much of the log it holds."""
    with transaction(raw):
        set_setting(raw, FINGERPRINT, str(fingerprint))
        set_setting(raw, EXTENT, extent)


def temporary_for(raw: Raw, target: Path) -> Path:
    """Return the temporary path for writing a file that will replace `target`.

    The name is the same each time and unique per working copy: leftovers of a crash are overwritten and don't
    accumulate in a shared folder.
    """
    name = setting(raw, _TEMPORARY)
    if not name:
        name = f".sto-{uuid.uuid4().hex[:12]}.tmp"
        set_setting(raw, _TEMPORARY, name)
    return target.with_name(name)
