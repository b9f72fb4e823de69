"""Row ids: random, or derived from what a row represents, so that the same thing made twice is one row.

A name or words can be guessed, and a guess can be checked with a derived id. So what derives from them derives from the
id of a panel too, which is random and secret: in a copy without names its alias stands in its place.
"""

from __future__ import annotations

import uuid

_NAMESPACE = uuid.UUID("6f1c1b1e-57ad-5d6c-9a37-53544f440001")
_VERSION_BITS = 76
_LENGTH = 36


def new_id() -> str:
    """Return a fresh random id."""
    return str(uuid.uuid4())


def derived_id(table: str, *parts: str) -> str:
    """Return the id of the row of `table` that represents these parts, the same on every machine."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join((table, *parts))))


def alias_of(panel: str) -> str:
    """Return what stands for the id of a panel in a copy without names: a UUID of version 8, always the same."""
    number = uuid.UUID(derived_id("alias", panel)).int & ~(0xF << _VERSION_BITS) | 8 << _VERSION_BITS
    return str(uuid.UUID(int=number))


def is_alias(panel: str) -> bool:
    """Return whether the id of a panel is an alias."""
    return _version(panel) == "8"


def imported_id(table: str, panel: str, *parts: str) -> str:
    """Return the id of an imported row of a panel, derived from names or words; random if the panel's id is no secret:
    an alias, or derived from a file that others have.
    """
    return new_id() if _version(panel) in "58" else derived_id(table, panel, *parts)


def _version(row: str) -> str:
    """Return the version of a UUID; of any other id a space."""
    return row[14] if len(row) == _LENGTH and row[14].isdigit() else " "
