"""Writes a note back as a line of the capture language, so that `parse` reads the same note from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sto_desktop.domain.capture.language import PARK_SIGN, SIGNS, Captured, parse, tag_name
from sto_desktop.domain.capture.tokens import BULLET, Token, TokenSpan, tokens_in
from sto_desktop.domain.capture.wrapping import DELIMITERS, FAMILIES, escaped
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import EVERYBODY, NameIndex, name_index
from sto_desktop.domain.seats import apart, as_typed
from sto_desktop.domain.vocabulary import NoteKind, Stance

# From this number of members who agree on, `@allen` may stand for them.
_MANY = 3


def _escape_line(line: str, names: NameIndex) -> str:
    """Escape everything in a line of text that would be parsed as a speaker or a tag."""
    escaped_line = _with_escapes(line, tokens_in(line, names))
    # What was no name beside "@4" may be one beside "\@4".
    while more := [token for token in tokens_in(escaped_line, names) if token.kind != "escape" and _has_meaning(token)]:
        escaped_line = _with_escapes(escaped_line, more)
    return escaped_line


def _has_meaning(token: Token) -> bool:
    return token.kind != "unknown" or token.key.isdecimal()


def _with_escapes(line: str, tokens: Iterable[Token]) -> str:
    pieces: list[str] = []
    position = 0
    for token in tokens:
        pieces += (line[position : token.start], "\\" if _has_meaning(token) else "", line[token.start : token.end])
        position = token.end
    return "".join((*pieces, line[position:]))


def without_meaning(text: str, panelists: Sequence[Panelist]) -> str:
    """Return the words of a note, without its signs, escaped so that no name, label or bullet among them
    has a meaning.
    """
    return _escape_lines(text, name_index(panelists))


def _escape_lines(text: str, names: NameIndex) -> str:
    first, *later_lines = (_escape_line(line, names) for line in text.split("\n"))
    return "\n".join((first, *(re.sub(rf"^(?=\\*{BULLET.pattern})", r"\\", line) for line in later_lines)))


class _Body(NamedTuple):
    """One way to write a note without its speakers and tags; `words` is its text, escaped."""

    signs: str
    opening: str
    words: str
    closing: str = ""

    def __str__(self) -> str:
        return "".join(self)


def _bodies(text: str, kind: NoteKind | None, parked: bool) -> Iterator[_Body]:
    """Yield ways to write text of a kind, the plainest first; the last one always parses back."""
    park = PARK_SIGN + " " if parked else ""
    if kind is not None and kind.meaning.around:
        # Each way is tried in turn (see `render`): first without escapes, then with the inner quotes escaped, and
        # last without a closing quote, after which a text with any ending parses.
        opening, closing = DELIMITERS[kind.meaning.around]
        family = FAMILIES[kind.meaning.around][0]
        yield _Body(park, opening, text, closing)
        yield _Body(park, opening, escaped(text, family), closing)
        yield _Body(park, opening, escaped(text, family))
        return
    sign = next((f"{sign} " for sign, meant in SIGNS.items() if meant is kind), "")
    # "? " alone gives a remark, and a second "? " leaves the kind to the question.
    if parked and kind in (None, NoteKind.REMARK):
        sign = "" if kind else park
    yield _Body(f"{park}{sign}", "", text)
    yield _Body(f"{park}{sign}", "", f"\\{text}")


def _voice_marks(voices: Mapping[str, Stance], names: NameIndex) -> Iterator[str]:
    """Yield the voices as marks: speakers, then agreement, then disagreement, each in the order as typed."""
    members = {member.id: member for member in names.panelists}
    present = {member.id for member in names.panelists if member.present}
    agreeing = {member for member, stance in voices.items() if stance is Stance.AGREES}
    # `@allen` means everybody present who has no other stance.
    with_other_stance = {member for member, stance in voices.items() if stance.counts} - agreeing
    everybody = len(agreeing) >= _MANY and agreeing == present - with_other_stance
    for stance in Stance:
        if stance is Stance.AGREES and everybody:
            yield f"@{EVERYBODY}"
            continue
        for member, part in voices.items():
            if part is stance and member in members:
                yield f"@{names.handle(members[member])}{stance.sign}"


@dataclass(frozen=True, slots=True)
class _Writing:
    """The parts from which a note is written: escaped `text`, its voices and tags as marks, and the expected parse."""

    names: NameIndex
    text: str
    marks: tuple[str, ...]
    wanted: tuple[object, ...]

    def is_read_from(self, line: str, kept: Sequence[TokenSpan] = ()) -> bool:
        """Return whether a line parses back into the note."""
        read = parse(line, self.names.panelists, kept=kept)
        return (read.text, read.kind, read.parked, dict(read.voices), read.tags) == self.wanted


def _writing(note: NoteContent, panelists: Sequence[Panelist]) -> _Writing:
    names = name_index(panelists)
    members = {member.id: member for member in names.panelists}
    voices = {
        voice.panelist: voice.stance
        for voice in note.voices
        if voice.panelist is not None and voice.panelist in members
    }
    # In a copy without names several members may have the same label, but a line can contain each label only once.
    tags = tuple(dict.fromkeys(filter(None, (tag_name(tag.name) for tag in note.tags))))
    marks = (*_voice_marks(voices, names), *(f"#{tag}" for tag in tags))
    wanted = (note.text, note.note.kind, note.note.parked, dict(voices), tags)
    return _Writing(names, _escape_lines(note.text, names), marks, wanted)


def render(note: NoteContent, panelists: Sequence[Panelist] = ()) -> str:
    """Write a note in the capture language, so that `parse` returns its text, kind, voices and tags.

    Each line of text stays one line; the speakers get an extra line where they would be parsed as words. No line after
    the first looks like a list item, which would start another note in a file. Voices of people who are not among
    `panelists` are left out; star, time and place have no notation.
    """
    writing = _writing(note, panelists)
    line = ""
    for body in _bodies(writing.text, note.note.kind, note.note.parked):
        for gap in (" ", "\n") if writing.marks else ("",):
            line = f"{body}{gap}{' '.join(writing.marks)}"
            lists = any(BULLET.match(following) for following in line.split("\n")[1:])
            if not lists and writing.is_read_from(line):
                return line
    return line


def literal(text: str, panelists: Sequence[Panelist] = ()) -> str:
    """Return a line that `parse` reads as exactly this text: everything with a meaning is escaped."""
    escaped_text = _escape_lines(text, name_index(panelists))
    nothing = Captured(text)
    read = parse(escaped_text, panelists)
    plain = replace(read, spans=(), unknown=()) == nothing
    return escaped_text if plain else f"\\{escaped_text}"


def put_back(note: NoteContent, panelists: Sequence[Panelist] = ()) -> tuple[str, tuple[TokenSpan, ...]]:
    """Write a note into a line for correction, and return which pieces of the line are marks.

    Like `render`, but the speakers always follow the text, since `parse` is given the marks (`kept`). The mark of a
    sign includes its space; an opening and a closing quote or bracket are two marks.
    """
    writing = _writing(note, panelists)
    line = ""
    kept: tuple[TokenSpan, ...] = ()
    for body in _bodies(writing.text, note.note.kind, note.note.parked):
        line, kept = " ".join((str(body), *writing.marks)), tuple(_marks_in(body, note.text, writing.marks))
        if writing.is_read_from(line, kept):
            break
    return with_seats(line, note), kept


def with_seats(line: str, note: NoteContent) -> str:
    """Return the line of a note with the seats in it at which nobody was known to sit: they are typed again."""
    seats, _ = apart(note.note.said_by)
    return " ".join((line, *map(as_typed, seats)))


def _marks_in(body: _Body, text: str, marks: Sequence[str]) -> Iterator[TokenSpan]:
    for at in range(0, len(body.signs), len("+ ")):
        yield TokenSpan(at, at + len("+ "), "sign")
    at = len(body.signs)
    if body.opening:
        yield TokenSpan(at, at + 1, "quote")
        at += 1
    yield from (TokenSpan(at + place, at + place + 1, "escape") for place in _added(body.words, text))
    at += len(body.words)
    if body.closing:
        yield TokenSpan(at, at + 1, "quote")
        at += 1
    for mark in marks:
        yield TokenSpan(at + 1, at + 1 + len(mark), "tag" if mark.startswith("#") else "speaker")
        at += 1 + len(mark)


def _added(words: str, text: str) -> list[int]:
    """Return the positions of backslashes added to the text; in a run of several, the first ones are the added ones."""
    added, remaining = [], len(text)
    for place in range(len(words) - 1, -1, -1):
        if remaining and words[place] == text[remaining - 1]:
            remaining -= 1
        else:
            added.append(place)
    return added[::-1]
