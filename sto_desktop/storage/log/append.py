"""Converts an action into rows of the log and of the folded tables, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sto_desktop.domain.log.change import Action, ActionRecord, Change, ChangeId, Edit
from sto_desktop.domain.log.clock import next_stamp
from sto_desktop.domain.log.fold import Readable, RowState, fold_readable, fold_row, heads, readable
from sto_desktop.domain.log.lineage import with_lineage
from sto_desktop.domain.log.undo import reverse
from sto_desktop.domain.record import DELETED, InvalidValue, Json, TableSpec
from sto_desktop.domain.tables import owned_by, tables
from sto_desktop.storage.file.database import Raw
from sto_desktop.storage.file.schema import columns_of
from sto_desktop.storage.log import folded, log

MANY = 50
"""Above this many rows, fetch their changes in one query: one statement per row costs more than the lookup."""


@dataclass(frozen=True)
class Appended:
    """The result of appending an action; no record if it changed nothing.

    `seq` and `action_seq`: order of arrival of the log's last change and action, including this one. `left`: rows whose
    later edits an undo kept.
    """

    record: ActionRecord | None = None
    rows: frozenset[folded.Row] = frozenset()
    seq: int = 0
    action_seq: int = 0
    left: tuple[folded.Row, ...] = ()


@dataclass(frozen=True)
class _Plan:
    """A change without its identity, and the row's changes so far (None: a new row)."""

    table: str
    row: str
    values: Mapping[str, Json]
    supersedes: Mapping[str, tuple[ChangeId, ...]] = field(default_factory=dict)
    before: Sequence[Change] | None = None
    erased: Collection[str] = ()


def _owned_rows(raw: Raw, table: str, row: str) -> Iterable[tuple[folded.Row, str]]:
    """Return the rows owned by a row, each with the name of the owning field."""
    for spec, owning in owned_by(table):
        column = columns_of(owning)[0]
        owned = raw.execute(f'SELECT id FROM "{spec.name}" WHERE "{column}" = ? AND deleted = 0', (row,))
        for (child,) in owned.fetchall():
            yield (spec.name, child), owning.name
            yield from _owned_rows(raw, spec.name, child)


def _expanded(raw: Raw, edits: Iterable[Edit]) -> list[Edit]:
    """Combine edits of the same row, and add the deletion of owned rows that this action does not keep."""
    joined: dict[folded.Row, Edit] = {}
    for edit in edits:
        key = (edit.table, edit.row)
        earlier = joined.get(key)
        if earlier:
            values, answers = {**earlier.values, **edit.values}, (*earlier.answers, *edit.answers)
            edit = replace(earlier, values=values, answers=answers)
        joined[key] = edit
    for edit in [edit for edit in joined.values() if edit.deletes]:
        for (table, row), owner in _owned_rows(raw, edit.table, edit.row):
            edited = joined[table, row].values if (table, row) in joined else {}
            # A row that the same action moves to another owner is kept.
            if owner not in edited and DELETED not in edited:
                joined[table, row] = Edit(table, row, {**edited, DELETED: True})
    return list(joined.values())


def _same(spec: TableSpec, state: RowState, name: str, value: Json, *, answering: bool) -> bool:
    """Return whether a row already has this value without a conflict. An unanswered proposal does not count as a
    conflict.
    """
    # In a conflict an equal value is a change too: writing it settles the conflict.
    if (name in state.conflicts and (answering or name not in state.proposed)) or not state.known:
        return False
    if name == DELETED:
        return state.deleted is value
    return spec.fields[name].encode(state.values[name]) == value


def _news(
    spec: TableSpec, values: Mapping[str, Json], read: Readable, erased: Collection[str], *, answering: bool
) -> dict[str, Json]:
    """Return the values that differ from those of a row with these changes."""
    state = fold_readable(spec, read)
    return {
        name: value
        for name, value in values.items()
        if name not in erased and not _same(spec, state, name, value, answering=answering)
    }


@dataclass(frozen=True)
class Past:
    """The changes of rows so far, and their erased fields."""

    changes: Mapping[folded.Row, list[Change]]
    erased: Mapping[folded.Row, Collection[str]]


def past_of(raw: Raw, rows: Collection[folded.Row]) -> Past:
    """Return the past of rows; above the limit, read in one query for each table."""
    if len(rows) >= MANY:
        return Past(log.changes_of_rows(raw, rows), log.erased_by_row(raw))
    changes = {row: log.changes_of_row(raw, *row) for row in rows}
    return Past(changes, {row: log.erased_fields(raw, *row) for row in rows})


def _plans(raw: Raw, edits: Sequence[Edit], seen: int | None) -> list[_Plan]:
    """Return the changes that edits make."""
    past = past_of(raw, [(edit.table, edit.row) for edit in edits if not edit.new])
    plans = (_plan(raw, edit, past.changes.get((edit.table, edit.row), []), past.erased, seen) for edit in edits)
    return [plan for plan in plans if plan]


def _plan(
    raw: Raw, edit: Edit, before: list[Change], wiped: Mapping[folded.Row, Collection[str]], seen: int | None
) -> _Plan | None:
    spec = tables()[edit.table]
    values = spec.encode(edit.values)
    if edit.new:
        return _Plan(edit.table, edit.row, values)
    erased = wiped.get((edit.table, edit.row), ())
    if not before and not edit.deletes:
        # Nothing is known of the row, so everything is news; a stub of it at most is in the tables.
        values = {name: value for name, value in values.items() if name not in erased}
        answers = tuple(sorted(edit.answers))
        return _Plan(edit.table, edit.row, values, dict.fromkeys(values, answers), None, erased) if values else None
    read = readable(spec, before, erased)
    values = _news(spec, values, read, erased, answering=bool(edit.answers))
    seen_changes, read_then = before, read
    if seen is not None:
        seen_changes = log.changes_of_row(raw, edit.table, edit.row, seen)
        read_then = readable(spec, seen_changes, erased)
        # Compare with the state the user saw: a field they left alone must not override later changes.
        values = _news(spec, values, read_then, erased, answering=bool(edit.answers))
    # A row that the user did not see can't be deleted by them.
    if not values or (edit.deletes and not seen_changes):
        return None
    now, then = read.changes, read_then.changes
    supersedes = {name: tuple(sorted({*_seen_heads(now, then, name), *edit.answers})) for name in values}
    if edit.deletes:
        # A deletion must list the heads of every field, including fields unknown to this program.
        for name in {name for change in seen_changes for name in change.values}:
            supersedes[name] = tuple(sorted({*_seen_heads(now, then, name), *_seen_heads(before, seen_changes, name)}))
    return _Plan(edit.table, edit.row, values, supersedes, before, erased)


def _seen_heads(now: Sequence[Change], then: Sequence[Change], name: str) -> tuple[ChangeId, ...]:
    """Return the heads of a field as seen by someone who saw only some of its changes."""
    seen = {change.id for change in then}
    # Where later changes superseded all heads that were seen, refer to the older heads.
    return tuple(head for head in heads(now, name) if head in seen) or heads(then, name)


def _state(plan: _Plan, made: Sequence[Change]) -> RowState | None:
    """Return the state of a row after the changes of an action."""
    spec = tables().get(plan.table)
    if spec is None:
        return None
    state = fold_row(spec, (*(plan.before or ()), *made), plan.erased)
    own = {change.id: change for change in made}
    # Only values of this action: older rejected values are already in the log.
    for wrong, name in state.rejected:
        if wrong in own:
            raise InvalidValue(f"{plan.table}.{name}: {own[wrong].values[name]!r}")
    return state


def _write(
    raw: Raw, plans: Sequence[_Plan], writer: str, label: str, at: str, reverses: ChangeId | None, now: int
) -> Appended:
    # One stamp per change, counted from the stamp of the action, so that an action's changes are adjacent.
    stamp = next_stamp(log.last_stamp(raw), now, len(plans) or 1)
    record = ActionRecord(ChangeId(stamp, writer), label, at, reverses)
    action_seq = log.append_action(raw, record)
    # Undo may write several changes of one row; its state follows from all of them.
    rows: dict[folded.Row, tuple[_Plan, list[Change]]] = {}
    changes = []
    for place, plan in enumerate(plans):
        supersedes = with_lineage(plan.before or (), plan.supersedes)
        change = Change(ChangeId(stamp + place, writer), stamp, plan.table, plan.row, plan.values, supersedes)
        changes.append(change)
        rows.setdefault((plan.table, plan.row), (plan, []))[1].append(change)
    seq = log.append(raw, changes)
    states = {row: state for row, (plan, made) in rows.items() if (state := _state(plan, made))}
    folded.write_states(raw, states, {row for row, (plan, _) in rows.items() if plan.before is None})
    return Appended(record, frozenset(rows), seq, action_seq)


def append_action(raw: Raw, action: Action, writer: str, at: str, now: int) -> Appended:
    """Append an action and fold it. `at`: wall clock in ISO form, `now`: the same in milliseconds since 1970.

    Raises:
        InvalidValue: an edit has a value that its field can't hold.
    """
    plans = _plans(raw, _expanded(raw, action.edits), action.seen)
    if not plans:
        return Appended()
    return _write(raw, plans, writer, action.label, at, None, now)


def append_reversal(raw: Raw, reversed_action: ActionRecord, writer: str, at: str, now: int) -> Appended:
    """Append the undo (or redo) of an action, under the same label.

    The action is stored even if no value was restored, so that the next undo continues with the previous action.
    """
    past = past_of(raw, log.rows_of_action(raw, reversed_action.id))
    changes = [change for so_far in past.changes.values() for change in so_far if change.made_in == reversed_action.id]
    reversals = reverse(
        changes, lambda table, row: past.changes[table, row], lambda action: log.reversed_action(raw, action)
    )
    plans = []
    for reversal in reversals:
        if reversal.values:
            table, row = reversal.table, reversal.row
            before, erased = past.changes[table, row], past.erased.get((table, row), ())
            for values in reversal.rivals:
                seen = {name: reversal.supersedes[name] for name in values}
                plans.append(_Plan(table, row, values, seen, before, erased))
            plans.append(_Plan(table, row, reversal.values, reversal.supersedes, before, erased))
    made = _write(raw, plans, writer, reversed_action.label, at, reversed_action.id, now)
    return replace(made, left=tuple((reversal.table, reversal.row) for reversal in reversals if reversal.left))
