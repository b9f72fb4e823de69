"""The folders of working copies and backups on this computer, each locked by one window at a time."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.identity import new_id
from sto_desktop.json_text import read_json
from sto_desktop.language import tr
from sto_desktop.own_files import FILE_MODE, close_to_others, make_folder, write_whole
from sto_desktop.scratch import sweep
from sto_desktop.storage.file.database import SqliteError, connect, stored_columns
from sto_desktop.storage.file.files import Fingerprint, is_plain, no_room
from sto_desktop.storage.file.local import COPY, hint_in, stated_path
from sto_desktop.storage.whole_file.backup import Backup, Reason, backups
from sto_desktop.storage.working import quarantine
from sto_desktop.storage.working.dossier import Clock, wall_clock

_COPIES = "werkkopie"
_BACKUPS = "reservekopie"
CLOSED_HERE = "laatst.json"
"""In a folder of backups: the path that they are of, and the file there when it was last closed here."""
_PUT_ASIDE = "-beschadigd-"
"""In the name of a folder that an earlier version put aside among the working copies."""
# Publishing to a slow network share takes seconds; a window that waits longer tells the user.
_LOCK_SECONDS = 20


@dataclass(frozen=True)
class Identity:
    """The current user: the person and device that the log stores with each change."""

    person: str
    device: str


@dataclass(frozen=True)
class Leftover:
    """An existing working copy, and the path that it belongs to."""

    folder: Path
    path: Path
    changed: datetime


class CopiesHome:
    """The folder on the local disk with working copies, backups and quarantine."""

    def __init__(self, home: Path, clock: Clock = wall_clock) -> None:
        self.home = home
        self._clock = clock
        self._swept = False

    def _folders(self) -> list[Path]:
        """Return the folders that hold a working copy."""
        return sorted(file.parent for file in (self.home / _COPIES).glob(f"*/{COPY}"))

    def _owners(self) -> dict[Path, Path]:
        """Return the existing working copies, each with the path that it belongs to."""
        return {folder: path for folder in self._folders() if (path := _path_of(folder)) is not None}

    def _found(self, path: Path) -> Path | None:
        """Return the folder of a path's working copy, if there is one."""
        wanted = path.resolve()
        return next((folder for folder, owner in self._owners().items() if owner == wanted), None)

    def _new_folder(self) -> Path:
        """Return the folder for a new working copy: its name is a random id, which says nothing of any path."""
        return self.home / _COPIES / new_id()

    def backups_of(self, path: Path) -> Path:
        """Return the folder with the backups of the dossier at a path."""
        return self.home / _BACKUPS / _digest(path.resolve())

    def remember_closing(self, path: Path) -> bool:
        """Store what the file at a path is when its dossier is closed; the backups hold all that is in it. Return
        whether the disk took it.
        """
        folder = self.backups_of(path)
        said = {"path": str(path.resolve()), "file": str(Fingerprint.of(path))}
        try:
            make_folder(folder)
            write_whole(folder / CLOSED_HERE, json.dumps(said).encode(), keep_mode=False, sync=False)
        except OSError:
            return False
        return True

    def is_as_closed(self, path: Path) -> bool:
        """Return whether the file at a path is the one that was there when its dossier was last closed here."""
        return self._said_at_closing(path).get("file") == str(Fingerprint.of(path))

    def last_under_gone_names(self, path: Path) -> list[tuple[Path, Backup]]:
        """Return paths in the same folder where no file is any more, each with the last backup of its dossier: one may
        be the earlier name of the file at `path`. None once that was closed here.
        """
        if self._said_at_closing(path):
            return []
        gone = [
            Path(said)
            for folder in sorted((self.home / _BACKUPS).glob("*/"))
            if isinstance(said := said_at_closing(folder).get("path"), str)
        ]
        return [
            (other, made[0])
            for other in gone
            if other.parent == path.resolve().parent
            and not other.exists()
            and (made := [backup for backup in backups(self.backups_of(other)) if backup.reason is not Reason.CAME_IN])
        ]

    def _said_at_closing(self, path: Path) -> Mapping[str, object]:
        return said_at_closing(self.backups_of(path))

    def at(self, path: Path) -> Path:
        """Return what to hold (`held`) while the working copy of a path is looked up or made."""
        return self.home / _COPIES / f"pad-{_digest(path.resolve())}"

    @contextmanager
    def held(self, folder: Path) -> Iterator[None]:
        """Hold the lock for opening, publishing and closing one working copy; DossierError if it is taken."""
        lock = FileLock(folder.with_suffix(".lock"), timeout=_LOCK_SECONDS, mode=FILE_MODE)
        try:
            make_folder(folder.parent)
            # Older versions left the folder open to other users.
            close_to_others(self.home)
            lock.acquire()
        except Timeout as error:
            raise DossierError(
                tr("Een ander venster is met dit dossier bezig."),
                tr("Er is niets gewijzigd."),
                tr("Probeer het over een minuut opnieuw."),
            ) from error
        except OSError as error:
            raise no_room(error) from error
        try:
            yield
        finally:
            lock.release()
            if not folder.exists():
                # Of a working copy that is gone; who waits for it looks again.
                with contextlib.suppress(OSError):
                    folder.with_suffix(".lock").unlink()

    def leftovers(self) -> list[Leftover]:
        """Return the working copies on this computer: open in a window, or left by a crash."""
        copies = []
        for folder, path in self._owners().items():
            # Another program may close its copy, which takes its log away, or remove it at any moment.
            if changed := _changed_at(folder / COPY):
                latest = max(changed, _changed_at(folder / f"{COPY}-wal"))
                copies.append(Leftover(folder, path, datetime.fromtimestamp(latest).astimezone()))
        return copies

    def tidy(self) -> None:
        """Remove what killed programs left, once; move what an earlier version put aside to quarantine."""
        if self._swept:
            return
        self._swept = True
        sweep(self.home)
        for folder in self._folders():
            if _PUT_ASIDE in folder.name:
                aside = quarantine.put(self.home, folder, hint_in(folder).path, self._clock())
                quarantine.told(aside, "")

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


def said_at_closing(folder: Path) -> Mapping[str, object]:
    """Return what a folder of backups says of the dossier that they are of; nothing if it can't be read."""
    try:
        said = read_json((folder / CLOSED_HERE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _path_of(folder: Path) -> Path | None:
    """Return the path that a working copy belongs to: as it says itself, or if it can't be read, its index."""
    return _stated_by(folder / COPY) or hint_in(folder).path


def _stated_by(copy: Path) -> Path | None:
    if not is_plain(copy):
        return None
    with contextlib.suppress(SqliteError, DossierError), closing(connect(copy, mode="rw", busy=0)) as raw:
        if "value" in stored_columns(raw, "setting"):
            return stated_path(raw)
    return None


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _changed_at(path: Path) -> float:
    """Return when a file was changed, in seconds; 0 for one that is not there."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
