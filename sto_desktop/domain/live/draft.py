"""The line being typed during a conversation, and the note that it becomes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sto_desktop.domain.capture.chips import NO_CHIPS, Chips
from sto_desktop.domain.capture.language import PARK_SIGN, SIGNS, Captured, parse
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.model import Note, Panelist, Tag, Voice
from sto_desktop.domain.panel.content import NoteContent, as_typed
from sto_desktop.domain.record import DELETED
from sto_desktop.domain.typed import read_moment
from sto_desktop.domain.vocabulary import Mark, NoteKind, Stance
from sto_desktop.json_text import read_json


@dataclass(frozen=True, slots=True)
class Draft:
    """The line being typed, stored so that it survives a crash.

    `question`: where its first character was typed. `speaker`: the member chosen by seat; `carried`: who was not chosen
    for this line, but spoke before or has the turn, and is overridden by a speaker in the line. `note`: the id that the
    note will get; if a note with it exists, the draft was already saved and is discarded. `marks`: set by keys.
    `chips`: of a note taken back. `waiting`: earlier notes that the disk refused; `entered`: when Enter was pressed for
    one of these.
    """

    text: str = ""
    question: str | None = None
    quote: bool = False
    speaker: str | None = None
    note: str = ""
    marks: tuple[Mark, ...] = ()
    carried: bool = False
    chips: Chips = NO_CHIPS
    waiting: tuple[Draft, ...] = ()
    entered: dt.datetime | None = None

    @classmethod
    def begun(cls, question: str | None, speaker: str | None = None) -> Draft:
        """Return an empty line under a question; `speaker`: the current speaker, carried over."""
        return cls(question=question, speaker=speaker, note=new_id(), carried=speaker is not None)

    def with_speaker(self, captured: Captured) -> Captured:
        """Return the captured line with the chosen speaker added to its voices."""
        named = any(stance is Stance.SAYS for _, stance in captured.voices)
        return said_by(captured, None if self.carried and named else self.speaker)

    def marked(self, mark: Mark) -> Draft:
        """Return the draft after the key of a mark, which takes it away again. Being important goes with each of the
        others; these replace each other.
        """
        marks = {other for other in self.marks if other is mark or Mark.IMPORTANT in (other, mark)} ^ {mark}
        return replace(self, marks=tuple(each for each in Mark if each in marks))

    def encode(self) -> str:
        """Return the draft as JSON; empty if there is nothing to keep."""
        if not self.text and self.chips == NO_CHIPS and not self.waiting:
            return ""
        return json.dumps(
            {
                "text": self.text,
                "question": self.question,
                "quote": self.quote,
                "speaker": self.speaker,
                "note": self.note,
                "marks": self.marks,
                "carried": self.carried,
                "chips": self.chips.encode(),
                "waiting": [draft.encode() for draft in self.waiting],
                "entered": self.entered.isoformat() if self.entered else None,
            },
            ensure_ascii=False,
        )

    @classmethod
    def decode(cls, content: str) -> Draft | None:
        """Read what `encode` wrote. Other content is treated as text that was typed; None if empty."""
        if not content.strip():
            return None
        raw = _read(content)
        if raw is None:
            return cls(content, note=new_id())

        def text_of(name: str) -> str | None:
            # JSON `null` and a wrong type count as absent: drafts may come from another version.
            value = raw.get(name)
            return value if isinstance(value, str) and value else None

        chips = Chips.decode(raw.get("chips"))
        listed = raw.get("waiting")
        refused = [cls.decode(draft) for draft in listed if isinstance(draft, str)] if isinstance(listed, list) else []
        waiting = tuple(draft for draft in refused if draft is not None)
        if not raw["text"] and chips == NO_CHIPS and not waiting:
            return None
        # An older version kept one.
        listed_marks = raw.get("marks")
        marks = listed_marks if isinstance(listed_marks, list) else [raw.get("mark")]
        return cls(
            raw["text"],
            text_of("question"),
            raw.get("quote") is True,
            text_of("speaker"),
            text_of("note") or new_id(),
            tuple(mark for mark in Mark if mark in marks),
            raw.get("carried") is True,
            chips,
            waiting,
            read_moment(text_of("entered") or ""),
        )


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """A note that is being corrected, stored so that the text survives a crash.

    `chips`: what the line has besides its text; `had`: what the note had of them. `seen`: position in the log when the
    editor opened.
    """

    note: str
    text: str
    quote: bool = False
    chips: Chips = NO_CHIPS
    had: Chips = NO_CHIPS
    seen: int = 0

    def encode(self) -> str:
        """Return the correction as JSON."""
        values = {
            "note": self.note,
            "text": self.text,
            "quote": self.quote,
            "chips": self.chips.encode(),
            "had": self.had.encode(),
            "seen": self.seen,
        }
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def decode(cls, content: str) -> CorrectionDraft | None:
        """Read what `encode` wrote; None for anything else."""
        raw = _read(content) or {}
        note, seen = raw.get("note"), raw.get("seen")
        if not isinstance(note, str) or not note or not isinstance(seen, int):
            return None
        chips, had = Chips.decode(raw.get("chips")), Chips.decode(raw.get("had"))
        return cls(note, raw["text"], raw.get("quote") is True, chips, had, seen)


def _read(content: str) -> dict[str, Any] | None:
    """Return the values of a draft; None if the content is not one."""
    try:
        raw = read_json(content)
    except ValueError:
        return None
    return raw if isinstance(raw, dict) and isinstance(raw.get("text"), str) else None


def said_by(captured: Captured, speaker: str | None) -> Captured:
    """Return the captured line with the member chosen by seat among its voices, unless the line names them."""
    voices = dict(captured.voices)
    # A sentence about the speaker is still said by them.
    if speaker is None or (speaker in voices and voices[speaker].counts):
        return captured
    other_voices = ((panelist, stance) for panelist, stance in captured.voices if panelist != speaker)
    return replace(captured, voices=((speaker, Stance.SAYS), *other_voices))


def understood(line: str, panelists: Sequence[Panelist] = (), *, quote: bool = False) -> Captured:
    """Parse a line while it is typed: like `parse`, but a sign at its end counts before any word follows."""
    # The ellipsis stands for the words to come, since a sign counts only before a word.
    if line and line[-1].isspace() and line.strip(" \t") and len(line.strip()) <= len("- ? +"):
        return parse(f"{line}…", panelists, quote)
    return parse(line, panelists, quote)


def without_sign(line: str, cursor: int) -> tuple[str, int] | None:
    """Return line and cursor after Backspace escapes a sign; None if there is no sign to escape.

    It applies directly after the sign and its space: "+ |" becomes "\\+ |", which is parsed as the literal character.
    """
    captured = understood(line)
    signs = [span for span in captured.spans if span.kind == "sign"]
    if not signs:
        return None
    last = signs[-1]
    between = line[last.end : cursor]
    if cursor <= last.end or between.strip(" \t") or line[last.start] not in (*SIGNS, PARK_SIGN):
        return None
    return f"{line[: last.start]}\\{line[last.start :]}", cursor + 1


def made_note(action: Action, inherited: NoteKind, tags: Mapping[str, str]) -> NoteContent:
    """Return the note that an action of `capture_note` makes, as it will be read back.

    Args:
        inherited: the kind it inherits from its question.
        tags: names of known labels, by id.
    """
    rows = {edit.row: edit for edit in action.edits if edit.table == "note"}
    (row, edit), *_ = rows.items()
    values = {name: value for name, value in edit.values.items() if name != DELETED}
    note = Note(row, **values)
    names = {**tags, **{edit.row: edit.values["name"] for edit in action.edits if edit.table == "tag"}}
    links = [edit.values["tag"] for edit in action.edits if edit.table == "note_tag"]
    # A note that is read from the dossier has its voices and labels in this order.
    voices = [
        Voice(edit.row, **{name: value for name, value in edit.values.items() if name != DELETED})
        for edit in action.edits
        if edit.table == "voice"
    ]
    return NoteContent(
        note,
        note.kind or inherited,
        as_typed(voices),
        tuple(sorted((Tag(tag, name=names[tag]) for tag in links), key=lambda tag: tag.name)),
    )
