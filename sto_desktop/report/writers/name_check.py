"""The final check of a verslag: every place where a member's name is still in it, intended or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.grades import Grade
from sto_desktop.domain.names.mentions import beside, finder_of
from sto_desktop.domain.privacy.given import stands_in_given
from sto_desktop.domain.privacy.naming import Naming
from sto_desktop.language import tr
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

# Characters shown before and after a name.
_AROUND = 36


@dataclass(frozen=True, slots=True)
class StandingName:
    """A member's name in a document: the name as written, under which heading, and the words around it.

    `allowed`: this member may be named in this document.
    """

    name: str
    heading: str
    around: str
    allowed: bool


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


def _all_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (heading, text) for every text of a document, including its properties."""
    properties = document.properties
    for text in (document.title, properties.author, properties.subject, properties.keywords):
        yield tr("eigenschappen van het bestand"), text
    heading = "begin"
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
        for text in texts_of(block):
            yield heading, text


def texts_of_document(document: Document) -> tuple[str, ...]:
    """Return every text of a document, including its properties."""
    return tuple(text for _, text in _all_texts(document))


def standing_names(
    document: Document, panelists: Iterable[Panelist], naming: Naming, file_name: str = ""
) -> tuple[StandingName, ...]:
    """Return every place in a document or its file name with a member's name, and whether it is allowed.

    Includes capitalised first or last names that are also ordinary words: a person sees at once which they are.
    """
    members = {panelist.id: panelist for panelist in panelists}
    finder = finder_of(tuple(members.values()))
    standing = []
    for heading, text in (*_all_texts(document), (tr("naam van het bestand"), file_name)):
        of_others = naming.elsewhere.find(text)
        for mention in beside(finder.find(text), of_others):
            # Names of other panels that are also words occur thousands of times; a person saw these in the texts
            # already.
            doubtful = mention in of_others and mention.grade is Grade.DOUBTFUL
            if mention.grade is Grade.UNLIKELY or doubtful or stands_in_given(text, mention.start, mention.end):
                continue
            allowed = mention not in of_others and all(
                naming.shows_name(members[panelist]) for panelist in mention.panelists
            )
            start, end = max(0, mention.start - _AROUND), mention.end + _AROUND
            around = " ".join(text[start:end].split())
            whole = f"{'…' if start else ''}{around}{'…' if end < len(text) else ''}"
            standing.append(StandingName(mention.name, heading, whole, allowed))
    return tuple(standing)
