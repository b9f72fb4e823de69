"""Vogelvlucht in the window: matrix, workspace, plan and exports, by keys and clicks, on the example's panels."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.actions.planning import own_line
from sto_desktop.domain.log.change import action, change
from sto_desktop.domain.panel.overview import Axis, Overview
from sto_desktop.domain.panel.voices import Support
from sto_desktop.domain.people import first_name_of, surname_of
from sto_desktop.domain.privacy.participation import unasked
from sto_desktop.domain.vocabulary import Consent, Level, Priority
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.elaborate import ElaborateStage, elaborate_stage
from sto_desktop.ui.findings.cards import insights_as_mime
from sto_desktop.ui.findings.recommendation_form import RecommendationDialog
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.similar_list import REST_MS
from sto_desktop.ui.notes.to_check import ToCheckDialog
from sto_desktop.ui.overview.finding_card import FindingCard
from sto_desktop.ui.overview.stage import FIGURES, MATRIX, PLAN, OverviewStage
from sto_desktop.ui.paper.files import SYSTEM_FILES, Files
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import EmptyState
from sto_desktop.workplace import Workplace
from sto_desktop.workplace.example import make_example
from tests.ui import elaborated_panel as panel
from tests.ui.paper.pdf_reading import missing_words
from tests.ui.reading import newest

NOW = dt.datetime(2023, 5, 1, 9, 0, tzinfo=dt.UTC)
ALT = Qt.KeyboardModifier.AltModifier


class Room:
    """The window on the vogelvlucht, and the folder of its files."""

    def __init__(
        self, qtbot: QtBot, theme: Appearance, settings: SettingsStore, copy: WorkingCopy, folder: Path
    ) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.is_open = True
        settings.change(last_folder=str(folder))
        self.session = Session(copy, lambda: NOW)
        files = Files(
            lambda _parent, suggested: suggested,
            SYSTEM_FILES.ask_template,
            lambda _path: None,
            lambda: folder,
            SYSTEM_FILES.print,
            SYSTEM_FILES.ask_logo,
        )
        factories = {
            Stage.OVERVIEW: lambda context: OverviewStage(
                context, files, lambda _parent, _question, suggested: suggested
            ),
            Stage.ELABORATE: elaborate_stage,
        }
        self.window = MainWindow(theme, settings, factories)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.window.set_session(self.session)
        self.window.navigate(Stage.OVERVIEW)
        self.stage = cast(OverviewStage, self.window.stage_widget(Stage.OVERVIEW))
        self.until(lambda: self.stage.seen is not None)

    @property
    def seen(self) -> Overview:
        assert self.stage.seen is not None
        return self.stage.seen

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=20_000)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(cast(QWidget, QApplication.focusWidget()), key, modifiers)

    def close(self) -> None:
        self.is_open = False
        self.window.set_session(None)
        self.session.close()

    def close_before_a_question(self) -> None:
        """Close during an event, while a question with an event loop of its own follows."""
        question = QEventLoop()

        def close_and_ask() -> None:
            self.close()
            QTimer.singleShot(3 * REST_MS, question.quit)
            question.exec()

        QTimer.singleShot(0, close_and_ask)
        self.until(lambda: not self.is_open and not question.isRunning())


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's five panels in a file, made once."""
    folder = tmp_path_factory.mktemp("example")
    workplace = Workplace(panel.ME, WorkingCopies(folder / "home"))
    copy = make_example(workplace, folder / "voorbeeld.sto")
    path = copy.path
    copy.close()
    return path


@pytest.fixture
def room(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path, example: Path) -> Iterator[Room]:
    """The window on the example's five panels."""
    path = shutil.copyfile(example, tmp_path / "voorbeeld.sto")
    copy = WorkingCopies(tmp_path / "home").open(path, panel.ME)
    made = Room(qtbot, theme, settings, copy, tmp_path)
    yield made
    if made.is_open:
        made.close()


def _cell(room: Room, row: int, column: int) -> str:
    return str(room.stage.table.cells.index(row, column).data())


def _click(room: Room, row: int, column: int) -> None:
    table = room.stage.table
    rect = table.visualRect(table.cells.index(row, column))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def _write(room: Room, text: str) -> None:
    editor = room.stage.workspace.editor
    assert editor is not None
    QTest.keyClicks(editor.text, text)
    QTest.keyClick(editor.text, Qt.Key.Key_Return)


@pytest.mark.long
def test_the_matrix_shows_the_foremost_insight_of_each_subregion_with_its_support(room: Room) -> None:
    stage, seen = room.stage, room.seen
    assert [_cell(room, 0, at) for at in range(1, 6)] == [
        "Almelo e.o.", "Enschede", "Hengelo", "Oldenzaal", "Rijssen-Holten",
    ]  # fmt: skip
    theme = seen.themes[3]
    crossing = seen.crossing((Axis.THEME, theme.id), (Axis.SUBREGION, "Hengelo"))
    assert crossing.foremost is not None
    assert crossing.foremost.backing.support is Support.SINGLE
    index = stage.table.cells.index(4, 3)
    assert index.data() == crossing.foremost.text
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "één stem" in spoken
    assert "1 sector" in spoken
    assert f"{crossing.notes} notities" in spoken


def test_arrows_and_enter_lead_from_a_cell_to_its_notes_and_on_to_uitwerken(room: Room) -> None:
    stage = room.stage
    assert QApplication.focusWidget() is stage.table
    room.press(Qt.Key.Key_Right)
    room.press(Qt.Key.Key_Down)
    assert stage.workspace.title.text() == room.seen.themes[1].label
    room.press(Qt.Key.Key_Return)
    card = cast(FindingCard, QApplication.focusWidget())
    assert card.finding.panel.subregion == "Enschede"
    assert card.finding.text == _cell(room, 2, 2)
    room.press(Qt.Key.Key_Return)
    assert [note.accessibleName() for note in card.notes] == [
        note.text for note in stage.workspace._notes_behind(card.finding)
    ]
    assert card.notes
    room.until(lambda: bool(stage.workspace.similar.cards))
    room.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is stage.table
    wanted = card.notes[0].accessibleName()
    QTest.mouseClick(card.notes[0], Qt.MouseButton.LeftButton)
    assert room.window.stage is Stage.ELABORATE
    elaborate = cast(ElaborateStage, room.window.stage_widget(Stage.ELABORATE))
    content = elaborate.material.content
    assert content is not None
    assert content.panel.id == card.finding.panel.id
    (chosen,) = elaborate.bench.pane.views.selected()
    assert next(note.text for note in content.notes if note.id == chosen) == wanted


def test_nothing_is_looked_up_any_more_in_a_dossier_that_was_closed_right_after_a_choice(room: Room) -> None:
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Return)
    assert cast(FindingCard, QApplication.focusWidget()).is_open
    room.close_before_a_question()


def test_nothing_is_looked_up_after_closing_on_the_plan_either(room: Room) -> None:
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Return)
    room.stage.show_page(PLAN)
    room.stage.show_content()
    room.close_before_a_question()


def test_what_other_panels_said_is_looked_up_after_coming_back_to_the_matrix(room: Room) -> None:
    stage = room.stage
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Return)
    stage.show_page(PLAN)
    assert not stage.workspace.similar.cards
    stage.show_page(MATRIX)
    room.until(lambda: bool(stage.workspace.similar.cards))


@pytest.mark.long
def test_rows_and_columns_can_be_any_axis_and_never_the_same(room: Room) -> None:
    bar = room.stage.bar
    QTest.mouseClick(bar.swap, Qt.MouseButton.LeftButton)
    assert bar.axes() == (Axis.SUBREGION, Axis.THEME)
    assert _cell(room, 1, 0) == "Almelo e.o."
    bar.rows.setFocus()
    QTest.keyClick(bar.rows, Qt.Key.Key_End)
    assert bar.axes() == (Axis.YEAR, Axis.THEME)
    assert [_cell(room, 1, 0)] == ["2023"]
    bar.columns.setCurrentIndex(bar.columns.findData(Axis.YEAR))
    assert bar.axes() == (Axis.THEME, Axis.YEAR)
    bar.columns.setCurrentIndex(bar.columns.findData(Axis.SECTOR))
    sectors = [head.id for head in room.seen.heads(Axis.SECTOR)]
    assert [_cell(room, 0, at + 1) for at in range(len(sectors))] == sectors
    index = room.stage.table.cells.index(1, 1)
    assert "niet besproken" not in str(index.data())


def test_numbers_show_by_choice(room: Room) -> None:
    before = room.stage.table.grab().toImage()
    box = room.stage.bar.findChild(QCheckBox)
    assert isinstance(box, QCheckBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert room.stage.table.cells.counts
    assert room.stage.table.grab().toImage() != before


@pytest.mark.long
def test_an_insight_over_panels_is_written_on_what_was_chosen_and_says_where_it_comes_back(room: Room) -> None:
    stage = room.stage
    _click(room, 2, 1)
    room.press(Qt.Key.Key_Return)
    cards = stage.workspace.all_cards()
    chosen = [
        next(card for card in cards if card.finding.panel.subregion == name) for name in ("Almelo e.o.", "Hengelo")
    ]
    for card in chosen:
        card.setFocus()
        room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_I)
    _write(room, "Zelf zien verandert het beeld")
    room.until(lambda: len(stage.workspace.overall.cards) == 1)
    theme = room.seen.themes[1].id
    (made,) = room.seen.overall(theme)
    assert set(made.insights) == {card.id for card in chosen}
    (shown,) = stage.workspace.overall.cards.values()
    assert shown.content.support == "komt terug in 2 van 5 panels"
    assert room.session.undo_label() == "inzicht over panels toevoegen"
    # By its number, as a contradiction; and by dragging.
    other = next(card for card in stage.workspace.all_cards() if card.finding.panel.subregion == "Enschede")
    other.setFocus()
    room.press(Qt.Key.Key_1, ALT)
    room.until(lambda: bool(room.seen.overall(theme)[0].against))
    assert room.seen.overall(theme)[0].against == (other.id,)
    third = next(card for card in stage.workspace.all_cards() if card.finding.panel.subregion == "Oldenzaal")
    _drop(shown, insights_as_mime([(third.id, third.finding.text)]))
    room.until(lambda: "3 van 5" in shown.content.support)
    # A note as well, and back again.
    third.set_open(True)
    third.note_attach_asked.emit(stage.workspace._notes_behind(third.finding)[0].note)
    room.until(lambda: bool(room.seen.overall(theme)[0].supports))
    room.session.undo()
    room.until(lambda: not room.seen.overall(theme)[0].supports)
    shown.setFocus()
    room.press(Qt.Key.Key_F2)
    _write(room, ", ook bij ouders")
    room.until(lambda: room.seen.overall(theme)[0].insight.text.endswith("ook bij ouders"))
    room.press(Qt.Key.Key_Delete)
    room.until(lambda: not room.seen.overall(theme))


def _drop(on: QWidget, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    on.dropEvent(event)


def test_recommendations_that_say_the_same_become_one_line_and_part_again(room: Room) -> None:
    stage = room.stage
    stage.show_page(PLAN)
    table = stage.plan.table
    assert QApplication.focusWidget() is table
    before = len(table.plan.lines)
    texts = {line.main.recommendation.text for line in table.plan.lines[:2]}
    room.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(table.chosen()) == 2
    room.press(Qt.Key.Key_G)
    room.until(lambda: len(table.plan.lines) == before - 1)
    assert room.session.undo_label() == "dezelfde aanbeveling"
    both = next(line for line in table.plan.lines if len(line.all) == 2)
    assert {item.recommendation.text for item in both.all} == texts
    stage.plan.go_to(both.main.id)
    room.press(Qt.Key.Key_L)
    room.until(lambda: len(table.plan.lines) == before)


def test_a_line_is_filled_in_and_ordered_and_what_the_panel_wrote_stays(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = room.stage
    stage.show_page(PLAN)
    table = stage.plan.table
    first, second = table.plan.lines[0], table.plan.lines[1]

    def fill(dialog: RecommendationDialog) -> int:
        QTest.keyClicks(dialog.text, " Samen.")
        dialog.school_years.setText("2025-2029")
        dialog.level.set_value(Level.PROGRAMME)
        dialog.priority.set_value(Priority.HIGH)
        dialog.owner.setText("Programmaleider")
        dialog.save_button.click()
        return dialog.result()

    monkeypatch.setattr(RecommendationDialog, "exec", fill)
    room.press(Qt.Key.Key_Return)
    room.until(lambda: table.plan.own_count == 1)
    line = table.plan.lines[0]
    assert line.main.recommendation.text == first.main.recommendation.text + " Samen."
    assert (line.main.recommendation.school_years, line.main.recommendation.level) == ("2025-2029", Level.PROGRAMME)
    assert line.panels == first.panels
    asked = [
        recommendation
        for content in room.seen.panels
        for recommendation in content.recommendations
        if recommendation.id == first.main.id
    ]
    assert asked == [first.main]
    assert room.session.undo_label() == "in het plan opnemen"
    stage.plan.go_to(second.main.id)
    room.press(Qt.Key.Key_Up, ALT)
    room.until(lambda: table.plan.own_count == 2)
    room.press(Qt.Key.Key_Up, ALT)
    room.until(lambda: second.main.id in {item.id for item in table.plan.lines[0].all})
    assert table.currentIndex().row() == 0
    room.press(Qt.Key.Key_Delete)
    room.until(lambda: table.plan.own_count == 1)
    assert all(second.main.id != item.id for item in table.plan.lines[0].all)
    # Dragged to the top, it is adopted there.
    stage.plan.go_to(second.main.id)
    at = table.visualRect(table.plan.index(0, 1)).topLeft() + QPoint(20, 4)
    event = QDropEvent(
        QPointF(at), Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    table.dropEvent(event)
    room.until(lambda: own_line(table.plan.lines[0]) is not None and table.plan.own_count == 2)
    assert second.main.id in {item.id for item in table.plan.lines[0].all}


def test_a_recommendation_follows_from_chosen_insights(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = room.stage

    def write(dialog: RecommendationDialog) -> int:
        QTest.keyClicks(dialog.text, "Bezoek elkaars panels")
        dialog.save_button.click()
        return dialog.result()

    monkeypatch.setattr(RecommendationDialog, "exec", write)
    room.press(Qt.Key.Key_Return)
    card = cast(FindingCard, QApplication.focusWidget())
    room.press(Qt.Key.Key_Space)
    room.press(Qt.Key.Key_A)
    room.until(lambda: bool(room.seen.content.recommendations))
    (made,) = room.seen.content.recommendations
    assert made.insights == (card.id,)
    line = next(line for line in room.seen.plan if line.main.id == made.id)
    assert line.themes == (room.seen.themes[0].id,)
    assert stage.page == MATRIX


@pytest.mark.long
def test_the_five_panels_go_to_word_newsletter_and_plan(room: Room) -> None:
    stage = room.stage
    with room.qtbot.waitSignal(stage.out.written, timeout=30_000) as word:
        room.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    target = cast(Path, word.args[0])
    assert target.name == "Vogelvlucht panelgesprekken.docx"
    said = "\n".join(paragraph.text for paragraph in Document(str(target)).paragraphs)
    assert "Samenvatting" in said
    assert all(theme.label in said for theme in room.seen.themes)
    with room.qtbot.waitSignal(stage.out.copied, timeout=30_000):
        stage.menu.actions()[0].trigger()
    words = QGuiApplication.clipboard().text().split()
    assert 100 < len(words) < 500
    for at, ending in ((1, ".docx"), (5, ".md")):
        with room.qtbot.waitSignal(stage.out.written, timeout=30_000) as made:
            stage.menu.actions()[at].trigger()
        assert cast(Path, made.args[0]).suffix == ending
        assert cast(Path, made.args[0]).stat().st_size > 500
    with room.qtbot.waitSignal(stage.out.written, timeout=30_000) as plan:
        stage.menu.actions()[3].trigger()
    sheet = load_workbook(str(plan.args[0])).worksheets[0]
    assert sheet.max_row > len(room.seen.plan)
    assert "niet vastgelegd" not in newest(room.window.notices)
    member = next(one for panel in room.seen.panels for one in panel.panelists if one.present)
    room.session.apply(change_panelist(member.id, consent_participation=Consent.UNKNOWN))
    room.until(lambda: any(unasked(panel.panelists) for panel in room.seen.panels))
    with room.qtbot.waitSignal(stage.out.written, timeout=30_000):
        stage.menu.actions()[3].trigger()
    room.until(lambda: "Van 1 panellid is niet vastgelegd" in newest(room.window.notices))


@pytest.mark.long
def test_what_may_be_a_name_in_the_vogelvlucht_is_shown_after_each_way_out(room: Room) -> None:
    from sto_desktop.domain.actions.elaborate import change_insight, change_recommendation

    members = [item for content in room.seen.panels for item in content.panelists if surname_of(item.name)]
    # The same one each time: the order of the panels depends on their ids.
    member = min((item for item in members if first_name_of(item.name).isalpha()), key=lambda item: item.name)
    crossing = room.seen.crossing((Axis.THEME, room.seen.themes[0].id), (Axis.SUBREGION, "Almelo e.o.")).foremost
    assert crossing is not None
    glued = f"plan{first_name_of(member.name)}".lower()
    room.session.apply(change_insight(crossing.insight.id, text=f"Er komt een {glued} in het najaar."))
    # The others hold no insights.
    for content in room.seen.panels:
        for advice in content.recommendations:
            room.session.apply(change_recommendation(advice.id, text=f"Maak een {glued} voor het najaar."))
    room.until(lambda: glued in (_cell(room, 1, 1) or ""))
    stage = room.stage
    for at in (None, 0, 3):
        signal = stage.out.copied if at == 0 else stage.out.written
        with room.qtbot.waitSignal(signal, timeout=30_000):
            if at is None:
                room.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
            else:
                stage.menu.actions()[at].trigger()
        (dialog,) = [one for one in room.window.findChildren(ToCheckDialog) if one.isVisible()]
        assert f"«{glued}» blijft staan" in dialog.places.toPlainText()
        room.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        room.until(lambda: not room.window.findChildren(ToCheckDialog))


def test_figures_are_those_of_the_document(room: Room) -> None:
    room.stage.show_page(FIGURES)
    assert [card.figure.category_label for card in room.stage.figures.cards if card.figure] == ["Subregio"] * 4
    assert QApplication.focusWidget() is room.stage.figures.cards[0].copy_button


def test_what_a_colleague_changes_elsewhere_shows_by_itself(room: Room) -> None:
    from sto_desktop.domain.actions.elaborate import change_insight

    crossing = room.seen.crossing((Axis.THEME, room.seen.themes[0].id), (Axis.SUBREGION, "Almelo e.o.")).foremost
    assert crossing is not None
    room.session.apply(change_insight(crossing.insight.id, text="Heel anders"))
    room.until(lambda: _cell(room, 1, 1) == "Heel anders")


@pytest.mark.parametrize(("held", "title"), [(False, "Nog geen panelgesprekken"), (True, "Nog geen inzichten")])
def test_an_empty_vogelvlucht_says_what_to_do(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path, held: bool, title: str
) -> None:
    room = Room(qtbot, theme, settings, panel.make_copy(tmp_path, panel=held), tmp_path)
    shown = [state for state in room.stage.findChildren(EmptyState) if state.isVisible()]
    assert [state.title.text() for state in shown] == [title]
    assert not room.stage.save_button.isEnabled()
    assert shown[0].button is not None
    room.press(Qt.Key.Key_Return)
    assert room.window.stage is (Stage.ELABORATE if held else Stage.PREPARE)
    room.close()


def test_two_years_of_panels_are_compared_and_one_alone_is_shown(room: Room) -> None:
    stage, bar = room.stage, room.stage.bar
    assert not bar.years_button.isVisible()
    moved = next(item.panel for item in room.seen.panels if item.panel.subregion == "Hengelo")
    room.session.apply(action("datum", change("panel", moved.id, date=dt.date(2025, 2, 14))))
    room.until(lambda: bar.years_button.isVisible())
    bar.columns.setCurrentIndex(bar.columns.findData(Axis.YEAR))
    assert [_cell(room, 0, at) for at in (1, 2)] == ["2023", "2025"]
    theme = room.seen.themes[0].id
    late = room.seen.crossing((Axis.THEME, theme), (Axis.YEAR, "2025")).foremost
    assert late is not None
    assert _cell(room, 1, 2) == late.text
    QTest.mouseClick(bar.years_button, Qt.MouseButton.LeftButton)
    next(item for item in bar.menu.actions() if item.text() == "2025").trigger()
    bar.menu.close()
    assert [item.panel.id for item in room.seen.panels] == [moved.id]
    assert stage.table.cells.columnCount() == 2
    # It is saved for the next time.
    room.window.set_session(room.session)
    room.window.navigate(Stage.OVERVIEW)
    again = cast(OverviewStage, room.window.stage_widget(Stage.OVERVIEW))
    room.until(lambda: again.seen is not None)
    assert again.bar.axes() == (Axis.THEME, Axis.YEAR)
    assert again.bar.years == ("2025",)


def test_every_word_of_the_vogelvlucht_in_word_is_in_its_pdf(room: Room) -> None:
    room.stage.save()
    room.until(lambda: any(room.folder.glob("*.docx")) and not room.stage.out.working)
    room.stage.save(ending=".pdf")
    room.until(lambda: any(room.folder.glob("*.pdf")) and not room.stage.out.working)
    (word_file,), (pdf,) = room.folder.glob("*.docx"), room.folder.glob("*.pdf")
    assert not missing_words(word_file.read_bytes(), pdf.read_bytes())
