"""Groups of members that are large enough to appear in a table, so that no group of one identifies a member.

An outsider who knows who attended reads a table next to the names in any document. Members named there can be
subtracted from a group, so the remainder must be zero or at least two. Groups that are too small are merged under one
name; if that leaves one member, the smallest of the other groups joins. A list of names that lacks exactly one of those
present identifies that member, and so does a list in which exactly one never speaks by name. So the company of who
refuses is treated in the same way (`company`). `Crowd` groups a panel once, for all its output.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.sectors import OTHERS, sector_of
from sto_desktop.domain.people import fold
from sto_desktop.domain.privacy.naming.company import FEWEST_ALIKE, companies, company_of
from sto_desktop.domain.privacy.naming.roles import NOBODY, Calling, of_role, of_sector
from sto_desktop.domain.vocabulary import Consent

Group = TypeVar("Group")


def takes_part(panelist: Panelist) -> bool:
    """Return whether what a member says may be recorded and used; unknown holds nothing back."""
    return panelist.consent_participation is not Consent.NO


def may_be_named(panelist: Panelist) -> bool:
    """Return whether a member consented to being named, and has a name."""
    return panelist.consent_name is Consent.YES and bool(panelist.name.strip())


def may_be_quoted(panelist: Panelist) -> bool:
    """Return whether a member's words may be attributed to them."""
    return panelist.consent_quote is Consent.YES


def may_speak(panelist: Panelist) -> bool:
    """Return whether output may attribute words to this member.

    An absent member belongs to no group: under any label, readers would know who it is. So their words have no speaker,
    unless they may be named next to them.
    """
    return panelist.present or (may_be_named(panelist) and may_be_quoted(panelist))


@dataclass(frozen=True, slots=True)
class Shown:
    """The members (ids) who appear by name in a document with names, and those who are quoted and distinguished as
    speakers. `together`: the sets of those who do not both, each with their company.
    """

    named: frozenset[str]
    quoted: frozenset[str]
    together: tuple[frozenset[str], ...] = ()


def shown(present: Iterable[Panelist], withdrawn: Iterable[Panelist] = ()) -> Shown:
    """Return who of those present appears by name, and who is quoted. It is the same for all output of a panel.

    Nobody may be the only member without a name, without a name beside words, or without quotes: the company of who
    refuses is treated as if they had refused too (see `company`).

    `withdrawn`: members who do not take part. Whoever was at the table or has the list of who was invited could tell
    them from everybody else being named, so their company is not.
    """
    away = list(withdrawn)
    members = {member.id: member for member in present}
    named = {member.id for member in members.values() if may_be_named(member)}
    quoted = {member.id for member in members.values() if may_be_quoted(member)}
    if len(members) < FEWEST_ALIKE:
        if away:
            named.clear()
        return Shown(frozenset(named), frozenset(quoted))
    sets = companies(members.values(), away)
    beside = {company_of(member, sets, members.values()) for member in away}
    named_there = [some for some in sets if some <= named and some not in beside]
    quoted_there = [some & members.keys() for some in sets if some & members.keys() <= quoted]
    named, quoted = set().union(*named_there), set().union(*quoted_there)
    together = tuple(some for some in sets if not some <= named & quoted)
    return Shown(frozenset(named), frozenset(quoted), together)


def merged(
    groups: Mapping[str, Group],
    rest: Group,
    never_one: Iterable[Collection[str]] = (),
    away: Collection[str] = (),
    together: Iterable[Collection[str]] = (),
) -> dict[str, Group]:
    """Return the group in which each member (id) is counted; groups that are too small become `rest`.

    `rest` can itself be too small only if it holds everybody.

    Args:
        never_one: sets of members; no group may hold exactly one of a set, since an outsider can subtract the others.
        away: members who are not counted although an outsider knows that they were invited: a group without them must
            be large enough both with and without them.
        together: sets of members of which a group holds all or none.
    """
    members: dict[Group, list[str]] = {}
    for member, group in groups.items():
        members.setdefault(group, []).append(member)
    # In a set of one there is nobody to subtract: that member keeps another company and refused nothing.
    several = [frozenset(some) for some in never_one if len(some) >= FEWEST_ALIKE]
    whole = [groups.keys() & some for some in together]

    def lacking(group: Collection[str]) -> list[frozenset[str]]:
        # An outsider may know who was invited, so a group must be safe with and without its uncounted members.
        counted = [member for member in group if member not in away]
        lone = [some for some in several if any(len(some.intersection(of)) == 1 for of in (group, counted))]
        return [*lone, *(frozenset(some) for some in whole if 0 < len(some.intersection(group)) < len(some))]

    def is_told(group: Collection[str]) -> bool:
        counted = sum(member not in away for member in group)
        return 0 < counted < FEWEST_ALIKE or (bool(group) and not counted) or bool(lacking(group))

    kept = {
        group: group_members for group, group_members in members.items() if group != rest and not is_told(group_members)
    }
    remaining = [member for group, group_members in members.items() if group not in kept for member in group_members]
    # Each group that joins may make the rest too small in another way, so check again.
    while is_told(remaining) and kept:
        # Only another member of the same set hides its single remaining member.
        lone = lacking(remaining)
        joining = min(kept, key=lambda group: (any(some.isdisjoint(kept[group]) for some in lone), len(kept[group])))
        remaining += kept.pop(joining)
    return {member: group if group in kept else rest for member, group in groups.items()}


def _called(
    members: Iterable[Panelist], never_one: Iterable[Collection[str]], together: Sequence[Collection[str]]
) -> dict[str, Calling]:
    """Return the label for each member (id): the role if others share it; else the sector if others share that; else
    neither.
    """
    present, sets = list(members), list(never_one)
    roles = merged({member.id: of_role(member) for member in present}, NOBODY, sets, together=together)
    without_role = {member.id: of_sector(member) for member in present if roles[member.id] == NOBODY}
    return {**roles, **merged(without_role, NOBODY, sets, together=together)}


class Crowd:
    """The members of one panel in groups that are large enough. They are the same for all its output, whatever its
    naming: two outputs with different groups could be subtracted from each other.
    """

    def __init__(self, present: Sequence[Panelist], withdrawn: Iterable[Panelist] = ()) -> None:
        """`withdrawn`: members who do not take part; no group reveals that one of them is missing."""
        withdrawn = tuple(withdrawn)
        self.shown = shown(present, withdrawn)
        named, quoted = self.shown.named, self.shown.quoted
        unnamed = {member.id for member in present} - (named & quoted)
        by_label = unnamed & quoted
        # Beside names, the label of a single member could only be theirs.
        labelled = quoted - by_label if len(by_label) < FEWEST_ALIKE else quoted
        members_as_shown = [
            # Not quoted means always "een panellid", so role and sector are never shown.
            member if member.id in labelled else replace(member, role="", sector="")
            for member in present
        ]
        self.called = _called(members_as_shown, [by_label], self.shown.together)
        """What each member (id) may be called by if not by name: role or sector, or neither."""
        spoken = {member: (self.called[member], member in quoted) for member in unnamed}
        self.sectors = self._sectors(present, {member.id: member for member in withdrawn}, spoken)
        """The group in which each member (id) is counted wherever sectors appear: their own, or `OTHERS`.

        Everybody present is in a group; there is none if fewer than two were.
        """
        self.alike: Mapping[str, Hashable] = {
            member: (*value, self.sectors.get(member, "")) for member, value in spoken.items()
        }
        """What an outsider can find out of each member (id) who is not called by name where they spoke, from all output
        together: who refused to be named or quoted shares it with another, if two were present.
        """

    def sets_alike(self) -> list[frozenset[str]]:
        """Return the sets of two or more members (ids) whom no output distinguishes."""
        return _sets(self.alike)

    def _sectors(
        self, present: Sequence[Panelist], away: Mapping[str, Panelist], spoken: Mapping[str, Hashable]
    ) -> dict[str, str]:
        if len(present) < FEWEST_ALIKE:
            return {}
        nameless = {member.id for member in present if member.id not in self.shown.named}
        sectors = sector_of((*present, *away.values()))
        groups = merged(
            {member: sector or OTHERS for member, sector in sectors.items()},
            OTHERS,
            (nameless | away.keys(), *_sets(spoken)),
            away,
            self.shown.together,
        )
        return {panelist.id: groups[panelist.id] for panelist in present}


def _sets(values: Mapping[str, Hashable]) -> list[frozenset[str]]:
    sets: dict[Hashable, set[str]] = {}
    for member, value in values.items():
        sets.setdefault(value, set()).add(member)
    return [frozenset(some) for some in sets.values() if len(some) >= FEWEST_ALIKE]


def crowd_of(content: PanelContent) -> Crowd:
    """Return the groups of a panel that is prepared for output (see `domain.privacy.participation`)."""
    return Crowd([panelist for panelist in content.panelists if panelist.present], content.withdrawn)


def traits_that_are_shared(
    members: Iterable[Panelist],
    labels: Mapping[str, str],
    never_one: Sequence[Collection[str]] = (),
    together: Sequence[Collection[str]] = (),
) -> dict[str, tuple[str, str]]:
    """Return the sector and role (id: sector, role) with which each member may be listed next to a label.

    Both if at least two members with the same label share both; the sector only if at least two of the others share
    that; else neither. No member is the only one of a label listed with neither, unless nobody else has that label.

    Args:
        labels: how each member (id) is called there.
        never_one: sets of members of which no label and traits together may hold exactly one.
        together: sets of members who are listed with the same.
    """
    traits: dict[str, tuple[str, str]] = {}
    of_label: dict[str, list[Panelist]] = {}
    for member in members:
        of_label.setdefault(labels[member.id], []).append(member)
    for alike in of_label.values():
        traits_of = {panelist.id: (fold(panelist.sector), fold(panelist.role)) for panelist in alike}
        both = _shared(traits_of, ("", ""), never_one, together)
        unlisted = [panelist for panelist in alike if both[panelist.id] == ("", "")]
        sectors = _shared({panelist.id: fold(panelist.sector) for panelist in unlisted}, "", never_one, together)
        alone = {panelist.id for panelist in unlisted if not sectors[panelist.id]}
        # A single member listed with neither trait would stand out.
        if len(alone) == 1 or any(len(alone.intersection(some)) == 1 for some in never_one):
            joined = merged(
                {panelist.id: (both[panelist.id], sectors.get(panelist.id, "")) for panelist in alike},
                (("", ""), ""),
                never_one,
                together=together,
            )
            both = {member: group[0] for member, group in joined.items()}
            sectors = {member: group[1] for member, group in joined.items()}
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


def _shared(
    groups: Mapping[str, Group],
    rest: Group,
    never_one: Iterable[Collection[str]],
    together: Iterable[Collection[str]],
) -> dict[str, Group]:
    """Return the groups with those that are too small merged into `rest`, however small that is."""
    counts = Counter(groups.values())
    gone = {group for group, count in counts.items() if count < FEWEST_ALIKE}
    for some in never_one:
        inside = Counter(groups[member] for member in groups.keys() & some)
        gone |= {group for group, count in inside.items() if count == 1}
    apart = [{groups[member] for member in groups.keys() & some} for some in together]
    # A set in two groups is listed with neither, and then nobody of these groups is: others would be told from them.
    while split := [of for of in apart if len(of) > 1 and not of <= gone | {rest}]:
        gone |= set().union(*split)
    return {member: rest if group in gone else group for member, group in groups.items()}
