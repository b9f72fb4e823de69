"""Definitief wissen: which words go with a remark or a person, how they are found elsewhere, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sto_desktop.domain.log.change import Erasure
from sto_desktop.domain.model import Note, Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import surname_of
from sto_desktop.domain.record import spec_of

LEFT_OUT = "…"
"""What stands in a text where words were wiped."""

_SHORT = 12
"""A remark of fewer signs is not looked for elsewhere: «Ja.» stands everywhere."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """What goes: rows (table, id) with the fields that are wiped, and the words to look for elsewhere.

    `sure`: words that mean nothing else; `perhaps`: a first name, which can be somebody else's.
    """

    rows: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    sure: re.Pattern[str] | None = None
    perhaps: re.Pattern[str] | None = None

    @property
    def erasures(self) -> tuple[Erasure, ...]:
        """The values that are wiped for good."""
        return tuple(Erasure(table, row, field) for table, row in self.rows for field in self.fields)

    def spans(self, text: str) -> tuple[tuple[Span, ...], bool]:
        """Return where the words stand in a text, and whether they surely mean this."""
        for pattern, sure in ((self.sure, True), (self.perhaps, False)):
            found = tuple(match.span() for match in pattern.finditer(text)) if pattern else ()
            if found:
                return found, sure
        return (), False


@dataclass(frozen=True, slots=True)
class Trace:
    """A field elsewhere in which the words stand now (`spans` in `text`), or stood before (no spans).

    `there`: the row is not deleted. `replaceable`: a row with the other words can take its place; otherwise the whole
    field goes, and stays empty.
    """

    table: str
    row: str
    field: str
    text: str
    spans: tuple[Span, ...]
    sure: bool
    there: bool
    replaceable: bool

    @property
    def erasure(self) -> Erasure:
        """The value that is wiped."""
        return Erasure(self.table, self.row, self.field)

    @property
    def rest(self) -> str:
        """What is left of the text; empty where nothing else was said."""
        return without(self.text, self.spans)


def without(text: str, spans: Iterable[Span]) -> str:
    """Return a text without some of its words; empty where no other words are left."""
    kept: list[str] = []
    position = 0
    for start, end in spans:
        kept += (text[position:start], LEFT_OUT)
        position = end
    rest = "".join((*kept, text[position:])).strip()
    return rest if re.search(r"\w", rest) else ""


def phrases(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds these texts as whole words, in any case and with any white space; None where there are none."""
    words = {text.strip(" .,;:!?…\n") for text in texts}
    parts = [r"\s+".join(map(re.escape, one.split())) for one in sorted(words, key=len, reverse=True) if one]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None


def remark(note: NoteContent) -> Target:
    """Return what goes with a remark that was made off the record: the note, with what is bundled in it."""
    long = [part.text for part in note.parts if len(part.text.strip()) >= _SHORT]
    return Target(tuple(("note", item) for item in note.ids), spec_of(Note).erased, phrases(long))


def member(panelist: Panelist) -> Target:
    """Return what goes with a person who asks to be erased; what they said stays, said by nobody."""
    surname = surname_of(panelist.name)
    full = [panelist.name] if " " in panelist.name.strip() else []
    sure = phrases([*full, *([surname] if len(surname) > 2 and " " in panelist.name else [])])
    first = [panelist.first_name or panelist.name]
    return Target((("panelist", panelist.id),), spec_of(Panelist).erased, sure, phrases(first))


def members(panelists: Iterable[Panelist]) -> Target:
    """Return what goes with several persons at once: a whole panel, when the term is over."""
    each = [member(panelist) for panelist in panelists]

    def any_of(patterns: Iterable[re.Pattern[str] | None]) -> re.Pattern[str] | None:
        found = [pattern.pattern for pattern in patterns if pattern]
        return re.compile("|".join(found), re.IGNORECASE) if found else None

    return Target(
        tuple(row for target in each for row in target.rows),
        spec_of(Panelist).erased,
        any_of(target.sure for target in each),
        any_of(target.perhaps for target in each),
    )
