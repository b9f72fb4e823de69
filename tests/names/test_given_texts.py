"""The built-in guide stands in every output word for word, whatever members are called: it is in every dossier, so that
a word taken out of it would tell whose name that word is.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.domain.actions.guides import change_question, open_guide
from sto_desktop.domain.actions.panels import set_wording
from sto_desktop.resources import resource
from sto_desktop.workplace import Workplace

pytestmark = pytest.mark.long

CALLED = (
    "Wat Jansen", "Kan Bakker", "Beter de Wit", "Goed Visser", "Wil Prins", "Welkom Vos", "Technolab de Haan",
    "Ada Techniek", "Bas Koffie", "Cor Namen", "Dora Wilt", "Els Regionale", "Fred Beeldvorming",
)  # fmt: skip
"""Members whose first name or surname is a word of the guide."""
OUTPUTS = (
    ("verslag", "--met", "leidraad", "-o", "uit.md"),
    ("verslag", "--vorm", "notulen", "--met", "leidraad", "tijd", "--namen", "voluit", "-o", "uit.html"),
    ("verslag", "--met", "leidraad", "-o", "uit.docx"),
    ("exporteer", "--formaat", "md", "-o", "uit.md"),
    ("exporteer", "--formaat", "csv", "--namen", "pseudoniem", "-o", "uit.csv"),
    ("exporteer", "--formaat", "xlsx", "-o", "uit.xlsx"),
    ("exporteer", "--formaat", "qdpx", "-o", "uit.qdpx"),
    ("exporteer", "--formaat", "qdc", "--namen", "voluit", "-o", "uit.qdc"),
    ("delen", "-o", "uit.sto"),
    ("vogelvlucht", "-o", "uit.md"),
)


def dossier(folder: Path, names: tuple[str, ...]) -> Path:
    """A panel of these people, with a note for each question."""
    members, notes, path = folder / "leden.csv", folder / "notities.md", folder / "panel.sto"
    rows = [f"{seat};{name};docent;vmbo;nee;ja" for seat, name in enumerate(names, 1)]
    members.write_text("\n".join(("Stoel;Naam;Functie;Sector;Naam noemen;Citeren", *rows)), encoding="utf-8")
    guide = json.loads(resource("guides", "sto-twente.json").read_text("utf-8"))
    lines = ["# Panel"]
    for theme in guide["themes"]:
        lines.append(f"## {theme['title']}")
        for question in theme.get("questions", ()):
            lines += [f"### {question['text']}", "- de bus rijdt niet op tijd"]
    notes.write_text("\n\n".join(lines), encoding="utf-8")
    assert run(["importeer", str(path), str(notes), "--panelleden", str(members)]) == 0
    return path


def words_of(path: Path) -> str:
    """Return all text of a file, spaces as one."""
    data = path.read_bytes()
    if path.suffix in (".docx", ".xlsx", ".qdpx"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = [archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".qde", ".txt"))]
        data = b"\n".join(parts)
    if path.suffix == ".sto":
        # Text in SQLite is UTF-8 as it is.
        return " ".join(data.decode("utf-8", "replace").split())
    text = re.sub(r'<[^>]*?name="([^"]*)"', r" \1 <", data.decode("utf-8-sig")) if path.suffix != ".md" else ""
    plain = re.sub(r"<[^>]*>", " ", text) if text else data.decode("utf-8").replace("\\", "")
    return " ".join(unescape(plain).split())


def texts_of_guide() -> set[str]:
    """The titles, questions, follow-ups and texts to read aloud of the built-in guide."""
    found: set[str] = set()

    def look(value: object) -> None:
        if isinstance(value, dict):
            found.update(text for key in ("title", "text", "script") if isinstance(text := value.get(key), str))
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(json.loads(resource("guides", "sto-twente.json").read_text("utf-8")))
    return {" ".join(text.split()) for text in found}


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A panel of people with unusual names."""
    return dossier(tmp_path_factory.mktemp("gewoon"), ("Ada Zwolsman", "Bas Quist"))


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same panel, of people with names that are words of the guide."""
    return dossier(tmp_path_factory.mktemp("woorden"), CALLED)


def made(path: Path, command: tuple[str, ...]) -> str:
    """Make an output, and return its text."""
    name, *options, target = command
    out = path.parent / target
    out.unlink(missing_ok=True)
    assert run([name, str(path), *options, str(out)]) == 0
    return words_of(out)


@pytest.mark.parametrize("command", OUTPUTS, ids=" ".join)
def test_the_guide_stands_word_for_word_whatever_people_are_called(
    ordinary: Path, called: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    expected = made(ordinary, command)
    capsys.readouterr()
    shown = made(called, command)
    in_it = {text for text in texts_of_guide() if text in expected}
    assert len(in_it) >= (1 if command[0] == "vogelvlucht" else 10)
    assert {text for text in in_it if text not in shown} == set()
    assert "nog een naam" not in capsys.readouterr().out


def test_a_guide_that_a_panel_made_its_own_keeps_what_was_given_and_hides_what_was_typed(tmp_path: Path) -> None:
    """A changed guide is a copy of the built-in one, whose other questions are as they were."""
    path = dossier(tmp_path, CALLED)
    copy = Workplace.here().open(path)
    (panel,) = copy.dossier.read.panels.listed()
    content = copy.dossier.read.panel_content(panel.id)
    assert content is not None
    asked = [question for _, question in content.guide.questions()]
    own = open_guide(content, shared=True)
    copy.dossier.apply(change_question(own, asked[0], text="Wat vindt Goed Visser ervan?"))
    asked = [question for _, question in copy.dossier.read.guides.of_panel(panel.id).questions()]
    copy.dossier.apply(set_wording(panel.id, asked[1], "Hoe gaat het volgens Wil Prins?"))
    copy.close()
    for command in OUTPUTS:
        shown = made(path, command)
        assert not re.search("Goed Visser|Wil Prins", shown), command
        if command[0] != "vogelvlucht":
            assert asked[3].question.text in shown, command
