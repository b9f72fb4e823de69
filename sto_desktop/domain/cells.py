"""Reads the value of a field from text in a cell, in the same way for the window and for imported lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sto_desktop.domain.record import FieldSpec, FieldType, InvalidValue
from sto_desktop.domain.typed import read_date, read_number, read_time

_READERS: Mapping[FieldType, Callable[[str], Any]] = {
    FieldType.DATE: read_date,
    FieldType.TIME: read_time,
    FieldType.INTEGER: read_number,
}


def read_value(field: FieldSpec, text: str) -> Any:
    """Return the value of a field in a text that is not empty.

    Raises:
        InvalidValue: the text is none for this field.
    """
    reader = _READERS.get(field.kind)
    if reader is None:
        return field.decode(text)
    value = reader(text)
    if value is None:
        raise InvalidValue(field.name)
    return value
