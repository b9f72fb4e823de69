"""The texts of a document, for the check that no name is left in it."""

from __future__ import annotations

from collections.abc import Iterator

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
    plain,
)


def texts_of(block: Block) -> Iterator[str]:
    """Yield every text of a block, in order, including descriptions for screen readers."""
    match block:
        case Cover():
            yield from (block.title, block.subtitle, *(value for _, value in block.details), block.status)
        case Contents():
            yield block.title
        case Heading():
            yield block.text
        case Paragraph():
            yield plain(block.text)
        case ItemList():
            yield from map(plain, block.items)
        case Quote():
            yield from (block.text, block.attribution)
        case Table():
            yield from (block.caption, *block.header, *(plain(cell) for row in block.rows for cell in row))
            yield block.description
        case Figure():
            yield from (block.caption, *block.categories, *(series.name for series in block.series), block.description)


def texts_of_document(document: Document) -> tuple[str, ...]:
    """Return every text of a document, including its properties."""
    properties = document.properties
    told = (document.title, properties.author, properties.subject, properties.keywords)
    return (*told, *(text for block in document.blocks for text in texts_of(block)))
