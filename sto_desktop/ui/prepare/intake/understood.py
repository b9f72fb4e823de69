"""Describes what an imported list or file would change, so that the user can check it beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sto_desktop.domain.log.change import Edit
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import PanelContent

_FIELDS = frozenset(declared.name for declared in fields(Panelist)) - {"id"}


@dataclass(frozen=True)
class UnderstoodMember:
    """A member after the import; `changed` names the fields that get another value."""

    panelist: Panelist
    new: bool
    changed: frozenset[str] = field(default_factory=frozenset)


def understood_members(edits: Iterable[Edit], known: Sequence[Panelist]) -> list[UnderstoodMember]:
    """Return the members that these edits create or change, in the order of the edits."""
    before = {member.id: member for member in known}
    after: dict[str, Panelist] = {}
    for edit in edits:
        if edit.table != "panelist" or edit.deletes:
            continue
        values: dict[str, Any] = {name: value for name, value in edit.values.items() if name in _FIELDS}
        # Several edits may concern one member.
        after[edit.row] = replace(after.get(edit.row) or before.get(edit.row) or Panelist(edit.row), **values)
    members = []
    for row, panelist in after.items():
        old = before.get(row)
        changed = {name for name in _FIELDS if old and getattr(old, name) != getattr(panelist, name)}
        # An edit that gives the existing values changes nothing.
        if old is None or changed:
            members.append(UnderstoodMember(panelist, old is None, frozenset(changed)))
    return members


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
