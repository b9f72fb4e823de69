"""How long from starting the process to the first painted window, beside a bare PySide6 window of the same size."""

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

_BARE = (
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

_OURS = (
    """
import os, time
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
    # As after any first start: the compiled modules are there.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.time()
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1]) - begun


def measure(rounds: int = ROUNDS) -> list[dict[str, Any]]:
    """Return the medians of both, measured in turn, and the median of the ratios pair by pair."""
    with tempfile.TemporaryDirectory() as home:
        for script in (_OURS, _BARE):
            _once(script, home)
        pairs = [(_once(_OURS, home), _once(_BARE, home)) for _ in range(rounds)]
    return [
        {
            "name": "start to first painted window / bare PySide6 window",
            "ours_s": statistics.median(ours for ours, _ in pairs),
            "raw_s": statistics.median(bare for _, bare in pairs),
            "ratio": statistics.median(ours / bare for ours, bare in pairs),
        }
    ]
