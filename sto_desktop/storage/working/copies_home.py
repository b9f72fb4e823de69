"""The folders of working copies and backups on this computer, each locked by one window at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from sto_desktop.domain.errors import DossierError
from sto_desktop.language import tr
from sto_desktop.own_files import FILE_MODE, close_to_others, make_folder
from sto_desktop.storage.file.local import COPY, INFO, path_in
from sto_desktop.storage.working.dossier import Clock, wall_clock

_COPIES = "werkkopie"
_BACKUPS = "reservekopie"
_ASIDE = "-beschadigd-"
# Publishing to a slow network share takes seconds; a window that waits longer tells the user.
_LOCK_SECONDS = 20


@dataclass(frozen=True)
class Identity:
    """The current user: the person and device that the log stores with each change."""

    person: str
    device: str


class CopiesHome:
    """The folder on the local disk with working copies and backups."""

    def __init__(self, home: Path, clock: Clock = wall_clock) -> None:
        self.home = home
        self._clock = clock

    def _owners(self) -> dict[Path, Path]:
        """Return the existing working copies, each with the path that it belongs to."""
        infos = sorted((self.home / _COPIES).glob(f"*/{INFO}"))
        return {info.parent: path for info in infos if (path := path_in(info)) is not None}

    def _folder(self, path: Path) -> Path:
        """Return the folder of a path's working copy: the one registered for it, or a new one named after the path."""
        wanted = path.resolve()
        owners = self._owners()
        for folder, owner in owners.items():
            if owner == wanted:
                return folder
        folder = self.home / _COPIES / _digest(wanted)
        while folder in owners:
            # The folder belongs to another path since «Opslaan als…».
            folder = folder.with_name(folder.name + "x")
        return folder

    def backups_of(self, path: Path) -> Path:
        """Return the folder with the backups of the dossier at a path."""
        return self.home / _BACKUPS / _digest(path.resolve())

    def aside_of(self, folder: Path) -> Path:
        """Return where the damaged working copy in a folder is put aside."""
        return folder.with_name(f"{folder.name}{_ASIDE}{self._clock():%Y%m%d-%H%M%S}")

    def put_aside(self, folder: Path) -> list[Path]:
        """Return the damaged working copies that were put aside from a folder."""
        return sorted(folder.parent.glob(f"{folder.name}{_ASIDE}*/{COPY}"))

    @contextmanager
    def held(self, folder: Path) -> Iterator[None]:
        """Hold the lock for opening, publishing and closing one working copy; DossierError if it is taken."""
        make_folder(folder.parent)
        # Older versions left the folder open to other users.
        close_to_others(self.home)
        lock = FileLock(folder.with_suffix(".lock"), timeout=_LOCK_SECONDS, mode=FILE_MODE)
        try:
            lock.acquire()
        except Timeout as error:
            raise DossierError(
                tr("Een ander venster is met dit dossier bezig."),
                tr("Er is niets gewijzigd."),
                tr("Probeer het over een minuut opnieuw."),
            ) from error
        try:
            yield
        finally:
            lock.release()

    def belongs_to_another(self, path: Path, folder: Path) -> bool:
        """Return whether a path's working copy is in another folder than this one."""
        wanted = path.resolve()
        return any(owner == wanted and other_folder != folder for other_folder, owner in self._owners().items())

    def backup_home(self) -> Path:
        """Return the folder with the backup folders of all dossiers."""
        return self.home / _BACKUPS

    def now(self) -> datetime:
        """Return the current time by the injected clock."""
        return self._clock()


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:16]
