"""Makes the pages of a document with Typst: one layout behind PDF, preview and print.

The PDF is tagged (PDF/UA-1, ISO 14289-1), with bookmarks, links, language and metadata. See "Pages" in ARCHITECTURE.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.look.dress import Dress, dress_of
from sto_desktop.report.writers.page_data import Data, page_data, without
from sto_desktop.resources import resource

if TYPE_CHECKING:  # a program of 80 MB, loaded when the first page is made
    import typst

_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
"""Part of Typst's message about a sign that no font has, which PDF/UA forbids; the sign is written as in Rust."""
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF, and the signs that are a box in it because no font on this computer has them."""

    data: bytes
    missing: tuple[str, ...] = ()

    @property
    def lacks(self) -> str:
        """A sentence on those signs, or ""."""
        if not self.missing:
            return ""
        return tr(
            "Deze computer heeft geen letter voor {characters}: in de PDF staat daar een blokje.",
            characters=" ".join(self.missing),
        )


def make_pdf(document: Document, dress: Dress | None = None, *, scale: float = 1.0) -> Pdf:
    """Return the document as a PDF; runs on any thread. The same document and house style give the same bytes.

    `scale` reduces letters and gaps.
    """
    import typst

    data = page_data(document, dress or dress_of(), scale=scale)
    made = document.properties.made.replace(tzinfo=dt.UTC)
    missing: tuple[str, ...] = ()
    while True:
        try:
            return Pdf(_compiled(data, made), missing)
        except typst.TypstError as error:
            found = _signs(error.diagnostic)
            if not found or set(found) <= set(missing):
                raise
            missing = (*missing, *found)
            data = without(data, missing)


def _compiled(data: Data, made: dt.datetime) -> bytes:
    import typst

    source = resource("pages", "pages.typ")
    return typst.compile(
        source.read_bytes(),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"document": json.dumps(data)},
        pdf_standards=["ua-1"],
        timestamp=made,
    )


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of this computer; looking for them takes longer than a short document."""
    import typst

    return typst.Fonts()


def _signs(diagnostic: str) -> list[str]:
    def sign(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else match[2]

    return list(dict.fromkeys(_ESCAPED.sub(sign, quoted) for quoted in _NO_GLYPH.findall(diagnostic)))
