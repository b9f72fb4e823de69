"""Imports members and notes from files into panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.domain.actions import panels
from sto_desktop.domain.errors import UsageError
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.log.change import Edit
from sto_desktop.exchange.guides import builtin_guide_id
from sto_desktop.exchange.members.panelists_import import plan_panelists
from sto_desktop.exchange.members.panelists_rows import PanelistsTable
from sto_desktop.exchange.members.panelists_table import read_panelists
from sto_desktop.exchange.notes.notes_file import NotesFile
from sto_desktop.exchange.notes.notes_import import plan_import
from sto_desktop.exchange.notes_source import NotesSource, read_notes_source
from sto_desktop.language import tr
from sto_desktop.storage.read.reader import Reader
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.workplace.place import find_panel

if TYPE_CHECKING:  # imported at run time only for projects, which are rare
    from sto_desktop.exchange.refi.refi_in import RefiReport
    from sto_desktop.exchange.refi.refi_read import RefiProject


@dataclass(frozen=True)
class Sources:
    """Files that were read and checked, before anything is created or changed."""

    panelists: PanelistsTable | None = None
    notes: NotesSource | None = None

    @classmethod
    def read(
        cls, panelists: Path | None = None, notes: Path | None = None, columns: Mapping[str, str] | None = None
    ) -> Sources:
        """Read the files; ExchangeError, with sentences for the user, if one can't be used.

        `columns`: for a table of notes, the headings by key of `exchange.notes.notes_table.COLUMNS`.
        """
        return cls(
            read_panelists(panelists) if panelists is not None else None,
            read_notes_source(notes, columns) if notes is not None else None,
        )


@dataclass(frozen=True)
class Imported:
    """The result of an import: the id of the (last) panel, numbers of new rows, and messages for the user."""

    panel: str
    notes: int = 0
    panelists: int = 0
    messages: tuple[str, ...] = field(default_factory=tuple)


def import_sources(dossier: Dossier, panel: str, sources: Sources) -> Imported:
    """Import members and notes into a panel, each as one undo step. Members first, since notes refer to them."""
    people = 0
    messages: list[str] = []
    if sources.panelists is not None:
        edits, about_people = plan_panelists(sources.panelists, panel, dossier.read.members.of_panel(panel))
        dossier.apply(panels.import_panelists(edits))
        people = about_people.count
        messages.extend(about_people.messages)
    if sources.notes is None:
        return Imported(panel, 0, people, tuple(messages))
    record = dossier.read.panels.get(panel)
    file = sources.notes.one_for(record.title if record else "")
    done = _import_notes(dossier, panel, file)
    return replace(done, panelists=people, messages=(*messages, *done.messages, *sources.notes.told))


def _import_notes(dossier: Dossier, panel: str, file: NotesFile) -> Imported:
    content = dossier.read.panel_content(panel)
    assert content is not None
    edits, report = plan_import(file, content)
    dossier.apply(panels.import_notes(edits))
    return Imported(panel, report.count, 0, report.messages)


def import_into(dossier: Dossier, sources: Sources, *, title: str = "", subregion: str = "") -> Imported:
    """Import members and notes into the panel with this title or subregion, which is created if missing.

    A project has its own panels, and so has a table that names several if no title is given.
    """
    notes = sources.notes
    if notes is not None and notes.project is not None:
        return import_project(dossier, notes)
    if notes is not None and len(notes.files) > 1 and not (title or subregion):
        return _import_each(dossier, sources, notes)
    panel = find_panel(dossier, title, subregion)
    row = panel.id if panel else _make(dossier, title, subregion, named=notes is None)
    return import_sources(dossier, row, sources)


def _make(dossier: Dossier, title: str, subregion: str, *, named: bool) -> str:
    row = new_id()
    # Leave the title empty when notes are imported: their file may have one.
    panel_title = title or (f"Panel {subregion}" if subregion and named else "")
    dossier.apply(panels.add_panel(builtin_guide_id(), title=panel_title, subregion=subregion, panel=row))
    return row


def _import_each(dossier: Dossier, sources: Sources, notes: NotesSource) -> Imported:
    """Import the notes of each panel that a file names into the panel with that title."""
    if sources.panelists is not None:
        raise UsageError(
            tr("In het bestand staan notities van meer panels, en de panelleden horen bij één."),
            tr("Er is niets gewijzigd."),
            tr("Noem het panel met --panel, of importeer de panelleden apart."),
        )
    done = Imported("")
    for file in notes.files:
        panel = find_panel(dossier, file.title, by_number=False) if file.title else None
        row = panel.id if panel else _make(dossier, file.title, file.subregion, named=False)
        imported = _import_notes(dossier, row, file)
        messages = tuple(f"{file.title or tr('Zonder panel')}: {message}" for message in imported.messages)
        done = Imported(row, done.notes + imported.notes, 0, (*done.messages, *messages))
    return replace(done, messages=(*done.messages, *notes.told))


def import_project(dossier: Dossier, notes: NotesSource) -> Imported:
    """Import the panels of a REFI-QDA project into a dossier, as one undo step."""
    assert notes.project is not None
    edits, report = _plan_project(notes.project, dossier.read)
    dossier.apply(panels.import_notes(edits))
    last = ["", *report.panels][-1]
    people = sum(edit.table == "panelist" for edit in edits)
    return Imported(last, report.count, people, (*report.messages, *notes.told))


def plan_project_apart(copy: WorkingCopy, project: RefiProject) -> tuple[Sequence[Edit], RefiReport]:
    """Return the edits that import a project, read over a separate connection, so that any thread may call it."""
    return copy.read_apart(lambda read: _plan_project(project, read))


def _plan_project(project: RefiProject, read: Reader) -> tuple[Sequence[Edit], RefiReport]:
    from sto_desktop.exchange.refi.refi_in import plan_project

    return plan_project(project, read.panels.every(), read.panel_content, read.guides.content(builtin_guide_id()))
