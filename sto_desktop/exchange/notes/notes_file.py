"""Reads notes from Markdown: `##` is a theme, `###` a question, each bullet a note in the capture language.

The file starts with the title (`#`) and lines such as "Datum: 2023-02-14". A line indented under a bullet continues
its note. A plain line is a note too, and so is a nested bullet: no text is dropped but a comment (`<!-- … -->`) that
is a line of its own, which Markdown doesn't show either.
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
"""The heading of notes without a question."""

MARK_WORDS = {"star": "ster", "parked": "geparkeerd", "set_aside": "opzijgelegd"}
"""What else a file may say of a note, yes or no, with the word for it in tables and projects."""

_HEADING = re.compile(r"(#{2,6})\s*(.*?)\s*#*|(#)\s+(.*?)\s*#*")
_BULLET = re.compile(r"(?:[-*•–]|[0-9]{1,3}\.)[ \t\u00a0]+\S")
_EMPTY_BULLET = re.compile(r"[-*•–]|[0-9]{1,3}\.")
_COMMENT = re.compile(r"<!--.*-->")
# A Markdown rule (---, ***, ===) separates notes and is no note itself.
_RULE = re.compile(r"([-*_=])(?:[ \t]*\1){2,}")
# "Datum: 2023-02-14", possibly in a list or in bold.
_ABOUT = re.compile(r"[-*•–\s_]*(\w+)[*_\s]*:[*_\s]*(.+?)[*_\s]*")
# Characters: a line this long was probably broken by wrapping; a shorter one ended on purpose.
_WRAPPED_AT = 60
_ENDS = ".!?…:;”\"')"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A note whose properties are given separately in the file. Its text is literal, not in the capture language.

    `voices` are members by name or id. `row`: the id for the note; if empty, it is derived from place and words.
    `typed`: the text is in the capture language after all; its properties are added to the other fields.
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
    """The notes under one pair of headings: `items` as written in the file, with bullet; `spoken` by property."""

    theme: str
    question: str
    notes: tuple[str, ...] = ()
    spoken: tuple[Spoken, ...] = ()


@dataclass(frozen=True, slots=True)
class NotesFile:
    """The content of a file of notes, not yet matched to a guide."""

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
    """Reads line by line, or by paragraphs and headings; holds the current note and its headings."""

    def __init__(self) -> None:
        self.title = ""
        self.about: dict[str, Any] = {}
        self.sections: list[tuple[str, str, list[str]]] = [("", "", [])]
        self._lines: list[str] = []
        self._blank = 0
        self._in_front = True

    def file(self) -> NotesFile:
        """Return all notes read so far."""
        self.close_item()
        sections = tuple(Section(theme, question, tuple(notes)) for theme, question, notes in self.sections if notes)
        return NotesFile(title=self.title, sections=sections, **self.about)

    def close_item(self) -> None:
        """End the current note, if any."""
        if self._lines:
            self.sections[-1][2].append("\n".join(self._lines))
        self._lines = []

    def line(self, line: str) -> None:
        """Read one line."""
        stripped = line.strip()
        if not stripped:
            self._blank += 1
            return
        # An indented line belongs to the note above it, whatever it starts with, except for a bullet.
        inside = line[0].isspace() and bool(self._lines)
        if _BULLET.match(stripped):
            self._start(stripped)
        elif inside:
            self._lines += [""] * self._blank + [stripped]
        elif heading := _HEADING.fullmatch(stripped):
            self.heading(len(heading[1] or heading[3]), (heading[2] or heading[4] or "").strip())
        elif _COMMENT.fullmatch(stripped) or _RULE.fullmatch(stripped) or _EMPTY_BULLET.fullmatch(stripped):
            self.close_item()
        # Without a blank line in between, it may be the second half of a wrapped line.
        elif self._lines and not self._blank and _wraps(self._lines[-1], stripped):
            self._lines.append(stripped)
        else:
            self._start(stripped)
        self._blank = 0

    def _start(self, text: str) -> None:
        self.close_item()
        if self._in_front and self._tell(text):
            return
        self._lines = [text]
        if _BULLET.match(text):
            self._in_front = False

    def _tell(self, text: str) -> bool:
        """Read a line such as "Datum: 14 februari 2023" as a field of the panel; return whether it was one."""
        match = _ABOUT.fullmatch(text)
        name, read = _FIELDS.get(fold(match[1]) if match else "", ("", str))
        if not match or not name or name in self.about:
            return False
        value = read(match[2].strip())
        if value in (None, ""):
            return False
        self.about[name] = value
        return True

    def paragraph(self, text: str) -> None:
        """Read a complete note, which may have line breaks, or before the first note a field of the panel."""
        if text.strip():
            self._start(text.strip())
            self.close_item()

    def heading(self, level: int, title: str) -> None:
        """Read a heading: level 1 at the start is the title, else 1 and 2 are themes, deeper levels questions."""
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
    """Return whether a line continues the sentence of a long line before it, as in hard-wrapped text."""
    if len(before) < _WRAPPED_AT or before[-1] in _ENDS or not line[0].islower():
        return False
    # Names and labels end a note, so the line after one starts a new note.
    return before.rsplit(maxsplit=1)[-1][0] not in "@#"


def read_notes(text: str) -> NotesFile:
    """Read notes from the text of a file or a paste. Any text is valid; notes without a heading have empty titles."""
    reader = NotesReader()
    for line in clean_text(text.removeprefix("\ufeff")).split("\n"):
        reader.line(line)
    return reader.file()


def read_notes_file(path: Path) -> NotesFile:
    """Read a file of notes in any encoding.

    Raises:
        ExchangeError: it can't be read, or is no text.
    """
    return read_notes(read_text(path))
