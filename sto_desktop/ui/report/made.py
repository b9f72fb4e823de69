"""The verslagen that were made, in words: what each was, what changed since, and which names still stand in it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sto_desktop.domain.dutch import clock_time, long_date
from sto_desktop.domain.model import ReportMade
from sto_desktop.language import counted, tr
from sto_desktop.report.blocks.options import FORM_NAMES, Form
from sto_desktop.report.content.changes_since import difference_text, differences
from sto_desktop.report.writers.name_check import StandingName
from sto_desktop.ui.report.options_panel import NAMES

MADE_SHOWN = 3
"""Verslagen that the panel shows."""
_NAMES_SHOWN = 3


def _naming_of(made: ReportMade) -> str:
    try:
        return tr(NAMES[json.loads(made.options)["naming"]]).lower()
    except (ValueError, KeyError, TypeError):
        return ""


def made_words(made: Sequence[ReportMade], now: str) -> list[tuple[str, str]]:
    """Return for each verslag what it was and what changed since; `now` is the fingerprint of the panel as it is."""
    found = []
    for item in made:
        form = tr(FORM_NAMES[Form(item.form)]) if item.form in Form.__members__ else item.form
        local = item.made_at.astimezone() if item.made_at else None
        when = f"{long_date(local.date())}, {clock_time(local)}" if local else ""
        naming = _naming_of(item)
        what = " · ".join(part for part in (form, tr("namen {how}", how=naming) if naming else "", when) if part)
        since = difference_text(differences(item.fingerprint, now)) if now else ""
        found.append((f"{what}\n{item.file_name}", since))
    return found


def standing_words(names: Sequence[StandingName]) -> str:
    """Return where names of members still stand, in a few sentences; empty where none does."""
    if not names:
        return ""
    said = counted(
        len(names),
        "Op {n} plaats staat nog een naam van een panellid",
        "Op {n} plaatsen staat nog een naam van een panellid",
    )
    places = "; ".join(f"{item.heading}: «{item.around}»" for item in names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return f"{said}: {places}" + (tr(" en nog {n}.", n=more) if more > 0 else ".")
