"""The address book: people of earlier panels in the dossier, with their details, to invite again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import squeeze
from sto_desktop.domain.record import FieldType, spec_of

TAKEN_OVER = tuple(
    field for field in spec_of(Panelist).fields.values() if field.kind is FieldType.TEXT and field.name != "name"
)
"""The fields copied from an earlier panel."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of an earlier panel, with the texts that a new member copies, by field; consent is asked again.

    `panels`: titles of the panels, the latest first.
    """

    name: str
    values: Mapping[str, str]
    panels: tuple[str, ...]


def address_book(
    people: Iterable[Panelist], titles: Mapping[str, str], present: Iterable[Panelist]
) -> tuple[Contact, ...]:
    """Return the known people who are not members of this panel yet, by name.

    Args:
        people: all members in the dossier.
        titles: titles of the panels, by id, the latest panel first.
        present: the members of the panel being prepared.
    """
    here = {squeeze(one.name) for one in present}
    order = {panel: number for number, panel in enumerate(titles)}
    found: dict[str, list[Panelist]] = {}
    for one in sorted(people, key=lambda one: order.get(one.panel or "", len(order))):
        if one.name.strip() and squeeze(one.name) not in here:
            found.setdefault(squeeze(one.name), []).append(one)

    def latest(group: list[Panelist], name: str) -> str:
        return next((str(getattr(one, name)) for one in group if getattr(one, name)), "")

    contacts = [
        Contact(
            group[0].name,
            {field.name: latest(group, field.name) for field in TAKEN_OVER},
            tuple(dict.fromkeys(title for one in group if (title := titles.get(one.panel or "")))),
        )
        for group in found.values()
    ]
    return tuple(sorted(contacts, key=lambda one: one.name.casefold()))


def known_as(name: str, book: Iterable[Contact]) -> Contact | None:
    """Return the only contact with this name; None if there is none or more than one."""
    found = [one for one in book if squeeze(one.name) == squeeze(name)]
    return found[0] if len(found) == 1 else None
