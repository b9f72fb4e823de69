"""The XML of whole reports, compared with versions that a person checked.

After an intended change: UPDATE_GOLDEN=1 pytest tests/report/word/test_golden.py, and read the difference with git
diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.report.blocks.options import Form, Part, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.word.word import word_bytes
from tests.report import reading
from tests.report.panels import bare, example

GOLDEN = Path(__file__).parents[1] / "golden"
EVERYTHING = ReportOptions(
    with_also=frozenset({Part.NOTES, Part.OBSERVATIONS, Part.DEBRIEF, Part.GUIDE, Part.MEMBERS}), counts=True
)
REPORTS = {
    "plain": (example(), ReportOptions()),
    "everything": (example(), EVERYTHING),
    "by-name": (example(), ReportOptions(naming=NameMode.FULL)),
    "bare": (bare(), EVERYTHING),
    **{
        f"{form.lower()}-{naming.lower()}": (example(), ReportOptions(form=form, naming=naming))
        for form in Form
        for naming in NameMode
        if (form, naming) not in ((Form.EXTENDED, NameMode.ROLE), (Form.EXTENDED, NameMode.FULL))
    },
}
PARTS = [("everything", "word/styles.xml"), ("everything", "word/numbering.xml"), ("everything", "word/footer1.xml")]
PARTS += [("everything", "docProps/core.xml"), ("everything", "[Content_Types].xml")]
PARTS += [(report, "word/document.xml") for report in REPORTS]


def pretty(part: bytes) -> str:
    """Return XML with one line per element, so that differences can be read."""
    root = etree.fromstring(part)
    etree.indent(root)
    return str(etree.tostring(root, encoding="unicode")) + "\n"


def made(content: PanelContent, options: ReportOptions) -> dict[str, bytes]:
    return reading.parts(word_bytes(panel_report(content, options)))


@pytest.mark.parametrize(("report", "part"), PARTS)
def test_part_is_as_it_was_found_good(report: str, part: str) -> None:
    found = pretty(made(*REPORTS[report])[part])
    file = GOLDEN / report / part.replace("/", "-").replace("[Content_Types]", "content-types")
    if "UPDATE_GOLDEN" in os.environ:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found, encoding="utf-8", newline="\n")
    assert found == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("report", REPORTS)
def test_report_has_no_problems(report: str) -> None:
    content, options = REPORTS[report]
    assert reading.problems(word_bytes(panel_report(content, options))) == []
