"""Dutch for sentences to the user: amounts, and lists with "en"."""

from __future__ import annotations

from collections.abc import Iterable


def amount(count: int, one: str, many: str) -> str:
    """Return "1 notitie", "2 notities"."""
    return f"{count} {one if count == 1 else many}"


def listed(items: Iterable[str]) -> str:
    """Return "a", "a en b", "a, b en c"; empty ones are left out."""
    words = [item for item in items if item]
    return f"{', '.join(words[:-1])} en {words[-1]}" if len(words) > 1 else "".join(words)
