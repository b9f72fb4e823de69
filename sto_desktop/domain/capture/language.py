"""The capture language: parses the line that the notulist types into a note, and writes a note back as a line.

Parsing is total: every text gives a note, and none of its words is lost. What happens to speakers and tags:

- At the start or the end of a line (and a speaker between two sentences) they are marks, and removed from the text:
  "Vervoer is geregeld. @1 #vervoer" gives the text "Vervoer is geregeld.", and "@jan en @1: te duur" gives "te duur".
- Inside a sentence they are words: "volgens @jan is #technolab goed" gives "volgens Jan is technolab goed", with the
  tag and a voice ABOUT Jan, who need not have said it. The same holds after a word that can't end a sentence ("Te
  weinig aandacht voor #techniek"); a seat number there is a mark, except after "volgens", "namens", "zoals", "en" and
  "of".
- `@4+` and `@5-` are marks inside a sentence too, with the speakers beside them. `@4~` gives a voice ABOUT. A name may
  have several words, "@J. ten Veldkamp". An `@name` that matches no member, or two, stays as typed and is reported.

In a note put back into a line for correction (`put_back`), the sign, quotes, speakers and tags are marks, and stay
marks however the text around them changes: they are passed to `parse` as `kept`, and the rest is parsed as if they were
absent.

A sign may also stand behind the speakers at the start: "@jan > belt de school". A backslash before a sign, a bullet,
a quote, a bracket, `@`, `#`, or before a digit after a sign escapes it. After `? ` (parked) another sign may give the
kind; without one the note is an *opmerking*, and after a second `? ` it has the kind that the question asks for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sto_desktop.domain.capture.completing import Completions, Option, as_name, completions, is_name
from sto_desktop.domain.capture.tokens import (
    BULLET,
    KEPT,
    NOTHING,
    SPACE,
    STANCES,
    WORD,
    Reading,
    TokenSpan,
    read_lines,
    token_in,
    tokens_in,
)
from sto_desktop.domain.capture.wrapping import DELIMITERS, ENDS, FAMILIES, escaped, unwrapped
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import EVERYBODY, NameIndex, fold, name_index
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import NoteKind, Stance

__all__ = [
    "AROUND",
    "NOTHING_AGREED",
    "PARK_SIGN",
    "SIGNS",
    "Agreed",
    "Captured",
    "Completions",
    "Option",
    "TokenSpan",
    "as_name",
    "completions",
    "literal",
    "newcomer",
    "parse",
    "put_back",
    "render",
    "tag_name",
]

SIGNS: dict[str, NoteKind] = {kind.meaning.sign: kind for kind in NoteKind if kind.meaning.sign}
"""The sign of each kind that has one."""

AROUND: dict[str, NoteKind] = {kind.meaning.around: kind for kind in NoteKind if kind.meaning.around}
"""The opening quote or bracket of each kind whose notes are enclosed."""

PARK_SIGN = "?"

_ENCLOSING = "".join(family for around in AROUND for family in FAMILIES[around])
_ALL_SIGNS = re.escape("".join(SIGNS) + PARK_SIGN)
# A sign needs a space after it, and not a digit: "+ 5" and "- 3 graden" are text.
_SIGN = re.compile(rf"([{_ALL_SIGNS}])[{SPACE}]+(?=[^\s\d])")
# Backslashes before something that would have a meaning without them.
_ESCAPE = re.compile(rf"\\+(?=\d|[{_ALL_SIGNS}][{SPACE}]|{BULLET.pattern}|[{re.escape(_ENCLOSING)}])")

_OPENS = {DELIMITERS[around][0]: kind for around, kind in AROUND.items()}

# From this number of members who agree on, `@allen` may stand for them.
_MANY = 3
_BETWEEN = SPACE + ",;:"


class Agreed(NamedTuple):
    """What was agreed about an action: who does it, as a name, and before which day."""

    owner: str = ""
    due: dt.date | None = None


NOTHING_AGREED = Agreed()


@dataclass(frozen=True, slots=True)
class Captured:
    """The meaning of a parsed line.

    `kind` None: the kind that the question asks for. `unknown`: names after `@` that match no member or several; they
    stay in the text. `sign`: the character that gave the kind. `spans`: positions in the line as typed (after removal
    of control characters).
    """

    text: str
    kind: NoteKind | None = None
    parked: bool = False
    voices: tuple[tuple[str, Stance], ...] = ()
    tags: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    sign: str | None = None
    spans: tuple[TokenSpan, ...] = ()
    agreed: Agreed | None = None
    """None in what `parse` returns: only chips say it (`capture.chips`)."""


@dataclass(frozen=True, slots=True)
class Front:
    """The prefix of a note: bullet and signs before its words.

    `open_kind`: quotes or brackets may still give the kind; `literal`: a backslash prevents that.
    """

    start: int
    after_bullet: int = 0
    kind: NoteKind | None = None
    parked: bool = False
    open_kind: bool = True
    sign: str | None = None
    literal: bool = False


def front_of(source: str, spans: list[TokenSpan]) -> Front:
    """Return the prefix of a note, and add its pieces to `spans`."""
    position = len(source) - len(source.lstrip())
    bullet = BULLET.match(source, position)
    if bullet:
        spans.append(TokenSpan(position, position + len(bullet[0].rstrip()), "bullet"))
        position = bullet.end()
    after_bullet = position
    kind: NoteKind | None = None
    parked, open_kind = False, True
    first: str | None = None
    # At most two signs: "? " for parked, then the kind.
    for _ in range(2):
        sign = _SIGN.match(source, position)
        if not sign:
            break
        spans.append(TokenSpan(position, position + 1, "sign"))
        position = sign.end()
        first = first or sign[1]
        if sign[1] != PARK_SIGN:
            kind, open_kind = SIGNS[sign[1]], False
            break
        # A second "? " leaves the kind to the question.
        kind, open_kind, parked = (None, False, True) if parked else (NoteKind.REMARK, True, True)
    escape = _ESCAPE.match(source, position)
    if escape:
        spans.append(TokenSpan(position, position + 1, "escape"))
        position += 1
    return Front(position, after_bullet, kind, parked, open_kind, first, bool(escape))


@dataclass(frozen=True, slots=True)
class _Rest:
    """A line without its kept marks, and the signs and quotes among those marks.

    `line` has placeholders instead of the marks, so that positions do not change. `wrapped`: quotes or brackets around
    the text.
    """

    line: str
    signs: str = ""
    wrapped: str = ""


def _without_kept(line: str, front: Front, kept: Sequence[TokenSpan], reading: Reading) -> _Rest:
    """Take the kept marks out of a line, except those already parsed as its prefix, and add them to `reading`."""
    characters = list(line)
    signs = wrapped = ""
    for span in kept:
        start, end = span.start, span.end
        # A backslash typed before a kept mark escapes it.
        if start < front.start or (span.kind != "escape" and line[start - 1 : start] == "\\"):
            continue
        blank = NOTHING
        if span.kind in ("speaker", "tag"):
            # Letters typed directly next to a mark may have turned it into something else.
            token = token_in(line, start, end, reading.names)
            if token is None:
                continue
            reading.add(token, 0)
            end, blank = token.end, KEPT
        elif span.kind == "sign":
            # Without the space after it, a sign has no meaning.
            if not line[start + 1 : end].isspace():
                continue
            signs += line[start]
        elif span.kind == "quote":
            if not front.open_kind or front.literal or not (wrapped or line[start] in _OPENS):
                continue
            wrapped += line[start]
        # Placeholders of equal length, so that all positions stay valid.
        characters[start:end] = blank * (end - start)
        if span.kind in ("sign", "quote"):
            reading.spans.append(TokenSpan(start, start + 1, span.kind))
    return _Rest("".join(characters), signs, wrapped)


def parse(
    line: str, panelists: Sequence[Panelist] = (), forced_quote: bool = False, kept: Sequence[TokenSpan] = ()
) -> Captured:
    """Parse a line, or several, as one note.

    Args:
        line: what was typed, pasted or imported, with bullet and signs.
        panelists: the members that `@` can match.
        forced_quote: the user marked it as a quote, whatever the signs.
        kept: marks of a note that was put back, at their current positions (`correction.Correction`). A line with
            nothing else gives a note without text.
    """
    source = clean_text(line)
    spans: list[TokenSpan] = []
    names = name_index(panelists)
    front = front_of(source, spans)
    source, front = _sign_behind_names(source, front, spans, names)
    reading = Reading(names)
    without_kept = _without_kept(source, front, kept, reading) if kept else _Rest(source)
    if without_kept.signs:
        front = _with_signs(
            front, "".join(source[span.start] for span in spans if span.kind == "sign"), without_kept.signs
        )
    text = read_lines(without_kept.line[front.start :], front.start, reading)
    kind, sign = front.kind, front.sign
    if without_kept.wrapped:
        kind, sign = _OPENS[without_kept.wrapped[0]], sign or without_kept.wrapped[0]
    elif not front.literal and (front.open_kind or forced_quote):
        opening = text[:1]
        wrapped, text = _whole(text, reading.unknown, forced_quote)
        if wrapped:
            kind, sign = wrapped, sign or opening
            at = source.index(opening, front.start)
            spans.append(TokenSpan(at, at + 1, "quote"))
    if forced_quote:
        kind = NoteKind.QUOTE
    # The line consists of marks only: keep them as text, so that no word is lost.
    if not (text := text.replace(NOTHING, "").strip()):
        text = without_kept.line[front.start if kept else front.after_bullet :]
        text = text.replace(NOTHING, "").replace(KEPT, "").strip()
    return Captured(
        text,
        kind,
        front.parked,
        tuple(reading.voices.items()),
        tuple(reading.tags.values()),
        tuple(reading.unknown.values()),
        sign,
        tuple(sorted((*spans, *reading.spans))),
    )


def _sign_behind_names(source: str, front: Front, spans: list[TokenSpan], names: NameIndex) -> tuple[str, Front]:
    """Read a sign that stands behind the speakers at the start, "@jan > bel de school"; the source gets blanks for it,
    so that all positions stay valid."""
    if front.sign is not None or front.literal or source[front.start : front.start + 1] not in ("@", "#"):
        return source, front
    place = front.start
    for token in tokens_in(source[front.start :].split("\n", 1)[0], names):
        if token.kind not in ("speaker", "tag") or source[place : front.start + token.start].strip(_BETWEEN):
            break
        place = front.start + token.end
    behind = len(source) - len(source[place:].lstrip(_BETWEEN))
    if place == front.start or behind == place:
        return source, front
    sign_spans: list[TokenSpan] = []
    signs = front_of(source[behind:], sign_spans)
    # "@jan + @fatma" lists people.
    if signs.sign is None or (signs.sign == "+" and source[behind + signs.start :].startswith("@")):
        return source, front
    spans += (span._replace(start=span.start + behind, end=span.end + behind) for span in sign_spans)
    end = behind + signs.start
    source = source[:behind] + " " * (end - behind) + source[end:]
    return source, replace(signs, start=front.start, after_bullet=front.after_bullet)


def _with_signs(front: Front, kept_signs: str, front_signs: str) -> Front:
    """Add the kept signs that no longer stand at the start, after those that do."""
    combined = front_of("".join(f"{sign} " for sign in kept_signs + front_signs) + NOTHING, [])
    parked = combined.parked or PARK_SIGN in front_signs
    return replace(front, kind=combined.kind, parked=parked, open_kind=combined.open_kind, sign=combined.sign)


def _whole(text: str, unknown: Mapping[str, str], forced_quote: bool) -> tuple[NoteKind | None, str]:
    """Return the kind given by quotes or brackets around the text, and the text inside them."""
    if text[:1] not in tuple(_ENCLOSING):
        return None, text
    head, tail = _without_last_names(text, unknown)
    for around, kind in AROUND.items():
        if forced_quote and kind is not NoteKind.QUOTE:
            continue
        for family in FAMILIES[around]:
            inner = unwrapped(head, family)
            if inner is not None:
                return kind, inner + tail
    return None, text


def _without_last_names(text: str, unknown: Mapping[str, str]) -> tuple[str, str]:
    """Remove names after `@` that match no member from the end of the text."""
    pieces = re.split(r"(\s+)", text)
    end = len(pieces)
    while (
        end > 1
        and pieces[end - 1].startswith("@")
        and fold(pieces[end - 1].strip(f"@{ENDS}{''.join(STANCES)}")) in unknown
    ):
        end -= 2
    return "".join(pieces[:end]), "".join(pieces[end:])


def tag_name(text: str) -> str:
    """Return the nearest valid tag for a text: a letter, then letters, digits, `_`, and single hyphens inside."""
    joined = re.sub(r"[^\w\u0300-\u036f]+", "-", clean_text(text))
    match = re.search(rf"[^\W\d_](?:{WORD}|-(?={WORD}))*", joined)
    return match[0] if match else ""


def _escape_line(line: str, names: NameIndex) -> str:
    """Escape everything in a line of text that would be parsed as a speaker or a tag."""
    pieces: list[str] = []
    position = 0
    for token in tokens_in(line, names):
        escape = "" if token.kind == "unknown" else "\\"
        pieces += (line[position : token.start], escape, line[token.start : token.end])
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
    return line, kept


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


def newcomer(captured: Captured, panelists: Sequence[Panelist]) -> str:
    """Return the first name after an `@` that is not the start of any member's name; empty if there is none."""
    names = name_index(panelists)
    return next((as_name(name) for name in captured.unknown if is_name(name) and not names.complete(name)), "")
