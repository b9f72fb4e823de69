"""Names joined or shortened in e-mail and web addresses, accounts, labels, and words such as "sjoerdplan". These are
parsed separately from sentences.

An e-mail address that matches no member still belongs to somebody: only general ones ("info@") are ignored.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import first_name_of, fold, formal_name_of, surname_of, without_particles
from sto_desktop.domain.privacy.dutch_words import is_listed, is_word
from sto_desktop.domain.privacy.name_grades import TITLE_WORDS, Grade
from sto_desktop.domain.privacy.name_spelling import key_of, typed_with_two
from sto_desktop.domain.privacy.ordinary_words import COUNTED, DESKS, EVERYDAY, ORDINARY, PLACES, STREETS

_DOMAINS = "nl|com|org|net|eu|info|be|de|frl|school|online|site|app|io|nu|example"
_ADDRESS = re.compile(
    r"[\w.%+’'-]*@[\w.-]+|#[\w.-]+"
    rf"|(?:https?://|www\.)[^\s<>\"”)\]]+|(?<![\w.])(?:[^\W_][\w-]*\.)+(?:{_DOMAINS})(?!\w)(?:/[^\s<>\"”)\]]*)?",
    re.I,
)
_SIGNS = ("@", "#", "://", "www.", *(f".{domain}" for domain in _DOMAINS.split("|")))
"""Each address contains one of these."""
_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?")
LABEL = re.compile(r"\s*([\w.-]+)\s*")
"""A text that consists of one label, or one word."""
_WORD = re.compile(r"[^\W\d_]{6,}")
_HUMP = re.compile(r"(?<=[^\W\d_A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ])")
_TRAILING = ".,;:!?-_'’"
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 2
_SHORTEST_PART = 3
_SHORTEST_INITIALS = 3
_SHORTEST_GLUED = 5
"""Minimum letters for recognising a name at the start or the end of something longer: "sjoerdplan"."""
_SHORTEST_IN_WORD = 4
"""Minimum letters for recognising a name in a word of a sentence, with a word attached."""
_SHORTEST_REST = 3
"""Minimum letters of the word attached to a name; one more in a word of a sentence."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address, account or label made from a member's name, from `start` to `end` in a text."""

    start: int
    end: int
    panelists: tuple[str, ...]
    grade: Grade


Owners = tuple[frozenset[str], Grade] | None
"""The possible owners (ids) of a name, empty if it may be anybody's, and its grade; None: not a name."""


class MemberAddresses:
    """Recognises addresses made from the names of these members."""

    def __init__(self, panelists: Iterable[Panelist]) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, set[str]] = defaultdict(set)
        self._initials: dict[str, set[str]] = defaultdict(set)
        self._given: set[str] = set()
        for panelist in panelists:
            self._given.update(_given_names(panelist))
            for names, index in (
                (self._names, _in_full(panelist)),
                (self._short, _shortened(panelist)),
                (self._initials, _two_initials(panelist)),
            ):
                for name in index:
                    if len(name) >= _SHORTEST:
                        names[name].add(panelist.id)
        self._known: dict[str, Owners] = {}
        self._words: dict[str, Owners] = {}

    def may_be_at(self, texts: str) -> Iterator[int]:
        """Yield positions where an address, a marked label or a name inside a word may be."""
        # Check each distinct word once, however often it occurs.
        words = {*_WORD.findall(" ".join({*texts.split()}))}
        for sign in (*_SIGNS, *(word for word in words if self._word(word) is not None)):
            at = texts.find(sign)
            while at >= 0:
                yield at
                at = texts.find(sign, at + 1)

    def find(self, text: str) -> Iterator[Address]:
        """Yield what is made from a name in a text, in order. A text without white space is read as a label."""
        if not any(sign in text for sign in _SIGNS):
            bare = LABEL.fullmatch(text)
            if bare is not None:
                yield from self._made_of(f"#{bare[1]}", bare.start(1), bare.end(1))
            return
        for match in _ADDRESS.finditer(text):
            address = match[0].rstrip(_TRAILING)
            yield from self._made_of(address, match.start(), match.start() + len(address))

    def glued_in(self, text: str) -> Iterator[Address]:
        """Yield the words of a sentence in which a word is attached to a name: "sjoerdplan", "planJan"."""
        for match in _WORD.finditer(text):
            known = self._word(match[0])
            if known is not None:
                yield Address(match.start(), match.end(), tuple(sorted(known[0])), known[1])

    def _made_of(self, address: str, start: int, end: int) -> Iterator[Address]:
        if address not in self._known:
            self._known[address] = self._read(address)
        known = self._known[address]
        if known is not None:
            yield Address(start, end, tuple(sorted(known[0])), known[1])

    def _read(self, address: str) -> Owners:
        key = fold(address)
        local, at, domain = key.partition("@")
        if not at:
            return self._owner(key[1:], mail=False) if key.startswith("#") else self._of_site(key)
        if not local:
            return self._owner(domain, mail=True)
        owners = self._owner(local, mail=True) or self._of_site(domain)
        # Somebody's address, unknown whose: it is replaced all the same.
        if owners is None and "." in domain and not set(_LETTERS.findall(local)) <= DESKS:
            return frozenset(), Grade.LIKELY
        return owners

    def _of_site(self, address: str) -> Owners:
        """Return the owners of a web address: by any part of its host except the last, or of its path."""
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
        if sure:
            return _all_of(self._names, sure), Grade.CERTAIN
        if whole and mail:
            return _all_of(self._names, whole), Grade.LIKELY
        given = whole & self._given if len(parts) > 1 else set()
        if given:
            return _all_of(self._names, given), Grade.LIKELY if given & COUNTED else Grade.UNLIKELY
        if mail and joined in self._initials:
            return frozenset(self._initials[joined]), Grade.LIKELY  # before the general addresses: "pr@" may be either
        if joined in self._short and (mail or joined not in ORDINARY):
            return frozenset(self._short[joined]), Grade.LIKELY
        if joined in ORDINARY or joined in PLACES:
            return None
        return self._glued(joined, mail=mail)

    def _glued(self, letters: str, *, mail: bool) -> Owners:
        """Return the owners of the name at the start or the end of letters, with something attached to it."""
        by_grade: dict[Grade, set[str]] = defaultdict(set)
        for name in self._names:
            rest = _rest_of(letters, name)
            if rest is None:
                continue
            if name in ORDINARY or name in PLACES:
                if _is_word(rest):
                    kept = Grade.DOUBTFUL if name in self._given and name not in EVERYDAY else Grade.UNLIKELY
                    by_grade[Grade.LIKELY if mail else kept].add(name)
            elif len(name) >= _SHORTEST_GLUED or _is_word(rest) or rest in self._names:
                by_grade[Grade.LIKELY].add(name)
        # A word of the dictionary is no joined name.
        if not by_grade or is_listed(letters):
            return None
        best = next(grade for grade in Grade if grade in by_grade)
        return _all_of(self._names, by_grade[best]), best

    def _word(self, word: str) -> Owners:
        if word not in self._words:
            self._words[word] = self._in_word(word)
        return self._words[word]

    def _in_word(self, word: str) -> Owners:
        letters = key_of(word)
        humps = {len(key_of(word[: hump.start()])) for hump in _HUMP.finditer(word)}
        by_grade: dict[Grade, set[str]] = defaultdict(set)
        for name in self._names:
            rest = _rest_of(letters, name)
            if rest is None or name in ORDINARY or name in PLACES:
                continue
            # A capital inside the word, or a title, marks the boundary of the name.
            apart = humps & {len(name), len(rest)} or rest in TITLE_WORDS
            long_enough = len(name) >= _SHORTEST_IN_WORD and len(rest) > _SHORTEST_REST
            if not (_is_word(rest) or rest in self._names) or not (long_enough or apart):
                continue
            by_grade[Grade.LIKELY if apart else Grade.UNLIKELY if rest in STREETS else Grade.DOUBTFUL].add(name)
        if not by_grade or is_word(word.lower(), compound=False) or is_word(word.capitalize(), compound=False):
            return None
        best = next(grade for grade in Grade if grade in by_grade)
        return _all_of(self._names, by_grade[best]), best


def _rest_of(letters: str, name: str) -> str | None:
    """Return what is attached to a name at the start or end of letters; None if it is too short or there is no name."""
    rest = letters[len(name) :] if letters.startswith(name) else letters.removesuffix(name)
    return rest if _SHORTEST_REST <= len(rest) < len(letters) else None


def _is_word(key: str) -> bool:
    """Return whether the letters of a key, in which y became ij, are a word."""
    return is_word(key) or ("ij" in key and is_word(key.replace("ij", "y")))


def _all_of(owners: Mapping[str, set[str]], names: Iterable[str]) -> frozenset[str]:
    return frozenset(member for name in names for member in owners[name])


def _keys(names: Iterable[str]) -> Iterator[str]:
    """Yield the letters of names, including their spelling on a keyboard without accented letters."""
    both = (form for name in names for form in (name, typed_with_two(name)))
    yield from dict.fromkeys(key for form in both if (key := key_of(form)))


def _given_names(panelist: Panelist) -> Iterator[str]:
    yield from _keys((panelist.first_name, first_name_of(panelist.name), formal_name_of(panelist.name)))


def _surnames(panelist: Panelist) -> Iterator[str]:
    surname = surname_of(panelist.name)
    yield from _keys((surname, without_particles(surname)))


def _in_full(panelist: Panelist) -> Iterator[str]:
    """Yield the names, alone and combined, that an address may contain."""
    yield from _surnames(panelist)
    for word in _keys(re.split(r"[\s-]+", without_particles(surname_of(panelist.name)))):
        if len(word) >= _SHORTEST_PART and word not in EVERYDAY:
            yield word
    for first in _given_names(panelist):
        yield first
        for last in _surnames(panelist):
            yield from (first + last, last + first)


def _initials(key: str) -> tuple[str, ...]:
    return ("ij", "i") if key.startswith("ij") else (key[0],)


def _two_initials(panelist: Panelist) -> Iterator[str]:
    """Yield the first letters of both names, in either order: enough for an e-mail address, not for a label."""
    for first in _given_names(panelist):
        for last in _surnames(panelist):
            yield from (first[0] + last[0], last[0] + first[0])


def _shortened(panelist: Panelist) -> Iterator[str]:
    """Yield the names with one of them, or all, shortened to a letter."""
    for first in _given_names(panelist):
        for last in _surnames(panelist):
            for initial in _initials(first):
                yield from (initial + last, last + initial)
            yield from (first + initial for initial in _initials(last))
    words = fold(panelist.name).split()
    initials = "".join(word[:1] for word in words)
    yield from (first + initials[1:] for first in _given_names(panelist))
    if len(initials) >= _SHORTEST_INITIALS:
        yield initials
