"""The sheets of a laid-out document, painted one at a time: on screen, into a PDF or on a printer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QImage,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
)

from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Cover, Document, Figure
from sto_desktop.report.look.cover_art import first_header_xml
from sto_desktop.report.look.dress import Dress, dress_of
from sto_desktop.report.look.look import STO_TWENTE, Look
from sto_desktop.ui.paper.preview import (
    FIGURE,
    MOST_PARAGRAPHS,
    TWIPS,
    figures_of,
    first_line,
    preview_document,
    preview_parts,
)

EMU_PER_PX = 9525
_SHAPE = re.compile(
    r'<wps:wsp>.*?<a:off x="(\d+)" y="(\d+)"/><a:ext cx="(\d+)" cy="(\d+)"/>.*?prst="(\w+)".*?srgbClr val="(\w+)"'
)
_LOGO = (208.0, 91.0)
"""Maximum size of a logo in px: 5.5 by 2.4 cm."""


@dataclass(frozen=True, slots=True)
class CoverShape:
    """A shape in the cover's drawing, in px from the page's corner."""

    box: QRectF
    round: bool
    fill: QColor


@cache
def cover_shapes(look: Look = STO_TWENTE) -> tuple[CoverShape, ...]:
    """Return the shapes that the house style draws on the cover, read from its header."""
    return tuple(
        CoverShape(
            QRectF(*(int(number) / EMU_PER_PX for number in (x, y, w, h))), form == "ellipse", QColor(f"#{fill}")
        )
        for x, y, w, h, form, fill in _SHAPE.findall(first_header_xml(look) if look.banded else "")
    )


@dataclass(frozen=True)
class Leaf:
    """A laid-out part of a document that starts on a new page; `anchors` map names to page and vertical position in
    it."""

    text: QTextDocument
    pages: int
    anchors: Mapping[str, tuple[int, float]]


Leaves = Mapping[tuple[str, tuple[Figure, ...]], Leaf]
"""Cache of leaves in one dress, by rich text and figures: unchanged parts are not laid out again."""


@dataclass(frozen=True)
class RichText:
    """A document as rich text, in parts that each start on a new page; not laid out yet."""

    title: str
    parts: tuple[str, ...]
    figures: tuple[Figure, ...]
    dress: Dress
    cover: bool


def rich_text(document: Document, dress: Dress | None = None, room: int = MOST_PARAGRAPHS) -> RichText:
    """Return a document as rich text, at most `room` paragraphs of it; runs on any thread."""
    shown = dress or dress_of()
    parts = tuple(preview_parts(document, shown, room)) or ("",)
    first = document.blocks[0] if document.blocks else None
    return RichText(document.title, parts, figures_of(document), shown, cover=isinstance(first, Cover) and first.page)


class Sheets:
    """A laid-out document; sizes in px of 1/96 inch."""

    def __init__(self, leaves: Leaves, order: Sequence[Leaf], text: RichText, *, whole: bool = True) -> None:
        """`whole` is False while only the first leaves are laid out."""
        title, dress, cover = text.title, text.dress, text.cover
        self.whole = whole
        self.leaves = leaves
        self._order = order
        self._starts = [0, *accumulate(leaf.pages for leaf in order)]
        self.title = title
        self.dress = dress
        self.cover = cover and dress.own
        page = dress.page
        self.size = QSizeF(page.width / TWIPS, page.height / TWIPS)
        self.anchors = {
            name: (start + on, y)
            for start, leaf in zip(self._starts, order, strict=False)
            for name, (on, y) in leaf.anchors.items()
        }
        """Page, counted from 0, and vertical position on it of every heading, table and figure."""

    @property
    def count(self) -> int:
        """Number of sheets."""
        return self._starts[-1]

    def text(self) -> str:
        """Return the whole text."""
        return "\n".join(leaf.text.toPlainText() for leaf in self._order)

    def link_at(self, page: int, point: QPointF) -> str:
        """Return the anchor that the text at a point of a page links to; empty if none."""
        if not 0 <= page < self.count:
            return ""
        leaf, on = self._leaf(page)
        at = QPointF(point.x(), point.y() + on * self.size.height())
        return leaf.text.documentLayout().anchorAt(at).removeprefix("#")

    def _leaf(self, page: int) -> tuple[Leaf, int]:
        """Return the leaf that contains a page, and the page's index in it."""
        at = bisect_right(self._starts, page) - 1
        return self._order[at], page - self._starts[at]

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a sheet, numbered from 0, with its corner at the painter's origin."""
        width, height = self.size.width(), self.size.height()
        margins = self.dress.page
        leaf, on = self._leaf(page)
        painter.save()
        painter.setClipRect(QRectF(0, 0, width, height), Qt.ClipOperation.IntersectClip)
        if page == 0 and self.cover:
            self._paint_cover(painter)
        else:
            self._paint_footer(painter, page)
        # Otherwise a background that continues across a page break would be painted into the margins.
        inside = QRectF(0, margins.top / TWIPS - 1, width, height - (margins.top + margins.bottom) / TWIPS + 2)
        painter.setClipRect(inside, Qt.ClipOperation.IntersectClip)
        painter.translate(0, -on * height)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, on * height, width, height)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor(f"#{self.dress.look.ink}"))
        context.palette = palette
        leaf.text.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_cover(self, painter: QPainter) -> None:
        look = self.dress.look
        painter.setPen(Qt.PenStyle.NoPen)
        for shape in cover_shapes(look):
            painter.setBrush(shape.fill)
            if shape.round:
                painter.drawEllipse(shape.box)
            else:
                painter.drawRect(shape.box)
        shown = look.banded or not look.logo
        if look.logo:
            self._paint_logo(painter)
        if shown:
            font = self._order[0].text.defaultFont()
            font.setPixelSize(19)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(f"#{look.on_primary if look.banded else look.primary}"))
            painter.drawText(QPointF(self.dress.page.left / TWIPS, 78), look.brand)

    def _paint_logo(self, painter: QPainter) -> None:
        image = QImage.fromData(self.dress.look.logo)
        if image.isNull():
            return
        scale = min(_LOGO[0] / image.width(), _LOGO[1] / image.height())
        width, height = image.width() * scale, image.height() * scale
        right = self.size.width() - self.dress.page.right / TWIPS
        top = 389.0 if self.dress.look.banded else 60.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(right - width, top, width, height), image)

    def _paint_footer(self, painter: QPainter, page: int) -> None:
        look, margins = self.dress.look, self.dress.page
        font = self._order[0].text.defaultFont()
        font.setPixelSize(11)
        painter.setFont(font)
        left, right = margins.left / TWIPS, self.size.width() - margins.right / TWIPS
        line = self.size.height() - 62
        painter.setPen(QPen(QColor(f"#{look.line}"), 1))
        painter.drawLine(QPointF(left, line), QPointF(right, line))
        painter.setPen(QColor(f"#{look.muted}"))
        box = QRectF(left, line + 6, right - left, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, self.title)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, tr("pagina {n}", n=page + 1))


def lay_out(document: Document, dress: Dress | None = None, *, room: int = MOST_PARAGRAPHS) -> Sheets:
    """Lay a document out on sheets, at most `room` paragraphs; runs on any thread, which must then also paint them."""
    *_, sheets = steps(rich_text(document, dress, room))
    return sheets


def steps(text: RichText, known: Sheets | None = None) -> Iterator[Sheets]:
    """Lay rich text out one leaf at a time, and yield the sheets so far; parts unchanged from `known` are reused at
    once."""
    before = known.leaves if known is not None and known.dress == text.dress else {}
    leaves: dict[tuple[str, tuple[Figure, ...]], Leaf] = {}
    order: list[Leaf] = []
    for at, part in enumerate(text.parts):
        # A part without figures does not change when figures elsewhere do.
        key = (part, text.figures if FIGURE in part else ())
        same = leaves.get(key) or before.get(key)
        leaves[key] = same or _leaf_of(part, text.dress, text.figures)
        order.append(leaves[key])
        # A part from the cache takes no time, so there is no need to return to the event loop.
        if same is None and at + 1 < len(text.parts):
            yield Sheets(dict(leaves), tuple(order), text, whole=False)
    yield Sheets(leaves, order, text)


def _leaf_of(part: str, dress: Dress, figures: Sequence[Figure]) -> Leaf:
    text = preview_document(part, dress, figures)
    height = text.pageSize().height()
    anchors: dict[str, tuple[int, float]] = {}
    block = text.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            for name in pieces.fragment().charFormat().anchorNames():
                page, y = divmod(first_line(block), height)
                # Links to a name lead to its first place.
                anchors.setdefault(name, (int(page), y))
            pieces += 1
        block = block.next()
    return Leaf(text, text.pageCount(), anchors)
