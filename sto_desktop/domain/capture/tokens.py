"""Speakers and tags in lines of text.

Part of the capture language; the docstring of `language` states the rules.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from sto_desktop.domain.capture.wrapping import DOUBLE_QUOTES, ENDS, SINGLE_QUOTES
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import EVERYBODY, NameIndex, first_name_of, fold, formal_name_of, surname_of
from sto_desktop.domain.seats import seats_in
from sto_desktop.domain.typed import BULLETS
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.language import listed
from sto_desktop.patterns import lazy_re

SpanKind = Literal["bullet", "sign", "quote", "speaker", "tag", "unknown", "escape"]

# No line ends: the capture language is parsed line by line.
SPACE = " \t\u00a0\u202f"
KEPT, NOTHING = "\1", "\2"
"""Placeholders for each character of a removed speaker or tag, and of another removed sign. A typed line contains
neither: `clean_text` removes them.
"""
BLANK = SPACE + KEPT + NOTHING
TAKEN = "\u2063"
"""An invisible separator behind a speaker or label that was taken from a list while typing: it stays a mark, whatever
is typed behind it. Not a control character, so that a draft keeps it; no note has it.
"""
# A letter may be followed by combining accents, as in text from macOS.
WORD = r"[\w\u0300-\u036f]"
# Start of text, or after white space, an opening bracket or quote, a comma, a semicolon or a removed mark.
WORD_START = rf"(?<![^\s(\[{{{DOUBLE_QUOTES}{SINGLE_QUOTES},;{KEPT}])"
STANCES = {sign: stance for stance in Stance for sign in (stance.sign, *stance.meaning.also)}
_STANCE_SIGNS = re.escape("".join(STANCES))
_PLAIN_SIGNS = re.escape("".join(stance.sign for stance in Stance))
BULLET = lazy_re(rf"{BULLETS}[{SPACE}]+(?=\S)")
# After a name, neither a letter nor a slash or ampersand with one: "@3/4 deel" is text. After a stance sign, another
# name with one may follow at once: "@4+@5+".
_NAME_ENDS = rf"(?![\w{_PLAIN_SIGNS}]|[/&]\w)(?:(?<=[{_STANCE_SIGNS}])(?=\\*@\w+[{_STANCE_SIGNS}])|(?!@))"
_KEY = rf"(?>{WORD}+(?:[-'’.]{WORD}+)*)"
_LISTED = lazy_re(
    rf"(?P<escape>\\*)(?:@(?P<key>{_KEY})(?P<stance>[{_STANCE_SIGNS}]?){_NAME_ENDS}"
    rf"|#(?P<tag>(?>[^\W\d_]{WORD}*(?:[-'’]{WORD}+)*))(?!/\w))"
)
# A seat may follow a word at once, and a name what ends one: "te duur@4+" and "te duur.@jan" are no addresses.
_SEAT_ENDS = rf"(?:[{_STANCE_SIGNS}](?![\w@])|(?![\w@{_STANCE_SIGNS}]|\.\w))"
_AT_ONCE = rf"(?<=[^\W\d_])(?=\\*@[0-9]{{1,2}}{_SEAT_ENDS})|(?<=[{re.escape(ENDS)})])(?=\\*@)"
TOKEN = lazy_re(f"(?:{WORD_START}|{_AT_ONCE}){_LISTED.pattern}")
"""An `@` or `#` at the start of a word, or after a slash or ampersand behind another one, with the backslashes
that escape it.
"""
# Names without a space between them: "@jan@lotte", "@2@4". Each may have a stance sign.
_GLUED = lazy_re(
    rf"{WORD_START}(?P<escape>\\*)@{_KEY}[{_STANCE_SIGNS}]?(?:@{_KEY}[{_STANCE_SIGNS}]?)*@{_KEY}[{_STANCE_SIGNS}]?{_NAME_ENDS}"
)
_GLUED_SEATS = lazy_re(
    rf"{WORD_START}(?P<escape>\\*)@[0-9]{{1,2}}[{_STANCE_SIGNS}](?:@?[0-9]{{1,2}}[{_STANCE_SIGNS}])+{_NAME_ENDS}"
)
"""Seats with a stance sign each: "@4+5-"."""
_PART_SEAT = lazy_re(rf"@?(?P<key>[0-9]{{1,2}})(?P<stance>[{_STANCE_SIGNS}])")
_STANCE_APART = lazy_re(rf"[{SPACE}]+(?P<stance>[{_STANCE_SIGNS}])[{SPACE}]*$")
"""A stance sign behind a blank, as the last of a line: "@2 +"."""
_PART = lazy_re(rf"@(?P<key>{_KEY})(?P<stance>[{_STANCE_SIGNS}]?)")
_LISTING = lazy_re(rf"[{SPACE}]*[/&]|(?=\\*@)")
_POSSESSIVE = lazy_re(r"(?P<name>.+)(?P<ending>['’]s?)", re.IGNORECASE)

# The next word of a name: "@J. ten Veldkamp".
_MORE_OF_NAME = lazy_re(rf"\.?[{SPACE}]+['’]?(?P<word>{WORD}+(?:[-'’.]{WORD}+)*)")
_END_OF_NAME = lazy_re(rf"(?P<stance>[{_STANCE_SIGNS}]?){_NAME_ENDS}")
# Behind the last word before a colon, another speaker or label, or the end of the line.
_NAME_IS_LAST = lazy_re(
    rf"[{_STANCE_SIGNS}]?(?:[{SPACE}]*:|[{SPACE}{re.escape(ENDS)})\]{DOUBLE_QUOTES}{SINGLE_QUOTES}]*(?:\\*[@#]|$))"
)
LONGEST_NAME = 6
"""Maximum number of words of a name after an `@`."""
# "@allen behalve @3 en @4", "@allen op Jan na".
_EXCEPT = lazy_re(rf"[{SPACE}]*,?[{SPACE}]+(?P<word>behalve|uitgezonderd|op)[{SPACE}]+", re.IGNORECASE)
_AND_EXCEPT = lazy_re(
    rf"[{SPACE}]*,[{SPACE}]*(?:en[{SPACE}]+)?|[{SPACE}]+(?:en|of)[{SPACE}]+|[{SPACE}]*&[{SPACE}]*", re.IGNORECASE
)
_AFTER_EXCEPT = lazy_re(rf"[{SPACE}]+na(?!\w)", re.IGNORECASE)
_SPACES = lazy_re(rf"[{SPACE}]+")
_BARE_NAME = lazy_re(rf"{WORD}+(?:[-'’.]{WORD}+)*")


class TokenSpan(NamedTuple):
    """A meaningful piece of the typed line, in code points: [start, end)."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Token:
    """An `@` or `#` in a line; `word` is its text inside a sentence, `members` the ids it matches. `possessive`: a name
    such as "@jan's", which is a word wherever it stands, with its `ending`. `without`: the members that "@allen behalve
    …" excepts. `taken`: `TAKEN` stands behind it.
    """

    start: int
    end: int
    kind: SpanKind
    key: str
    word: str
    stance: Stance = Stance.SAYS
    marked: bool = False
    members: tuple[Panelist, ...] = ()
    ending: str = ""
    without: tuple[Panelist, ...] = ()
    taken: bool = False

    @property
    def possessive(self) -> bool:
        """Whether this is a name with an `ending`."""
        return bool(self.ending)

    @property
    def everybody(self) -> bool:
        """Whether this is `@allen`, with or without exceptions."""
        return self.kind == "speaker" and fold(self.key) == EVERYBODY


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
            # `@allen` must not override a member who is named elsewhere in the line.
            for member in token.members:
                if token.stance is Stance.ABOUT:
                    self.voices.setdefault(member.id, Stance.ABOUT)
                    continue
                if not token.everybody:
                    self._named.add(member.id)
                elif member.id in self._named:
                    continue
                self.voices[member.id] = token.stance


def tokens_in(line: str, names: NameIndex) -> Iterator[Token]:
    """Yield the tokens of a line, in order."""
    for token in _tokens_in(line, names):
        if line.startswith(TAKEN, token.end):
            token = replace(token, end=token.end + len(TAKEN), taken=True)
        apart = _STANCE_APART.match(line, token.end) if token.kind == "speaker" and not token.marked else None
        if apart is not None and not token.possessive:
            token = replace(token, end=apart.end("stance"), stance=STANCES[apart["stance"]], marked=True)
        yield token


def _tokens_in(line: str, names: NameIndex) -> Iterator[Token]:
    position, listed = 0, None
    glued = _next_glued(line, 0)
    while match := listed or TOKEN.search(line, position) or glued:
        if glued is not None and glued.start() <= match.start():
            yield from _parts(glued, names)
            position, listed = glued.end(), None
            glued = _next_glued(line, position)
            continue
        start, position = match.span()
        if match["escape"]:
            yield Token(start, position, "escape", "", line[start + 1 : position])
        else:
            token = _full_name(line, match, names) or _token(match, names)
            if token.everybody:
                token = _with_exceptions(line, token, names)
            position = token.end
            yield token
        listing = _LISTING.match(line, position)
        listed = _LISTED.match(line, listing.end()) if listing is not None else None


def _next_glued(line: str, start: int) -> re.Match[str] | None:
    """Return the first names without a space between them."""
    at = line.find("@", start)
    if at < 0:
        return None
    seats = _GLUED_SEATS.search(line, start)
    names = _GLUED.search(line, start) if line.find("@", at + 1) > 0 else None
    return min((match for match in (seats, names) if match is not None), key=re.Match.start, default=None)


def _parts(glued: re.Match[str], names: NameIndex) -> Iterator[Token]:
    """Yield the tokens of names without a space between them: speakers if each is of one member, or one unknown."""
    if glued["escape"]:
        yield Token(*glued.span(), "escape", "", glued[0][1:])
        return
    part_of = _PART_SEAT if glued.re.pattern == _GLUED_SEATS.pattern else _PART
    parts = [speaker(part, names) for part in part_of.finditer(glued.string, *glued.span())]
    # "@2-@4" may be three seats.
    ranges = any(part.stance is Stance.DISAGREES and not behind.marked for part, behind in itertools.pairwise(parts))
    of_one = (part.kind == "speaker" and len(part.members) == 1 and not part.possessive for part in parts)
    if not ranges and all(of_one):
        for number, part in enumerate(parts):
            # In a sentence they stay words.
            between = "" if not number or parts[number - 1].marked else " en " if part is parts[-1] else ", "
            yield replace(part, word=between + part.word)
    else:
        yield Token(*glued.span(), "unknown", glued[0][1:], glued[0])


def _with_exceptions(line: str, token: Token, names: NameIndex) -> Token:
    """Return `@allen` with the exceptions behind it, "@allen behalve @3 en Jan"; unchanged without any."""
    start = _EXCEPT.match(line, token.end)
    if start is None:
        return token
    without: list[Panelist] = []
    at = end = start.end()
    while (excepted := _excepted(line, at, names)) is not None:
        end, member = excepted
        without.append(member)
        more = _AND_EXCEPT.match(line, end)
        if more is None:
            break
        at = more.end()
    word = start["word"].lower()
    if word == "op":
        after = _AFTER_EXCEPT.match(line, end) if without else None
        if after is None:
            return token
        end = after.end()
    elif not without:
        # "behalve @3-": the name says itself what that member thinks.
        named = TOKEN.match(line, end)
        if named is None or not named["stance"] or len(names.find(named["key"])) != 1:
            return token
        end = start.end("word")
    called_so = " en ".join(map(names.called, without))
    return replace(
        token,
        end=end,
        word=" ".join(filter(None, (token.word, word, called_so, "na" if word == "op" else ""))),
        members=tuple(member for member in token.members if member not in without),
        without=tuple(without),
    )


def _excepted(line: str, start: int, names: NameIndex) -> tuple[int, Panelist] | None:
    """Return the end of a name at a place in a line, with or without `@`, and its member; None if there is none."""
    if line.startswith("@", start):
        match = _LISTED.match(line, start)
        token = None if match is None or match["tag"] else _full_name(line, match, names) or speaker(match, names)
        if token is None or token.kind == "unknown" or token.everybody or token.marked or token.possessive:
            return None
        return token.end, token.members[0]
    longest: tuple[int, Panelist] | None = None
    word = _BARE_NAME.match(line, start)
    # Without a capital it is a word.
    for _ in range(LONGEST_NAME if word is not None and word[0][0].isupper() else 0):
        if word is None:
            break
        members = names.find(line[start : word.end()])
        if len(members) == 1:
            longest = word.end(), members[0]
        space = _SPACES.match(line, word.end())
        word = _BARE_NAME.match(line, space.end()) if space is not None else None
    return longest


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
        # Part of a surname may be a word of the sentence: "@piet berg de kist op" need not be Piet van den Berg.
        if not members and (next_word["word"][0].isupper() or _NAME_IS_LAST.match(line, end)):
            members = names.find_short(untitled)
        if behind is not None and len(members) == 1:
            mark = behind["stance"]
            word = names.called(members[0])
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
            word = names.called(owners[0]) + owned["ending"]
            return Token(start, end, "speaker", key, word, STANCES[mark], bool(mark), owners, ending=owned["ending"])
        # "@1en2": all of them seats at which somebody sits.
        seated = [names.find(str(seat)) for seat in seats_in(f"@{key}")] if not members else []
        if len(seated) > 1 and all(len(there) == 1 for there in seated):
            several = tuple(dict.fromkeys(there[0] for there in seated))
            word = listed(map(names.called, several))
            return Token(start, end, "speaker", key, word, STANCES[mark], bool(mark), several)
        return Token(start, end, "unknown", key, match[0])
    word = names.called(members[0])
    first = members[0].first_name.strip() or first_name_of(members[0].name)
    initial = not mark and not key.isdecimal() and first.endswith(".") and len(key) < len(first)
    # The full stop of an initial is part of the name.
    if initial and match.string.startswith(".", end):
        end += 1
    return Token(start, end, "speaker", key, word, STANCES[mark], bool(mark), members)


def is_possessive(word: str, names: NameIndex) -> bool:
    """Return whether a word after `@` is what a member owns: "jan's"."""
    owned = _POSSESSIVE.fullmatch(word)
    return owned is not None and not names.find(word) and len(names.find(owned["name"])) == 1


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
