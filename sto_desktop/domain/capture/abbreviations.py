"""The user's own abbreviations: expanding the word before the cursor, and cleaning up a list of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sto_desktop.patterns import lazy_re

ENDS_A_WORD = ' \u00a0,;:.!?)\u201d"'
"""Characters that trigger the expansion when typed; Enter does too."""

# Letters up to the cursor that start a word: after white space or an opening bracket or quote.
_WORD = lazy_re(r"(?<![^\s(\[\u201c\u201e\u2018\"'])([^\W\d_]+)$")
_KEY = lazy_re(r"[^\W\d_]{1,20}")


class Expansion(NamedTuple):
    """The replacement for [start, end) of a text, in code points."""

    start: int
    end: int
    text: str


def expansion(text: str, cursor: int, words: Mapping[str, str]) -> Expansion | None:
    """Return the expansion of the word that ends at the cursor; None if it has none.

    A capitalised word gives a capitalised expansion. A word all in capitals is a name (VB), and a word after `@` or `#`
    is a member or a label: neither is expanded.
    """
    # Abbreviations have at most 20 letters, so a short window is enough, also in a long text.
    match = _WORD.search(text[:cursor], max(0, cursor - 40))
    # With the cursor inside a word, the letters before it are not a word.
    if match is None or (cursor < len(text) and text[cursor].isalnum()):
        return None
    word = match[1]
    meant = words.get(word.lower())
    capital = word[:1].upper() + word[1:].lower() == word and word[:1].isupper()
    if meant is None or (word != word.lower() and not (capital and len(word) > 1)):
        return None
    return Expansion(match.start(1), cursor, meant[:1].upper() + meant[1:] if capital else meant)


def cleaned(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the usable abbreviations: keys of letters only, in lower case, with a non-empty expansion."""
    words: dict[str, str] = {}
    for short, full in pairs:
        key, meant = short.strip().rstrip(".").lower(), " ".join(full.split())
        # A list may have a dot after the short form ("bijv."). An abbreviation that expands to itself is useless.
        if _KEY.fullmatch(key) and meant and meant.lower() != key:
            words[key] = meant
    return dict(sorted(words.items()))
