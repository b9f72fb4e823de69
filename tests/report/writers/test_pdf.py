"""The PDF of a document: tagged, linked, whole, and with nothing of what was typed run as code."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import example as given_example
from hypothesis import given, settings
from hypothesis import strategies as st

from sto_desktop.report.blocks.blocks import (
    Block,
    Contents,
    Cover,
    Document,
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
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.look.dress import dress_of
from sto_desktop.report.look.markup import clean
from sto_desktop.report.writers.page_data import page_data
from sto_desktop.report.writers.pdf_writer import make_pdf
from tests.report.panels import example
from tests.ui.paper.pdf_reading import text_of_pdf, words

FIGURE = Figure(
    FigureKind.BARS, "Wie sprak", "Sector", ("po", "vmbo"), (Series("leden", (2, 3)),), "leden", "Vmbo het meest."
)
TABLE = Table("Aanbevelingen", ("Nr.", "Wat"), (("1", "Doe het <nu>"),), (1, 4), "Een tabel.", "tabel")
WHOLE = (
    Cover("Verslag Zuid", "Sterk Techniekonderwijs", "Concept", (("Datum", "1 maart 2024"),)),
    Contents("Inhoud"),
    Heading(1, "Samenvatting", HeadingKind.UNNUMBERED),
    Paragraph(("Zie hoofdstuk ", TextSpan("", target="twee"), " en ", TextSpan("", target="tabel"), ".")),
    Heading(1, "Po & Technolab"),
    Heading(3, "Een kopje twee niveaus lager"),
    Paragraph("Gezegd.", ParagraphRole.INSIGHT),
    ItemList(("een", "twee")),
    Quote("Ik hoor ze nog.", "een docent"),
    FIGURE,
    Heading(1, "Aanbevelingen", bookmark="twee"),
    TABLE,
    Heading(1, "Alle notities", HeadingKind.ANNEX),
)


def document(*blocks: Block) -> Document:
    return Document("Verslag", blocks)


def opened(*blocks: Block) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(make_pdf(document(*blocks)).data)


def tags(pdf: pypdfium2.PdfDocument) -> Iterator[tuple[str, str]]:
    """Yield the kind and the alternative text of each element of the structure, in reading order."""
    for page in pdf:
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from _below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
        pdfium.FPDF_StructTree_Close(tree)


def _below(element: Any) -> Iterator[tuple[str, str]]:
    if not element:
        return
    yield _said(pdfium.FPDF_StructElement_GetType, element), _said(pdfium.FPDF_StructElement_GetAltText, element)
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        yield from _below(pdfium.FPDF_StructElement_GetChildAtIndex(element, at))


def _said(ask: Any, element: Any) -> str:
    size = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    ask(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le").rstrip("\0")


def page_with(pdf: pypdfium2.PdfDocument, shown: str) -> int:
    return next(at for at in range(len(pdf)) if shown in pdf[at].get_textpage().get_text_range())


def test_a_pdf_has_the_structure_that_screen_readers_need() -> None:
    pdf = opened(*WHOLE)
    assert pdf.is_tagged()
    data = make_pdf(document(*WHOLE)).data
    assert b"/Lang (nl-NL)" in data or b"/Lang(nl-NL)" in data
    assert b"pdfuaid:part" in data
    assert pdf.get_metadata_dict()["Title"] == "Verslag"
    kinds = [kind for kind, _ in tags(pdf)]
    wanted = {"H1", "H2", "P", "L", "LI", "LBody", "Table", "TR", "TH", "TD", "Figure", "Caption", "TOC", "Link"}
    assert wanted - set(kinds) == set()
    # The levels have no gap, and the cover's title is no chapter.
    assert "H3" not in kinds
    assert [told for kind, told in tags(pdf) if kind == "Figure"] == ["Vmbo het meest."]


def test_bookmarks_contents_and_references_lead_to_their_pages() -> None:
    pdf = opened(*WHOLE)
    marks = [mark.get_title() for mark in pdf.get_toc()]
    assert marks == [
        "Inhoud",
        "Samenvatting",
        "1 Po & Technolab",
        "Een kopje twee niveaus lager",
        "2 Aanbevelingen",
        "Bijlage A. Alle notities",
    ]
    contents = pdf[1].get_textpage().get_text_range()
    annex = page_with(pdf, "Bijlage A") if "Bijlage A" not in contents else len(pdf) - 1
    assert words(contents)[str(annex + 1)] >= 1
    text = text_of_pdf(make_pdf(document(*WHOLE)).data)
    assert "Zie hoofdstuk 2 en Tabel 1." in " ".join(text.split())


HOSTILE = (
    '#read("/etc/passwd")',
    '"; #panic()',
    '\\"#{1+1}',
    '#import "@preview/x:1.0.0": *',
    "$x$ _a_ *b* `c` <d> @e = f\n= g",
    "\\u{41}",
    "[[[",
    "]]]",
)


@settings(deadline=None, max_examples=12)
@given(st.text(st.characters(max_codepoint=0x17F, exclude_categories=("Cc", "Cs")), max_size=60))
@given_example(HOSTILE[0])
@given_example(HOSTILE[1])
@given_example(HOSTILE[2])
@given_example(HOSTILE[3])
@given_example(HOSTILE[4])
@given_example(HOSTILE[5])
@given_example(HOSTILE[6])
@given_example(HOSTILE[7])
def test_whatever_is_typed_is_words_on_the_page(text: str) -> None:
    shown = f"begin {text} eind"
    blocks = (
        Cover(shown, shown, "", ((shown, shown),)),
        Heading(1, shown),
        Paragraph((shown, TextSpan(shown))),
        Paragraph(shown, ParagraphRole.INSIGHT),
        ItemList((shown,)),
        Quote(shown, shown),
        Table(shown, (shown,), ((shown,),), (1,), shown),
    )
    made = make_pdf(Document(shown, blocks)).data
    page_text = "".join(text_of_pdf(made).split())
    # Hyphens at a line's end are read back as another sign, and spaces of Unicode are no letters.
    letters = [letter for letter in "".join(clean(text).split()) if letter.isascii() and letter.isprintable()]
    assert all(page_text.count(letter) >= 10 for letter in letters if letter not in "-")
    data = json.dumps(page_data(Document(shown, blocks), dress_of()))
    assert json.loads(data)["blocks"][0]["title"] == " ".join(clean(shown).split())


def test_a_sign_that_no_font_has_is_a_box_and_told() -> None:
    no_font = "\U00014400"
    made = make_pdf(document(Paragraph(f"Voor {no_font}{no_font} na \u2192 \u20ac 1.", ParagraphRole.LEAD)))
    assert made.missing == (no_font,)
    assert f"geen letter voor {no_font}: in de PDF" in made.lacks
    assert words(text_of_pdf(made.data))["\u25a1\u25a1"] == 1
    assert make_pdf(document(Paragraph("Caf\u00e9 \u2192 \u20ac 1."))).lacks == ""


def test_what_pdf_ua_forbids_is_left_out_or_told_and_never_costs_the_file() -> None:
    made = make_pdf(document(Paragraph("\ufeffGeplakt\x00."), Heading(1, "Kop")))
    assert made.accessible
    assert words(text_of_pdf(made.data))["geplakt."] == 1
    # A heading of nothing but a byte order mark has no words.
    nothing = make_pdf(document(Heading(1, "\ufeff"), Paragraph("Erna.")))
    assert "Erna." in text_of_pdf(nothing.data)
    assert nothing.lacks == "De PDF is compleet, maar niet geschikt om te laten voorlezen."


@pytest.mark.parametrize(("page", "style"), [(True, "Title"), (False, "STO Titel")])
def test_a_title_is_as_large_as_in_word(page: bool, style: str) -> None:
    text = opened(Cover("Notulen", "Twente", page=page))[0].get_textpage()
    at = text.get_text_range().index("Notulen")
    assert pdfium.FPDFText_GetFontSize(text.raw, at) == pytest.approx(dress_of().style(style).size)


def test_a_greeting_stands_apart_from_the_head_of_a_letter() -> None:
    text = opened(Cover("Uw woorden", "Panel", "Concept", page=False), Paragraph("Beste lezer,"))[0].get_textpage()
    found = text.get_text_range()
    tops = [text.get_charbox(found.index(word))[3] for word in ("Panel", "Concept", "Beste")]
    assert tops[1] - tops[2] > 1.4 * (tops[0] - tops[1])


@pytest.mark.parametrize("region", ["Hof van Twente", "Rijssen-Holten"])
def test_a_cover_breaks_no_name(region: str) -> None:
    panel = replace(example().panel, subregion=region)
    blocks = panel_report(replace(example(), panel=panel), ReportOptions(Form.EXTENDED)).blocks
    lines = opened(blocks[0])[0].get_textpage().get_text_range().replace("\u00a0", " ").split("\r\n")
    assert region in lines


def test_a_cover_with_all_it_can_say_is_one_page() -> None:
    about = (*((f"Gegeven {at}", "tot en met 3 april 2026") for at in range(8)),)
    pdf = opened(Cover("Verslag panelgesprek subregio Rijssen-Holten en Hof van Twente", "Twente", "Concept", about))
    assert len(pdf) == 1


@pytest.mark.parametrize("lines", range(30, 60, 3))
def test_a_heading_goes_along_to_the_page_of_its_text(lines: int) -> None:
    headings = (Heading(2, "Kop"), Heading(3, "Kopje"))
    pdf = opened(Paragraph("regel\n" * lines), *headings, Paragraph("tekst\n" * 8))
    assert len({page_with(pdf, shown) for shown in ("Kop\r", "Kopje", "tekst")}) == 1


@pytest.mark.parametrize("lines", range(20, 56, 4))
def test_a_caption_stays_with_its_table_and_its_figure(lines: int) -> None:
    rows = tuple((str(at), f"rij {at}") for at in range(100, 160))
    pdf = opened(Paragraph("regel\n" * lines), Table("Tabelbijschrift", ("Nr.", "Wat"), rows, (1, 4), "Veel."))
    assert page_with(pdf, "Tabelbijschrift") == page_with(pdf, "rij 100")
    assert all("Nr." in pdf[at].get_textpage().get_text_range() for at in range(page_with(pdf, "rij 100"), len(pdf)))
    pdf = opened(Paragraph("regel\n" * lines), Paragraph("Hierover gaat het."), FIGURE)
    assert page_with(pdf, "Wie sprak") == page_with(pdf, "vmbo") == page_with(pdf, "Hierover")


@pytest.mark.parametrize("word", ["a" * 400, "naam.van.iemand@een.heel.lange.school.in.twente.nl" * 3])
def test_a_word_longer_than_a_line_stays_on_the_page(word: str) -> None:
    pdf = opened(
        Paragraph(word),
        ItemList((word,)),
        Quote(word),
        Table(word, (word, "b"), ((word, word), ("c", "d")), (1, 1), "E."),
    )
    for page in pdf:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(at)
            assert left >= 0
            assert right <= page.get_width() - 60
    assert "".join(text_of_pdf(make_pdf(document(Paragraph(word))).data).split()).count(word) >= 1


def test_a_column_to_write_in_keeps_its_room_beside_long_questions() -> None:
    table = Table(
        "Deel 1", ("Vraag", "Aantekeningen"), (("Wat leverde het op? " * 9, ""),), (1.0, 1.0), "Om te schrijven."
    )
    (data,) = page_data(document(table), dress_of())["blocks"]
    assert data["widths"] == [0.5, 0.5]


def test_an_empty_document_is_an_empty_page_and_the_same_document_gives_the_same_bytes() -> None:
    assert len(opened()) == 1
    assert len(opened(Paragraph("  "), Contents("Inhoud"), ItemList(("",)), Quote(" "))) == 1
    assert make_pdf(document(*WHOLE)).data == make_pdf(document(*WHOLE)).data
