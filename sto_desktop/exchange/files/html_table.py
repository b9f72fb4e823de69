"""Reads tables and lines in pasted HTML as rows of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sto_desktop.exchange.files.document import FileText, Grid, TextBlock

# Only tags with which a copied table or list starts: a "<" alone is an ordinary character in a note.
_LOOKS = re.compile(r"\s*<(?:!doctype|html|head|meta|body|table|tr|div|p|ul|ol|span|!--)", re.IGNORECASE)
_MOST = 60
"""Maximum colspan and rowspan: a paste can state any number."""


def looks_like_html(text: str) -> bool:
    """Return whether a text is HTML rather than plain text."""
    return _LOOKS.match(text) is not None and "</" in text


def rows_of_html(text: str) -> list[list[str]]:
    """Return the rows of all tables in it, with merged cells filled in; without a table, a row for each line."""
    from lxml import html

    # A paste can be a fragment with several root elements.
    root: Any = html.fromstring(f"<div>{text}</div>")
    for unseen in root.xpath("//script|//style|//head|//comment()"):
        unseen.drop_tree()
    rows = [row for table in root.iter("table") for row in _table(table)]
    if rows:
        return rows
    for element in root.iter("br", "p", "li", "div", "tr"):
        element.tail = "\n" + (element.tail or "")
    return [[line.strip()] for line in root.text_content().splitlines() if line.strip()]


def document_of_html(text: str) -> FileText:
    """Return the headings, paragraphs and tables of a page in their order."""
    from lxml import html

    root: Any = html.fromstring(f"<div>{text}</div>")
    for unseen in root.xpath("//script|//style|//head|//comment()|//nav|//del|//s"):
        unseen.drop_tree()
    return FileText(tuple(_blocks(root)))


def _blocks(root: Any) -> Iterator[TextBlock | Grid]:
    for element in root.iter("table", "h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "div", "br", "span"):
        if any(above.tag in ("table", "p", "li", *_HEADS) for above in element.iterancestors()):
            continue
        if element.tag == "table":
            yield Grid("", tuple(map(tuple, _table(element))))
        elif element.tag in _HEADS:
            level = int(element.tag[1]) - 1 or -1
            if words := _words(element):
                yield TextBlock(words, level)
        elif element.tag in ("p", "li") or not len(element.xpath(".//p|.//li|.//table|.//div|.//h1|.//h2|.//h3")):
            if element.tag == "span" and any(
                above.tag == "div" for above in element.iterancestors() if above is not root
            ):
                continue
            for words in filter(None, _lines(element)):
                yield TextBlock(words, item=element.tag == "li")


_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _lines(element: Any) -> list[str]:
    for line_end in element.iter("br"):
        line_end.tail = "\n" + (line_end.tail or "")
    return (
        [" ".join(line.split()) for line in element.text_content().split("\n")]
        if element.find(".//br") is not None
        else [_words(element)]
    )


def _table(table: Any) -> list[list[str]]:
    grid: dict[tuple[int, int], str] = {}
    number = 0
    for row in table.iter("tr"):
        at = 0
        for cell in row.iter("td", "th"):
            # A cell from a row above spans this place.
            while (number, at) in grid:
                at += 1
            text = " ".join(cell.text_content().split())
            for down in range(_span(cell, "rowspan")):
                for across in range(_span(cell, "colspan")):
                    grid[number + down, at + across] = text
            at += _span(cell, "colspan")
        number += 1
    width = max((at for _, at in grid), default=-1) + 1
    return [[grid.get((row, at), "") for at in range(width)] for row in range(number)]


def _span(cell: Any, name: str) -> int:
    stated = cell.get(name) or ""
    return min(max(int(stated), 1), _MOST) if stated.isdecimal() else 1
