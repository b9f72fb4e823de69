"""Spelling variants of one name: accents, ij and y, doubled letters, omitted spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sto_desktop.domain.people import INVISIBLE, squeeze

HYPHENS = "-\u2010\u2011\u2013"
HYPHEN = r"\-\u2010\u2011\u2013"

_UNSEEN = (*range(0x300, 0x370), *map(ord, INVISIBLE))
"""Invisible characters that may follow a letter of a name: combining accents, soft hyphens, zero-width characters."""
_BEHIND = "\u00ad*"
"""All of these, in the text that is searched."""
_INSIDE = "[\u00ad*]*"
"""The same between two letters, where Markdown characters are possible too ("**J**an")."""

_GAP = r"(?:[\s_]*|[-./])"
"""Possible separators between two words of a name, including none ("oudewessel", "de_vries", "sjoerd.hoekstra")."""

_APOSTROPHES = "'’‘`´"
_IJ = "yĳ"
_LIGATURES = {"fi": "ﬁ", "fl": "ﬂ"}
_TWO_LETTERS = {"ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe", "œ": "oe", "ü": "ue", "ß": "ss", "å": "aa"}
"""Substitutes for a letter that a keyboard lacks: "Juergen"."""

_SHORTEST_DOUBLED = 6
"""Minimum letters of a name for treating a doubled or single letter as a typing error: "Baas" is not "Bas"."""

# NFKD does not decompose letters with a stroke (ø, ł).
_STROKES = str.maketrans("øØłŁđĐðÐı", "oOlLdDdDi")


def _plain(letter: str) -> str:
    """Return a letter without its accent or stroke."""
    return unicodedata.normalize("NFKD", letter)[0].translate(_STROKES)


_IN_SEARCH = dict.fromkeys(_UNSEEN, "\u00ad") | {
    code: plain
    for code in range(0xC0, 0x180)
    if chr(code) not in "Ĳĳ" and (plain := _plain(chr(code))).isascii() and plain != chr(code)
}


def as_searched(text: str) -> str:
    """Return a text in which `pattern_of` finds names: of the same length, its letters without accents.

    Character classes without accents compile ten times as fast: a class with a letter beyond Latin-1 takes 0.2 ms, and
    there are thousands.
    """
    return text if text.isascii() else text.translate(_IN_SEARCH)


@lru_cache(maxsize=10_000)
def key_of(name: str) -> str:
    """Return the letters and digits of a name, equal for "IJsbrand", "Ysbrand" and "ĳsbrand"."""
    return squeeze(name).replace("y", "ij")


def loose_key_of(name: str) -> str:
    """Return a key that is also equal for "Jürgen" and "Juergen", and for "Wiefferink" and "Wieferrink"."""
    # "ue" for "ü" and doubled letters are folded; the exact key is tried first (NameFinder._owners).
    key = key_of(name)
    for letter, two in (("a", "ae"), ("o", "oe"), ("u", "ue")):
        key = key.replace(two, letter)
    return re.sub(r"(.)\1+", r"\1", re.sub("ie$", "ij", key))


def typed_with_two(name: str) -> str:
    """Return a name as typed on a keyboard without its letters: "Juergen" for "Jürgen"."""
    return "".join(_TWO_LETTERS.get(letter, letter) for letter in name.lower())


def _cases(signs: str) -> str:
    """Return these characters in both cases, if each case is one character."""
    return "".join(sorted({form for sign in signs for form in (sign, sign.upper(), sign.lower()) if len(form) == 1}))


def _signs(character: str) -> str:
    """Return a character class for one character of a name, in either case."""
    for alike in (_APOSTROPHES, '"“”„«»'):
        if character in alike:
            return f"[{alike}]"
    return f"[{re.escape(_cases(as_searched(character)))}]"


def _in_a_row(letters: str) -> str:
    return _INSIDE.join(map(_signs, letters))


def _units(name: str) -> Iterator[str]:
    """Yield the characters of a name; letters with a joint form stay together: "ij", "fi"."""
    at = 0
    low = name.lower()
    while at < len(name):
        unit = next((many for many in ("ij", *_LIGATURES) if low.startswith(many, at)), name[at])
        yield unit
        at += len(unit)


def _spelled_unit(unit: str) -> str:
    low = unit.lower()
    if as_searched(low) in ("ij", *_IJ):
        # Made smaller, "Harry" is "Harrietje".
        return f"(?:{_in_a_row('ij')}|{_in_a_row('ie')}(?=[tT][jJ][eE])|[{_cases(_IJ)}])"
    if low in _LIGATURES:
        return f"(?:{_in_a_row(low)}|{_LIGATURES[low]})"
    if low in _TWO_LETTERS:
        return f"(?:{_signs(unit)}|{_in_a_row(_TWO_LETTERS[low])})"
    return _signs(unit)


Spelling = tuple[str, ...]
"""Patterns for the characters of a name, in order; the first is a character class."""


def _spellings(name: str) -> Iterator[Spelling]:
    """Yield the spellings of a name: two if it starts with ij or y.

    The dots of initials may be absent, but not both dot and space ("j. ansen" is not "jansen").
    """
    whole = unicodedata.normalize("NFC", " ".join(name.split()))
    units = list(_units(whole))
    # Allow doubled letters after the first one, except in short names, where that gives other words.
    twice = len(squeeze(whole)) >= _SHORTEST_DOUBLED
    pieces: list[str] = []
    before = units[0]
    for unit in units[1:]:
        if unit == " ":
            pieces.append({".": r"(?:\.\s*|[\s_]+)", ",": r"\s*"}.get(before, _GAP))
        elif unit == ",":
            pieces.append(r"\s*,")
        elif unit in HYPHENS:
            pieces.append(rf"[{HYPHEN}\s_]?")
        elif unit in _APOSTROPHES:
            pieces.append(rf"(?:\s?[{_APOSTROPHES}]\s?|\s)?")
        elif unit != "." and not (twice and unit == before):  # a doubled letter may be a single one
            pattern = _spelled_unit(unit)
            again = f"(?:{_INSIDE}{pattern})?" if twice and len(unit) == 1 and unit.isalpha() else ""
            pieces.append((r"\.?\s?" if before == "." else _INSIDE) + pattern + again)
        before = unit
    pieces.append(r"\.?" if before == "." else _BEHIND)
    # A leading apostrophe ("'t Hart") may be omitted.
    if units[0] in _APOSTROPHES and len(whole) > 1:
        yield from _spellings(whole[1:])
    if as_searched(units[0].lower()) in ("ij", *_IJ):
        yield "[Ii]", f"{_INSIDE}[Jj]", *pieces
        yield f"[{_cases(_IJ)}]", *pieces
    else:
        # Letters with a joint form may also be written one by one.
        yield _signs(whole[0]), *(_INSIDE + _signs(letter) for letter in units[0][1:]), *pieces


_Tree = dict[str, "_Tree"]
_END = ""


def pattern_of(names: Iterable[str]) -> tuple[str, str]:
    """Return the first characters of these names, for a character class, and a pattern that follows one of them: the
    names without their first character, the longest first.

    Common prefixes share a branch, which makes the search several times as fast as an alternation of names.
    """
    # The longest names first: an alternation takes the first branch that matches.
    tree: _Tree = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for spelling in _spellings(name):
            node = tree
            for piece in (*spelling, _END):
                node = node.setdefault(piece, {})
    begins = "".join(sorted({first[1:-1] for first in tree}))
    return begins, "|".join(f"(?<={first}){_branches(rest)}" for first, rest in tree.items())


def _branches(tree: _Tree) -> str:
    ways = [piece + _branches(rest) if piece else "" for piece, rest in tree.items() if piece]
    if _END in tree:
        ways.append("")
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
