"""What an action or an open question says of who does it, and before which day: offered, never taken by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from sto_desktop.domain.capture.agreed import offered
from sto_desktop.domain.capture.language import Agreed, parse
from sto_desktop.domain.model import Panelist

MONDAY = dt.date(2024, 3, 4)
PANEL = (
    Panelist("p1", seat=1, name="Joost Wilmink", first_name="Joost"),
    Panelist("p2", seat=2, name="Wil ter Horst", first_name="Wil"),
    Panelist("p3", seat=3, name="Anke Bos", first_name="Anke"),
    Panelist("p4", seat=4, name="Anke Smit", first_name="Anke"),
)


def offer(line: str) -> Agreed:
    return offered(parse(line, PANEL), PANEL, MONDAY)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("> bellen op dinsdag", dt.date(2024, 3, 5)),
        ("> bellen volgende week dinsdag", dt.date(2024, 3, 12)),
        ("> bellen volgende week maandag", dt.date(2024, 3, 11)),
        ("> bellen dinsdagmiddag", dt.date(2024, 3, 5)),
        ("> terugbellen wie afgelopen vrijdag niet kon", None),
        ("> vorige week vrijdag nabespreken, uiterlijk donderdag", dt.date(2024, 3, 7)),
        ("> elke woensdag een mail", None),
        ("> het plan is er over twee weken", dt.date(2024, 3, 18)),
        ("> over 10 dagen bellen", dt.date(2024, 3, 14)),
        ("> over een maand bellen", dt.date(2024, 4, 4)),
        ("> klaar eind april", dt.date(2024, 4, 30)),
        ("> klaar voor eind februari", dt.date(2025, 2, 28)),
        ("? wie weet dit voor 1 mei", dt.date(2024, 5, 1)),
        ("> nadenken over de week van de techniek", None),
        ("bellen op dinsdag", None),
    ],
)
def test_the_day(line: str, due: dt.date | None) -> None:
    assert offer(line).due == due


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("> @joost belt", "Joost Wilmink"),
        ("> Joost belt de school", "Joost Wilmink"),
        ("> lijst maken door Joost", "Joost Wilmink"),
        ("> lijst maken door @2", "Wil ter Horst"),
        ("> @2 vraagt of Joost meedoet", "Wil ter Horst"),
        ("> vragen of Joost meedoet", ""),
        ("> wil jij bellen", ""),
        ("> Anke belt", ""),
        ("Joost belt", ""),
    ],
)
def test_who(line: str, owner: str) -> None:
    assert offer(line).owner == owner
