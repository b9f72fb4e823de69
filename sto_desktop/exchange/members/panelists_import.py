"""Imports a table of members into a panel: matches members that it has already, and assigns seats."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sto_desktop.domain.identity import imported_id
from sto_desktop.domain.log.change import Edit, change, put
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import squeeze
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.files.form import put_in_order
from sto_desktop.exchange.members.other_writings import OtherWritings, is_fuller, member_in, says_no
from sto_desktop.exchange.members.panelists_columns import CONSENTS
from sto_desktop.exchange.members.panelists_rows import PanelistRow, PanelistsTable, called
from sto_desktop.language import counted, listed, tr

_FIELDS = frozenset(declared.name for declared in fields(Panelist)) - {"id"}


@dataclass(frozen=True, slots=True)
class PanelistsReport:
    """The result of an import: `count` members are new, `updated` have other values, `same` are unchanged.

    `states`: which of these each row is, in words.
    """

    count: int = 0
    updated: int = 0
    same: int = 0
    details: tuple[str, ...] = ()
    states: tuple[str, ...] = ()

    @property
    def messages(self) -> tuple[str, ...]:
        """Sentences for the user."""
        sentences = []
        if self.count:
            sentences.append(counted(self.count, "{n} panellid toegevoegd.", "{n} panelleden toegevoegd."))
        if self.updated:
            sentences.append(counted(self.updated, "{n} panellid bijgewerkt.", "{n} panelleden bijgewerkt."))
        if self.same:
            stays = tr("stond er al en is") if self.same == 1 else tr("stonden er al en zijn")
            sentences.append(
                counted(
                    self.same,
                    "{n} panellid {stays} niet veranderd.",
                    "{n} panelleden {stays} niet veranderd.",
                    stays=stays,
                )
            )
        return (*sentences, *self.details)


def _known_by(name: str) -> str:
    ordered = put_in_order(name)
    return squeeze(ordered) or ordered.strip()


def _key(name: str, organisation: str, role: str) -> str:
    """Return the key by which a member without a name is recognised again: the name, or else organisation and role."""
    return _known_by(name or organisation + role)


def _same_unnamed(row: PanelistRow, member: Panelist) -> bool:
    if row.name or member.name:
        return False
    return _key("", row.text("organisation"), row.text("role")) == _key("", member.organisation, member.role)


def _ids(rows: Iterable[PanelistRow], panel: str) -> list[str]:
    """Return the id of each row as a new member, derived from the name, or else from organisation and role."""
    ids: list[str] = []
    occurrences: Counter[str] = Counter()
    for row in rows:
        name = _key(row.name, row.text("organisation"), row.text("role"))
        occurrences[name] += 1
        ids.append(imported_id("panelist", panel, name, str(occurrences[name])))
    return ids


def _matched(rows: Sequence[PanelistRow], ids: Sequence[str], existing: Iterable[Panelist]) -> list[Panelist | None]:
    """Return the existing member of each row: by name, and by seat if two share a name; None for a new member."""
    unmatched = list(existing)
    matched: list[Panelist | None] = []
    for row, new_id in zip(rows, ids, strict=True):
        alike = [member for member in unmatched if row.name and _known_by(member.name) == _known_by(row.name)]
        # A member without a name may have been prepared for this seat.
        prepared = [member for member in unmatched if not member.name and (member.seat == row.seat is not None)]
        before = [member for member in unmatched if member.id == new_id or _same_unnamed(row, member)]
        # In order of certainty: the name (same seat first), a prepared seat, a member from an earlier import.
        candidates = (*sorted(alike, key=lambda member: member.seat != row.seat), *prepared, *before)
        member = next(iter(candidates), None)
        if member is not None:
            unmatched.remove(member)
        matched.append(member)
    return matched


def _known_otherwise(
    rows: Sequence[PanelistRow], ids: Sequence[str], members: Sequence[Panelist | None], existing: Sequence[Panelist]
) -> tuple[list[Panelist | None], list[str]]:
    """Return the member of each row, also by another writing of the name, and messages about those."""
    taken = {member.id for member in members if member is not None}
    fresh = [at for at, member in enumerate(members) if member is None]
    sure = OtherWritings(one for one in existing if one.id not in taken).surely([rows[at] for at in fresh])
    matched = list(members)
    messages: list[str] = []
    for number, member in sure.items():
        matched[fresh[number]] = member
        messages.append(
            tr(
                "«{name}» uit de lijst is {member}. Is het iemand anders, zet dan de hele naam en de organisatie in de "
                "lijst.",
                name=rows[fresh[number]].name,
                member=_seated(member),
            )
        )
    everybody = OtherWritings(existing)
    new = [at for at in fresh if matched[at] is None]
    concerned = any(says_no(member) for member in existing) or any(says_no(rows[at]) for at in new)
    for at in new if concerned else ():
        if others := everybody.unsure(rows[at]):
            messages.append(
                tr(
                    "«{name}» uit de lijst is misschien {others}, maar zeker is dat niet. Het wordt een nieuw "
                    "panellid, en een nee van de een geldt niet voor de ander: kijk dat na.",
                    name=rows[at].name,
                    others=listed(map(_seated, others), alternatives=True),
                )
            )
        # The same person may be in the list twice.
        everybody.add(member_in(rows[at], ids[at]))
    return matched, messages


def _seated(member: Panelist) -> str:
    return tr("{name} (stoel {seat})", name=member.name, seat=member.seat) if member.seat else member.name


def _seats(
    rows: Sequence[PanelistRow], members: Sequence[Panelist | None], existing: Iterable[Panelist]
) -> tuple[list[int], list[str]]:
    """Return a unique seat for every row: the one in the table, the member's own, or else the lowest free one."""
    ids = {member.id for member in members if member is not None}
    # Members in the table may change seats among themselves, so only those of others are occupied.
    occupied = {member.seat for member in existing if member.id not in ids}
    wanted = [
        row.seat if row.seat is not None else member.seat if member else None
        for row, member in zip(rows, members, strict=True)
    ]
    reserved = occupied | set(wanted)
    free = (seat for seat in itertools.count(1) if seat not in reserved)
    seats: list[int] = []
    messages: list[str] = []
    for row, seat in zip(rows, wanted, strict=True):
        if seat is None or seat in occupied:
            free_seat = next(free)
            if seat is not None:
                messages.append(
                    tr(
                        "Stoel {seat} was al bezet; {value} heeft stoel {new} gekregen.",
                        seat=seat,
                        value=row.name or tr("een panellid"),
                        new=free_seat,
                    )
                )
            seat = free_seat
        occupied.add(seat)
        seats.append(seat)
    return seats, messages


def _values(row: PanelistRow) -> dict[str, object]:
    """Return the values of a member in a row, by field."""
    return {**row.values, "first_name": called(row)}


def _differing(member: Panelist, row: PanelistRow, new_id: str) -> tuple[dict[str, object], bool]:
    """Return the fields to change, and whether a refused consent was kept although the table says yes.

    `new_id`: the id that the row would have as a new member.
    """
    values = _values(row)
    if not row.text("first_name") and member.first_name:
        # The form of address was typed by hand; the one in the table is only derived from the name.
        values.pop("first_name")
    stays = member.id == new_id or not is_fuller(row, member)
    if member.name and _known_by(member.name) != _known_by(row.name) and stays:
        # The name was corrected by hand after an earlier import of the list, or the list has it shorter.
        values = {name: value for name, value in values.items() if name not in ("name", "first_name")}
    refused = [name for name in CONSENTS if name in values and getattr(member, name) is Consent.NO]
    refused_values = [values.pop(name) for name in refused]
    return {
        name: value for name, value in values.items() if getattr(member, name) != value
    }, Consent.YES in refused_values


def members_after(edits: Iterable[Edit], known: Iterable[Panelist]) -> list[Panelist]:
    """Return the members of a panel after these edits: those it had, in their order, and then the new ones."""
    after = {member.id: member for member in known}
    for edit in edits:
        if edit.table == "panelist" and not edit.deletes:
            values: dict[str, Any] = {name: value for name, value in edit.values.items() if name in _FIELDS}
            after[edit.row] = replace(after.get(edit.row) or Panelist(edit.row), **values)
    return list(after.values())


def plan_panelists(
    table: PanelistsTable, panel: str, existing: Iterable[Panelist]
) -> tuple[tuple[Edit, ...], PanelistsReport]:
    """Return the edits that import a table into a panel, and a report.

    An existing member with the same name, or surely meant by another writing of it, gets the values of the table; an
    empty cell changes nothing, and a refused consent can only be withdrawn by hand. Ids are derived from panel and name
    (`imported_id`), so that the same table on two laptops gives the same members.
    """
    members_before = list(existing)
    ids = _ids(table.rows, panel)
    by_name = _matched(table.rows, ids, members_before)
    members, of_names = _known_otherwise(table.rows, ids, by_name, members_before)
    seats, of_seats = _seats(table.rows, members, members_before)
    messages = [*of_names, *of_seats]
    edits: list[Edit] = []
    refusers: list[str] = []
    states: list[str] = []
    updated = same = 0
    for table_row, new_id, member, seat in zip(table.rows, ids, members, seats, strict=True):
        row = PanelistRow({**table_row.values, "seat": seat})
        if member is None:
            edits.append(put("panelist", new_id, panel=panel, **_values(row)))
            states.append(tr("nieuw"))
            continue
        values, no_kept = _differing(member, row, new_id)
        if no_kept:
            refusers.append(row.name)
        if values:
            updated += 1
            states.append(tr("gewijzigd"))
            edits.append(change("panelist", member.id, **values))
        else:
            same += 1
            states.append(tr("staat er al"))
    if refusers:
        messages.append(
            tr(
                "Van {refusers} is een nee bij toestemming gehouden, ook al staat in de lijst ja.",
                refusers=listed(refusers),
            )
        )
    count = len(table.rows) - updated - same
    return tuple(edits), PanelistsReport(count, updated, same, (*table.messages, *messages), tuple(states))
