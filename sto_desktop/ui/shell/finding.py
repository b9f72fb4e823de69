"""What the palette (Ctrl+K) finds: the items that parts of the program offer, ranked by what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QAction, QKeySequence

from sto_desktop.ui.base.keys import shown
from sto_desktop.ui.look import plain

PER_GROUP = 8
LEAST_SCORE = 62.0
"""Below this of 100 an item does not look like what was typed."""

WIDEST_GAP = 25.0
"""An item that is this much worse than the best one is noise."""

FOUND_ELSEWHERE = 90.0
"""Score of what a provider found by itself."""


class PaletteGroup(Enum):
    """Headings of the palette, in their order."""

    COMMANDS = "Opdrachten"
    PANELS = "Panels"
    THEMES = "Thema's"
    QUESTIONS = "Vragen"
    PANELISTS = "Panelleden"
    NOTES = "Notities"


@dataclass(frozen=True)
class PaletteItem:
    """Something to go to or to do: `detail` stands muted behind `text`, `key` is the shown shortcut.

    `ranked`: the provider did the finding (full-text search); the palette keeps its order and drops nothing.
    """

    group: PaletteGroup
    text: str
    run: Callable[[], object]
    detail: str = ""
    key: str = ""
    icon: str = ""
    ranked: bool = False


PaletteProvider = Callable[[str], Sequence[PaletteItem]]
"""Given what was typed (may be empty), returns what could be meant."""


def rank(query: str, items: Sequence[PaletteItem]) -> list[PaletteItem]:
    """Return the items that look like `query`: the group with the best one first, the best first in each group.

    Without a query all are returned, the groups in their order.
    """
    words = query.strip()
    scored = [(_score(words, item) if words else FOUND_ELSEWHERE, item) for item in items]
    best = max((score for score, _ in scored), default=0.0)
    groups: dict[PaletteGroup, list[tuple[float, PaletteItem]]] = {group: [] for group in PaletteGroup}
    for score, item in scored:
        if score >= max(LEAST_SCORE, best - WIDEST_GAP):
            groups[item.group].append((score, item))
    for found in groups.values():
        found.sort(key=lambda one: -one[0])
        if words:
            del found[PER_GROUP:]
    ordered = sorted((found for found in groups.values() if found), key=lambda found: -found[0][0])
    return [item for found in ordered for _, item in found]


def _score(words: str, item: PaletteItem) -> float:
    if item.ranked:
        return FOUND_ELSEWHERE
    from rapidfuzz import fuzz, utils

    query = utils.default_process(words)
    text = utils.default_process(item.text)
    if query and any(part.startswith(query) for part in (text, *text.split())):
        return 100.0
    if query and query in text:
        return 95.0
    detail = 80.0 if query and query in utils.default_process(item.detail) else 0.0
    if len(query) < 3:
        return detail
    # A word that was typed wrongly, or not to its end; then the text as a whole.
    by_word = max((fuzz.ratio(query, word[: len(query) + 1]) for word in text.split()), default=0.0)
    return max(by_word, fuzz.WRatio(query, text), detail)


def action_items(actions: Sequence[QAction]) -> list[PaletteItem]:
    """Return the commands among actions: those that can be done now and have a name."""
    return [
        PaletteItem(
            PaletteGroup.COMMANDS,
            plain.read_word(action.text()),
            action.trigger,
            key=shown(action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)),
        )
        for action in actions
        if action.isEnabled() and action.isVisible() and action.text() and not action.isSeparator()
    ]
