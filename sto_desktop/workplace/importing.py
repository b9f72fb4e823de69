"""Taking members and notes from files into a panel."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sto_desktop.domain.actions import panels
from sto_desktop.domain.identity import new_id
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.exchange.notes_file import NotesFile, read_notes_file
from sto_desktop.exchange.notes_import import plan_import
from sto_desktop.exchange.panelists_import import plan_panelists
from sto_desktop.exchange.panelists_rows import PanelistsTable
from sto_desktop.exchange.panelists_table import read_panelists
from sto_desktop.storage.dossier import Dossier
from sto_desktop.workplace.place import find_panel


@dataclass(frozen=True)
class Sources:
    """Files that were read, before anything is made or changed."""

    panelists: PanelistsTable | None = None
    notes: NotesFile | None = None

    @classmethod
    def read(cls, panelists: Path | None = None, notes: Path | None = None) -> Sources:
        """Read the files; ExchangeError, in words for the user, where one can't be used."""
        return cls(
            read_panelists(panelists) if panelists is not None else None,
            read_notes_file(notes) if notes is not None else None,
        )


@dataclass(frozen=True)
class Imported:
    """What an import did: the panel, how much came in, and sentences for the user."""

    panel: str
    notes: int = 0
    panelists: int = 0
    messages: tuple[str, ...] = field(default_factory=tuple)


def import_sources(dossier: Dossier, panel: str, sources: Sources) -> Imported:
    """Take members and notes into a panel, each as one step. Members first: notes name them."""
    people = notes = 0
    messages: list[str] = []
    if sources.panelists is not None:
        edits, about_people = plan_panelists(sources.panelists, panel, dossier.read.panelists(panel))
        dossier.apply(panels.import_panelists(edits))
        people = about_people.count
        messages.extend(about_people.messages)
    if sources.notes is not None:
        content = dossier.read.panel_content(panel)
        assert content is not None
        note_edits, about_notes = plan_import(sources.notes, content)
        dossier.apply(panels.import_notes(note_edits))
        notes = about_notes.count
        messages.extend(about_notes.messages)
    return Imported(panel, notes, people, tuple(messages))


def import_into(dossier: Dossier, sources: Sources, *, title: str = "", subregion: str = "") -> Imported:
    """Take members and notes into the panel with this title or of this subregion, which is made where it is absent."""
    panel = find_panel(dossier, title, subregion)
    row = panel.id if panel else new_id()
    if panel is None:
        # Without a title the notes may bring one.
        named = title or (f"Panel {subregion}" if subregion and sources.notes is None else "")
        dossier.apply(panels.add_panel(builtin_guide_id(), title=named, subregion=subregion, panel=row))
    return import_sources(dossier, row, sources)
