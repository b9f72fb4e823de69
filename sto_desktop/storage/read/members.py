"""Reads the members of the panels, and what each of them chose."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sto_desktop.domain.model import Panelist, TopChoice
from sto_desktop.domain.record import clean_text
from sto_desktop.storage.read.panels import PanelReader
from sto_desktop.storage.read.records import Condition, among, equals, grouped, in_rows
from sto_desktop.storage.read.rows import Rows

_BY_SEAT = "seat IS NULL, seat, name, id"


class MemberReader:
    """The members of the panels."""

    def __init__(self, rows: Rows, panels: PanelReader) -> None:
        self._rows = rows
        self._panels = panels
        self._every: tuple[object, tuple[Panelist, ...]] = (None, ())

    def of_panel(self, panel: str) -> list[Panelist]:
        """Return the members of a panel, by seat, each with only the values of its own row."""
        members = self.of_conversation(panel)
        same, ids = self._panels.sameness(), {member.id for member in members}
        return [member for member in members if same.main("panelist", member.id, ids) == member.id]

    def of_panels(self, panels: Collection[str]) -> dict[str, list[Panelist]]:
        """Return the members of each of these panels, as `of_panel` does."""
        same = self._panels.sameness()
        if same.knows("panel") or same.knows("panelist"):
            return {panel: self.of_panel(panel) for panel in panels}
        members = self._rows.records(Panelist, among("panel", panels), order=_BY_SEAT)
        by_panel = grouped(members, lambda member: member.panel)
        return {panel: by_panel.get(panel, []) for panel in panels}

    def of_conversation(self, panel: str) -> list[Panelist]:
        """Return the members of a panel, by seat, including duplicates of the same person."""
        return self._rows.records(Panelist, self._panels.owns(panel), order=_BY_SEAT)

    def every(self) -> list[Panelist]:
        """Return the members of all panels, by name."""
        return self._rows.records(Panelist, order="name, id")

    def names(self) -> dict[str, str]:
        """Return the name of each member of all panels by id, in order of name."""
        sql = "SELECT id, name FROM panelist WHERE deleted = 0 AND known = 1 ORDER BY name, id"
        return {member: clean_text(name) for member, name in self._rows.each(sql)}

    def elsewhere(self, members: Iterable[Panelist]) -> tuple[Panelist, ...]:
        """Return everybody in the dossier except these members of one conversation."""
        own_ids = {member.id for member in members}
        # Cached until something changes: a caller that reads hundreds of panels asks this for each.
        version = self._rows.version()
        if self._every[0] != version:
            self._every = (version, tuple(self._rows.records(Panelist)))
        return tuple(member for member in self._every[1] if member.id not in own_ids)

    def top_choices(self, panel: str) -> list[TopChoice]:
        """Return the top choices of a panel's members, in order of rank."""
        of_panel = in_rows("panelist", "panelist", equals("panel", panel), Condition("deleted = 0"))
        return self._rows.records(TopChoice, of_panel, order="rank, id")
