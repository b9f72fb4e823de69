"""Writes a document as a Word file in a house style: named styles, real headings, lists, tables and contents.

The body is built as text and not as a tree of elements: every piece of text goes through `markup.escape`, and a report
of 10,000 notes takes a few tenths of a second. Styles, numbering and sections, which are small, are elements.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from sto_desktop.domain.typed import whole_number
from sto_desktop.report.blocks.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    Emphasis,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    ParagraphRole,
    Quote,
    Table,
    Text,
    TextSpan,
    plain,
    starts_page,
)
from sto_desktop.report.look.look import STO_TWENTE, HouseStyle
from sto_desktop.report.look.markup import (
    XML_DECLARATION,
    R,
    W,
    attribute,
    escape,
    paragraph,
    run,
)
from sto_desktop.report.word.package import replace_file
from sto_desktop.report.word.references import (
    FIELD_END,
    Caption,
    Entry,
    clean_line,
    field_start,
    heading_style,
    linked,
    number_captions,
    number_headings,
    reference,
)
from sto_desktop.report.word.style_book import Element, StyleBook, w
from sto_desktop.report.word.template import OwnCover, Template

_ROLE_STYLES = {
    ParagraphRole.BODY: "Normal",
    ParagraphRole.LEAD: "STO Inleiding",
    ParagraphRole.QUESTION: "STO Vraag",
    ParagraphRole.INSIGHT: "STO Inzicht",
    ParagraphRole.REMARK: "STO Toelichting",
}
_SPAN_STYLES = {Emphasis.STRONG: "Strong", Emphasis.SOFT: "STO Spreker"}
_KEPT_TOGETHER = 24
"""A table of at most this many lines is kept on one page."""
_SIGN = 100
"""Twips: about the width of a character in a table."""
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_FIRST_DRAWING = 1000
"""Ids of drawings start here, above those of a template."""
_EMU_A_PX, _EMU_A_TWIP = 9525, 635
_FALLBACK_TEXT_WIDTH, _FALLBACK_TEXT_HEIGHT = 9026, 13958
"""Twips: A4 with Word's own margins, for a template without page size or margins."""
_FIGURE_SHARE = 0.85
"""The maximum height of a figure, as a share of the text height."""


_ON_NEW_PAGE, _WITH_NEXT = "<w:pageBreakBefore/>", "<w:keepNext/>"


def word_bytes(document: Document, style: HouseStyle | None = None) -> bytes:
    """Return the document as a .docx file in a house style.

    TemplateError if its template can't be used. The same document and style give the same bytes.
    """
    return _WordWriter(document, Template(style)).file()


def write_word(document: Document, target: Path, style: HouseStyle | None = None) -> None:
    """Write the document to `target`, whole or not at all; ReportError if that fails."""
    replace_file(target, word_bytes(document, style))


class _WordWriter:
    """Writes one document."""

    def __init__(self, document: Document, template: Template) -> None:
        self._document = document
        self._template = template
        self._styles: StyleBook = template.styles
        self._section: Element = template.section
        self._front = template.front(document)
        self._entries = number_headings(document.blocks, self._styles)
        self._headings = iter(self._entries)
        captions = number_captions(document)
        targets: tuple[Entry | Caption, ...] = (*self._entries, *captions)
        self._targets = {target.name: target for target in targets if target.name}
        self._captions = iter(captions)
        self._ids = _last_id(self._front)
        self._drawings = _FIRST_DRAWING

    def file(self) -> bytes:
        """Return the .docx file."""
        front = self._front
        pieces = [
            XML_DECLARATION,
            f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{_DRAWING}" xmlns:a="{_A}"><w:body>',
            *(self._own_cover(front.ahead) if front else ()),
            *self._body(),
            *((_xml(element) for element in front.behind) if front else ()),
            self._final_section(),
            "</w:body></w:document>",
        ]
        self._template.describe(self._document)
        return self._template.file("".join(pieces).encode())

    def _body(self) -> Iterator[str]:
        previous: Block | None = None
        for at, block in enumerate(self._document.blocks):
            pieces = list(self._block(at, block, previous))
            yield from pieces
            if pieces:
                previous = block

    def _block(self, at: int, block: Block, previous: Block | None) -> Iterator[str]:
        match block:
            case Paragraph():
                content = self._text(block.text)
                if content:
                    # A table has no spacing of its own.
                    below = isinstance(previous, Table) and block.role is ParagraphRole.BODY
                    style = "STO Na tabel" if below else _ROLE_STYLES[block.role]
                    yield paragraph(self._styles.id(style), content, self._along(at))
            case ItemList():
                yield from self._items(block)
            case Heading():
                if block.text.strip():
                    yield self._heading(block, _ON_NEW_PAGE if starts_page(self._document.blocks, at) else "")
            case Quote():
                yield from self._quote(block)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Cover():
                yield from self._cover(block)
            case Contents():
                yield from self._contents(block)

    def _along(self, at: int) -> str:
        """Return what keeps a paragraph on the page of the figure or table after it, which it tells of."""
        following = self._document.blocks[at + 1 : at + 2]
        return _WITH_NEXT if following and isinstance(following[0], Figure | Table) else ""

    def _text(self, text: Text, style: str = "") -> str:
        if isinstance(text, str):
            return run(text, style) if text and not text.isspace() else ""
        if not any(part.strip() if isinstance(part, str) else part.target or part.text.strip() for part in text):
            return ""
        return "".join([run(part) if isinstance(part, str) else self._span(part) for part in text])

    def _span(self, span: TextSpan) -> str:
        style = self._span_style(span.emphasis)
        if not span.target:
            return run(span.text, style)
        target = self._targets.get(span.target)
        if target is None:
            return run(span.text, style)
        return linked(target.bookmark, run(span.text, style)) if span.text else reference(target, style)

    def _span_style(self, emphasis: Emphasis) -> str:
        name = _SPAN_STYLES.get(emphasis)
        return self._styles.id(name) if name else ""

    def _items(self, block: ItemList) -> Iterator[str]:
        name = "List Number" if block.ordered else "List Bullet"
        style = self._styles.id(name)
        number = self._styles.new_list(name) if block.ordered else None
        more = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
        for text in block.items:
            content = self._text(text)
            if content:
                yield paragraph(style, content, more)

    def _bookmarked(self, name: str, content: str) -> str:
        self._ids += 1
        start = f'<w:bookmarkStart w:id="{self._ids}" w:name="{name}"/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{self._ids}"/>'

    def _heading(self, block: Heading, more: str) -> str:
        style = self._styles.id(heading_style(block))
        return paragraph(style, self._bookmarked(next(self._headings).bookmark, run(clean_line(block.text))), more)

    def _quote(self, block: Quote) -> Iterator[str]:
        content = self._text(block.text)
        if not content:
            return
        yield paragraph(self._styles.id("Quote"), content)
        source = self._text(block.attribution)
        if source:
            yield paragraph(self._styles.id("STO Citaatbron"), source)

    def _cover(self, block: Cover) -> Iterator[str]:
        # A template with its own cover replaces ours.
        if self._front:
            return
        if not block.page:
            yield from self._head(block)
            return
        lines = [("Title", block.unbroken_title), ("Subtitle", block.subtitle)]
        lines += [
            ("STO Omslag", f"{label}\t{clean_line(content)}") for label, content in block.details if content.strip()
        ]
        lines.append(("STO Status", block.status))
        visible = [(name, text) for name, text in lines if text.strip()]
        for at, (name, text) in enumerate(visible):
            last = at == len(visible) - 1
            # The hyphen of the font itself; many fonts have no other.
            content = "<w:r><w:noBreakHyphen/></w:r>".join(map(run, text.split("\u2011")))
            yield paragraph(self._styles.id(name), content, self._cover_section() if last else "")

    def _head(self, block: Cover) -> Iterator[str]:
        yield paragraph(self._styles.id("STO Titel"), run(clean_line(block.title)))
        details = [f"{label}: {clean_line(content)}" for label, content in block.details if content.strip()]
        for text in (block.subtitle, block.status, *details):
            if text.strip():
                yield paragraph(self._styles.id("STO Kenmerken"), run(text))

    def _cover_section(self) -> str:
        # The cover is a section of its own, so that a new page starts after it and only this section has a first-page
        # header.
        return _xml(self._template.cover_section)

    def _final_section(self) -> str:
        section = copy.deepcopy(self._section)
        # Otherwise the page after the cover would have a first-page header too.
        for first in section.findall(w("titlePg")):
            section.remove(first)
        return _xml(section)

    def _contents(self, block: Contents) -> Iterator[str]:
        entries = [entry for entry in self._entries if entry.level <= block.depth and entry.text]
        if not entries:
            return
        # The switch \n leaves out page numbers, which only Word can compute.
        start = field_start(f'TOC \\o "1-{block.depth}" \\n \\h \\z \\u')
        lines = []
        for at, entry in enumerate(entries):
            link = linked(entry.bookmark, run(entry.number + entry.text))
            style = self._styles.id(f"toc {min(entry.level, 3)}")
            lines.append(
                paragraph(style, ("" if at else start) + link + ("" if entry is not entries[-1] else FIELD_END))
            )
        title = paragraph(self._styles.id("TOC Heading"), run(block.title))
        yield (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{title}{''.join(lines)}</w:sdtContent></w:sdt>"
        )

    def _table(self, block: Table) -> Iterator[str]:
        if not block.rows:
            return
        # The caption style of a template need not keep it with its table.
        yield self._caption(next(self._captions), block.caption, _WITH_NEXT)
        widths = self._widths(block.widths)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{escape(self._styles.id("STO Tabel"))}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
            'w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{attribute(block.caption)}"/>'
            f'<w:tblDescription w:val="{attribute(block.description)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        )
        yield self._row(block.header, widths, "STO Tabelkop", "<w:cantSplit/><w:tblHeader/>")
        last = len(block.rows) - 1
        # A short table is kept on one page; keeping a long one together would leave its heading alone on a page.
        short = sum(_lines(row, widths) for row in block.rows) <= _KEPT_TOGETHER
        for at, row in enumerate(block.rows):
            together = _WITH_NEXT if short and at < last else ""
            yield self._row(row, widths, "STO Tabeltekst", "<w:cantSplit/>", together)
        yield "</w:tbl>"

    def _caption(self, caption: Caption, text: str, more: str = "") -> str:
        label = run(f"{caption.label} ")
        # Word's own field for numbering captions, so that they can be renumbered after edits.
        count = attribute(f" SEQ {caption.label} \\* ARABIC ")
        field = f'<w:fldSimple w:instr="{count}">{run(str(caption.number))}</w:fldSimple>'
        called = self._bookmarked(caption.bookmark, label + field) if caption.name else label + field
        return paragraph(self._styles.id("caption"), called + run(f". {clean_line(text)}"), more)

    def _figure(self, block: Figure) -> Iterator[str]:
        if not block.categories or not block.series:
            return
        from sto_desktop.report.word.charts import CHART, chart_size, chart_xml, workbook

        caption = next(self._captions)
        look = self._template.look
        relation = self._template.add_chart(chart_xml(block, look), workbook(block, self._document.properties.made))
        self._drawings += 1
        width, height = chart_size(block)
        # The width is fixed, so larger text makes the figure taller.
        height *= max(look.size / STO_TWENTE.size, 1.0)
        across = min(_text_width(self._section) * _EMU_A_TWIP, round(width * _EMU_A_PX))
        # Word cuts off a figure taller than the page, and the caption must fit below it on the same page.
        down = min(round(_text_height(self._section) * _FIGURE_SHARE) * _EMU_A_TWIP, round(height * _EMU_A_PX))
        yield paragraph(
            self._styles.id("STO Figuur"),
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{across}" cy="{down}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f'<wp:docPr id="{self._drawings}" name="{attribute(caption.reference)}" '
            f'descr="{attribute(block.description)}"/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" r:id="{relation}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
        )
        yield self._caption(caption, block.caption, '<w:keepNext w:val="0"/>')

    def _own_cover(self, elements: Sequence[Element]) -> Iterator[str]:
        """Yield the template's own cover as a separate section."""
        for element in elements[:-1]:
            yield _xml(element)
        for last in elements[-1:]:
            properties = last.find(w("pPr")) if last.tag == w("p") else None
            if properties is not None and properties.find(w("sectPr")) is not None:
                yield _xml(last)
            elif last.tag == w("p"):
                if properties is None:
                    properties = last.makeelement(w("pPr"), {})
                    last.insert(0, properties)
                properties.append(self._template.cover_section)
                yield _xml(last)
            else:
                # Only a paragraph can end a section, so one is added.
                yield _xml(last) + f"<w:p><w:pPr>{self._cover_section()}</w:pPr></w:p>"

    def _row(self, cells: Sequence[Text], widths: Sequence[int], style: str, properties: str, more: str = "") -> str:
        identity = self._styles.id(style)
        content = ""
        for cell, width in zip(cells, widths, strict=True):
            text = paragraph(identity, self._text(cell), more)
            content += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{text}</w:tc>'
        return f"<w:tr><w:trPr>{properties}</w:trPr>{content}</w:tr>"

    def _widths(self, parts: Sequence[float]) -> list[int]:
        total = _text_width(self._section)
        return [round(total * part / sum(parts)) for part in parts]


def _last_id(front: OwnCover | None) -> int:
    """Return the highest id of a bookmark in a template's own cover."""
    elements = (*front.ahead, *front.behind) if front else ()
    marks = (
        mark.get(w("id")) or "" for element in elements for mark in element.iter(w("bookmarkStart"), w("bookmarkEnd"))
    )
    return max(map(whole_number, marks), default=0)


def _lines(cells: Sequence[Text], widths: Sequence[int]) -> int:
    """Return about how many lines a row of a table takes."""
    return max(
        sum(1 + len(text_line) * _SIGN // width for text_line in plain(cell).split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )


def _text_height(section: Element) -> int:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return _FALLBACK_TEXT_HEIGHT
    ends = sum(abs(whole_number(margins.get(w(end)))) for end in ("top", "bottom"))
    return max(whole_number(size.get(w("h"))) - ends, 1440)


def _text_width(section: Element) -> int:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return _FALLBACK_TEXT_WIDTH
    sides = sum(whole_number(margins.get(w(side))) for side in ("left", "right", "gutter"))
    return max(whole_number(size.get(w("w"))) - sides, 1440)


def _xml(element: Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)
