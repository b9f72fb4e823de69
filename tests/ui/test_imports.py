"""What is imported before a person sees the window, each time in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

AT_FIRST_PAINT = """
import json, os, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QMainWindow
from sto_desktop.app import application
from sto_desktop.cli import run

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            print(json.dumps(sorted(sys.modules)), flush=True)
            os._exit(0)
        return False

watch = Watch()
application().installEventFilter(watch)
run([])
"""


def modules_in(script: str, home: Path) -> set[str]:
    """Return the modules that a script prints as JSON, run with the settings of nobody."""
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home))
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_the_first_paint_imports_what_it_shows_and_no_more(tmp_path: Path) -> None:
    modules = modules_in(AT_FIRST_PAINT, tmp_path)
    ours = {name.removeprefix("sto_desktop.") for name in modules if name.startswith("sto_desktop.")}
    assert {"app", "ui.shell.main_window", "ui.start.page"} <= ours
    # Commands bind their keys; what these do is imported when it is asked for.
    beyond = {name for name in ours if name.split(".")[0] not in {"app", "cli", "language", "resources", "ui"}}
    assert beyond == {
        "domain",
        "domain.dutch",
        "domain.errors",
        "domain.vocabulary",
        "own_files",
        "settings",
    }
    foreign = {name.split(".")[0] for name in modules if not name.startswith("sto_desktop")}
    installed = {name for name in foreign - sys.stdlib_module_names if not name.startswith("_")}
    assert installed == {"PySide6", "platformdirs", "shiboken6", "shibokensupport", "signature_bootstrap"}
