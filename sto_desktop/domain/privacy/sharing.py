"""What of a dossier goes into a copy to send, and what stands in it in place of names.

What a copy without names says in place of a field, the field declares (`record.Unnamed`); a field that declares nothing
is left out. Besides names, such a copy leaves out what points at people: who was not there, who else was, debriefs that
are not for the verslag, and a role, organisation or sector that fewer than two members share. What is only of the
sender's own work (saved searches, how a verslag was made) stays at home. Neither do seats, times of coming and going
and answers about consent go along: whoever was there would know the row. That a member may be quoted is told by what
they are called.

Every word of who does not take part stays at home, and their name, whatever a copy calls people (see `participation`).
A copy with full names of all there is can hold the history only where everybody takes part. Of findings with full names
only those are named who said yes to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sto_desktop.domain.model import Debrief, Note, Panelist
from sto_desktop.domain.privacy.crowd import merged, traits_that_are_shared
from sto_desktop.domain.privacy.naming import MEMBER, NameMode, Naming, unnamed
from sto_desktop.domain.privacy.participation import NOTHING, Withheld
from sto_desktop.domain.privacy.redaction import Found, Redactor, ToCheck, to_check
from sto_desktop.domain.record import FieldSpec, Unnamed, spec_of
from sto_desktop.domain.vocabulary import Consent

WITHHELD = "(niet meegestuurd)"
"""Stands in place of a note's words in a copy that holds only insights and recommendations."""


class Scope(StrEnum):
    """How much of a dossier a copy holds."""

    ALL = "ALL"
    PANEL = "PANEL"
    FINDINGS = "FINDINGS"
    """Insights and recommendations, with how widely they were shared; no words of notes."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What a copy to send is to hold; `panel` (an id) limits PANEL and may limit FINDINGS."""

    scope: Scope = Scope.ALL
    naming: NameMode = NameMode.FULL
    panel: str | None = None

    @property
    def with_history(self) -> bool:
        """Whether the copy is to work on together: with the log itself, where everybody takes part."""
        return self.naming is NameMode.FULL and self.scope is not Scope.FINDINGS


class Projection:
    """What stands in a copy in place of what a record says."""

    def __init__(self, sharing: Sharing, members: Iterable[Panelist], goes: Withheld = NOTHING) -> None:
        """`goes`: what is left out since somebody does not take part."""
        self._sharing = sharing
        self._goes = goes
        here: dict[str | None, list[Panelist]] = defaultdict(list)
        withdrawn: dict[str | None, list[Panelist]] = defaultdict(list)
        for item in members:
            (withdrawn if item.id in goes.members else here)[item.panel].append(item)
        panels = dict.fromkeys((*here, *withdrawn))
        self._naming = {panel: self._naming_of(here[panel], withdrawn[panel]) for panel in panels}
        self._found: list[Found] = []
        self._redactors = [Redactor(naming, doubtful=True, tell=self._found.append) for naming in self._naming.values()]
        self._listed = {
            item.id: item
            for panel, naming in self._naming.items()
            for item in members_without_names([item for item in here[panel] if not self._stands_by_name(item)], naming)
        }

    def _naming_of(self, members: Sequence[Panelist], withdrawn: Sequence[Panelist]) -> Naming:
        if self._sharing.with_history:
            # To work on together: all are named in it, and may be in its texts.
            return Naming((), NameMode.FULL, withdrawn)
        return Naming(
            members if self._sharing.naming is NameMode.FULL else map(unnamed, members), self._sharing.naming, withdrawn
        )

    def _stands_by_name(self, member: Panelist) -> bool:
        naming = self._naming[member.panel]
        return self._sharing.with_history or (naming.shows_name(member) and member.id != naming.company)

    def holds(self, record: Any) -> bool:
        """Tell whether a record goes along at all."""
        if not self._goes.holds(record):
            return False
        if self._sharing.with_history:
            return True
        if spec_of(type(record)).own_work:
            return False
        return not (isinstance(record, Debrief) and not record.in_report)

    def replaced(self, record: Any) -> Mapping[str, Any]:
        """Return the fields of a record in whose place the copy says something else, with what it says."""
        return {**self._without_names(record), **self._goes.replaced(record)}

    def _without_names(self, record: Any) -> Mapping[str, Any]:
        withheld = self._withheld(record)
        values = {
            name: withheld[name] if name in withheld else self._unnamed(record, field)
            for name, field in spec_of(type(record)).fields.items()
        }
        return {name: value for name, value in values.items() if value != getattr(record, name)}

    def _unnamed(self, record: Any, field: FieldSpec) -> Any:
        """Return what stands in place of a field's value where nobody may be named, as the field declares it."""
        value = getattr(record, field.name)
        if self._sharing.naming is NameMode.FULL and not (isinstance(record, Panelist) and record.id in self._listed):
            is_text = isinstance(value, str) and field.parent is None and field.codes is None
            return self._redacted(value) if is_text and field.unnamed in (Unnamed.GONE, Unnamed.REDACTED) else value
        match field.unnamed:
            case Unnamed.GONE:
                return getattr(self._listed[record.id], field.name) if isinstance(record, Panelist) else field.default
            case Unnamed.LABEL:
                return self._listed[record.id].name
            case Unnamed.TRAIT:
                return getattr(self._listed[record.id], field.name)
            case Unnamed.REDACTED:
                return self._redacted(value)
            case Unnamed.SAME:
                return value

    def to_check(self) -> tuple[ToCheck, ...]:
        """Return what may be a name in the texts that were asked for so far, for a person to look at."""
        return to_check(self._found)

    def _withheld(self, record: Any) -> Mapping[str, Any]:
        if self._sharing.scope is Scope.FINDINGS and isinstance(record, Note) and record.text:
            return {"text": WITHHELD}
        return {}

    def _redacted(self, text: str) -> str:
        for redactor in self._redactors:
            text = redactor.redact(text) if text else text
        return text


def members_without_names(members: Sequence[Panelist], naming: Naming) -> list[Panelist]:
    """Return members of a panel as they may be listed where they have no name: under what they are called instead, with
    the sector and role that at least two who are called so share. What tells who is who is left away; that somebody may
    be quoted is told by what they are called."""
    own = naming.mode is NameMode.PSEUDONYM
    called = merged({item.id: "" if own else naming.of(item.id) for item in members}, MEMBER.one)
    traits = traits_that_are_shared(members, called)
    # What nothing below gives back is gone, however it was declared: nobody is grouped by it.
    fields = spec_of(Panelist).fields
    gone = {name: field.default for name, field in fields.items() if field.unnamed is not Unnamed.SAME}
    return [
        replace(
            replace(item, **gone),
            name=naming.of(item.id) if own else called[item.id],
            first_name="",
            consent_quote=Consent.UNKNOWN if naming.of(item.id) == MEMBER.one else Consent.YES,
            sector=traits[item.id][0],
            role=traits[item.id][1],
        )
        for item in members
    ]
