"""Files and folders that the program makes: for this user alone from the first byte on, and put in place whole.

On Windows, where modes say nothing, they get what their folder gives.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are not there, for this user alone; one that is there stays as it is.

    Raises:
        OSError: it can't be made, or something else has that name.
    """
    for missing in reversed([item for item in (folder, *folder.parents) if not item.exists()]):
        missing.mkdir(FOLDER_MODE, exist_ok=True)
    folder.mkdir(FOLDER_MODE, exist_ok=True)


def close_to_others(folder: Path) -> None:
    """Take from others what an older version of the program left open to them."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name != "nt" and mode & ~FOLDER_MODE:
        # Of somebody else, or on a disk without modes: then it is not ours to say.
        with contextlib.suppress(OSError):
            folder.chmod(mode & FOLDER_MODE)


def new_file(path: Path) -> BinaryIO:
    """Open a file that is not there yet for writing; OSError where it is, or can't be made."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, FILE_MODE), "wb")


def copy_file(source: Path, target: Path) -> None:
    """Copy what is in a file to one that only this user reads; what was at `target` makes way."""
    import shutil  # not for the first paint

    target.unlink(missing_ok=True)
    new_file(target).close()
    shutil.copyfile(source, target)


def write_whole(target: Path, content: bytes, *, keep_mode: bool = True, sync: bool = True) -> None:
    """Write a file next to `target` and put it in its place; OSError: what was there is untouched.

    Args:
        keep_mode: see `put_in_place`.
        sync: wait for the disk: not for what can be made again, on the window's thread.
    """
    temporary = target.with_name(f".sto-{os.urandom(8).hex()}.tmp")
    try:
        with new_file(temporary) as file:
            file.write(content)
        put_in_place(temporary, target, keep_mode=keep_mode, sync=sync)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def put_in_place(temporary: Path, target: Path, *, keep_mode: bool = True, sync: bool = True) -> None:
    """Sync a finished file and put it in the place of another, atomically.

    Args:
        keep_mode: whoever could read or write what was there still can, since the user may have chosen so. What is the
            program's own is for this user alone, whatever it was.
    """
    if keep_mode:
        _take_mode(temporary, target)
    if sync:
        sync_file(temporary)
    os.replace(temporary, target)
    if sync:
        sync_folder(target.parent)


def _take_mode(temporary: Path, target: Path) -> None:
    try:
        before = target.stat()
    except OSError:
        return
    if os.name == "nt":
        return
    mode = stat.S_IMODE(before.st_mode) & 0o777
    if before.st_gid != temporary.stat().st_gid:
        try:
            os.chown(temporary, -1, before.st_gid)
        except OSError:
            # A group that we are not of: what was for that group is not for ours.
            mode &= ~0o070
    if mode != stat.S_IMODE(temporary.stat().st_mode):
        # A stick or a share may know no modes.
        with contextlib.suppress(OSError):
            temporary.chmod(mode)


def sync_file(path: Path) -> None:
    """Have the system write a file through to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the system write a folder's list of names through, where the system knows such a thing."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        # A folder to put things into, and not to look into.
        return
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems can't; the file itself is on disk.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
