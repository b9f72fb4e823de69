"""Undo: finds the changes that restore the old values, from the log alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from sto_desktop.domain.log.change import ActionRecord, Change, ChangeId
from sto_desktop.domain.log.fold import fold_one, heads, is_deleted, readable, same_value
from sto_desktop.domain.record import DELETED, Json, TableSpec, canonical
from sto_desktop.domain.tables import tables
from sto_desktop.language import tr_later

Reverses = Callable[[ChangeId], ChangeId | None]
"""Returns the action that an action undid or redid, or None."""


@dataclass(frozen=True)
class Reversal:
    """A change to append for one row, as log values; `left`: fields that someone changed since.

    `rivals`: values to append first, in changes of their own that supersede the same changes: undoing an action that
    settled a conflict restores the conflict.
    """

    table: str
    row: str
    values: Mapping[str, Json] = field(default_factory=dict)
    supersedes: Mapping[str, tuple[ChangeId, ...]] = field(default_factory=dict)
    rivals: tuple[Mapping[str, Json], ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Step:
    """A step back from the value that a field shows.

    `change`: the change that set the value (None: the default). `passed`: this change, and all changes since that were
    made and undone.
    """

    change: Change | None
    passed: frozenset[ChangeId]


def _latest(changes: Iterable[Change]) -> Change | None:
    return max(changes, key=lambda change: change.id, default=None)


class _Row:
    """The full history of one row, used to find the value shown before a change."""

    def __init__(self, table: str, changes: Iterable[Change], reverses: Reverses) -> None:
        self.spec: TableSpec | None = tables().get(table)
        self.changes: Sequence[Change] = readable(self.spec, changes).changes
        self._by_id = {change.id: change for change in self.changes}
        self._reverses = reverses

    @cached_property
    def names(self) -> list[str]:
        return sorted({name for change in self.changes for name in change.values if name != DELETED})

    def heads(self, name: str, skip: Collection[ChangeId] = ()) -> list[Change]:
        """Return the heads of a field as if some changes had not been made, oldest first."""
        # The heads without the skipped changes: the state as if these had not been made.
        remaining_heads = heads((change for change in self.changes if change.id not in skip), name)
        return [self._by_id[head] for head in remaining_heads]

    def value(self, name: str, change: Change | None) -> Json:
        """Return the value that a change gives a field; for None, the field's default."""
        if change is not None:
            return change.values[name]
        field_spec = self.spec.fields.get(name) if self.spec else None
        return field_spec.encode(field_spec.default) if field_spec else None

    def same(self, name: str, first: Change | None, second: Change | None) -> bool:
        """Return whether two changes (None: the default) give a field the same value."""
        return same_value(self.spec, name, self.value(name, first), self.value(name, second))

    def alike(self, name: str, some: Sequence[Change], others: Sequence[Change]) -> bool:
        """Return whether two sets of heads show the same value of a field and the same conflict."""
        values, other_values = (
            [canonical(self.value(name, head)) for head in side or (None,)] for side in (some, others)
        )
        return values[-1] == other_values[-1] and set(values) == set(other_values)

    def has_default(self, name: str) -> bool:
        """Return whether the default value of a field is known."""
        return bool(self.spec and name in self.spec.fields)

    def way_back(self, name: str, head: Change) -> Iterator[_Step]:
        """Walk back from a change: an undo (or redo) represents the change that it restored, and so on."""
        current: Change | None = head
        passed: frozenset[ChangeId] = frozenset()
        while current is not None:
            # All changes of the action cancel out together, not just this one.
            passed |= {change.id for change in self.changes if change.made_in == current.made_in}
            yield _Step(current, passed)
            if self._reverses(current.made_in) is None:
                return
            # Values that the undone action did not set are only repeated in the undo (see _Plan._take_away_again).
            before = self._seen_by(self._undone_by(current, name) or current, name)
            alike = [older for older in before if self.same(name, older, current)]
            older = _latest(alike)
            # The walk ends where the restored value can't be traced to an earlier change or the default.
            if older is None and (before or not self.same(name, None, current)):
                return
            passed |= self._made_and_unmade(name, current, older)
            if older is None:
                yield _Step(None, passed)
            current = older

    def _undone_by(self, change: Change, name: str) -> Change | None:
        action = self._reverses(change.made_in)
        undone = [earlier for earlier in self.changes if earlier.made_in == action and earlier.id < change.id]
        return _latest(earlier for earlier in undone if name in earlier.values)

    def _seen_by(self, change: Change, name: str) -> list[Change]:
        seen = (self._by_id.get(old) for old in change.supersedes.get(name, ()) if old < change.id)
        return [older for older in seen if older and name in older.values]

    def _line(self, name: str, change: Change | None) -> set[ChangeId]:
        """Return the ancestors of a change, including itself."""
        ancestors: set[ChangeId] = set()
        waiting = [change] if change else []
        while waiting:
            current = waiting.pop()
            if current.id not in ancestors:
                ancestors.add(current.id)
                waiting += self._seen_by(current, name)
        return ancestors

    def _made_and_unmade(self, name: str, current: Change, older: Change | None) -> frozenset[ChangeId]:
        """Return the changes between a value and the change that restored it, which cancel out."""
        between = [self._by_id[made] for made in self._line(name, current) - self._line(name, older)]
        cancelled: set[ChangeId] = set()
        # The latest first: an undo that was itself undone cancels nothing.
        for change in sorted(between, key=lambda each: each.id, reverse=True):
            undone = self._reverses(change.made_in)
            if undone is not None and change.made_in not in cancelled:
                cancelled |= {change.made_in, undone}
        return frozenset(change.id for change in between if change.made_in in cancelled)

    def shows(self, name: str, action: ChangeId) -> _Step | None:
        """Return the step at which the value that an action gave a field is still shown; None if it is not."""
        steps = self.way_back(name, self.heads(name)[-1])
        return next((step for step in steps if step.change and step.change.made_in == action), None)

    def _says_itself(self, deletion: Change, name: str) -> set[ChangeId]:
        same = [change for change in self.changes if change.made_in == deletion.made_in]
        return {change.id for change in same if name in change.values}

    def saw(self, deletion: Change, name: str, skip: Collection[ChangeId] = ()) -> set[ChangeId]:
        """Return the changes of a field that a deletion saw, including their later undo and redo."""
        # Where its action also sets the field, the superseded changes are the ones it replaced.
        saw = self._says_itself(deletion, name) or set(deletion.supersedes.get(name, ()))

        def known(step: _Step) -> bool:
            return step.change.id in saw if step.change else not saw

        return saw | {head.id for head in self.heads(name, skip) if any(map(known, self.way_back(name, head)))}

    def away_without(self, skip: Mapping[str, Collection[ChangeId]]) -> list[Change]:
        """Return the deletions that would delete the row if these changes of these fields had not been made."""
        deletions = self.heads(DELETED, skip.get(DELETED, ()))
        if not all(deletion.values[DELETED] is True for deletion in deletions):
            return []
        for name in self.names:
            skipped = skip.get(name, ())
            seen = {made for deletion in deletions for made in self.saw(deletion, name, skipped)}
            if any(head.id not in seen for head in self.heads(name, skipped)):
                return []
        return deletions


def _joined(changes: Iterable[Change]) -> list[Change]:
    """Merge the changes that an action made to the same row."""
    # Restoring a conflict changes a row more than once; reverse these changes as one.
    rows: dict[tuple[str, str], Change] = {}
    for change in sorted(changes, key=lambda change: change.id):
        earlier = rows.setdefault((change.table, change.row), change)
        if earlier is not change:
            rows[change.table, change.row] = replace(change, values={**earlier.values, **change.values})
    return list(rows.values())


def _unmade(row: _Row, change: Change) -> Reversal:
    """Delete a row that the action created. Only values still as the action left them count as seen, so that a
    colleague's edit keeps the row, even one that merges later.
    """
    supersedes: dict[str, tuple[ChangeId, ...]] = {}
    changed_since: list[str] = []
    for name in (DELETED, *row.names):
        field_heads = row.heads(name)
        steps = [step for head in field_heads for step in row.way_back(name, head)]
        # Undo only deletes the row if all values in it are still the action's own.
        ours = any(step.change is None or step.change.made_in == change.made_in for step in steps)
        if ours and len(field_heads) == 1:
            supersedes[name] = (field_heads[0].id,)
        elif field_heads:
            changed_since.append(name)
    if changed_since:
        return Reversal(change.table, change.row, left=tuple(changed_since))
    return Reversal(change.table, change.row, {DELETED: True}, supersedes)


def _only_made(change: Change, changes: Collection[Change]) -> Reversal | None:
    """Delete a row that the action created and nobody changed since, as most of its thousands are; None for others."""
    if [made.id for made in changes] != [change.id] or change.values.get(DELETED) is not False:
        return None
    spec = tables().get(change.table)
    # If the single change is folded as it stands, all of its values can be read.
    if spec is None or fold_one(spec, change) is None:
        return None
    return Reversal(change.table, change.row, {DELETED: True}, dict.fromkeys(sorted(change.values), (change.id,)))


class _Plan:
    """The reversal of one row, field by field."""

    def __init__(self, row: _Row, change: Change) -> None:
        self._row = row
        self._change = change
        steps = {name: row.shows(name, change.made_in) for name in change.values}
        self._passed = {name: step.passed for name, step in steps.items() if step}
        self._values: dict[str, Json] = {}
        self._supersedes: dict[str, tuple[ChangeId, ...]] = {}
        self._rivals: list[dict[str, Json]] = []
        self._left: list[str] = []

    def reversal(self) -> Reversal:
        change, row = self._change, self._row
        if is_deleted(row.changes) and change.values.get(DELETED) is not True:
            # The row was deleted since: restoring a value would restore the row as well.
            return Reversal(change.table, change.row, left=tuple(change.values))
        if self._made_the_row():
            return _unmade(row, change)
        # Values first: whether the deletion must be restored depends on them.
        for name in change.values:
            if name != DELETED:
                self._put_back(name)
        if DELETED in change.values:
            self._put_back_deletion()
        elif self._values and not self._left:
            self._take_away_again()
        return Reversal(
            change.table, change.row, self._values, self._supersedes, tuple(self._rivals), tuple(self._left)
        )

    def _made_the_row(self) -> bool:
        passed = self._passed.get(DELETED)
        return passed is not None and self._change.values[DELETED] is False and not self._row.heads(DELETED, passed)

    def _put_back(self, name: str) -> None:
        row, passed = self._row, self._passed.get(name)
        before, now = row.heads(name, passed or ()), row.heads(name)
        older = before[-1] if before else None
        # Leave the field if someone changed it, if undo changes nothing, or if its default is unknown here.
        if passed is None or row.alike(name, before, now) or not (older or row.has_default(name)):
            self._left.append(name)
            return
        self._values[name] = row.value(name, older)
        self._supersedes[name] = tuple(head.id for head in now if head.id in passed)
        # Undoing the settlement of a conflict restores the other values too, as rivals.
        rivals = [head for head in before[:-1] if head not in now and not row.same(name, head, older)]
        for place, rival in enumerate(rivals):
            if place == len(self._rivals):
                self._rivals.append({})
            self._rivals[place][name] = rival.values[name]

    def _put_back_deletion(self) -> None:
        row, passed = self._row, self._passed.get(DELETED)
        before = row.heads(DELETED, passed) if passed else []
        # A person who kept the row wins over all who deleted it, as in `is_deleted`. Before its first change the row
        # exists.
        away = bool(before) and all(head.values[DELETED] is True for head in before)
        if passed and away is not self._change.values[DELETED]:
            self._say(away, before)
        elif passed and bool(row.away_without(self._passed)) != is_deleted(row.changes):
            # Two deletions differ only in what they saw, and neither saw the restored values.
            if not self._values:
                self._say(away, before)
        else:
            self._left.append(DELETED)

    def _take_away_again(self) -> None:
        """Delete the row again, if the undone edit had kept it in spite of other people's deletions."""
        deletions = self._row.away_without(self._passed)
        if deletions:
            self._say(True, deletions)

    def _say(self, away: Json, as_they_saw: Iterable[Change]) -> None:
        seen: dict[str, set[ChangeId]] = {}
        # Only a deletion must list what it saw.
        if away is True:
            for deletion in as_they_saw:
                for name in self._row.names:
                    seen.setdefault(name, set()).update(self._row.saw(deletion, name))
        saw = {name: tuple(sorted(ids)) for name, ids in seen.items() if ids}
        self._supersedes = {**saw, **self._supersedes, DELETED: tuple(head.id for head in self._row.heads(DELETED))}
        self._values[DELETED] = away


def reverse(
    changes: Iterable[Change], row_changes: Callable[[str, str], Collection[Change]], reverses: Reverses
) -> list[Reversal]:
    """Return the changes that reverse an action, for those of its values that still show.

    A value still shows if nobody changed it since, or if that change was itself undone.

    Args:
        changes: the changes of the action.
        row_changes: returns all changes of a row.
        reverses: returns the action that an action undid or redid.
    """
    result: list[Reversal] = []
    # Looked up often: each step back of each row asks for the same actions again.
    reverses = cache(reverses)
    for change in _joined(changes):
        changes_so_far = row_changes(change.table, change.row)
        plan = _only_made(change, changes_so_far)
        plan = plan or _Plan(_Row(change.table, changes_so_far, reverses), change).reversal()
        if plan.values or plan.left:
            result.append(plan)
    return result


PASTED = tr_later("notities plakken")
IN_PARTS = frozenset((PASTED,))
"""Labels of steps that are written in several actions, since one would make the window wait; these have one moment."""


def _step(actions: Sequence[ActionRecord]) -> list[ActionRecord]:
    """Return the actions of the last step, latest first."""
    last = actions[-1:]
    if not last or last[0].label not in IN_PARTS:
        return [*last]
    # Something else may have been done between two parts.
    return [made for made in reversed(actions) if (made.label, made.at) == (last[0].label, last[0].at)]


class UndoStack:
    """The actions that can be undone and redone, derived from all actions in order."""

    def __init__(self) -> None:
        self._done: list[ActionRecord] = []
        self._undone: list[ActionRecord] = []

    def record(self, made: ActionRecord) -> None:
        """Add an action. One without a label is bookkeeping (time used), which is not undone."""
        if not made.label:
            return
        if made.reverses is None:
            self._done.append(made)
            # A new action makes the undone ones unreachable, as in any editor.
            self._undone.clear()
            return
        for source, target in ((self._done, self._undone), (self._undone, self._done)):
            # Search from the end: the reversed action is nearly always the last one.
            for place in range(len(source) - 1, -1, -1):
                if source[place].id == made.reverses:
                    del source[place]
                    target.append(made)
                    return
        # Undone from the middle of an earlier session's actions: it can still be redone.
        self._undone.append(made)

    def to_undo(self) -> ActionRecord | None:
        """Return the action that undo would reverse."""
        return self._done[-1] if self._done else None

    def step_to_undo(self) -> list[ActionRecord]:
        """Return the actions that undo would reverse as one step."""
        return _step(self._done)

    def step_to_redo(self) -> list[ActionRecord]:
        """Return the undos that redo would reverse as one step."""
        return _step(self._undone)

    def to_redo(self) -> ActionRecord | None:
        """Return the undo that redo would reverse."""
        return self._undone[-1] if self._undone else None
