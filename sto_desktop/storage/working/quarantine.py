"""Quarantine: working copies that can't be read, or that contradict what is known of them, kept until a person decides.

It lies outside the working copies, so that nothing in it is ever taken for one.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sto_desktop.domain.identity import new_id
from sto_desktop.json_text import read_json
from sto_desktop.own_files import make_folder, write_whole
from sto_desktop.storage.file.local import COPY, remove_leftovers

FOLDER = "quarantaine"
_INFO = "quarantaine.json"


@dataclass(frozen=True)
class Quarantined:
    """A working copy in quarantine.

    `path`: of its dossier, None if that is unknown; `outcome`: what was saved from it, in Dutch, empty as long as
    nobody tried.
    """

    folder: Path
    path: Path | None
    since: datetime
    outcome: str = ""

    @property
    def file(self) -> Path:
        """The file itself."""
        return self.folder / COPY


def put(home: Path, copy_folder: Path, path: Path | None, now: datetime) -> Quarantined:
    """Move the folder of a working copy to quarantine."""
    quarantined = Quarantined(home / FOLDER / new_id(), path, now)
    remove_leftovers(copy_folder)
    # Inside before it is moved: at every moment it says what it is.
    _write(copy_folder, quarantined)
    make_folder(quarantined.folder.parent)
    copy_folder.rename(quarantined.folder)
    return quarantined


def told(quarantined: Quarantined, outcome: str) -> None:
    """Store what was saved from it, so that this is not tried and told again."""
    _write(quarantined.folder, Quarantined(quarantined.folder, quarantined.path, quarantined.since, outcome or "-"))


def is_of(quarantined: Quarantined, path: Path) -> None:
    """Store of which dossier it is, as it says itself."""
    _write(quarantined.folder, replace(quarantined, path=path))


def _write(folder: Path, quarantined: Quarantined) -> None:
    said = {
        "path": str(quarantined.path) if quarantined.path else None,
        "since": quarantined.since.isoformat(),
        "outcome": quarantined.outcome,
    }
    write_whole(folder / _INFO, json.dumps(said).encode(), keep_mode=False)


def remove(quarantined: Quarantined) -> None:
    """Delete it for good."""
    shutil.rmtree(quarantined.folder, ignore_errors=True)


def in_quarantine(home: Path) -> list[Quarantined]:
    """Return everything in quarantine, newest first."""
    try:
        folders = [folder for folder in (home / FOLDER).iterdir() if folder.is_dir()]
    except OSError:
        return []
    return sorted(map(_read, folders), key=lambda item: item.since, reverse=True)


def _read(folder: Path) -> Quarantined:
    try:
        said = read_json((folder / _INFO).read_text(encoding="utf-8"))
        path = Path(said["path"]) if said["path"] else None
        return Quarantined(folder, path, datetime.fromisoformat(said["since"]), str(said["outcome"]))
    except (OSError, ValueError, KeyError, TypeError):
        since = datetime.fromtimestamp(folder.stat().st_mtime).astimezone()
        return Quarantined(folder, None, since, "-")
