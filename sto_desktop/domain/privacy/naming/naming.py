"""How each member may be named: by name, by role, under a pseudonym, or only as a panel member.

The rules, for everything that leaves the program to be read:

- A member who did not consent to being named is never named; "onbekend" counts as no.
- A member who did not consent to being quoted is always "een panellid", and never quoted literally.
- Nobody who did not consent is the only one: another is treated likewise, always the same (`crowd.shown`).
- A role ("een docent vmbo") is used only if at least two present members share it within their sector and may be called
  by it, none or at least two of whom are not called by name beside names. The others are named by their sector ("een
  panellid van een bedrijf") if it still has two of them.
- If that leaves a single "een panellid", the smallest of those groups becomes "een panellid" too.
- Who is called alike follows from the panel alone (`crowd.Crowd`), not from the naming of one document: two documents
  with different namings can be laid side by side.
- Names inside texts are handled separately: see `domain.privacy.redaction`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import Mention
from sto_desktop.domain.privacy.naming.company import no_order
from sto_desktop.domain.privacy.naming.crowd import Crowd, may_be_named, may_be_quoted, may_speak
from sto_desktop.domain.privacy.naming.elsewhere import NOBODY_ELSE, Elsewhere
from sto_desktop.domain.privacy.naming.roles import (
    MEMBER,
    NOBODY,
    SOMEBODY,
    Calling,
    MemberLabel,
    of_role,
    of_sector,
    role_label,
    sector_label,
)
from sto_desktop.domain.seats import seats_said
from sto_desktop.domain.vocabulary import Consent


class NameMode(StrEnum):
    """How members are named where they spoke."""

    FULL = "FULL"
    ROLE = "ROLE"
    PSEUDONYM = "PSEUDONYM"


def unnamed(panelist: Panelist) -> Panelist:
    """Return a copy of a member that no text may name, whatever they consented to for the verslag of their
    own panel.
    """
    return replace(panelist, consent_name=Consent.NO)


def _letters(number: int) -> str:
    # As the columns of a spreadsheet: A to Z, then AA.
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def pseudonyms(panelists: Iterable[Panelist]) -> dict[str, str]:
    """Return a pseudonym for every member (id): "Panellid A".

    The order is that of a hash of the ids, so that it reveals nothing about seats, and stays the same when a member is
    renamed.
    """
    order = sorted(panelists, key=no_order)
    return {member.id: f"Panellid {_letters(at)}" for at, member in enumerate(order)}


class Naming:
    """How the members of one panel are called in one document."""

    def __init__(
        self,
        panelists: Iterable[Panelist],
        mode: NameMode = NameMode.ROLE,
        withdrawn: Iterable[Panelist] = (),
        elsewhere: Elsewhere = NOBODY_ELSE,
        leading: Iterable[Panelist] = (),
        about: Iterable[str] = (),
        panel: str = "",
    ) -> None:
        """`withdrawn`: members who do not take part. Their names are removed too, and they are not counted anywhere.

        `elsewhere`: the members of other panels whom the texts name. `leading`: who led and who noted, with what
        replaces their name in a text (see `leaders`). `about`: what the panel says of itself, the words of which are no
        names of strangers. `panel`: its id.
        """
        self.about = tuple(about)
        self.panel = panel
        self.mode = mode
        self.elsewhere = elsewhere
        self._leading = {leader.id: leader for leader in leading}
        self._panelists = {panelist.id: panelist for panelist in panelists}
        self._withdrawn = tuple(map(unnamed, withdrawn))
        self._pseudonyms = pseudonyms(self._panelists.values()) if mode is NameMode.PSEUDONYM else {}
        # Absent members don't count towards a group that is large enough to hide in.
        present = [panelist for panelist in self._panelists.values() if panelist.present]
        self.crowd = Crowd(present, withdrawn)
        self._present = frozenset(panelist.id for panelist in present)
        self._words: dict[Calling, MemberLabel] = {}
        for identity, calling in self.crowd.called.items():
            if calling != NOBODY:
                # One wording per group: "docent VMBO" next to "docent vmbo" would identify one of them.
                member = self._panelists[identity]
                self._words.setdefault(calling, role_label(member) if calling[0] else sector_label(member))
        self._labels: dict[str | None, MemberLabel] = {
            identity: self._find(member) for identity, member in self._panelists.items()
        }

    def label(self, panelist: str | None) -> MemberLabel:
        """Return the label of a member (id) where they spoke."""
        return self._labels.get(panelist, MEMBER)

    def in_text(self, panelist: str | None) -> MemberLabel:
        """Return the replacement for a name of one member (id) in a text; None: a name shared by several members.

        Where everybody who was present is named, "een panellid" would identify those who were absent or do not take
        part.
        """
        if panelist in self._leading:
            return MemberLabel(self._leading[panelist].role, self._leading[panelist].role)
        by_name = self.mode is NameMode.FULL
        label = MEMBER if by_name else self.label(panelist)
        may_be_there = panelist in self._present or (panelist is None and not by_name)
        everybody_named = bool(self._present) and self._present <= self.crowd.shown.named
        return SOMEBODY if label == MEMBER and everybody_named and not may_be_there else label

    def of(self, panelist: str | None) -> str:
        """Return the name of one member (id): a name, "een docent vmbo", "Panellid A" or "een panellid"."""
        return self.label(panelist).singular

    def in_order(self, panelists: Iterable[str]) -> list[str]:
        """Return members (ids) in an order that reveals no seating: those called by name as given, the others by their
        label, "een panellid" last.
        """

        def place(panelist: str) -> tuple[()] | tuple[bool, str, bytes]:
            member, called = self._panelists.get(panelist, Panelist(panelist)), self.of(panelist)
            return () if called == member.name else (called == MEMBER.singular, called, no_order(member))

        return sorted(panelists, key=place)

    def quotable(self, panelists: Iterable[str]) -> bool:
        """Return whether words of these members (ids) may be quoted; false if no speaker is known."""
        members = [self._panelists.get(panelist) for panelist in panelists]
        return bool(members) and all(member is not None and self._is_quoted(member) for member in members)

    def _is_quoted(self, panelist: Panelist) -> bool:
        return panelist.id in self.crowd.shown.quoted if panelist.id in self._present else may_be_quoted(panelist)

    def shows_name(self, panelist: Panelist) -> bool:
        """Return whether a member's name may appear in this document."""
        if self.mode is not NameMode.FULL:
            return False
        return panelist.id in self.crowd.shown.named if panelist.id in self._present else may_be_named(panelist)

    @property
    def members(self) -> tuple[Panelist, ...]:
        """The members of the panel who take part."""
        return tuple(self._panelists.values())

    @property
    def hidden(self) -> tuple[Panelist, ...]:
        """The members whose name may not appear in this document, and who led and noted if nobody is named."""
        unnamed_members = (panelist for panelist in self._panelists.values() if not self.shows_name(panelist))
        return (*unnamed_members, *self._withdrawn, *self._leading.values())

    def leads(self, panelist: str) -> bool:
        """Return whether this hidden person (id) is no member, but led or noted."""
        return panelist in self._leading

    def _find(self, panelist: Panelist) -> MemberLabel:
        if not self._is_quoted(panelist) or not may_speak(panelist):
            return MEMBER
        if self.shows_name(panelist):
            return MemberLabel(panelist.name, panelist.name)
        if self.mode is NameMode.PSEUDONYM:
            name = self._pseudonyms[panelist.id]
            return MemberLabel(name, name)
        # An absent member who may be named is treated like those who were present.
        likely = next(
            (calling for calling in (of_role(panelist), of_sector(panelist)) if calling in self._words), NOBODY
        )
        return self._words.get(self.crowd.called.get(panelist.id, likely), MEMBER)


def mentions_of_seats(text: str, members: Iterable[Panelist]) -> tuple[Mention, ...]:
    """Return where a text says the seat of one of these members: "@3", "stoel 3". Who was there knows who sat there; it
    may be no more than a chair, so a person is shown it.
    """
    said = seats_said(text)
    if not said:
        return ()
    places = {member.seat: member.id for member in members if member.seat is not None}
    return tuple(
        Mention(start, end, text[start:end], NameForm.ADDRESS, (places[seat],), grade=Grade.LIKELY)
        for start, end, seat in said
        if seat in places
    )
