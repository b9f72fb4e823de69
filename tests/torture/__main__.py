"""`make torture`: takes up where the last run stopped, adds its counts to docs/TORTURE.md, and stops after some time.

`python -m tests.torture --seconds 600`, with `--only KIND` one kind, and with `--seed N` one seed of it again.
`--play FILE` plays a history that failed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.torture import table
from tests.torture.kinds import KINDS, available

FAILED = Path("build/torture")


def main() -> int:
    """Run until the time is over or all that is wanted is done; return how many failed."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=600)
    asked.add_argument("--only", choices=sorted(KINDS))
    asked.add_argument("--seed", type=int)
    asked.add_argument("--play", type=Path)
    options = asked.parse_args()
    if options.play:
        from tests.torture.histories import replay

        replay([tuple(step) for step in json.loads(options.play.read_text())])
        return 0
    names = [options.only] if options.only else available()
    FAILED.mkdir(parents=True, exist_ok=True)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="torture-", dir=memory) as folder:
        place = Path(folder)
        # Commands of the program use a home of their own.
        os.environ.update({"HOME": folder, "XDG_DATA_HOME": f"{folder}/data", "XDG_CONFIG_HOME": f"{folder}/config"})
        if options.seed is not None:
            KINDS[names[0]].run(options.seed, place)
            return 0
        return _until(time.monotonic() + options.seconds, names, place)


def _until(end: float, names: list[str], place: Path) -> int:
    counts, failed = table.read(), 0
    while time.monotonic() < end:
        due = [name for name in names if counts[name].done < KINDS[name].wanted]
        if not due:
            break
        # Whichever is furthest behind.
        name = min(due, key=lambda one: counts[one].done / KINDS[one].wanted)
        first = counts[name].done
        for seed in range(first, min(first + KINDS[name].at_once, KINDS[name].wanted)):
            try:
                KINDS[name].run(seed, place)
            except AssertionError as error:
                failed += 1
                counts[name].failed.append(seed)
                (FAILED / f"{name}-{seed}.txt").write_text(str(error))
                print(f"{name} {seed}: {str(error)[:300]}", file=sys.stderr)
            counts[name].done = seed + 1
        # Another kind may be at work at the same time.
        table.write({**table.read(), name: counts[name]})
    for file in place.glob("*-*.json"):
        (FAILED / file.name).write_bytes(file.read_bytes())
    return failed


if __name__ == "__main__":
    sys.exit(min(1, main()))
