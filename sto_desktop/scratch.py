"""Temporary folders for content of dossiers, in one place, so that what a killed program left in them is found.

Each is locked as long as its program runs, by which another one tells what was left from what is in use.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shutil
import stat
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout

from sto_desktop.own_files import FILE_MODE, FOLDER_MODE, make_folder, program_folder

FOLDER = "tijdelijk"
"""Their folder, in the home of working copies and backups."""

_EARLIER = re.compile("sto-[a-z0-9_]{8}")
"""Names of the temporary folders of earlier versions, in the system's folder: Python adds eight random characters."""
_EARLIER_DAYS = 1
"""Earlier versions did not lock theirs; one that was not written for a day is of no running program."""


@contextmanager
def scratch(home: Path | None = None) -> Iterator[Path]:
    """Give a private folder that is removed afterwards; OSError if it can't be made.

    Args:
        home: the home of the working copies that it is for; by default that of this user.
    """
    folder = (home or program_folder()) / FOLDER / uuid.uuid4().hex
    make_folder(folder.parent)
    lock = FileLock(_lock_of(folder), mode=FILE_MODE)
    try:
        # The lock first: a folder without one is a leftover.
        with lock:
            try:
                make_folder(folder, lasting=False)
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        # An empty file that is left does no harm.
        with contextlib.suppress(OSError):
            _lock_of(folder).unlink()


@cache
def lasting(home: Path) -> Path:
    """Return a temporary folder for what libraries write, which is removed when the program ends; OSError as above."""
    until_the_end = contextlib.ExitStack()
    folder = until_the_end.enter_context(scratch(home))
    atexit.register(until_the_end.close)
    return folder


def _lock_of(folder: Path) -> Path:
    return folder.with_suffix(".lock")


def sweep(home: Path) -> list[Path]:
    """Remove what killed programs left in temporary folders; return the folders that could not be removed."""
    stay = []
    for folder in _folders(home / FOLDER):
        try:
            with FileLock(_lock_of(folder), timeout=0, mode=FILE_MODE):
                shutil.rmtree(folder, ignore_errors=True)
            _lock_of(folder).unlink(missing_ok=True)
        except Timeout:
            # In use by another window or command, which removes it.
            continue
        except OSError:
            pass
        if folder.exists():
            stay.append(folder)
    for folder in _of_earlier_versions():
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            stay.append(folder)
    return stay


def _folders(place: Path) -> list[Path]:
    try:
        return [folder for folder in place.iterdir() if folder.is_dir()]
    except OSError:
        return []


def _of_earlier_versions() -> Iterator[Path]:
    before = time.time() - _EARLIER_DAYS * 86_400
    try:
        place = Path(tempfile.gettempdir())
    except OSError:
        # The system has none that can be written.
        return
    for folder in _folders(place):
        with contextlib.suppress(OSError):
            status = folder.lstat()
            if (
                _EARLIER.fullmatch(folder.name)
                and _is_as_made(status)
                and status.st_mtime < before
                and any(folder.rglob("*.sto"))
            ):
                yield folder


def _is_as_made(status: os.stat_result) -> bool:
    """Return whether a folder may have been made by this program: ours alone, as no folder is that a person makes."""
    if os.name == "nt":
        return True
    private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == FOLDER_MODE
    return private and status.st_uid == os.getuid()
