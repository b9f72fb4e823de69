"""Local data of one working copy: the path it is published at, the state of the file there, and settings."""

from __future__ import annotations

import json
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

from sto_desktop.json_text import read_json
from sto_desktop.own_files import write_whole
from sto_desktop.storage.file.database import Raw, SqliteError, patience, salt_of, transaction
from sto_desktop.storage.file.files import Fingerprint, remove_with_journals

# Names of settings: the state of the file at the path, the part of the log that it holds, and whether the last session
# ended normally.
FINGERPRINT = "published_fingerprint"
EXTENT = "published_extent"
CLOSED = "closed"
INFO = "info.json"
COPY = "dossier.sto"
_OF_A_COPY = {INFO, COPY, *(f"{COPY}{ending}" for ending in ("-journal", "-wal", "-shm"))}
"""What belongs in the folder of a working copy."""
_TEMPORARY = "temporary"
_PATH, _ID = "path", "copy"


@dataclass(frozen=True)
class Hint:
    """What the index beside a working copy says of it: the path that it belongs to, whether it has a password (None:
    that is being changed), and with one its salt.

    It is only believed as long as the working copy itself can't be read.
    """

    path: Path | None = None
    locked: bool | None = None
    salt: str = ""


def hint_in(folder: Path) -> Hint:
    """Return what the index beside a working copy says; nothing if it is missing."""
    try:
        said = read_json((folder / INFO).read_text(encoding="utf-8"))
        return Hint(Path(said["path"]), said.get("locked"), said.get("salt", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Hint()


def state(raw: Raw, folder: Path, path: Path, password: str | None) -> None:
    """Store in a working copy to which path it belongs, and that it is the one in this folder; then in the index."""
    with transaction(raw):
        # As ASCII: a path may have bytes that are no text.
        set_setting(raw, _PATH, json.dumps(str(path.resolve())))
        set_setting(raw, _ID, folder.name)
    write_hint(folder, path, locked=bool(password))


def write_hint(folder: Path, path: Path, *, locked: bool | None, salt: str | None = None) -> None:
    """Write the index beside a working copy; `locked` and `salt` as in `Hint`, by default that of the file."""
    if salt is None:
        salt = salt_of(folder / COPY) if locked else ""
    said = {"path": str(path.resolve()), "locked": locked, "salt": salt}
    write_whole(folder / INFO, json.dumps(said).encode(), keep_mode=False)


def is_wrecked(folder: Path) -> bool:
    """Return whether a working copy that is no plain database is damaged, and not just under a password: it is empty,
    has none by its index, or begins with other bytes than its index knows.
    """
    hint, copy = hint_in(folder), folder / COPY
    return (
        copy.stat().st_size == 0 or hint.locked is False or bool(hint.locked and hint.salt not in ("", salt_of(copy)))
    )


def stated_path(raw: Raw) -> Path | None:
    """Return the path that a working copy says it belongs to; None for one of an earlier version, which did not."""
    try:
        said = read_json(setting(raw, _PATH) or "null")
    except ValueError:
        return None
    return Path(said) if isinstance(said, str) else None


def is_strange(raw: Raw, folder: Path) -> bool:
    """Return whether a working copy says that it is another one than that of its folder."""
    return setting(raw, _ID) not in (None, folder.name)


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed program left beside a working copy: half of one under another password or with new tables.

    The caller holds the folder.
    """
    for file in folder.iterdir():
        if file.is_dir():
            shutil.rmtree(file, ignore_errors=True)
        elif file.name not in _OF_A_COPY:
            remove_with_journals(file)


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
