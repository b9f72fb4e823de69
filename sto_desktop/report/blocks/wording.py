"""Dutch for documents: numbers, lists with "en", dates and sentences."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from sto_desktop.domain.dutch import closed

_NUMBERS = (
    "geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
    "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig",
)  # fmt: skip
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_YEARS = re.compile(r"(\d{4})\s*[-/]\s*(\d{2,4})(?!\d)")
ASIDE = " –\u00a0"
"""What stands between a text and who said it, or where: a dash that never ends a line."""


def number(count: int) -> str:
    """Return a number in words up to twenty, in digits from there; "geen" for none."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}".replace(",", ".")


def counted(count: int, one: str, many: str) -> str:
    """Return "één panellid", "vijf panelleden"."""
    return f"{number(count)} {one if count == 1 else many}"


def listed(items: Iterable[str]) -> str:
    """Return "a", "a en b", "a, b en c"; empty ones are left out."""
    words = [item for item in items if item]
    return f"{', '.join(words[:-1])} en {words[-1]}" if len(words) > 1 else "".join(words)


def capital(text: str) -> str:
    """Return text with a capital in front; both letters of an "ij", and "Eén" for "één"."""
    if text.startswith("ij"):
        return f"IJ{text[2:]}"
    if text.startswith("éé"):
        return f"E{text[1:]}"
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return text as a sentence: with a capital, and with a full stop unless it ends in a sign of its own."""
    return closed(capital(text.strip()))


def long_date(day: dt.date) -> str:
    """Return "14 februari 2023"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def school_years(text: str) -> str:
    """Return school years as they are printed: with a dash between the years."""
    return _YEARS.sub("\\1–\\2", text.strip())


def clock_time(moment: dt.datetime) -> str:
    """Return "14.05" for a moment, by the clock where the program runs."""
    local = moment.astimezone() if moment.tzinfo else moment
    return f"{local:%H.%M}"


def one_line(text: str) -> str:
    """Return text on one line."""
    return " ".join(text.split())


def shortened(text: str, longest: int) -> str:
    """Return text on one line of at most `longest` signs; what goes is cut off between words, with "…" behind."""
    line = one_line(text)
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    words = cut[: cut.rfind(" ")] if " " in cut[longest // 2 :] else cut
    return f"{words.rstrip(' ,;:.–-')}…"


def left_out(notes: int) -> str:
    """Return in a sentence how many notes a document leaves out, and why; empty for none.

    It says nothing of whose they were, nor of how many people: beside a list of who was there that would tell.
    """
    if not notes:
        return ""
    verb = "is" if notes == 1 else "zijn"
    return f"{capital(counted(notes, 'notitie', 'notities'))} {verb} weggelaten, omdat er geen toestemming voor is."


def quoted(text: str) -> str:
    """Return text within Dutch quotation marks, without those that it had around it."""
    bare = text.strip()
    if len(bare) > 1 and bare[0] in '"“„«' and bare[-1] in '"”»' and not any(sign in bare[1:-1] for sign in '"“”„«»'):
        bare = bare[1:-1].strip()
    return f"“{bare}”"
