"""Looks up what list and board show for a filter and a search, on any thread: it reads, and touches no widget."""

from __future__ import annotations

from dataclasses import dataclass

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.note_filter import NoteFilter
from sto_desktop.storage.read.note_list import OtherResult
from sto_desktop.storage.read.reader import Reader
from sto_desktop.ui.elaborate.notes.filter_menu import FilterChoices
from sto_desktop.ui.notes.listing import ColumnContent, Entry, Listing, numbered


@dataclass(frozen=True)
class NotesWanted:
    """What to look up. `anew`: the dossier changed, so also what the filters offer, and the number of all notes."""

    filter: NoteFilter
    words: str
    board: bool
    anew: bool


@dataclass(frozen=True)
class FoundNotes:
    """What was found: rows of the list or columns of the board, and the number of notes in them.

    `elsewhere`: results other than notes; `total` (notes in all panels) and `choices` are None if not asked for.
    """

    wanted: NotesWanted
    entries: list[Entry]
    columns: list[ColumnContent]
    count: int
    elsewhere: list[OtherResult]
    total: int | None
    choices: FilterChoices | None


def look_up(listing: Listing, content: PanelContent, wanted: NotesWanted, read: Reader) -> FoundNotes:
    """Look up notes with a listing that nothing else uses meanwhile."""
    listing.read = read
    entries: list[Entry] = []
    columns: list[ColumnContent] = []
    if wanted.board:
        columns = listing.columns(wanted.filter, wanted.words)
        count = sum(len(column.notes) for column in columns)
    else:
        entries = listing.entries(wanted.filter, wanted.words)
        count = listing.count
    return FoundNotes(
        wanted,
        entries,
        columns,
        count,
        listing.elsewhere(wanted.filter, wanted.words),
        read.notes.count_all() if wanted.anew else None,
        _choices(content, wanted.filter, read) if wanted.anew else None,
    )


def _choices(content: PanelContent, wanted: NoteFilter, read: Reader) -> FilterChoices:
    noted = {note.question for note in content.notes}
    under = [(theme, question) for theme, question in content.guide.questions() if question.id in noted]
    people = read.members.every() if wanted.all_panels else list(content.panelists)
    return FilterChoices(
        tuple(sorted({member.sector for member in people if member.sector}, key=str.casefold)),
        tuple((tag.id, f"#{tag.name}") for tag in read.tags.listed()),
        tuple((member.id, member.name) for member in people),
        tuple(read.lists.saved_searches()),
        tuple((question.id, f"{numbered(theme, content)} {question.text}".strip()) for theme, question in under),
    )
