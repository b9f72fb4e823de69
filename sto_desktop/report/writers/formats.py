"""The formats in which a document can be written to a file, by file extension."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.blocks.errors import ReportError
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.report.word.package import replace_file


# Each writer is imported when it is used, so that the window starts faster. It returns the file, and a sentence on what
# the file lacks.
def _word(document: Document, style: HouseStyle) -> tuple[bytes, str]:
    from sto_desktop.report.word.word import word_bytes

    return word_bytes(document, style), ""


def _pdf(document: Document, style: HouseStyle) -> tuple[bytes, str]:
    from sto_desktop.report.word.recognised import dress_for
    from sto_desktop.report.writers.pdf_writer import make_pdf

    made = make_pdf(document, dress_for(style))
    return made.data, made.lacks


def _html(document: Document, style: HouseStyle) -> tuple[bytes, str]:
    from sto_desktop.report.writers.html_writer import html_bytes

    return html_bytes(document, style.look), ""


def _markdown(document: Document, _style: HouseStyle) -> tuple[bytes, str]:
    from sto_desktop.report.writers.markdown_writer import markdown_bytes

    return markdown_bytes(document), ""


FORMATS: Mapping[str, Callable[[Document, HouseStyle], tuple[bytes, str]]] = {
    ".docx": _word,
    ".pdf": _pdf,
    ".html": _html,
    ".md": _markdown,
}
"""The writer of each format, by file extension."""


def write(document: Document, target: Path, style: HouseStyle | None = None) -> str:
    """Write a document to a file in the format of its extension, whole or not at all.

    Returns a sentence on what the file lacks, or "".

    ReportError if the extension is unknown or the file can't be written; TemplateError if the template can't be used.
    """
    make = FORMATS.get(target.suffix.lower())
    if make is None:
        raise ReportError(
            tr(
                "In de vorm {ending} kan een verslag niet worden geschreven.",
                ending=target.suffix or tr("zonder einde"),
            ),
            tr("Er is niets geschreven."),
            tr("Kies een naam die eindigt op .docx, .pdf, .html of .md."),
        )
    data, lacks = make(document, style or HouseStyle())
    replace_file(target, data)
    return lacks
