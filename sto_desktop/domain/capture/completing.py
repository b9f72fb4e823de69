"""Completions of a word after `@` or `#` while it is typed: members, labels, and new members."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sto_desktop.domain.capture.tokens import WORD, WORD_START, is_possessive
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import EVERYBODY, called, fold, name_index
from sto_desktop.language import tr
from sto_desktop.patterns import lazy_re

_PARTIAL = lazy_re(rf"{WORD_START}(?:[@#]({WORD}(?:{WORD}|[-'’.])*)?|@{WORD}(?:{WORD}|[-'’.])*[+−–~])$")
_REST_OF_WORD = lazy_re(rf"(?:{WORD}|[-'’.](?={WORD}))*")


class Option(NamedTuple):
    """One completion: its replacement text and its label. `adds`: the name of a new member."""

    text: str
    label: str
    panelist: str | None = None
    adds: str = ""


class Completions(NamedTuple):
    """Completions of the word at the cursor; each replaces [start, end) of the line, in code points."""

    start: int
    end: int
    options: tuple[Option, ...] = ()


def completions(line: str, cursor: int, panelists: Sequence[Panelist], tags: Sequence[str]) -> Completions:
    """Return the completions of the `@` or `#` word at the cursor; no options without one."""
    # A limited window keeps typing fast in a very long line.
    window = max(0, cursor - 80)
    match = _PARTIAL.search(line[:cursor], window)
    if not match:
        return Completions(cursor, cursor)
    rest = _REST_OF_WORD.match(line, cursor)
    start, end = match.start(), rest.end() if rest else cursor
    typed, whole = match[0][1:], line[match.start() + 1 : end]
    names = name_index(panelists)
    if line[start] == "#":
        wanted = fold(typed)
        close = [tag for tag in tags if fold(tag).startswith(wanted)]
        # What stands behind the cursor goes with a label or name only if it belongs to it.
        end = end if any(fold(tag).startswith(fold(whole)) for tag in close) else cursor
        return Completions(start, end, tuple(Option(f"#{tag}", f"#{tag}") for tag in close))
    if names.complete(typed) and not names.complete(whole):
        end = cursor
    # "@peter's" is whole: as the start of "Peter Schol" it would lose its ending.
    if is_possessive(typed, names):
        return Completions(cursor, cursor)
    # A stance sign follows the name. A hyphen is one too, unless the name may continue after it.
    signs = tuple("+−–~") if _continues_a_name(typed, panelists) else tuple("+−–~-")
    sign = typed[-1:] if typed[-1:] in signs else ""
    typed = typed.removesuffix(sign)
    if sign and len(names.find(typed)) == 1:
        return Completions(cursor, cursor)
    options = [
        Option(f"@{names.handle(member, by_name=not typed.isdecimal())}{sign}", _label(member), member.id)
        for member in names.complete(typed)
    ]
    if sign:
        return Completions(start, end, tuple(options))
    if panelists and EVERYBODY.startswith(fold(typed)):
        options.append(Option(f"@{EVERYBODY}", tr("allen: iedereen valt bij")))
    typed = line[start + 1 : end]
    if not options and is_name(typed):
        name = as_name(typed)
        options.append(Option(f"@{typed}", tr("{name} toevoegen als panellid", name=name), adds=name))
    return Completions(start, end, tuple(options))


def _continues_a_name(typed: str, panelists: Sequence[Panelist]) -> bool:
    """Return whether a member's name continues after these letters and their hyphen: "Jan-" of Jan-Willem."""
    begins = re.compile(rf"(?<!\w){re.escape(fold(typed))}")
    return any(begins.search(fold(f"{member.first_name} {member.name}")) for member in panelists)


def goes_on(typed: str, panelists: Sequence[Panelist]) -> bool:
    """Return whether after this `@` word more words of a surname follow: "@oude" of Oude Wessel."""
    return typed.startswith("@") and name_index(panelists).goes_on(typed[1:])


def is_whole(typed: str, panelists: Sequence[Panelist]) -> bool:
    """Return whether an `@` word is the name of one member already."""
    return typed.startswith("@") and len(name_index(panelists).find(typed[1:])) == 1


def is_name(typed: str) -> bool:
    """Return whether a word after `@` could be a person's name."""
    return len(typed) > 1 and all(character.isalpha() or character in "-'’." for character in typed)


def as_name(typed: str) -> str:
    """Return a name as typed after `@`, with capitals added if it has none."""
    # Capitals that were typed are deliberate.
    if typed != typed.lower():
        return typed
    return "-".join(part[:1].upper() + part[1:] for part in typed.split("-"))


def _label(member: Panelist) -> str:
    seat = "" if member.seat is None else str(member.seat)
    parts = (seat, member.name or called(member), member.sector or member.organisation)
    return " · ".join(part for part in parts if part)
