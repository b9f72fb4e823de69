"""Kills the program again and again during a conversation, and checks where the next start continues.

By hand: `python tests/ui/kill_panel.py --times 100`. A separate process leads a conversation in the real window: types,
goes to other questions, pauses, lets time pass. Before each step it prints what it is about to do, after it the state.
The next start must be at the same question and in the same round, with the same clock and line.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.ui.killing import lines_until_killed  # noqa: E402

SENTENCE = "Het bezoek aan het bedrijf maakt indruk op leerlingen en ouders, vooral als zij zelf mogen doen "
REST_MS = 180
"""Longer than it takes until the line is on disk."""

ALIVE_SECONDS = 10
"""This much time may be lost: the interval at which a running span is saved."""

STEPS = ("type", "type", "type", "rest", "save", "next", "previous", "time", "time", "pause", "round", "round")


@dataclass
class Told:
    """The state: current question, seconds used, whether the clock ran, the line and its question, and whose turn it
    was in a round.

    `rested`: how much of the line must be on disk. `seconds`: by the clock of the leading process.
    """

    question: str
    used: float
    running: bool
    text: str
    belongs: str | None
    rested: int
    seconds: float
    turn: str | None


# The process that leads


def lead_for_ever(home: Path, path: Path, seconds: float, seed: int) -> None:
    """Open the dossier in the window this many seconds after the start, and lead the conversation."""
    import datetime as dt

    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from sto_desktop.settings import AppearanceChoice, SettingsStore
    from sto_desktop.ui.look.theme import Appearance
    from tests.ui.conversation_support import ALT, START, Clock, window_on

    app = QApplication([])
    settings = SettingsStore(home / "settings.json")
    chance = random.Random(seed)
    clock = Clock(START + dt.timedelta(seconds=seconds))
    begin = seconds
    with window_on(home, path, Appearance(app, AppearanceChoice.LIGHT), settings, clock) as room:
        page = room.page
        rested = len(room.line)

        def tell(kind: str) -> None:
            used = sum(page.clock.used().values()) * 60
            told = Told(
                page.live.place.current or "",
                used,
                page.clock.running,
                room.line,
                page.line.draft.question if room.line else None,
                rested,
                begin + clock.seconds,
                page.live.round.turn if page.live.round is not None else None,
            )
            print(json.dumps({"kind": kind, **asdict(told)}), flush=True)

        tell("found")
        if not page.clock.begun:
            page.clock.begin()
        tell("stands")
        while True:
            step = chance.choice(STEPS)
            print(json.dumps({"kind": "about", "step": step}), flush=True)
            if step == "type":
                for _ in range(chance.randrange(1, 12)):
                    room.type(SENTENCE[len(room.line) % len(SENTENCE)])
            elif step == "rest":
                QTest.qWait(REST_MS)
                rested = len(room.line)
            elif step == "save":
                room.press(Qt.Key.Key_Return)
                rested = 0
            elif step in ("next", "previous"):
                room.press(Qt.Key.Key_Down if step == "next" else Qt.Key.Key_Up, ALT)
            elif step == "round":
                room.press(Qt.Key.Key_R, ALT)
            elif step == "time":
                clock.pass_time(seconds=chance.randrange(1, 30))
                page.clock.tick()
            else:
                room.press(Qt.Key.Key_F5)
            tell("stands")
            QTest.qWait(2)


# The process that kills


def check(last: Told, about: str, found: Told, order: list[str]) -> None:
    """Check that the next start found the state of the previous run."""
    near = {last.question}
    if about in ("next", "previous"):
        place = order.index(last.question) + (1 if about == "next" else -1)
        near |= set(order[max(0, place) : place + 1])
    assert found.question in near, f"at {found.question}, was at {last.question} ({about})"
    if about != "pause":
        assert found.running is last.running, f"running {found.running}, was {last.running} ({about})"
    if about not in ("next", "previous", "round"):
        assert found.turn == last.turn, f"it was the turn of {last.turn}, and is now of {found.turn} ({about})"
    gap = found.seconds - last.seconds
    step = 30 if about == "time" else 0
    least, most = last.used - ALIVE_SECONDS - 1, last.used + gap + step + 1
    assert least <= found.used <= most, f"{found.used:.1f} s used, was {last.used:.1f} ({about}, {gap:.0f} s later)"
    if about == "save":
        assert not found.text or last.text.startswith(found.text)
        return
    grown = last.text if about != "type" else last.text + SENTENCE * 2
    assert about == "type" or last.text.startswith(found.text), f"«{found.text}» in the line, was «{last.text}»"
    assert about != "type" or _typed(found.text), f"«{found.text}» was never typed"
    assert len(found.text) >= last.rested, f"«{found.text}» in the line, of «{grown}» {last.rested} signs had rested"
    if found.text and last.text:
        assert found.belongs == last.belongs, "the line belongs to another question"


def _typed(text: str) -> bool:
    return all(sign == SENTENCE[place % len(SENTENCE)] for place, sign in enumerate(text))


def run(folder: Path, times: int, seed: int | None = None, *, tell: bool = False) -> int:
    """Kill a conversation this many times; returns the total number of steps."""
    from sto_desktop.domain.live.steps import steps
    from sto_desktop.storage.working.working_copies import WorkingCopies
    from tests.ui.conversation_support import PANEL, WHO, make_dossier

    home, path = folder / "home", folder / "o.sto"
    make_dossier(home, path)
    copy = WorkingCopies(home).open(path, WHO)
    order = [step.id for step in steps(copy.dossier.read.guides.of_panel(PANEL))]
    copy.close()
    chance = random.Random(seed)
    last: Told | None = None
    about, made, seconds = "", 0, 0.0
    for number in range(times):
        arguments = ["--lead", str(home), str(path), str(seconds), str(chance.randrange(1 << 30))]
        lines = [json.loads(line) for line in lines_until_killed(Path(__file__), arguments, chance.uniform(0.05, 1.5))]
        stands = [
            Told(**{name: line[name] for name in Told.__annotations__}) for line in lines if line["kind"] != "about"
        ]
        if last is not None:
            check(last, about, stands[0], order)
        made += sum(line["kind"] == "about" for line in lines)
        last = stands[-1]
        about = lines[-1].get("step", "")
        # Somebody starts the program again, at once or after a while.
        seconds = last.seconds + chance.choice((2, 8, 20, 45, 300))
        if tell:
            print(f"{number + 1}: {last}, then {about or 'nothing'}", flush=True)
    return made


def main() -> None:
    """Run as the leading process, or as the one that kills it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lead", nargs=4, metavar=("HOME", "DOSSIER", "SECONDS", "SEED"))
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    if options.lead:
        home, path, seconds, seed = options.lead
        lead_for_ever(Path(home), Path(path), float(seconds), int(seed))
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        made = run(Path(folder), options.times, options.seed, tell=True)
    print(f"{options.times} kills in {made} steps: the same question, clock and line each time.")


if __name__ == "__main__":
    main()
