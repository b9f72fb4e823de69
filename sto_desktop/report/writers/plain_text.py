"""Writes a document as plain text, for the clipboard and for programs without formatted text."""

from __future__ import annotations

from collections.abc import Iterator

from sto_desktop.domain.dutch import quoted
from sto_desktop.report.blocks.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Table,
    Text,
)
from sto_desktop.report.blocks.numbering import Labels, label
from sto_desktop.report.look.markup import clean


def plain_text(document: Document) -> str:
    """Return the document as text: a blank line between blocks, tabs between the cells of a row."""
    labels = label(document)
    pieces = [piece for at, block in enumerate(document.blocks) for piece in _block(labels, at, block)]
    return "\n\n".join(pieces) + "\n"


def _block(labels: Labels, at: int, block: Block) -> Iterator[str]:
    block_label = labels.blocks.get(at)
    match block:
        case Paragraph():
            yield from _some(_words(labels, block.text))
        case ItemList():
            items = [words for words in (_words(labels, text) for text in block.items) if words]
            marks = [f"{number}." if block.ordered else "–" for number in range(1, len(items) + 1)]
            yield from _some("\n".join(f"{mark} {words}" for mark, words in zip(marks, items, strict=True)))
        case Heading():
            if block_label is not None:
                yield f"{block_label.number} {block_label.text}".strip()
        case Quote():
            if block.text.strip():
                yield quoted(clean(block.text)) + (f"\n{clean(block.attribution)}" if block.attribution.strip() else "")
        case Table() | Figure():
            if block_label is not None:
                table = block.table() if isinstance(block, Figure) else block
                rows = ["\t".join(" ".join(_words(labels, cell).split()) for cell in row) for row in table.rows]
                yield "\n".join([f"{block_label.number}. {block_label.text}", "\t".join(table.header), *rows])
        case Cover():
            details = [f"{name}: {words}" for name, words in block.details if words.strip()]
            yield "\n".join(text for text in (block.title, block.subtitle, block.status, *details) if text.strip())
        case Contents():
            return  # useless without pages and links


def _some(text: str) -> Iterator[str]:
    if text:
        yield text


def _words(labels: Labels, text: Text) -> str:
    return clean("".join(words for words, _, _ in labels.pieces(text))).strip()
