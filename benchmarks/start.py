"""Measures from process start to the first painted window, against bare PySide6 windows of the same size."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROUNDS = 15

_PAINTED = """
class _FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched is window:
            QTimer.singleShot(0, lambda: (print(time.time(), flush=True), os._exit(0)))
        return False
watch = _FirstPaint()
window.installEventFilter(watch)
window.show()
app.exec()
"""

BARE = (
    """
import os, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
"""
    + _PAINTED
)

_LABELLED = (
    """
import os, time
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.setCentralWidget(QLabel("Goedemiddag", alignment=Qt.AlignmentFlag.AlignCenter))
"""
    + _PAINTED
)

_OURS = (
    """
import os, time
import gc
gc.disable()  # as the command does that shows the window
from sto_desktop.app import application, make_window
from sto_desktop.settings import SettingsStore
app = application()
window, desk = make_window(app, SettingsStore())
window.resize(1366, 768)
from PySide6.QtCore import QEvent, QObject, QTimer
"""
    + _PAINTED
)


def _once(script: str, home: str) -> float:
    """Return the seconds from starting Python to the first paint."""
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME")
    environment = {**os.environ, **dict.fromkeys(names, home), "PYTHONPATH": str(Path(__file__).parents[1])}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Use compiled modules, as on any start but the first.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.time()
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1]) - begun


def _row(name: str, ours: list[float], bare: list[float]) -> dict[str, Any]:
    return {
        "name": f"start to first painted window / {name}",
        "ours_s": statistics.median(ours),
        "raw_s": statistics.median(bare),
        "ratio": statistics.median(ours_once / bare_once for ours_once, bare_once in zip(ours, bare, strict=True)),
    }


def measure(rounds: int = ROUNDS) -> list[dict[str, Any]]:
    """Return medians of alternated runs, and the median ratio per round: against an empty window, and against one
    with a single word, for which Qt loads the system's fonts and Python all of Qt's constants.
    """
    scripts = (_OURS, BARE, _LABELLED)
    with tempfile.TemporaryDirectory() as home:
        for script in scripts:
            _once(script, home)
        seconds = [[_once(script, home) for script in scripts] for _ in range(rounds)]
    ours, bare, labelled = ([row[at] for row in seconds] for at in range(len(scripts)))
    return [_row("bare PySide6 window", ours, bare), _row("window with one word", ours, labelled)]
