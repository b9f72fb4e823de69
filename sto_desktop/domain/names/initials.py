"""Initials of members: before a surname, after a first name, and alone: "J.W. Prak", "Teun V.", "HdV"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.context import (
    AROUND,
    Title,
    initials_after,
    initials_before,
    is_dotted,
    particles_before,
    titled_initials,
)
from sto_desktop.domain.names.forms import given_initials, initials_of, surname_initials
from sto_desktop.domain.names.grades import Grade, grade_of_initials, is_short_word
from sto_desktop.domain.names.ordinary_words import ABBREVIATIONS, ORDINARY
from sto_desktop.domain.names.spelling import HYPHEN
from sto_desktop.domain.people import fold, squeeze
from sto_desktop.patterns import lazy_re

_DOTTED = lazy_re(r"(?:(?:Chr?|IJ|Ph|Sj|Th|Tj|[A-ZÀ-ÖØ-Þ])\.[\s\u00a0]?[-‐‑]?)+")

_DOT = rf"\.[ {HYPHEN}]?"
"""Between two initials: "J.W.", "J. W.", "J.-W."."""


class MemberInitials:
    """Recognises the initials of these members."""

    def __init__(self, panelists: Iterable[Panelist]) -> None:
        members = tuple(panelists)
        self._given = {panelist.id: given_initials(panelist) for panelist in members}
        self._last = {panelist.id: surname_initials(panelist) for panelist in members}
        self._alone: dict[str, list[str]] = {}
        for panelist in members:
            for letters in initials_of(panelist):
                self._alone.setdefault(letters, []).append(panelist.id)
        self._titled: dict[str, list[str]] = {}
        """Whose letters may stand behind a title: of both names, or of one."""
        for panelist in members:
            for letters in {
                *map(str.lower, initials_of(panelist)),
                *self._given[panelist.id],
                *self._last[panelist.id],
            }:
                self._titled.setdefault(letters, []).append(panelist.id)
        self._capitals = _capitals_pattern(self._alone)
        small = [
            (low[0], rf"(?:{_DOT}{_DOT.join(low[1:])}\.{'' if is_short_word(low) else f'|{low[1:]}'})")
            for low in sorted(
                letters.lower() for letters in self._alone if letters.isupper() and len(letters) in (2, 3)
            )
        ]
        self._small = _first_letters_first(small, before=r"\w.#", after=r"\.?\w")

    def alone_in(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...], Grade]]:
        """Yield the start and end of initials that stand alone, their possible owners (ids), and their grade."""
        for match in self._capitals.finditer(text) if self._capitals else ():
            grade = grade_of_initials(text, match.start(), match.end())
            if grade is not None:
                yield *match.span(), tuple(self._alone[re.sub(r"\W", "", match[0])]), grade
        for match in self._small.finditer(text) if self._small else ():
            if not _is_abbreviation(match[0]):
                yield *match.span(), tuple(self._alone[re.sub(r"\W", "", match[0]).upper()]), Grade.DOUBTFUL

    def titled_in(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...], Grade]]:
        """Yield the same for initials behind a title, and with it: "mevrouw d.m.", "meneer W"."""
        for start, end, written, title in titled_initials(text):
            letters = squeeze(written)
            # "Panellid A" and "docent B" are how people without a name are told apart.
            meant = title is not Title.FUNCTION or (len(letters) > 1 and letters not in ABBREVIATIONS)
            if meant and (owners := self._titled.get(letters)):
                yield start, end, tuple(owners), Grade.DOUBTFUL if title is Title.FUNCTION else Grade.LIKELY

    def before(self, text: str, at: int, owners: Collection[str], free_from: int) -> tuple[int, bool]:
        """Return where the initials before a surname of these members (ids) start, and whether they are a member's own.
        Particles may stand between; the result is never before `free_from`.
        """
        for end in dict.fromkeys((at, particles_before(text, at, all_of_them=True))):
            written, start = initials_before(text, end)
            letters = squeeze(written)
            if not letters or start < free_from or _is_abbreviation(written):
                continue
            alike = any(letters[0] in self._given[owner] for owner in owners)
            several, capitals = len(letters) > 1, written.strip().isupper()
            is_own = any(letters in self._given[owner] for owner in owners)
            if is_own or (alike and several and capitals and "." in written):
                return start, True
            ordinary = fold(text[at : at + AROUND].split()[0]) in ORDINARY
            # Initials that are not in the list of members also belong to the member, if the surname is not an ordinary
            # word.
            dotted = _DOTTED.fullmatch(written) and (several or not ordinary)
            if dotted or (alike and several and capitals):
                return start, False
        return at, False

    def behind_first(self, text: str, at: int, owners: Collection[str]) -> int:
        """Return where the initials of a surname end that follow a first name: "Teun V.", "ria vdb"."""
        written, end = initials_after(text, at)
        return end if written and text[at] != "," and self._are_own(written, text[at], self._last, owners) else at

    def behind_surname(self, text: str, at: int, owners: Collection[str]) -> int:
        """Return where the initials end that follow a surname: "Zwart, P.J.", "zwart pj"."""
        written, end = initials_after(text, at)
        listed = written and text[at] == "," and _DOTTED.fullmatch(written)
        return end if listed or (written and self._are_own(written, text[at], self._given, owners)) else at

    def _are_own(
        self, written: str, separator: str, initials: dict[str, frozenset[str]], owners: Collection[str]
    ) -> bool:
        """Return whether letters after a name and a separator are a member's own initials."""
        letters = squeeze(written)
        if not any(letters in initials[owner] for owner in owners) or _is_abbreviation(written):
            return False
        return written[0].isupper() or written.endswith(".") or separator in "._" or len(letters) > 1


def _is_abbreviation(letters: str) -> bool:
    """Return whether letters next to a name are an abbreviation or a word rather than initials."""
    low = fold(letters).strip(" .")
    if is_dotted(letters.strip(" .")) or squeeze(letters) in ABBREVIATIONS:
        return True
    return len(low) > 1 and low.isalpha() and letters.islower() and is_short_word(low)


def _capitals_pattern(initials: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for initials as people write them: in capitals, with or without dots."""
    longest_first = sorted(initials, key=lambda letters: (-len(letters), letters))
    ways = [
        (letters[0], rf"(?:{letters[1:]}|-{'-'.join(letters[1:])}|{_DOT}{_DOT.join(letters[1:])}\.?)")
        for letters in longest_first
    ]
    return _first_letters_first(ways, before=r"\w.", after=r"\w")


def _first_letters_first(ways: Sequence[tuple[str, str]], before: str, after: str) -> re.Pattern[str] | None:
    """Return a pattern of each of these first letters and its continuation, with a character class in front: the search
    skips every position that can't start a match.
    """
    begins = "".join(sorted({first for first, _ in ways}))
    rests = "|".join(rf"(?<={first}){continuation}" for first, continuation in ways)
    return re.compile(rf"[{begins}](?<![{before}][\s\S])(?:{rests})(?!{after})") if ways else None
