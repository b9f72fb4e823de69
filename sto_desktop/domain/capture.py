"""The capture language: what the notulist types in one line, read into a note, and a note written back.

Reading is total: every text gives a note and no word of it is lost. What happens to speakers and tags:

- At the end of a line (and a speaker at its start, or between two sentences) they are marks, and taken off:
  "Vervoer is geregeld. @1 #vervoer" gives the text "Vervoer is geregeld."
- Inside a sentence they are words: "volgens @jan is #technolab goed" gives "volgens Jan is technolab goed", with
  Jan's voice and the tag. The same after a word that can't end a sentence ("Te weinig aandacht voor #techniek"); a
  seat number there is a mark, but after "volgens", "namens", "zoals", "en" and "of".
- `@4+` and `@5-` are marks inside a sentence too. `@name` that means nobody, or could mean two, stays as typed and
  is reported.

A backslash in front of a sign, a bullet, a quote, a bracket, `@`, `#`, or of a digit after a sign takes its meaning
away. After `? ` another sign may say what kind the parked note is; without it, it is an *opmerking*, and after a
second `? ` of the kind that the question asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sto_desktop.domain.content import NoteContent
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import EVERYBODY, NameIndex, called, fold, name_index
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.tokens import BULLET, SPACE, TOKEN, WORD, WORD_START, Reading, Span, read_lines, speaker
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.domain.wrapping import BRACKETS, DOUBLE_QUOTES, ENDS, SINGLE_QUOTES, escaped, unwrapped

__all__ = [
    "PARK_SIGN",
    "SIGNS",
    "Captured",
    "Completions",
    "Option",
    "Span",
    "as_name",
    "completions",
    "newcomer",
    "parse",
    "render",
    "tag_name",
]

SIGNS: dict[str, NoteKind] = {
    "+": NoteKind.YIELD,
    "=": NoteKind.SUCCESS_FACTOR,
    "/": NoteKind.IMPROVEMENT,
    "!": NoteKind.RECOMMENDATION,
    ".": NoteKind.REMARK,
    ">": NoteKind.ACTION,
}
"""The sign of each kind that has one; quotes and brackets make QUOTE and OBSERVATION."""

PARK_SIGN = "?"

_SIGN = re.compile(rf"([{re.escape(''.join(SIGNS) + PARK_SIGN)}])[{SPACE}]+(?=[^\s\d])")
_ESCAPE = re.compile(
    rf"\\+(?=\d|[{re.escape(''.join(SIGNS) + PARK_SIGN)}][{SPACE}]"
    rf"|{BULLET.pattern}|[({DOUBLE_QUOTES}{SINGLE_QUOTES}])"
)
_PARTIAL = re.compile(rf"{WORD_START}[@#]({WORD}(?:{WORD}|[-'’.])*)?$")
_REST_OF_WORD = re.compile(rf"(?:{WORD}|[-'’.](?={WORD}))*")

_MANY = 3
_STANCE_SIGNS = {Stance.SAYS: "", Stance.AGREES: "+", Stance.DISAGREES: "-"}


@dataclass(frozen=True, slots=True)
class Captured:
    """What a line says.

    `kind` None: the kind that the question asks for. `unknown`: names after `@` that mean nobody or could mean
    two; they stay in the text. `sign`: the character that gave the kind. `spans` count in the line as typed
    (without control characters, where it had any).
    """

    text: str
    kind: NoteKind | None = None
    parked: bool = False
    voices: tuple[tuple[str, Stance], ...] = ()
    tags: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    sign: str | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Front:
    """What stands in front of a note's words.

    `open_kind`: quotes or brackets may still say the kind; `literal`: a backslash says that they don't.
    """

    start: int
    after_bullet: int = 0
    kind: NoteKind | None = None
    parked: bool = False
    open_kind: bool = True
    sign: str | None = None
    literal: bool = False


def _front(source: str, spans: list[Span]) -> _Front:
    position = len(source) - len(source.lstrip())
    bullet = BULLET.match(source, position)
    if bullet:
        spans.append(Span(position, position + len(bullet[0].rstrip()), "bullet"))
        position = bullet.end()
    after_bullet = position
    kind: NoteKind | None = None
    parked, open_kind = False, True
    first: str | None = None
    for _ in range(2):
        sign = _SIGN.match(source, position)
        if not sign:
            break
        spans.append(Span(position, position + 1, "sign"))
        position = sign.end()
        first = first or sign[1]
        if sign[1] != PARK_SIGN:
            kind, open_kind = SIGNS[sign[1]], False
            break
        kind, open_kind, parked = (None, False, True) if parked else (NoteKind.REMARK, True, True)
    escape = _ESCAPE.match(source, position)
    if escape:
        spans.append(Span(position, position + 1, "escape"))
        position += 1
    return _Front(position, after_bullet, kind, parked, open_kind, first, bool(escape))


def parse(line: str, panelists: Sequence[Panelist] = (), forced_quote: bool = False) -> Captured:
    """Read a line, or several, as one note.

    Args:
        line: what was typed, pasted or imported, with bullet and signs.
        panelists: the members whom `@` can mean.
        forced_quote: the person said that it is a quote, whatever the signs.
    """
    source = clean_text(line)
    spans: list[Span] = []
    front = _front(source, spans)
    reading = Reading(name_index(panelists))
    text = read_lines(source[front.start :], front.start, reading)
    kind, sign = front.kind, front.sign
    if not front.literal and (front.open_kind or forced_quote):
        opening = text[:1]
        wrapped, text = _whole(text, reading.unknown, forced_quote)
        if wrapped:
            kind, sign = wrapped, sign or opening
            at = source.index(opening, front.start)
            spans.append(Span(at, at + 1, "quote"))
    if forced_quote:
        kind = NoteKind.QUOTE
    return Captured(
        text or source[front.after_bullet :].strip(),
        kind,
        front.parked,
        tuple(reading.voices.items()),
        tuple(reading.tags.values()),
        tuple(reading.unknown.values()),
        sign,
        tuple(sorted((*spans, *reading.spans))),
    )


def _whole(text: str, unknown: Mapping[str, str], forced_quote: bool) -> tuple[NoteKind | None, str]:
    """Return the kind that quotes or brackets around the text say, and what is inside."""
    if text[:1] not in tuple(f"{DOUBLE_QUOTES}{SINGLE_QUOTES}("):
        return None, text
    head, tail = _without_last_names(text, unknown)
    for family, kind in (
        (DOUBLE_QUOTES, NoteKind.QUOTE),
        (SINGLE_QUOTES, NoteKind.QUOTE),
        (BRACKETS, NoteKind.OBSERVATION),
    ):
        if forced_quote and kind is not NoteKind.QUOTE:
            continue
        inner = unwrapped(head, family)
        if inner is not None:
            return kind, inner + tail
    return None, text


def _without_last_names(text: str, unknown: Mapping[str, str]) -> tuple[str, str]:
    """Take names after `@` that nobody has, and that therefore are still there, off the end."""
    pieces = re.split(r"(\s+)", text)
    end = len(pieces)
    while end > 1 and pieces[end - 1].startswith("@") and fold(pieces[end - 1].strip("@+-−–" + ENDS)) in unknown:
        end -= 2
    return "".join(pieces[:end]), "".join(pieces[end:])


def tag_name(text: str) -> str:
    """Return the tag nearest to any text: a letter, then letters, digits, `_`, and single hyphens inside."""
    joined = re.sub(r"[^\w\u0300-\u036f]+", "-", clean_text(text))
    found = re.search(rf"[^\W\d_](?:{WORD}|-(?={WORD}))*", joined)
    return found[0] if found else ""


def _escape_line(line: str, names: NameIndex) -> str:
    """Put a backslash before everything in a line of text that would be read as a speaker or a tag."""

    def escape(found: re.Match[str]) -> str:
        bare = not found["escape"] and found["tag"] is None and speaker(found, names).what == "unknown"
        return found[0] if bare else "\\" + found[0]

    return TOKEN.sub(escape, line)


def _escape_lines(text: str, names: NameIndex) -> str:
    first, *rest = (_escape_line(line, names) for line in text.split("\n"))
    return "\n".join((first, *(re.sub(rf"^(?=\\*{BULLET.pattern})", r"\\", line) for line in rest)))


def _bodies(text: str, kind: NoteKind | None, parked: bool) -> Iterator[str]:
    """Yield ways to write text of a kind, the plainest first; the last is always understood."""
    park = PARK_SIGN + " " if parked else ""
    if kind in (NoteKind.QUOTE, NoteKind.OBSERVATION):
        quote = kind is NoteKind.QUOTE
        opening, closing, family = ("“", "”", DOUBLE_QUOTES) if quote else ("(", ")", BRACKETS)
        yield f"{park}{opening}{text}{closing}"
        yield f"{park}{opening}{escaped(text, family)}{closing}"
        yield f"{park}{opening}{escaped(text, family)}"
        return
    sign = next((f"{sign} " for sign, meant in SIGNS.items() if meant is kind), "")
    if parked and kind in (None, NoteKind.REMARK):
        sign = "" if kind else park
    yield f"{park}{sign}{text}"
    yield f"{park}{sign}\\{text}"


def _voice_marks(voices: Mapping[str, Stance], names: NameIndex) -> Iterator[str]:
    """Yield the voices as they are typed: who says it, who agrees, who disagrees, each in the order of the table."""
    there = {member.id for member in names.panelists if member.present}
    agreeing = {member for member, stance in voices.items() if stance is Stance.AGREES}
    everybody = len(agreeing) >= _MANY and agreeing == there - (voices.keys() - agreeing)
    for stance, sign in _STANCE_SIGNS.items():
        if stance is Stance.AGREES and everybody:
            yield f"@{EVERYBODY}"
            continue
        for member in names.panelists:
            if voices.get(member.id) is stance:
                yield f"@{names.handle(member)}{sign}"


def render(note: NoteContent, panelists: Sequence[Panelist] = ()) -> str:
    """Write a note in the capture language, so that `parse` gives its text, kind, voices and tags back.

    The text has one line for each of its own, and one more for the speakers where they would be read as words. No
    line after the first looks like one of a list, which in a file would be another note.
    Voices of people who are not among `panelists` are left out; star, time and place have no sign in the language.
    """
    names = name_index(panelists)
    members = {member.id: member for member in names.panelists}
    voices = {
        voice.panelist: voice.stance
        for voice in note.voices
        if voice.panelist is not None and voice.panelist in members
    }
    tags = tuple(filter(None, (tag_name(tag.name) for tag in note.tags)))
    marks = [*_voice_marks(voices, names), *(f"#{tag}" for tag in tags)]
    wanted = (note.text, note.note.kind, note.note.parked, dict(voices), tags)
    line = ""
    for body in _bodies(_escape_lines(note.text, names), note.note.kind, note.note.parked):
        for gap in (" ", "\n") if marks else ("",):
            line = f"{body}{gap}{' '.join(marks)}"
            read = parse(line, names.panelists)
            lists = any(BULLET.match(following) for following in line.split("\n")[1:])
            if not lists and (read.text, read.kind, read.parked, dict(read.voices), read.tags) == wanted:
                return line
    return line


class Option(NamedTuple):
    """One way to complete a word: what comes in its place, and how it is offered. `adds`: the name of a new member."""

    text: str
    label: str
    panelist: str | None = None
    adds: str = ""


class Completions(NamedTuple):
    """What the word at the cursor may become; replaces [start, end) of the line, in code points."""

    start: int
    end: int
    options: tuple[Option, ...] = ()


def completions(line: str, cursor: int, panelists: Sequence[Panelist], tags: Sequence[str]) -> Completions:
    """Return what an `@` or `#` that is being typed at the cursor may become; without one, no options."""
    window = max(0, cursor - 80)
    found = _PARTIAL.search(line[:cursor], window)
    if not found:
        return Completions(cursor, cursor)
    rest = _REST_OF_WORD.match(line, cursor)
    start, end = found.start(), rest.end() if rest else cursor
    typed = found[0][1:]
    if line[start] == "#":
        wanted = fold(typed)
        close = [tag for tag in tags if fold(tag).startswith(wanted)]
        return Completions(start, end, tuple(Option(f"#{tag}", f"#{tag}") for tag in close))
    names = name_index(panelists)
    options = [
        Option(f"@{names.handle(member, by_name=not typed.isdecimal())}", _label(member), member.id)
        for member in names.complete(typed)
    ]
    if panelists and EVERYBODY.startswith(fold(typed)):
        options.append(Option(f"@{EVERYBODY}", "allen: iedereen valt bij"))
    typed = line[start + 1 : end]
    if not options and _is_name(typed):
        name = as_name(typed)
        options.append(Option(f"@{typed}", f"{name} toevoegen als panellid", adds=name))
    return Completions(start, end, tuple(options))


def _is_name(typed: str) -> bool:
    return len(typed) > 1 and all(sign.isalpha() or sign in "-'’." for sign in typed)


def as_name(typed: str) -> str:
    """Return a name as it is written, from how it was typed behind an `@`: capitals where there are none yet."""
    if typed != typed.lower():
        return typed
    return "-".join(part[:1].upper() + part[1:] for part in typed.split("-"))


def newcomer(captured: Captured, panelists: Sequence[Panelist]) -> str:
    """Return the first name after an `@` that nobody's name begins with; empty where there is none."""
    names = name_index(panelists)
    return next((as_name(name) for name in captured.unknown if _is_name(name) and not names.complete(name)), "")


def _label(member: Panelist) -> str:
    seat = "" if member.seat is None else str(member.seat)
    parts = (seat, member.name or called(member), member.sector or member.organisation)
    return " · ".join(part for part in parts if part)
