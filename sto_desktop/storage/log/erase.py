"""Definitief wissen: removes values for good from log, tables, search index and free pages. Merging can't
restore them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sto_desktop.domain.log.change import Change, Erasure
from sto_desktop.domain.people import fold
from sto_desktop.domain.record import DELETED, canonical
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw, SqliteError, is_busy, patience, transaction
from sto_desktop.storage.log import folded, log, taken

# Name of the setting that remembers an interrupted cleaning.
_UNCLEARED = "uncleared"
# Short: if another window is reading, the next publishing does it.
_PATIENCE_MILLISECONDS = 1000


_WRITER, _OF_WRITERS = "writer", ("person", "device")
"""The table of who wrote, which is no table of records: its row keeps its id, and loses who it was."""


def without(change: Change, erased: Collection[str]) -> Change:
    """Return a change without its erased fields."""
    remaining = {name: value for name, value in change.values.items() if name not in erased}
    return Change(change.id, change.action, change.table, change.row, remaining, change.supersedes)


_OF_NO_ROW = (
    "UPDATE change SET fields = '{}'"
    " WHERE (typeof(row_id) != 'text' OR typeof(table_name) != 'text') AND fields IS NOT '{}'"
)
"""Clears what is no change of any row, and so may hold the values of each."""


def strip_values(raw: Raw, erasures: Iterable[Erasure]) -> None:
    """Remove erased values from the log's changes; each change itself stays."""
    for erasure in erasures:
        affected = raw.execute(
            f"{log.SELECT_CHANGE} WHERE row_id = ? AND table_name = ?", (erasure.row, erasure.table)
        ).fetchall()
        for row in affected:
            try:
                change = log.parse_change(row)
                if erasure.field not in change.values:
                    continue
                cleaned = canonical(without(change, (erasure.field,)).values)
            except log.MalformedChangeError:
                # The JSON can't be parsed, so it may contain erased values: clear all of it.
                cleaned = "{}"
            raw.execute("UPDATE change SET fields = ? WHERE stamp = ? AND writer = ?", (cleaned, row[0], row[1]))


def add_erasures(raw: Raw, erasures: Iterable[Erasure]) -> list[Erasure]:
    """Insert erasures and strip the log, inside the caller's transaction; return those that are new."""
    new = []
    for erasure in erasures:
        cursor = raw.execute(
            "INSERT INTO erasure (table_name, row_id, field) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (erasure.table, erasure.row, erasure.field),
        )
        if cursor.rowcount:
            # Only the new ones: the log is already free of the others.
            new.append(erasure)
    if new:
        taken.forget(raw)
    strip_values(raw, new)
    forget_writers(raw)
    return new


def writer_erasures(raw: Raw, person: str) -> tuple[Erasure, ...]:
    """Return what erases the name and the computer of whoever wrote under a name."""
    rows = raw.execute("SELECT id, person FROM writer WHERE person != ''").fetchall()
    writers = (row for row, name in rows if fold(name) == fold(person))
    return tuple(Erasure(_WRITER, writer, field) for writer in writers for field in _OF_WRITERS)


def forget_writers(raw: Raw) -> None:
    """Clear who wrote where that is erased, also in what came in by merging; inside the caller's transaction."""
    for field in _OF_WRITERS:
        raw.execute(
            f"UPDATE main.writer SET {field} = '' WHERE {field} != '' AND id IN"
            " (SELECT row_id FROM main.erasure WHERE table_name = ? AND field = ?)",
            (_WRITER, field),
        )


def fold_erased(
    raw: Raw,
    erasures: Collection[Erasure],
    touched: Collection[folded.Row] = (),
    new: Mapping[folded.Row, Sequence[Change]] | None = None,
) -> None:
    """Fold the rows affected by erasures (and other changes), inside the caller's transaction; `new` as for
    `fold_rows`.
    """
    unread = raw.execute(_OF_NO_ROW).rowcount if erasures else 0
    if unread or any(_names_a_row(erasure) for erasure in erasures):
        # An erased reference may leave stubs that nothing else refers to; only the whole log can tell.
        folded.rebuild(raw)
        return
    fresh = new or {}
    folded.fold_rows(raw, {*touched, *((erasure.table, erasure.row) for erasure in erasures)} - fresh.keys(), fresh)
    if erasures:
        # FTS5 keeps prefixes of words, even deleted ones, in the inner pages of its index.
        raw.execute("INSERT INTO search (search) VALUES ('rebuild')")
        raw.execute("INSERT INTO search (search) VALUES ('optimize')")


def _names_a_row(erasure: Erasure) -> bool:
    spec = tables().get(erasure.table)
    field = spec.fields.get(erasure.field) if spec else None
    return field is not None and field.parent is not None


def clear_free_pages(raw: Raw) -> None:
    """Remove erased values from free pages and the write-ahead log.

    If another window is reading, this is repeated at the next publishing (see `clear_what_is_left`).
    """
    try:
        with patience(raw, _PATIENCE_MILLISECONDS):
            # VACUUM rewrites the file without its free pages, and TRUNCATE empties the write-ahead log.
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
    """Finish an earlier cleaning that another window's reading prevented."""
    if raw.execute("SELECT 1 FROM setting WHERE name = ?", (_UNCLEARED,)).fetchone():
        clear_free_pages(raw)


def with_unknown_fields(raw: Raw, erasures: Collection[Erasure]) -> tuple[Erasure, ...]:
    """Return erasures and, of rows of which all goes that this version can erase, those of the fields that it does not
    know: a later version may keep an address there.
    """
    fields: dict[folded.Row, set[str]] = defaultdict(set)
    for erasure in erasures:
        fields[erasure.table, erasure.row].add(erasure.field)
    known = {name: spec for name, spec in tables().items() if spec.erased}
    gone = [
        (table, row)
        for (table, row), erased in fields.items()
        if table in known and erased.issuperset(known[table].erased)
    ]
    unknown = (
        Erasure(table, row, name)
        for (table, row), changes in log.changes_of_rows(raw, gone).items()
        for change in changes
        for name in change.values.keys() - known[table].fields.keys() - {DELETED}
    )
    return tuple(dict.fromkeys((*erasures, *unknown)))


def erase_values(raw: Raw, erasures: Collection[Erasure]) -> None:
    """Erase values permanently, here and, through tombstones, wherever this dossier is merged."""
    with transaction(raw):
        new = add_erasures(raw, erasures)
        fold_erased(raw, new)
        # Drafts are text outside any row that may contain the erased words.
        raw.execute("DELETE FROM draft")
    clear_free_pages(raw)
