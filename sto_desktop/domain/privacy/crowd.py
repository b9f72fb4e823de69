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
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.sectors import OTHERS, sector_of
from sto_desktop.domain.people import fold
from sto_desktop.domain.vocabulary import Consent

FEWEST_ALIKE = 2
"""A group of members stands for at least so many."""

Group = TypeVar("Group")


def merged(
    groups: Mapping[str, Group], rest: Group, named: Collection[str] = (), away: Collection[str] = ()
) -> dict[str, Group]:
    """Return in which group each member (id) is counted; those that are too small become `rest`.

    The rest itself can only be too small where nobody else is left.

    Args:
        named: the members who stand by name beside it.
        away: the members who are not counted, though an outsider knows that they were asked: a group that lacks them
            must be large enough with them and without them.
    """
    members: dict[Group, list[str]] = {}
    for member, group in groups.items():
        members.setdefault(group, []).append(member)

    def unnamed(group: Iterable[str]) -> int:
        return sum(member not in named for member in group)

    def is_told(group: Collection[str]) -> bool:
        counted = [member for member in group if member not in away]
        few = 0 < len(counted) < FEWEST_ALIKE or (bool(group) and not counted)
        return few or any(0 < unnamed(some) < FEWEST_ALIKE for some in (group, counted))

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


def sector_groups(content: PanelContent) -> dict[str, str]:
    """Return under which name each member (id) is counted wherever sectors are: their own, or `OTHERS`.

    The same for all that goes out of one panel, whatever it calls people: of two tables that part members otherwise,
    the one could be taken off the other. So everybody counts as named who may be. Who may not be counted is not among
    them (see `without_the_only_one`); nobody is where that leaves no group of two. No group shows who is missing from
    it since they do not take part.

    Args:
        content: a panel on its way out (see `domain.privacy.participation`).
    """
    everybody = [item for item in content.panelists if item.present]
    named = {item.id for item in everybody if item.consent_name is Consent.YES and item.name.strip()}
    there = without_the_only_one(everybody, named)
    away = {item.id: item for item in content.withdrawn}
    sectors = sector_of((*there, *away.values()))
    found = merged({member: sector or OTHERS for member, sector in sectors.items()}, OTHERS, named, away)
    return {item.id: found[item.id] for item in there} if len(there) >= FEWEST_ALIKE else {}


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
