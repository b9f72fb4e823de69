"""The content of a file of notes: notes by place, as written or as somebody said them, not yet matched to a guide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sto_desktop.domain.vocabulary import Aspect, NoteKind, Stance
from sto_desktop.exchange.files.look import Newcomer

UNASSIGNED = "Niet ingedeeld"
"""The heading of notes without a question."""

MARK_WORDS = {"star": "ster", "parked": "geparkeerd", "set_aside": "opzijgelegd"}
"""What else a file may say of a note, yes or no, with the word for it in tables and projects."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A note whose properties are given separately in the file. Its text is literal, not in the capture language.

    `voices` are members by name or id. `row`: the id for the note; if empty, it is derived from place and words.
    `typed`: the text is in the capture language after all; its properties are added to the other fields. `since`: when
    it was said, since the start; `due`: by when an action is done, as written. `after`: where it may go on with
    the words before it, who said these, as far as known; if they do not take part, it is not noted. `signed`: who
    signed the letter in which it may stand; the same holds for them.
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
    since: dt.timedelta | None = None
    owner: str = ""
    due: str = ""
    answer: str = ""
    after: tuple[str, ...] | None = None
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The notes under one pair of headings, in order: as written in the file, with bullet, or by property."""

    theme: str
    question: str
    items: tuple[str | Spoken, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes as written."""
        return tuple(item for item in self.items if isinstance(item, str))

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """The notes by property."""
        return tuple(item for item in self.items if isinstance(item, Spoken))


@dataclass(frozen=True, slots=True)
class Concluded:
    """An insight or (`recommends`) a recommendation, with the words of the notes and insights on which it rests.

    `against`: insights against it; `plan`: fields of a recommendation with their values.
    """

    text: str
    recommends: bool = False
    panel: str = ""
    subregion: str = ""
    theme: str = ""
    question: str = ""
    aspect: Aspect | None = None
    themes: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    plan: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class NotesFile:
    """The content of a file of notes, not yet matched to a guide. `people`: who is listed as present or absent."""

    title: str = ""
    date: dt.date | None = None
    start: dt.time | None = None
    place: str = ""
    moderator: str = ""
    note_taker: str = ""
    subregion: str = ""
    sections: tuple[Section, ...] = ()
    people: tuple[Newcomer, ...] = ()
    findings: tuple[Concluded, ...] = ()
