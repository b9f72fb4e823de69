"""Numbers headings, tables and figures for every writer but Word, which numbers them itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sto_desktop.report.blocks.blocks import Block, Document, Emphasis, Figure, Heading, HeadingKind, Table, Text
from sto_desktop.report.blocks.counting import letters


@dataclass(frozen=True, slots=True)
class BlockLabel:
    """The label of a block: `number` precedes a heading ("1.1", "Bijlage A.") or a caption ("Tabel 2").

    `anchor` is the target of links, unique in the document.
    """

    number: str
    anchor: str
    text: str

    @property
    def reference(self) -> str:
        """The text of a reference to the block."""
        return self.number.rstrip(".") or self.text


@dataclass(frozen=True)
class Labels:
    """The labels of a document: `blocks` by index of the block, `named` by bookmark."""

    blocks: Mapping[int, BlockLabel]
    named: Mapping[str, BlockLabel]

    def pieces(self, text: Text) -> Iterator[tuple[str, Emphasis, BlockLabel | None]]:
        """Yield the words of a text, each with its emphasis and the block that it links to."""
        for part in (text,) if isinstance(text, str) else text:
            if isinstance(part, str):
                yield part, Emphasis.NONE, None
            else:
                block = self.named.get(part.target)
                yield part.text or (block.reference if block else ""), part.emphasis, block

    def headings(self, blocks: Sequence[Block], depth: int) -> list[tuple[Heading, BlockLabel]]:
        """Return the headings for a table of contents."""
        return [
            (block, self.blocks[at])
            for at, block in enumerate(blocks)
            if isinstance(block, Heading) and block.level <= depth and at in self.blocks
        ]


def label(document: Document, *, numbered: bool = True) -> Labels:
    """Return the labels of a document; empty headings, tables and figures have none.

    `numbered`: chapters and their sections are numbered.
    """
    counts = _Counts(document, numbered)
    blocks: dict[int, BlockLabel] = {}
    named: dict[str, BlockLabel] = {}
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Heading | Table | Figure):
            continue
        number = counts.of(block)
        if number is None:
            continue
        text = block.text if isinstance(block, Heading) else block.caption
        # A bookmark that is used twice refers to its first block; the second one gets an anchor of its own.
        mark = block.bookmark if block.bookmark not in named else ""
        block_label = BlockLabel(number, mark or f"deel-{at + 1}", " ".join(text.split()))
        blocks[at] = block_label
        if mark:
            named[mark] = block_label
    return Labels(blocks, named)


class _Counts:
    """The counters of a document, advanced block by block."""

    def __init__(self, document: Document, numbered: bool) -> None:
        self._document = document
        self._numbered = numbered
        self._chapter = self._section = self._annex = self._tables = self._figures = 0

    def of(self, block: Heading | Table | Figure) -> str | None:
        """Return the number of the next block; None if the block is empty and so not shown."""
        match block:
            case Heading():
                return self._heading(block) if block.text.strip() else None
            case Table():
                if not block.rows:
                    return None
                self._tables += 1
                return f"{self._document.table_label} {self._tables}"
            case Figure():
                if not block.categories or not block.series:
                    return None
                self._figures += 1
                return f"{self._document.figure_label} {self._figures}"

    def _heading(self, heading: Heading) -> str:
        if heading.kind is HeadingKind.CHAPTER and not self._numbered:
            return ""
        if heading.kind is HeadingKind.CHAPTER and heading.level == 1:
            self._chapter, self._section = self._chapter + 1, 0
            return f"{self._chapter}"
        if heading.kind is HeadingKind.CHAPTER and heading.level == 2:
            self._section += 1
            return f"{self._chapter}.{self._section}"
        if heading.kind is HeadingKind.ANNEX and heading.level == 1:
            self._annex += 1
            return f"Bijlage {letters(self._annex)}."
        return ""
