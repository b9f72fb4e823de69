"""People at their computers: real working copies, real files, and clocks that a test can set."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sto_desktop.domain.identity import new_id
from sto_desktop.domain.log.change import Action, Change, Changed, ChangeId, action, change, create, delete
from sto_desktop.domain.place import Position
from sto_desktop.domain.record import canonical
from sto_desktop.storage.log import folded, log
from sto_desktop.storage.log.merge import MergeResult, merge_log
from sto_desktop.storage.working.check import check
from sto_desktop.storage.working.copies_home import Identity
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy

PANEL, QUESTION, PANELIST = "panel-1", "question-1", "panelist-1"


class TurnableClock:
    """A wall clock that advances one second at every reading, and on request."""

    def __init__(self, start: datetime = datetime(2023, 2, 14, 13, tzinfo=UTC)) -> None:
        self.time = start

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def turn(self, by: timedelta) -> None:
        """Move the clock forward or back."""
        self.time += by


class Computer:
    """A person's computer: working copies and backups in a folder of its own."""

    def __init__(self, folder: Path, person: str = "Jan") -> None:
        self.clock = TurnableClock()
        self.who = Identity(person, f"laptop van {person}")
        self.home = folder / f"thuis-{person}"
        self.copies = WorkingCopies(self.home, self.clock)

    def create(self, path: Path, password: str | None = None) -> WorkingCopy:
        """Make a dossier."""
        return self.copies.create(path, self.who, password=password)

    def open(self, path: Path, password: str | None = None) -> WorkingCopy:
        """Open a dossier."""
        return self.copies.open(path, self.who, password)

    def files(self) -> list[Path]:
        """Return every file of the program on this computer."""
        return sorted(path for path in self.home.rglob("*") if path.is_file())


def made_panel() -> Action:
    """Return the action that makes a panel with a question and a member."""
    return action(
        "panel toevoegen",
        create("panel", PANEL, title="Panel Hengelo"),
        create("question", QUESTION, text="Wat is de opbrengst?", aspect=None),
        create("panelist", PANELIST, panel=PANEL, name="Zoë de Vries"),
    )


def note(text: str, row: str | None = None, **values: Any) -> Action:
    """Return the action that makes a note."""
    values = {"panel": PANEL, "position": Position(QUESTION, "a0"), "text": text, **values}
    return action("notitie toevoegen", create("note", row or new_id(), **values))


def edited(row: str, **values: Any) -> Action:
    """Return the action that changes a note."""
    return action("notitie wijzigen", change("note", row, **values))


def deleted(row: str, table: str = "note") -> Action:
    """Return the action that deletes a row."""
    return action("verwijderen", delete(table, row))


def merge_into(dossier: Dossier, path: Path) -> MergeResult:
    """Merge a closed dossier into an open one, which has no working copy of its own."""
    result = merge_log(dossier.raw, path)
    dossier.poll(always=True)
    return result


def text_of(dossier: Dossier, row: str) -> str | None:
    """Return the text of a note; None if it is deleted."""
    found = dossier.read.notes.get(row)
    return found.text if found else None


def tables_of(dossier: Dossier) -> Counter[tuple[Any, ...]]:
    """Return everything in the folded tables, the search index and the list of conflicts."""
    return Counter(folded.stored_rows(dossier.raw))


def log_of(dossier: Dossier) -> set[tuple[Any, ...]]:
    """Return the whole log, independent of the order of arrival."""
    raw = dossier.raw
    rows: set[tuple[Any, ...]] = {log.log_row(change) for change in changes_of(dossier)}
    rows.update(raw.execute("SELECT id, person, device, program FROM writer").fetchall())
    rows.update(raw.execute("SELECT stamp, writer, label, at, reverses FROM action").fetchall())
    rows.update(raw.execute("SELECT table_name, row_id, field FROM erasure").fetchall())
    return rows


def changes_of(dossier: Dossier) -> list[Change]:
    """Return the changes of a dossier in their order of arrival."""
    return list(log.parsed(dossier.raw.execute(f"{log.SELECT_CHANGE} ORDER BY seq")))


def assert_sound(dossier: Dossier) -> None:
    """Check everything that can be wrong with a dossier."""
    report = check(dossier)
    assert report.ok, report.sentences


class Watcher:
    """Records the notifications that a dossier sends to its views."""

    def __init__(self, dossier: Dossier) -> None:
        self.told: list[Changed] = []
        dossier.subscribe(self.told.append)

    def rows(self) -> set[tuple[str, str]]:
        """Return the rows in the notifications, and forget them."""
        rows = {row for changed in self.told for row in changed.rows}
        self.told.clear()
        return rows


@contextmanager
def other_program(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file with Python's own SQLite, as any other program might."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        yield raw


@contextmanager
def running(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run Python code in a separate process, until it prints «ready»."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


HOLDS_IT = """
    import sys, sqlite3, time
    raw = sqlite3.connect(sys.argv[1], isolation_level=None)
    for statement in sys.argv[2:]:
        raw.execute(statement)
    print("ready", flush=True)
    time.sleep(60)
"""
"""Another program that has a database open, in the middle of the statements in its arguments."""

FOREIGN = ChangeId(12 * 10**16, "another program")
"""Later than the clocks of Jan and Piet, but long before stamps run out."""


def add_change(
    path: Path,
    values: dict[str, Any],
    *,
    table: str = "note",
    row: str = "N",
    made: ChangeId = FOREIGN,
    supersedes: Iterable[tuple[str, ChangeId]] = (),
) -> None:
    """Write a change into a closed dossier as another program would."""
    superseded: dict[str, list[str]] = {}
    for name, old in supersedes:
        superseded.setdefault(name, []).append(str(old))
    with other_program(path) as raw:
        raw.execute(
            "INSERT INTO change (stamp, writer, action, table_name, row_id, fields, supersedes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (made.stamp, made.writer, made.stamp, table, row, canonical(values), canonical(superseded)),
        )


DATA = Path(__file__).parent / "data"
REVISION_0001 = DATA / "revision-0001.sto"
"""A dossier of the first version of the program, with the panel P."""

D89B78D = DATA / "d89b78d.sto"
"""The same, of a later version that still numbered its tables by hand (0002)."""

D89B78D_LOCKED = DATA / "d89b78d-wachtwoord.sto"
"""The same with the password «geheim»."""

D89B78D_WORKING = DATA / "d89b78d-werkkopie.sto"
"""The working copy after a crash of that program: also a note N9, the draft «half getypt» and the setting «panel»."""
