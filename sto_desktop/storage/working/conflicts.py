"""The history of a row, and the fields that were given different values independently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sto_desktop.domain.log.change import Change, ChangeId
from sto_desktop.domain.log.fold import heads, proposed, readable, rivals
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw
from sto_desktop.storage.log import log


@dataclass(frozen=True)
class HistoryEntry:
    """One change in the history of a row: old and new value, author, time, and action."""

    change: Change
    label: str
    at: str
    person: str
    device: str
    undoes: bool


@dataclass(frozen=True)
class ConflictCase:
    """A field that was given different values independently; `rivals` latest first.

    For the field «deleted» the rivals are the deletion and the edits that it did not see. `seen`: the log's position
    when the case was read; choosing does not settle later arrivals. `proposals`: the rivals made in a copy without
    names, listed last; they are not shown until chosen.
    """

    table: str
    row: str
    field: str
    rivals: tuple[HistoryEntry, ...]
    seen: int | None = None
    proposals: frozenset[ChangeId] = frozenset()


def history(raw: Raw, table: str, row: str) -> list[HistoryEntry]:
    """Return the changes of one row, oldest first."""
    return _entries(raw, sorted(log.changes_of_row(raw, table, row), key=lambda change: change.id))


def conflicts(raw: Raw) -> list[ConflictCase]:
    """Return every field in conflict."""
    fields = raw.execute("SELECT table_name, row_id, field FROM conflict ORDER BY 1, 2, 3").fetchall()
    seen = log.last_seq(raw)
    return [_case(raw, table, row, name, seen) for table, row, name in fields]


def _entries(raw: Raw, changes: Iterable[Change]) -> list[HistoryEntry]:
    entries = []
    for change in changes:
        made = raw.execute(
            "SELECT label, at, reverses FROM action WHERE stamp = ? AND writer = ?", (change.action, change.id.writer)
        ).fetchone() or ("", "", None)
        writer_row = raw.execute("SELECT person, device FROM writer WHERE id = ?", (change.id.writer,)).fetchone() or (
            "",
            "",
        )
        entries.append(HistoryEntry(change, made[0], made[1], writer_row[0], writer_row[1], made[2] is not None))
    return entries


def _case(raw: Raw, table: str, row: str, name: str, seen: int) -> ConflictCase:
    spec = tables()[table]
    read_row = readable(spec, log.changes_of_row(raw, table, row))
    between = set(rivals(spec, read_row.changes, name) or heads(read_row.changes, name))
    proposals = proposed(spec, read_row, name)
    offered = [change for change in read_row.proposals.get(name, ()) if change.id in proposals]
    among = (*(change for change in reversed(read_row.changes) if change.id in between), *reversed(offered))
    return ConflictCase(table, row, name, tuple(_entries(raw, among)), seen, frozenset(proposals))
