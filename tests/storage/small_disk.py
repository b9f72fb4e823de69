"""A disk that fills up: a small file system if one may be mounted, otherwise a limit on the size of files."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BALLAST = "ballast"
_MEGABYTES = 12


class SmallDisk:
    """A disk at `folder`; inside `with disk.nearly_full(left)` about `left` more bytes fit on it.

    If nothing can be mounted, no file can grow beyond `left` bytes instead: the same calls fail, with a related error.
    """

    def __init__(self, folder: Path, *, mounted: bool) -> None:
        self.folder = folder
        self.mounted = mounted

    @contextmanager
    def nearly_full(self, left: int) -> Iterator[None]:
        """Leave this many bytes of room, inside a block."""
        if not self.mounted:
            with _no_file_over(left):
                yield
            return
        ballast = self.folder / _BALLAST
        size = max(0, shutil.disk_usage(self.folder).free - left)
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, size))
        try:
            yield
        finally:
            ballast.unlink()


@contextmanager
def _no_file_over(size: int) -> Iterator[None]:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, handler)


@contextmanager
def small_disk(folder: Path, *, mount: bool = True) -> Iterator[SmallDisk]:
    """Provide a small disk at a new folder, and remove it afterwards."""
    folder.mkdir()
    mounted = False
    with contextlib.suppress(OSError):
        options = ["-t", "tmpfs", "-o", f"size={_MEGABYTES}m", "tmpfs", str(folder)]
        mounted = mount and subprocess.run(["mount", *options], capture_output=True, check=False).returncode == 0
    try:
        yield SmallDisk(folder, mounted=mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
