"""The start of the program, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

START_AND_CLOSE = """
import os, sys, threading, weakref
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from sto_desktop.app import application
from sto_desktop.cli import run

class Cycle(QObject):
    pass

kept, threads = [], []

def look():
    if "sto_desktop.workplace" not in sys.modules:
        return
    if not kept:
        from sto_desktop.ui.base.background import Background
        for _ in range(100):
            cycle = Cycle()
            cycle.itself = cycle
            weakref.finalize(cycle, lambda: threads.append(threading.current_thread()))
        # As reading a big dossier does: many objects, made on another thread.
        kept.append(Background(lambda: [[number] for number in range(200_000)], lambda _: None, lambda _: None))
        kept[0].start()
    elif len(threads) >= 99:
        if set(threads) != {threading.main_thread()}:
            os._exit(3)
        QApplication.closeAllWindows()

application()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
sys.exit(run([]))
"""


@pytest.mark.long
def test_the_window_starts_takes_in_what_it_needs_later_and_closes(tmp_path: Path) -> None:
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", START_AND_CLOSE],
        cwd=Path(__file__).parents[3],
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
