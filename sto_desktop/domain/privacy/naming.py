"""Who may be named how: by name, by role, under a pseudonym, or only as a panel member.

The rules, which hold for everything that leaves the program to be read:

- Who did not say yes to being named is never named; "onbekend" counts as no.
- Who did not say yes to being quoted is always "een panellid", and never quoted word for word. Nor, beside names, is
  the only one called so who did say yes: the quote could be nobody else's.
- By role ("een docent vmbo") only where at least two members who were there share that role within that sector, and may
  be called by it: who stands by name, or may not be quoted, does not hide another. Of the others, those whose sector
  still has two of them are named by their sector ("een panellid van een bedrijf").
- Where that leaves one "een panellid" alone, the smallest of those groups becomes "een panellid" too
  (`domain.privacy.crowd`); where all others are called by name, one of them does, always the same.
- Names inside texts are another matter: see `domain.privacy.redaction`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.domain.privacy.crowd import merged
from sto_desktop.domain.vocabulary import Consent

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
"""Roles that stand for a line of work: what follows ("docent PIE") is left away when people are grouped."""

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
"""How "een panellid" goes on where only the sector can be told; a sector that is not here tells nothing."""


class NameMode(StrEnum):
    """How members appear where they spoke."""

    FULL = "FULL"
    ROLE = "ROLE"
    PSEUDONYM = "PSEUDONYM"


@dataclass(frozen=True, slots=True)
class Label:
    """How a member is called, and how several who are called the same."""

    one: str
    many: str


MEMBER = Label("een panellid", "panelleden")
"""What anybody can be called."""


def may_be_named(panelist: Panelist) -> bool:
    """Tell whether a member may stand in a document by name."""
    return panelist.consent_name is Consent.YES and bool(panelist.name.strip())


def unnamed(panelist: Panelist) -> Panelist:
    """Return a member whom no text may name, whatever they allowed for the verslag of their own panel."""
    return replace(panelist, consent_name=Consent.NO)


def may_be_quoted(panelist: Panelist) -> bool:
    """Tell whether a member's words may be given as theirs."""
    return panelist.consent_quote is Consent.YES


def _line_of_work(role: str) -> str:
    words = role.split()
    first = words[0].lower().strip(",.") if words else ""
    return first if first in _PLURALS else " ".join(words).lower()


_Group = tuple[str, str]
"""Line of work and sector, folded, of members who are called alike; a sector alone has no line of work."""

_NOBODY: _Group = ("", "")


def _of_role(panelist: Panelist) -> _Group:
    known = panelist.role.strip() and panelist.sector.strip()
    return (fold(_line_of_work(panelist.role)), fold(panelist.sector)) if known else _NOBODY


def _of_sector(panelist: Panelist) -> _Group:
    return ("", fold(panelist.sector)) if _sector_label(panelist) != MEMBER else _NOBODY


def _role_label(panelist: Panelist) -> Label:
    work = _line_of_work(panelist.role)
    sector = panelist.sector.strip()
    phrase = _SECTOR_PHRASES.get(sector.lower(), sector)
    if fold(sector) in fold(work).split():
        phrase = ""
    many = _PLURALS.get(work)
    one = " ".join(part for part in ("een", work, phrase) if part)
    return Label(one, " ".join(part for part in (many, phrase) if part) if many else MEMBER.many)


def _sector_label(panelist: Panelist) -> Label:
    phrase = _SECTOR_MEMBERS.get(panelist.sector.strip().lower(), "")
    return Label(f"{MEMBER.one} {phrase}", f"{MEMBER.many} {phrase}") if phrase else MEMBER


def _letters(number: int) -> str:
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def _no_order(panelist: Panelist) -> bytes:
    """Return what puts members in an order that is always the same and tells nothing of them."""
    return hashlib.sha256(panelist.id.encode()).digest()


def pseudonyms(panelists: Iterable[Panelist]) -> dict[str, str]:
    """Return a pseudonym for every member (id): "Panellid A".

    The order is that of a hash of the ids, so that it tells nothing about seats, and stays when somebody is renamed.
    """
    order = sorted(panelists, key=_no_order)
    return {item.id: f"Panellid {_letters(at)}" for at, item in enumerate(order)}


class Naming:
    """How the members of one panel are called in one document."""

    def __init__(
        self,
        panelists: Iterable[Panelist],
        mode: NameMode = NameMode.ROLE,
        withdrawn: Iterable[Panelist] = (),
    ) -> None:
        """`withdrawn`: who does not take part. Their names go too, they are nobody here and count nowhere."""
        self.mode = mode
        self._panelists = {item.id: item for item in panelists}
        self._withdrawn = tuple(map(unnamed, withdrawn))
        self._pseudonyms = pseudonyms(self._panelists.values()) if mode is NameMode.PSEUDONYM else {}
        present = [item for item in self._panelists.values() if item.present]
        self.company = self._company(present)
        """The member (id) who may be called by name and is not, since only one other must have none."""
        self._groups = self._grouped(present)
        self._shown: dict[_Group, Label] = {}
        for identity, group in self._groups.items():
            if group != _NOBODY:
                # One wording for all of a group: "docent VMBO" beside "docent vmbo" would be a mark on one of them.
                item = self._panelists[identity]
                self._shown.setdefault(group, _role_label(item) if group[0] else _sector_label(item))
        self._labels = {identity: self._find(item) for identity, item in self._panelists.items()}

    def label(self, panelist: str | None) -> Label:
        """Return how a member (id) is called where they spoke."""
        return self._labels.get(panelist or "", MEMBER)

    def of(self, panelist: str | None) -> str:
        """Return how one member (id) is called: a name, "een docent vmbo", "Panellid A" or "een panellid"."""
        return self.label(panelist).one

    def quotable(self, panelists: Iterable[str]) -> bool:
        """Tell whether words of these members (ids) may be quoted; no when nobody is known to have said them.

        Nor beside names, where nobody else who may be quoted is called as the speaker is: it could only be theirs.
        """
        found = [self._panelists.get(item) for item in panelists]
        return bool(found) and all(
            item is not None and may_be_quoted(item) and not self._only_one_of_label(item) for item in found
        )

    def _only_one_of_label(self, panelist: Panelist) -> bool:
        if self.mode is not NameMode.FULL or (self.shows_name(panelist) and panelist.id != self.company):
            return False
        label = self.label(panelist.id)
        return not any(
            item.present and item.id != panelist.id and may_be_quoted(item) and self.label(item.id) == label
            for item in self._panelists.values()
        )

    def shows_name(self, panelist: Panelist) -> bool:
        """Tell whether a member's name may stand in this document."""
        return self.mode is NameMode.FULL and may_be_named(panelist)

    @property
    def hidden(self) -> tuple[Panelist, ...]:
        """The members whose name may not stand in this document."""
        return (*(item for item in self._panelists.values() if not self.shows_name(item)), *self._withdrawn)

    def _by_itself(self, panelist: Panelist) -> bool:
        """Tell whether a member is called by a name or letter of their own, where they may be quoted."""
        return self.mode is NameMode.PSEUDONYM or self.shows_name(panelist)

    def _company(self, present: Sequence[Panelist]) -> str | None:
        named = [item for item in present if self.shows_name(item) and may_be_quoted(item)]
        if self.mode is not NameMode.FULL or not named or len(present) - len(named) != 1:
            return None
        return min(named, key=_no_order).id

    def _grouped(self, present: Iterable[Panelist]) -> dict[str, _Group]:
        """Return the group after which each member is called who has no name of their own: only these can be meant.

        Those who share a role are one; of what is left, those who share a sector; the rest is called by neither.
        """
        there = [
            item for item in present if item.id == self.company or not (self._by_itself(item) and may_be_quoted(item))
        ]
        quoted = [item for item in there if may_be_quoted(item)]
        roles = merged({item.id: _of_role(item) for item in quoted}, _NOBODY)
        left = [item for item in quoted if roles[item.id] == _NOBODY]
        sectors = merged({item.id: _of_sector(item) for item in left}, _NOBODY)
        return merged({item.id: {**roles, **sectors}.get(item.id, _NOBODY) for item in there}, _NOBODY)

    def _find(self, panelist: Panelist) -> Label:
        if not may_be_quoted(panelist):
            return MEMBER
        if self.shows_name(panelist) and panelist.id != self.company:
            return Label(panelist.name, panelist.name)
        if self.mode is NameMode.PSEUDONYM:
            name = self._pseudonyms[panelist.id]
            return Label(name, name)
        # Who was not there, and spoke all the same, is called as those who were.
        likely = next((group for group in (_of_role(panelist), _of_sector(panelist)) if group in self._shown), _NOBODY)
        return self._shown.get(self._groups.get(panelist.id, likely), MEMBER)
