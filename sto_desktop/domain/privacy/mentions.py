"""Finds the names of panel members in texts: in full, by surname, first name or initials, possessive or not.

One pattern finds candidates, in any case; `name_grades` gives the certainty that each is a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import (
    first_name_of,
    fold,
    formal_name_of,
    is_label,
    squeeze,
    surname_of,
    without_particles,
)
from sto_desktop.domain.privacy.dutch_words import is_word
from sto_desktop.domain.privacy.name_addresses import LABEL, Address, MemberAddresses
from sto_desktop.domain.privacy.name_grades import (
    Grade,
    NameForm,
    NameOccurrence,
    begins_sentence,
    does_something,
    grade_of,
    grade_of_initials,
    particles_before,
    title_before,
)
from sto_desktop.domain.privacy.name_spelling import HYPHEN, key_of, loose_key_of, pattern_of
from sto_desktop.domain.privacy.ordinary_words import ABBREVIATIONS, ORDINARY, SHORTENED


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, from `start` to `end`, including a preceding title or article and a possessive "s", if any.

    `panelists`: the members (ids) whose name it can be, several if they share it. `possessive`: it ends in a possessive
    s. `grade`: how certain it is that it is a name, and a member's.
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
"""Minimum letters of a first name for finding diminutives of it: "botje" is not from Bo."""

_NICKNAME = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]|\([^()]*\)")
_INITIALS = re.compile(r"(?:\w\.?)(?:[ -]?\w\.)*")
_DOUBLE_AFTER = re.compile(rf"[{HYPHEN}][A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’]?s)?(?![^\W_])")
_DOUBLE_BEFORE = re.compile(rf"(?<![^\W_])[A-ZÀ-ÖØ-Þ][^\W\d_]*[{HYPHEN}]$")
_LONGEST_NAME = 30
_PLURAL = "en"
_GROWN = rf"(?:(?:[bdfgklmnprst]?et|[etpk])?jes?|ie|[bdfgklmnprst]?{_PLURAL})"
"""Endings that may be attached to a name: a diminutive ("Sjoerdje", "Jannetje"), a plural ("de Vriesen")."""
_DIGITS_BEFORE = re.compile(r"\d{1,4}$")
_SHORTEST_NUMBERED = 3
"""Minimum letters of a name that may have a digit attached: "jan1"."""
_SHORTEST_GLUED = 4
"""Minimum letters of a surname that may have an initial attached: "jbeld"."""

_FORMS = list(NameForm)
_GRADES = list(Grade)


def _forms(panelist: Panelist) -> Iterator[tuple[str, NameForm]]:
    """Yield the written forms of a name."""
    surname, formal = surname_of(panelist.name), formal_name_of(panelist.name)
    # A first name equal to the full name is no first name.
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
            yield from _parts(re.split(f"[{HYPHEN}]", first))


def _with_surname(firsts: Iterable[str], surname: str) -> Iterator[tuple[str, NameForm]]:
    bare = without_particles(surname)
    particles = surname[: len(surname) - len(bare)].strip()
    for first in firsts:
        yield f"{first} {surname}", NameForm.FULL
        yield f"{surname}, {first}", NameForm.FULL
        yield f"{bare}, {first} {particles}".strip(), NameForm.FULL
        yield f"{first[0]}. {surname}", NameForm.INITIALS
        if not _INITIALS.fullmatch(first):
            yield f"{surname} {first}", NameForm.FULL
        if len(squeeze(bare)) >= _SHORTEST_GLUED:
            yield from ((f"{first[0]}{last}", NameForm.INITIALS) for last in (surname, bare))
    short = "".join(f"{word[0]}." for word in particles.split() if word[0].isalpha())
    if short:
        yield f"{short.replace('.', '')}{bare}", NameForm.INITIALS
    for name in (surname, bare, *((f"{short} {bare}",) if short else ())):
        # Of "'t Hoen" the apostrophe is part of the name, and people leave it out.
        if len(name) >= _SHORTEST and name.lstrip("'’‘")[:1].isalpha():
            yield name, NameForm.SURNAME
    yield from _parts(re.split(rf"[\s{HYPHEN}]+", bare))


def _parts(words: Sequence[str]) -> Iterator[tuple[str, NameForm]]:
    """Yield the words of a name with several: a double name, or more than one surname."""
    if len(words) > 1:
        yield from ((word, NameForm.PART) for word in words if len(word) >= _SHORTEST_PART and word[:1].isupper())


def _initials_of(panelist: Panelist) -> Iterator[str]:
    """Yield a member's initials as used in minutes: "HdV", "HDV" and "HV", and "JW" for Jan-Willem."""
    first, surname = first_name_of(panelist.name), surname_of(panelist.name)
    bare = without_particles(surname)
    particles = surname[: len(surname) - len(bare)].split()
    if not (first[:1].isalpha() and bare[:1].isalpha()) or len(first) == 1:
        return
    between = "".join(word[0] for word in particles if word[0].isalpha()).lower()
    last = "".join(word[0] for word in bare.split()).upper()
    yield from dict.fromkeys(f"{first[0].upper()}{letters}{last}" for letters in (between, between.upper(), ""))
    given = [word for word in re.split(rf"[\s{HYPHEN}]+", first) if word[:1].isalpha()]
    if len(given) > 1:
        yield "".join(word[0] for word in given).upper()


def _typed_small(letters: str) -> bool:
    """Tell whether initials can be told from a word where somebody types them without capitals: "hj", but not "er"."""
    low = letters.lower()
    known = low in ORDINARY or low in ABBREVIATIONS or low in SHORTENED or is_word(low, compound=False)
    return letters.isupper() and len(letters) == 2 and not known


_APART = "\x00"
"""Occurs in no text and no name."""


class NameFinder:
    """Finds the names of these members in texts, searching each text once for all of them."""

    def __init__(self, panelists: Iterable[Panelist]) -> None:
        self._known: dict[str, dict[str, NameForm]] = {}
        self._apart: set[str] = set()
        members = tuple(panelists)
        names: dict[str, None] = {}
        for panelist in members:
            for form, kind in _forms(panelist):
                name = " ".join(form.split())
                key = key_of(name)
                if not key:
                    continue
                forms = self._known.setdefault(key, {})
                forms[panelist.id] = min(kind, forms.get(panelist.id, kind), key=_FORMS.index)
                names[name] = None
                # Forms that only count as written apart: joined they may be a word.
                if " " in name or kind is NameForm.INITIALS:
                    self._apart.add(key)
        self._loose: dict[str, dict[str, NameForm]] = {}
        for key, owners in self._known.items():
            self._loose.setdefault(loose_key_of(key), {}).update(owners)
        self._pattern = _pattern(names)
        self._initials: dict[str, list[str]] = {}
        for panelist in members:
            for letters in _initials_of(panelist):
                self._initials.setdefault(letters, []).append(panelist.id)
        self._initials_pattern = _initials_pattern(self._initials)
        small = sorted(letters.lower() for letters in self._initials if _typed_small(letters))
        self._small_initials = re.compile(rf"(?<![\w.#])(?:{'|'.join(small)})(?!\.?\w)") if small else None
        self._addresses = MemberAddresses(members)

    def __bool__(self) -> bool:
        """Whether there is any name to find."""
        return self._pattern is not None

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the names in a text, in order, without overlap."""
        if self._pattern is None:
            return ()
        addresses = [_at_address(text, address) for address in self._addresses.find(text)]
        mentions: list[Mention] = []
        at = end = 0
        while (match := self._pattern.search(text, at)) is not None:
            start, at = match.span("name")
            touched = [address for address in addresses if address.start < at and start < address.end]
            if touched and touched[0].start <= start and at <= touched[-1].end:
                continue
            before = max((address.end for address in addresses if address.end <= start), default=0)
            mention = self._mention(text, match, max(end, before))
            if mention is None:
                # If the match reaches out of an address, the words behind the address may still be a name on their own.
                at = start + 1 if touched else match.end()
                continue
            addresses = [address for address in addresses if address not in touched]
            mentions.append(_united(text, mention, touched))
            at = end = mentions[-1].end
        mentions += addresses
        others = (*(_at_address(text, address) for address in self._addresses.glued_in(text)), *self._initials_in(text))
        # Weaker matches count only where nothing else matched.
        for mention in others:
            if all(mention.end <= other.start or other.end <= mention.start for other in mentions):
                mentions.append(mention)
        return _joined(text, sorted(mentions, key=lambda mention: mention.start)) if mentions else ()

    def may_name(self, texts: Sequence[str]) -> frozenset[int]:
        """Return the indexes of the texts that contain a possible name: one search through all of them, several times
        as fast as one search per text.
        """
        if self._pattern is None:
            return frozenset()
        ends = list(accumulate(len(text) + 1 for text in texts))
        joined = _APART.join(texts)
        named = {bisect_right(ends, match.start()) for match in self._pattern.finditer(joined)}
        named.update(bisect_right(ends, at) for at in self._addresses.may_be_at(joined))
        named.update(bisect_right(ends, mention.start) for mention in self._initials_in(joined))
        return frozenset(named | {at for at, text in enumerate(texts) if LABEL.fullmatch(text) is not None})

    def _initials_in(self, text: str) -> Iterator[Mention]:
        if self._initials_pattern is None:
            return
        for match in self._initials_pattern.finditer(text):
            grade = grade_of_initials(text, match.start(), match.end())
            if grade is not None:
                owners = tuple(self._initials[match[0].replace(".", "").replace(" ", "")])
                yield Mention(*match.span(), match[0], NameForm.INITIALS, owners, False, grade)
        for match in self._small_initials.finditer(text) if self._small_initials else ():
            owners = tuple(self._initials[match[0].upper()])
            yield Mention(*match.span(), match[0], NameForm.INITIALS, owners, False, Grade.DOUBTFUL)

    def _owners(self, written: str) -> tuple[dict[str, NameForm], bool]:
        """Return the owners of a written name with the form it has, and whether it is spelled as in the list of
        members.
        """
        key = key_of(written)
        known = self._known.get(key)
        return (known, True) if known else (self._loose.get(loose_key_of(key), {}), False)

    def _mention(self, text: str, match: re.Match[str], free_from: int) -> Mention | None:
        """Return the matched name, starting no earlier than `free_from`; None if it is not a name."""
        start, end = match.span("name")
        owners, exact = self._owners(match["name"])
        form = min(owners.values(), key=_FORMS.index, default=NameForm.FULL)
        numbers = _DIGITS_BEFORE.search(text[max(free_from, start - 4) : start])
        numbered = numbers is not None or bool(match["digits"])
        # "bos" is a word, not of Bo; "max10" is no name.
        if _is_another_word(match, form) or (numbered and _is_numbered_word(match["name"])):
            return None
        before = _DOUBLE_BEFORE.search(text[max(free_from, start - _LONGEST_NAME) : start])
        after = None if match["whose"] or match["grown"] or numbered else _DOUBLE_AFTER.match(text, match.end())
        begin = start - (len(before[0]) if before else len(numbers[0]) if numbers else 0)
        title, front = title_before(text, begin)
        # A title may stand before particles that belong to the name.
        if title is None:
            title, front = title_before(text, particles_before(text, begin, all_of_them=True))
        grade = grade_of(NameOccurrence(text, start, end, form, title))
        at_least = self._at_least(match, exact, numbered)
        if grade is None or at_least is None:
            return None
        if (before or after) and form in (NameForm.FIRST, NameForm.PART) and title is None:
            at_least = Grade.DOUBTFUL  # "Jan-Willem" is usually somebody other than Jan
        grade = max(grade, at_least, key=_GRADES.index)
        if title is None:
            front = particles_before(text, begin)
        possessive = match["whose"] is not None and not does_something(text, match.end())
        whole = after.end() if after else match.end()
        name = text[begin : after.end() if after else match.end("digits") if numbered else end]
        return Mention(max(front, free_from), whole, name, form, tuple(owners), possessive, grade)

    def _at_least(self, match: re.Match[str], exact: bool, numbered: bool) -> Grade | None:
        """Return the highest grade for a name not spelled as in the list of members; None if it is a word."""
        written = match["name"]
        glued = written.isalpha() and key_of(written) in self._apart
        # A diminutive, plural or number leaves some doubt.
        if exact and not glued:
            return Grade.LIKELY if match["grown"] or numbered else Grade.CERTAIN
        if fold(written) in ORDINARY or is_word(fold(written), compound=False):
            return None if written.islower() or glued else Grade.DOUBTFUL
        return Grade.CERTAIN if exact else Grade.LIKELY


def _at_address(text: str, address: Address) -> Mention:
    name = text[address.start : address.end]
    return Mention(address.start, address.end, name, NameForm.ADDRESS, address.panelists, False, address.grade)


def _united(text: str, mention: Mention, addresses: Sequence[Mention]) -> Mention:
    """Return a name with the addresses that hold a part of it: "@bram veldhuis" and "bram veldhuis@x.nl" are one."""
    if not addresses:
        return mention
    start = min(mention.start, addresses[0].start)
    end = max(mention.end, addresses[-1].end)
    grade = min((mention.grade, *(item.grade for item in addresses)), key=_GRADES.index)
    return replace(mention, start=start, end=end, name=text[start:end], grade=grade)


def _is_numbered_word(name: str) -> bool:
    """Return whether the letters before a digit are not a name: "max10", "bo2"."""
    core = fold(without_particles(name))
    return core in ORDINARY or len(core) < _SHORTEST_NUMBERED


def _joined(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return mentions in which a first name and an adjacent surname raise each other's grade, whoever owns them."""
    joined = list(mentions)
    for at, (first, last) in enumerate(pairwise(mentions)):
        surname = last.form in (NameForm.SURNAME, NameForm.PART)
        if first.form is NameForm.FIRST and surname and text[first.end : last.start] == " ":
            joined[at : at + 2] = replace(first, grade=Grade.CERTAIN), replace(last, grade=Grade.CERTAIN)
    return tuple(joined)


def _is_another_word(match: re.Match[str], form: NameForm) -> bool:
    """Return whether a name with letters attached is another word or name: "Bo" in "bos"."""
    grown, whose = match["grown"], match["whose"]
    whole = fold(match[0])
    if grown is not None:
        plural = grown.endswith(_PLURAL)
        doubled = grown.removesuffix("s").removesuffix("je").removesuffix("et").removesuffix(_PLURAL)
        if doubled not in ("", "e", "t", "p", "k", "i", "ie", fold(match["name"])[-1]):
            return True
        if form not in ((NameForm.SURNAME, NameForm.FIRST) if plural else (NameForm.FIRST,)):
            return True
        if len(match["name"]) < _SHORTEST_DIMINISHED or (plural and _is_no_plural(match, whole)):
            return True
    glued = grown is not None or whose == "s"
    return glued and whole in ORDINARY


def _is_no_plural(match: re.Match[str], whole: str) -> bool:
    """Return whether a name with a plural ending is a word: "samen" of Sam, also sentence-initial "Samen"."""
    return match["name"].islower() or (begins_sentence(match.string, match.start()) and is_word(whole))


@lru_cache(maxsize=16)
def finder_of(panelists: tuple[Panelist, ...]) -> NameFinder:
    """Return the finder for these members, cached; what a copy without names calls them is no name to find."""
    return NameFinder(tuple(panelist for panelist in panelists if not is_label(panelist.name)))


def _pattern(names: Collection[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    # A character class in front lets the search skip what can't start a name: ten times as fast on long texts.
    begins, rests = pattern_of(names)
    return re.compile(
        rf"(?P<name>[{begins}](?<![^\W\d_][\s\S])(?:{rests}))"
        rf"(?P<grown>{_GROWN})?(?P<whose>['’]?s|(?<=[sxzSXZ])['’](?=\s\w))?(?P<digits>\d{{0,4}})(?![^\W_])"
    )


def _initials_pattern(initials: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for initials as people write them: in capitals, with or without dots."""
    longest_first = sorted(initials, key=lambda letters: (-len(letters), letters))
    ways = [
        rf"(?<={first})(?:{rest}|\. ?{r'[.] ?'.join(rest)}\.?)"
        for first, rest in ((one[0], one[1:]) for one in longest_first)
    ]
    begins = re.escape("".join(sorted({letters[0] for letters in longest_first})))
    return re.compile(rf"[{begins}](?<![\w.][\s\S])(?:{'|'.join(ways)})(?!\w)") if ways else None
