"""Asking which printer to print on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:  # slow to import, and only needed for printing
    from PySide6.QtPrintSupport import QPrinter

AskPrinter = Callable[[QWidget, "QPrinter"], bool]
"""Receives the window and a printer to set up; returns whether to continue."""


def ask_printer(window: QWidget, printer: QPrinter) -> bool:
    """Ask with the system's own dialog."""
    from PySide6.QtPrintSupport import QPrintDialog

    return bool(QPrintDialog(printer, window).exec())
