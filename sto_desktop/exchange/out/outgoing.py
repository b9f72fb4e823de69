"""Prepares panels for export: texts and members under the names that were chosen for the recipient.

Without a choice of names everything is exported as in the dossier, because it is the user's own data. Only members who
do not take part, and their names, are in no file at all (see `domain.privacy.participation`). With a choice, the rules
of `domain.privacy.naming` apply: members without consent to be named are named nowhere, also not in texts. By role or
under pseudonyms nobody is named, and what identifies one person (an organisation, an unshared role or sector) is left
out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.decisions import Decisions
from sto_desktop.domain.panel.content import NoteContent, PanelContent
from sto_desktop.domain.panel.sectors import in_usual_order
from sto_desktop.domain.panel.voices import Voices
from sto_desktop.domain.privacy.naming.company import FEWEST_ALIKE
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.privacy.naming.elsewhere import elsewhere_in, others_than
from sto_desktop.domain.privacy.naming.leaders import leaders_without_names
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.panel_texts import redacted, texts_in
from sto_desktop.domain.privacy.participation import as_read, naming_of, taking_part
from sto_desktop.domain.privacy.redaction import Found, Redactor
from sto_desktop.domain.privacy.sharing import members_without_names
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.language import tr


@dataclass(frozen=True)
class Outgoing:
    """One panel to write: `content` has the texts as others may read them, `naming` determines how members are called.

    `naming` None: everything as in the dossier. `unsaid`: members (ids) who would be the only one with a label meant
    for several, which would identify them.
    """

    content: PanelContent
    naming: Naming | None = None
    unsaid: frozenset[str] = frozenset()

    def called(self, panelist: str | None) -> str:
        """Return how a member (id) is called as a speaker; empty if that may not be shown, or for an unknown id."""
        member = self.content.panelist(panelist)
        if member is None or member.id in self.unsaid:
            return ""
        if self.naming is not None:
            return self.naming.of(member.id)
        return member.name.strip() or (f"stoel {member.seat}" if member.seat is not None else tr("een panellid"))

    def all_called(self, panelists: Iterable[str]) -> str:
        """Return how members (ids) are called as speakers, separated by commas, in an order that reveals no seating."""
        ordered = panelists if self.naming is None else self.naming.in_order(panelists)
        return ", ".join(filter(None, map(self.called, ordered)))

    def shows_name(self, panelist: str | None) -> bool:
        """Return whether a member (id) is in this file by name, with all personal fields."""
        member = self.content.panelist(panelist)
        return self.naming is None or (member is not None and self.naming.shows_name(member))

    def members(self) -> tuple[Panelist, ...]:
        """Return the members as they may be listed, each under their name in this file.

        If people are named, only those who were present are listed: an absent member could be the only one without a
        name. Members without a name come last and without a seat, sorted so that the order reveals no seating.
        """
        listed = self.content.panelists
        if self.naming is None:
            return listed
        if self.naming.mode is NameMode.FULL:
            listed = tuple(member for member in listed if member.present)
        hidden = members_without_names([member for member in listed if not self.shows_name(member.id)], self.naming)
        shown = (member for member in listed if self.shows_name(member.id))
        return (*shown, *sorted(hidden, key=lambda member: (member.name, member.sector, member.role, member.id)))

    def sectors_behind(self, panelists: Iterable[str]) -> tuple[str, ...]:
        """Return the sectors of members (ids) as speakers: their own where they are called by name."""
        sectors = self._sectors
        return in_usual_order({sector for panelist in panelists if (sector := sectors.get(panelist, ""))})

    @cached_property
    def _sectors(self) -> Mapping[str, str]:
        """The sector of each member (id), as `sectors_behind`."""
        members: Sequence[Panelist] = self.content.panelists
        if self.naming is not None:
            by_name = [member for member in members if self.called(member.id) == member.name]
            others = [member for member in members if member not in by_name]
            members = [*by_name, *members_without_names(others, self.naming)]
        return {member.id: member.sector for member in members}

    def voices(self) -> Voices:
        """The voices of the panel, which determine the degree of support."""
        return Voices(self.content, alike=self.naming.crowd.alike if self.naming is not None else None)

    def by_seat(self) -> PanelContent:
        """Return the content for a format that refers to speakers by seat: with voices of members shown by name only.

        Everybody present knows who sat where, so a seat is as good as a name.
        """
        if self.naming is None:
            return self.content
        named = frozenset(member.id for member in self.content.panelists if self.called(member.id) == member.name)
        members = tuple(
            member if member.id in named else replace(member, name="", first_name="")
            for member in self.content.panelists
        )
        notes = tuple(self._by_seat(note, named) for note in self.content.notes)
        return replace(self.content, panelists=members, notes=notes)

    def _by_seat(self, note: NoteContent, named: frozenset[str]) -> NoteContent:
        kind = self.kind(note)
        return replace(
            note,
            note=replace(note.note, said_by="", kind=note.note.kind if kind is note.kind else kind),
            kind=kind,
            voices=tuple(voice for voice in note.voices if voice.panelist in named),
            bundled=tuple(self._by_seat(bundled_note, named) for bundled_note in note.bundled),
        )

    def kind(self, note: NoteContent) -> NoteKind:
        """Return the kind of a note; a quote without consent to quote it becomes a remark."""
        quotable = self.naming is None or self.naming.quotable(note.speakers)
        return note.kind if quotable or not note.kind.is_quote else NoteKind.REMARK

    def notes(self) -> tuple[NoteContent, ...]:
        """Return every note as typed, in the order of the guide, those without a question last."""
        order = {question.id: number for number, (_, question) in enumerate(self.content.guide.questions())}
        return tuple(sorted(self.content.typed_notes(), key=lambda note: order.get(note.question or "", len(order))))


def outgoing(
    panels: Iterable[PanelContent],
    names: NameMode | None,
    on_found: Callable[[Found], object] | None = None,
    decisions: Decisions | None = None,
) -> Sequence[Outgoing]:
    """Return panels as they may be read under these names; names of one panel are removed from the texts of all.

    `on_found` is called with each name found in a text. `decisions`: those about names in texts, of all these panels.
    """
    contents = [taking_part(content) if names is None else as_read(content) for content in panels]
    people = [panelist for content in contents for panelist in content.people]
    # Members of panels that are in the file hide their own names; only those of the other panels are left.
    contents = [replace(content, elsewhere=others_than(people, content.elsewhere)) for content in contents]
    if names is None:
        redactor = Redactor(_naming_of_own_data(contents, people), own_data=True, tell=on_found)
        return [Outgoing(redacted(content, redactor) if redactor else content) for content in contents]
    namings = [naming_of(content, names) for content in contents]
    ready = []
    for content, naming in zip(contents, namings, strict=True):
        # Every panel's names are removed from the texts of all panels.
        clean = redacted(content, Redactor(naming, decisions, among=namings, tell=on_found))
        if names is not NameMode.FULL:
            clean = replace(clean, panel=leaders_without_names(clean.panel))
        ready.append(Outgoing(clean, naming, _unsaid(clean, naming)))
    return ready


def _naming_of_own_data(contents: Sequence[PanelContent], people: Sequence[Panelist]) -> Naming:
    """Return the naming in which only those who do not take part have no name, in these panels or another."""
    withdrawn = [panelist for content in contents for panelist in content.withdrawn]
    members_elsewhere = contents[0].elsewhere if contents else ()
    named = {member.id for member in members_elsewhere if takes_part(member)}
    texts = (text for content in contents for text in texts_in(content))
    return Naming((), NameMode.FULL, withdrawn, elsewhere_in(texts, people, members_elsewhere, named))


def _unsaid(content: PanelContent, naming: Naming) -> frozenset[str]:
    called = {member.id: naming.of(member.id) for member in content.panelists}
    times = Counter(called.values())
    pseudonyms = naming.mode is NameMode.PSEUDONYM
    alone = (member for member in content.panelists if times[called[member.id]] < FEWEST_ALIKE and not pseudonyms)
    return frozenset(member.id for member in alone if called[member.id] != member.name)


def text_without_names(text: str, panels: Iterable[Outgoing]) -> str:
    """Return a text from outside these panels, such as the name of a dossier, without the names hidden in them."""
    namings = [naming_of(panel.content, panel.naming.mode, (text,)) for panel in panels if panel.naming is not None]
    return Redactor(namings[0], among=namings).redact(text) if namings else text
