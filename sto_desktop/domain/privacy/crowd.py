"""Groups of members that are large enough to stand in a table: nobody can be told from a group of their own.

An outsider who knows who was at the table reads a table beside the names in the same document. Whoever stands there by
name can be taken off a group, so what is left of it must be nobody, or at least two. What is too small goes together
under one name; where that leaves one, the smallest of the other groups joins. Is there but one whom the document does
not name, then no group can hide them, and they are left out of tables and figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.domain.vocabulary import Consent

FEWEST_ALIKE = 2
"""A group of members stands for at least so many."""

OTHERS = "overige sectoren"
"""What sectors are called together that are too small to be told."""

Group = TypeVar("Group")


def merged(groups: Mapping[str, Group], rest: Group, named: Collection[str] = ()) -> dict[str, Group]:
    """Return in which group each member (id) is counted; those that are too small become `rest`.

    `named`: the members who stand by name beside it. The rest itself can only be too small where nobody else is left.
    """
    members: dict[Group, list[str]] = {}
    for member, group in groups.items():
        members.setdefault(group, []).append(member)

    def unnamed(group: Iterable[str]) -> int:
        return sum(member not in named for member in group)

    def is_told(group: Collection[str]) -> bool:
        return 0 < len(group) < FEWEST_ALIKE or 0 < unnamed(group) < FEWEST_ALIKE

    kept = {group: found for group, found in members.items() if group != rest and not is_told(found)}
    left = [member for group, found in members.items() if group not in kept for member in found]
    while is_told(left) and kept:
        # Only who is not named either is company for who is not named.
        lacking = 0 < unnamed(left) < FEWEST_ALIKE
        joining = min(kept, key=lambda group: (lacking and not unnamed(kept[group]), len(kept[group])))
        left += kept.pop(joining)
    return {member: group if group in kept else rest for member, group in groups.items()}


def without_the_only_one(members: Iterable[Panelist], named: Collection[str]) -> list[Panelist]:
    """Return the members who can stand in a table beside these names: the only one without a name is left out."""
    there = list(members)
    unnamed = [item for item in there if item.id not in named]
    return there if len(unnamed) >= FEWEST_ALIKE or not named else [item for item in there if item.id in named]


def sector_groups(members: Iterable[Panelist], named: Collection[str] = ()) -> dict[str, str]:
    """Return under which name each member (id) is counted: their sector, or `OTHERS`.

    Who may not be counted is not among them (see `without_the_only_one`).
    """
    there = without_the_only_one(members, named)
    spelled = _spellings(item.sector for item in there)
    return merged({item.id: spelled.get(fold(item.sector), OTHERS) for item in there}, OTHERS, named)


def traits_that_are_shared(members: Iterable[Panelist], labels: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the sector and role (id: sector, role) under which each member may be listed beside a label.

    Both where at least two of one label share both; the sector alone where that is so of what is left; else neither.
    Of one label nobody is the only one of whom neither is told, unless they said that they may be named.

    Args:
        labels: what each is called there (id).
    """
    found: dict[str, tuple[str, str]] = {}
    of_label: dict[str, list[Panelist]] = {}
    for item in members:
        of_label.setdefault(labels[item.id], []).append(item)
    for alike in of_label.values():
        both = _shared({item.id: (fold(item.sector), fold(item.role)) for item in alike}, ("", ""))
        left = [item for item in alike if both[item.id] == ("", "")]
        sectors = _shared({item.id: fold(item.sector) for item in left}, "")
        alone = [item for item in left if not sectors[item.id]]
        if len(alone) == 1 and alone[0].consent_name is not Consent.YES:
            together = merged({item.id: (both[item.id], sectors.get(item.id, "")) for item in alike}, (("", ""), ""))
            both = {member: group[0] for member, group in together.items()}
            sectors = {member: group[1] for member, group in together.items()}
        # One spelling for all of a group: another would be a mark on one of them.
        sector_of, role_of = _spellings(item.sector for item in alike), _spellings(item.role for item in alike)
        for item in alike:
            sector, role = both[item.id]
            found[item.id] = (sector_of.get(sector or sectors.get(item.id, ""), ""), role_of.get(role, ""))
    return found


def _spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return how each text is written the first time, by its folded form."""
    found: dict[str, str] = {}
    for text in texts:
        if text.strip():
            found.setdefault(fold(text), text.strip())
    return found


def _shared(groups: Mapping[str, Group], rest: Group) -> dict[str, Group]:
    """Return groups of which those that are too small are `rest`, however small that is."""
    counts = Counter(groups.values())
    return {member: group if counts[group] >= FEWEST_ALIKE else rest for member, group in groups.items()}
