"""Decides which lines of a pasted list, or of the line being typed, are notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sto_desktop.domain.capture.language import PARK_SIGN, SIGNS
from sto_desktop.domain.capture.tokens import BULLET, LONGEST_NAME, STANCES, WORD
from sto_desktop.domain.capture.view import view_of
from sto_desktop.domain.capture.wrapping import BRACKETS, DOUBLE_QUOTES, SINGLE_QUOTES
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.record import clean_text
from sto_desktop.patterns import lazy_re

_NAMED, _SEAT = lazy_re(r"@(?!\d)"), lazy_re(r"@\d")
_HEADING = lazy_re(r"\s*#{1,6}[ \t]+(\S.*?)[ \t]*#*")
_CONTINUES = lazy_re(r"[ \t]{2,}|\t")

_SIGNS_ALONE = (
    "".join(SIGNS) + PARK_SIGN + DOUBLE_QUOTES + SINGLE_QUOTES + "".join(BRACKETS) + "@#-*•–—_|=~\\ \t\n\u00a0\u202f"
)


_NAMES = lazy_re(rf"(?<!\S)@{WORD}(?:{WORD}|[-'’.])*[{re.escape(''.join(STANCES))}]?(?!\S)")


def says_something(text: str) -> bool:
    """Return whether a text has more than speakers and labels: signs, quotes, brackets and names of nobody here alone
    are no note.
    """
    return _has_letters(_NAMES.sub("", text))


def _has_letters(text: str) -> bool:
    return bool(text.strip(_SIGNS_ALONE))


def _is_a_sentence(line: str) -> bool:
    """Return whether a line surely has more than speakers and labels, without reading it: it has more words than these
    could have.
    """
    names, seats = len(_NAMED.findall(line)), len(_SEAT.findall(line))
    most = names * (1 + LONGEST_NAME + 1) + seats * 2 + line.count("#")
    return sum(map(says_something, line.split())) > most


def headings_in(text: str) -> tuple[str, ...]:
    """Return the words of the headings of Markdown in a text, which are no notes."""
    return tuple(match[1] for line in clean_text(text).split("\n") if (match := _HEADING.fullmatch(line)))


def listed_notes(text: str, panelists: Sequence[Panelist] = (), *, headed: bool = False) -> tuple[str, ...]:
    """Return the notes of a text in the capture language. Each line is a note; an indented line after a line with a
    bullet continues it. Speakers and labels alone belong to the previous note, or to the first one. Blank lines,
    signs alone and headings are ignored; `headed`: a heading is an item too, "# Vervoer", which is no note.
    """
    notes: list[str] = []
    alone: list[str] = []
    bullet_above = False
    for line in clean_text(text).split("\n"):
        if heading := _HEADING.fullmatch(line):
            bullet_above = False
            notes += [f"# {heading[1]}"] if headed else ()
            continue
        if not _is_a_sentence(line) and not says_something(view_of(line, panelists).text):
            if _has_letters(line):
                # A line of speakers or labels belongs to the note above it; before the first note it is kept for that
                # one.
                above = notes and not notes[-1].startswith("# ")
                (notes if above else alone).append(f"{notes.pop()}\n{line.strip()}" if above else line.strip())
            continue
        bullet = BULLET.match(line.lstrip()) is not None
        if bullet_above and not bullet and _CONTINUES.match(line):
            notes[-1] += f"\n{line.strip()}"
            continue
        # A point keeps its depth.
        notes.append("\n".join((*alone, line.rstrip() if bullet and not alone else line.strip())))
        alone.clear()
        bullet_above = bullet
    return tuple(notes or alone)
