"""Open, work, publish: the program works in a private copy and puts whole files at the user's path.

The one mechanism for sync folders, sticks, network shares, slow disks, files from strangers, crashes and two windows.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from sto_desktop.domain.change import Change, Erasure, Writer
from sto_desktop.domain.errors import DossierError, PublishError
from sto_desktop.storage import log, setup
from sto_desktop.storage.backup import erase_in_backups, make_backup
from sto_desktop.storage.database import (
    Raw,
    SqliteError,
    connect,
    connect_working,
    errors_of,
    quoted,
    transaction,
)
from sto_desktop.storage.dossier import Clock, Dossier, new_writer, wall_clock
from sto_desktop.storage.files import (
    Fingerprint,
    check_header,
    copy_for_reading,
    private_copy,
    publish_error,
    put_in_place,
)
from sto_desktop.storage.merge import MergeResult, merge_log
from sto_desktop.storage.schema import REVISION

_FINGERPRINT = "published_fingerprint"
_PUBLISHED_SEQ = "published_seq"
_INFO = "info.json"
_COPY = "dossier.sto"
_LOCK_SECONDS = 20


@dataclass(frozen=True)
class Identity:
    """Who is working: the person and device that the log names beside each change."""

    person: str
    device: str


@dataclass(frozen=True)
class Seed:
    """Changes that every new dossier starts with (the built-in guide), and who they are by."""

    changes: tuple[Change, ...]
    writer: Writer


@dataclass(frozen=True)
class Published:
    """What publishing did: when, and what was found at the path and taken in first."""

    at: datetime
    merged: MergeResult | None = None


@dataclass(frozen=True)
class Leftover:
    """A working copy that is there, and the path that it belongs to."""

    folder: Path
    path: Path
    changed: datetime


class WorkingCopies:
    """The folder on the local disk where working copies and backups live."""

    def __init__(self, home: Path, clock: Clock = wall_clock) -> None:
        self.home = home
        self._clock = clock

    def _folder(self, path: Path) -> Path:
        """Return the folder of the working copy of a path: the one that says so, or a new one named after the path."""
        wanted = path.resolve()
        infos = {info.parent: _path_in(info) for info in (self.home / "werkkopie").glob(f"*/{_INFO}")}
        for folder, owner in sorted(infos.items()):
            if owner == wanted:
                return folder
        folder = self.home / "werkkopie" / _digest(wanted)
        while folder in infos:
            # «Opslaan als…» took the working copy along to another path.
            folder = folder.with_name(folder.name + "x")
        return folder

    def backups_of(self, path: Path) -> Path:
        """Return the folder with the backups of the dossier at a path."""
        return self.home / "reservekopie" / _digest(path.resolve())

    def _lock(self, folder: Path) -> FileLock:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(folder.with_suffix(".lock"), timeout=_LOCK_SECONDS)

    def create(
        self, path: Path, who: Identity, seed: Seed | None = None, password: str | None = None
    ) -> WorkingCopy:
        """Make a new dossier that will be published at `path`; DossierError where something is there already."""
        if path.exists():
            raise DossierError(
                f"Er is al een bestand «{path.name}».", "Het is niet gewijzigd.", "Kies een andere naam."
            )
        folder = self._folder(path)
        with _held(self._lock(folder)):
            if (folder / _COPY).exists():
                raise DossierError(
                    f"Van «{path.name}» staat nog een werkkopie op deze computer.",
                    "Daarin is niets gewijzigd.",
                    "Open het dossier met die naam, of kies een andere.",
                )
            folder.mkdir(parents=True, exist_ok=True)
            with errors_of(path):
                raw = connect_working(folder / _COPY, password=password)
                setup.create_dossier(raw)
            return self._started(path, folder, raw, who, seed, password)

    def open(self, path: Path, who: Identity, password: str | None = None) -> WorkingCopy:
        """Open a dossier: read it into a working copy, or into the one that another window or a crash left.

        Raises:
            DossierError: in words for the user; the file at `path` was not written.
        """
        folder = self._folder(path)
        with _held(self._lock(folder)):
            existing = (folder / _COPY).exists()
            if path.exists() or not existing:
                check_header(path, password)
            if not existing:
                self._read_in(path, folder, password)
            with errors_of(path):
                raw = connect_working(folder / _COPY, password=password)
                try:
                    if existing:
                        setup.check_opened(raw, path)
                    copy = self._started(path, folder, raw, who, None, password)
                    if existing and path.exists():
                        copy.take_in_published()
                except BaseException:
                    raw.close()
                    raise
            return copy

    def _read_in(self, path: Path, folder: Path, password: str | None) -> None:
        """Copy a file of the user's into a working folder, check it, and bring it up to date."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        target = folder / _COPY
        fingerprint = Fingerprint.of(path)
        try:
            copy_for_reading(path, target, password)
            with errors_of(path):
                self._check_copy(path, target, folder, password)
                raw = connect(target, password=password)
                try:
                    setup.clear_local(raw)
                    _remember(raw, fingerprint, log.last_seq(raw))
                finally:
                    raw.close()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _check_copy(self, path: Path, target: Path, folder: Path, password: str | None) -> None:
        raw = connect(target, password=password)
        try:
            setup.check_opened(raw, path)
            found = setup.revision(raw)
            problems = [row[0] for row in raw.execute("PRAGMA quick_check(1)").fetchall()]
            if problems != ["ok"]:
                raise errors_damaged(path)
            if found == REVISION:
                setup.check_schema(raw, path)
                return
            make_backup(raw, self.backups_of(path), self._clock(), password)
        finally:
            raw.close()
        if setup.is_older(found):
            setup.migrate(target, password)
        else:
            _rewritten_from_log(target, folder, password)

    def _started(
        self, path: Path, folder: Path, raw: Raw, who: Identity, seed: Seed | None, password: str | None
    ) -> WorkingCopy:
        (folder / _INFO).write_text(json.dumps({"path": str(path.resolve())}), encoding="utf-8")
        dossier = Dossier(raw, path, new_writer(who.person, who.device), self._clock)
        if seed is not None:
            dossier.adopt(seed.changes, seed.writer)
        return WorkingCopy(self, path, folder, raw, dossier, password)

    def leftovers(self) -> list[Leftover]:
        """Return the working copies that are on this computer: open in a window, or left by a crash."""
        found = []
        for info in sorted((self.home / "werkkopie").glob(f"*/{_INFO}")):
            path = _path_in(info)
            if path is not None and (info.parent / _COPY).exists():
                changed = datetime.fromtimestamp((info.parent / _COPY).stat().st_mtime).astimezone()
                found.append(Leftover(info.parent, path, changed))
        return found

    def lock_for(self, folder: Path) -> FileLock:
        """Return the lock that opening, publishing and closing one working copy hold."""
        return self._lock(folder)

    def now(self) -> datetime:
        """Return the time by the clock that was handed in."""
        return self._clock()


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _path_in(info: Path) -> Path | None:
    """Return the path that a working copy belongs to; None where its note about that is gone."""
    try:
        return Path(json.loads(info.read_text(encoding="utf-8"))["path"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def errors_damaged(path: Path) -> DossierError:
    """Return the error of a file whose inside is damaged."""
    from sto_desktop.domain.errors import DamagedDossierError

    return DamagedDossierError(
        f"Het bestand «{path.name}» is beschadigd.",
        "Er is niets in het bestand gewijzigd.",
        "Maak een herstelde kopie met «controleer --herstel», of open een reservekopie.",
    )


def _setting(raw: Raw, name: str) -> str:
    row = raw.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return row[0] if row else ""


def _set_setting(raw: Raw, name: str, value: str) -> None:
    raw.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _remember(raw: Raw, fingerprint: Fingerprint | None, seq: int) -> None:
    """Keep how the file at the path looks, and up to where of the log it holds."""
    with transaction(raw):
        _set_setting(raw, _FINGERPRINT, str(fingerprint))
        _set_setting(raw, _PUBLISHED_SEQ, str(seq))


def _rewritten_from_log(target: Path, folder: Path, password: str | None) -> None:
    """Replace a newer program's tables by ours, made from its log."""
    fresh = folder / "nieuw.sto"
    raw = connect(fresh, password=password)
    try:
        setup.create_dossier(raw)
        merge_log(raw, target, password)
    finally:
        raw.close()
    put_in_place(fresh, target)


class _held:
    """Hold a file lock, or say in words for the user who has it."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        try:
            self._lock.acquire()
        except Timeout as error:
            raise DossierError(
                "Een ander venster is met dit dossier bezig.",
                "Er is niets gewijzigd.",
                "Probeer het over een minuut opnieuw.",
            ) from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class WorkingCopy:
    """An open dossier with the path where it is published."""

    def __init__(
        self, home: WorkingCopies, path: Path, folder: Path, raw: Raw, dossier: Dossier, password: str | None
    ) -> None:
        self._home = home
        self.path = path
        self.folder = folder
        self.dossier = dossier
        self._raw = raw
        self._password = password

    @property
    def unpublished(self) -> bool:
        """Whether something is here that is not at the path yet."""
        return self.dossier.setting(_PUBLISHED_SEQ) != str(log.last_seq(self._raw)) or not self.path.exists()

    def take_in_published(self) -> MergeResult | None:
        """Merge what lies at the path, if somebody else wrote it since we last looked."""
        result = self._take_in(self._raw)
        self.dossier.poll(always=result is not None)
        return result

    def _take_in(self, raw: Raw) -> MergeResult | None:
        fingerprint = Fingerprint.of(self.path)
        if fingerprint is None or str(fingerprint) == _setting(raw, _FINGERPRINT):
            return None
        with private_copy(self.path, self._password, self.folder) as copy, errors_of(self.path):
            result = merge_log(raw, copy, self._password)
        _set_setting(raw, _FINGERPRINT, str(fingerprint))
        return result

    def publish(self, path: Path | None = None) -> Published:
        """Put a whole file at the path, with what others put there merged in first, and tell the observers of it.

        Args:
            path: another place («opslaan als»); the working copy belongs to it from then on.

        Raises:
            PublishError: the path is gone, full, locked or read-only; everything is still here.
        """
        published = self.publish_apart(path)
        self.dossier.poll()
        return published

    def publish_apart(self, path: Path | None = None) -> Published:
        """Publish over a connection of its own, so that any thread may; the dossier's `poll` sees what came in."""
        target = path or self.path
        with _held(self._home.lock_for(self.folder)):
            raw = connect_working(self.folder / _COPY, password=self._password)
            try:
                merged = None if path is not None else self._write_merged(raw, target)
                if path is not None:
                    self._write(raw, target)
                    self._move_to(path)
            except PublishError:
                raise
            except (OSError, SqliteError, DossierError) as error:
                raise publish_error(target, error) from error
            finally:
                raw.close()
        return Published(self._home.now(), merged)

    def _write_merged(self, raw: Raw, target: Path) -> MergeResult | None:
        merged = None
        while True:
            merged = self._take_in_or_refuse(raw, target) or merged
            if self._write(raw, target, only_over=_setting(raw, _FINGERPRINT)):
                return merged

    def _take_in_or_refuse(self, raw: Raw, target: Path) -> MergeResult | None:
        try:
            return self._take_in(raw)
        except PublishError:
            raise
        except DossierError as error:
            # Something that is no dossier lies there now, or it can't be read: it is never overwritten.
            raise PublishError(
                f"Op de plek van «{target.name}» staat iets anders, of het is niet te lezen: {error.happened}",
                "Alles staat veilig in de werkkopie op deze computer.",
                "Kies «Opslaan als…».",
            ) from error

    def _write(self, raw: Raw, target: Path, only_over: str | None = None) -> bool:
        """Put a copy at `target`; False where the file there is no longer `only_over`: somebody was faster."""
        temporary = target.with_name(f".{target.name}.{self.dossier.writer.id[:8]}.tmp")
        try:
            copy = connect(temporary, password=self._password)
            try:
                raw.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                setup.clear_local(copy)
                seq = log.last_seq(copy)
            finally:
                copy.close()
            found = Fingerprint.of(target)
            if only_over is not None and found is not None and str(found) != only_over:
                return False
            put_in_place(temporary, target)
            _remember(raw, Fingerprint.of(target), seq)
            return True
        finally:
            if target.parent.exists():
                temporary.unlink(missing_ok=True)

    def _move_to(self, path: Path) -> None:
        """Let the working copy belong to another path; it stays where it is until it is closed."""
        self.path = path
        self.dossier.path = path
        (self.folder / _INFO).write_text(json.dumps({"path": str(path.resolve())}), encoding="utf-8")

    def backup(self) -> Path:
        """Back up the dossier as it is now."""
        return make_backup(self._raw, self._home.backups_of(self.path), self._home.now(), self._password).path

    def merge(
        self, paths: Iterable[Path], ask_password: Callable[[Path], str | None] | None = None
    ) -> list[MergeResult]:
        """Merge other dossiers in, each in one transaction, after a backup."""
        self.backup()
        results = []
        for path in paths:
            password = ask_password(path) if ask_password else None
            with private_copy(path, password, self.folder) as copy:
                results.append(self.dossier.merge(copy, password))
        return results

    def erase(self, erasures: Collection[Erasure], also_delete: Collection[tuple[str, str]] = ()) -> None:
        """Wipe values for good: here, in our backups and, at the next publishing, at the path."""
        self.dossier.erase(erasures, also_delete)
        erase_in_backups(self._home.backups_of(self.path), erasures, self._password)
        self.publish()

    def set_password(self, password: str | None) -> None:
        """Encrypt working copy and published file with a password, with another one, or not at all."""
        fresh = self.folder / "sleutel.sto"
        fresh.unlink(missing_ok=True)
        with _held(self._home.lock_for(self.folder)), errors_of(self.path):
            self._raw.execute(f"ATTACH {quoted(str(fresh))} AS fresh KEY {quoted(password or '')}")
            try:
                self._raw.execute("SELECT sqlcipher_export('fresh')")
                for pragma in ("application_id", "user_version"):
                    value = self._raw.execute(f"PRAGMA main.{pragma}").fetchone()[0]
                    self._raw.execute(f"PRAGMA fresh.{pragma} = {value}")
            finally:
                self._raw.execute("DETACH fresh")
            if not self._only_user():
                fresh.unlink()
                raise DossierError(
                    "Dit dossier is in nog een venster open.",
                    "Het wachtwoord is niet gewijzigd.",
                    "Sluit het andere venster eerst.",
                )
            self._raw.close()
            put_in_place(fresh, self.folder / _COPY)
            self._raw = connect_working(self.folder / _COPY, password=password)
            self._password = password
            self.dossier.reconnect(self._raw)
        self.publish()

    def _only_user(self) -> bool:
        """Leave WAL mode, which SQLite allows only to the last one who has the file open."""
        try:
            mode = self._raw.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        except SqliteError:
            return False
        return bool(mode == "delete")

    def discard(self) -> None:
        """Let go of a dossier that was being made and is not wanted: nothing is published, nothing stays."""
        with _held(self._home.lock_for(self.folder)):
            self.dossier.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def close(self) -> Published | None:
        """Publish what is not yet at the path, and remove the working copy when nobody else has it open.

        Raises:
            PublishError: the path can't be written; the working copy stays, and is found at the next opening.
        """
        published = None
        try:
            if self.unpublished:
                published = self.publish()
        except BaseException:
            self.dossier.close()
            raise
        with _held(self._home.lock_for(self.folder)):
            alone = self._only_user()
            self.dossier.close()
            if alone:
                shutil.rmtree(self.folder, ignore_errors=True)
        return published
