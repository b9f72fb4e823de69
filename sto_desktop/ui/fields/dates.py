"""Dates and times as Dutch people type them."""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import QDate, QLocale

from sto_desktop.ui.base.qt_language import locale

_DUTCH = QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands)
_SHORT = {"jan": 1, "feb": 2, "febr": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9}
_SHORT |= {"okt": 10, "oct": 10, "nov": 11, "dec": 12}
_WEEKDAY = re.compile(r"^(?:ma|di|wo|do|vr|za|zo)(?:\.|andag|nsdag|ensdag|nderdag|ijdag|terdag|ndag)?,?\s+")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*['’]?(\d{4}|\d{2}))?")
_WORDS = re.compile(r"(\d{1,2})[-\s.]*([a-z]+)\.?(?:[-\s]*['’]?(\d{4}|\d{2}))?")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.,u]\s*(\d{2})|(\d{2}))?\s*(?:u|uur|h)?\.?")


def read_date(text: str, today: dt.date) -> dt.date | None:
    """Return the date that somebody typed, or None where it is none.

    Understood: "14 februari 2023", "14 feb '23", "14-2-2023", "14/2", "2023-02-14", with or without the day of the
    week. Without a year it is the first such day from `today` on.
    """
    words = _WEEKDAY.sub("", " ".join(text.casefold().split()))
    if found := _ISO.fullmatch(words):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(words):
        day, month, year = int(found[1]), int(found[2]), found[3]
    elif found := _WORDS.fullmatch(words):
        named = _month(found[2])
        if named is None:
            return None
        day, month, year = int(found[1]), named, found[3]
    else:
        return None
    if year is not None:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    coming = (_date(today.year + later, month, day) for later in range(9))
    return next((date for date in coming if date is not None and date >= today), None)


def write_date(date: dt.date | None) -> str:
    """Return "14 februari 2023"; empty without a date."""
    return locale().toString(QDate(date.year, date.month, date.day), "d MMMM yyyy") if date else ""


def read_time(text: str) -> dt.time | None:
    """Return the time that somebody typed ("15:35", "15.35 uur", "15u35", "1535", "16 uur"), or None."""
    found = _TIME.fullmatch(text.strip().casefold())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def write_time(time: dt.time | None) -> str:
    """Return "15:35"; empty without a time."""
    return f"{time:%H:%M}" if time else ""


def _month(name: str) -> int | None:
    if name in _SHORT:
        return _SHORT[name]
    whole = [number for number in range(1, 13) if len(name) > 2 and _DUTCH.monthName(number).startswith(name)]
    return whole[0] if len(whole) == 1 else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
