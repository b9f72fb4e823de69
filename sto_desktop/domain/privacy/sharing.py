"""Which parts of a dossier go into a copy to send, and what replaces names in it.

Each field declares its replacement in a copy without names (`record.Unnamed`); a field that declares none is left out.
Such a copy also leaves out what identifies people: absent members who may not be named, other people present, debriefs
that are not for the verslag, and a role, organisation or sector that fewer than two members share. The sender's own
work (saved searches, setups of a verslag) is left out, and so are seats, times of arrival and departure and answers
about consent: anyone who was present would recognise the row. How members are called shows whether they may be quoted.
A label that names somebody is left out: its id derives from its name, so that another name would hide nothing.

No word of a member who does not take part is included, nor their name, whatever the naming (see `participation`).
Names mean the same as in an export: with full names only those who consented to it are named; without a naming all are,
as in the dossier, for working together. Such a copy includes the history, but only if everybody takes part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sto_desktop.domain.model import Debrief, Note, Panel, Panelist, Tag, Voice
from sto_desktop.domain.names.decisions import Decisions, added_names
from sto_desktop.domain.privacy.given import is_given
from sto_desktop.domain.privacy.naming.crowd import may_be_named, may_speak, merged, traits_that_are_shared
from sto_desktop.domain.privacy.naming.leaders import leading, named_leaders, office
from sto_desktop.domain.privacy.naming.naming import NameMode, Naming
from sto_desktop.domain.privacy.naming.roles import MEMBER, is_label
from sto_desktop.domain.privacy.participation import NOTHING, Withheld, by_note, whose
from sto_desktop.domain.privacy.redaction import Found, Redactor
from sto_desktop.domain.privacy.remaining import Watch
from sto_desktop.domain.privacy.to_check import ToCheck, to_check
from sto_desktop.domain.record import FieldSpec, Unnamed, spec_of
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.language import tr

WITHHELD = "(niet meegestuurd)"
"""Replaces the text of a note in a copy that holds only insights and recommendations."""


class SharedScope(StrEnum):
    """Which part of a dossier a copy holds."""

    ALL = "ALL"
    PANEL = "PANEL"
    FINDINGS = "FINDINGS"
    """Insights and recommendations, with their degree of support; no texts of notes."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What a copy to send should hold; `panel` (an id) limits PANEL and may limit FINDINGS.

    `naming` None: everybody by name, as in the dossier.
    """

    scope: SharedScope = SharedScope.ALL
    naming: NameMode | None = None
    panel: str | None = None

    @property
    def with_history(self) -> bool:
        """Whether the copy is for working together: with the log itself, if everybody takes part."""
        return self.naming is None and self.scope is not SharedScope.FINDINGS


_ANSWERS_FOR_THE_DOSSIER = ("consent_participation", "consent_recording")
"""Answers about consent that are left out even of members shown by name. Those about name and quote stay: the naming in
the copy depends on them.
"""


def said_of_names(naming: NameMode | None) -> str:
    """Return a warning for a copy in which members who refuse to be named are by name; empty if there are none."""
    if naming is not None:
        return ""
    return tr("Ook wie niet genoemd wil worden, staat er met naam in. Alleen voor wie de namen mag weten.")


def with_a_name(members: Iterable[Panelist]) -> list[Panelist]:
    """Return who stands by name in a dossier, which may be a copy that hides names."""
    return [member for member in members if member.name.strip() and not is_label(member.name)]


def said_of_members(members: Iterable[Panelist]) -> str:
    """Return the same warning for a dossier with these members; empty if all who are by name may be."""
    return "" if all(map(may_be_named, with_a_name(members))) else said_of_names(None)


class Projection:
    """Maps each record to its content in a copy."""

    def __init__(
        self,
        sharing: Sharing,
        members: Iterable[Panelist],
        goes: Withheld = NOTHING,
        tags: Iterable[Tag] = (),
        voices: Iterable[Voice] = (),
        about: Iterable[str] = (),
        decisions: Decisions | None = None,
        panels: Iterable[Panel] = (),
    ) -> None:
        """`goes`: what is left out because a member does not take part; `tags`, `voices`, `panels`: all there are.

        `about`: what the panels say of themselves. `decisions`: those about names in texts, of all panels.
        """
        self._about = tuple(about)
        self._panels = tuple(panels)
        self._decisions = decisions or {}
        self._members = members = list(members)
        # Readers would link the words of this member to the row, since nobody else has a row like it.
        unsaid = {member.id for member in members if sharing.naming is not None and not may_speak(member)}
        self._unsaid = Withheld(frozenset(unsaid))
        self._sharing = sharing
        self._goes = goes
        present: dict[str | None, list[Panelist]] = defaultdict(list)
        withdrawn: dict[str | None, list[Panelist]] = defaultdict(list)
        # Group per panel: naming and groups depend on who attended.
        for member in members:
            (withdrawn if member.id in goes.members else present)[member.panel].append(member)
        led = {panel.id: leading(panel, members) for panel in self._panels if sharing.naming is not NameMode.FULL}
        every = dict.fromkeys((*present, *withdrawn, *(panel for panel in led if led[panel])))
        self._naming = {
            panel: self._naming_of(panel, present[panel], withdrawn[panel], led.get(panel or "", ())) for panel in every
        }
        self._names_found: list[Found] = []
        self._redactors = {
            panel: Redactor(
                naming,
                decisions,
                among=tuple(self._naming.values()),
                own_data=sharing.naming is None,
                tell=self._names_found.append,
            )
            # None: rows that are in no panel.
            for panel, naming in {None: self._naming_of(None, (), ()), **self._naming}.items()
        }
        self._listed = {
            panelist.id: panelist
            for panel, naming in self._naming.items()
            for panelist in members_without_names(
                [
                    panelist
                    for panelist in present[panel]
                    if panelist.id not in unsaid and not self._stands_by_name(panelist)
                ],
                naming,
            )
        }
        self._voices = by_note(voices)
        self._naming_tags = {tag.id for tag in tags if "name" in self._without_names(tag)}

    def _naming_of(
        self,
        panel: str | None,
        members: Sequence[Panelist],
        withdrawn: Sequence[Panelist],
        led: Sequence[Panelist] = (),
    ) -> Naming:
        mode = self._sharing.naming
        if mode is None:
            # Everyone is named, also inside texts.
            return Naming((), withdrawn=withdrawn)
        return Naming(members, mode, withdrawn, leading=led, about=self._about, panel=panel or "")

    def _stands_by_name(self, member: Panelist) -> bool:
        # Readers link words to this row, so it has the name only if the name may stand next to the words.
        naming = self._naming[member.panel]
        return self._sharing.naming is None or (naming.shows_name(member) and naming.of(member.id) == member.name)

    def holds(self, record: Any) -> bool:
        """Return whether a record is included in the copy."""
        if not self._goes.holds(record) or not self._unsaid.holds(record):
            return False
        if (record.id if isinstance(record, Tag) else getattr(record, "tag", None)) in self._naming_tags:
            return False
        if self._sharing.with_history:
            return True
        if spec_of(type(record)).own_work:
            return False
        return not (isinstance(record, Debrief) and not record.in_report)

    def replaced(self, record: Any) -> Mapping[str, Any]:
        """Return the replaced fields of a record, with their values in the copy."""
        return {**self._without_names(record), **self._goes.replaced(record)}

    def _without_names(self, record: Any) -> Mapping[str, Any]:
        withheld = self._withheld(record)
        values = {
            name: withheld[name] if name in withheld else self._unnamed(record, field)
            for name, field in spec_of(type(record)).fields.items()
        }
        return {name: value for name, value in values.items() if value != getattr(record, name)}

    def _unnamed(self, record: Any, field: FieldSpec) -> Any:
        """Return the replacement of a field's value where nobody may be named, as the field declares it."""
        value = getattr(record, field.name)
        if self._sharing.naming in (None, NameMode.FULL) and record.id not in self._listed:
            return self._beside_names(record, field, value)
        match field.unnamed:
            case Unnamed.GONE:
                return getattr(self._listed[record.id], field.name) if isinstance(record, Panelist) else field.default
            case Unnamed.LABEL:
                return self._listed[record.id].name
            case Unnamed.TRAIT:
                return getattr(self._listed[record.id], field.name)
            case Unnamed.REDACTED:
                return self._redacted(value, record, field.name)
            case Unnamed.OFFICE:
                return office(value, field)
            case Unnamed.SAME:
                return value

    def _beside_names(self, record: Any, field: FieldSpec, value: Any) -> Any:
        """Return the value of a field where people are named, in a row of nobody, or of a member shown by name."""
        if self._sharing.naming is not None and field.name in _ANSWERS_FOR_THE_DOSSIER:
            return field.default
        if field.unnamed is Unnamed.GONE and any(map(self._is_hidden, whose(record, self._voices))):
            return field.default
        is_text = isinstance(value, str) and field.parent is None and field.codes is None
        if not is_text or field.unnamed not in (Unnamed.GONE, Unnamed.REDACTED, Unnamed.OFFICE):
            return value
        if field.unnamed is Unnamed.OFFICE:
            return getattr(self._redactors.get(record.id, self._redactors[None]).panel_of(record), field.name)
        # A member's own data is not a sentence: an address in it belongs to the member.
        return self._redacted(
            value, record, field.name, but_addresses=isinstance(record, Panelist) and not field.running
        )

    def _is_hidden(self, member: str) -> bool:
        return member in self._listed or member in self._goes.members

    @property
    def names_found(self) -> tuple[Found, ...]:
        """The names in the texts requested so far."""
        return tuple(self._names_found)

    def to_check(self) -> tuple[ToCheck, ...]:
        """Return possible names in the texts requested so far, for a person to check."""
        return to_check(self._names_found)

    def watch(self, allowed: Iterable[str]) -> Watch:
        """Return what looks for hidden names in the finished copy; `allowed`: names that may be in it."""
        hidden = [member for naming in self._naming.values() for member in naming.hidden]
        ids = {member.id for member in hidden}
        shown = (member.name for member in self._members if member.id not in ids)
        led = self._leaders_shown() if self._sharing.naming is NameMode.FULL else ()
        hidden += added_names(self._decisions)
        return Watch(hidden, (*allowed, *shown, *led), self._names_found)

    def _leaders_shown(self) -> Iterator[str]:
        for panel in self._panels:
            redactor = self._redactors.get(panel.id, self._redactors[None])
            yield from (name for _, name in named_leaders(redactor.panel_of(panel)))

    def _withheld(self, record: Any) -> Mapping[str, Any]:
        if not isinstance(record, Note):
            return {}
        # Readers of a copy would see where somebody spoke who is not in it.
        kept: dict[str, Any] = {"under": None}
        redactor = self._redactors.get(record.panel, self._redactors[None])
        if self._sharing.scope is SharedScope.FINDINGS and record.text:
            kept["text"] = WITHHELD
        elif redactor.is_below(record, spoken=bool(self._voices.get(record.id))):
            kept["text"] = redactor.redact_below(record.text, record.id, "text")
        return kept

    def _redacted(self, text: str, record: Any, field: str, *, but_addresses: bool = False) -> str:
        if is_given(record, text):
            return text
        panel = record.id if isinstance(record, Panel) else getattr(record, "panel", None)
        redactor = self._redactors.get(panel, self._redactors[None])
        return redactor.redact(text, str(record.id), field, but_addresses=but_addresses)


def members_without_names(members: Sequence[Panelist], naming: Naming) -> list[Panelist]:
    """Return members of a panel for a list without names: with their label, and with the sector and role that at least
    two members of that label share. Identifying fields are left out; the label shows whether a member may be quoted.
    """
    own = naming.mode is NameMode.PSEUDONYM
    called = merged({member.id: naming.of(member.id) for member in members}, MEMBER.singular)
    traits = traits_that_are_shared(members, called, naming.crowd.sets_alike(), naming.crowd.shown.together)
    # Drop every field not restored below, whatever its declaration: grouping must not use it.
    fields = spec_of(Panelist).fields
    names = {member.id: naming.of(member.id) if own else called[member.id] for member in members}
    cleared = {name: field.default for name, field in fields.items() if field.unnamed is not Unnamed.SAME}
    return [
        replace(
            replace(member, **cleared),
            name=names[member.id],
            # This is not their answer but what the label implies: otherwise everybody in the copy would be "een
            # panellid".
            consent_quote=Consent.UNKNOWN if names[member.id] == MEMBER.singular else Consent.YES,
            sector=traits[member.id][0],
            role=traits[member.id][1],
        )
        for member in members
    ]
