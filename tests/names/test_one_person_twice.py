"""Who is in a merged dossier twice, with two answers, and not joined yet: the strictest answer holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from sto_desktop.cli import run
from tests.names.hurried_panel import texts_of

pytestmark = pytest.mark.long

HEAD = "Stoel;Naam;Organisatie;Sector;Functie;Aanwezig;Deelname;Naam noemen;Citeren\n"
NOTES = "## Samenwerking primair onderwijs en Technolab\n\n### Wat kan beter?\n\n- @1 De uren van {} zijn te kort\n"
OUTPUTS = {
    "kopie.sto": ("delen", "--namen", "voluit"),
    "leden.csv": ("exporteer", "--formaat", "csv", "--wat", "panelleden", "--namen", "voluit"),
    "notities.xlsx": ("exporteer", "--formaat", "xlsx", "--namen", "voluit"),
    "project.qdpx": ("exporteer", "--formaat", "qdpx", "--namen", "voluit"),
    "vogelvlucht.md": ("vogelvlucht",),
}


def merged(folder: Path, first: str, second: str, second_organisation: str = "Vmbo A") -> Path:
    """Return a dossier of two, in which Femke Grootveld gave these answers; three others said yes to everything."""
    for name, answers, organisation in (("een", first, "Vmbo A"), ("twee", second, second_organisation)):
        others = "".join(
            f"{seat};{other} {name}stra;Vmbo B;vmbo;docent;ja;ja;ja;ja\n"
            for seat, other in enumerate(("Wobbe", "Fokje", "Hylke"), 2)
        )
        who = "femke GROOTVELD" if name == "twee" else "Femke Grootveld"
        row = f"1;{who};{organisation};vmbo;docent;ja;{answers}\n"
        (folder / f"{name}.csv").write_text(HEAD + row + others, encoding="utf-8")
        (folder / f"{name}.md").write_text(NOTES.format(name), encoding="utf-8")
        imported = ["importeer", f"{name}.sto", f"{name}.md", "--panelleden", f"{name}.csv", "--panel", f"Panel {name}"]
        assert run([str(folder / word) if "." in word else word for word in imported]) == 0
    together = folder / "samen.sto"
    assert run(["samenvoegen", str(folder / "een.sto"), str(folder / "twee.sto"), "-o", str(together)]) == 0
    return together


def text_of(dossier: Path, name: str) -> str:
    command, *options = OUTPUTS[name]
    target = dossier.parent / name
    assert run([command, str(dossier), *options, "-o", str(target)]) == 0
    return "\n".join(texts_of(target)).casefold()


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("answers", [("ja;ja;ja", "ja;nee;ja"), ("ja;nee;nee", "ja;ja;ja")])
def test_the_strictest_answer_about_a_name_holds_for_both_rows(
    name: str, answers: tuple[str, str], tmp_path: Path
) -> None:
    assert "grootveld" not in text_of(merged(tmp_path, *answers), name)


@pytest.mark.parametrize("name", OUTPUTS)
def test_nothing_goes_of_who_does_not_take_part_on_one_of_two_rows(name: str, tmp_path: Path) -> None:
    text = text_of(merged(tmp_path, "ja;ja;ja", "nee;ja;ja"), name)
    assert [word for word in ("grootveld", "de uren van een", "de uren van twee") if word in text] == []


@pytest.mark.parametrize("name", list(OUTPUTS)[:4])
def test_a_namesake_of_another_organisation_is_somebody_else(name: str, tmp_path: Path) -> None:
    assert "grootveld" in text_of(merged(tmp_path, "ja;ja;ja", "ja;onbekend;ja", "Bedrijf C"), name)
