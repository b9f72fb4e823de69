"""Who says each line of a pasted list: whose name stands above it, or before the words it goes on with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.capture.tokens import BULLET
from sto_desktop.domain.live.draft import said_by
from sto_desktop.domain.live.noting import speaks
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.ordinary_words import is_persons_name
from sto_desktop.domain.names.said_by import speakers_in_heading
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.patterns import lazy_re

_HEADING = lazy_re(r"# ")
_MOST_NAME_WORDS = 5
_LONGEST_NAME = 48
"""Characters, with a title or a function."""


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line that becomes a note. `under`: the members (ids) whose it is, if its own words say nothing else, or
    `stranger`: the name of somebody who is no member.
    """

    text: str
    under: tuple[str, ...] = ()
    stranger: str = ""


@dataclass
class _Above:
    """Whose words stand below a line, which may be their name alone; `depth`: of a list, 0 for a line in none.
    `stranger`: the name of somebody who is no member, or not yet.
    """

    text: str = ""
    owners: tuple[str, ...] = ()
    stranger: str = ""
    depth: int = 0
    alone: bool = False


def pasted_lines(notes: Sequence[str], members: Sequence[Panelist]) -> tuple[PastedLine, ...]:
    """Return the lines of a pasted list that are notes, without its headings ("# Vervoer") and those that are only
    somebody's name above others.

    A line goes on with the name or the words above it in a list if it stands deeper, elsewhere if neither is a point.
    """
    return tuple(_pasted(notes, members))


def _pasted(notes: Sequence[str], members: Sequence[Panelist]) -> Iterator[PastedLine]:
    above = _Above()
    for note in notes:
        if heading := _HEADING.match(note):
            if above.alone:
                yield PastedLine(above.text)
            label = note[heading.end() :].rstrip(": ")
            says = _owners(label, members)
            above = _Above(owners=says, stranger="" if says else _stranger(label))
            continue
        bullet = BULLET.match(note.lstrip())
        depth = len(note) - len(note.lstrip()) + 1 if bullet else 0
        label, colon, words = note.lstrip()[bullet.end() if bullet else 0 :].partition(":")
        says = _owners(label, members) if colon or len(label) <= _LONGEST_NAME else ()
        # Somebody who is no member, or not yet, speaks too; another word before a colon is one of the words.
        stranger = "" if says or not colon else _stranger(label)
        named = says or stranger
        if above.alone and named and not words.strip():
            # Names under each other are a list of names.
            yield PastedLine(above.text)
        if named:
            above = _Above(note, says, stranger, depth, alone=bool(says or stranger) and not words.strip())
            if not above.alone:
                yield PastedLine(note)
            continue
        if depth > above.depth or depth == above.depth == 0:
            above.alone = False
            yield PastedLine(note, above.owners, above.stranger)
            continue
        if above.alone:
            yield PastedLine(above.text)
        above = _Above()
        yield PastedLine(note)
    if above.alone:
        yield PastedLine(above.text)


def _stranger(label: str) -> str:
    """Return a label that is a person's name alone; empty for another."""
    words = label.split()
    return " ".join(words) if 0 < len(words) <= _MOST_NAME_WORDS and is_persons_name(words[0]) else ""


def _owners(label: str, members: Sequence[Panelist]) -> tuple[str, ...]:
    if len(label) > _LONGEST_NAME or "\n" in label:
        return ()
    ids = speakers_in_heading(label.strip(), members)
    return tuple(member.id for member in members if member.id in ids)


def said_under(captured: Captured, line: PastedLine, speaker: str | None) -> Captured:
    """Return a captured line with those among its voices under whose name it stands, or who was chosen by seat; unless
    it names who says it.
    """
    if line.stranger and not captured.strangers and not speaks(captured):
        return replace(captured, strangers=((line.stranger, Stance.SAYS),))
    if not line.under:
        return said_by(captured, speaker)
    if speaks(captured):
        return captured
    for owner in reversed(line.under):
        captured = said_by(captured, owner)
    return captured
