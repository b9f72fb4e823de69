"""Logs of several people in files of their own, without working copies around them: a test takes milliseconds."""

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

from sto_desktop.domain.log.change import Action, Change, ChangeId, Edit, action, create
from sto_desktop.domain.log.undo import reverse
from sto_desktop.domain.record import canonical
from sto_desktop.storage.file.database import Raw, connect, transaction
from sto_desktop.storage.log import append, folded, log
from sto_desktop.storage.log.append import Appended
from sto_desktop.storage.log.layout import create_dossier
from sto_desktop.storage.log.merge import MergeResult, merge_log

_TIMES = count(1_700_000_000_000, 1000)
AT = "2023-02-14T13:00:00+01:00"


class Log:
    """Somebody's log; clocks agree, so that no two stamps are equal."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        self.path = path
        self.writer = path.stem
        self.raw: Raw = connect(path, password=password)
        self.raw.execute("PRAGMA synchronous = OFF")
        create_dossier(self.raw)

    def do(self, *edits: Edit, label: str = "doen", seen: int | None = None) -> Appended:
        """Append an action and fold it."""
        return self.append(action(label, *edits, seen=seen))

    def append(self, made: Action) -> Appended:
        """Append an action as it is, at the next second."""
        with transaction(self.raw):
            return append.append_action(self.raw, made, self.writer, AT, next(_TIMES))

    def undo(self, done: Appended) -> Appended:
        """Undo (or redo) what an action did."""
        assert done.record is not None
        raw = self.raw
        found = reverse(
            log.changes_of_action(raw, done.record.id),
            lambda table, row: log.changes_of_row(raw, table, row),
            lambda made: log.reversed_action(raw, made),
        )
        with transaction(raw):
            return append.append_reversal(raw, done.record, found, self.writer, AT, next(_TIMES))

    def merge(self, other: Log, password: str | None = None, **options: Any) -> MergeResult:
        """Take in the log of somebody else."""
        return merge_log(self.raw, other.path, password, **options)

    def changes(self, row: str, table: str = "note") -> list[Change]:
        """Return the changes of a row in the order in which they arrived."""
        return log.changes_of_row(self.raw, table, row)

    def write(self, made: ChangeId, values: dict[str, Any], *, row: str = "N", table: str = "note") -> None:
        """Write a change as another program would: into the log only."""
        row_of_log = (made.stamp, made.writer, made.stamp, table, row, canonical(values), "{}")
        self.raw.execute(log.INSERT_CHANGE, row_of_log)

    def shown(self, row: str = "N", column: str = "text", table: str = "note") -> Any:
        """Return what a folded row shows in a column; None where it is away."""
        found = self.raw.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ? AND deleted = 0', (row,)).fetchone()
        return found and found[0]

    def conflicts(self) -> list[tuple[str, str]]:
        """Return the fields in conflict: row and name."""
        return list(self.raw.execute("SELECT row_id, field FROM conflict ORDER BY 1, 2").fetchall())

    def tables(self) -> Counter[tuple[Any, ...]]:
        """Return everything that the folded tables hold."""
        return Counter(folded.stored_rows(self.raw))

    def assert_folded(self) -> None:
        """Check that the tables hold what the log says."""
        kept = self.tables()
        with transaction(self.raw):
            folded.rebuild(self.raw)
        assert self.tables() == kept


def note(text: str, row: str = "N", **values: Any) -> Edit:
    """Return the edit that makes a note."""
    return create("note", row, text=text, **values)


def unindexed(raw: sqlite3.Connection | Raw) -> None:
    """Put a row in the log that its index lacks, as damage may: a lookup by the index would overlook it."""
    index = raw.execute("SELECT * FROM sqlite_master WHERE name = 'change_row'").fetchone()
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("DELETE FROM sqlite_master WHERE name = 'change_row'")
    raw.execute("PRAGMA writable_schema = RESET")
    raw.execute("INSERT INTO change VALUES (NULL, 7, 'x', 7, 'note', 'N', '{}', '{}')")
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", index)


def foreign_index(raw: sqlite3.Connection | Raw) -> None:
    """Make an index with an order that only another program knows, in the first table that is looked at."""
    raw.create_collation("vreemd", lambda first, second: (first > second) - (first < second))
    raw.execute("CREATE INDEX van_een_ander ON writer (person COLLATE vreemd)")
