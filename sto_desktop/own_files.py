"""Files and folders that the program creates: private to this user from the first byte, and replaced atomically.

On Windows, which has no file modes, they inherit the permissions of their folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

APP_NAME = "STO Desktop"
"""Name of the folders that hold the program's own files."""

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def program_folder() -> Path:
    """Return the folder for working copies, backups and temporary files on this computer."""
    import platformdirs  # imported here to keep it out of the start-up time

    return platformdirs.user_data_path(APP_NAME, appauthor=False)


def make_folder(folder: Path, *, lasting: bool = True) -> None:
    """Create a folder and its missing parents, private to this user; an existing one stays unchanged.

    Args:
        lasting: wait for the disk; what is synced in a folder is lost with it otherwise. Omit for temporary folders.

    Raises:
        OSError: it can't be created, or something else has that name.
    """
    # Parents first, so that each new folder is private from the start.
    for missing in reversed([parent for parent in (folder, *folder.parents) if not parent.exists()]):
        missing.mkdir(FOLDER_MODE, exist_ok=True)
        if lasting:
            sync_folder(missing.parent)
    folder.mkdir(FOLDER_MODE, exist_ok=True)


def close_to_others(folder: Path) -> None:
    """Remove access for others from a folder that an older version of the program left open."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name != "nt" and mode & ~FOLDER_MODE:
        # Ignore folders of another user and disks without modes.
        with contextlib.suppress(OSError):
            folder.chmod(mode & FOLDER_MODE)


def new_file(path: Path) -> BinaryIO:
    """Open a new file for writing; OSError if it exists or can't be created."""
    # O_EXCL: never write to a file or link that somebody else created there.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, FILE_MODE), "wb")


def open_file(path: Path) -> BufferedReader:
    """Open a file of somebody else for reading; OSError if it can't be, or is a pipe or device, which may never end."""
    # Without O_NONBLOCK opening a pipe waits for somebody who writes to it.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags)
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENODEV
    raise OSError(code, os.strerror(code), str(path))


def copy_file(source: Path, target: Path) -> None:
    """Copy a file to one that only this user can read, replacing `target`."""
    import shutil  # imported here to keep it out of the start-up time

    target.unlink(missing_ok=True)
    new_file(target).close()
    shutil.copyfile(source, target)


def temporary_beside(target: Path) -> Path:
    """Return a free name next to a file; it is short, since the name of the file may be as long as names can be."""
    return target.with_name(f".sto-{os.urandom(8).hex()}.tmp")


def write_whole(target: Path, content: bytes, *, keep_mode: bool = True, sync: bool = True) -> None:
    """Write a file next to `target` and replace `target` by it; OSError: the old file is unchanged.

    Args:
        keep_mode: see `put_in_place`.
        sync: wait for the disk; omit for reproducible files on the window's thread.
    """
    temporary = temporary_beside(target)
    try:
        with new_file(temporary) as file:
            file.write(content)
        put_in_place(temporary, target, keep_mode=keep_mode, sync=sync)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def put_in_place(temporary: Path, target: Path, *, keep_mode: bool = True, sync: bool = True) -> None:
    """Sync a finished file and replace another by it, atomically.

    Args:
        keep_mode: keep the access rights of the old file, which the user may have chosen. The program's own files are
            always private to this user.
    """
    # Before the replacement: the new file must never be more accessible than the old one.
    if keep_mode:
        _take_mode(temporary, target)
    if sync:
        sync_file(temporary)
    os.replace(temporary, target)
    # The rename is on disk only after the folder is synced.
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
            # Our own group must not get the access of the file's group.
            mode &= ~0o070
    if mode != stat.S_IMODE(temporary.stat().st_mode):
        # A USB stick or network share may have no modes.
        with contextlib.suppress(OSError):
            temporary.chmod(mode)


def sync_file(path: Path) -> None:
    """Flush a file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush a folder's directory entries to the disk, on systems that support it."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        # The folder is writable but not readable.
        return
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems can't sync a folder; the file itself is on disk.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
