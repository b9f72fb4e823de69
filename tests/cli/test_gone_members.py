"""Words of who does not take part stay out of every output when that member is erased or taken off the list."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sto_desktop.domain.actions import panels
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.privacy.participation import withheld_notes
from sto_desktop.workplace import Workplace
from tests.cli.test_taking_part import GONE, PARTS, STAYS, dossier, told, words_of

__all__ = ["dossier"]


def _off_the_list(path: Path) -> None:
    """Delete them as the list of members does."""
    copy = Workplace.here("Marieke").open(path)
    gone = copy.dossier.read.members.of_panel("p")[3]
    said = withheld_notes(copy.dossier.read.notes.of_panel("p"), [gone], copy.dossier.read.members.of_panel("p"))
    copy.dossier.apply(panels.delete_panelists([gone.id], sorted(said)))
    copy.close()


@pytest.mark.long
@pytest.mark.parametrize("way", ["data", "words", "list", "colleague"])
def test_who_does_not_take_part_and_goes_takes_their_words_along(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    mine, theirs = (Path(shutil.copyfile(dossier, tmp_path / name)) for name in ("ons.sto", "hun.sto"))
    proof = ("--wisbewijs", tmp_path / "bewijs.docx")
    if way == "list":
        _off_the_list(mine)
    else:
        also = ("--woorden", "--vermeldingen") if way == "words" else ()
        told(capsys, "wissen", mine if way != "colleague" else theirs, "--persoon", "Jurre Kolkman", *also, *proof)
    if way == "colleague":
        mine = tmp_path / "samen.sto"
        told(capsys, "samenvoegen", theirs, dossier, "-o", mine)
    made = {
        "v.md": ("verslag", "--panel", "Panel Zuid", "--vorm", "notulen", "--namen", "voluit"),
        "r.docx": ("verslag", "--panel", "Panel Zuid", "--vorm", "uitgebreid", "--met", *PARTS),
        "n.csv": ("exporteer", "--formaat", "csv", "--namen", "alles"),
        "x.xlsx": ("exporteer", "--formaat", "xlsx"),
        "k.sto": ("delen",),
        "a.sto": ("delen", "--namen", "alles"),
        "o.md": ("vogelvlucht",),
    }
    # The one that somebody else said too.
    left = "1 notitie bleef" if way == "words" else "11 notities bleven"
    for name, (command, *options) in made.items():
        output = told(capsys, command, mine, *options, "-o", tmp_path / name)
        words = words_of(tmp_path / name)
        assert GONE not in words, name
        assert STAYS in words
        assert f"{left} weg" in output


@pytest.mark.long
@pytest.mark.parametrize("way", ["list", "data"])
@pytest.mark.parametrize("knows", ["neither", "both"])
def test_it_takes_no_one_person_who_knew_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str, knows: str
) -> None:
    """Here somebody says no; a colleague who does not know it takes them off the list, or notes more of them."""
    mine, theirs = (tmp_path / name for name in ("ons.sto", "hun.sto"))
    table, notes = tmp_path / "leden.csv", tmp_path / "n.md"
    rows = "Stoel;Naam;Deelname\n1;Sietske Bolhuis;{}\n2;Douwe Haanstra;ja\n"
    table.write_text(rows.format("ja"), encoding="utf-8")
    notes.write_text(f"# Panel Zuid\n\n- {GONE} een @1\n- {STAYS} twee @2\n", encoding="utf-8")
    told(capsys, "importeer", mine, notes, "--panelleden", table, "--panel", "Panel Zuid")
    shutil.copyfile(mine, theirs)
    table.write_text(rows.format("nee"), encoding="utf-8")
    told(capsys, "importeer", mine, "--panelleden", table, "--panel", "Panel Zuid")
    _gone(mine if knows == "both" else theirs, way, tmp_path, capsys)
    if knows == "both":
        notes.write_text(f"# Panel Zuid\n\n- {GONE} drie @1\n", encoding="utf-8")
        told(capsys, "importeer", theirs, notes, "--panel", "Panel Zuid")
    for number, order in enumerate(((mine, theirs), (theirs, mine))):
        made = tmp_path / str(number)
        made.mkdir()
        merged = made / "samen.sto"
        told(capsys, "samenvoegen", *order, "-o", merged)
        for name, (command, *options) in {
            "v.md": ("verslag", "--vorm", "notulen", "--namen", "voluit"),
            "n.csv": ("exporteer", "--formaat", "csv", "--namen", "alles"),
            "k.sto": ("delen",),
            "a.sto": ("delen", "--namen", "alles"),
            "o.md": ("vogelvlucht",),
        }.items():
            output = told(capsys, command, merged, *options, "-o", made / name)
            assert GONE not in words_of(made / name), name
            assert "bleven weg" in output or "bleef weg" in output


def _gone(path: Path, way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if way == "data":
        told(capsys, "wissen", path, "--persoon", "Sietske Bolhuis", "--wisbewijs", tmp_path / "bewijs.docx")
        return
    copy = Workplace.here("Marieke").open(path)
    (panel,) = copy.dossier.read.panels.every()
    members = copy.dossier.read.members.of_panel(panel.id)
    gone = [member for member in members if member.name == "Sietske Bolhuis"]
    refusing = [member for member in gone if not takes_part(member)]
    said = withheld_notes(copy.dossier.read.notes.of_panel(panel.id), refusing, members) if refusing else ()
    copy.dossier.apply(panels.delete_panelists([member.id for member in gone], sorted(said)))
    copy.close()
