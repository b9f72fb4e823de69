"""Verslag by key and mouse: options, pages, the Word file, and problems with files."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.elaborate import change_insight
from sto_desktop.domain.actions.panels import change_panel, change_panelist
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.vocabulary import Consent, PanelStatus
from sto_desktop.report.blocks.options import Part
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.stage import Stage, StageContext
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.files import Files
from sto_desktop.ui.paper.page_view import PAGE
from sto_desktop.ui.paper.pages import Pages
from sto_desktop.ui.report.stage import ReportStage
from sto_desktop.ui.widgets import Banner, TextLabel
from tests.report.word.templates import english
from tests.ui import elaborated_panel as panel
from tests.ui.elaborated_panel import PANEL
from tests.ui.reading import main_colour, newest, press_answer

HIDDEN = "Geert-Jan op 't Ende"
"""The member who refused to be named."""


class Desk:
    """The files of a test: the user's answers, and which files were opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.target: Path | None = folder / "verslag.docx"
        self.template: Path | None = None
        self.suggested: list[Path] = []
        self.opened: list[Path] = []
        self.printed: list[int] = []

    def files(self) -> Files:
        """Return the stage's way to files."""
        return Files(
            self._target,
            lambda _parent, _folder: self.template,
            self.opened.append,
            lambda: self.folder,
            self._print,
            lambda _parent, _folder: None,
        )

    def _print(self, _parent: QWidget, sheets: Pages) -> Callable[[], object]:
        return partial(self.printed.append, sheets.count)

    def _target(self, _parent: QWidget, suggested: Path) -> Path | None:
        self.suggested.append(suggested)
        return self.target


class Report:
    """The window on Verslag, with methods for keys and clicks."""

    def __init__(self, qtbot: QtBot, theme: Appearance, settings: SettingsStore, copy: WorkingCopy, desk: Desk) -> None:
        self.qtbot = qtbot
        self.desk = desk

        def build(context: StageContext) -> QWidget:
            return ReportStage(context, desk.files())

        self.window, self.session = panel.open_window(qtbot, theme, settings, copy, Stage.REPORT, build)
        self.stage = cast(ReportStage, self.window.stage_widget(Stage.REPORT))

    def text(self) -> str:
        """Return the text of the pages."""
        return self.stage.pages.text()

    def shows(self, words: str) -> None:
        """Wait until the pages are there and say this."""
        self.qtbot.waitUntil(lambda: self.stage.pages.complete and words in self.text())

    def lacks(self, words: str) -> None:
        """Wait until the pages no longer say this."""
        self.qtbot.waitUntil(lambda: self.stage.pages.complete and words not in self.text())

    def save(self) -> None:
        """Press Ctrl+E and wait for the result."""
        focus = QApplication.focusWidget()
        assert focus is not None
        before = self.banner()
        QTest.keyClick(focus, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        self.approve()
        self.qtbot.waitUntil(lambda: self.banner() not in (None, before))
        self.qtbot.waitUntil(lambda: not self.stage.out.working)

    def approve(self) -> None:
        """Approve the names in texts, if these are shown first."""
        if self.stage.names_dialog is not None:
            QTest.mouseClick(self.stage.names_dialog.approve, Qt.MouseButton.LeftButton)

    def banner(self) -> Banner | None:
        """Return the message above the verslag, if one is shown."""
        return next((banner for banner in self.stage.findChildren(Banner) if banner.isVisible()), None)

    def said(self) -> str:
        """Return what the banner says."""
        return newest(self.stage.notices)

    def press_in_banner(self) -> None:
        """Press the button of the banner."""
        press_answer(self.stage.notices)


def words_of(path: Path) -> str:
    """Return the main part of a Word file."""
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "Documenten"
    folder.mkdir()
    return Desk(folder)


@pytest.fixture
def report(qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path, desk: Desk) -> Iterator[Report]:
    copy = panel.make_copy(tmp_path)
    panel.add_first_insight(copy)
    made = Report(qtbot, theme, settings, copy, desk)
    made.shows("Verslag panelgesprek Oldenzaal")
    yield made
    panel.close_window(made.window, made.session)


def test_a_copy_that_is_being_made_when_the_dossier_is_left_is_for_nobody(report: Report) -> None:
    gone: list[bool] = []
    report.stage.destroyed.connect(lambda: gone.append(True))
    with capture_exceptions() as exceptions:
        report.stage.copy_action.trigger()
        report.approve()
        work = report.stage.out._work
        assert work is not None
        report.window.set_session(None)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert gone
        work.wait()
    assert not exceptions


def test_the_pages_show_what_will_be_in_the_word_file(report: Report) -> None:
    for words in ("Inhoud", "Samenvatting", "Samenwerking primair onderwijs en Technolab", "Iedereen doet mee."):
        assert words in report.text()
    assert report.stage.pages.pages > 3
    assert QApplication.focusWidget() is report.stage.pages


@pytest.mark.long
def test_closing_the_dossier_while_the_pages_are_made_makes_nothing_of_it_afterwards(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path, desk: Desk
) -> None:
    copy = panel.make_copy(tmp_path)
    made = Report(qtbot, theme, settings, copy, desk)
    qtbot.waitUntil(lambda: bool(made.stage._making))
    question = QEventLoop()
    closed = []

    def close_and_ask() -> None:
        """Close during an event, while a question with an event loop of its own follows."""
        panel.close_window(made.window, made.session)
        QTimer.singleShot(2000, question.quit)
        question.exec()
        closed.append(True)

    QTimer.singleShot(0, close_and_ask)
    qtbot.waitUntil(lambda: bool(closed), timeout=20_000)


def test_keys_scroll_through_the_pages(report: Report) -> None:
    bar = report.stage.pages.verticalScrollBar()
    QTest.keyClick(report.stage.pages, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(report.stage.pages, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(report.stage.pages, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(report.stage.pages, Qt.Key.Key_Space)
    assert bar.value() > 0


def test_a_link_in_the_contents_goes_to_its_chapter(report: Report) -> None:
    pages = report.stage.pages
    assert pages.sheets is not None
    pages.verticalScrollBar().setValue(round(PAGE.height() * 0.92) + 24)
    chapter = [place for name, place in pages.sheets.anchors.items() if name.startswith("thema-")][1]
    spot = None
    for y in range(0, pages.viewport().height(), 6):
        if pages._link_at(QPointF(pages.viewport().width() / 2 - 200, y)) == chapter:
            spot = QPoint(pages.viewport().width() // 2 - 200, y)
            break
    assert spot is not None
    before = pages.verticalScrollBar().value()
    QTest.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert pages.verticalScrollBar().value() > before + PAGE.height()


def test_parts_go_in_and_out_by_their_boxes(report: Report) -> None:
    boxes = report.stage.options.parts
    assert not boxes[Part.NOTES].isChecked()
    assert boxes[Part.SUMMARY].isChecked()
    assert "Bijlage A" not in report.text()
    boxes[Part.NOTES].setFocus()
    QTest.keyClick(boxes[Part.NOTES], Qt.Key.Key_Space)
    report.shows("Bijlage A")
    boxes[Part.SUMMARY].setFocus()
    QTest.keyClick(boxes[Part.SUMMARY], Qt.Key.Key_Space)
    report.lacks("Samenvatting")


def test_without_a_cover_the_first_page_has_a_footer_like_the_others(report: Report) -> None:
    box = report.stage.options.parts[Part.COVER]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)

    def first() -> str:
        sheets = report.stage.pages.sheets
        return sheets.text_of(0) if sheets else ""

    assert "pagina 1" not in first()
    report.qtbot.waitUntil(lambda: "pagina 1" in first())
    report.stage.pages.grab()


def test_names_in_full_never_name_who_said_no(report: Report) -> None:
    notes = report.stage.options.parts[Part.NOTES]
    notes.setFocus()
    QTest.keyClick(notes, Qt.Key.Key_Space)
    report.shows("Bijlage A")
    assert "Mirjam Lansink" not in report.text()
    assert report.stage.options.consent.text().startswith(
        "1 panellid gaf geen toestemming en wordt nooit genoemd. "
        "Bij «Voluit» staan daarom ook anderen zonder naam: anders is te zien wie het is."
    )
    report.stage.options.names._segments[0].click()
    report.shows("Mirjam Lansink")
    assert HIDDEN not in report.text()
    report.save()
    assert HIDDEN not in words_of(report.desk.folder / "verslag.docx")


def test_of_whom_it_is_not_known_whether_they_take_part_is_said_beside_the_verslag(report: Report) -> None:
    people = [one for one in report.session.dossier.read.members.of_panel(PANEL) if one.present]
    consent = report.stage.options.consent
    report.qtbot.waitUntil(lambda: f"Van {len(people)} panelleden is niet vastgelegd of ze meedoen" in consent.text())
    for one in people[1:]:
        report.session.apply(change_panelist(one.id, consent_participation=Consent.YES))
    report.qtbot.waitUntil(lambda: "Van 1 panellid is niet vastgelegd of het meedoet" in consent.text())
    report.session.apply(change_panelist(people[0].id, consent_participation=Consent.YES))
    report.qtbot.waitUntil(lambda: "niet vastgelegd" not in consent.text())


def test_who_does_not_take_part_is_in_no_page_and_no_file_and_that_is_said(report: Report) -> None:
    report.stage.options.names._segments[0].click()
    report.shows("Mirjam Lansink")
    people = report.session.dossier.read.members.of_panel(PANEL)
    ahmet = next(person for person in people if person.seat == 4)
    assert "Alle scholen in de stad" in report.text()
    report.session.apply(change_panelist(ahmet.id, consent_participation=Consent.NO))
    report.lacks("Alle scholen in de stad")
    assert "Ahmet" not in report.text()
    assert "Aan het gesprek namen vier panelleden deel." in report.text()
    assert report.stage.options.consent.text().startswith(
        "1 panellid doet niet mee: dat staat niet in het verslag, en wat het zei ook niet. "
        "1 panellid gaf geen toestemming en wordt nooit genoemd. "
        "Bij «Voluit» staan daarom ook anderen zonder naam: anders is te zien wie het is."
    )
    report.save()
    assert "1 notitie bleef weg: er is geen toestemming voor (deelname: nee)." in report.said()
    words = words_of(report.desk.folder / "verslag.docx")
    assert "Alle scholen in de stad" not in words
    assert "Ahmet" not in words
    # A missing name would reveal that it belongs to the member who refused.
    assert "weggelaten" not in words


def test_the_pages_follow_the_dossier(report: Report) -> None:
    report.session.apply(change_insight("first", text="Bijna iedereen doet mee."))
    report.shows("Bijna iedereen doet mee.")
    report.session.apply(change_panel(PANEL, status=PanelStatus.FINAL))
    report.shows("VASTGESTELD")
    assert "vastgesteld" in report.stage.top._subtitle.text()


def test_the_place_in_the_pages_stays_when_something_changes(report: Report) -> None:
    bar = report.stage.pages.verticalScrollBar()
    bar.setValue(2000)
    report.session.apply(change_insight("first", text="Bijna iedereen doet mee."))
    report.shows("Bijna iedereen doet mee.")
    assert bar.value() == 2000


def test_what_changed_elsewhere_is_there_on_coming_back(report: Report) -> None:
    report.window.navigate(Stage.START)
    report.session.apply(change_insight("first", text="Bijna iedereen doet mee."))
    assert "Bijna iedereen" not in report.text()
    report.window.navigate(Stage.REPORT)
    report.shows("Bijna iedereen doet mee.")


# The Word file


def test_ctrl_e_saves_a_word_file_under_a_name_that_says_what_it_is(report: Report) -> None:
    report.save()
    assert report.desk.suggested == [report.desk.folder / "Verslag Oldenzaal 14 februari 2023.docx"]
    assert "Iedereen doet mee." in words_of(report.desk.folder / "verslag.docx")
    assert report.said() == f"Verslag opgeslagen als verslag.docx in {report.desk.folder}."
    report.press_in_banner()
    assert report.desk.opened == [report.desk.folder / "verslag.docx"]
    assert report.stage.save_button.word() == "Opslaan als Word"


def test_the_next_time_the_same_file_is_offered(report: Report) -> None:
    report.save()
    report.save()
    assert report.desk.suggested[1] == report.desk.folder / "verslag.docx"


def test_thinking_better_of_it_writes_nothing(report: Report) -> None:
    report.desk.target = None
    QTest.mouseClick(report.stage.save_button, Qt.MouseButton.LeftButton)
    assert report.said() == ""
    assert list(report.desk.folder.iterdir()) == []
    assert report.stage.save_button.isEnabled()


def test_a_place_that_cant_be_written_is_said_and_another_name_offered(report: Report) -> None:
    report.desk.target = report.desk.folder / "weg" / "verslag.docx"
    report.save()
    assert "bestaat niet" in report.said()
    assert "Het dossier is niet veranderd" in report.said()
    first = report.banner()
    report.desk.target = report.desk.folder / "ander.docx"
    report.press_in_banner()
    report.qtbot.waitUntil(lambda: report.banner() not in (None, first))
    assert report.desk.suggested[-1].name == "verslag (2).docx"
    assert (report.desk.folder / "ander.docx").exists()


def choose_template(report: Report, template: Path) -> None:
    """Choose a template in the dialog of the house style."""
    report.desk.template = template
    QTest.mouseClick(report.stage.options.change_style, Qt.MouseButton.LeftButton)
    dialog = report.stage.house_dialog
    assert dialog is not None
    QTest.mouseClick(dialog.choose_template, Qt.MouseButton.LeftButton)
    report.qtbot.waitUntil(dialog.use.isEnabled)
    QTest.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    report.qtbot.waitUntil(lambda: report.stage.house_dialog is None and QApplication.focusWidget() is not None)


def test_a_house_style_that_is_no_word_document_any_more_is_said_and_ours_offered(report: Report) -> None:
    template = english(report.desk.folder)
    choose_template(report, template)
    assert report.stage.options.style_name.text() == "huisstijl.docx"
    template.write_text("Geen Word meer.")
    report.save()
    assert "huisstijl.docx is geen Word-document" in report.said()
    assert not (report.desk.folder / "verslag.docx").exists()
    report.press_in_banner()
    assert report.stage.options.style_name.text() == "STO Twente"
    report.save()
    assert (report.desk.folder / "verslag.docx").exists()


def test_a_house_style_of_ones_own_is_used_in_word_and_in_the_preview(report: Report) -> None:
    choose_template(report, english(report.desk.folder))
    report.qtbot.waitUntil(lambda: _look_of(report) == "8A1C5B")
    report.save()
    assert "Iedereen doet mee." in words_of(report.desk.folder / "verslag.docx")
    with zipfile.ZipFile(report.desk.folder / "verslag.docx") as archive:
        assert "Verdana" in archive.read("word/styles.xml").decode()
    QTest.mouseClick(report.stage.options.reset_style, Qt.MouseButton.LeftButton)
    report.qtbot.waitUntil(lambda: _look_of(report) == "0F5C63")


def _look_of(report: Report) -> str:
    sheets = report.stage.pages.sheets
    return main_colour(sheets) if sheets else ""


def test_the_house_style_is_there_again_in_the_next_window(
    report: Report, qtbot: QtBot, theme: Appearance, settings: SettingsStore, desk: Desk
) -> None:
    QTest.mouseClick(report.stage.options.change_style, Qt.MouseButton.LeftButton)
    dialog = report.stage.house_dialog
    assert dialog is not None
    dialog.looks._segments[1].click()
    QTest.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    report.qtbot.waitUntil(lambda: _look_of(report) == "22303A")
    again = Report(qtbot, theme, settings, panel.colleague_of(report.session.copy), desk)
    assert again.stage.options.style_name.text() == "Sober"
    again.qtbot.waitUntil(lambda: _look_of(again) == "22303A")
    panel.close_window(again.window, again.session)


# Other exports


@pytest.mark.parametrize(
    ("ending", "begin"), [(".pdf", b"%PDF-"), (".html", b"<!DOCTYPE html>"), (".md", b"# Verslag")]
)
def test_the_ending_says_what_is_written(report: Report, ending: str, begin: bytes) -> None:
    report.desk.target = report.desk.folder / f"verslag{ending}"
    report.save()
    assert (report.desk.folder / f"verslag{ending}").read_bytes().startswith(begin)


def test_pdf_has_a_button_that_offers_a_name(report: Report) -> None:
    report.desk.target = report.desk.folder / "Verslag 1.0.pdf"
    QTest.mouseClick(report.stage.pdf_button, Qt.MouseButton.LeftButton)
    report.approve()
    report.qtbot.waitUntil(lambda: report.said() != "")
    assert report.desk.suggested[0].name == "Verslag Oldenzaal 14 februari 2023.pdf"
    assert (report.desk.folder / "Verslag 1.0.pdf").read_bytes().startswith(b"%PDF-")


def test_ctrl_p_puts_every_page_on_paper(report: Report) -> None:
    QTest.keyClick(report.stage.pages, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    report.approve()
    report.qtbot.waitUntil(lambda: bool(report.desk.printed))
    assert report.desk.printed == [report.stage.pages.pages]


def test_the_words_go_onto_the_clipboard_with_and_without_form(report: Report) -> None:
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(report.stage.pages, Qt.Key.Key_C, control_shift)
    report.approve()
    report.qtbot.waitUntil(lambda: report.said() != "")
    assert report.said() == "Het verslag staat als tekst op het klembord."
    data = QApplication.clipboard().mimeData()
    assert "Iedereen doet mee." in data.text()
    assert "<h1>" in data.html()


def test_open_in_word_saves_first_and_opens_what_was_saved(report: Report) -> None:
    report.stage.open_action.trigger()
    report.approve()
    report.qtbot.waitUntil(lambda: bool(report.desk.opened))
    assert report.desk.opened == [report.desk.folder / "verslag.docx"]


def test_thinking_better_of_open_in_word_opens_nothing_later(report: Report) -> None:
    report.desk.target = None
    report.stage.open_action.trigger()
    report.approve()
    report.desk.target = report.desk.folder / "later.docx"
    report.save()
    assert report.desk.opened == []


def test_a_part_that_is_gone_to_comes_into_view(report: Report) -> None:
    bar = report.stage.pages.verticalScrollBar()
    assert bar.value() == 0
    report.stage.options.parts[Part.SUMMARY].setFocus()
    assert bar.value() > PAGE.height() * 0.5


def test_coming_back_shows_the_section_in_which_something_was_changed(report: Report) -> None:
    report.window.navigate(Stage.START)
    report.session.apply(change_insight("first", text="Bijna iedereen doet mee."))
    report.window.navigate(Stage.REPORT)
    report.shows("Bijna iedereen doet mee.")
    assert report.stage.pages.verticalScrollBar().value() > PAGE.height()


def test_choices_are_there_again_in_the_next_window(
    report: Report, qtbot: QtBot, theme: Appearance, settings: SettingsStore, desk: Desk
) -> None:
    box = report.stage.options.parts[Part.NOTES]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    report.stage.options.names._segments[0].click()
    again = Report(qtbot, theme, settings, panel.colleague_of(report.session.copy), desk)
    assert again.stage.options.parts[Part.NOTES].isChecked()
    assert again.stage.options.names.value() == NameMode.FULL
    again.shows("Bijlage A")
    panel.close_window(again.window, again.session)


# How the verslag was made


def test_each_form_is_its_own_document(report: Report) -> None:
    form = report.stage.options.form
    form._segments[0].click()
    report.shows("Kort verslag panelgesprek Oldenzaal")
    assert Part.CONTENTS not in report.stage.options.parts
    form._segments[2].click()
    report.shows("Notulen panelgesprek Oldenzaal")
    assert report.stage.options.parts[Part.NOTES].isChecked()
    report.save()
    assert report.desk.suggested == [report.desk.folder / "Notulen Oldenzaal 14 februari 2023.docx"]
    form._segments[1].click()
    report.shows("Verslag panelgesprek Oldenzaal")


def test_parts_are_moved_by_key_and_that_is_undone(report: Report) -> None:
    box = report.stage.options.parts[Part.COMPOSITION]
    box.setFocus()
    before = list(report.stage.options.choices.options.parts)
    at = before.index(Part.COMPOSITION)
    QTest.keyClick(box, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    after = list(report.stage.options.choices.options.parts)
    assert after.index(Part.COMPOSITION) == at - 1
    assert box.hasFocus()
    words = ("Samenstelling van het panel", "Aanleiding en werkwijze")
    report.qtbot.waitUntil(lambda: report.text().index(words[0]) < report.text().index(words[1]))
    report.session.undo()
    assert list(report.stage.options.choices.options.parts) == before


def test_a_part_is_dragged_by_its_grip(report: Report) -> None:
    rows = report.stage.options.list.rows
    moved, target = rows[Part.SUMMARY], rows[Part.CONCLUSIONS]
    grip = moved.grip.geometry().center()
    QTest.mousePress(moved, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, grip)
    QTest.mouseMove(moved, QPoint(grip.x(), target.y() - moved.y() + grip.y()))
    QTest.mouseRelease(moved, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, grip)
    parts = list(report.stage.options.choices.options.parts)
    assert parts.index(Part.SUMMARY) == list(Part).index(Part.CONCLUSIONS)
    assert set(parts) == set(Part)
    report.qtbot.waitUntil(lambda: report.text().index("Conclusies") < report.text().index("Samenvatting\n"))


def test_a_part_is_called_otherwise_by_enter_and_esc_leaves_it(report: Report) -> None:
    row = report.stage.options.list.rows[Part.SUMMARY]
    row.box.setFocus()
    QTest.keyClick(row.box, Qt.Key.Key_Return)
    assert row.field.isVisible()
    QTest.keyClicks(row.field, "In het kort")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    report.shows("In het kort")
    assert row.box.text() == "In het kort"
    QTest.keyClick(row.box, Qt.Key.Key_Return)
    QTest.keyClicks(row.field, "Toch niet")
    QTest.keyClick(row.field, Qt.Key.Key_Escape)
    assert row.box.text() == "In het kort"
    themes = report.stage.options.list.rows[Part.THEMES]
    themes.box.setFocus()
    QTest.keyClick(themes.box, Qt.Key.Key_Return)
    assert not themes.field.isVisible()


@pytest.mark.long
def test_status_version_and_reaction_term_stand_on_the_cover(report: Report) -> None:
    state = report.stage.options.state
    state.version.setFocus()
    QTest.keyClicks(state.version, "2")
    QTest.keyClick(state.version, Qt.Key.Key_Return)
    state.reaction.setFocus()
    QTest.keyClicks(state.reaction, "14 juni 2026")
    QTest.keyClick(state.reaction, Qt.Key.Key_Return)
    report.shows("tot en met 14 juni 2026")
    report.shows("CONCEPT 2")
    state.status._segments[1].click()
    report.shows("VASTGESTELD, VERSIE 2")
    assert "14 juni 2026" not in report.text()
    assert not state.reaction.isVisible()
    state.confirmed.setFocus()
    QTest.keyClicks(state.confirmed, "20 juni 2026")
    QTest.keyClick(state.confirmed, Qt.Key.Key_Return)
    report.shows("MET AKKOORD VAN HET PANEL OP 20 JUNI 2026")
    report.session.undo()
    report.shows("VASTGESTELD, VERSIE 2")
    report.qtbot.waitUntil(lambda: "20 juni 2026" not in report.text())
    assert not state.confirmed.text()


def test_a_verslag_that_is_final_has_a_term_for_names_and_whoever_chose_one_keeps_it(report: Report) -> None:
    def kept_until() -> dt.date | None:
        found = report.session.dossier.read.panels.get(PANEL)
        assert found is not None
        return found.retain_until

    state = report.stage.options.state
    state.status._segments[1].click()
    assert kept_until() == dt.date(2023, 5, 15)
    assert (
        "namen tot en met 15 mei 2023, formulieren tot en met 15 mei 2023 en notities tot en met 15 februari 2024"
        in (report.said())
    )
    report.session.undo()
    assert kept_until() is None
    report.session.apply(change_panel(PANEL, retain_until=dt.date(2024, 1, 1)))
    state.status._segments[0].click()
    state.status._segments[1].click()
    assert kept_until() == dt.date(2024, 1, 1)


def test_names_in_texts_are_shown_and_what_is_unticked_stays(report: Report) -> None:
    report.session.apply(change_insight("first", text="Volgens Truus doet iedereen mee."))
    report.shows("Volgens een panellid doet iedereen mee.")
    report.qtbot.waitUntil(lambda: "Truus" in "".join(item.text for item in report.stage._names_found))
    QTest.mouseClick(report.stage.options.check_names, Qt.MouseButton.LeftButton)
    dialog = report.stage.names_dialog
    assert dialog is not None
    key = next(key for key in dialog.boxes if key.startswith("first/text/"))
    assert dialog.boxes[key].isChecked()
    label_texts = [label.text() for label in dialog.findChildren(TextLabel)]
    assert "Truus wordt «een panellid»" in label_texts
    assert "Volgens Truus doet iedereen mee." in label_texts
    assert "Voornaam." in label_texts
    dialog.boxes[key].click()
    QTest.mouseClick(dialog.approve, Qt.MouseButton.LeftButton)
    report.shows("Volgens Truus doet iedereen mee.")
    assert "Nog na te kijken" not in report.stage.options.names_found.text()
    report.save()
    assert "Verslag opgeslagen" in report.said()
    assert "een naam die er niet in mag" not in report.said()


def test_a_name_in_the_name_of_the_file_stops_it_until_it_is_wanted_anyway(report: Report) -> None:
    target = report.desk.folder / "verslag over Truus.docx"
    report.desk.target = target
    report.save()
    assert "staat op 1 plaats een naam die er niet in mag: «verslag over Truus.docx»" in report.said()
    assert not target.exists()
    report.press_in_banner()
    report.qtbot.waitUntil(target.exists)
    report.qtbot.waitUntil(lambda: not report.stage.out.working)
    assert "staat op 1 plaats" in report.said()


def test_pupils_and_special_words_are_shown_before_the_verslag_is_made(report: Report) -> None:
    report.session.apply(change_insight("first", text="Leerling Kevin uit 3B heeft ADHD. Autisme komt voor."))
    report.shows("Een leerling uit 3B heeft [weggelaten]. Autisme komt voor.")
    report.qtbot.waitUntil(lambda: "2 bijzondere gegevens" in report.stage.options.names_found.text())
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = report.stage.names_dialog
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(TextLabel)]
    assert "Leerling Kevin wordt «Een leerling»" in said
    assert "Bijzonder gegeven: gezondheid. Laat het weg als het over één mens gaat." in said
    ticked = {key: box.isChecked() for key, box in dialog.boxes.items() if key.startswith("first/text/")}
    assert ticked == {"first/text/kevin": True, "first/text/adhd": True, "first/text/autisme/woord": False}
    dialog.boxes["first/text/autisme/woord"].click()
    QTest.mouseClick(dialog.approve, Qt.MouseButton.LeftButton)
    report.shows("heeft [weggelaten]. [weggelaten] komt voor.")
    report.qtbot.waitUntil(lambda: not report.stage.out.working)


def test_who_is_behind_an_at_and_nobody_knows_is_asked_before_the_verslag_is_made(report: Report) -> None:
    report.session.apply(change_insight("first", text="Dat wil @gerrit ook, net als @technolab."))
    report.shows("Dat wil iemand ook, net als iemand.")
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = report.stage.names_dialog
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(TextLabel)]
    assert said.count("Achter een @, en niemand van de lijst.") == 2
    assert report.desk.suggested == []
    QTest.keyClick(dialog.boxes["first/text/technolab"], Qt.Key.Key_L)
    QTest.mouseClick(dialog.approve, Qt.MouseButton.LeftButton)
    report.shows("Dat wil iemand ook, net als @technolab.")
    report.qtbot.waitUntil(lambda: not report.stage.out.working)


def test_a_verslag_that_was_made_is_remembered_with_what_changed_since(report: Report) -> None:
    assert report.stage.options.made_texts == []
    report.save()
    report.qtbot.waitUntil(lambda: bool(report.stage.options.made_texts))
    first = report.stage.options.made_texts[0]
    assert first.startswith("Verslag, uitgebreid · namen rol · ")
    assert first.endswith("verslag.docx\nSindsdien is er niets veranderd.")
    report.session.apply(change_insight("first", text="Bijna iedereen doet mee."))
    report.shows("Bijna iedereen doet mee.")
    report.qtbot.waitUntil(lambda: "één inzicht gewijzigd" in report.stage.options.made_texts[0])


def test_whom_a_verslag_is_for_is_recorded_with_it_and_asked_anew_for_the_next(report: Report) -> None:
    field = report.stage.options.recipient
    QTest.keyClicks(field, "wethouder Vos")
    report.save()
    assert field.text() == ""
    QTest.keyClicks(field, "mijn map")
    QTest.keyClick(report.stage.pages, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    report.approve()
    read = report.session.dossier.read.course
    report.qtbot.waitUntil(lambda: len(read.issued(PANEL)) == 2)
    report.stage.copy_action.trigger()
    report.approve()
    report.qtbot.waitUntil(lambda: len(read.issued(PANEL)) == 3)
    assert sorted((one.file_name, one.recipient) for one in read.issued(PANEL)) == [
        ("(afgedrukt)", "mijn map"),
        ("(klembord)", ""),
        ("verslag.docx", "wethouder Vos"),
    ]
    assert any("aan wethouder Vos" in words for words in report.stage.options.made_texts)


@pytest.mark.parametrize("has_panel", [True, False])
def test_without_notes_it_says_where_to_go(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, tmp_path: Path, desk: Desk, has_panel: bool
) -> None:
    copy = panel.make_copy(tmp_path, panel=has_panel, notes=False)
    made = Report(qtbot, theme, settings, copy, desk)
    page = made.stage._no_notes if has_panel else made.stage._no_panel
    assert page.isVisible()
    assert not made.stage.save_button.isEnabled()
    assert page.button is not None
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert made.window.stage is (Stage.CONVERSATION if has_panel else Stage.PREPARE)
    panel.close_window(made.window, made.session)
