"""Reads a page or a paste in HTML as it is seen: its paragraphs, headings and tables, or all its tables as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sto_desktop.domain.typed import whole_number
from sto_desktop.exchange.files.document import FileText, Grid, TextBlock
from sto_desktop.language import tr

# Only tags with which a copied table or list starts: a "<" alone is an ordinary character in a note, and a comment
# stands at the top of Markdown too.
_LOOKS = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|meta|body|table|tr|div|p|ul|ol|span)\b", re.IGNORECASE | re.DOTALL
)
_MOST = 60
"""Maximum colspan and rowspan: a paste can state any number."""
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE_TAGS = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|dfn|em|font|i|ins|kbd|label|mark|q|samp|small|span|strong|sub|sup|time"
    "|tt|u|var|wbr|img"
)
_INLINE = frozenset(_INLINE_TAGS.split("|"))
"""Elements within a line; every other one begins a line of its own, so that no words run together."""
_UNSEEN = "//script|//style|//head|//title|//comment()|//nav|//template|//noscript|//processing-instruction()"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Return whether a text is HTML rather than plain text."""
    return _LOOKS.match(text) is not None and "</" in text


def rows_of_html(text: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """Return the rows of all tables in it, with merged cells filled in, or without a table a row for each line; and
    what was left out.
    """
    root, told = _seen(text)
    rows = [row for table in root.iter("table") if not _places(table) for row in _table(table)]
    return rows or [[block.text] for block in _Lines().of(root) if isinstance(block, TextBlock)], told


def document_of_html(text: str) -> FileText:
    """Return the headings, paragraphs and tables of a page in their order."""
    root, told = _seen(text)
    return FileText(tuple(_Lines().of(root)), told)


def _seen(text: str) -> tuple[Any, tuple[str, ...]]:
    """Return the root of a page without what its reader does not see, and messages about that."""
    from lxml import html

    # A paste can be a fragment with several root elements.
    root: Any = html.fromstring(f"<div>{text}</div>")
    for unseen in root.xpath(_UNSEEN):
        unseen.drop_tree()
    styled = root.xpath("//*[@style]")
    hidden = [*root.xpath("//*[@hidden]"), *(one for one in styled if _HIDDEN.search(one.get("style")))]
    struck = [*root.xpath("//del|//s|//strike"), *(one for one in styled if _STRUCK.search(one.get("style")))]
    told = []
    if any(_words(one) for one in hidden):
        told.append(tr("Verborgen tekst op de pagina is niet overgenomen."))
    if any(_words(one) for one in struck):
        told.append(tr("Doorgestreepte tekst op de pagina is niet overgenomen."))
    for one in (*hidden, *struck):
        if one.getparent() is not None:
            one.drop_tree()
    return root, tuple(told)


class _Lines:
    """Walks through a page, and gathers the words of a line until an element ends it."""

    def __init__(self) -> None:
        self._words: list[tuple[str, bool]] = []
        self._made: list[TextBlock | Grid] = []

    def of(self, root: Any) -> Iterator[TextBlock | Grid]:
        """Yield the blocks in an element."""
        self._walk(root, TextBlock(""), bold=False)
        self._close(TextBlock(""))
        yield from self._made

    def _walk(self, element: Any, like: TextBlock, *, bold: bool) -> None:
        """`like`: what a line in this element is."""
        self._words.append((element.text or "", bold))
        for child in element:
            self._child(child, like, bold=bold)
            self._words.append((child.tail or "", bold))

    def _child(self, child: Any, like: TextBlock, *, bold: bool) -> None:
        tag = child.tag
        if tag in _INLINE:
            self._walk(child, like, bold=bold or tag in ("b", "strong"))
            return
        self._close(like)
        if tag == "table" and not _places(child):
            self._made.append(Grid("", tuple(map(tuple, _table(child)))))
        elif tag != "br":
            inner = like
            if tag in _HEADS:
                inner = TextBlock("", int(tag[1]) - 1 or -1)
            elif tag == "li":
                depth = sum(1 for above in child.iterancestors() if above.tag in ("ul", "ol"))
                inner = TextBlock("", item=True, depth=max(depth - 1, 0))
            self._walk(child, inner, bold=bold)
            self._close(inner)

    def _close(self, like: TextBlock) -> None:
        text = " ".join("".join(words for words, _ in self._words).split())
        if text:
            bold = all(bold for words, bold in self._words if words.strip())
            look = tr("vet") if bold and not like.level else ""
            self._made.append(TextBlock(text, like.level, look, item=like.item, depth=like.depth))
        self._words = []


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _places(table: Any) -> bool:
    """Return whether a table only places text on the page: it holds another one, or has one row or one column."""
    if table.xpath(".//table"):
        return True
    rows = [[*row.iter("td", "th")] for row in table.iter("tr")]
    return max(map(len, rows), default=0) < 2 and not table.xpath(".//th")


def _table(table: Any) -> list[list[str]]:
    grid: dict[tuple[int, int], str] = {}
    number = 0
    for row in table.iter("tr"):
        at = 0
        for cell in row.iter("td", "th"):
            # A cell from a row above spans this place.
            while (number, at) in grid:
                at += 1
            text = "\n".join(block.text for block in _Lines().of(cell) if isinstance(block, TextBlock))
            for down in range(_span(cell, "rowspan")):
                for across in range(_span(cell, "colspan")):
                    grid[number + down, at + across] = text
            at += _span(cell, "colspan")
        number += 1
    width = max((at for _, at in grid), default=-1) + 1
    return [[grid.get((row, at), "") for at in range(width)] for row in range(number)]


def _span(cell: Any, name: str) -> int:
    return min(max(whole_number(cell.get(name), 1), 1), _MOST)
