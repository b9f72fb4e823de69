"""A panel as it leaves the program: its texts and its people under the names that were chosen for the one who gets it.

Without a choice of names everything goes as it stands in the dossier: it is the user's own data. Only who does not take
part is in no file at all, by name neither (see `domain.privacy.participation`). With a choice, the rules of
`domain.privacy.naming` hold: who did not say yes to being named is not, in no text either; by role or under pseudonyms
nobody is, and what points at one person (an organisation, a role or sector that nobody shares) is left away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.privacy.crowd import FEWEST_ALIKE, without_the_only_one
from sto_desktop.domain.privacy.naming import NameMode, Naming, unnamed
from sto_desktop.domain.privacy.participation import taking_part
from sto_desktop.domain.privacy.redaction import Found, Redactor, redacted
from sto_desktop.domain.privacy.sharing import members_without_names
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.language import tr


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One panel to write: `content` has the texts as they may be read, `naming` says how members are called.

    `naming` None: everything as it stands in the dossier. `unlisted` is the only member (id) without a name in a list
    of all the others with theirs, `unsaid` who alone would be called by a word for several: either says who it is.
    """

    content: PanelContent
    naming: Naming | None = None
    unlisted: frozenset[str] = frozenset()
    unsaid: frozenset[str] = frozenset()

    def called(self, panelist: str | None) -> str:
        """Return how a member (id) is called where they spoke; empty where nobody may tell, or there is no such one."""
        member = self.content.panelist(panelist)
        if member is None or member.id in self.unsaid:
            return ""
        if self.naming is not None:
            return self.naming.of(member.id)
        return member.name.strip() or (f"stoel {member.seat}" if member.seat is not None else tr("een panellid"))

    def shows_name(self, panelist: str | None) -> bool:
        """Tell whether a member (id) stands in this file by name, with all that goes with it."""
        member = self.content.panelist(panelist)
        return self.naming is None or (member is not None and self.naming.shows_name(member))

    def members(self) -> tuple[Panelist, ...]:
        """Return the members as they may be listed, each under the name that it has in this file.

        Who has no name in it stands behind the others and without a seat, in no order that the room knew.
        """
        there = [item for item in self.content.panelists if item.id not in self.unlisted]
        if self.naming is None:
            return tuple(there)
        hidden = members_without_names([item for item in there if not self.shows_name(item.id)], self.naming)
        shown = (item for item in there if self.shows_name(item.id))
        return (*shown, *sorted(hidden, key=lambda item: (item.name, item.sector, item.role, item.id)))

    def by_seat(self) -> PanelContent:
        """Return the content for a form that calls speakers by their seat: only who may be called by name has a voice.

        Who sat where is no secret.
        """
        if self.naming is None:
            return self.content
        named = frozenset(item.id for item in self.content.panelists if self.called(item.id) == item.name)
        members = tuple(
            item if item.id in named else replace(item, name="", first_name="") for item in self.content.panelists
        )
        notes = tuple(self._by_seat(note, named) for note in self.content.notes)
        return replace(self.content, panelists=members, notes=notes)

    def _by_seat(self, note: NoteContent, named: frozenset[str]) -> NoteContent:
        kind = self.kind(note)
        return replace(
            note,
            note=note.note if kind is note.kind else replace(note.note, kind=kind),
            kind=kind,
            voices=tuple(voice for voice in note.voices if voice.panelist in named),
            bundled=tuple(self._by_seat(part, named) for part in note.bundled),
        )

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
        withdrawn = [item for content in found for item in content.withdrawn]
        redactor = Redactor(Naming((), NameMode.FULL, withdrawn), doubtful=True, tell=tell)
        return [Outgoing(redacted(content, redactor) if redactor else content) for content in found]
    namings = [Naming(_members(content, names), names, content.withdrawn) for content in found]
    redactors = [redactor for naming in namings if (redactor := Redactor(naming, doubtful=True, tell=tell))]
    ready = []
    for content, naming in zip(found, namings, strict=True):
        for redactor in redactors:
            content = redacted(content, redactor)
        ready.append(Outgoing(content, naming, _unlisted(content, naming), _unsaid(content, naming)))
    return ready


def _unlisted(content: PanelContent, naming: Naming) -> frozenset[str]:
    named = {item.id for item in content.panelists if naming.shows_name(item)}
    listed = {item.id for item in without_the_only_one(content.panelists, named)}
    return frozenset(item.id for item in content.panelists) - listed


def _unsaid(content: PanelContent, naming: Naming) -> frozenset[str]:
    called = {item.id: naming.of(item.id) for item in content.panelists}
    times = Counter(called.values())
    own = naming.mode is NameMode.PSEUDONYM
    alone = (item for item in content.panelists if times[called[item.id]] < FEWEST_ALIKE and not own)
    return frozenset(item.id for item in alone if called[item.id] != item.name)


def _members(content: PanelContent, names: NameMode) -> Iterable[Panelist]:
    # Without names nobody's may stay in a text, whatever they allowed for the verslag of their own panel.
    return content.panelists if names is NameMode.FULL else map(unnamed, content.panelists)


def text_without_names(text: str, panels: Iterable[Outgoing]) -> str:
    """Return a text from outside these panels, such as what a dossier is called, as it may be read beside them."""
    for panel in panels:
        if panel.naming is not None:
            text = Redactor(panel.naming, doubtful=True).redact(text)
    return text
