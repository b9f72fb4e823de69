"""Dutch for sentences to the user: amounts, lists with "en", and the full stop at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_ENDS = tuple(".!?…:")
_BEHIND_ENDS = "”’\"')"
_ABBREVIATION = re.compile(r"(?:\w{1,3}\.){2,}$|\b(?:bijv|ca|dr|enz|etc|ir|jr|mr|nr|resp|sr|vgl)\.$", re.IGNORECASE)
"""Ends in a full stop that belongs to the word: "e.o.", "B.V.", "enz."."""


def amount(count: int, one: str, many: str) -> str:
    """Return "1 notitie", "2 notities"."""
    return f"{count} {one if count == 1 else many}"


def listed(items: Iterable[str]) -> str:
    """Return "a", "a en b", "a, b en c"; empty ones are left out."""
    words = [item for item in items if item]
    return f"{', '.join(words[:-1])} en {words[-1]}" if len(words) > 1 else "".join(words)


def closed(text: str) -> str:
    """Return text with a full stop behind it, unless it ends in a sign of its own: "Almelo e.o." has one already."""
    return f"{text}." if text and not text.rstrip(_BEHIND_ENDS).endswith(_ENDS) else text


def unclosed(text: str) -> str:
    """Return text without the full stop of its sentence; that of an abbreviation stays."""
    return text if _ABBREVIATION.search(text) else text.rstrip(".")


def filled(text: str, values: Mapping[str, object]) -> str:
    """Return text with its `{names}` filled in; behind a value that brings a full stop of its own comes no other."""
    for name, value in values.items():
        if isinstance(value, str) and value.endswith("."):
            text = re.sub(rf"\{{{name}\}}\.(?!\.)", f"{{{name}}}", text)
    return text.format(**values)
