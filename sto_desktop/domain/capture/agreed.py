"""Finds in a line what was agreed: who does an action or finds out an answer, and before which day. It is
only offered.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from sto_desktop.domain.capture.language import NOTHING_AGREED, Agreed, Captured
from sto_desktop.domain.dutch import MONTHS, WEEKDAYS
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import called, name_index
from sto_desktop.domain.typed import AHEAD, COMING, coming_day, read_date
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.patterns import lazy_re

_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})(?:ochtend|middag|avond)?"
_MONTH = rf"(?:{'|'.join(month[:3] for month in MONTHS)}|mrt)[a-z]*\.?"
# Without a year, numbers are a day only behind these: "groep 7/8", "3-4 bedrijven" and "24/7" are none.
_BEFORE = rf"(?:\b(?:{_WEEKDAY}|voor|vóór|op|uiterlijk|tot|per|vanaf|rond|deadline|datum),?\s+|\()"
_DATES = lazy_re(
    # A day that was, or one of each week, is none before which something is done.
    rf"\b(?:afgelopen|vorige(?:\s+week)?|elke|iedere)\s+{_WEEKDAY}\b"
    rf"|{_BEFORE}(?:{_WEEKDAY},?\s+)?(?P<short>\d{{1,2}}[-/]\d{{1,2}})(?![\w/-]|\s*(?:uur|deel)\b)"
    # The date behind a weekday is the day.
    rf"|(?:\b{_WEEKDAY},?\s+)?\b(?P<date>\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}}|\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?)(?![\w-])"
    rf"|\b(?P<coming>{COMING})\b",
    re.IGNORECASE,
)
_WHEN = f"voor|vóór|uiterlijk|op|in|eind|over|volgende|{'|'.join((*AHEAD, *WEEKDAYS))}"
_DOER = lazy_re(
    # Behind a time at the start the verb comes first: "voor 1 mei belt Anke".
    rf"^(?:{_WHEN})\b[^.,;:]*?\b(?!(?:met|het|niet|uit|wat|dat|tot|wordt)\b)\w+t\s+(?P<then>(?![a-z])\w[\w'’-]*)"
    r"|^(?:actie|taak)\s+(?:voor|van)\s+(?P<for>\w[\w'’-]*)|^(?P<first>\w[\w'’-]*)|\bdoor\s+(?P<by>\w[\w'’-]*)"
)
"""The words at which a text may say who does it: "Anke belt", "een lijst maken door Anke"."""


def offered(captured: Captured, panelists: Sequence[Panelist], today: dt.date) -> Agreed:
    """Return the owner and the date that the words of an action or an open question state, except those that it already
    has. The first of several speakers does it; without any, who is named as the one who does.
    """
    if not captured.parked and (captured.kind is None or not captured.kind.is_agreed):
        return NOTHING_AGREED
    has = captured.agreed or NOTHING_AGREED
    owner = "" if has.owner else _owner(captured, panelists)
    return Agreed(owner, None if has.due else _due(captured.text, today))


def _owner(captured: Captured, panelists: Sequence[Panelist]) -> str:
    members = {member.id: member for member in panelists}
    voices = [
        members[panelist]
        for panelist, stance in captured.voices
        if panelist in members and stance in (Stance.SAYS, Stance.ABOUT)
    ]
    doers = voices or list(_named_doers(captured.text, panelists))
    return doers[0].name or called(doers[0]) if doers else ""


def _named_doers(text: str, panelists: Sequence[Panelist]) -> Iterator[Panelist]:
    names = name_index(panelists)
    for match in _DOER.finditer(text):
        word = next(filter(None, match.groups()))
        # Without a capital it is more likely a word: "wil jij bellen".
        found = names.find(word) if word[0].isupper() else ()
        if len(found) == 1:
            yield found[0]


def _due(text: str, today: dt.date) -> dt.date | None:
    found = (_day(match, today) for match in _DATES.finditer(text))
    return next((day for day in found if day is not None), None)


def _day(match: re.Match[str], today: dt.date) -> dt.date | None:
    if match["coming"]:
        return coming_day(match, today)
    written = match["date"] or match["short"]
    return read_date(written, today) if written else None
