"""Output of a verslag: file types and the dialogs that ask for a file, printer, clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from sto_desktop.language import tr, tr_later
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.ui.paper.figure import mime_data
from sto_desktop.ui.paper.pages import Pages
from sto_desktop.ui.widgets import FileQuestion, ask_file, ask_target

KINDS = {
    ".docx": tr_later("Word-document"),
    ".pdf": tr_later("PDF"),
    ".html": tr_later("Webpagina"),
    ".md": tr_later("Markdown"),
}
"""The name of each extension's file type."""


@dataclass(frozen=True)
class Files:
    """How the stage asks for files and opens them; each returns None if the user cancels.

    `print` asks for a printer, and returns what prints the pages on a worker.
    """

    ask_target: Callable[[QWidget, Path], Path | None]
    ask_template: Callable[[QWidget, Path], Path | None]
    open: Callable[[Path], object]
    documents: Callable[[], Path]
    print: Callable[[QWidget, Pages], Callable[[], object] | None]
    ask_logo: Callable[[QWidget, Path], Path | None]


def copy_as_text(document: Document) -> None:
    """Copy the text of a document to the clipboard, with headings and lists for programs that support them."""
    from sto_desktop.report.writers.html_writer import html_bytes
    from sto_desktop.report.writers.plain_text import plain_text

    data = mime_data()
    data.setText(plain_text(document))
    data.setHtml(html_bytes(document).decode())
    QGuiApplication.clipboard().setMimeData(data)


# The system's dialogs


def _ask_target(parent: QWidget, suggested: Path) -> Path | None:
    first = suggested.suffix.lower() if suggested.suffix.lower() in KINDS else ".docx"
    order = [first, *(ending for ending in KINDS if ending != first)]
    kinds = ";;".join(f"{tr(KINDS[ending])} (*{ending})" for ending in order)
    return ask_target(parent, FileQuestion(tr("Verslag opslaan"), kinds), suggested)


def _ask_template(parent: QWidget, folder: Path) -> Path | None:
    question = FileQuestion(tr("Word-bestand met uw huisstijl"), tr("Word-document of -sjabloon (*.docx *.dotx)"))
    return ask_file(parent, question, folder)


def _ask_logo(parent: QWidget, folder: Path) -> Path | None:
    return ask_file(parent, FileQuestion(tr("Logo"), tr("Afbeelding (*.png *.jpg *.jpeg)")), folder)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _documents() -> Path:
    import platformdirs

    return platformdirs.user_documents_path()


def _print(parent: QWidget, sheets: Pages) -> Callable[[], object] | None:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from sto_desktop.ui.paper.pages import page_layout, paint_pages

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(sheets.title)
    printer.setPageLayout(page_layout(sheets))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, sheets.count)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    # The print dialog returns 0 when no range is chosen.
    first, last = printer.fromPage() or 1, printer.toPage() or sheets.count
    return partial(paint_pages, printer, sheets.made, range(first - 1, min(last, sheets.count)))


SYSTEM_FILES = Files(_ask_target, _ask_template, _open, _documents, _print, _ask_logo)
