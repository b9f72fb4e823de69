"""How LibreOffice renders every house style and the charts. Needs LibreOffice (soffice) and poppler."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from sto_desktop.report.blocks.options import Form, Part, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.content.sample import sample_document
from sto_desktop.report.look.look import LOOKS, HouseStyle
from sto_desktop.report.word.recognised import dress_for
from sto_desktop.report.word.word import write_word
from tests.office.test_libreoffice import convert, run, words
from tests.report import reading
from tests.report.panels import overfull
from tests.report.word.templates import TEMPLATES

STYLES = {**{look.name: look for look in LOOKS}, **TEMPLATES}


@pytest.mark.parametrize("name", STYLES)
def test_every_house_style_goes_there_and_back_with_all_its_text(tmp_path: Path, name: str) -> None:
    chosen = TEMPLATES.get(name)
    template = chosen(tmp_path) if chosen else None
    look = next((item for item in LOOKS if item.name == name), LOOKS[0])
    source = tmp_path / "verslag.docx"
    write_word(sample_document(), source, HouseStyle(look, template))
    shown = run("pdftotext", "-layout", str(convert(source, "pdf", tmp_path / "pdf")), "-").casefold()
    # Letters with wide spacing are extracted as several words.
    together = "".join(shown.split())
    assert [word for word in words(reading.text(source.read_bytes()).casefold()) if word not in together] == []
    back = convert(source, "docx", tmp_path / "terug").read_bytes()
    body = reading.tree(back, "document")
    returned = [words(reading.text_of(element)) for element in body.iter(f"{reading.W}p")]
    sent = [words(text) for _, text in reading.paragraphs(source.read_bytes())]
    assert [item for item in returned if item] == [item for item in sent if item]


@pytest.mark.parametrize("name", [look.name for look in LOOKS] + ["english", "dutch"])
def test_the_short_form_is_two_pages_at_most_in_large_letters_too(tmp_path: Path, name: str) -> None:
    chosen = TEMPLATES.get(name)
    look = next((item for item in LOOKS if item.name == name), LOOKS[0])
    style = HouseStyle(look, chosen(tmp_path) if chosen else None)
    options = ReportOptions(Form.SHORT, with_also=frozenset(Part), room=dress_for(style).room())
    source = tmp_path / "kort.docx"
    write_word(panel_report(overfull(5000), options), source, style)
    info = run("pdfinfo", str(convert(source, "pdf", tmp_path / "pdf")))
    assert int(re.search(r"Pages:\s+(\d+)", info)[1]) <= 2  # type: ignore[index]


def test_a_chart_comes_back_with_its_numbers(tmp_path: Path) -> None:
    source = tmp_path / "verslag.docx"
    write_word(sample_document(), source)
    back = reading.parts(convert(source, "docx", tmp_path / "terug").read_bytes())
    charts = [part for name, part in back.items() if name.startswith("word/charts/chart") and name.endswith(".xml")]
    assert len(charts) == 1
    values = [item.text for item in etree.fromstring(charts[0]).iterfind(".//{*}val//{*}v")]
    assert [float(value or "nan") for value in values] == [2, 3, 1]
