"""While a dossier is being opened or read, no stage says that there is none, and none is blank."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.table import BY_ID
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.overview import OverviewStage
from sto_desktop.ui.paper.page_view import PageView
from sto_desktop.ui.shell.commanding import Commander
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


def test_ctrl_k_says_that_the_dossier_is_being_opened(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    commander = Commander(window, window)
    commander.do(BY_ID["save_word"])
    assert NOTHING_OPEN in newest(window.notices)
    window.notices.clear()
    desk.open(tmp_path / "o.sto")
    for command in ("save_word", "members", "pause"):
        commander.do(BY_ID[command])
        assert newest(window.notices) == "Het dossier wordt nog geopend; daarna kan dit."
    assert not any(NOTHING_OPEN in item.detail for item in commander(""))
    qtbot.waitUntil(lambda: desk.session is not None)
    # What takes its place is the proposal of a password, now or in a moment.
    qtbot.waitUntil(lambda: "geen wachtwoord" in newest(window.notices))


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


def test_vogelvlucht_says_that_the_panels_are_being_read(on_example: MainWindow, qtbot: QtBot) -> None:
    commander = Commander(on_example, on_example)
    on_example.navigate(Stage.OVERVIEW)
    stage = on_example.stage_widget(Stage.OVERVIEW)
    assert isinstance(stage, OverviewStage)
    assert stage.seen is None
    assert [page.title.text() for page in stage.findChildren(EmptyState) if page.isVisible()] == [
        "De panels worden gelezen…"
    ]
    commander.do(BY_ID["swap_axes"])
    assert newest(on_example.notices) == "De panels worden nog gelezen; daarna kan dit."
    qtbot.waitUntil(lambda: stage.seen is not None, timeout=20_000)
    assert not [page for page in stage.findChildren(EmptyState) if page.isVisible()]
    commander.do(BY_ID["years"])
    assert newest(on_example.notices) == "Alle panels zijn van hetzelfde jaar."


def test_verslag_says_that_its_pages_are_being_made(on_example: MainWindow, qtbot: QtBot) -> None:
    on_example.navigate(Stage.REPORT)
    (view,) = on_example.findChildren(PageView)
    assert view.isVisible()
    assert view.sheets is None
    assert view.accessibleDescription() == "De pagina's worden gemaakt…"
    picture = view.viewport().grab().toImage()
    middle = range(picture.width() // 2 - 100, picture.width() // 2 + 100)
    assert len({picture.pixel(x, y) for x in middle for y in range(picture.height())}) > 1
    qtbot.waitUntil(lambda: view.complete, timeout=20_000)
    assert view.accessibleDescription().endswith("pagina's")


def test_what_the_room_sees_of_names_waits_for_the_notes(on_example: MainWindow) -> None:
    on_example.navigate(Stage.CONVERSATION)
    commander = Commander(on_example, on_example)
    commander.do(BY_ID["room_names"])
    assert newest(on_example.notices) == "Toon eerst de laatste notities op het scherm voor de zaal."
    commander.do(BY_ID["room_notes"])
    assert commander.missing(BY_ID["room_names"]) is None
