"""Names behind an @ that are nobody's: no output by role is made until somebody says who or what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.names.unknown import newcomer_in, unknown_in
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.redaction import Redactor, decision_key
from tests.cli.processes import run

MEMBERS = (
    "Naam,Functie,Organisatie\nJan Peters,docent,ROC\nEls Kuiper,directeur,De Bron\nPiet Smit,ondernemer,Smit BV\n"
)
NOTES = """# Panel Borne

## Aansluiting
### Opbrengst
- Dat vindt @gerrit ook een goed plan.
- Meer stages, zegt @Wietske van Dam.
- De route naar @jan zijn les is lang, mail naar info@debron.nl.
"""
UNKNOWN = ("gerrit", "wietske")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("@Piet Jansen wil een bus", "Piet Jansen"),
        ("Te duur, zegt @Piet van der Berg", "Piet van der Berg"),
        ("Te duur. @Piet Jansen+", "Piet Jansen"),
        ("@piet jansen wil een bus", "Piet"),
        ("@Piet Ouders weten het niet", "Piet"),
        ("@Piet De bus rijdt niet", "Piet"),
        ("Te duur", ""),
    ],
)
def test_a_newcomer_is_added_with_the_surname_that_stands_there(line: str, name: str) -> None:
    assert newcomer_in(parse(line), ()) == name


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    (tmp_path / "leden.csv").write_text(MEMBERS, encoding="utf-8")
    (tmp_path / "notities.md").write_text(NOTES, encoding="utf-8")
    made = run("importeer", tmp_path / "p.sto", tmp_path / "notities.md", "--panelleden", tmp_path / "leden.csv")
    assert made.returncode == 0, made.stderr
    return tmp_path / "p.sto"


def holds_unknown(file: Path) -> list[str]:
    content = file.read_bytes().lower()
    return [name for name in UNKNOWN if name.encode() in content]


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "file"),
    [
        (("verslag", "--met-notities"), "verslag.md"),
        (("verslag", "--vorm", "notulen"), "verslag.html"),
        (("exporteer", "--formaat", "csv"), "notities.csv"),
        (("delen",), "kopie.sto"),
    ],
)
def test_nothing_is_written_by_role_about_people_nobody_knows(
    tmp_path: Path, dossier: Path, command: tuple[str, ...], file: str
) -> None:
    target = tmp_path / "uit" / file
    target.parent.mkdir()
    asked = (command[0], dossier, *command[1:], "-o", target)
    refused = run(*asked)
    assert refused.returncode == 1
    assert "Wie @gerrit en @Wietske van Dam zijn, weet het programma niet" in refused.stderr
    assert not target.exists()
    anyway = run(*asked, "--toch")
    assert anyway.returncode == 0
    assert "«@gerrit» werd «iemand»" in anyway.stdout
    assert holds_unknown(target) == []
    # Once they are members, there is nothing to ask.
    (tmp_path / "leden.csv").write_text(f"{MEMBERS}Gerrit Bos,leerkracht,De Bron\nWietske van Dam,mentor,ROC\n")
    assert run("importeer", dossier, "--panelleden", tmp_path / "leden.csv").returncode == 0
    target.unlink()
    again = run(*asked)
    assert again.returncode == 0, again.stderr
    assert holds_unknown(target) == []


@pytest.mark.long
def test_an_output_in_which_they_do_not_stand_is_written(tmp_path: Path, dossier: Path) -> None:
    made = run("verslag", dossier, "--vorm", "kort", "-o", tmp_path / "kort.docx")
    assert made.returncode == 0, made.stderr
    with_names = run("verslag", dossier, "--namen", "voluit", "--met-notities", "-o", tmp_path / "alles.md")
    assert with_names.returncode == 0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dat vindt @gerrit ook.", ["gerrit"]),
        ("@Wietske van Dam zegt nee", ["Wietske van Dam"]),
        ("(@j.jansen), @Bo's plan", ["j.jansen", "Bo"]),
        ("@gerrit: @Ömer-Ali en @sofie_2", ["gerrit", "Ömer-Ali", "sofie_2"]),
        ("mail info@debron.nl, @allen of om @ 3 uur, stoel @4+", []),
    ],
)
def test_a_name_behind_an_at_is_nobodys_word(text: str, names: list[str]) -> None:
    assert [mention.name for mention in unknown_in(text)] == names


def test_it_becomes_somebody_or_what_a_person_chose() -> None:
    naming = Naming((), NameMode.ROLE)
    text = "Dat vindt @gerrit ook, op @home."
    assert Redactor(naming).redact(text, "n", "text") == "Dat vindt iemand ook, op iemand."
    chosen: dict[str, bool | str] = {
        decision_key("n", "text", "home"): False,
        decision_key("n", "text", "gerrit"): "de buurman",
    }
    assert Redactor(naming, chosen).redact(text, "n", "text") == "Dat vindt de buurman ook, op @home."
    assert Redactor(Naming((), NameMode.FULL)).redact(text) == text
