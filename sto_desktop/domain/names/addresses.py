"""Names joined or shortened in e-mail and web addresses, accounts, labels, and words such as "sjoerdplan". These are
parsed separately from sentences.

An e-mail address that matches no member still belongs to somebody: only general ones ("info@") are ignored.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.context import COURTESIES, TITLE_WORDS
from sto_desktop.domain.names.forms import (
    address_keys,
    first_accounts,
    given_keys,
    surname_accounts,
    two_initials,
)
from sto_desktop.domain.names.grades import Grade
from sto_desktop.domain.names.ordinary_words import (
    COUNTED,
    DESKS,
    EVERYDAY,
    ORDINARY,
    PLACES,
    STREETS,
    is_listed,
    is_persons_name,
    is_rather_a_word,
    is_right,
    is_word,
)
from sto_desktop.domain.names.spelling import HYPHEN, HYPHENS, key_of
from sto_desktop.domain.people import fold, is_particle
from sto_desktop.patterns import lazy_re

_DOMAINS = "nl|com|org|net|eu|info|be|de|frl|school|online|site|app|io|nu|example"
_ADDRESS = lazy_re(
    r"[\w.%+’'-]*@[\w.-]+|#[\w.-]+"
    rf"|(?:https?://|www\.)[^\s<>\"”)\]]+|(?<![\w.])(?:[^\W_][\w-]*\.)+(?:{_DOMAINS})(?!\w)(?:/[^\s<>\"”)\]]*)?",
    re.I,
)
_SIGNS = ("@", "#", "://", "www.")
_DOMAIN = lazy_re(rf"\.(?:{_DOMAINS})", re.I)
"""Every address contains one of these characters, or a domain."""
_SCHEME = lazy_re(r"(?:https?://)?(?:www\.)?")
LABEL = lazy_re(r"\s*([\w.-]+)\s*")
"""A text that consists of one label, or one word."""
_WORD = lazy_re(r"[^\W\d_]{4,}")
_HYPHENATED = lazy_re(rf"(?<![\w{HYPHEN}])[^\W\d_]+(?:[{HYPHEN}][^\W\d_]+)+(?![\w{HYPHEN}])")
_SPELLED = lazy_re(r"(?<![\w.])[^\W\d_](?:[ .][^\W\d_]){2,}(?!\w)")
"""Letters one by one: "w o u t e r"."""
_HUMP = lazy_re(r"(?<=[^\W\d_A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ])")
_TRAILING = ".,;:!?-_'’"
_LETTERS = lazy_re(r"[^\W\d_]+")
_SHORTEST = 2
_SHORTEST_GLUED = 5
"""Minimum letters for recognising a name at the start or the end of something longer: "sjoerdplan"."""
_SHORTEST_UNLIKELY = 6
"""Minimum letters of a user name for showing one that the dictionary has as a word."""
_SHORTEST_IN_WORD = 3
"""Minimum letters of a name that is likely to be meant in a word of a sentence, with a word attached."""
_LONG_IN_WORD = 4
"""From this many letters in the name, the word is not checked for being a compound of two other words."""
_LONG_BEFORE_FEW = 5
"""Letters of a name from which it is likely to be meant with few letters attached too: "wouterbus"."""
_FEW = 3
"""Most letters that count as few, where they are attached to a name."""
_SHORTEST_SPLIT = 4
"""Minimum letters of a name that is likely to be meant if it is split: "wou-ter"."""
_LINK = "s"
"""Joins a name to the word that follows it."""
_BEFORE_SOMEBODY = ("aan", "bij", "door", "met", "naar", "namens", "op", "over", "van", "volgens", "voor")
_AND = "en"
"""Joins two names in a label: "veraenpiet"."""
_BEFORE_INITIALS = frozenset((*_BEFORE_SOMEBODY, "nav", "tav", "todo"))
_SHORTEST_REST = 3
"""Minimum letters of the word attached to a name."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address, account or label made from a member's name, from `start` to `end` in a text."""

    start: int
    end: int
    panelists: tuple[str, ...]
    grade: Grade


Owners = tuple[frozenset[str], Grade] | None
"""The possible owners (ids) of a name, none if it could be anybody's, and its grade. None instead of a pair: not a
name.
"""


class MemberAddresses:
    """Recognises addresses made from the names of these members."""

    def __init__(self, panelists: Iterable[Panelist]) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._initials: dict[str, set[str]] = defaultdict(set)
        self._accounts: dict[str, set[str]] = defaultdict(set)
        self._weak_accounts: dict[str, set[str]] = defaultdict(set)
        self._given: set[str] = set()
        for panelist in panelists:
            self._given.update(given_keys(panelist))
            # Separate indexes, since the grade depends on how a name was written.
            for names, index in (
                (self._names, address_keys(panelist)),
                (self._initials, two_initials(panelist)),
                (self._accounts, surname_accounts(panelist)),
                (self._weak_accounts, first_accounts(panelist)),
            ):
                for name in index:
                    if len(name) >= _SHORTEST:
                        names[name].add(panelist.id)
        self._sizes = sorted({len(name) for name in self._names})
        self._known: dict[str, Owners] = {}
        self._words: dict[str, Owners] = {}

    def may_be_at(self, texts: str) -> Iterator[int]:
        """Yield positions where an address, a marked label or a name inside a word may be."""
        # Check each distinct word once, however often it occurs.
        distinct = " ".join({*texts.split()})
        words = {*_WORD.findall(distinct), *_HYPHENATED.findall(distinct)}
        yield from (domain.start() for domain in _DOMAIN.finditer(texts))
        yield from (spelled.start() for spelled in _SPELLED.finditer(texts) if self._split(spelled[0]) is not None)
        for marker in (*_SIGNS, *(word for word in words if self._word(word) or self._split(word))):
            at = texts.find(marker)
            while at >= 0:
                yield at
                at = texts.find(marker, at + 1)

    def find(self, text: str) -> Iterator[Address]:
        """Yield the addresses made from names in a text, in order. A text without white space is read as a label."""
        at = 0
        for address in self._marked_in(text):
            yield from self._across_hyphens_in(text, at, address.start)
            yield address
            at = address.end
        yield from self._across_hyphens_in(text, at, len(text))

    def _marked_in(self, text: str) -> Iterator[Address]:
        if any(character in text for character in _SIGNS) or _DOMAIN.search(text) is not None:
            for match in _ADDRESS.finditer(text):
                address = match[0].rstrip(_TRAILING)
                yield from self._made_of(address, match.start(), match.start() + len(address))
        elif (bare := LABEL.fullmatch(text)) is not None:
            yield from self._made_of(f"#{bare[1]}", bare.start(1), bare.end(1))

    def _across_hyphens_in(self, text: str, start: int, end: int) -> Iterator[Address]:
        """Yield the words in which a word is attached to a double name: "plangerrit-jan"."""
        if any(hyphen in text for hyphen in HYPHENS):
            yield from _owned(_HYPHENATED.finditer(text, start, end), self._word)

    def glued_in(self, text: str) -> Iterator[Address]:
        """Yield the words of a sentence in which a word is attached to a name ("sjoerdplan", "planJan"), and names in
        pieces ("wou-ter").
        """
        # Most texts contain none, and searching words alone is faster than tracking their positions.
        if any(self._word(word) is not None for word in _WORD.findall(text)):
            yield from _owned(_WORD.finditer(text), self._word)
        yield from _owned(_in_pieces(text), self._split)

    def _made_of(self, address: str, start: int, end: int) -> Iterator[Address]:
        if address not in self._known:
            self._known[address] = self._read(address)
        owners = self._known[address]
        if owners is not None:
            yield Address(start, end, tuple(sorted(owners[0])), owners[1])

    def _read(self, address: str) -> Owners:
        key = fold(address)
        local, at, domain = key.partition("@")
        if not at:
            return self._owner(key[1:], mail=False) if key.startswith("#") else self._of_site(key)
        if not local:
            owners = self._owner(domain, mail=True)
            account = domain in self._accounts or domain in self._weak_accounts
            # Behind an @, such letters are a user name: "@sjoerdv".
            sure = owners is not None and account and len(domain) >= _SHORTEST_GLUED and not is_word(domain)
            return (owners[0], Grade.CERTAIN) if owners is not None and sure else owners
        owners = self._owner(local, mail=True) or self._of_site(domain)
        # It belongs to somebody, though nobody knows to whom: it is replaced all the same.
        if owners is None and "." in domain and not set(_LETTERS.findall(local)) <= DESKS:
            return frozenset(), Grade.LIKELY
        return owners

    def _of_site(self, address: str) -> Owners:
        """Return the owners of a web address, found in any part of its path or of its host, except the top-level
        domain.
        """
        host, _, path = _SCHEME.sub("", address, count=1).partition("/")
        for part in (*host.split(".")[:-1], *path.split("/")):
            owners = self._owner(part, mail=False)
            if owners is None and key_of(part) in self._names and part in host:
                owners = frozenset(self._names[key_of(part)]), Grade.LIKELY
            if owners is not None and owners[1] is not Grade.UNLIKELY:
                return owners[0], Grade.LIKELY
        return None

    def _owner(self, local: str, *, mail: bool) -> Owners:
        parts = [key_of(part) for part in _LETTERS.findall(local)]
        joined = "".join(parts)
        whole = {part for part in (joined, *parts) if part in self._names}
        sure = {part for part in whole if part not in ORDINARY and part not in PLACES}
        if not mail:  # a label or a page is about the word: "#huizen"
            apart = {joined} if len(parts) > 1 else set()  # "#van_dalen" is no "vandalen"
            sure = {part for part in sure if part in apart or not self._is_a_surname_and_word(part)}
        if sure or (whole and not TITLE_WORDS.isdisjoint(parts)):
            return _all_of(self._names, sure or whole), Grade.CERTAIN
        if whole and mail:
            return _all_of(self._names, whole), Grade.LIKELY
        given = whole & self._given if len(parts) > 1 else set()
        if given:
            return _all_of(self._names, given), Grade.LIKELY if given & COUNTED else Grade.UNLIKELY
        if mail and joined in self._initials:
            return frozenset(self._initials[joined]), Grade.LIKELY  # before the general addresses: "pr@" may be either
        if mail or joined not in ORDINARY:
            owners = self._accounts.get(joined) or self._weak_accounts.get(joined)
            if owners:
                return frozenset(owners), Grade.LIKELY
        if not mail and local[-1:].isdecimal() and (numbered := whole - EVERYDAY):
            return _all_of(self._names, numbered), Grade.LIKELY  # "#prins2"
        if not mail and (doubted := self._in_label(local, parts, whole)):
            return _all_of(*doubted), Grade.DOUBTFUL
        if joined in ORDINARY or joined in PLACES:
            return None
        ways = (self._glued(joined, mail=mail), None if mail else self._among_words(joined))
        return min(filter(None, ways), key=lambda owners: owners[1].value, default=None)

    def _in_label(
        self, label: str, parts: list[str], whole: Collection[str]
    ) -> tuple[Mapping[str, set[str]], list[str]] | None:
        """Return the names that a label may hold though they are words too: with a number ("#ben2"), or initials behind
        a word before a person ("#voor_wj").
        """
        if numbered := [name for name in whole if label[-1:].isdecimal() and name in self._given]:
            return self._names, numbered
        behind = [two for one, two in itertools.pairwise(parts) if one in _BEFORE_INITIALS and two in self._initials]
        return (self._initials, behind) if behind else None

    def _among_words(self, letters: str) -> Owners:
        """Return the owners of a name with which a label of several words starts or ends: "tipvansven", "mevrprins"."""
        by_grade: dict[Grade, set[str]] = defaultdict(set)
        for name, rest in self._names_at_an_end(letters, shortest=_SHORTEST):
            if len(name) < _SHORTEST_IN_WORD or name in EVERYDAY or name in PLACES:
                continue
            word = name in ORDINARY or self._is_a_surname_and_word(name)
            told = letters.endswith(name) and (rest in COURTESIES or _ends_before_somebody(rest))
            if told:
                by_grade[Grade.LIKELY].add(name)
            elif letters.endswith(name) and _is_of_particles(rest):
                continue
            elif len(rest) >= _SHORTEST_REST and _is_of_words(rest):
                # "tweedekans" ends in Ans by chance.
                likely = Grade.LIKELY if len(name) >= _LONG_IN_WORD else Grade.DOUBTFUL
                by_grade[Grade.UNLIKELY if word else likely].add(name)
            elif (len(name) >= _LONG_IN_WORD or not word) and not is_word(letters):
                # "todotom", "cflinda": what is attached is an abbreviation.
                by_grade[Grade.UNLIKELY if word else Grade.DOUBTFUL].add(name)
        if not by_grade or is_right(letters) or is_listed(letters.capitalize()):
            return None
        best = next(grade for grade in Grade if grade in by_grade)
        return _all_of(self._names, by_grade[best]), best

    def _glued(self, letters: str, *, mail: bool) -> Owners:
        """Return the owners of a name at the start or the end of these letters, with another word attached to it."""
        by_grade: dict[Grade, set[str]] = defaultdict(set)
        for name, rest in self._names_at_an_end(letters):
            if name in ORDINARY or name in PLACES or (not mail and self._is_a_surname_and_word(name)):
                if _is_word(rest):
                    elsewhere = Grade.DOUBTFUL if name in self._given and name not in EVERYDAY else Grade.UNLIKELY
                    by_grade[Grade.LIKELY if mail else elsewhere].add(name)
            elif len(name) >= _SHORTEST_GLUED or self._may_stand_beside(rest):
                by_grade[Grade.LIKELY].add(name)
        # A word of the dictionary, or another first name ("Johanna" of Anna), is no joined name.
        if not by_grade or is_listed(letters) or is_listed(letters.capitalize()):
            return None
        best = next(grade for grade in Grade if grade in by_grade)
        return _all_of(self._names, by_grade[best]), best

    def _is_a_surname_and_word(self, name: str) -> bool:
        return name not in self._given and is_rather_a_word(name)

    def _word(self, word: str) -> Owners:
        if word not in self._words:
            self._words[word] = self._in_word(word)
        return self._words[word]

    def _in_word(self, word: str) -> Owners:
        if not word.isalpha():
            return self._across_hyphens(word)
        letters = key_of(word)
        return self._account(letters) or self._glued_to_a_word(word, letters)

    def _account(self, letters: str) -> Owners:
        """Return the owners of a user name, or of a first name and a surname written as one."""
        indexes = (self._names, Grade.LIKELY), (self._accounts, Grade.LIKELY), (self._weak_accounts, Grade.DOUBTFUL)
        known = next(((names, grade) for names, grade in indexes if letters in names), None)
        if known is None or letters in ORDINARY:
            return None
        names, grade = known
        owners = frozenset(names[letters])
        if is_word(letters, compound=False):
            # "muldern" counts as a word only because of its ending: a person can decide.
            return (owners, Grade.UNLIKELY) if names is not self._names and len(letters) >= _SHORTEST_UNLIKELY else None
        # "terpstraf" may consist of two words; a first name with a surname does not.
        return owners, Grade.UNLIKELY if names is not self._names and _is_word(letters) else grade

    def _glued_to_a_word(self, word: str, letters: str) -> Owners:
        humps = {len(key_of(word[: hump.start()])) for hump in _HUMP.finditer(word)}
        by_grade: dict[Grade, set[str]] = defaultdict(set)
        for name, rest in self._names_at_an_end(letters):
            counted = name in COUNTED and name in self._given
            if (name in ORDINARY and not counted) or name in PLACES or not self._may_stand_beside(rest):
                continue
            # A capital inside the word, or a title, marks the boundary of the name.
            apart = humps & {len(name), len(rest)} or rest in TITLE_WORDS
            grade = Grade.LIKELY if apart else Grade.UNLIKELY if counted else _glued_grade(name, rest, letters)
            if grade is not None:
                by_grade[grade].add(name)
        # The lookup of the whole word is slow, and few words get this far.
        if not by_grade or is_word(word.lower(), compound=False) or is_word(word.capitalize(), compound=False):
            return None
        best = next(grade for grade in Grade if grade in by_grade)
        return _all_of(self._names, by_grade[best]), best

    def _split(self, word: str) -> Owners:
        """Return the owners of a name that is written in pieces or letters: "wou-ter", "w o u t e r"."""
        letters = "" if word.isalpha() else key_of(word)
        if len(letters) < _SHORTEST_IN_WORD or letters not in self._names or letters in EVERYDAY or letters in PLACES:
            return None
        ordinary = letters in ORDINARY
        if ordinary and _SPELLED.fullmatch(word):
            return None  # "R.I.J." is an abbreviation
        sure = len(letters) >= _SHORTEST_SPLIT and not ordinary
        return frozenset(self._names[letters]), Grade.LIKELY if sure else Grade.DOUBTFUL

    def _across_hyphens(self, word: str) -> Owners:
        """Return the owners of a double name of which one half has another word attached."""
        parts = [key_of(part) for part in re.split(f"[{HYPHEN}]", word)]
        letters = "".join(parts)
        names = {
            name
            for name, rest in self._names_at_an_end(letters)
            # The hyphen is inside the name, not at its boundary.
            if (len(rest) < len(parts[0]) if letters.endswith(name) else len(rest) < len(parts[-1]))
            and self._may_stand_beside(rest)
        }
        return (_all_of(self._names, names), Grade.LIKELY) if names else None

    def _names_at_an_end(self, letters: str, shortest: int = _SHORTEST_REST) -> Iterator[tuple[str, str]]:
        """Yield each name with which these letters start or end, and the letters attached to it: `shortest` or more."""
        for size in self._sizes:
            rest = len(letters) - size
            if rest < shortest:
                return
            if letters[:size] in self._names:
                yield letters[:size], letters[size:]
                # "femkesplan"
                if letters[size] == _LINK and rest > shortest:
                    yield letters[:size], letters[size + 1 :]
                if letters.startswith(_AND, size) and self._may_stand_beside(letters[size + len(_AND) :]):
                    yield letters[:size], letters[size + len(_AND) :]
            if letters[rest:] in self._names:
                yield letters[rest:], letters[:rest]
                if letters.endswith(_AND, 0, rest) and self._may_stand_beside(letters[: rest - len(_AND)]):
                    yield letters[rest:], letters[: rest - len(_AND)]

    def _may_stand_beside(self, letters: str) -> bool:
        """Return whether letters attached to a name are a word or another name; "piet" is a word in the dictionary."""
        return letters in self._names or _is_word(letters) or is_persons_name(letters.capitalize())


def _in_pieces(text: str) -> Iterator[re.Match[str]]:
    if any(hyphen in text for hyphen in HYPHENS):
        yield from _HYPHENATED.finditer(text)
    yield from _SPELLED.finditer(text)


def names_in_pieces(text: str) -> Iterator[str]:
    """Yield what may be a name written in pieces or letters: "wou-ter", "w o u t e r"."""
    return (match[0] for match in _in_pieces(text))


def _owned(words: Iterable[re.Match[str]], owners_of: Callable[[str], Owners]) -> Iterator[Address]:
    for match in words:
        known = owners_of(match[0])
        if known is not None:
            yield Address(match.start(), match.end(), tuple(sorted(known[0])), known[1])


def _glued_grade(name: str, rest: str, letters: str) -> Grade | None:
    """Return how likely it is that a name is meant in a word that consists of it and another word; None: it is not."""
    if rest in STREETS:
        return Grade.UNLIKELY
    if len(name) < _LONG_IN_WORD and is_word(letters):
        # A compound of two other words, unless the first is the name with its s.
        return Grade.UNLIKELY if len(name) == _SHORTEST_IN_WORD and letters == f"{name}{_LINK}{rest}" else None
    few = len(rest) <= _FEW and len(name) < _LONG_BEFORE_FEW
    if len(name) >= _SHORTEST_IN_WORD:
        return Grade.UNLIKELY if few else Grade.DOUBTFUL
    # Many words end in two letters that are a name too.
    return Grade.UNLIKELY if letters.startswith(name) and not few else None


def _is_word(key: str) -> bool:
    """Return whether the letters of a key, in which y is written as ij, are a word."""
    return is_word(key) or ("ij" in key and is_word(key.replace("ij", "y")))


@lru_cache(maxsize=10_000)
def _is_of_words(key: str) -> bool:
    """Return whether the letters of a key are nothing but words one after the other: "terugkomenop"."""
    if key in EVERYDAY or key in TITLE_WORDS or (len(key) >= _SHORTEST_REST and (_is_word(key) or is_right(key))):
        return True
    cuts = range(_SHORTEST, len(key) - _SHORTEST + 1)
    return any(_is_one_word(key[:cut]) and _is_of_words(key[cut:]) for cut in cuts)


def _is_of_particles(key: str) -> bool:
    """Return whether letters are what stands before a surname: "vander" is of "vandermolen", not a word before it."""
    return is_particle(key) or any(is_particle(key[:cut]) and is_particle(key[cut:]) for cut in range(1, len(key)))


def _is_one_word(key: str) -> bool:
    return key in EVERYDAY or (len(key) >= _SHORTEST_REST and is_word(key, compound=False))


def _ends_before_somebody(key: str) -> bool:
    """Return whether letters are words of which the last stands before a person: "van", "groepvan"."""
    before = next((word for word in _BEFORE_SOMEBODY if key.endswith(word)), None)
    return before is not None and (key == before or _is_of_words(key.removesuffix(before)))


def _all_of(owners: Mapping[str, set[str]], names: Iterable[str]) -> frozenset[str]:
    return frozenset(member for name in names for member in owners[name])
