"""What is imported before a person sees the window, each time in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.workplace.place import Workplace, person_here

# Prints the modules when this part of the window is first painted: the window itself, or the stage of a dossier.
AT_PAINT = """
import json, os, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QMainWindow
from sto_desktop.app import application
from sto_desktop.cli import run

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and shown(watched):
            print(json.dumps(sorted(sys.modules)), flush=True)
            os._exit(0)
        return False

def shown(widget):
    if len(sys.argv) == 1:
        return isinstance(widget, QMainWindow)
    window = widget.window()
    return isinstance(window, QMainWindow) and window.session and widget is window.stage_widget(window.stage)

watch = Watch()
application().installEventFilter(watch)
run(sys.argv[1:])
"""


def modules_at_paint(home: Path, *dossier: Path) -> set[str]:
    """Return the modules that a new process has imported at the first paint, of a dossier's stage if one is given."""
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home))
    done = subprocess.run(
        [sys.executable, "-c", AT_PAINT, *map(str, dossier)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_the_first_paint_imports_what_it_shows_and_no_more(tmp_path: Path) -> None:
    modules = modules_at_paint(tmp_path)
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


def test_opening_a_dossier_imports_neither_readers_nor_writers_of_files(tmp_path: Path) -> None:
    path = tmp_path / "Hengelo.sto"
    with Workplace(person_here("Jan"), WorkingCopies(tmp_path / "made")).making(path):
        pass
    modules = modules_at_paint(tmp_path, path)
    assert {"sto_desktop.ui.prepare.stage", "sto_desktop.storage.working.dossier"} <= modules
    assert modules.isdisjoint({"docx", "lxml", "openpyxl", "pypdfium2", "striprtf", "typst"})
    rooms = ("exchange", "report", "ui.conversation", "ui.elaborate", "ui.overview", "ui.paper", "ui.report")
    ours = {name.removeprefix("sto_desktop.") for name in modules}
    files = {name for name in ours if name.startswith(tuple(f"{room}." for room in rooms)) and "." in name}
    # The guide of every dossier, which is a text, what an import may become, and which papers there are.
    assert files - {"exchange.files", "report.papers"} == {
        "exchange.guides",
        "exchange.files.encodings",
        "exchange.files.look",
        "exchange.files.text_file",
        "report.papers.kinds",
    }
    # Finding names, sharing and repairing are for who asks for them.
    assert not {name for name in ours if name.startswith(("domain.privacy.", "storage.whole_file.share"))}
    assert "storage.whole_file.repair" not in ours
    pages = {"details_page", "members.members_page", "papers.papers_page", "intake.readings"}
    assert ours.isdisjoint(f"ui.prepare.{page}" for page in pages)
