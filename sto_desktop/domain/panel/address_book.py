"""The address book: people of earlier panels in the dossier, with their details, to invite again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import squeeze
from sto_desktop.domain.record import FieldType, spec_of

TAKEN_OVER = tuple(
    field
    for field in spec_of(Panelist).fields.values()
    if field.kind is FieldType.TEXT and field.name != "name" and not field.running
)
"""The fields copied from an earlier panel: who somebody is, not what they wrote for it."""


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
    member_names = {squeeze(member.name) for member in present}
    order = {panel: number for number, panel in enumerate(titles)}
    by_name: dict[str, list[Panelist]] = {}
    for person in sorted(people, key=lambda person: order.get(person.panel or "", len(order))):
        if person.name.strip() and squeeze(person.name) not in member_names:
            by_name.setdefault(squeeze(person.name), []).append(person)

    def latest(group: list[Panelist], name: str) -> str:
        # The latest value that is not empty, since an older panel may have more details.
        return next((str(getattr(person, name)) for person in group if getattr(person, name)), "")

    contacts = [
        Contact(
            group[0].name,
            {field.name: latest(group, field.name) for field in TAKEN_OVER},
            tuple(dict.fromkeys(title for member in group if (title := titles.get(member.panel or "")))),
        )
        for group in by_name.values()
    ]
    return tuple(sorted(contacts, key=lambda contact: contact.name.casefold()))


def known_as(name: str, book: Iterable[Contact]) -> Contact | None:
    """Return the only contact with this name; None if there is none or more than one."""
    contacts = [contact for contact in book if squeeze(contact.name) == squeeze(name)]
    return contacts[0] if len(contacts) == 1 else None
