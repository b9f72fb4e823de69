"""Reads notes from a document: what each line is, a heading, a fact about the panel, somebody's words or a note.

In text and Markdown `##` is a theme, `###` a question, each bullet a note in the capture language. The file may start
with the title (`#`) and lines such as "Datum: 2023-02-14". A line indented under a bullet continues its note. A plain
line is a note too, and so is a nested bullet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.panel.matching import fold_title
from sto_desktop.domain.people import fold, name_index
from sto_desktop.domain.typed import read_begin, read_date
from sto_desktop.domain.vocabulary import SUBREGIONS, Stance
from sto_desktop.exchange.files.document import FileText, Grid, TextBlock
from sto_desktop.exchange.files.form import filled, looks_like_headings
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Beforehand, Choices, FileLine, Newcomer, shape_of
from sto_desktop.exchange.files.plain_document import BULLET, plain_document
from sto_desktop.exchange.files.text_file import read_text
from sto_desktop.exchange.notes.headings import heading_levels, heading_text
from sto_desktop.exchange.notes.notes_table import TableSource, source_of_rows
from sto_desktop.exchange.notes.speakers import SpeakerReader, Turn, distinct, is_role, name_like, names_in
from sto_desktop.exchange.notes.spoken import NotesFile, Section, Spoken
from sto_desktop.language import tr

# "Datum: 2023-02-14", possibly in a list or in bold.
_ABOUT = re.compile(r"[-*•–\s_]*(\w+)[*_\s]*:[*_\s]*(.+?)[*_\s]*")
_LIST = re.compile(
    r"[-*•–\s_]*((?:aanwezig|afwezig|afgemeld|verhinderd|deelnemers|panelleden|aanwezigen|afwezigen|afmeldingen)"
    r"(?: waren| met kennisgeving)?)[*_\s]*(?:\([^)]*\))?\s*(?::[*_\s]*(.*?))?[*_\s]*",
    re.IGNORECASE | re.DOTALL,
)
_ABSENT = ("afwezig", "afgemeld", "verhinderd", "afmeldingen")
_SENTENCE_ENDS = "?!…"
_MOST_PLACE_WORDS = 8
_LONGEST_TITLE = 120

OFFERS = (
    Becomes.NOTE,
    Becomes.THEME,
    Becomes.QUESTION,
    Becomes.FACT,
    Becomes.PRESENT,
    Becomes.ABSENT,
    Becomes.TITLE,
    Becomes.HEADINGS,
    Becomes.OUT,
)
"""What a line of notes can become, in the order in which it is offered."""


def _a_person(text: str) -> str | None:
    """Return a text if it is a name, or names: a sentence after "Gespreksleider:" is what the moderator says."""
    people = re.sub(r"\([^)]*\)", " ", text)
    names = [name for name in re.split(r"[,;/&]|\s+en\s+", people) if name.strip()]
    return text if names and all(name_like(name) for name in names) else None


def _a_place(text: str) -> str | None:
    words = text.split()
    ends = text[-1] in _SENTENCE_ENDS or (text[-1] == "." and len(words) > 3)
    return None if ends or len(words) > _MOST_PLACE_WORDS else text


def _a_subregion(text: str) -> str | None:
    known = any(fold(text) == fold(name) for name in SUBREGIONS)
    return text if known or len(text.split()) <= 4 else None


_FIELDS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "datum": ("date", read_date),
    "date": ("date", read_date),
    "begin": ("start", read_begin),
    "aanvang": ("start", read_begin),
    "tijd": ("start", read_begin),
    "locatie": ("place", _a_place),
    "plaats": ("place", _a_place),
    "gespreksleider": ("moderator", _a_person),
    "moderator": ("moderator", _a_person),
    "voorzitter": ("moderator", _a_person),
    "notulist": ("note_taker", _a_person),
    "verslag": ("note_taker", _a_person),
    "subregio": ("subregion", _a_subregion),
    "titel": ("title", str),
    "title": ("title", str),
}


def fact_in(text: str) -> tuple[str, Any] | None:
    """Return the field of the panel and its value in a line such as "Datum: 14 februari 2023"; None if it is none."""
    match = _ABOUT.fullmatch(text)
    name, read = _FIELDS.get(fold(match[1]) if match else "", ("", str))
    if not match or not name:
        return None
    value = read(match[2].strip())
    return None if value in (None, "") else (name, value)


@dataclass
class _Told:
    """What the lines say so far: facts, sections, and who is there."""

    about: dict[str, Any] = field(default_factory=dict)
    sections: list[tuple[str, str, list[str | Spoken]]] = field(default_factory=lambda: [("", "", [])])
    people: list[Newcomer] = field(default_factory=list)

    def head(self, title: str, *, theme: bool) -> None:
        """Begin a theme or a question."""
        self.sections.append((title if theme else self.sections[-1][0], "" if theme else title, []))

    def add(self, note: str | Spoken) -> None:
        """Add a note under the current headings."""
        self.sections[-1][2].append(note)

    def file(self) -> NotesFile:
        """Return all that was told."""
        sections = tuple(Section(theme, question, tuple(notes)) for theme, question, notes in self.sections if notes)
        return NotesFile(sections=sections, people=tuple(self.people), **self.about)


class NotesReading:
    """Reads a document of notes, with what a person changed of it."""

    def __init__(self, document: FileText, content: PanelContent | None = None, choices: Choices = NO_CHOICES) -> None:
        """`content`: the panel for which it is read, whose members and guide are known."""
        self._document = document
        self._choices = choices
        self._known = name_index(content.panelists if content else ())
        self._titles = frozenset(_titles(content)) if content else frozenset()
        self._told = _Told()
        self._messages: list[str] = list(document.told)
        self._in_front = True
        self._list: Becomes | None = None
        self._speaker: Turn | None = None
        texts = [block.text for block in document.blocks if isinstance(block, TextBlock) and _is_text(block)]
        self._speakers = SpeakerReader([_unbulleted(text) for text in texts], self._known, _named(texts), self._titles)
        said = {
            at
            for at, block in enumerate(document.blocks)
            if isinstance(block, TextBlock) and _is_text(block) and self._is_said(block)
        }
        self._levels = heading_levels(document.blocks, said)
        self.lines = tuple(self._read())
        self.file = self._told.file()

    @property
    def look(self) -> Beforehand:
        """The look beforehand at it."""
        kinds = sorted({line.look for line in self.lines if line.look} | {line.becomes.value for line in self.lines})
        return Beforehand(
            self.lines, OFFERS, tuple(self._messages), self.newcomers_of(self.file), shape_of("document", kinds)
        )

    def newcomers_of(self, file: NotesFile) -> tuple[Newcomer, ...]:
        """Return who speaks or is listed in a file, and is no member, in the order of the file."""
        listed_people = {fold(person.name): person for person in file.people}
        spoken = (name for section in file.sections for note in section.spoken for name, _ in note.voices)
        named = distinct([*(person.name for person in file.people), *spoken])
        return tuple(
            listed_people.get(fold(name), Newcomer(name))
            for name in named
            if not self._known.meant(name) and not is_role(name) and not name.isdecimal()
        )

    def _is_said(self, block: TextBlock) -> bool:
        text = _unbulleted(block.text)
        turn = self._speakers.turn(text)
        return (
            bool(block.speaker or (turn and turn.speaker))
            or fact_in(text) is not None
            or _LIST.fullmatch(text) is not None
        )

    def _read(self) -> Iterator[FileLine]:
        number = 0
        for at, block in enumerate(self._document.blocks):
            if isinstance(block, Grid):
                lines = list(self._grid(block, number))
                yield from lines
                number += len(block.rows)
            else:
                yield self._paragraph(number, at, block)
                number += 1

    # Paragraphs

    def _paragraph(self, number: int, at: int, block: TextBlock) -> FileLine:
        level, look = self._levels.get(at, (block.level, block.look))
        chosen = self._choices.of(number, look)
        becomes = chosen or self._becomes(at, block, level)
        text, why = block.text, ""
        speaker = ""
        match becomes:
            case Becomes.OUT:
                why = block.left_out or (tr("zo gekozen") if chosen else tr("geen gegeven dat het programma kent"))
            case Becomes.TITLE:
                text = heading_text(text)
                self._told.about["title"] = text
            case Becomes.FACT:
                becomes, text = self._fact(block.text)
            case Becomes.PRESENT | Becomes.ABSENT:
                text = self._people(block.text, present=becomes is Becomes.PRESENT)
            case Becomes.THEME | Becomes.QUESTION:
                text = heading_text(text) if not block.level else " ".join(text.split())
                self._told.head(text, theme=becomes is Becomes.THEME)
                self._speaker = None
        if becomes is Becomes.NOTE:
            text, speaker = self._note(block)
        if becomes in (Becomes.NOTE, Becomes.THEME, Becomes.QUESTION):
            self._in_front = False
        return FileLine(number, (block.text,), becomes, text, why, look, speaker)

    def _becomes(self, at: int, block: TextBlock, level: int) -> Becomes:
        if block.left_out:
            return Becomes.OUT
        text = _unbulleted(block.text)
        if block.fact:
            return Becomes.FACT if fact_in(text) else Becomes.OUT
        if level and not (asked := self._list_of(text, heading=True)):
            if self._in_front and "title" not in self._told.about and level < 0:
                return Becomes.TITLE
            return Becomes.THEME if level < 2 else Becomes.QUESTION
        if level:
            self._list = asked
            return Becomes.OUT
        if self._list and (names_in(text) or block.item):
            return self._list if names_in(text) else Becomes.NOTE
        self._list = None
        if self._in_front and (people := self._list_of(text)):
            self._list = people
            return people if names_in(_after_label(text)) else Becomes.OUT
        if self._in_front and (fact := fact_in(text)) and fact[0] not in self._told.about and not self._speaks(text):
            return Becomes.FACT
        if self._in_front and at == 0 and self._is_title(text):
            return Becomes.TITLE
        return Becomes.NOTE

    def _list_of(self, text: str, *, heading: bool = False) -> Becomes | None:
        """Return whether a line begins a list of who is present, or absent."""
        match = _LIST.fullmatch(text)
        if match is None or (match[2] and not names_in(match[2])) or (not match[2] and not heading and ":" not in text):
            return None
        return Becomes.ABSENT if fold(match[1]).startswith(_ABSENT) else Becomes.PRESENT

    def _speaks(self, text: str) -> bool:
        """Return whether a line that looks like a fact is somebody's words: their label stands before others too."""
        turn = self._speakers.turn(text)
        return turn is not None and self._speakers.count(turn.speaker) > 1

    def _is_title(self, text: str) -> bool:
        if len(text) > _LONGEST_TITLE or text[-1] in ".;,?!" or "\n" in text or BULLET.match(text):
            return False
        below = self._document.blocks[1] if len(self._document.blocks) > 1 else None
        return isinstance(below, TextBlock) and not below.level and fact_in(below.text) is not None and ":" not in text

    def _fact(self, text: str) -> tuple[Becomes, str]:
        fact = fact_in(_unbulleted(text))
        if fact is None:
            return Becomes.NOTE, text
        name, value = fact
        self._told.about[name] = value
        return Becomes.FACT, text

    def _people(self, text: str, *, present: bool) -> str:
        bare_text = _unbulleted(text)
        names = names_in(_after_label(bare_text) if _LIST.fullmatch(bare_text) else bare_text) or [bare_text]
        names = list(map(_bare, names))
        self._told.people += [Newcomer(name, present) for name in names]
        return ", ".join(names)

    def _note(self, block: TextBlock) -> tuple[str, str]:
        """Add a note, and return its text and who says it."""
        text = _unbulleted(block.text)
        turn = Turn(block.speaker, text, block.at) if block.speaker or block.at else self._speakers.turn(text)
        if turn is None and self._speakers.above(text) and not BULLET.match(block.text):
            turn = Turn(text, "")
        if turn is not None and turn.speaker and not turn.text:
            # A name above its text: what follows is theirs.
            self._speaker = turn
            return "", turn.speaker
        above = self._speaker
        if turn is None and above is not None:
            turn = Turn(above.speaker, text, above.since, above.moment)
        elif turn is not None and turn.speaker:
            self._speaker = turn if turn.sure and "\n" in block.text else None
        if turn is None:
            self._told.add(block.text)
            return block.text, ""
        names = self._speakers.who(turn.speaker) if turn.speaker else ()
        voices = tuple((name, Stance.SAYS) for name in names)
        self._told.add(Spoken(turn.text, voices=voices, at=turn.moment, since=turn.since))
        return turn.text, ", ".join(names)

    # Tables

    def _grid(self, grid: Grid, number: int) -> Iterator[FileLine]:
        if self._in_front and _is_about(grid):
            yield from self._facts(grid, number)
            return
        source = source_of_rows("", grid.rows)
        if not source.has_words and "says" in source.meanings.values():
            yield from self._attendance(source, number)
            return
        if not source.has_words:
            source = TableSource("", grid.rows, 0 if looks_like_headings(grid.rows, 0) else None, {})
            yield from self._plain_rows(source, number)
            return
        size = len(grid.rows)
        lines = {at: b for at, b in self._choices.lines.items() if number <= at < number + size}
        read, table = source.read(Choices(lines), number)
        self._messages += table.told
        theme, question, _ = self._told.sections[-1]
        for file in table.files:
            for section in file.sections:
                place = (section.theme or theme, section.question or ("" if section.theme else question))
                self._told.sections.append((*place, list(section.items)))
        self._told.sections.append((theme, question, []))
        self._in_front = False
        yield from read

    def _facts(self, grid: Grid, number: int) -> Iterator[FileLine]:
        for at, row in enumerate(grid.rows):
            cells = tuple(" ".join(cell.split()) for cell in row)
            text = ": ".join(filter(None, cells))
            becomes, why = self._choices.of(number + at) or Becomes.FACT, ""
            if becomes is Becomes.FACT and fact_in(text):
                becomes, text = self._fact(text)
            elif becomes is Becomes.FACT and (people := self._list_of(text)):
                becomes, text = people, self._people(text, present=people is Becomes.PRESENT)
            elif becomes is Becomes.FACT and len([cell for cell in cells if cell]) < 2:
                becomes, why = Becomes.OUT, tr("niet ingevuld")
            elif becomes in (Becomes.FACT, Becomes.NOTE):
                becomes = Becomes.NOTE
                self._told.add(text)
            yield FileLine(number + at, cells, becomes, text, why)

    def _attendance(self, source: TableSource, number: int) -> Iterator[FileLine]:
        column = next(at for at, name in source.meanings.items() if name == "says")
        for at, row in enumerate(source.rows):
            cells = tuple(" ".join(cell.split()) for cell in row)
            becomes = self._choices.of(number + at) or (
                Becomes.HEADINGS
                if at == source.header
                else Becomes.PRESENT
                if cells[column : column + 1] != ("",)
                else Becomes.OUT
            )
            text = (
                self._people(cells[column], present=becomes is Becomes.PRESENT)
                if becomes in (Becomes.PRESENT, Becomes.ABSENT)
                else ""
            )
            yield FileLine(number + at, cells, becomes, text)

    def _plain_rows(self, source: TableSource, number: int) -> Iterator[FileLine]:
        for at, row in enumerate(source.rows):
            cells = tuple(" ".join(cell.split()) for cell in row)
            text = " – ".join(cell for _, cell in filled(cells))
            if not text:
                continue
            becomes = self._choices.of(number + at) or (Becomes.HEADINGS if at == source.header else Becomes.NOTE)
            if becomes is Becomes.NOTE:
                self._told.add(Spoken(text))
                self._in_front = False
            yield FileLine(number + at, cells, becomes, text if becomes is Becomes.NOTE else "")


def _is_text(block: TextBlock) -> bool:
    return not block.level and not block.left_out and not block.fact


def _unbulleted(text: str) -> str:
    return re.sub(r"^(?:[-*•–]|[0-9]{1,3}\.)[ \t\u00a0]+(?=\S)", "", text.strip())


def _after_label(text: str) -> str:
    match = _LIST.fullmatch(text)
    return (match[2] or "") if match else text


def _named(texts: list[str]) -> list[str]:
    """Return the names in lists of who is present or absent."""
    return [_bare(name) for text in texts if _LIST.fullmatch(text) for name in names_in(_after_label(text))]


def _bare(name: str) -> str:
    """Return a name without the initials in brackets behind it."""
    return re.sub(r"\s*\([A-Za-z.]{1,5}\)$", "", name)


def _titles(content: PanelContent) -> Iterator[str]:
    for theme in content.guide.themes:
        yield fold_title(theme.title)
        yield fold_title(theme.short_title)
        for question in theme.questions:
            yield fold_title(question.text)
            yield fold_title(question.question.short_text)


def _is_about(grid: Grid) -> bool:
    """Return whether a table lists words with their values, of which one at least is a fact about a panel."""
    rows = [filled(row) for row in grid.rows]
    return all(len(row) <= 2 for row in rows) and any(
        len(row) == 2 and fact_in(f"{row[0][1].strip(' :')}: {row[1][1]}") is not None for row in rows
    )


def read_notes(text: str) -> NotesFile:
    """Read notes from the text of a file or a paste. Any text is valid; notes without a heading have empty titles."""
    return NotesReading(plain_document(text)).file


def read_notes_file(path: Path) -> NotesFile:
    """Read a file of notes in any encoding.

    Raises:
        ExchangeError: it can't be read, or is no text.
    """
    return read_notes(read_text(path))
