"""The whole window on a dossier that a test fills, from its file to its closing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from sto_desktop.domain.log.change import Action, action, create
from sto_desktop.domain.place import Position
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.desk.desk import Desk
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.workplace import Workplace

ME = "Marieke Assink"


def noted(row: str, text: str) -> Action:
    """Return the adding of a note to panel P."""
    return action("notitie toevoegen", create("note", row, panel="P", text=text, position=Position(None, "a0")))


OLDENZAAL = (
    action("panel toevoegen", create("panel", "P", title="Panel Oldenzaal", subregion="Oldenzaal")),
    noted("N", "Technolab trekt leerlingen"),
)
"""One panel with one note."""


@contextmanager
def opened(
    qtbot: QtBot, window: MainWindow, settings: SettingsStore, path: Path, answers: FileQuestions, *done: Action
) -> Iterator[Desk]:
    """Make a dossier in which these things were done, and open it in the window."""
    settings.change(last_folder=str(path.parent), user_name=ME)
    copy = Workplace.here(ME).create(path)
    for each in done:
        copy.dossier.apply(each)
    copy.close()
    desk = Desk(window, answers)
    desk.open(path)
    qtbot.waitUntil(lambda: desk.session is not None)
    yield desk
    desk.put_away()
