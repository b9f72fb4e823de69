"""The company of each member: the few others with whom they are always treated alike, whatever anybody answers.

An outsider may have an older version of an output. If who refused were hidden by whoever is best for that today, both
versions could be subtracted: the one without a name in each is who refused, and who is without a name since is who
withdrew. So the members are divided into sets of two or three without looking at an answer. Where one of a set refuses
to be named or quoted, the whole set is treated so. What two versions differ in, and what they share, are then whole
sets (Samarati & Sweeney, k-anonymity, 1998: releases must be generalised to the same sets to stay safe together).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.domain.privacy.naming.roles import NOBODY, of_role

FEWEST_ALIKE = 2
"""Minimum number of members in a group."""


def no_order(panelist: Panelist) -> bytes:
    """Return a sort key that is stable and reveals nothing about the member."""
    return hashlib.sha256(panelist.id.encode()).digest()


def companies(present: Iterable[Panelist], withdrawn: Iterable[Panelist] = ()) -> list[frozenset[str]]:
    """Return the sets of members (ids) who are treated alike; each holds two or more of those present, if two were.

    `withdrawn`: members who do not take part. They stay in the set that they were in before they said so, and where
    fewer than two others of it are left, another set joins.
    """
    there = list(present)
    ids = {member.id for member in there}
    at_table = [*there, *(member for member in withdrawn if member.present)]
    # Joined to the nearest, in an order that no answer changes.
    joined: list[list[list[Panelist]]] = [[some] for some in _cut(at_table)]
    while len(joined) > 1:
        lacking = next((sets for sets in joined if _left(sets, ids) < FEWEST_ALIKE), None)
        if lacking is None:
            break
        others = [sets for sets in joined if sets is not lacking]
        nearest = min(others, key=lambda sets: _distance(lacking[0], sets))
        lacking += nearest
        joined.remove(nearest)
    return [frozenset(member.id for some in sets for member in some) for sets in joined]


def company_of(away: Panelist, sets: Sequence[frozenset[str]], members: Iterable[Panelist]) -> frozenset[str]:
    """Return the set that is closest to somebody who was not at the table: of their sector, if there is one."""
    near = {member.id for member in members if fold(member.sector) == fold(away.sector)}
    return min(sets, key=lambda some: (near.isdisjoint(some), sorted(some)))


def _left(sets: Iterable[Iterable[Panelist]], ids: Collection[str]) -> int:
    return sum(member.id in ids for some in sets for member in some)


def _distance(one: Sequence[Panelist], others: Sequence[Sequence[Panelist]]) -> tuple[bool, bytes]:
    """Return how far a set is from others: those of its own sector are closer."""
    sectors = {fold(member.sector) for member in one}
    apart = all(fold(member.sector) not in sectors for some in others for member in some)
    return apart, min(no_order(member) for some in others for member in some)


def _cut(members: Sequence[Panelist]) -> list[list[Panelist]]:
    """Divide members into sets of two or three: of one role and sector, else of one sector, else of what is left."""
    sets: list[list[Panelist]] = []
    left = sorted(members, key=no_order)
    traits: tuple[Callable[[Panelist], Hashable], ...] = (of_role, lambda member: fold(member.sector))
    for trait in traits:
        groups: dict[Hashable, list[Panelist]] = {}
        for member in left:
            groups.setdefault(trait(member), []).append(member)
        alike = [group for what, group in groups.items() if what != NOBODY and len(group) >= FEWEST_ALIKE]
        sets += [some for group in alike for some in _pairs(group)]
        left = [member for member in left if not any(member in group for group in alike)]
    alone = []
    for member in left:
        near = [some for some in sets if any(fold(other.sector) == fold(member.sector) for other in some)]
        if near:
            min(near, key=len).append(member)
        else:
            alone.append(member)
    if len(alone) == 1 and sets:
        of_three = next((some for some in reversed(sets) if len(some) > FEWEST_ALIKE), None)
        if of_three is None:
            min(sets, key=len).append(alone[0])
            return sets
        alone.append(of_three.pop())
    return [*sets, *_pairs(alone)]


def _pairs(members: Sequence[Panelist]) -> list[list[Panelist]]:
    """Return sets of two, the last of three if their number is odd."""
    sets = [list(members[at : at + FEWEST_ALIKE]) for at in range(0, len(members), FEWEST_ALIKE)]
    if len(sets) > 1 and len(sets[-1]) < FEWEST_ALIKE:
        last = sets.pop()
        sets[-1] += last
    return sets
