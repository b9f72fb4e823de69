"""Converts rows of the folded tables to records of the domain: columns, readers, and conditions on rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import index
from typing import Any, TypeVar

from sto_desktop.domain.errors import DamagedDossierError
from sto_desktop.domain.place import Position
from sto_desktop.domain.record import FieldSpec, FieldType, clean_text, spec_of
from sto_desktop.domain.tables import owned_by
from sto_desktop.language import tr
from sto_desktop.storage.file.schema import columns_of

R = TypeVar("R")


@dataclass(frozen=True)
class Condition:
    """A condition on the rows of a table, as SQL with a question mark for each value."""

    sql: str
    values: tuple[object, ...] = ()


def equals(column: str, value: object) -> Condition:
    """Return the condition that a column has a value; None stands for none."""
    return Condition(f"{column} IS NULL") if value is None else Condition(f"{column} = ?", (value,))


def among(column: str, values: Collection[object]) -> Condition:
    """Return the condition that a column has one of these values."""
    # One statement for any number of them, which SQLite then compiles once.
    return Condition(f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(list(values)),))


def in_rows(column: str, table: str, *where: Condition) -> Condition:
    """Return the condition that a column refers to a row of a table for which these conditions hold, deleted or not."""
    of_rows = all_of(where)
    return Condition(f"{column} IN (SELECT id FROM {table} WHERE {of_rows.sql})", of_rows.values)


def all_of(where: Iterable[Condition]) -> Condition:
    """Return the condition that all of these hold."""
    conditions = tuple(where)
    sql = " AND ".join(condition.sql for condition in conditions)
    return Condition(sql, tuple(value for condition in conditions for value in condition.values))


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
        steps.append((column, _coded(field) if field.codes else _CONVERTERS.get(field.kind, field.decode)))
        column += 1

    def read(row: Sequence[Any]) -> R:
        try:
            values = [
                Position(_reference(row[place]), clean_text(row[place + 1])) if convert is None else convert(row[place])
                for place, convert in steps
            ]
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise misplaced() from error
        return record(*values)

    return read


def _coded(field: FieldSpec) -> Callable[[Any], Any]:
    """Return the converter of a field that holds one of a few codes: looking one up takes a fifth of making it."""
    codes: dict[str | None, Any] = {code.value: code for code in field.codes or ()}
    if field.default is None:
        codes[None] = None
    return codes.__getitem__


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


def _boolean(value: Any) -> bool:
    return value is not None and bool(index(value))


_CONVERTERS: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.BOOLEAN: _boolean,
    FieldType.INTEGER: _integer,
    FieldType.REFERENCE: _reference,
    # Another program may have written characters that no document can contain.
    FieldType.TEXT: clean_text,
}
"""Converters for types whose stored form needs checking, or differs from that in the log."""


@cache
def columns_for(record: Callable[..., Any]) -> str:
    """Return the columns that `reader_of` expects, in order, as SQL."""
    fields = spec_of(record).fields.values()
    return ", ".join(("id", *(name for field in fields for name in columns_of(field))))


# Owners of content that people type.
_KEPT_BY_WHAT_IS_LEFT = ("guide", "theme", "panel")


@cache
def is_there(name: str) -> Condition:
    """Return the condition that a row of a table exists.

    A panel, theme or guide whose deletion did not know all of its content stays as long as some of it exists.
    """
    ways = [f"{name}.deleted = 0 AND {name}.known = 1"]
    # Text wins over deletion: content that the deletion did not know keeps its owner.
    if name in _KEPT_BY_WHAT_IS_LEFT:
        ways += [
            f"EXISTS (SELECT 1 FROM {spec.name} WHERE {spec.name}.{columns_of(field)[0]} = {name}.id"
            f" AND {spec.name}.deleted = 0 AND {spec.name}.known = 1)"
            for spec, field in owned_by(name)
        ]
    return Condition(f"({' OR '.join(ways)})")


def leads_to(end: str, table: str | None = None) -> Condition:
    """Return the condition that the target of a link exists; `table`: where it is, by default that of the same name."""
    return in_rows(end, table or end, is_there(table or end))


def grouped(records: Iterable[R], key: Callable[[R], str | None]) -> dict[str, list[R]]:
    """Return records grouped by owner, in their order; records without an owner are left out."""
    groups: dict[str, list[R]] = defaultdict(list)
    for record in records:
        owner = key(record)
        if owner is not None:
            groups[owner].append(record)
    return groups
