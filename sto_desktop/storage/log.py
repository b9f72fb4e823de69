"""Reading and appending rows of the log, and their form in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from sto_desktop.domain.change import ActionRecord, Change, ChangeId, Erasure, Writer
from sto_desktop.domain.clock import HIGHEST_STAMP
from sto_desktop.domain.record import Json
from sto_desktop.storage.database import Raw

INSERT_CHANGE = "INSERT INTO change (stamp, writer, action, table_name, row_id, fields, supersedes) VALUES (?, ?, ?, ?, ?, ?, ?)"
SELECT_CHANGE = "SELECT stamp, writer, action, table_name, row_id, fields, supersedes FROM change"
"""Reads what `parse_change` takes."""


class MalformedChangeError(ValueError):
    """A log row from a file that is not of the form that the log has."""


def dump(value: Mapping[str, Json] | Sequence[Json]) -> str:
    """Write JSON in the one form that the log uses, so that equal content is equal text."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    # A lone surrogate, which only a foreign file can bring, has no form in UTF-8: escape it.
    return (
        text
        if text.isascii() or _encodable(text)
        else json.dumps(value, sort_keys=True, separators=(",", ":"))
    )


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def dump_supersedes(supersedes: Mapping[str, Iterable[ChangeId]]) -> str:
    """Write what a change supersedes: an object of lists of «stamp:writer»."""
    return dump({name: [str(item) for item in sorted(ids)] for name, ids in supersedes.items() if ids})


def _refuse_constant(name: str) -> float:
    raise MalformedChangeError(name)


def parse_change(row: Sequence[object]) -> Change:
    """Return the change that a log row holds.

    Raises:
        MalformedChangeError: the row is not of the form of the log.
    """
    stamp, writer, action, table, row_id, fields, supersedes = row
    if not (isinstance(stamp, int) and isinstance(action, int) and stamp >= 0):
        raise MalformedChangeError(f"{stamp!r}:{writer!r}")
    texts = (writer, table, row_id, fields, supersedes)
    if not all(isinstance(item, str) and item for item in texts):
        raise MalformedChangeError(f"{stamp}:{writer!r}")
    try:
        values = json.loads(str(fields), parse_constant=_refuse_constant)
        seen = json.loads(str(supersedes), parse_constant=_refuse_constant)
        if not isinstance(values, dict) or not isinstance(seen, dict):
            raise MalformedChangeError(f"{stamp}:{writer}")
        superseded = {name: tuple(ChangeId.parse(item) for item in ids) for name, ids in seen.items()}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise MalformedChangeError(f"{stamp}:{writer}") from error
    return Change(ChangeId(stamp, str(writer)), action, str(table), str(row_id), values, superseded)


def rows_of(changes: Iterable[Change]) -> list[tuple[int, str, int, str, str, str, str]]:
    """Return changes as rows of the log."""
    return [
        (
            item.id.stamp,
            item.id.writer,
            item.action,
            item.table,
            item.row,
            dump(item.values),
            dump_supersedes(item.supersedes),
        )
        for item in changes
    ]


def append(raw: Raw, changes: Iterable[Change]) -> None:
    """Append changes to the log."""
    for row in rows_of(changes):
        raw.execute(INSERT_CHANGE, row)


def append_action(raw: Raw, record: ActionRecord) -> None:
    """Append an action to the log."""
    raw.execute(
        "INSERT INTO action (stamp, writer, label, at, reverses) VALUES (?, ?, ?, ?, ?)",
        (
            record.id.stamp,
            record.id.writer,
            record.label,
            record.at,
            str(record.reverses) if record.reverses else None,
        ),
    )


def append_writer(raw: Raw, writer: Writer) -> None:
    """Append a writer to the log, if it is not there."""
    raw.execute(
        "INSERT INTO writer (id, person, device, program) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (writer.id, writer.person, writer.device, writer.program),
    )


def last_stamp(raw: Raw) -> int:
    """Return the highest stamp that counts as a clock, 0 of an empty log."""
    row = raw.execute("SELECT max(stamp) FROM change WHERE stamp <= ?", (HIGHEST_STAMP,)).fetchone()
    return row[0] or 0


def last_seq(raw: Raw) -> int:
    """Return how far the log has come in this working copy's own order of arrival."""
    row = raw.execute("SELECT max(seq) FROM change").fetchone()
    return row[0] or 0


def changes_of_row(raw: Raw, table: str, row: str, upto: int | None = None) -> list[Change]:
    """Return the changes of one row; `upto` leaves out what arrived later."""
    found = raw.execute(
        f"{SELECT_CHANGE} WHERE row_id = ? AND table_name = ? AND seq <= ?",
        (row, table, 2**62 if upto is None else upto),
    ).fetchall()
    return [parse_change(item) for item in found]


def changes_of_action(raw: Raw, action: ChangeId) -> list[Change]:
    """Return the changes of one action, in the order in which they were made."""
    found = raw.execute(
        f"{SELECT_CHANGE} WHERE writer = ? AND action = ? ORDER BY stamp", (action.writer, action.stamp)
    ).fetchall()
    return [parse_change(item) for item in found]


def erased_fields(raw: Raw, table: str, row: str) -> frozenset[str]:
    """Return the fields of one row that are gone for good."""
    found = raw.execute(
        "SELECT field FROM erasure WHERE table_name = ? AND row_id = ?", (table, row)
    ).fetchall()
    return frozenset(item[0] for item in found)


def erasures(raw: Raw) -> list[Erasure]:
    """Return every erasure."""
    found = raw.execute("SELECT table_name, row_id, field FROM erasure ORDER BY 1, 2, 3").fetchall()
    return [Erasure(*item) for item in found]
