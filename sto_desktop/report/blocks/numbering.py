"""What stands in front of headings, tables and figures, for every writer but Word, which counts itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sto_desktop.report.blocks.blocks import Block, Document, Figure, Heading, HeadingKind, Table
from sto_desktop.report.blocks.counting import letters


@dataclass(frozen=True, slots=True)
class Label:
    """What a block is called: `number` in front of a heading ("1.1", "Bijlage A:") or of a caption ("Tabel 2").

    `anchor` is what a link leads to, unique in the document.
    """

    number: str
    anchor: str
    text: str

    @property
    def reference(self) -> str:
        """How other places refer to it."""
        return self.number.rstrip(":") or self.text


@dataclass(frozen=True)
class Labels:
    """The labels of a document: of blocks by their place, and of what is referred to by bookmark."""

    blocks: Mapping[int, Label]
    named: Mapping[str, Label]

    def headings(self, blocks: Sequence[Block], depth: int) -> list[tuple[Heading, Label]]:
        """Return the headings for a table of contents."""
        return [
            (block, self.blocks[at])
            for at, block in enumerate(blocks)
            if isinstance(block, Heading) and block.level <= depth and at in self.blocks
        ]


def label(document: Document, *, numbered: bool = True) -> Labels:
    """Return the labels of a document; headings and tables without anything in them have none.

    `numbered`: chapters and their sections have a number in front.
    """
    counts = _Counts(document, numbered)
    blocks: dict[int, Label] = {}
    named: dict[str, Label] = {}
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Heading | Table | Figure):
            continue
        number = counts.of(block)
        if number is None:
            continue
        text = block.text if isinstance(block, Heading) else block.caption
        mark = block.bookmark if block.bookmark not in named else ""
        found = Label(number, mark or f"deel-{at + 1}", " ".join(text.split()))
        blocks[at] = found
        if mark:
            named[mark] = found
    return Labels(blocks, named)


class _Counts:
    """Counts while it passes."""

    def __init__(self, document: Document, numbered: bool) -> None:
        self._document = document
        self._numbered = numbered
        self._chapter = self._section = self._annex = self._tables = self._figures = 0

    def of(self, block: Heading | Table | Figure) -> str | None:
        """Return the number of the next block; None where nothing is shown of it."""
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
            return f"Bijlage {letters(self._annex)}:"
        return ""
