"""Reads how a panel went: its time, checklist, summaries and debriefs, and the verslagen made of it."""

from __future__ import annotations

from dataclasses import replace

from sto_desktop.domain.bookkeeping import Issuance, ReportSetup
from sto_desktop.domain.model import Debrief, PanelCheck, PlannedPart, Playback, TimeSpan
from sto_desktop.domain.names.decisions import NAMES, decisions_of
from sto_desktop.domain.panel.same import time_of_one
from sto_desktop.storage.read.guides import GuideReader
from sto_desktop.storage.read.panels import PanelReader
from sto_desktop.storage.read.records import Condition, equals
from sto_desktop.storage.read.rows import Rows


class CourseReader:
    """What was done before, during and after the conversation of a panel."""

    def __init__(self, rows: Rows, panels: PanelReader, guides: GuideReader) -> None:
        self._rows = rows
        self._panels = panels
        self._guides = guides

    def ticked(self, panel: str) -> frozenset[str]:
        """Return the codes of the checklist items that were ticked for a panel."""
        checks = self._rows.records(PanelCheck, equals("panel", panel), order="id")
        return frozenset(check.item for check in checks if check.done)

    def time_spans(self, panel: str) -> list[TimeSpan]:
        """Return the time used in a panel, in order."""
        return time_of_one(self._rows.records(TimeSpan, self._panels.owns(panel), order="started_at, id"))

    def plan(self, panel: str) -> list[PlannedPart]:
        """Return the plan as it was when the conversation began, in order. If several laptops recorded one, only one is
        returned.
        """
        parts = self._rows.records(PlannedPart, self._panels.owns(panel), order="panel, number, id")
        themes, _ = self._guides.counterparts(panel)
        # Prefer the plan of the laptop whose time counts.
        timed = {span.panel for span in self.time_spans(panel)} & {part.panel for part in parts}
        chosen = min(timed or {part.panel for part in parts}, key=str, default=None)
        return [replace(part, theme=themes.get(part.theme or "", part.theme)) for part in parts if part.panel == chosen]

    def playbacks(self, panel: str) -> list[Playback]:
        """Return the summaries that were read back to a panel."""
        themes, _ = self._guides.counterparts(panel)
        records = self._rows.records(Playback, self._panels.owns(panel))
        return [replace(playback, theme=themes.get(playback.theme or "", playback.theme)) for playback in records]

    def debriefs(self, panel: str) -> list[Debrief]:
        """Return the debriefs of a panel, the moderator's first."""
        return self._rows.records(Debrief, self._panels.owns(panel), order="author, id")

    def report_setups(self, panel: str) -> dict[str, str]:
        """Return the report setups of a panel, as JSON by form."""
        return {record.form: record.options for record in self._setups(panel)}

    def name_decisions(self) -> dict[str, bool | str]:
        """Return the decisions about names in the texts of all panels."""
        setups = self._rows.records(ReportSetup, equals("form", NAMES))
        return {key: on for setup in setups for key, on in decisions_of({NAMES: setup.options}).items()}

    def setup_row(self, panel: str, form: str) -> str | None:
        """Return the row (id) that holds a panel's setup in a form, or None."""
        return next((record.id for record in reversed(self._setups(panel)) if record.form == form), None)

    def _setups(self, panel: str) -> list[ReportSetup]:
        # One whose words were erased has none left; another row took its place.
        return [record for record in self._rows.records(ReportSetup, self._panels.owns(panel)) if record.options]

    def issued(self, panel: str) -> list[Issuance]:
        """Return the outputs in which a panel is, newest first: its own and those of the whole dossier."""
        of_panel = self._panels.owns(panel)
        return self._issued(Condition(f"({of_panel.sql} OR panel IS NULL)", of_panel.values))

    def all_issued(self) -> list[Issuance]:
        """Return every output that was made, newest first."""
        return self._issued()

    def _issued(self, *where: Condition) -> list[Issuance]:
        return self._rows.records(Issuance, *where, order="made_at DESC, id")
