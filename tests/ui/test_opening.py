"""While a dossier is being opened, no stage says that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import EmptyState
from tests.ui.conversation_support import make_dossier
from tests.ui.reading import newest

NOTHING_OPEN = "Er is nog geen dossier open"


@pytest.fixture
def desk(window: MainWindow, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    settings.change(last_folder=str(tmp_path), user_name="Karin")
    made = Desk(window)
    yield made
    made.put_away()


class Reader(QObject):
    """Records the title of every empty stage that is painted or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Paint) and isinstance(watched, EmptyState):
            self.titles.add(watched.title.text())
        return False


def title(window: MainWindow) -> str:
    """The title of the current empty stage."""
    stage = window.stage_widget(window.stage)
    assert isinstance(stage, EmptyState)
    return stage.title.text()


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.START])
def test_a_stage_says_that_the_dossier_is_being_opened(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path, stage: Stage
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    window._factories[stage] = lambda context: EmptyState(context.theme, stage.value, "Klaar", "")
    window.navigate(stage)
    assert title(window) == NOTHING_OPEN
    reader = Reader()
    desk.open(tmp_path / "o.sto")
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(reader)
    assert title(window) == "Het dossier wordt geopend…"
    for other in Stage:
        window.navigate(other)
    window.navigate(stage)
    qtbot.waitUntil(lambda: desk.session is not None)
    window.navigate(stage)
    assert title(window) == "Klaar"
    application.removeEventFilter(reader)
    assert NOTHING_OPEN not in reader.titles


def test_after_an_opening_that_failed_there_is_none_again(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "kapot.sto").write_bytes(b"geen dossier")
    window._factories[Stage.PREPARE] = lambda context: EmptyState(context.theme, "prepare", "Klaar", "")
    window.navigate(Stage.PREPARE)
    desk.open(tmp_path / "kapot.sto")
    assert title(window) == "Het dossier wordt geopend…"
    qtbot.waitUntil(lambda: bool(newest(window.notices)))
    assert title(window) == NOTHING_OPEN
