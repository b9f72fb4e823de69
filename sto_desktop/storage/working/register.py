"""The register of every file with content of dossiers on this computer, besides those at the user's own paths.

Setting a password and erasing walk it. Temporary files and practice copies that nobody uses are removed; backups and
what is in quarantine are opened; what could not be reached is reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.log.change import Erasure
from sto_desktop.scratch import sweep
from sto_desktop.storage.file.database import Raw, SqliteError
from sto_desktop.storage.file.files import is_plain
from sto_desktop.storage.file.local import COPY
from sto_desktop.storage.log.within import has_changes_of, shares_changes
from sto_desktop.storage.whole_file.backup import (
    Reason,
    Searched,
    backups,
    change_passwords,
    erase_in_backups,
    erase_in_file,
)
from sto_desktop.storage.working.copies_home import CopiesHome, said_at_closing
from sto_desktop.storage.working.quarantine import in_quarantine, remove


class Kind(StrEnum):
    """What a file in the register is."""

    COPY = "werkkopie"
    BACKUP = "reservekopie"
    QUARANTINE = "quarantaine"


@dataclass(frozen=True)
class Kept:
    """A file in the register. `path`: of its dossier, None if that is unknown; `why`: of a backup; `told`: what became
    of it, in Dutch."""

    kind: Kind
    file: Path
    path: Path | None
    at: datetime
    why: Reason | None = None
    told: str = ""


@dataclass(frozen=True)
class SameContent:
    """Backups of the dossier at another path that has changes of this one: it was saved or renamed from it."""

    path: Path | None
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Reached:
    """The outcome of walking the register for a password: what still can be read without it, the backups of other
    paths that have the same content, and the dossiers of other paths that have it."""

    unreached: tuple[Path, ...] = ()
    elsewhere: tuple[SameContent, ...] = ()
    dossiers: tuple[Path, ...] = ()


NOTHING_MORE = Reached()


def kept_files(home: CopiesHome) -> list[Kept]:
    """Return every file that is kept for people, newest first; temporary files are not."""
    kept = [Kept(Kind.COPY, left.folder / COPY, left.path, left.changed) for left in home.leftovers()]
    # Of a dossier that was not closed here yet, only the working copy says of what its backups are.
    working = {home.backups_of(item.path): item.path for item in kept if item.path is not None}
    for folder in _backup_folders(home):
        path = _path_of_backups(folder) or working.get(folder)
        kept += [
            Kept(Kind.BACKUP, backup.path, path, backup.made.astimezone(), backup.reason) for backup in backups(folder)
        ]
    kept += [
        Kept(Kind.QUARANTINE, item.file, item.path, item.since, told=item.outcome) for item in in_quarantine(home.home)
    ]
    return sorted(kept, key=lambda item: item.at, reverse=True)


def _backup_folders(home: CopiesHome) -> list[Path]:
    try:
        return sorted(folder for folder in home.backup_home().iterdir() if folder.is_dir())
    except OSError:
        return []


def _path_of_backups(folder: Path) -> Path | None:
    path = said_at_closing(folder).get("path")
    return Path(path) if isinstance(path, str) else None


def erase_everywhere(home: CopiesHome, path: Path, erasures: Collection[Erasure], password: str | None) -> Searched:
    """Erase values of the dossier at a path from every file in the register.

    What can't be opened any more is deleted if it is of this dossier, since nobody can tell what it contains, and
    counted as unread if it is of another.
    """
    if not erasures:
        return Searched()
    stuck = len(sweep(home.home))
    searched = erase_in_backups(home.backup_home(), home.backups_of(path), erasures, password)
    files, removed, unread = searched.backups, searched.removed, searched.unread + stuck
    for item in in_quarantine(home.home):
        try:
            erase_in_file(item.file, erasures, password)
            files += 1
        except (SqliteError, DossierError, OSError):
            if item.path == path.resolve():
                remove(item)
                removed += 1
            else:
                unread += 1
    return Searched(files, removed, unread)


def lock_everything(home: CopiesHome, path: Path, raw: Raw, old: str | None, new: str | None) -> Reached:
    """Give every file of the dossier at a path its new password; `raw` is a connection to its working copy.

    Files under a still older password stay as they are: they can't be read without it.
    """
    stuck = sweep(home.home)
    unchanged = change_passwords(_of_this(home, path), old, new)
    if not new:
        return Reached(tuple(stuck))
    unreached = (*stuck, *filter(is_plain, unchanged))
    dossiers = dossiers_elsewhere(home, path, raw, old, plain=True)
    return Reached(unreached, tuple(_elsewhere(home, path, raw, old)), dossiers)


def dossiers_elsewhere(
    home: CopiesHome, path: Path, raw: Raw, password: str | None, *, plain: bool = False
) -> tuple[Path, ...]:
    """Return the other paths known on this computer whose dossier has changes of this one, as it was copied there.

    Both count, the file there and work on it that was not closed here.

    Args:
        plain: only those without a password.
    """
    files = [(file, file) for folder in _backup_folders(home) if (file := _path_of_backups(folder)) is not None]
    files += [(left.path, left.folder / COPY) for left in home.leftovers()]
    others = [(owner, file) for owner, file in files if owner.resolve() != path.resolve()]
    looked_at = [(owner, file) for owner, file in others if is_plain(file) or not plain]
    alike = (owner for owner, file in looked_at if has_changes_of(raw, file, password, home.home))
    return tuple(sorted(set(alike)))


def lock_elsewhere(others: Collection[SameContent], old: str | None, new: str | None) -> tuple[Path, ...]:
    """Give backups of other paths a password too; return those that could not be given it."""
    return change_passwords((file for other in others for file in other.files), old, new)


def number_kept(home: CopiesHome, path: Path) -> int:
    """Return how many files of the dossier at a path are kept besides its working copy."""
    return len(list(_of_this(home, path)))


def has_plain(home: CopiesHome, path: Path) -> bool:
    """Return whether a backup of the dossier at a path, or what is in quarantine, can be read without a password."""
    return any(map(is_plain, _of_this(home, path)))


def _of_this(home: CopiesHome, path: Path) -> Iterator[Path]:
    yield from (backup.path for backup in backups(home.backups_of(path)))
    yield from (item.file for item in in_quarantine(home.home) if item.path == path.resolve() and item.file.exists())


def _elsewhere(home: CopiesHome, path: Path, raw: Raw, password: str | None) -> Iterator[SameContent]:
    own = home.backups_of(path)
    for folder in _backup_folders(home):
        made = [backup for backup in backups(folder) if is_plain(backup.path)]
        dossiers = [backup.path for backup in made if backup.reason is not Reason.CAME_IN]
        if folder != own and dossiers and shares_changes(raw, dossiers[0], password):
            yield SameContent(_path_of_backups(folder), tuple(backup.path for backup in made))
