"""The kinds of torture: how many runs are wanted of each, and what one run does with a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.torture import coverage, faults, histories, hostile, planted, power, processes, windows


@dataclass(frozen=True)
class Torture:
    """`run` takes a seed and a folder, and raises AssertionError; `at_once`: runs between two looks at the clock."""

    about: str
    wanted: int
    run: Callable[[int, Path], None]
    at_once: int = 5


KINDS = {
    "faults": Torture(
        "an operation in which a system call that writes fails (ENOSPC, EIO, EACCES) or kills the process",
        5_000,
        faults.run,
        20,
    ),
    "power": Torture(
        "a power cut in an operation: of what was not synced a part is on the disk, in any order", 5_000, power.run, 20
    ),
    "dossiers": Torture("a damaged dossier through a command", 2_000, hostile.dossier, 2),
    "window dossiers": Torture("a damaged or hostile dossier in the window", 200, windows.dossier),
    "readers": Torture("a changed input through its reader", 100_000, hostile.reader, 200),
    "histories": Torture("a history of up to five people on a folder with a bad sync client", 10_000, histories.run),
    "words": Torture("a planted word after each of up to fourteen operations", 2_000, planted.run, 1),
    "processes": Torture("such a history in which each person is a process, killed sometimes", 500, processes.run),
    "keys": Torture(f"{windows.EVENTS:,} random keys and clicks in the window", 100, windows.keys, 1),
    "coverage": Torture(f"{coverage.INPUTS:,} inputs, found by coverage, through a reader", 220, coverage.run, 1),
}


def available() -> list[str]:
    """Return the kinds that this computer can run: some need a C compiler or Linux, one a package."""
    needs = {"faults": faults.compiler, "power": faults.compiler, "coverage": coverage.available}
    needs |= {"keys": windows.available, "window dossiers": windows.available}
    return [name for name in KINDS if name not in needs or needs[name]()]
