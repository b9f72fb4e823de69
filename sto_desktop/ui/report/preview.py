"""Turns the blocks of a document into a QTextDocument on A4 pages, in the styles of the house style for Word.

Rich text of Qt knows a part of HTML and CSS (see "Supported HTML Subset" in its manual): rules beside a quote and
boxes are tables of one cell.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QTextCursor, QTextDocument, QTextFormat

from sto_desktop.report.blocks import (
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
    Quote,
    Role,
    Table,
    Text,
)
from sto_desktop.report.counting import letters
from sto_desktop.report.look import STO_TWENTE, Look
from sto_desktop.report.style_sheet import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Style, styles
from sto_desktop.ui.language import tr

TWIPS = 15
"""Twips in a px of 1/96 inch."""
PAGE = QSizeF(PAGE_WIDTH / TWIPS, PAGE_HEIGHT / TWIPS)
SIDE = MARGIN / TWIPS
TOP = 1474 / TWIPS
"""The margin above and below, as the template has it."""
MOST_PARAGRAPHS = 1500
"""Longer documents are cut off in the preview, never in the file: what nobody scrolls to needs no laying out."""

_CLASSES = {
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
    Role.BODY: "body",
    Role.LEAD: "lead",
    Role.REMARK: "remark",
    Role.INSIGHT: "insight",
    Role.QUESTION: "question",
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


def preview_css(look: Look = STO_TWENTE) -> str:
    """Return the house style's own styles as CSS."""
    rules = [_rule(style, _CLASSES[style.name], look) for style in styles(look) if style.name in _CLASSES]
    body = Style("Normal", "Normal", look.size, after=120)
    rules.append(_rule(body, "body", look))
    rules.append(f"span.soft {{ color:#{look.muted} }} span.strong {{ font-weight:600 }}")
    rules.append(f"a {{ color:#{look.ink}; text-decoration:none }}")
    return "\n".join(rules)


class _Html:
    """Writes one document; `room` counts down the paragraphs that may still come."""

    def __init__(self, document: Document, look: Look) -> None:
        self._document = document
        self._look = look
        self._room = MOST_PARAGRAPHS
        self._tables = 0
        self._headings = iter(_numbered(document.blocks))
        self._named = {
            bookmark: number.strip(": ") or head.text for head, number, bookmark in _numbered(document.blocks)
        }
        sizes = {style.name: style for style in styles(look)}
        self._above_title = sizes["Title"].before / TWIPS

    def write(self) -> str:
        """Return the body."""
        pieces: list[str] = []
        for at, block in enumerate(self._document.blocks):
            if self._room <= 0:
                rest = tr("Het voorbeeld houdt hier op. In het Word-bestand staat alles.")
                pieces.append(f'<p class="remark">{html.escape(rest)}</p>')
                break
            pieces += self._block(block, first=at == 0)
        return "".join(pieces)

    def _block(self, block: Block, *, first: bool) -> Iterator[str]:
        self._room -= 1
        match block:
            case Paragraph():
                yield from self._paragraph(block)
            case ItemList():
                yield from self._items(block)
            case Heading():
                yield self._heading(first)
            case Quote():
                yield self._quote(block)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._table(block.table())
            case Cover():
                yield from self._cover(block)
            case Contents():
                yield from self._contents(block, first)

    def _text(self, text: Text) -> str:
        if isinstance(text, str):
            return _escaped(text)
        pieces = []
        for span in text:
            if isinstance(span, str):
                pieces.append(_escaped(span))
                continue
            words = _escaped(span.text or self._named.get(html.escape(span.target), ""))
            if span.emphasis is not Emphasis.NONE:
                words = f'<span class="{"strong" if span.emphasis is Emphasis.STRONG else "soft"}">{words}</span>'
            if span.target:
                words = f'<a href="#{html.escape(span.target)}">{words}</a>'
            pieces.append(words)
        return "".join(pieces)

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        words = self._text(block.text)
        if not words.strip():
            return
        name = _ROLES[block.role]
        paragraph = f'<p class="{name}">{words}</p>'
        if block.role is not Role.INSIGHT:
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
        for item in block.items:
            self._room -= 1
            items.append(f'<li><p class="item">{self._text(item)}</p></li>')
        yield f'<{tag} style="margin-left:0px; -qt-list-indent:1">{"".join(items)}</{tag}>'

    def _heading(self, first: bool) -> str:
        heading, number, bookmark = next(self._headings)
        flowing = heading.kind is HeadingKind.FLOWING
        name = "flowing" if flowing and heading.level == 1 else f"h{heading.level}"
        breaks = " style='page-break-before:always'" if heading.level == 1 and not first and not flowing else ""
        words = _escaped(heading.text)
        gap = "&nbsp;&nbsp;" if number and not number.endswith(" ") else ""
        return f'<p class="{name}"{breaks}><a name="{bookmark}"></a>{number}{gap}{words}</p>'

    def _quote(self, block: Quote) -> str:
        source = f'<p class="source" style="margin-bottom:0">{_escaped(block.attribution)}</p>'
        words = f'<p class="quote" style="margin-top:0">{_escaped(block.text)}</p>{source if block.attribution else ""}'
        return (
            '<table cellspacing="0" cellpadding="0" style="margin-top:10px; margin-bottom:12px"><tr>'
            f'<td width="3" bgcolor="#{self._look.accent}"></td>'
            f'<td style="padding-left:14px; padding-top:2px; padding-bottom:2px">{words}</td></tr></table>'
        )

    def _table(self, block: Table) -> Iterator[str]:
        self._tables += 1
        label = _escaped(f"{self._document.table_label} {self._tables}. {block.caption}")
        yield f'<p class="caption">{label}</p>'
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
            if self._room <= 0:
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
        # Qt takes the room above a document's first paragraph away, but not that within a cell.
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

    def _contents(self, block: Contents, first: bool) -> Iterator[str]:
        breaks = "" if first else " style='page-break-before:always'"
        yield f'<p class="toc"{breaks}>{_escaped(block.title)}</p>'
        for heading, number, bookmark in _numbered(self._document.blocks):
            if heading.level > block.depth or not heading.text.strip():
                continue
            indent = 0 if heading.level == 1 else 30
            gap = "&nbsp;&nbsp;&nbsp;" if number and not number.endswith(" ") else ""
            words = f"{number}{gap}{_escaped(heading.text)}"
            colour = self._look.primary if heading.level == 1 else self._look.ink
            yield (
                f'<p class="toc{heading.level}" style="margin-left:{indent}px">'
                f'<a href="#{bookmark}" style="color:#{colour}">{words}</a></p>'
            )


_SPACES = re.compile(r"[ \t]+")


def _escaped(text: str) -> str:
    return html.escape(_SPACES.sub(" ", text), quote=False).replace("\n", "<br/>")


def _numbered(blocks: tuple[Block, ...]) -> Iterator[tuple[Heading, str, str]]:
    """Yield the headings with the number that the house style puts in front, and a bookmark."""
    chapter = section = annex = 0
    for at, heading in enumerate(block for block in blocks if isinstance(block, Heading)):
        number = ""
        if heading.kind is HeadingKind.CHAPTER and heading.level == 1:
            chapter, section = chapter + 1, 0
            number = f"{chapter}"
        elif heading.kind is HeadingKind.CHAPTER and heading.level == 2:
            section += 1
            number = f"{chapter}.{section}"
        elif heading.kind is HeadingKind.ANNEX and heading.level == 1:
            annex += 1
            number = f"Bijlage {letters(annex)}: "
        yield heading, number, html.escape(heading.bookmark or f"kop-{at}")


def preview_html(document: Document, look: Look = STO_TWENTE) -> str:
    """Return a document as rich text for `preview_document`; any thread may do this."""
    return _Html(document, look).write()


def preview_document(body: str, look: Look = STO_TWENTE) -> QTextDocument:
    """Lay rich text out on A4 pages with the margins of the house style."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    font = QFont()
    # Carlito has the measures of Calibri.
    font.setFamilies([look.font, "Carlito", *font.families()])
    font.setPixelSize(14)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(preview_css(look))
    document.setIndentWidth(23)
    document.setHtml(body)
    _clear_grounds(document)
    document.setDocumentMargin(0)
    frame = document.rootFrame().frameFormat()
    frame.setLeftMargin(SIDE)
    frame.setRightMargin(SIDE)
    frame.setTopMargin(TOP)
    frame.setBottomMargin(TOP)
    document.rootFrame().setFrameFormat(frame)
    document.setPageSize(PAGE)
    return document


def _clear_grounds(document: QTextDocument) -> None:
    """Take the ground of cells off the paragraphs in them: across the end of a page it would run into the margins."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        if form.hasProperty(QTextFormat.Property.BackgroundBrush):
            form.clearBackground()
            QTextCursor(block).setBlockFormat(form)
        block = block.next()
