"""Writes a document as Markdown (CommonMark with GitHub's tables), for pasting, a website or a text editor.

Characters with a meaning in Markdown are escaped, so that any text is shown as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
)
from sto_desktop.report.blocks.numbering import label
from sto_desktop.report.look.markup import clean

_SIGNS = re.compile(r"([\\`*_\[\]<>|~])")
_AMPERSAND = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)([#+-]|\d+[.)])(?=\s|$)|^(\s*)(=+|-+)(?=\s*$)", re.MULTILINE)


def markdown_bytes(document: Document) -> bytes:
    """Return the document as Markdown in UTF-8."""
    return _MarkdownWriter(document).text().encode()


class _MarkdownWriter:
    """Writes one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._labels = label(document)
        self._titled = False

    def text(self) -> str:
        """Return the document with a blank line between blocks."""
        pieces = [piece for at, block in enumerate(self._document.blocks) for piece in self._block(at, block)]
        # Without a cover no block shows the title.
        if not self._titled:
            pieces.insert(0, f"# {_line(self._document.title)}")
        return "\n\n".join(pieces) + "\n"

    def _block(self, at: int, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                words = self._text(block.text).strip()
                if words:
                    yield f"> {_lines(words, '> ')}" if block.role is ParagraphRole.INSIGHT else _lines(words)
            case ItemList():
                yield from self._items(block)
            case Heading():
                heading_label = self._labels.blocks.get(at)
                if heading_label is not None:
                    number = f"{_line(heading_label.number)} " if heading_label.number else ""
                    yield f"{'#' * min(block.level + 1, 6)} {number}{_line(heading_label.text)}"
            case Quote():
                if block.text.strip():
                    source = f"\n>\n> — {_line(block.attribution)}" if block.attribution.strip() else ""
                    yield f"> {_lines(_escaped(block.text.strip()), '> ')}{source}"
            case Table():
                yield from self._table(at, block)
            case Figure():
                yield from self._table(at, block.table())
            case Cover():
                yield from self._cover(block)
            case Contents():
                return  # programs that show Markdown make their own

    def _text(self, text: Text) -> str:
        pieces = []
        for piece, emphasis, _ in self._labels.pieces(text):
            words = _escaped(piece)
            bare = words.strip()
            # Markdown needs the asterisks directly next to the words, and spaces outside them.
            strong = emphasis is Emphasis.STRONG and bare and "\n" not in bare
            pieces.append(words.replace(bare, f"**{bare}**", 1) if strong else words)
        return "".join(pieces)

    def _items(self, block: ItemList) -> Iterator[str]:
        items = [words for words in (self._text(text).strip() for text in block.items) if words]
        if items:
            marks = [f"{at}. " if block.ordered else "- " for at in range(1, len(items) + 1)]
            yield "\n".join(mark + _lines(words, " " * len(mark)) for mark, words in zip(marks, items, strict=True))

    def _table(self, at: int, block: Table) -> Iterator[str]:
        caption = self._labels.blocks.get(at)
        if caption is None:
            return
        rows = [
            f"| {' | '.join(_line(cell) for cell in block.header)} |",
            f"|{' --- |' * len(block.header)}",
            *(f"| {' | '.join(_cell(self._text(cell)) for cell in row)} |" for row in block.rows),
        ]
        yield f"{_line(caption.number)}. {_line(caption.text)}"
        yield "\n".join(rows)

    def _cover(self, block: Cover) -> Iterator[str]:
        self._titled = True
        yield f"# {_line(block.title or self._document.title)}"
        for text in (block.subtitle, block.status):
            if text.strip():
                yield _line(text)
        details = [f"- {_line(name)}: {_line(words)}" for name, words in block.details if words.strip()]
        if details:
            yield "\n".join(details)


def _escaped(text: str) -> str:
    signs = _AMPERSAND.sub(r"\\&", _SIGNS.sub(r"\\\1", clean(text)))
    return _LINE_START.sub(_harmless, signs)


def _harmless(match: re.Match[str]) -> str:
    marker = match[2] or match[4]
    # Only punctuation can be escaped, so in "1." it is the full stop.
    if marker[0].isdigit():
        return f"{match[1]}{marker[:-1]}\\{marker[-1]}"
    return f"{match[1] or match[3] or ''}\\{marker}"


def _line(text: str) -> str:
    return " ".join(_escaped(text).split())


def _lines(text: str, indent: str = "") -> str:
    # Two trailing spaces make a line break; leading spaces are stripped, as they could make a code block.
    return f"  \n{indent}".join(line.strip() or "&nbsp;" for line in text.split("\n"))


def _cell(text: str) -> str:
    return "<br>".join(line.strip() for line in text.strip().split("\n"))
