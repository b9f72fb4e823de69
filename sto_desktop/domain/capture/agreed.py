"""Finds in a line what was agreed: who does an action or finds out an answer, and before which day. It is
only offered.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from sto_desktop.domain.capture.language import NOTHING_AGREED, Agreed, Captured
from sto_desktop.domain.dutch import WEEKDAYS
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import called
from sto_desktop.domain.typed import read_date
from sto_desktop.domain.vocabulary import Stance

_AHEAD = {"vandaag": 0, "morgen": 1, "overmorgen": 2}
_DATES = re.compile(
    r"\b(?P<date>\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?|\d{1,2}\s+[a-z]{3,}\.?(?:\s+\d{4})?)(?![\w-])"
    rf"|\b(?P<weekday>{'|'.join(WEEKDAYS)})\b|\b(?P<ahead>{'|'.join(_AHEAD)})\b",
    re.IGNORECASE,
)


def offered(captured: Captured, panelists: Sequence[Panelist], today: dt.date) -> Agreed:
    """Return the owner and the date that the words of an action or an open question state, except those that it already
    has. The first of several speakers does it.
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
    return voices[0].name or called(voices[0]) if voices else ""


def _due(text: str, today: dt.date) -> dt.date | None:
    for match in _DATES.finditer(text):
        if match["weekday"]:
            ahead = (WEEKDAYS.index(match["weekday"].lower()) - today.weekday()) % 7
            return today + dt.timedelta(days=ahead or 7)
        if match["ahead"]:
            return today + dt.timedelta(days=_AHEAD[match["ahead"].lower()])
        date = read_date(match["date"], today)
        if date is not None:
            return date
    return None
