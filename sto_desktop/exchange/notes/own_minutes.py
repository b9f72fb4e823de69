"""Reads minutes that this program wrote in Word: every note with its time, kind and voices, under its question."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sto_desktop.domain.people import squeeze
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.exchange.files.document import FileText, Grid, TextBlock
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Beforehand, Choices, FileLine, Newcomer, shape_of
from sto_desktop.exchange.notes.lines.front import facts_in
from sto_desktop.exchange.notes.lines.spoken import MARK_WORDS, NotesFile, Section, Spoken
from sto_desktop.exchange.notes.lines.turns import name_like
from sto_desktop.exchange.notes.notes_table import kind_of
from sto_desktop.language import tr

OFFERS = (Becomes.NOTE, Becomes.OUT)
_TITLE, _ABOUT, _QUESTION = "sto titel", "sto kenmerken", "sto vraag"
_COURSE, _SEEN = "Verloop van het gesprek", "Observaties van de notulist"
_ITEM = re.compile(r"(?:([0-9]{1,2})[.:]([0-9]{2})\s+)?(.*?)(?:\s–\s([^–]*))?", re.DOTALL)
_STANCES = {"met bijval van ": Stance.AGREES, "tegengesproken door ": Stance.DISAGREES}
# Who is not named, or how many.
_UNNAMED = re.compile(
    r"(?:het hele panel|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|[0-9]+)\b.*", re.I
)


def is_own_minutes(document: FileText) -> bool:
    """Return whether this program made a document, as minutes."""
    styles = {block.style for block in document.blocks if isinstance(block, TextBlock)}
    heads = {block.text for block in document.blocks if isinstance(block, TextBlock) and block.level}
    return _TITLE in styles and _COURSE in heads


@dataclass
class OwnMinutes:
    """The notes in such a document, with what a person changed of it."""

    document: FileText
    choices: Choices = NO_CHOICES
    lines: list[FileLine] = field(default_factory=list)
    _about: dict[str, object] = field(default_factory=dict)
    _sections: list[tuple[str, str, list[Spoken]]] = field(default_factory=list)
    _people: list[Newcomer] = field(default_factory=list)
    _chapter: str = ""

    def __post_init__(self) -> None:
        self._to_do = dict(self._tasks())
        number = 0
        for block in self.document.blocks:
            if isinstance(block, Grid):
                self.lines += self._table(block, number)
                number += len(block.rows)
            else:
                self.lines.append(self._paragraph(block, number))
                number += 1

    @property
    def file(self) -> NotesFile:
        """The notes, and what the front says of the panel."""
        sections = tuple(Section(theme, question, tuple(notes)) for theme, question, notes in self._sections if notes)
        return replace(NotesFile(**self._about), sections=sections, people=tuple(self._people))  # type: ignore[arg-type]

    @property
    def look(self) -> Beforehand:
        """The look beforehand at it."""
        return Beforehand(tuple(self.lines), OFFERS, self.document.told, shape=shape_of("own minutes", ()))

    def _tasks(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield who does what and by when, by the words of the note: those tables repeat notes of the course."""
        for grid in self.document.grids:
            if grid.rows[0][-1] == "Vóór":
                for what, who, when in grid.rows[1:]:
                    yield squeeze(what.split("\n")[0]), (who.strip("– "), when.strip("– "))

    def _paragraph(self, block: TextBlock, number: int) -> FileLine:
        def line(becomes: Becomes, text: str = "", why: str = "", speaker: str = "") -> FileLine:
            return FileLine(number, (block.text,), becomes, text, why, speaker=speaker)

        if block.style == _TITLE:
            self._about["title"] = block.text
            return line(Becomes.TITLE, block.text)
        if block.style == _ABOUT and (facts := facts_in(block.text)):
            self._about.update(facts)
            return line(Becomes.FACT, block.text)
        if block.level == 1:
            self._chapter = block.text
            return line(Becomes.OUT, why=tr("een kop van de notulen"))
        if self._chapter not in (_COURSE, _SEEN) or (not block.item and block.level != 2 and block.style != _QUESTION):
            return line(Becomes.OUT, why=tr("staat niet in het verloop van het gesprek"))
        if block.level == 2 or block.style == _QUESTION:
            theme = block.text if block.level == 2 else self._sections[-1][0] if self._sections else ""
            self._sections.append((theme, "" if block.level == 2 else block.text, []))
            return line(Becomes.THEME if block.level == 2 else Becomes.QUESTION, block.text)
        if self.choices.of(number) is Becomes.OUT:
            return line(Becomes.OUT, why=tr("zo gekozen"))
        spoken = self._spoken(block.text)
        names = ", ".join(name for name, stance in spoken.voices if stance is Stance.SAYS)
        return line(Becomes.NOTE, spoken.text, speaker=names)

    def _spoken(self, item: str) -> Spoken:
        match = _ITEM.fullmatch(item)
        assert match is not None, "every text is an item"
        tail = match[4] or ""
        if self._chapter == _SEEN:
            theme, _, question = tail.partition(", ")
            spoken = Spoken(match[3], NoteKind.OBSERVATION)
            self._sections.append((theme, question, [spoken]))
            return spoken
        spoken = _with_tail(Spoken(match[3]), tail) or Spoken(f"{match[3]} – {tail}")
        day = self._about.get("date")
        if match[1] and isinstance(day, dt.date):
            spoken = replace(spoken, at=dt.datetime.combine(day, dt.time(int(match[1]), int(match[2]))))
        if spoken.text.startswith("“") and spoken.text.endswith("”"):
            spoken = replace(spoken, text=spoken.text[1:-1], kind=NoteKind.QUOTE)
        owner, due = self._to_do.get(squeeze(spoken.text), ("", ""))
        spoken = replace(spoken, owner=owner, due=due)
        if not self._sections:
            self._sections.append(("", "", []))
        self._sections[-1][2].append(spoken)
        return spoken

    def _table(self, grid: Grid, number: int) -> Iterator[FileLine]:
        people = grid.rows[0][0] == "Naam"
        for at, cells in enumerate(grid.rows):
            name = cells[0] if people else ""
            if name and at and not _UNNAMED.fullmatch(name):
                self._people.append(Newcomer(name))
                yield FileLine(number + at, cells, Becomes.PRESENT, name)
            else:
                why = "" if at == 0 else tr("wie niet genoemd wordt") if people else tr("staat al bij het verloop")
                yield FileLine(number + at, cells, Becomes.HEADINGS if at == 0 else Becomes.OUT, "", why)


def _with_tail(spoken: Spoken, tail: str) -> Spoken | None:
    """Return a note with what stands behind its dash: kind, marks and voices; None if those are words of the note."""
    voices: list[tuple[str, Stance]] = []
    stance = Stance.SAYS
    for part in filter(None, tail.split(", ")):
        begin = next((begin for begin in _STANCES if part.startswith(begin)), "")
        stance = _STANCES.get(begin, stance)
        if kind_of(part) is not None:
            spoken = replace(spoken, kind=kind_of(part))
            continue
        if part in (*MARK_WORDS.values(), "geparkeerd", "parkeerplaats"):
            spoken = replace(spoken, parked=True) if part != MARK_WORDS["star"] else replace(spoken, star=True)
            continue
        for name in part.removeprefix(begin).split(" en "):
            if _UNNAMED.fullmatch(name):
                continue
            if not name_like(re.sub(r'["“”].*?["“”]\s?', "", name)):
                return None
            voices.append((name, stance))
    return replace(spoken, voices=tuple(voices))
