"""The look beforehand: what each line or row of a file becomes, and what a person changes of it before it comes in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from sto_desktop.domain.people import fold
from sto_desktop.language import listed, tr, tr_later


class Becomes(StrEnum):
    """What a line or row of a file becomes."""

    MEMBER = "MEMBER"
    TITLE = "TITLE"
    FACT = "FACT"
    PRESENT = "PRESENT"
    ABSENT = "ABSENT"
    THEME = "THEME"
    QUESTION = "QUESTION"
    PROBE = "PROBE"
    SCRIPT = "SCRIPT"
    NOTE = "NOTE"
    INSIGHT = "INSIGHT"
    RECOMMENDATION = "RECOMMENDATION"
    HEADINGS = "HEADINGS"
    OUT = "OUT"

    @property
    def word(self) -> str:
        """Its word on the screen and in the account."""
        return tr(_WORDS[self])


_WORDS: Mapping[Becomes, str] = {
    Becomes.MEMBER: tr_later("panellid"),
    Becomes.TITLE: tr_later("titel"),
    Becomes.FACT: tr_later("gegeven"),
    Becomes.PRESENT: tr_later("aanwezig"),
    Becomes.ABSENT: tr_later("afwezig"),
    Becomes.THEME: tr_later("thema"),
    Becomes.QUESTION: tr_later("vraag"),
    Becomes.PROBE: tr_later("doorvraag"),
    Becomes.SCRIPT: tr_later("toelichting"),
    Becomes.NOTE: tr_later("notitie"),
    Becomes.INSIGHT: tr_later("inzicht"),
    Becomes.RECOMMENDATION: tr_later("aanbeveling"),
    Becomes.HEADINGS: tr_later("koppen van de tabel"),
    Becomes.OUT: tr_later("niet overnemen"),
}


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line or row of a file and what it becomes.

    `number`: its place in the file, by which a choice refers to it. `cells`: what stands there, one text for a line.
    `text`: what comes of it, in words; `why`: why it is left out. `look`: how it stands out, by which lines are alike.
    """

    number: int
    cells: tuple[str, ...]
    becomes: Becomes
    text: str = ""
    why: str = ""
    look: str = ""
    speaker: str = ""

    @property
    def shown(self) -> str:
        """What stands in the file, as one text."""
        return " | ".join(filter(None, self.cells))

    @property
    def result(self) -> str:
        """What comes of it, in words: the text with who says it, or why it is left out."""
        if self.becomes is Becomes.OUT:
            return self.why
        text = f"{self.speaker}: {self.text}" if self.speaker and self.text else self.speaker or self.text
        return f"{text} ({self.why})" if self.why and text else text or self.why


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person changed: of lines by number, of all lines that look alike, and of columns by index.

    `columns`: the meaning of every column, empty for none; None: as the program reads them.
    """

    lines: Mapping[int, Becomes] = field(default_factory=lambda: MappingProxyType({}))
    looks: Mapping[str, Becomes] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[int, str] | None = None

    def of(self, number: int, look: str = "") -> Becomes | None:
        """Return what a person made of a line; None if they left it."""
        return self.lines.get(number) or (self.looks.get(look) if look else None)

    def with_lines(self, numbers: Iterable[int], becomes: Becomes) -> Choices:
        """Return the choices with these lines changed."""
        return Choices({**self.lines, **dict.fromkeys(numbers, becomes)}, self.looks, self.columns)


NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who speaks in a file or stands in its list of those present, and is no member."""

    name: str
    present: bool = True


@dataclass(frozen=True, slots=True)
class Beforehand:
    """A file as it would come in. `offers`: what its lines can become; `told`: what was not read, in sentences.

    `newcomers`: who could be made a member. `shape`: equal for files of the same shape, without a word of them.
    """

    lines: tuple[FileLine, ...]
    offers: tuple[Becomes, ...]
    told: tuple[str, ...] = ()
    newcomers: tuple[Newcomer, ...] = ()
    shape: str = ""

    def left_out(self) -> Iterator[str]:
        """Yield which lines are not taken over, and why, in sentences."""
        shown: dict[str, list[str]] = {}
        for line in self.lines:
            if line.becomes is Becomes.OUT:
                shown.setdefault(line.why, []).append(f"«{_shortened(line.shown)}»")
        for why, texts in shown.items():
            more = len(texts) - _MOST_NAMED
            names = texts[:_MOST_NAMED] + ([tr("{n} andere regels", n=more)] if more > 0 else [])
            yield tr("Niet overgenomen: {texts} ({why}).", texts=listed(names), why=why)


_MOST_NAMED = 4
_MOST_LETTERS = 60


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"


def shape_of(kind: str, words: Iterable[str]) -> str:
    """Return a name for the shape of a file: a hash, so that the settings hold no word of it."""
    told = "\x1f".join((kind, *map(fold, words)))
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def stored(choices: Choices, look: Beforehand) -> dict[str, str]:
    """Return what is remembered of choices for files of the same shape: of lines by how they look, or by their number
    within the first rows, and of columns.
    """
    looks = dict(choices.looks)
    by_number = {line.number: line for line in look.lines}
    lines = {}
    for number, becomes in choices.lines.items():
        line = by_number.get(number)
        if line is not None and line.look:
            looks[line.look] = becomes
        elif becomes is Becomes.HEADINGS:
            lines[number] = becomes
    return {
        **{f"look {shown}": becomes.value for shown, becomes in looks.items()},
        **{f"line {number}": becomes.value for number, becomes in lines.items()},
        **{f"column {at}": meaning for at, meaning in (choices.columns or {}).items()},
    }


def restored(values: Mapping[str, str]) -> Choices:
    """Return the choices that `stored` returned; what makes no sense is left out."""
    lines: dict[int, Becomes] = {}
    looks: dict[str, Becomes] = {}
    columns: dict[int, str] = {}
    for name, value in values.items():
        kind, _, what = name.partition(" ")
        if kind == "column" and what.isdecimal():
            columns[int(what)] = value
        elif value in list(Becomes) and kind == "look":
            looks[what] = Becomes(value)
        elif value in list(Becomes) and kind == "line" and what.isdecimal():
            lines[int(what)] = Becomes(value)
    return Choices(lines, looks, columns or None)
