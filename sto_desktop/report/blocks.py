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
    """Words within a text; `target` is the bookmark of the heading that they lead to.

    With a target and without words, a writer puts the number of that heading, or its text where it has none.
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
    """The first page: `details` are pairs of a label and a value."""

    title: str
    subtitle: str = ""
    status: str = ""
    details: tuple[tuple[str, str], ...] = ()


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
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...]
    description: str


Block = Cover | Contents | Heading | Paragraph | ItemList | Quote | Table


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says about itself; `made` in UTC, so that the same document gives the same bytes."""

    author: str = ""
    subject: str = ""
    keywords: str = ""
    made: dt.datetime = dt.datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `language` as in BCP 47; `table_label` is the word for a table in a caption."""

    title: str
    blocks: tuple[Block, ...]
    language: str = "nl-NL"
    properties: Properties = Properties()
    table_label: str = "Tabel"


def plain(text: Text) -> str:
    """Return the words of a text."""
    return text if isinstance(text, str) else "".join(part if isinstance(part, str) else part.text for part in text)
