"""Opens a dossier with tables of another version, and is killed without warning at each step in turn.

`python tests/storage/kill_opening.py FOLDER DOSSIER EVERY`: FOLDER is Jan's computer before that, with or without the
files of a crash. Prints as JSON at how many steps a child process was killed, and what was wrong afterwards.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path
from types import FrameType

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sto_desktop.storage.working.check import check
from tests.storage.desk import Computer

_STEPS = {
    "execute",
    "executemany",
    "connect",
    "close",
    "replace",
    "unlink",
    "open",
    "fsync",
    "mkdir",
    "rmdir",
    "copyfile",
}
"""Calls outside Python that may write, or end a write."""


def die_at(step: int) -> None:
    """Arrange that this process is killed just before the call with that number."""
    left = step

    def look(_frame: FrameType, event: str, called: object) -> None:
        nonlocal left
        if event == "c_call" and getattr(called, "__name__", "") in _STEPS:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(look)


def is_killed_at(step: int, folder: Path, dossier: Path) -> bool:
    """Open the dossier in a child process; return whether it got far enough to be killed."""
    child = os.fork()
    if not child:
        die_at(step)
        Computer(folder).open(dossier).dossier.close()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def what_is_wrong(folder: Path, dossier: Path, published: bytes) -> list[str]:
    """Return what is wrong with the dossier after a kill."""
    if dossier.read_bytes() != published or [dossier] != list(dossier.parent.iterdir()):
        return ["the file at the path, or beside it"]
    opened = Computer(folder).open(dossier)
    found = [*check(opened.dossier).sentences] if not check(opened.dossier).ok else []
    rows = sorted(note.note.id for note in opened.dossier.read.notes.of_panel("panel-1"))
    found += [f"notes {rows}, draft {opened.dossier.draft('gesprek')!r}, unpublished {opened.unpublished}"]
    opened.dossier.set_draft("gesprek", "")
    opened.close()
    left = [file.name for file in folder.rglob("werkkopie/*/*")]
    return [*found, *(["left: " + ", ".join(left)] if left else [])]


def main() -> None:
    """Kill at every so many steps, until the process runs to its end."""
    before, dossier, every = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    published = dossier.read_bytes()
    said: dict[str, int] = {}
    for step in count(1, every):
        folder = before.with_name(f"{before.name}-{step}")
        shutil.copytree(before, folder)
        killed = is_killed_at(step, folder, dossier)
        for wrong in what_is_wrong(folder, dossier, published):
            said[wrong] = said.get(wrong, 0) + 1
        dossier.write_bytes(published)
        if not killed:
            print(json.dumps([step // every, said]))
            return


if __name__ == "__main__":
    main()
