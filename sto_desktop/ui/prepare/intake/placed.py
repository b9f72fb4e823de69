"""Counts the notes that an imported file would add, by theme or panel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sto_desktop.domain.log.change import Edit
from sto_desktop.domain.panel.content import PanelContent


def placed_notes(edits: Iterable[Edit], content: PanelContent) -> list[tuple[str, int]]:
    """Return the number of new notes under each theme, in the guide's order; an empty title: unassigned."""
    counts: dict[str, int] = {}
    nowhere = 0
    for edit in edits:
        position = edit.values.get("position")
        if edit.table != "note" or position is None:
            continue
        theme = content.guide.theme_of(position.parent)
        if theme is None:
            nowhere += 1
        else:
            counts[theme.id] = counts.get(theme.id, 0) + 1
    placed = [(theme.title, counts[theme.id]) for theme in content.guide.themes if theme.id in counts]
    return [*placed, ("", nowhere)] if nowhere else placed


def placed_in_panels(edits: Iterable[Edit], titles: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return the number of new notes in each panel, by its title."""
    counts = Counter(str(edit.values["panel"]) for edit in edits if edit.table == "note" and "panel" in edit.values)
    return [(title, counts[panel]) for panel, title in titles.items() if counts[panel]]
