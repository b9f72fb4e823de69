"""Histories of up to five colleagues with one dossier in a folder of a bad sync client, drawn by a seed.

A history is a list of steps; one that fails is saved as JSON, and can be played again (`replay`).
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.colleagues import Colleague, Colleagues, first_version, memory_folder

MOST_STEPS = 40
Step = tuple[str, int, int, int]
"""What is done, by whom, and two numbers that choose among what there is."""


def _back_up(team: Colleagues, copy: WorkingCopy, step: Step) -> None:
    copy.backup()
    team.restore(step[1], step[2])


AT_WORK: dict[str, Callable[[Colleagues, WorkingCopy, Step], object]] = {
    "note": lambda team, copy, step: team.note(copy.dossier, step[3] % 4),
    "change": lambda team, copy, step: team.change(copy.dossier, step[2], step[3] % 4),
    "undo": lambda team, copy, step: copy.dossier.redo() if step[2] % 2 else copy.dossier.undo(),
    "erase": lambda team, copy, step: team.erase(copy, step[2]),
    "same": lambda team, copy, step: team.same(copy.dossier, apart=bool(step[2] % 2)),
    "choose": lambda team, copy, step: team.choose(copy.dossier, step[2]),
    "share": lambda team, copy, step: team.share(copy, step[2]),
    "merge mail": lambda team, copy, step: team.merge_mail(copy, step[2]),
    "back up": _back_up,
}
"""With the dossier open."""

AROUND: dict[str, Callable[[Colleagues, Step], object]] = {
    "join": lambda team, step: team.join(),
    "work in mail": lambda team, step: team.work_in_mail(step[1], step[2]),
    "turn the clock": lambda team, step: team.turn(step[1], step[2]),
    "publish": lambda team, step: _person(team, step).publish(),
    "close": lambda team, step: _person(team, step).leave(crash=False),
    "crash": lambda team, step: _person(team, step).leave(crash=True),
    "sync": lambda team, step: _person(team, step).sync(step[2] % 4),
    "half a file": lambda team, step: _person(team, step).half(),
    "conflict copy": lambda team, step: _person(team, step).duplicate(step[2] % 4),
    "old file": lambda team, step: team.old_over(step[1], step[2] % 4),
}


def _person(team: Colleagues, step: Step) -> Colleague:
    return team.people[step[1] % len(team.people)]


@cache
def first() -> bytes:
    """Return the dossier with which every history begins."""
    with memory_folder() as folder:
        return first_version(folder)


def drawn(seed: int) -> list[Step]:
    """Return the history of a seed."""
    chance = random.Random(seed)
    names = sorted({**AT_WORK, **AROUND})
    often = [*names, *("note", "change", "publish", "sync") * 3]
    return [
        (chance.choice(often), chance.randint(0, 4), chance.randint(0, 9), chance.randint(0, 9))
        for _ in range(chance.randint(5, MOST_STEPS))
    ]


def play(team: Colleagues, step: Step) -> None:
    """Do one step."""
    if step[0] in AROUND:
        AROUND[step[0]](team, step)
    elif copy := team.at_work(step[1]):
        AT_WORK[step[0]](team, copy, step)


def replay(steps: Sequence[Step]) -> None:
    """Play a history; AssertionError if anything is lost, readable or different in the end."""
    with memory_folder() as folder:
        team = Colleagues(folder, first())
        try:
            for step in steps:
                play(team, step)
            team.check()
        finally:
            team.close()


@contextmanager
def saved(steps: Sequence[Step], path: Path) -> Iterator[None]:
    """Save a history that fails."""
    try:
        yield
    except BaseException:
        path.write_text(json.dumps(steps, indent=1))
        raise


def run(seed: int, place: Path) -> None:
    """Play the history of a seed; save it if it fails."""
    steps = drawn(seed)
    with saved(steps, place / f"history-{seed}.json"):
        replay(steps)
