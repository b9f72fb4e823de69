"""The front of minutes: facts about the panel and who was there, which stand before what was said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sto_desktop.domain.people import fold
from sto_desktop.domain.typed import BULLETS, read_begin, read_date, read_time
from sto_desktop.domain.vocabulary import SUBREGIONS
from sto_desktop.exchange.files.document import Grid, TextBlock
from sto_desktop.exchange.files.form import filled
from sto_desktop.exchange.files.look import Becomes
from sto_desktop.exchange.notes.lines.speakers import names_among
from sto_desktop.exchange.notes.lines.turns import name_like

# "Datum: 2023-02-14", possibly in a list or in bold.
_ABOUT = re.compile(r"[-*•–\s_]*(\w+(?:(?: en | |/)\w+)?)[*_\s]*:[*_\s]*(.+?)[*_\s]*")
_LIST = re.compile(
    r"[-*•–\s_]*((?:aanwezig|afwezig|afgemeld|verhinderd|deelnemers|panelleden|aanwezigen|afwezigen|afmeldingen"
    r"|(?:aanwezige|afwezige|afgemelde) (?:leden|panelleden|deelnemers|personen)"
    r"|(?:members |attendees |people )?present|attendees|absent|apologies)"
    r"(?: waren| zijn| met (?:kennisgeving|bericht|afbericht)| m\.?\s?k\.?g?\.?| m\.?\s?b\.?)?)[*_\s]*(?:\([^)]*\))?"
    r"\s*(?::[*_\s]*(.*?))?[*_\s]*",
    re.IGNORECASE | re.DOTALL,
)
_ABSENT = ("afwezig", "afgemeld", "verhinderd", "afmeldingen", "absent", "apologies")
_SENTENCE_ENDS = "?!…"
_MOST_PLACE_WORDS = 8
_LONGEST_TITLE = 120
# What stands between a day, a time and a place on one line; a bare dash only between blanks.
_PARTS = re.compile(r"\s*[,;|•·]\s*|\s+(?:om|van|tot|in|te)\s+|\s+[-–—]\s+")
_LIST_BEHIND = re.compile(r"(?<=[.!?])\s+(?=(?:aanwezig|afwezig|afgemeld)(?![a-z])[^:.\n]{0,30}:)", re.IGNORECASE)
# As a title with a day begins, which is no place: "Gespreksverslag panel Enschede, 21 maart 2024".
_OF_MINUTES = re.compile(
    r"(?:\w*verslag|notulen|notitie\w*|aantekening\w*|transcript\w*|memo|panel\w*|\w*gesprek\w*|bijeenkomst|overleg)\b",
    re.IGNORECASE,
)
_MOST_LINES = 25
_MOST_LOOSE = 3
_OPENING = re.compile(
    r"[0-9A-Z]{1,2}[.)]\s|(?:opening|welkom|inleiding|mededelingen|aanwezig|afwezig)\b", re.IGNORECASE
)


def _a_person(text: str) -> str | None:
    """Return a text if it is a name, or names: a sentence after "Gespreksleider:" is what the moderator says."""
    people = re.sub(r"\([^)]*\)", " ", text)
    names = [name for name in re.split(r"[,;/&]|\s+en\s+", people) if name.strip()]
    return text if names and all(name_like(name) for name in names) else None


def _a_place(text: str) -> str | None:
    words = text.split()
    ends = text[-1] in _SENTENCE_ENDS or (text[-1] == "." and len(words) > 3)
    return None if ends or len(words) > _MOST_PLACE_WORDS else text


def _a_subregion(text: str) -> str | None:
    known = any(fold(text) == fold(name) for name in SUBREGIONS)
    return text if known or len(text.split()) <= 4 else None


_FIELDS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "begin": ("start", read_begin),
    "tijd": ("start", read_begin),
    "aanvang": ("start", read_begin),
    "plaats": ("place", _a_place),
    "locatie": ("place", _a_place),
    "gespreksleider": ("moderator", _a_person),
    "moderator": ("moderator", _a_person),
    "voorzitter": ("moderator", _a_person),
    "notulist": ("note_taker", _a_person),
    "verslag": ("note_taker", _a_person),
    "subregio": ("subregion", _a_subregion),
    "titel": ("title", str),
    "title": ("title", str),
}
_BY = re.compile(r"Door: gespreksleider (.+?)(?: en notulist (.+))?")
_DATED = (
    "gehouden",
    "datum",
    "date",
    "datum en tijd",
    "datum/tijd",
    "plaats en datum",
    "datum en plaats",
    "datum en locatie",
)


_LABELS = "|".join(re.escape(label) for label in sorted({*_FIELDS, *_DATED}, key=len, reverse=True))
_BEGINS_AS_FACT = re.compile(rf"[*_]*(?:{_LABELS})[*_]*\s*:", re.IGNORECASE)
# "Datum: 14 februari 2023  Tijd: 15.30 uur | Locatie: Stadhuis": another fact behind the first.
_FACT_BEHIND = re.compile(rf"(?:\s*[,;|·•]\s*|\s+[-–—]\s+|\s+)(?={_BEGINS_AS_FACT.pattern})", re.IGNORECASE)


def facts_in(text: str) -> Mapping[str, Any]:
    """Return the fields of the panel and their values in a line such as "Datum: 14 februari 2023"; empty for none."""
    match = _ABOUT.fullmatch(text)
    if by := _BY.fullmatch(text):
        return {"moderator": by[1]} | ({"note_taker": by[2]} if by[2] else {})
    if match is None:
        return {}
    label, value = fold(match[1]), match[2].strip()
    if label in _DATED:
        return _dated(value)
    name, read = _FIELDS.get(label, ("", str))
    found = read(value) if name else None
    return {} if found in (None, "") else {name: found}


def dated_line(text: str) -> Mapping[str, Any]:
    """Return day, begin and place in a line without a label: "12 mei 2025, De Brug, 15.30 uur"; empty if it is none."""
    return {} if ":" in re.sub(r"[0-9]{1,2}:[0-9]{2}", "", text) else _dated(text)


def _dated(text: str) -> dict[str, Any]:
    """Return what is understood of a day with time and place; empty if any part of it is not."""
    found: dict[str, Any] = {}
    whole = read_date(text)
    for part in [text] if whole else filter(None, _PARTS.split(text.strip())):
        day, time = read_date(part), read_time(part)
        if day and "date" not in found:
            found["date"] = day
        elif time is not None:
            found.setdefault("start", time)
        elif _OF_MINUTES.match(part) and len(part.split()) <= _MOST_PLACE_WORDS and part != text:
            # What the title is of says no more than its day does.
            continue
        elif "place" not in found and not any(map(str.isdecimal, part)) and _a_place(part):
            found["place"] = part
        else:
            return {}
    return found if "date" in found else {}


def list_in(text: str, *, heading: bool = False) -> Becomes | None:
    """Return whether a line begins a list of who is present, or absent."""
    match = _LIST.fullmatch(text)
    if match is None or (match[2] and not names_among(match[2])[0]):
        return None
    if not match[2] and not heading and ":" not in text:
        return None
    return Becomes.ABSENT if fold(match[1]).startswith(_ABSENT) else Becomes.PRESENT


def after_label(text: str) -> str:
    """Return what stands after "Aanwezig:"; the whole text if it does not begin so."""
    match = _LIST.fullmatch(text)
    return (match[2] or "") if match else text


def listed_below(blocks: Sequence[TextBlock | Grid]) -> Iterator[str]:
    """Yield the names that stand on lines of their own below "Aanwezig:"; an empty line ends them."""
    begun = listing = False
    for block in blocks:
        text = "" if isinstance(block, Grid) or block.left_out else bare(block.text)
        if not text or isinstance(block, Grid):
            continue
        if list_in(text, heading=bool(block.level)):
            begun, listing = not after_label(text).strip(), False
            continue
        names = names_among(text)[0] if begun and not block.level and not (block.apart and listing) else []
        begun, listing = bool(names), True
        yield from names


def is_list(text: str) -> bool:
    """Return whether a line has the form of a list of who is there, whatever stands in it."""
    return _LIST.fullmatch(text) is not None


def is_about(grid: Grid) -> bool:
    """Return whether a table lists words with their values, of which one at least is a fact about a panel."""
    rows = [filled(row) for row in grid.rows]
    return all(len(row) <= 2 for row in rows) and any(
        len(row) == 2 and facts_in(f"{row[0][1].strip(' :')}: {row[1][1]}") for row in rows
    )


def is_title(text: str) -> bool:
    """Return whether a line has the form of a title, with which a front begins."""
    return len(text) <= _LONGEST_TITLE and text[-1] not in ".;,?!" and "\n" not in text and ":" not in text


def begins(text: str) -> bool:
    """Return whether a heading is the first of the minutes themselves, such as "1. Opening", and no title."""
    return _OPENING.match(text) is not None


def parted(blocks: Sequence[TextBlock | Grid]) -> Iterator[TextBlock | Grid]:
    """Yield the blocks; in the front, a list of who was there that stands behind a sentence is a line of its own, and
    so is a fact behind another one.
    """
    for at, block in enumerate(blocks):
        # A point of a list is one thing that was said, as in our own Markdown.
        if isinstance(block, Grid) or block.level or block.item or at >= _MOST_LINES:
            yield block
            continue
        behind = _FACT_BEHIND if _BEGINS_AS_FACT.match(block.text) else _LIST_BEHIND
        for number, text in enumerate(behind.split(block.text)):
            yield replace(block, text=text, apart=block.apart and not number)


def end_of_front(blocks: Sequence[TextBlock | Grid], is_said: Callable[[TextBlock], bool]) -> int:
    """Return the place of the last line of the front; -1 if there is none.

    Between its facts may stand a title, a few lines that are none, and the heading under which people are listed.
    """
    last, loose, listing = -1, 0, False
    for at, block in enumerate(blocks[:_MOST_LINES]):
        if isinstance(block, Grid):
            if not is_about(block):
                break
            last = at
            continue
        text = bare(block.text)
        names = list_in(text, heading=bool(block.level))
        known = facts_in(text) or dated_line(text)
        if block.left_out or block.fact:
            continue
        if names or (listing and names_among(text)[0]) or (known and not is_said(block)):
            last, listing = at, bool(names and not after_label(text).strip()) or (listing and not known)
            continue
        listing = False
        if block.level and (at == 0 or block.level < 0 or begins(text)):
            continue
        loose += 1
        if block.level or is_said(block) or not is_title(text) or loose > _MOST_LOOSE:
            break
    return last


_BULLET = re.compile(rf"^{BULLETS}[ \t\u00a0]+(?=\S)")


def bare(text: str) -> str:
    """Return a line without the bullet or number before it."""
    return _BULLET.sub("", text.strip())
