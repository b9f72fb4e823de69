"""The user's own abbreviations: which word in front of the cursor stands for what, and a list of them from a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

ENDS_A_WORD = ' \u00a0,;:.!?)\u201d"'
"""Signs after which an abbreviation is written out; Enter does it too."""

_WORD = re.compile(r"(?<![^\s(\[\u201c\u201e\u2018\"'])([^\W\d_]+)$")
_KEY = re.compile(r"[^\W\d_]{1,20}")


class Expansion(NamedTuple):
    """What comes in place of [start, end) of a text, in code points."""

    start: int
    end: int
    text: str


def expansion(text: str, cursor: int, words: Mapping[str, str]) -> Expansion | None:
    """Return what the word that ends at the cursor stands for; None where it stands for itself.

    A word with a capital gives one with a capital. One wholly in capitals is a name (VB), and one behind `@` or `#`
    a member or a label.
    """
    found = _WORD.search(text[:cursor], max(0, cursor - 40))
    if found is None or (cursor < len(text) and text[cursor].isalnum()):
        return None
    word = found[1]
    meant = words.get(word.lower())
    capital = word[:1].upper() + word[1:].lower() == word and word[:1].isupper()
    if meant is None or (word != word.lower() and not (capital and len(word) > 1)):
        return None
    return Expansion(found.start(1), cursor, meant[:1].upper() + meant[1:] if capital else meant)


def cleaned(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a list as it can be used: letters alone in front, in lower case, and something that they stand for."""
    found: dict[str, str] = {}
    for short, full in pairs:
        key, meant = short.strip().rstrip(".").lower(), " ".join(full.split())
        if _KEY.fullmatch(key) and meant and meant.lower() != key:
            found[key] = meant
    return dict(sorted(found.items()))
