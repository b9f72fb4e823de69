"""Records in which every field has a value, so that a forgotten field is noticed."""

from __future__ import annotations

from typing import Any

from sto_desktop.domain.record import FieldSpec, FieldType, spec_of


def filled(record: type[Any], row: str, **values: Any) -> Any:
    """Return a row in which every text, number, boolean and code differs from its default."""
    said = {field.name: value for field in spec_of(record).fields.values() if (value := _other(field)) is not None}
    return record(row, **{**said, **values})


def _other(field: FieldSpec) -> Any:
    if field.codes is not None:
        return next(code for code in field.codes if code is not field.default)
    return {
        FieldType.TEXT: f"wat bij {field.name} staat",
        FieldType.INTEGER: 7,
        FieldType.BOOLEAN: not field.default,
    }.get(field.kind)
