"""Which member an e-mail address, an account or a label is made of: "s.devries@school.nl", "@sjoerdv", "#de_vries".

In these a name is glued, shortened and without capitals, so they are read apart from sentences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import first_name_of, fold, formal_name_of, squeeze, surname_of, without_particles
from sto_desktop.domain.privacy.name_grades import Grade
from sto_desktop.domain.privacy.ordinary_words import COUNTED, EVERYDAY, ORDINARY, PLACES

_ADDRESS = re.compile(r"[\w.%+’'-]*@[\w.-]+|#[\w.-]+")
_LABEL = re.compile(r"\s*([\w.-]+)\s*")
_TRAILING = ".-_'’"
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 2
_SHORTEST_PART = 3
_SHORTEST_INITIALS = 3
_SHORTEST_GLUED = 5
"""Letters from which a name is recognised at the begin or the end of something longer: "sjoerdplan"."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address, account or label that is made of a member's name, from `start` to `end` in a text."""

    start: int
    end: int
    panelists: tuple[str, ...]
    grade: Grade


class MemberAddresses:
    """Knows what addresses can be made of the names of these members."""

    def __init__(self, panelists: Iterable[Panelist]) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, set[str]] = defaultdict(set)
        self._given: set[str] = set()
        for panelist in panelists:
            self._given.update(_given_names(panelist))
            for names, found in ((self._names, _in_full(panelist)), (self._short, _shortened(panelist))):
                for name in found:
                    if len(name) >= _SHORTEST:
                        names[name].add(panelist.id)
        self._glued = tuple(name for name in self._names if len(name) >= _SHORTEST_GLUED and name not in ORDINARY)
        self._known: dict[str, tuple[frozenset[str], Grade] | None] = {}

    def may_be_in(self, text: str) -> bool:
        """Tell whether a text holds something that could be an address, an account or a label."""
        return "@" in text or "#" in text or _LABEL.fullmatch(text) is not None

    def find(self, text: str) -> Iterator[Address]:
        """Yield what is made of a name in a text, in order. A text without a gap is read as a label."""
        if "@" not in text and "#" not in text:
            bare = _LABEL.fullmatch(text)
            if bare is not None:
                yield from self._made_of(f"#{bare[1]}", bare.start(1), bare.end(1))
            return
        for match in _ADDRESS.finditer(text):
            address = match[0].rstrip(_TRAILING)
            yield from self._made_of(address, match.start(), match.start() + len(address))

    def _made_of(self, address: str, start: int, end: int) -> Iterator[Address]:
        key = fold(address)
        if key not in self._known:
            self._known[key] = self._read(key)
        known = self._known[key]
        if known is not None:
            yield Address(start, end, tuple(sorted(known[0])), known[1])

    def _read(self, address: str) -> tuple[frozenset[str], Grade] | None:
        local, _, domain = address.partition("@")
        if not local:
            return self._owner(domain, mail=True)
        if not domain:
            return self._owner(local.lstrip("#"), mail=False)
        found = self._owner(local, mail=True)
        if found is None and (inside := self._owner(domain.rpartition(".")[0], mail=False)) is not None:
            return inside[0], Grade.LIKELY
        return found

    def _owner(self, local: str, *, mail: bool) -> tuple[frozenset[str], Grade] | None:
        parts = _LETTERS.findall(local)
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
        if joined in self._short and (mail or joined not in ORDINARY):
            return frozenset(self._short[joined]), Grade.LIKELY
        if joined not in ORDINARY and joined not in PLACES:
            glued = {name for name in self._glued if joined.startswith(name) or joined.endswith(name)}
            if glued:
                return _all_of(self._names, glued), Grade.LIKELY
        return None


def _all_of(owners: Mapping[str, set[str]], names: Iterable[str]) -> frozenset[str]:
    return frozenset(member for name in names for member in owners[name])


def _given_names(panelist: Panelist) -> Iterator[str]:
    names = (panelist.first_name, first_name_of(panelist.name), formal_name_of(panelist.name))
    yield from dict.fromkeys(name for name in map(squeeze, names) if name)


def _surnames(panelist: Panelist) -> Iterator[str]:
    surname = surname_of(panelist.name)
    names = (squeeze(surname), squeeze(without_particles(surname)))
    yield from dict.fromkeys(name for name in names if name)


def _in_full(panelist: Panelist) -> Iterator[str]:
    """Yield the names, alone and together, that an address may hold."""
    yield from _surnames(panelist)
    for word in re.split(r"[\s-]+", without_particles(surname_of(panelist.name))):
        if len(squeeze(word)) >= _SHORTEST_PART and squeeze(word) not in EVERYDAY:
            yield squeeze(word)
    for first in _given_names(panelist):
        yield first
        for last in _surnames(panelist):
            yield from (first + last, last + first)


def _shortened(panelist: Panelist) -> Iterator[str]:
    """Yield what is left of the names where one of them, or all, became a letter."""
    for first in _given_names(panelist):
        for last in _surnames(panelist):
            yield from (first[0] + last, first + last[0], last + first[0])
    initials = "".join(word[:1] for word in fold(panelist.name).split())
    if len(initials) >= _SHORTEST_INITIALS:
        yield initials
