"""Imports members and notes from files into panels: what a file would do, seen beforehand, and then done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.domain.actions import panels
from sto_desktop.domain.errors import ExchangeError, UsageError
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.live.under import below_now
from sto_desktop.domain.log.change import Edit, change
from sto_desktop.domain.model import Panel
from sto_desktop.domain.panel.consent import Answers
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.people import fold
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Beforehand, Choices, FileLine
from sto_desktop.exchange.guides import builtin_guide, builtin_guide_id
from sto_desktop.exchange.members.panelists_import import members_after, plan_panelists
from sto_desktop.exchange.members.panelists_rows import PanelistRow, PanelistsTable
from sto_desktop.exchange.members.panelists_table import ListSource, read_source
from sto_desktop.exchange.notes.import_report import said_found
from sto_desktop.exchange.notes.lines.spoken import NotesFile
from sto_desktop.exchange.notes.notes_import import plan_import, speakers_found
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

    panelists: ListSource | None = None
    notes: NotesSource | None = None

    @classmethod
    def read(
        cls, panelists: Path | None = None, notes: Path | None = None, columns: Mapping[str, str] | None = None
    ) -> Sources:
        """Read the files; ExchangeError, with sentences for the user, if one can't be used.

        `columns`: for a table of notes, the headings by key of `exchange.notes.notes_columns.COLUMNS`.
        """
        return cls(
            read_source(panelists, guess=False) if panelists is not None else None,
            read_notes_source(notes, columns) if notes is not None else None,
        )


@dataclass(frozen=True)
class Intake:
    """A file as it would come into a panel: the look beforehand, the edits that it makes, and the account of it.

    `told` is the account without the numbers, for before it is done. `notes`, `people` and `findings` (insights and
    recommendations): numbers of new rows.
    """

    look: Beforehand
    edits: Sequence[Edit]
    messages: Sequence[str]
    told: Sequence[str] = ()
    notes: int = 0
    people: int = 0
    findings: int = 0


def members_intake(source: ListSource, content: PanelContent, choices: Choices = NO_CHOICES) -> Intake:
    """Return what a list of members would do to a panel."""
    look, table = source.read(choices)
    edits, report = plan_panelists(table, content.panel.id, content.panelists)
    states = iter(report.states)
    lines = (replace(one, why=next(states)) if one.becomes is Becomes.MEMBER else one for one in look.lines)
    after = tuple(members_after(edits, content.panelists))
    found = speakers_found(content, after)
    below = (change("note", note.id, under=member) for note, member in below_now(content.typed_notes(), after))
    edits = (*edits, *(edit for of_note in found.values() for edit in of_note), *below)
    messages = (*report.messages, *((said_found(len(found)),) if found else ()))
    return Intake(replace(look, lines=tuple(lines)), edits, messages, report.details, people=report.count)


def notes_intake(
    source: NotesSource, content: PanelContent, choices: Choices = NO_CHOICES, speakers: Collection[str] = ()
) -> Intake:
    """Return what a file of notes would do to a panel; `speakers`: names of those who become a member.

    Raises:
        ExchangeError: the file has several panels, and none with the title of this one.
    """
    look, file = source.seen(content, choices)
    rows = [person for person in look.newcomers if person.name in speakers]
    table = PanelistsTable(tuple(PanelistRow({"name": person.name, "present": person.present}) for person in rows))
    people, about_people = plan_panelists(table, content.panel.id, content.panelists)
    known = replace(content, panelists=tuple(members_after(people, content.panelists)))
    edits, report = plan_import(file, known)
    about_file = (*look.left_out(), *look.told)
    messages = (*about_people.messages, *report.messages, *about_file)
    told = (*report.about, *about_file)
    counts = (report.count, about_people.count, report.findings.count)
    return Intake(look, (*people, *edits), messages, told, *counts)


def panels_intake(source: NotesSource, content: PanelContent, choices: Choices, read: Reader) -> Intake:
    """Return what notes of several panels would do: each go to the panel of that title, or to a new one.

    Raises:
        ExchangeError: two panels of the dossier have the title of one.
    """
    look, files = source.by_panel(choices)
    edits: list[Edit] = []
    told: list[str] = []
    notes = findings = 0
    for file in files:
        begun, here = _panel_for(file, content, read) if file.title else ((), content)
        if begun:
            told.append(tr("«{title}» is een nieuw panel.", title=file.title))
        made, report = plan_import(file, here)
        edits += [*begun, *made]
        told += [f"{file.title or tr('Zonder panel')}: {message}" for message in report.about]
        notes, findings = notes + report.count, findings + report.findings.count
    told += [*look.left_out(), *look.told]
    return Intake(look, edits, told, told, notes, 0, findings)


def _panel_for(file: NotesFile, content: PanelContent, read: Reader) -> tuple[Sequence[Edit], PanelContent]:
    """Return the panel with the title of a file; if there is none, with the edits that make it."""
    wanted = fold(file.title)
    found = [one for one in read.panels.listed() if wanted in (fold(one.title), fold(panels.title_for(one)))]
    if len(found) > 1:
        raise ExchangeError(
            tr("In dit dossier heten meer panels «{title}».", title=file.title),
            tr("Er is niets overgenomen."),
            tr("Geef er een een andere titel."),
        )
    if found:
        return (), read.panel_content(found[0].id) or content
    row, guide = new_id(), read.guides.content(builtin_guide_id())
    made = panels.add_panel(guide.guide.id, title=file.title, subregion=file.subregion, panel=row)
    panel = Panel(row, title=file.title, subregion=file.subregion, guide=guide.guide.id)
    return made.edits, PanelContent(panel, guide)


@dataclass(frozen=True)
class Imported:
    """The result of an import: the id of the (last) panel, numbers of new rows, and messages for the user.

    `findings`: insights and recommendations.
    """

    panel: str
    notes: int = 0
    panelists: int = 0
    findings: int = 0
    messages: tuple[str, ...] = field(default_factory=tuple)


def intakes(content: PanelContent, sources: Sources, *, add_speakers: bool = False) -> Sequence[Intake]:
    """Return what files would do to a panel. Members first, since notes refer to them."""
    made: list[Intake] = []
    if sources.panelists is not None:
        made.append(members_intake(sources.panelists, content))
        content = replace(content, panelists=tuple(members_after(made[0].edits, content.panelists)))
    if sources.notes is not None:
        names: Collection[str] = ()
        if add_speakers:
            names = {person.name for person in sources.notes.seen(content)[0].newcomers}
        made.append(notes_intake(sources.notes, content, speakers=names))
    return made


def import_sources(dossier: Dossier, panel: str, sources: Sources, *, add_speakers: bool = False) -> Imported:
    """Import members and notes into a panel, as one undo step; `add_speakers`: who speaks becomes a member."""
    content = dossier.read.panel_content(panel)
    assert content is not None
    made = intakes(content, sources, add_speakers=add_speakers)
    edits = [edit for intake in made for edit in intake.edits]
    dossier.apply(panels.import_panelists(edits) if sources.notes is None else panels.import_notes(edits))
    messages = tuple(message for intake in made for message in intake.messages)
    notes, people = sum(one.notes for one in made), sum(one.people for one in made)
    return Imported(panel, notes, people, sum(one.findings for one in made), messages)


def import_into(
    dossier: Dossier, sources: Sources, *, title: str = "", subregion: str = "", add_speakers: bool = False
) -> Imported:
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
    return import_sources(dossier, row, sources, add_speakers=add_speakers)


def try_into(
    dossier: Dossier | None, sources: Sources, *, title: str = "", subregion: str = "", add_speakers: bool = False
) -> Sequence[Intake]:
    """Return what `import_into` would do; nothing is changed. `dossier` None: one that does not exist yet."""
    notes = sources.notes
    if notes is not None and notes.project is not None:
        from sto_desktop.exchange.refi.refi_in import plan_project

        panels_here = dossier.read.panels.every() if dossier else ()
        content_of = dossier.read.panel_content if dossier else lambda _panel: None
        edits, report = plan_project(notes.project, panels_here, content_of, builtin_guide())
        return (project_intake(edits, report),)

    def here_or_new(title: str, subregion: str = "", *, by_number: bool = True) -> PanelContent:
        panel = find_panel(dossier, title, subregion, by_number=by_number) if dossier else None
        content = dossier.read.panel_content(panel.id) if dossier and panel else None
        return content or PanelContent(Panel("", title=title), builtin_guide())

    if notes is not None and len(notes.files) > 1 and not (title or subregion):
        _refuse_members(sources)
        tried = [notes_intake(notes, here_or_new(file.title, by_number=False)) for file in notes.files]
        return [_one_of_several(*one, first=at == 0) for at, one in enumerate(zip(tried, notes.files, strict=True))]
    return intakes(here_or_new(title, subregion), sources, add_speakers=add_speakers)


def _one_of_several(intake: Intake, file: NotesFile, *, first: bool) -> Intake:
    """Return what comes into one of several panels: each shows the whole file, which is told once."""
    about_file = (*intake.look.left_out(), *intake.look.told)
    of_panel = (one for one in intake.told if one not in about_file)
    told = (*(about_file if first else ()), *(f"{file.title or tr('Zonder panel')}: {one}" for one in of_panel))
    return replace(intake, look=intake.look if first else Beforehand((), ()), told=told)


def answers_after(before: Mapping[str, Answers], tried: Iterable[Intake]) -> Mapping[str, Answers]:
    """Return the answers of members (by id) as an import would leave them."""
    after = dict(before)
    for edit in (edit for intake in tried for edit in intake.edits if edit.table == "panelist" and edit.row in before):
        one = after[edit.row]
        given = {name: edit.values.get(name, answer) for name, answer in one.given.items()}
        after[edit.row] = replace(one, given=given)
    return after


def _make(dossier: Dossier, title: str, subregion: str, *, named: bool) -> str:
    row = new_id()
    # Leave the title empty when notes are imported: their file may have one.
    panel_title = title or (panels.generated_title(subregion) if subregion and named else "")
    dossier.apply(panels.add_panel(builtin_guide_id(), title=panel_title, subregion=subregion, panel=row))
    return row


def _import_each(dossier: Dossier, sources: Sources, notes: NotesSource) -> Imported:
    """Import the notes of each panel that a file names into the panel with that title."""
    _refuse_members(sources)
    done = Imported("")
    for file in notes.files:
        panel = find_panel(dossier, file.title, by_number=False) if file.title else None
        row = panel.id if panel else _make(dossier, file.title, file.subregion, named=False)
        imported = _import_notes(dossier, row, file)
        messages = tuple(f"{file.title or tr('Zonder panel')}: {message}" for message in imported.messages)
        notes_done, found = done.notes + imported.notes, done.findings + imported.findings
        done = Imported(row, notes_done, 0, found, (*done.messages, *messages))
    return replace(done, messages=(*done.messages, *notes.about))


def _refuse_members(sources: Sources) -> None:
    if sources.panelists is not None:
        raise UsageError(
            tr("In het bestand staan notities van meer panels, en de panelleden horen bij één."),
            tr("Er is niets gewijzigd."),
            tr("Noem het panel met --panel, of importeer de panelleden apart."),
        )


def _import_notes(dossier: Dossier, panel: str, file: NotesFile) -> Imported:
    content = dossier.read.panel_content(panel)
    assert content is not None
    edits, report = plan_import(file, content)
    dossier.apply(panels.import_notes(edits))
    return Imported(panel, report.count, 0, report.findings.count, report.messages)


def import_project(dossier: Dossier, notes: NotesSource) -> Imported:
    """Import the panels of a REFI-QDA project into a dossier, as one undo step."""
    assert notes.project is not None
    edits, report = _plan_project(notes.project, dossier.read)
    dossier.apply(panels.import_notes(edits))
    last = ["", *report.panels][-1]
    people = sum(edit.table == "panelist" for edit in edits)
    return Imported(last, report.count, people, messages=(*report.messages, *notes.told))


def plan_project_apart(copy: WorkingCopy, project: RefiProject) -> tuple[Sequence[Edit], RefiReport]:
    """Return the edits that import a project, read over a separate connection, so that any thread may call it."""
    return copy.read_apart(lambda read: _plan_project(project, read))


def project_intake(edits: Sequence[Edit], report: RefiReport) -> Intake:
    """Return what a project would do."""
    people = sum(edit.table == "panelist" for edit in edits)
    look = _project_look(edits, report.panels)
    return Intake(look, edits, report.messages, report.messages, report.count, people)


def _project_look(edits: Sequence[Edit], titles: Mapping[str, str]) -> Beforehand:
    """Return the look beforehand at a project: each panel with its notes. Its codes say what they are, so no line can
    become something else.
    """
    lines: list[FileLine] = []
    for panel, title in titles.items():
        lines.append(FileLine(len(lines), (title,), Becomes.TITLE, title))
        for edit in edits:
            if edit.table == "note" and edit.values.get("panel") == panel:
                text = str(edit.values.get("text", ""))
                lines.append(FileLine(len(lines), (text,), Becomes.NOTE, text))
    return Beforehand(tuple(lines), ())


def _plan_project(project: RefiProject, read: Reader) -> tuple[Sequence[Edit], RefiReport]:
    from sto_desktop.exchange.refi.refi_in import plan_project

    return plan_project(project, read.panels.every(), read.panel_content, read.guides.content(builtin_guide_id()))
