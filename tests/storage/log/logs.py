"""Logs of several people in separate files, without working copies: such a test takes milliseconds."""

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

from sto_desktop.domain.log.change import Action, Change, ChangeId, Edit, action, create
from sto_desktop.domain.record import canonical
from sto_desktop.storage.file.database import Raw, connect, transaction
from sto_desktop.storage.log import append, folded, log
from sto_desktop.storage.log.append import Appended
from sto_desktop.storage.log.layout import create_dossier
from sto_desktop.storage.log.merge import MergeResult, merge_log

_TIMES = count(1_700_000_000_000, 1000)
AT = "2023-02-14T13:00:00+01:00"


class Log:
    """A person's log; the clocks agree, so no two stamps are equal."""

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
        """Append an action unchanged, at the next second."""
        with transaction(self.raw):
            return append.append_action(self.raw, made, self.writer, AT, next(_TIMES))

    def undo(self, done: Appended) -> Appended:
        """Undo (or redo) an action."""
        assert done.record is not None
        with transaction(self.raw):
            return append.append_reversal(self.raw, done.record, self.writer, AT, next(_TIMES))

    def merge(self, other: Log, password: str | None = None, **options: Any) -> MergeResult:
        """Merge another person's log."""
        return merge_log(self.raw, other.path, password, **options)

    def changes(self, row: str, table: str = "note") -> list[Change]:
        """Return the changes of a row in their order of arrival."""
        return log.changes_of_row(self.raw, table, row)

    def write(self, made: ChangeId, values: dict[str, Any], *, row: str = "N", table: str = "note") -> None:
        """Write a change as another program would: into the log only."""
        row_of_log = (made.stamp, made.writer, made.stamp, table, row, canonical(values), "{}")
        self.raw.execute(log.INSERT_CHANGE, row_of_log)

    def shown(self, row: str = "N", column: str = "text", table: str = "note") -> Any:
        """Return the value of a folded row in a column; None if the row is deleted."""
        found = self.raw.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ? AND deleted = 0', (row,)).fetchone()
        return found and found[0]

    def conflicts(self) -> list[tuple[str, str]]:
        """Return the fields in conflict: row and name."""
        return list(self.raw.execute("SELECT row_id, field FROM conflict ORDER BY 1, 2").fetchall())

    def tables(self) -> Counter[tuple[Any, ...]]:
        """Return everything that the folded tables hold."""
        return Counter(folded.stored_rows(self.raw))

    def assert_folded(self) -> None:
        """Assert that the tables equal the fold of the log."""
        kept = self.tables()
        with transaction(self.raw):
            folded.rebuild(self.raw)
        assert self.tables() == kept


def note(text: str, row: str = "N", **values: Any) -> Edit:
    """Return the edit that makes a note."""
    return create("note", row, text=text, **values)


def unindexed(raw: sqlite3.Connection | Raw) -> None:
    """Write a row into the log that its index lacks, as damage may: a lookup by the index would miss it."""
    index = raw.execute("SELECT * FROM sqlite_master WHERE name = 'change_row'").fetchone()
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("DELETE FROM sqlite_master WHERE name = 'change_row'")
    raw.execute("PRAGMA writable_schema = RESET")
    raw.execute("INSERT INTO change VALUES (NULL, 7, 'x', 7, 'note', 'N', '{}', '{}')")
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", index)


def foreign_index(raw: sqlite3.Connection | Raw) -> None:
    """Make an index with a collation of another program, in the first table that is read."""
    raw.create_collation("vreemd", lambda first, second: (first > second) - (first < second))
    raw.execute("CREATE INDEX van_een_ander ON writer (person COLLATE vreemd)")
