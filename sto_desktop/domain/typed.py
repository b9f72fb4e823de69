"""The single parser of dates, times, seats and bullets, as Dutch people type them and programs write them."""

from __future__ import annotations

import datetime as dt
import re

from sto_desktop.domain.dutch import MONTHS, NUMBERS, WEEKDAYS
from sto_desktop.domain.vocabulary import BULLET_SIGNS

# Abbreviations that are not the start of the Dutch month.
_SHORT_MONTHS = {"mrt": 3, "oct": 10, "febr": 2, "sept": 9}
_WEEKDAY = re.compile(rf"^(?:op\s+)?(?:(?:{'|'.join(f'{day}|{day[:2]}' for day in WEEKDAYS)})\.?,?\s+)?")
_ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}\S*)?")
_NUMERIC_DATE = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*['’]?(\d{4}|\d{2}))?")
_NAMED_DATE = re.compile(r"(\d{1,2})[-\s.]*([a-z]+)\.?(?:[-\s]*['’]?(\d{4}|\d{2}))?")
_OF_HALF_A_DAY = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2})?\s*([ap])\.?m\.?")
_TIME = re.compile(r"(?:om\s+)?(\d{1,2})(?:\s*[:.,uh]\s*(\d{2})(?::\d{2}(?:\.\d+)?)?|(\d{2}))?\s*(?:u|uur|h)?\.?")
_SPAN = re.compile(r"\s*(?:-|–|—|\btot(?: en met)?\b|\bt/m\b)\s*")
# The decimals are zeros that Excel adds to whole numbers.
_NUMBER = re.compile(r"(-?[0-9]{1,18})(?:[.,]0{1,2})?")
_SEAT = re.compile(r"(?:stoel\s*)?0*([1-9][0-9]{0,2})(?:[.,]0*)?")
_HANDS = re.compile(r"(\d{1,3})(?:\s*(?:/|van(?:\s+de)?|uit)\s*(\d{1,3}))?(?:\s*handen)?")
BULLETS = rf"(?:[{BULLET_SIGNS}]|o(?=\t)|[0-9]{{1,3}}\.|\(?(?:[0-9]{{1,3}}|[a-zA-Z]|[ivxIVX]{{2,5}})\))"
"""What stands before an item of a list, as people type it and programs copy it: "•", "1.", "a)", "(iv)"; of Word also
"o" and a tab.
"""
_IN_WORDS = {word: str(number) for number, word in enumerate(NUMBERS)} | {"een": "1", "nul": "0", "niemand": "0"}
_EVERYBODY = ("iedereen", "allemaal", "allen")
_MISTYPED_FROM = 5
"""Minimum letters for tolerating a typing error: "juni" and "juli" differ by one letter."""
_NO_YEAR_IS_WITHIN = 9
"""Number of years in which every calendar day occurs: 29 February can be eight years away."""


def read_date(text: str, today: dt.date | None = None) -> dt.date | None:
    """Return the date in a text, or None if it is not a date.

    Accepted: "14 februari 2023", "14 feb '23", "14-2-23", "14/2", "2023-02-14", "2023-02-14T15:35", with or without the
    day of the week. A date without a year is the first such day from `today` on; without `today` (in a file) it is
    None.
    """
    words = _WEEKDAY.sub("", " ".join(text.casefold().split())).removesuffix(".")
    if iso := _ISO_DATE.fullmatch(words):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    parts = _NUMERIC_DATE.fullmatch(words) or _NAMED_DATE.fullmatch(words)
    if parts is None:
        return None
    month = int(parts[2]) if parts[2].isdecimal() else _month(parts[2])
    if month is None:
        return None
    day, year = int(parts[1]), parts[3]
    # Two digits are a year of this century.
    if year is not None:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    if today is None:
        return None
    coming = (_date(today.year + later, month, day) for later in range(_NO_YEAR_IS_WITHIN))
    return next((date for date in coming if date is not None and date >= today), None)


def read_time(text: str) -> dt.time | None:
    """Return the time in a text ("15:35", "15.35 uur", "15u35", "1535", "16 uur", "15:35:00"), or None.

    "02:30 PM" and "2:30p.m." too. "Half vier" gives None, since it can be two times of the day.
    """
    if half := _OF_HALF_A_DAY.fullmatch(text.casefold().strip()):
        hour = int(half[1]) % 12 + (12 if half[3] == "p" else 0)
        return dt.time(hour, int(half[2])) if int(half[1]) <= 12 and int(half[2]) < 60 else None
    parts = _TIME.fullmatch(" ".join(text.casefold().split()))
    if not parts:
        return None
    hour, minute = int(parts[1]), int(parts[2] or parts[3] or 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def read_moment(text: str) -> dt.datetime | None:
    """Return a moment in ISO form, as programs write it, or None.

    None too in the first and last year of the calendar, where converting to another time zone may overflow.
    """
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if dt.MINYEAR < moment.year < dt.MAXYEAR else None


def read_begin(text: str) -> dt.time | None:
    """Return the start time of "15:30 - 17:20" or "15.30 tot 17.20 uur", or of a single time; otherwise None."""
    return read_time(_SPAN.split(text.strip().casefold(), maxsplit=1)[0])


def read_seat(text: str) -> int | None:
    """Return the number in "3", "03", "3." (list item), "3,0" (Excel) or "stoel 3", from 1 to 999, or None."""
    number = _SEAT.fullmatch(text.strip().casefold())
    return int(number[1]) if number else None


def read_number(text: str) -> int | None:
    """Return the whole number in "3", "03", "-3" or "3,0" (Excel), or None."""
    number = _NUMBER.fullmatch(text.strip())
    return int(number[1]) if number else None


def read_hands(text: str, present: int) -> tuple[int, int] | None:
    """Return the hands raised, and of how many, in "7", "7/9", "zeven van de 9 handen" or "iedereen", or None.

    `present`: of how many if the text does not say. More hands than people give None.
    """
    words = [_IN_WORDS.get(word, word) for word in text.casefold().split()]
    if len(words) == 1 and words[0] in _EVERYBODY:
        words = [str(present)]
    parts = _HANDS.fullmatch(" ".join(words))
    if not parts:
        return None
    hands, of = int(parts[1]), int(parts[2]) if parts[2] else present
    return (hands, of) if of > 0 and hands <= of else None


def _month(name: str) -> int | None:
    """Return the month that starts with `name` (three letters or more), or that differs from it by one letter."""
    if name in _SHORT_MONTHS:
        return _SHORT_MONTHS[name]
    numbers = [number for number, month in enumerate(MONTHS, 1) if len(name) > 2 and month.startswith(name)]
    if not numbers and len(name) >= _MISTYPED_FROM:
        from rapidfuzz.distance import OSA  # imported here to keep it out of the start-up time

        numbers = [number for number, month in enumerate(MONTHS, 1) if OSA.distance(name, month, score_cutoff=1) < 2]
    return numbers[0] if len(numbers) == 1 else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
