"""Work and publish: the program works in a private copy and writes whole files to the user's path.

This one mechanism serves sync folders, USB sticks, network shares, slow disks, foreign files, crashes and two windows.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sto_desktop.domain.errors import DossierError, PublishError, StoError
from sto_desktop.domain.log.change import Erasure
from sto_desktop.language import tr
from sto_desktop.own_files import put_in_place
from sto_desktop.storage.file.database import Raw, connect_working, errors_of
from sto_desktop.storage.file.files import (
    Fingerprint,
    own_disk,
    remove_with_journals,
)
from sto_desktop.storage.file.local import (
    CLOSED,
    COPY,
    EXTENT,
    FINGERPRINT,
    leave_wal,
    set_setting,
    write_hint,
)
from sto_desktop.storage.file.standing import let_go
from sto_desktop.storage.log import log
from sto_desktop.storage.log.arrivals import NOTHING, Arrivals
from sto_desktop.storage.log.erase import erase_values, with_unknown_fields
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.log.merge import MergeResult
from sto_desktop.storage.read.reader import Reader
from sto_desktop.storage.whole_file.backup import Searched, copy_dossier, is_due
from sto_desktop.storage.whole_file.encrypting import ENCRYPTED, Encrypted, encrypt, still_good
from sto_desktop.storage.whole_file.keep_incoming import keep_imported
from sto_desktop.storage.working.copy_file import CopyFile
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.merging import Merging
from sto_desktop.storage.working.published_file import Published, PublishedFile
from sto_desktop.storage.working.register import (
    Reached,
    dossiers_elsewhere,
    has_plain,
    lock_elsewhere,
    lock_everything,
)

if TYPE_CHECKING:  # finding names, sharing and repairing are for who asks for them: opening a dossier needs none
    from sto_desktop.domain.privacy.erasing import Target, Trace
    from sto_desktop.domain.privacy.redaction import Found
    from sto_desktop.domain.privacy.sharing import Sharing
    from sto_desktop.storage.whole_file.share import Shared
    from sto_desktop.storage.working.salvage import Salvaged

T = TypeVar("T")

# Number of steps of SQLite between two looks whether somebody wants to leave it.
_STEPS_BETWEEN_LOOKS = 1000


@dataclass(frozen=True)
class Erased:
    """Where values were erased; `unpublished` says why the file at the path does not have it yet; `elsewhere`: other
    paths on this computer whose dossier has the same content, and was not touched."""

    searched: Searched
    unpublished: PublishError | None = None
    elsewhere: tuple[Path, ...] = ()


class WorkingCopy:
    """An open dossier with the path where it is published.

    Set at opening: `salvage`: what was read of a damaged working copy; `trouble`: why the file at the path could not be
    merged into an existing working copy, so that nothing will be published; `taken_in`: what was merged then; `told`:
    sentences about content of another program that was not taken along, and about what was missing; `loses`: publishing
    would remove something from the file at the path; `backed_up`: the extent of the log that needs no
    backup at closing.
    """

    def __init__(self, file: CopyFile, raw: Raw, dossier: Dossier) -> None:
        self.file = file
        self.dossier = dossier
        self.merging = Merging(file, dossier)
        self._published = PublishedFile(file, dossier)
        self.salvage: Salvaged | None = None
        self.taken_in: Arrivals = NOTHING
        self.trouble: PublishError | None = None
        self.told: tuple[str, ...] = ()
        self.loses = False
        self._raw = raw
        self.backed_up = ""

    @property
    def path(self) -> Path:
        """The path where the dossier is published."""
        return self.file.path

    @property
    def lost(self) -> bool:
        """Whether a part of a damaged working copy could not be read at opening."""
        return self.salvage is not None and not self.salvage.complete

    @property
    def unpublished(self) -> bool:
        """Whether there are changes that are not at the path yet."""
        return self.dossier.setting(EXTENT) != log.extent(self._raw) or not self.path.exists()

    @property
    def replaced(self) -> bool:
        """Whether somebody else wrote the file at the path, possibly an older one."""
        return str(Fingerprint.of(self.path)) != self.dossier.setting(FINGERPRINT)

    # Merging what others published

    def take_in_at_opening(self) -> None:
        """Merge the file at the path into an existing working copy, if it is readable."""
        try:
            taken = self._published.take_in_or_refuse(self._raw, self.path)
        except PublishError as error:
            self.trouble = error
            return
        self._tell_left_behind(taken)
        self.taken_in = taken.arrived if taken else NOTHING
        self.dossier.poll(always=taken is not None)

    def _tell_left_behind(self, taken: Incoming | None) -> None:
        sentence = taken.arrived.left_behind if taken else ""
        # The working copy and the file at the path may both have left the same content behind.
        if sentence and sentence not in self.told:
            self.told = (*self.told, sentence)
        self.loses |= taken is not None and taken.result is not None and taken.result.left.loses

    def take_in_published(self, password: str | None = None) -> MergeResult | None:
        """Merge the file at the path, if somebody else wrote it since we last read or wrote it.

        `password`: set on the file by a colleague; it then becomes the password here too.
        """
        taken = self._published.take_in(self._raw, password)
        self._tell_left_behind(taken)
        if password and password != self.file.password:
            self.encrypt_files(self.take_password(password))
        self.dossier.poll(always=taken is not None)
        return taken.result if taken else None

    def take_in_apart(self) -> Arrivals:
        """Merge the file at the path over a separate connection, for any thread; `poll` reports what arrived.

        Raises:
            DossierError: the file there can't be read now.
        """
        with self.file.held(), errors_of(self.path), self.file.apart() as raw:
            taken = self._published.take_in(raw)
        return taken.arrived if taken else NOTHING

    # Publishing

    def publish(self, path: Path | None = None) -> Published:
        """Write a whole file to the path after merging what others put there, and notify the observers.

        Args:
            path: a new path («opslaan als»), to which the working copy then belongs.

        Raises:
            PublishError: the path is missing, full, locked or read-only; everything is still in the working copy.
        """
        published = self.publish_apart(path)
        self.dossier.poll()
        return published

    def publish_apart(self, path: Path | None = None) -> Published:
        """Publish over a separate connection, for any thread; the dossier's `poll` reports what arrived."""
        return self._published.publish(path)

    def write_copy(self, target: Path) -> None:
        """Write a whole copy of the current dossier, with the same password, over a separate connection.

        Raises:
            DossierError: it can't be written there.
        """
        with errors_of(target), self.file.apart() as raw:
            copy_dossier(raw, target, self.file.password)

    def with_password(self, work: Callable[[str | None], T]) -> T:
        """Call work that opens other files with this dossier's password."""
        return work(self.file.password)

    def backup(self) -> Path:
        """Back up the current dossier."""
        self.backed_up = log.extent(self._raw)
        return self.file.back_up(self._raw).path

    def _backed_up_at_closing(self) -> bool:
        """Back up what no backup has yet, as an older file may be put at the path; return whether that succeeded."""
        if log.extent(self._raw) == self.backed_up:
            return True
        try:
            self.backup()
        except DossierError:
            return False
        return True

    def back_up_apart(self, *, anyway: bool = False) -> None:
        """Back up what no backup has yet, over a separate connection, for any thread; `anyway`: also what one has.

        Raises:
            DossierError: there is no room for it.
        """
        with errors_of(self.path), self.file.apart() as raw:
            extent = log.extent(raw)
            if anyway or extent != self.backed_up:
                self.file.back_up(raw)
                self.backed_up = extent

    def back_up_if_due(self) -> None:
        """Make a backup if the last one is an hour old, over a separate connection, for any thread.

        Raises:
            DossierError: there is no room for it; the dossier and its file are unchanged.
        """
        if is_due(self.file.backups, self.file.home.now()):
            # Under another name there are no backups yet.
            self.back_up_apart(anyway=True)
        if self.file.password and has_plain(self.file.home, self.path):
            # Setting the password was broken off.
            self.encrypt_files(None)

    def keep_imported(self, file: Path, account: str, kept_in: Path | None = None, *, whole: bool = True) -> None:
        """Keep a file that was imported, over a separate connection, for any thread.

        Args:
            account: what became of it, in Dutch.
            kept_in: the folder, by default that of the backups.
            whole: keep the file itself too, and not only its name and the account.

        Raises:
            DossierError: there is no room for it.
        """
        with errors_of(self.path), self.file.apart() as raw:
            now, erased = self.file.home.now(), log.erasures(raw)
            keep_imported(file, account, erased, kept_in or self.file.backups, now, self.file.password, whole=whole)

    def share(self, target: Path, sharing: Sharing, password: str | None = None, *, anyway: bool = False) -> Shared:
        """Write a copy to send, over a separate connection, for any thread.

        Raises:
            PublishError: it can't be written there.
            NamesRemainError: a name remains in it that may not be, and it is not to be written `anyway`.
        """
        from sto_desktop.storage.whole_file.share import write_copy

        # A copy, which may be partial, must not replace the dossier.
        if target.resolve() == self.path.resolve():
            raise PublishError(
                tr("Op die plek staat het dossier zelf."),
                tr("Er is niets gewijzigd."),
                tr("Kies een andere naam of een andere map."),
            )
        with errors_of(target), self.file.apart() as raw:
            now = int(self.file.home.now().timestamp() * 1000)
            return write_copy(raw, target, sharing, self.dossier.writer, now, password, anyway=anyway)

    def names_to_share(self, sharing: Sharing) -> tuple[Found, ...]:
        """Return the names in the texts that a copy to send would hold, over a separate connection, for any thread."""
        from sto_desktop.storage.whole_file.share import names_in_copy

        with errors_of(self.path), self.file.apart() as raw:
            return names_in_copy(raw, sharing)

    def erase(self, erasures: Collection[Erasure], also_delete: Collection[tuple[str, str]] = ()) -> None:
        """Erase values permanently: here, in our backups and, at the next publishing, at the path."""
        erasures = with_unknown_fields(self.dossier.raw, erasures)
        self.dossier.erase(erasures, also_delete)
        self.file.erase_in_files(erasures)
        self.publish()

    def read_apart(self, look: Callable[[Reader], T]) -> T:
        """Read over a separate connection, for any thread."""
        with errors_of(self.path), self.file.apart() as raw:
            return look(Reader(raw))

    def look_apart(self, look: Callable[[Dossier], T]) -> T:
        """Read the dossier with its log over a separate connection, for any thread."""
        with errors_of(self.path), self.file.apart() as raw:
            return look(Dossier(raw, self.path, self.dossier.writer))

    def write_apart(self, write: Callable[[Dossier], T], left: Callable[[], bool]) -> T:
        """Write as the same person over a separate connection, for any thread; the dossier's `poll` reports it.

        Raises:
            StoError: `left` returned true before it was written, in one transaction: nothing has changed.
        """
        with errors_of(self.path), self.file.apart() as raw:
            # A true value makes SQLite abort the statement, and so the transaction.
            raw.set_progress_handler(left, _STEPS_BETWEEN_LOOKS)
            try:
                return write(Dossier(raw, self.path, self.dossier.writer, self.file.home.now))
            except DossierError as error:
                if left():
                    raise StoError(tr("U hebt dit afgebroken."), tr("Er is niets gewijzigd.")) from error
                raise

    def traces(self, target: Target) -> list[Trace]:
        """Find words elsewhere, over a separate connection, for any thread."""
        from sto_desktop.storage.working.traces import find_traces

        with errors_of(self.path), self.file.apart() as raw:
            return find_traces(raw, target)

    def erase_apart(self, erasures: Collection[Erasure]) -> Erased:
        """Erase values permanently in log, tables, index, backups and at the path, over a separate connection, for any
        thread; the dossier's `poll` reports it. Drafts are deleted too.

        If the path can't be written, all is erased here, and the file there follows as soon as it can be.
        """
        with errors_of(self.path), self.file.apart() as raw:
            erasures = with_unknown_fields(raw, erasures)
            erase_values(raw, erasures)
            searched = self.file.erase_in_files(erasures)
            elsewhere = dossiers_elsewhere(self.file.home, self.path, raw, self.file.password)
        try:
            self.publish_apart()
        except PublishError as error:
            return Erased(searched, error, elsewhere)
        return Erased(searched, None, elsewhere)

    @property
    def has_password(self) -> bool:
        """Whether the dossier is encrypted."""
        return bool(self.file.password)

    def encrypted_apart(self, password: str | None) -> Encrypted:
        """Make a re-encrypted working copy next to this one, for any thread: the slow part of `take_password`.

        Raises:
            DossierError: there is no room; nothing has changed.
        """
        with self.file.held(), errors_of(self.path), own_disk(), self.file.apart() as raw:
            return encrypt(raw, self.file.folder, password)

    def take_password(self, password: str | None, made: Encrypted | None = None) -> str | None:
        """Switch to the working copy under another password; return the old one, for `encrypt_backups`.

        The file at the path keeps the old one until it is next published. `made` is used if nothing changed since.

        Raises:
            DossierError: another window has the dossier open, or there is no room; nothing has changed.
        """
        copy, replaces = self.file.folder / COPY, False
        with self.file.held(), errors_of(self.path), own_disk():
            try:
                fresh = still_good(made, self.file.folder)
                # The file must not be replaced while another connection has it open.
                if not leave_wal(self._raw):
                    raise DossierError(
                        tr("Dit dossier is in nog een venster open."),
                        tr("Het wachtwoord is niet gewijzigd."),
                        tr("Sluit het andere venster eerst."),
                    )
                if not fresh:
                    encrypt(self._raw, self.file.folder, password)
                self._raw.close()
                # Before that: killed in between, the index must not call it damaged.
                write_hint(self.file.folder, self.path, locked=None)
                replaces = True
                put_in_place(self.file.folder / ENCRYPTED, copy, keep_mode=False)
            finally:
                old = self.file.password
                # It may be in place although the disk gave an error after that.
                if replaces and not (self.file.folder / ENCRYPTED).exists():
                    self.file.password = password
                self._raw.close()
                self._raw = connect_working(copy, password=self.file.password)
                self.dossier.reconnect(self._raw)
                remove_with_journals(self.file.folder / ENCRYPTED)
                with suppress(OSError):
                    write_hint(self.file.folder, self.path, locked=bool(self.file.password))
            # The file at the path still has the old password, so mark it as unpublished.
            set_setting(self._raw, EXTENT, "")
        return old

    def encrypt_files(self, old: str | None) -> Reached:
        """Re-encrypt everything of this dossier on this computer from an old password to the current one; for any
        thread."""
        with errors_of(self.path), own_disk(), self.file.apart() as raw:
            return lock_everything(self.file.home, self.path, raw, old, self.file.password)

    def encrypt_elsewhere(self, reached: Reached, old: str | None) -> tuple[Path, ...]:
        """Give the backups of other paths with the same content this password too; return which could not be."""
        return lock_elsewhere(reached.elsewhere, old, self.file.password)

    # Closing

    def discard(self) -> None:
        """Discard an unwanted new dossier: nothing is published, nothing stays."""
        with self.file.held():
            self.dossier.close()
            shutil.rmtree(self.file.folder, ignore_errors=True)

    def close(self) -> Published | None:
        """Publish unpublished changes; delete the working copy if no window has it open and it holds no draft.

        Raises:
            PublishError: the path can't be written; the working copy stays, and is found at the next opening.
        """
        published = None
        try:
            if self.unpublished or self.replaced:
                published = self.publish()
        except BaseException:
            self.dossier.close()
            raise
        with self.file.held():
            # Drafts exist only in the working copy, so keep it; and so if there is no room for a backup.
            with errors_of(self.path):
                wanted = self.dossier.has_drafts() or not self._backed_up_at_closing()
                wanted = wanted or not self.file.home.remember_closing(self.path)
            if wanted:
                self.dossier.set_setting(CLOSED, "1")
            alone = leave_wal(self._raw)
            self.dossier.close()
            if alone and not wanted:
                let_go(self.file.folder / COPY)
                shutil.rmtree(self.file.folder, ignore_errors=True)
        return published
