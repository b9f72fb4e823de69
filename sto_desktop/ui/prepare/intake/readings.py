"""Files as they were read, ready for the look beforehand: how they come in, and which columns can be changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.exchange.files.look import NO_CHOICES, Beforehand, Choices
from sto_desktop.language import tr
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.prepare.intake.column_chooser import TableColumn
from sto_desktop.workplace.importing import (
    Intake,
    members_intake,
    notes_intake,
    panels_intake,
    plan_project_apart,
    project_intake,
)

if TYPE_CHECKING:  # only needed when a file is read
    from sto_desktop.exchange.members.panelists_table import ListSource
    from sto_desktop.exchange.notes_source import NotesSource
    from sto_desktop.exchange.refi.refi_read import RefiProject

MOST_MEMBERS = 60
"""More people than this are some other list, not a panel."""


@dataclass(frozen=True)
class ReadFile:
    """A file that was read: how it comes in with a person's choices, and what its table offers to be changed.

    `plan` and `look` run on a worker; `look` is the first part of what `plan` does, if that can be shown sooner.
    `columns` and `meanings` are those of a table.
    """

    name: str
    title: str
    shape: str
    plan: Callable[[Choices, frozenset[str]], Intake]
    look: Callable[[Choices], Beforehand] | None = None
    columns: Callable[[Choices], Sequence[TableColumn]] = lambda _choices: ()
    meanings: Mapping[str, str] | None = None
    repeated: frozenset[str] = frozenset()
    most: int | None = None
    """Most people that a panel can have; None: any number."""


def members_reading(source: ListSource, content: PanelContent, name: str) -> ReadFile:
    """Return a list of members, read for a panel."""
    from sto_desktop.exchange.members.panelists_columns import COLUMN_WORDS

    def columns(choices: Choices) -> Sequence[TableColumn]:
        chosen = source.chosen(choices)
        meanings = {at: meaning for meaning, at in chosen.columns.items()}
        return _columns(chosen, chosen.headings or (), meanings)

    return ReadFile(
        name,
        tr("Panelleden overnemen"),
        source.shape,
        lambda choices, _speakers: members_intake(source, content, choices),
        None,
        columns,
        COLUMN_WORDS,
        most=MOST_MEMBERS,
    )


def notes_reading(source: NotesSource, content: PanelContent, copy: WorkingCopy, name: str) -> ReadFile:
    """Return a file of notes, read for a panel; those of several other panels come in there."""
    from sto_desktop.exchange.notes.notes_columns import ANSWER, COLUMN_WORDS

    def plan(choices: Choices, speakers: frozenset[str]) -> Intake:
        if source.of_others(content.panel.title, choices):
            return copy.read_apart(lambda read: panels_intake(source, content, choices, read))
        return notes_intake(source, content, choices, speakers)

    def look(choices: Choices) -> Beforehand:
        others = source.of_others(content.panel.title, choices)
        return (source.by_panel(choices) if others else source.seen(content, choices))[0]

    def columns(choices: Choices) -> Sequence[TableColumn]:
        if source.table is None:
            return ()
        chosen = source.table.chosen(choices)
        return _columns(chosen, chosen.headings, chosen.meanings)

    return ReadFile(
        name,
        tr("Notities importeren"),
        look(NO_CHOICES).shape,
        plan,
        look,
        columns,
        {meaning: tr(word).capitalize() for meaning, word in COLUMN_WORDS.items()},
        frozenset((ANSWER,)),
    )


def project_reading(copy: WorkingCopy, project: RefiProject, name: str) -> ReadFile:
    """Return a project of another program, whose panels come in whole."""

    def plan(_choices: Choices, _speakers: frozenset[str]) -> Intake:
        return project_intake(*plan_project_apart(copy, project))

    return ReadFile(name, tr("Notities importeren"), "", plan)


def dropped_reading(path: Path, content: PanelContent, copy: WorkingCopy) -> ReadFile:
    """Return a file that was dropped on the window: a list of people, or else notes."""
    from sto_desktop.exchange.files.text_file import read_bytes
    from sto_desktop.exchange.files.workbook import OfficeFile
    from sto_desktop.exchange.members.panelists_table import list_in
    from sto_desktop.exchange.notes_source import notes_in

    name, file = f"«{path.name}»", OfficeFile(read_bytes(path), path.name)
    notes = notes_in(file, guess=True)
    if notes.project is not None:
        return project_reading(copy, notes.project, name)
    try:
        people = list_in(file, guess=notes.table is not None and (notes.table.guessed or not notes.table.has_words))
    except ExchangeError:
        return notes_reading(notes, content, copy, name)
    return (
        members_reading(people, content, name)
        if _of_people(people, notes)
        else notes_reading(notes, content, copy, name)
    )


# A table of what people said has their names too, but nothing else about them.
_NAMES = frozenset(("name", "first_name"))
_REMARKS = ("opmerking", "opmerkingen", "reactie", "notitie", "notities", "comment")
_OF_NOTES = {"question", "kind"}
_LIST_IN_TEXT = 6


def _of_people(people: ListSource, notes: NotesSource) -> bool:
    """Return whether a file with a column of names is a list of people, rather than of what they said."""
    table = notes.table
    if table is None:
        # A document: little else stands beside the list.
        document = notes.document
        texts = [] if document is None else [block for block in document.blocks if not hasattr(block, "rows")]
        return bool(people.columns.keys() - _NAMES) and len(texts) <= _LIST_IN_TEXT
    from sto_desktop.exchange.files.form import looks_like_name
    from sto_desktop.exchange.members.panelists_columns import heading
    from sto_desktop.exchange.notes.notes_columns import WORDS

    if table.guessed:
        names = [member.name for member in people.people()]
        return sum(map(looks_like_name, names)) * 2 > len(names)
    words = [table.headings[at] for at, meaning in table.meanings.items() if meaning in WORDS and table.headings]
    # Notes have a question and a kind, also beside a sheet of members.
    only_remarks = all(heading(word) in _REMARKS for word in words) and not {*table.meanings.values()} >= _OF_NOTES
    return not table.has_words or (only_remarks and bool(people.columns.keys() - _NAMES))


class Sampled(Protocol):
    """A table with samples of its columns."""

    @property
    def width(self) -> int:
        """Number of columns."""
        ...

    def sample(self, column: int) -> str:
        """Return a sample value of a column."""
        ...


def _columns(source: Sampled, headings: Sequence[str], meanings: Mapping[int, str]) -> Sequence[TableColumn]:
    found = []
    for at in range(source.width):
        name, sample = " ".join(headings[at].split()) if at < len(headings) else "", source.sample(at)
        # An empty column has no meaning.
        if name or sample:
            found.append(TableColumn(at, name, sample, meanings.get(at, "")))
    return found
