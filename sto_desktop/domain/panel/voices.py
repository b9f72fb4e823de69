"""Support by voices instead of counts: how widely something was shared, who opposed it, and who spoke how often."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sto_desktop.domain.dutch import in_words, number
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.sectors import sector_of
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.language import tr, tr_later

BROAD_MEMBERS = 3
"""Fewer members are never broad, however small the panel: two are "gedeeld"."""
BROAD_SECTORS = 2
"""Broad is also that people from different places said the same."""


def broad_from(present: int) -> int:
    """Return how many members make broad support in a panel of so many: half of those present."""
    return max(BROAD_MEMBERS, (present + 1) // 2)


class Support(StrEnum):
    """How widely an insight was shared.

    SHARED is more than one voice but not broad: two are called "gedeeld", of more the number is said.
    """

    BROAD = "BROAD"
    SHARED = "SHARED"
    DIVIDED = "DIVIDED"
    SINGLE = "SINGLE"


_WORDS = {
    Support.BROAD: tr_later("breed gedragen"),
    Support.SHARED: tr_later("gedeeld"),
    Support.DIVIDED: tr_later("verdeeld"),
    Support.SINGLE: tr_later("één stem"),
}


@dataclass(frozen=True, slots=True)
class Backing:
    """The members behind an insight and those against it, by id in seating order, and the sectors behind it.

    A member who said both one thing and its opposite is on both sides. `present`: how many members were there; 0:
    unknown.
    """

    supporters: tuple[str, ...] = ()
    dissenters: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    present: int = 0

    @property
    def support(self) -> Support | None:
        """How widely it was shared; None while no speaker is known."""
        if not self.supporters:
            return None
        # Opponents count as division from half the number of supporters.
        if len(self.dissenters) * 2 >= len(self.supporters) and len(self.supporters) > 1:
            return Support.DIVIDED
        if len(self.supporters) == 1:
            return Support.SINGLE
        if len(self.supporters) >= broad_from(self.present) and len(self.sectors) >= BROAD_SECTORS:
            return Support.BROAD
        return Support.SHARED

    @property
    def behind(self) -> str:
        """How many are behind it: "drie van de negen panelleden", or "drie panelleden" if it can't be told of how many.

        A member marked as absent may have spoken all the same.
        """
        if self.present == len(self.supporters) > 1:
            return tr("alle {all} panelleden", all=number(self.present))
        if self.present > len(self.supporters):
            return tr("{n} van de {all} panelleden", n=number(len(self.supporters)), all=number(self.present))
        return in_words(len(self.supporters), "{n} panellid", "{n} panelleden")

    @property
    def word(self) -> str:
        """The support in a few words: "breed gedragen", "door drie van de negen panelleden"; empty if it has none."""
        match self.support:
            case Support.SHARED if len(self.supporters) > 2:
                return tr("door {behind}", behind=self.behind)
            case None:
                return ""
            case support:
                return tr(_WORDS[support])


@dataclass(frozen=True, slots=True)
class TalkBalance:
    """How often a member spoke, and when last."""

    panelist: str
    times: int
    last: dt.datetime | None = None

    def silent_for(self, now: dt.datetime) -> dt.timedelta | None:
        """Return the time since they last spoke; None if they have not spoken or the time is unknown."""
        # Never negative, although the clocks of two laptops may differ.
        return None if self.last is None else max(now - self.last, dt.timedelta())


def by_seat(panelists: Iterable[Panelist]) -> tuple[Panelist, ...]:
    """Return members in seating order, those without a seat last and by name."""
    return tuple(
        sorted(
            panelists,
            key=lambda panelist: (panelist.seat is None, panelist.seat or 0, panelist.name.casefold(), panelist.id),
        )
    )


class Voices:
    """The voices of one panel, looked up by note."""

    def __init__(
        self,
        content: PanelContent,
        sectors: Mapping[str, str] | None = None,
        alike: Mapping[str, Hashable] | None = None,
    ) -> None:
        """`sectors`: spelling of each member's (id) sector where several panels are compared.

        `alike`: for output, a value shared by the members (ids) that it may not distinguish. Of these, only sectors
        count that must have been heard whoever of them spoke; otherwise "breed gedragen" would reveal who did.
        """
        self._alike = alike or {}
        # Look up a bundled note as the whole bundle, since its voices count together.
        self._notes = {note: content_note for content_note in content.notes for note in content_note.ids}
        self._members = by_seat(content.panelists)
        self._sectors = sector_of(self._members) if sectors is None else sectors

    def backing(self, supports: Iterable[str], contradicts: Iterable[str] = ()) -> Backing:
        """Return who is behind and who is against something that rests on notes and is contradicted by others (ids).

        Disagreeing with a contradicting note counts as support.
        """
        behind: set[str] = set()
        against: set[str] = set()
        # The two sides are treated alike, with agreement and disagreement exchanged.
        for notes, says, denies in ((supports, behind, against), (contradicts, against, behind)):
            contents = (self._notes[note] for note in notes if note in self._notes)
            for voice in (voice for content in contents for voice in content.all_voices):
                if voice.panelist is not None and voice.stance.counts:
                    (denies if voice.stance is Stance.DISAGREES else says).add(voice.panelist)
        supporters = [member for member in self._members if member.id in behind]
        return Backing(
            tuple(member.id for member in supporters),
            tuple(member.id for member in self._members if member.id in against),
            self._behind([member.id for member in supporters]),
            sum(member.present for member in self._members),
        )

    def _behind(self, supporters: Sequence[str]) -> tuple[str, ...]:
        """Return the sectors behind something. For members whom output may not distinguish: the smallest
        possible set.
        """
        sectors_told = [self._sectors[member] for member in supporters if member not in self._alike]
        how_many = Counter(self._alike[member] for member in supporters if member in self._alike)
        pools: dict[Hashable, Counter[str]] = {}
        for member, value in self._alike.items():
            if value in how_many:
                pools.setdefault(value, Counter())[self._sectors[member]] += 1
        sure = tuple(dict.fromkeys(filter(None, sectors_told)))
        possible = sorted({sector for pool in pools.values() for sector in pool} - {*sure, ""})
        for more in itertools.chain.from_iterable(
            itertools.combinations(possible, n) for n in range(len(possible) + 1)
        ):
            sectors = (*sure, *more)
            # A member without a sector adds none.
            if all(sum(pools[value][sector] for sector in ("", *sectors)) >= how_many[value] for value in how_many):
                return sectors
        return sure


def talk_balance(panelists: Iterable[Panelist], notes: Iterable[NoteContent]) -> tuple[TalkBalance, ...]:
    """Return for every member, by seat, how often and when last they said something that was noted.

    Each note of a bundle counts, since it was said regardless of later bundling.
    """
    times: dict[str, int] = {}
    last: dict[str, dt.datetime] = {}
    for part in (part for note in notes for part in note.parts):
        moment = part.note.captured_at
        for speaker in part.speakers:
            times[speaker] = times.get(speaker, 0) + 1
            if moment is not None:
                last[speaker] = max(moment, last.get(speaker, moment))
    return tuple(
        TalkBalance(panelist.id, times.get(panelist.id, 0), last.get(panelist.id)) for panelist in by_seat(panelists)
    )
