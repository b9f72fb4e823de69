"""Every table of the log, available once all records are declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from sto_desktop.domain import bookkeeping, model
from sto_desktop.domain.record import FieldSpec, TableSpec, is_record, spec_of


@cache
def tables() -> Mapping[str, TableSpec]:
    """Return every table by name, in the order declared: parents first where possible."""
    specs = (spec_of(value) for part in (model, bookkeeping) for value in vars(part).values() if is_record(value))
    return {spec.name: spec for spec in specs}


def owned_by(parent: str) -> Iterable[tuple[TableSpec, FieldSpec]]:
    """Return the tables, with the owning field, whose rows are deleted with a row of `parent`."""
    for spec in tables().values():
        for field in spec.fields.values():
            if field.parent == parent and field.owned:
                yield spec, field
