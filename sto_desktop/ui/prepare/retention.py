"""The reminder that names should be erased: a panel's retention term has passed and its names are still stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.readiness import overdue
from sto_desktop.language import counted, tr
from sto_desktop.storage.working.dossier import Dossier


@dataclass(frozen=True)
class Reminder:
    """The message, and the panel it is about (the first of several)."""

    text: str
    panel: str


def reminder(dossier: Dossier, today: dt.date, kept: int = 0) -> Reminder | None:
    """Return a reminder about panels with names whose term has passed; None if there are none.

    `kept`: the number of backups and the like of this dossier on this computer.
    """
    overdue_panels = [
        panel for panel in dossier.read.panels.listed() if overdue(panel, today) and _named(dossier, panel)
    ]
    if not overdue_panels:
        return None
    first = overdue_panels[0]
    name, day = title_for(first), long_date(first.retain_until)
    message = tr("De bewaartermijn van «{name}» liep tot {day}; de namen staan er nog.", name=name, day=day)
    if kept:
        also = counted(
            kept, "Ook in {n} bestand dat hier bewaard wordt", "Ook in {n} bestanden die hier bewaard worden"
        )
        message = f"{message} {also}: {tr('wissen haalt ze daar ook uit.')}"
    if len(overdue_panels) > 1:
        more_panels = counted(
            len(overdue_panels) - 1, "Dat geldt ook voor {n} ander panel.", "Dat geldt ook voor {n} andere panels."
        )
        message = f"{message} {more_panels}"
    return Reminder(message, first.id)


def _named(dossier: Dossier, panel: Panel) -> bool:
    return any(panelist.name for panelist in dossier.read.members.of_panel(panel.id))
