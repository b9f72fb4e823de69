"""A document as a person sees it: paragraphs and tables in their order, whatever program wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph. `level`: 1 to 9 a heading, -1 the document's title, 0 text.

    `look`: how it stands out from the text around it ("vet", "hoofdletters"), by which lines are alike. `speaker` and
    `at` (since the start): who says it and when, where the format states so. `left_out`: why it is no text of the
    document. `item`: it is an item of a list, `depth` of a list in a list (from 0). `fact`: it stands in the front
    matter of Markdown. `apart`: an empty line stands above it. `another`: a dash before it in captions says that
    somebody else speaks. `style`: the name of a style of this program's own.
    """

    text: str
    level: int = 0
    look: str = ""
    speaker: str = ""
    at: dt.timedelta | None = None
    left_out: str = ""
    item: bool = False
    fact: bool = False
    depth: int = 0
    apart: bool = False
    another: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the cells of its rows as text; `headed`: the first row is one of headings, as its format states."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    headed: bool = False


@dataclass(frozen=True, slots=True)
class FileText:
    """Paragraphs and tables in order; `told`: what of the file was not read, in sentences. `ours`: this program wrote
    it, so each of its points is a note in the capture language, whatever it looks like.
    """

    blocks: tuple[TextBlock | Grid, ...]
    told: tuple[str, ...] = ()
    ours: bool = False

    @property
    def grids(self) -> Iterator[Grid]:
        """The tables in it."""
        return (block for block in self.blocks if isinstance(block, Grid))


def titled(blocks: tuple[TextBlock | Grid, ...]) -> tuple[TextBlock | Grid, ...]:
    """Return the blocks of a word processor's document, in which a single heading 1 above all others, with two levels
    below it, is the title.
    """
    levels = [(at, block.level) for at, block in enumerate(blocks) if isinstance(block, TextBlock) and block.level > 0]
    firsts = [at for at, level in levels if level == 1]
    if len(firsts) != 1 or not {2, 3} <= {level for _, level in levels} or levels[0][1] != 1:
        return blocks

    def moved(block: TextBlock | Grid) -> TextBlock | Grid:
        if isinstance(block, Grid) or block.level <= 0:
            return block
        return replace(block, level=block.level - 1 or -1)

    return tuple(map(moved, blocks))
