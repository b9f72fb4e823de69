"""Measures labelling 10,000 of 100,000 notes as one action, and undoing it; against writing the same rows into the same
tables of a copy of the dossier."""

from __future__ import annotations

import gc
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.dossiers import AUTHOR, dossier
from sto_desktop.domain.actions.labels import label_notes
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw, connect_working
from sto_desktop.storage.whole_file.backup import copy_dossier
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copies import WorkingCopies

NOTES, LABELLED = 100_000, 10_000
ROUNDS = 3


@dataclass
class _Rows:
    """Rows of one table, by the names of their columns."""

    table: str
    names: list[str]
    rows: list[tuple[Any, ...]]


def _taken(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _in_order_of_arrival(raw: Raw) -> dict[str, int]:
    return {table: raw.execute(f"SELECT max(seq) FROM {table}").fetchone()[0] for table in ("action", "change")}


def _written(raw: Raw, since: dict[str, int]) -> list[_Rows]:
    """Return what an action wrote: its rows of the log, and the folded rows as they are now, parents first."""
    logged = [_read(raw, table, "seq > ?", seq) for table, seq in since.items()]
    changes = logged[-1]
    of_table, of_row = changes.names.index("table_name"), changes.names.index("row_id")
    ids: dict[str, list[str]] = {table: [] for table in tables()}
    for row in changes.rows:
        ids[row[of_table]].append(row[of_row])
    wanted = {table: json.dumps(rows) for table, rows in ids.items() if rows}
    return [
        *logged,
        *(_read(raw, table, "id IN (SELECT value FROM json_each(?))", ids) for table, ids in wanted.items()),
    ]


def _read(raw: Raw, table: str, where: str, value: object) -> _Rows:
    described = raw.execute(f'PRAGMA table_info("{table}")').fetchall()
    names = [name for _, name, *_ in described if name not in ("seq", "key")]
    chosen = ", ".join(f'"{name}"' for name in names)
    return _Rows(table, names, raw.execute(f'SELECT {chosen} FROM "{table}" WHERE {where}', (value,)).fetchall())


def _write(raw: Raw, written: list[_Rows]) -> None:
    """Write the same rows with SQL alone, in one transaction."""
    raw.execute("BEGIN IMMEDIATE")
    for part in written:
        names, values = ", ".join(f'"{name}"' for name in part.names), ", ".join("?" * len(part.names))
        sql = f'INSERT INTO "{part.table}" ({names}) VALUES ({values})'
        if "deleted" in part.names:
            sql += " ON CONFLICT (id) DO UPDATE SET deleted = excluded.deleted"
        raw.executemany(sql, part.rows)
    raw.execute("COMMIT")


def _undo_last(dossier: Dossier) -> object:
    last = dossier.to_undo()
    assert last is not None
    return dossier.undo_only(last)


def measure() -> list[dict[str, Any]]:
    """Return rows of name, seconds of ours and of the minimum, and their ratio."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = Path(shutil.copyfile(dossier(NOTES), folder / "dossier.sto"))
        copy = WorkingCopies(folder / "home").open(path, Identity(AUTHOR, "laptop"))
        raw = copy.dossier.raw
        copy_dossier(raw, folder / "raw.sto", None)
        bare = connect_working(folder / "raw.sto")
        notes = [note for (note,) in raw.execute("SELECT id FROM note ORDER BY position, id LIMIT ?", (LABELLED,))]
        contents = copy.dossier.read.notes.some(notes)
        # The window collects garbage when it has time (ui/base/garbage.py).
        gc.disable()
        both: dict[str, list[tuple[float, float]]] = {"label": [], "undo the label of": []}
        for number in range(ROUNDS):
            label = label_notes(contents, [f"label{number}"])
            # As the window does it.
            deeds: list[Callable[[], object]] = [
                lambda: copy.write_apart(lambda apart: apart.apply(label), lambda: False),  # noqa: B023
                lambda: copy.write_apart(_undo_last, lambda: False),
            ]
            for name, deed in zip(both, deeds, strict=True):
                since = _in_order_of_arrival(raw)
                ours = _taken(deed)
                written = _written(raw, since)
                assert len(written[-1].rows) == LABELLED
                both[name].append((ours, _taken(lambda: _write(bare, written))))  # noqa: B023
        gc.enable()
        bare.close()
        copy.close()
        return [
            _row(f"{name} {LABELLED:,} notes as one action / the same rows raw", times) for name, times in both.items()
        ]


def _row(name: str, times: list[tuple[float, float]]) -> dict[str, Any]:
    ours, raw = map(statistics.median, zip(*times, strict=True))
    return {"name": name, "ours_s": ours, "raw_s": raw, "ratio": ours / raw}
