"""From rows of the folded tables to records of the domain: columns, readers, and which rows count as being there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, and_, exists, or_, select

from sto_desktop.domain.place import Position
from sto_desktop.domain.record import FieldType, TableSpec, owned_by, tables
from sto_desktop.storage.schema import columns_of, folded

R = TypeVar("R")
Where = ColumnElement[bool]


def spec_of(record: Callable[..., Any]) -> TableSpec:
    """Return the table that a record is a row of."""
    return next(spec for spec in tables().values() if spec.record is record)


@cache
def reader_of(record: Callable[..., R]) -> Callable[[Sequence[Any]], R]:
    """Return what turns a row of the folded table (id and fields in order) into its record."""
    steps: list[tuple[int, Callable[[Any], Any] | None]] = []
    column = 1
    for field in spec_of(record).fields.values():
        if field.kind is FieldType.POSITION:
            steps.append((column, None))
            column += 2
            continue
        if field.kind is FieldType.BOOLEAN:
            steps.append((column, bool))
        elif field.kind in (FieldType.TEXT, FieldType.INTEGER, FieldType.REFERENCE):
            steps.append((column, lambda value: value))
        else:
            steps.append((column, field.decode))
        column += 1

    def read(row: Sequence[Any]) -> R:
        values = [
            Position(row[place], row[place + 1]) if convert is None else convert(row[place]) for place, convert in steps
        ]
        return record(row[0], *values)

    return read


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
