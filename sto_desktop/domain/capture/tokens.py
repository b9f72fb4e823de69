"""Speakers and tags in lines of text. Distinguishes marks, which are removed, from words of a sentence.

Part of the capture language; the docstring of `language` states the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

from sto_desktop.domain.capture.wrapping import DOUBLE_QUOTES, ENDS, SINGLE_QUOTES
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import EVERYBODY, NameIndex, called, first_name_of, fold, formal_name_of, surname_of
from sto_desktop.domain.vocabulary import Stance

SpanKind = Literal["bullet", "sign", "quote", "speaker", "tag", "unknown", "escape"]

# No line ends: the capture language is parsed line by line.
SPACE = " \t\u00a0\u202f"
KEPT, NOTHING = "\1", "\2"
"""Placeholders for each character of a removed speaker or tag, and of another removed sign. A typed line contains
neither: `clean_text` removes them.
"""
_BLANK = SPACE + KEPT + NOTHING
_STOPS = ".!?…"
# A letter may be followed by combining accents, as in text from macOS.
WORD = r"[\w\u0300-\u036f]"
# Start of text, or after white space, an opening bracket or quote, a comma, a semicolon or a removed mark.
WORD_START = rf"(?<![^\s(\[{{{DOUBLE_QUOTES}{SINGLE_QUOTES},;{KEPT}])"
STANCES = {sign: stance for stance in Stance for sign in (stance.sign, *stance.meaning.also)}
_STANCE_SIGNS = re.escape("".join(STANCES))
_PLAIN_SIGNS = re.escape("".join(stance.sign for stance in Stance))
BULLET = re.compile(rf"(?:[-*•–]|[0-9]{{1,3}}\.)[{SPACE}]+(?=\S)")
_ESCAPED_BULLET = re.compile(rf"[{SPACE}]*\\+(?={BULLET.pattern})")
# After a name, neither a letter nor a slash with one: "@3/4 deel" is text.
_NAME_ENDS = rf"(?![\w@{_PLAIN_SIGNS}]|/\w)"
_LISTED = re.compile(
    rf"(?P<escape>\\*)(?:@(?P<key>(?>{WORD}+(?:[-'’.]{WORD}+)*))(?P<stance>[{_STANCE_SIGNS}]?){_NAME_ENDS}"
    rf"|#(?P<tag>(?>[^\W\d_]{WORD}*(?:[-'’]{WORD}+)*))(?!/\w))"
)
TOKEN = re.compile(f"{WORD_START}{_LISTED.pattern}")
"""An `@` or `#` at the start of a word, or after a slash behind another one, with the backslashes that escape it."""
_POSSESSIVE = re.compile(r"(?P<name>.+)(?P<ending>['’]s?)", re.IGNORECASE)

# The word before a token, with the blanks between them.
_LAST_WORD = re.compile(rf"([^\W\d_]+)[{_BLANK}]+$")
# The next word of a name: "@J. ten Veldkamp".
_MORE_OF_NAME = re.compile(rf"\.?[{SPACE}]+['’]?(?P<word>{WORD}+(?:[-'’.]{WORD}+)*)")
_END_OF_NAME = re.compile(rf"(?P<stance>[{_STANCE_SIGNS}]?){_NAME_ENDS}")
LONGEST_NAME = 6
"""Maximum number of words of a name after an `@`."""
_AND = re.compile(rf"[{SPACE}]+(?:en|of|&)[{SPACE}]+", re.IGNORECASE)
_PLUS = re.compile(rf"[{SPACE}]+\+[{SPACE}]+|[{SPACE}]*/[{SPACE}]*")
# A mark is drawn as one character (\0, `MARK`). Patterns that close the gap it leaves: between marks, at the start, at
# the end, before punctuation, elsewhere.
_MARKS_TOGETHER = re.compile(rf"\0(?:[{SPACE},;/]*\0)+")
_MARK_IN_FRONT = re.compile(rf"^[{SPACE}]*\0(?:[.?!](?=[{SPACE}]))?[{SPACE},;:]*(?:[-–—][{SPACE}]+)?")
_MARK_AT_END = re.compile(rf"(?<![{SPACE},;])(?:[{SPACE}]+[-–—](?=[{SPACE}]))?[{SPACE},;]*\0([{SPACE}{ENDS}]*)$")
_MARK_BEFORE_GAP = re.compile(rf"(?<![{SPACE}])[{SPACE}]*\0(?=[{SPACE}{ENDS})\]])")
_MARK = re.compile(rf"\0[{SPACE}]*")
# The same for marks of a corrected note, each character of which is replaced by a placeholder.
_KEPT_BEFORE_GAP = re.compile(rf"[{SPACE}]*{KEPT}[{_BLANK}]*{KEPT}(?=[{SPACE}{ENDS})\]{DOUBLE_QUOTES}{NOTHING}]|$)")
_KEPT_BEFORE_WORD = re.compile(rf"[{SPACE}]*{KEPT}[{_BLANK}]*{KEPT}")
# Words that make a following token part of the sentence. After the first five this also holds for seat numbers.
_JOIN_ANYTHING = re.compile("volgens|namens|zoals|en|of")
_JOIN_WORDS = re.compile(
    f"{_JOIN_ANYTHING.pattern}|aan|achter|als|bij|binnen|boven|buiten|dan|dat|de|deze|die|dit|door|een|het|in|langs|met"
    "|na|naar|naast|om|onder|op|over|per|rond|te|tegen|tijdens|tot|tussen|uit|van|vanaf|vanuit|via|voor|zonder"
)


class TokenSpan(NamedTuple):
    """A meaningful piece of the typed line, in code points: [start, end)."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Token:
    """An `@` or `#` in a line; `word` is its text inside a sentence, `members` the ids it matches. `possessive`: a name
    such as "@jan's", which is a word wherever it stands.
    """

    start: int
    end: int
    kind: SpanKind
    key: str
    word: str
    stance: Stance = Stance.SAYS
    marked: bool = False
    members: tuple[Panelist, ...] = ()
    possessive: bool = False


class Reading:
    """The combined meaning of the tokens in one text."""

    def __init__(self, names: NameIndex) -> None:
        self.names = names
        self.voices: dict[str, Stance] = {}
        self.tags: dict[str, str] = {}
        self.unknown: dict[str, str] = {}
        self.spans: list[TokenSpan] = []
        self._named: set[str] = set()

    def add(self, token: Token, offset: int) -> None:
        """Add the meaning of a token. A later mention of a member overrides an earlier one; a name
        overrides `@allen`.
        """
        self.spans.append(TokenSpan(offset + token.start, offset + token.end, token.kind))
        if token.kind == "tag":
            # Keep the first spelling of a tag.
            self.tags.setdefault(fold(token.key), token.key)
        elif token.kind == "unknown":
            self.unknown.setdefault(fold(token.key), token.key)
        elif token.kind == "speaker":
            everybody = fold(token.key) == EVERYBODY
            # `@allen` must not override a member who is named elsewhere in the line.
            for member in token.members:
                if token.stance is Stance.ABOUT:
                    self.voices.setdefault(member.id, Stance.ABOUT)
                    continue
                if not everybody:
                    self._named.add(member.id)
                elif member.id in self._named:
                    continue
                self.voices[member.id] = token.stance


def tokens_in(line: str, names: NameIndex) -> Iterator[Token]:
    """Yield the tokens of a line, in order."""
    position, listed = 0, None
    while match := listed or TOKEN.search(line, position):
        start, position = match.span()
        if match["escape"]:
            yield Token(start, position, "escape", "", line[start + 1 : position])
        else:
            token = _full_name(line, match, names) or _token(match, names)
            position = token.end
            yield token
        listed = _LISTED.match(line, position + 1) if line.startswith("/", position) else None


def _full_name(line: str, match: re.Match[str], names: NameIndex) -> Token | None:
    """Return the token of a name of several words, "@J. ten Veldkamp"; None if no member has the longer name."""
    # A label, a name with a stance sign, or a seat number has no further words.
    if match["tag"] is not None or match["stance"] or match["key"].isdecimal():
        return None
    longest: Token | None = None
    start, end = match.start(), match.end("key")
    # Take as many words as still give the name of one member.
    for _ in range(LONGEST_NAME):
        next_word = _MORE_OF_NAME.match(line, end)
        if next_word is None:
            break
        end = next_word.end()
        key, behind = line[start + 1 : end], _END_OF_NAME.match(line, end)
        untitled = f"{formal_name_of(key)} {surname_of(key)}"
        members = names.find(key) or names.find(untitled)
        # Part of a surname may be a word of the sentence: "@piet berg" need not be Piet van den Berg.
        if not members and next_word["word"][0].isupper():
            members = names.find_short(untitled)
        if behind is not None and len(members) == 1:
            mark = behind["stance"]
            word = called(members[0])
            longest = Token(start, behind.end(), "speaker", key, word, STANCES[mark], bool(mark), members)
    return longest


def _token(match: re.Match[str], names: NameIndex) -> Token:
    if match["tag"] is not None:
        return Token(*match.span(), "tag", match["tag"], match["tag"])
    return speaker(match, names)


def speaker(match: re.Match[str], names: NameIndex) -> Token:
    """Return the speaker token of an `@`; `kind` is "unknown" when it matches no member, or two."""
    key, mark = match["key"], match["stance"]
    start, end = match.span()
    if fold(key) == EVERYBODY:
        members = tuple(panelist for panelist in names.panelists if panelist.present)
        # Without present members, "allen" may still be a name.
        if members:
            stance = STANCES[mark] if mark else Stance.AGREES
            return Token(start, end, "speaker", key, key, stance, bool(mark), members)
    members = names.find(key)
    if len(members) != 1:
        owned = _POSSESSIVE.fullmatch(key)
        owners = names.find(owned["name"]) if owned is not None else ()
        if owned is not None and len(owners) == 1:
            word = called(owners[0]) + owned["ending"]
            return Token(start, end, "speaker", key, word, STANCES[mark], bool(mark), owners, possessive=True)
        return Token(start, end, "unknown", key, match[0])
    word = called(members[0])
    first = members[0].first_name.strip() or first_name_of(members[0].name)
    # The full stop of an initial is part of the name.
    if not mark and first.endswith(".") and match.string.startswith(".", end) and len(key) < len(first):
        end += 1
    return Token(start, end, "speaker", key, word, STANCES[mark], bool(mark), members)


def token_in(line: str, start: int, end: int, names: NameIndex) -> Token | None:
    """Return the token that starts at a place in a line, whatever precedes it; None if there is none or it matches
    nobody. Letters typed directly after it, at `end`, extend it only if the longer name matches too.
    """
    # Try the longest token first; only if it matches nobody, the one that ends at `end`.
    for match, offset in ((TOKEN.match(line, start), 0), (TOKEN.fullmatch(line[start:end]), start)):
        if match is None or match["escape"]:
            continue
        token = (None if offset else _full_name(line, match, names)) or _token(match, names)
        if token.kind != "unknown":
            return replace(token, start=token.start + offset, end=token.end + offset)
    return None


def _joined(line: str, token: Token) -> bool:
    """Return whether the preceding word makes the token part of the sentence."""
    # Joining words are short, so a short window is enough.
    match = _LAST_WORD.search(line, max(0, token.start - 30), token.start)
    if not match:
        return False
    # A seat number, or a name with a stance sign, is a word only after a few joining words.
    joining = _JOIN_ANYTHING if token.key.isdecimal() or token.marked else _JOIN_WORDS
    return joining.fullmatch(fold(match[1])) is not None


def _groups(line: str, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Group tokens that have only spaces, commas, and between people a word for "and" or "or" between them."""
    group: list[Token] = []
    for token in tokens:
        close = group and (_blank_between(line, group[-1], token) or _linked(line, group[-1], token))
        if group and (not close or token.kind == "escape" or group[-1].kind == "escape"):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _blank_between(line: str, first: Token, second: Token) -> bool:
    return not line[first.end : second.start].strip(_BLANK + ",;/")


def _linked(line: str, first: Token, second: Token) -> bool:
    """Return whether two speakers are listed with "en", "of", "&", "+" or "/" between them."""
    people = first.kind == second.kind == "speaker"
    return people and any(word.fullmatch(line, first.end, second.start) for word in (_AND, _PLUS))


def _next_character(line: str, start: int) -> str:
    while start < len(line) and line[start] in _BLANK:
        start += 1
    return line[start : start + 1]


def _last_character(line: str, end: int) -> str:
    while end > 0 and line[end - 1] in _BLANK:
        end -= 1
    return line[end - 1 : end] if end else ""


def _marks(line: str, group: Sequence[Token], content_end: int) -> Iterator[Token]:
    """Yield the tokens of a group that are marks, to be removed; the others are words of the sentence."""
    start, end = group[0].start, group[-1].end
    before, after = _last_character(line, start), _next_character(line, end)
    at_end = end >= content_end
    between = before in tuple(_STOPS) and (after.isupper() or after in tuple(DOUBLE_QUOTES))
    first_bound = _joined(line, group[0])
    listed = any(_linked(line, first, second) for first, second in pairwise(group))
    # "@jan en ik vinden" names people in a sentence, so these are words.
    subject = not at_end and not before and _AND.match(line, end) is not None
    # A stance sign shows that this is a list of speakers.
    agreement = any(token.marked for token in group)
    follower = line[end : end + 1]
    for token in group:
        if token.kind in ("unknown", "escape") or token.possessive:
            continue
        voice = token.kind == "speaker"
        bound = first_bound and (listed or token is group[0])
        if at_end:
            mark = not bound
        elif not before:
            mark = not subject or not voice
        else:
            ends = ENDS if token.key.isdecimal() else _STOPS
            separate = (agreement or follower in tuple(ends)) and not bound
            mark = between or (voice and (token.marked or separate))
        if mark:
            yield token


def _as_word(token: Token) -> Token:
    """Return a token that is a word of the sentence: the sentence is about that member, who may not have said it."""
    names_speaker = token.kind == "speaker" and token.stance is Stance.SAYS
    return replace(token, stance=Stance.ABOUT) if names_speaker else token


class Piece(NamedTuple):
    """A piece of a line in which tokens are drawn as one character, and its start in the line. `token`: the token that
    it represents.
    """

    text: str
    start: int
    token: Token | None = None


MARK, SPELLED = "\0", "\3"
"""The characters for a mark, and for a token that is a word of the sentence. A typed line contains neither."""
_WIDE_GAP = re.compile(f"([{MARK}{SPELLED}]) {{2,}}")


def drawn(line: str, tokens: Sequence[Token], being_typed: int | None = None) -> list[Piece]:
    """Return a line in pieces, with each token drawn as one character: as a mark, or as a word.

    `being_typed`: a position in the line; a token that touches it stays as typed.
    """
    content_end = len(line.rstrip(_BLANK + ENDS + "@#"))
    pieces: list[Piece] = []
    position = 0
    for group in _groups(line, tokens):
        marks = {token.start for token in _marks(line, group, content_end)}
        for number, token in enumerate(group):
            mark = token.start in marks
            gap = line[position : token.start]
            # When both names of "@jan en @piet" are removed, remove the "en" too.
            if mark and number and group[number - 1].start in marks and _linked(line, group[number - 1], token):
                gap = ","
            pieces.append(Piece(gap, position))
            open_token = being_typed is not None and token.start < being_typed <= token.end
            if token.kind == "escape":
                pieces.append(Piece(token.word, token.start + 1))
            elif open_token or token.kind == "unknown":
                pieces.append(Piece(line[token.start : token.end], token.start, token))
            else:
                pieces.append(Piece(MARK if mark else SPELLED, token.start, token if mark else _as_word(token)))
            position = token.end
    pieces.append(Piece(line[position:], position))
    return pieces


def without_marks(line: str) -> str:
    """Remove the drawn marks from a line, with the spaces and commas that belonged to them."""
    # Typing around a chip can leave two spaces: one behind the name, one before the next word.
    line = _WIDE_GAP.sub(r"\1 ", line)
    line = _MARKS_TOGETHER.sub(MARK, line)
    line = _MARK_IN_FRONT.sub("", line)
    at_end = _MARK_AT_END.search(line)
    if at_end:
        before_mark = line[: at_end.start()]
        line = before_mark if before_mark.endswith(tuple(ENDS)) else before_mark + at_end[1].strip()
    line = _MARK.sub("", _MARK_BEFORE_GAP.sub("", line)).strip()
    return line if line.strip(SPACE + ENDS) else ""


def _read_line(line: str, offset: int, reading: Reading) -> str:
    """Return the line without its marks, and add their meaning to `reading`."""
    tokens = list(tokens_in(line, reading.names))
    pieces = drawn(line, tokens)
    # A piece of an escape has no token; only its position counts.
    meant = {piece.token.start: piece.token for piece in pieces if piece.token is not None}
    for token in tokens:
        reading.add(meant.get(token.start, token), offset)
    read = "".join(piece.text for piece in pieces)
    if KEPT in line:
        read = _KEPT_BEFORE_WORD.sub(" ", _KEPT_BEFORE_GAP.sub("", read))
    read = without_marks(read) if tokens else read.strip()
    for piece in pieces:
        if piece.text == SPELLED and piece.token is not None:
            read = read.replace(SPELLED, piece.token.word, 1)
    return read


def body_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a body with their starts. In all lines but the first, a backslash that makes a bullet literal
    is left out.
    """
    offset = 0
    for number, line in enumerate(text.split("\n")):
        escaped = _ESCAPED_BULLET.match(line) if number else None
        # Leading blanks have no meaning, so the positions in the rest of the line shift.
        yield (offset + 1, line[: escaped.end() - 1] + line[escaped.end() :]) if escaped else (offset, line)
        offset += len(line) + 1


def read_lines(text: str, offset: int, reading: Reading) -> str:
    """Return the text without its marks; a line of marks only is dropped."""
    lines: list[str] = []
    for start, line in body_lines(text):
        read = _read_line(line, offset + start, reading)
        if read or not line.strip():
            lines.append(read)
    return "\n".join(lines).strip()
