"""Where working copies live: opening a dossier reads it into one, or into the one that a window or a crash left."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sto_desktop.domain.errors import DamagedDossierError, DossierError
from sto_desktop.domain.log.change import Change, Writer
from sto_desktop.own_files import make_folder
from sto_desktop.storage.file.database import Raw, SqliteError, bounded, connect, connect_working, damaged, errors_of
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
from sto_desktop.storage.log.merge import check_log_is_sound
from sto_desktop.storage.whole_file import setup
from sto_desktop.storage.whole_file.backup import backup_file
from sto_desktop.storage.working.copies_home import CopiesHome, Identity
from sto_desktop.storage.working.dossier import Dossier, new_writer
from sto_desktop.storage.working.working_copy import WorkingCopy


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
                f"Er is al een bestand «{path.name}».", "Het is niet gewijzigd.", "Kies een andere naam."
            )
        folder = self._folder(path)
        with self.held(folder):
            if (folder / COPY).exists():
                raise DossierError(
                    f"Van «{path.name}» staat nog een werkkopie op deze computer.",
                    "Daarin is niets gewijzigd.",
                    "Open het dossier met die naam, of kies een andere.",
                )
            with _all_or_nothing(folder), errors_of(path):
                raw = connect_working(folder / COPY, password=password)
                with _closed_on_error(raw):
                    setup.create_dossier(raw)
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
            existing, put_aside = (folder / COPY).exists(), None
            if existing:
                put_aside = self._put_aside_if_damaged(path, folder, password)
                existing = put_aside is None
            if not existing:
                if is_plain(path):
                    password = None
                self._read_in(path, folder, password)
            with errors_of(path):
                raw = connect_working(folder / COPY, password=password)
                with _closed_on_error(raw):
                    copy = self._started(path, folder, raw, who, seed, password)
                    copy.put_aside = put_aside
                    if existing:
                        copy.take_in_at_opening()
                    return copy

    def _put_aside_if_damaged(self, path: Path, folder: Path, password: str | None) -> Path | None:
        """Check a working copy that is there, and bring it up to date; where it is damaged, return where it was put."""
        target = folder / COPY
        try:
            with errors_of(path):
                raw = connect_working(target, password=password)
                try:
                    _check_inside(raw, target, path)
                    current = setup.is_current(raw)
                    if not current and not leave_wal(raw):
                        raise DossierError(
                            f"«{path.name}» is nog open in een andere versie van het programma.",
                            "Er is niets gewijzigd.",
                            "Sluit die eerst.",
                        )
                finally:
                    raw.close()
                if not current:
                    backup_file(target, self.backups_of(path), self._clock())
                setup.bring_up_to_date(target, path, password)
        except DamagedDossierError:
            if not path.exists():
                raise
            # Kept, for whoever can mend it; the work can go on with the file at the path.
            return folder.rename(folder.with_name(f"{folder.name}-beschadigd-{self._clock():%Y%m%d-%H%M%S}"))
        return None

    def _read_in(self, path: Path, folder: Path, password: str | None) -> None:
        """Copy a file of the user's into a working folder, check it, and bring it up to date."""
        check_header(path, password)
        target = folder / COPY
        with _all_or_nothing(folder), errors_of(path):
            fingerprint = Fingerprint.of(path)
            copy_for_reading(path, target, password)
            raw = connect(target, password=password)
            try:
                _check_inside(raw, target, path)
                current = setup.is_current(raw)
            finally:
                raw.close()
            if not current:
                backup_file(target, self.backups_of(path), self._clock())
            setup.bring_up_to_date(target, path, password)
            raw = connect(target, password=password)
            try:
                setup.clear_local(raw)
                remember(raw, fingerprint, log.extent(raw))
            finally:
                raw.close()

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
                if leave_wal(raw) and not setting(raw, CLOSED):
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


def _check_inside(raw: Raw, file: Path, path: Path) -> None:
    """Raise where a database is no dossier, is of a log that is too new, or is damaged.

    Args:
        file: what is open.
        path: what the user calls it, for errors.
    """
    with bounded(raw, file):
        setup.check_opened(raw, path)
        if raw.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise damaged(path)
        check_log_is_sound(raw, path)
