"""How LibreOffice renders the Word file. Needs LibreOffice (soffice) and poppler (pdftotext, pdfinfo)."""

from __future__ import annotations

import atexit
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.report.blocks.options import Form, Part, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.word.word import write_word
from tests.report import reading
from tests.report.panels import bare, example, overfull

ALL = frozenset({Part.NOTES, Part.OBSERVATIONS, Part.DEBRIEF, Part.GUIDE, Part.MEMBERS})
REPORTS = {
    "gewoon": (example(), ReportOptions(), 8),
    "alles": (example(), ReportOptions(with_also=ALL), 10),
    "namen": (example(), ReportOptions(naming=NameMode.FULL), 8),
    "leeg": (bare(), ReportOptions(with_also=ALL), 3),
    "kort": (example(), ReportOptions(Form.SHORT), 1),
    "vol": (overfull(5000), ReportOptions(Form.SHORT, with_also=ALL | set(Part)), 2),
    "notulen": (example(), ReportOptions(Form.MINUTES, with_also=ALL), 2),
}


def run(*command: str) -> str:
    found = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    return found.stdout


@cache
def profile() -> Path:
    """Return a LibreOffice profile for this run: making one takes longer than converting a document."""
    folder = tempfile.TemporaryDirectory(prefix="sto-office-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return Path(folder.name)


def convert(source: Path, kind: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    run(
        "soffice",
        f"-env:UserInstallation={profile().as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(source),
    )
    return folder / f"{source.stem}.{kind.split(':')[0]}"


def words(text: str) -> list[str]:
    return text.replace("\f", " ").split()


@pytest.fixture(params=REPORTS)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, int]:
    content, options, pages = REPORTS[request.param]
    target = tmp_path / f"{request.param}.docx"
    write_word(panel_report(content, options), target)
    return target, pages


def test_it_becomes_a_pdf_with_all_its_text_on_as_many_pages_as_were_looked_at(
    made: tuple[Path, int], tmp_path: Path
) -> None:
    source, pages = made
    pdf = convert(source, "pdf", tmp_path / "pdf")
    info = dict(line.split(":", 1) for line in run("pdfinfo", str(pdf)).splitlines())
    assert int(info["Pages"]) == pages
    assert info["Title"].strip() == reading.paragraphs(source.read_bytes())[0][1]
    shown = set(words(run("pdftotext", "-layout", str(pdf), "-").casefold()))
    expected = set(words(reading.text(source.read_bytes()).casefold()))
    assert not expected - shown


def test_there_and_back_the_text_is_the_same(made: tuple[Path, int], tmp_path: Path) -> None:
    source, _ = made
    back = convert(source, "docx", tmp_path / "terug")
    body = reading.tree(back.read_bytes(), "document")
    returned = [reading.text_of(element) for element in body.iter(f"{reading.W}p")]
    sent = [text for _, text in reading.paragraphs(source.read_bytes())]
    # The paragraph of a chart contains no words.
    assert [words(text) for text in returned if text.strip()] == [words(text) for text in sent if text.strip()]


def test_headings_come_back_as_headings(made: tuple[Path, int], tmp_path: Path) -> None:
    source, _ = made
    back = convert(source, "docx", tmp_path / "terug").read_bytes()
    styles = {
        element.get(f"{reading.W}styleId"): element.find(f"{reading.W}name").get(f"{reading.W}val").lower()
        for element in reading.tree(back, "styles").iter(f"{reading.W}style")
    }
    returned = []
    for element in reading.tree(back, "document").iter(f"{reading.W}p"):
        style = element.find(f"{reading.W}pPr/{reading.W}pStyle")
        name = "" if style is None else styles.get(style.get(f"{reading.W}val"), "")
        if name.startswith(("heading", "sto kop", "sto bijlage")):
            # A page break before a heading comes back as a line break in it.
            returned.append(reading.text_of(element).strip())
    assert returned == [text for _, text in reading.outline(source.read_bytes())]
