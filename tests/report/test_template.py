"""A user's own template: its styles are used, what it lacks is added, and what is no template is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Pt, Twips

from sto_desktop.report.errors import TemplateError
from sto_desktop.report.look import HouseStyle
from sto_desktop.report.package import zip_parts
from sto_desktop.report.panel_report import panel_report
from sto_desktop.report.word import word_bytes
from tests.report import reading
from tests.report.panels import example
from tests.report.reading import W


def saved(document: Any, folder: Path) -> Path:
    target = folder / "huisstijl.docx"
    document.save(str(target))
    return target


def dutch(folder: Path) -> Path:
    """A template as a Dutch Word saves it: English names, Dutch ids."""
    plain = saved(docx.Document(), folder)
    with zipfile.ZipFile(plain) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in ("word/styles.xml", "word/document.xml"):
        text = parts[name].decode()
        for english, own in (("Heading1", "Kop1"), ("Heading2", "Kop2"), ("ListBullet", "Lijstopsomteken")):
            text = text.replace(f'"{english}"', f'"{own}"')
        parts[name] = text.encode()
    target = folder / "nederlands.docx"
    target.write_bytes(zip_parts(parts))
    return target


def bare(folder: Path) -> Path:
    """A template with next to nothing in it: no numbering, no styles but the body's."""
    document = docx.Document()
    for style in list(document.styles.element.iter(f"{W}style")):
        if style.get(f"{W}styleId") != "Normal":
            document.styles.element.remove(style)
    part = document.part
    relation = next(key for key, item in part.rels.items() if item.reltype.endswith("/numbering"))
    del part.rels[relation]
    return saved(document, folder)


def report(template: Path) -> bytes:
    return word_bytes(panel_report(example()), HouseStyle(template=template))


@pytest.mark.parametrize("make", [bare, dutch])
def test_what_a_template_lacks_is_added_as_styles(tmp_path: Path, make: Any) -> None:
    data = report(make(tmp_path))
    assert reading.problems(data) == []
    docx.Document(io.BytesIO(data))


def test_styles_are_found_by_name_whatever_their_id(tmp_path: Path) -> None:
    used = {style for style, _ in reading.paragraphs(report(dutch(tmp_path)))}
    assert {"Kop1", "Kop2", "Lijstopsomteken"} <= used
    assert not {"Heading1", "Heading2", "ListBullet"} & used


def test_the_users_styles_stay_as_they_are(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles["Heading 1"].font.size = Pt(31)
    styles = reading.tree(report(saved(document, tmp_path)), "styles")
    heading = next(item for item in styles.iter(f"{W}style") if item.get(f"{W}styleId") == "Heading1")
    assert heading.find(f"{W}rPr/{W}sz").get(f"{W}val") == "62"


def test_headings_without_a_number_look_like_the_users_headings(tmp_path: Path) -> None:
    styles = reading.tree(report(saved(docx.Document(), tmp_path)), "styles")
    variant = next(item for item in styles.iter(f"{W}style") if item.get(f"{W}styleId") == "STOKop1")
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
    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Twips(16838), Twips(11906)
    section.left_margin = section.right_margin = Twips(2835)
    section.footer.paragraphs[0].text = "Onze school"
    document.add_paragraph("Dit verdwijnt")
    data = report(saved(document, tmp_path))
    made = docx.Document(io.BytesIO(data))
    assert made.sections[-1].page_width == Twips(16838)
    assert made.sections[-1].footer.paragraphs[0].text == "Onze school"
    assert "Dit verdwijnt" not in reading.text(data)
    widths = [int(item.get(f"{W}w")) for item in next(reading.tree(data, "document").iter(f"{W}tblGrid"))]
    assert sum(widths) == pytest.approx(16838 - 2 * 2835, abs=3)


def test_contents_show_no_numbers_where_the_users_headings_have_none(tmp_path: Path) -> None:
    found = reading.paragraphs(report(saved(docx.Document(), tmp_path)))
    assert ("TOC1", "Samenwerking primair onderwijs en Technolab") in found


def _spreadsheet() -> bytes:
    parts = reading.parts(word_bytes(panel_report(example())))
    types = parts["[Content_Types].xml"].replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")
    return zip_parts({**parts, "[Content_Types].xml": types})


def _without(name: str) -> bytes:
    parts = reading.parts(word_bytes(panel_report(example())))
    return zip_parts({key: value for key, value in parts.items() if key != name})


def _broken_xml() -> bytes:
    return zip_parts({**reading.parts(word_bytes(panel_report(example()))), "word/styles.xml": b"<w:styles"})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geen zip",
        b"PK\x03\x04 half",
        zip_parts({"a.txt": b"x"}),
        _spreadsheet(),
        _without("word/document.xml"),
        _without("[Content_Types].xml"),
        _broken_xml(),
    ],
)
def test_what_is_no_word_document_is_refused_in_dutch(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "sjabloon.docx"
    file.write_bytes(content)
    with pytest.raises(TemplateError, match=r"sjabloon\.docx is geen Word-document \(\.docx\) of is beschadigd"):
        report(file)


@pytest.mark.parametrize("name", ["weg.docx", "map"])
def test_a_template_that_can_not_be_read_is_said_plainly(tmp_path: Path, name: str) -> None:
    (tmp_path / "map").mkdir()
    with pytest.raises(TemplateError, match="kan niet worden gelezen"):
        report(tmp_path / name)
