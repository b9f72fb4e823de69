"""Who says each line of a pasted list: whose name stands above it, or before the words it goes on with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.capture.tokens import BULLET
from sto_desktop.domain.live.draft import said_by
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.ordinary_words import is_persons_name
from sto_desktop.domain.names.said_by import speakers_in_heading
from sto_desktop.domain.privacy.participation import speaks

_LONGEST_NAME = 48
"""Characters, with a title or a function."""


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line that becomes a note; `under`: the members (ids) whose it is, if its own words say nothing else."""

    text: str
    under: tuple[str, ...] = ()


@dataclass
class _Above:
    """Whose words stand below a line, which may be their name alone; `depth`: of a list, 0 for a line in none."""

    text: str = ""
    owners: tuple[str, ...] = ()
    depth: int = 0
    alone: bool = False


def pasted_lines(notes: Sequence[str], members: Sequence[Panelist]) -> tuple[PastedLine, ...]:
    """Return the lines of a pasted list that are notes, without those that are only a member's name above others.

    A line goes on with the name or the words above it in a list if it stands deeper, elsewhere if neither is a point.
    """
    return tuple(_pasted(notes, members))


def _pasted(notes: Sequence[str], members: Sequence[Panelist]) -> Iterator[PastedLine]:
    above = _Above()
    for note in notes:
        bullet = BULLET.match(note.lstrip())
        depth = len(note) - len(note.lstrip()) + 1 if bullet else 0
        label, colon, words = note.lstrip()[bullet.end() if bullet else 0 :].partition(":")
        says = _owners(label, members) if colon or len(label) <= _LONGEST_NAME else ()
        # Somebody who is no member speaks too; another word before a colon is one of the words.
        named = says or (colon and is_persons_name(label.partition(" ")[0]))
        if above.alone and named and not words.strip():
            # Names under each other are a list of names.
            yield PastedLine(above.text)
        if named:
            above = _Above(note, says, depth, alone=bool(says) and not words.strip())
            if not above.alone:
                yield PastedLine(note)
            continue
        if depth > above.depth or depth == above.depth == 0:
            above.alone = False
            yield PastedLine(note, above.owners)
            continue
        if above.alone:
            yield PastedLine(above.text)
        above = _Above()
        yield PastedLine(note)
    if above.alone:
        yield PastedLine(above.text)


def _owners(label: str, members: Sequence[Panelist]) -> tuple[str, ...]:
    if len(label) > _LONGEST_NAME or "\n" in label:
        return ()
    ids = speakers_in_heading(label.strip(), members)
    return tuple(member.id for member in members if member.id in ids)


def said_under(captured: Captured, under: Sequence[str], speaker: str | None) -> Captured:
    """Return a captured line with those among its voices under whose name it stands (ids), or who was chosen by seat;
    unless it names who says it.
    """
    if not under:
        return said_by(captured, speaker)
    if speaks(captured):
        return captured
    for owner in reversed(under):
        captured = said_by(captured, owner)
    return captured
