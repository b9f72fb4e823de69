"""Kills the program again and again while somebody types, and checks what is on disk.

By hand: `python tests/ui/kill_capture.py --times 100`. The typist is a separate process with the real window; it prints
which notes it saw saved. After each kill all of these must be on disk, complete and once, and the next start must find
the line that was being typed, up to the last keys.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.ui.killing import lines_until_killed  # noqa: E402

KEY_SECONDS = 0.003
WORDS = ("de bus", "is geregeld", "en betaald,", "dus de drempel", "is lager", "voor kleine", "scholen", "dan ooit")


def text_of(number: int) -> str:
    """Return the text of the note with this number; each has another length."""
    words = " ".join(WORDS[(number + place) % len(WORDS)] for place in range(3 + number % 9))
    return f"Notitie {number}: {words} @{number % 7 + 1} #label"


def number_of(text: str) -> int:
    """Return the number of the note with this text."""
    return int(text.removeprefix("Notitie ").partition(":")[0])


# The typist


def type_for_ever(home: Path, path: Path) -> None:
    """Open the dossier in the window and type, continuing after the notes and the draft on disk."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from sto_desktop.settings import AppearanceChoice, SettingsStore
    from sto_desktop.ui.look.theme import Appearance
    from tests.ui.conversation_support import type_text, window_on

    app = QApplication([])
    settings = SettingsStore(home / "settings.json")
    with window_on(home, path, Appearance(app, AppearanceChoice.LIGHT), settings) as room:
        edit = room.page.line.edit
        number = 1 + max((number_of(note.text) for note in room.notes), default=-1)
        # The source: a name or label that became a chip is no longer in the text.
        print(f"found {number} {edit.source}", flush=True)
        room.page.clock.begin()
        while True:
            rest = text_of(number).removeprefix(edit.source)
            for letter in rest:
                type_text(edit, letter)
                QTest.qWait(round(KEY_SECONDS * 1000))
            QTest.keyClick(edit, Qt.Key.Key_Return)
            print(f"saved {number}", flush=True)
            room.clock.pass_time(seconds=20)
            number += 1


# The process that kills


@dataclass
class Killed:
    """The output of a killed typist: the last note that it saw saved, and the line that it found at its start."""

    saved: int
    found: str


def kill_once(home: Path, path: Path, wait: random.Random) -> Killed:
    """Run a typist, and kill it at a random moment after its first key."""
    lines = lines_until_killed(Path(__file__), ["--type", str(home), str(path)], wait.uniform(0.0, 1.2))
    found = next(line for line in lines if line.startswith("found "))
    saved = [int(line.split()[1]) for line in lines if line.startswith("saved ")]
    begin = int(found.split()[1])
    return Killed(max(saved, default=begin - 1), found.split(" ", 2)[2])


def look(home: Path, path: Path, saved: int) -> int:
    """Check what is on disk after a kill; returns the number of the last note there."""
    from sto_desktop.domain.capture.language import parse
    from sto_desktop.domain.live.draft import Draft
    from sto_desktop.storage.file.database import connect
    from sto_desktop.storage.working.dossier import Dossier, new_writer
    from tests.ui.conversation_support import PANEL

    (copy,) = (home / "werkkopie").glob("*/dossier.sto")
    # Outside the program, without closing the working copy: the next typist must find it as the kill left it.
    dossier = Dossier(connect(copy), path, new_writer("toezicht", "test"))
    try:
        notes = dossier.read.notes.of_panel(PANEL)
        people = dossier.read.members.of_panel(PANEL)
        numbers = sorted(number_of(note.text) for note in notes)
        assert numbers == list(range(len(notes))), f"notes lost or doubled: {numbers}"
        assert saved < len(notes) <= saved + 2, f"said {saved} saved, {len(notes)} on disk"
        for note in notes:
            read = parse(text_of(number_of(note.text)), people)
            assert (note.text, dict(read.voices)) == (
                read.text,
                {voice.panelist: voice.stance for voice in note.voices},
            )
            assert tuple(tag.name for tag in note.tags) == read.tags
        draft = Draft.decode(dossier.draft(f"capture:{PANEL}"))
        if draft is not None and draft.note not in {note.id for note in notes}:
            assert text_of(len(notes)).startswith(draft.text), f"the draft «{draft.text}» is not of this line"
        return len(notes) - 1
    finally:
        dossier.close()


def run(folder: Path, times: int, seed: int | None = None, *, tell: bool = False) -> int:
    """Kill this many typists in one dossier, one after the other; returns how many notes are on disk at the end."""
    from tests.ui.conversation_support import make_dossier

    home, path = folder / "home", folder / "o.sto"
    make_dossier(home, path)
    wait = random.Random(seed)
    last = -1
    for number in range(times):
        killed = kill_once(home, path, wait)
        assert text_of(last + 1).startswith(killed.found), f"«{killed.found}» was found in the line"
        last = look(home, path, killed.saved)
        if tell:
            print(f"{number + 1}: {last + 1} notes on disk; the line began with «{killed.found}»", flush=True)
    return last + 1


def main() -> None:
    """Run as the typist, or as the process that kills it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--type", nargs=2, metavar=("HOME", "DOSSIER"), type=Path)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    if options.type:
        type_for_ever(*options.type)
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        count = run(Path(folder), options.times, options.seed, tell=True)
    print(f"{options.times} kills, {count} notes, none lost.")


if __name__ == "__main__":
    main()
