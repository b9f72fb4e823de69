"""Reads the panels, and which of them are one conversation."""

from __future__ import annotations

from collections.abc import Collection

from sto_desktop.domain.bookkeeping import SameAs
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.same import Sameness
from sto_desktop.storage.read.records import Condition, among, equals
from sto_desktop.storage.read.rows import Rows


class PanelReader:
    """The panels, and the links between rows that represent the same."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def sameness(self) -> Sameness:
        """Return the links between rows that represent the same."""
        # Runs with every query, also after each captured note.
        links = self._rows.fetch("SELECT id, of, one, other FROM same_as WHERE deleted = 0 AND known = 1")
        return Sameness(SameAs(*row) for row in links)

    def listed(self) -> list[Panel]:
        """Return the panels, by date and title; for panels that are one conversation only the representative."""
        panels, same = self.every(), self.sameness()
        ids = {panel.id for panel in panels}
        return [panel for panel in panels if same.main("panel", panel.id, ids) == panel.id]

    def every(self) -> list[Panel]:
        """Return every panel, by date and title, including duplicates of the same conversation."""
        return self._rows.records(Panel, order="date IS NULL, date, start, title, id")

    def some(self, panels: Collection[str]) -> dict[str, Panel]:
        """Return these panels by id, without those that another one represents."""
        return self._mains(self.sameness(), panels)

    def get(self, panel: str) -> Panel | None:
        """Return one panel, or its representative."""
        same = self.sameness()
        return next(iter(self._mains(same, same.group("panel", panel)).values()), None)

    def _mains(self, same: Sameness, panels: Collection[str]) -> dict[str, Panel]:
        groups = {member for panel in panels for member in same.group("panel", panel)}
        existing = {record.id: record for record in self._rows.records(Panel, among("id", groups))}
        return {
            panel: existing[panel]
            for panel in panels
            if panel in existing and same.main("panel", panel, existing) == panel
        }

    def owns(self, panel: str | None) -> Condition:
        """Return the condition that a row belongs to this panel, or to another of the same conversation; None stands
        for the programme.
        """
        return equals("panel", None) if panel is None else among("panel", self.sameness().group("panel", panel))
