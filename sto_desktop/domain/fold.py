"""The fold of the log: from all changes of one row to what the row is now. Pure, total, and independent of order.

Per field the change with the highest stamp shows. A head of a field is a change of it that no other change of it
supersedes; two heads with different values are a conflict. A row is away when every head of `deleted` says so and
these deletions saw every head of every other field: an edit that they did not see keeps the row (text wins from
absence).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sto_desktop.domain.change import Change, ChangeId
from sto_desktop.domain.clock import in_quarantine
from sto_desktop.domain.record import DELETED, FieldSpec, FieldType, InvalidValue, Json, TableSpec


@dataclass(frozen=True)
class RowState:
    """What a row is now.

    `values` has every field of the table, decoded; `conflicts` the heads of fields that two people gave different
    values; `rejected` the values that no field can hold; `parents` the (table, row) pairs that any change names,
    which must exist, if only as stubs; `known`: false for a row that is only named by others.
    """

    values: Mapping[str, Any]
    deleted: bool = False
    conflicts: Mapping[str, tuple[ChangeId, ...]] = field(default_factory=dict)
    rejected: tuple[tuple[ChangeId, str], ...] = ()
    parents: frozenset[tuple[str, str]] = frozenset()
    known: bool = True


def heads(changes: Iterable[Change], name: str) -> tuple[ChangeId, ...]:
    """Return the changes of field `name` that no other change of it supersedes, in order.

    A change can only supersede what has a lower stamp; a file that says otherwise is not believed.
    """
    setting = [change for change in changes if name in change.values]
    gone = {old for change in setting for old in change.supersedes.get(name, ()) if old < change.id}
    return tuple(sorted(change.id for change in setting if change.id not in gone))


def _is_deleted(changes: Sequence[Change], field_names: Iterable[str]) -> bool:
    by_id = {change.id: change for change in changes}
    deletions = [by_id[head] for head in heads(changes, DELETED)]
    if not deletions or not all(change.values[DELETED] is True for change in deletions):
        return False
    for name in field_names:
        seen = {old for deletion in deletions for old in deletion.supersedes.get(name, ())}
        if any(head not in seen for head in heads(changes, name)):
            return False
    return True


def _references(spec: FieldSpec, value: Any) -> Iterable[tuple[str, str]]:
    if spec.parent is None or value is None:
        return
    parent = value.parent if spec.kind is FieldType.POSITION else value
    if parent is not None:
        yield spec.parent, parent


def _usable(changes: Iterable[Change], erased: Collection[str]) -> list[Change]:
    kept = []
    for change in sorted(changes, key=lambda item: item.id):
        if in_quarantine(change.id.stamp):
            continue
        if not erased or not any(name in change.values for name in erased):
            kept.append(change)
            continue
        values = {name: value for name, value in change.values.items() if name not in erased}
        kept.append(Change(change.id, change.action, change.table, change.row, values, change.supersedes))
    return kept


def defaults(spec: TableSpec) -> dict[str, Any]:
    """Return the values of a row about which nothing was said."""
    return {name: item.default for name, item in spec.fields.items()}


def stub(spec: TableSpec) -> RowState:
    """Return the state of a row that others name and of which no change is here."""
    return RowState(defaults(spec), known=False)


def fold_row(spec: TableSpec, changes: Iterable[Change], erased: Collection[str] = ()) -> RowState:
    """Return what the row is, from all its changes in any order; `erased` names fields that are gone for good."""
    usable = _usable(changes, erased)
    if not usable:
        return stub(spec)
    values = defaults(spec)
    if len(usable) == 1:
        return _fold_single(spec, usable[0], values)
    rejected: list[tuple[ChangeId, str]] = []
    parents: set[tuple[str, str]] = set()
    conflicts: dict[str, tuple[ChangeId, ...]] = {}
    sound: list[Change] = []
    for change in usable:
        accepted: dict[str, Json] = {}
        for name, value in change.values.items():
            item = spec.fields.get(name)
            if item is None:
                if name == DELETED and not isinstance(value, bool):
                    rejected.append((change.id, name))
                    continue
                accepted[name] = value
                continue
            try:
                decoded = item.decode(value)
            except InvalidValue:
                rejected.append((change.id, name))
                continue
            accepted[name] = value
            values[name] = decoded
            parents.update(_references(item, decoded))
        sound.append(Change(change.id, change.action, change.table, change.row, accepted, change.supersedes))
    names = sorted({name for change in sound for name in change.values if name != DELETED})
    deleted = _is_deleted(sound, names)
    if not deleted:
        conflicts = _conflicts(sound, names)
    return RowState(values, deleted, conflicts, tuple(rejected), frozenset(parents))


def _fold_single(spec: TableSpec, change: Change, values: dict[str, Any]) -> RowState:
    # Most rows have one change, and a note must be on disk before the next key.
    rejected: list[tuple[ChangeId, str]] = []
    parents: set[tuple[str, str]] = set()
    sound = 0
    deleted = False
    for name, value in change.values.items():
        item = spec.fields.get(name)
        if item is None:
            if name == DELETED:
                if isinstance(value, bool):
                    deleted = value
                else:
                    rejected.append((change.id, name))
            else:
                sound += 1
            continue
        try:
            decoded = item.decode(value)
        except InvalidValue:
            rejected.append((change.id, name))
            continue
        values[name] = decoded
        sound += 1
        parents.update(_references(item, decoded))
    return RowState(values, deleted and not sound, {}, tuple(rejected), frozenset(parents))


def _conflicts(changes: Sequence[Change], names: Sequence[str]) -> dict[str, tuple[ChangeId, ...]]:
    found: dict[str, tuple[ChangeId, ...]] = {}
    by_id = {change.id: change for change in changes}
    for name in names:
        rival = heads(changes, name)
        if len(rival) > 1 and len({repr(by_id[head].values[name]) for head in rival}) > 1:
            found[name] = rival
    deletion_heads = heads(changes, DELETED)
    if any(by_id[head].values[DELETED] is True for head in deletion_heads):
        # Somebody deleted the row without having seen all of it: it stays, and says so.
        found[DELETED] = deletion_heads
    return found
