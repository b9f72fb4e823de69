"""Runs in the real window, in processes that serve many: see `window.py`. Looks at what they answer."""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.torture.hostile import MOST_KIB, MOST_SECONDS, sound

ROOT = Path(__file__).resolve().parents[2]
EVENTS = 2_000
"""Keys and clicks in one run."""
RUNS = {"keys": 40, "window dossiers": 25}
"""Runs of one process: many of keys, to see whether memory grows; few of dossiers, since all memory counts there."""
LOOK_EVERY = 10_000
"""Events after which memory is looked at."""
MOST_GROWTH_KIB = 64 * 1024
_PATIENCE = 600


@dataclass
class _Server:
    process: subprocess.Popen[str]
    said: Path
    runs: int = 0
    memory: list[int] = field(default_factory=list)

    def end(self) -> None:
        """Kill the process."""
        self.process.kill()
        self.process.communicate()


@cache
def _servers() -> dict[str, _Server]:
    found: dict[str, _Server] = {}

    def end() -> None:
        for server in found.values():
            server.end()

    atexit.register(end)
    return found


def _server(kind: str, place: Path) -> _Server:
    if (old := _servers().get(kind)) and old.runs >= RUNS[kind]:
        _servers().pop(kind).end()
    if kind not in _servers():
        said = place / f"{kind}.stderr"
        with said.open("w") as err:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.torture.window"],
                # What is printed to a file lands here.
                cwd=place,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=err,
                text=True,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "QT_QPA_PLATFORM": "offscreen",
                    "WAKEPY_FAKE_SUCCESS": "yes",
                },
            )
        assert process.stdout is not None
        if not process.stdout.readline():
            process.communicate()
            raise RuntimeError(f"It did not start, so nothing was tried: {said.read_text()[-2000:]}")
        _servers()[kind] = _Server(process, said)
    return _servers()[kind]


def _asked(kind: str, seed: int, place: Path, **more: object) -> tuple[_Server, dict[str, Any]]:
    server = _server(kind, place)
    folder = place / f"{kind} {seed}"
    folder.mkdir()
    assert server.process.stdin is not None
    assert server.process.stdout is not None
    server.process.stdin.write(json.dumps({"kind": kind, "seed": seed, "folder": str(folder), **more}) + "\n")
    server.process.stdin.flush()
    heard = select.select([server.process.stdout], [], [], _PATIENCE)[0]
    line = server.process.stdout.readline() if heard else ""
    if not line:
        _servers().pop(kind).end()
        raise AssertionError(f"{'crashed' if heard else 'hangs'}: {server.said.read_text()[-4000:]}")
    answer = json.loads(line)
    server.runs += 1
    shutil.rmtree(folder)
    if answer["wrong"]:
        # What is left of it would be seen in the next run.
        _servers().pop(kind).end()
        raise AssertionError(answer["wrong"])
    return server, answer


def available() -> bool:
    """Return whether this computer tells how much memory a process has had."""
    return Path("/proc/self/clear_refs").exists()


def dossier(seed: int, place: Path) -> None:
    """Open a damaged or hostile dossier in the window: shown, or refused in words and not written."""
    sound(place)
    _, answer = _asked("window dossiers", seed, place)
    assert answer["seconds"] < MOST_SECONDS, f"{answer['seconds']:.1f} s"
    assert answer["peak"] < MOST_KIB, f"{answer['peak'] // 1024} MiB"


def keys(seed: int, place: Path) -> None:
    """Press and click at random in all stages: nothing goes wrong, and memory does not grow with each window."""
    server, answer = _asked("keys", seed, place, events=EVENTS)
    server.memory.append(answer["rss"])
    record_file = ROOT / "build" / "torture" / "memory.csv"
    record_file.parent.mkdir(parents=True, exist_ok=True)
    with record_file.open("a", encoding="utf-8") as record:
        record.write(f"{server.process.pid},{seed},{len(server.memory) * EVENTS},{answer['rss'] // 1024}\n")
    grown = growth(server.memory[LOOK_EVERY // EVENTS - 1 :: LOOK_EVERY // EVENTS], RUNS["keys"] * EVENTS // LOOK_EVERY)
    assert grown < MOST_GROWTH_KIB, f"memory grew by {grown // 1024} MiB: {[kib // 1024 for kib in server.memory]}"


def growth(memory: list[int], looks: int) -> int:
    """Return by how much memory grew after the first quarter of so many looks."""
    settled = memory[looks // 4 - 1 :]
    return max(settled, default=0) - settled[0] if settled else 0
