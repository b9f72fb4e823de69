"""Asking the system for a file to read; tests answer in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from sto_desktop.ui.language import tr


@dataclass(frozen=True)
class FileQuestion:
    """What is asked for: a heading, and which files are offered (Qt's filter)."""

    title: str
    filter: str


ChooseFile = Callable[[QWidget, FileQuestion, str], Path | None]
"""Given the window, the question and a folder to begin in, returns the file or None."""


def ask_system(window: QWidget, question: FileQuestion, folder: str) -> Path | None:
    """Ask by the system's own dialog."""
    chosen, _ = QFileDialog.getOpenFileName(window, question.title, folder, question.filter)
    return Path(chosen) if chosen else None


ChooseTarget = Callable[[QWidget, FileQuestion, Path], Path | None]
"""Given the window, the question and a suggested file, returns where to write or None."""


def ask_target(window: QWidget, question: FileQuestion, suggested: Path) -> Path | None:
    """Ask by the system's own dialog where to write; it asks itself before writing over a file."""
    chosen, _ = QFileDialog.getSaveFileName(window, question.title, str(suggested), question.filter)
    return Path(chosen) if chosen else None


def guide_question(*, write: bool = False) -> FileQuestion:
    """Return the question for a file with a guide."""
    title = tr("Leidraad exporteren") if write else tr("Leidraad importeren")
    return FileQuestion(title, tr("Gespreksleidraad (*.json)"))


def notes_question() -> FileQuestion:
    """Return the question for a file of notes."""
    return FileQuestion(
        tr("Notities importeren"),
        tr("Notities (*.md *.markdown *.txt *.docx *.xlsx *.csv *.tsv *.qdpx);;Alle bestanden (*)"),
    )


def members_question() -> FileQuestion:
    """Return the question for a list of members."""
    return FileQuestion(tr("Panelleden importeren"), tr("Lijsten (*.csv *.xlsx *.tsv *.txt);;Alle bestanden (*)"))
