"""The wording of a role and a sector that replace a name, and which members share one wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold

_PLURALS: Mapping[str, str] = {
    "adviseur": "adviseurs",
    "bedrijfsleider": "bedrijfsleiders",
    "beleidsadviseur": "beleidsadviseurs",
    "beleidsmedewerker": "beleidsmedewerkers",
    "bestuurder": "bestuurders",
    "coördinator": "coördinatoren",
    "decaan": "decanen",
    "directeur": "directeuren",
    "docent": "docenten",
    "eigenaar": "eigenaren",
    "instructeur": "instructeurs",
    "leerkracht": "leerkrachten",
    "leraar": "leraren",
    "manager": "managers",
    "medewerker": "medewerkers",
    "mentor": "mentoren",
    "ondernemer": "ondernemers",
    "opleider": "opleiders",
    "praktijkbegeleider": "praktijkbegeleiders",
    "praktijkopleider": "praktijkopleiders",
    "programmaleider": "programmaleiders",
    "programmamanager": "programmamanagers",
    "projectleider": "projectleiders",
    "rector": "rectoren",
    "schoolleider": "schoolleiders",
    "teamleider": "teamleiders",
    "wethouder": "wethouders",
}
"""Roles that denote an occupation: what follows ("docent PIE") is ignored when people are grouped."""

_SECTOR_PHRASES: Mapping[str, str] = {
    "bedrijf": "van een bedrijf",
    "bedrijfsvakschool": "van een bedrijfsvakschool",
    "gemeente": "van een gemeente",
    "technolab": "van het Technolab",
    "overig": "",
}
_SECTOR_MEMBERS: Mapping[str, str] = {
    **_SECTOR_PHRASES,
    "po": "uit het basisonderwijs",
    "vmbo": "uit het vmbo",
    "mavo/havo/vwo": "uit mavo, havo of vwo",
    "mbo": "uit het mbo",
    "hbo": "uit het hbo",
}
"""How "een panellid" continues if only the sector may be mentioned; a sector not listed here adds nothing."""


@dataclass(frozen=True, slots=True)
class MemberLabel:
    """How a member is called, and the plural for several members called the same."""

    singular: str
    plural: str


MEMBER = MemberLabel("een panellid", "panelleden")
"""The label that fits anybody."""

SOMEBODY = MemberLabel("iemand", "mensen")
"""The label that fits anybody, panel member or not."""


def _line_of_work(role: str) -> str:
    words = role.split()
    # "docent PIE" and "docent" are one occupation; other roles are compared in full.
    first = words[0].lower().strip(",.") if words else ""
    return first if first in _PLURALS else " ".join(words).lower()


Calling = tuple[str, str]
"""Folded occupation and sector of members with the same label; a sector group has no occupation."""

NOBODY: Calling = ("", "")
"""The group of everybody, which shares nothing."""


def of_role(panelist: Panelist) -> Calling:
    """Return what members of one occupation in one sector share."""
    has_both = panelist.role.strip() and panelist.sector.strip()
    return (fold(_line_of_work(panelist.role)), fold(panelist.sector)) if has_both else NOBODY


def of_sector(panelist: Panelist) -> Calling:
    """Return the sector that members share, if there is a phrase for it."""
    # A sector without a phrase would give the label of everybody.
    return ("", fold(panelist.sector)) if sector_label(panelist) != MEMBER else NOBODY


def role_label(panelist: Panelist) -> MemberLabel:
    """Return "een docent vmbo"."""
    work = _line_of_work(panelist.role)
    sector = panelist.sector.strip()
    phrase = _SECTOR_PHRASES.get(sector.lower(), sector)
    # "docent vmbo" with sector vmbo must not become "docent vmbo vmbo".
    if fold(sector) in fold(work).split():
        phrase = ""
    many = _PLURALS.get(work)
    singular = " ".join(part for part in ("een", work, phrase) if part)
    return MemberLabel(singular, " ".join(part for part in (many, phrase) if part) if many else MEMBER.plural)


def sector_label(panelist: Panelist) -> MemberLabel:
    """Return "een panellid uit het vmbo", or the label that fits anybody."""
    phrase = _SECTOR_MEMBERS.get(panelist.sector.strip().lower(), "")
    return MemberLabel(f"{MEMBER.singular} {phrase}", f"{MEMBER.plural} {phrase}") if phrase else MEMBER


def is_label(name: str) -> bool:
    """Return whether a name is what a copy calls a member whose name it hides: "een docent vo", "Panellid D"."""
    return name.startswith(("een ", "Panellid "))
