"""Publishes a working copy: merges what others put at the user's path, and writes a whole file there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sto_desktop.domain.errors import DossierError, PublishError
from sto_desktop.language import tr
from sto_desktop.own_files import put_in_place
from sto_desktop.storage.file.database import Raw, SqliteError, errors_of
from sto_desktop.storage.file.files import (
    Fingerprint,
    kept_here,
    own_disk_error,
    private_copy,
    publish_error,
    remove_with_journals,
    settle,
)
from sto_desktop.storage.file.local import (
    EXTENT,
    FINGERPRINT,
    remember,
    set_setting,
    setting,
    state,
    stated_path,
    temporary_for,
)
from sto_desktop.storage.log import log
from sto_desktop.storage.log.arrivals import NOTHING, Arrivals, arrivals, mark
from sto_desktop.storage.log.erase import clear_what_is_left
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.log.left_behind import LeftBehind
from sto_desktop.storage.log.merge import MergeResult, merge_log
from sto_desktop.storage.read.search import tidy
from sto_desktop.storage.whole_file.backup import Reason, backup_file, copy_dossier
from sto_desktop.storage.working.copy_file import CopyFile
from sto_desktop.storage.working.dossier import Dossier

# Each attempt merges what was written meanwhile, so more are needed only if several computers publish at once.
_ATTEMPTS = 5


@dataclass(frozen=True)
class Published:
    """The result of publishing: the time, and what was found at the path and merged first."""

    at: datetime
    merged: MergeResult | None = None
    arrived: Arrivals = NOTHING


class PublishedFile:
    """The file at the path of a working copy: merging it, and replacing it by a whole one."""

    def __init__(self, file: CopyFile, dossier: Dossier) -> None:
        self._file = file
        self._dossier = dossier

    def take_in(self, raw: Raw, password: str | None = None) -> Incoming | None:
        """Merge the file at the path, if somebody else wrote it since we last read or wrote it.

        Raises:
            DossierError: it can't be read.
        """
        password = password or self._file.password
        fingerprint = Fingerprint.of(self._file.path)
        # No file, or unchanged since we last read or wrote it.
        if fingerprint is None or str(fingerprint) == setting(raw, FINGERPRINT):
            return None
        before = mark(raw)
        with private_copy(self._file.path, password, self._file.home.home) as copy, errors_of(self._file.path):
            # The next publishing replaces the file by one without what is left behind.
            result = merge_log(raw, copy, password, name=self._file.path, compare=True, keep=partial(self._keep, copy))
        self._file.erase_in_files(result.to_erase)
        set_setting(raw, FINGERPRINT, str(fingerprint))
        # The file there holds all of our log, or it is an older one that lacks part of it.
        set_setting(raw, EXTENT, "" if result.lacking else log.extent(raw))
        arrived = arrivals(raw, before, mark(raw), result.left.told(self._file.path.name))
        return Incoming(self._file.path, None, result, arrived)

    def _keep(self, file: Path, left: LeftBehind) -> None:
        if left:
            backup_file(file, self._file.backups, self._file.home.now(), Reason.UPDATE)

    def publish(self, path: Path | None = None) -> Published:
        """Write a whole file to the path after merging what others put there; see `WorkingCopy.publish`."""
        with self._file.held():
            # Another window may have moved this working copy to another path.
            taken = None
            target = (path or self._file.path).resolve()
            try:
                with self._file.apart() as raw:
                    self._follow_path(raw)
                    target = (path or self._file.path).resolve()
                    elsewhere = path is not None and target != self._file.path.resolve()
                    # Done here, off the window's thread: otherwise a note would now and then have to wait for it.
                    tidy(raw)
                    raw.execute("PRAGMA wal_checkpoint(PASSIVE)")
                    if elsewhere:
                        self._save_as(raw, target)
                        self._move_to(raw, target)
                    else:
                        taken = self._write_merged(raw, target)
            except PublishError:
                raise
            except (OSError, SqliteError, DossierError) as error:
                # Writing at the path raises a PublishError of its own, so this is about our own disk.
                raise own_disk_error(target, error) from error
        if taken is None:
            return Published(self._file.home.now())
        return Published(self._file.home.now(), taken.result, taken.arrived)

    def _save_as(self, raw: Raw, target: Path) -> None:
        """Write a copy to another path, replacing any file there."""
        if self._file.home.belongs_to_another(target, self._file.folder):
            happened = tr(
                "«{file}» is open in een ander venster, of er staat nog een werkkopie van op deze computer.",
                file=target.name,
            )
            raise kept_here(happened, tr("Kies een andere naam."))
        self._put(raw, target)

    def _write_merged(self, raw: Raw, target: Path) -> Incoming | None:
        taken = None
        for _ in range(_ATTEMPTS):
            taken = self.take_in_or_refuse(raw, target) or taken
            if self._put(raw, target, only_over=setting(raw, FINGERPRINT) or ""):
                return taken
        happened = tr("«{file}» wordt steeds door een ander gewijzigd.", file=target.name)
        raise kept_here(happened, tr("Het programma probeert het straks opnieuw."))

    def take_in_or_refuse(self, raw: Raw, target: Path) -> Incoming | None:
        """Merge the file at the path; PublishError if it can't be read, as it must not be overwritten then."""
        try:
            return self.take_in(raw)
        except DossierError as error:
            happened = tr(
                "Op de plek van «{file}» staat iets anders, of het is niet te lezen: {happened}",
                file=target.name,
                happened=error.happened,
            )
            raise kept_here(happened, tr("Kies «Opslaan als…».")) from error

    def _put(self, raw: Raw, target: Path, only_over: str | None = None) -> bool:
        """Write a copy to `target`; False if the file there is no longer `only_over`: somebody else wrote first."""
        temporary = temporary_for(raw, target)
        try:
            put = self._put_over(raw, target, temporary, only_over)
        except PublishError:
            raise
        except (OSError, SqliteError, DossierError) as error:
            raise publish_error(target, error) from error
        if put is None:
            return False
        remember(raw, *put)
        clear_what_is_left(raw)
        return True

    def _put_over(
        self, raw: Raw, target: Path, temporary: Path, only_over: str | None
    ) -> tuple[Fingerprint | None, str] | None:
        try:
            extent = copy_dossier(raw, temporary, self._file.password)
            if target.exists():
                # A journal next to the target would be applied to the new file.
                settle(target, self._file.password)
            current = Fingerprint.of(target)
            # Another computer may have written in the meantime: the caller merges and tries again.
            if only_over is not None and current is not None and str(current) != only_over:
                return None
            # Remember the file that was written, not whatever is at the path a moment later.
            written = Fingerprint.of(temporary)
            put_in_place(temporary, target)
            return written, extent
        finally:
            remove_with_journals(temporary)

    def _move_to(self, raw: Raw, path: Path) -> None:
        """Assign the working copy to another path."""
        self._file.path = path
        self._dossier.path = path
        state(raw, self._file.folder, path, self._file.password)

    def _follow_path(self, raw: Raw) -> None:
        owner = stated_path(raw)
        if owner is not None and owner != self._file.path.resolve():
            self._file.path = owner
            self._dossier.path = owner
