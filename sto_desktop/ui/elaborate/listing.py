"""What the list of notes shows: which notes a filter lets through, in groups by theme and question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from sto_desktop.domain.content import NoteContent, PanelContent, QuestionContent, ThemeContent
from sto_desktop.domain.people import called, fold
from sto_desktop.domain.progress import used_notes
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.ui.language import listed, tr


class Scope(Enum):
    """Which notes, where it is no single theme."""

    ALL = auto()
    UNASSIGNED = auto()


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """What the user wants to see; `scope` is the id of a theme, or all, or what belongs to no question."""

    scope: str | Scope = Scope.ALL
    kind: NoteKind | None = None
    starred: bool = False
    todo: bool = False
    """Only notes that were neither used nor put aside."""

    @property
    def theme(self) -> str | None:
        """The one theme that is asked for."""
        return self.scope if isinstance(self.scope, str) else None

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != NoteFilter()


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A theme, or a question under it, above its notes; `insights` None where none are expected."""

    key: str
    text: str
    level: int
    count: int
    insights: int | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note with everything that its line shows; `people` and `tags` are one text."""

    content: NoteContent
    people: str
    tags: str
    used: bool

    @property
    def key(self) -> str:
        """Id of the note."""
        return self.content.id


Row = HeadingRow | NoteRow


def people_of(note: NoteContent, names: Mapping[str, str]) -> str:
    """Return who said a note, who agreed and who did not: "Wolter, bijval van Ahmet en Sjoerd".

    `names` are those of the members by id, in order of seat.
    """

    def named(stance: Stance) -> str:
        among = note.panelists(stance)
        return listed([name for item, name in names.items() if item in among])

    parts = [named(Stance.SAYS)]
    agrees, denies = named(Stance.AGREES), named(Stance.DISAGREES)
    if agrees:
        parts.append(tr("bijval van {names}", names=agrees))
    if denies:
        parts.append(tr("tegenspraak van {names}", names=denies))
    return ", ".join(part for part in parts if part)


def numbered(theme: ThemeContent, content: PanelContent) -> str:
    """Return a theme's number among the conversation themes, "" for welcome, break and closing."""
    if not theme.is_conversation:
        return ""
    among = [item.id for item in content.guide.themes if item.is_conversation]
    return str(among.index(theme.id) + 1)


class Listing:
    """Makes the rows of one panel; what holds for all filters is worked out once.

    `before`: the listing of the content as it was, of which the rows that are still right are taken over.
    """

    def __init__(self, content: PanelContent, before: Listing | None = None) -> None:
        self._content = content
        self._used = used_notes((*content.insights, *content.recommendations))
        self._names = {item.id: called(item) for item in content.panelists}
        self._made: dict[str, NoteRow] = before._made if before and before._names == self._names else {}
        self._insights: dict[str | None, int] = {}
        for item in content.insights:
            parent = item.insight.position.parent
            self._insights[parent] = self._insights.get(parent, 0) + 1
        self._groups: dict[str | None, list[NoteContent]] = {}
        for note in content.notes:
            self._groups.setdefault(note.question, []).append(note)
        self._known = {item.id for _, item in content.guide.questions()}

    @property
    def unassigned(self) -> int:
        """How many notes belong to no question."""
        return sum(len(notes) for question, notes in self._groups.items() if question not in self._known)

    def rows(self, wanted: NoteFilter, found: Collection[str] | None = None) -> list[Row]:
        """Return the rows in order; `found`: ids that a search gave, None where nothing is searched."""
        rows: list[Row] = []
        for theme in self._content.guide.themes:
            if wanted.scope not in (Scope.ALL, theme.id):
                continue
            under: list[Row] = []
            for question in theme.questions:
                under += self._group(question, theme, self._passing(self._groups.get(question.id, []), wanted, found))
            if under and wanted.scope is Scope.ALL:
                number = numbered(theme, self._content)
                shown = sum(isinstance(row, NoteRow) for row in under)
                rows.append(HeadingRow(f"theme:{theme.id}", f"{number}  {theme.title}".strip(), 1, shown))
            rows += under
        if wanted.scope in (Scope.ALL, Scope.UNASSIGNED):
            rows += self._unassigned(wanted, found)
        return rows

    def _passing(
        self, notes: list[NoteContent], wanted: NoteFilter, found: Collection[str] | None
    ) -> Iterator[NoteContent]:
        for note in notes:
            if found is not None and note.id not in found:
                continue
            if wanted.kind is not None and note.kind is not wanted.kind:
                continue
            if wanted.starred and not note.note.star:
                continue
            if wanted.todo and (note.note.set_aside or note.id in self._used):
                continue
            yield note

    def _group(self, question: QuestionContent, theme: ThemeContent, notes: Iterator[NoteContent]) -> list[Row]:
        rows: list[Row] = [self._row(note) for note in notes]
        if not rows:
            return []
        insights = self._insights.get(question.id, 0) if theme.is_conversation else None
        heading = HeadingRow(f"question:{question.id}", question.text, 2, len(rows), insights, question.id)
        return [heading, *rows]

    def _unassigned(self, wanted: NoteFilter, found: Collection[str] | None) -> list[Row]:
        loose = [note for question, notes in self._groups.items() if question not in self._known for note in notes]
        rows: list[Row] = [self._row(note) for note in self._passing(loose, wanted, found)]
        return [HeadingRow("unassigned", tr("Niet ingedeeld"), 1, len(rows)), *rows] if rows else []

    def _row(self, note: NoteContent) -> NoteRow:
        made, used = self._made.get(note.id), note.id in self._used
        if made is not None and made.content is note and made.used is used:
            return made
        people = people_of(note, self._names) if note.voices else ""
        row = NoteRow(note, people, "  ".join(f"#{tag.name}" for tag in note.tags), used)
        self._made[note.id] = row
        return row


_WORDS = re.compile(r"\w+")


class Marker:
    """Finds in a text the words that begin with one of those searched for, as the search itself does."""

    def __init__(self, query: str) -> None:
        self._starts = tuple({fold(word) for word in _WORDS.findall(query.replace("_", " "))} - {""})

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return [start, end) of every word found."""
        if not self._starts:
            return []
        return [found.span() for found in _WORDS.finditer(text) if fold(found[0]).startswith(self._starts)]
