"""The people of earlier panels in a dossier, to ask again: whom one knows, with what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import squeeze
from sto_desktop.domain.record import FieldType, spec_of

TAKEN_OVER = tuple(
    field for field in spec_of(Panelist).fields.values() if field.kind is FieldType.TEXT and field.name != "name"
)
"""The fields that go along from an earlier panel."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who took part before, with the texts that a new member takes over, by field; consent is asked anew.

    `panels` are the titles, the latest first.
    """

    name: str
    values: Mapping[str, str]
    panels: tuple[str, ...]


def address_book(
    people: Iterable[Panelist], titles: Mapping[str, str], present: Iterable[Panelist]
) -> tuple[Contact, ...]:
    """Return who is known and does not take part yet, by name.

    Args:
        people: all members of the dossier.
        titles: what each panel is called, by id, the latest panel first.
        present: the members of the panel that is prepared.
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
    """Return the only one who is called this, or None."""
    found = [one for one in book if squeeze(one.name) == squeeze(name)]
    return found[0] if len(found) == 1 else None
