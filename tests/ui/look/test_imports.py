"""What is imported before a person sees the window, each time in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.workplace.place import Workplace, person_here
from tests.storage.desk import made_panel

# Prints the modules when this part of the window is first painted: the window itself, or the stage of a dossier.
AT_PAINT = """
import json, os, sys, threading
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QMainWindow
from sto_desktop.app import application
from sto_desktop.cli import run

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and shown(watched) and not os.environ.get("AFTER"):
            print(json.dumps(sorted(sys.modules)), flush=True)
            os._exit(0)
        return False

class Imports:
    # Where other stages are imported, once the first is painted.
    def find_spec(self, name, path=None, target=None):
        if name == os.environ.get("AFTER"):
            print(json.dumps([threading.current_thread() is threading.main_thread()]), flush=True)
            os._exit(0)

sys.meta_path.insert(0, Imports())

def shown(widget):
    if len(sys.argv) == 1:
        return isinstance(widget, QMainWindow)
    window = widget.window()
    return isinstance(window, QMainWindow) and window.session and widget is window.stage_widget(window.stage)

watch = Watch()
application().installEventFilter(watch)
run(sys.argv[1:])
"""


def told(home: Path, *dossier: Path, after: str = "") -> list[Any]:
    """Return what a new process prints: the modules it has imported at the first paint, of a dossier's stage if one is
    given; or with `after`, whether it imports this module on the window's thread.
    """
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home))
    done = subprocess.run(
        [sys.executable, "-c", AT_PAINT, *map(str, dossier)],
        cwd=Path(__file__).parents[3],
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", "AFTER": after},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def test_the_first_paint_imports_what_it_shows_and_no_more(tmp_path: Path) -> None:
    modules = set(told(tmp_path))
    ours = {name.removeprefix("sto_desktop.") for name in modules if name.startswith("sto_desktop.")}
    assert {"app", "ui.shell.main_window", "ui.start.page"} <= ours
    # Commands bind their keys; what these do is imported when it is asked for.
    beyond = {name for name in ours if name.split(".")[0] not in {"app", "cli", "language", "resources", "ui"}}
    assert beyond == {
        "domain",
        "domain.dutch",
        "domain.errors",
        "domain.vocabulary",
        "json_text",
        "own_files",
        "patterns",
        "settings",
    }
    foreign = {name.split(".")[0] for name in modules if not name.startswith("sto_desktop")}
    installed = {name for name in foreign - sys.stdlib_module_names if not name.startswith("_")}
    assert installed == {"PySide6", "platformdirs", "shiboken6", "shibokensupport", "signature_bootstrap"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new dossier with a panel, made elsewhere."""
    path = tmp_path / "Hengelo.sto"
    with Workplace(person_here("Jan"), WorkingCopies(tmp_path / "made")).making(path) as copy:
        copy.dossier.apply(made_panel())
    return path


def test_opening_a_dossier_imports_neither_readers_nor_writers_of_files(tmp_path: Path, path: Path) -> None:
    modules = set(told(tmp_path, path))
    assert {"sto_desktop.ui.prepare.stage", "sto_desktop.storage.working.dossier"} <= modules
    assert modules.isdisjoint({"docx", "lxml", "openpyxl", "pypdfium2", "sqlalchemy", "striprtf", "typst"})
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


def test_the_other_stages_are_imported_while_the_first_is_looked_at(tmp_path: Path, path: Path) -> None:
    assert told(tmp_path, path, after="sto_desktop.ui.elaborate.stage") == [False]


@pytest.mark.parametrize("line", [("controleer",), ("exporteer", "--formaat", "md", "--panel", "1", "-o", "uit.md")])
def test_a_command_imports_only_what_it_needs(tmp_path: Path, path: Path, line: tuple[str, ...]) -> None:
    command, *rest = line
    script = f"""
import sys
from sto_desktop.cli import run
status = run([{command!r}, {str(path)!r}, *{rest!r}])
print(status, *sorted(sys.modules))
"""
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, **homes, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=True,
    )
    status, *modules = done.stdout.splitlines()[-1].split()
    assert status == "0", done.stdout
    assert "sto_desktop.storage.working.dossier" in modules
    assert not {"PySide6", "docx", "openpyxl", "sqlalchemy", "typst"}.intersection(modules)
