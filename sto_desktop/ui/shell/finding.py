"""The palette's (Ctrl+K) search: items offered by parts of the program, ranked by the query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

PER_GROUP = 12
LEAST_SCORE = 62.0
"""Least score, of 100, of an item that resembles the query."""

WIDEST_GAP = 25.0
"""Items whose score is this far below the best are dropped as noise."""

NOT_NOW = 5.0
"""How much less an item scores that can't be done now."""

FOUND_ELSEWHERE = 90.0
"""Score of an item that a provider found by its own search."""


class PaletteGroup(Enum):
    """The palette's headings, in order."""

    COMMANDS = "Opdrachten"
    PANELS = "Panels"
    THEMES = "Thema's"
    QUESTIONS = "Vragen"
    PANELISTS = "Panelleden"
    NOTES = "Notities"


@dataclass(frozen=True)
class PaletteItem:
    """An item to go to or to run: `detail` is shown muted after `text`, `key` is the displayed shortcut.

    `words`: other words for it, which are searched but not shown.
    `able`: it can be done now; otherwise `detail` says why not.
    `family`: of items with the same one, only the best is found; the keys of ten chairs are one thing.
    `ranked`: the provider did the search (full text); the palette keeps its order and drops nothing.
    """

    group: PaletteGroup
    text: str
    run: Callable[[], object]
    detail: str = ""
    key: str = ""
    icon: str = ""
    ranked: bool = False
    words: str = ""
    able: bool = True
    family: str = ""


PaletteProvider = Callable[[str], Sequence[PaletteItem]]
"""Takes the query (may be empty) and returns candidate items."""


def rank(query: str, items: Sequence[PaletteItem]) -> list[PaletteItem]:
    """Return the items that resemble `query`: the group with the best one first, the best first in each group.

    Without a query all are returned, with the groups in their order.
    """
    words = query.strip()
    scored = [
        (_score(words, item) - (0.0 if item.able else NOT_NOW) if words else FOUND_ELSEWHERE, item) for item in items
    ]
    best = max((score for score, _ in scored), default=0.0)
    groups: dict[PaletteGroup, list[tuple[float, PaletteItem]]] = {group: [] for group in PaletteGroup}
    for score, item in scored:
        if score >= max(LEAST_SCORE, best - WIDEST_GAP):
            groups[item.group].append((score, item))
    for group_items in groups.values():
        group_items.sort(key=lambda scored_item: (-scored_item[0], not scored_item[1].able))
        # Without a query the palette is a menu of everything, so nothing is cut off.
        if words:
            group_items[:] = _best_of_families(group_items)[:PER_GROUP]
    ordered = sorted(
        (group_items for group_items in groups.values() if group_items), key=lambda group_items: -group_items[0][0]
    )
    return [item for group_items in ordered for _, item in group_items]


def _best_of_families(scored: Sequence[tuple[float, PaletteItem]]) -> list[tuple[float, PaletteItem]]:
    best = {item.family: item for _, item in reversed(scored)}
    return [(score, item) for score, item in scored if not item.family or item is best[item.family]]


def _score(words: str, item: PaletteItem) -> float:
    if item.ranked:
        return FOUND_ELSEWHERE
    from rapidfuzz import fuzz, utils

    query = utils.default_process(words)
    text = utils.default_process(item.text)
    if query in text.split():
        return 102.0
    if query and any(part.startswith(query) for part in (text, *text.split())):
        return 100.0
    if query and query in text:
        return 95.0
    other_words = utils.default_process(item.words).split()
    if query and any(word.startswith(query) for word in other_words):
        return 94.0 if query in other_words else 92.0
    parts = query.split()
    if len(parts) > 1 and all(any(word.startswith(part) for word in (*text.split(), *other_words)) for part in parts):
        return 93.0
    detail = 80.0 if query and query in utils.default_process(item.detail) else 0.0
    # Fuzzy matching of one or two letters matches nearly everything.
    if len(query) < 3:
        return detail
    # First compare word by word, which tolerates typing errors and unfinished words; then the text as a whole.
    words_of_item = (*text.split(), *other_words)
    by_word = max((fuzz.ratio(query, word[: len(query) + 1]) for word in words_of_item), default=0.0)
    # An item that only resembles the query comes after those that start with it.
    return max(min(max(by_word, fuzz.WRatio(query, text)), 91.0), detail)
