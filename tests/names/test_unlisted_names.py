"""Names of people in no list: every command that makes something to send without names tells them once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.doubts import doubts_of

pytestmark = pytest.mark.long

MEMBERS = """Stoel;Naam;Organisatie;Functie;Naam noemen;Citeren
1;Sjoerd Hoekstra;Bosch Techniek;docent;nee;ja
2;Mirjam Lansink;Bosch Techniek;docent;ja;ja
3;Daan Mensink;Anna van Rijn College;docent;ja;ja
"""
NOTES = """# Panel bij Annelies

Gespreksleider: Guus Morssink

## Beeldvorming techniek en technologie

- toen kwam Henk binnen, en hij bleef
- volgens truus kan het niet
- Henkjan zei dat ook
- mevrouw Tuinman belt
- met meneer k.t. gesproken
- dat zei Sjoerd, met mirjam en Annelies
- Guus vroeg het aan Bosch Techniek in Enschede
- Timmerman worden wil niemand bij het Technolab #fenna
- De bus naar Twente is te laat. Maandag niet
"""
TOLD = {"Henk", "truus", "Henkjan", "Tuinman", "meneer k.t.", "fenna"}
OUTPUTS = (
    ("verslag", "--met-notities", "-o", "uit.md"),
    ("exporteer", "--formaat", "csv", "-o", "uit.csv"),
    ("exporteer", "--formaat", "md", "--namen", "voluit", "-o", "uit.md"),
    ("exporteer", "--formaat", "qdpx", "-o", "uit.qdpx"),
    ("delen", "-o", "uit.sto"),
    ("delen", "--namen", "voluit", "-o", "uit.sto"),
)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A panel in whose notes people are named who are no members."""
    members, notes, path = tmp_path / "leden.csv", tmp_path / "notities.md", tmp_path / "panel.sto"
    members.write_text(MEMBERS, encoding="utf-8")
    notes.write_text(NOTES, encoding="utf-8")
    assert run(["importeer", str(path), str(notes), "--panelleden", str(members)]) == 0
    return path


@pytest.mark.parametrize("command", OUTPUTS, ids=" ".join)
def test_words_that_may_be_names_of_others_are_told_once(
    dossier: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    name, *options, target = command
    out = dossier.parent / target
    capsys.readouterr()
    assert run([name, str(dossier), *options, str(out), "--json"]) == 0
    doubts = json.loads(capsys.readouterr().out)["nakijken"]
    # No label stands in a verslag.
    expected = TOLD - {"fenna"} if name == "verslag" else TOLD
    assert {doubt["words"] for doubt in doubts if doubt["becomes"] is None} == expected
    out.unlink()
    assert run([name, str(dossier), *options, str(out)]) == 0
    said = capsys.readouterr().out
    assert all(said.count(f"nakijken: «{word}» blijft staan") == 1 for word in expected)


@pytest.mark.parametrize(
    "text",
    [
        "Ontwikkel twee Technolabopdrachten over groen",
        "Een Saxionstudent helpt mee",
        "De Grolschfabriek doet mee",
        "Met Technolabdocenten en Hengelodocenten",
        "Er gingen drie Excelbestanden rond",
    ],
)
def test_a_word_made_of_the_name_of_a_thing_is_nobody(text: str) -> None:
    assert doubts_of((Panelist("S", name="Sjoerd Hoekstra"),)).find(text) == ()


@pytest.mark.parametrize("name", ["Almelohuis", "Hengelveld", "Brouwershuis", "Grolleman", "Rijssenbeek"])
def test_a_surname_that_begins_as_a_place_is_doubted(name: str) -> None:
    (found,) = doubts_of((Panelist("S", name="Sjoerd Hoekstra"),)).find(f"Dat zei mevrouw {name} ook")
    assert found.name == name


def test_a_copy_with_all_names_tells_none(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (
        ("delen", "--namen", "alles", "-o", "x.sto"),
        ("exporteer", "--formaat", "csv", "--namen", "alles"),
    ):
        out = command[-1] if "-o" in command else "x.csv"
        options = command[1:-1] if "-o" in command else (*command[1:], "-o")
        capsys.readouterr()
        assert run([command[0], str(dossier), *options, str(dossier.parent / out)]) == 0
        assert "nakijken" not in capsys.readouterr().out


@pytest.mark.parametrize("command", OUTPUTS, ids=" ".join)
def test_nothing_of_the_built_in_guide_is_to_be_checked(
    tmp_path: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Its questions hold words that are surnames too; they would drown what a person should look at."""
    members, notes, path = tmp_path / "leden.csv", tmp_path / "notities.md", tmp_path / "panel.sto"
    members.write_text("Stoel;Naam;Functie;Naam noemen;Citeren\n1;Thea Tijd;docent;nee;ja\n2;Wim Goed;docent;nee;ja\n")
    notes.write_text("# Panel\n\n- volgens mij had tijd gelijk\n", encoding="utf-8")
    assert run(["importeer", str(path), str(notes), "--panelleden", str(members)]) == 0
    name, *options, target = command
    capsys.readouterr()
    assert run([name, str(path), *options, str(tmp_path / target), "--json"]) == 0
    doubts = json.loads(capsys.readouterr().out)["nakijken"]
    assert {doubt["sentence"] for doubt in doubts} == {"volgens mij had tijd gelijk"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("dat zei mevrouw van dijkhuizen ook", "dijkhuizen"),
        ("dhr van der veen belt morgen", "veen"),
        ("Mevrouw Van Dam was er niet", "Dam"),
        ("meneer van der meulen", "meulen"),
        ("mevr. ter braak komt", "braak"),
        ("mw dijkhuizen zei", "dijkhuizen"),
        ("mevrouw van dijkhuizen is tegen", "dijkhuizen"),
        ("mr van dijkhuizen is tegen", "dijkhuizen"),
        ("mw de bruijn was er", "bruijn"),
        ("mw van de receptie", ""),
        ("mevrouw van de receptie belt", ""),
        ("de heer van het technolab belt", ""),
        ("mevrouw van school belde", ""),
        ("meester van klas 3 zegt", ""),
    ],
)
def test_who_stands_behind_a_title_with_a_particle_is_shown_and_what_they_are_of_is_not(text: str, name: str) -> None:
    found = doubts_of((Panelist("S", name="Sjoerd Hoekstra"),)).find(text)
    assert "".join(one.name for one in found) == name
