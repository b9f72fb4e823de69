"""The code book of a REFI-QDA file: themes with their questions, and groups for what else a note says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.exchange.notes.notes_file import UNASSIGNED
from sto_desktop.exchange.out.outgoing import Outgoing
from sto_desktop.exchange.refi.refi_xml import Names, add, refi_guid

KINDS = "Soort"
LABELS = "Labels"
MARKS = "Kenmerken"
STANCES = {stance: stance.word.capitalize() for stance in Stance if stance is not Stance.SAYS}
BY_QUESTION = " (volgens de vraag)"
"""Behind a kind that nobody confirmed: the note has it from its question."""

MARK_WORDS = {"star": "ster", "parked": "geparkeerd", "set_aside": "opzijgelegd"}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass
class _Code:
    """A code and those under it, by GUID; what has none under it is what selections are coded with."""

    name: str
    codable: bool = True
    about: str = ""
    colour: str = ""
    under: dict[str, _Code] = field(default_factory=dict)


class CodeBook:
    """Everything that notes of panels can be coded with."""

    def __init__(self, panels: Sequence[Outgoing]) -> None:
        self._names = Names({name.casefold() for name in (KINDS, LABELS, MARKS, *STANCES.values(), UNASSIGNED)})
        self._codes: dict[str, _Code] = {}
        for panel in panels:
            self._add_guide(panel)
        for panel in panels:
            for note in panel.notes():
                for _ in self.codes_of(panel, note):
                    pass

    def _add_guide(self, panel: Outgoing) -> None:
        guide = panel.content.guide
        for theme in guide.themes:
            if not theme.questions:
                continue
            row = refi_guid("theme", theme.id)
            if row not in self._codes:
                title = self._names.free(_line(theme.title) or "Thema", _line(guide.guide.name) or "andere leidraad")
                self._codes[row] = _Code(title, False, theme.theme.script.strip())
            above = self._codes[row]
            for item in theme.questions:
                code = refi_guid("question", item.id)
                if code not in above.under:
                    # The guide's words, not those of one panel: the code is there for all of them.
                    text = _line(item.question.text) or _line(item.question.short_text) or "Vraag"
                    above.under[code] = _Code(self._names.free(text, above.name))

    def _in_group(self, group: str, what: str, key: str, name: str, **more: Any) -> str:
        """Return the GUID of a code in a group; both are made where they are not there yet."""
        row, code = refi_guid("group", group), refi_guid(what, key)
        above = self._codes.setdefault(row, _Code(group, more.pop("codable", False)))
        if code not in above.under:
            above.under[code] = _Code(self._names.free(_line(name), group.lower()), **more)
        return code

    def code_of_question(self, panel: Outgoing, question: str | None) -> str | None:
        """Return the code of a question; None where the panel's guide doesn't have it."""
        return refi_guid("question", question) if question and panel.content.guide.question(question) else None

    def codes_of(self, panel: Outgoing, note: NoteContent) -> Iterator[str]:
        """Yield the GUIDs of the codes of a note, each once."""
        yield from dict.fromkeys(self._codes_of(panel, note))

    def _codes_of(self, panel: Outgoing, note: NoteContent) -> Iterator[str]:
        question = self.code_of_question(panel, note.question)
        if question:
            yield question
        elif heading := _line(note.note.heading):
            yield self._in_group(UNASSIGNED, "heading", heading, heading, codable=True)
        else:
            row = refi_guid("group", UNASSIGNED)
            self._codes.setdefault(row, _Code(UNASSIGNED))
            yield row
        kind = panel.kind(note)
        said = kind.word + (BY_QUESTION if note.inherited else "")
        yield self._in_group(KINDS, "kind", said, said)
        for tag in note.tags:
            if _line(tag.name):
                colour = tag.colour if _COLOUR.fullmatch(tag.colour) else ""
                yield self._in_group(LABELS, "tag", tag.id, tag.name, colour=colour)
        for name, said in MARK_WORDS.items():
            if getattr(note.note, name):
                yield self._in_group(MARKS, "mark", name, said)
        for stance, group in STANCES.items():
            for who in note.panelists(stance):
                if called := _line(panel.called(who)):
                    yield self._in_group(group, stance.value, called, called)

    def write(self, parent: Any) -> Any:
        """Add the element `CodeBook` under another and return it; nothing where there are no codes."""
        if not self._codes:
            return None
        book = add(parent, "CodeBook")
        codes = add(book, "Codes")
        for guid, code in self._codes.items():
            _write(codes, guid, code)
        return book


def _write(parent: Any, guid: str, code: _Code) -> None:
    codable = "true" if code.codable else "false"
    element = add(parent, "Code", guid=guid, name=code.name, isCodable=codable, color=code.colour)
    if code.about:
        add(element, "Description", code.about)
    for below, one in code.under.items():
        _write(element, below, one)


def _line(text: str) -> str:
    return " ".join(text.split())
