"""Times in everyday words: a greeting by the time of day, "vandaag 16:58", "gisteren", "3 maart"."""

from __future__ import annotations

import datetime as dt

from sto_desktop.domain.dutch import clock, day_and_month, long_date
from sto_desktop.language import tr


def greeting(now: dt.datetime) -> str:
    """Return the greeting for the time of day."""
    if 6 <= now.hour < 12:
        return tr("Goedemorgen.")
    if 12 <= now.hour < 18:
        return tr("Goedemiddag.")
    return tr("Goedenavond.")


def opened_text(moment: dt.datetime, now: dt.datetime) -> str:
    """Return a past moment in everyday words; both in local time."""
    days = (now.date() - moment.date()).days
    if days == 0:
        return tr("vandaag {time}", time=clock(moment))
    if days == 1:
        return tr("gisteren")
    return day_and_month(moment) if moment.year == now.year else long_date(moment)
