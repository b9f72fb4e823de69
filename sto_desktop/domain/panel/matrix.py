"""Cross tables of a panel: the notes of each theme, by sector or by aspect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.sectors import in_usual_order, sector_of
from sto_desktop.domain.vocabulary import Aspect, NoteKind
from sto_desktop.language import tr

UNKNOWN = ""
"""Column for notes without a known speaker, or without an aspect: so both tables have the same totals."""


class Across(StrEnum):
    """The dimension of the columns."""

    SECTOR = "sector"
    ASPECT = "aspect"


class Counting(StrEnum):
    """What cells count: notes show how much was typed, members show who was heard."""

    NOTES = "notes"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Head:
    """Header of a row or a column."""

    id: str
    label: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """The notes of one cell, and the members who said them, by id."""

    notes: tuple[str, ...] = ()
    members: frozenset[str] = frozenset()

    def count(self, counting: Counting) -> int:
        """Return the count for one way of counting."""
        return len(self.notes) if counting is Counting.NOTES else len(self.members)


@dataclass(frozen=True)
class Matrix:
    """Themes as rows, sectors or aspects as columns. `cells` by (row, column); a cell without notes is absent."""

    across: Across
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict)

    def cell(self, row: str, column: str) -> Cell:
        """Return one cell."""
        return self.cells.get((row, column), Cell())

    def row_total(self, row: str) -> Cell:
        """Return the total of one theme; a note by members of two sectors counts once."""
        return _joined(self.cell(row, column.id) for column in self.columns)

    def column_total(self, column: str) -> Cell:
        """Return the total of one sector or aspect."""
        return _joined(self.cell(row.id, column) for row in self.rows)

    def total(self) -> Cell:
        """Return the grand total."""
        return _joined(self.cells.values())


def _joined(cells: Iterable[Cell]) -> Cell:
    notes: dict[str, None] = {}
    members: set[str] = set()
    for cell in cells:
        notes.update(dict.fromkeys(cell.notes))
        members |= cell.members
    return Cell(tuple(notes), frozenset(members))


def matrix(content: PanelContent, across: Across, groups: Mapping[str, str] | None = None) -> Matrix:
    """Return the conversation themes of a panel by the sectors of the speakers, or by aspect.

    Args:
        groups: the group in which each member (id) is counted, for a table that leaves the program; members not in it
            are not counted. None: everybody counts under their own sector, however small.
    """
    themes = [theme for theme in content.guide.themes if theme.is_conversation]
    rows = tuple(Head(theme.id, f"{number} {theme.short_title}", theme.title) for number, theme in enumerate(themes, 1))
    column_of = sector_of(content.panelists) if groups is None else groups
    columns_of: Callable[[NoteContent], Mapping[str, frozenset[str]]]
    if across is Across.SECTOR:

        def columns_of(note: NoteContent) -> Mapping[str, frozenset[str]]:
            spoke: dict[str, set[str]] = {}
            for speaker in note.speakers:
                if groups is None or speaker in groups:
                    spoke.setdefault(column_of.get(speaker, UNKNOWN), set()).add(speaker)
            # A note without a counted speaker still counts, as it does across aspects.
            if not spoke:
                spoke[UNKNOWN] = set()
            return {sector: frozenset(members) for sector, members in spoke.items()}

    else:

        def columns_of(note: NoteContent) -> Mapping[str, frozenset[str]]:
            aspect = ASPECT_OF_KIND.get(note.kind)
            speakers = frozenset(speaker for speaker in note.speakers if groups is None or speaker in groups)
            return {aspect.value if aspect else UNKNOWN: speakers}

    theme_of = {question.id: theme.id for theme, question in content.guide.questions() if theme.is_conversation}
    notes: dict[tuple[str, str], list[str]] = {}
    members: dict[tuple[str, str], set[str]] = {}
    for note in content.notes:
        theme = theme_of.get(note.question or "")
        if theme is None:
            continue
        for column, member_ids in columns_of(note).items():
            notes.setdefault((theme, column), []).append(note.id)
            members.setdefault((theme, column), set()).update(member_ids)
    cells = {place: Cell(tuple(cell_notes), frozenset(members[place])) for place, cell_notes in notes.items()}
    heads = _sectors(column_of) if across is Across.SECTOR else _aspects()
    if any(column == UNKNOWN for _, column in cells):
        heads += (Head(UNKNOWN, tr("zonder spreker") if across is Across.SECTOR else tr("zonder aspect")),)
    return Matrix(across, rows, heads, cells)


ASPECT_OF_KIND: Mapping[NoteKind, Aspect] = {aspect.kind: aspect for aspect in Aspect}


def _aspects() -> tuple[Head, ...]:
    return tuple(Head(aspect.value, aspect.word) for aspect in Aspect)


def _sectors(column_of: Mapping[str, str]) -> tuple[Head, ...]:
    """Return the sectors at the table in their usual order."""
    return tuple(Head(sector, sector) for sector in in_usual_order(set(column_of.values()) - {UNKNOWN}))
