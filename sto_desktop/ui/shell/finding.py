"""The palette's (Ctrl+K) search: items offered by parts of the program, ranked by the query."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from sto_desktop.ui.base.keys import BY_ID, shown
from sto_desktop.ui.look import plain

PER_GROUP = 8
LEAST_SCORE = 62.0
"""Least score, of 100, of an item that resembles the query."""

WIDEST_GAP = 25.0
"""Items whose score is this far below the best are dropped as noise."""

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

    `words`: what else people call it; they are searched but not shown.
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


PaletteProvider = Callable[[str], Sequence[PaletteItem]]
"""Takes the query (may be empty) and returns candidate items."""


def rank(query: str, items: Sequence[PaletteItem]) -> list[PaletteItem]:
    """Return the items that resemble `query`: the group with the best one first, the best first in each group.

    Without a query all are returned, with the groups in their order.
    """
    words = query.strip()
    scored = [(_score(words, item) if words else FOUND_ELSEWHERE, item) for item in items]
    best = max((score for score, _ in scored), default=0.0)
    groups: dict[PaletteGroup, list[tuple[float, PaletteItem]]] = {group: [] for group in PaletteGroup}
    for score, item in scored:
        if score >= max(LEAST_SCORE, best - WIDEST_GAP):
            groups[item.group].append((score, item))
    for group_items in groups.values():
        group_items.sort(key=lambda scored_item: -scored_item[0])
        # Without a query the palette is a menu of everything, so nothing is cut off.
        if words:
            del group_items[PER_GROUP:]
    ordered = sorted(
        (group_items for group_items in groups.values() if group_items), key=lambda group_items: -group_items[0][0]
    )
    return [item for group_items in ordered for _, item in group_items]


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
    other_words = utils.default_process(item.words).split()
    if query and any(word.startswith(query) for word in other_words):
        return 92.0
    detail = 80.0 if query and query in utils.default_process(item.detail) else 0.0
    # Fuzzy matching of one or two letters resembles nearly everything.
    if len(query) < 3:
        return detail
    # First compare words, which allows for typing errors and unfinished words; then the text as a whole.
    words_of_item = (*text.split(), *other_words)
    by_word = max((fuzz.ratio(query, word[: len(query) + 1]) for word in words_of_item), default=0.0)
    return max(by_word, fuzz.WRatio(query, text), detail)


def button_items(buttons: Sequence[QAbstractButton], taken: Collection[str]) -> list[PaletteItem]:
    """Return palette items for the buttons that are on show and can be pressed, but for texts that are `taken`."""
    items: dict[str, PaletteItem] = {}
    for button in buttons:
        name = " ".join(button.accessibleName().split()) or plain.read_word(button.text())
        if name and name not in taken and button.isVisible() and button.isEnabled():
            words = plain.read_word(button.text())
            items.setdefault(name, PaletteItem(PaletteGroup.COMMANDS, name, button.click, words=words))
    return list(items.values())


def action_items(actions: Sequence[QAction]) -> list[PaletteItem]:
    """Return palette items for the actions that are enabled and have a name."""
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


def screen_items(stage: QWidget, window_actions: Sequence[QAction], query: str, *, discreet: bool) -> list[PaletteItem]:
    """Return palette items for the actions of a stage and of its window, and for the stage's buttons."""
    # The stage's commands come before the window's: they are the likelier ones here.
    within = [action for widget in (stage, *stage.findChildren(QWidget)) for action in widget.actions()]
    named = [action for action in within if action.objectName() in BY_ID]
    items = action_items([*named, *window_actions])
    # What is typed can be any button of the screen; without it the palette is a menu of what has a name of its own.
    # Buttons can bear names of people.
    if query and not discreet:
        items += button_items(stage.findChildren(QAbstractButton), {item.text for item in items})
    return items
