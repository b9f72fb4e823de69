"""The code book of a REFI-QDA file: themes with their questions, and groups for the other properties of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sto_desktop.domain.actions.notes import tag_id
from sto_desktop.domain.dutch import one_line
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.exchange.notes.lines.spoken import MARK_WORDS, UNASSIGNED
from sto_desktop.exchange.out.outgoing import Outgoing
from sto_desktop.exchange.refi.refi_xml import UniqueNames, add, refi_guid

KINDS = "Soort"
LABELS = "Labels"
MARKS = "Kenmerken"
STANCES = {stance: stance.word.capitalize() for stance in Stance if stance is not Stance.SAYS}
SPEAKERS = "Zegt"
"""The group of codes that have the GUID of a case: QualCoder links what a person said only by such a code."""
BY_QUESTION = " (volgens de vraag)"
"""Suffix of a kind that nobody confirmed: the note inherits it from its question."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass
class _Code:
    """A code and those under it, by GUID."""

    name: str
    codable: bool = True
    about: str = ""
    colour: str = ""
    under: dict[str, _Code] = field(default_factory=dict)


class CodeBook:
    """All codes for the notes of panels."""

    def __init__(self, panels: Sequence[Outgoing]) -> None:
        # Reserved, so that no theme or question gets the name of a group.
        groups = (KINDS, LABELS, MARKS, *STANCES.values(), UNASSIGNED, SPEAKERS)
        self._names = UniqueNames({name.casefold() for name in groups})
        self._codes: dict[str, _Code] = {}
        for panel in panels:
            self._add_guide(panel)
        for panel in panels:
            for note in panel.notes():
                # Adds the codes of all notes, so that the code book is complete before it is written.
                for _ in self.codes_of(panel, note):
                    pass

    def _add_guide(self, panel: Outgoing) -> None:
        guide = panel.content.guide
        for theme in guide.themes:
            if not theme.questions:
                continue
            row = refi_guid("theme", theme.id)
            if row not in self._codes:
                title = self._names.free(
                    one_line(theme.title) or "Thema", one_line(guide.guide.name) or "andere leidraad"
                )
                self._codes[row] = _Code(title, False, theme.theme.script.strip())
            above = self._codes[row]
            for question in theme.questions:
                code = refi_guid("question", question.id)
                if code not in above.under:
                    # The guide's own wording and not that of one panel, since all panels share the code.
                    text = one_line(question.question.text) or one_line(question.question.short_text) or "Vraag"
                    above.under[code] = _Code(self._names.free(text, above.name))

    def _in_group(self, group: str, table: str, key: str, name: str, **more: Any) -> str:
        """Return the GUID of a code in a group; code and group are added if missing."""
        row, code = refi_guid("group", group), refi_guid(table, key)
        above = self._codes.setdefault(row, _Code(group, more.pop("codable", False)))
        if code not in above.under:
            above.under[code] = _Code(self._names.free(one_line(name), group.lower()), **more)
        return code

    def add_speaker(self, case: str, name: str) -> str:
        """Add the code of a case, which has its GUID, and return that."""
        above = self._codes.setdefault(refi_guid("group", SPEAKERS), _Code(SPEAKERS, False))
        if case not in above.under:
            above.under[case] = _Code(self._names.free(one_line(name), SPEAKERS.lower()))
        return case

    def code_of_question(self, panel: Outgoing, question: str | None) -> str | None:
        """Return the GUID of the code of a question; None if the panel's guide doesn't have the question."""
        return refi_guid("question", question) if question and panel.content.guide.question(question) else None

    def codes_of(self, panel: Outgoing, note: NoteContent) -> Iterator[str]:
        """Yield the GUIDs of the codes of a note, each once."""
        yield from dict.fromkeys(self._codes_of(panel, note))

    def _codes_of(self, panel: Outgoing, note: NoteContent) -> Iterator[str]:
        question = self.code_of_question(panel, note.question)
        if question:
            yield question
        elif heading := one_line(note.note.heading):
            yield self._in_group(UNASSIGNED, "heading", heading, heading, codable=True)
        else:
            row = refi_guid("group", UNASSIGNED)
            self._codes.setdefault(row, _Code(UNASSIGNED))
            yield row
        kind = panel.kind(note)
        label = kind.word + (BY_QUESTION if note.inherited else "")
        yield self._in_group(KINDS, "kind", label, label)
        for tag in note.tags:
            if one_line(tag.name):
                colour = tag.colour if _COLOUR.fullmatch(tag.colour) else ""
                # Not the label's own id, which derives from a name that may have been replaced here.
                yield self._in_group(LABELS, "tag", tag_id(tag.name), tag.name, colour=colour)
        for name, label in MARK_WORDS.items():
            if getattr(note.note, name):
                yield self._in_group(MARKS, "mark", name, label)
        for stance, group in STANCES.items():
            for panelist in note.panelists(stance):
                if called := one_line(panel.called(panelist)):
                    yield self._in_group(group, stance.value, called, called)

    def write(self, parent: Any) -> Any:
        """Add the element `CodeBook` under another and return it; None, and nothing added, if there are no codes."""
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
    for below, child in code.under.items():
        _write(element, below, child)
