"""Who led a panel and who noted: where nobody is named, their office stands for their name, in fields and in texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sto_desktop.domain.model import Panel, Panelist
from sto_desktop.domain.people import by_name_only, fold, is_label
from sto_desktop.domain.record import FieldSpec, Unnamed, spec_of
from sto_desktop.language import tr


def office(name: str, field: FieldSpec) -> str:
    """Return what stands for the name in a field of who led or noted, where nobody is named; empty for no name."""
    return tr("de {office}", office=tr(field.word)) if name.strip() else ""


def _offices() -> Iterable[FieldSpec]:
    return (field for field in spec_of(Panel).fields.values() if field.unnamed is Unnamed.OFFICE)


def leaders_without_names(panel: Panel) -> Panel:
    """Return a panel in which who led it and who noted have no name."""
    values: dict[str, Any] = {field.name: office(getattr(panel, field.name), field) for field in _offices()}
    return replace(panel, **values)


def stays(field: str, value: str, names: Collection[str]) -> bool:
    """Return whether a field of a panel is that of who led or noted, and holds one of these names."""
    return value.strip() in names and any(office.name == field for office in _offices())


def with_leaders_of(panel: Panel, original: Panel, names: Collection[str]) -> Panel:
    """Return a panel in whose fields of who led and who noted these names stand as in the original."""
    values: dict[str, Any] = {
        field.name: value for field in _offices() if stays(field.name, value := getattr(original, field.name), names)
    }
    return replace(panel, **values)


def leading(panel: Panel, members: Iterable[Panelist]) -> tuple[Panelist, ...]:
    """Return who led a panel and who noted, as people whose names may be in texts; `role` is what replaces them.

    A name that a member has too means the member.
    """
    taken = {fold(member.name) for member in members}
    people = []
    for field in _offices():
        name = getattr(panel, field.name).strip()
        if name not in ("", office(name, field)) and not is_label(name) and fold(name) not in taken:
            taken.add(fold(name))
            people.append(replace(by_name_only(name), id=f"{panel.id}/{field.name}", role=office(name, field)))
    return tuple(people)
