"""Finds the names of panel members inside texts: in full, by surname, first name or initials, possessive or not."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import first_name_of, fold, formal_name_of, squeeze, surname_of, without_particles


class NameForm(StrEnum):
    """How a name is written in a text; the value is what the window calls it."""

    FULL = "hele naam"
    INITIALS = "voorletters en achternaam"
    SURNAME = "achternaam"
    FIRST = "voornaam"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, from `start` to `end`, with a title in front and a possessive "s" behind, if they are there.

    `panelists` are the members (ids) whose name it can be: more than one where they share it. `possessive` tells
    whether it ends in an s that says whose. `doubtful`: it may be an ordinary word with a capital ("Roos").
    """

    start: int
    end: int
    name: str
    form: NameForm
    panelists: tuple[str, ...]
    possessive: bool = False
    doubtful: bool = False


_SHORTEST_SURNAME = 3
_SHORTEST_PART = 4
_SHORTEST_FIRST = 2
_NICKNAME = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]|\([^()]*\)")
_INITIALS = re.compile(r"(?:\w\.?)(?:[ -]?\w\.)*")
_TITLE_BEFORE = re.compile(
    r"(?<!\w)(?:de\s+heer|heer|meneer|mevrouw|mevr\.?|dhr\.?|mw\.?|juffrouw|juf|meester)\s+$", re.I
)
_LONGEST_TITLE = 14
_SURNAME_AFTER = re.compile(r" (?:(?:van|de|der|den|het|ter|ten|te|op|in|el|’t|'t) )*(?=[^\W\d_]{2})[A-ZÀ-ÖØ-Þ]")
_NAME_BEFORE = re.compile(r"(?<![\w-])[A-ZÀ-ÖØ-Þ][^\W\d_]+ $")
_LONGEST_NAME = 20
_ENDS_SENTENCE = ".!?:\n"
_ORDINARY_WORDS = """
    an ben bas berg bloem bos bot bakker boer braam brand brink brug daan dam dekker dijk door duin eik engel fee
    fleur gans ger groot haan hart heer heide hoop iris jacht jager joy kuiper klein klok kok koning koster kroon kuil
    lange lente linde loes lot maan mark mees mei meijer molen mulder noor pen pieper pot prins ring roos ruiter sam
    schipper schilder schol school slot smid smit star steen ster storm sterk tak ton veld ven visser vos vries wal
    wil wilde winter wit wolf wim zee zon zomer
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
"""Names that are ordinary words too: with a capital at the start of a sentence they may be either."""

_ACCENTS = "[\u0300-\u036f]*"
# Letters with a stroke, which Unicode does not take apart.
_STROKES = str.maketrans("øØłŁđĐðÐı", "oOlLdDdDi")


def _plain(sign: str) -> str:
    """Return a letter without its accent or stroke."""
    return unicodedata.normalize("NFKD", sign)[0].translate(_STROKES)


_WITH_ACCENT: dict[str, str] = {}
for _code in range(0xC0, 0x180):
    _base = _plain(chr(_code))
    _WITH_ACCENT[_base] = _WITH_ACCENT.get(_base, "") + chr(_code)


def _signs(sign: str, any_case: bool) -> str:
    """Return the signs that may stand for one sign of a name, with or without its accent, as a class of a pattern."""
    for alike in ("'’‘`´", '"“”„«»'):
        if sign in alike:
            return f"[{alike}]"
    if sign == " ":
        return r"\s+"
    base = _plain(sign)
    forms = {sign, base}
    if any_case:
        forms |= {case for form in (sign, base) for case in (form.upper(), form.lower()) if len(case) == 1}
    both = "".join(sorted(forms | {accented for form in forms for accented in _WITH_ACCENT.get(form, "")}))
    return f"[{re.escape(both)}]"


def _spelled(name: str, any_case: bool) -> tuple[str, str]:
    """Return the first sign of a name and the rest of it, as patterns; dots and the gaps after them may be absent."""
    whole = unicodedata.normalize("NFC", " ".join(name.split()))
    first, rest, before = whole[0], "", whole[0]
    for sign in whole[1:]:
        if sign == ".":
            rest += r"\.?"
        elif sign == " " and before == ".":
            rest += r"\s*"
        else:
            rest += _ACCENTS + _signs(sign, any_case)
        before = sign
    return _signs(first, any_case), rest + _ACCENTS


def _forms(panelist: Panelist) -> Iterator[tuple[str, NameForm]]:
    """Yield the ways in which a name is written."""
    surname, formal = surname_of(panelist.name), formal_name_of(panelist.name)
    yield panelist.name, NameForm.FULL
    yield _NICKNAME.sub(" ", panelist.name), NameForm.FULL
    if surname:
        bare = without_particles(surname)
        for first in (panelist.first_name, first_name_of(panelist.name), formal):
            if first and first != panelist.name:
                yield f"{first} {surname}", NameForm.FULL
                yield f"{first[0]}. {surname}", NameForm.INITIALS
        if len(surname) >= _SHORTEST_SURNAME:
            yield surname, NameForm.SURNAME
        for part in (bare, *(bare.split("-") if "-" in bare else ())):
            if len(part) >= _SHORTEST_PART and part[0].isupper():
                yield part, NameForm.SURNAME
    for first in (panelist.first_name, first_name_of(panelist.name), formal):
        if len(first) >= _SHORTEST_FIRST and first != panelist.name and not _INITIALS.fullmatch(first):
            yield first, NameForm.FIRST
    if not surname and len(panelist.first_name or panelist.name) >= _SHORTEST_FIRST:
        yield panelist.first_name or panelist.name, NameForm.FIRST


def _spellings(name: str) -> Iterator[tuple[str, bool]]:
    """Yield a name as it may stand in a text, and whether capitals do not matter to recognise it."""
    several = len(name.split()) > 1
    yield name, several
    if not several and name.upper() != name:
        yield name.upper(), False


_APART = "\x00"
"""Stands in no text and in no name."""


class NameFinder:
    """Finds the names of these members in texts; a text is searched once for all of them."""

    def __init__(self, panelists: Iterable[Panelist]) -> None:
        self._known: dict[str, dict[str, NameForm]] = {}
        spellings: dict[tuple[str, bool], None] = {}
        for panelist in panelists:
            for form, kind in _forms(panelist):
                name = " ".join(form.split())
                key = squeeze(name)
                if not key:
                    continue
                self._known.setdefault(key, {}).setdefault(panelist.id, kind)
                spellings |= dict.fromkeys(_spellings(name))
        self._pattern = _pattern(spellings)

    def __bool__(self) -> bool:
        """Whether there is anybody whose name can be found."""
        return self._pattern is not None

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the names in a text, in order."""
        if self._pattern is None or self._pattern.search(text) is None:
            return ()
        found = (self._mention(text, match) for match in self._pattern.finditer(text))
        return tuple(item for item in found if item is not None)

    def may_name(self, texts: Sequence[str]) -> frozenset[int]:
        """Return which texts, by their place, hold what looks like a name: one search through all of them, which is
        several times as fast as one for each.
        """
        if self._pattern is None:
            return frozenset()
        ends = list(accumulate(len(text) + 1 for text in texts))
        return frozenset(bisect_right(ends, match.start()) for match in self._pattern.finditer(_APART.join(texts)))

    def _mention(self, text: str, match: re.Match[str]) -> Mention | None:
        possessive = match["whose"] is not None
        name = match[0][: match.start("whose") - match.start()] if possessive else match[0]
        owners = self._known.get(squeeze(name))
        if owners is None:
            # The s belongs to a name that is known with and without it.
            name, possessive = match[0], False
            owners = self._known.get(squeeze(name), {})
        form = min(owners.values(), key=list(NameForm).index, default=NameForm.FULL)
        if form is NameForm.FIRST and _is_half_of_another(text, match):
            return None
        before = _TITLE_BEFORE.search(text[max(0, match.start() - _LONGEST_TITLE) : match.start()])
        start = match.start() - (len(before[0]) if before else 0)
        doubtful = not before and (
            (fold(name) in _ORDINARY and begins_sentence(text, start)) or _is_a_namesake(text, match, form)
        )
        return Mention(start, match.end(), name, form, tuple(owners), possessive, doubtful)


@lru_cache(maxsize=16)
def finder_of(panelists: tuple[Panelist, ...]) -> NameFinder:
    """Return what finds the names of these members; for the same members it is made once."""
    return NameFinder(panelists)


def _is_half_of_another(text: str, match: re.Match[str]) -> bool:
    """Tell whether a first name is part of a double one, such as "Jan" in "Jan-Willem"."""
    after = text[match.end() : match.end() + 2]
    before = text[max(0, match.start() - 2) : match.start()]
    return (after[:1] == "-" and after[1:].isupper()) or (before[1:] == "-" and before[:1].isalpha())


def _is_a_namesake(text: str, match: re.Match[str], form: NameForm) -> bool:
    """Tell whether a first name goes on with, or a surname stands behind, a name that is not the member's."""
    if form is NameForm.FIRST:
        return _SURNAME_AFTER.match(text, match.end()) is not None
    if form is NameForm.SURNAME:
        before = _NAME_BEFORE.search(text[max(0, match.start() - _LONGEST_NAME) : match.start()])
        return before is not None and not begins_sentence(text, match.start() - len(before[0]))
    return False


def begins_sentence(text: str, at: int) -> bool:
    """Tell whether a sentence begins at a place in a text."""
    before = text[:at].rstrip(" \t\"“„‘'(")
    return not before or before[-1] in _ENDS_SENTENCE


def _pattern(spellings: Iterable[tuple[str, bool]]) -> re.Pattern[str] | None:
    # The longest first, so that no half of a name is left standing.
    spelled = [_spelled(*form) for form in sorted(spellings, key=lambda form: (-len(form[0]), form))]
    if not spelled:
        return None
    # A class of signs in front lets the search skip what can't begin a name: ten times as fast on long texts.
    begins = "".join(sorted({first[1:-1] for first, _ in spelled}))
    options = "|".join(f"(?<={first}){rest}" for first, rest in spelled)
    return re.compile(rf"[{begins}](?<!\w[\s\S])(?:{options})(?P<whose>['’]?s|(?<=[sxz])['’](?=\s\w))?(?!\w)")
