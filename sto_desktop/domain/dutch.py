"""Dutch spelling and typography: numbers in words, dates and times, full stops, quotation marks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from sto_desktop.language import plural, tr, tr_later
from sto_desktop.patterns import lazy_re

NUMBERS = (
    tr_later("geen"),
    tr_later("één"),
    tr_later("twee"),
    tr_later("drie"),
    tr_later("vier"),
    tr_later("vijf"),
    tr_later("zes"),
    tr_later("zeven"),
    tr_later("acht"),
    tr_later("negen"),
    tr_later("tien"),
    tr_later("elf"),
    tr_later("twaalf"),
    tr_later("dertien"),
    tr_later("veertien"),
    tr_later("vijftien"),
    tr_later("zestien"),
    tr_later("zeventien"),
    tr_later("achttien"),
    tr_later("negentien"),
    tr_later("twintig"),
)
MONTHS = (
    tr_later("januari"),
    tr_later("februari"),
    tr_later("maart"),
    tr_later("april"),
    tr_later("mei"),
    tr_later("juni"),
    tr_later("juli"),
    tr_later("augustus"),
    tr_later("september"),
    tr_later("oktober"),
    tr_later("november"),
    tr_later("december"),
)
WEEKDAYS = (
    tr_later("maandag"),
    tr_later("dinsdag"),
    tr_later("woensdag"),
    tr_later("donderdag"),
    tr_later("vrijdag"),
    tr_later("zaterdag"),
    tr_later("zondag"),
)
_APOSTROPHE = lazy_re(r"(?<=\w)'(?=\w)")
_YEARS = lazy_re(r"(\d{4})\s*[-/]\s*(\d{2,4})(?!\d)")
ASIDE = " –\u00a0"
"""Separator between a text and its speaker or place: a dash that never ends a line."""
_ENDS = tuple(".!?…:")
_BEHIND_ENDS = "”’\"')"
_ABBREVIATION = lazy_re(r"(?:\w{1,3}\.){2,}$|\b(?:bijv|ca|dr|enz|etc|ir|jr|mr|nr|resp|sr|vgl)\.$", re.IGNORECASE)
"""Ends in a full stop that is part of the word: "e.o.", "B.V.", "enz."."""


def number(count: int) -> str:
    """Return a number in words up to twenty, in digits above; "geen" for zero."""
    return tr(NUMBERS[count]) if 0 <= count < len(NUMBERS) else f"{count:,}".replace(",", ".")


def in_words(count: int, one: str, many: str, /, **values: object) -> str:
    """Return "één panellid", "vijf panelleden": like `language.counted`, with the number in words."""
    return plural(count, one, many).format(n=number(count), **values)


def capital(text: str) -> str:
    """Return text with an initial capital; both letters of an "ij", and "Eén" for "één"."""
    if text.startswith("ij"):
        return f"IJ{text[2:]}"
    if text.startswith("éé"):
        return f"E{text[1:]}"
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return text as a sentence: capitalised, with a full stop unless it ends in punctuation."""
    return closed(capital(text.strip()))


def long_date(day: dt.date | None) -> str:
    """Return "14 februari 2023"; empty without a date."""
    return f"{day.day} {tr(MONTHS[day.month - 1])} {day.year}" if day else ""


def day_and_month(day: dt.date) -> str:
    """Return "14 februari"."""
    return f"{day.day} {tr(MONTHS[day.month - 1])}"


def short_date(day: dt.date, *, year: bool = False) -> str:
    """Return "14 feb 2023", or "14 feb"."""
    words = f"{day.day} {tr(MONTHS[day.month - 1])[:3]}"
    return f"{words} {day.year}" if year else words


def day_and_date(day: dt.date) -> str:
    """Return "dinsdag 14 februari 2023"."""
    return f"{tr(WEEKDAYS[day.weekday()])} {long_date(day)}"


def clock(moment: dt.datetime | dt.time | None, *, seconds: bool = False) -> str:
    """Return "15:35" or "15:35:07", as screens and plans show a time; empty for None."""
    if moment is None:
        return ""
    return f"{moment:%H:%M:%S}" if seconds else f"{moment:%H:%M}"


def school_years(text: str) -> str:
    """Return school years as printed: with a dash between the years."""
    return _YEARS.sub("\\1–\\2", text.strip())


def clock_time(moment: dt.datetime | dt.time) -> str:
    """Return "14.05" for a moment in local time, as documents print it."""
    local = moment.astimezone() if isinstance(moment, dt.datetime) and moment.tzinfo else moment
    return f"{local:%H.%M}"


def one_line(text: str) -> str:
    """Return text on one line."""
    return " ".join(text.split())


def shortened(text: str, longest: int) -> str:
    """Return text on one line of at most `longest` characters, cut between words and followed by "…"."""
    line = one_line(text)
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    words = cut[: cut.rfind(" ")] if " " in cut[longest // 2 :] else cut
    return f"{words.rstrip(' ,;:.–-')}…"


def quoted(text: str) -> str:
    """Return text within Dutch quotation marks, replacing any that enclose it."""
    bare = text.strip()
    if len(bare) > 1 and bare[0] in '"“„«' and bare[-1] in '"”»' and not any(mark in bare[1:-1] for mark in '"“”„«»'):
        bare = bare[1:-1].strip()
    return f"“{bare}”"


def apostrophes(text: str) -> str:
    """Return a text with apostrophes within its words as documents write them: "subregio’s"."""
    return _APOSTROPHE.sub("\u2019", text)


def closed(text: str) -> str:
    """Return text with a full stop, unless it ends in punctuation: "Almelo e.o." already has one."""
    return f"{text}." if text and not text.rstrip(_BEHIND_ENDS).endswith(_ENDS) else text


def unclosed(text: str) -> str:
    """Return text without the full stop of its sentence; the one of an abbreviation stays."""
    return text if _ABBREVIATION.search(text) else text.rstrip(".")


def filled(text: str, values: Mapping[str, object]) -> str:
    """Return text with its `{names}` filled in; omit the full stop after a value that ends in one."""
    for name, value in values.items():
        if isinstance(value, str) and value.endswith("."):
            text = re.sub(rf"\{{{name}\}}\.(?!\.)", f"{{{name}}}", text)
    return text.format(**values)
