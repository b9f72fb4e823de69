"""Undo: which changes put the old values back, from the log alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sto_desktop.domain.change import ActionRecord, Change, ChangeId
from sto_desktop.domain.clock import in_quarantine
from sto_desktop.domain.fold import heads
from sto_desktop.domain.record import DELETED, InvalidValue, Json, TableSpec, tables


@dataclass(frozen=True)
class Reversal:
    """A change to append for one row, in the log's own terms; `left`: fields that somebody changed since."""

    table: str
    row: str
    values: dict[str, Json]
    supersedes: dict[str, tuple[ChangeId, ...]]
    left: tuple[str, ...] = ()


def _shown(spec: TableSpec | None, changes: Iterable[Change], name: str) -> ChangeId | None:
    best: ChangeId | None = None
    for change in changes:
        if name not in change.values or in_quarantine(change.id.stamp):
            continue
        item = spec.fields.get(name) if spec else None
        if item is not None:
            try:
                item.decode(change.values[name])
            except InvalidValue:
                continue
        if best is None or change.id > best:
            best = change.id
    return best


def _superseded(change: Change, name: str, row: Sequence[Change]) -> Change | None:
    """Return the change whose value showed before `change`, or None where the field had none."""
    seen = set(change.supersedes.get(name, ()))
    older = [item for item in row if item.id in seen and name in item.values]
    return max(older, key=lambda item: item.id, default=None)


def _plan(change: Change, row: Sequence[Change], showing: Sequence[str]) -> Reversal:
    spec = tables().get(change.table)
    left = tuple(name for name in change.values if name not in showing)
    if DELETED in showing and _superseded(change, DELETED, row) is None:
        # The action made the row: it goes. Only what still is as the action left it counts as seen, so that a
        # colleague's edit keeps the row.
        return Reversal(
            change.table, change.row, {DELETED: True}, {name: (change.id,) for name in showing}, left
        )
    values: dict[str, Json] = {}
    supersedes: dict[str, tuple[ChangeId, ...]] = {}
    for name in showing:
        older = _superseded(change, name, row)
        item = spec.fields.get(name) if spec else None
        values[name] = older.values[name] if older else item.encode(item.default) if item else None
        supersedes[name] = heads(row, name) or (change.id,)
        if name == DELETED and older and older.values[DELETED] is True:
            # A deletion comes back: it has seen what it saw then, no more.
            supersedes = {**older.supersedes, **supersedes}
    return Reversal(change.table, change.row, values, supersedes, left)


def reverse(changes: Iterable[Change], row_changes: Callable[[str, str], Sequence[Change]]) -> list[Reversal]:
    """Return what to append so that the effect of an action is gone, where its values still show.

    Args:
        changes: the changes of the action.
        row_changes: gives all changes of a row.
    """
    result: list[Reversal] = []
    for change in changes:
        row = row_changes(change.table, change.row)
        spec = tables().get(change.table)
        showing = [name for name in change.values if _shown(spec, row, name) == change.id]
        plan = _plan(change, row, showing)
        if plan.values or plan.left:
            result.append(plan)
    return result


class UndoStack:
    """What can be undone and redone, derived from the actions in the order in which they were made."""

    def __init__(self) -> None:
        self._done: list[ActionRecord] = []
        self._undone: list[ActionRecord] = []

    def record(self, made: ActionRecord) -> None:
        """Take in an action that was made. One without a label is bookkeeping (time used), which nobody undoes."""
        if not made.label:
            return
        if made.reverses is None:
            self._done.append(made)
            self._undone.clear()
            return
        for source, target in ((self._done, self._undone), (self._undone, self._done)):
            for place in range(len(source) - 1, -1, -1):
                if source[place].id == made.reverses:
                    del source[place]
                    target.append(made)
                    return

    def to_undo(self) -> ActionRecord | None:
        """Return the action that undo would reverse."""
        return self._done[-1] if self._done else None

    def to_redo(self) -> ActionRecord | None:
        """Return the undoing that redo would reverse."""
        return self._undone[-1] if self._undone else None
