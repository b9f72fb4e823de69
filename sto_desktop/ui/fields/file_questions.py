"""The questions for files: guides, notes, members, dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.widgets import FileQuestion, ask_file, ask_target


def guide_question(*, write: bool = False) -> FileQuestion:
    """Return the question for a file with a guide."""
    title = tr("Leidraad exporteren") if write else tr("Leidraad importeren")
    if write:
        return FileQuestion(title, tr("Gespreksleidraad (*.json)"))
    return FileQuestion(title, tr("Leidraden (*.json *.docx *.odt *.xlsx *.ods *.csv *.md *.txt);;Alle bestanden (*)"))


def notes_question() -> FileQuestion:
    """Return the question for a file of notes."""
    return FileQuestion(
        tr("Notities importeren"),
        tr(
            "Notities (*.md *.markdown *.txt *.docx *.odt *.rtf *.html *.vtt *.srt *.xlsx *.xls *.ods *.csv *.tsv "
            "*.qdpx *.qde);;Alle bestanden (*)"
        ),
    )


def members_question() -> FileQuestion:
    """Return the question for a list of members."""
    return FileQuestion(
        tr("Panelleden importeren"),
        tr("Lijsten (*.csv *.xlsx *.xls *.ods *.docx *.odt *.html *.tsv *.txt);;Alle bestanden (*)"),
    )


class FileQuestions:
    """The file dialogs for dossiers; tests replace them."""

    def to_open(self, window: QWidget, folder: Path) -> Path | None:
        """Ask which dossier to open."""
        return ask_file(window, FileQuestion(tr("Dossier openen"), tr("Dossiers (*.sto);;Alle bestanden (*)")), folder)

    def to_save(self, window: QWidget, path: Path) -> Path | None:
        """Ask where to save a dossier."""
        return ask_target(window, FileQuestion(tr("Dossier opslaan als"), tr("Dossiers (*.sto)")), path)

    def to_merge(self, window: QWidget, folder: Path) -> Sequence[Path]:
        """Ask which dossiers to merge."""
        chosen, _ = QFileDialog.getOpenFileNames(
            window, tr("Dossiers om samen te voegen"), str(folder), tr("Dossiers (*.sto);;Alle bestanden (*)")
        )
        return [Path(path) for path in chosen]

    def to_export(self, window: QWidget, path: Path, form: str) -> Path | None:
        """Ask where to write an export."""
        return ask_target(window, FileQuestion(tr("Exporteren"), f"{form} (*.{form})"), path)

    def show_folder(self, path: Path) -> None:
        """Show a file in the system's file manager."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
