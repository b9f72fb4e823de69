"""The look beforehand by keys and clicks, in a large window and in that of a small laptop at 150 %."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from sto_desktop.exchange.files.look import Becomes
from sto_desktop.exchange.files.table_export import sheets_xlsx, table_csv
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.out.tables import TITLES, Subject, table_of
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.intake.account import ImportAccount
from sto_desktop.ui.prepare.intake.look_dialog import LookDialog
from tests.exchange.refi.refi_support import full_panel
from tests.ui.prepare_support import Desk, desk_on
from tests.ui.reading import shown_with

SIZES = {"100 %": (1366, 768), "150 %": (911, 512)}


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        yield made


def looked_at(desk: Desk, path: Path) -> LookDialog:
    """Choose a file of notes, and wait for the look at it."""
    desk.files.append(path)
    bar = desk.stage.bar
    desk.put(bar.import_notes if bar.import_notes.isVisible() else bar.more)
    desk.press(Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        while menu.activeAction() is None or menu.activeAction().text() != bar.import_notes.word():
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
    shown = desk.dialog()
    assert isinstance(shown, LookDialog)
    # As large as the screen of which the window fills all.
    shown.resize(shown.size().boundedTo(desk.window.size()))
    return shown


def taken(desk: Desk) -> ImportAccount:
    """Take over what is shown by Enter, and wait for the account."""
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportAccount))
    account = QApplication.activeModalWidget()
    assert isinstance(account, ImportAccount)
    return account


def is_whole(widget: QWidget, within: QWidget) -> bool:
    """Return whether a widget is seen whole in a window."""
    return within.rect().contains(QRect(widget.mapTo(within, QPoint(0, 0)), widget.size()))


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_insights_come_back_with_the_notes_on_which_they_rest(
    desk: Desk, tmp_path: Path, size: tuple[int, int]
) -> None:
    desk.window.resize(*size)
    ready = outgoing([full_panel()], None)
    book = tmp_path / "alles.xlsx"
    book.write_bytes(sheets_xlsx([(title, table_of(subject, ready).rows) for subject, title in TITLES.items()]))
    shown = looked_at(desk, book)
    assert shown.heading.text() == "5 nieuwe notities · 2 nieuwe inzichten en aanbevelingen"
    assert desk.session.dossier.read.findings.insights(desk.panel.id) == []
    assert (shown.width(), shown.height()) <= size
    for part in (shown.take, shown.become, shown.heading, shown.view):
        assert is_whole(part, shown)
    # Left out by Del, and back by the key of an insight.
    at = next(n for n, line in enumerate(shown.model.lines) if line.becomes is Becomes.INSIGHT)
    shown.view.setFocus()
    shown.view.selectRow(at)
    desk.press(Qt.Key.Key_Delete)
    desk.qtbot.waitUntil(lambda: "1 nieuw inzicht of" in shown.heading.text())
    desk.type("z")
    desk.qtbot.waitUntil(lambda: "2 nieuwe inzichten" in shown.heading.text())
    shown.take.setFocus()
    taken(desk)
    content = desk.session.dossier.read.panel_content(desk.panel.id)
    assert content is not None
    words = {one.id: one.text for one in content.notes}
    (insight,), (advice,) = content.insights, content.recommendations
    assert ([words[row] for row in insight.supports], [words[row] for row in insight.contradicts]) == (
        ["Kinderen 👩‍🔬 bouwen zelf"],
        ["Te duur volgens Truus Engbers"],
    )
    assert (advice.insights, advice.recommendation.owner) == ((insight.id,), "STO")
    desk.press(Qt.Key.Key_Escape)
    desk.session.undo()
    after = desk.session.dossier.read.panel_content(desk.panel.id)
    assert after is not None
    assert (after.notes, after.insights, after.recommendations) == ((), (), ())


def test_insights_without_their_notes_say_what_is_missing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "inzichten.csv"
    path.write_bytes(table_csv(table_of(Subject.INSIGHTS, outgoing([full_panel()], None)).rows))
    shown = looked_at(desk, path)
    assert shown.heading.text() == "1 nieuw inzicht of nieuwe aanbeveling"
    account = taken(desk)
    assert desk.session.dossier.read.notes.count(desk.panel.id) == 0
    assert shown_with("2 notities of inzichten waar zij op rusten", account)
    desk.press(Qt.Key.Key_Escape)


def test_a_workbook_of_everything_dropped_on_the_window_is_its_notes_and_insights(desk: Desk, tmp_path: Path) -> None:
    ready = outgoing([full_panel()], None)
    book = tmp_path / "alles.xlsx"
    book.write_bytes(sheets_xlsx([(title, table_of(subject, ready).rows) for subject, title in TITLES.items()]))
    desk.stage.intake.dropped(book)
    shown = desk.dialog()
    assert isinstance(shown, LookDialog)
    assert shown.heading.text() == "5 nieuwe notities · 2 nieuwe inzichten en aanbevelingen"
    desk.press(Qt.Key.Key_Escape)


def test_enter_at_once_takes_over_what_was_chosen_last(desk: Desk, tmp_path: Path) -> None:
    """Quicker than the file is read again: the line that was left out just before is no note."""
    path = tmp_path / "lijst.csv"
    path.write_text("Thema;Opmerking\nStage;Te weinig\nStage;Te duur\n", encoding="utf-8")
    shown = looked_at(desk, path)
    shown.view.selectRow(1)
    QTest.keyClick(shown.view, Qt.Key.Key_Delete)
    QTest.keyClick(shown.take, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportAccount))
    assert [note.text for note in desk.session.dossier.read.notes.of_panel(desk.panel.id)] == ["Te duur"]
    desk.press(Qt.Key.Key_Escape)


def test_escape_while_the_file_is_read_again_is_the_end_of_it(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Thema;Opmerking\nStage;Te weinig\nStage;Te duur\n", encoding="utf-8")
    shown = looked_at(desk, path)
    gone: list[bool] = []
    shown.destroyed.connect(lambda: gone.append(True))
    shown.view.selectRow(1)
    with capture_exceptions() as exceptions:
        QTest.keyClick(shown.view, Qt.Key.Key_Delete)
        # Also what was to be taken over as soon as that was known.
        QTest.keyClick(shown.take, Qt.Key.Key_Return)
        QTest.keyClick(shown, Qt.Key.Key_Escape)
        desk.qtbot.waitUntil(lambda: bool(gone))
        desk.stage.jobs.end()
        QApplication.processEvents()
    assert not exceptions
    assert desk.session.dossier.read.notes.count(desk.panel.id) == 0


def test_notes_of_several_panels_come_in_there(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "interviews.csv"
    path.write_text(
        "id,document,tag,content\n1,Gesprek Oost,bus,Te laat\n2,Gesprek West,bus,Te vroeg\n", encoding="utf-8"
    )
    shown = looked_at(desk, path)
    assert shown.heading.text() == "2 nieuwe notities"
    assert shown_with("«Gesprek Oost» is een nieuw panel.", shown)
    taken(desk)
    read = desk.session.dossier.read
    came = {panel.title: [one.text for one in read.notes.of_panel(panel.id)] for panel in read.panels.listed()}
    assert (came["Gesprek Oost"], came["Gesprek West"]) == (["Te laat"], ["Te vroeg"])
    assert read.notes.count(desk.panel.id) == 0
    desk.press(Qt.Key.Key_Escape)
    desk.session.undo()
    assert [panel.id for panel in read.panels.listed()] == [desk.panel.id]
    # Also when it is a person who says that a column is the panel.
    path.write_text("Blok;Opmerking\nOost;Te weinig\nWest;Te duur\n", encoding="utf-8")
    shown = looked_at(desk, path)
    choice = shown.columns.choices[0]
    choice.setCurrentIndex(choice.findData("panel"))
    choice.activated.emit(choice.currentIndex())
    desk.qtbot.waitUntil(lambda: bool(shown_with("«West» is een nieuw panel.", shown)))
    desk.press(Qt.Key.Key_Escape)


@pytest.mark.long
def test_the_lines_of_a_long_file_are_seen_before_what_is_new_is_counted(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "lang.csv"
    rows = "".join(f"Stage;Dit is opmerking {at} over van alles\n" for at in range(1_500))
    path.write_text("Thema;Opmerking\n" + rows, encoding="utf-8")
    shown = looked_at(desk, path)
    assert shown.model.rowCount() == 1_501
    # On a fast machine it is counted by now.
    counting = "1501 regels; wat ervan nieuw is, wordt geteld…"
    assert shown.heading.text() in (counting, "1500 nieuwe notities")
    assert desk.session.dossier.read.notes.count(desk.panel.id) == 0
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportAccount), timeout=20_000)
    assert desk.session.dossier.read.notes.count(desk.panel.id) == 1_500
    desk.press(Qt.Key.Key_Escape)
