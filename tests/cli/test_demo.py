"""A whole panel by key and mouse in the real window, compared with the same panel made from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.exchange.notes.notes_markdown import write_notes
from sto_desktop.workplace import Workplace
from tests.cli.test_commands import done, import_panel, text_of
from tests.cli.test_modes import open_to_others

pytestmark = pytest.mark.long


def content_of(dossier: Path) -> PanelContent:
    """Return the one panel of a dossier."""
    opened = Workplace.here().open(dossier)
    content = opened.dossier.read.panel_content(opened.dossier.read.panels.listed()[0].id)
    opened.close()
    assert content is not None
    return content


def notes_of(content: PanelContent) -> str:
    """Return the notes as exported, from the first theme on."""
    text = write_notes(content)
    return text[text.index("\n## ") :]


def test_typing_a_panel_gives_the_same_content_as_importing_it(tmp_path: Path) -> None:
    folder, imported = tmp_path / "demo", tmp_path / "o.sto"
    done("demo", "--uit", folder)
    import_panel(imported)
    assert list(folder.glob("*.png"))
    assert not open_to_others(folder)
    (dossier,) = folder.glob("*.sto")
    typed, read = content_of(dossier), content_of(imported)
    assert notes_of(typed) == notes_of(read)
    people = [
        [
            (member.seat, member.name, member.first_name, member.sector, member.role, member.consent_name)
            for member in content.panelists
        ]
        for content in (typed, read)
    ]
    assert people[0] == people[1]
    assert done("controleer", dossier).stdout.startswith("Het dossier is in orde")
    assert len(list(folder.glob("*.png"))) == 7
    (word,) = folder.glob("*.docx")
    printed = text_of(word)
    assert len(typed.insights) == 4
    assert all(insight.insight.text in printed for insight in typed.insights)
    assert typed.recommendations[0].recommendation.text in printed
