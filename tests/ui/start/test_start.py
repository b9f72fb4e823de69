import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.settings import RecentDossier, SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.start import StartPage
from sto_desktop.ui.start.recent import RecentRow
from sto_desktop.ui.start.when import greeting, opened_text
from tests.ui.conftest import NOW
from tests.ui.reading import newest


@pytest.fixture
def dossiers(tmp_path: Path, settings: SettingsStore) -> list[Path]:
    paths = [tmp_path / f"{name}.sto" for name in ("Hengelo", "Oldenzaal")]
    for number, path in enumerate(paths):
        path.touch()
        settings.remember(RecentDossier(path, path.stem, NOW - dt.timedelta(days=1 - number), "Ga verder", "report"))
    return paths[::-1]


def page_of(window: MainWindow) -> StartPage:
    page = window.stage_widget(Stage.START)
    assert isinstance(page, StartPage)
    return page


def rows(window: MainWindow) -> list[RecentRow]:
    return page_of(window).recent.rows()


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (5, "Goedenavond."),
        (6, "Goedemorgen."),
        (11, "Goedemorgen."),
        (12, "Goedemiddag."),
        (18, "Goedenavond."),
        (23, "Goedenavond."),
    ],
)
def test_the_greeting_goes_by_the_clock(theme: Appearance, hour: int, said: str) -> None:
    assert greeting(NOW.replace(hour=hour)) == said


def test_moments_are_said_as_people_do(theme: Appearance) -> None:
    assert opened_text(NOW.replace(hour=0, minute=5), NOW) == "vandaag 00:05"
    assert opened_text(NOW - dt.timedelta(days=1), NOW) == "gisteren"
    assert opened_text(dt.datetime(2023, 1, 3), NOW) == "3 januari"
    assert opened_text(dt.datetime(2022, 3, 3), NOW) == "3 maart 2022"
    assert opened_text(NOW + dt.timedelta(days=2), NOW) == "16 februari"


def test_without_dossiers_the_page_says_what_will_be_there(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    assert not page.recent.isVisible()
    assert page.cards[0].hasFocus()
    with qtbot.waitSignal(window.new_requested):
        qtbot.keyClick(page.cards[0], Qt.Key.Key_Return)


def test_one_key_goes_on_where_one_was(qtbot: QtBot, dossiers: list[Path], window: MainWindow) -> None:
    first = rows(window)[0]
    assert first.hasFocus()
    with qtbot.waitSignal(window.open_requested) as asked:
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert asked.args == [dossiers[0]]


@pytest.mark.long
def test_one_click_goes_on_where_one_was(qtbot: QtBot, dossiers: list[Path], window: MainWindow) -> None:
    with qtbot.waitSignal(window.open_requested) as asked:
        qtbot.mouseClick(rows(window)[1], Qt.MouseButton.LeftButton)
    assert asked.args == [dossiers[1]]


def test_arrows_walk_through_the_dossiers(qtbot: QtBot, dossiers: list[Path], window: MainWindow) -> None:
    qtbot.keyClick(rows(window)[0], Qt.Key.Key_Down)
    assert rows(window)[1].hasFocus()
    qtbot.keyClick(rows(window)[1], Qt.Key.Key_Up)
    assert rows(window)[0].hasFocus()


def test_a_file_that_is_gone_is_muted_and_can_leave_the_list(
    qtbot: QtBot, dossiers: list[Path], window: MainWindow, settings: SettingsStore
) -> None:
    dossiers[0].unlink()
    page_of(window).refresh()
    gone = rows(window)[0]
    qtbot.waitUntil(lambda: gone.missing)
    assert "niet gevonden" in gone.accessibleName()
    with qtbot.assertNotEmitted(window.open_requested):
        qtbot.mouseClick(gone, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(gone.remove, Qt.MouseButton.LeftButton)
    assert [row.dossier.path for row in rows(window)] == [dossiers[1]]
    assert [dossier.path for dossier in SettingsStore(settings.path).current.recent] == [dossiers[1]]
    assert "niet aangeraakt" in newest(window.notices)


def test_delete_takes_a_dossier_off_the_list_and_the_message_brings_it_back(
    qtbot: QtBot, dossiers: list[Path], window: MainWindow
) -> None:
    qtbot.keyClick(rows(window)[0], Qt.Key.Key_Delete)
    assert len(rows(window)) == 1
    assert dossiers[0].exists()
    back = next(widget for widget in window.notices.findChildren(QWidget) if widget.accessibleName() == "Terugzetten")
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert [row.dossier.path for row in rows(window)] == dossiers


def test_a_dossier_that_was_opened_meanwhile_is_on_top(
    qtbot: QtBot, dossiers: list[Path], window: MainWindow, settings: SettingsStore, tmp_path: Path
) -> None:
    window.navigate(Stage.OVERVIEW)
    settings.remember(RecentDossier(tmp_path / "Enschede.sto", "Enschede", NOW))
    window.navigate(Stage.START)
    assert [row.dossier.title for row in rows(window)] == ["Enschede", "Oldenzaal", "Hengelo"]
    assert rows(window)[0].hasFocus()


def test_keys_of_start_ask_for_a_new_dossier_a_file_and_the_example(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.new_requested):
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.open_requested) as asked:
        qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [None]
    with qtbot.waitSignal(window.example_requested):
        qtbot.keyClick(window, Qt.Key.Key_F3)


def test_every_way_to_begin_is_a_card_that_can_be_clicked(qtbot: QtBot, window: MainWindow) -> None:
    signals = (window.new_requested, window.open_requested, window.example_requested)
    for card, signal in zip(page_of(window).cards, signals, strict=True):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        assert card.accessibleName()


@pytest.mark.parametrize("size", [(683, 340), (683, 384), (911, 512), (1366, 768)])
@pytest.mark.parametrize("recent", [0, 9])
def test_the_cards_are_in_sight_whole_beside_any_list(
    qtbot: QtBot, window: MainWindow, settings: SettingsStore, tmp_path: Path, size: tuple[int, int], recent: int
) -> None:
    for number in range(recent):
        path = tmp_path / f"{number}.sto"
        path.touch()
        settings.remember(RecentDossier(path, f"Panel Rijssen-Holten {number}", NOW, "Ga verder", "report"))
    page = page_of(window)
    page.refresh()
    window.resize(*size)
    qtbot.wait(30)
    assert (window.width(), window.height()) == size
    for card in page.cards:
        assert card.height() >= max(card.sizeHint().height(), card.heightForWidth(card.width()))
        assert not card.visibleRegion().isEmpty()
        assert card.visibleRegion().boundingRect() == card.rect()
    if recent:
        last = rows(window)[-1]
        page.focus_first()
        for row in rows(window)[:-1]:
            qtbot.keyClick(row, Qt.Key.Key_Down)
        assert last.hasFocus()
        assert last.visibleRegion().boundingRect() == last.rect()
