"""Where two texts differ, by word, for showing them side by side."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LONGEST = 4000
"""Longer texts are compared by line: by word would take too long."""

Piece = tuple[str, bool]
"""Words, and whether the other text has them otherwise."""


def differences(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces; joined, each gives its text back."""
    if max(len(one), len(other)) > _LONGEST:
        first, second = one.splitlines(keepends=True), other.splitlines(keepends=True)
    else:
        first, second = _WORDS.findall(one), _WORDS.findall(other)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        changed = kind != "equal"
        if b > a:
            left.append(("".join(first[a:b]), changed))
        if d > c:
            right.append(("".join(second[c:d]), changed))
    return left, right
