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
        # The date behind a weekday is the day.
        ("> uiterlijk vrijdag 22 maart mailen", dt.date(2024, 3, 22)),
        ("> op dinsdag, 16 april om 10 uur", dt.date(2024, 4, 16)),
        ("> vrijdag 5/4 bellen", dt.date(2024, 4, 5)),
        ("> dinsdag 10 uur bellen", dt.date(2024, 3, 5)),
        ("> voor 1/5 bellen", dt.date(2024, 5, 1)),
        ("> klaar (1-5)", dt.date(2024, 5, 1)),
        ("> op 1-5-2025 bellen", dt.date(2025, 5, 1)),
        # Groups, amounts, hours and parts are no days.
        ("> langs bij groep 7/8", None),
        ("> klas 1-2 erbij halen", None),
        ("> 3-4 bedrijven benaderen", None),
        ("> overleg met 2-3 scholen", None),
        ("> 24/7 bereikbaar zijn", None),
        ("> bellen van 8-10 uur", None),
        ("> 1/3 van de scholen bellen", None),
        ("> langs bij groep 7/8, uiterlijk 22 maart", dt.date(2024, 3, 22)),
    ],
)
def test_the_day(line: str, due: dt.date | None) -> None:
    assert offer(line).due == due


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("> @joost belt", "Joost Wilmink"),
        ("> Joost belt de school", "Joost Wilmink"),
        ("> voor 1 mei belt Joost de school", "Joost Wilmink"),
        ("> uiterlijk vrijdag 22 maart mailt Wil de lijst", "Wil ter Horst"),
        ("> morgen belt iemand met Joost", ""),
        ("> voor 1 mei met Joost bellen", ""),
        ("> voor 1 mei wordt Joost gebeld", ""),
        ("> actie voor Joost: lijst maken", "Joost Wilmink"),
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
