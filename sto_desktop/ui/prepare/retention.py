"""The reminder that names should have gone: the term of a panel is over, and they are still there."""

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
    """What to say, and the panel that it is about (the first of several)."""

    text: str
    panel: str


def reminder(dossier: Dossier, today: dt.date) -> Reminder | None:
    """Return what to say about panels whose term is over while names are still in them; None: nothing."""
    found = [panel for panel in dossier.read.panels() if overdue(panel, today) and _named(dossier, panel)]
    if not found:
        return None
    first = found[0]
    name, day = title_for(first), long_date(first.retain_until)
    said = tr("De bewaartermijn van «{name}» liep tot {day}; de namen staan er nog.", name=name, day=day)
    if len(found) > 1:
        more = counted(len(found) - 1, "Dat geldt ook voor {n} ander panel.", "Dat geldt ook voor {n} andere panels.")
        said = f"{said} {more}"
    return Reminder(said, first.id)


def _named(dossier: Dossier, panel: Panel) -> bool:
    return any(one.name for one in dossier.read.panelists(panel.id))
