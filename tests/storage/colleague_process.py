"""A colleague in a separate process who notes, merges mailed copies and publishes: to be killed, or to work beside
others.

`python tests/storage/colleague_process.py FOLDER PERSON DOSSIER TIMES [MAILED …]` prints «open», and then what is done:
«saved NOTE», «merged FILE», «published». TIMES 0 goes on until the process is killed.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sto_desktop.domain.errors import PublishError
from sto_desktop.storage.log.incoming import Incoming
from sto_desktop.storage.working.working_copy import WorkingCopy
from tests.storage.desk import Computer, note


def say(what: str) -> None:
    """Report to the process that started this one."""
    print(what, flush=True)


def work(copy: WorkingCopy, person: str, times: int, mailed: list[Path]) -> None:
    """Note, merge and publish this many times."""
    for number in count() if not times else range(times):
        row = f"{person}-{copy.dossier.writer.id[:6]}-{number}"
        copy.dossier.apply(note(f"{row} " * 40, row))
        say(f"saved {row}")
        if mailed:
            path = mailed[number % len(mailed)]
            (done,) = copy.merging.merge_apart([Incoming(path)])
            assert done.problem is None, str(done.problem)
            copy.dossier.poll(always=True)
            say(f"merged {path.name}")
        try:
            copy.publish()
            say("published")
        except PublishError as error:
            say(f"refused {error}")


def main() -> None:
    """Work as one person."""
    folder, person, dossier, times, *mailed = sys.argv[1:]
    computer = Computer(Path(folder), person)
    copy = computer.open(Path(dossier))
    say("open")
    work(copy, person, int(times), [Path(path) for path in mailed])
    copy.close()


if __name__ == "__main__":
    main()
