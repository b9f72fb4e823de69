"""Differences between two texts, by word, for showing them side by side."""

from __future__ import annotations

from difflib import SequenceMatcher

from sto_desktop.patterns import lazy_re

_WORDS = lazy_re(r"\s+|\w+|[^\w\s]")
_LONGEST = 4000
"""Texts above this length are compared by line, since comparing by word would be too slow."""

Piece = tuple[str, bool]
"""A run of words, and whether it differs from the other text."""


def differences(text: str, other_text: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces; the joined pieces give each text back."""
    if max(len(text), len(other_text)) > _LONGEST:
        first, second = text.splitlines(keepends=True), other_text.splitlines(keepends=True)
    else:
        first, second = _WORDS.findall(text), _WORDS.findall(other_text)
    left: list[Piece] = []
    right: list[Piece] = []
    # `autojunk` would ignore frequent words in a long text.
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        changed = kind != "equal"
        if b > a:
            left.append(("".join(first[a:b]), changed))
        if d > c:
            right.append(("".join(second[c:d]), changed))
    return left, right
