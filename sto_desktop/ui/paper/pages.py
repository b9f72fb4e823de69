"""The pages of a finished PDF, as pictures for screen and printer, with their words and links.

PDFium reads them. It is not safe for threads, so it is used by one at a time. Opening takes a millisecond and a page on
the screen about seven, so that the window makes its pictures itself; a page on paper takes half a second.
"""

from __future__ import annotations

import atexit
import ctypes
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from sto_desktop.report.writers.pdf_writer import Pdf
from sto_desktop.ui.paper.printed_file import for_this_user_alone

if TYPE_CHECKING:  # imported only for printing
    import pypdfium2
    from PySide6.QtPrintSupport import QPrinter

POINTS_A_PX = 72 / 96
_PRINTED = 300
"""Dots per inch on paper: as sharp as a laser printer shows letters, in pictures of 25 MB."""


_ALONE = threading.RLock()
"""Held while PDFium is used."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a document: a page, counted from 0, and how far down it is in px."""

    page: int
    y: float


_OPEN: weakref.WeakSet[Pages] = weakref.WeakSet()


def _close_all() -> None:
    for one in list(_OPEN):
        one.close()


class Pages:
    """An opened PDF; sizes and places in px of 1/96 inch."""

    def __init__(self, made: Pdf) -> None:
        # Imported here, since Verslag is opened before its first page is made.
        import pypdfium2

        self.made = made
        with _ALONE:
            # What is open when the program ends, pypdfium2 would tell on stderr.
            if not _OPEN:
                atexit.register(_close_all)
            _OPEN.add(self)
            self._pdf = pypdfium2.PdfDocument(made.data)
            self.count: int = len(self._pdf)
            width, height = self._pdf.get_page_size(0)
        self.size = QSizeF(width, height) / POINTS_A_PX

    def close(self) -> None:
        """Close the PDF, after which nothing may be asked."""
        with _ALONE:
            self._pdf.close()
            _OPEN.discard(self)

    @contextmanager
    def _page(self, number: int) -> Iterator[pypdfium2.PdfPage]:
        # Opened anew each time: a page that is kept holds the memory of its picture.
        with _ALONE, closing(self._pdf[number]) as page:
            yield page

    @property
    def title(self) -> str:
        """The title of the document."""
        with _ALONE:
            return str(self._pdf.get_metadata_value("Title"))

    def picture(self, page: int, scale: float) -> QImage:
        """Return a page, numbered from 0, as a picture of `scale` px of the screen for each px."""
        with self._page(page) as shown, closing(shown.render(scale=scale / POINTS_A_PX, prefer_bgrx=True)) as made:
            return QImage(bytes(made.buffer), made.width, made.height, made.stride, QImage.Format.Format_RGB32).copy()

    def text(self) -> str:
        """Return the whole text."""
        return "\n".join(self.text_of(page) for page in range(self.count))

    def text_of(self, page: int) -> str:
        """Return the text of a page."""
        with self._page(page) as shown, closing(shown.get_textpage()) as text:
            return str(text.get_text_range()).replace("\r\n", "\n")

    @cached_property
    def anchors(self) -> dict[str, Spot]:
        """The place of every heading, by its bookmark."""
        import pypdfium2.raw as pdfium

        found: dict[str, Spot] = {}
        with _ALONE:
            for at in range(pdfium.FPDF_CountNamedDests(self._pdf.raw)):
                size = ctypes.c_long(0)
                pdfium.FPDF_GetNamedDest(self._pdf.raw, at, None, size)
                name = ctypes.create_string_buffer(size.value)
                target = pdfium.FPDF_GetNamedDest(self._pdf.raw, at, name, size)
                found[name.raw.decode("utf-16-le").rstrip("\0")] = self._place(target)
        return found

    def link_at(self, page: int, point: QPointF) -> Spot | None:
        """Return the place that the text at a point of a page links to."""
        import pypdfium2.raw as pdfium

        if not 0 <= page < self.count:
            return None
        x, y = point.x() * POINTS_A_PX, (self.size.height() - point.y()) * POINTS_A_PX
        with self._page(page) as shown:
            link = pdfium.FPDFLink_GetLinkAtPoint(shown.raw, x, y)
            target = pdfium.FPDFLink_GetDest(self._pdf.raw, link) if link else None
            return self._place(target) if target else None

    def _place(self, target: object) -> Spot:
        import pypdfium2

        place = pypdfium2.PdfDest(target, self._pdf)
        _, (_, top, *_) = place.get_view()
        return Spot(place.get_index(), self.size.height() - top / POINTS_A_PX)


def paint_pages(printer: QPrinter, made: Pdf, wanted: Sequence[int]) -> None:
    """Print some pages, numbered from 0, each on its own sheet of their size; runs on a worker."""
    for_this_user_alone(printer)
    with closing(Pages(made)) as shown:
        painter = QPainter(printer)
        scale = min(printer.resolution(), _PRINTED) / 96
        whole = QRectF(painter.viewport())
        for page in wanted:
            if page != wanted[0]:
                printer.newPage()
            painter.drawImage(whole, shown.picture(page, scale))
        painter.end()


def page_layout(shown: Pages) -> QPageLayout:
    """Return the page layout for pages: their size and no margins, as they include theirs."""
    width, height = shown.size.width(), shown.size.height()
    # The size is that of upright paper; the orientation turns it.
    upright = QSizeF(min(width, height), max(width, height)) * POINTS_A_PX
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    orientation = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    return QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point, QMarginsF(0, 0, 0, 0))
