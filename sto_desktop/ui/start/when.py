"""Times as people say them: a greeting by the time of day, "vandaag 16:58", "gisteren", "3 maart"."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate

from sto_desktop.language import tr
from sto_desktop.ui.base.qt_language import locale


def greeting(now: dt.datetime) -> str:
    """Return the greeting for the time of day."""
    if 6 <= now.hour < 12:
        return tr("Goedemorgen.")
    if 12 <= now.hour < 18:
        return tr("Goedemiddag.")
    return tr("Goedenavond.")


def said_when(moment: dt.datetime, now: dt.datetime) -> str:
    """Return a moment in the past as one would say it now; both in local time."""
    days = (now.date() - moment.date()).days
    if days == 0:
        return tr("vandaag {time}", time=f"{moment:%H:%M}")
    if days == 1:
        return tr("gisteren")
    date = QDate(moment.year, moment.month, moment.day)
    return locale().toString(date, "d MMMM" if moment.year == now.year else "d MMMM yyyy")
