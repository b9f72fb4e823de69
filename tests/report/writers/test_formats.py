"""The other formats of a document: HTML, Markdown, and charts in Word, for any text."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

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
from sto_desktop.report.blocks.errors import ReportError
from sto_desktop.report.look.figure_art import figure_svg, fills
from sto_desktop.report.look.look import LOOKS, SOBER, STO_TWENTE, HouseStyle, contrast
from sto_desktop.report.word.charts import workbook
from sto_desktop.report.word.word import word_bytes
from sto_desktop.report.writers.formats import write
from sto_desktop.report.writers.html_writer import html_bytes
from sto_desktop.report.writers.markdown_writer import markdown_bytes
from tests.report import reading
from tests.report.reading import W

FIGURE = Figure(
    FigureKind.STACKED,
    "Draagvlak",
    "Inzicht",
    ("Ouders veranderen mee", "=Vervoer & <bus>"),
    (Series("steunt", (5, 0)), Series("spreekt tegen", (1, 2.5))),
    "panelleden",
    "Vijf panelleden steunen dat ouders mee veranderen.",
    decimals=1,
    bookmark="draagvlak",
)
TABLE = Table("Leden", ("Naam", "Sector"), (("Loïs", "po"),), (1, 1), "Wie er waren.", bookmark="leden")
WHOLE = (
    Cover("Verslag", "STO Twente", "Concept", (("Datum", "14 februari 2023"),)),
    Contents("Inhoud"),
    Heading(1, "Samenvatting", HeadingKind.UNNUMBERED),
    Paragraph(
        (
            "Zie ",
            TextSpan("", target="draagvlak"),
            ", ",
            TextSpan("", target="leden"),
            " en ",
            TextSpan("", target="beeld"),
        )
    ),
    Heading(1, "Beeldvorming", bookmark="beeld"),
    Heading(2, "Wat kan beter?"),
    FIGURE,
    TABLE,
    Quote("Opa wilde ook.", "een panellid"),
    ItemList(("eerst", "dan"), ordered=True),
    Heading(1, "Notities", HeadingKind.ANNEX),
)


def document(*blocks: Block) -> Document:
    return Document("Verslag", blocks)


HTML = '<img src="file:///tmp/x.png"><b>x</b> &lt;i&gt; Jan & Piet <jan@x.nl>'


def everything_says(text: str) -> Document:
    """A document in which every text is this one."""
    return Document(
        text,
        (
            Cover(text, text, text, ((text, text),)),
            Contents(text),
            Heading(1, text, HeadingKind.UNNUMBERED),
            Paragraph((text, TextSpan(text, target="leden"), TextSpan(text, emphasis=Emphasis.STRONG))),
            Paragraph(text, ParagraphRole.INSIGHT),
            Heading(2, text),
            Figure(FigureKind.STACKED, text, text, (text,), (Series(text, (1,)), Series(f"{text}.", (2,))), text, text),
            Table(text, (text, text), ((text, text),), (1, 1), text, bookmark="leden"),
            Quote(text, text),
            ItemList((text, text), ordered=True),
            Heading(1, text, HeadingKind.ANNEX),
        ),
    )


# Figures in Word


def test_a_figure_is_a_chart_of_words_own_with_its_numbers_in_a_workbook() -> None:
    data = word_bytes(document(*WHOLE))
    assert reading.problems(data) == []
    parts = reading.parts(data)
    chart = etree.fromstring(parts["word/charts/chart1.xml"])
    assert [element.text for element in chart.iter("{*}v")][:5] == [
        "steunt",
        "Ouders veranderen mee",
        "=Vervoer & <bus>",
        "5",
        "0",
    ]
    relations = parts["word/charts/_rels/chart1.xml.rels"].decode()
    assert "../embeddings/Microsoft_Excel_Sheet1.xlsx" in relations
    sheet = openpyxl.load_workbook(io.BytesIO(parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Inzicht", "steunt", "spreekt tegen"],
        ["Ouders veranderen mee", 5, 1],
        ["=Vervoer & <bus>", 0, 2.5],
    ]
    assert sheet["A3"].data_type == "s"


def test_what_a_figure_shows_is_told_and_its_caption_is_below_it() -> None:
    body = reading.tree(word_bytes(document(*WHOLE)), "document")
    drawn = next(element for element in body.iter() if str(element.tag).endswith("}docPr"))
    assert drawn.get("descr") == FIGURE.description
    holder = next(drawn.iterancestors(f"{W}p"))
    assert reading.text_of(holder.getnext()) == "Figuur 1. Draagvlak"
    assert holder.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "STOFiguur"


def test_tables_figures_and_chapters_are_referred_to_by_fields_that_follow_them() -> None:
    data = word_bytes(document(*WHOLE))
    codes = [element.text.split() for element in reading.tree(data, "document").iter(f"{W}instrText")][1:]
    assert [(code[0], *code[2:]) for code in codes] == [("REF", "\\h"), ("REF", "\\h"), ("REF", "\\w", "\\h")]
    names = {mark.get(f"{W}name") for mark in reading.tree(data, "document").iter(f"{W}bookmarkStart")}
    assert {code[1] for code in codes} <= names


@pytest.mark.parametrize("kind", FigureKind)
def test_a_long_label_is_whole_in_a_drawing_and_in_word_has_the_room_for_it(kind: FigureKind) -> None:
    label = "Vaste data in de jaarplanning en geregeld vervoer houden de bezoeken vol; wat nog gepland moet worden niet"
    figure = Figure(kind, "Steun", "Inzicht", (label, "Kort"), (Series("vmbo", (1, 2)),), "panelleden", "Twee.")
    drawn = etree.fromstring(figure_svg(figure, STO_TWENTE).encode())
    lines = [element.text or "" for element in drawn.iter("{*}text")]
    assert label in " ".join(line for line in lines if not line.isdecimal())
    baselines = [float(element.get("y") or 0) for element in drawn.iter("{*}text")]
    assert max(baselines) < float(drawn.get("height") or 0)
    chart = reading.parts(word_bytes(document(figure)))["word/charts/chart1.xml"].decode()
    assert label in chart
    assert ('c:layoutTarget val="inner"' in chart) is (kind is not FigureKind.COLUMNS)


def test_charts_are_the_same_each_time() -> None:
    made = dt.datetime(2024, 3, 1)
    assert workbook(FIGURE, made) == workbook(FIGURE, made)
    assert word_bytes(document(*WHOLE)) == word_bytes(document(*WHOLE))


def test_a_figure_without_numbers_is_left_out() -> None:
    empty = Figure(FigureKind.BARS, "Niets", "Sector", (), (), "panelleden", "Niets.")
    assert reading.text(word_bytes(document(empty, Paragraph("x")))) == "x"
    assert b"<figure" not in html_bytes(document(empty))


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: str(look.name))
def test_series_can_be_told_apart_in_grey_and_words_can_be_read(look: object) -> None:
    assert look in LOOKS
    for style in LOOKS:
        told = {(round(contrast(fill.ground, "FFFFFF")), fill.pattern) for fill in fills(style)}
        assert len(told) == len(fills(style))
        assert contrast(style.muted, "FFFFFF") >= 4.5
        assert contrast(style.on_primary, style.primary) >= 4.5


@given(st.text(st.characters(), max_size=30), st.lists(st.floats(0, 1e6), min_size=1, max_size=4))
def test_any_figure_is_drawn(name: str, values: list[float]) -> None:
    names = tuple(f"{name}{at}" for at in range(len(values)))
    for kind in FigureKind:
        figure = Figure(kind, name, name, names, (Series(name, tuple(values)), Series("x", tuple(values))), name, name)
        etree.fromstring(figure_svg(figure, STO_TWENTE).encode())


# HTML


def test_a_page_has_one_title_and_links_that_lead_somewhere() -> None:
    page = html_bytes(document(*WHOLE)).decode()
    assert page.count("<h1") == 1
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))
    words = html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL))
    for shown in ("Zie Figuur 1", "Tabel 1 . Leden", "1.1 Wat kan beter?", "Bijlage A. Notities", "Opa wilde ook."):
        assert shown.replace(" .", ".") in re.sub(r"\s+", " ", words).replace(" ,", ",")
    assert 'lang="nl-NL"' in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


@given(st.text(st.characters(), max_size=40))
def test_no_text_breaks_out_of_a_page(text: str) -> None:
    page = html_bytes(
        document(Cover(text, text), Heading(1, text), Paragraph(text), ItemList((text,)), Quote(text, text))
    )
    root = etree.fromstring(page, etree.HTMLParser())
    tags = {str(element.tag) for element in root.iter()}
    assert tags <= {
        *("html", "head", "meta", "title", "style", "body", "main", "header", "h1", "h2", "p", "ul", "li"),
        *("blockquote", "footer", "nav"),
    }


def test_html_that_was_typed_is_words_in_every_part_of_a_page() -> None:
    # Of the same length, so that figures wrap it in the same places.
    harmless = re.sub(r"[<>&\"]", "w", HTML)
    plain, typed = (html_bytes(everything_says(text)).decode() for text in (harmless, HTML))
    assert re.findall(r"<(/?[a-z0-9]+)", plain) == re.findall(r"<(/?[a-z0-9]+)", typed)
    assert "file:" not in "".join(re.findall(r'(?:src|href)="([^"]*)"', typed))
    words = html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", typed, flags=re.DOTALL))
    assert words.count(HTML) >= 20


# Markdown


def test_html_that_was_typed_is_words_in_every_part_of_markdown() -> None:
    written = markdown_bytes(everything_says(HTML)).decode()
    assert re.findall(r"(?<!\\)<[^>]*>", written) == []
    assert not re.search(r"(?<!\\)&lt;", written)
    assert written.replace("\\", "").count(HTML) >= 15


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("# geen kop", r"\# geen kop"),
        ("1. geen lijst", r"1\. geen lijst"),
        ("- geen punt", r"\- geen punt"),
        ("a * b _c_ [d] <e> `f`", r"a \* b \_c\_ \[d\] \<e\> \`f\`"),
        ("&amp; R&D", r"\&amp; R&D"),
        ("een\n\ntwee", "een  \n&nbsp;  \ntwee"),
        ("==", r"\=="),
        ("-1 graad", "-1 graad"),
    ],
)
def test_a_text_means_in_markdown_what_was_typed(typed: str, written: str) -> None:
    assert markdown_bytes(document(Paragraph(typed))).decode() == f"# Verslag\n\n{written}\n"


def test_markdown_has_headings_lists_tables_and_numbers() -> None:
    written = markdown_bytes(document(*WHOLE, Paragraph("Kern", ParagraphRole.INSIGHT))).decode()
    for line in ("# Verslag", "## 1 Beeldvorming", "1. eerst", "| Loïs | po |", "> Kern", "## Bijlage A. Notities"):
        assert line in written.split("\n")
    assert "| Ouders veranderen mee | 5,0 | 1,0 |" in written


@given(st.text(st.characters(), max_size=60))
def test_any_text_can_be_written(text: str) -> None:
    markdown_bytes(document(Cover(text), Paragraph(text), TABLE, ItemList((text, text), ordered=True)))


# Files


@pytest.mark.parametrize("ending", [".docx", ".html", ".md", ".HTML"])
def test_the_ending_says_the_form(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"verslag{ending}"
    write(document(*WHOLE), target, HouseStyle(SOBER))
    begin = {".docx": b"PK", ".html": b"<!DOCTYPE html>", ".md": b"# Verslag"}[ending.lower()]
    assert target.read_bytes().startswith(begin)


def test_an_ending_that_nobody_knows_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"\.odt"):
        write(document(*WHOLE), tmp_path / "verslag.odt")
