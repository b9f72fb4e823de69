"""Row ids: random, or derived from what a row represents, so that the same thing made twice is one row."""

from __future__ import annotations

import uuid

_NAMESPACE = uuid.UUID("6f1c1b1e-57ad-5d6c-9a37-53544f440001")


def new_id() -> str:
    """Return a fresh random id."""
    return str(uuid.uuid4())


def derived_id(table: str, *parts: str) -> str:
    """Return the id of the row of `table` that represents these parts, the same on every machine."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join((table, *parts))))
