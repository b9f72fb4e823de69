"""The single parser of dates, times, seats and bullets, as Dutch people type them and programs write them."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

from sto_desktop.domain.dutch import MONTHS, NUMBERS, WEEKDAYS
from sto_desktop.domain.vocabulary import BULLET_SIGNS
from sto_desktop.patterns import lazy_re

# Abbreviations that are not the start of the Dutch month.
_SHORT_MONTHS = {"mrt": 3, "oct": 10, "febr": 2, "sept": 9}
_WEEKDAY = lazy_re(rf"^(?:op\s+)?(?:(?:{'|'.join(f'{day}|{day[:2]}' for day in WEEKDAYS)})\.?,?\s+)?")
_ISO_DATE = lazy_re(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}\S*)?")
_NUMERIC_DATE = lazy_re(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*['’]?(\d{4}|\d{2}))?")
_NAMED_DATE = lazy_re(r"(\d{1,2})[-\s.]*([a-z]+)\.?(?:[-\s]*['’]?(\d{4}|\d{2}))?")
_OF_HALF_A_DAY = lazy_re(r"([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2})?\s*([ap])\.?m\.?")
_TIME = lazy_re(r"(?:om\s+)?(\d{1,2})(?:\s*[:.,uh]\s*(\d{2})(?::\d{2}(?:\.\d+)?)?|(\d{2}))?\s*(?:u|uur|h)?\.?")
# "half vijf", "kwart voor vijf", "tien over half 5".
_SPOKEN_TIME = lazy_re(r"(?:om )?(?:(?P<minutes>\w+) (?P<side>voor|over) )?(?P<half>half )?(?P<hour>\w+)(?: uur)?")
_HALF_A_DAY = 12 * 60
AHEAD = {"vandaag": 0, "morgen": 1, "overmorgen": 2}
_DAYS = {"dag": 1, "dagen": 1, "week": 7, "weken": 7}
COMING = (
    rf"(?P<next>volgende\s+week\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})(?:ochtend|middag|avond)?|(?P<ahead>{'|'.join(AHEAD)})"
    rf"|over\s+(?P<number>\d{{1,2}}|[eé][eé]n|{'|'.join(NUMBERS[2:7])})\s+(?P<unit>{'|'.join(_DAYS)}|maand|maanden)"
    rf"|einde?\s+(?:van\s+)?(?P<end>{'|'.join(MONTHS)})"
)
"""A day as seen from today: "vrijdag", "volgende week dinsdag", "over twee weken", "eind mei"."""
_COMING = lazy_re(rf"(?:op\s+)?(?:{COMING})")
_SPAN = lazy_re(r"\s*(?:-|–|—|\btot(?: en met)?\b|\bt/m\b)\s*")
# The decimals are zeros that Excel adds to whole numbers.
_NUMBER = lazy_re(r"(-?[0-9]{1,18})(?:[.,]0{1,2})?")
_WHOLE = lazy_re(r"-?[0-9]{1,9}")
_SEAT = lazy_re(r"(?:stoel\s*)?0*([1-9][0-9]{0,2})(?:[.,]0*)?")
_HANDS = lazy_re(
    r"(?P<all>alle )?(\d{1,3})(?:\s*(?:/|van(?:\s+de)?|uit|op)\s*(\d{1,3}))?"
    r"(?:\s*(?:handen|mensen|personen|(?:panel)?leden|aanwezigen))?\.?"
)
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
    day of the week. A date without a year is the first such day from `today` on, and so is a day as seen from it
    (`COMING`); without `today` (in a file) these are None.
    """
    if today is not None and (ahead := _COMING.fullmatch(" ".join(text.casefold().split()))):
        return coming_day(ahead, today)
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


def coming_day(match: re.Match[str], today: dt.date) -> dt.date | None:
    """Return the day that a match of `COMING` means."""
    if match["weekday"]:
        number = WEEKDAYS.index(match["weekday"].lower())
        if match["next"]:
            return today + dt.timedelta(days=7 - today.weekday() + number)
        return today + dt.timedelta(days=(number - today.weekday()) % 7 or 7)
    if match["ahead"]:
        return today + dt.timedelta(days=AHEAD[match["ahead"].lower()])
    if match["number"]:
        written = match["number"].lower().replace("é", "e")
        count, unit = int(_IN_WORDS.get(written, written)), match["unit"].lower()
        return today + dt.timedelta(days=count * _DAYS[unit]) if unit in _DAYS else _month_later(today, count)
    first = read_date(f"1 {match['end']}", today.replace(day=1))
    return _month_later(first, 1).replace(day=1) - dt.timedelta(days=1) if first is not None else None


def _month_later(day: dt.date, count: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_time_after(text: str, begin: dt.time | None) -> dt.time | None:
    """Return the time in a text that is after another one, which tells the afternoon from the morning: "4 uur" and
    "half vijf" after 15:30 are 16:00 and 16:30.
    """
    time = read_time(text) or (_spoken_time(" ".join(text.casefold().split())) if begin is not None else None)
    if time is None or begin is None or time >= begin or time.hour >= 12:
        return time
    later = time.replace(hour=time.hour + 12)
    return later if later > begin else time


def _spoken_time(words: str) -> dt.time | None:
    spoken = _SPOKEN_TIME.fullmatch(words)
    if spoken is None:
        return None
    hour, beside = (_IN_WORDS.get(word, word) for word in (spoken["hour"], spoken["minutes"] or "0"))
    minutes = "15" if beside == "kwart" else beside
    if not (hour.isdecimal() and minutes.isdecimal() and 1 <= int(hour) <= 12 and int(minutes) < 30):
        return None
    whole = int(hour) * 60 - (30 if spoken["half"] else 0) + int(minutes) * (-1 if spoken["side"] == "voor" else 1)
    return dt.time(*divmod(whole % _HALF_A_DAY, 60))


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
    hands = int(parts[2])
    of = hands if parts["all"] else int(parts[3]) if parts[3] else present
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


def whole_number(text: str | None, otherwise: int = 0) -> int:
    """Return a whole number from an untrusted file; `otherwise` if the text is not one of at most nine digits."""
    return int(text) if text and _WHOLE.fullmatch(text) else otherwise
