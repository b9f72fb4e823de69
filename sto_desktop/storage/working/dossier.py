"""A dossier that is open for reading and writing: actions in, changes out, undo, history, conflicts, erasing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sto_desktop
from sto_desktop.domain.log.change import (
    Action,
    ActionRecord,
    Change,
    Changed,
    ChangeId,
    Edit,
    Erasure,
    Writer,
)
from sto_desktop.domain.log.fold import heads, proposed, readable, rivals
from sto_desktop.domain.log.undo import UndoStack, reverse
from sto_desktop.domain.record import DELETED, Json
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw, errors_of, reading, transaction, without_sync
from sto_desktop.storage.log import append, folded, log
from sto_desktop.storage.log.erase import erase_values
from sto_desktop.storage.log.merge import MergeResult, merge_log
from sto_desktop.storage.log.past import PastAction, edits_back_to, past_actions
from sto_desktop.storage.read.queries import Queries
from sto_desktop.storage.read.search import Hit, search
from sto_desktop.storage.read.similar import Similar

MANY_ROWS = 500
"""Above so many changed rows, views read everything again."""

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

    For the field «deleted» the rivals are the deletion and the edits that it did not see. `seen`: how far the log had
    come when the case was read; what arrives later is not settled by choosing. `proposals` are those rivals, last of
    all, that were made in a copy without names: they never show until they are chosen.
    """

    table: str
    row: str
    field: str
    rivals: tuple[HistoryEntry, ...]
    seen: int | None = None
    proposals: frozenset[ChangeId] = frozenset()


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
        self._news: list[Changed] = []
        self._action_seq = 0
        self.read = Queries(raw)
        with errors_of(path):
            self._seq = log.last_seq(raw)
            self._erasures = self._erasure_count()
            self._data_version = self._version()
            self._follow_actions()

    # Watching

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Have `observer` called after every change; returns what ends it."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def _tell(self, *changes: Changed) -> None:
        news, self._news = self._news, []
        for changed in (*news, *changes):
            for observer in tuple(self._observers):
                observer(changed)

    @property
    def seq(self) -> int:
        """How far the log has come; what an editor remembers when it opens (`Action.seen`)."""
        return self._seq

    def _version(self) -> int:
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])

    def _erasure_count(self) -> int:
        return int(self._raw.execute("SELECT count(*) FROM erasure").fetchone()[0])

    def _look(self, *, always: bool = False) -> None:
        """Take note of what others (another window, a worker) wrote into this working copy since the last look."""
        version = self._version()
        if version == self._data_version and not always:
            return
        self._data_version = version
        erasures = self._erasure_count()
        rows = self._raw.execute(
            "SELECT DISTINCT table_name, row_id FROM change WHERE seq > ?", (self._seq,)
        ).fetchall()
        if rows or erasures != self._erasures:
            everything = len(rows) > MANY_ROWS or erasures != self._erasures
            self._news.append(Changed(frozenset(rows), by_me=False, everything=everything))
        self._erasures = erasures
        self._seq = log.last_seq(self._raw)
        self._follow_actions()

    def poll(self, *, always: bool = False) -> bool:
        """Look whether another window wrote into this working copy; tell the observers if so.

        `always`: look even if only this connection wrote, past this object.
        """
        with errors_of(self.path):
            self._look(always=always)
        found = bool(self._news)
        self._tell()
        return found

    # Writing

    def _announce(self) -> None:
        # Only an opening that writes leaves a trace.
        if not self._announced:
            log.append_writer(self._raw, self.writer)
            self._raw.execute("INSERT INTO session (writer) VALUES (?) ON CONFLICT DO NOTHING", (self.writer.id,))

    def _follow_actions(self) -> None:
        """Take in the actions of this person here that were made since the last look, in any window."""
        for seq, record in log.actions_of_session(self._raw, self._action_seq):
            self._action_seq = seq
            self._stack.record(record)

    def _moment(self) -> tuple[str, int]:
        now = self._clock()
        return now.isoformat(timespec="milliseconds"), int(now.timestamp() * 1000)

    def _done(self, made: append.Appended) -> Changed:
        """Take in an action of our own, after its transaction; `_look` saw all that came before it."""
        if made.record is None:
            self._tell()
            return Changed()
        self._announced = True
        self._seq, self._action_seq = made.seq or self._seq, made.action_seq
        self._stack.record(made.record)
        changed = Changed(made.rows, by_me=True, label=made.record.label)
        self._tell(changed)
        return changed

    def apply(self, action: Action) -> Changed:
        """Do an action: on disk, searchable and undoable when this returns. What changes nothing leaves no trace."""
        at, now = self._moment()
        with errors_of(self.path), transaction(self._raw):
            self._look()
            made = append.append_action(self._raw, action, self.writer.id, at, now)
            if made.record is not None:
                self._announce()
        return self._done(made)

    def adopt(self, changes: Iterable[Change], writer: Writer) -> None:
        """Take in changes that every dossier holds alike: the rows of a built-in guide."""
        with errors_of(self.path), transaction(self._raw):
            known = set(self._raw.execute("SELECT stamp FROM change WHERE writer = ?", (writer.id,)).fetchall())
            new = [change for change in changes if (change.id.stamp,) not in known]
            if new:
                log.append_writer(self._raw, writer)
                log.append(self._raw, new)
                folded.fold_rows(self._raw, {(change.table, change.row) for change in new})
        self.poll(always=bool(new))

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
        return self._reverse(self._stack.to_undo)

    def redo(self) -> Undone | None:
        """Do again what was undone last."""
        return self._reverse(self._stack.to_redo)

    def _reverse(self, which: Callable[[], ActionRecord | None]) -> Undone | None:
        at, now = self._moment()
        with errors_of(self.path), transaction(self._raw):
            # Another window may have made the action that is now the last.
            self._look()
            record = which()
            if record is None:
                return None
            self._announce()
            reversals = reverse(
                log.changes_of_action(self._raw, record.id),
                lambda table, row: log.changes_of_row(self._raw, table, row),
                lambda action: log.reversed_action(self._raw, action),
            )
            made = append.append_reversal(self._raw, record, reversals, self.writer.id, at, now)
        self._done(made)
        return Undone(record.label, tuple((item.table, item.row) for item in reversals if item.left))

    # History and conflicts

    def past(self, before: int | None = None, limit: int = 200) -> list[PastAction]:
        """Return what was done, the last first, by everybody; `before` is the `seq` of the last one had."""
        with errors_of(self.path), reading(self._raw):
            return past_actions(self._raw, self.writer, before, limit)

    def go_back_to(self, seq: int, label: str) -> int:
        """Take back all that this person did after a place in the order of arrival, as one action with this label.

        Returns how many actions that were. What others did since stays.
        """
        with errors_of(self.path), reading(self._raw):
            edits, count = edits_back_to(self._raw, self.writer, seq)
        self.apply(Action(label, tuple(edits)))
        return count

    def undo_only(self, action: PastAction) -> Undone | None:
        """Take back one action out of the middle, where its values still show."""
        record = ActionRecord(action.id, action.label, action.at)
        return self._reverse(lambda: record)

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
        with errors_of(self.path), reading(self._raw):
            found = self._raw.execute("SELECT table_name, row_id, field FROM conflict ORDER BY 1, 2, 3").fetchall()
            seen = log.last_seq(self._raw)
            return [self._case(table, row, name, seen) for table, row, name in found]

    def _case(self, table: str, row: str, name: str, seen: int) -> ConflictCase:
        spec = tables()[table]
        found = readable(spec, log.changes_of_row(self._raw, table, row))
        between = set(rivals(spec, found.changes, name) or heads(found.changes, name))
        proposals = proposed(spec, found, name)
        offered = [change for change in found.proposals.get(name, ()) if change.id in proposals]
        among = (*(change for change in reversed(found.changes) if change.id in between), *reversed(offered))
        return ConflictCase(table, row, name, tuple(self._entries(among)), seen, frozenset(proposals))

    def choose(self, case: ConflictCase, value: Json) -> Changed:
        """Settle a conflict: one change that supersedes all rivals. `value` is as the log has it."""
        decoded = value if case.field == DELETED else tables()[case.table].fields[case.field].decode(value)
        edit = Edit(case.table, case.row, {case.field: decoded}, answers=tuple(sorted(case.proposals)))
        return self.apply(Action("tegenstrijdigheid oplossen", (edit,), case.seen))

    # Merging and erasing

    def merge(self, path: Path, password: str | None = None) -> MergeResult:
        """Take in the log of another dossier file: union and nothing else."""
        with errors_of(path):
            result = merge_log(self._raw, path, password)
        self.poll(always=True)
        return result

    def erase(self, erasures: Collection[Erasure], also_delete: Collection[tuple[str, str]] = ()) -> None:
        """Wipe values for good, from log, tables, index and free pages; what other copies hold goes when they merge.

        `also_delete`: rows that go with them, in an ordinary action that can't bring the values back.
        """
        if also_delete:
            self.apply(Action("definitief wissen", tuple(Edit(t, r, {DELETED: True}) for t, r in also_delete)))
        with errors_of(self.path):
            erase_values(self._raw, erasures)
        self.poll(always=True)

    # Search

    def search(self, query: str, *, tables: Sequence[str] = (), limit: int = 200) -> list[Hit]:
        """Find rows by words or their beginnings; see `search.search`."""
        with errors_of(self.path):
            return search(self._raw, query, tables=tables, limit=limit)

    def similar(
        self, note: str, *, panel: str | None = None, limit: int = 5, without: Collection[str] = ()
    ) -> list[Similar]:
        """Return notes that say about the same as another; see `similar.similar_notes`."""
        with errors_of(self.path):
            return self.read.similar(note, panel=panel, limit=limit, without=without)

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

    def has_drafts(self) -> bool:
        """Tell whether any text is still being typed."""
        return self._raw.execute("SELECT 1 FROM draft LIMIT 1").fetchone() is not None

    def set_draft(self, place: str, content: str, *, lasting: bool = True) -> None:
        """Keep the text being typed; empty forgets it. Not `lasting`: without waiting for the disk (`without_sync`)."""
        with errors_of(self.path), nullcontext() if lasting else without_sync(self._raw):
            if content:
                self._raw.execute(
                    "INSERT INTO draft (place, content) VALUES (?, ?)"
                    " ON CONFLICT (place) DO UPDATE SET content = excluded.content",
                    (place, content),
                )
            else:
                self._raw.execute("DELETE FROM draft WHERE place = ?", (place,))

    @property
    def raw(self) -> Raw:
        """The connection itself, for other modules of this package."""
        return self._raw

    def reconnect(self, raw: Raw) -> None:
        """Go on with another connection to the same dossier, after its file was encrypted anew."""
        self._raw = raw
        self.read = Queries(raw)
        self._data_version = self._version()

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()
