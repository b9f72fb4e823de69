"""A log of one note, edited by several people who each see only what they made or merged."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from sto_desktop.domain.log.change import Change, ChangeId
from sto_desktop.domain.log.fold import RowState, fold_row, heads, readable
from sto_desktop.domain.log.undo import Reversal, reverse
from sto_desktop.domain.record import DELETED, Json
from sto_desktop.domain.tables import tables

NOTE = tables()["note"]


class Person:
    """A person with a copy of the log. Stamps come from a shared clock, so they are never equal."""

    def __init__(self, name: str, clock: Iterable[int] | None = None) -> None:
        self.name = name
        self.log: dict[ChangeId, Change] = {}
        self.reversed: dict[ChangeId, ChangeId] = {}
        self._clock = iter(clock or count(1_000_000))

    def colleague(self, name: str) -> Person:
        """Return a person with an empty log."""
        other = Person(name)
        other._clock = self._clock
        return other

    def set(self, **values: Json) -> Change:
        """Give fields new values, having seen everything here."""
        return self.append(values, {name: heads(self.readable, name) for name in values})

    def delete(self) -> Change:
        """Delete the note, having seen everything here."""
        names = {name for change in self.readable for name in change.values} | {DELETED}
        return self.append({DELETED: True}, {name: heads(self.readable, name) for name in names})

    def append(self, values: dict[str, Any], supersedes: dict[str, tuple[ChangeId, ...]], action: int = 0) -> Change:
        """Append a change as it is."""
        stamp = next(self._clock)
        change = Change(ChangeId(stamp, self.name), action or stamp, "note", "N", values, supersedes)
        self.log[change.id] = change
        return change

    def changes_of(self, action: ChangeId) -> list[Change]:
        """Return the changes of an action."""
        return [change for change in self.log.values() if change.made_in == action]

    def reverse(self, made: Change) -> Reversal | None:
        """Undo (or redo) the action of a change; None if there is nothing to reverse."""
        reversal = reverse(self.changes_of(made.made_in), lambda table, row: self.log.values(), self.reversed.get)
        assert len(reversal) < 2
        return reversal[0] if reversal else None

    def undo(self, made: Change) -> Change:
        """Undo (or redo) an action and append the resulting changes."""
        plan = self.reverse(made) or Reversal("note", "N")
        action = next(self._clock)
        for values in plan.rivals:
            self.append(dict(values), {name: plan.supersedes[name] for name in values}, action)
        change = self.append(dict(plan.values), dict(plan.supersedes), action)
        self.reversed[change.made_in] = made.made_in
        return change

    def merge(self, other: Person) -> None:
        """Merge another person's log."""
        self.log.update(other.log)
        self.reversed.update(other.reversed)

    @property
    def state(self) -> RowState:
        """The state of the note for this person."""
        return fold_row(NOTE, self.log.values())

    @property
    def text(self) -> str | None:
        """The text of the note; None if it is deleted."""
        return None if self.state.deleted else self.state.values["text"]

    @property
    def readable(self) -> tuple[Change, ...]:
        """The changes that count."""
        return readable(NOTE, self.log.values()).changes
