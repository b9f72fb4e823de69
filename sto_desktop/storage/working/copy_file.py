"""The file of a working copy: where it is, its password and its backups."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager, closing
from pathlib import Path

from sto_desktop.domain.log.change import Erasure
from sto_desktop.storage.file.database import Raw, connect_working
from sto_desktop.storage.file.local import COPY
from sto_desktop.storage.whole_file.backup import Backup, Reason, Searched, make_backup
from sto_desktop.storage.working.copies_home import CopiesHome
from sto_desktop.storage.working.register import erase_everywhere


class CopyFile:
    """A working copy on this computer, in a folder of its own, and the path where it is published."""

    def __init__(self, home: CopiesHome, path: Path, folder: Path, password: str | None) -> None:
        self.home = home
        self.path = path
        self.folder = folder
        self.password = password

    @property
    def backups(self) -> Path:
        """The folder with the dossier's backups."""
        return self.home.backups_of(self.path)

    def held(self) -> AbstractContextManager[None]:
        """Hold the lock for opening, publishing and closing; DossierError if it is taken."""
        return self.home.held(self.folder)

    def apart(self) -> closing[Raw]:
        """Return a separate connection, for a worker."""
        return closing(connect_working(self.folder / COPY, password=self.password))

    def back_up(self, raw: Raw, reason: Reason = Reason.HOURLY) -> Backup:
        """Back up what a connection to the working copy reads."""
        return make_backup(raw, self.backups, self.home.now(), self.password, reason)

    def erase_in_files(self, erasures: Collection[Erasure]) -> Searched:
        """Erase values in every file of the register: backups, quarantine and what is temporary."""
        return erase_everywhere(self.home, self.path, erasures, self.password)
