"""Measures opening a dossier until its first stage is painted, and commands on a small one, in processor time of the
whole process; each against a process that does the least.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.start import BARE

COUNTS = (100, 10_000, 50_000)
ROUNDS = 7

_OPENED = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
from sto_desktop.app import application
from sto_desktop.cli import run

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            window = watched.window()
            if isinstance(window, QMainWindow) and window.session and watched is window.stage_widget(window.stage):
                QApplication.instance().removeEventFilter(self)
                QTimer.singleShot(0, self.end)
        return False

    def end(self):
        print(time.process_time(), flush=True)
        # Closed as a person does: a dossier that was killed is looked through anew.
        QApplication.closeAllWindows()

watch = Watch()
application().installEventFilter(watch)
run([sys.argv[1]])
"""

_FILL = """
import sys
from pathlib import Path
from benchmarks.dossiers import make

make(Path(sys.argv[1]), int(sys.argv[2]))
"""


def _seconds(home: str, *arguments: str, printed: bool = False) -> float:
    """Return the processor seconds of a Python process, on all of its threads; or those that it prints."""
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME")
    environment = {**os.environ, **dict.fromkeys(names, home), "PYTHONPATH": str(Path(__file__).parents[1])}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Use compiled modules, as on any start but the first.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=True)
    if printed:
        return float(done.stdout.split()[-1])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _row(name: str, ours: Callable[[], float], raw: Callable[[], float]) -> dict[str, Any]:
    """Alternate both, and return their medians and the median ratio per round."""
    ours()
    pairs = [(ours(), raw()) for _ in range(ROUNDS)]
    return {
        "name": name,
        "ours_s": statistics.median(one for one, _ in pairs),
        "raw_s": statistics.median(other for _, other in pairs),
        "ratio": statistics.median(one / other for one, other in pairs),
    }


def measure() -> list[dict[str, Any]]:
    """Return rows of name, seconds of ours and of the minimum, and their ratio."""
    rows = []
    with tempfile.TemporaryDirectory() as home:
        paths = {count: str(Path(home) / f"{count}.sto") for count in COUNTS}
        for count, path in paths.items():
            _seconds(home, "-c", _FILL, path, str(count))
            name = f"dossier of {count:,} notes, again, to its stage painted / bare window"
            ours = partial(_seconds, home, "-c", _OPENED, path, printed=True)
            rows.append(_row(name, ours, partial(_seconds, home, "-c", BARE)))
        main, small = str(Path(__file__).parents[1] / "main.py"), paths[COUNTS[0]]
        for command in (
            ("controleer", small),
            ("exporteer", small, "--panel", "1", "--formaat", "md", "-o", f"{home}/notes.md"),
            ("verslag", small, "--panel", "1", "-o", f"{home}/verslag.docx"),
        ):
            name = f"{command[0]} in a dossier of {COUNTS[0]} notes, whole process / import docx"
            raw = partial(_seconds, home, "-c", "import docx")
            rows.append(_row(name, partial(_seconds, home, main, *command), raw))
    return rows
