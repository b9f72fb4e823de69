"""Gives a file a fresh file with its log if its tables are not those of this version.

A file with other tables, made by another version or changed by another program, is not refused: its log holds
everything people made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sto_desktop.domain.log.change import ChangeId
from sto_desktop.domain.record import clean_text
from sto_desktop.own_files import put_in_place
from sto_desktop.storage.file.database import Raw, bounded, connect, transaction
from sto_desktop.storage.file.files import is_plain, remove_journals, remove_with_journals
from sto_desktop.storage.file.schema import LOCAL_TABLES, LOG_TABLES, StoredTable, change
from sto_desktop.storage.log import folded, log
from sto_desktop.storage.log.layout import create_dossier, has_our_tables, wrong_values
from sto_desktop.storage.log.left_behind import LeftBehind, left_behind
from sto_desktop.storage.log.log_source import check_is_dossier, check_log_is_sound, source_of

Keep = Callable[[LeftBehind], object]
"""Called before a file is replaced by a fresh one, with what that will not have."""


def forget(_left: LeftBehind) -> None:
    """Keep nothing of the file that is replaced."""


def renewed(
    path: Path,
    name: Path,
    password: str | None,
    *,
    with_local: bool = False,
    only_log: bool = False,
    keep: Keep = forget,
) -> LeftBehind | None:
    """Replace a closed file of our own by a fresh one, if it has other tables than this version.

    The fresh file gets every row of the log, including those that this version can't read. The old file stays until the
    fresh one is complete.

    Args:
        name: the path that the user knows, for errors.
        with_local: it is a working copy, whose drafts and settings are copied too.
        only_log: leave the folded tables empty.
        keep: called when the fresh file is complete, before the old one is replaced.

    Returns:
        What the fresh file lacks or has without; None if the file has our tables.

    Raises:
        DossierError: it has no log, or a damaged one; the file is unchanged.
    """
    if is_plain(path):
        password = None
    local = LOCAL_TABLES if with_local else ()
    with closing(connect(path, password=password)) as raw:
        with bounded(raw, path):
            check_is_dossier(raw, name)
            ours = has_our_tables(raw)
            check_log_is_sound(raw, name, ours=ours)
            if ours and not wrong_values(raw):
                return None
        fresh = path.with_name(f"{path.name}.nieuw")
        remove_with_journals(fresh)
        try:
            with bounded(raw, path):
                left = left_behind(raw, local)
                twice, unread = _fill(fresh, raw, (*LOG_TABLES, *local), password, fold=not only_log)
                left = replace(left, twice=twice, unread=unread)
            raw.close()
            keep(left)
            # Old journals were already applied when reading; next to the fresh file they would be applied to it.
            remove_journals(path)
            put_in_place(fresh, path, keep_mode=False)
        finally:
            remove_with_journals(fresh)
    return left


def _fill(
    fresh: Path, other: Raw, tables: Sequence[StoredTable], password: str | None, *, fold: bool
) -> tuple[tuple[ChangeId, ...], int]:
    """Make a dossier with the rows of these tables; `seq` numbers them in the same order. Return what `_not_copied`
    does.
    """
    with closing(connect(fresh, password=password)) as raw, log.any_text(other):
        # Nobody reads the file before it is complete and synced, so speed up the writing.
        raw.execute("PRAGMA journal_mode = MEMORY")
        raw.execute("PRAGMA synchronous = OFF")
        create_dossier(raw)
        with transaction(raw):
            for table in tables:
                if source := source_of(other, table):
                    names = [column.name for column in table.columns if column.name != "seq"]
                    raw.executemany(
                        f"INSERT OR IGNORE INTO {table.name} ({', '.join(names)})"
                        f" VALUES ({', '.join('?' * len(names))})",
                        source.rows(other) if table is change else _sound(table, source.rows(other)),
                    )
            if fold:
                folded.rebuild(raw)
        return _not_copied(raw, other)


def _sound(table: StoredTable, rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Yield rows with text where a column holds text, without those that have no number where one belongs."""
    kinds = [column.stored_as for column in table.columns if column.name != "seq"]
    for row in rows:
        values = tuple(
            clean_text(value.decode(errors="replace")) if isinstance(value, bytes) and kind == "text" else value
            for kind, value in zip(kinds, row, strict=True)
        )
        if all(
            kind == "text" or value is None or isinstance(value, int) for kind, value in zip(kinds, values, strict=True)
        ):
            yield values


def _not_copied(raw: Raw, other: Raw) -> tuple[tuple[ChangeId, ...], int]:
    """Return the changes that the other file has twice with different content, of which the first one was copied, and
    the number of rows without an identity, which SQLite refused.
    """
    source = source_of(other, change)
    assert source is not None
    copied: int = raw.execute("SELECT count(*) FROM change").fetchone()[0]
    if source.count(other) == copied:
        return (), 0
    stored = set(raw.execute(log.SELECT_CHANGE).fetchall())
    left = [row for row in source.rows(other) if row not in stored]
    twice = [ChangeId(row[0], row[1]) for row in left if isinstance(row[0], int) and isinstance(row[1], str)]
    return tuple(set(twice)), len(left) - len(twice)
