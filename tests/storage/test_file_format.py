"""docs/FILE_FORMAT.md is enough: a reader of its own, with Python's sqlite3 alone, sees the same notes."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from pathlib import Path

from sto_desktop.domain.actions.notes import delete_notes
from sto_desktop.domain.record import tables
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.example import add_example_panel

PAGE = Path(__file__).resolve().parents[2] / "docs" / "FILE_FORMAT.md"


def fold_by_the_page(path: Path) -> dict[str, dict[str, object]]:
    """Fold the notes of a dossier as the page says, knowing nothing of the program."""
    raw = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    rows = defaultdict(list)
    found = raw.execute("SELECT stamp, writer, row_id, fields, supersedes FROM change WHERE table_name = 'note'")
    for stamp, writer, row, fields, supersedes in found:
        rows[row].append(((stamp, writer), json.loads(fields), json.loads(supersedes)))
    raw.close()
    notes: dict[str, dict[str, object]] = {}
    for row, changes in rows.items():
        values: dict[str, object] = {}
        for _, fields, _ in sorted(changes, key=lambda change: change[0]):
            values |= fields
        if not values.pop("deleted", False):
            notes[row] = values
    return notes


def test_another_program_reads_the_same_notes(tmp_path: Path) -> None:
    path = tmp_path / "o.sto"
    copy = Workplace.here().create(path)
    panel = add_example_panel(copy.dossier, "oldenzaal")
    copy.dossier.apply(delete_notes([copy.dossier.read.notes(panel)[3].id]))
    ours = {note.id: note.text for note in copy.dossier.read.notes(panel)}
    copy.close()
    theirs = fold_by_the_page(path)
    assert {row: values["text"] for row, values in theirs.items()} == ours
    raw = sqlite3.connect(path)
    told = raw.execute(
        "SELECT note.id, note.text FROM note LEFT JOIN question ON question.id = note.question"
        " WHERE note.panel = ? AND note.deleted = 0 AND note.known = 1",
        (panel,),
    )
    assert dict(told.fetchall()) == ours
    assert raw.execute("PRAGMA application_id").fetchone() == (0x53544F44,)
    raw.close()


def test_the_page_names_every_table_and_field() -> None:
    lines = {
        line.split("|")[1].strip(): line for line in PAGE.read_text(encoding="utf-8").splitlines() if "| `" in line
    }
    for name, spec in tables().items():
        line = lines[f"`{name}`"]
        assert all(f"`{field}`" in line for field in spec.fields)
