"""A user's own template: its styles are used, missing ones are added, and a file that is no template is refused."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.parser import parse_xml
from docx.shared import Pt, Twips

from sto_desktop.domain.names.clues import Clue
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.blocks.errors import TemplateError
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.look.dress import Page
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.report.look.markup import W as NAMESPACE
from sto_desktop.report.word.package import zip_parts
from sto_desktop.report.word.recognised import recognise
from sto_desktop.report.word.word import word_bytes
from tests.report import reading
from tests.report.panels import example
from tests.report.reading import W
from tests.report.word.templates import (
    TEMPLATES,
    bookmarks,
    controls,
    cover_of_old,
    dutch,
    dutch_names,
    english,
    landscape,
    own_words,
    png,
    rewritten,
    saved,
    sections,
    strict,
    with_macros,
)

OWN_COVERS = ("controls", "bookmarks", "cover_of_old", "strict")
"""Templates with a cover of their own, in which any formatting is allowed."""


@cache
def verslag() -> Document:
    return panel_report(example())


@cache
def without_template() -> bytes:
    return word_bytes(verslag())


def report(template: Path) -> bytes:
    return word_bytes(verslag(), HouseStyle(template=template))


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_a_template_lacks_is_added_as_styles(tmp_path: Path, name: str) -> None:
    template = TEMPLATES[name](tmp_path)
    data = report(template)
    theirs = ("direct", "a paragraph without a style", "an empty", "a table", "a row") if name in OWN_COVERS else ()
    assert [problem for problem in reading.problems(data) if not problem.startswith(tuple(theirs))] == []
    docx.Document(io.BytesIO(data))
    assert report(template) == data


def test_dutch_names_are_known(tmp_path: Path) -> None:
    data = report(dutch_names(tmp_path))
    names = {
        element.get(f"{W}styleId"): str(element.find(f"{W}name").get(f"{W}val"))
        for element in reading.tree(data, "styles").iter(f"{W}style")
    }
    used = {names[style] for style, _ in reading.paragraphs(data)}
    assert {"Kop 1", "Kop 2", "Lijst opsom.teken", "Citaat", "Bijschrift", "Titel"} <= used
    assert not {"heading 1", "List Bullet", "Quote"} & used


def test_words_of_a_house_style_for_its_own_styles_are_known(tmp_path: Path) -> None:
    data = report(own_words(tmp_path))
    assert {"Inleiding", "Tabeltekst"} <= {style for style, _ in reading.paragraphs(data)}
    tables = {element.get(f"{W}val") for element in reading.tree(data, "document").iter(f"{W}tblStyle")}
    assert tables == {"Huisstijltabel"}


def test_what_is_added_takes_the_users_colour_and_font(tmp_path: Path) -> None:
    styles = reading.tree(report(english(tmp_path)), "styles")
    by_id = {element.get(f"{W}styleId"): element for element in styles.iter(f"{W}style")}
    shade = by_id["STOTabel"].find(f"{W}tblStylePr/{W}tcPr/{W}shd")
    assert shade.get(f"{W}fill") == "8A1C5B"
    assert by_id["STOInzicht"].find(f"{W}rPr/{W}rFonts") is None
    assert recognise(english(tmp_path)).dress.look.font == "Verdana"


# A cover of the template's own


def test_content_controls_of_a_word_template_are_filled_and_its_colophon_stays(tmp_path: Path) -> None:
    data = report(controls(tmp_path))
    texts = [text for _, text in reading.paragraphs(data)]
    assert texts[0] == "Verslag panelgesprek Zuid"
    assert texts[1] == "Datum: 1 maart 2024"
    assert not [text for text in texts if text.startswith(("Versie", "Klik om", "Hier komt"))]
    assert texts[-1] == "Colofon van de school"
    assert texts.count("Verslag panelgesprek Zuid") == 1
    body = reading.tree(data, "document")
    assert not list(body.iter(f"{W}showingPlcHdr", f"{W}dataBinding"))
    assert len(list(body.iter(f"{W}sectPr"))) == 2
    assert "Verslag panelgesprek Zuid" in reading.text_of(reading.tree(data, "header1"))


def test_bookmarks_are_filled_in_their_own_form_and_what_is_unknown_stays(tmp_path: Path) -> None:
    data = report(bookmarks(tmp_path))
    body = reading.tree(data, "document")
    title = next(element for element in body.iter(f"{W}p") if reading.text_of(element) == "Verslag panelgesprek Zuid")
    assert title.find(f"{W}r/{W}rPr/{W}b") is not None
    texts = [text for _, text in reading.paragraphs(data)]
    assert texts[1:5] == ["Locatie:", "Technolab Zuid", "Opdrachtgever:", ""]
    assert "Voor intern gebruik" in texts


def test_of_an_old_document_with_a_cover_only_the_cover_stays(tmp_path: Path) -> None:
    texts = [text for _, text in reading.paragraphs(report(cover_of_old(tmp_path)))]
    assert texts[:2] == ["Verslag panelgesprek Zuid", "Sterk Techniekonderwijs, [dd-mm-jjjj]"]
    assert not [text for text in texts if text.startswith(("Colofon", "Wat Borne", "De bus", "Slot"))]
    made = docx.Document(io.BytesIO(report(cover_of_old(tmp_path))))
    assert len(made.sections) == 2
    stays = recognise(cover_of_old(tmp_path)).leftovers
    assert [(one.text, one.clues) for one in stays] == [("Sterk Techniekonderwijs, [dd-mm-jjjj]", (Clue.BLANK,))]


@pytest.mark.parametrize("missing", [False, True])
def test_paragraphs_are_not_counted_through_all_chapters(tmp_path: Path, missing: bool) -> None:
    """The template numbers its paragraphs and not its chapters, or has no style for paragraphs."""
    document = docx.Document()
    heading = document.styles["Heading 2"].element
    if missing:
        heading.getparent().remove(heading)
    else:
        numbers = heading.get_or_add_pPr().get_or_add_numPr()
        numbers.get_or_add_numId().val = 1
        numbers.get_or_add_ilvl().val = 1
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, text in enumerate(("%1", "%1.%2"))
        )
        root = document.part.numbering_part.element
        for old in list(root):
            root.remove(old)
        root.append(parse_xml(f'<w:abstractNum xmlns:w="{NAMESPACE}" w:abstractNumId="1">{levels}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num xmlns:w="{NAMESPACE}" w:numId="1"><w:abstractNumId w:val="1"/></w:num>'))
    texts = [text for _, text in reading.paragraphs(report(saved(document, tmp_path)))]
    assert "Wat is de opbrengst?" in texts
    assert not [text for text in texts if re.match(r"\d+\.\d+\s", text)]
    style = _style(report(saved(document, tmp_path)), "heading 2")
    assert style.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "0"


def test_a_title_style_that_is_hidden_is_shown(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles["Title"].font.hidden = True
    style = _style(report(saved(document, tmp_path)), "Title")
    assert style.find(f"{W}rPr/{W}vanish") is None


def test_a_caption_goes_along_with_its_table_and_a_sentence_with_its_figure(tmp_path: Path) -> None:
    body = reading.tree(report(english(tmp_path)), "document").find(f"{W}body")
    for one, following in pairwise(body):
        if following.tag == f"{W}tbl" or next(following.iter("{*}chart"), None) is not None:
            kept = one.find(f"{W}pPr/{W}keepNext")
            assert kept is not None
            assert kept.get(f"{W}val") is None


def _style(data: bytes, name: str) -> Any:
    styles = reading.tree(data, "styles").iter(f"{W}style")
    return next(style for style in styles if style.find(f"{W}name").get(f"{W}val") == name)


def test_recognised_is_what_there_is(tmp_path: Path) -> None:
    recognised = recognise(controls(tmp_path))
    assert recognised.places == ("titel", "datum", "versie", "verslag")
    assert (recognised.sections, recognised.headers, recognised.landscape) == (1, 1, False)
    named = {style.purpose: style.name for style in recognised.styles}
    assert named["Hoofdstuk"] == "Kop 1"
    assert named["Inzicht"] == ""
    assert recognise(landscape(tmp_path)).landscape


def test_first_section_is_the_covers_and_a_lying_one_is_not_for_the_text(tmp_path: Path) -> None:
    data = report(sections(tmp_path))
    made = docx.Document(io.BytesIO(data))
    assert [(part.left_margin, part.orientation) for part in made.sections] == [
        (Twips(2000), WD_ORIENT.PORTRAIT),
        (Twips(1134), WD_ORIENT.PORTRAIT),
    ]
    assert made.sections[0].header.part.related_parts
    assert made.sections[1].header.paragraphs[0].text == "Vervolgpagina"


def test_nothing_of_the_templates_old_text_stays_in_the_file(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run().add_picture(io.BytesIO(png(3, 3)))
    document.core_properties.category = "Geheim"
    data = report(saved(document, tmp_path))
    parts = reading.parts(data)
    assert not [name for name in parts if name.startswith("word/media")]
    assert b"Geheim" not in parts["docProps/core.xml"]


def test_styles_are_found_by_name_whatever_their_id(tmp_path: Path) -> None:
    used = {style for style, _ in reading.paragraphs(report(dutch(tmp_path)))}
    assert {"Kop1", "Kop2", "Lijstopsomteken"} <= used
    assert not {"Heading1", "Heading2", "ListBullet"} & used


def test_the_users_styles_stay_as_they_are(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles["Heading 1"].font.size = Pt(31)
    styles = reading.tree(report(saved(document, tmp_path)), "styles")
    heading = next(element for element in styles.iter(f"{W}style") if element.get(f"{W}styleId") == "Heading1")
    assert heading.find(f"{W}rPr/{W}sz").get(f"{W}val") == "62"


def test_headings_without_a_number_look_like_the_users_headings(tmp_path: Path) -> None:
    styles = reading.tree(report(saved(docx.Document(), tmp_path)), "styles")
    variant = next(element for element in styles.iter(f"{W}style") if element.get(f"{W}styleId") == "STOKop1")
    assert variant.find(f"{W}basedOn").get(f"{W}val") == "Heading1"
    assert variant.find(f"{W}rPr") is None
    assert variant.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "0"


def test_numbering_that_comes_along_keeps_clear_of_the_users_own(tmp_path: Path) -> None:
    numbering = reading.tree(report(saved(docx.Document(), tmp_path)), "numbering")
    for element, attribute in (("abstractNum", "abstractNumId"), ("num", "numId")):
        ids = [item.get(f"{W}{attribute}") for item in numbering.findall(f"{W}{element}")]
        assert len(ids) == len(set(ids))
    kinds = [item.tag for item in numbering if item.tag in (f"{W}abstractNum", f"{W}num")]
    assert kinds == sorted(kinds)


def test_page_footer_and_margins_are_the_users(tmp_path: Path) -> None:
    data = report(landscape(tmp_path))
    made = docx.Document(io.BytesIO(data))
    assert made.sections[-1].page_width == Twips(16838)
    assert made.sections[-1].footer.paragraphs[0].text == "Onze school"
    assert "Dit verdwijnt" not in reading.text(data)
    widths = [int(item.get(f"{W}w")) for item in next(reading.tree(data, "document").iter(f"{W}tblGrid"))]
    assert sum(widths) == pytest.approx(16838 - 2 * 2835, abs=3)


def test_contents_show_no_numbers_where_the_users_headings_have_none(tmp_path: Path) -> None:
    paragraphs = reading.paragraphs(report(saved(docx.Document(), tmp_path)))
    assert ("TOC1", "Samenwerking primair onderwijs en Technolab") in paragraphs


def _spreadsheet() -> bytes:
    parts = reading.parts(without_template())
    types = parts["[Content_Types].xml"].replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")
    return zip_parts({**parts, "[Content_Types].xml": types})


def _without(name: str) -> bytes:
    parts = reading.parts(without_template())
    return zip_parts({key: value for key, value in parts.items() if key != name})


def _without_body() -> bytes:
    empty = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    return zip_parts({**reading.parts(without_template()), "word/document.xml": empty})


def _with_bytes_changed() -> bytes:
    data = bytearray(without_template())
    at = data.index(b"word/document.xml") + 400
    data[at : at + 40] = bytes(40)
    return bytes(data)


def _broken_xml() -> bytes:
    return zip_parts({**reading.parts(without_template()), "word/styles.xml": b"<w:styles"})


@pytest.mark.parametrize(
    "content",
    [
        lambda: b"",
        lambda: b"geen zip",
        lambda: b"PK\x03\x04 half",
        lambda: zip_parts({"a.txt": b"x"}),
        _spreadsheet,
        partial(_without, "word/document.xml"),
        partial(_without, "[Content_Types].xml"),
        _broken_xml,
        _without_body,
        _with_bytes_changed,
    ],
)
def test_what_is_no_word_document_is_refused_in_dutch(tmp_path: Path, content: Callable[[], bytes]) -> None:
    file = tmp_path / "sjabloon.docx"
    file.write_bytes(content())
    with pytest.raises(TemplateError, match=r"sjabloon\.docx is geen Word-document \(\.docx\) of is beschadigd"):
        report(file)


@pytest.mark.parametrize(("name", "why"), [("weg.docx", r"het bestaat niet \(meer\)"), ("map", "het is een map")])
def test_a_template_that_can_not_be_read_is_said_plainly(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "map").mkdir()
    with pytest.raises(TemplateError, match=f"kan niet worden gelezen \\({why}\\)"):
        report(tmp_path / name)


def test_a_pipe_is_no_template(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.docx")
    with pytest.raises(TemplateError, match="het is geen gewoon bestand"):
        report(tmp_path / "pijp.docx")


@pytest.mark.parametrize(
    "code",
    [
        '<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://elders.example/x.png&quot; "/>',
        "<w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO excel blad </w:instrText></w:r>",
        '<w:r><w:instrText>INCLUDE<!-- -->PICTURE "http://elders.example/x.png"</w:instrText></w:r>',
        '<w:r><w:instrText>INCLUDE<?a b?>PICTURE "http://elders.example/x.png"</w:instrText></w:r>',
        "<w:r><w:instrText>INCLUDE</w:instrText></w:r></w:p><w:p><w:r><w:instrText>TEXT x</w:instrText></w:r>",
        "<w:r><w:instrText> includetext &quot;C:/geheim.txt&quot; </w:instrText></w:r>",
    ],
)
def test_a_template_that_fetches_something_by_a_field_is_refused(tmp_path: Path, code: str) -> None:
    def with_code(text: str) -> str:
        return text.replace("<w:sectPr", f"<w:p>{code}</w:p><w:sectPr", 1)

    template = rewritten(english(tmp_path), {"word/document.xml": with_code}, "haalt.docx")
    with pytest.raises(TemplateError, match=r"haalt\.docx haalt iets van buiten op \((INCLUDE|DDEAUTO)"):
        report(template)


def test_a_template_with_a_picture_from_elsewhere_is_refused(tmp_path: Path) -> None:
    def with_relation(text: str) -> str:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        relation = (
            f'<Relationship Id="rBuiten" Type="{kind}" Target="http://elders.example/a.png" TargetMode="External"/>'
        )
        return text.replace("</Relationships>", f"{relation}</Relationships>")

    template = rewritten(english(tmp_path), {"word/_rels/document.xml.rels": with_relation}, "haalt.docx")
    with pytest.raises(TemplateError, match=r"haalt iets van buiten op \(http://elders\.example/a\.png\)"):
        report(template)


@pytest.mark.parametrize("ending", ["docm", "dotm"])
def test_a_template_with_macros_is_used_without_them(tmp_path: Path, ending: str) -> None:
    template = with_macros(tmp_path, ending)
    parts = reading.parts(report(template))
    assert not [name for name in parts if "vba" in name.lower() or name.endswith("keys.xml")]
    assert b"macro" not in parts["[Content_Types].xml"].lower() + parts["word/_rels/document.xml.rels"].lower()
    assert reading.paragraphs(report(template))[0][1] == "Verslag panelgesprek Zuid"
    assert recognise(template).left_out == ("De macro's van het sjabloon zijn weggelaten.",)


def test_a_strict_template_gives_the_same_as_an_ordinary_one(tmp_path: Path) -> None:
    assert reading.paragraphs(report(strict(tmp_path))) == reading.paragraphs(report(controls(tmp_path)))
    page = recognise(strict(tmp_path)).page
    assert (page.width, page.height) == (11906, 16838)


@pytest.mark.parametrize("measure", ["veel", "-5"])
def test_a_template_with_odd_measures_is_used_all_the_same(tmp_path: Path, measure: str) -> None:
    def odd(text: str) -> str:
        return re.sub(r'w:(w|left)="\d+"', rf'w:\1="{measure}"', text)

    template = rewritten(english(tmp_path), {"word/document.xml": odd}, "raar.docx")
    data = report(template)
    assert recognise(template).page.width == Page().width
    assert "Samenwerking primair onderwijs en Technolab" in reading.text(data)
