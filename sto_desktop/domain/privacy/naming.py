"""How each member may be named: by name, by role, under a pseudonym, or only as a panel member.

The rules, for everything that leaves the program to be read:

- A member who did not consent to being named is never named; "onbekend" counts as no.
- A member who did not consent to being quoted is always "een panellid", and never quoted literally. Nor is, beside
  names, the only one with that label who did consent: the quote could be nobody else's.
- A role ("een docent vmbo") is used only if at least two present members share it within their sector and may be called
  by it: a member who is named, or may not be quoted, does not hide another. The others are named by their sector ("een
  panellid van een bedrijf") if it still has two of them.
- If all but one may be named, one more is not, always the same (`domain.privacy.crowd`): not in a list, not in a text.
- If the rules above leave a single "een panellid", the smallest of those groups becomes "een panellid" too; if all
  others are called by name, one of them is "een panellid" as a speaker, always the same one.
- Names inside texts are handled separately: see `domain.privacy.redaction`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.domain.privacy.crowd import may_be_named, may_be_quoted, merged, no_order, shown_by_name
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
"""Roles that denote an occupation: what follows ("docent PIE") is ignored when people are grouped."""
_MARKS = ",."

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
"""How "een panellid" continues if only the sector can be told; a sector not listed here adds nothing."""


class NameMode(StrEnum):
    """How members are named where they spoke."""

    FULL = "FULL"
    ROLE = "ROLE"
    PSEUDONYM = "PSEUDONYM"


@dataclass(frozen=True, slots=True)
class MemberLabel:
    """How a member is called, and the plural for several members called the same."""

    one: str
    many: str


MEMBER = MemberLabel("een panellid", "panelleden")
"""The label that fits anybody."""


def unnamed(panelist: Panelist) -> Panelist:
    """Return a copy of a member that no text may name, whatever they allowed for the verslag of their own panel."""
    return replace(panelist, consent_name=Consent.NO)


def _line_of_work(role: str) -> str:
    work = " ".join(role.lower().split())
    # "docent PIE" and "docent" are one occupation; other roles are compared in full.
    first = work.partition(" ")[0].strip(_MARKS)
    return first if first in _PLURALS else work


_Group = tuple[str, str]
"""Folded occupation and sector of members who are called the same; a sector group has no occupation."""

_NOBODY: _Group = ("", "")


def _of_role(panelist: Panelist) -> _Group:
    known = panelist.role.strip() and panelist.sector.strip()
    return (fold(_line_of_work(panelist.role)), fold(panelist.sector)) if known else _NOBODY


def _of_sector(panelist: Panelist) -> _Group:
    # A sector without a phrase would give the label of everybody.
    return ("", fold(panelist.sector)) if _sector_label(panelist) != MEMBER else _NOBODY


def _role_label(panelist: Panelist) -> MemberLabel:
    work = _line_of_work(panelist.role)
    sector = panelist.sector.strip()
    # "conciërge vmbo" with sector vmbo must not become "conciërge vmbo vmbo".
    told = fold(sector) in fold(work).split()
    phrase = "" if told else _SECTOR_PHRASES.get(sector.lower(), sector)
    many = _PLURALS.get(work)
    singular = " ".join(part for part in ("een", work, phrase) if part)
    return MemberLabel(singular, " ".join(part for part in (many, phrase) if part) if many else MEMBER.many)


def _sector_label(panelist: Panelist) -> MemberLabel:
    phrase = _SECTOR_MEMBERS.get(panelist.sector.strip().lower())
    return MemberLabel(f"{MEMBER.one} {phrase}", f"{MEMBER.many} {phrase}") if phrase else MEMBER


def _letters(number: int) -> str:
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def pseudonyms(panelists: Iterable[Panelist]) -> dict[str, str]:
    """Return a pseudonym for every member (id): "Panellid A".

    The order is that of a hash of the ids, so that it reveals nothing about seats, and stays the same when a member is
    renamed.
    """
    order = sorted(panelists, key=lambda member: no_order(member.id))
    return {member.id: f"Panellid {_letters(at)}" for at, member in enumerate(order)}


class Naming:
    """How the members of one panel are called in one document."""

    def __init__(
        self,
        panelists: Iterable[Panelist],
        mode: NameMode = NameMode.ROLE,
        withdrawn: Iterable[Panelist] = (),
    ) -> None:
        """`withdrawn`: members who do not take part. Their names are removed too, and they are not counted anywhere."""
        self.mode = mode
        self._panelists = {panelist.id: panelist for panelist in panelists}
        self._withdrawn = tuple(map(unnamed, withdrawn))
        self._pseudonyms = pseudonyms(self._panelists.values())
        # Absent members hide nobody.
        present = [panelist for panelist in self._panelists.values() if panelist.present]
        by_name = shown_by_name(present)
        self._nameless = frozenset(panelist.id for panelist in present if panelist.id not in by_name)
        self._company = self._find_company(present)
        self._groups = self._grouped(present)
        self._shown: dict[_Group, MemberLabel] = {}
        for identity, group in self._groups.items():
            if group != _NOBODY:
                # One wording per group: "docent VMBO" beside "docent vmbo" would identify one of them.
                item = self._panelists[identity]
                self._shown.setdefault(group, _role_label(item) if group[0] else _sector_label(item))
        self._labels: dict[str | None, MemberLabel] = {item.id: self._find(item) for item in self._panelists.values()}

    def label(self, panelist: str | None) -> MemberLabel:
        """Return the label of a member (id) where they spoke."""
        return self._labels.get(panelist, MEMBER)

    def of(self, panelist: str | None) -> str:
        """Return the name of one member (id): a name, "een docent vmbo", "Panellid A" or "een panellid"."""
        return self.label(panelist).one

    def in_order(self, panelists: Iterable[str]) -> list[str]:
        """Return members (ids) in an order that reveals no seating: those called by name as given, the others by what
        they are called, "een panellid" last.
        """
        by_name: list[str] = []
        others: list[str] = []
        for panelist in panelists:
            member = self._panelists.get(panelist)
            (by_name if member and self.of(panelist) == member.name else others).append(panelist)
        others.sort(key=lambda panelist: (self.of(panelist) == MEMBER.one, self.of(panelist), no_order(panelist)))
        return by_name + others

    def quotable(self, panelists: Iterable[str]) -> bool:
        """Return whether words of these members (ids) may be quoted; false if no speaker is known.

        Beside names it is also false if no other member who may be quoted has the speaker's label: the quote could only
        be theirs.
        """
        members = [self._panelists.get(panelist) for panelist in panelists]
        return bool(members) and all(
            member is not None and may_be_quoted(member) and not self._only_one_of_label(member) for member in members
        )

    def _only_one_of_label(self, panelist: Panelist) -> bool:
        if self.mode is not NameMode.FULL or (self.shows_name(panelist) and panelist.id != self._company):
            return False
        label = self.label(panelist.id)
        return not any(
            other.present and other.id != panelist.id and may_be_quoted(other) and self.label(other.id) == label
            for other in self._panelists.values()
        )

    def shows_name(self, panelist: Panelist) -> bool:
        """Return whether a member's name may appear in this document."""
        return self.mode is NameMode.FULL and may_be_named(panelist) and panelist.id not in self._nameless

    @property
    def hidden(self) -> tuple[Panelist, ...]:
        """The members whose name may not appear in this document."""
        return (*(panelist for panelist in self._panelists.values() if not self.shows_name(panelist)), *self._withdrawn)

    def _by_itself(self, panelist: Panelist) -> bool:
        """Return whether a member has a name or letter of their own, if they may be quoted."""
        return self.mode is NameMode.PSEUDONYM or self.shows_name(panelist)

    def _find_company(self, present: Sequence[Panelist]) -> str | None:
        """Return the member (id) who is called "een panellid" so that the only such speaker is not alone."""
        named = [member for member in present if self.shows_name(member) and may_be_quoted(member)]
        alone = len(present) - len(named) == 1
        return min((member.id for member in named), key=no_order, default=None) if alone else None

    def _grouped(self, present: Iterable[Panelist]) -> dict[str, _Group]:
        """Return the group of each member without a name of their own.

        Members who share a role form one group; of the others, those who share a sector; the rest has neither.
        """
        present_members = [
            member
            for member in present
            if member.id == self._company or not (self._by_itself(member) and may_be_quoted(member))
        ]
        quoted = [panelist for panelist in present_members if may_be_quoted(panelist)]
        roles = merged({panelist.id: _of_role(panelist) for panelist in quoted}, _NOBODY)
        left = [panelist for panelist in quoted if roles[panelist.id] == _NOBODY]
        sectors = merged({panelist.id: _of_sector(panelist) for panelist in left}, _NOBODY)
        return merged(
            {panelist.id: {**roles, **sectors}.get(panelist.id, _NOBODY) for panelist in present_members}, _NOBODY
        )

    def _find(self, panelist: Panelist) -> MemberLabel:
        if not may_be_quoted(panelist):
            return MEMBER
        if self.shows_name(panelist) and panelist.id != self._company:
            return MemberLabel(panelist.name, panelist.name)
        if self.mode is NameMode.PSEUDONYM:
            name = self._pseudonyms[panelist.id]
            return MemberLabel(name, name)
        group = self._groups.get(panelist.id)
        # A member who spoke although absent is called like those who were present.
        groups = (group,) if group else (_of_role(panelist), _of_sector(panelist))
        return next((self._shown[group] for group in groups if group in self._shown), MEMBER)
