"""In a made-up language, none of the program's own texts is left in Dutch."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.cli.words import PARTS as PART_WORDS
from sto_desktop.domain.privacy.naming.naming import NameMode
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.report.blocks.document_texts import texts_of
from sto_desktop.report.blocks.options import PARTS, Form, ReportOptions
from sto_desktop.report.content.panel_report import panel_report
from sto_desktop.report.papers.kinds import AFTERWARDS, Paper
from sto_desktop.report.papers.papers import paper
from tests.house.pseudo import make_catalogue, own_words, spoken, typed_in_greek
from tests.report.panels import bare, example

NAMES = ("STO", "Twente", "COREQ", "Sterk", "Techniekonderwijs")
ROLES = ("een", "panellid", "overige", "sectoren")
"""Labels of people without a name: in Dutch, as written into shared copies."""
TO_TYPE = ("Sector", "Functie", "Toestemming", "Wat", "Niet", "ingedeeld", "rol", "root")
"""Headings and words by which files and commands are read, and the name of the user."""


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    make_catalogue(folder)
    return folder


@pytest.fixture
def made_up(catalogue: Path) -> Iterator[None]:
    with spoken(catalogue):
        yield


@pytest.mark.long
@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("form", Form)
def test_a_verslag_says_nothing_of_its_own_in_dutch(form: Form) -> None:
    content = typed_in_greek(example())
    everybody = tuple(
        replace(member, consent_name=Consent.YES, consent_quote=Consent.YES) for member in content.panelists
    )
    options = ReportOptions(form=form, naming=NameMode.FULL, with_also=frozenset(PARTS[form]))
    for panel in (replace(content, panelists=everybody), bare()):
        document = panel_report(panel, options)
        left = {
            word for block in document.blocks for text in texts_of(block) for word in own_words(text, *NAMES, *ROLES)
        }
        assert left == set()


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("kind", [kind for kind in Paper if kind not in AFTERWARDS])
def test_a_paper_says_nothing_of_its_own_in_dutch(kind: Paper) -> None:
    content = typed_in_greek(example())
    document = paper(kind, content.panel, content.guide)
    assert [word for block in document.blocks for text in texts_of(block) for word in own_words(text, *NAMES)] == []


COMMANDS = (
    "verslag", "samenvoegen", "delen", "vogelvlucht", "importeer", "exporteer", "controleer", "voorbeeld", "demo",
)  # fmt: skip


def _said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    with contextlib.suppress(SystemExit):
        run([str(item) for item in arguments])
    output = capsys.readouterr()
    return output.out + output.err


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_says_nothing_in_dutch(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    usage, *parts = _said(capsys, command, "--help").split("\n\n")
    words_to_type = set(re.findall(r"[A-Za-z]{2,}", usage))
    told = re.sub(r"--?\w[\w-]*", "", "\n".join(parts))
    assert own_words(told, *words_to_type, *PART_WORDS, "open", "vragen") == []


@pytest.mark.usefixtures("made_up")
def test_what_commands_say_is_not_in_dutch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier, notes, members = tmp_path / "ααα.sto", tmp_path / "βββ.md", tmp_path / "γγγ.csv"
    notes.write_text("# ααα\n\nDatum: 14-2-23\n\n## βββ\n\n### γγγ\n\n- δδδ @δδδ\n", encoding="utf-8")
    members.write_text("Naam;Organisatie;Wat\nααα;βββ;x\n;γγγ;\n", encoding="utf-8")
    told = [
        _said(capsys, *line)
        for line in (
            ("importeer", dossier, "--panelleden", members, "--notities", notes, "--subregio", "εεε"),
            ("importeer", dossier, "--panelleden", members, "--notities", notes),
            ("importeer", dossier),
            ("controleer", dossier),
            ("verslag", dossier, "-o", tmp_path / "ααα.docx"),
            ("verslag", dossier, "--met", "notities", "--zonder", "notities", "-o", tmp_path / "ααα.docx"),
            ("exporteer", dossier, "--formaat", "csv", "-o", tmp_path / "ααα.csv"),
            ("delen", dossier, "-o", tmp_path / "βββ.sto"),
            ("samenvoegen", dossier, tmp_path / "βββ.sto", "-o", tmp_path / "γγγ.sto"),
            ("samenvoegen", dossier, "--proef", "-o", tmp_path / "γγγ.sto"),
            ("vogelvlucht", dossier, "-o", tmp_path / "βββ.docx"),
            ("verslag", tmp_path / "δδδ.sto", "-o", tmp_path / "ααα.docx"),
            ("controleer", notes),
        )
    ]
    text = "\n".join(told).replace(str(tmp_path), "")
    assert own_words(re.sub(r"--?\w+|\.\w+|[A-Z]{2,}", "", text), *NAMES, *TO_TYPE) == []
