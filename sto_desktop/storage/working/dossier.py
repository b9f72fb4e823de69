"""An open dossier for reading and writing: applies actions, reports changes, undo, history, conflicts, erasure."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

import sto_desktop
from sto_desktop.domain.log import known
from sto_desktop.domain.log.change import (
    Action,
    ActionRecord,
    Change,
    Changed,
    Edit,
    Erasure,
    Writer,
)
from sto_desktop.domain.log.undo import IN_PARTS, UndoStack
from sto_desktop.domain.record import DELETED, Json
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw, errors_of, reading, transaction, without_sync
from sto_desktop.storage.log import append, folded, log
from sto_desktop.storage.log.erase import erase_values, writer_erasures
from sto_desktop.storage.log.past import PastAction, edits_back_to, past_actions
from sto_desktop.storage.read.reader import Reader
from sto_desktop.storage.read.search import Hit, search
from sto_desktop.storage.read.similar import Similar
from sto_desktop.storage.working.conflicts import ConflictCase, HistoryEntry, conflicts, history

MANY_ROWS = 500
"""Above this many changed rows, views reload everything."""

_OUTPUT = "report_made"
_BY_OTHERS = "SELECT 1 FROM change WHERE seq > ? AND writer != ? LIMIT 1"

Observer = Callable[[Changed], None]
Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Return the current time with its UTC offset."""
    return datetime.now().astimezone()


def new_writer(person: str, device: str) -> Writer:
    """Return the writer of one session; a person or device never serves as identity."""
    return Writer(str(uuid.uuid4()), person, device, sto_desktop.__version__)


@dataclass(frozen=True)
class Undone:
    """The result of an undo or redo: the action's label, and the rows whose later edits were kept."""

    label: str
    left: tuple[tuple[str, str], ...] = ()


class Dossier:
    """An open dossier. All methods are for one thread; another thread, or window, opens its own.

    `read` answers queries; every write goes through `apply`, `undo`, `redo`, `merge` and `erase`, each one transaction
    that is on disk when the method returns.
    """

    def __init__(self, raw: Raw, path: Path, writer: Writer, clock: Clock = wall_clock) -> None:
        self._raw = raw
        self.path = path
        self.writer = writer
        self._clock = clock
        self._observers: list[Observer] = []
        self._stack = UndoStack()
        self._reversed = "", "", ""
        """Label and moment of the step reversed last, and the moment of reversing it."""
        self._announced = False
        self._news: list[Changed] = []
        self._action_seq = 0
        self.read = Reader(raw)
        with errors_of(path):
            self._seq = log.last_seq(raw)
            self._erasures = self._erasure_count()
            self._data_version = self._version()
            self._follow_actions()

    # Observing

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Call `observer` after every change; return a function that ends this."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def _tell(self, *changes: Changed) -> None:
        news, self._news = self._news, []
        for changed in (*news, *changes):
            # A copy of the list: an observer may unsubscribe while it is called.
            for observer in tuple(self._observers):
                observer(changed)

    @property
    def seq(self) -> int:
        """The log's current position; an editor stores it when it opens (`Action.seen`)."""
        return self._seq

    def _version(self) -> int:
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])

    def _erasure_count(self) -> int:
        return int(self._raw.execute("SELECT count(*) FROM erasure").fetchone()[0])

    def _look(self, *, always: bool = False) -> None:
        """Process what others (another window, a worker) wrote to this working copy since the last look."""
        version = self._version()
        if version == self._data_version and not always:
            return
        self._data_version = version
        erasures = self._erasure_count()
        # Changes of others arrive at the end of the log: everything after the last known place.
        rows = self._raw.execute(
            "SELECT DISTINCT table_name, row_id FROM change WHERE seq > ?", (self._seq,)
        ).fetchall()
        if rows or erasures != self._erasures:
            # A worker writes as this writer.
            mine = bool(rows) and self._raw.execute(_BY_OTHERS, (self._seq, self.writer.id)).fetchone() is None
            everything = (not mine and len(rows) > MANY_ROWS) or erasures != self._erasures
            self._news.append(Changed(frozenset(rows), by_me=mine, everything=everything))
        self._erasures = erasures
        self._seq = log.last_seq(self._raw)
        self._follow_actions()

    def poll(self, *, always: bool = False) -> bool:
        """Check for writes by other windows, and notify the observers; return whether there were any.

        `always`: check even if only this connection wrote, bypassing this object.
        """
        with errors_of(self.path):
            self._look(always=always)
        changed = bool(self._news)
        self._tell()
        return changed

    # Writing

    def _announce(self) -> None:
        # Register the writer at its first write, so that a session that only reads leaves no trace.
        if not self._announced:
            log.append_writer(self._raw, self.writer)
            self._raw.execute("INSERT INTO session (writer) VALUES (?) ON CONFLICT DO NOTHING", (self.writer.id,))

    def _follow_actions(self) -> None:
        """Load this person's actions made here, in any window, since the last look."""
        for seq, record in log.actions_of_session(self._raw, self._action_seq):
            self._action_seq = seq
            self._stack.record(record)

    def _moment(self) -> tuple[str, int]:
        now = self._clock()
        return now.isoformat(timespec="milliseconds"), int(now.timestamp() * 1000)

    def _done(self, made: append.Appended) -> Changed:
        """Process an own action after its transaction; `_look` has already processed everything before it."""
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
        """Apply an action: on disk, searchable and undoable on return. An action without effect leaves no trace."""
        at, now = self._moment()
        with errors_of(self.path), transaction(self._raw):
            # Inside the transaction, so that no other window can write between this look and the new action.
            self._look()
            whole = replace(action, edits=tuple(map(self._with_answers, action.edits)))
            made = append.append_action(self._raw, whole, self.writer.id, action.at or at, now)
            if made.record is not None:
                self._announce()
        return self._done(made)

    def _with_answers(self, edit: Edit) -> Edit:
        """Let a new output say which answers of its members are known here: whoever merges it can't tell."""
        if edit.table != _OUTPUT or not edit.new:
            return edit
        panel, read = edit.values.get("panel"), self.read.members
        members = read.every() if panel is None else read.of_conversation(panel)
        answers = log.known(self._raw, "panelist", (member.id for member in members))
        return replace(edit, values={**edit.values, "answers_known": known.written(answers)})

    def adopt(self, changes: Iterable[Change], writer: Writer) -> None:
        """Add changes that every dossier has: the rows of a built-in guide."""
        with errors_of(self.path), transaction(self._raw):
            # Built-in changes have fixed stamps, so a stamp of this writer identifies a change.
            known_stamps = set(self._raw.execute("SELECT stamp FROM change WHERE writer = ?", (writer.id,)).fetchall())
            new = [change for change in changes if (change.id.stamp,) not in known_stamps]
            if new:
                log.append_writer(self._raw, writer)
                log.append(self._raw, new)
                folded.fold_rows(self._raw, {(change.table, change.row) for change in new})
        self.poll(always=bool(new))

    # Undo

    def undo_label(self) -> str | None:
        """Return the label of the action that undo would reverse."""
        record = self._stack.to_undo()
        return record.label if record else None

    def redo_label(self) -> str | None:
        """Return the label of the action that redo would restore."""
        record = self._stack.to_redo()
        return record.label if record else None

    def to_undo(self) -> ActionRecord | None:
        """Return the action that undo would reverse."""
        return self._stack.to_undo()

    def to_redo(self) -> ActionRecord | None:
        """Return the undo that redo would reverse."""
        return self._stack.to_redo()

    def changed_at_least(self, record: ActionRecord, rows: int) -> bool:
        """Return whether an action made this many changes or more."""
        with errors_of(self.path), closing(log.each_change_of_action(self._raw, record.id)) as changes:
            return next(islice(changes, rows - 1, None), None) is not None

    def added_last(self, table: str) -> str | None:
        """Return the row of a table that the action which undo would reverse added, and that is still there; None if it
        did something else, or added several."""
        record = self._stack.to_undo()
        if record is None:
            return None
        with errors_of(self.path), reading(self._raw):
            changes = log.changes_of_action(self._raw, record.id)
            made = [change.row for change in changes if change.table == table and change.values.get(DELETED) is False]
            # A row that existed before was changed, not added.
            before = {row for row in made for change in log.changes_of_row(self._raw, table, row)
                      if change.values.get(DELETED) is False and change.id < changes[0].id}  # fmt: skip
        return made[0] if len(made) == 1 and not before else None

    def others_went_on(self, rows: Iterable[tuple[str, str]]) -> bool:
        """Return whether somebody else changed one of these rows (table and id), or a row of the action that undo would
        reverse.
        """
        record = self._stack.to_undo()
        if record is None:
            return False
        with errors_of(self.path), reading(self._raw):
            mine = log.changes_of_action(self._raw, record.id)
            # A label that others use too does not belong to one person.
            every = {*rows, *((change.table, change.row) for change in mine if change.table != "tag")}
            changes_by_row = log.changes_of_rows(self._raw, every)
        return any(change.id.writer != record.id.writer for changes in changes_by_row.values() for change in changes)

    def more_to_undo(self) -> list[ActionRecord]:
        """Return the other actions of the step that undo begins to reverse, to be reversed one at a time."""
        return self._stack.step_to_undo()[1:]

    def more_to_redo(self) -> list[ActionRecord]:
        """Return the same for redo."""
        return self._stack.step_to_redo()[1:]

    def undo(self) -> Undone | None:
        """Undo this person's last action here; None if there is nothing to undo."""
        return self._reverse(self._stack.to_undo)

    def redo(self) -> Undone | None:
        """Redo what was undone last."""
        return self._reverse(self._stack.to_redo)

    def _reverse(self, next_action: Callable[[], ActionRecord | None]) -> Undone | None:
        at, now = self._moment()
        with errors_of(self.path), transaction(self._raw):
            # Another window may have added a later action.
            self._look()
            record = next_action()
            if record is None:
                return None
            self._announce()
            # What reverses the parts of one step is one step too.
            step = record.label, record.at
            if record.label in IN_PARTS and self._reversed[:2] == step:
                at = self._reversed[2]
            self._reversed = (*step, at)
            made = append.append_reversal(self._raw, record, self.writer.id, at, now)
        self._done(made)
        return Undone(record.label, made.left)

    # History and conflicts

    def past(self, before: int | None = None, limit: int = 200) -> list[PastAction]:
        """Return everybody's past actions, latest first; `before`: the `seq` of the last one already loaded."""
        with errors_of(self.path), reading(self._raw):
            return past_actions(self._raw, self.writer, before, limit)

    def people_who_wrote(self) -> list[str]:
        """Return the names under which somebody made a change here, without those of a program."""
        sql = "SELECT DISTINCT w.person FROM writer w JOIN action a ON a.writer = w.id WHERE w.person != ''"
        with errors_of(self.path):
            return sorted(person for (person,) in self._raw.execute(sql))

    def actions_by(self, person: str) -> int:
        """Return how many actions in the log carry the name of this person."""
        sql = "SELECT count(*) FROM action a JOIN writer w ON w.id = a.writer WHERE w.person = ? COLLATE NOCASE"
        with errors_of(self.path):
            return int(self._raw.execute(sql, (person,)).fetchone()[0])

    def writer_erasures(self, person: str) -> tuple[Erasure, ...]:
        """Return what erases that this person, by name, wrote here."""
        with errors_of(self.path):
            return writer_erasures(self._raw, person)

    def go_back_to(self, seq: int, label: str) -> int:
        """Undo everything this person did after a `seq`, as one action with this label.

        Returns the number of actions undone. Later changes of others stay.
        """
        with errors_of(self.path), reading(self._raw):
            edits, count = edits_back_to(self._raw, self.writer, seq)
        self.apply(Action(label, tuple(edits)))
        return count

    def undo_only(self, action: PastAction | ActionRecord) -> Undone | None:
        """Undo one action from the middle, where its values still show."""
        record = ActionRecord(action.id, action.label, action.at)
        return self._reverse(lambda: record)

    def history(self, table: str, row: str) -> list[HistoryEntry]:
        """Return the changes of one row, oldest first."""
        return history(self._raw, table, row)

    def conflicts(self) -> list[ConflictCase]:
        """Return every field in conflict."""
        with errors_of(self.path), reading(self._raw):
            return conflicts(self._raw)

    def choose(self, case: ConflictCase, value: Json) -> Changed:
        """Settle a conflict with one change that supersedes all rivals. `value` is a log value."""
        decoded = value if case.field == DELETED else tables()[case.table].fields[case.field].decode(value)
        # `seen` limits the choice to the rivals that were shown.
        edit = Edit(case.table, case.row, {case.field: decoded}, answers=tuple(sorted(case.proposals)))
        return self.apply(Action("tegenstrijdigheid oplossen", (edit,), case.seen))

    # Erasure

    def erase(self, erasures: Collection[Erasure], also_delete: Collection[tuple[str, str]] = ()) -> None:
        """Erase values permanently from log, tables, index and free pages; other copies lose them when merged.

        `also_delete`: rows to delete along with them, in an ordinary action that can't restore the values.
        """
        if also_delete:
            self.apply(Action("definitief wissen", tuple(Edit(t, r, {DELETED: True}) for t, r in also_delete)))
        with errors_of(self.path):
            erase_values(self._raw, erasures)
        self.poll(always=True)

    # Search

    def search(self, query: str, *, tables: Sequence[str] = (), limit: int = 200) -> list[Hit]:
        """Find rows by words or word prefixes; see `search.search`."""
        with errors_of(self.path):
            return search(self._raw, query, tables=tables, limit=limit)

    def similar(
        self, note: str, *, panel: str | None = None, limit: int = 5, without: Collection[str] = ()
    ) -> list[Similar]:
        """Return notes that resemble another; see `similar.similar_notes`."""
        with errors_of(self.path):
            return self.read.lists.similar(note, panel=panel, limit=limit, without=without)

    # Local data

    def setting(self, name: str, default: str = "") -> str:
        """Return a setting local to this working copy."""
        row = self._raw.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return row[0] if row else default

    def set_setting(self, name: str, value: str) -> None:
        """Store a setting local to this working copy."""
        with errors_of(self.path):
            self._raw.execute(
                "INSERT INTO setting (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )

    def draft(self, place: str) -> str:
        """Return the draft stored for this place, as it was when the program stopped."""
        row = self._raw.execute("SELECT content FROM draft WHERE place = ?", (place,)).fetchone()
        return row[0] if row else ""

    def has_drafts(self, under: str = "") -> bool:
        """Return whether there is any draft, or one of a place that begins so."""
        found = self._raw.execute("SELECT 1 FROM draft WHERE substr(place, 1, ?) = ? LIMIT 1", (len(under), under))
        return found.fetchone() is not None

    def set_draft(self, place: str, content: str, *, lasting: bool = True) -> None:
        """Store a draft; empty deletes it. Not `lasting`: without waiting for the disk (`without_sync`)."""
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
        """Continue on another connection to the same dossier, after its file was re-encrypted."""
        self._raw = raw
        self.read = Reader(raw)
        self._data_version = self._version()

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()
