"""A document as data for the layout of pages in `resources/pages/pages.typ`: styles, page and blocks.

What people typed stays data: it is never part of the source that Typst runs.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

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
    plain,
    starts_page,
)
from sto_desktop.report.blocks.numbering import BlockLabel, label
from sto_desktop.report.look.cover_art import BAND_DESCRIPTION, band_svg, logo_box
from sto_desktop.report.look.dress import Dress
from sto_desktop.report.look.figure_art import draw
from sto_desktop.report.look.look import Look
from sto_desktop.report.look.markup import clean as valid
from sto_desktop.report.look.pictures import picture
from sto_desktop.report.look.style_sheet import Style
from sto_desktop.report.word.template_fields import cover_values
from sto_desktop.report.writers.running_data import running_data

Data = dict[str, Any]

_MARGINS = ("left", "right", "top", "bottom")
_TWIPS = 20
"""Twips per point."""
_POINTS = 72 / 96
"""Points per px of a drawing."""
FONTS = ("Carlito", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "Inter", "Noto Sans", "DejaVu Sans")
"""Used if the font of the house style is not on this computer; Carlito has the same metrics as Calibri."""
_STYLES = {
    ParagraphRole.BODY: "Normal",
    ParagraphRole.LEAD: "STO Inleiding",
    ParagraphRole.REMARK: "STO Toelichting",
    ParagraphRole.QUESTION: "STO Vraag",
}
_EMPHASIS = {Emphasis.STRONG: "strong", Emphasis.SOFT: "soft", Emphasis.NONE: ""}
_SPACES = re.compile(r"[ \t]+")
_WORD = re.compile(r"\S+")
_DASH = "–\u00a0"
_DASHED = re.compile(f"({_DASH}\\S+)")
_LINE = 1.22
"""Height of a line of single spacing, relative to the font size."""
_GLYPH = 0.55
"""Mean width of a character in words that are too long for a line, relative to the font size."""
_HYPHENATED = 30
"""Words in a table up to this length are hyphenated; longer ones, and addresses, may be broken anywhere."""
_MOST_TOGETHER = 20
"""Lines of a row, or of a table, that stay together on one page: less than half of it."""
_PADDING = 4
"""Characters that a column needs beyond its longest line: its margins, and letters wider than the mean."""
EVERYTHING = 1_000_000
"""A number of paragraphs that no document reaches."""
_GAP = 6
"""Points between a header or footer and the text."""
_BREAK = 0
"""A piece of text that is no text: a place where a line may be broken."""


def page_data(document: Document, dress: Dress, *, scale: float = 1.0, room: int = EVERYTHING) -> Data:
    """Return a document in a house style as JSON data; `scale` reduces letters, gaps and margins.

    It stops after `room` paragraphs, and says so.
    """
    return _Pages(document, dress, scale, room).data()


class _Pages:
    """Converts one document."""

    def __init__(self, document: Document, dress: Dress, scale: float, room: int) -> None:
        self._document = document
        self._dress = dress
        self._look = dress.look
        self._scale = scale
        self._labels = label(document, numbered=dress.numbered)
        self._blocks = list(_beginning(document.blocks, room))
        known = self._labels.blocks
        self._anchors = {
            known[at].anchor
            for at, block in enumerate(self._blocks)
            if at in known and isinstance(block, Heading | Table | Figure)
        }
        page = dress.page
        self._width = (page.width - (page.left + page.right) * scale) / _TWIPS
        self._level = 0

    def data(self) -> Data:
        """Return the data."""
        document, page, look = self._document, self._dress.page, self._look
        language, _, region = document.language.partition("-")
        blocks = [data for at, block in enumerate(self._blocks) for data in self._block(at, block)]
        about = document.properties
        return {
            # A file must have a title to be accessible.
            "title": _line(document.title) or tr("Verslag"),
            "author": [_line(about.author)] if about.author.strip() else [],
            "subject": _line(about.subject) or None,
            "keywords": [_line(about.keywords)] if about.keywords.strip() else [],
            "language": language or "nl",
            "region": region or None,
            "page": {
                side: getattr(page, side) / _TWIPS * (self._scale if side in _MARGINS else 1)
                for side in ("width", "height", *_MARGINS)
            }
            | self._beside_running(),
            "fonts": [look.font, *FONTS],
            "look": {name: getattr(look, name) for name in ("primary", "accent", "ink", "muted", "line", "soft")},
            "styles": {
                name: self._style(style) for name, style in self._dress.styles.items() if style.kind == "paragraph"
            },
            "footer": tr("pagina {n}") if not any(self._dress.running) else None,
            "running": [running_data(one, cover_values(document)) for one in self._dress.running],
            "blocks": blocks,
        }

    def _beside_running(self) -> Data:
        """Return the margins that headers and footers need: as in Word, a tall one moves the text."""
        needed = {}
        for side, beside in (("top", self._dress.running[::2]), ("bottom", self._dress.running[1::2])):
            taken = max((one.edge + one.height + _GAP for one in beside if one is not None and one.rows), default=0.0)
            own = getattr(self._dress.page, side) / _TWIPS * self._scale
            needed[side] = min(max(own, taken), self._dress.page.height / _TWIPS / 3)
        return needed

    def _style(self, style: Style) -> Data:
        return {
            "size": style.size * self._scale,
            "colour": style.colour or self._look.ink,
            "bold": bool(style.bold),
            "italic": bool(style.italic),
            "before": style.before / _TWIPS * self._scale,
            "after": style.after / _TWIPS * self._scale,
            "tight": style.tight,
            "line": style.line,
        }

    def _block(self, at: int, block: Block) -> Iterator[Data]:
        match block:
            case Paragraph():
                yield from self._paragraph(at, block)
            case ItemList():
                items = [pieces for pieces in (self._text(text, "List Bullet") for text in block.items) if pieces]
                if items:
                    yield {"is": "items", "ordered": block.ordered, "items": items}
            case Heading():
                yield from self._heading(at, block)
            case Quote():
                words = self._text(block.text, "Quote")
                if words:
                    yield {"is": "quote", "text": words, "source": self._text(block.attribution, "STO Citaatbron")}
            case Table():
                yield from self._table(at, block)
            case Figure():
                yield from self._figure(at, block)
            case Cover():
                yield self._cover(block) if block.page and self._dress.own else self._head(block)
            case Contents():
                yield from self._contents(block)

    def _text(self, text: Text, style: str, share: float = 1.0) -> list[object]:
        """Return a text in pieces; none if nothing in it can be seen. `share`: of the page's width."""
        room = max(self._room(style, share), 4)
        pieces: list[object] = []
        dash = ""
        for words, emphasis, block in self._labels.pieces(text):
            shown = dash + _SPACES.sub(" ", allowed(words))
            # A dash goes with the words after it, also if these are a piece of their own.
            dash = _DASH if shown.endswith(_DASH) else ""
            shown = shown.removesuffix(dash)
            how = [_EMPHASIS[emphasis], block.anchor if block and block.anchor in self._anchors else ""]
            for part in _breakable(shown, room, in_cell=share < 1):
                if isinstance(part, str) and (any(how) or part.startswith(_DASH)):
                    pieces.append([part, *how])
                else:
                    pieces.append(part)
        return pieces if any(_seen(piece) for piece in pieces) else []

    def _paragraph(self, at: int, block: Paragraph) -> Iterator[Data]:
        if block.role is ParagraphRole.INSIGHT:
            words = self._text(block.text, "STO Inzicht")
            if words:
                yield {"is": "insight", "text": words}
            return
        words = self._text(block.text, _STYLES[block.role])
        if words:
            # A question stays with its answers, and a sentence about a figure or table with that.
            after = self._blocks[at + 1 : at + 2]
            leads = block.role is ParagraphRole.QUESTION or any(isinstance(next_, Figure | Table) for next_ in after)
            yield {"is": "paragraph", "style": _STYLES[block.role], "text": words, "leads": leads}

    def _heading(self, at: int, heading: Heading) -> Iterator[Data]:
        block_label = self._labels.blocks.get(at)
        if block_label is None:
            return
        flowing = heading.kind is HeadingKind.FLOWING
        # Screen readers need levels without gaps, and Typst refuses others.
        self._level = min(heading.level, self._level + 1)
        number = block_label.number
        # The words of an annex are part of its title, or all numbers in the contents would get their width.
        apart = not number.endswith(".")
        yield {
            "is": "heading",
            "style": "STO Kop 1 doorlopend" if flowing and heading.level == 1 else f"heading {min(heading.level, 3)}",
            "level": self._level,
            "number": number if apart else "",
            "text": allowed(block_label.text if apart else f"{number} {block_label.text}"),
            "anchor": block_label.anchor,
            "outlined": True,
            "new-page": self._starts_page(at),
        }

    def _starts_page(self, at: int) -> bool:
        """Return whether a heading starts a page: not behind contents that end on a second page, which has room."""
        before = self._blocks[at - 1] if at else None
        return starts_page(self._blocks, at) and not (isinstance(before, Contents) and self._is_long(before))

    def _is_long(self, block: Contents) -> bool:
        page = self._dress.page
        lines = [self._dress.style(f"toc {min(entry.level, 3)}") for entry, _ in self._headings(block)]
        high = sum(style.size * _LINE * style.line / 240 + (style.before + style.after) / _TWIPS for style in lines)
        title = self._dress.style("TOC Heading")
        return high > (page.height - page.top - page.bottom) / _TWIPS - title.size * _LINE - title.after / _TWIPS

    def _headings(self, block: Contents) -> list[tuple[Heading, BlockLabel]]:
        return self._labels.headings(self._blocks, block.depth)

    def _contents(self, block: Contents) -> Iterator[Data]:
        if not self._headings(block):
            return
        title = {
            "style": "TOC Heading",
            "level": 1,
            "number": "",
            "text": _line(block.title),
            "anchor": "",
            "outlined": False,
            "new-page": False,
        }
        self._level = 1
        yield {"is": "contents", "title": title, "depth": block.depth}

    def _table(self, at: int, block: Table) -> Iterator[Data]:
        block_label = self._labels.blocks.get(at)
        if block_label is None:
            return
        shares = self._shares(block)
        lines = [max(map(self._lines, row, shares)) for row in block.rows]
        yield {
            "is": "table",
            "caption": self._text(f"{block_label.number}. {block_label.text}", "caption"),
            "anchor": block_label.anchor,
            "widths": shares,
            "header": [
                self._text(cell, "STO Tabelkop", share) for cell, share in zip(block.header, shares, strict=True)
            ],
            "rows": [
                [
                    [self._text(cell, "STO Tabeltekst", share) for cell, share in zip(row, shares, strict=True)],
                    high > _MOST_TOGETHER,
                ]
                for row, high in zip(block.rows, lines, strict=True)
            ],
            "long": sum(lines) > _MOST_TOGETHER,
        }

    def _shares(self, block: Table) -> list[float]:
        """Return the share of the page's width of each column: what one does not need goes to those with more text. One
        without text is there to write in, and needs its room.
        """
        rooms: list[float] = [self._room("STO Tabeltekst", width / sum(block.widths)) for width in block.widths]
        columns = zip(block.header, *block.rows, strict=True)
        longest = [
            max(len(line) for cell in column for line in plain(cell).split("\n")) + _PADDING
            if any(column[1:])
            else room
            for column, room in zip(columns, rooms, strict=True)
        ]
        lacking = [max(need - room, 0) for need, room in zip(longest, rooms, strict=True)]
        if any(lacking):
            spare = sum(max(room - need, 0) for need, room in zip(longest, rooms, strict=True))
            rooms = [
                min(room, need) + spare * lack / sum(lacking)
                for room, need, lack in zip(rooms, longest, lacking, strict=True)
            ]
        return [room / sum(rooms) for room in rooms]

    def _lines(self, cell: Text, share: float) -> int:
        """Return about how many lines a cell takes."""
        room = max(self._room("STO Tabeltekst", share), 1)
        return sum(1 + len(line) // room for line in plain(cell).split("\n"))

    def _room(self, style: str, share: float = 1.0) -> int:
        """Return the number of characters that fit on a line of a share of the page's width."""
        return int(self._width * share / (self._dress.style(style).size * self._scale * _GLYPH))

    def _figure(self, at: int, block: Figure) -> Iterator[Data]:
        block_label = self._labels.blocks.get(at)
        if block_label is None:
            return
        drawing = draw(block, self._look)
        yield {
            "is": "figure",
            "caption": self._text(f"{block_label.number}. {block_label.text}", "caption"),
            "anchor": block_label.anchor,
            "description": _line(block.description) or _line(block_label.text) or block_label.number,
            "width": drawing.width * _POINTS,
            "height": drawing.height * _POINTS,
            "size": drawing.text_size * _POINTS,
            "shapes": drawing.svg(),
            "words": [
                [_line(word.text), word.x * _POINTS, word.y * _POINTS, word.anchor, word.colour]
                for word in drawing.words
            ],
        }

    def _cover(self, block: Cover) -> Data:
        look = self._look
        return {
            "is": "cover",
            # Each word stands in a box, so the font need have no hyphen that breaks no line.
            "title": "\u00a0".join(map(_line, block.unbroken_title.replace("\u2011", "-").split("\u00a0"))).strip()
            or _line(self._document.title)
            or tr("Verslag"),
            "subtitle": _line(block.subtitle),
            "status": _line(block.status),
            "details": [[_line(name), _line(words)] for name, words in block.details if words.strip()],
            "band": band_svg(look) if look.banded else "",
            "band-alt": tr(BAND_DESCRIPTION),
            "brand": _line(look.brand) if look.banded or not look.logo else "",
            "brand-colour": look.on_primary if look.banded else look.primary,
            "logo": _logo(look),
        }

    def _head(self, block: Cover) -> Data:
        details = [f"{name}: {words}" for name, words in block.details if words.strip()]
        return {
            "is": "head",
            "title": _line(block.title) or _line(self._document.title) or tr("Verslag"),
            "lines": [_line(text) for text in (block.subtitle, block.status, *details) if text.strip()],
        }


def _beginning(blocks: Sequence[Block], room: int) -> Iterator[Block]:
    """Yield the blocks until `room` paragraphs, and a remark if others follow."""
    for block in blocks:
        parts = len(block.rows) if isinstance(block, Table) else len(block.items) if isinstance(block, ItemList) else 1
        if room <= 0:
            pass
        elif isinstance(block, Table) and parts > room:
            yield replace(block, rows=block.rows[:room])
        elif isinstance(block, ItemList) and parts > room:
            yield replace(block, items=block.items[:room])
        else:
            yield block
        room -= parts
        if room < 0:
            text = tr("Het voorbeeld houdt hier op. In het bestand en op papier staat alles.")
            yield Paragraph(text, ParagraphRole.REMARK)
            return


def _logo(look: Look) -> tuple[str, float, float, str] | None:
    """Return the logo as SVG, its width and distance from the top in cm, and its description."""
    box, image = logo_box(look), picture(look.logo)
    if box is None or image is None:
        return None
    data = base64.b64encode(look.logo).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {image.width} {image.height}">'
        f'<image width="{image.width}" height="{image.height}" href="data:image/{image.kind};base64,{data}"/></svg>'
    )
    return svg, box[0], box[2], tr("Logo van {brand}", brand=look.brand)


def allowed(text: str) -> str:
    """Return text that PDF/UA allows: without the byte order marks that pasted text may have."""
    return valid(text).replace("\ufeff", "")


def _line(text: str) -> str:
    return " ".join(allowed(text).split())


def _seen(piece: object) -> bool:
    words = piece if isinstance(piece, str) else piece[0] if isinstance(piece, list) else ""
    return bool(str(words).strip())


def _breakable(text: str, room: int, *, in_cell: bool) -> Iterator[str | int]:
    """Yield a text in parts: a dash with the word after it, and breaks within words that are too long for a line of
    `room` characters.
    """
    for part in filter(None, _DASHED.split(text)):
        last = 0
        for match in _WORD.finditer(part):
            word = match[0]
            if len(word) <= room or (in_cell and len(word) <= _HYPHENATED and word.strip(".,;:()").isalpha()):
                continue
            step = max(room // 2, 3)
            for at in range(match.start() + step, match.end(), step):
                yield part[last:at]
                yield _BREAK
                last = at
        yield part[last:]


def without(data: Data, missing: tuple[str, ...]) -> Data:
    """Return data in which signs that no font has are shown as a box."""
    pattern = re.compile("|".join(map(re.escape, sorted(missing, key=len, reverse=True))))

    def boxed(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(_BOX, value)
        if isinstance(value, list):
            return [boxed(part) for part in value]
        return {key: boxed(part) for key, part in value.items()} if isinstance(value, dict) else value

    return {**data, "blocks": boxed(data["blocks"]), "title": boxed(data["title"])}


_BOX = "\u25a1"
