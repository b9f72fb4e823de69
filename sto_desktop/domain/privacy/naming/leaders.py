"""Who led a panel and who noted: where nobody is named, their office stands for their name, in fields and in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.names.forms import initials_of, written_forms
from sto_desktop.domain.names.grades import Grade, NameForm
from sto_desktop.domain.names.mentions import finder_of
from sto_desktop.domain.names.spelling import loose_key_of
from sto_desktop.domain.people import (
    by_name_only,
    first_name_of,
    fold,
    is_label,
    name_index,
    squeeze,
    surname_of,
    without_particles,
)
from sto_desktop.domain.record import FieldSpec, Unnamed, spec_of
from sto_desktop.language import tr
from sto_desktop.patterns import lazy_re

_CALLED = lazy_re(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+\s+$")
"""A first name before a surname."""


def office(name: str, field: FieldSpec) -> str:
    """Return what stands for the name in a field of who led or noted, where nobody is named; empty for no name."""
    return tr("de {office}", office=tr(field.word)) if name.strip() else ""


def _offices() -> Iterable[FieldSpec]:
    return (field for field in spec_of(Panel).fields.values() if field.unnamed is Unnamed.OFFICE)


def leaders_without_names(panel: Panel) -> Panel:
    """Return a panel in which who led it and who noted have no name."""
    values: dict[str, Any] = {field.name: office(getattr(panel, field.name), field) for field in _offices()}
    return replace(panel, **values)


def is_office(field: str) -> bool:
    """Return whether a field of a panel says who led or noted."""
    return any(office.name == field for office in _offices())


def leaders_beside(panel: Panel, hidden: Sequence[Panelist]) -> Panel:
    """Return a panel with who led and who noted as a document says them where these members have no name: by name, but
    by office where that name is a hidden member's or may be, as "Durk" is of Durk Hoekstra.
    """
    values: dict[str, Any] = {}
    for field in _offices():
        name = getattr(panel, field.name)
        values[field.name] = office(name, field) if _means_one_of(name, hidden) or _names_one_of(name, hidden) else name
    return replace(panel, **values)


def named_leaders(panel: Panel, hidden: Sequence[Panelist] = ()) -> tuple[tuple[str, str], ...]:
    """Return the office (a word) and name of who led and who noted, without those who have no name beside these
    members.
    """
    shown = leaders_beside(panel, hidden)
    people = ((field, getattr(shown, field.name).strip()) for field in _offices())
    return tuple((tr(field.word), name) for field, name in people if name not in ("", office(name, field)))


def _means_one_of(name: str, members: Sequence[Panelist]) -> bool:
    """Return whether a name of somebody who led or noted may be that of one of these members: in full, or no more than
    a first name or a surname, with or without initials.
    """
    if not name.strip() or not members:
        return False
    index = name_index(members)
    last = surname_of(name)
    # "Durk H.": what is known is the first name.
    shortened = first_name_of(name) if len(squeeze(without_particles(last))) == 1 else ""
    return bool(index.meant(name) or (shortened and index.meant(shortened)))


def _names_one_of(text: str, members: Sequence[Panelist]) -> bool:
    """Return whether what stands in such a field holds the name of one of these members: "Anke en Petra"."""
    # A finder of everybody takes long to make, for a field that rarely names one of them.
    key = loose_key_of(text)
    near = tuple(member for member in members if any(begin in key for begin in _beginnings(member)))
    # "Jan Meijerink" is somebody else than Petra Meijerink.
    return any(
        mention.grade is Grade.CERTAIN
        and (mention.form is not NameForm.SURNAME or mention.titled or not _CALLED.search(text[: mention.start]))
        for mention in finder_of(near).find(text)
    )


@lru_cache(maxsize=2_000)
def _beginnings(member: Panelist) -> frozenset[str]:
    """Return how the words of a member's name begin, however they are spelled."""
    words = {word for form, _ in written_forms(member) for word in (*form.split(), *re.split(r"[\W_]+", form))}
    keys = map(loose_key_of, {*words, *initials_of(member)})
    return frozenset(key[:3] for key in keys if len(key) > 1)


def leading(panel: Panel, members: Iterable[Panelist]) -> tuple[Panelist, ...]:
    """Return who led a panel and who noted, as people whose names may be in texts; `role` is what replaces them.

    A name that a member has too means the member.
    """
    known = tuple(members)
    people: dict[str, Panelist] = {}
    for field in _offices():
        name = getattr(panel, field.name).strip()
        if name not in ("", office(name, field)) and not is_label(name) and not _means_one_of(name, known):
            person = replace(by_name_only(name), id=f"{panel.id}/{field.name}", role=office(name, field))
            people.setdefault(fold(name), person)
    return tuple(people.values())
