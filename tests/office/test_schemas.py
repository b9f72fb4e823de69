"""Whether Word opens every file without repair, by the schemas and rules of Office itself (from openxml-audit)."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.report.blocks.options import Form, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.content.sample import sample_document
from sto_desktop.report.look.look import LOOKS, HouseStyle
from sto_desktop.report.word.word import write_word
from tests.office.test_house_styles import STYLES
from tests.office.test_libreoffice import ALL
from tests.report.panels import bare, example
from tests.report.word.templates import TEMPLATES


def findings(path: Path) -> list[str]:
    """Return the faults that Word would find in a file."""
    result = OpenXmlValidator(FileFormat.OFFICE_2019, max_errors=50).validate(path)
    return [f"{item.part_uri} {item.path}: {item.description}" for item in result.errors]


@pytest.mark.parametrize("naming", NameMode)
@pytest.mark.parametrize("form", Form)
def test_every_form_with_everything_in_it(tmp_path: Path, form: Form, naming: NameMode) -> None:
    target = tmp_path / "verslag.docx"
    write_word(panel_report(example(), ReportOptions(form, naming=naming, with_also=ALL, counts=True)), target)
    assert findings(target) == []


@pytest.mark.parametrize("form", Form)
def test_a_panel_of_which_nothing_is_known(tmp_path: Path, form: Form) -> None:
    target = tmp_path / "verslag.docx"
    write_word(panel_report(bare(), ReportOptions(form, with_also=ALL)), target)
    assert findings(target) == []


@pytest.mark.parametrize("name", STYLES)
def test_a_verslag_in_every_house_style_is_as_the_schemas_say(tmp_path: Path, name: str) -> None:
    chosen = TEMPLATES.get(name)
    look = next((item for item in LOOKS if item.name == name), LOOKS[0])
    template = chosen(tmp_path) if chosen else None
    target = tmp_path / "verslag.docx"
    write_word(sample_document(), target, HouseStyle(look, template))
    before = set(findings(template)) if template else set()
    assert [finding for finding in findings(target) if finding not in before] == []


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    good, wrong = tmp_path / "goed.docx", tmp_path / "fout.docx"
    write_word(sample_document(), good)
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(wrong, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"<w:tblGrid>", b"<w:tblGrid><w:p/>", 1))
    assert len(findings(wrong)) == 1
