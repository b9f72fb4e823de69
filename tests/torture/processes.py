"""Histories as in `histories.py` in which each person is a process of its own, that is killed sometimes.

A step takes the whole team to the process of its person and back, with what the sync client knows; the open dossier
stays there.
"""

from __future__ import annotations

import multiprocessing
import random
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.colleagues import PEOPLE, Colleagues, memory_folder
from tests.storage.desk import Computer
from tests.torture.histories import AT_WORK, Step, drawn, first, play, saved

PATIENCE = 60
"""Seconds after which a process that does not answer hangs."""
_OF_THE_PROGRAM = {*AT_WORK, "publish", "close", "crash", "work in mail"}
"""Steps in which a process can be killed; in others the sync client is at work, which loses nothing by itself."""
_KILLED = 0.15
_MOST_MS = 40
_ONCE_KILLED = 1_000
"""Far beyond the numbers that a killed process may have given to notes and mailed copies."""


# In the process of a person


def _serve(pipe: Connection) -> None:
    copy: WorkingCopy | None = None
    computer: Computer | None = None
    while True:
        try:
            team, step = pipe.recv()
        except EOFError:
            return
        person = team.people[step[1] % len(team.people)]
        # An open dossier goes on with the clock with which it was opened.
        person.computer = computer = computer or person.computer
        person.open = copy
        try:
            play(team, step)
        except BaseException:
            pipe.send(traceback.format_exc())
            return
        copy, person.open = person.open, None
        pipe.send(team)


# In the process that leads


@cache
def _forking() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


@dataclass
class _Person:
    process: ForkServerProcess
    pipe: Connection

    @classmethod
    def started(cls) -> _Person:
        ours, theirs = _forking().Pipe()
        process = _forking().Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _History:
    """The team, and the process of each person at work."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        self.team = Colleagues(folder, first())
        for _ in range(self._chance.randint(0, len(PEOPLE) - 2)):
            self.team.join()
        self._people: dict[int, _Person] = {}
        self._killed_erasing = False

    def step(self, step: Step) -> None:
        """Let the person of a step do it, and perhaps kill the process before it answers or right after."""
        what, who = step[0], step[1] % len(self.team.people)
        person = self._people.get(who) or self._people.setdefault(who, _Person.started())
        kills = what in _OF_THE_PROGRAM and self._chance.random() < _KILLED
        person.pipe.send((self.team, (what, who, *step[2:])))
        if person.pipe.poll(self._chance.uniform(0, _MOST_MS) / 1000 if kills else PATIENCE):
            try:
                answer = person.pipe.recv()
            except EOFError:
                raise AssertionError(f"{step}: the process ended by itself") from None
            assert isinstance(answer, Colleagues), f"{step}: {answer}"
            self.team = answer
        else:
            assert kills, f"{step}: no answer in {PATIENCE} s"
            self._killed_erasing |= what == "erase"
        if kills:
            self._people.pop(who).kill()
            self.team.after_kill(_ONCE_KILLED)

    def check(self) -> None:
        """Kill who is still at work, and check what all of them have."""
        self.close()
        if self._killed_erasing:
            # Whether it had erased is known from the log only; then the words are nowhere.
            self.team.everybody_merges_everything()
            raw = self.team.people[0].start().dossier.raw
            self.team.erased.update(row for (row,) in raw.execute("SELECT row_id FROM erasure").fetchall())
        self.team.check()

    def close(self) -> None:
        """End every process."""
        while self._people:
            self._people.popitem()[1].kill()


def replay(steps: Sequence[Step], seed: int) -> None:
    """Play a history in processes; the seed tells which are killed, and when."""
    with memory_folder() as folder:
        history = _History(folder, seed)
        try:
            for step in steps:
                history.step(step)
            history.check()
        finally:
            history.close()
            history.team.close()


def run(seed: int, place: Path) -> None:
    """Play the history of a seed in processes; save it if it fails."""
    steps = drawn(seed)
    with saved(steps, place / f"processes-{seed}.json"):
        replay(steps, seed)
