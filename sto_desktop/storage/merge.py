"""Merging: the union of two logs, each row validated, and the fold of what is new. Nothing else is ever read or written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sto_desktop.domain.change import Change, ChangeId, Erasure
from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.record import tables
from sto_desktop.storage import folded, log
from sto_desktop.storage.database import Raw, quoted, transaction
from sto_desktop.storage.erase import add_erasures, clear_free_pages

_IN_ONE_GO = 2000
"""Above so many new rows, folding the whole log once is faster than row by row."""


@dataclass(frozen=True)
class MergeResult:
    """What a merge brought: the rows that got new changes, the erasures that came along, and what was wrong.

    `contradicted` are changes with an identity that is known here with other content; ours stays. `malformed` is the
    number of log rows that were not of the form of a log.
    """

    changes: int = 0
    rows: frozenset[folded.Row] = frozenset()
    erasures: tuple[Erasure, ...] = ()
    contradicted: tuple[ChangeId, ...] = ()
    malformed: int = 0

    @property
    def nothing_new(self) -> bool:
        """Whether the other dossier held nothing that was not here."""
        return not self.changes and not self.erasures


def _check_tables(raw: Raw, schema: str, path: Path) -> None:
    names = dict(
        raw.execute(
            f"SELECT name, type FROM {schema}.sqlite_master WHERE name IN ('change', 'action', 'writer', 'erasure')"
        ).fetchall()
    )
    # A view in the place of a table could run another's code: only tables are read.
    if len(names) != 4 or set(names.values()) != {"table"}:
        raise DossierError(f"«{path.name}» is geen dossier van STO Desktop.", "Er is niets samengevoegd.")


def _valid_erasures(rows: Iterable[Sequence[object]]) -> list[Erasure]:
    return [
        Erasure(str(row[0]), str(row[1]), str(row[2]))
        for row in rows
        if all(isinstance(item, str) and item for item in row)
    ]


def _stripped(change: Change, erased: frozenset[str]) -> Change:
    kept = {name: value for name, value in change.values.items() if name not in erased}
    return Change(change.id, change.action, change.table, change.row, kept, change.supersedes)


def _same(ours: Change, theirs: Change, erased: frozenset[str]) -> bool:
    return _stripped(ours, erased) == _stripped(theirs, erased)


def _merge_changes(raw: Raw) -> tuple[set[folded.Row], int, list[ChangeId], int]:
    erased_rows = {(item.table, item.row) for item in log.erasures(raw)}
    rows: set[folded.Row] = set()
    count = malformed = 0
    contradicted: list[ChangeId] = []
    new = raw.execute(
        "SELECT o.stamp, o.writer, o.action, o.table_name, o.row_id, o.fields, o.supersedes FROM other.change AS o"
        " WHERE NOT EXISTS (SELECT 1 FROM main.change AS m WHERE m.stamp = o.stamp AND m.writer = o.writer)"
    ).fetchall()
    accepted = []
    for row in new:
        try:
            change = log.parse_change(row)
        except log.MalformedChangeError:
            malformed += 1
            continue
        key = (change.table, change.row)
        if key in erased_rows:
            stripped = _stripped(change, log.erased_fields(raw, *key))
            accepted.append(log.rows_of((stripped,))[0])
        else:
            accepted.append(tuple(row))
        rows.add(key)
        count += 1
    raw.executemany(log.INSERT_CHANGE, accepted)
    different = raw.execute(
        "SELECT o.stamp, o.writer, o.action, o.table_name, o.row_id, o.fields, o.supersedes,"
        " m.stamp, m.writer, m.action, m.table_name, m.row_id, m.fields, m.supersedes"
        " FROM other.change AS o JOIN main.change AS m ON m.stamp = o.stamp AND m.writer = o.writer"
        " WHERE o.fields <> m.fields OR o.supersedes <> m.supersedes OR o.action <> m.action"
        " OR o.table_name <> m.table_name OR o.row_id <> m.row_id"
    ).fetchall()
    for row in different:
        try:
            theirs, ours = log.parse_change(row[:7]), log.parse_change(row[7:])
        except log.MalformedChangeError:
            malformed += 1
            continue
        if not _same(ours, theirs, log.erased_fields(raw, ours.table, ours.row)):
            contradicted.append(ours.id)
    return rows, count, contradicted, malformed


def _merge_names(raw: Raw) -> int:
    """Take in who wrote and what actions were called; return how many rows were refused."""
    malformed = 0
    for row in raw.execute("SELECT id, person, device, program FROM other.writer").fetchall():
        if not all(isinstance(item, str) for item in row):
            malformed += 1
            continue
        raw.execute(
            "INSERT INTO main.writer (id, person, device, program) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            row,
        )
    actions = raw.execute(
        "SELECT o.stamp, o.writer, o.label, o.at, o.reverses FROM other.action AS o WHERE NOT EXISTS"
        " (SELECT 1 FROM main.action AS m WHERE m.stamp = o.stamp AND m.writer = o.writer)"
    ).fetchall()
    for row in actions:
        if not isinstance(row[0], int) or not all(isinstance(item, str) for item in row[1:4]):
            malformed += 1
            continue
        if not (row[4] is None or isinstance(row[4], str)):
            malformed += 1
            continue
        raw.execute(
            "INSERT INTO main.action (stamp, writer, label, at, reverses) VALUES (?, ?, ?, ?, ?)", row
        )
    return malformed


def merge_log(raw: Raw, path: Path, password: str | None = None) -> MergeResult:
    """Take the log of the dossier at `path` into ours, in one transaction.

    The file must be one that nobody else writes (see working_copy.private_copy).
    """
    # Without a key of its own an attached file would be read with ours.
    raw.execute(f"ATTACH {quoted(str(path))} AS other KEY {quoted(password or '')}")
    try:
        _check_tables(raw, "other", path)
        with transaction(raw):
            theirs = raw.execute("SELECT table_name, row_id, field FROM other.erasure").fetchall()
            # Erasures first: what they forbid is never inserted.
            erasures = add_erasures(raw, _valid_erasures(theirs))
            rows, count, contradicted, malformed = _merge_changes(raw)
            malformed += _merge_names(raw)
            touched = rows | {(item.table, item.row) for item in erasures}
            if len(touched) > _IN_ONE_GO:
                folded.rebuild(raw)
            else:
                folded.fold_rows(raw, touched)
    finally:
        raw.execute("DETACH other")
    if erasures:
        clear_free_pages(raw)
    known = frozenset(row for row in rows if row[0] in tables())
    return MergeResult(count, known, tuple(erasures), tuple(contradicted), malformed)
