"""Writes folded rows into the tables, the search index and the list of conflicts; never with REPLACE."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from sto_desktop.domain.log.change import Change
from sto_desktop.domain.log.fold import RowState, fold_row, stub
from sto_desktop.domain.record import DELETED, FieldSpec, FieldType, TableSpec, canonical
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw
from sto_desktop.storage.file.schema import SEARCH_SETTINGS_SQL, SEARCH_SQL, TABLES, columns_of, folded
from sto_desktop.storage.log import log

Row = tuple[str, str]
"""A table name and a row id."""

_INSERT_ENTRY = "INSERT INTO search_entry (key, table_name, row_id) VALUES (?, ?, ?)"
_INSERT_SEARCH = "INSERT INTO search (rowid, body) VALUES (?, ?)"
_ANY_CONFLICT = "SELECT 1 FROM conflict LIMIT 1"
_INSERT_CONFLICT = "INSERT INTO conflict (table_name, row_id, field) VALUES (?, ?, ?)"
_STATEMENTS = 1000
"""Statements that are kept: new rows of a table differ in which of its columns they have a value for."""


_ALWAYS = ("id", "known")


@cache
def _column_names(table: str) -> tuple[str, ...]:
    spec = tables()[table]
    names = ["id", DELETED, "known"]
    for field in spec.fields.values():
        names.extend(columns_of(field))
    return tuple(names)


@cache
def _missing_sql(table: str) -> str:
    return f'SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM "{table}")'


@lru_cache(_STATEMENTS)
def _upsert_sql(table: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names[1:])
    values = ", ".join("?" * len(names))
    return f'INSERT INTO "{table}" ({columns}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET {updates}'


Cells = Callable[[Any], tuple[Any, ...]]


def _plain(value: Any) -> tuple[Any, ...]:
    return (value,)


def _yes_or_no(value: Any) -> tuple[Any, ...]:
    return (int(value),)


_CELLS: Mapping[FieldType, Cells] = {
    FieldType.TEXT: _plain,
    FieldType.INTEGER: _plain,
    FieldType.REFERENCE: _plain,
    FieldType.BOOLEAN: _yes_or_no,
    FieldType.POSITION: tuple,
}


@cache
def _cells_of(table: str) -> Mapping[str, tuple[Cells, Any, tuple[str, ...]]]:
    """Return, by field of a table, the function that converts its value to cells, its default, and its columns."""

    def encoded(field: FieldSpec) -> Cells:
        return lambda value: (field.encode(value),)

    return {
        field.name: (_CELLS.get(field.kind) or encoded(field), field.default, columns_of(field))
        for field in tables()[table].fields.values()
    }


def _row_cells(spec: TableSpec, row: str, state: RowState) -> list[Any]:
    cells: list[Any] = [row, int(state.deleted), int(state.known)]
    values = state.values
    for name, (of, _, _) in _cells_of(spec.name).items():
        cells += of(values[name])
    return cells


def _insert_rows(raw: Raw, spec: TableSpec, states: Iterable[tuple[str, RowState]]) -> None:
    """Insert rows (id and state) of one table, of which at most a stub is there.

    Only the cells that are not the default of their column: handing a cell to SQLite costs as much as storing a few.
    """
    alike: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)
    cells_of = _cells_of(spec.name)
    for row, state in states:
        cells: list[Any] = [row, int(state.known)]
        names: tuple[str, ...] = _ALWAYS
        if state.deleted:
            cells.append(1)
            names += (DELETED,)
        values = state.values
        for name in cells_of if state.given is None else state.given:
            of, usual, columns = cells_of[name]
            value = values[name]
            if value is not usual:
                cells += of(value)
                names += columns
        alike[names].append(cells)
    for names, rows in alike.items():
        raw.executemany(_upsert_sql(spec.name, names), rows)


def search_text(spec: TableSpec, state: RowState) -> str:
    """Return the search text of a row; empty if it has none or is deleted."""
    if state.deleted or not state.known:
        return ""
    return "\n".join(state.values[name] for name in spec.searched if state.values[name])


def _index(raw: Raw, spec: TableSpec, row: str, body: str) -> None:
    """Update the search index for a row that may already be in it."""
    entry = raw.execute(
        "SELECT e.key, s.body FROM search_entry AS e JOIN search AS s ON s.rowid = e.key"
        " WHERE e.row_id = ? AND e.table_name = ?",
        (row, spec.name),
    ).fetchone()
    if entry is None:
        if body:
            _index_all(raw, [(spec.name, row, body)])
        return
    key, indexed = entry
    # Rewriting the index is expensive, and most edits leave the text unchanged.
    if body == indexed:
        return
    raw.execute("DELETE FROM search WHERE rowid = ?", (key,))
    if body:
        raw.execute(_INSERT_SEARCH, (key, body))
    else:
        raw.execute("DELETE FROM search_entry WHERE key = ?", (key,))


def write_states(raw: Raw, states: Mapping[Row, RowState], fresh: Collection[Row] = ()) -> None:
    """Write folded rows, with stubs for the rows they refer to; `fresh`: rows that have at most a stub in any table."""
    # Stubs first, so that no reference is ever unresolved.
    _write_stubs(raw, {parent for state in states.values() for parent in state.parents} - states.keys())
    for table, group in groupby(sorted(states.items(), key=_parents_first), key=lambda pair: pair[0][0]):
        group_states = [(row, state) for (_, row), state in group]
        spec = tables()[table]
        _insert_rows(raw, spec, (pair for pair in group_states if (table, pair[0]) in fresh))
        written = [pair for pair in group_states if (table, pair[0]) not in fresh]
        if written:
            raw.executemany(_upsert_sql(table, _column_names(table)), [_row_cells(spec, *pair) for pair in written])
        old = [(row, table) for row, _ in written]
        conflicts = [(table, row, name) for row, state in group_states for name in state.conflicts]
        # Skip the conflict statements where there are no conflicts: even an empty statement takes time.
        if old and raw.execute(_ANY_CONFLICT).fetchone():
            raw.executemany("DELETE FROM conflict WHERE row_id = ? AND table_name = ?", old)
        if conflicts:
            raw.executemany(_INSERT_CONFLICT, conflicts)
    # Write the index last: a statement on another table would make FTS5 flush its memory each time.
    new: list[tuple[str, str, str]] = []
    for (table, row), state in states.items():
        spec = tables()[table]
        if spec.searched:
            body = search_text(spec, state)
            if (table, row) not in fresh:
                _index(raw, spec, row, body)
            elif body:
                new.append((table, row, body))
    _index_all(raw, new)


def _index_all(raw: Raw, bodies: Sequence[tuple[str, str, str]]) -> None:
    """Add rows (table, id, text) that are not yet in the search index."""
    if not bodies:
        return
    last = raw.execute("SELECT coalesce(max(key), 0) FROM search_entry").fetchone()[0]
    raw.executemany(_INSERT_ENTRY, [(last + at, table, row) for at, (table, row, _) in enumerate(bodies, 1)])
    raw.executemany(_INSERT_SEARCH, [(last + at, body) for at, (_, _, body) in enumerate(bodies, 1)])


def _write_stubs(raw: Raw, parents: Iterable[Row]) -> None:
    for table, ids in groupby(sorted(parents), key=lambda row: row[0]):
        if table in folded:
            missing = raw.execute(_missing_sql(table), (canonical([row for _, row in ids]),)).fetchall()
            raw.executemany(f'INSERT INTO "{table}" (id) VALUES (?)', missing)


def fold_rows(raw: Raw, rows: Iterable[Row], new: Mapping[Row, Sequence[Change]] | None = None) -> None:
    """Refold these rows from their whole log; `new`: all changes of rows that were unknown before."""
    states: dict[Row, RowState] = {}
    fresh = new or {}
    erased = log.erased_by_row(raw)
    for table, row in (*rows, *fresh):
        spec = tables().get(table)
        changes = (fresh.get((table, row)) or log.changes_of_row(raw, table, row)) if spec else ()
        if spec and changes:
            states[table, row] = fold_row(spec, changes, erased.get((table, row), ()))
    write_states(raw, states, fresh.keys())


def _parents_first(pair: tuple[Row, RowState]) -> tuple[int, str]:
    (table, row), _ = pair
    return _rank()[table], row


@cache
def _rank() -> Mapping[str, int]:
    return {name: place for place, name in enumerate(tables())}


def create_tables(raw: Raw) -> None:
    """Create all tables and the search index."""
    for _, table in sorted(TABLES.items()):
        for statement in table.create():
            raw.execute(statement)
    create_search(raw)


def create_search(raw: Raw) -> None:
    """Create an empty search index."""
    raw.execute(SEARCH_SQL)
    for statement in SEARCH_SETTINGS_SQL:
        raw.execute(statement)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Disable garbage collection: among a hundred thousand changes it finds no cycles, but adds a third to the time."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # Restore the caller's state, which may have it disabled already.
        if wanted:
            gc.enable()


def all_states(raw: Raw) -> dict[Row, RowState]:
    """Return the fold of the whole log, including rows that are only referred to."""
    with without_collecting():
        return _all_states(raw)


def _all_states(raw: Raw) -> dict[Row, RowState]:
    grouped: dict[Row, list[Change]] = defaultdict(list)
    for change in log.parsed(raw.execute(log.SELECT_CHANGE)):
        if change.table in folded:
            grouped[change.table, change.row].append(change)
    erased = log.erased_by_row(raw)
    states: dict[Row, RowState] = {}
    for row, changes in grouped.items():
        states[row] = fold_row(tables()[row[0]], changes, erased.get(row, ()))
    # Rows that are only referred to need a row too, or the reference would be invalid.
    named = {parent for state in states.values() for parent in state.parents if parent[0] in folded}
    for row in named - states.keys():
        states[row] = stub(tables()[row[0]])
    return states


def rebuild(raw: Raw) -> None:
    """Rebuild every folded table from the log, inside the caller's transaction."""
    with without_collecting():
        _rebuild(raw)


def _rebuild(raw: Raw) -> None:
    states = _all_states(raw)
    raw.execute("DROP TABLE search")
    for name in ("search_entry", "conflict", *reversed(tuple(tables()))):
        raw.execute(f'DELETE FROM "{name}"')
    create_search(raw)
    ordered = sorted(states.items(), key=_parents_first)
    bodies: list[tuple[str, str, str]] = []
    # Insert parents first: otherwise each later parent row triggers a lookup of its children.
    for table, group in groupby(ordered, key=lambda pair: pair[0][0]):
        spec = tables()[table]
        group_states = [(row, state) for (_, row), state in group]
        _insert_rows(raw, spec, group_states)
        raw.executemany(
            _INSERT_CONFLICT, [(table, row, name) for row, state in group_states for name in state.conflicts]
        )
        if spec.searched:
            bodies += [(table, row, body) for row, state in group_states if (body := search_text(spec, state))]
    _index_all(raw, bodies)
    raw.execute("INSERT INTO search (search) VALUES ('optimize')")


def expected_rows(states: Mapping[Row, RowState]) -> Iterator[tuple[str, str, *tuple[Any, ...]]]:
    """Yield every row that the tables should hold: its kind, the id of its subject, and its cells."""
    for (table, row), state in states.items():
        spec = tables()[table]
        yield (table, *_row_cells(spec, row, state))
        if spec.searched and (body := search_text(spec, state)):
            yield ("search", row, table, body)
        for name in state.conflicts:
            yield ("conflict", row, table, name)


def stored_rows(raw: Raw) -> Iterator[tuple[str, str, *tuple[Any, ...]]]:
    """Yield every row that the tables do hold, in the form of `expected_rows`."""
    for table in tables():
        columns = ", ".join(f'"{name}"' for name in _column_names(table))
        for row in raw.execute(f'SELECT {columns} FROM "{table}"'):
            yield (table, *row)
    entries = "SELECT e.row_id, e.table_name, s.body FROM search_entry AS e LEFT JOIN search AS s ON s.rowid = e.key"
    for row in raw.execute(entries):
        yield ("search", *row)
    for row in raw.execute("SELECT row_id, table_name, field FROM conflict"):
        yield ("conflict", *row)
