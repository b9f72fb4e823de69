"""Which speakers and tags of a line are marks, which are removed, and which are words of a sentence.

Part of the capture language; the docstring of `language` states the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from sto_desktop.domain.capture.tokens import BLANK, BULLET, KEPT, NOTHING, SPACE, TAKEN, Reading, Token, tokens_in
from sto_desktop.domain.capture.wrapping import BRACKETS, DOUBLE_QUOTES, ENDS
from sto_desktop.domain.people import fold
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.patterns import lazy_re

_STOPS = ".!?…"
_ESCAPED_BULLET = lazy_re(rf"[{SPACE}]*\\+(?={BULLET.pattern})")
# The word before a token, with the blanks between them.
_LAST_WORD = lazy_re(rf"([^\W\d_]+)[{BLANK}]+$")
_AND = lazy_re(rf"[{SPACE}]+(?:en|of)[{SPACE}]+|[{SPACE}]*&[{SPACE}]*", re.IGNORECASE)
_PLUS = lazy_re(rf"[{SPACE}]+\+[{SPACE}]+|[{SPACE}]*/[{SPACE}]*")
# A mark is drawn as one character (\0, `MARK`). Patterns that close the gap it leaves: between marks, at the start, at
# the end, before punctuation, elsewhere.
_MARKS_IN_BRACKETS = lazy_re(rf"\([{SPACE}]*\0[{SPACE},;/\0]*\)|\[[{SPACE}]*\0[{SPACE},;/\0]*\]")
# What a sentence ends with on both sides of a mark, and a comma before a mark with more behind it.
_STOP_AGAIN = lazy_re(rf"(?<=[{_STOPS}])([{SPACE}]*\0)[{ENDS}]+(?=[{SPACE}]|$)")
_COMMA_AGAIN = lazy_re(rf"[,;:](?=[{SPACE}]*\0[{ENDS}]+(?:[{SPACE}]|$))")
_MARKS_TOGETHER = lazy_re(rf"\0(?:[{SPACE},;/]*\0)+")
_MARK_IN_FRONT = lazy_re(rf"^[{SPACE}]*\0(?:[.?!](?=[{SPACE}]))?[{SPACE},;:]*(?:[-–—][{SPACE}]+)?")
_MARK_AT_END = lazy_re(rf"(?<![{SPACE},;])(?:[{SPACE}]+[-–—](?=[{SPACE}]))?[{SPACE},;]*\0([{SPACE}{ENDS}]*)$")
_MARK_BEFORE_GAP = lazy_re(rf"(?<![{SPACE}])[{SPACE}]*\0(?=[{SPACE}{ENDS})\]])")
_BLANKS_BEFORE_END = lazy_re(rf"(?<=\0)[{SPACE}]+(?=[{ENDS}]+(?:[{SPACE}]|$))")
_MARK = lazy_re(rf"\0[{SPACE}]*")
# The same for marks of a corrected note, each character of which is replaced by a placeholder.
_KEPT_BEFORE_GAP = lazy_re(rf"[{SPACE}]*{KEPT}[{BLANK}]*{KEPT}(?=[{SPACE}{ENDS})\]{DOUBLE_QUOTES}{NOTHING}]|$)")
_KEPT_BEFORE_WORD = lazy_re(rf"[{SPACE}]*{KEPT}[{BLANK}]*{KEPT}")
# Words that make a following token part of the sentence. After the first ones, which never end a sentence, this also
# holds for seat numbers.
_JOIN_ANYTHING = lazy_re("volgens|namens|zoals|en|of|als|met|per|te|tijdens|tot|via")
_JOIN_NAMES = lazy_re(
    f"{_JOIN_ANYTHING.pattern}|aan|achter|bij|binnen|boven|buiten|dan|door|in|langs|na|naar|naast|om|onder|op|over"
    "|rond|tegen|tussen|uit|van|vanaf|vanuit|voor|zonder"
)
# "dan" joins only behind a comparative: "groter dan @jan" is a sentence, "OK dan @jan" ends before the name.
_COMPARATIVE = lazy_re(r"\b(?!(?:hier|keer|maar|onder|over|weer|zeer)\b)(?:\w{2,}er|andere?|anders)\b", re.IGNORECASE)
_COMPARES_WITHIN = 80
"""Number of characters before "dan" in which the comparative stands: a sentence, but not a whole text."""
# No name follows these, so that a speaker behind them stands at the end of a sentence: "zo doen we het @jan".
_JOIN_LABELS = lazy_re(f"{_JOIN_NAMES.pattern}|dat|de|deze|die|dit|een|het")
# A verb that only says that somebody speaks goes with the mark: ", zegt @jan", "@jan zegt:".
SAYING = (
    "antwoord(?:t|de)|dach(?:t|ten)|denk(?:t|en)|meent|menen|reageer(?:t|de)|roep(?:t|en)|riep(?:en)?|stel(?:t|de)"
    "|vind(?:t|en)|vond(?:en)?|vraagt|vroeg|zeg(?:t|gen)|zei(?:den)?"
)
_SAYING_BEHIND = lazy_re(
    rf"(?:[{SPACE}]*,[{SPACE}]*(?:{SAYING})|(?<=[.!?…”\"»’'])[{SPACE}]+(?:{SAYING})|[{SPACE}]*,?[{SPACE}]+aldus)"
    rf"[{SPACE}]+$",
    re.IGNORECASE,
)
_SAYING_IN_FRONT = lazy_re(rf"[{SPACE}]+(?:{SAYING})[{SPACE}]*(?=:)", re.IGNORECASE)


def _joined(line: str, token: Token) -> bool:
    """Return whether the preceding word makes the token part of the sentence."""
    # Joining words are short, so a short window is enough.
    match = _LAST_WORD.search(line, max(0, token.start - 30), token.start)
    if not match:
        return False
    word, before = fold(match[1]), line[max(0, match.start() - _COMPARES_WITHIN) : match.start()]
    if word == "dan" and token.kind == "speaker" and not _COMPARATIVE.search(before):
        return False
    # A seat number, or a name with a stance sign, is a word only after a few joining words.
    names = _JOIN_ANYTHING if token.key.isdecimal() or token.marked else _JOIN_NAMES
    joining = _JOIN_LABELS if token.kind == "tag" else names
    return joining.fullmatch(word) is not None


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
    return not line[first.end : second.start].strip(BLANK + ",;/")


def _linked(line: str, first: Token, second: Token) -> bool:
    """Return whether two speakers are listed with "en", "of", "&", "+" or "/" between them."""
    people = first.kind == second.kind == "speaker"
    return people and any(word.fullmatch(line, first.end, second.start) for word in (_AND, _PLUS))


def _next_character(line: str, start: int) -> str:
    while start < len(line) and line[start] in BLANK:
        start += 1
    return line[start : start + 1]


def _last_character(line: str, end: int) -> str:
    while end > 0 and line[end - 1] in BLANK:
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
    # "@jan en ik vinden" names people in a sentence, so these are words; "@jan En ik vind" begins one behind a speaker.
    joining = _AND.match(line, end)
    subject = not at_end and not before and joining is not None and not joining[0].strip()[:1].isupper()
    # A stance sign shows that this is a list of speakers.
    agreement = any(token.marked for token in group)
    bracketed = agreement and before + after in BRACKETS
    follower = line[end : end + 1]
    # With whom is taken, those before are too: they were marks at the end then.
    last_taken = max((token.start for token in group if token.taken), default=-1)
    for token in group:
        if token.kind in ("unknown", "escape") or token.possessive:
            continue
        voice = token.kind == "speaker"
        bound = first_bound and (listed or token is group[0])
        if at_end or token.start <= last_taken:
            mark = not bound
        elif not before:
            mark = not subject or not voice
        else:
            ends = ENDS if token.key.isdecimal() else _STOPS
            separate = (agreement or follower in tuple(ends)) and not bound
            mark = between or bracketed or (voice and (token.marked or separate))
        if mark:
            yield token


def _as_word(token: Token, *, at_end: bool) -> Token:
    """Return a token that is a word of the sentence: the sentence is about that member, who may not have said it. The
    same holds for everybody in mid-sentence: "niet @allen waren er".
    """
    about = token.stance is Stance.SAYS or (token.everybody and not token.marked and not at_end)
    return replace(token, stance=Stance.ABOUT) if token.kind == "speaker" and about else token


class Piece(NamedTuple):
    """A piece of a line in which tokens are drawn as one character, and its start in the line. `token`: the token that
    it represents.
    """

    text: str
    start: int
    token: Token | None = None


MARK, SPELLED = "\0", "\3"
"""The characters for a mark, and for a token that is a word of the sentence. A typed line contains neither."""
_WIDE_GAP = lazy_re(f"([{MARK}{SPELLED}]) {{2,}}")


def drawn(line: str, tokens: Sequence[Token], being_typed: int | None = None) -> list[Piece]:
    """Return a line in pieces, with each token drawn as one character: as a mark, or as a word.

    `being_typed`: a position in the line; a token that touches it stays as typed.
    """
    content_end = len(line.rstrip(BLANK + ENDS + "@#"))
    pieces: list[Piece] = []
    position = 0
    for group in _groups(line, tokens):
        marks = {token.start for token in _marks(line, group, content_end)}
        at_end = group[-1].end >= content_end
        for number, token in enumerate(group):
            mark = token.start in marks
            gap = line[position : token.start]
            open_token = being_typed is not None and token.start < being_typed <= token.end
            # When both names of "@jan en @piet" are removed, remove the "en" too.
            also = mark and number > 0 and group[number - 1].start in marks and _linked(line, group[number - 1], token)
            if also and not open_token:
                gap = ","
            says = mark and token.kind == "speaker" and not open_token
            # The verb is short, so a short window is enough.
            ends = at_end or any(each.taken for each in group)
            if says and not number and ends and (saying := _SAYING_BEHIND.search(gap, max(0, len(gap) - 40))):
                gap = gap[: saying.start()]
            pieces.append(Piece(gap, position))
            if token.kind == "escape":
                pieces.append(Piece(token.word, token.start + 1))
            elif open_token or token.kind == "unknown":
                pieces.append(Piece(line[token.start : token.end].removesuffix(TAKEN), token.start, token))
            else:
                meant = token if mark else _as_word(token, at_end=at_end)
                pieces.append(Piece(MARK if mark else SPELLED, token.start, meant))
            position = token.end
            in_front = says and number == len(group) - 1 and not _last_character(line, group[0].start)
            if in_front and (saying := _SAYING_IN_FRONT.match(line, position)):
                position = saying.end()
    pieces.append(Piece(line[position:], position))
    return pieces


def without_marks(line: str) -> str:
    """Remove the drawn marks from a line, with the spaces and commas that belonged to them."""
    # Typing around a chip can leave two spaces: one behind the name, one before the next word.
    line = _WIDE_GAP.sub(r"\1 ", line)
    line = _MARKS_IN_BRACKETS.sub(MARK, line)
    line = _COMMA_AGAIN.sub("", _STOP_AGAIN.sub(r"\1", _MARKS_TOGETHER.sub(MARK, line)))
    line = _BLANKS_BEFORE_END.sub("", _MARK_IN_FRONT.sub("", line))
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
