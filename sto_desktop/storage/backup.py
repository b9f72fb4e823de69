"""Backups of working copies in tiers (hour, day, week); restoring one makes a separate dossier."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sto_desktop.domain.change import Erasure
from sto_desktop.domain.errors import DossierError
from sto_desktop.storage.database import Raw, connect, errors_of
from sto_desktop.storage.erase import erase_values
from sto_desktop.storage.files import put_in_place

_NAME = "%Y%m%d-%H%M%S-%f"
_KEPT = ((timedelta(hours=1), 24), (timedelta(days=1), 14), (timedelta(weeks=1), 12))
"""Of each tier: how far apart, and how many."""


@dataclass(frozen=True)
class Backup:
    """A copy of a dossier as it was."""

    path: Path
    made: datetime


def copy_database(raw: Raw, target: Path, password: str | None) -> None:
    """Write a whole, closed copy of an open database to `target`, with no journal beside it, and sync it."""
    temporary = target.with_name(f".{target.name}.{id(raw):x}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        copy = connect(temporary, password=password)
        try:
            raw.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        put_in_place(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def make_backup(raw: Raw, folder: Path, now: datetime, password: str | None = None) -> Backup:
    """Back up an open dossier, and let go of backups that no tier needs."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{now.strftime(_NAME)}.sto"
        with errors_of(None):
            copy_database(raw, target, password)
    except OSError as error:
        raise DossierError(
            f"Er kon geen reservekopie gemaakt worden ({error.strerror}).",
            "Er is niets gewijzigd.",
            "Maak ruimte vrij op deze computer en probeer het opnieuw.",
        ) from error
    for old in superfluous(backups(folder)):
        old.path.unlink(missing_ok=True)
    return Backup(target, now)


def backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, newest first."""
    found = []
    for path in folder.glob("*.sto"):
        try:
            found.append(Backup(path, datetime.strptime(path.stem, _NAME)))
        except ValueError:
            continue
    return sorted(found, key=lambda item: item.made, reverse=True)


def superfluous(made: Sequence[Backup]) -> list[Backup]:
    """Return the backups (given newest first) that no tier keeps; the newest always stays."""
    kept: set[Path] = {item.path for item in made[:1]}
    for apart, count in _KEPT:
        slots: dict[int, Backup] = {}
        for item in made:
            slots[int(item.made.replace(tzinfo=None).timestamp() // apart.total_seconds())] = item
        # The dictionary now has the oldest of each slot, so that a slot's backup does not move as the day goes on.
        kept.update(item.path for _, item in sorted(slots.items(), reverse=True)[:count])
    return [item for item in made if item.path not in kept]


def erase_in_backups(folder: Path, erasures: Collection[Erasure], password: str | None) -> int:
    """Wipe values from every backup too; return in how many."""
    done = 0
    for item in backups(folder):
        with errors_of(item.path):
            raw = connect(item.path, password=password)
            try:
                erase_values(raw, erasures)
            finally:
                raw.close()
        done += 1
    return done
