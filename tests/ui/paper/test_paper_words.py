"""Text on paper is complete: every word of the Word file is in the PDF, the preview and the print, in one piece."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.actions.panels import add_panel, add_panelist
from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.log.change import Action, Edit
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.report.blocks.blocks import (
    Cover,
    Document,
    Emphasis,
    Figure,
    FigureKind,
    Heading,
    Paragraph,
    ParagraphRole,
    Quote,
    Series,
    Table,
    TextSpan,
)
from sto_desktop.report.blocks.options import Form, Part, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.look.dress import dress_of
from sto_desktop.report.look.look import LOOKS, STO_TWENTE, HouseStyle, Look
from sto_desktop.report.papers.kinds import AFTERWARDS
from sto_desktop.report.papers.kinds import Paper as Kind
from sto_desktop.report.papers.papers import paper
from sto_desktop.report.word.word import word_bytes
from sto_desktop.report.writers.pdf_writer import make_cards, make_one_page, make_pdf
from sto_desktop.settings import SettingsStore
from sto_desktop.storage.working.working_copies import WorkingCopies
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.conversation.table.seating_plan import page_layout, print_plan
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.pages import Pages, paint_pages
from sto_desktop.ui.paper.pages import page_layout as layout_of
from tests.report import reading
from tests.report.panels import MEMBERS, example, overfull
from tests.ui import elaborated_panel as elaborated
from tests.ui.paper.pdf_reading import letters_that_share_a_sign, missing_words, text_of_pdf, words
from tests.ui.report.test_stage import Desk, Report

pytestmark = pytest.mark.long

SIZES = (12, 24, 60, 90, 120, 324, 600)
"""Number of notes of each panel."""
_TALK = (
    "de officiële afspraken over fijne praktijk zijn effectief",
    "vijf vrijdagen koffie met leerlingen en docenten",
    "in het hoofdfiliaal van een bedrijf",
    "affiniteit met grafiek neemt af",
    "niemand vult de fles",
    "ijver",
)
LIGATURES = "fiets vlot effen officieel koffer affluit ijzer fjord attitude actie 10x10 -> => != Ærø"


def _row(size: int) -> str:
    return f"panel-{size:03}"


def _add_panel(copy: WorkingCopy, size: int) -> None:
    """Record a panel of this many notes, which goes back and forth between questions."""
    drawn = random.Random(size)
    row = _row(size)
    copy.dossier.apply(add_panel(builtin_guide_id(), title=f"Panel {size:03}", day=dt.date(2023, 2, 14), panel=row))
    for seat, (name, sector) in enumerate((("Truus Engbers", "po"), ("Mirjam Lansink", "po"), ("Bo Os", "mbo")), 1):
        copy.dossier.apply(add_panelist(row, name, seat, sector=sector))
    members = copy.dossier.read.members.of_panel(row)
    questions = [item.id for _, item in copy.dossier.read.guides.of_panel(row).questions()]
    edits: list[Edit] = []
    for number in range(size):
        said = " ".join(drawn.choices(_TALK, k=drawn.randint(1, 8)))
        question = questions[number // 3 % len(questions)]
        at = elaborated.HELD + dt.timedelta(seconds=20 * number)
        captured = parse(f"{said} n{number:03}n. @{1 + number % 3}", members)
        edits += capture_note(row, question, captured, at).edits
    copy.dossier.apply(Action("notities toevoegen", tuple(edits)))


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier with a panel of each size, made once."""
    copy = elaborated.make_copy(tmp_path_factory.mktemp("dossier"), panel=False)
    for size in SIZES:
        _add_panel(copy, size)
    copy.close()
    return copy.path


def _opened(dossier: Path, folder: Path) -> WorkingCopy:
    path = shutil.copyfile(dossier, folder / "panels.sto")
    return WorkingCopies(folder / "home", lambda: elaborated.NOW).open(path, elaborated.ME)


def _word_file(copy: WorkingCopy, size: int, made_on: dt.date | None = None) -> bytes:
    """Return the minutes of a panel in Word."""
    content = copy.dossier.read.panel_content(_row(size))
    assert content is not None
    made = word_bytes(panel_report(content, ReportOptions(Form.MINUTES, made_on=made_on)))
    assert words(reading.text(made)).total() > 10 * size
    return made


# The verslag


def test_every_word_of_a_panel_of_any_size_is_in_the_pdf_that_the_command_makes(dossier: Path, tmp_path: Path) -> None:
    main = Path(__file__).resolve().parents[3] / "main.py"
    asked = ("--alle", "--vorm", "notulen", "--formaat", "pdf", "-o", str(tmp_path / "pdf"))
    subprocess.run([sys.executable, str(main), "verslag", str(dossier), *asked], check=True, capture_output=True)
    made = sorted((tmp_path / "pdf").iterdir())
    copy = _opened(dossier, tmp_path)
    for size, pdf in zip(SIZES, made, strict=True):
        assert not missing_words(_word_file(copy, size), pdf.read_bytes()), size
    assert not letters_that_share_a_sign(made[0].read_bytes())
    copy.close()


@pytest.mark.parametrize("largest", [240, 360, 480, 600])
def test_every_word_is_in_the_pdf_of_each_dozen_of_notes_to_fifty_dozen(largest: int, tmp_path: Path) -> None:
    copy = elaborated.make_copy(tmp_path, panel=False)
    smallest = {240: 12}.get(largest, largest - 108)
    for size in range(smallest, largest + 1, 12):
        _add_panel(copy, size)
        content = copy.dossier.read.panel_content(_row(size))
        assert content is not None
        document = panel_report(content, ReportOptions(Form.MINUTES))
        assert not missing_words(word_bytes(document), make_pdf(document).data), size
    copy.close()


class Paper(Desk):
    """A desk with a printer that prints to a file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.target = folder / "verslag.pdf"
        self.print_out = folder / "printer.pdf"

    def _print(self, parent: QWidget, sheets: Pages) -> Callable[[], object]:
        self.given = sheets.made.data
        # A printer of 96 dots per inch: pictures for 300 take half a second each.
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.print_out))
        printer.setPageLayout(layout_of(sheets))
        printer.setFullPage(True)
        done = super()._print(parent, sheets)

        def work() -> None:
            paint_pages(printer, sheets.made, range(sheets.count))
            done()

        return work


def _wait_for(report: Report, words: str) -> None:
    pages = report.stage.pages
    report.qtbot.waitUntil(lambda: pages.complete and words in pages.text(), timeout=60_000)


def _seen(report: Report) -> bytes:
    """Return the pages of the preview as a PDF."""
    sheets = report.stage.pages.sheets
    assert sheets is not None
    return sheets.made.data


def _looks_alike(pdf: bytes, printed: bytes) -> bool:
    """Return whether a printed file has a picture of each page of a PDF, with its ink in the same places."""
    first, second = (pypdfium2.PdfDocument(data) for data in (pdf, printed))
    if len(first) != len(second):
        return False
    return all(_ink(one) == pytest.approx(_ink(other), abs=9) for one, other in zip(first, second, strict=True))


def _ink(page: pypdfium2.PdfPage) -> list[float]:
    """Return how dark each of fifty strips of a page is, 0 to 255: a line of text makes one about 15."""
    bitmap = page.render(scale=1, grayscale=True)
    ink, stride = bytes(bitmap.buffer), bitmap.stride
    edges = [round(strip * bitmap.height / 50) for strip in range(51)]
    return [255 - sum(ink[top * stride : end * stride]) / (end - top) / stride for top, end in pairwise(edges)]


def _saved(report: Report) -> bytes:
    """Press Ctrl+E, and return the PDF."""
    report.save()
    assert report.desk.target is not None
    return report.desk.target.read_bytes()


def _printed(report: Report, desk: Paper) -> bytes:
    """Press Ctrl+P, and return the printed file."""
    desk.printed.clear()
    QTest.keyClick(report.stage.pages, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    report.approve()
    report.qtbot.waitUntil(lambda: bool(desk.printed) and not report.stage.out.working, timeout=60_000)
    return desk.print_out.read_bytes()


def test_every_word_of_a_panel_of_any_size_is_in_preview_pdf_and_print_of_the_window(
    qtbot: QtBot, theme: Appearance, settings: SettingsStore, dossier: Path, tmp_path: Path
) -> None:
    desk = Paper(tmp_path)
    report = Report(qtbot, theme, settings, _opened(dossier, tmp_path), desk)
    report.stage.options.form._segments[2].click()
    for size in SIZES[::2]:
        report.session.show_panel(_row(size))
        _wait_for(report, f"n{size - 1:03}n.")
        word_file = _word_file(report.session.copy, size, elaborated.NOW.date())
        printed = _printed(report, desk)
        for pdf in (_seen(report), _saved(report), desk.given):
            assert not missing_words(word_file, pdf), size
            assert size > 12 or not letters_that_share_a_sign(pdf)
        assert _looks_alike(desk.given, printed), size
    elaborated.close_window(report.window, report.session)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_word_of_a_verslag_with_all_its_parts_is_in_the_pdf_of_each_look(qtbot: QtBot, look: Look) -> None:
    options = ReportOptions(Form.EXTENDED)
    for part in Part:
        options = options.with_part(part, True)
    document = panel_report(overfull(200), options)
    style = HouseStyle(look)
    assert not missing_words(word_bytes(document, style), make_pdf(document, dress_of(look)).data)


# Letters


@pytest.mark.parametrize("family", ["Calibri", "Inter"])
def test_every_letter_is_a_sign_of_its_own_in_text_headings_tables_and_figures(qtbot: QtBot, family: str) -> None:
    figure = Figure(
        FigureKind.BARS, LIGATURES, "Sector", ("officieel", "vlot"), (Series("affluit", (2, 3)),), "leden", "Iets."
    )
    blocks = (
        Cover(LIGATURES, LIGATURES, "officieel", (("fiets", LIGATURES),)),
        Heading(1, LIGATURES),
        Heading(2, LIGATURES),
        Paragraph((TextSpan(LIGATURES, Emphasis.STRONG), LIGATURES), ParagraphRole.LEAD),
        Quote(LIGATURES, LIGATURES),
        Table(LIGATURES, ("fiets", "vlot"), ((LIGATURES, LIGATURES),), (1, 1), "Iets."),
        figure,
    )
    pdf = make_pdf(Document(LIGATURES, blocks), dress_of(replace(STO_TWENTE, font=family))).data
    assert not letters_that_share_a_sign(pdf)
    content = words(text_of_pdf(pdf))
    assert {word for word in words(LIGATURES) if content[word] < len(blocks)} == set()


# Other papers


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in AFTERWARDS])
def test_every_word_of_the_papers_of_a_long_guide_is_printed(qtbot: QtBot, kind: Kind) -> None:
    content = example()
    guide = replace(content.guide, themes=content.guide.themes * (3 if kind is Kind.CARD else 12))
    document = paper(kind, content.panel, guide)
    made = make_one_page(document) if kind is Kind.CARD else make_pdf(document)
    assert not missing_words(word_bytes(document), made.data)


def test_name_cards_and_the_seating_plan_have_single_letters(qtbot: QtBot) -> None:
    people = [replace(member, name="Fien Effing", organisation="Afflux 10x10") for member in MEMBERS]
    cards = make_cards("Naamkaarten", [(member.name, member.organisation) for member in people]).data
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(page_layout())
    assert print_plan(writer, "Officieel", "Fjord", people)
    plan = bytes(buffer.data().data())
    for pdf in (cards, plan):
        # The other side of a card is upside down, with the same words.
        assert words(text_of_pdf(pdf))["afflux"] == len(people) * (2 if pdf is cards else 1)
        assert not letters_that_share_a_sign(pdf)


def test_a_figure_with_more_bars_than_a_page_holds_is_made_to_fit(qtbot: QtBot) -> None:
    bars = tuple(f"balk{number}" for number in range(60))
    figure = Figure(
        FigureKind.BARS, "Veel", "Soort", bars, (Series("leden", tuple(map(float, range(60)))),), "leden", "Veel."
    )
    document = Document("Veel", (Paragraph("Vooraf."), figure, Paragraph("Erna.")))
    content = words(text_of_pdf(make_pdf(document).data))
    assert {bar for bar in bars if not content[bar]} == set()
