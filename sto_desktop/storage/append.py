"""From an action to rows of the log and of the folded tables, inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sto_desktop.domain.change import Action, ActionRecord, Change, ChangeId, Edit
from sto_desktop.domain.clock import next_stamp
from sto_desktop.domain.fold import RowState, fold_row, heads
from sto_desktop.domain.record import DELETED, Json, owned_by, tables
from sto_desktop.domain.undo import Reversal
from sto_desktop.storage import folded, log
from sto_desktop.storage.database import Raw
from sto_desktop.storage.schema import columns_of


@dataclass(frozen=True)
class Appended:
    """What an action became; no record where it changed nothing."""

    record: ActionRecord | None
    rows: frozenset[folded.Row] = frozenset()


@dataclass(frozen=True)
class _Plan:
    """A change without its identity, and the row's changes so far (None: a new row)."""

    table: str
    row: str
    values: Mapping[str, Json]
    supersedes: Mapping[str, tuple[ChangeId, ...]]
    before: tuple[Change, ...] | None


def _owned_rows(raw: Raw, table: str, row: str) -> Iterable[folded.Row]:
    for spec, field in owned_by(table):
        column = columns_of(field)[0]
        found = raw.execute(f'SELECT id FROM "{spec.name}" WHERE "{column}" = ? AND deleted = 0', (row,))
        for (child,) in found.fetchall():
            yield spec.name, child
            yield from _owned_rows(raw, spec.name, child)


def _expanded(raw: Raw, edits: Iterable[Edit]) -> list[Edit]:
    """Join edits of one row, and add the deletion of what a deleted row owns."""
    joined: dict[folded.Row, Edit] = {}
    for edit in edits:
        key = (edit.table, edit.row)
        earlier = joined.get(key)
        if earlier is None:
            joined[key] = edit
        else:
            joined[key] = Edit(edit.table, edit.row, {**earlier.values, **edit.values}, earlier.new)
        if edit.deletes:
            for table, row in _owned_rows(raw, edit.table, edit.row):
                joined[table, row] = Edit(table, row, {DELETED: True})
    return list(joined.values())


def _same(state: RowState, name: str, value: Json, table: str) -> bool:
    if name in state.conflicts:
        return False
    if name == DELETED:
        return state.known and state.deleted is value and DELETED not in state.conflicts
    return state.known and tables()[table].fields[name].encode(state.values[name]) == value


def _plan(raw: Raw, edit: Edit, seen: int | None) -> _Plan | None:
    spec = tables()[edit.table]
    values = spec.encode(edit.values)
    if edit.new:
        return _Plan(edit.table, edit.row, values, {}, None)
    erased = log.erased_fields(raw, edit.table, edit.row)
    before = tuple(log.changes_of_row(raw, edit.table, edit.row))
    state = fold_row(spec, before, erased)
    values = {
        name: value
        for name, value in values.items()
        if name not in erased and not _same(state, name, value, edit.table)
    }
    if not values:
        return None
    known = before if seen is None else tuple(log.changes_of_row(raw, edit.table, edit.row, seen))
    names = set(values)
    if edit.deletes:
        names.update(name for change in known for name in change.values)
    # A deletion says what it saw of every field; another change only of the fields that it sets.
    supersedes = {name: _seen_heads(before, known, name) for name in names}
    return _Plan(edit.table, edit.row, values, supersedes, before)


def _seen_heads(before: tuple[Change, ...], known: tuple[Change, ...], name: str) -> tuple[ChangeId, ...]:
    if before is known:
        return heads(before, name)
    seen = {change.id for change in known}
    now = tuple(head for head in heads(before, name) if head in seen)
    return now or heads(known, name)


def _write(
    raw: Raw, plans: list[_Plan], writer: str, label: str, at: str, reverses: ChangeId | None, now: int
) -> Appended:
    if not plans:
        return Appended(None)
    stamp = next_stamp(log.last_stamp(raw), now)
    record = ActionRecord(ChangeId(stamp, writer), label, at, reverses)
    log.append_action(raw, record)
    parents: set[folded.Row] = set()
    for offset, plan in enumerate(plans):
        change = Change(
            ChangeId(stamp + offset, writer), stamp, plan.table, plan.row, plan.values, plan.supersedes
        )
        log.append(raw, (change,))
        spec = tables().get(plan.table)
        if spec is None:
            continue
        if plan.before is None:
            state = fold_row(spec, (change,))
        else:
            erased = log.erased_fields(raw, plan.table, plan.row)
            state = fold_row(spec, (*plan.before, change), erased)
        folded.write_state(raw, spec, plan.row, state, fresh=plan.before is None)
        parents.update(state.parents)
    folded.write_stubs(raw, parents - {(plan.table, plan.row) for plan in plans})
    return Appended(record, frozenset((plan.table, plan.row) for plan in plans))


def append_action(raw: Raw, action: Action, writer: str, at: str, now: int) -> Appended:
    """Append an action and fold it. `at`: wall clock in ISO form, `now`: the same in milliseconds since 1970."""
    plans = [plan for edit in _expanded(raw, action.edits) if (plan := _plan(raw, edit, action.seen))]
    return _write(raw, plans, writer, action.label, at, None, now)


def append_reversal(
    raw: Raw, reversed_action: ActionRecord, reversals: Iterable[Reversal], writer: str, at: str, now: int
) -> Appended:
    """Append what undoes (or redoes) an action, under the same label."""
    plans = [
        _Plan(
            item.table,
            item.row,
            item.values,
            item.supersedes,
            tuple(log.changes_of_row(raw, item.table, item.row)),
        )
        for item in reversals
        if item.values
    ]
    return _write(raw, plans, writer, reversed_action.label, at, reversed_action.id, now)


def field_values(raw: Raw, table: str, row: str) -> Mapping[str, Any]:
    """Return what a row is now, by field."""
    return fold_row(
        tables()[table], log.changes_of_row(raw, table, row), log.erased_fields(raw, table, row)
    ).values
