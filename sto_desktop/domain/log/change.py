"""A change in the log, and an action: the changes of one user step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sto_desktop.domain.record import DELETED, Json


class ChangeId(NamedTuple):
    """Id of a change, or of an action (its first change); orders by stamp, then by writer."""

    stamp: int
    writer: str

    def __str__(self) -> str:
        return f"{self.stamp}:{self.writer}"

    @classmethod
    def parse(cls, text: str) -> ChangeId:
        """Parse the output of `str`; ValueError for anything else."""
        stamp, _, writer = text.partition(":")
        # int() would also accept a plus sign, spaces and non-ASCII digits.
        if not (stamp.isascii() and stamp.isdigit() and writer):
            raise ValueError(text)
        return cls(int(stamp), writer)


@dataclass(frozen=True, slots=True)
class Writer:
    """One session with write access; the id is random and new each time."""

    id: str
    person: str
    device: str
    program: str


@dataclass(frozen=True, slots=True)
class Change:
    """New values for fields of one row.

    `supersedes` lists, per field, the changes of that field that it saw. A deletion lists the changes it saw of every
    field, including fields it does not set.
    """

    id: ChangeId
    action: int
    table: str
    row: str
    values: Mapping[str, Json]
    supersedes: Mapping[str, tuple[ChangeId, ...]]

    @property
    def made_in(self) -> ChangeId:
        """The action that it belongs to."""
        return ChangeId(self.action, self.id.writer)


@dataclass(frozen=True, slots=True)
class Edit:
    """The edit of one row within an action: new values of some fields (as Python values), or its deletion.

    `new`: the row is known not to exist, which saves a lookup. `answers`: changes to supersede besides those shown,
    even if the value does not change: the proposals that this edit settles.
    """

    table: str
    row: str
    values: Mapping[str, Any] = field(default_factory=dict)
    new: bool = False
    answers: tuple[ChangeId, ...] = ()

    @property
    def deletes(self) -> bool:
        """Whether the edit deletes the row."""
        return self.values.get(DELETED) is True


@dataclass(frozen=True, slots=True)
class Action:
    """One user step: a Dutch label and its edits; one transaction, one undo step.

    An action without a label is bookkeeping (time used), which undo skips.

    `seen`: position in the dossier's order of arrival up to which the user had seen changes when they began (an editor
    that was open while a colleague's version came in); None: everything. `at`: the moment of a step that is written in
    several parts, which undo reverses together (`undo.IN_PARTS`); empty: now.
    """

    label: str
    edits: tuple[Edit, ...]
    seen: int | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """An action as stored in the log; `at` in ISO form; `reverses`: the action that it undoes or redoes."""

    id: ChangeId
    label: str
    at: str
    reverses: ChangeId | None = None


@dataclass(frozen=True, slots=True)
class Erasure:
    """The value of one field of one row is permanently erased, in every copy of the dossier."""

    table: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Notification for views: tables and (table, row) pairs that changed, and whether this window changed them.

    `everything`: too many rows to list; reload all.
    """

    rows: frozenset[tuple[str, str]] = frozenset()
    by_me: bool = True
    label: str = ""
    everything: bool = False

    @property
    def tables(self) -> frozenset[str]:
        """Names of the tables in which something changed."""
        return frozenset(table for table, _ in self.rows)

    def touches(self, *tables: str) -> bool:
        """Return whether a view that shows these tables must reload."""
        return self.everything or not self.tables.isdisjoint(tables)

    def ids(self, table: str) -> frozenset[str]:
        """Return the changed rows of one table."""
        return frozenset(row for name, row in self.rows if name == table)


def create(table: str, row: str, **values: Any) -> Edit:
    """Return the edit that creates a row with a new id."""
    return Edit(table, row, {DELETED: False, **values}, new=True)


def put(table: str, row: str, **values: Any) -> Edit:
    """Return the edit that sets a row with a derived id, which may already exist or have been deleted."""
    return Edit(table, row, {DELETED: False, **values})


def change(table: str, row: str, **values: Any) -> Edit:
    """Return the edit that sets fields of an existing row."""
    return Edit(table, row, values)


def delete(table: str, row: str) -> Edit:
    """Return the edit that deletes a row and the rows that it owns."""
    return Edit(table, row, {DELETED: True})


def action(label: str, *edits: Edit | Iterable[Edit], seen: int | None = None) -> Action:
    """Return an action made of edits, given one by one or in groups."""
    flat: list[Edit] = []
    for edit in edits:
        if isinstance(edit, Edit):
            flat.append(edit)
        else:
            flat.extend(edit)
    return Action(label, tuple(flat), seen)
