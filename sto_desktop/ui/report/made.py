"""Verslagen made earlier, in words: form and naming of each, changes since, and names that still occur in it."""

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
"""Number of earlier verslagen shown in the panel."""
_NAMES_SHOWN = 3


def _naming_of(made: ReportMade) -> str:
    try:
        return tr(NAMES[json.loads(made.options)["naming"]]).lower()
    except (ValueError, KeyError, TypeError):
        return ""


def made_words(made: Sequence[ReportMade], now: str) -> list[tuple[str, str]]:
    """Describe each verslag and the changes since; `now` is the current fingerprint of the panel."""
    lines = []
    for report in made:
        form = tr(FORM_NAMES[Form(report.form)]) if report.form in Form.__members__ else report.form
        local = report.made_at.astimezone() if report.made_at else None
        when = f"{long_date(local.date())}, {clock_time(local)}" if local else ""
        naming = _naming_of(report)
        description = " · ".join(part for part in (form, tr("namen {how}", how=naming) if naming else "", when) if part)
        since = difference_text(differences(report.fingerprint, now)) if now else ""
        lines.append((f"{description}\n{report.file_name}", since))
    return lines


def standing_words(names: Sequence[StandingName]) -> str:
    """List where names of members still occur, in a few sentences; empty if there are none."""
    if not names:
        return ""
    message = counted(
        len(names),
        "Op {n} plaats staat nog een naam van een panellid",
        "Op {n} plaatsen staat nog een naam van een panellid",
    )
    places = "; ".join(f"{name.heading}: «{name.around}»" for name in names[:_NAMES_SHOWN])
    hidden = len(names) - _NAMES_SHOWN
    return f"{message}: {places}" + (tr(" en nog {n}.", n=hidden) if hidden > 0 else ".")
