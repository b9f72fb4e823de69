"""Merging: the union of two logs, each row validated, and the fold of new changes. Nothing else is read or written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sto_desktop.domain.log.change import Change, ChangeId, Erasure
from sto_desktop.domain.log.clock import in_quarantine
from sto_desktop.domain.tables import tables
from sto_desktop.storage.file.database import Raw, bounded, key_of, quoted, transaction
from sto_desktop.storage.file.files import is_plain
from sto_desktop.storage.log import folded, log, taken
from sto_desktop.storage.log.aliases import rename_ours, renamed, renaming_of_both
from sto_desktop.storage.log.erase import clear_free_pages, fold_erased
from sto_desktop.storage.log.intake import LogIntake
from sto_desktop.storage.log.left_behind import NOTHING_LEFT, LeftBehind
from sto_desktop.storage.log.renew import Keep, forget, renewed

_SHARE_FOR_REBUILD = 4
"""If more than one in this many rows is new, folding the whole log is faster than folding row by row."""

_WRITERS = "SELECT id, person, device, program FROM other.writer"
_DETACH = "DETACH other"
_COLUMNS = "stamp, writer, action, table_name, row_id, fields, supersedes"
_WIDTH = _COLUMNS.count(",") + 1
# Sorted, so that the changes of a writer are appended in the order in which they were made.
_UNKNOWN_CHANGES = (
    f"SELECT {_COLUMNS} FROM other.change AS o WHERE NOT EXISTS"
    " (SELECT 1 FROM main.change AS m WHERE m.stamp = o.stamp AND m.writer = o.writer) ORDER BY stamp"
)
_DIFFERENT_CHANGES = (
    "SELECT o.stamp, o.writer, o.action, o.table_name, o.row_id, o.fields, o.supersedes,"
    " m.stamp, m.writer, m.action, m.table_name, m.row_id, m.fields, m.supersedes"
    # CROSS JOIN fixes the order, whatever SQLite's statistics: scan theirs, look up ours.
    " FROM other.change AS o CROSS JOIN main.change AS m ON m.stamp = o.stamp AND m.writer = o.writer"
    " WHERE o.fields <> m.fields OR o.supersedes <> m.supersedes OR o.action <> m.action"
    " OR o.table_name <> m.table_name OR o.row_id <> m.row_id"
)
_ERASURES = "SELECT table_name, row_id, field FROM other.erasure"
_UNKNOWN_ACTIONS = (
    "SELECT stamp, writer, label, at, reverses FROM other.action AS o WHERE NOT EXISTS"
    " (SELECT 1 FROM main.action AS m WHERE m.stamp = o.stamp AND m.writer = o.writer) ORDER BY stamp"
)
_MORE_HERE = (
    "SELECT (SELECT count(*) FROM main.change) + (SELECT count(*) FROM main.erasure)"
    " - (SELECT count(*) FROM other.change) - (SELECT count(*) FROM other.erasure)"
)
_ROWS = "SELECT count(*) FROM (SELECT 1 FROM change GROUP BY row_id)"


@dataclass(frozen=True)
class MergeResult:
    """The result of a merge: rows with new changes, erasures, and problems.

    `held`: values erased here that the other dossier still has: what was made of it on this computer may have them
    too. `contradicted`: changes whose identity is known here with other content; ours stays. `malformed`: number of
    rows without the form of a log row, which were left out. `quarantined`: number of changes with a stamp too far in
    the future: stored and passed on, never shown. `lacking`: the other dossier lacks part of our log (only if that was
    asked). `left`: what another program changed in the other dossier, which was not merged.
    """

    changes: int = 0
    rows: frozenset[folded.Row] = frozenset()
    erasures: tuple[Erasure, ...] = ()
    held: tuple[Erasure, ...] = ()
    contradicted: tuple[ChangeId, ...] = ()
    malformed: int = 0
    quarantined: int = 0
    lacking: bool = False
    left: LeftBehind = NOTHING_LEFT

    @property
    def nothing_new(self) -> bool:
        """Whether everything in the other dossier was already here."""
        return not self.changes and not self.erasures

    @property
    def to_erase(self) -> tuple[Erasure, ...]:
        """What is to go from the other files of this computer."""
        return tuple({*self.erasures, *self.held})


def _take_in(raw: Raw, path: Path) -> tuple[LogIntake, list[Erasure], set[folded.Row]]:
    """Insert everything new from the attached dossier at `path`; return also the rows of ours whose id changed."""

    def rows(statement: str) -> list[tuple[object, ...]]:
        with bounded(raw, path):
            return log.rows_of(raw, statement)

    with bounded(raw, path):
        names = renaming_of_both(raw)
    moved = rename_ours(raw, names)
    intake = LogIntake(raw)
    # Erasures first: the values they exclude are never inserted.
    erasures = intake.erasures((table, names.ids.get(str(row), row), name) for table, row, name in rows(_ERASURES))
    intake.changes(renamed(row, names) for row in rows(_UNKNOWN_CHANGES))
    intake.compare((renamed(row[:_WIDTH], names), row[_WIDTH:]) for row in rows(_DIFFERENT_CHANGES))
    intake.writers(rows(_WRITERS))
    intake.actions(rows(_UNKNOWN_ACTIONS))
    return intake, erasures, moved


def _lacks(raw: Raw, malformed: int) -> bool:
    """Return whether the attached dossier, already merged, holds less than ours."""
    more_here: int = raw.execute(_MORE_HERE).fetchone()[0]
    return more_here + malformed > 0


def _worth_a_rebuild(raw: Raw, touched: int) -> bool:
    # For so few rows, counting all rows would cost more than a rebuild saves.
    if touched <= 100:
        return False
    rows = raw.execute(_ROWS).fetchone()[0]
    return bool(touched * _SHARE_FOR_REBUILD > rows)


def _by_row(intake: LogIntake, rows: set[folded.Row]) -> dict[folded.Row, list[Change]]:
    """Return the new changes of these rows."""
    by_row: dict[folded.Row, list[Change]] = {row: [] for row in rows}
    for change in intake.accepted.values():
        if (change.table, change.row) in by_row:
            by_row[change.table, change.row].append(change)
    return by_row


def merge_log(
    raw: Raw,
    path: Path,
    password: str | None = None,
    *,
    name: Path | None = None,
    compare: bool = False,
    keep: Keep = forget,
    digest: str = "",
) -> MergeResult:
    """Merge the log of the dossier at `path` into ours, in one transaction.

    The file is a private copy (see files.private_copy), which gets the tables of this version if it has others; `name`
    is the path the user knows. `compare`: also determine whether it lacks anything of ours, which requires counting all
    our rows. `keep`: called before the copy is replaced by one with our tables. `digest`: of the file, to remember if
    all of it is in ours afterwards (see `taken`).

    Raises:
        DossierError: it is not a dossier, or damaged; nothing was merged.
    """
    size = path.stat().st_size
    left = renewed(path, name or path, password, only_log=True, keep=keep) or NOTHING_LEFT
    # Without an explicit key, an attached file is read with the key of the main one.
    key = key_of(path, password) if password and not is_plain(path) else ""
    raw.execute(f"ATTACH {quoted(str(path))} AS other KEY {quoted(key)}")
    try:
        with transaction(raw), log.any_text(raw), folded.without_collecting():
            before = log.last_seq(raw)
            intake, erasures, moved = _take_in(raw, path)
            touched = {(change.table, change.row) for change in intake.accepted.values()}
            known_rows = log.rows_known_before(raw, before)
            if moved or _worth_a_rebuild(raw, len(known_rows)):
                folded.rebuild(raw)
            else:
                fold_erased(raw, erasures, known_rows, _by_row(intake, touched - known_rows))
            lacking = compare and _lacks(raw, intake.malformed)
            if digest and not (left or intake.contradicted or intake.malformed or intake.held):
                taken.remember(raw, digest, size)
    finally:
        raw.execute(_DETACH)
    # Outside the transaction, since VACUUM can't run in one.
    if erasures:
        clear_free_pages(raw)
    return MergeResult(
        len(intake.accepted),
        frozenset(row for row in touched | moved if row[0] in tables()),
        tuple(erasures),
        tuple(intake.held),
        tuple(sorted({*intake.contradicted, *left.twice})),
        intake.malformed,
        sum(in_quarantine(change.stamp) for change in intake.accepted),
        lacking,
        left,
    )
