"""Definitief wissen: values that leave log, tables, search index and free pages, and can't come back by merging."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sto_desktop.domain.log.change import Change, Erasure
from sto_desktop.domain.record import canonical
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw, SqliteError, is_busy, patience, transaction
from sto_desktop.storage.log import folded, log

_UNCLEARED = "uncleared"
_PATIENCE_MILLISECONDS = 1000


def without(change: Change, erased: Collection[str]) -> Change:
    """Return a change as one that said nothing of erased fields."""
    kept = {name: value for name, value in change.values.items() if name not in erased}
    return Change(change.id, change.action, change.table, change.row, kept, change.supersedes)


def strip_values(raw: Raw, erasures: Iterable[Erasure]) -> None:
    """Take erased values out of the log's changes; the change itself stays, as one that said nothing of the field."""
    for erasure in erasures:
        found = raw.execute(
            f"{log.SELECT_CHANGE} WHERE row_id = ? AND table_name = ?", (erasure.row, erasure.table)
        ).fetchall()
        for row in found:
            try:
                change = log.parse_change(row)
                if erasure.field not in change.values:
                    continue
                kept = canonical(without(change, (erasure.field,)).values)
            except log.MalformedChangeError:
                # Nobody can tell what is in it, so nothing may be left of it.
                kept = "{}"
            raw.execute("UPDATE change SET fields = ? WHERE stamp = ? AND writer = ?", (kept, row[0], row[1]))


def add_erasures(raw: Raw, erasures: Iterable[Erasure]) -> list[Erasure]:
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


def fold_erased(
    raw: Raw,
    erasures: Collection[Erasure],
    touched: Collection[folded.Row] = (),
    new: Mapping[folded.Row, Sequence[Change]] | None = None,
) -> None:
    """Fold what erasures (and other changes) touched, inside the caller's transaction; `new` as for `fold_rows`."""
    if any(_names_a_row(item) for item in erasures):
        # A row that only this value named has no reason to be any more; that needs the whole log to tell.
        folded.rebuild(raw)
        return
    fresh = new or {}
    folded.fold_rows(raw, {*touched, *((item.table, item.row) for item in erasures)} - fresh.keys(), fresh)
    if erasures:
        # FTS5 keeps beginnings of words in the inner pages of its index, also of words that are gone.
        raw.execute("INSERT INTO search (search) VALUES ('rebuild')")
        raw.execute("INSERT INTO search (search) VALUES ('optimize')")


def _names_a_row(erasure: Erasure) -> bool:
    spec = tables().get(erasure.table)
    item = spec.fields.get(erasure.field) if spec else None
    return item is not None and item.parent is not None


def clear_free_pages(raw: Raw) -> None:
    """Leave nothing of erased values in free pages or in the write-ahead log.

    Where another window is in the way, it is tried again when the dossier is next published (see `clear_what_is_left`).
    """
    try:
        with patience(raw, _PATIENCE_MILLISECONDS):
            raw.execute("VACUUM")
            done = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    except SqliteError as error:
        if not is_busy(error):
            raise
        done = False
    if done:
        raw.execute("DELETE FROM setting WHERE name = ?", (_UNCLEARED,))
    else:
        raw.execute("INSERT INTO setting (name, value) VALUES (?, '1') ON CONFLICT DO NOTHING", (_UNCLEARED,))


def clear_what_is_left(raw: Raw) -> None:
    """Clear what an earlier erasing had to leave because another window was reading it."""
    if raw.execute("SELECT 1 FROM setting WHERE name = ?", (_UNCLEARED,)).fetchone():
        clear_free_pages(raw)


def erase_values(raw: Raw, erasures: Collection[Erasure]) -> None:
    """Erase values for good, here and, by their tombstones, wherever this dossier is merged."""
    with transaction(raw):
        new = add_erasures(raw, erasures)
        fold_erased(raw, new)
        # A draft may hold what was erased: it is the one place where the same words can stand without a row.
        raw.execute("DELETE FROM draft")
    clear_free_pages(raw)
