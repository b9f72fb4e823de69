"""Fixtures for tests of the window: the theme, settings of their own, and a window on a real dossier."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.app import make_window
from sto_desktop.settings import AppearanceChoice, SettingsStore
from sto_desktop.ui.base import qt_language as language
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.example import make_example
from tests.ui.conversation_support import Room, make_dossier, window_on

NOW = dt.datetime(2023, 2, 14, 16, 22, 41)
PATIENCE_MS = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ignore Qt's messages about the missing display; any other warning of Qt fails a test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


class PatientBot(QtBot):
    """Waits longer than pytest-qt does by itself: a busy computer is no fault of the code."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """Wait until a condition holds."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> Any:
        """Return a context that waits for a signal."""
        return super().waitSignal(signal, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """As in pytest-qt, with more patience."""
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def _garbage_goes_on_qts_thread() -> None:
    """As in the program, no widget is destroyed on another thread: `tests/conftest.py` collects garbage after each
    test.
    """
    gc.disable()


@pytest.fixture(scope="session")
def session_theme(qapp: QApplication) -> Appearance:
    """The theme, made once, since it belongs to the application."""
    language.install("nl")
    return Appearance(qapp, AppearanceChoice.LIGHT)


@pytest.fixture
def theme(session_theme: Appearance) -> Iterator[Appearance]:
    """The theme, light at the start of each test."""
    session_theme.set_choice(AppearanceChoice.LIGHT)
    yield session_theme
    session_theme.set_choice(AppearanceChoice.LIGHT)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    """Settings with their defaults."""
    return SettingsStore(tmp_path / "settings.json")


@pytest.fixture
def window(qtbot: QtBot, theme: Appearance, settings: SettingsStore) -> MainWindow:
    """The window without a dossier, shown, on the afternoon of 14 February 2023."""
    made = MainWindow(theme, settings, {}, now=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example: five panels, held and elaborated; a test opens a copy of it."""
    path = tmp_path_factory.mktemp("voorbeeld") / "voorbeeld.sto"
    copy = make_example(Workplace.here("Renée"), path)
    copy.publish()
    copy.close()
    return path


@pytest.fixture
def on_example(
    qtbot: QtBot, qapp: QApplication, settings: SettingsStore, example: Path, tmp_path: Path
) -> Iterator[MainWindow]:
    """The whole program with the example open."""
    made, desk = make_window(qapp, settings)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    path = tmp_path / "voorbeeld.sto"
    path.write_bytes(example.read_bytes())
    desk.open(path)
    qtbot.waitUntil(lambda: made.session is not None, timeout=20_000)
    with qtbot.waitActive(made):
        made.show()
    yield made
    desk.put_away()


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, theme: Appearance, settings: SettingsStore) -> Iterator[Room]:
    """A window at Gesprek, on a dossier with a guide and a panel of its own."""
    make_dossier(tmp_path / "home", tmp_path / "o.sto")
    with window_on(tmp_path / "home", tmp_path / "o.sto", theme, settings) as made:
        yield made
