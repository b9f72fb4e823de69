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
from typing import Literal, NamedTuple

from sto_desktop.domain.content import NoteContent
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import EVERYBODY, NameIndex, called, fold, name_index
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.domain.wrapping import BRACKETS, DOUBLE_QUOTES, ENDS, SINGLE_QUOTES, escaped, unwrapped

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

SpanKind = Literal["bullet", "sign", "quote", "speaker", "tag", "unknown", "escape"]

_SPACE = " \t\u00a0\u202f"
_STOPS = ".!?…"
_WORD = r"[\w\u0300-\u036f]"
_WORD_START = rf"(?<![^\s(\[{{{DOUBLE_QUOTES}{SINGLE_QUOTES},;])"

_BULLET = re.compile(rf"(?:[-*•–]|[0-9]{{1,3}}\.)[{_SPACE}]+(?=\S)")
_SIGN = re.compile(rf"([{re.escape(''.join(SIGNS) + PARK_SIGN)}])[{_SPACE}]+(?=[^\s\d])")
_ESCAPE = re.compile(
    rf"\\+(?=\d|[{re.escape(''.join(SIGNS) + PARK_SIGN)}][{_SPACE}]"
    rf"|{_BULLET.pattern}|[({DOUBLE_QUOTES}{SINGLE_QUOTES}])"
)
_ESCAPED_BULLET = re.compile(rf"[{_SPACE}]*\\+(?={_BULLET.pattern})")
_TOKEN = re.compile(
    rf"{_WORD_START}(?P<escape>\\*)(?:"
    rf"@(?P<key>(?>{_WORD}+(?:[-'’.]{_WORD}+)*))(?P<stance>[-+−–]?)(?![\w@+-])"
    rf"|#(?P<tag>(?>[^\W\d_]{_WORD}*(?:[-'’]{_WORD}+)*)))"
)
_LAST_WORD = re.compile(rf"([^\W\d_]+)[{_SPACE}]+$")
_LIST_OF_PEOPLE = re.compile(rf"[{_SPACE}]+(?:en|of)[{_SPACE}]+@", re.IGNORECASE)
_MARKS_TOGETHER = re.compile(rf"\0(?:[{_SPACE},;]*\0)+")
_MARK_IN_FRONT = re.compile(rf"^[{_SPACE}]*\0[{_SPACE},;:]*(?:[-–—][{_SPACE}]+)?")
_MARK_AT_END = re.compile(rf"(?<![{_SPACE},;])[{_SPACE},;]*\0([{_SPACE}{ENDS}]*)$")
_MARK_BEFORE_GAP = re.compile(rf"(?<![{_SPACE}])[{_SPACE}]*\0(?=[{_SPACE}{ENDS})\]])")
_MARK = re.compile(rf"\0[{_SPACE}]*")
_PARTIAL = re.compile(rf"{_WORD_START}[@#]({_WORD}(?:{_WORD}|[-'’.])*)?$")
_REST_OF_WORD = re.compile(rf"(?:{_WORD}|[-'’.](?={_WORD}))*")

_JOIN_ANYTHING = re.compile("volgens|namens|zoals|en|of")
_JOIN_WORDS = re.compile(
    f"{_JOIN_ANYTHING.pattern}|aan|achter|als|bij|binnen|boven|buiten|dan|dat|de|deze|die|dit|door|een|het|in|langs|met"
    "|na|naar|naast|om|onder|op|over|per|rond|te|tegen|tijdens|tot|tussen|uit|van|vanaf|vanuit|via|voor|zonder"
)
_STANCES = {"": Stance.SAYS, "+": Stance.AGREES, "-": Stance.DISAGREES, "−": Stance.DISAGREES, "–": Stance.DISAGREES}
_STANCE_SIGNS = {Stance.SAYS: "", Stance.AGREES: "+", Stance.DISAGREES: "-"}


class Span(NamedTuple):
    """A piece of the typed line that means something, in code points: [start, end)."""

    start: int
    end: int
    what: SpanKind


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
class _Token:
    """An `@` or `#` in a line; `word` is how it reads inside a sentence, `members` whom it means."""

    start: int
    end: int
    what: SpanKind
    key: str
    word: str
    stance: Stance = Stance.SAYS
    marked: bool = False
    members: tuple[Panelist, ...] = ()


class _Reading:
    """What the tokens of one text add up to."""

    def __init__(self, names: NameIndex) -> None:
        self.names = names
        self.voices: dict[str, Stance] = {}
        self.tags: dict[str, str] = {}
        self.unknown: dict[str, str] = {}
        self.spans: list[Span] = []
        self._named: set[str] = set()

    def add(self, token: _Token, offset: int) -> None:
        """Take in what a token says: a later mention of somebody wins, a name wins from `@allen`."""
        self.spans.append(Span(offset + token.start, offset + token.end, token.what))
        if token.what == "tag":
            self.tags.setdefault(fold(token.key), token.key)
        elif token.what == "unknown":
            self.unknown.setdefault(fold(token.key), token.key)
        elif token.what == "speaker":
            everybody = fold(token.key) == EVERYBODY
            for member in token.members:
                if not everybody:
                    self._named.add(member.id)
                elif member.id in self._named:
                    continue
                self.voices[member.id] = token.stance


def _tokens(line: str, names: NameIndex) -> Iterator[_Token]:
    for found in _TOKEN.finditer(line):
        start, end = found.span()
        if found["escape"]:
            yield _Token(start, end, "escape", "", line[start + 1 : end])
        elif found["tag"] is not None:
            yield _Token(start, end, "tag", found["tag"], found["tag"])
        else:
            yield _speaker(found, names)


def _speaker(found: re.Match[str], names: NameIndex) -> _Token:
    key, mark = found["key"], found["stance"]
    start, end = found.span()
    if fold(key) == EVERYBODY:
        members = tuple(item for item in names.panelists if item.present)
        if members:
            stance = _STANCES[mark] if mark else Stance.AGREES
            return _Token(start, end, "speaker", key, key, stance, bool(mark), members)
    members = names.find(key)
    if len(members) != 1:
        return _Token(start, end, "unknown", key, found[0])
    return _Token(start, end, "speaker", key, called(members[0]), _STANCES[mark], bool(mark), members)


def _joined(line: str, token: _Token) -> bool:
    """Tell whether the word in front binds the token into the sentence."""
    found = _LAST_WORD.search(line, max(0, token.start - 30), token.start)
    if not found:
        return False
    joining = _JOIN_ANYTHING if token.key.isdecimal() or token.marked else _JOIN_WORDS
    return joining.fullmatch(fold(found[1])) is not None


def _groups(line: str, tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Put tokens with nothing but spaces and commas between them together."""
    group: list[_Token] = []
    for token in tokens:
        close = group and not line[group[-1].end : token.start].strip(_SPACE + ",;")
        if group and (not close or token.what == "escape" or group[-1].what == "escape"):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _next_character(line: str, start: int) -> str:
    while start < len(line) and line[start] in _SPACE:
        start += 1
    return line[start : start + 1]


def _last_character(line: str, end: int) -> str:
    while end > 0 and line[end - 1] in _SPACE:
        end -= 1
    return line[end - 1 : end] if end else ""


def _marks(line: str, group: Sequence[_Token], content_end: int) -> Iterator[_Token]:
    """Yield the tokens of a group that are marks, to be taken off; the others are words of the sentence."""
    start, end = group[0].start, group[-1].end
    before, after = _last_character(line, start), _next_character(line, end)
    at_end = end >= content_end
    between = before in tuple(_STOPS) and (after.isupper() or after in tuple(DOUBLE_QUOTES))
    names_people = not at_end and not group[-1].marked and _LIST_OF_PEOPLE.match(line, end)
    follower = line[end : end + 1]
    for token in group:
        if token.what in ("unknown", "escape"):
            continue
        voice = token.what == "speaker"
        bound = token is group[0] and _joined(line, token)
        if at_end:
            mark = not bound
        elif not before:
            mark = voice and not names_people
        else:
            ends = ENDS if token.key.isdecimal() else _STOPS
            mark = between or (voice and (token.marked or (follower in tuple(ends) and not bound)))
        if mark:
            yield token


def _without_marks(line: str) -> str:
    """Take NULs out of a line, and the spaces and commas that stood there for them."""
    line = _MARKS_TOGETHER.sub("\0", line)
    line = _MARK_IN_FRONT.sub("", line)
    at_end = _MARK_AT_END.search(line)
    if at_end:
        kept = line[: at_end.start()]
        line = kept if kept.endswith(tuple(ENDS)) else kept + at_end[1].strip()
    line = _MARK.sub("", _MARK_BEFORE_GAP.sub("", line)).strip()
    return line if line.strip(_SPACE + ENDS) else ""


def _read_line(line: str, offset: int, reading: _Reading) -> str:
    """Return the line without its marks, and add what they say to `reading`."""
    tokens = list(_tokens(line, reading.names))
    content_end = len(line.rstrip(_SPACE + ENDS))
    pieces: list[str] = []
    position = 0
    for group in _groups(line, tokens):
        marks = {token.start for token in _marks(line, group, content_end)}
        for token in group:
            reading.add(token, offset)
            pieces += (line[position : token.start], "\0" if token.start in marks else token.word)
            position = token.end
    pieces.append(line[position:])
    return _without_marks("".join(pieces)) if tokens else line.strip()


def _read_lines(text: str, offset: int, reading: _Reading) -> str:
    """Return the text without its marks; a line that had nothing else is left out."""
    kept: list[str] = []
    for number, line in enumerate(text.split("\n")):
        escaped = _ESCAPED_BULLET.match(line) if number else None
        # The bullet stands for itself: without its backslash nothing else in the line moves.
        bare = line[: escaped.end() - 1] + line[escaped.end() :] if escaped else line
        read = _read_line(bare, offset + (1 if escaped else 0), reading)
        if read or not line.strip():
            kept.append(read)
        offset += len(line) + 1
    return "\n".join(kept).strip()


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
    bullet = _BULLET.match(source, position)
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
    reading = _Reading(name_index(panelists))
    text = _read_lines(source[front.start :], front.start, reading)
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
    found = re.search(rf"[^\W\d_](?:{_WORD}|-(?={_WORD}))*", joined)
    return found[0] if found else ""


def _escape_line(line: str, names: NameIndex) -> str:
    """Put a backslash before everything in a line of text that would be read as a speaker or a tag."""

    def escape(found: re.Match[str]) -> str:
        bare = not found["escape"] and found["tag"] is None and _speaker(found, names).what == "unknown"
        return found[0] if bare else "\\" + found[0]

    return _TOKEN.sub(escape, line)


def _escape_lines(text: str, names: NameIndex) -> str:
    first, *rest = (_escape_line(line, names) for line in text.split("\n"))
    return "\n".join((first, *(re.sub(rf"^(?=\\*{_BULLET.pattern})", r"\\", line) for line in rest)))


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
    marks = [f"@{names.handle(members[member])}{_STANCE_SIGNS[stance]}" for member, stance in voices.items()]
    marks += [f"#{tag}" for tag in tags]
    wanted = (note.text, note.note.kind, note.note.parked, dict(voices), tags)
    line = ""
    for body in _bodies(_escape_lines(note.text, names), note.note.kind, note.note.parked):
        for gap in (" ", "\n") if marks else ("",):
            line = f"{body}{gap}{' '.join(marks)}"
            read = parse(line, names.panelists)
            lists = any(_BULLET.match(following) for following in line.split("\n")[1:])
            if not lists and (read.text, read.kind, read.parked, dict(read.voices), read.tags) == wanted:
                return line
    return line


class Option(NamedTuple):
    """One way to complete a word: what comes in its place, and how it is offered."""

    text: str
    label: str
    panelist: str | None = None


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
    return Completions(start, end, tuple(options))


def _label(member: Panelist) -> str:
    seat = "" if member.seat is None else str(member.seat)
    parts = (seat, member.name or called(member), member.sector or member.organisation)
    return " · ".join(part for part in parts if part)
