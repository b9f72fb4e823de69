"""Taking members and notes from files into a panel."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sto_desktop.domain.actions import panels
from sto_desktop.domain.identity import new_id
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.storage.dossier import Dossier
from sto_desktop.workplace.place import find_panel


@dataclass(frozen=True)
class Imported:
    """What an import did: the panel, how much came in, and sentences for the user."""

    panel: str
    notes: int = 0
    panelists: int = 0
    messages: tuple[str, ...] = field(default_factory=tuple)


def import_panelists(dossier: Dossier, panel: str, path: Path) -> tuple[int, tuple[str, ...]]:
    """Take in panel members from a csv or xlsx file; returns how many and what there is to say."""
    from sto_desktop.exchange.panelists_table import plan_panelists, read_panelists

    table = read_panelists(path)
    edits, report = plan_panelists(table, panel, dossier.read.panelists(panel))
    dossier.apply(panels.import_panelists(edits))
    return report.count, report.messages


def import_notes(dossier: Dossier, panel: str, path: Path) -> tuple[int, tuple[str, ...]]:
    """Take in notes from a Markdown file; returns how many and what there is to say."""
    from sto_desktop.exchange.notes_file import read_notes_file
    from sto_desktop.exchange.notes_import import plan_import

    content = dossier.read.panel_content(panel)
    assert content is not None
    edits, report = plan_import(read_notes_file(path), content)
    dossier.apply(panels.import_notes(edits))
    return report.count, report.messages


def import_into(
    dossier: Dossier, *, title: str = "", subregion: str = "", notes: Path | None = None, panelists: Path | None = None
) -> Imported:
    """Take members and notes into a panel, which is made where it is absent. Members first: notes name them."""
    panel = find_panel(dossier, title, subregion)
    row = panel.id if panel else new_id()
    if panel is None:
        dossier.apply(
            panels.add_panel(
                builtin_guide_id(),
                title=title or (f"Panel {subregion}" if subregion else "Panelgesprek"),
                subregion=subregion,
                panel=row,
            )
        )
    people, said = import_panelists(dossier, row, panelists) if panelists else (0, ())
    count, also_said = import_notes(dossier, row, notes) if notes else (0, ())
    return Imported(row, count, people, (*said, *also_said))
