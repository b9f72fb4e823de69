"""Reads a PDF as a program does that shows it, searches in it or reads it aloud; for tests."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from tests.report import reading

_AT_A_LINE_END = re.compile("[-\x02\ufffe]")
"""A hyphen, and the character that the reader makes of a hyphen at the end of a line."""


def words(text: str) -> Counter[str]:
    """Return how often each word occurs in a text, ignoring capitals and hyphens."""
    return Counter(_AT_A_LINE_END.sub("", text).casefold().split())


def missing_words(word_file: bytes, pdf: bytes) -> Counter[str]:
    """Return the words of a Word file that are missing in a PDF; in a narrow column a long word may continue on the
    next line.
    """
    wanted, shown = words(reading.text(word_file)), text_of_pdf(pdf)
    lines = "".join(_AT_A_LINE_END.sub("", shown).casefold().split())
    return Counter({word: times for word, times in (wanted - words(shown)).items() if lines.count(word) < wanted[word]})


def text_of_pdf(data: bytes) -> str:
    """Return all text of a PDF, as copied from it."""
    return "\n".join(page.get_text_range() for page in _pages(data))


def letters_that_share_a_sign(data: bytes) -> set[str]:
    """Return groups of letters that are one character in a PDF, such as "fi": a search for one of these
    letters fails.
    """
    return {letters for page in _pages(data) for letters in _shared(page)}


def _shared(page: pypdfium2.PdfTextPage) -> Iterator[str]:
    here, letters = None, ""
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(page.count_chars()):
        if pdfium.FPDFText_IsGenerated(page.raw, at) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(page.raw, at, x, y)
        letter = chr(pdfium.FPDFText_GetUnicode(page.raw, at))
        if here == (x.value, y.value):
            letters += letter
            continue
        if len(letters) > 1:
            yield letters
        here, letters = (x.value, y.value), letter
    if len(letters) > 1:
        yield letters


def _pages(data: bytes) -> Iterator[pypdfium2.PdfTextPage]:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            yield text
            text.close()
            page.close()
