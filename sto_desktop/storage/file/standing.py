"""Copies the file of an open working copy as it stands on the disk, which takes a fifth of copying it page by page.

In WAL mode only a checkpoint writes in the file itself, and never what is newer than the oldest reader
(https://sqlite.org/wal.html, «Concurrency»). So as long as a reader stays at a moment of which everything is in the
file, the file is as it was at that moment, whoever writes meanwhile.

On POSIX systems, closing a file drops all locks that this program has on it, also those of SQLite
(https://sqlite.org/howtocorrupt.html, 2.2). So a file is opened once here, and stays open as long as SQLite may have
it.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from sto_desktop.own_files import new_file
from sto_desktop.storage.file.database import Raw, SqliteError, reading

_MAGIC = b"SQLite format 3\x00"
# Where the header says how the file is written and read (https://sqlite.org/fileformat.html): 2 is in WAL mode.
_MODES, _IN_WAL, _WITH_JOURNAL = 18, b"\x02\x02", b"\x01\x01"
_PIECE = 1 << 20
_MOST = 64
"""Files that are kept open; of more, none is copied as it stands."""

_lock = threading.Lock()
_open: dict[tuple[int, int], int] = {}
"""By device and inode: the file, open for reading."""


def copy_standing(raw: Raw, target: Path) -> bool:
    """Copy the file of a working copy without a password to a new file, which is then in no WAL mode and not synced.

    False if that can't be done now: another connection reads an older moment or writes, or the system refuses. What is
    at `target` is of no use then.
    """
    # Windows has other locks, and would refuse to remove a file that is open.
    if os.name != "posix" or raw.in_transaction:
        return False
    with suppress(OSError, SqliteError):
        before = _version(raw)
        busy, written, in_file = raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if busy or written < 0 or written != in_file:
            return False
        with reading(raw):
            # From here on this connection reads one moment.
            raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            # Somebody wrote after all was in the file.
            if _version(raw) != before:
                return False
            (pages,), (size,) = (raw.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
            files = {name: file for _, name, file in raw.execute("PRAGMA database_list").fetchall()}
            return _copied(Path(files["main"]), target, pages * size)
    return False


def let_go(path: Path) -> None:
    """Close a file that SQLite has open no longer, before it is removed."""
    with _lock, suppress(OSError):
        status = path.stat()
        _close_gone((status.st_dev, status.st_ino))


def _version(raw: Raw) -> int:
    """Return a number that changes when another connection writes."""
    version: int = raw.execute("PRAGMA data_version").fetchone()[0]
    return version


def _copied(path: Path, target: Path, size: int) -> bool:
    # Nobody closes the file meanwhile.
    with _lock, new_file(target) as out:
        file, at = _kept_open(path), 0
        if file is None:
            return False
        while at < size and (count := _send(out.fileno(), file, at, size - at)):
            at += count
        if at != size or os.pread(file, len(_MAGIC), 0) != _MAGIC or os.pread(file, 2, _MODES) != _IN_WAL:
            return False
        os.pwrite(out.fileno(), _WITH_JOURNAL, _MODES)
    return True


def _send(out: int, file: int, at: int, count: int) -> int:
    if sys.platform == "linux":
        return os.sendfile(out, file, at, count)
    return os.write(out, os.pread(file, min(count, _PIECE), at))


def _kept_open(path: Path) -> int | None:
    _close_gone()
    status = path.stat()
    key = (status.st_dev, status.st_ino)
    if key not in _open:
        if len(_open) >= _MOST:
            return None
        file = os.open(path, os.O_RDONLY)
        # By what was opened: another file may have come in its place.
        status = os.fstat(file)
        key = (status.st_dev, status.st_ino)
        _open.setdefault(key, file)
    return _open[key]


def _close_gone(also: tuple[int, int] | None = None) -> None:
    """Close the files that have been removed: no other program can open these, so their locks matter no longer."""
    for key, file in [*_open.items()]:
        if key == also or os.fstat(file).st_nlink == 0:
            os.close(_open.pop(key))
