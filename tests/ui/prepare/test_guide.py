from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QMenu, QSpinBox
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions import panels
from sto_desktop.domain.panel.readiness import CheckKind
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.prepare.guide.guide_model import GuideColumn
from sto_desktop.ui.widgets import TextEdit
from tests.ui.prepare_support import Desk, desk_on


@pytest.fixture
def desk(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[Desk]:
    with desk_on(qtbot, theme, settings, tmp_path) as made:
        yield made


def cell(desk: Desk, number: int, column: GuideColumn = GuideColumn.TEXT) -> QModelIndex:
    """The cell of a question, by its place in the guide."""
    return desk.stage.guide_page.model.index_of(desk.question(number).id, column)


def begins(desk: Desk) -> list[str]:
    """The displayed start times of the themes."""
    model = desk.stage.guide_page.model
    shown = (model.index(row, GuideColumn.BEGINS).data() for row in range(model.rowCount()))
    return [text for text in shown if text]


def test_the_guide_is_shown_with_running_times(desk: Desk) -> None:
    assert desk.focus() is desk.stage.guide_page.table
    assert begins(desk)[:3] == ["0:00", "0:17", "0:37"]
    assert desk.stage.guide_page.total.text() == "110 minuten"
    desk.session.apply(panels.change_panel(desk.panel.id, start=dt.time(15, 35)))
    assert begins(desk)[:3] == ["15:35", "15:52", "16:12"]
    assert desk.stage.guide_page.total.text() == "110 minuten, tot 17:25"
    theme = desk.stage.guide_page.model.index(0, GuideColumn.TEXT)
    assert theme.data() == "Welkom en afspraken"
    assert theme.siblingAtColumn(GuideColumn.MINUTES).data() == "17 min"


def test_minutes_are_typed_and_totals_follow_every_key(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Down)
    desk.type("1")
    assert isinstance(desk.focus(), QSpinBox)
    assert desk.stage.guide_page.total.text() == "105 minuten"
    desk.type("2")
    assert desk.stage.guide_page.total.text() == "116 minuten"
    assert desk.stage.guide_page.verdict.text() == "6 minuten te lang"
    assert (
        desk.stage.side.checklist.lines[CheckKind.TIME].words() == "Leidraad is 6 minuten te lang: 116 van 110 minuten"
    )
    assert desk.question(1).minutes == 6
    desk.press(Qt.Key.Key_Return)
    assert desk.question(1).minutes == 12
    assert begins(desk)[1] == "0:23"
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.question(1).minutes == 6
    assert desk.stage.guide_page.total.text() == "110 minuten"


def test_escape_keeps_the_minutes_and_ctrl_z_takes_them_back(desk: Desk) -> None:
    desk.type("30")
    desk.press(Qt.Key.Key_Escape)
    assert desk.question(0).minutes == 30
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.question(0).minutes == 6
    assert desk.stage.guide_page.total.text() == "110 minuten"
    assert desk.session.undo_label() == "panelgesprek toevoegen"


def test_plus_and_minus_are_one_step_back(desk: Desk) -> None:
    desk.type("+++-")
    assert desk.stage.guide_page.total.text() == "112 minuten"
    assert desk.question(0).minutes == 6
    desk.press(Qt.Key.Key_Down)
    assert desk.question(0).minutes == 8
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.question(0).minutes == 6


@pytest.mark.long
def test_plus_is_kept_by_itself_and_before_undo(desk: Desk) -> None:
    desk.type("+")
    desk.qtbot.waitUntil(lambda: desk.question(0).minutes == 7, timeout=4000)
    desk.type("+")
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.question(0).minutes == 7


def test_minutes_do_not_go_below_nothing(desk: Desk) -> None:
    desk.type("-" * 9)
    desk.press(Qt.Key.Key_Down)
    assert desk.question(0).minutes == 0


def test_minutes_that_wait_are_kept_on_leaving(desk: Desk) -> None:
    desk.type("+")
    desk.window.navigate(Stage.START)
    assert desk.question(0).minutes == 7


def test_a_number_that_is_being_typed_is_kept_on_leaving(desk: Desk) -> None:
    desk.type("9")
    desk.window.navigate(Stage.START)
    assert desk.question(0).minutes == 9


def test_space_leaves_a_question_out_and_takes_it_back(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Space)
    assert desk.question(0).skipped
    assert desk.stage.guide_page.total.text() == "104 minuten"
    assert cell(desk, 0, GuideColumn.MINUTES).data() == "–"
    desk.type("5")
    assert not isinstance(desk.focus(), QSpinBox)
    desk.press(Qt.Key.Key_Space)
    assert not desk.question(0).skipped
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.question(0).skipped
    desk.ctrl(Qt.Key.Key_Y)
    assert not desk.question(0).skipped


def test_a_click_on_the_box_leaves_out(desk: Desk) -> None:
    table = desk.stage.guide_page.table
    desk.click_cell(table, cell(desk, 2, GuideColumn.ASKED))
    assert desk.question(2).skipped
    assert table.currentIndex() == cell(desk, 2)


def test_the_minutes_of_a_skipped_question_do_not_open(desk: Desk) -> None:
    """Qt warns where something is opened that can't be. Enter opens the words."""
    table = desk.stage.guide_page.table
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Space)
    assert desk.question(0).skipped
    desk.click_cell(table, cell(desk, 0, GuideColumn.MINUTES))
    assert desk.focus() is table
    desk.press(Qt.Key.Key_Return)
    assert isinstance(desk.focus(), TextEdit)
    desk.press(Qt.Key.Key_Escape)


def test_a_click_on_the_minutes_opens_them(desk: Desk) -> None:
    table = desk.stage.guide_page.table
    desk.click_cell(table, cell(desk, 2, GuideColumn.MINUTES))
    assert isinstance(desk.focus(), QSpinBox)
    desk.replace("11")
    desk.press(Qt.Key.Key_Tab)
    assert desk.question(2).minutes == 11


def test_f2_asks_it_in_other_words_and_back_again(desk: Desk) -> None:
    own = desk.question(0).question.text
    desk.press(Qt.Key.Key_F2)
    assert isinstance(desk.focus(), TextEdit)
    desk.replace("Wie bent u, en wat doet u met techniek?")
    desk.press(Qt.Key.Key_Return)
    assert desk.question(0).text == "Wie bent u, en wat doet u met techniek?"
    assert cell(desk, 0).data() == desk.question(0).text
    desk.press(Qt.Key.Key_Return)
    desk.replace("")
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_Return)
    assert desk.question(0).text == own
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.question(0).text == "Wie bent u, en wat doet u met techniek?"


def test_a_double_click_edits_the_words_and_escape_throws_none_away(desk: Desk, qtbot: QtBot) -> None:
    table = desk.stage.guide_page.table
    own = desk.question(3).text
    at = table.visualRect(cell(desk, 3)).center()
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert isinstance(desk.focus(), TextEdit)
    desk.replace("Iets anders")
    desk.press(Qt.Key.Key_Escape)
    assert desk.question(3).text == "Iets anders"
    desk.ctrl(Qt.Key.Key_Z)
    assert desk.question(3).text == own


def test_words_that_are_being_typed_are_kept_on_leaving(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F2)
    desk.replace("Wat doet u?")
    desk.window.navigate(Stage.START)
    assert desk.question(0).text == "Wat doet u?"


def test_a_letter_does_not_replace_a_question(desk: Desk) -> None:
    own = desk.question(0).text
    desk.type("x")
    assert desk.focus() is desk.stage.guide_page.table
    assert desk.question(0).text == own


def test_arrows_halt_at_what_can_be_edited(desk: Desk) -> None:
    table = desk.stage.guide_page.table
    desk.press(Qt.Key.Key_Right)
    assert table.currentIndex() == cell(desk, 0, GuideColumn.MINUTES)
    desk.press(Qt.Key.Key_Left)
    assert table.currentIndex() == cell(desk, 0)
    desk.press(Qt.Key.Key_Up)
    row = table.current_row()
    assert row is not None
    assert row.question is None
    desk.press(Qt.Key.Key_Space)
    desk.type("5")
    assert desk.session.undo_label() == "panelgesprek toevoegen"


def test_only_the_most_important_questions_in_one_step(desk: Desk) -> None:
    page = desk.stage.guide_page
    desk.click(page.essentials)
    left = [item.id for _, item in page.model.guide.questions() if not item.skipped]
    assert len(left) == 8
    assert page.essentials.isHidden()
    assert page.model.guide.minutes < 80
    desk.ctrl(Qt.Key.Key_Z)
    assert page.total.text() == "110 minuten"


def test_the_menu_of_a_question_says_what_can_be_done(desk: Desk) -> None:
    desk.session.apply(panels.set_wording(desk.panel.id, desk.question(0), "Anders"))
    table = desk.stage.guide_page.table
    table.customContextMenuRequested.emit(table.visualRect(cell(desk, 0)).center())
    menu = next(menu for menu in table.findChildren(QMenu) if menu.isVisible())
    assert [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()][:3] == [
        "Overslaan in dit panel",
        "Anders verwoorden…",
        "Terug naar de woorden van de leidraad",
    ]
    menu.actions()[2].trigger()
    menu.close()
    assert desk.question(0).text == desk.question(0).question.text


def test_another_window_s_change_is_shown(desk: Desk) -> None:
    desk.session.apply(panels.set_minutes(desk.panel.id, desk.question(4), 16))
    assert cell(desk, 4, GuideColumn.MINUTES).data() == "16 min"
    assert desk.stage.guide_page.total.text() == "120 minuten"


def test_a_screen_reader_hears_what_is_painted(desk: Desk) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert cell(desk, 0, GuideColumn.ASKED).data(role) == "wordt gesteld"
    assert cell(desk, 0, GuideColumn.MINUTES).data(role) == "6 minuten"
    desk.press(Qt.Key.Key_Space)
    assert cell(desk, 0).data(role).endswith("(overgeslagen)")
    assert cell(desk, 2, GuideColumn.ASPECT).data(role) == "opbrengst"
    assert cell(desk, 4, GuideColumn.TYPE).data(role) == "kern, houden als de tijd kort is"


@pytest.mark.parametrize("width", [960, 1366, 1920])
def test_no_word_of_a_question_is_cut_off_at_any_width(desk: Desk, width: int) -> None:
    desk.window.resize(width, 800)
    QApplication.processEvents()
    table = desk.stage.guide_page.table
    for row in range(table.model().rowCount()):
        assert table.rowHeight(row) == table.sizeHintForRow(row)
    assert table.horizontalScrollBar().maximum() == 0
