"""What a document is made of, by meaning and not by looks; every writer (Word now, others later) reads only this.

A document is a flat list of blocks in reading order. Text within a block is a plain string, or a tuple of strings and
spans where some words mean something else than the rest. A newline in a text is a new line in the same paragraph.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto


class Emphasis(Enum):
    """What words within a text are, beside plain."""

    NONE = auto()
    STRONG = auto()
    SOFT = auto()
    """Said beside the text, such as who spoke."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words within a text; `target` is the bookmark of the heading, table or figure that they lead to.

    With a target and without words, a writer puts the number of that heading, or its text where it has none; of a
    table or figure its label and number, "Tabel 2".
    """

    text: str
    emphasis: Emphasis = Emphasis.NONE
    target: str = ""


Text = str | tuple[str | Span, ...]


class HeadingKind(Enum):
    """How a heading counts."""

    CHAPTER = auto()
    """Numbered in the body: 1, 1.1."""
    UNNUMBERED = auto()
    """Ahead of or behind the numbered chapters."""
    ANNEX = auto()
    """Numbered as annex: A, B."""
    FLOWING = auto()
    """Of a short document: without number, and never on a new page for its own sake."""


class Role(Enum):
    """What a paragraph is for."""

    BODY = auto()
    LEAD = auto()
    """Opens a chapter."""
    QUESTION = auto()
    """A question as it was asked."""
    INSIGHT = auto()
    """A finding with its support."""
    REMARK = auto()
    """Small print: how something was made or must be read."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page, or the head of a short document (`page` off): `details` are pairs of a label and a value."""

    title: str
    subtitle: str = ""
    status: str = ""
    details: tuple[tuple[str, str], ...] = ()
    page: bool = True


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, filled from the headings up to and with `depth`."""

    title: str
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 to 3. `bookmark` is a name to refer to, unique in the document."""

    level: int
    text: str
    kind: HeadingKind = HeadingKind.CHAPTER
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: Text
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; `ordered` lists each count from 1."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody, without quotation marks, and who said them."""

    text: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption above it.

    `widths` are parts of the whole, one a column. `description` says in a sentence what one sees, for who can't.
    `bookmark` is a name to refer to, unique in the document.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...]
    description: str
    bookmark: str = ""


class FigureKind(Enum):
    """How a figure shows its numbers."""

    BARS = auto()
    """Lying bars, first category on top, the series of a category below each other."""
    STACKED = auto()
    """Lying bars, first category on top, the series of a category end to end."""
    COLUMNS = auto()
    """Standing bars from left to right, the series of a category beside each other."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one kind, one a category; `name` stands in the legend where there are more series."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Numbers as bars, with a caption below; a writer that can't draw shows `table()`, which says the same.

    `category_label` names what the categories are ("Sector"), `unit` what is counted ("panelleden"). The numbers have
    `decimals` digits behind the comma. `description` says in a sentence what one sees, for who can't; `bookmark` is a
    name to refer to, unique in the document.
    """

    kind: FigureKind
    caption: str
    category_label: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    description: str
    decimals: int = 0
    bookmark: str = ""

    def shown(self, value: float) -> str:
        """Return a number as Dutch writes it, "4,5"."""
        return f"{value:.{self.decimals}f}".replace(".", ",")

    def table(self) -> Table:
        """Return the same numbers as a table: a row a category, a column a series."""
        rows = tuple(
            (name, *(self.shown(series.values[at]) for series in self.series))
            for at, name in enumerate(self.categories)
        )
        header = (self.category_label, *(series.name for series in self.series))
        widths = (2.0, *(1.0 for _ in self.series))
        return Table(self.caption, header, rows, widths, self.description, self.bookmark)


Block = Cover | Contents | Heading | Paragraph | ItemList | Quote | Table | Figure


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says about itself; `made` in UTC, so that the same document gives the same bytes."""

    author: str = ""
    subject: str = ""
    keywords: str = ""
    made: dt.datetime = dt.datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `language` as in BCP 47; `table_label` and `figure_label` are the words in captions."""

    title: str
    blocks: tuple[Block, ...]
    language: str = "nl-NL"
    properties: Properties = Properties()
    table_label: str = "Tabel"
    figure_label: str = "Figuur"


def plain(text: Text) -> str:
    """Return the words of a text."""
    return text if isinstance(text, str) else "".join(part if isinstance(part, str) else part.text for part in text)
