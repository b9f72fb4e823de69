"""Counts the work of SQLite: it is the same each time, which no time is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sto_desktop.storage.file.database import Raw

STEP = 10


@dataclass
class Work:
    """What a block did: its statements, each row of an `executemany` too, and the steps of SQLite's virtual machine: a
    row that is read, found or compared takes a few."""

    statements: list[str] = field(default_factory=list)
    steps: int = 0


@contextmanager
def counted(raw: Raw) -> Iterator[Work]:
    """Count what is done over a connection in a block."""
    work = Work()

    def step() -> None:
        work.steps += STEP

    raw.set_trace_callback(work.statements.append)
    raw.set_progress_handler(step, STEP)
    try:
        yield work
    finally:
        raw.set_trace_callback(None)
        raw.set_progress_handler(None, 0)
