"""The finished file itself is looked through: where a name remains that may not be, nothing is written."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.domain.privacy.remaining import Watch
from sto_desktop.exchange.out.finished import texts_of

MEMBERS = (
    Panelist("s", name="Sjoerd Hoekstra", first_name="Sjoerd", organisation="Hoekstra Metaal"),
    Panelist("r", name="Roos de Wit", first_name="Roos"),
)
OUTPUTS = {
    "uit.docx": ("verslag", "--met-notities", "--namen", "rol"),
    "uit.html": ("verslag", "--met-notities", "--namen", "rol"),
    "uit.md": ("exporteer", "--formaat", "md"),
    "uit.csv": ("exporteer", "--formaat", "csv"),
    "uit.xlsx": ("exporteer", "--formaat", "xlsx"),
    "uit.qdpx": ("exporteer", "--formaat", "qdpx"),
    "uit.sto": ("delen",),
}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("dat zei Sjoerd ook", True),
        ("dat zei sjo\u00aderd ook", True),
        ("s.hoekstra@school.example", True),
        ("ROOS DE WIT", True),
        ("een roos in de tuin", False),
        ("Bij Hoekstra Metaal", False),
        ("sjoerdt en hoekstraat", False),
    ],
)
def test_what_is_certain_is_seen_wherever_it_stands(text: str, left: bool) -> None:
    assert bool(Watch(MEMBERS).remaining([("deel", text)])) is left


def test_what_a_person_kept_may_stand_in_its_place_and_nowhere_else() -> None:
    redactor = Redactor(Naming(MEMBERS, NameMode.ROLE))
    (name,) = redactor.find("het plan van Hoekstra gaat door", "n", "text")
    decided = Redactor(Naming(MEMBERS, NameMode.ROLE), {name.key: False})
    watch = Watch(MEMBERS, found=decided.find("het plan van Hoekstra gaat door", "n", "text"))
    assert watch.remaining([("deel", "Notitie: het plan van Hoekstra gaat door.")]) == ()
    assert watch.remaining([("deel", "mail Hoekstra even")]) != ()


@pytest.mark.parametrize(
    "text", ["Sjoerd Hoekstra belt", "Vraag het aan Sjoerd Hoekstra", "Sjoerd Hoekstra", "hoi Sjoerd"]
)
def test_a_name_of_two_words_that_a_person_kept_may_stand_at_either_end_of_its_text(text: str) -> None:
    names = Redactor(Naming(MEMBERS, NameMode.ROLE)).find(text, "n", "text")
    decided = Redactor(Naming(MEMBERS, NameMode.ROLE), {name.key: False for name in names})
    watch = Watch(MEMBERS, found=decided.find(text, "n", "text"))
    assert watch.remaining([("deel", text)]) == ()
    assert watch.remaining([("deel", "mail Sjoerd even")])


def test_every_part_of_a_package_is_read_and_packages_inside_it(tmp_path: Path) -> None:
    inner, outer = tmp_path / "boek.xlsx", tmp_path / "stuk.docx"
    with zipfile.ZipFile(inner, "w") as book:
        book.writestr(
            "xl/sharedStrings.xml", "<sst><si><t>Hoek</t></si><si><r><t>Ro</t></r><r><t>os</t></r></si></sst>"
        )
    with zipfile.ZipFile(outer, "w") as package:
        package.writestr("word/document.xml", '<d><p><r><t>Sjo</t></r><r><t>erd</t></r></p><pic descr="alt"/></d>')
        package.writestr("docProps/core.xml", "<c><creator>Marieke</creator></c>")
        package.writestr("word/embeddings/boek.xlsx", inner.read_bytes())
    text = "\n".join(text for _, text in texts_of(outer.read_bytes(), outer.name))
    assert {"stuk.docx", "Sjoerd", "alt", "Marieke", "Hoek", "Roos"} <= set(text.split())


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A panel whose theme of its own has a member's name in it, so that it is in every file."""
    members, notes, path = tmp_path / "leden.csv", tmp_path / "notities.md", tmp_path / "panel.sto"
    members.write_text("Stoel;Naam;Functie;Naam noemen;Citeren\n1;Sjoerd Hoekstra;docent;nee;ja\n", encoding="utf-8")
    notes.write_text(
        "# Panel\n\n## Beeldvorming techniek en technologie\n\n- volgens sjoerd kan het\n", encoding="utf-8"
    )
    assert run(["importeer", str(path), str(notes), "--panelleden", str(members)]) == 0
    return path


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_name_that_remains_stops_the_file_unless_it_is_wanted_anyway(
    dossier: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name of the file is the one part that no finder reaches."""
    command, *options = OUTPUTS[name]
    fine, named = dossier.parent / name, dossier.parent / f"notities van sjoerd{Path(name).suffix}"
    assert run([command, str(dossier), *options, "-o", str(fine)]) == 0
    capsys.readouterr()
    assert run([command, str(dossier), *options, "-o", str(named), "--json"]) == 1
    told = capsys.readouterr()
    assert "sjoerd" in json.loads(told.out)["happened"]
    assert "Er is niets geschreven" in told.err
    assert not named.exists()
    assert list(dossier.parent.glob(".sto-*")) == []
    assert run([command, str(dossier), *options, "-o", str(named), "--toch"]) == 0
    assert "sjoerd" in capsys.readouterr().out
    assert named.exists()


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_note_of_brackets_goes_in_and_out(dossier: Path, name: str) -> None:
    """It is JSON that is nested deeper than Python reads."""
    notes = dossier.with_name("haken.txt")
    notes.write_text("[" * 5000 + "\nDe bus is te laat.\n", encoding="utf-8")
    assert run(["importeer", str(dossier), str(notes)]) == 0
    command, *options = OUTPUTS[name]
    assert run([command, str(dossier), *options, "-o", str(dossier.with_name(name))]) == 0
