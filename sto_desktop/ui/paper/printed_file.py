"""Printing to a file that only this user can read, as all files that the program writes."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice

from sto_desktop.own_files import new_file


def for_this_user_alone(device: QPagedPaintDevice) -> None:
    """Create the printer's output file before Qt does, which would make it readable by others; an existing file keeps
    its permissions."""
    from PySide6.QtPrintSupport import QPrinter  # imported only for printing

    name = device.outputFileName() if isinstance(device, QPrinter) else ""
    if name:
        # If it can't be created, Qt's own attempt fails too and reports it.
        with contextlib.suppress(OSError):
            new_file(Path(name)).close()
