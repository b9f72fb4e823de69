"""Reads and appends rows of the log, and converts them from and to JSON."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import takewhile

from sto_desktop.domain.log.change import ActionRecord, Change, ChangeId, Erasure, Writer
from sto_desktop.domain.log.clock import HIGHEST_STAMP
from sto_desktop.domain.log.known import Known
from sto_desktop.domain.record import canonical
from sto_desktop.storage.file.database import Raw, SqliteError

INSERT_CHANGE = (
    "INSERT INTO change (stamp, writer, action, table_name, row_id, fields, supersedes) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
SELECT_CHANGE = "SELECT stamp, writer, action, table_name, row_id, fields, supersedes FROM change"
"""Selects the columns that `parse_change` takes."""

_INSERT_ACTION = "INSERT INTO action (stamp, writer, label, at, reverses) VALUES (?, ?, ?, ?, ?)"
_OF_ROW = f"{SELECT_CHANGE} WHERE row_id = ? AND table_name = ?"
_OF_ROWS = f"{SELECT_CHANGE} WHERE row_id IN (SELECT value FROM json_each(?)) AND table_name = ?"
_OF_ROW_UPTO = f"{_OF_ROW} AND seq <= ?"
_ROWS_OF_WRITER_FROM = "SELECT table_name, row_id, action FROM change WHERE stamp >= ? AND writer = ? ORDER BY stamp"
_OF_WRITER_FROM = f"{SELECT_CHANGE} WHERE stamp >= ? AND writer = ? ORDER BY stamp"
# Stamps above the limit come from a clock that is far ahead: they must not push our own clock.
_LAST_STAMP = (
    "SELECT max((SELECT coalesce(max(stamp), 0) FROM change WHERE stamp <= :limit),"
    " (SELECT coalesce(max(stamp), 0) FROM action WHERE stamp <= :limit))"
)
_KNOWN_BEFORE = (
    "SELECT DISTINCT table_name, row_id FROM change AS new WHERE seq > :seq AND EXISTS (SELECT 1 FROM change AS old"
    " WHERE old.row_id = new.row_id AND old.table_name = new.table_name AND old.seq <= :seq)"
)
_ERASED = "SELECT field FROM erasure WHERE table_name = ? AND row_id = ?"

_KNOWN = (
    "SELECT writer, max(stamp) FROM change"
    " WHERE row_id IN (SELECT value FROM json_each(?)) AND table_name = ? GROUP BY writer"
)

LogRow = tuple[int, str, int, str, str, str, str]
"""A row of the log: stamp, writer, action, table, row, fields, supersedes."""


class MalformedChangeError(ValueError):
    """A log row from a file that does not have the form of a log row."""


def dump_supersedes(supersedes: Mapping[str, Iterable[ChangeId]]) -> str:
    """Return what a change supersedes as JSON: an object of lists of «stamp:writer»."""
    # Shortcut: most changes supersede nothing.
    if not supersedes:
        return "{}"
    return canonical({name: [str(id_) for id_ in sorted(ids)] for name, ids in supersedes.items() if ids})


def _refuse_constant(name: str) -> float:
    raise MalformedChangeError(name)


def _finite(text: str) -> float:
    # "1e999" parses as infinity, which JSON can't hold.
    number = float(text)
    if not math.isfinite(number):
        raise MalformedChangeError(text)
    return number


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)


def _decoded(text: str) -> object:
    # Without the search for spaces around it, which only another program writes.
    if text[:1] == "{" and text[-1:] == "}":
        value, end = _DECODER.raw_decode(text)
        if end == len(text):
            return value
    return _DECODER.decode(text)


def parse_change(row: Sequence[object]) -> Change:
    """Return the change in a log row.

    Raises:
        MalformedChangeError: the row does not have the form of a log row.
    """
    stamp, writer, action, table, row_id, fields, supersedes = row
    if not (
        isinstance(stamp, int)
        and isinstance(action, int)
        and stamp >= 0
        and isinstance(writer, str)
        and isinstance(table, str)
        and isinstance(row_id, str)
        and isinstance(fields, str)
        and isinstance(supersedes, str)
        and writer
        and table
        and row_id
    ):
        raise MalformedChangeError(f"{stamp!r}:{writer!r}")
    try:
        values = _decoded(fields)
        seen = _decoded(supersedes) if supersedes != "{}" else {}
        if not isinstance(values, dict) or not isinstance(seen, dict):
            raise MalformedChangeError(f"{stamp}:{writer}")
        superseded = {name: tuple(sorted(ChangeId.parse(id_) for id_ in ids)) for name, ids in seen.items()}
    # A deeply nested value exceeds the recursion limit.
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise MalformedChangeError(f"{stamp}:{writer}") from error
    return Change(ChangeId(stamp, writer), action, table, row_id, values, superseded)


def parsed(rows: Iterable[Sequence[object]]) -> Iterator[Change]:
    """Yield the changes of log rows, skipping malformed ones (`check` reports these)."""
    for row in rows:
        try:
            yield parse_change(row)
        except MalformedChangeError:
            continue


def log_row(change: Change) -> LogRow:
    """Return a change as a row of the log."""
    return (
        change.id.stamp,
        change.id.writer,
        change.action,
        change.table,
        change.row,
        canonical(change.values),
        dump_supersedes(change.supersedes),
    )


def rows_of(raw: Raw, statement: str) -> list[tuple[object, ...]]:
    """Return rows whose text may not be UTF-8: see `any_text`, which costs as much as reading them does."""
    result: list[tuple[object, ...]]
    try:
        with _text_as(raw, str):
            result = raw.execute(statement).fetchall()
    except SqliteError:
        with any_text(raw):
            result = raw.execute(statement).fetchall()
    return result


def any_text(raw: Raw) -> AbstractContextManager[None]:
    """Read rows whose text may not be UTF-8: such text arrives as bytes, which no log row may hold."""
    return _text_as(raw, _text_or_bytes)


@contextmanager
def _text_as(raw: Raw, factory: Callable[[bytes], str | bytes] | type[str]) -> Iterator[None]:
    usual = raw.text_factory
    raw.text_factory = factory
    try:
        yield
    finally:
        raw.text_factory = usual


def _text_or_bytes(content: bytes) -> str | bytes:
    try:
        # Bytes for text that is not UTF-8: validation then rejects the row instead of the whole query.
        return content.decode()
    except UnicodeDecodeError:
        return content


def append(raw: Raw, changes: Iterable[Change]) -> int:
    """Append changes to the log; return the `seq` of the last one, 0 for none."""
    rows = [log_row(change) for change in changes]
    if not rows:
        return 0
    # The last one by itself, since only that tells its `seq`.
    raw.executemany(INSERT_CHANGE, rows[:-1])
    return int(raw.execute(INSERT_CHANGE, rows[-1]).lastrowid)


def append_action(raw: Raw, record: ActionRecord) -> int:
    """Append an action to the log; return its `seq`."""
    reverses = str(record.reverses) if record.reverses else None
    values = (record.id.stamp, record.id.writer, record.label, record.at, reverses)
    return int(raw.execute(_INSERT_ACTION, values).lastrowid)


def append_writer(raw: Raw, writer: Writer) -> None:
    """Append a writer to the log, unless it is already there."""
    raw.execute(
        "INSERT INTO writer (id, person, device, program) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (writer.id, writer.person, writer.device, writer.program),
    )


def last_stamp(raw: Raw) -> int:
    """Return the highest stamp that counts as a clock, 0 for an empty log."""
    return int(raw.execute(_LAST_STAMP, {"limit": HIGHEST_STAMP}).fetchone()[0])


def last_seq(raw: Raw) -> int:
    """Return the last place in this working copy's own order of arrival."""
    row = raw.execute("SELECT max(seq) FROM change").fetchone()
    return row[0] or 0


def extent(raw: Raw) -> str:
    """Return how much the log holds, as text that is only comparable with itself."""
    erased = raw.execute("SELECT count(*) FROM erasure").fetchone()[0]
    return f"{last_seq(raw)}:{erased}"


def changes_of_row(raw: Raw, table: str, row: str, upto: int | None = None) -> list[Change]:
    """Return the changes of one row; `upto` leaves out what arrived later."""
    if upto is None:
        return list(parsed(raw.execute(_OF_ROW, (row, table)).fetchall()))
    return list(parsed(raw.execute(_OF_ROW_UPTO, (row, table, upto)).fetchall()))


def known(raw: Raw, table: str, rows: Iterable[str]) -> Known:
    """Return up to which change of each writer the changes of these rows are known here."""
    return dict(raw.execute(_KNOWN, (canonical(list(rows)), table)).fetchall())


def changes_of_rows(raw: Raw, rows: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Change]]:
    """Return the changes of many rows (table and id) in one query; rows without changes are omitted."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for table, row in rows:
        wanted[table].append(row)
    changes: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for table, ids in wanted.items():
        for change in parsed(raw.execute(_OF_ROWS, (canonical(ids), table)).fetchall()):
            changes[table, change.row].append(change)
    return changes


def rows_known_before(raw: Raw, seq: int) -> set[tuple[str, str]]:
    """Return the rows (table and id) with changes both before and after a `seq`."""
    rows = raw.execute(_KNOWN_BEFORE, {"seq": seq}).fetchall()
    return set(rows)


def each_change_of_action(raw: Raw, action: ChangeId) -> Generator[Change]:
    """Yield the changes of one action, in the order in which they were made, reading each when it is asked for."""
    with closing(raw.execute(_OF_WRITER_FROM, (action.stamp, action.writer))) as cursor:
        # A writer's stamps only increase, so the changes of an action are adjacent.
        yield from parsed(takewhile(lambda row: row[2] == action.stamp, cursor))


def rows_of_action(raw: Raw, action: ChangeId) -> set[tuple[str, str]]:
    """Return the rows (table and id) that an action changed."""
    with closing(raw.execute(_ROWS_OF_WRITER_FROM, (action.stamp, action.writer))) as cursor:
        named = takewhile(lambda row: row[2] == action.stamp, cursor)
        # A line that has no text there is no change of any row.
        return {(table, row) for table, row, _ in named if isinstance(table, str) and isinstance(row, str)}


def changes_of_action(raw: Raw, action: ChangeId) -> list[Change]:
    """Return the changes of one action, in the order in which they were made."""
    return list(each_change_of_action(raw, action))


def reversed_action(raw: Raw, action: ChangeId) -> ChangeId | None:
    """Return the action that an action undid or redid, or None."""
    row = raw.execute(
        "SELECT reverses FROM action WHERE stamp = ? AND writer = ?", (action.stamp, action.writer)
    ).fetchone()
    return parse_reverses(row[0]) if row else None


def parse_reverses(text: str | None) -> ChangeId | None:
    """Return the action that a `reverses` value names; None if it is absent or malformed."""
    try:
        return ChangeId.parse(text) if text else None
    except ValueError:
        return None


def actions_of_session(raw: Raw, after: int) -> list[tuple[int, ActionRecord]]:
    """Return this person's actions here that arrived after a `seq`, each with its own."""
    rows = raw.execute(
        "SELECT seq, stamp, writer, label, at, reverses FROM action"
        " WHERE seq > ? AND writer IN (SELECT writer FROM session) ORDER BY seq",
        (after,),
    ).fetchall()
    return [
        (seq, ActionRecord(ChangeId(stamp, writer), label, at, parse_reverses(reverses)))
        for seq, stamp, writer, label, at, reverses in rows
    ]


def erased_fields(raw: Raw, table: str, row: str) -> frozenset[str]:
    """Return the erased fields of one row."""
    names = raw.execute(_ERASED, (table, row)).fetchall()
    return frozenset(name[0] for name in names)


def erasures(raw: Raw) -> list[Erasure]:
    """Return every erasure."""
    rows = raw.execute("SELECT table_name, row_id, field FROM erasure ORDER BY 1, 2, 3").fetchall()
    return [Erasure(*row) for row in rows]


def erased_by_row(raw: Raw) -> Mapping[tuple[str, str], Collection[str]]:
    """Return the erased fields by row (table and id)."""
    fields: dict[tuple[str, str], set[str]] = defaultdict(set)
    for erasure in erasures(raw):
        fields[erasure.table, erasure.row].add(erasure.field)
    return fields
