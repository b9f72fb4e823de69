"""Where working copies live: opening a dossier reads it into one, or into the one that a window or a crash left."""

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
from sto_desktop.storage.log.merge import check_log_is_sound, check_opened
from sto_desktop.storage.log.renew import create_dossier, foreign_in, is_ours, renew, said_left_behind
from sto_desktop.storage.whole_file import setup
from sto_desktop.storage.whole_file.backup import Reason, backup_file
from sto_desktop.storage.working.copies_home import CopiesHome, Identity
from sto_desktop.storage.working.dossier import Dossier, new_writer
from sto_desktop.storage.working.working_copy import WorkingCopy

_ARRIVING = "aankomst.sto"
"""What becomes the working copy when it is whole."""


@dataclass(frozen=True)
class Seed:
    """Changes that every new dossier starts with (the built-in guide), and who they are by."""

    changes: tuple[Change, ...]
    writer: Writer


@dataclass(frozen=True)
class Leftover:
    """A working copy that is there, and the path that it belongs to."""

    folder: Path
    path: Path
    changed: datetime


class WorkingCopies(CopiesHome):
    """Makes and opens working copies in their home."""

    def create(self, path: Path, who: Identity, seed: Seed | None = None, password: str | None = None) -> WorkingCopy:
        """Make a new dossier that will be published at `path`; DossierError where something is there already."""
        if path.exists():
            raise DossierError(
                tr("Er is al een bestand «{file}».", file=path.name),
                tr("Het is niet gewijzigd."),
                tr("Kies een andere naam."),
            )
        folder = self._folder(path)
        with self.held(folder):
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
                    return self._started(path, folder, raw, who, seed, password)

    def open(self, path: Path, who: Identity, password: str | None = None, seed: Seed | None = None) -> WorkingCopy:
        """Open a dossier: read it into a working copy, or into the one that another window or a crash left.

        Where what a crash left can be read and what lies at the path can't, the former opens, and `trouble` of the
        working copy says why nothing will be published there. Where it is damaged, the file at the path opens, and
        `put_aside` says where it went. `seed`: what every dossier should hold.

        Raises:
            DossierError: in words for the user; the file at `path` was not written.
        """
        folder = self._folder(path)
        with self.held(folder):
            kept = self._go_on(path, folder, password) if (folder / COPY).exists() else None
            put_aside = kept if isinstance(kept, Path) else None
            existing = isinstance(kept, tuple)
            left: tuple[str, ...] = kept if isinstance(kept, tuple) else ()
            if not existing:
                if is_plain(path):
                    password = None
                left = self._read_in(path, folder, password)
            with errors_of(path):
                raw = connect_working(folder / COPY, password=password)
                with _closed_on_error(raw):
                    copy = self._started(path, folder, raw, who, seed, password)
                    copy.put_aside = put_aside
                    copy.told = (said_left_behind(path.name, left),) if left else ()
                    if existing:
                        copy.take_in_at_opening()
                    return copy

    @contextmanager
    def reading(
        self, path: Path, who: Identity, password: str | None = None, seed: Seed | None = None
    ) -> Iterator[WorkingCopy]:
        """Open a dossier for reading alone: what `open` would show, in a copy that is thrown away afterwards.

        Neither the file at `path` nor the working copy that a window or a crash left is written.

        Raises:
            DossierError: as for `open`.
        """
        with tempfile.TemporaryDirectory(prefix="sto-") as place:
            apart = WorkingCopies(Path(place), self._clock)
            kept, folder = self._folder(path) / COPY, apart._folder(path)
            if kept.exists():
                make_folder(folder)
                copy_for_reading(kept, folder / COPY, password)
            copy = apart.open(path, who, password, seed)
            try:
                yield copy
            finally:
                copy.dossier.close()

    def _go_on(self, path: Path, folder: Path, password: str | None) -> tuple[str, ...] | Path:
        """Check a working copy that is there, and give it our tables.

        Returns what another program left in it (renew.left_behind); where it was damaged, where it was put aside.
        """
        target = folder / COPY
        try:
            with errors_of(path):
                raw = connect_working(target, password=password)
                try:
                    if _is_ours(raw, target, path):
                        return ()
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
            # Kept, for whoever can mend it; the work can go on with the file at the path.
            return folder.rename(folder.with_name(f"{folder.name}-beschadigd-{self._clock():%Y%m%d-%H%M%S}"))

    def _read_in(self, path: Path, folder: Path, password: str | None) -> tuple[str, ...]:
        """Make a working copy of a file of the user's, with our tables; what a kill leaves of one is no working copy.

        Returns what another program left in it (renew.left_behind).
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
            left = () if ours else self._renewed(arriving, path, password, with_local=False)
            raw = connect(arriving, password=password)
            try:
                setup.clear_local(raw)
                remember(raw, fingerprint, log.extent(raw))
            finally:
                raw.close()
            # What lies at the path is on disk already.
            put_in_place(arriving, folder / COPY, keep_mode=False, sync=False)
        return left

    def _renewed(self, file: Path, path: Path, password: str | None, *, with_local: bool) -> tuple[str, ...]:
        """Give a closed file of our own the tables of this version, after a backup; returns what stays behind."""
        left = foreign_in(file, path, password)
        why = Reason.UPDATE if left else Reason.HOURLY

        def keep() -> None:
            backup_file(file, self.backups_of(path), self._clock(), why)

        renew(file, path, password, with_local=with_local, keep=keep)
        return left

    def _started(
        self, path: Path, folder: Path, raw: Raw, who: Identity, seed: Seed | None, password: str | None
    ) -> WorkingCopy:
        write_info(folder, path)
        set_setting(raw, CLOSED, "")
        dossier = Dossier(raw, path, new_writer(who.person, who.device), self._clock)
        if seed is not None:
            dossier.adopt(seed.changes, seed.writer)
        return WorkingCopy(self, path, folder, raw, dossier, password)

    def leftovers(self) -> list[Leftover]:
        """Return the working copies that are on this computer: open in a window, or left by a crash."""
        found = []
        for folder, path in self._owners().items():
            files = [file for file in (folder / COPY, folder / f"{COPY}-wal") if file.exists()]
            if (folder / COPY) in files:
                changed = max(file.stat().st_mtime for file in files)
                found.append(Leftover(folder, path, datetime.fromtimestamp(changed).astimezone()))
        return found

    def abandoned(self) -> list[Leftover]:
        """Return the working copies that nobody has open: a crash left them, or their path could not be written.

        Of one with a password nobody can tell without it; those are left out.
        """
        found = []
        for item in self.leftovers():
            try:
                raw = connect(item.folder / COPY, busy=0)
            except DossierError:
                continue
            try:
                # What stands in the place of that table, another program's view say, is not read.
                closed = "value" in stored_columns(raw, "setting") and setting(raw, CLOSED)
                if leave_wal(raw) and not closed:
                    found.append(item)
            except SqliteError:
                # Damaged: opening it says so, and puts it aside.
                found.append(item)
            finally:
                raw.close()
        return found


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[None]:
    """Make a folder afresh, and take it away again where what happens inside fails."""
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
    """Tell whether a dossier has the tables of this version; raise where a database is no dossier, or is damaged.

    Args:
        file: what is open.
        path: what the user calls it, for errors.
    """
    with bounded(raw, file):
        check_opened(raw, path)
        if not is_ours(raw):
            # Only its log will be read, which `renew` checks.
            return False
        if raw.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise damaged(path)
        check_log_is_sound(raw, path)
        return True
