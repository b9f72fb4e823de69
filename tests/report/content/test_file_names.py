"""The name of the file of a verslag."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.report.content.file_names import report_file_name
from tests.report.panels import bare


@pytest.mark.parametrize(
    ("panel", "name"),
    [
        (Panel("p", subregion="Oldenzaal", date=dt.date(2023, 2, 14)), "Verslag Oldenzaal 14 februari 2023.docx"),
        (Panel("p", subregion="Almelo e.o."), "Verslag Almelo e.o.docx"),
        (Panel("p", title="Panel: po/vo?"), "Verslag Panel po vo.docx"),
        (Panel("p"), "Verslag Panelgesprek.docx"),
    ],
)
def test_the_file_is_called_after_subregion_and_date(panel: Panel, name: str) -> None:
    content = replace(bare(), panel=panel)
    assert report_file_name(content, ReportOptions()) == name


def test_the_form_is_in_the_name_and_no_member() -> None:
    member = Panelist("l", name="Jan ter Denge", first_name="Jan")
    content = replace(bare(), panel=Panel("p", title="Panel bij Jan ter Denge"), panelists=(member,))
    assert report_file_name(content, ReportOptions(Form.SHORT), ".pdf") == "Kort verslag Panel bij een panellid.pdf"
    assert report_file_name(content, ReportOptions(Form.MINUTES)) == "Notulen Panel bij een panellid.docx"
