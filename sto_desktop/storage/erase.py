"""Definitief wissen: values that leave log, tables, search index and free pages, and can't come back by merging."""

from __future__ import annotations

from collections.abc import Collection

from sto_desktop.domain.change import Erasure
from sto_desktop.storage import folded, log
from sto_desktop.storage.database import Raw, transaction


def strip_values(raw: Raw, erasures: Collection[Erasure]) -> None:
    """Take erased values out of the log's changes; the change itself stays, as one that said nothing of the field."""
    for erasure in erasures:
        for change in log.changes_of_row(raw, erasure.table, erasure.row):
            if erasure.field in change.values:
                kept = {name: value for name, value in change.values.items() if name != erasure.field}
                raw.execute(
                    "UPDATE change SET fields = ? WHERE stamp = ? AND writer = ?",
                    (log.dump(kept), change.id.stamp, change.id.writer),
                )


def add_erasures(raw: Raw, erasures: Collection[Erasure]) -> list[Erasure]:
    """Write tombstones and strip the log, inside the caller's transaction; return those that are new here."""
    new = []
    for item in erasures:
        cursor = raw.execute(
            "INSERT INTO erasure (table_name, row_id, field) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (item.table, item.row, item.field),
        )
        if cursor.rowcount:
            new.append(item)
    strip_values(raw, new)
    return new


def clear_free_pages(raw: Raw) -> None:
    """Leave nothing of erased values in free pages or in the write-ahead log."""
    raw.execute("VACUUM")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erase_values(raw: Raw, erasures: Collection[Erasure]) -> None:
    """Erase values for good, here and, by their tombstones, wherever this dossier is merged."""
    with transaction(raw):
        new = add_erasures(raw, erasures)
        folded.fold_rows(raw, {(item.table, item.row) for item in new})
        # A draft may hold what was erased: it is the one place where the same words can stand without a row.
        raw.execute("DELETE FROM draft")
    clear_free_pages(raw)
