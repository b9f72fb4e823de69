"""Which panel a command takes, also of two that have one title."""

from __future__ import annotations

from pathlib import Path

import pytest

from sto_desktop.cli import run
from sto_desktop.exchange.out.outgoing import outgoing
from sto_desktop.exchange.refi.refi_out import project_qdpx
from tests.exchange.refi.refi_support import MOMENT, full_panel

pytestmark = pytest.mark.long


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A dossier of two panels of one title, and one without a title."""
    parts = []
    for at, front in enumerate(("# Panel Oost\n\nDatum: 2023-02-14\n", "# Panel Oost\n\nSubregio: Enschede\n", "")):
        notes, part = tmp_path / f"{at}.md", tmp_path / f"{at}.sto"
        notes.write_text(f"{front}\n## Iets\n\n- De uren van panel {at} zijn te kort\n", encoding="utf-8")
        named = [] if front else ["--subregio", "Almelo e.o."]
        assert run(["importeer", str(part), str(notes), *named]) == 0
        parts.append(str(part))
    path = tmp_path / "samen.sto"
    assert run(["samenvoegen", *parts, "-o", str(path)]) == 0
    return path


COMMANDS = (
    ("verslag", "--met-notities", "-o", "uit.md"),
    ("exporteer", "--formaat", "md", "-o", "uit.md"),
    ("exporteer", "--formaat", "csv", "-o", "uit.csv"),
    ("delen", "-o", "uit.sto"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[-1])
def test_panels_of_one_title_are_told_apart_by_a_number(
    dossier: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    name, *options, target = command
    out = dossier.parent / target
    capsys.readouterr()
    assert run([name, str(dossier), "--panel", "panel oost", *options, str(out)]) == 1
    refused = capsys.readouterr().err
    assert "1 «Panel Oost», 14 februari 2023; 3 «Panel Oost», Enschede." in refused
    assert "het nummer dat ervoor staat" in refused
    # The one without a title stands second.
    for number, panel in ((1, 0), (2, 2), (3, 1)):
        assert run([name, str(dossier), "--panel", str(number), *options, str(out)]) == 0
        written = out.read_bytes().decode("utf-8", "replace")
        assert [at for at in range(3) if f"uren van panel {at} zijn" in written] == [panel]
        out.unlink()
    assert run([name, str(dossier), "--panel", "4", *options, str(out)]) == 1


def test_a_panel_without_a_title_is_chosen_by_what_it_is_called(dossier: Path) -> None:
    out = dossier.parent / "uit.md"
    assert run(["exporteer", str(dossier), "--panel", "Panel Almelo e.o.", "--formaat", "md", "-o", str(out)]) == 0
    assert "uren van panel 2 zijn" in out.read_text(encoding="utf-8")


def test_a_file_of_several_panels_is_shown_as_it_would_come_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, file = tmp_path / "samen.sto", tmp_path / "alle.csv"
    file.write_text("Panel;Notitie\nOost;De uren\nWest;De bus\nOost;De zaal\n", encoding="utf-8")
    assert run(["importeer", str(path), str(file), "--proef"]) == 0
    shown = capsys.readouterr().out
    assert "Nieuw: 0 panelleden en 3 notities." in shown
    assert "Oost: 2 notities staan onder" in shown
    assert shown.count("De uren") == 1
    assert not path.exists()
    assert run(["importeer", str(path), str(file)]) == 0
    assert "0 panelleden en 3 notities" in capsys.readouterr().out


def test_a_project_is_shown_with_as_many_people_as_come_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, file = tmp_path / "nieuw.sto", tmp_path / "project.qdpx"
    file.write_bytes(project_qdpx("Proef", outgoing([full_panel()], None), MOMENT))
    assert run(["importeer", str(path), str(file), "--proef"]) == 0
    assert "Nieuw: 3 panelleden en 5 notities." in capsys.readouterr().out
    assert run(["importeer", str(path), str(file)]) == 0
    assert "3 panelleden en 5 notities" in capsys.readouterr().out
