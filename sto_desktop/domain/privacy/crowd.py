"""Groups of members large enough to appear in a table, so that no member can be identified from a group of one.

An outsider who knows who attended reads a table next to the names in the same document. Members named there can be
subtracted from a group, so the remainder must be zero or at least two. Groups that are too small are merged under one
name; if that leaves one member, the smallest of the other groups joins. A list of names that lacks exactly one member
names that one to everybody who was present, so then one more has no name anywhere (`shown_by_name`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.sectors import OTHERS, sector_of
from sto_desktop.domain.people import fold
from sto_desktop.domain.vocabulary import Consent

FEWEST_ALIKE = 2
"""Minimum number of members in a group."""

Group = TypeVar("Group")


def may_be_named(panelist: Panelist) -> bool:
    """Return whether a member consented to being named, and has a name."""
    return panelist.consent_name is Consent.YES and bool(panelist.name.strip())


def may_be_quoted(panelist: Panelist) -> bool:
    """Return whether a member's words may be attributed to them."""
    return panelist.consent_quote is Consent.YES


def no_order(panelist: str) -> bytes:
    """Return a sort key of a member (id) that is stable and reveals nothing about them."""
    return hashlib.sha256(panelist.encode()).digest()


def shown_by_name(present: Iterable[Panelist]) -> frozenset[str]:
    """Return the members (ids) who appear by name in a document with names: never all of those present but one.

    If exactly one may not be named, another who may has no name either, always the same; a member who may be quoted if
    there is one, so that words without a name can be by either.
    """
    members = list(present)
    named = [member for member in members if may_be_named(member)]
    if named and len(members) - len(named) == 1:
        named.remove(min(named, key=lambda member: (not may_be_quoted(member), no_order(member.id))))
    return frozenset(member.id for member in named)


def merged(
    groups: Mapping[str, Group], rest: Group, named: Collection[str] = (), away: Collection[str] = ()
) -> dict[str, Group]:
    """Return the group in which each member (id) is counted; groups that are too small become `rest`.

    The rest itself can only be too small if nobody else is left.

    Args:
        named: the members who appear by name in the same document.
        away: members who are not counted although an outsider knows that they were invited: a group without them must
            be large enough both with and without them.
    """
    members: dict[Group, list[str]] = {}
    for member, group in groups.items():
        members.setdefault(group, []).append(member)

    def unnamed(group: Iterable[str]) -> int:
        return sum(member not in named for member in group)

    def is_told(group: Collection[str]) -> bool:
        # An outsider may know who was invited, so a group must be safe with and without its uncounted members.
        counted = [member for member in group if member not in away]
        few = 0 < len(counted) < FEWEST_ALIKE or (bool(group) and not counted)
        return few or any(0 < unnamed(some) < FEWEST_ALIKE for some in (group, counted))

    kept = {
        group: group_members for group, group_members in members.items() if group != rest and not is_told(group_members)
    }
    left = [member for group, group_members in members.items() if group not in kept for member in group_members]
    # Each group that joins may leave the rest too small in another way, so check again.
    while is_told(left) and kept:
        # Only unnamed members hide an unnamed member.
        lacking = 0 < unnamed(left) < FEWEST_ALIKE
        joining = min(kept, key=lambda group: (lacking and not unnamed(kept[group]), len(kept[group])))
        left += kept.pop(joining)
    return {member: group if group in kept else rest for member, group in groups.items()}


def sector_groups(content: PanelContent) -> dict[str, str]:
    """Return the group in which each member (id) is counted wherever sectors appear: their own, or `OTHERS`.

    All output of a panel uses the same groups, whatever naming it uses: tables with different groups could be
    subtracted from each other. So everyone who has a name where people are named counts as named. Everybody present is
    in a group; there is none if fewer than two were. No group reveals who is missing from it because they do not take
    part.

    Args:
        content: a panel prepared for output (see `domain.privacy.participation`).
    """
    present = [panelist for panelist in content.panelists if panelist.present]
    if len(present) < FEWEST_ALIKE:
        return {}
    away = {panelist.id: panelist for panelist in content.withdrawn}
    sectors = sector_of((*present, *away.values()))
    groups = merged(
        {member: sector or OTHERS for member, sector in sectors.items()}, OTHERS, shown_by_name(present), away
    )
    return {panelist.id: groups[panelist.id] for panelist in present}


def traits_that_are_shared(members: Iterable[Panelist], labels: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the sector and role (id: sector, role) with which each member may be listed next to a label.

    Both if at least two members with the same label share both; the sector only if at least two of the others share
    that; else neither. No member is the only one of a label listed with neither, unless they consented to being named.

    Args:
        labels: how each member (id) is called there.
    """
    traits: dict[str, tuple[str, str]] = {}
    of_label: dict[str, list[Panelist]] = {}
    for member in members:
        of_label.setdefault(labels[member.id], []).append(member)
    for alike in of_label.values():
        both = _shared({panelist.id: (fold(panelist.sector), fold(panelist.role)) for panelist in alike}, ("", ""))
        left = [panelist for panelist in alike if both[panelist.id] == ("", "")]
        sectors = _shared({panelist.id: fold(panelist.sector) for panelist in left}, "")
        alone = [panelist for panelist in left if not sectors[panelist.id]]
        # A single member listed with neither trait would stand out.
        if len(alone) == 1 and alone[0].consent_name is not Consent.YES:
            together = merged(
                {panelist.id: (both[panelist.id], sectors.get(panelist.id, "")) for panelist in alike}, (("", ""), "")
            )
            both = {member: group[0] for member, group in together.items()}
            sectors = {member: group[1] for member, group in together.items()}
        # One spelling per group: a different one would identify a member.
        sector_of, role_of = (
            _spellings(panelist.sector for panelist in alike),
            _spellings(panelist.role for panelist in alike),
        )
        for panelist in alike:
            sector, role = both[panelist.id]
            traits[panelist.id] = (sector_of.get(sector or sectors.get(panelist.id, ""), ""), role_of.get(role, ""))
    return traits


def _spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return the first spelling of each text, by its folded form."""
    spellings: dict[str, str] = {}
    for text in texts:
        if text.strip():
            spellings.setdefault(fold(text), text.strip())
    return spellings


def _shared(groups: Mapping[str, Group], rest: Group) -> dict[str, Group]:
    """Return the groups with those that are too small merged into `rest`, however small that is."""
    counts = Counter(groups.values())
    return {member: group if counts[group] >= FEWEST_ALIKE else rest for member, group in groups.items()}
