"""From rows of the folded tables to records of the domain: columns, readers, and which rows count as being there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import index
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, and_, exists, or_, select

from sto_desktop.domain.errors import DamagedDossierError
from sto_desktop.domain.place import Position
from sto_desktop.domain.record import FieldType, clean_text, spec_of
from sto_desktop.domain.tables import owned_by
from sto_desktop.language import tr
from sto_desktop.storage.file.schema import columns_of, folded

R = TypeVar("R")
Where = ColumnElement[bool]


@cache
def reader_of(record: Callable[..., R]) -> Callable[[Sequence[Any]], R]:
    """Return what turns a row of the folded table (id and fields in order) into its record.

    It raises DamagedDossierError where a value is none that the fold of the log would have put there.
    """
    steps: list[tuple[int, Callable[[Any], Any] | None]] = [(0, _reference)]
    column = 1
    for field in spec_of(record).fields.values():
        if field.kind is FieldType.POSITION:
            steps.append((column, None))
            column += 2
            continue
        steps.append((column, _CONVERTERS.get(field.kind, field.decode)))
        column += 1

    def read(row: Sequence[Any]) -> R:
        try:
            values = [
                Position(_reference(row[place]), clean_text(row[place + 1])) if convert is None else convert(row[place])
                for place, convert in steps
            ]
        except (ValueError, TypeError, OverflowError) as error:
            raise misplaced() from error
        return record(*values)

    return read


def misplaced() -> DamagedDossierError:
    """Return the error that says that a table holds what no fold of a log puts there."""
    return DamagedDossierError(
        tr("In de tabellen van het dossier staat iets dat er niet hoort."),
        tr("Het dossier is niet gewijzigd, en in het logboek staat alles nog."),
        tr("Maak een herstelde kopie met «controleer --herstel»."),
    )


def _reference(value: Any) -> str | None:
    if value is not None and value.__class__ is not str:
        raise TypeError
    return value


def _integer(value: Any) -> int | None:
    return None if value is None else index(value)


_CONVERTERS: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.BOOLEAN: bool,
    FieldType.INTEGER: _integer,
    FieldType.REFERENCE: _reference,
    # Some other program may have put there what no document can hold.
    FieldType.TEXT: clean_text,
}
"""Of kinds that a table holds as they are, or otherwise than the log does."""


@cache
def columns_for(record: Callable[..., Any]) -> tuple[ColumnElement[Any], ...]:
    """Return the columns that `reader_of` takes, in order."""
    spec = spec_of(record)
    table = folded[spec.name]
    names = ["id", *(name for field in spec.fields.values() for name in columns_of(field))]
    return tuple(table.c[name] for name in names)


_KEPT_BY_WHAT_IS_LEFT = ("guide", "theme", "panel")


@cache
def is_there(name: str) -> Where:
    """Return the condition that a row is there.

    A panel, theme or guide of which its deletion had not seen all stays as long as something of it is left.
    """
    table = folded[name]
    there = and_(table.c.deleted == 0, table.c.known == 1)
    if name not in _KEPT_BY_WHAT_IS_LEFT:
        return there
    left = []
    for spec, field in owned_by(name):
        child = folded[spec.name]
        left.append(
            exists().where(child.c[columns_of(field)[0]] == table.c.id, child.c.deleted == 0, child.c.known == 1)
        )
    return or_(there, *left)


def leads_to(link: Table, end: str) -> Where:
    """Return the condition that what a link leads to is there."""
    return link.c[end].in_(select(folded[end].c.id).where(is_there(end)))


def grouped(items: Iterable[R], key: Callable[[R], str | None]) -> dict[str, list[R]]:
    """Return items by what they belong to, in their order; what belongs to nothing is left out."""
    groups: dict[str, list[R]] = defaultdict(list)
    for item in items:
        found = key(item)
        if found is not None:
            groups[found].append(item)
    return groups
