"""The capture language: parses the line that the notulist types into a note; `capture.writing` does the reverse.

Parsing is total: every text gives a note, and none of what was said is lost. What happens to speakers and tags:

- At the start or the end of a line (and a speaker between two sentences) they are marks, and removed from the text:
  "Vervoer is geregeld. @1 #vervoer" gives the text "Vervoer is geregeld.", and "@jan en @1: te duur" gives "te duur".
- Inside a sentence they are words: "volgens @jan is #technolab goed" gives "volgens Jan is technolab goed", with the
  tag and a voice ABOUT Jan, who need not have said it. The same holds after a word that can't end a sentence ("Te
  weinig aandacht voor #techniek"); a seat number there is a mark, except after words that never end a sentence
  ("volgens", "met", "en").
- `@4+` and `@5-` are marks inside a sentence too, with the speakers beside them; "@4+5-" is both, and as the last of a
  line the sign may stand apart, "@2 +". `@4~` gives a voice ABOUT. A name may
  have several words, "@J. ten Veldkamp". An `@name` that matches no member, or two, stays as typed and is reported. A
  seat at which nobody is known to sit stays in the line, and is kept beside the note as an unknown speaker.
- `@allen` means everybody present; "@allen behalve @3 en Jan" means them without these. Inside a sentence it is ABOUT.
- What was taken from a list while typing (`tokens.TAKEN` behind it) is a mark inside a sentence too, but not behind a
  word that makes it part of one.
- A verb that only says that the speaker speaks goes with the mark: "Nee, zegt @jan" and "@jan zegt: nee" give "nee".

In a note put back into a line for correction (`writing.put_back`), the sign, quotes, speakers and tags are marks, and
stay marks however the text around them changes: they are passed to `parse` as `kept`, and the rest is parsed as if they
were absent.

A sign may also stand behind the speakers at the start: "@jan > belt de school". A backslash before a sign, a bullet,
a quote, a bracket, `@`, `#`, or before a digit after a sign escapes it. After `? ` (parked) another sign may give the
kind; without one the note is an *opmerking*, and after a second `? ` it has the kind that the question asks for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sto_desktop.domain.capture.completing import Completions, Option, as_name, completions, is_name
from sto_desktop.domain.capture.drawn import read_lines
from sto_desktop.domain.capture.tokens import (
    BULLET,
    KEPT,
    NOTHING,
    SPACE,
    STANCES,
    TAKEN,
    WORD,
    Reading,
    TokenSpan,
    token_in,
    tokens_in,
)
from sto_desktop.domain.capture.wrapping import DELIMITERS, ENDS, FAMILIES, unwrapped
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import NameIndex, fold, name_index
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.seats import seat_name, seats_in
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.patterns import lazy_re

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
    "newcomer",
    "parse",
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
_SIGN = lazy_re(rf"([{_ALL_SIGNS}])[{SPACE}]+(?=[^\s\d])")
_SIGN_BEFORE_DIGIT = lazy_re(rf"[{_ALL_SIGNS}][{SPACE}]+(?=\d)")
# Backslashes before something that would have a meaning without them.
_ESCAPE = lazy_re(rf"\\+(?=\d|[{_ALL_SIGNS}][{SPACE}]|{BULLET.pattern}|[{re.escape(_ENCLOSING)}])")

_OPENS = {DELIMITERS[around][0]: kind for around, kind in AROUND.items()}

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
    of control characters). `strangers`: speakers who are no member, such as "stoel 4" where nobody is known to sit, and
    `said` the text without their marks. `under`: the member (id) below whose words it stands, if
    its own words say nobody.
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
    strangers: tuple[tuple[str, Stance], ...] = ()
    said: str = ""
    under: str | None = None
    """Only where lines stand below each other: see `live.under`."""

    @property
    def kept_text(self) -> str:
        """The text as it is kept: who is no member is kept beside it."""
        return self.said if self.strangers and self.said else self.text

    @property
    def said_by(self) -> str:
        """The speakers who are no member, as a note keeps them."""
        return ", ".join(f"{name}{stance.sign}" for name, stance in self.strangers)


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


def sign_before_digit(source: str) -> tuple[int, int] | None:
    """Return the position of a sign at the start of a note that is text because a digit follows, and of that digit."""
    front = front_of(source, [])
    found = None if front.literal else _SIGN_BEFORE_DIGIT.match(source, front.start)
    return found.span() if found is not None else None


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
        text = text.replace(NOTHING, "").replace(KEPT, "").replace(TAKEN, "").strip()
    captured = Captured(
        text,
        kind,
        front.parked,
        tuple(reading.voices.items()),
        tuple(reading.tags.values()),
        tuple(reading.unknown.values()),
        sign,
        tuple(sorted((*spans, *reading.spans))),
    )
    taken = {member.seat for member in panelists}
    empty = [seat for name in captured.unknown for seat in seats_in(f"@{name}") if seat not in taken]
    if not empty:
        return captured
    # Of a seat at which nobody is known to sit somebody may be known later: read as if somebody sat there.
    nobody = {name: Panelist(name, seat=seat, present=False) for seat in empty if (name := seat_name(seat))}
    return _with_strangers(captured, parse(line, (*panelists, *nobody.values()), forced_quote, kept), nobody)


def _with_strangers(captured: Captured, read: Captured, nobody: Collection[str]) -> Captured:
    """Return a note with who sits at seats of nobody known, as it is read with these (`nobody`) among the members."""
    strangers = tuple(voice for voice in read.voices if voice[0] in nobody)
    if not any(stance.counts for _, stance in strangers):
        return captured
    voices = tuple(voice for voice in read.voices if voice[0] not in nobody)
    return replace(captured, voices=voices, strangers=strangers, said=read.text)


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
    # "@jan + @fatma" and "@jan / @fatma" list people.
    if signs.sign is None or (signs.sign in ("+", "/") and source[behind + signs.start :].startswith("@")):
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


def newcomer(captured: Captured, panelists: Sequence[Panelist]) -> str:
    """Return the first name after an `@` that is not the start of any member's name; empty if there is none."""
    names = name_index(panelists)
    return next((as_name(name) for name in captured.unknown if is_name(name) and not names.complete(name)), "")
