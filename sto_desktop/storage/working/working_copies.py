"""Opens dossiers: reads a file into a working copy, or continues the one that a window or a crash left."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.domain.errors import DamagedDossierError, DossierError, NotADossierError, PasswordNeededError
from sto_desktop.domain.log.change import Change, Writer
from sto_desktop.language import tr
from sto_desktop.own_files import copy_file, make_folder, sync_folder
from sto_desktop.scratch import scratch
from sto_desktop.storage.file import checked
from sto_desktop.storage.file.database import (
    IO_ERROR,
    Raw,
    SqliteError,
    bounded,
    code_of,
    connect,
    connect_working,
    damaged,
    errors_of,
    stored_columns,
)
from sto_desktop.storage.file.files import (
    Fingerprint,
    check_header,
    copy_for_reading,
    is_plain,
    no_room,
    own_disk,
    private_place,
)
from sto_desktop.storage.file.local import (
    CLOSED,
    COPY,
    hint_in,
    is_strange,
    is_wrecked,
    leave_wal,
    remember,
    remove_leftovers,
    set_setting,
    setting,
    state,
    stated_path,
    write_hint,
)
from sto_desktop.storage.file.pages import is_key_of_other_pages
from sto_desktop.storage.log import log
from sto_desktop.storage.log.layout import create_dossier, has_our_tables, is_ours
from sto_desktop.storage.log.left_behind import NOTHING_LEFT, LeftBehind
from sto_desktop.storage.log.log_source import check_is_dossier, check_log_is_sound
from sto_desktop.storage.log.renew import renewed
from sto_desktop.storage.whole_file import setup
from sto_desktop.storage.whole_file.backup import Reason, backup_file, backups
from sto_desktop.storage.working import quarantine
from sto_desktop.storage.working.catching_up import take_in_newer, take_in_salvage, tell_of_earlier_name
from sto_desktop.storage.working.copies_home import CopiesHome, Identity, Leftover
from sto_desktop.storage.working.copy_file import CopyFile
from sto_desktop.storage.working.dossier import Clock, Dossier, new_writer, wall_clock
from sto_desktop.storage.working.working_copy import WorkingCopy

if TYPE_CHECKING:  # a repair is rare
    from sto_desktop.storage.working.salvage import Salvaged


@dataclass(frozen=True)
class Seed:
    """Changes with which every new dossier starts (the built-in guide), and their author."""

    changes: tuple[Change, ...]
    writer: Writer


class WorkingCopies(CopiesHome):
    """Creates and opens working copies in their home."""

    def __init__(self, home: Path, clock: Clock = wall_clock) -> None:
        super().__init__(home, clock)
        self._known: CopiesHome = self
        """Where backups are looked up; for a copy to read from, the home of this computer."""

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

        def fill(file: Path) -> LeftBehind:
            with closing(connect(file, password=password)) as raw:
                create_dossier(raw)
                state(raw, file.parent, path, password)
            return NOTHING_LEFT

        with own_disk(), self.held(self.at(path)):
            # It may hold changes that were never published.
            if self._found(path) is not None:
                raise DossierError(
                    tr("Van «{file}» staat nog een werkkopie op deze computer.", file=path.name),
                    tr("Daarin is niets gewijzigd."),
                    tr("Open het dossier met die naam, of kies een andere."),
                )
            return self._made(path, identity, seed, password, fill)

    def open(
        self, path: Path, identity: Identity, password: str | None = None, seed: Seed | None = None
    ) -> WorkingCopy:
        """Open a dossier: read it into a working copy, or continue the one that another window or a crash left.

        If the working copy left by a crash is readable but the file at the path is not, the working copy opens, and its
        `trouble` says why nothing will be published. If it is damaged it goes to quarantine; the file at the path
        opens, what can be read of the damaged one is merged in, and `salvage` tells of it. `seed`: changes that every
        dossier should hold.

        Raises:
            DossierError: in words for the user; the file at `path` was not written.
        """
        self.tidy()
        with own_disk(), _full_disk_told(self.home), self.held(self.at(path)):
            # Again after each that can't be used, and is out of the way then.
            while (folder := self._found(path)) is not None:
                with self.held(folder):
                    # Whoever had it open may have closed it while we waited.
                    there = (folder / COPY).exists()
                    left = self._go_on(path, folder, password) if there else None
                    if left is not None:
                        # A password given for a plain working copy would make SQLCipher reject it.
                        if is_plain(folder / COPY):
                            password = None
                        return self._continued(path, folder, identity, seed, password, left)
            return self._opened_anew(path, identity, seed, password)

    def _continued(
        self, path: Path, folder: Path, identity: Identity, seed: Seed | None, password: str | None, left: LeftBehind
    ) -> WorkingCopy:
        copy = self._started(path, folder, identity, seed, password)
        with closed_on_error(copy.dossier.raw):
            _tell(copy, path, left)
            copy.take_in_at_opening()
            return copy

    def _opened_anew(self, path: Path, identity: Identity, seed: Seed | None, password: str | None) -> WorkingCopy:
        """Open the file at a path, with what can be read of its working copies in quarantine."""
        # Without the one that this opening may make of the file itself.
        made_before = backups(self._known.backups_of(path))
        with private_place(self.home) as place:
            saved = self._salvaged(path, place, password)
            usable = next((item.file for item in saved if item.file is not None), None)
            # A password given for a plain file would make SQLCipher reject it.
            key = None if is_plain(path) else password
            try:
                copy = self._made(path, identity, seed, key, lambda file: self._read_in(path, file, key))
            except DossierError:
                if usable is None:
                    raise
                key = None if is_plain(usable) else password
                copy = self._made(path, identity, seed, key, lambda file: _adopt(usable, file, path, key))
                copy.take_in_at_opening()
            with closed_on_error(copy.dossier.raw):
                for item in saved:
                    take_in_salvage(copy, item)
                if not saved:
                    # Closing makes a backup of what comes in addition to this.
                    copy.backed_up = log.extent(copy.dossier.raw)
                if copy.trouble is None and not self._known.is_as_closed(path):
                    # What a colleague erased since is to go from our backups too.
                    copy.file.erase_in_files(log.erasures(copy.dossier.raw))
                    take_in_newer(copy, made_before)
                    tell_of_earlier_name(copy, self._known.last_under_gone_names(path))
            return copy

    def _salvaged(self, path: Path, place: Path, password: str | None) -> list[Salvaged]:
        """Return what can be read of the damaged working copies of a path, as files in `place`."""
        damaged_copies = [
            (number, item)
            for number, item in enumerate(quarantine.in_quarantine(self.home))
            if item.path == path.resolve() and not item.outcome
        ]
        if not damaged_copies:
            return []
        from sto_desktop.storage.working.salvage import salvaged

        saved = []
        for number, item in damaged_copies:
            read = salvaged(item, place / f"{number}.sto", password)
            if read.path in (None, path.resolve()):
                saved.append(read)
            else:
                # Its index was that of another dossier: it is merged when its own is opened.
                quarantine.is_of(item, read.path)
        return saved

    @contextmanager
    def reading(
        self, path: Path, identity: Identity, password: str | None = None, seed: Seed | None = None
    ) -> Iterator[WorkingCopy]:
        """Open a dossier read-only: the state that `open` would show, in a temporary copy.

        Neither the file at `path` nor an existing working copy is written.

        Raises:
            DossierError: as for `open`.
        """
        self.tidy()
        with private_place(self.home) as place:
            apart = WorkingCopies(place, self._clock)
            apart._known = self._known
            existing = self._found(path)
            if existing is not None:
                folder = apart._new_folder().with_name(existing.name)
                make_folder(folder)
                copy_for_reading(existing / COPY, folder / COPY, password)
                hint = hint_in(existing)
                write_hint(folder, path, locked=hint.locked, salt=hint.salt)
            copy = apart.open(path, identity, password, seed)
            try:
                yield copy
            finally:
                copy.dossier.close()

    def _go_on(self, path: Path, folder: Path, password: str | None) -> LeftBehind | None:
        """Check an existing working copy, and update its tables.

        Returns what another program changed in it; None if it can't be used and is in quarantine now.
        """
        target = folder / COPY
        remove_leftovers(folder)
        if is_plain(target):
            password = None
        elif is_wrecked(folder) and not _may_be_whole(folder, password):
            self._put_aside(folder, path)
            return None
        try:
            with errors_of(path):
                check_header(target, password)
                raw = connect(target, password=password)
                try:
                    ours = _is_ours(raw, target, path)
                    if ours and self._lies(raw, folder, path):
                        return None
                    if ours:
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
        except DossierError as error:
            if not _is_damage(error, target, password):
                raise
            self._put_aside(folder, path)
            return None

    def _put_aside(self, folder: Path, path: Path) -> None:
        quarantine.put(self.home, folder, path.resolve(), self._clock())

    def _lies(self, raw: Raw, folder: Path, path: Path) -> bool:
        """Return whether a working copy that could be read says that it is of another path than its index; its index is
        corrected then, or if that path has one already it goes to quarantine.
        """
        own = stated_path(raw)
        strange = is_strange(raw, folder)
        if own in (None, path.resolve()) and not strange:
            return False
        others = [other for other, owner in self._owners().items() if owner == own and other != folder]
        if own is None or others or strange:
            raw.close()
            # What is in it is merged and told when the dossier that it says it is of is opened.
            quarantine.put(self.home, folder, own or path.resolve(), self._clock())
        else:
            write_hint(folder, own, locked=not is_plain(folder / COPY))
        return True

    def _made(
        self,
        path: Path,
        identity: Identity,
        seed: Seed | None,
        password: str | None,
        fill: Callable[[Path], LeftBehind],
    ) -> WorkingCopy:
        """Make a working copy beside the others, and put it in its place when it is complete.

        `fill` writes the file, and returns what of its content was left behind.
        """
        folder = self._new_folder()
        try:
            with scratch(self.home) as place:
                staged = place / folder.name
                make_folder(staged, lasting=False)
                with errors_of(path):
                    left = fill(staged / COPY)
                make_folder(folder.parent)
                staged.rename(folder)
                sync_folder(folder.parent)
            copy = self._started(path, folder, identity, seed, password)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _tell(copy, path, left)
        return copy

    def _read_in(self, path: Path, arriving: Path, password: str | None) -> LeftBehind:
        """Copy a user's file to a new working copy, with our tables. Returns what another program changed in it."""
        check_header(path, password)
        fingerprint = Fingerprint.of(path)
        copy_for_reading(path, arriving, password)
        # Before it is opened, which may change it.
        content = checked.digest(arriving)
        known = checked.is_known(self._known.home, content)

        def arrive(raw: Raw) -> None:
            setup.clear_local(raw)
            remember(raw, fingerprint, log.extent(raw))
            state(raw, arriving.parent, path, password)

        with closing(connect(arriving, password=password)) as raw:
            ours = _is_ours(raw, arriving, path, sound=known)
            leave_wal(raw)
            if ours:
                checked.remember(self._known.home, content)
                # Over the same connection: with a password, each takes a tenth of a second.
                arrive(raw)
                return NOTHING_LEFT
        left = self._renewed(arriving, path, password, with_local=False)
        with closing(connect(arriving, password=password)) as raw:
            arrive(raw)
        return left

    def _renewed(self, file: Path, path: Path, password: str | None, *, with_local: bool) -> LeftBehind:
        """Update the tables of a closed file of our own, after a backup."""

        def keep(left: LeftBehind) -> None:
            backup_file(file, self.backups_of(path), self._clock(), Reason.UPDATE if left else Reason.HOURLY)

        return renewed(file, path, password, with_local=with_local, keep=keep) or NOTHING_LEFT

    def _started(
        self, path: Path, folder: Path, identity: Identity, seed: Seed | None, password: str | None
    ) -> WorkingCopy:
        with errors_of(path):
            raw = connect_working(folder / COPY, password=password)
            with closed_on_error(raw):
                state(raw, folder, path, password)
                set_setting(raw, CLOSED, "")
                dossier = Dossier(raw, path, new_writer(identity.person, identity.device), self._clock)
                if seed is not None:
                    dossier.adopt(seed.changes, seed.writer)
                return WorkingCopy(CopyFile(self, path, folder, password), raw, dossier)

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


def _tell(copy: WorkingCopy, path: Path, left: LeftBehind) -> None:
    copy.told = (left.told(path.name),) if left else ()
    copy.loses = left.loses


def _adopt(saved: Path, file: Path, path: Path, password: str | None) -> LeftBehind:
    copy_file(saved, file)
    with closing(connect(file, password=password)) as raw:
        state(raw, file.parent, path, password)
    return NOTHING_LEFT


@contextmanager
def _full_disk_told(home: Path) -> Iterator[None]:
    """Say that the disk is full where SQLite only says that it failed: it can't make the index of a write-ahead log."""
    try:
        yield
    except DossierError as error:
        failed = error.__cause__ is not None and code_of(error.__cause__) == IO_ERROR
        if failed and shutil.disk_usage(home).free < _LEAST_ROOM:
            raise no_room(OSError(errno.ENOSPC, "")) from error
        raise


_LEAST_ROOM = 1_000_000
"""Bytes below which a disk counts as full."""


def _is_damage(error: DossierError, copy: Path, password: str | None) -> bool:
    """Return whether an error of opening a working copy of our own means that it is damaged."""
    if isinstance(error, DamagedDossierError):
        # What the disk refuses is no damage of the file: a full one can't hold the index of a write-ahead log.
        return error.__cause__ is None or code_of(error.__cause__) != IO_ERROR
    if isinstance(error, PasswordNeededError):
        # SQLite says the same of a wrong password and of a first page that is damaged.
        return is_plain(copy) or (password is not None and is_key_of_other_pages(copy, password))
    # Without a cause: its content is no dossier. SQLite says the same of a file that it may not open.
    return isinstance(error, NotADossierError) and error.__cause__ is None


def _may_be_whole(folder: Path, password: str | None) -> bool:
    """Return whether a working copy that does not fit its index may be whole: the index may be that of another, and
    only with the password the copy can say itself what it is.
    """
    if password is None:
        return bool(hint_in(folder).locked and (folder / COPY).stat().st_size)
    with suppress(SqliteError, DossierError), closing(connect(folder / COPY, password=password)) as raw:
        return "value" in stored_columns(raw, "setting")
    return False


@contextmanager
def closed_on_error(raw: Raw) -> Iterator[None]:
    """Close a connection if the block fails."""
    try:
        yield
    except BaseException:
        raw.close()
        raise


def _is_ours(raw: Raw, file: Path, path: Path, *, sound: bool = False) -> bool:
    """Return whether a dossier has the tables of this version; raise if it is not a dossier, or damaged.

    Args:
        file: the file that is open.
        path: the path that the user knows, for errors.
        sound: these very bytes were looked through before.
    """
    with bounded(raw, file):
        check_is_dossier(raw, path)
        if sound and has_our_tables(raw):
            return True
        if not is_ours(raw):
            # Only its log will be read, and `renew` checks that.
            return False
        if raw.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise damaged(path)
        check_log_is_sound(raw, path)
        return True
