"""The house styles: every style states its size and spacing, and every drawing has a description."""

from __future__ import annotations

import io

import docx
import pytest
from lxml import etree

from sto_desktop.report.look.look import STO_TWENTE
from sto_desktop.report.look.style_sheet import styles
from sto_desktop.report.word.house_style import house_style
from tests.report import reading
from tests.report.reading import W


def test_python_docx_reads_the_template() -> None:
    names = {style.name for style in docx.Document(io.BytesIO(house_style())).styles}
    assert {"Heading 1", "List Bullet", "Quote", "Caption", "STO Tabel"} <= names


@pytest.mark.parametrize("style", styles(STO_TWENTE), ids=lambda style: str(style.name))
def test_every_paragraph_style_has_size_spacing_and_widow_control(style: object) -> None:
    identity = getattr(style, "id")  # noqa: B009
    root = reading.tree(house_style(), "styles")
    element = next(item for item in root.iter(f"{W}style") if item.get(f"{W}styleId") == identity)
    if element.get(f"{W}type") == "character":
        return
    spacing = element.find(f"{W}pPr/{W}spacing")
    assert {spacing.get(f"{W}{name}") is None for name in ("before", "after", "line")} == {False}
    assert int(element.find(f"{W}rPr/{W}sz").get(f"{W}val")) >= 16
    assert element.find(f"{W}pPr/{W}widowControl") is not None


def test_only_the_defaults_name_a_font() -> None:
    root = reading.tree(house_style(), "styles")
    assert [element.getparent().getparent().tag for element in root.iter(f"{W}rFonts")] == [f"{W}rPrDefault"]


def test_word_opens_it_in_the_mode_of_today() -> None:
    settings = reading.tree(house_style(), "settings")
    assert settings.find(f"{W}compat/{W}compatSetting").get(f"{W}val") == "15"


def test_what_is_drawn_on_the_cover_says_what_it_is() -> None:
    header = reading.parts(house_style())["word/header1.xml"]
    drawn = [element for element in etree.fromstring(header).iter() if str(element.tag).endswith("}docPr")]
    assert [item.get("descr") for item in drawn] == [
        "Versiering: een band met een ronde tafel en tien stoelen, van boven gezien."
    ]
