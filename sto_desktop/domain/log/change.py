"""A change in the log, and an action: one thing that a person did, made of changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sto_desktop.domain.record import DELETED, Json


class ChangeId(NamedTuple):
    """Which change, or which action (by its first change); orders by stamp, then by writer."""

    stamp: int
    writer: str

    def __str__(self) -> str:
        return f"{self.stamp}:{self.writer}"

    @classmethod
    def parse(cls, text: str) -> ChangeId:
        """Read what `str` wrote; ValueError on anything else."""
        stamp, _, writer = text.partition(":")
        if not (stamp.isascii() and stamp.isdigit() and writer):
            raise ValueError(text)
        return cls(int(stamp), writer)


@dataclass(frozen=True, slots=True)
class Writer:
    """One opening for writing; the id is fresh and random each time."""

    id: str
    person: str
    device: str
    program: str


@dataclass(frozen=True, slots=True)
class Change:
    """New values of fields of one row.

    `supersedes` names, per field, the changes of that field that it saw. A deletion names the changes of every
    field that it saw, also of those it sets nothing in.
    """

    id: ChangeId
    action: int
    table: str
    row: str
    values: Mapping[str, Json]
    supersedes: Mapping[str, tuple[ChangeId, ...]]

    @property
    def made_in(self) -> ChangeId:
        """The action that it is part of."""
        return ChangeId(self.action, self.id.writer)


@dataclass(frozen=True, slots=True)
class Edit:
    """What an action wants of one row: values of some fields (as Python has them), or that it goes.

    `new`: the row is known to be absent, so that nothing needs looking up. `answers`: what is superseded besides the
    values that show, also where the value stays as it is: the proposals that this settles.
    """

    table: str
    row: str
    values: Mapping[str, Any] = field(default_factory=dict)
    new: bool = False
    answers: tuple[ChangeId, ...] = ()

    @property
    def deletes(self) -> bool:
        """Whether the row goes."""
        return self.values.get(DELETED) is True


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a person did: a label in Dutch, its edits; one transaction, one undo step.

    Without a label it is bookkeeping (time used), which undo passes over.

    `seen`: the place in the dossier's own order of arrival up to which the person had seen changes when they began
    (an editor that was open while a colleague's version came in); None: everything.
    """

    label: str
    edits: tuple[Edit, ...]
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """An action as the log remembers it; `at` in ISO form; `reverses` the action that it undoes or redoes."""

    id: ChangeId
    label: str
    at: str
    reverses: ChangeId | None = None


@dataclass(frozen=True, slots=True)
class Erasure:
    """The value of one field of one row is gone for good, everywhere."""

    table: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What views are told: tables and (table, row) pairs that changed, and whether this window did it.

    `everything`: too much to name; read all again.
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
        """Tell whether a view that shows these tables must look again."""
        return self.everything or not self.tables.isdisjoint(tables)

    def ids(self, table: str) -> frozenset[str]:
        """Return the rows of one table that changed."""
        return frozenset(row for name, row in self.rows if name == table)


def create(table: str, row: str, **values: Any) -> Edit:
    """Return the edit that makes a row whose id nobody has yet."""
    return Edit(table, row, {DELETED: False, **values}, new=True)


def put(table: str, row: str, **values: Any) -> Edit:
    """Return the edit that makes a row with a derived id, which may be there already, or may have been deleted."""
    return Edit(table, row, {DELETED: False, **values})


def change(table: str, row: str, **values: Any) -> Edit:
    """Return the edit that gives fields of an existing row new values."""
    return Edit(table, row, values)


def delete(table: str, row: str) -> Edit:
    """Return the edit that takes a row away, and with it the rows that it owns."""
    return Edit(table, row, {DELETED: True})


def action(label: str, *edits: Edit | Iterable[Edit], seen: int | None = None) -> Action:
    """Return an action of edits, given one by one or in groups."""
    flat: list[Edit] = []
    for item in edits:
        if isinstance(item, Edit):
            flat.append(item)
        else:
            flat.extend(item)
    return Action(label, tuple(flat), seen)
