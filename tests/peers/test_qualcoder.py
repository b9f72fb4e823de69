"""What the real QualCoder makes of our projects, and what comes back of its own: out, in, out, in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sto_desktop.cli import run
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.workplace import Workplace
from tests.peers.qualcoder import Project

CHECKOUT = Path(os.environ["QUALCODER"])


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both programs write into a folder of the test."""
    monkeypatch.setenv("HOME", str(tmp_path))


def counted(dossier: Dossier) -> tuple[int, int, int, int]:
    """Panels, notes, members and voices of a dossier."""
    contents = [dossier.read.panel_content(panel.id) for panel in dossier.read.panels.every()]
    found = [content for content in contents if content is not None]
    return (
        len(found),
        sum(len(list(content.typed_notes())) for content in found),
        sum(len(content.panelists) for content in found),
        sum(len(note.voices) for content in found for note in content.typed_notes()),
    )


def in_file(path: Path) -> tuple[int, int, int, int]:
    """The same of a dossier in a file."""
    with Workplace.here().reading(path) as copy:
        return counted(copy.dossier)


@pytest.mark.filterwarnings("ignore")
def test_our_project_goes_through_qualcoder_and_back(tmp_path: Path, qtbot: QtBot) -> None:
    mine, out = tmp_path / "mijn.sto", tmp_path / "mijn.qdpx"
    assert run(["voorbeeld", str(mine)]) == 0
    before = in_file(mine)
    assert run(["exporteer", str(mine), "--formaat", "qdpx", "--namen", "alles", "-o", str(out)]) == 0
    (tmp_path / "peer").mkdir()
    peer = Project(CHECKOUT, tmp_path / "peer")
    peer.take_in(out)
    counts = peer.counts()
    panels, notes, members, _ = before
    assert (counts["source"], counts["cases"]) == (panels, members)
    # Every insight and recommendation is a journal, and whoever says something is linked to it.
    assert counts["journal"] == 84
    assert counts["case_text"] == 308
    assert counts["code_text"] > 3 * notes
    back = peer.give_out(tmp_path / "back")
    # In our own dossier nothing is doubled.
    assert run(["importeer", str(mine), str(back)]) == 0
    assert in_file(mine) == before
    # In a new one come all panels, notes and members; of who says what QualCoder writes the codes of voices only.
    fresh = tmp_path / "nieuw.sto"
    assert run(["importeer", str(fresh), str(back)]) == 0
    assert in_file(fresh)[:3] == before[:3]
    assert (
        run(["exporteer", str(fresh), "--formaat", "qdpx", "--namen", "alles", "-o", str(tmp_path / "weer.qdpx")]) == 0
    )
    (tmp_path / "again").mkdir()
    again = Project(CHECKOUT, tmp_path / "again")
    again.take_in(tmp_path / "weer.qdpx")
    assert {name: again.counts()[name] for name in ("source", "cases")} == {"source": panels, "cases": members}
