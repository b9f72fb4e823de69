"""Which dossiers and other files were dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDropEvent


def dropped_others(event: QDropEvent) -> list[Path]:
    """Return the dropped files that are no dossier."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() != ".sto" and path.is_file()]


def dropped_dossiers(event: QDropEvent) -> list[Path]:
    """Return the dropped dossiers and folders."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() == ".sto" or path.is_dir()]
