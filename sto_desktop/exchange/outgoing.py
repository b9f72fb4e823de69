"""A panel as it leaves the program: its texts and its people under the names that were chosen for the one who gets it.

Without a choice of names everything goes as it stands in the dossier: it is the user's own data. Only who does not take
part is in no file at all (see `domain.participation`). With a choice, the rules of `domain.naming` hold: who did not
say yes to being named is not, in no text either; by role or under pseudonyms nobody is, and what points at one person
(an organisation, a role or sector that nobody shares) is left away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.content import NoteContent, PanelContent
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.naming import NameMode, Naming, unnamed
from sto_desktop.domain.participation import taking_part
from sto_desktop.domain.people import fold
from sto_desktop.domain.redaction import Found, Redactor, redacted
from sto_desktop.domain.sharing import shared_traits
from sto_desktop.domain.vocabulary import NoteKind


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One panel to write: `content` has the texts as they may be read, `naming` says how members are called.

    `naming` None: everything as it stands in the dossier.
    """

    content: PanelContent
    naming: Naming | None = None

    def called(self, panelist: str | None) -> str:
        """Return how a member (id) is called where they spoke; empty where there is no such member."""
        member = self.content.panelist(panelist)
        if member is None:
            return ""
        if self.naming is not None:
            return self.naming.of(member.id)
        return member.name.strip() or (f"stoel {member.seat}" if member.seat is not None else "een panellid")

    def members(self) -> tuple[Panelist, ...]:
        """Return the members as they may be listed, each under the name that it has in this file."""
        if self.naming is None:
            return self.content.panelists
        shared = shared_traits(self.content.panelists)
        return tuple(self._listed(item, shared) for item in self.content.panelists)

    def _listed(self, member: Panelist, shared: frozenset[str]) -> Panelist:
        assert self.naming is not None
        if self.naming.shows_name(member):
            return member
        return replace(
            member,
            name=self.naming.of(member.id),
            first_name="",
            organisation="",
            role=member.role if fold(member.role) in shared else "",
            sector=member.sector if fold(member.sector) in shared else "",
        )

    def as_read(self) -> PanelContent:
        """Return the content for who writes it whole and names people by their seat: of a member whose name may not be
        read the id says who it is where there is no seat, so that it still comes back.
        """
        if self.naming is None:
            return self.content
        members = tuple(
            item if self.naming.shows_name(item) else replace(item, name="", first_name="")
            for item in self.content.panelists
        )
        return replace(self.content, panelists=members, notes=tuple(map(self._as_read, self.content.notes)))

    def _as_read(self, note: NoteContent) -> NoteContent:
        kind = self.kind(note)
        bundled = tuple(map(self._as_read, note.bundled))
        if kind is note.kind and bundled == note.bundled:
            return note
        record = note.note if kind is note.kind else replace(note.note, kind=kind)
        return replace(note, note=record, kind=kind, bundled=bundled)

    def kind(self, note: NoteContent) -> NoteKind:
        """Return what a note is; a quote of somebody who may not be quoted is a remark."""
        quotable = self.naming is None or self.naming.quotable(note.speakers)
        return note.kind if quotable or note.kind is not NoteKind.QUOTE else NoteKind.REMARK

    def notes(self) -> tuple[NoteContent, ...]:
        """Return every note that was typed, in the order of the guide, those that stand nowhere last."""
        order = {item.id: number for number, (_, item) in enumerate(self.content.guide.questions())}
        return tuple(sorted(self.content.typed_notes(), key=lambda note: order.get(note.question or "", len(order))))


def outgoing(
    panels: Iterable[PanelContent], names: NameMode | None, tell: Callable[[Found], object] | None = None
) -> Sequence[Outgoing]:
    """Return panels as they may be read under these names; a name of one panel goes out of the texts of all.

    `tell` hears of each name that was found in a text.
    """
    found = [taking_part(content) for content in panels]
    if names is None:
        return [Outgoing(content) for content in found]
    namings = [Naming(_members(content, names), names, content.withdrawn) for content in found]
    redactors = [redactor for naming in namings if (redactor := Redactor(naming, doubtful=True, tell=tell))]
    ready = []
    for content, naming in zip(found, namings, strict=True):
        for redactor in redactors:
            content = redacted(content, redactor)
        ready.append(Outgoing(content, naming))
    return ready


def _members(content: PanelContent, names: NameMode) -> Iterable[Panelist]:
    # Without names nobody's may stay in a text, whatever they allowed for the verslag of their own panel.
    return content.panelists if names is NameMode.FULL else map(unnamed, content.panelists)


def without_names(text: str, panels: Iterable[Outgoing]) -> str:
    """Return a text from outside these panels, such as what a dossier is called, as it may be read beside them."""
    for panel in panels:
        if panel.naming is not None:
            text = Redactor(panel.naming, doubtful=True).redact(text)
    return text
