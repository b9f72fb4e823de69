"""A dossier that is open for reading and writing: actions in, changes out, undo, history, conflicts, erasing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sto_desktop
from sto_desktop.domain.change import (
    Action,
    ActionRecord,
    Change,
    Changed,
    ChangeId,
    Edit,
    Erasure,
    Writer,
)
from sto_desktop.domain.fold import heads
from sto_desktop.domain.record import DELETED, Json
from sto_desktop.domain.undo import UndoStack, reverse
from sto_desktop.storage import append, folded, log
from sto_desktop.storage.database import Raw, engine_for, errors_of, transaction
from sto_desktop.storage.erase import erase_values
from sto_desktop.storage.merge import MergeResult, merge_log
from sto_desktop.storage.queries import Queries
from sto_desktop.storage.search import Hit, search

Observer = Callable[[Changed], None]
Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Return the time now, with its offset from UTC."""
    return datetime.now().astimezone()


def new_writer(person: str, device: str) -> Writer:
    """Return the writer of one opening: nothing is ever identified by a device or a person."""
    return Writer(str(uuid.uuid4()), person, device, sto_desktop.__version__)


@dataclass(frozen=True)
class Undone:
    """What an undo or redo did: the name of the action, and the rows of which later edits were left alone."""

    label: str
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class HistoryEntry:
    """One change in the history of a row: what became what, by whom, when, as part of which action."""

    change: Change
    label: str
    at: str
    person: str
    device: str
    undoes: bool


@dataclass(frozen=True)
class ConflictCase:
    """A field that two people gave different values, neither knowing of the other; `rivals` latest first.

    For the field «deleted» the rivals are the deletion and the edits that it did not see.
    """

    table: str
    row: str
    field: str
    rivals: tuple[HistoryEntry, ...]


class Dossier:
    """One dossier, open. All methods are for one thread; another thread, or window, opens its own.

    `read` answers questions; every write goes through `apply`, `undo`, `redo`, `merge` and `erase`, each one
    transaction that is on disk when the method returns.
    """

    def __init__(self, raw: Raw, path: Path, writer: Writer, clock: Clock = wall_clock) -> None:
        self._raw = raw
        self.path = path
        self.writer = writer
        self._clock = clock
        self._observers: list[Observer] = []
        self._stack = UndoStack()
        self._announced = False
        self._action_seq = 0
        self.read = Queries(engine_for(raw))
        with errors_of(path):
            self._seq = log.last_seq(raw)
            self._data_version = self._version()
            self._follow_actions()

    # Watching

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Have `observer` called after every change; returns what ends it."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def _tell(self, changed: Changed) -> None:
        for observer in tuple(self._observers):
            observer(changed)

    @property
    def seq(self) -> int:
        """How far the log has come; what an editor remembers when it opens (`Action.seen`)."""
        return self._seq

    def _version(self) -> int:
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])

    def poll(self, *, always: bool = False) -> bool:
        """Look whether another window wrote into this working copy; tell the observers if so.

        `always`: look even if only this connection wrote, past this object.
        """
        with errors_of(self.path):
            version = self._version()
            if version == self._data_version and not always:
                return False
            self._data_version = version
            rows = self._raw.execute(
                "SELECT DISTINCT table_name, row_id FROM change WHERE seq > ?", (self._seq,)
            ).fetchall()
            self._seq = log.last_seq(self._raw)
            self._follow_actions()
        if rows:
            self._tell(Changed(frozenset((table, row) for table, row in rows), by_me=False))
        return bool(rows)

    # Writing

    def _announce(self) -> None:
        # Only an opening that writes leaves a trace.
        if not self._announced:
            log.append_writer(self._raw, self.writer)
            self._raw.execute(
                "INSERT INTO session (writer) VALUES (?) ON CONFLICT DO NOTHING", (self.writer.id,)
            )

    def _follow_actions(self) -> None:
        """Take in the actions of this person here that were made since the last look, in any window."""
        found = self._raw.execute(
            "SELECT seq, stamp, writer, label, at, reverses FROM action"
            " WHERE seq > ? AND writer IN (SELECT writer FROM session) ORDER BY seq",
            (self._action_seq,),
        ).fetchall()
        for seq, stamp, writer, label, at, reverses in found:
            self._action_seq = seq
            self._stack.record(
                ActionRecord(
                    ChangeId(stamp, writer), label, at, ChangeId.parse(reverses) if reverses else None
                )
            )

    def _moment(self) -> tuple[str, int]:
        now = self._clock()
        return now.isoformat(timespec="milliseconds"), int(now.timestamp() * 1000)

    def _finish(self, made: append.Appended) -> Changed:
        self._announced = True
        self._seq = log.last_seq(self._raw)
        if made.record is None:
            return Changed()
        self._follow_actions()
        changed = Changed(made.rows, by_me=True, label=made.record.label)
        self._tell(changed)
        return changed

    def apply(self, action: Action) -> Changed:
        """Do an action: on disk, searchable and undoable when this returns. What changes nothing leaves no trace."""
        at, now = self._moment()
        with errors_of(self.path), transaction(self._raw):
            made = append.append_action(self._raw, action, self.writer.id, at, now)
            if made.record is not None:
                self._announce()
        if made.record is None:
            return Changed()
        return self._finish(made)

    def adopt(self, changes: Iterable[Change], writer: Writer) -> None:
        """Take in changes that every dossier holds alike: the rows of a built-in guide."""
        with errors_of(self.path), transaction(self._raw):
            log.append_writer(self._raw, writer)
            rows = set()
            for change in changes:
                if self._raw.execute(
                    "SELECT 1 FROM change WHERE stamp = ? AND writer = ?", (change.id.stamp, change.id.writer)
                ).fetchone():
                    continue
                log.append(self._raw, (change,))
                rows.add((change.table, change.row))
            folded.fold_rows(self._raw, rows)
        self._seq = log.last_seq(self._raw)
        if rows:
            self._tell(Changed(frozenset(rows), everything=True))

    # Undo

    def undo_label(self) -> str | None:
        """Return the name of the action that undo would take back."""
        record = self._stack.to_undo()
        return record.label if record else None

    def redo_label(self) -> str | None:
        """Return the name of the action that redo would do again."""
        record = self._stack.to_redo()
        return record.label if record else None

    def undo(self) -> Undone | None:
        """Take back the last action of this person here; None when there is nothing to take back."""
        return self._reverse(self._stack.to_undo())

    def redo(self) -> Undone | None:
        """Do again what was undone last."""
        return self._reverse(self._stack.to_redo())

    def _reverse(self, record: ActionRecord | None) -> Undone | None:
        if record is None:
            return None
        at, now = self._moment()
        with errors_of(self.path), transaction(self._raw):
            self._announce()
            reversals = reverse(
                log.changes_of_action(self._raw, record.id),
                lambda table, row: log.changes_of_row(self._raw, table, row),
            )
            made = append.append_reversal(self._raw, record, reversals, self.writer.id, at, now)
        self._finish(made)
        return Undone(record.label, tuple((item.table, item.row) for item in reversals if item.left))

    # History and conflicts

    def _entries(self, changes: Iterable[Change]) -> list[HistoryEntry]:
        entries = []
        for change in changes:
            made = self._raw.execute(
                "SELECT label, at, reverses FROM action WHERE stamp = ? AND writer = ?",
                (change.action, change.id.writer),
            ).fetchone() or ("", "", None)
            who = self._raw.execute(
                "SELECT person, device FROM writer WHERE id = ?", (change.id.writer,)
            ).fetchone() or ("", "")
            entries.append(HistoryEntry(change, made[0], made[1], who[0], who[1], made[2] is not None))
        return entries

    def history(self, table: str, row: str) -> list[HistoryEntry]:
        """Return the changes of one row, oldest first."""
        return self._entries(sorted(log.changes_of_row(self._raw, table, row), key=lambda item: item.id))

    def conflicts(self) -> list[ConflictCase]:
        """Return every field about which the log disagrees with itself."""
        found = self._raw.execute(
            "SELECT table_name, row_id, field FROM conflict ORDER BY 1, 2, 3"
        ).fetchall()
        cases = []
        for table, row, name in found:
            changes = log.changes_of_row(self._raw, table, row)
            rival = set(heads(changes, name))
            if name == DELETED:
                rival |= _unseen(changes)
            entries = self._entries(
                sorted((c for c in changes if c.id in rival), key=lambda c: c.id, reverse=True)
            )
            cases.append(ConflictCase(table, row, name, tuple(entries)))
        return cases

    def choose(self, case: ConflictCase, value: Json) -> Changed:
        """Settle a conflict: one change that supersedes all rivals. `value` is as the log has it."""
        from sto_desktop.domain.record import tables

        spec = tables()[case.table]
        decoded = value if case.field == DELETED else spec.fields[case.field].decode(value)
        return self.apply(
            Action("tegenstrijdigheid oplossen", (Edit(case.table, case.row, {case.field: decoded}),))
        )

    # Merging and erasing

    def merge(self, path: Path, password: str | None = None) -> MergeResult:
        """Take in the log of another dossier file: union and nothing else."""
        with errors_of(path):
            result = merge_log(self._raw, path, password)
            self._seq = log.last_seq(self._raw)
        if result.rows or result.erasures:
            self._tell(
                Changed(result.rows, by_me=False, everything=len(result.rows) > 500 or bool(result.erasures))
            )
        return result

    def erase(self, erasures: Collection[Erasure], also_delete: Collection[tuple[str, str]] = ()) -> None:
        """Wipe values for good, from log, tables, index and free pages; what other copies hold goes when they merge.

        `also_delete`: rows that go with them, in an ordinary action that can't bring the values back.
        """
        if also_delete:
            self.apply(
                Action("definitief wissen", tuple(Edit(t, r, {DELETED: True}) for t, r in also_delete))
            )
        with errors_of(self.path):
            erase_values(self._raw, erasures)
        self._tell(Changed(frozenset((item.table, item.row) for item in erasures), everything=True))

    # Search

    def search(self, query: str, *, tables: Sequence[str] = (), limit: int = 200) -> list[Hit]:
        """Find rows by words or their beginnings; see `search.search`."""
        with errors_of(self.path):
            return search(self._raw, query, tables=tables, limit=limit)

    # What is local

    def setting(self, name: str, default: str = "") -> str:
        """Return a value that belongs to this working copy alone."""
        row = self._raw.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return row[0] if row else default

    def set_setting(self, name: str, value: str) -> None:
        """Keep a value in this working copy alone."""
        with errors_of(self.path):
            self._raw.execute(
                "INSERT INTO setting (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )

    def draft(self, place: str) -> str:
        """Return the text that was being typed at this place when the program stopped."""
        row = self._raw.execute("SELECT content FROM draft WHERE place = ?", (place,)).fetchone()
        return row[0] if row else ""

    def set_draft(self, place: str, content: str) -> None:
        """Keep the text being typed; empty forgets it."""
        with errors_of(self.path):
            if content:
                self._raw.execute(
                    "INSERT INTO draft (place, content) VALUES (?, ?)"
                    " ON CONFLICT (place) DO UPDATE SET content = excluded.content",
                    (place, content),
                )
            else:
                self._raw.execute("DELETE FROM draft WHERE place = ?", (place,))

    def reconnect(self, raw: Raw) -> None:
        """Go on with another connection to the same dossier, after its file was encrypted anew."""
        self._raw = raw
        self.read = Queries(engine_for(raw))
        self._data_version = self._version()

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()


def _unseen(changes: Sequence[Change]) -> set[ChangeId]:
    """Return the edits that the deletions of a row did not see."""
    deletions = [change for change in changes if change.values.get(DELETED) is True]
    names = {name for change in changes for name in change.values if name != DELETED}
    result: set[ChangeId] = set()
    for name in names:
        seen = {old for deletion in deletions for old in deletion.supersedes.get(name, ())}
        result.update(head for head in heads(changes, name) if head not in seen)
    return result
