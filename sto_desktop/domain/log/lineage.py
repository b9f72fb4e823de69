"""Which changes of a row count once parts of it went out in a shared copy: the original's, the copy's, or proposals.

A copy made to share without names holds no history. Two writers of its own say in it what each row is: one repeats
values as they are (SHARED), the other gives what may be read in place of a value (REDACTED). The rules, which need no
more than the changes of one row and so hold in any order of merging:

- What a copy says never counts where the original is: a redacted text can't take the place of the text itself.
- A change made in a copy of a value that was repeated names, besides what it saw, what that stood for. In the original
  it is an ordinary change.
- A change made in a copy of a redacted value goes on naming the redaction. In the original it is a proposal: shown
  beside what is there, never in its place. Who chose one there had seen the original, and names no redaction.
- Of several copies without an original the latest counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sto_desktop.domain.log.change import Change, ChangeId
from sto_desktop.domain.log.clock import LOWEST_REAL_STAMP

SHARED = "shared:"
"""How the id of a writer begins that repeats values in a copy made to share."""

REDACTED = "redacted:"
"""How the id of a writer begins that gives what may be read in place of a value."""


def is_of_copy(made: ChangeId) -> bool:
    """Tell whether a change only says what a shared copy shows."""
    return made.writer.startswith((SHARED, REDACTED))


def is_proposal(change: Change, name: str) -> bool:
    """Tell whether a change gives a field a value that was made from a redacted one."""
    return not is_of_copy(change.id) and bool(_redactions(change, name))


def _redactions(change: Change, name: str) -> tuple[ChangeId, ...]:
    return tuple(old for old in change.supersedes.get(name, ()) if old.writer.startswith(REDACTED))


@dataclass(frozen=True, slots=True)
class Counting:
    """The changes of a row without the values that don't count, oldest first.

    `proposals` names, per field, the proposals that nobody answered yet.
    """

    changes: Sequence[Change]
    proposals: Mapping[str, tuple[Change, ...]]


def counting(changes: Sequence[Change]) -> Counting:
    """Leave out what a shared copy said of fields of which more is known."""
    if not _touched_by_copies(changes):
        return Counting(changes, {})
    silent: dict[ChangeId, set[str]] = {}
    proposals: dict[str, tuple[Change, ...]] = {}
    left_out: tuple[Change, ...]
    for name in sorted({name for change in changes for name in change.values}):
        setting = [change for change in changes if name in change.values]
        copied = [change for change in setting if is_of_copy(change.id)]
        proposed = [change for change in setting if is_proposal(change, name)]
        left_out = ()
        builtin = [change for change in setting if change.id.stamp < LOWEST_REAL_STAMP]
        if len(copied) + len(proposed) + len(builtin) < len(setting):
            left_out = (*copied, *proposed)
            open_ones = _unanswered(setting, proposed, name)
            if open_ones:
                proposals[name] = open_ones
        elif copied:
            # A copy was made by somebody who knew the built-in guide.
            left_out = (*builtin, *copied[:-1])
        for change in left_out:
            silent.setdefault(change.id, set()).add(name)
    return Counting(tuple(_without(change, silent.get(change.id, ())) for change in changes), proposals)


def _touched_by_copies(changes: Iterable[Change]) -> bool:
    return any(
        is_of_copy(change.id)
        or any(old.writer.startswith(REDACTED) for ids in change.supersedes.values() for old in ids)
        for change in changes
    )


def _unanswered(setting: Iterable[Change], proposed: Iterable[Change], name: str) -> tuple[Change, ...]:
    answered = {old for change in setting for old in change.supersedes.get(name, ()) if old < change.id}
    return tuple(change for change in proposed if change.id not in answered)


def _without(change: Change, names: Iterable[str]) -> Change:
    if not names:
        return change
    kept = {name: value for name, value in change.values.items() if name not in names}
    return Change(change.id, change.action, change.table, change.row, kept, change.supersedes)


def with_lineage(
    changes: Sequence[Change], supersedes: Mapping[str, tuple[ChangeId, ...]]
) -> Mapping[str, tuple[ChangeId, ...]]:
    """Return what a new change supersedes, with what that stood for: see the rules above.

    Args:
        changes: all changes of the row before it.
        supersedes: per field, the changes that it saw.
    """
    if not _touched_by_copies(changes):
        return supersedes
    by_id = {change.id: change for change in changes}
    result: dict[str, tuple[ChangeId, ...]] = {}
    for name, ids in supersedes.items():
        seen = [by_id[old] for old in ids if old in by_id]
        more = {old for change in seen if is_of_copy(change.id) for old in change.supersedes.get(name, ())}
        if all(is_of_copy(change.id) or is_proposal(change, name) for change in seen):
            more.update(old for change in seen if is_proposal(change, name) for old in _redactions(change, name))
        result[name] = tuple(sorted(more.union(ids)))
    return result
