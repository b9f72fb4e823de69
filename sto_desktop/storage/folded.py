"""Writing what rows are now into the folded tables, the search index and the list of conflicts; never REPLACE."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sto_desktop.domain.change import Change
from sto_desktop.domain.fold import RowState, fold_row
from sto_desktop.domain.record import DELETED, FieldSpec, FieldType, TableSpec, tables
from sto_desktop.storage import log
from sto_desktop.storage.database import Raw
from sto_desktop.storage.schema import (
    SEARCH_SECURE_SQL,
    SEARCH_SQL,
    columns_of,
    folded,
    metadata,
)

Row = tuple[str, str]
"""A table's name and a row's id."""


@cache
def _column_names(table: str) -> tuple[str, ...]:
    spec = tables()[table]
    names = ["id", DELETED, "known"]
    for field in spec.fields.values():
        names.extend(columns_of(field))
    return tuple(names)


@cache
def _upsert_sql(table: str) -> str:
    names = _column_names(table)
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names[1:])
    columns = ", ".join(f'"{name}"' for name in names)
    return (
        f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(names))}) '
        f"ON CONFLICT (id) DO UPDATE SET {updates}"
    )


def _cells(field: FieldSpec, value: Any) -> tuple[Any, ...]:
    if field.kind is FieldType.POSITION:
        return (value.parent, value.key)
    encoded = field.encode(value)
    return (int(encoded) if isinstance(encoded, bool) else encoded,)


def _row_cells(spec: TableSpec, row: str, state: RowState) -> list[Any]:
    cells: list[Any] = [row, int(state.deleted), int(state.known)]
    for name, field in spec.fields.items():
        cells.extend(_cells(field, state.values[name]))
    return cells


def search_text(spec: TableSpec, values: Mapping[str, Any]) -> str:
    """Return the text by which a row is found; empty when it has none."""
    return "\n".join(values[name] for name in spec.searched if values[name])


def _index(raw: Raw, spec: TableSpec, row: str, body: str, *, fresh: bool) -> None:
    key = None
    if not fresh:
        found = raw.execute(
            "SELECT key FROM search_entry WHERE row_id = ? AND table_name = ?", (row, spec.name)
        ).fetchone()
        key = found[0] if found else None
    if key is not None:
        raw.execute("DELETE FROM search WHERE rowid = ?", (key,))
    if not body:
        if key is not None:
            raw.execute("DELETE FROM search_entry WHERE key = ?", (key,))
        return
    if key is None:
        key = raw.execute(
            "INSERT INTO search_entry (table_name, row_id) VALUES (?, ?)", (spec.name, row)
        ).lastrowid
    raw.execute("INSERT INTO search (rowid, body) VALUES (?, ?)", (key, body))


def write_state(raw: Raw, spec: TableSpec, row: str, state: RowState, *, fresh: bool = False) -> None:
    """Write one row; `fresh`: it is certain that nothing of it is in any table."""
    raw.execute(_upsert_sql(spec.name), _row_cells(spec, row, state))
    if spec.searched:
        body = "" if state.deleted or not state.known else search_text(spec, state.values)
        _index(raw, spec, row, body, fresh=fresh)
    if not fresh:
        raw.execute("DELETE FROM conflict WHERE row_id = ? AND table_name = ?", (row, spec.name))
    for name in state.conflicts:
        raw.execute(
            "INSERT INTO conflict (table_name, row_id, field) VALUES (?, ?, ?)", (spec.name, row, name)
        )


def write_stubs(raw: Raw, parents: Iterable[Row]) -> None:
    """Make sure that rows that others name exist."""
    for table, row in parents:
        if table in folded:
            raw.execute(f'INSERT INTO "{table}" (id) VALUES (?) ON CONFLICT DO NOTHING', (row,))


def fold_rows(raw: Raw, rows: Iterable[Row]) -> None:
    """Fold these rows anew from the whole of their log."""
    parents: set[Row] = set()
    for table, row in sorted(rows):
        spec = tables().get(table)
        if spec is None:
            continue
        state = fold_row(spec, log.changes_of_row(raw, table, row), log.erased_fields(raw, table, row))
        write_state(raw, spec, row, state)
        parents.update(state.parents)
    write_stubs(raw, parents)


def create_tables(raw: Raw, names: Sequence[str] | None = None) -> None:
    """Create tables (None: all of them) and, with them, the search index."""
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    dialect = sqlite.dialect()
    for table in metadata.sorted_tables:
        if names is not None and table.name not in names:
            continue
        raw.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda item: str(item.name)):
            raw.execute(str(CreateIndex(index).compile(dialect=dialect)))
    if names is None or "search" in names:
        raw.execute(SEARCH_SQL)
        raw.execute(SEARCH_SECURE_SQL)


DERIVED = (*folded, "conflict", "search_entry", "search")
"""Every table that follows from the log."""


def all_states(raw: Raw) -> dict[Row, RowState]:
    """Return the fold of the whole log, rows that are only named by others included."""
    grouped: dict[Row, list[Change]] = defaultdict(list)
    for item in raw.execute(log.SELECT_CHANGE):
        change = log.parse_change(item)
        if change.table in folded:
            grouped[change.table, change.row].append(change)
    erased: dict[Row, set[str]] = defaultdict(set)
    for erasure in log.erasures(raw):
        erased[erasure.table, erasure.row].add(erasure.field)
    states: dict[Row, RowState] = {}
    for row, changes in grouped.items():
        states[row] = fold_row(tables()[row[0]], changes, erased.get(row, ()))
    named = {parent for state in states.values() for parent in state.parents if parent[0] in folded}
    for row in named - states.keys():
        states[row] = fold_row(tables()[row[0]], ())
    return states


def rebuild(raw: Raw) -> None:
    """Make every folded table anew from the log, inside the caller's transaction."""
    states = all_states(raw)
    for name in DERIVED:
        raw.execute(f'DELETE FROM "{name}"')
    for (table, row), state in sorted(states.items()):
        write_state(raw, tables()[table], row, state, fresh=True)


def drop_derived(raw: Raw) -> None:
    """Drop every folded table, so that a migration can make them in their new form."""
    raw.execute("DROP TABLE IF EXISTS search")
    for table in reversed(metadata.sorted_tables):
        if table.name in DERIVED:
            raw.execute(f'DROP TABLE IF EXISTS "{table.name}"')
