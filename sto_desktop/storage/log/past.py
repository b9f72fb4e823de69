"""The past of a dossier, action by action, and the edits that return to an earlier point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sto_desktop.domain.log.change import Change, ChangeId, Edit, Writer
from sto_desktop.domain.log.fold import RowState, fold_row, readable
from sto_desktop.domain.record import DELETED, FieldType, TableSpec
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw
from sto_desktop.storage.log import log
from sto_desktop.storage.log.folded import Row

_PAST = (
    "SELECT a.seq, a.stamp, a.writer, a.label, a.at, coalesce(w.person, ''), coalesce(w.device, '')"
    " FROM action a LEFT JOIN writer w ON w.id = a.writer"
    " WHERE a.label <> '' AND a.reverses IS NULL AND a.seq < ? ORDER BY a.seq DESC LIMIT ?"
)
_MINE = (
    "SELECT a.stamp, a.writer, a.reverses FROM action a JOIN writer w ON w.id = a.writer"
    " WHERE a.label <> '' AND a.seq > ? AND w.person = ? AND (w.person <> '' OR w.device = ?)"
)
# Higher than any `seq`.
_LATEST = 2**62
_POINTS_TO = ("note", "insight", "question", "panelist", "tag", "theme", "panel")
"""Fields by which a row without a name leads to a row with a name, the best first."""


@dataclass(frozen=True, slots=True)
class PastAction:
    """A past action: `label`, when (ISO form), by whom.

    `mine`: by the current person, in this or an earlier session. `undone`: it was undone. `subject`: the text of its
    first row, shortened if needed.
    """

    seq: int
    id: ChangeId
    label: str
    at: str
    person: str
    device: str
    mine: bool
    undone: bool
    subject: str


def past_actions(raw: Raw, me: Writer, before: int | None, limit: int) -> list[PastAction]:
    """Return past actions, latest arrival first; with `before`, only those with a lower `seq`."""
    rows = raw.execute(_PAST, (_LATEST if before is None else before, limit)).fetchall()
    undone_by = _reversals(raw)
    result = []
    for seq, stamp, writer, label, at, person, device in rows:
        action = ChangeId(stamp, writer)
        mine = person == me.person and (bool(person) or device == me.device)
        undone = _is_undone(action, undone_by)
        # Usually the first of thousands of changes names it.
        with closing(log.each_change_of_action(raw, action)) as changes:
            subject = _subject(raw, changes)
        result.append(PastAction(seq, action, label, at, person, device, mine, undone, subject))
    return result


def _reversals(raw: Raw) -> Mapping[ChangeId, ChangeId]:
    """Return, for every action that was undone or redone, the last action that did so."""
    rows = raw.execute("SELECT stamp, writer, reverses FROM action WHERE reverses IS NOT NULL ORDER BY seq").fetchall()
    return {
        undone: ChangeId(stamp, writer)
        for stamp, writer, reverses in rows
        if (undone := log.parse_reverses(reverses)) is not None
    }


def _is_undone(action: ChangeId, undone_by: Mapping[ChangeId, ChangeId]) -> bool:
    undone, seen = False, {action}
    current = undone_by.get(action)
    while current is not None and current not in seen:
        undone = not undone
        seen.add(current)
        current = undone_by.get(current)
    return undone


def _subject(raw: Raw, changes: Iterable[Change]) -> str:
    for change in changes:
        spec = tables().get(change.table)
        if spec is None:
            continue
        name = _name_in(change.values, spec) or _name_of(raw, spec, change.row)
        if name:
            return " ".join(name.split())
    return ""


def _name_in(values: Mapping[str, Any], spec: TableSpec) -> str:
    return next((str(values[name]) for name in spec.known_by if values.get(name)), "")


def _name_of(raw: Raw, spec: TableSpec, row: str, *, further: bool = True) -> str:
    """Return the name by which people know a row: its own, or that of a row it refers to."""
    names = spec.known_by
    leads = [name for name in _POINTS_TO if name in spec.fields and spec.fields[name].kind is FieldType.REFERENCE]
    wanted = ", ".join(f'"{name}"' for name in (*names, *leads))
    values = raw.execute(f'SELECT {wanted} FROM "{spec.name}" WHERE id = ?', (row,)).fetchone() if wanted else None
    if values is None:
        return ""
    # Its own name is better than that of a row it refers to, and one step away is enough for people.
    own = next((text for text in values[: len(names)] if text), "")
    if own or not further:
        return str(own)
    for name, target in zip(leads, values[len(names) :], strict=True):
        table = spec.fields[name].parent or ""
        if target and table in tables():
            target_name = _name_of(raw, tables()[table], target, further=False)
            if target_name:
                return target_name
    return ""


def edits_back_to(raw: Raw, me: Writer, seq: int) -> tuple[list[Edit], int]:
    """Return the edits that undo everything this person did after a `seq`, and the number of actions.

    Changes of others stay, and so does bookkeeping (time used).
    """
    own_changes = raw.execute(_MINE, (seq, me.person, me.device)).fetchall()
    undone = {ChangeId(stamp, writer) for stamp, writer, _ in own_changes}
    touched = {(change.table, change.row): None for action in undone for change in log.changes_of_action(raw, action)}
    edits = [edit for row in touched if (edit := _edit_back(raw, row, undone)) is not None]
    undone_by = _reversals(raw)
    steps = (ChangeId(stamp, writer) for stamp, writer, reverses in own_changes if reverses is None)
    return edits, sum(not _is_undone(action, undone_by) for action in steps)


def _edit_back(raw: Raw, row: Row, undone: set[ChangeId]) -> Edit | None:
    table, id_ = row
    spec = tables().get(table)
    if spec is None:
        # A row of a newer program can't be decoded, so it can't be restored.
        return None
    changes = log.changes_of_row(raw, table, id_)
    erased = log.erased_fields(raw, table, id_)
    remaining = [change for change in changes if change.made_in not in undone]
    if remaining and not any(DELETED in change.values for change in remaining):
        # Keep a row of this person in which somebody else wrote: text wins over deletion.
        return None
    was, now = _state(spec, remaining, erased), _state(spec, changes, erased)
    if was is None or was.deleted:
        return None if now is None or now.deleted else Edit(table, id_, {DELETED: True})
    assert now is not None
    values = {name: value for name, value in was.values.items() if now.values[name] != value and name not in erased}
    if now.deleted:
        values[DELETED] = False
    return Edit(table, id_, values) if values else None


def _state(spec: TableSpec, changes: Sequence[Change], erased: frozenset[str]) -> RowState | None:
    """Return the state of a row with these changes; None if it was not created yet."""
    return fold_row(spec, changes, erased) if readable(spec, changes, erased).changes else None
