"""Replaces one id by another in changes: the alias of a panel in a copy without names, by the panel's own id.

Ids of imported members and notes derive from the panel's id and from a name or words. Whoever knew the panel's id could
guess names and check them, so a copy without names has its alias, from which the id can't be computed (see `identity`).
In a log that contains both, the alias is replaced by the id, whatever the order in which they arrived: every merge
gives the same log. Rows whose id derives from that of their panel follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.identity import alias_of, derived_id, is_alias
from sto_desktop.domain.log.change import Change, Erasure
from sto_desktop.domain.record import Json, spec_of
from sto_desktop.domain.tables import tables

OF_GUIDES = ("guide", "theme", "question", "probe")
"""Tables of guides. A panel may have a copy, whose ids derive from the id of the panel."""

_SAME_AS = spec_of(SameAs).name
_RENAMED = ("panel", *OF_GUIDES)
DERIVED = (
    *(table.name for table in tables().values() if any(table.fields[name].parent in _RENAMED for name in table.key)),
    _SAME_AS,
)
"""Tables whose ids may derive from the id of a panel, besides those that derive from names and words."""


@dataclass(frozen=True)
class Renaming:
    """Which ids are replaced by which, wherever they occur."""

    ids: Mapping[str, str]

    def id(self, row: str) -> str:
        """Return the id to use for a row."""
        return self.ids.get(row, row)

    def value(self, value: Json) -> Json:
        """Return a value of a field: a reference, or a position in the list of a row."""
        if isinstance(value, str):
            return self.ids.get(value, value)
        if isinstance(value, list):
            return [self.value(part) if isinstance(part, str) else part for part in value]
        return value

    def values(self, values: Mapping[str, Json]) -> dict[str, Json]:
        """Return values by field name."""
        return {name: self.value(value) for name, value in values.items()}

    def change(self, change: Change) -> Change:
        """Return a change; the same object if nothing in it is replaced."""
        values = self.values(change.values)
        if change.row not in self.ids and values == change.values:
            return change
        return replace(change, row=self.id(change.row), values=values)

    def erasure(self, erasure: Erasure) -> Erasure:
        """Return an erasure."""
        return replace(erasure, row=self.id(erasure.row))

    @cached_property
    def reverse(self) -> Mapping[str, str]:
        """The old ids by the ids that replaced them."""
        return {new: old for old, new in self.ids.items()}


def aliases(panels: Iterable[str]) -> Mapping[str, str]:
    """Return the alias of each of these panels (ids), except those known by an alias only."""
    return {panel: alias_of(panel) for panel in panels if not is_alias(panel)}


def renaming(
    panels: Mapping[str, str],
    rows: Iterable[tuple[str, str, Mapping[str, Json]]],
    guides: Mapping[str, Collection[str]] | None = None,
) -> Renaming:
    """Return the replacement of the ids of panels, and with them of the rows whose ids derive from them.

    Args:
        rows: table, id and values of rows of the tables `DERIVED`.
        guides: ids of rows of the tables `OF_GUIDES`, by table, if copies of guides must follow too.
    """
    ids = {**panels, **_copies_of_guides(panels, guides or {})}
    for table, row, values in rows:
        parts = _parts(table, values)
        if not ids.keys().isdisjoint(parts) and row == _derived(table, parts):
            ids[row] = _derived(table, [ids.get(part, part) for part in parts])
    return Renaming(ids)


def _copies_of_guides(panels: Mapping[str, str], guides: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Return the replacement of the ids of guides that were copied for these panels, with what is in them."""
    known = guides.get("guide", ())
    # The id of a copied guide derives from the original and the panel, so try every combination.
    pairs = [
        (derived_id("guide", guide, old), derived_id("guide", guide, new))
        for guide in known
        for old, new in panels.items()
    ]
    copies = {old: new for old, new in pairs if old in known}
    ids = dict(copies)
    for copy, new in copies.items():
        for table in OF_GUIDES[1:]:
            rows = guides.get(table, ())
            ids |= {made: derived_id(table, new, row) for row in rows if (made := derived_id(table, copy, row)) in rows}
    return ids


def _parts(table: str, values: Mapping[str, Json]) -> list[str]:
    return [value for name in tables()[table].key if isinstance(value := values.get(name), str)]


def _derived(table: str, parts: list[str]) -> str:
    # A link means the same in both directions.
    return derived_id(table, parts[0], *sorted(parts[1:])) if table == _SAME_AS else derived_id(table, *parts)
