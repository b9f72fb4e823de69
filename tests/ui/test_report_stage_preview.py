"""Blocks as rich text, the stored options, and the name of the file."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextDocument
from pytestqt.qtbot import QtBot

from sto_desktop.report.blocks.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    Emphasis,
    Figure,
    FigureKind,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    ParagraphRole,
    Quote,
    Series,
    Table,
    TextSpan,
)
from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.report.look.dress import dress_of
from sto_desktop.report.look.look import SOBER
from sto_desktop.ui.paper.choices import ReportChoices, documents_folder
from sto_desktop.ui.paper.preview import MOST_PARAGRAPHS, PAGE, preview_document, preview_html
from sto_desktop.ui.paper.sheets import cover_shapes, lay_out, rich_text, steps
from tests.report.test_formats import HTML, everything_says


def document(*blocks: Block) -> Document:
    return Document("Verslag", blocks)


WHOLE = document(
    Cover("Verslag panelgesprek Oldenzaal", "STO Twente", "Concept", (("Datum", "14 februari 2023"),)),
    Contents("Inhoud"),
    Heading(1, "Samenvatting", HeadingKind.UNNUMBERED),
    Paragraph(("Zie hoofdstuk ", TextSpan("", target="beeld"), "."), ParagraphRole.LEAD),
    Heading(1, "Po & Technolab"),
    Heading(2, "Wat is de opbrengst?"),
    Paragraph((TextSpan("Iedereen doet mee.", Emphasis.STRONG), TextSpan(" Breed gedragen.")), ParagraphRole.INSIGHT),
    ItemList(("eerst", ("dan", TextSpan(" – een panellid", Emphasis.SOFT)))),
    Quote("“Opa wilde ook.”", "Een panellid"),
    Heading(1, "Beeldvorming", bookmark="beeld"),
    Heading(2, "Wat kan beter?"),
    Table("Aanbevelingen", ("Nr.", "Wat"), (("1", "Doe het <nu>"),), (1, 4), "Een tabel."),
    Heading(1, "Alle notities", HeadingKind.ANNEX),
    Paragraph("Eén\ntwee", ParagraphRole.REMARK),
)


def test_headings_are_numbered_as_the_house_style_numbers_them(qtbot: QtBot) -> None:
    text = preview_document(preview_html(WHOLE)).toPlainText().replace("\xa0", " ")
    for line in ("1  Po & Technolab", "1.1  Wat is de opbrengst?", "2.1  Wat kan beter?", "Bijlage A. Alle notities"):
        assert line in text
    assert "Zie hoofdstuk 2." in text
    assert "Samenvatting" in text
    assert "Doe het <nu>" in text
    assert "Tabel 1. Aanbevelingen" in text


def test_contents_link_to_the_headings_and_chapters_flow(qtbot: QtBot) -> None:
    body = preview_html(WHOLE)
    targets = re.findall(r'href="#([^"]+)"', body)
    names = re.findall(r'<a name="([^"]+)"', body)
    assert set(targets) <= set(names)
    assert len(names) == len(set(names)) == 7
    made = preview_document(body)
    assert made.pageCount() == 4
    assert made.pageSize() == PAGE


def test_a_text_keeps_its_lines_and_its_signs(qtbot: QtBot) -> None:
    made = preview_document(preview_html(document(Paragraph('a < b & "c"\nd'))))
    assert made.toPlainText() == 'a < b & "c"\u2028d'.replace("\u2028", "\n")


@given(st.text(max_size=200))
def test_no_text_breaks_out_of_its_paragraph(text: str) -> None:
    body = preview_html(document(Paragraph(text), Quote(text, text), ItemList((text,)), Heading(1, text)))
    tags = set(re.findall(r"</?([a-z]+)", body))
    assert tags <= {"p", "table", "tr", "td", "ul", "li", "a", "br"}
    assert html.unescape(re.sub(r"<[^>]*>", "", body)).count("<") == 5 * text.count("<")


def test_html_that_was_typed_is_words_in_every_part_of_the_preview(qtbot: QtBot) -> None:
    harmless = re.sub(r"[<>&\"]", "w", HTML)
    plain, typed = (preview_html(everything_says(text)) for text in (harmless, HTML))
    assert re.findall(r"<(/?[a-z0-9]+)", plain) == re.findall(r"<(/?[a-z0-9]+)", typed)
    assert {source.partition(":")[0] for source in re.findall(r'<[^>]*src="([^"]*)"', typed)} == {"figuur"}
    assert preview_document(typed).toPlainText().count(HTML) >= 15


def test_a_very_long_document_is_cut_off_in_the_preview_and_says_so() -> None:
    rows = tuple((str(number), "tekst") for number in range(3 * MOST_PARAGRAPHS))
    body = preview_html(document(Table("Alles", ("Nr.", "Wat"), rows, (1, 4), "Een tabel."), Paragraph("einde")))
    assert body.count("<tr>") < MOST_PARAGRAPHS + 5
    assert "In het Word-bestand staat alles." in body
    assert "einde" not in body
    ends_in_a_table = preview_html(document(Table("Alles", ("Nr.", "Wat"), rows, (1, 4), "Een tabel.")))
    assert "In het Word-bestand staat alles." in ends_in_a_table


def test_an_empty_document_is_an_empty_page(qtbot: QtBot) -> None:
    assert preview_document(preview_html(document())).pageCount() == 1
    assert preview_html(document(Paragraph("  "), Contents("Inhoud"))).count("<p") == 1


def test_the_cover_is_drawn_from_the_house_style_itself() -> None:
    shapes = cover_shapes()
    assert not shapes[0].round
    assert shapes[0].box.width() > PAGE.width()
    assert sum(shape.round for shape in shapes) == len(shapes) - 1 >= 10


def test_figures_are_drawn_where_they_stand(qtbot: QtBot) -> None:
    figure = Figure(
        FigureKind.BARS, "Wie sprak", "Sector", ("po", "vmbo"), (Series("leden", (2, 3)),), "leden", "Vmbo het meest."
    )
    empty = Figure(FigureKind.BARS, "Niets", "Sector", (), (), "leden", "Niets.")
    sheets = lay_out(document(empty, figure, Paragraph("Erna.")))
    assert "Figuur 1. Wie sprak" in sheets.text()
    picture = QImage(sheets.size.toSize(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    sheets.paint(painter, 0)
    painter.end()
    primary = QColor("#0F5C63").rgb()
    seen = sum(picture.pixel(x, y) == primary for x in range(0, picture.width(), 4) for y in range(90, 300, 4))
    assert seen > 100


def test_pages_come_a_part_at_a_time_and_only_a_changed_part_is_laid_out_anew(qtbot: QtBot) -> None:
    *early, first = steps(rich_text(WHOLE))
    assert [sheets.whole for sheets in (*early, first)] == [False] * 3 + [True]
    assert [sheets.count for sheets in (*early, first)] == [1, 2, 3, 4]
    *blocks, last = WHOLE.blocks
    changed = document(*blocks, last, Paragraph("Nog iets."))
    (second,) = steps(rich_text(changed), first)
    same = [leaf for key, leaf in second.leaves.items() if first.leaves.get(key) is leaf]
    assert (len(second.leaves), len(same)) == (4, 3)
    assert "Nog iets." in second.text()
    assert "Nog iets." not in first.text()


def test_another_house_style_lays_everything_out_anew(qtbot: QtBot) -> None:
    first = lay_out(WHOLE)
    *_, second = steps(rich_text(WHOLE, dress_of(SOBER)), first)
    assert not [leaf for leaf in second.leaves.values() if leaf in first.leaves.values()]


def test_a_heading_goes_along_to_the_page_of_its_text(qtbot: QtBot) -> None:
    headings = (Heading(2, "Kop"), Heading(3, "Kopje"))
    for lines in range(30, 60):
        blocks = (Paragraph("regel\n" * lines), *headings, Paragraph("tekst\n" * 8))
        made = preview_document(preview_html(document(*blocks)))
        assert len({page_of(made, words) for words in ("Kop", "Kopje", "tekst")}) == 1, lines


def page_of(made: QTextDocument, words: str) -> int:
    """Return the page with the first line of a paragraph that ends with this."""
    block = made.begin()
    while not block.text().endswith(words) and words not in block.text().split("\u2028"):
        block = block.next()
    top = made.documentLayout().blockBoundingRect(block).top() + block.layout().lineAt(0).y()
    return int(top // made.pageSize().height())


# Choices and names


@pytest.mark.parametrize("form", list(Form))
def test_the_form_is_read_back_as_it_was(form: Form) -> None:
    choices = ReportChoices(ReportOptions(form))
    assert ReportChoices.from_json(choices.to_json()) == choices


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"form": "OTHER", "template": ""}'])
def test_choices_that_make_no_sense_are_the_defaults(text: str) -> None:
    assert ReportChoices.from_json(text) == ReportChoices()


def test_the_folder_used_last_is_offered_while_it_is_there(tmp_path: Path) -> None:
    assert documents_folder(str(tmp_path), lambda: Path("/elders")) == tmp_path
    assert documents_folder(str(tmp_path / "weg"), lambda: Path("/elders")) == Path("/elders")
    assert documents_folder("", lambda: Path("/elders")) == Path("/elders")
