"""Converts the blocks of a document into a paginated QTextDocument, in the styles of the Word house style.

Qt's rich text supports a subset of HTML and CSS (see "Supported HTML Subset" in its manual): quote rules and boxes are
tables of one cell.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPyTextObject, QTextBlock, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtSvg import QSvgRenderer

from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    Emphasis,
    Figure,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    ParagraphRole,
    Quote,
    Table,
    Text,
    starts_page,
)
from sto_desktop.report.blocks.numbering import BlockLabel, label
from sto_desktop.report.look.dress import Dress, dress_of
from sto_desktop.report.look.figure_art import figure_size, figure_svg
from sto_desktop.report.look.look import Look
from sto_desktop.report.look.style_sheet import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Style
from sto_desktop.ui.paper.paper_font import paper_font, with_boxes

TWIPS = 15
"""Twips per px of 1/96 inch."""
PAGE = QSizeF(PAGE_WIDTH / TWIPS, PAGE_HEIGHT / TWIPS)
SIDE = MARGIN / TWIPS
TOP = 1474 / TWIPS
"""Top and bottom margin, as in the template."""
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_FIGURE = 0.85
"""Largest share of a page for a figure, which leaves room for its caption."""
FIGURE = "figuur:"
"""Prefix of a figure's image name in the rich text; its index among the figures follows."""
EVERYTHING = 1_000_000
"""A paragraph limit that is never reached: the whole document is printed."""
MOST_PARAGRAPHS = 1500
"""The preview, but never the file, stops after this many paragraphs: nobody scrolls that far."""

_CLASSES = {
    "Normal": "body",
    "Title": "title",
    "Subtitle": "subtitle",
    "STO Titel": "head-title",
    "STO Kenmerken": "head-line",
    "STO Kop 1 doorlopend": "flowing",
    "STO Omslag": "detail",
    "STO Status": "status",
    "TOC Heading": "toc",
    "toc 1": "toc1",
    "toc 2": "toc2",
    "toc 3": "toc3",
    "heading 1": "h1",
    "heading 2": "h2",
    "heading 3": "h3",
    "STO Inleiding": "lead",
    "STO Inzicht": "insight",
    "STO Vraag": "question",
    "STO Toelichting": "remark",
    "List Bullet": "item",
    "Quote": "quote",
    "STO Citaatbron": "source",
    "caption": "caption",
    "STO Tabelkop": "head",
    "STO Tabeltekst": "cell",
}
_ROLES = {
    ParagraphRole.BODY: "body",
    ParagraphRole.LEAD: "lead",
    ParagraphRole.REMARK: "remark",
    ParagraphRole.INSIGHT: "insight",
    ParagraphRole.QUESTION: "question",
}


def _px(points: float) -> str:
    return f"{points * 96 / 72:.1f}px"


def _rule(style: Style, name: str, look: Look) -> str:
    parts = [
        f"font-size:{_px(style.size)}",
        f"color:#{style.colour or look.ink}",
        f"font-weight:{600 if style.bold else 400}",
        f"font-style:{'italic' if style.italic else 'normal'}",
        f"margin-top:{style.before / TWIPS:.0f}px",
        f"margin-bottom:{style.after / TWIPS:.0f}px",
        f"line-height:{style.line * 100 // 240}%",
    ]
    return f"p.{name} {{ {'; '.join(parts)} }}"


def preview_css(dress: Dress) -> str:
    """Return the styles of a house style as CSS."""
    look = dress.look
    rules = [_rule(style, _CLASSES[name], look) for name, style in dress.styles.items() if name in _CLASSES]
    rules.append(f"span.soft {{ color:#{look.muted} }} span.strong {{ font-weight:600 }}")
    rules.append(f"a {{ color:#{look.ink}; text-decoration:none }}")
    return "\n".join(rules)


_BREAK = " style='page-break-before:always'"


class _Html:
    """Converts one document; `room` counts down the paragraphs still allowed."""

    def __init__(self, document: Document, dress: Dress, room: int) -> None:
        self._document = document
        self._look = dress.look
        self._room = room
        self._cut = False
        self._labels = label(document, numbered=dress.numbered)
        self._figures = 0
        self._above_title = dress.style("Title").before / TWIPS

    def write(self) -> list[str]:
        """Return the body, in parts that each start on a new page."""
        parts: list[list[str]] = [[]]
        for at, block in enumerate(self._document.blocks):
            # Stop between blocks, so that the rich text stays well-formed.
            if self._room <= 0:
                self._cut = True
                break
            if self._starts_page(at) and parts[-1]:
                parts.append([])
            parts[-1] += self._block(at, block)
        if self._cut:
            notice = tr("Het voorbeeld houdt hier op. In het Word-bestand staat alles.")
            parts[-1].append(f'<p class="remark">{html.escape(notice)}</p>')
        return ["".join(pieces) for pieces in parts if pieces]

    def _starts_page(self, at: int) -> bool:
        return starts_page(self._document.blocks, at)

    def _block(self, at: int, block: Block) -> Iterator[str]:
        self._room -= 1
        match block:
            case Paragraph():
                yield from self._paragraph(block)
            case ItemList():
                yield from self._items(block)
            case Heading():
                yield from self._heading(at, block)
            case Quote():
                yield self._quote(block)
            case Table():
                yield from self._table(at, block)
            case Figure():
                yield from self._figure(at, block)
            case Cover():
                yield from self._cover(block)
            case Contents():
                yield from self._contents(at, block)

    def _text(self, text: Text) -> str:
        pieces = []
        for piece, emphasis, block in self._labels.pieces(text):
            words = _escaped(piece)
            if emphasis is not Emphasis.NONE:
                words = f'<span class="{"strong" if emphasis is Emphasis.STRONG else "soft"}">{words}</span>'
            pieces.append(f'<a href="#{html.escape(block.anchor)}">{words}</a>' if block else words)
        return "".join(pieces)

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        words = self._text(block.text)
        # An empty paragraph would still take a line.
        if not words.strip():
            return
        name = _ROLES[block.role]
        paragraph = f'<p class="{name}">{words}</p>'
        if block.role is not ParagraphRole.INSIGHT:
            yield paragraph
            return
        flat = f'<p class="{name}" style="margin:0">{words}</p>'
        yield (
            f'<table width="100%" cellspacing="0" cellpadding="9" style="margin-top:4px; margin-bottom:10px">'
            f'<tr><td bgcolor="#{self._look.soft}">{flat}</td></tr></table>'
        )

    def _items(self, block: ItemList) -> Iterator[str]:
        tag = "ol" if block.ordered else "ul"
        items = []
        for text in block.items:
            self._room -= 1
            items.append(f'<li><p class="item">{self._text(text)}</p></li>')
        yield f'<{tag} style="margin-left:0px; -qt-list-indent:1">{"".join(items)}</{tag}>'

    def _heading(self, at: int, heading: Heading) -> Iterator[str]:
        block_label = self._labels.blocks.get(at)
        if block_label is None:
            return
        flowing = heading.kind is HeadingKind.FLOWING
        name = "flowing" if flowing and heading.level == 1 else f"h{min(heading.level, 3)}"
        breaks = _BREAK if self._starts_page(at) else ""
        mark = f'<a name="{html.escape(block_label.anchor)}"></a>'
        yield f'<p class="{name}"{breaks}>{mark}{_numbered(block_label)}{_escaped(block_label.text)}</p>'

    def _caption(self, block_label: BlockLabel) -> str:
        words = _escaped(f"{block_label.number}. {block_label.text}")
        return f'<p class="caption"><a name="{html.escape(block_label.anchor)}"></a>{words}</p>'

    def _figure(self, at: int, block: Figure) -> Iterator[str]:
        block_label = self._labels.blocks.get(at)
        if block_label is None:
            return
        yield f'<p class="figure"><img src="{FIGURE}{self._figures}"/></p>{self._caption(block_label)}'
        self._figures += 1

    def _quote(self, block: Quote) -> str:
        source = f'<p class="source" style="margin-bottom:0">{_escaped(block.attribution)}</p>'
        words = f'<p class="quote" style="margin-top:0">{_escaped(block.text)}</p>{source if block.attribution else ""}'
        return (
            '<table cellspacing="0" cellpadding="0" style="margin-top:10px; margin-bottom:12px"><tr>'
            f'<td width="3" bgcolor="#{self._look.accent}"></td>'
            f'<td style="padding-left:14px; padding-top:2px; padding-bottom:2px">{words}</td></tr></table>'
        )

    def _table(self, at: int, block: Table) -> Iterator[str]:
        block_label = self._labels.blocks.get(at)
        if block_label is None:
            return
        yield self._caption(block_label)
        total = sum(block.widths)
        widths = [f"{round(100 * part / total)}%" for part in block.widths]
        head = "".join(
            f'<td width="{width}" bgcolor="#{self._look.primary}" style="padding:6px">'
            f'<p class="head">{_escaped(cell)}</p></td>'
            for cell, width in zip(block.header, widths, strict=True)
        )
        edge = f"padding:5px 6px; border-bottom:1px solid #{self._look.line}"
        rows = []
        for row in block.rows:
            # A long table is cut off too, between rows.
            if self._room <= 0:
                self._cut = True
                break
            self._room -= 1
            cells = "".join(f'<td style="{edge}"><p class="cell">{self._text(cell)}</p></td>' for cell in row)
            rows.append(f"<tr>{cells}</tr>")
        yield (
            f'<table width="100%" cellspacing="0" cellpadding="0" style="border-collapse:collapse; margin-bottom:12px">'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        )

    def _cover(self, block: Cover) -> Iterator[str]:
        if not block.page:
            yield f'<p class="head-title">{_escaped(block.title)}</p>'
            details = (f"{label}: {words}" for label, words in block.details)
            for text in (block.subtitle, block.status, *details):
                if text.strip():
                    yield f'<p class="head-line">{_escaped(text)}</p>'
            return
        # Qt drops the top margin of a document's first paragraph, but not inside a cell.
        above = f"padding-top:{self._above_title:.0f}px"
        title = f'<p class="title" style="margin-top:0">{_escaped(block.title)}</p>'
        yield f'<table cellspacing="0" cellpadding="0"><tr><td style="{above}">{title}</td></tr></table>'
        if block.subtitle.strip():
            yield f'<p class="subtitle">{_escaped(block.subtitle)}</p>'
        if block.details:
            rows = "".join(
                f'<tr><td width="151"><p class="detail">{_escaped(label)}</p></td>'
                f'<td><p class="detail">{_escaped(words)}</p></td></tr>'
                for label, words in block.details
            )
            gaps = "margin-top:48px; margin-bottom:32px"
            yield f'<table cellspacing="0" cellpadding="0" style="{gaps}">{rows}</table>'
        if block.status.strip():
            yield f'<p class="status">{_escaped(block.status.upper())}</p>'

    def _contents(self, at: int, block: Contents) -> Iterator[str]:
        breaks = _BREAK if self._starts_page(at) else ""
        yield f'<p class="toc"{breaks}>{_escaped(block.title)}</p>'
        for heading, block_label in self._labels.headings(self._document.blocks, block.depth):
            indent = 0 if heading.level == 1 else 30
            colour = self._look.primary if heading.level == 1 else self._look.ink
            yield (
                f'<p class="toc{heading.level}" style="margin-left:{indent}px">'
                f'<a href="#{html.escape(block_label.anchor)}" style="color:#{colour}">'
                f"{_numbered(block_label)}{_escaped(block_label.text)}</a></p>"
            )


def _numbered(block_label: BlockLabel) -> str:
    """Return the number in front of a heading and the gap after it."""
    gap = "&nbsp;" if block_label.number.endswith(".") else "&nbsp;&nbsp;"
    return _escaped(block_label.number) + gap if block_label.number else ""


_SPACES = re.compile(r"[ \t]+")


def _escaped(text: str) -> str:
    return html.escape(_SPACES.sub(" ", text), quote=False).replace("\n", "<br/>")


def preview_html(document: Document, dress: Dress | None = None, room: int = MOST_PARAGRAPHS) -> str:
    """Return a document as rich text for `preview_document`; runs on any thread.

    It stops after `room` paragraphs, and says so.
    """
    return "".join(preview_parts(document, dress, room))


def preview_parts(document: Document, dress: Dress | None = None, room: int = MOST_PARAGRAPHS) -> list[str]:
    """Return the result of `preview_html` in parts that each start on a new page."""
    return _Html(document, dress or dress_of(), room).write()


class FigureDrawing(QPyTextObject):
    """Draws the figures of a document as vectors, wherever the rich text has an image of that name; `room` is the
    maximum size."""

    def __init__(self, figures: Sequence[Figure], look: Look, room: QSizeF, parent: QObject) -> None:
        super().__init__(parent)
        self._figures = figures
        self._look = look
        self._room = room
        self._drawn: dict[int, QSvgRenderer] = {}

    def intrinsicSize(self, document: QTextDocument, at: int, form: QTextFormat) -> QSizeF:
        number = self._number(form)
        if number is None:
            return QSizeF()
        width, height = figure_size(self._figures[number])
        # A figure higher than a page would be cut off.
        scale = min(self._room.width() / width, self._room.height() / height, 1.0)
        return QSizeF(width * scale, height * scale)

    def drawObject(
        self, painter: QPainter, box: QRectF | QRect, document: QTextDocument, at: int, form: QTextFormat
    ) -> None:
        number = self._number(form)
        if number is None:
            return
        if number not in self._drawn:
            svg = figure_svg(self._figures[number], self._look)
            self._drawn[number] = QSvgRenderer(svg.encode())
        # The drawing's font properties are applied on top of the painter's font.
        painter.setFont(document.defaultFont())
        self._drawn[number].render(painter, box)

    def _number(self, form: QTextFormat) -> int | None:
        name = form.toImageFormat().name().removeprefix(FIGURE)
        return int(name) if name.isdecimal() and int(name) < len(self._figures) else None


def preview_document(
    body: str, dress: Dress | None = None, figures: Sequence[Figure] = (), *, scale: float = 1.0
) -> QTextDocument:
    """Lay rich text out on the pages of a house style; `figures` are those of the document, in order.

    With a `scale` below 1 the pages are enlarged by its inverse, to be painted reduced.
    """
    shown = dress or dress_of()
    page = shown.page
    sheet = QSizeF(page.width, page.height) / TWIPS / scale
    document = QTextDocument()
    # Nobody edits this document, so it needs no undo history.
    document.setUndoRedoEnabled(False)
    font = paper_font(shown.look.font)
    font.setPixelSize(14)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(preview_css(shown))
    document.setIndentWidth(23)
    # The frame below sets the margins of the page.
    document.setDocumentMargin(0)
    # A body that starts with a page break would leave its first page empty.
    head, closed, rest_of_body = with_boxes(body, shown.look.font).partition(">")
    document.setHtml(head.replace(_BREAK, "") + closed + rest_of_body)
    _clear_grounds(document)
    frame = document.rootFrame().frameFormat()
    frame.setLeftMargin(page.left / TWIPS)
    frame.setRightMargin(page.right / TWIPS)
    frame.setTopMargin(page.top / TWIPS)
    frame.setBottomMargin(page.bottom / TWIPS)
    document.rootFrame().setFrameFormat(frame)
    # Asking for the layout creates it. Earlier, each of the settings above would have caused another complete layout.
    room = sheet - QSizeF(page.left + page.right, page.top + page.bottom) / TWIPS
    drawing = FigureDrawing(figures, shown.look, QSizeF(room.width(), room.height() * _FIGURE), document)
    document.documentLayout().registerHandler(QTextFormat.ObjectTypes.ImageObject.value, drawing)
    document.setPageSize(sheet)
    _keep_together(document, sheet.height())
    return document


def figures_of(document: Document) -> tuple[Figure, ...]:
    """Return the figures that show something, in the order in which `preview_html` numbers them."""
    return tuple(block for block in document.blocks if isinstance(block, Figure) and block.categories and block.series)


def _keep_together(document: QTextDocument, height: float) -> None:
    """Move headings and captions to the page of what follows them, and a figure to that of its caption."""
    # Qt lays out incrementally: a change before the last part is done leaves later paragraphs without lines,
    # permanently and without an error. `pageCount` completes the layout; from here on every change lays out everything
    # after it.
    document.pageCount()
    block = document.begin()
    while block.isValid():
        first = block
        while block.isValid() and _leads(block):
            block = block.next()
        if block.isValid() and block != first:
            top = first_line(first)
            # Not from the top third of a page, which would stay nearly empty.
            if first_line(block) // height > top // height and top % height > height / 3:
                form = first.blockFormat()
                form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(first).setBlockFormat(form)
        block = block.next()


def first_line(block: QTextBlock) -> float:
    """Return how far down a paragraph's first line is; when its lines move to a new page, the paragraph's own position
    stays."""
    lines = block.layout()
    top = block.document().documentLayout().blockBoundingRect(block).top()
    return top + (lines.lineAt(0).y() if lines.lineCount() else 0.0)


def _leads(block: QTextBlock) -> bool:
    """Return whether a paragraph must stay with the next one: a heading, the caption of a table, a figure."""
    if QTextCursor(block).currentTable() is not None:
        return False
    if block.text().startswith(_OBJECT):
        return True
    first_fragment = block.begin()
    named = not first_fragment.atEnd() and bool(first_fragment.fragment().charFormat().anchorNames())
    # A figure's caption is below it, so it stays with the figure and not with the next paragraph.
    return named and not block.previous().text().startswith(_OBJECT)


def _clear_grounds(document: QTextDocument) -> None:
    """Remove the cell background from the paragraphs in cells: across a page break it would run into the margins."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        if form.hasProperty(QTextFormat.Property.BackgroundBrush):
            form.clearBackground()
            QTextCursor(block).setBlockFormat(form)
        block = block.next()
