"""Fold all changes of one row into its current state. Pure, total and independent of order.

Per field, the change with the highest stamp is shown; of answers about consent in conflict the strictest. A head of a
field is a change of it that no other change of it supersedes; two heads with different values are a conflict. A row is
deleted when every head of `deleted` is true and these deletions saw every head of every other field: an edit that they
did not see keeps the row (text wins over deletion).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from sto_desktop.domain.log.change import Change, ChangeId
from sto_desktop.domain.log.clock import in_quarantine
from sto_desktop.domain.log.lineage import counting, is_of_copy
from sto_desktop.domain.record import DELETED, FieldSpec, FieldType, InvalidValue, Json, TableSpec, canonical
from sto_desktop.domain.vocabulary import Consent


@dataclass(frozen=True)
class RowState:
    """The current state of a row.

    `values`: every field of the table, decoded; `conflicts`: the heads of fields that were given different values;
    `rejected`: values that their field can't hold; `parents`: the (table, row) pairs that any change refers to, which
    must exist, if only as stubs; `known`: false for a row that is only referred to; `proposed`: fields whose only
    conflict is a proposal (see `lineage`). `given`: the fields that may have another value than their default; None if
    that was not looked at.
    """

    values: Mapping[str, Any]
    deleted: bool = False
    conflicts: Mapping[str, tuple[ChangeId, ...]] = field(default_factory=dict)
    rejected: tuple[tuple[ChangeId, str], ...] = ()
    parents: frozenset[tuple[str, str]] = frozenset()
    known: bool = True
    proposed: frozenset[str] = frozenset()
    given: Collection[str] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Readable:
    """The changes of a row that count, oldest first, with only values that their fields can hold.

    `decoded`: beside each change, the Python values of the fields that this program knows. `proposals`: per field, the
    changes that came back from a copy without names and await an answer (see `lineage`). `parents`: the (table, row)
    pairs that any change refers to, also one whose value does not count.
    """

    changes: tuple[Change, ...]
    decoded: tuple[Mapping[str, Any], ...]
    rejected: tuple[tuple[ChangeId, str], ...]
    proposals: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    parents: frozenset[tuple[str, str]] = frozenset()


def readable(spec: TableSpec | None, changes: Iterable[Change], erased: Collection[str] = ()) -> Readable:
    """Drop what is never folded: stamps in quarantine, erased fields, values that no field can hold, and values of a
    shared copy whose original is present.

    `spec`: None for a table that this program does not know.
    """
    foldable: list[Change] = []
    decoded: list[Mapping[str, Any]] = []
    rejected: list[tuple[ChangeId, str]] = []
    # In stamp order, so that the last value folded below is the one to show.
    for change in sorted(changes, key=_id):
        if in_quarantine(change.id.stamp):
            continue
        values: dict[str, Json] = {}
        decoded_values: dict[str, Any] = {}
        # Drop single values and not the change, since its other fields and what it supersedes still count.
        for name, value in change.values.items():
            if name in erased:
                continue
            try:
                field_spec = spec.fields.get(name) if spec else None
                if field_spec is not None:
                    decoded_values[name] = field_spec.decode(value)
                elif name == DELETED and not isinstance(value, bool):
                    raise InvalidValue
                values[name] = value
            except InvalidValue:
                rejected.append((change.id, name))
        if len(values) != len(change.values):
            change = replace(change, values=values)
        foldable.append(change)
        decoded.append(decoded_values)
    parents = {
        parent
        for decoded_values in decoded
        for name, value in decoded_values.items()
        if spec and (parent := _parent(spec.fields[name], value))
    }
    counted = counting(foldable)
    if counted.changes is not foldable:
        decoded = list(map(_counted, decoded, counted.changes))
    return Readable(tuple(counted.changes), tuple(decoded), tuple(rejected), counted.proposals, frozenset(parents))


def _counted(decoded_values: Mapping[str, Any], change: Change) -> Mapping[str, Any]:
    """Return the decoded values of a change that count."""
    return {name: value for name, value in decoded_values.items() if name in change.values}


_id = attrgetter("id")
_AWAY: Mapping[str, Json] = {DELETED: True}


def heads(changes: Iterable[Change], name: str) -> tuple[ChangeId, ...]:
    """Return the changes of field `name` that no other change of it supersedes, in order.

    A change can only supersede lower stamps; entries in a file that contradict this are ignored.
    """
    setting = [change for change in changes if name in change.values]
    # Requiring a lower stamp rules out cycles of changes that supersede each other.
    superseded = {old for change in setting for old in change.supersedes.get(name, ()) if old < change.id}
    return tuple(sorted(change.id for change in setting if change.id not in superseded))


def same_value(spec: TableSpec | None, name: str, first: Json, second: Json) -> bool:
    """Return whether two log values are equal for this field."""
    field_spec = spec.fields.get(name) if spec else None
    if field_spec is None:
        return canonical(first) == canonical(second)
    return bool(field_spec.decode(first) == field_spec.decode(second))


def unseen(changes: Sequence[Change]) -> dict[str, tuple[ChangeId, ...]]:
    """Return, per field, the heads that the row's deletions did not see. A deletion has seen its own action.

    `changes` must be readable ones, as in all functions below.
    """
    by_id = {change.id: change for change in changes}
    deletions = [by_id[head] for head in heads(changes, DELETED) if by_id[head].values[DELETED] is True]
    actions = {deletion.made_in for deletion in deletions}
    # An action may set fields and delete the row: the deletion has then seen its own changes.
    own = {change.id for change in changes if change.made_in in actions}
    result: dict[str, tuple[ChangeId, ...]] = {}
    for name in _names(changes):
        seen = own.union(*(deletion.supersedes.get(name, ()) for deletion in deletions))
        not_seen = tuple(head for head in heads(changes, name) if head not in seen)
        if not_seen:
            result[name] = not_seen
    return result


def is_deleted(changes: Sequence[Change]) -> bool:
    """Return whether the row is deleted: all heads agree, and they saw every other head."""
    # Shortcut: nearly all rows were never deleted.
    if not any(change.values.get(DELETED) is True for change in changes):
        return False
    by_id = {change.id: change for change in changes}
    says = [by_id[head].values[DELETED] for head in heads(changes, DELETED)]
    return all(value is True for value in says) and not unseen(changes)


def rivals(spec: TableSpec | None, changes: Sequence[Change], name: str) -> tuple[ChangeId, ...]:
    """Return the changes in conflict for a field of an existing row; empty if there is no conflict.

    For `deleted` these are its own heads and the edits that a deletion did not see.
    """
    field_heads = heads(changes, name)
    by_id = {change.id: change for change in changes}
    values = [by_id[head].values[name] for head in field_heads]
    if name == DELETED:
        # A deletion that did not see every edit is a conflict: the row stays and reports it.
        if True not in values:
            return ()
        edits = {head for left in unseen(changes).values() for head in left}
        return tuple(sorted(edits.union(field_heads)))
    if all(same_value(spec, name, values[0], value) for value in values[1:]):
        return ()
    return field_heads


def _names(changes: Iterable[Change]) -> list[str]:
    return sorted({name for change in changes for name in change.values if name != DELETED})


def _parent(spec: FieldSpec, value: Any) -> tuple[str, str] | None:
    """Return the row (table and id) to which a value of a field refers."""
    if spec.parent is None or value is None:
        return None
    parent = value.parent if spec.kind is FieldType.POSITION else value
    return None if parent is None else (spec.parent, parent)


def stub(spec: TableSpec) -> RowState:
    """Return the state of a row that is referred to but has no changes here."""
    return RowState(spec.defaults, known=False)


def fold_row(spec: TableSpec, changes: Iterable[Change], erased: Collection[str] = ()) -> RowState:
    """Return the state of a row from all its changes, in any order; `erased`: names of erased fields."""
    all_changes = list(changes)
    # Shortcuts for thousands of rows at once, of which nearly every one has a single change, or a second that undid it.
    if not erased:
        plain = None
        if len(all_changes) == 1:
            plain = fold_one(spec, all_changes[0])
        elif len(all_changes) == 2:
            plain = _fold_taken_away(spec, *sorted(all_changes, key=_id))
        if plain is not None:
            return plain
    return fold_readable(spec, readable(spec, all_changes, erased))


def _fold_taken_away(spec: TableSpec, made: Change, away: Change) -> RowState | None:
    """Return the state of a row that was made, and deleted by who saw all of it; None if the full fold is needed."""
    if away.values != _AWAY or in_quarantine(away.id.stamp) or is_of_copy(away.id):
        return None
    if any(away.supersedes.get(name) != (made.id,) for name in {*made.values, *away.supersedes}):
        return None
    state = fold_one(spec, made)
    return state and RowState(state.values, True, parents=state.parents)


def fold_one(spec: TableSpec, change: Change) -> RowState | None:
    """Return the state of a row with a single change, as most merged rows have; None if the full fold is needed: if a
    value of it can't be read, or it does not count by itself.
    """
    # These need the full fold: stamps in quarantine, and changes of shared copies.
    if in_quarantine(change.id.stamp) or is_of_copy(change.id):
        return None
    given: dict[str, Any] = {}
    parents: list[tuple[str, str]] = []
    fields = spec.fields
    for name, value in change.values.items():
        field_spec = fields.get(name)
        if field_spec is None:
            if name == DELETED and not isinstance(value, bool):
                return None
            # A field of a newer program: kept in the log, not folded.
            continue
        try:
            given[name] = decoded = field_spec.decode(value)
        except InvalidValue:
            return None
        if parent := _parent(field_spec, decoded):
            parents.append(parent)
    deleted = change.values.get(DELETED) is True
    return RowState({**spec.defaults, **given}, deleted, parents=frozenset(parents), given=given.keys())


def fold_readable(spec: TableSpec, read: Readable) -> RowState:
    """Return the state of a row from changes that are already readable."""
    if not read.changes:
        return stub(spec)
    values = dict(spec.defaults)
    for decoded in read.decoded:
        values.update(decoded)
    deleted = is_deleted(read.changes)
    # A single change has nothing to conflict with.
    if len(read.changes) == 1:
        return RowState(values, deleted, {}, read.rejected, read.parents)
    # A conflict in a deleted row is not worth showing.
    conflicts = {} if deleted else _conflicts(spec, read)
    # With a single head the log has no conflict, so only the proposals conflict with it.
    values.update(_strictest(spec, read, conflicts))
    proposals = frozenset(name for name in conflicts if name in read.proposals and len(heads(read.changes, name)) == 1)
    return RowState(values, deleted, conflicts, read.rejected, read.parents, proposed=proposals)


def _strictest(spec: TableSpec, read: Readable, conflicts: Iterable[str]) -> Iterator[tuple[str, Consent]]:
    """Yield the strictest of the answers about consent in conflict: a later answer of another computer must not name
    anybody.
    """
    for name in conflicts:
        if name in spec.fields and spec.fields[name].codes is Consent:
            ids = set(heads(read.changes, name))
            answers = (change.values[name] for change in read.changes if change.id in ids)
            yield name, Consent.strictest(map(spec.fields[name].decode, answers))


def _conflicts(spec: TableSpec, read: Readable) -> dict[str, tuple[ChangeId, ...]]:
    # Only a field with several changes can conflict, and a deletion with edits; this skips nearly every other field.
    set_counts = Counter(name for change in read.changes for name in change.values)
    names = sorted(name for name, count in set_counts.items() if count > 1 or name == DELETED)
    between = {name: rivals(spec, read.changes, name) for name in names}
    for name in read.proposals:
        between[name] = (*heads(read.changes, name), *proposed(spec, read, name))
    return {name: ids for name, ids in between.items() if len(ids) > 1 or (name == DELETED and ids)}


def proposed(spec: TableSpec | None, read: Readable, name: str) -> tuple[ChangeId, ...]:
    """Return the unanswered proposals for a field whose value differs from the one shown."""
    shown = [change.values[name] for change in read.changes if name in change.values][-1:]
    return tuple(
        change.id
        for change in read.proposals.get(name, ())
        if not (shown and same_value(spec, name, shown[0], change.values[name]))
    )
