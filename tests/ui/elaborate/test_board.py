"""The board of Uitwerken by key and mouse: cards moved between columns, several at once, edited and undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.notes import capture_note, move_notes
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.vocabulary import Aspect
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.elaborate.notes.board import BoardColumn
from sto_desktop.ui.elaborate.notes.note_delegate import NoteEditor
from sto_desktop.ui.elaborate.stage import BOARD, NOTES
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.notes_model import notes_as_mime
from tests.ui import elaborated_panel as panel
from tests.ui.elaborate.test_notes import Bench
from tests.ui.elaborated_panel import HELD, PANEL, note_id

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class BoardBench(Bench):
    """The window on the board of the first theme."""

    def show_board(self) -> None:
        """Click the tab."""
        self.stage.tabs.setFocus()
        self.stage.show_page(BOARD)

    @property
    def columns(self) -> list[BoardColumn]:
        """The columns."""
        return self.bench.pane.views.board.columns

    def cards(self) -> list[list[str]]:
        """Return the notes of each column."""
        return [view.model_of_notes.notes() for view in self.columns]

    def click(self, column: int, row: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click a card."""
        view = self.columns[column]
        spot = view.visualRect(view.model_of_notes.index(row)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, spot)

    def drop(self, onto: QWidget, y: float) -> None:
        """Release the selected cards over a column or a button, at a height."""
        mime = notes_as_mime(self.bench.pane.views.board._dragged())
        held, left, move = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.MoveAction
        enter = QDragEnterEvent(QPoint(40, int(y)), move, mime, left, held)
        QApplication.sendEvent(onto, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(onto, QDropEvent(QPointF(40, y), move, mime, left, held))


@pytest.fixture
def board(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[BoardBench]:
    made = BoardBench(qtbot, theme, settings, panel.make_copy(tmp_path))
    made.show_board()
    QTest.qWait(20)
    yield made
    panel.close_window(made.window, made.session)


def test_the_board_opens_on_the_first_theme_with_a_column_for_each_question(board: BoardBench) -> None:
    assert board.cards() == [[note_id(0), note_id(1)], [note_id(2)], [note_id(3), note_id(4)]]
    assert board.bench.filters.filter.theme == board.stage.material.content.guide.themes[1].id  # type: ignore[union-attr]
    assert [place.title.text() for place in board.bench.pane.views.board._places] == [
        "Opbrengst",
        "Succesfactoren",
        "Wat kan beter",
    ]
    assert [place.count.text() for place in board.bench.pane.views.board._places] == ["2", "1", "2"]


def test_arrow_keys_walk_the_board_and_alt_takes_the_card_along(board: BoardBench) -> None:
    board.click(0, 1)
    board.key(Qt.Key.Key_Right)
    assert board.bench.pane.views.selected() == [note_id(2)]
    board.key(Qt.Key.Key_Left)
    assert board.bench.pane.views.selected() == [note_id(0)]
    board.key(Qt.Key.Key_Right, ALT)
    assert board.cards() == [[note_id(1)], [note_id(2), note_id(0)], [note_id(3), note_id(4)]]
    assert board.bench.pane.views.selected() == [note_id(0)]
    assert QApplication.focusWidget() is board.columns[1]
    assert board.session.undo_label() == "notitie verplaatsen"
    board.key(Qt.Key.Key_Up, ALT)
    assert board.cards()[1] == [note_id(0), note_id(2)]
    board.key(Qt.Key.Key_Up, ALT)
    assert board.cards()[1] == [note_id(0), note_id(2)]
    board.undo()
    board.undo()
    assert board.cards() == [[note_id(0), note_id(1)], [note_id(2)], [note_id(3), note_id(4)]]


def test_cards_of_several_columns_are_dropped_together_where_the_line_shows(board: BoardBench) -> None:
    board.click(0, 0)
    board.click(1, 0, CTRL)
    assert board.bench.pane.views.selected() == [note_id(0), note_id(2)]
    last = board.columns[2].visualRect(board.columns[2].model_of_notes.index(1))
    board.drop(board.columns[2].viewport(), last.top() + 4)
    assert board.cards() == [[note_id(1)], [], [note_id(3), note_id(0), note_id(2), note_id(4)]]
    assert board.session.undo_label() == "2 notities verplaatsen"
    board.undo()
    assert board.cards() == [[note_id(0), note_id(1)], [note_id(2)], [note_id(3), note_id(4)]]


@pytest.mark.long
def test_what_is_dragged_to_an_edge_brings_what_is_beyond_it_into_view(board: BoardBench) -> None:
    for number in range(9):
        typed = parse(f"Nog een kaart {number} met een zin van twee regels, zodat de kolom vol raakt", ())
        board.session.apply(capture_note(PANEL, board.note(0).content.question, typed, HELD))
    board.window.resize(911, 512)
    down, across = board.columns[0].verticalScrollBar(), board.bench.pane.views.board.horizontalScrollBar()
    board.qtbot.waitUntil(lambda: down.maximum() > 0 and across.maximum() > 0)
    board.click(0, 0)
    mime, viewport = notes_as_mime(board.bench.pane.views.board._dragged()), board.columns[0].viewport()
    held, left, move = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.MoveAction
    foot = QPoint(40, viewport.height() - 6)
    QApplication.sendEvent(viewport, QDragEnterEvent(foot, move, mime, left, held))
    QApplication.sendEvent(viewport, QDragMoveEvent(foot, move, mime, left, held))
    board.qtbot.waitUntil(lambda: down.value() > 0)
    QApplication.sendEvent(viewport, QDragLeaveEvent())
    last = board.bench.pane.views.board.viewport()
    at = viewport.mapFromGlobal(last.mapToGlobal(QPoint(last.width() - 6, 60)))
    QApplication.sendEvent(viewport, QDragEnterEvent(at, move, mime, left, held))
    QApplication.sendEvent(viewport, QDragMoveEvent(at, move, mime, left, held))
    board.qtbot.waitUntil(lambda: across.value() == across.maximum())
    QApplication.sendEvent(viewport, QDragLeaveEvent())
    assert not board.bench.pane.views.board._scrolling.isActive()


def test_a_card_let_go_where_it_stood_stays_there(board: BoardBench) -> None:
    board.click(0, 0)
    spot = board.columns[0].visualRect(board.columns[0].model_of_notes.index(0))
    board.drop(board.columns[0].viewport(), spot.top() + 4)
    assert board.cards()[0] == [note_id(0), note_id(1)]
    assert board.session.undo_label() != "notitie verplaatsen"


def test_a_plain_click_lets_go_of_cards_in_other_columns(board: BoardBench) -> None:
    board.click(0, 0)
    board.click(2, 1)
    assert board.bench.pane.views.selected() == [note_id(4)]


def test_cards_dropped_on_a_theme_go_to_the_question_that_asks_the_same(board: BoardBench) -> None:
    board.click(0, 0)
    board.click(2, 0, CTRL)
    theme = board.stage.material.content.guide.themes[2].id  # type: ignore[union-attr]
    board.drop(board.bench.filters.button(theme), 5)
    places = {number: board.note(number).content.question for number in (0, 3)}
    assert places == {
        0: panel.question_id(board.copy, "Beeldvorming", Aspect.YIELD),
        3: panel.question_id(board.copy, "Beeldvorming", Aspect.IMPROVEMENT),
    }
    assert board.session.undo_label() == "2 notities verplaatsen"


def test_a_card_is_edited_in_its_place_and_its_keys_are_those_of_the_list(board: BoardBench) -> None:
    board.click(1, 0)
    board.key("s")
    assert board.note(2).content.note.star
    board.key(Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, NoteEditor)
    editor.selectAll()
    board.type("Hij komt kijken. @1")
    board.key(Qt.Key.Key_Return)
    assert board.note(2).content.text == "Hij komt kijken."
    board.key(Qt.Key.Key_Delete)
    assert board.cards()[1] == []


def test_all_themes_stand_beside_each_other_with_what_belongs_to_no_question_first(board: BoardBench) -> None:
    board.session.apply(move_notes([note_id(6)], None, None, None))
    QTest.mouseClick(board.bench.filters.clear, Qt.MouseButton.LeftButton)
    assert board.cards()[0] == [note_id(6)]
    assert board.bench.pane.views.board.questions()[0] is None
    assert sum(len(cards) for cards in board.cards()) == 7
    board.click(0, 0)
    board.key(Qt.Key.Key_Right, ALT)
    assert board.note(6).content.question == board.bench.pane.views.board.questions()[0]
    assert board.note(6).content.note.panel == PANEL


def test_going_to_the_list_and_back_keeps_what_is_chosen(board: BoardBench) -> None:
    board.click(0, 1)
    board.stage.show_page(NOTES)
    assert board.bench.pane.views.selected() == [note_id(1)]
    board.key(Qt.Key.Key_S)
    assert board.note(1).content.note.star
    board.stage.show_page(BOARD)
    assert board.bench.pane.views.selected() == [note_id(1)]
