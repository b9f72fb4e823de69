"""While a dossier is being opened or read, no stage says that there is none, and none is blank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.app import make_window
from sto_desktop.domain.actions.panels import add_panel, change_panel
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.commands.table import BY_ID
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.overview import OverviewStage
from sto_desktop.ui.paper.page_view import PageView
from sto_desktop.ui.shell.commanding import Commander
from sto_desktop.ui.shell.crash import install
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import EmptyState
from sto_desktop.workplace import Workplace
from tests.storage.desk import other_program
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


UNREADABLE = "Het dossier is beschadigd."
BAD_PANEL = "UPDATE panel SET title = 'Panel ' || CAST(x'c328' AS TEXT)"
BAD_THEME = "UPDATE theme SET title = 'Thema ' || CAST(x'ff' AS TEXT)"


def _made(path: Path, status: PanelStatus = PanelStatus.PREPARING, damage: str = "") -> Path:
    """Make a dossier with a panel; another program writes `damage` into its tables."""
    copy = Workplace.here("Piet Bos").create(path)
    day, start = dt.date(2023, 2, 14), dt.time(15, 35)
    panel = add_panel(
        builtin_guide_id(), title=path.stem, subregion="Twente", day=day, start=start, moderator="", panel="P"
    )
    copy.dossier.apply(panel)
    copy.dossier.apply(change_panel("P", status=status))
    copy.close()
    if damage:
        with other_program(path) as raw:
            raw.execute(damage)
    return path


@pytest.fixture
def at_work(qtbot: QtBot, qapp: QApplication, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    """The whole program, with a good dossier open in Voorbereiden."""
    settings.change(last_folder=str(tmp_path), user_name="Karin")
    window, made = make_window(qapp, settings)
    qtbot.addWidget(window)
    # What nothing else handles is told as in the program itself.
    reporter = install(window.theme, window)
    window.show()
    made.open(_made(tmp_path / "Goed.sto"))
    qtbot.waitUntil(lambda: made.session is not None and window.stage is Stage.PREPARE)
    yield made
    assert reporter.dialog is None
    made.put_away()
    # Qt deletes the window during the next test, which has a reporter of its own.
    window.destroyed.disconnect(reporter.uninstall)
    reporter.uninstall()


def _window(desk: Desk) -> MainWindow:
    window = desk.parent()
    assert isinstance(window, MainWindow)
    return window


@pytest.mark.long
@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("damage", [BAD_PANEL, BAD_THEME], ids=["the panels", "the first stage"])
def test_a_dossier_that_cannot_be_read_leaves_the_open_one_open(
    qtbot: QtBot, at_work: Desk, tmp_path: Path, damage: str
) -> None:
    window, session = _window(at_work), at_work.session
    assert session is not None
    bad = _made(tmp_path / "Kapot.sto", damage=damage)
    held = bad.read_bytes()
    at_work.open(bad)
    qtbot.waitUntil(lambda: not window.opening)
    assert newest(window.notices).startswith(UNREADABLE)
    assert "Maak een herstelde kopie" in newest(window.notices)
    assert at_work.session is window.session is session
    assert window.stage is Stage.PREPARE
    assert window.windowTitle().startswith("Goed")
    # Nothing of the other is left: no working copy, and no session that looks for changes.
    assert not [item for item in Workplace.here().copies.leftovers() if item.path == bad]
    qtbot.waitUntil(lambda: [child for child in at_work.children() if isinstance(child, Session)] == [session])
    assert bad.read_bytes() == held
    # The good dossier is written and followed as before.
    session.apply(change_panel("P", place="De Es"))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    panel = session.dossier.read.panels.get("P")
    assert panel is not None
    assert panel.place != "De Es"
    at_work.open(_made(tmp_path / "Ander.sto"))
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Ander"))


@pytest.mark.qt_no_exception_capture
def test_a_dossier_that_cannot_be_read_with_none_open_leaves_none(qtbot: QtBot, at_work: Desk, tmp_path: Path) -> None:
    window = _window(at_work)
    at_work.put_away()
    at_work.open(_made(tmp_path / "Kapot.sto", damage=BAD_THEME))
    qtbot.waitUntil(lambda: not window.opening)
    assert newest(window.notices).startswith(UNREADABLE)
    assert at_work.session is None
    assert title(window) == NOTHING_OPEN


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("broken", [Stage.PREPARE, Stage.REPORT], ids=lambda stage: stage.value)
def test_a_stage_that_cannot_be_read_is_told_and_the_others_go_on(
    qtbot: QtBot, at_work: Desk, tmp_path: Path, broken: Stage
) -> None:
    window = _window(at_work)
    other = Stage.START if broken is Stage.PREPARE else Stage.PREPARE
    session = at_work.session
    assert session is not None
    window.navigate(other)
    # So that neither is built.
    window.set_session(session)
    with session.copy.file.apart() as raw:
        raw.execute(BAD_THEME)
    for _ in range(2):
        qtbot.mouseClick(window.rail.button(broken), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: newest(window.notices).startswith(UNREADABLE))
        assert window.stage is other
        assert window.rail.button(other).isChecked()
        assert not window.rail.button(broken).isChecked()
        shown = window.stage_widget(other)
        assert shown is not None
        assert shown.isVisible()
        window.notices.clear()
    qtbot.mouseClick(window.rail.button(Stage.START), Qt.MouseButton.LeftButton)
    assert window.stage is Stage.START
    with session.copy.file.apart() as raw:
        raw.execute("UPDATE theme SET title = 'Thema'")
    window.notices.clear()
    qtbot.mouseClick(window.rail.button(broken), Qt.MouseButton.LeftButton)
    assert window.stage is broken
    assert not newest(window.notices)


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
