"""Measures the vogelvlucht of 1,000 panels with 500,000 notes, against reading the same rows and no more."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

COPIES = 200
"""The example has five panels; this many copies make a thousand."""
NOTES_EACH = 8
"""Copies of each note within its panel, which then has about 500."""
ROUNDS = 3

_LINKED = {
    "panel": (),
    "panelist": ("panel",),
    "voice": ("note", "panelist"),
    "insight": ("panel",),
    "insight_note": ("insight", "note"),
    "recommendation": ("panel",),
    "recommendation_theme": ("recommendation",),
    "recommendation_note": ("recommendation", "note"),
    "recommendation_insight": ("recommendation", "insight"),
}


def multiply(raw: Any) -> None:
    """Copy the rows of the example within the folded tables with SQL only: reading does not use the log."""
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("CREATE TEMP TABLE copy_no (n INTEGER PRIMARY KEY)")
    raw.executemany("INSERT INTO copy_no VALUES (?)", [(number,) for number in range(1, COPIES)])
    raw.execute("CREATE TEMP TABLE note_no (k TEXT)")
    raw.executemany(
        "INSERT INTO note_no VALUES (?)", [(f"-{number}" if number else "",) for number in range(NOTES_EACH)]
    )
    raw.execute("BEGIN")
    _copy(raw, "note", {"id": "id || '-' || n || k", "panel": "panel || '-' || n"}, "copy_no, note_no")
    for table, links in _LINKED.items():
        _copy(raw, table, {name: f"{name} || '-' || n" for name in ("id", *links)}, "copy_no")
    raw.execute("COMMIT")
    raw.execute("PRAGMA foreign_keys = ON")


def _copy(raw: Any, table: str, changed: dict[str, str], times: str) -> None:
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})") if row[1] != "key"]
    named = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changed.get(column, f't."{column}"') for column in columns)
    raw.execute(f"INSERT INTO {table} ({named}) SELECT {values} FROM {table} AS t, {times}")


def _ours(copy: Any) -> int:
    """Read all panels and cross themes with subregions, as the window does."""
    from sto_desktop.domain.panel.overview import Axis, Overview
    from sto_desktop.storage.working.overview_read import overview_apart

    overview = Overview(overview_apart(copy))
    rows, columns = overview.heads(Axis.THEME), overview.heads(Axis.SUBREGION)
    cells = [overview.crossing((Axis.THEME, row.id), (Axis.SUBREGION, column.id)) for row in rows for column in columns]
    assert all(cell.foremost is not None for cell in cells)
    return sum(overview.content.note_counts.values())


Statement = tuple[str, Sequence[Any]]


def _statements(copy: Any) -> list[Statement]:
    """Return the statements that the vogelvlucht runs, with their values."""
    from sto_desktop.storage.read.rows import Rows

    run: list[Statement] = []
    fetch = Rows.fetch

    def recorded(rows: Rows, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        run.append((sql, values))
        return fetch(rows, sql, values)

    Rows.fetch = recorded  # type: ignore[method-assign,assignment]
    try:
        _ours(copy)
    finally:
        Rows.fetch = fetch  # type: ignore[method-assign]
    return run


def _bare(copy: Any, statements: Sequence[Statement]) -> None:
    with copy.file.apart() as raw:
        for sql, values in statements:
            raw.execute(sql, values).fetchall()


def measure() -> list[dict[str, Any]]:
    """Return a row of name, seconds of ours and of the reading alone, and their ratio."""
    from benchmarks.report import result_row
    from sto_desktop.storage.working.copies_home import Identity
    from sto_desktop.storage.working.working_copies import WorkingCopies
    from sto_desktop.workplace import Workplace
    from sto_desktop.workplace.example import make_example

    with tempfile.TemporaryDirectory() as folder:
        workplace = Workplace(Identity("Programma", "laptop"), WorkingCopies(Path(folder) / "home"))
        copy = make_example(workplace, Path(folder) / "voorbeeld.sto")
        multiply(copy.dossier.raw)
        panels = len(copy.dossier.read.panels.every())
        statements = _statements(copy)
        counted = _ours(copy)
        ours, bare = [], []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            _bare(copy, statements)
            middle = time.perf_counter()
            assert _ours(copy) == counted
            bare.append(middle - start)
            ours.append(time.perf_counter() - middle)
        copy.dossier.close()
    name = f"vogelvlucht over {panels:,} panels and {counted:,} notes, to the matrix / reading the same rows"
    return [result_row(name, min(ours), min(bare))]
