"""The start of the program, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

START_AND_CLOSE = """
import gc, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from sto_desktop.app import application
from sto_desktop.cli import run

def look():
    if "sto_desktop.workplace" in sys.modules:
        assert gc.isenabled()
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
        cwd=Path(__file__).parents[2],
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
