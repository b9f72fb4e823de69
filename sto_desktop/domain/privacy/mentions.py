"""Finds the names of panel members inside texts: in full, by surname, first name or initials, possessive or not.

What could be a name is found by one pattern, in any case; `name_grades` says how sure it is that it is one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import first_name_of, fold, formal_name_of, squeeze, surname_of, without_particles
from sto_desktop.domain.privacy.name_addresses import MemberAddresses
from sto_desktop.domain.privacy.name_grades import (
    Grade,
    NameForm,
    Place,
    article_before,
    does_something,
    grade_of,
    title_before,
)
from sto_desktop.domain.privacy.ordinary_words import ORDINARY


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, from `start` to `end`, with a title or an article in front and a possessive "s" behind, if
    they are there.

    `panelists` are the members (ids) whose name it can be: more than one where they share it. `possessive` tells
    whether it ends in an s that says whose. `grade`: how sure it is that it is a name, and a member's.
    """

    start: int
    end: int
    name: str
    form: NameForm
    panelists: tuple[str, ...]
    possessive: bool = False
    grade: Grade = Grade.CERTAIN


_SHORTEST = 2
_SHORTEST_PART = 3
_SHORTEST_DIMINISHED = 3
"""Letters of a first name from which a diminutive of it is looked for: "botje" is none of Bo."""

_NICKNAME = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]|\([^()]*\)")
_INITIALS = re.compile(r"(?:\w\.?)(?:[ -]?\w\.)*")
_HYPHENS = "-\u2010\u2011\u2013"
_HYPHEN = r"\-\u2010\u2011\u2013"
_DOUBLE_AFTER = re.compile(rf"[{_HYPHEN}][A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’]?s)?(?![^\W_])")
_DOUBLE_BEFORE = re.compile(rf"(?<![^\W_])[A-ZÀ-ÖØ-Þ][^\W\d_]*[{_HYPHEN}]$")
_LONGEST_NAME = 30
_PLURAL = "en"
_GROWN = rf"(?:[etpk]?je|ie|{_PLURAL})"
"""What may be glued to a name: a diminutive to a first name ("Sjoerdje"), a plural to a surname ("de Vriesen")."""

_FORMS = list(NameForm)
_GRADES = list(Grade)

_INSIDE = "[\u0300-\u036f\u00ad\u200b-\u200d\u2060]*"
"""What may stand behind a letter of a name unseen: accents of their own, soft hyphens, signs without width."""

# Letters with a stroke, which Unicode does not take apart.
_STROKES = str.maketrans("øØłŁđĐðÐı", "oOlLdDdDi")


def _plain(sign: str) -> str:
    """Return a letter without its accent or stroke."""
    return unicodedata.normalize("NFKD", sign)[0].translate(_STROKES)


_WITH_ACCENT: dict[str, str] = {}
for _code in range(0xC0, 0x180):
    _base = _plain(chr(_code))
    _WITH_ACCENT[_base] = _WITH_ACCENT.get(_base, "") + chr(_code)


def _signs(sign: str) -> str:
    """Return the signs that may stand for one sign of a name, in any case and with or without its accent, as a class
    of a pattern.
    """
    for alike in ("'’‘`´", '"“”„«»'):
        if sign in alike:
            return f"[{alike}]"
    base = _plain(sign)
    forms = {case for form in (sign, base) for case in (form, form.upper(), form.lower()) if len(case) == 1}
    both = "".join(sorted(forms | {accented for form in forms for accented in _WITH_ACCENT.get(form, "")}))
    return f"[{re.escape(both)}]"


def _spelled(name: str) -> tuple[str, str]:
    """Return the first sign of a name and the rest of it, as patterns.

    Between words may stand what accounts and labels have there ("sjoerd.hoekstra", "de_vries"); dots of initials may be
    absent, but not dot and gap both ("j. ansen" is no "jansen").
    """
    whole = unicodedata.normalize("NFC", " ".join(name.split()))
    rest, before = "", whole[0]
    for sign in whole[1:]:
        if sign == " ":
            rest += {".": r"(?:\.\s*|[\s_]+)", ",": r"\s*"}.get(before, r"(?:[\s_]+|[-.])")
        elif sign == ",":
            rest += r"\s*,"
        elif sign in _HYPHENS:
            rest += rf"[{_HYPHEN}\s_]?"
        elif sign != ".":
            rest += (r"\.?\s?" if before == "." else _INSIDE) + _signs(sign)
        before = sign
    return _signs(whole[0]), rest + (r"\.?" if before == "." else _INSIDE)


def _forms(panelist: Panelist) -> Iterator[tuple[str, NameForm]]:
    """Yield the ways in which a name is written."""
    surname, formal = surname_of(panelist.name), formal_name_of(panelist.name)
    firsts = [
        first
        for first in dict.fromkeys((panelist.first_name, first_name_of(panelist.name), formal))
        if first and first != panelist.name
    ]
    if surname and squeeze(surname) != squeeze(panelist.name):
        yield panelist.name, NameForm.FULL
        yield _NICKNAME.sub(" ", panelist.name), NameForm.FULL
    if surname:
        yield from _with_surname(firsts, surname)
    for first in firsts if surname else (*firsts, panelist.name):
        if len(first) >= _SHORTEST and not _INITIALS.fullmatch(first):
            yield first, NameForm.FIRST
            yield from _parts(re.split(f"[{_HYPHEN}]", first))


def _with_surname(firsts: Iterable[str], surname: str) -> Iterator[tuple[str, NameForm]]:
    bare = without_particles(surname)
    particles = surname[: len(surname) - len(bare)].strip()
    for first in firsts:
        yield f"{first} {surname}", NameForm.FULL
        yield f"{surname}, {first}", NameForm.FULL
        yield f"{bare}, {first} {particles}".strip(), NameForm.FULL
        yield f"{first[0]}. {surname}", NameForm.INITIALS
    for name in (surname, bare):
        if len(name) >= _SHORTEST and name[:1].isalpha():
            yield name, NameForm.SURNAME
    yield from _parts(re.split(rf"[\s{_HYPHEN}]+", bare))


def _parts(words: Sequence[str]) -> Iterator[tuple[str, NameForm]]:
    """Yield the words of a name that has several: a double name, or more than one surname."""
    if len(words) > 1:
        yield from ((word, NameForm.PART) for word in words if len(word) >= _SHORTEST_PART and word[:1].isupper())


_APART = "\x00"
"""Stands in no text and in no name."""


class NameFinder:
    """Finds the names of these members in texts; a text is searched once for all of them."""

    def __init__(self, panelists: Iterable[Panelist]) -> None:
        self._known: dict[str, dict[str, NameForm]] = {}
        members = tuple(panelists)
        names: dict[str, None] = {}
        for panelist in members:
            for form, kind in _forms(panelist):
                name = " ".join(form.split())
                key = squeeze(name)
                if not key:
                    continue
                forms = self._known.setdefault(key, {})
                forms[panelist.id] = min(kind, forms.get(panelist.id, kind), key=_FORMS.index)
                names[name] = None
        self._pattern = _pattern(names)
        self._addresses = MemberAddresses(members)

    def __bool__(self) -> bool:
        """Whether there is anybody whose name can be found."""
        return self._pattern is not None

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the names in a text, in order; none stands in another."""
        if self._pattern is None:
            return ()
        addresses = [
            Mention(
                item.start, item.end, text[item.start : item.end], NameForm.ADDRESS, item.panelists, False, item.grade
            )
            for item in self._addresses.find(text)
        ]
        if not addresses and self._pattern.search(text) is None:
            return ()
        found = list(addresses)
        begins = [item.start for item in addresses]
        end = 0
        for match in self._pattern.finditer(text):
            before = bisect_right(begins, match.start())
            if match.start() < end or (before and match.start() < addresses[before - 1].end):
                continue
            mention = self._mention(text, match, end)
            if mention is not None:
                found.append(mention)
                end = mention.end
        return _joined(text, sorted(found, key=lambda item: item.start))

    def may_name(self, texts: Sequence[str]) -> frozenset[int]:
        """Return which texts, by their place, hold what looks like a name: one search through all of them, which is
        several times as fast as one for each.
        """
        if self._pattern is None:
            return frozenset()
        ends = list(accumulate(len(text) + 1 for text in texts))
        named = {bisect_right(ends, match.start()) for match in self._pattern.finditer(_APART.join(texts))}
        return frozenset(named | {at for at, text in enumerate(texts) if self._addresses.may_be_in(text)})

    def _mention(self, text: str, match: re.Match[str], free_from: int) -> Mention | None:
        """Return the name that was matched, no further to the left than `free_from`; None where it is none."""
        start, end = match.span("name")
        owners = self._known.get(squeeze(match["name"]), {})
        form = min(owners.values(), key=_FORMS.index, default=NameForm.FULL)
        if _is_another_word(match, form):
            return None
        before = _DOUBLE_BEFORE.search(text[max(free_from, start - _LONGEST_NAME) : start])
        after = None if match["whose"] or match["grown"] else _DOUBLE_AFTER.match(text, match.end())
        begin = start - (len(before[0]) if before else 0)
        title, front = title_before(text, begin)
        grade = grade_of(Place(text, start, end, form, title))
        if grade is None:
            return None
        if (before or after) and form in (NameForm.FIRST, NameForm.PART) and title is None:
            grade = max(grade, Grade.DOUBTFUL, key=_GRADES.index)  # "Jan-Willem" is as a rule somebody else than Jan
        if match["grown"]:
            grade = max(grade, Grade.LIKELY, key=_GRADES.index)
        if title is None:
            front = article_before(text, begin)
        possessive = match["whose"] is not None and not does_something(text, match.end())
        whole = after.end() if after else match.end()
        name = text[begin : after.end() if after else end]
        return Mention(max(front, free_from), whole, name, form, tuple(owners), possessive, grade)


def _joined(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return mentions in which a first name and a surname behind it vouch for each other, whoever's they are."""
    found = list(mentions)
    for at, (first, last) in enumerate(pairwise(mentions)):
        surname = last.form in (NameForm.SURNAME, NameForm.PART)
        if first.form is NameForm.FIRST and surname and text[first.end : last.start] == " ":
            found[at : at + 2] = replace(first, grade=Grade.CERTAIN), replace(last, grade=Grade.CERTAIN)
    return tuple(found)


def _is_another_word(match: re.Match[str], form: NameForm) -> bool:
    """Tell whether a name with something glued to it is a word or a name of its own: "Bo" in "bos"."""
    grown, whose = match["grown"], match["whose"]
    if grown is not None:
        plural = grown == _PLURAL
        of_this_form = form is (NameForm.SURNAME if plural else NameForm.FIRST)
        if not of_this_form or len(match["name"]) < _SHORTEST_DIMINISHED or (plural and match["name"].islower()):
            return True
    glued = grown is not None or whose == "s"
    return glued and fold(match[0]) in ORDINARY


@lru_cache(maxsize=16)
def finder_of(panelists: tuple[Panelist, ...]) -> NameFinder:
    """Return what finds the names of these members; for the same members it is made once."""
    return NameFinder(panelists)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    by_first: dict[str, list[str]] = defaultdict(list)
    # The longest first, so that no half of a name is left standing.
    for name in sorted(names, key=lambda name: (-len(name), name)):
        first, rest = _spelled(name)
        by_first[first].append(rest)
    if not by_first:
        return None
    # A class of signs in front lets the search skip what can't begin a name: ten times as fast on long texts.
    begins = "".join(sorted({first[1:-1] for first in by_first}))
    options = "|".join(f"(?<={first})(?:{'|'.join(dict.fromkeys(rests))})" for first, rests in by_first.items())
    return re.compile(
        rf"(?P<name>[{begins}](?<![^\W_][\s\S])(?:{options}))"
        rf"(?P<grown>{_GROWN})?(?P<whose>['’]?s|(?<=[sxzSXZ])['’](?=\s\w))?(?![^\W_])"
    )
