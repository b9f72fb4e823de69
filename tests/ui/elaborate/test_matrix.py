"""The matrix of Uitwerken: numbers that lead to their notes, and a figure exported as picture and table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from lxml import etree
from openpyxl import load_workbook
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.notes import set_kind
from sto_desktop.domain.actions.panels import change_panelist
from sto_desktop.domain.panel.matrix import Across, Counting
from sto_desktop.domain.vocabulary import Consent, NoteKind
from sto_desktop.report.blocks.blocks import Figure, FigureKind, Series
from sto_desktop.report.blocks.issued import said_output
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.elaborate import ElaborateStage, elaborate_stage
from sto_desktop.ui.elaborate.matrix.matrix_page import MatrixPage
from sto_desktop.ui.elaborate.stage import MATRIX, NOTES
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.figure import figure_drawing, figure_file
from tests.ui import elaborated_panel as panel
from tests.ui.elaborated_panel import note_id
from tests.ui.reading import note_rows


@pytest.fixture
def stage(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path) -> Iterator[ElaborateStage]:
    copy = panel.make_copy(tmp_path)
    settings.change(last_folder=str(tmp_path))
    window, session = panel.open_window(qtbot, theme, settings, copy, Stage.ELABORATE, elaborate_stage)
    stage = cast(ElaborateStage, window.stage_widget(Stage.ELABORATE))
    stage.show_page(MATRIX)
    yield stage
    panel.close_window(window, session)


def shown(page: MatrixPage) -> list[list[str]]:
    """Return the table as shown."""
    cells = page.table.cells
    return [
        [str(cells.index(row, column).data()) for column in range(cells.columnCount())]
        for row in range(cells.rowCount())
    ]


def test_arrow_keys_and_enter_lead_from_a_number_to_its_notes(stage: ElaborateStage) -> None:
    page = stage.matrix
    assert shown(page)[:3] == [
        ["Thema", "po", "vmbo", "Technolab", "gemeente", "totaal"],
        ["1 Po en Technolab", "2", "2", "1", "0", "5"],
        ["2 Beeldvorming", "1", "0", "0", "1", "2"],
    ]
    assert QApplication.focusWidget() is page.table
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    assert page.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole).endswith("2 notities, 2 panelleden")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert stage.page == NOTES
    assert stage.bench.filters.filter.sector == "vmbo"
    assert [row.key for row in note_rows(stage.bench.model)] == [note_id(3), note_id(4)]
    assert QApplication.focusWidget() is stage.bench.notes


def test_a_bundle_counts_for_the_sectors_of_all_its_voices_and_is_listed_under_each(stage: ElaborateStage) -> None:
    # A note by a member of vmbo represents one by a member of po.
    stage.bench.pane.hands.deeds.bundle([note_id(3), note_id(2)])
    page = stage.matrix
    assert shown(page)[1] == ["1 Po en Technolab", "2", "2", "1", "0", "4"]
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert stage.bench.filters.filter.sector == "po"
    assert [row.key for row in note_rows(stage.bench.model)] == [note_id(1), note_id(3)]


def test_a_click_on_an_aspect_or_a_total_leads_there_too(stage: ElaborateStage) -> None:
    page = stage.matrix
    first = next(button for button in page.across.findChildren(QAbstractButton) if button.text() == "Thema × aspect")
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert page.across.value() == Across.ASPECT
    table = page.table

    def click(row: int, column: int) -> None:
        rect = table.visualRect(table.model().index(row, column))
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())

    # A cell without notes leads nowhere.
    click(2, 2)
    assert stage.page == MATRIX
    click(1, 3)
    assert stage.bench.filters.filter.kind is NoteKind.IMPROVEMENT
    assert [row.key for row in note_rows(stage.bench.model)] == [note_id(3), note_id(4)]
    stage.show_page(MATRIX)
    click(2, 4)
    assert stage.bench.filters.filter.aspectless
    assert [row.key for row in note_rows(stage.bench.model)] == [note_id(5)]
    stage.show_page(MATRIX)
    click(1, 5)
    assert len(note_rows(stage.bench.model)) == 5


def test_members_are_counted_once(stage: ElaborateStage) -> None:
    page = stage.matrix
    page.counting.set_value(Counting.MEMBERS)
    page.show_content(stage.material.content)  # type: ignore[arg-type]
    assert shown(page)[1] == ["1 Po en Technolab", "1", "2", "1", "0", "4"]
    figure = page.figure.figure
    assert figure is not None
    assert figure.caption == "Wie sprak waarover: panelleden per sector en thema"


def test_the_table_and_the_figure_can_be_pasted(stage: ElaborateStage) -> None:
    page = stage.matrix
    QTest.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    clipboard = QGuiApplication.clipboard()
    # One member may not be named; their companion is the only one of a sector too.
    assert clipboard.text().splitlines()[0] == "Thema\tvmbo\toverige sectoren\ttotaal"
    assert "<td>5</td>" in clipboard.mimeData().html()
    QTest.mouseClick(page.figure.copy_button, Qt.MouseButton.LeftButton)
    assert clipboard.mimeData().hasImage()
    assert clipboard.text().splitlines()[1] == "vmbo\t2\t0\t0\t0"


@pytest.mark.parametrize("counting", Counting)
def test_the_two_tables_that_are_copied_have_the_same_totals(stage: ElaborateStage, counting: Counting) -> None:
    page, session = stage.matrix, stage._context.session
    # One without an aspect, and one of another kind than its question asks for.
    session.apply(set_kind([note_id(3)], NoteKind.QUOTE))
    page.counting._segments[list(Counting).index(counting)].click()
    totals = []
    for segment in page.across._segments:
        segment.click()
        QTest.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
        totals.append([row.split("\t")[-1] for row in QGuiApplication.clipboard().text().splitlines()])
    assert totals[0] == totals[1]
    assert set(totals[0]) - {"totaal", "0"}


def test_who_does_not_take_part_is_counted_on_the_screen_and_in_nothing_that_is_pasted(stage: ElaborateStage) -> None:
    page, session = stage.matrix, stage._context.session
    truus = next(member for member in session.dossier.read.members.of_panel(panel.PANEL) if member.seat == 1)
    session.apply(change_panelist(truus.id, consent_participation=Consent.NO))
    assert shown(page)[1] == ["1 Po en Technolab", "2", "2", "1", "0", "5"]
    QTest.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    rows = QGuiApplication.clipboard().text().splitlines()
    assert rows[0] == "Thema\tvmbo\toverige sectoren\ttotaal"
    assert rows[1] == "1 Po en Technolab\t2\t1\t3"
    QTest.mouseClick(page.figure.copy_button, Qt.MouseButton.LeftButton)
    assert "po" not in [row.split("\t")[0] for row in QGuiApplication.clipboard().text().splitlines()]


def test_what_is_copied_and_saved_is_in_the_list_of_what_was_made(stage: ElaborateStage, tmp_path: Path) -> None:
    page, read = stage.matrix, stage._context.session.dossier.read
    QTest.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.figure.copy_button, Qt.MouseButton.LeftButton)
    page.figure._ask = lambda *_: tmp_path / "figuur.png"
    QTest.mouseClick(page.figure.save_button, Qt.MouseButton.LeftButton)
    assert page.figure.figure is not None
    caption = page.figure.figure.caption
    assert sorted((said_output(one), one.file_name, one.naming) for one in read.course.all_issued()) == [
        ("figuur of tabel, Thema × sector", "(klembord)", "ROLE"),
        (f"figuur of tabel, {caption}", "(klembord)", "ROLE"),
        (f"figuur of tabel, {caption}", "figuur.png", "ROLE"),
    ]


@pytest.mark.parametrize("ending", ["png", "svg", "xlsx", "csv"])
def test_a_figure_is_saved_as_a_picture_or_a_table(stage: ElaborateStage, tmp_path: Path, ending: str) -> None:
    page = stage.matrix
    asked: list[Path] = []
    target = tmp_path / f"figuur.{ending}"

    def ask(_window: object, _question: object, suggested: Path) -> Path:
        asked.append(suggested)
        return target

    page.figure._ask = ask
    QTest.mouseClick(page.figure.save_button, Qt.MouseButton.LeftButton)
    assert asked == [tmp_path / "Wie sprak waarover notities per sector en thema.png"]
    content = target.read_bytes()
    if ending == "png":
        image = QImage.fromData(content)
        assert image.width() > 1500
        pixels = (image.pixelColor(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9))
        assert len({pixel.name() for pixel in pixels}) > 3
    elif ending == "svg":
        assert QSvgRenderer(QByteArray(content)).isValid()
    elif ending == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert [cell.value for cell in sheet[2]] == ["vmbo", 2, 0, 0, 0]
    else:
        assert content.decode("utf-8-sig").splitlines()[1] == "vmbo;2;0;0;0"
    assert page.figure.figure is not None
    assert content == figure_file(page.figure.figure, f".{ending}") or ending == "xlsx"


def test_a_figure_is_drawn_in_a_font_that_this_computer_has(qapp: QApplication) -> None:
    figure = Figure(
        FigureKind.BARS, "Wie sprak", "sector", ("po",), (Series("notities", (3,)),), "notities", "Een balk."
    )
    family = etree.fromstring(figure_drawing(figure)).get("font-family")
    assert family in QFontDatabase.families()


def test_a_folder_that_cant_be_written_is_said(stage: ElaborateStage, tmp_path: Path) -> None:
    failed: list[object] = []
    stage.matrix.failed.connect(failed.append)
    stage.matrix.figure._ask = lambda _parent, _suggested, _filters: tmp_path / "weg" / "figuur.png"
    QTest.mouseClick(stage.matrix.figure.save_button, Qt.MouseButton.LeftButton)
    assert "kan niet worden geschreven" in str(failed[0])
