"""The Word writer: the content of the file, for any text."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Properties,
    Quote,
    Series,
    Table,
    TextSpan,
)
from sto_desktop.report.blocks.errors import ReportError
from sto_desktop.report.word.package import another_name, write_error
from sto_desktop.report.word.word import word_bytes, write_word
from tests.report import reading
from tests.report.reading import W


def document(*blocks: Block, title: str = "Titel") -> Document:
    return Document(title, blocks, properties=Properties("STO Twente", made=dt.datetime(2024, 3, 1)))


def every_block(text: str) -> Document:
    """A document with one text in every place where text can be."""
    return document(
        Cover(text, text, text, ((text, text),)),
        Contents(text),
        Heading(1, text, HeadingKind.UNNUMBERED),
        Heading(1, text, bookmark="hier"),
        *(Paragraph(text, role) for role in ParagraphRole),
        Paragraph((TextSpan(text, Emphasis.STRONG), TextSpan(text, Emphasis.SOFT), TextSpan("", target="hier"))),
        ItemList((text, (text, TextSpan(text, Emphasis.SOFT)))),
        ItemList((text,), ordered=True),
        Quote(text, text),
        Table(text, (text, text), ((text, (TextSpan(text),)),), (2, 1), text),
        Heading(1, text, HeadingKind.ANNEX),
        title=text,
    )


def headings() -> Document:
    return document(
        Contents("Inhoud"),
        Heading(1, "Vooraf", HeadingKind.UNNUMBERED),
        Heading(1, "Eerste"),
        Heading(2, "Een"),
        Heading(3, "Diep"),
        Heading(2, "Twee"),
        Heading(1, "Tweede"),
        Heading(2, "Weer een", bookmark="weer"),
        Heading(1, "Achteraan", HeadingKind.ANNEX),
        Heading(2, "Onder de bijlage", HeadingKind.ANNEX),
        Paragraph(("Zie ", TextSpan("", target="weer"), ".")),
    )


def test_what_comes_out_has_no_problems() -> None:
    assert reading.problems(word_bytes(every_block("Tekst"))) == []


def test_contents_are_filled_in_with_the_numbers_that_word_will_show() -> None:
    paragraphs = [
        (style, text) for style, text in reading.paragraphs(word_bytes(headings())) if style.startswith("TOC")
    ]
    assert paragraphs == [
        ("TOCHeading", "Inhoud"),
        ("TOC1", "Vooraf"),
        ("TOC1", "1\tEerste"),
        ("TOC2", "1.1\tEen"),
        ("TOC2", "1.2\tTwee"),
        ("TOC1", "2\tTweede"),
        ("TOC2", "2.1\tWeer een"),
        ("TOC1", "Bijlage A. Achteraan"),
        ("TOC2", "Onder de bijlage"),
    ]


def test_contents_are_a_field_that_asks_nothing_on_opening() -> None:
    data = word_bytes(headings())
    body = reading.tree(data, "document")
    kinds = [element.get(f"{W}fldCharType") for element in body.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"] * 2
    assert not [element for element in body.iter(f"{W}fldChar") if element.get(f"{W}dirty")]
    assert reading.tree(data, "settings").find(f"{W}updateFields") is None


def test_chapters_flow_behind_a_page_of_contents_and_annexes_have_pages_of_their_own() -> None:
    data = word_bytes(headings())
    styles = {element.get(f"{W}styleId"): element for element in reading.tree(data, "styles").iter(f"{W}style")}
    broken = []
    for paragraph in reading.tree(data, "document").iter(f"{W}p"):
        style = styles[paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")]
        if any(one.find(f"{W}pPr/{W}pageBreakBefore") is not None for one in (paragraph, style)):
            broken.append(reading.text_of(paragraph))
    assert broken == ["Inhoud", "Vooraf", "Achteraan"]


def test_a_reference_shows_the_number_of_its_heading() -> None:
    assert reading.paragraphs(word_bytes(headings()))[-1] == ("Normal", "Zie 2.1.")


def test_headings_are_numbered_by_word_and_not_in_their_text() -> None:
    data = word_bytes(headings())
    assert reading.outline(data)[1:3] == [(1, "Eerste"), (2, "Een")]
    styles = {element.get(f"{W}styleId"): element for element in reading.tree(data, "styles").iter(f"{W}style")}
    linked = [element.get(f"{W}val") for element in reading.tree(data, "numbering").iter(f"{W}pStyle")]
    for style in ("Heading1", "Heading2", "STOBijlage", "ListBullet", "ListNumber"):
        assert styles[style].find(f"{W}pPr/{W}numPr/{W}numId") is not None
        assert style in linked


def test_each_counted_list_counts_from_one() -> None:
    data = word_bytes(document(ItemList(("a", "b"), ordered=True), ItemList(("c",), ordered=True)))
    body = reading.tree(data, "document")
    used = [element.get(f"{W}val") for element in body.iter(f"{W}numId")]
    assert used[0] == used[1] != used[2]
    restarts = {
        element.get(f"{W}numId"): element.find(f"{W}lvlOverride/{W}startOverride")
        for element in reading.tree(data, "numbering").iter(f"{W}num")
    }
    assert all(restarts[number].get(f"{W}val") == "1" for number in used)


def test_cover_is_a_section_of_its_own_and_only_it_has_a_first_page() -> None:
    body = reading.tree(word_bytes(every_block("x")), "document")
    first, last = body.iter(f"{W}sectPr")
    assert first.getparent().tag == f"{W}pPr"
    assert first.find(f"{W}titlePg") is not None
    assert last.find(f"{W}titlePg") is None


def test_language_title_and_author_are_in_the_file() -> None:
    data = word_bytes(document(Paragraph("x"), title="Verslag\nZuid"))
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author, core.language) == ("Verslag Zuid", "STO Twente", "nl-NL")
    assert core.created == dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
    language = reading.tree(data, "styles").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language.get(f"{W}val") == "nl-NL"


def test_footer_has_the_title_and_the_page_number() -> None:
    footer = reading.tree(word_bytes(document(Paragraph("x"), title="Verslag Zuid")), "footer1")
    fields = [element.get(f"{W}instr").strip() for element in footer.iter(f"{W}fldSimple")]
    assert fields == ["TITLE", "PAGE"]
    assert reading.text_of(footer) == "Verslag Zuid\tpagina 1"


def test_captions_count_the_tables() -> None:
    table = Table("Leden", ("Naam",), (("Loïs",),), (1,), "Namen")
    paragraphs = reading.paragraphs(word_bytes(document(table, table)))
    assert [text for style, text in paragraphs if style == "Caption"] == ["Tabel 1. Leden", "Tabel 2. Leden"]


@pytest.mark.parametrize(("text", "kept"), [("Kort", 2), ("Een lange aanbeveling. " * 60, 0)])
def test_only_a_short_table_is_kept_on_one_page(text: str, kept: int) -> None:
    table = Table("Leden", ("Naam", "Sector"), ((text, "po"),) * 2, (1, 1), "Namen")
    body = reading.tree(word_bytes(document(table)), "document")
    assert len(list(next(body.iter(f"{W}tbl")).iter(f"{W}keepNext"))) == kept


def test_empty_texts_leave_no_trace() -> None:
    blocks = (
        Heading(1, " "),
        Paragraph("  "),
        Quote("", "x"),
        ItemList(("", " \n")),
        Paragraph(("", TextSpan(" "))),
        Paragraph("x"),
    )
    assert reading.paragraphs(word_bytes(document(*blocks))) == [("Normal", "x")]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert word_bytes(every_block("Tekst")) == word_bytes(every_block("Tekst"))


def test_a_long_text_comes_out_whole() -> None:
    long = "zevenentwintig woorden " * 2500
    assert reading.text(word_bytes(document(Paragraph(long)))) == long


def test_signs_of_xml_and_lines_come_out_as_typed() -> None:
    typed = 'a ]]> b & <c> "d"\nvolgende\tregel 🙂 مرحبا'
    assert reading.text(word_bytes(document(Paragraph(typed)))) == typed


def test_control_characters_and_half_pairs_are_cleaned() -> None:
    typed = "a\x00b\x0bc\ud83dd\ud83d\ude42\ufffe\r\ne"
    assert reading.text(word_bytes(document(Paragraph(typed)))) == "ab\nc\ufffdd🙂\ne"


@given(st.text(st.characters(), max_size=60))
def test_any_text_gives_a_sound_file_with_that_text(text: str) -> None:
    data = word_bytes(document(Paragraph(f"|{text}|")))
    docx.Document(io.BytesIO(data))
    kept = [sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs", "Cn", "Zl", "Zp")]
    assert [sign for sign in reading.text(data)[1:-1] if sign in set(kept)] == kept


@pytest.mark.long
@given(st.text(st.characters(), max_size=20))
def test_any_text_may_stand_in_every_place(text: str) -> None:
    data = word_bytes(every_block(f"x{text}"))
    assert reading.problems(data) == []
    docx.Document(io.BytesIO(data))


def test_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "verslag.docx"
    target.write_bytes(b"ouder")
    write_word(document(Paragraph("x")), target)
    assert target.read_bytes() == word_bytes(document(Paragraph("x")))
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["weg/verslag.docx", "map", "bestand/verslag.docx", f"{'v' * 300}.docx"])
def test_a_place_that_can_not_be_written_is_said_plainly(tmp_path: Path, name: str) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "bestand").write_text("iets")
    with pytest.raises(ReportError) as caught:
        write_word(document(Paragraph("x")), tmp_path / name)
    assert caught.value.happened
    assert caught.value.kept
    assert caught.value.advice.startswith(("Kies", "Bewaar"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bestand", "map"]


def test_an_open_document_is_told_with_another_name_that_is_free(tmp_path: Path) -> None:
    target = tmp_path / "verslag.docx"
    target.write_text("open in Word")
    (tmp_path / "verslag (2).docx").write_text("ook al")
    message = str(write_error(target, PermissionError(13, "Permission denied")))
    assert "verslag.docx kan niet worden geschreven: het is open in een ander programma" in message
    assert "verslag (3).docx" in message
    assert another_name(target) == tmp_path / "verslag (3).docx"


def test_head_of_a_short_document_leaves_the_rest_on_its_page() -> None:
    cover = Cover("Kort verslag", "Sterk Techniekonderwijs", "Concept", (("Datum", "1 juni 2026"),), page=False)
    document = Document("Kort verslag", (cover, Heading(1, "Wat eruit kwam", HeadingKind.FLOWING), Paragraph("Veel.")))
    made = reading.parts(word_bytes(document))["word/document.xml"].decode()
    assert made.count("<w:sectPr") == 1
    assert "STOKop1Doorlopend" in made
    assert "Datum: 1 juni 2026" in made


@pytest.mark.parametrize("kind", [FigureKind.BARS, FigureKind.STACKED])
def test_a_figure_of_many_bars_fits_on_a_page_with_its_caption(kind: FigureKind) -> None:
    names = tuple(f"Inzicht {at}" for at in range(120))
    series = tuple(Series(name, tuple(float(at) for at in range(120))) for name in ("po", "vmbo", "mbo"))
    data = word_bytes(document(Heading(1, "Kop"), Figure(kind, "Veel", "Inzicht", names, series, "panelleden", "Veel")))
    body = reading.tree(data, "document")
    (extent,) = body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent")
    page, margins = (next(body.iter(f"{W}{name}")) for name in ("pgSz", "pgMar"))
    room = int(page.get(f"{W}h")) - int(margins.get(f"{W}top")) - int(margins.get(f"{W}bottom"))
    assert 0 < int(extent.get("cy")) / 635 < room - 1000
