"""The content model of a document: blocks that state their meaning, not their layout; all writers read only this.

A document is a flat list of blocks in reading order. Text within a block is a plain string, or a tuple of strings and
spans where some words have another emphasis or are a link. A newline is a line break within the paragraph.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto


class Emphasis(Enum):
    """The emphasis of words within a text."""

    NONE = auto()
    STRONG = auto()
    SOFT = auto()
    """Secondary to the text, such as who spoke."""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Words within a text; `target` is the bookmark of the heading, table or figure that they link to.

    With a target but no words, a writer shows the number of that heading (or its text if it is not numbered), or the
    label and number of that table or figure: "Tabel 2".
    """

    text: str
    emphasis: Emphasis = Emphasis.NONE
    target: str = ""


Text = str | tuple[str | TextSpan, ...]


class HeadingKind(Enum):
    """How a heading is numbered."""

    CHAPTER = auto()
    """Numbered in the body: 1, 1.1."""
    UNNUMBERED = auto()
    """Before or after the numbered chapters."""
    ANNEX = auto()
    """Numbered as annex: A, B."""
    FLOWING = auto()
    """In a short document: without a number, and never starts a new page."""


class ParagraphRole(Enum):
    """What a paragraph is for."""

    BODY = auto()
    LEAD = auto()
    """Opens a chapter."""
    QUESTION = auto()
    """A question as it was asked."""
    INSIGHT = auto()
    """A finding with its support."""
    REMARK = auto()
    """Small print: how something was made or how to read it."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page, or the head of a short document (`page` off): `details` are pairs of a label and a value.

    `whole`: the words of the title that are not spread over two lines.
    """

    title: str
    subtitle: str = ""
    status: str = ""
    details: tuple[tuple[str, str], ...] = ()
    page: bool = True
    whole: str = ""

    @property
    def unbroken_title(self) -> str:
        """The title, with spaces and hyphens that no line ends at where it has to stay whole."""
        if not self.whole:
            return self.title
        return self.title.replace(self.whole, self.whole.replace(" ", "\u00a0").replace("-", "\u2011"))


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: the headings down to and including level `depth`."""

    title: str
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 to 3. `bookmark` is the name that spans refer to, unique in the document."""

    level: int
    text: str
    kind: HeadingKind = HeadingKind.CHAPTER
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: Text
    role: ParagraphRole = ParagraphRole.BODY


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; each ordered list counts from 1."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, without quotation marks, and who said them."""

    text: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption above it.

    `widths` are relative, one for each column. `description` is the alternative text: one sentence on what is shown.
    `bookmark` is the name that spans refer to, unique in the document.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...]
    description: str
    bookmark: str = ""

    @classmethod
    def of_columns(
        cls,
        caption: str,
        columns: Iterable[tuple[str, float, Sequence[Text]]],
        optional: Iterable[tuple[str, float, Sequence[Text]]],
        description: str,
    ) -> Table:
        """Return a table of columns (heading, width, cells). An optional one in which nothing is filled in would only
        take width.
        """
        shown = [*columns, *(column for column in optional if any(column[2]))]
        cells = ([cell or "–" for cell in column] for _, _, column in shown)
        header, widths = tuple(title for title, _, _ in shown), tuple(width for _, width, _ in shown)
        return cls(caption, header, tuple(zip(*cells, strict=True)), widths, description)


class FigureKind(Enum):
    """How a figure shows its numbers."""

    BARS = auto()
    """Horizontal bars, first category at the top, the series of a category below each other."""
    STACKED = auto()
    """Horizontal bars, first category at the top, the series of a category end to end."""
    COLUMNS = auto()
    """Vertical bars from left to right, the series of a category beside each other."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one kind, one for each category; `name` is shown in the legend if there are several series."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Numbers as bars, with a caption below; a writer that can't draw shows `table()`, which has the same numbers.

    `category_label` names what the categories are ("Sector"), `unit` what is counted ("panelleden"). The numbers have
    `decimals` decimals. `description` is the alternative text: one sentence on what is shown; `bookmark` is the name
    that spans refer to, unique in the document.
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
        """Return a number with a decimal comma: "4,5"."""
        return f"{value:.{self.decimals}f}".replace(".", ",")

    def table(self) -> Table:
        """Return the same numbers as a table: one row for each category, one column for each series."""
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
    """The metadata of a file; `made` in UTC and fixed by default, so that the same document gives the same bytes."""

    author: str = ""
    subject: str = ""
    keywords: str = ""
    made: dt.datetime = dt.datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Document:
    """A document; `language` is a BCP 47 tag; `table_label` and `figure_label` are the words in captions."""

    title: str
    blocks: tuple[Block, ...]
    language: str = "nl-NL"
    properties: Properties = Properties()
    table_label: str = "Tabel"
    figure_label: str = "Figuur"


def starts_page(blocks: Sequence[Block], at: int) -> bool:
    """Return whether the block at an index starts a page: the contents, what follows them, and the first annex.
    Chapters flow.
    """
    block = blocks[at]
    if not at or not isinstance(block, Heading):
        return bool(at) and isinstance(block, Contents)
    if block.kind is HeadingKind.ANNEX and block.level == 1:
        return not any(isinstance(one, Heading) and one.kind is HeadingKind.ANNEX for one in blocks[:at])
    return isinstance(blocks[at - 1], Contents)


def plain(text: Text) -> str:
    """Return the words of a text without emphasis and links."""
    return text if isinstance(text, str) else "".join(piece if isinstance(piece, str) else piece.text for piece in text)
