"""Opens dossiers: reads a file into a working copy, or continues the one that a window or a crash left."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sto_desktop.domain.errors import DamagedDossierError, DossierError
from sto_desktop.domain.log.change import Change, Writer
from sto_desktop.language import tr
from sto_desktop.own_files import make_folder, put_in_place
from sto_desktop.storage.file.database import (
    Raw,
    SqliteError,
    bounded,
    connect,
    connect_working,
    damaged,
    errors_of,
    stored_columns,
)
from sto_desktop.storage.file.files import Fingerprint, check_header, copy_for_reading, is_plain
from sto_desktop.storage.file.local import (
    CLOSED,
    COPY,
    leave_wal,
    remember,
    set_setting,
    setting,
    write_info,
)
from sto_desktop.storage.log import log
from sto_desktop.storage.log.layout import create_dossier, is_ours
from sto_desktop.storage.log.left_behind import NOTHING_LEFT, LeftBehind
from sto_desktop.storage.log.log_source import check_is_dossier, check_log_is_sound
from sto_desktop.storage.log.renew import renewed
from sto_desktop.storage.whole_file import setup
from sto_desktop.storage.whole_file.backup import Reason, backup_file
from sto_desktop.storage.working.copies_home import CopiesHome, Identity
from sto_desktop.storage.working.copy_file import CopyFile
from sto_desktop.storage.working.dossier import Dossier, new_writer
from sto_desktop.storage.working.working_copy import WorkingCopy

_ARRIVING = "aankomst.sto"
"""Name of a working copy while it is being made."""


@dataclass(frozen=True)
class Seed:
    """Changes with which every new dossier starts (the built-in guide), and their author."""

    changes: tuple[Change, ...]
    writer: Writer


@dataclass(frozen=True)
class Leftover:
    """An existing working copy, and the path that it belongs to."""

    folder: Path
    path: Path
    changed: datetime


class WorkingCopies(CopiesHome):
    """Creates and opens working copies in their home."""

    def create(
        self, path: Path, identity: Identity, seed: Seed | None = None, password: str | None = None
    ) -> WorkingCopy:
        """Create a new dossier to be published at `path`; DossierError if a file exists there."""
        if path.exists():
            raise DossierError(
                tr("Er is al een bestand «{file}».", file=path.name),
                tr("Het is niet gewijzigd."),
                tr("Kies een andere naam."),
            )
        folder = self._folder(path)
        with self.held(folder):
            # It may hold changes that were never published.
            if (folder / COPY).exists():
                raise DossierError(
                    tr("Van «{file}» staat nog een werkkopie op deze computer.", file=path.name),
                    tr("Daarin is niets gewijzigd."),
                    tr("Open het dossier met die naam, of kies een andere."),
                )
            with _all_or_nothing(folder), errors_of(path):
                raw = connect_working(folder / COPY, password=password)
                with _closed_on_error(raw):
                    create_dossier(raw)
                    return self._started(path, folder, raw, identity, seed, password)

    def open(
        self, path: Path, identity: Identity, password: str | None = None, seed: Seed | None = None
    ) -> WorkingCopy:
        """Open a dossier: read it into a working copy, or continue the one that another window or a crash left.

        If the working copy left by a crash is readable but the file at the path is not, the working copy opens, and its
        `trouble` says why nothing will be published. If it is damaged, the file at the path opens, and `put_aside` is
        where the working copy went. `seed`: changes that every dossier should hold.

        Raises:
            DossierError: in words for the user; the file at `path` was not written.
        """
        folder = self._folder(path)
        with self.held(folder):
            # A working copy left by a crash may hold work that is not in the file.
            kept = self._go_on(path, folder, password) if (folder / COPY).exists() else None
            put_aside = kept if isinstance(kept, Path) else None
            left = kept if isinstance(kept, LeftBehind) else None
            existing = left is not None
            if left is None:
                # A password given for a plain file would make SQLCipher reject it.
                if is_plain(path):
                    password = None
                left = self._read_in(path, folder, password)
            with errors_of(path):
                raw = connect_working(folder / COPY, password=password)
                with _closed_on_error(raw):
                    copy = self._started(path, folder, raw, identity, seed, password)
                    copy.put_aside = put_aside
                    copy.told = (left.told(path.name),) if left else ()
                    copy.loses = left.loses
                    if existing:
                        copy.take_in_at_opening()
                    return copy

    @contextmanager
    def reading(
        self, path: Path, identity: Identity, password: str | None = None, seed: Seed | None = None
    ) -> Iterator[WorkingCopy]:
        """Open a dossier read-only: the state that `open` would show, in a temporary copy.

        Neither the file at `path` nor an existing working copy is written.

        Raises:
            DossierError: as for `open`.
        """
        with tempfile.TemporaryDirectory(prefix="sto-") as place:
            apart = WorkingCopies(Path(place), self._clock)
            existing, folder = self._folder(path) / COPY, apart._folder(path)
            if existing.exists():
                make_folder(folder)
                copy_for_reading(existing, folder / COPY, password)
            copy = apart.open(path, identity, password, seed)
            try:
                yield copy
            finally:
                copy.dossier.close()

    def _go_on(self, path: Path, folder: Path, password: str | None) -> LeftBehind | Path:
        """Check an existing working copy, and update its tables.

        Returns what another program changed in it; for a damaged working copy, the folder where it was put aside.
        """
        target = folder / COPY
        try:
            with errors_of(path):
                raw = connect(target, password=password)
                try:
                    if _is_ours(raw, target, path):
                        return NOTHING_LEFT
                    if not leave_wal(raw):
                        raise DossierError(
                            tr("«{file}» is nog open in een andere versie van het programma.", file=path.name),
                            tr("Er is niets gewijzigd."),
                            tr("Sluit die eerst."),
                        )
                finally:
                    raw.close()
                return self._renewed(target, path, password, with_local=True)
        except DamagedDossierError:
            if not path.exists():
                raise
            # Keep the damaged copy for repair; work continues with the file at the path.
            return folder.rename(self.aside_of(folder))

    def _read_in(self, path: Path, folder: Path, password: str | None) -> LeftBehind:
        """Make a working copy of a user's file, with our tables; an interrupted one does not count as a working copy.

        Returns what another program changed in it.
        """
        check_header(path, password)
        arriving = folder / _ARRIVING
        with _all_or_nothing(folder), errors_of(path):
            fingerprint = Fingerprint.of(path)
            copy_for_reading(path, arriving, password)
            raw = connect(arriving, password=password)
            try:
                ours = _is_ours(raw, arriving, path)
                leave_wal(raw)
            finally:
                raw.close()
            left = NOTHING_LEFT if ours else self._renewed(arriving, path, password, with_local=False)
            raw = connect(arriving, password=password)
            try:
                setup.clear_local(raw)
                remember(raw, fingerprint, log.extent(raw))
            finally:
                raw.close()
            # No sync needed: the same content is on disk at the path.
            put_in_place(arriving, folder / COPY, keep_mode=False, sync=False)
        return left

    def _renewed(self, file: Path, path: Path, password: str | None, *, with_local: bool) -> LeftBehind:
        """Update the tables of a closed file of our own, after a backup."""

        def keep(left: LeftBehind) -> None:
            backup_file(file, self.backups_of(path), self._clock(), Reason.UPDATE if left else Reason.HOURLY)

        return renewed(file, path, password, with_local=with_local, keep=keep) or NOTHING_LEFT

    def _started(
        self, path: Path, folder: Path, raw: Raw, identity: Identity, seed: Seed | None, password: str | None
    ) -> WorkingCopy:
        write_info(folder, path)
        set_setting(raw, CLOSED, "")
        dossier = Dossier(raw, path, new_writer(identity.person, identity.device), self._clock)
        if seed is not None:
            dossier.adopt(seed.changes, seed.writer)
        return WorkingCopy(CopyFile(self, path, folder, password), raw, dossier)

    def leftovers(self) -> list[Leftover]:
        """Return the working copies on this computer: open in a window, or left by a crash."""
        copies = []
        for folder, path in self._owners().items():
            files = [file for file in (folder / COPY, folder / f"{COPY}-wal") if file.exists()]
            if (folder / COPY) in files:
                changed = max(file.stat().st_mtime for file in files)
                copies.append(Leftover(folder, path, datetime.fromtimestamp(changed).astimezone()))
        return copies

    def abandoned(self) -> list[Leftover]:
        """Return the working copies that no window has open: a crash left them, or their path could not be written.

        Working copies with a password are left out, since this can't be determined without it.
        """
        copies = []
        for leftover in self.leftovers():
            try:
                raw = connect(leftover.folder / COPY, busy=0)
            except DossierError:
                continue
            try:
                # Read only a stored table: it may have been replaced, for example by another program's view.
                closed = "value" in stored_columns(raw, "setting") and setting(raw, CLOSED)
                if leave_wal(raw) and not closed:
                    copies.append(leftover)
            except SqliteError:
                # Damaged: opening it reports that and puts it aside.
                copies.append(leftover)
            finally:
                raw.close()
        return copies


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[None]:
    """Create a folder afresh, and delete it again if the block fails."""
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@contextmanager
def _closed_on_error(raw: Raw) -> Iterator[None]:
    try:
        yield
    except BaseException:
        raw.close()
        raise


def _is_ours(raw: Raw, file: Path, path: Path) -> bool:
    """Return whether a dossier has the tables of this version; raise if it is not a dossier, or damaged.

    Args:
        file: the file that is open.
        path: the path that the user knows, for errors.
    """
    with bounded(raw, file):
        check_is_dossier(raw, path)
        if not is_ours(raw):
            # Only its log will be read, and `renew` checks that.
            return False
        if raw.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise damaged(path)
        check_log_is_sound(raw, path)
        return True
