"""What somebody said in a file that came in before the list of members is theirs all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from sto_desktop.cli import run
from tests.names.hurried_panel import texts_of

WORDS = "ik vond de kar zqtwee te klein"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A panel whose notes came in before its members, of whom one does not take part."""
    made, notes, members = (tmp_path / name for name in ("panel.sto", "gesprek.txt", "leden.csv"))
    notes.write_text(
        f"Durk Hoitema: {WORDS}.\nTineke Wester: de werkplaats was vol.\nDurk Hoitema: dat was het.\n",
        encoding="utf-8",
    )
    members.write_text(
        "Naam;Functie;Deelname\nDurk Hoitema;docent;nee\nTineke Wester;docent;ja\nAda Blom;docent;ja\n",
        encoding="utf-8",
    )
    assert run(["importeer", str(made), str(notes)]) == 0
    assert run(["importeer", str(made), "--panelleden", str(members)]) == 0
    return made


@pytest.mark.parametrize("names", ["rol", "voluit", "alles"])
@pytest.mark.parametrize("ending", ["md", "csv"])
def test_words_of_who_does_not_take_part_are_left_out(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str, names: str
) -> None:
    out = tmp_path / f"uit.{ending}"
    assert run(["exporteer", str(dossier), "--formaat", ending, "--namen", names, "-o", str(out)]) == 0
    text = "\n".join(texts_of(out))
    assert "werkplaats was vol" in text
    assert WORDS not in text
    assert "2 notities bleven weg" in capsys.readouterr().out


def test_a_copy_holds_none_of_them(dossier: Path, tmp_path: Path) -> None:
    out = tmp_path / "kopie.sto"
    assert run(["delen", str(dossier), "--namen", "alles", "-o", str(out)]) == 0
    assert WORDS.encode() not in out.read_bytes()
    assert b"werkplaats was vol" in out.read_bytes()


def test_wiping_what_a_person_said_takes_them(dossier: Path, tmp_path: Path) -> None:
    assert (
        run(["wissen", str(dossier), "--persoon", "Durk Hoitema", "--woorden", "--wisbewijs", str(tmp_path / "b.docx")])
        == 0
    )
    assert WORDS.encode() not in dossier.read_bytes()
    assert b"werkplaats was vol" in dossier.read_bytes()
