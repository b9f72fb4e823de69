"""The forms in which a document can be written to a file, by the ending of the file's name.

PDF is not among them: it is laid out by Qt, and made by `sto_desktop.app.write_pdf`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.blocks.errors import ReportError
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.report.word.package import replace_file


def _word(document: Document, style: HouseStyle) -> bytes:
    from sto_desktop.report.word.word import word_bytes

    return word_bytes(document, style)


def _html(document: Document, style: HouseStyle) -> bytes:
    from sto_desktop.report.writers.html_writer import html_bytes

    return html_bytes(document, style.look)


def _markdown(document: Document, _style: HouseStyle) -> bytes:
    from sto_desktop.report.writers.markdown_writer import markdown_bytes

    return markdown_bytes(document)


FORMATS: Mapping[str, Callable[[Document, HouseStyle], bytes]] = {".docx": _word, ".html": _html, ".md": _markdown}
"""What turns a document into the bytes of a file, by ending."""


def write(document: Document, target: Path, style: HouseStyle | None = None) -> None:
    """Write a document to a file in the form that its ending names, whole or not at all.

    ReportError when the ending is unknown or the file can't be written; TemplateError when the template is none.
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
    replace_file(target, make(document, style or HouseStyle()))
