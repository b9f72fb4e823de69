"""Undo: which changes put the old values back, from the log alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sto_desktop.domain.change import ActionRecord, Change, ChangeId
from sto_desktop.domain.fold import heads, is_deleted, readable, same_value
from sto_desktop.domain.record import DELETED, Json, TableSpec, tables

Reverses = Callable[[ChangeId], ChangeId | None]
"""Gives, of an action, the action that it undid or redid, if it did that."""


@dataclass(frozen=True)
class Reversal:
    """A change to append for one row, in the log's own terms; `left`: fields that somebody changed since."""

    table: str
    row: str
    values: Mapping[str, Json] = field(default_factory=dict)
    supersedes: Mapping[str, tuple[ChangeId, ...]] = field(default_factory=dict)
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Step:
    """A place on the way back from what a field shows: the change whose value it is (None: the default), and every
    change that was made and unmade since."""

    change: Change | None
    passed: frozenset[ChangeId]


def _latest(changes: Iterable[Change]) -> Change | None:
    return max(changes, key=lambda item: item.id, default=None)


class _Row:
    """All that the log says of one row, to find out what showed before a change of it."""

    def __init__(self, table: str, changes: Iterable[Change], reverses: Reverses) -> None:
        self.spec: TableSpec | None = tables().get(table)
        self.changes: Sequence[Change] = readable(self.spec, changes).changes
        self._by_id = {change.id: change for change in self.changes}
        self._by_action = {ChangeId(change.action, change.id.writer): change for change in self.changes}
        self._reverses = reverses

    @cached_property
    def names(self) -> list[str]:
        return sorted({name for change in self.changes for name in change.values if name != DELETED})

    def _default(self, name: str) -> Json:
        if name == DELETED:
            return False
        item = self.spec.fields.get(name) if self.spec else None
        return item.encode(item.default) if item else None

    def value(self, name: str, change: Change | None) -> Json:
        return change.values[name] if change else self._default(name)

    def way_back(self, name: str) -> Iterator[_Step]:
        """Go back from what shows: an undo (or redo) stands for the change that it brought back, and so on."""
        current = _latest(change for change in self.changes if name in change.values)
        passed: frozenset[ChangeId] = frozenset()
        while current is not None:
            passed |= {current.id}
            yield _Step(current, passed)
            undone = self._undone_by(current, name)
            if undone is None:
                return
            seen = [self._by_id[old] for old in undone.supersedes.get(name, ()) if old in self._by_id]
            older = _latest(item for item in seen if name in item.values and item.id < undone.id)
            if not same_value(self.spec, name, self.value(name, older), current.values[name]):
                return
            passed |= {undone.id}
            if older is None:
                yield _Step(None, passed)
            current = older

    def _undone_by(self, change: Change, name: str) -> Change | None:
        action = self._reverses(ChangeId(change.action, change.id.writer))
        undone = self._by_action.get(action) if action else None
        return undone if undone and name in undone.values and undone.id < change.id else None

    def shows(self, name: str, change: ChangeId) -> _Step | None:
        """Return how the value of this change still shows in a field; None where it doesn't."""
        return next((step for step in self.way_back(name) if step.change and step.change.id == change), None)

    def without(self, name: str, passed: frozenset[ChangeId]) -> Change | None:
        """Return the change that a field would show had these not been made."""
        rest = heads((change for change in self.changes if change.id not in passed), name)
        return self._by_id[rest[-1]] if rest else None

    def differs(self, name: str, one: Change | None, other: Change | None) -> bool:
        return not same_value(self.spec, name, self.value(name, one), self.value(name, other))

    def knows(self, name: str) -> bool:
        """Tell whether the value of a field that nobody set is known."""
        return name == DELETED or bool(self.spec and name in self.spec.fields)


def _joined(changes: Iterable[Change]) -> list[Change]:
    """Return one change a row; an action of another program may have several."""
    rows: dict[tuple[str, str], Change] = {}
    for change in sorted(changes, key=lambda item: item.id):
        earlier = rows.setdefault((change.table, change.row), change)
        if earlier is not change:
            rows[change.table, change.row] = Change(
                change.id,
                change.action,
                change.table,
                change.row,
                {**earlier.values, **change.values},
                {**change.supersedes, **earlier.supersedes},
            )
    return list(rows.values())


def _unmade(row: _Row, change: Change) -> Reversal:
    """Take a row away that the action made. Only what still is as the action left it counts as seen, so that a
    colleague's edit keeps the row, also one that merges later."""
    supersedes: dict[str, tuple[ChangeId, ...]] = {}
    left: list[str] = []
    for name in (DELETED, *row.names):
        found = heads(row.changes, name)
        steps = list(row.way_back(name))
        ours = any(step.change is None or step.change.id == change.id for step in steps)
        if ours and len(found) == 1:
            supersedes[name] = found
        elif found:
            left.append(name)
    if left:
        return Reversal(change.table, change.row, left=tuple(left))
    return Reversal(change.table, change.row, {DELETED: True}, supersedes)


def _as_it_saw(row: _Row, deletion: Change) -> dict[str, tuple[ChangeId, ...]]:
    """Return what a deletion that comes back has seen: what it saw then, also if undone and redone since."""
    supersedes = dict(deletion.supersedes)
    for name in row.names:
        saw = supersedes.get(name, ())
        steps = list(row.way_back(name))
        shown = steps[0].change
        known = {*saw, deletion.id}
        if shown and any(step.change.id in known if step.change else not saw for step in steps):
            supersedes[name] = tuple(sorted({*saw, shown.id}))
    return supersedes


def _reversal(row: _Row, change: Change) -> Reversal:
    if is_deleted(row.changes) and change.values.get(DELETED) is not True:
        # Somebody took the row away since: whatever is put back would bring it back with it.
        return Reversal(change.table, change.row, left=tuple(change.values))
    steps = {name: row.shows(name, change.id) for name in change.values}
    values: dict[str, Json] = {}
    supersedes: dict[str, tuple[ChangeId, ...]] = {}
    left: list[str] = []
    for name, step in steps.items():
        older = row.without(name, step.passed) if step else None
        if step is not None and name == DELETED and older is None and change.values[DELETED] is False:
            return _unmade(row, change)
        if step is None or not row.differs(name, older, change) or not (older or row.knows(name)):
            left.append(name)
            continue
        shown = next(row.way_back(name)).change
        assert shown is not None
        values[name] = row.value(name, older)
        supersedes[name] = (shown.id,)
        if name == DELETED and older is not None and values[name] is True:
            supersedes = {**_as_it_saw(row, older), **supersedes}
    return Reversal(change.table, change.row, values, supersedes, tuple(left))


def reverse(
    changes: Iterable[Change], row_changes: Callable[[str, str], Iterable[Change]], reverses: Reverses
) -> list[Reversal]:
    """Return what to append so that the effect of an action is gone, where its values still show.

    A value still shows when nobody changed it since, or when who did has undone that.

    Args:
        changes: the changes of the action.
        row_changes: gives all changes of a row.
        reverses: gives the action that an action undid or redid.
    """
    result: list[Reversal] = []
    for change in _joined(changes):
        row = _Row(change.table, row_changes(change.table, change.row), reverses)
        plan = _reversal(row, change)
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
