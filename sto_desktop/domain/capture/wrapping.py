"""Whether quotes or brackets enclose a whole text, or only a word of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sto_desktop.patterns import lazy_re

DOUBLE_QUOTES = '"“”„‟«»'
SINGLE_QUOTES = "'‘’‚‹›"
FAMILIES: Mapping[str, tuple[str, ...]] = {'"': (DOUBLE_QUOTES, SINGLE_QUOTES), "(": ("()",), "[": ("[]",)}
"""The quotes or brackets that may enclose a note of a kind, by the `around` that the kind declares."""
DELIMITERS = {'"': ("“", "”"), "(": ("(", ")"), "[": ("[", "]")}
"""The quotes or brackets that are written around a note, by `around`."""
BRACKETS = frozenset({"()", "[]"})
ENDS = ".,;:!?…"
"""Characters that may follow a closing quote or bracket, or the speakers at the end of a line."""

# Dutch words that start with an apostrophe: ’s, ’t, ’n.
_ELISION = lazy_re(r"['’‘](?:s|t|n|k|m|r|ns|em|er)\b", re.IGNORECASE)
_BEFORE_OPENING = "([{-–—"


def _closing(text: str, family: str) -> int | None:
    """Return where the opening quote or bracket is closed, ignoring escaped ones; None if it never is."""
    depth = 0
    for match in re.finditer(f"[{re.escape(family)}]", text):
        at = match.start()
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if before == "\\":
            continue
        if family in BRACKETS:
            opens = match[0] == family[0]
        elif family == SINGLE_QUOTES and at and _is_apostrophe(text, at, before, after):
            continue
        else:
            # A quote after a space, a bracket or another quote opens; any other one closes.
            starts_word = before.isspace() or before in _BEFORE_OPENING + family
            opens = at == 0 or (starts_word and bool(after.strip()))
        depth += 1 if opens else -1
        if depth <= 0:
            return at
    return None


def _is_apostrophe(text: str, at: int, before: str, after: str) -> bool:
    return (before.isalnum() and after.isalnum()) or _ELISION.match(text, at) is not None


def unwrapped(text: str, family: str) -> str | None:
    """Return the text inside quotes or brackets that enclose all of it; None if they do not.

    An opening one that is never closed encloses everything, except a single quote that may be an apostrophe.
    "\"Technolab\" is een \"begrip\"" is not one quote: the first is closed before the end.
    """
    if text[:1] not in tuple(family[0] if family in BRACKETS else family):
        return None
    single = family == SINGLE_QUOTES
    # "'s Ochtends" starts with an apostrophe.
    if single and _ELISION.match(text):
        return None
    end = _closing(text, family)
    if end is None and single:
        return None
    inner, rest = (text[1:], "") if end is None else (text[1:end], text[end + 1 :].strip())
    # There are words after the closing quote, so it does not enclose the whole text.
    if rest.strip(ENDS + " "):
        return None
    if not single:
        inner = re.sub(rf"\\(?=[{re.escape(family)}])", "", inner)
    inner = inner.strip()
    if not inner:
        return None
    # A full stop after the closing quote stays part of the text.
    return inner if inner.endswith(tuple(ENDS)) else inner + rest


def escaped(text: str, family: str) -> str:
    """Return text with each quote or bracket escaped, so that `unwrapped` gives it back."""
    return re.sub(rf"(?=[{re.escape(family)}])", r"\\", text)
