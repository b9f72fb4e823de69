"""The terms of a panel: until when names, forms and notes are kept, unless somebody chose a day (AVG, article 5(1))."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from sto_desktop.domain.model import Panel
from sto_desktop.language import tr_later


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the panel's field with the day that was chosen, and how many months after the verslag is final, or (if
    it never is) after the conversation, it ends. `follows`: the field of another term whose day it has by default.
    """

    field: str
    what: str
    after_final: int
    after_held: int
    follows: str = ""


NAMES = Term("retain_until", tr_later("namen"), 3, 12)
FORMS = Term("forms_until", tr_later("formulieren"), 3, 12, follows="retain_until")
NOTES = Term("notes_until", tr_later("notities"), 12, 24)
TERMS = (NAMES, FORMS, NOTES)

FORMS_GONE = "FORMS_GONE"
"""Checklist code: somebody destroyed the forms. Permanent in the log."""


def _months_after(day: dt.date, months: int) -> dt.date:
    at = day.month - 1 + months
    year, month = day.year + at // 12, at % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def chosen_on(panel: Panel, term: Term) -> dt.date | None:
    """Return the last day of a term as somebody chose it, or as was set when the verslag was final."""
    chosen: dt.date | None = getattr(panel, term.field)
    return chosen or (getattr(panel, term.follows) if term.follows else None)


def after_final(panel: Panel, final_on: dt.date) -> dict[str, dt.date]:
    """Return the day (by field) of each term that nobody chose, once the verslag is final."""
    return {term.field: _months_after(final_on, term.after_final) for term in TERMS if chosen_on(panel, term) is None}


def ends_on(panel: Panel, term: Term) -> dt.date | None:
    """Return the last day of a term; None: nobody chose it, and the panel has no date."""
    chosen = chosen_on(panel, term)
    if chosen is not None or panel.date is None:
        return chosen
    return _months_after(panel.date, term.after_held)


def is_over(panel: Panel, term: Term, today: dt.date) -> bool:
    """Return whether a term has ended, so that what it is about should be gone."""
    end = ends_on(panel, term)
    return end is not None and end < today
