"""Whom a row of a list means that writes a member's name another way: "T. Hogenkamp", "Hogenkamp", one letter wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import NameIndex, fold, formal_name_of, is_particle, surname_of, unadorned
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.members.panelists_columns import CONSENTS
from sto_desktop.exchange.members.panelists_rows import PanelistRow, called

_WORD = re.compile(r"[^\W\d_]{2,}")
_SHORTEST_MISSPELLED = 5
"""Minimum letters of a name that may be written wrong: Bos and Vos are two people."""


class OtherWritings:
    """Finds which of these members a row may mean by another writing of the name."""

    def __init__(self, members: Iterable[Panelist]) -> None:
        self._by_word: dict[str, list[Panelist]] = {}
        self._refusing: dict[str, list[Panelist]] = {}
        for member in members:
            self.add(member)

    def add(self, member: Panelist) -> None:
        """Let a row mean this member too."""
        for by_word in (self._by_word, self._refusing) if says_no(member) else (self._by_word,):
            for word in _words(member.name):
                by_word.setdefault(word, []).append(member)

    def meant_by(self, row: PanelistRow, *, refusing: bool = False) -> tuple[Panelist, ...]:
        """Return the members that the name of a row may mean: in short or in full, or with a letter wrong.

        `refusing`: only those who say no to something.
        """
        by_word = self._refusing if refusing else self._by_word
        # Two writings of one name share a word; so thousands of members cost no more than ten.
        near = {one.id: one for word in _words(row.name) for one in by_word.get(word, ())}
        if not near:
            return ()
        shorter, fuller = NameIndex(near.values()).meant(row.name), NameIndex((member_in(row),))
        return tuple(
            member
            for member in near.values()
            if member in shorter
            or fuller.meant(member.name)
            or is_misspelled(row.name, member.name)
            or is_turned(row.name, member.name)
        )

    def surely(self, rows: Sequence[PanelistRow]) -> Mapping[int, Panelist]:
        """Return by index the member of each row that means one, who is meant by no other row; nothing about them
        contradicts.
        """
        meant = [[one for one in self.meant_by(row) if not _contradicts(row, one)] for row in rows]
        claims = Counter(member.id for members in meant for member in members)
        return {
            at: members[0]
            for at, (row, members) in enumerate(zip(rows, meant, strict=True))
            if len(members) == 1 and claims[members[0].id] == 1 and _is_sure(row, members[0])
        }

    def unsure(self, row: PanelistRow) -> tuple[Panelist, ...]:
        """Return the members that a new one may be all the same, where one of the two says no."""
        return self.meant_by(row, refusing=not says_no(row))


def member_in(row: PanelistRow, member: str = "") -> Panelist:
    """Return a row as the member that it would be, with this id."""
    return Panelist(member, **{**row.values, "first_name": called(row)})


def is_fuller(row: PanelistRow, member: Panelist) -> bool:
    """Return whether a row has more of a member's name than is known: "Tjeerd Hogenkamp" of T. Hogenkamp."""
    fuller = NameIndex((member_in(row),)).meant(member.name)
    return bool(fuller) and not NameIndex((member,)).meant(row.name)


def says_no(person: Panelist | PanelistRow) -> bool:
    """Return whether one of the answers of a member, or of a row, is no."""
    answers = (
        map(person.values.get, CONSENTS)
        if isinstance(person, PanelistRow)
        else (getattr(person, name) for name in CONSENTS)
    )
    return Consent.NO in answers


def is_misspelled(one: str, other: str) -> bool:
    """Return whether two names differ in a letter of one of their words, not its first."""
    from rapidfuzz.distance import OSA  # at first use: it is no part of the start-up

    words, others = fold(unadorned(one)).split(), fold(unadorned(other)).split()
    if len(words) != len(others) or len(words) < 2:
        return False
    differing = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and all(
        min(len(word), len(written)) >= _SHORTEST_MISSPELLED
        and word[0] == written[0]
        and OSA.distance(word, written, score_cutoff=1) <= 1
        for word, written in differing
    )


def is_turned(one: str, other: str) -> bool:
    """Return whether two names have the same words in another order: "Hogenkamp Tjeerd"."""
    words, others = (re.findall(r"[^\W\d_]+", fold(unadorned(name))) for name in (one, other))
    return words != others and sorted(words) == sorted(others)


def _is_sure(row: PanelistRow, member: Panelist) -> bool:
    """Return whether a writing says enough: a first name or initials with a surname, in any order, or less at the same
    seat or from the same organisation.
    """
    if row.seat is not None and row.seat == member.seat:
        return True
    if _words(row.text("organisation")) & _words(member.organisation):
        return True
    if is_turned(row.name, member.name):
        return True
    both = all(formal_name_of(name) and surname_of(name) for name in (row.name, member.name))
    return both and not is_misspelled(row.name, member.name)


def _contradicts(row: PanelistRow, member: Panelist) -> bool:
    """Return whether row and member have another organisation, or another seat: that only of a name written shorter or
    wrong, for seats change.
    """
    if None not in (row.seat, member.seat) and row.seat != member.seat and not is_turned(row.name, member.name):
        return True
    theirs, ours = _words(row.text("organisation")), _words(member.organisation)
    return bool(theirs and ours) and not (theirs <= ours or ours <= theirs)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(text)) if not is_particle(word))
