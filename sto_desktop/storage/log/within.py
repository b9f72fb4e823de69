"""Proof that the log of another file is within ours: by the identity of every change and erasure, not by counting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.log.clock import LOWEST_REAL_STAMP
from sto_desktop.storage.file.database import Raw, SqliteError, bounded, key_of, quoted, stored_columns
from sto_desktop.storage.file.files import is_plain, private_copy

_CHANGES: Mapping[str, frozenset[str]] = {"change": frozenset({"stamp", "writer"})}
_WHOLE_LOG = {**_CHANGES, "erasure": frozenset({"table_name", "row_id", "field"})}
"""By table the columns that a question reads."""
_NOT_OURS = (
    "SELECT 1 FROM other.change AS o WHERE NOT EXISTS"
    " (SELECT 1 FROM main.change AS m WHERE m.stamp = o.stamp AND m.writer = o.writer) LIMIT 1"
)
_NOT_ERASED = (
    "SELECT 1 FROM other.erasure AS o WHERE NOT EXISTS (SELECT 1 FROM main.erasure AS m"
    " WHERE m.table_name = o.table_name AND m.row_id = o.row_id AND m.field = o.field) LIMIT 1"
)
_SHARED = (
    "SELECT 1 FROM other.change AS o WHERE o.stamp >= ? AND EXISTS"
    " (SELECT 1 FROM main.change AS m WHERE m.stamp = o.stamp AND m.writer = o.writer) LIMIT 1"
)


def is_within(raw: Raw, path: Path, password: str | None) -> bool:
    """Return whether every change and erasure of the closed dossier at `path` is in ours too.

    False if that can't be proven: it is damaged, has another password, or its log is not in our tables.
    """
    return _asked(raw, path, password, _WHOLE_LOG, lambda: not _finds(raw, _NOT_OURS) and not _finds(raw, _NOT_ERASED))


def shares_changes(raw: Raw, path: Path, password: str | None) -> bool:
    """Return whether the closed dossier at `path` has a change of ours that is not of a built-in guide."""
    return _asked(raw, path, password, _CHANGES, lambda: _finds(raw, _SHARED, LOWEST_REAL_STAMP))


def has_changes_of(raw: Raw, file: Path, password: str | None, home: Path | None = None) -> bool:
    """Return the same of a file of somebody else, which is copied first: reading could leave something beside it."""
    with suppress(OSError, DossierError), private_copy(file, password, home) as copy:
        return shares_changes(raw, copy, password)
    return False


def _finds(raw: Raw, statement: str, *values: object) -> bool:
    return raw.execute(statement, values).fetchone() is not None


def _asked(
    raw: Raw, path: Path, password: str | None, read: Mapping[str, frozenset[str]], question: Callable[[], bool]
) -> bool:
    # Without an explicit key, an attached file is read with the key of the main one.
    key = key_of(path, password) if password and not is_plain(path) else ""
    try:
        raw.execute(f"ATTACH {quoted(str(path))} AS other KEY {quoted(key)}")
    except SqliteError:
        return False
    try:
        with bounded(raw, path):
            # Only stored rows count: a view may say anything.
            stored = all(stored_columns(raw, table, "other") >= columns for table, columns in read.items())
            return stored and question()
    except SqliteError:
        return False
    finally:
        raw.execute("DETACH other")
