"""Converts rows of the folded tables to records of the domain: columns, readers, and the condition that a row
exists.
"""

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
    """Return a function that converts a row of the folded table (id and fields in order) to its record.

    It raises DamagedDossierError for a value that the fold of the log never produces.
    """
    steps: list[tuple[int, Callable[[Any], Any] | None]] = [(0, _reference)]
    column = 1
    for field in spec_of(record).fields.values():
        # A position takes two columns, its parent and its key.
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
    """Return the error for a table with content that no fold of a log produces."""
    return DamagedDossierError(
        tr("In de tabellen van het dossier staat iets dat er niet hoort."),
        tr("Het dossier is niet gewijzigd, en in het logboek staat alles nog."),
        tr("Maak een herstelde kopie met «controleer --herstel»."),
    )


def _reference(value: Any) -> str | None:
    # SQLite stores any type in any column, so another program may have written one that the type does not allow.
    if value is not None and value.__class__ is not str:
        raise TypeError
    return value


def _integer(value: Any) -> int | None:
    return None if value is None else index(value)


_CONVERTERS: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.BOOLEAN: bool,
    FieldType.INTEGER: _integer,
    FieldType.REFERENCE: _reference,
    # Another program may have written characters that no document can contain.
    FieldType.TEXT: clean_text,
}
"""Converters for types whose stored form needs checking, or differs from that in the log."""


@cache
def columns_for(record: Callable[..., Any]) -> tuple[ColumnElement[Any], ...]:
    """Return the columns that `reader_of` expects, in order."""
    spec = spec_of(record)
    table = folded[spec.name]
    names = ["id", *(name for field in spec.fields.values() for name in columns_of(field))]
    return tuple(table.c[name] for name in names)


# Owners of content that people type.
_KEPT_BY_WHAT_IS_LEFT = ("guide", "theme", "panel")


@cache
def is_there(name: str) -> Where:
    """Return the condition that a row exists.

    A panel, theme or guide whose deletion did not know all of its content stays as long as some of it exists.
    """
    table = folded[name]
    condition = and_(table.c.deleted == 0, table.c.known == 1)
    # Text wins over deletion: content that the deletion did not know keeps its owner.
    if name not in _KEPT_BY_WHAT_IS_LEFT:
        return condition
    content_exists = []
    for spec, field in owned_by(name):
        child = folded[spec.name]
        content_exists.append(
            exists().where(child.c[columns_of(field)[0]] == table.c.id, child.c.deleted == 0, child.c.known == 1)
        )
    return or_(condition, *content_exists)


def leads_to(link: Table, end: str) -> Where:
    """Return the condition that the target of a link exists."""
    return link.c[end].in_(select(folded[end].c.id).where(is_there(end)))


def grouped(records: Iterable[R], key: Callable[[R], str | None]) -> dict[str, list[R]]:
    """Return records grouped by owner, in their order; records without an owner are left out."""
    groups: dict[str, list[R]] = defaultdict(list)
    for record in records:
        owner = key(record)
        if owner is not None:
            groups[owner].append(record)
    return groups
