"""Notes as Markdown: a heading a theme (`##`), a heading a question (`###`), a bullet a note in the capture language.

In front stand the title (`#`) and lines such as "Datum: 2023-02-14". A line that is indented under a bullet goes on
with its note. A plain line is a note too, and so is a bullet under a bullet: nothing that was written is dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sto_desktop.domain.people import fold
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.typed import read_begin, read_date
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.exchange.files.text_file import read_text

UNASSIGNED = "Niet ingedeeld"
"""The heading over notes that stand under no question."""

_HEADING = re.compile(r"(#{2,6})\s*(.*?)\s*#*|(#)\s+(.*?)\s*#*")
_BULLET = re.compile(r"(?:[-*•–]|[0-9]{1,3}\.)[ \t\u00a0]+\S")
_EMPTY_BULLET = re.compile(r"[-*•–]|[0-9]{1,3}\.")
_RULE = re.compile(r"([-*_=])(?:[ \t]*\1){2,}")
_ABOUT = re.compile(r"[-*•–\s_]*(\w+)[*_\s]*:[*_\s]*(.+?)[*_\s]*")
_WRAPPED_AT = 60
_ENDS = ".!?…:;”\"')"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A note of which a file tells the parts one by one: its words are as they are, not in the capture language.

    `voices` are members by name or id. `row`: the id that it gets; empty: one that follows from place and words.
    `typed`: its words are in the capture language all the same, and what they tell comes on top.
    """

    text: str
    kind: NoteKind | None = None
    voices: tuple[tuple[str, Stance], ...] = ()
    tags: tuple[str, ...] = ()
    star: bool = False
    parked: bool = False
    set_aside: bool = False
    at: dt.datetime | None = None
    row: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The notes under one pair of headings: each as it stands in the file, with its bullet, or in its parts."""

    theme: str
    question: str
    items: tuple[str, ...] = ()
    spoken: tuple[Spoken, ...] = ()


@dataclass(frozen=True, slots=True)
class NotesFile:
    """A file of notes, before anything in it has found its place."""

    title: str = ""
    date: dt.date | None = None
    start: dt.time | None = None
    place: str = ""
    moderator: str = ""
    note_taker: str = ""
    subregion: str = ""
    sections: tuple[Section, ...] = ()


_FIELDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "datum": ("date", read_date),
    "begin": ("start", read_begin),
    "aanvang": ("start", read_begin),
    "tijd": ("start", read_begin),
    "locatie": ("place", str),
    "plaats": ("place", str),
    "gespreksleider": ("moderator", str),
    "notulist": ("note_taker", str),
    "subregio": ("subregion", str),
}


class NotesReader:
    """Reads line by line, or piece by piece; holds the open note and the headings that it stands under."""

    def __init__(self) -> None:
        self.title = ""
        self.about: dict[str, Any] = {}
        self.sections: list[tuple[str, str, list[str]]] = [("", "", [])]
        self._item: list[str] = []
        self._blank = 0
        self._in_front = True

    def file(self) -> NotesFile:
        """Return everything that was read."""
        self.close_item()
        sections = tuple(Section(theme, question, tuple(items)) for theme, question, items in self.sections if items)
        return NotesFile(title=self.title, sections=sections, **self.about)

    def close_item(self) -> None:
        """Keep the note that was open."""
        if self._item:
            self.sections[-1][2].append("\n".join(self._item))
        self._item = []

    def line(self, line: str) -> None:
        """Take in one line."""
        stripped = line.strip()
        if not stripped:
            self._blank += 1
            return
        inside = line[0].isspace() and bool(self._item)
        if _BULLET.match(stripped):
            self._start(stripped)
        elif inside:
            self._item += [""] * self._blank + [stripped]
        elif found := _HEADING.fullmatch(stripped):
            self.heading(len(found[1] or found[3]), (found[2] or found[4] or "").strip())
        elif _RULE.fullmatch(stripped) or _EMPTY_BULLET.fullmatch(stripped):
            self.close_item()
        elif self._item and not self._blank and _wraps(self._item[-1], stripped):
            self._item.append(stripped)
        else:
            self._start(stripped)
        self._blank = 0

    def _start(self, text: str) -> None:
        self.close_item()
        if self._in_front and self._tell(text):
            return
        self._item = [text]
        if _BULLET.match(text):
            self._in_front = False

    def _tell(self, text: str) -> bool:
        """Take a line such as "Datum: 14 februari 2023" for what it says of the panel."""
        found = _ABOUT.fullmatch(text)
        name, read = _FIELDS.get(fold(found[1]) if found else "", ("", str))
        if not found or not name or name in self.about:
            return False
        value = read(found[2].strip())
        if value in (None, ""):
            return False
        self.about[name] = value
        return True

    def paragraph(self, text: str) -> None:
        """Take in a note that is whole, with line breaks of its own; or what is said of the panel in front."""
        if text.strip():
            self._start(text.strip())
            self.close_item()

    def heading(self, level: int, title: str) -> None:
        """Take in a heading: 1 is the title where it stands in front, up to 2 a theme, deeper a question."""
        self.close_item()
        if level == 1 and self._in_front and not self.title:
            self.title = title
            return
        self._in_front = False
        if level <= 2:
            self.sections.append((title, "", []))
        else:
            self.sections.append((self.sections[-1][0], title, []))


def _wraps(before: str, line: str) -> bool:
    """Tell whether a line goes on with the sentence of a long line before it, as some editors break them."""
    if len(before) < _WRAPPED_AT or before[-1] in _ENDS or not line[0].islower():
        return False
    return before.rsplit(maxsplit=1)[-1][0] not in "@#"


def read_notes(text: str) -> NotesFile:
    """Read a file of notes, or a paste of it. Any text is one; what stands under no heading has empty titles."""
    reader = NotesReader()
    for line in clean_text(text.removeprefix("\ufeff")).split("\n"):
        reader.line(line)
    return reader.file()


def read_notes_file(path: Path) -> NotesFile:
    """Read a file of notes in whatever encoding.

    Raises:
        ExchangeError: it can't be read, or is no text.
    """
    return read_notes(read_text(path))
