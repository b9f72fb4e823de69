"""Records of which every field says something, so that a field that is forgotten on the way is missed."""

from __future__ import annotations

from typing import Any

from sto_desktop.domain.record import FieldSpec, FieldType, spec_of


def filled(record: type[Any], row: str, **values: Any) -> Any:
    """Return a row with another value than the default in every text, number, yes or no and code."""
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
