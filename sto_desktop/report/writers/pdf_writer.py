"""Makes the pages of a document with Typst: one layout behind PDF, preview and print.

The PDF is tagged (PDF/UA-1, ISO 14289-1), with bookmarks, links, language and metadata. See "Pages" in ARCHITECTURE.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.look.dress import Dress, dress_of
from sto_desktop.report.writers.page_data import EVERYTHING, Data, allowed, page_data, without
from sto_desktop.resources import resource

if TYPE_CHECKING:  # a program of 80 MB, loaded when the first page is made
    import typst

_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
"""Part of Typst's message about a sign that no font has, which PDF/UA forbids; the sign is written as in Rust."""
_PAGE = re.compile(rb"/Type ?/Page\b")
_KEPT_FOR = 10
_SMALLEST = 0.5
"""Least scale of letters that can be read."""
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF, and the signs that are a box in it because no font on this computer has them."""

    data: bytes
    missing: tuple[str, ...] = ()
    accessible: bool = True
    """Whether it is PDF/UA: if Typst finds something in it that this forbids, it is made all the same."""

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(_PAGE.findall(self.data))

    @property
    def lacks(self) -> str:
        """What the file lacks in sentences, or ""."""
        sentences = []
        if self.missing:
            signs = " ".join(self.missing)
            told = tr(
                "Deze computer heeft geen letter voor {characters}: in de PDF staat daar een blokje.", characters=signs
            )
            sentences.append(told)
        if not self.accessible:
            sentences.append(tr("De PDF is compleet, maar niet geschikt om te laten voorlezen."))
        return " ".join(sentences)


def make_pdf(document: Document, dress: Dress | None = None, *, scale: float = 1.0, room: int = EVERYTHING) -> Pdf:
    """Return the document as a PDF; runs on any thread. The same document and house style give the same bytes.

    `scale` reduces letters, gaps and margins; after `room` paragraphs it stops, and says so.
    """
    return _made(page_data(document, dress or dress_of(), scale=scale, room=room), document.properties.made)


def make_one_page(document: Document) -> Pdf:
    """Return the document as a PDF of one page, with smaller letters if needed; of more if nobody could read them."""
    scale = 1.0
    while True:
        made = make_pdf(document, scale=scale)
        if made.pages == 1 or scale < _SMALLEST:
            return made
        scale -= 0.05


def make_cards(title: str, people: Sequence[tuple[str, str]]) -> Pdf:
    """Return name cards as a PDF, two on a page: of each person the name, and what is below it."""
    sheet = page_data(Document(title, ()), dress_of())
    lines = [[allowed(name), allowed(below)] for name, below in people]
    return _made({**sheet, "blocks": [{"is": "cards", "people": lines}]}, Document("", ()).properties.made)


def _made(data: Data, at: dt.datetime) -> Pdf:
    import typst

    missing: tuple[str, ...] = ()
    while True:
        try:
            return Pdf(_compiled(data, at, "ua-1"), missing)
        except typst.TypstError as error:
            found = [sign for sign in _signs(error.diagnostic) if sign not in missing and not sign.isascii()]
            if not found:
                # A file that is not as accessible is better than none.
                return Pdf(_compiled(data, at), missing, accessible=False)
            missing = (*missing, *found)
            data = without(data, missing)


def _compiled(data: Data, made: dt.datetime, *standards: typst.PDFStandard) -> bytes:
    import typst

    source = resource("pages", "pages.typ")
    try:
        return typst.compile(
            source.read_bytes(),
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"document": json.dumps(data)},
            pdf_standards=list(standards),
            timestamp=made.replace(tzinfo=dt.UTC),
        )
    finally:
        # Typst keeps what it laid out for this many compilations, which is of no use to other documents.
        for _ in range(_KEPT_FOR):
            typst.compile(b"", font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of this computer; looking for them takes longer than a short document."""
    import typst

    return typst.Fonts()


def _signs(diagnostic: str) -> list[str]:
    def sign(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else match[2]

    return list(dict.fromkeys(_ESCAPED.sub(sign, quoted) for quoted in _NO_GLYPH.findall(diagnostic)))
