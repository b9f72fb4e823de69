"""How people write a seat at the table, the same for what is typed, pasted and imported: "stoel 4", "nr. 7", "P7",
"deelnemer nr 7", "stoel zeven", "@4".
"""

from __future__ import annotations

import re

from sto_desktop.patterns import lazy_re

_COUNTED = (
    "een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien"
    "|achttien|negentien|twintig"
)
_IN_WORDS = rf"(?:[eé]{{2}}n|{_COUNTED.removeprefix('een|')})"
_AT_TABLE = r"stoel(?:en|nummer|nr)?|st|plaats(?:nummer)?|zetel|nummer|nr|no"
_AND = r"(?:[,/&+;]|en(?![^\W\d_]))"
_ROLES = r"panellid|deelnemer|respondent|p"


def _called(words: str) -> str:
    """Return a pattern of a seat behind one or more of these words; a number in words stands apart: no "st-een"."""
    word = rf"(?<![^\W_])(?:{words})"
    return rf"(?:{word}\.?\s*)?{word}(?:\.?\s*\d{{1,2}}|\.?\s+{_IN_WORDS})(?![^\W_])"


def _listed(one: str) -> str:
    """Return a pattern of one or more seats; those behind the first may be mere numbers: "stoel 2, 4 en 5"."""
    return rf"{one}(?:\s*{_AND}\s*(?:{one}|\d{{1,2}}(?!\d)))*"


AT_TABLE = _listed(_called(_AT_TABLE))
"""One seat or several, called by a word for a seat; behind "deelnemer" other programs write their own numbers."""
_SEAT = rf"(?:{_called(f'{_AT_TABLE}|{_ROLES}')}|@\s?\d{{1,2}}(?!\d))"
_SEATS = lazy_re(rf"\s*{_listed(_SEAT)}\s*", re.IGNORECASE)
_NUMBER = r"\d{1,2}(?!\d)"
_NUMBERS = lazy_re(rf"\s*{_listed(f'(?:{_SEAT}|{_NUMBER})')}\s*", re.IGNORECASE)
_SEATS_AT_TABLE = lazy_re(rf"\s*{AT_TABLE}\s*", re.IGNORECASE)
_ONE = lazy_re(rf"\d+|(?<![^\W_]){_IN_WORDS}(?![^\W_])", re.IGNORECASE)
_NAMED = lazy_re(rf"{_called(r'stoel|st|panellid|deelnemer')}|@\s?\d{{1,2}}(?![^\W_])", re.IGNORECASE)

_EMPTY = "stoel "


def seats_in(label: str, *, bare: bool = False, roles: bool = True) -> tuple[int, ...]:
    """Return the seats that a text consists of; none if it is anything else.

    `bare`: a mere number is one too. `roles`: also "deelnemer 4" and "P4".
    """
    pattern = _NUMBERS if bare else _SEATS if roles else _SEATS_AT_TABLE
    return _numbers(label) if pattern.fullmatch(label) else ()


def seats_named(text: str) -> frozenset[int]:
    """Return the seats that a text names somewhere."""
    return frozenset(seat for match in _NAMED.finditer(text) for seat in _numbers(match[0]))


_SAID = lazy_re(r"(?<![\w@.])(?:stoel(?:nummer|nr\.?)?\s+|@)(?P<seat>[1-9]\d?)(?![\w%]|[.,:]\d)", re.IGNORECASE)


def seats_said(text: str) -> list[tuple[int, int, int]]:
    """Return where a text says one seat, and which: start, end, seat. "deelnemer 4" and the like may be no seat."""
    return [(*match.span(), int(match["seat"])) for match in _SAID.finditer(text)]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(
        int(one) if one.isdecimal() else _COUNTED.split("|").index(_plain(one)) + 1 for one in _ONE.findall(text)
    )


def _plain(word: str) -> str:
    return word.lower().replace("é", "e")


def seat_name(seat: int) -> str:
    """Return what a seat is called where nobody is known to sit: the name of an unknown speaker."""
    return f"{_EMPTY}{seat}"


_UNKNOWN = lazy_re(rf"{_EMPTY}\d{{1,2}}[^\w\s]?")


def apart(said_by: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the seats among the unknown speakers of a note ("stoel 4", "stoel 5+"), and the others."""
    speakers = [speaker for speaker in said_by.split(", ") if speaker]
    seats = tuple(filter(_UNKNOWN.fullmatch, speakers))
    return seats, tuple(speaker for speaker in speakers if speaker not in seats)


def as_typed(seat: str) -> str:
    """Return a seat of `apart` as it is typed: "@5+"."""
    return f"@{seat.removeprefix(_EMPTY)}"
