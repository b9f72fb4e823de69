"""Decides which changes count once a row went out in a shared copy: the original's, the copy's, or proposals.

A copy shared without names has no history. Two writers of its own set its rows: one repeats values unchanged (SHARED),
the other writes replacements for values (REDACTED). The rules need only the changes of one row, so they hold in any
order of merging:

- A copy's value never counts where the original is present: a redacted text can't replace the original text.
- A change made in a copy to a repeated value supersedes, besides the change it saw, the original of that change. In the
  original dossier it is an ordinary change.
- A change made in a copy to a redacted value keeps superseding the redaction. In the original dossier it is a proposal:
  shown beside the current value, never in its place. Accepting one there supersedes the original value, not the
  redaction.
- Of several copies without an original, the latest counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.log.change import Change, ChangeId
from sto_desktop.domain.log.clock import LOWEST_REAL_STAMP

SHARED = "shared:"
"""Prefix of the id of a writer that repeats values in a shared copy."""

REDACTED = "redacted:"
"""Prefix of the id of a writer that writes replacements for values in a shared copy."""


def is_of_copy(made: ChangeId) -> bool:
    """Return whether a change was written by a shared copy itself, not by a user of it."""
    return made.writer.startswith((SHARED, REDACTED))


def is_proposal(change: Change, name: str) -> bool:
    """Return whether a change gives a field a value edited from a redacted one."""
    return not is_of_copy(change.id) and bool(_redactions(change, name))


def _redactions(change: Change, name: str) -> tuple[ChangeId, ...]:
    return tuple(old for old in change.supersedes.get(name, ()) if old.writer.startswith(REDACTED))


@dataclass(frozen=True, slots=True)
class CountingChanges:
    """The changes of a row without the values that don't count, oldest first.

    `proposals`: per field, the unanswered proposals.
    """

    changes: Sequence[Change]
    proposals: Mapping[str, tuple[Change, ...]]


def counting(changes: Sequence[Change]) -> CountingChanges:
    """Drop the values of shared copies for fields whose original or later values are present."""
    # Shortcut: most rows never went through a shared copy.
    if not _touched_by_copies(changes):
        return CountingChanges(changes, {})
    silent: defaultdict[ChangeId, set[str]] = defaultdict(set)
    proposals: dict[str, tuple[Change, ...]] = {}
    for name in sorted({name for change in changes for name in change.values}):
        setting = [change for change in changes if name in change.values]
        copied = [change for change in setting if is_of_copy(change.id)]
        proposed = [change for change in setting if is_proposal(change, name)]
        builtin = [change for change in setting if change.id.stamp < LOWEST_REAL_STAMP]
        # Some change is neither copied, proposed nor built-in: the original is present.
        if len(copied) + len(proposed) + len(builtin) < len(setting):
            left_out = [*copied, *proposed]
            open_ones = _unanswered(setting, proposed, name)
            if open_ones:
                proposals[name] = open_ones
        else:
            # A copy is younger than the built-in guide, so its value overrides the built-in one.
            left_out = [*builtin, *copied[:-1]] if copied else []
        for change in left_out:
            silent[change.id].add(name)
    return CountingChanges(tuple(_without(change, silent[change.id]) for change in changes), proposals)


def _touched_by_copies(changes: Iterable[Change]) -> bool:
    return any(
        is_of_copy(change.id)
        or any(old.writer.startswith(REDACTED) for ids in change.supersedes.values() for old in ids)
        for change in changes
    )


def _unanswered(setting: Iterable[Change], proposed: Iterable[Change], name: str) -> tuple[Change, ...]:
    # As in `heads`: only a change with a lower stamp can be superseded.
    answered = {old for change in setting for old in change.supersedes.get(name, ()) if old < change.id}
    return tuple(change for change in proposed if change.id not in answered)


def _without(change: Change, names: Collection[str]) -> Change:
    remaining = {name: value for name, value in change.values.items() if name not in names}
    return replace(change, values=remaining)


def with_lineage(
    changes: Sequence[Change], supersedes: Mapping[str, tuple[ChangeId, ...]]
) -> Mapping[str, tuple[ChangeId, ...]]:
    """Return what a new change supersedes, including the originals of shared values: see the rules above.

    Args:
        changes: all earlier changes of the row.
        supersedes: per field, the changes that it saw.
    """
    if not _touched_by_copies(changes):
        return supersedes
    by_id = {change.id: change for change in changes}
    result: dict[str, tuple[ChangeId, ...]] = {}
    for name, ids in supersedes.items():
        seen = [by_id[old] for old in ids if old in by_id]
        originals = {old for change in seen if is_of_copy(change.id) for old in change.supersedes.get(name, ())}
        # If the writer had seen the original too, the value is a choice and not a proposal.
        if all(is_of_copy(change.id) or is_proposal(change, name) for change in seen):
            originals.update(old for change in seen if is_proposal(change, name) for old in _redactions(change, name))
        result[name] = tuple(sorted(originals.union(ids)))
    return result
