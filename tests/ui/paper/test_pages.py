"""The pages of a document on the screen: pictures of the PDF, with its words, links and headings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from sto_desktop.report.blocks.blocks import ItemList, Paragraph, Table
from sto_desktop.report.writers.pdf_writer import Pdf, make_pdf
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.paper.page_view import PAGE, PageView
from sto_desktop.ui.paper.pages import Pages, Spot
from tests.report.writers.test_pdf import FIGURE, WHOLE, document


@pytest.fixture
def view(qtbot: QtBot, theme: Appearance) -> PageView:
    made = PageView(theme)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def test_pages_have_the_size_words_links_and_headings_of_the_pdf() -> None:
    pages = Pages(make_pdf(document(*WHOLE)))
    assert pages.title == "Verslag"
    assert pages.size.width() == pytest.approx(PAGE.width(), abs=0.1)
    assert "Zie hoofdstuk 2 en Tabel 1." in pages.text()
    chapter = pages.anchors["twee"]
    links = {pages.link_at(1, QPointF(200, y)) for y in range(0, round(PAGE.height()), 4)} - {None}
    assert len(links) == 5
    assert chapter in links
    assert pages.link_at(1, QPointF(5, 5)) is None
    assert pages.link_at(99, QPointF(5, 5)) is None


def test_figures_are_drawn_where_they_stand() -> None:
    picture = Pages(make_pdf(document(FIGURE, Paragraph("Erna.")))).picture(0, 1.0)
    primary = QColor("#0F5C63").rgb()
    seen = sum(picture.pixel(x, y) == primary for x in range(0, picture.width(), 4) for y in range(90, 300, 4))
    assert seen > 100


def test_only_pages_in_view_become_pictures_as_sharp_as_the_screen(view: PageView) -> None:
    view.show_pdf(make_pdf(document(*(Paragraph("tekst\n" * 30) for _ in range(40)))))
    view.grab()
    assert view.pages > 15
    assert 1 <= len(view._pictures) <= 2
    ((page, scale), picture), *_ = view._pictures.items()
    assert page == 0
    assert picture.width() == pytest.approx(PAGE.width() * scale, abs=2)
    bar = view.verticalScrollBar()
    for value in range(0, bar.maximum(), 400):
        bar.setValue(value)
        view.grab()
    assert len(view._pictures) <= 6


def test_the_latest_of_several_is_shown_and_closing_waits(view: PageView, qtbot: QtBot) -> None:
    for number in range(5):
        view.make(lambda number=number: make_pdf(document(Paragraph(f"nummer {number}"))))  # type: ignore[misc]
    qtbot.waitUntil(lambda: view.complete)
    assert "nummer 4" in view.text()
    done: list[Pdf] = []

    def slow() -> Pdf:
        done.append(make_pdf(document(Paragraph("traag"))))
        return done[0]

    view.make(slow)
    view.hide()
    assert done


def test_a_link_is_shown_as_one_and_leads_to_its_place(view: PageView, qtbot: QtBot) -> None:
    view.show_pdf(make_pdf(document(*WHOLE)))
    view.go_to("twee")
    assert view.sheets is not None
    place = view.sheets.anchors["twee"]
    assert isinstance(place, Spot)
    bar = view.verticalScrollBar()
    assert bar.value() == pytest.approx(min(view._top_of(place) - 24 * view._scale(), bar.maximum()), abs=1)
    assert bar.value() > 1000
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.grab()


def test_a_very_long_document_stops_in_the_preview_and_says_so() -> None:
    rows = tuple((str(number), "rij") for number in range(90))
    table = Table("Alles", ("Nr.", "Wat"), rows, (1, 4), "Een tabel.")
    for blocks in ((table, Paragraph("einde")), (table,), (ItemList(("rij",) * 90), Paragraph("einde"))):
        text = Pages(make_pdf(document(*blocks), room=30)).text()
        assert text.count("rij") == 30
        assert "In het bestand en op papier staat alles." in text
        assert "einde" not in text
    # A reference to what is left out is its words.
    assert "Zie hoofdstuk 2 en Tabel 1." in Pages(make_pdf(document(*WHOLE), room=4)).text()
    assert "houdt hier op" not in Pages(make_pdf(document(*WHOLE), room=30)).text()
