"""Row ids: random, or derived from what a row represents, so that making the same thing twice gives one row.

Names and words can be guessed, and a derived id would confirm a guess. So such ids also derive from the id of a panel,
which is random and secret. A copy without names has the panel's alias instead of its id.
"""

from __future__ import annotations

import uuid

# Permanent: it is part of every derived id in every dossier.
_NAMESPACE = uuid.UUID("6f1c1b1e-57ad-5d6c-9a37-53544f440001")
# Position of the four version bits of a UUID (RFC 9562, 4.1).
_VERSION_BITS = 76
_LENGTH = 36


def new_id() -> str:
    """Return a fresh random id."""
    return str(uuid.uuid4())


def derived_id(table: str, *parts: str) -> str:
    """Return the id of the row of `table` that represents these parts, the same on every machine."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join((table, *parts))))


def alias_of(panel: str) -> str:
    """Return the alias that replaces the id of a panel in a copy without names: a UUID of version 8, always
    the same.
    """
    number = uuid.UUID(derived_id("alias", panel)).int & ~(0xF << _VERSION_BITS) | 8 << _VERSION_BITS
    return str(uuid.UUID(int=number))


def is_alias(panel: str) -> bool:
    """Return whether the id of a panel is an alias."""
    return _version(panel) == "8"


def imported_id(table: str, panel: str, *parts: str) -> str:
    """Return the id of an imported row of a panel, derived from names or words. Random if the panel's id is not secret:
    if it is an alias, or derived from a file that others have.
    """
    return new_id() if _version(panel) in "58" else derived_id(table, panel, *parts)


def _version(row: str) -> str:
    """Return the version digit of a UUID, or a space for any other id."""
    return row[14] if len(row) == _LENGTH and row[14].isdigit() else " "
