"""Asking the user for a file; tests replace these functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from sto_desktop.language import tr


@dataclass(frozen=True)
class FileQuestion:
    """A file dialog's title and its filter of file types (Qt's syntax)."""

    title: str
    filter: str


ChooseFile = Callable[[QWidget, FileQuestion, str], Path | None]
"""Takes the window, the question and a folder to start in; returns the chosen file or None."""


def ask_system(window: QWidget, question: FileQuestion, folder: str) -> Path | None:
    """Ask with the system's file dialog."""
    chosen, _ = QFileDialog.getOpenFileName(window, question.title, folder, question.filter)
    return Path(chosen) if chosen else None


ChooseTarget = Callable[[QWidget, FileQuestion, Path], Path | None]
"""Takes the window, the question and a suggested file; returns where to write, or None."""


def ask_target(window: QWidget, question: FileQuestion, suggested: Path) -> Path | None:
    """Ask with the system's file dialog where to write; it confirms overwriting itself."""
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


class FileQuestions:
    """The file dialogs for dossiers; tests replace them."""

    def to_open(self, window: QWidget, folder: Path) -> Path | None:
        """Ask which dossier to open."""
        chosen, _ = QFileDialog.getOpenFileName(
            window, tr("Dossier openen"), str(folder), tr("Dossiers (*.sto);;Alle bestanden (*)")
        )
        return Path(chosen) if chosen else None

    def to_save(self, window: QWidget, path: Path) -> Path | None:
        """Ask where to save a dossier."""
        chosen, _ = QFileDialog.getSaveFileName(window, tr("Dossier opslaan als"), str(path), tr("Dossiers (*.sto)"))
        return Path(chosen) if chosen else None

    def to_merge(self, window: QWidget, folder: Path) -> Sequence[Path]:
        """Ask which dossiers to merge."""
        chosen, _ = QFileDialog.getOpenFileNames(
            window, tr("Dossiers om samen te voegen"), str(folder), tr("Dossiers (*.sto);;Alle bestanden (*)")
        )
        return [Path(path) for path in chosen]

    def to_export(self, window: QWidget, path: Path, form: str) -> Path | None:
        """Ask where to write an export."""
        chosen, _ = QFileDialog.getSaveFileName(window, tr("Exporteren"), str(path), f"{form} (*.{form})")
        return Path(chosen) if chosen else None

    def show_folder(self, path: Path) -> None:
        """Show a file in the system's file manager."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
