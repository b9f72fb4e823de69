"""Terms: what is over is said on opening, is on the list «Waar staat elk panel», and is gone after one click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import change_panel, change_panelist
from sto_desktop.domain.log.change import action, create, delete
from sto_desktop.domain.place import Position
from sto_desktop.domain.vocabulary import Consent, DebriefAuthor
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.desk import Desk
from sto_desktop.ui.notes.erasing import EraseDialog
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.states_dialog import StatesDialog
from sto_desktop.ui.widgets import Banner
from sto_desktop.workplace import Workplace
from tests.ui.desk.test_desk import Answers
from tests.ui.reading import newest, shown_with

NOW = dt.datetime(2023, 2, 14, 16, 22, tzinfo=dt.timezone(dt.timedelta(hours=1)))

pytestmark = pytest.mark.long


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier with two panels: one held in 2019, one a month before the window's day, 14 February 2023."""
    path = tmp_path / "a.sto"
    copy = Workplace.here("Anna").create(path)
    rows = []
    for panel, day, name in (("P", dt.date(2019, 3, 1), "Kees de Wit"), ("Q", dt.date(2023, 1, 10), "Truus Engbers")):
        rows += [
            create("panel", panel, title=f"Panel {panel}", date=day),
            create(
                "panelist", f"m{panel}", panel=panel, name=name, first_name=name.split()[0], written=f"Brief {panel}"
            ),
            create("note", f"n{panel}", panel=panel, text=f"Gezegd in {panel}", position=Position(None, "a")),
            create("voice", f"v{panel}", note=f"n{panel}", panelist=f"m{panel}"),
            create("note", f"d{panel}", panel=panel, text=f"Verwijderd in {panel}", position=Position(None, "b")),
            create("top_choice", f"t{panel}", panelist=f"m{panel}", rank=1, text=f"Keuze {panel}"),
            create("debrief", f"b{panel}", panel=panel, author=DebriefAuthor.MODERATOR, stood_out=f"Terugblik {panel}"),
            create("insight", f"i{panel}", panel=panel, text=f"Inzicht {panel}", position=Position(None, "a")),
        ]
    copy.dossier.apply(action("", *rows))
    copy.backup()
    copy.close()
    return path


@pytest.fixture
def desk(window: MainWindow, settings: SettingsStore, path: Path, qtbot: QtBot) -> Iterator[Desk]:
    settings.change(last_folder=str(path.parent), user_name="Anna")
    made = Desk(window, Answers(), clock=lambda: NOW)
    made.open(path)
    qtbot.waitUntil(lambda: bool(newest(window.notices)))
    yield made
    made.put_away()


def _press(banner_words: str, button: str, window: MainWindow) -> None:
    banners = [banner for banner in window.notices.findChildren(Banner) if banner_words in banner.accessibleName()]
    assert banners, [one.accessibleName() for one in window.notices.findChildren(Banner)]
    (found,) = (one for one in banners[0].findChildren(QAbstractButton) if one.text() == button)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def _states(window: MainWindow) -> StatesDialog:
    return next(one for one in window.findChildren(StatesDialog) if one.isVisible())


def _erase(qtbot: QtBot, window: MainWindow, dialog: StatesDialog, word: str) -> None:
    button = next(one for one in dialog.buttons if one.text() == word)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    (asking,) = (one for one in window.findChildren(EraseDialog) if one.isVisible())
    qtbot.waitUntil(asking.erase_button.isEnabled)
    QTest.mouseClick(asking.erase_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: word not in [one.text() for one in dialog.buttons])


def _session(desk: Desk) -> Session:
    assert desk.session is not None
    return desk.session


def test_what_is_over_is_said_on_opening_and_one_click_each_wipes_it(
    qtbot: QtBot, window: MainWindow, desk: Desk, path: Path
) -> None:
    session = _session(desk)
    session.apply(action("notitie weggooien", delete("note", "dP")))
    _press(
        "De bewaartermijn is voorbij van: namen van 1 panel, formulieren van 1 panel en notities van 1 panel.",
        "Bekijken",
        window,
    )
    dialog = _states(window)
    assert shown_with("Panel P · 1 maart 2019", dialog)
    assert shown_with("Namen: tot en met 1 maart 2020", dialog)
    assert shown_with(
        "Bewaard: namen tot en met 10 januari 2024, formulieren tot en met 10 januari 2024, notities tot en "
        "met 10 januari 2025.",
        dialog,
    )
    assert [one.text() for one in dialog.buttons] == [
        "Namen wissen…",
        "Formulieren zijn vernietigd",
        "Notities wissen…",
    ]
    _erase(qtbot, window, dialog, "Namen wissen…")
    QTest.mouseClick(dialog.buttons[0], Qt.MouseButton.LeftButton)
    assert [one.text() for one in dialog.buttons] == ["Notities wissen…"]
    _erase(qtbot, window, dialog, "Notities wissen…")
    assert dialog.buttons == []
    read = session.dossier.read
    assert [note.text for note in read.notes.of_panel("P")] == []
    assert sorted(note.text for note in read.notes.of_panel("Q")) == ["Gezegd in Q", "Verwijderd in Q"]
    dialog.reject()
    desk.put_away()
    # In no file of this computer, with its backup, and what was drawn from it is still there.
    files = [
        file for place in (path.parent, Workplace.here().copies.home) for file in place.rglob("*") if file.is_file()
    ]
    for word in ("Kees", "Brief P", "Gezegd in P", "Verwijderd in P", "Keuze P", "Terugblik P"):
        assert [file for file in files if word.encode() in file.read_bytes()] == [], word
    assert b"Inzicht P" in path.read_bytes()
    assert b"Truus Engbers" in path.read_bytes()
    # Nothing is due any more.
    desk.open(path)
    qtbot.waitUntil(lambda: desk.session is not None)
    looked: list[bool] = []
    desk.rights.remind(lambda: looked.append(True))
    qtbot.waitUntil(lambda: bool(looked))
    qtbot.wait(1)
    assert not shown_with("bewaartermijn", window.notices)


def test_one_thing_that_is_over_is_done_from_the_message(
    qtbot: QtBot, window: MainWindow, desk: Desk, path: Path
) -> None:
    later = dt.date(2030, 1, 1)
    _session(desk).apply(change_panel("P", retain_until=later, notes_until=later, forms_until=dt.date(2020, 3, 1)))
    desk.put_away()
    window.notices.clear()
    desk.open(path)
    qtbot.waitUntil(lambda: bool(newest(window.notices)))
    _press(
        "De formulieren van «Panel P» zouden uiterlijk op 1 maart 2020 vernietigd zijn.",
        "Formulieren zijn vernietigd",
        window,
    )
    desk.put_away()
    window.notices.clear()
    desk.open(path)
    qtbot.waitUntil(lambda: desk.session is not None)
    assert not shown_with("vernietigd", window.notices)


def test_words_of_who_does_not_take_part_are_on_the_list_by_key(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    session = _session(desk)
    session.apply(change_panelist("mQ", consent_participation=Consent.NO))
    window.actions_by_id["states"].trigger()
    dialog = _states(window)
    assert shown_with("Van wie niet meedoet, staan er nog 3 notities en keuzes.", dialog)
    _erase(qtbot, window, dialog, "Woorden wissen…")
    assert [note.text for note in session.dossier.read.notes.of_panel("Q")] == ["Verwijderd in Q"]
