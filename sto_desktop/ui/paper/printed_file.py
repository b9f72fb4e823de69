"""A printer that prints to a file: for this user alone, as all that the program writes."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice

from sto_desktop.own_files import new_file


def for_this_user_alone(device: QPagedPaintDevice) -> None:
    """Make the file to which a printer prints before Qt does, for which others could read it; one that is there stays
    open to whom it was."""
    from PySide6.QtPrintSupport import QPrinter  # only who prints waits for it

    name = device.outputFileName() if isinstance(device, QPrinter) else ""
    if name:
        # Where it can't be made, Qt can't either, and says so.
        with contextlib.suppress(OSError):
            new_file(Path(name)).close()
