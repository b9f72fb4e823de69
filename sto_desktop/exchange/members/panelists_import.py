"""A table of members into a panel: whom the panel has already, and where everybody sits."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Edit, change, put
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import squeeze
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.members.panelists_columns import CONSENTS
from sto_desktop.exchange.members.panelists_rows import PanelistRow, PanelistsTable, called
from sto_desktop.language import counted, listed, tr


@dataclass(frozen=True, slots=True)
class PanelistsReport:
    """What taking in a table does: `count` members are new, `updated` got other values, `same` stay as they are."""

    count: int = 0
    updated: int = 0
    same: int = 0
    details: tuple[str, ...] = ()

    @property
    def messages(self) -> tuple[str, ...]:
        """Sentences for the user."""
        said = []
        if self.count:
            said.append(counted(self.count, "{n} panellid toegevoegd.", "{n} panelleden toegevoegd."))
        if self.updated:
            said.append(counted(self.updated, "{n} panellid bijgewerkt.", "{n} panelleden bijgewerkt."))
        if self.same:
            stays = tr("stond er al en is") if self.same == 1 else tr("stonden er al en zijn")
            said.append(
                counted(
                    self.same,
                    "{n} panellid {stays} niet veranderd.",
                    "{n} panelleden {stays} niet veranderd.",
                    stays=stays,
                )
            )
        return (*said, *self.details)


def _known_by(name: str) -> str:
    return squeeze(name) or name.strip()


def _ids(rows: Iterable[PanelistRow], panel: str) -> list[str]:
    """Return the id that each row has as a new member; who has no name is known by the rest."""
    ids: list[str] = []
    occurrences: Counter[str] = Counter()
    for row in rows:
        name = _known_by(row.name or row.text("organisation") + row.text("role"))
        occurrences[name] += 1
        ids.append(derived_id("panelist", panel, name, str(occurrences[name])))
    return ids


def _matched(rows: Sequence[PanelistRow], ids: Sequence[str], existing: Iterable[Panelist]) -> list[Panelist | None]:
    """Return for each row the member that it is about: by name, and by seat where two share a name."""
    left = list(existing)
    found: list[Panelist | None] = []
    for row, new in zip(rows, ids, strict=True):
        alike = [member for member in left if row.name and _known_by(member.name) == _known_by(row.name)]
        # A seat may have been prepared without a name.
        prepared = [member for member in left if not member.name and (member.seat == row.seat is not None)]
        before = [member for member in left if member.id == new]
        candidates = (*sorted(alike, key=lambda item: item.seat != row.seat), *prepared, *before)
        member = next(iter(candidates), None)
        if member is not None:
            left.remove(member)
        found.append(member)
    return found


def _seats(
    rows: Sequence[PanelistRow], members: Sequence[Panelist | None], existing: Iterable[Panelist]
) -> tuple[list[int], list[str]]:
    """Return a seat for every row, none twice: the one it asks for, the member's own, or else the lowest free one."""
    ids = {member.id for member in members if member is not None}
    taken = {member.seat for member in existing if member.id not in ids}
    wanted = [
        row.seat if row.seat is not None else member.seat if member else None
        for row, member in zip(rows, members, strict=True)
    ]
    reserved = taken | set(wanted)
    free = (seat for seat in itertools.count(1) if seat not in reserved)
    seats: list[int] = []
    said: list[str] = []
    for row, seat in zip(rows, wanted, strict=True):
        if seat is None or seat in taken:
            new = next(free)
            if seat is not None:
                said.append(
                    tr(
                        "Stoel {seat} was al bezet; {value} heeft stoel {new} gekregen.",
                        seat=seat,
                        value=row.name or tr("een panellid"),
                        new=new,
                    )
                )
            seat = new
        taken.add(seat)
        seats.append(seat)
    return seats, said


def _values(row: PanelistRow) -> dict[str, object]:
    """Return what a row says of a member, field by field."""
    return {**row.values, "first_name": called(row)}


def _differing(member: Panelist, row: PanelistRow) -> tuple[dict[str, object], bool]:
    """Return the fields to change, and whether a no was kept against a yes in the table."""
    values = _values(row)
    if not row.text("first_name") and member.first_name:
        # What people are called was chosen by hand; the table only derives it.
        values.pop("first_name")
    if member.name and _known_by(member.name) != _known_by(row.name):
        # The name was put right by hand since an earlier import of the list.
        values = {name: value for name, value in values.items() if name not in ("name", "first_name")}
    refused = [name for name in CONSENTS if name in values and getattr(member, name) is Consent.NO]
    told = [values.pop(name) for name in refused]
    return {name: value for name, value in values.items() if getattr(member, name) != value}, Consent.YES in told


def plan_panelists(
    table: PanelistsTable, panel: str, existing: Iterable[Panelist]
) -> tuple[tuple[Edit, ...], PanelistsReport]:
    """Return the edits that take a table into a panel, and what there is to say about it.

    A member whom the panel has by that name gets the values that the table gives; an empty cell leaves what is there,
    and a no to consent is only taken back by hand. Ids follow from the panel and the name, so that the same table on
    two laptops gives the same members.
    """
    there = list(existing)
    ids = _ids(table.rows, panel)
    members = _matched(table.rows, ids, there)
    seats, said = _seats(table.rows, members, there)
    edits: list[Edit] = []
    refusers: list[str] = []
    updated = same = 0
    for asked, new, member, seat in zip(table.rows, ids, members, seats, strict=True):
        row = PanelistRow({**asked.values, "seat": seat})
        if member is None:
            edits.append(put("panelist", new, panel=panel, **_values(row)))
            continue
        values, kept = _differing(member, row)
        if kept:
            refusers.append(row.name)
        if values:
            updated += 1
            edits.append(change("panelist", member.id, **values))
        else:
            same += 1
    if refusers:
        said.append(
            tr(
                "Van {refusers} is een nee bij toestemming gehouden, ook al staat in de lijst ja.",
                refusers=listed(refusers),
            )
        )
    count = len(table.rows) - updated - same
    return tuple(edits), PanelistsReport(count, updated, same, (*table.messages, *said))
