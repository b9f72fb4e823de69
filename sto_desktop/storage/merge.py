"""Merging: the union of two logs, each row validated, and the fold of what is new. Nothing else is read or written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sto_desktop.domain.change import Change, ChangeId, Erasure
from sto_desktop.domain.clock import in_quarantine
from sto_desktop.domain.errors import NotADossierError
from sto_desktop.domain.record import tables
from sto_desktop.storage import folded, log
from sto_desktop.storage.database import Raw, quoted, transaction
from sto_desktop.storage.erase import add_erasures, clear_free_pages, fold_erased, without
from sto_desktop.storage.files import check_identity, is_plain
from sto_desktop.storage.schema import LOG_TABLES

_SHARE_FOR_REBUILD = 4
"""Where more than one in so many rows is new, folding the whole log at once is faster than row by row."""

_COLUMNS = "stamp, writer, action, table_name, row_id, fields, supersedes"
_UNKNOWN_CHANGES = (
    f"SELECT {_COLUMNS} FROM other.change AS o WHERE NOT EXISTS"
    " (SELECT 1 FROM main.change AS m WHERE m.stamp = o.stamp AND m.writer = o.writer) ORDER BY stamp"
)
_DIFFERENT_CHANGES = (
    "SELECT o.stamp, o.writer, o.action, o.table_name, o.row_id, o.fields, o.supersedes,"
    " m.stamp, m.writer, m.action, m.table_name, m.row_id, m.fields, m.supersedes"
    " FROM other.change AS o JOIN main.change AS m ON m.stamp = o.stamp AND m.writer = o.writer"
    " WHERE o.fields <> m.fields OR o.supersedes <> m.supersedes OR o.action <> m.action"
    " OR o.table_name <> m.table_name OR o.row_id <> m.row_id"
)


@dataclass(frozen=True)
class MergeResult:
    """What a merge brought: the rows that got new changes, the erasures that came along, and what was wrong.

    `contradicted` are changes with an identity that is known here with other content; ours stays. `malformed` is the
    number of log rows that were not of the form of a log, and were left out. `quarantined` is the number of changes
    with a stamp absurdly far ahead: kept and handed on, never shown.
    """

    changes: int = 0
    rows: frozenset[folded.Row] = frozenset()
    erasures: tuple[Erasure, ...] = ()
    contradicted: tuple[ChangeId, ...] = ()
    malformed: int = 0
    quarantined: int = 0

    @property
    def nothing_new(self) -> bool:
        """Whether the other dossier held nothing that was not here."""
        return not self.changes and not self.erasures


class _Incoming:
    """The log of an attached dossier, and what of it is new here."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self.accepted: dict[ChangeId, Change] = {}
        self.contradicted: list[ChangeId] = []
        self.malformed = 0
        self._erased: Mapping[folded.Row, Collection[str]] = {}

    def take_in(self) -> list[Erasure]:
        """Insert all that is new, and return the new erasures."""
        # Erasures first: what they forbid is never inserted.
        erasures = add_erasures(self._raw, self._erasures())
        erased: dict[folded.Row, set[str]] = defaultdict(set)
        for item in log.erasures(self._raw):
            erased[item.table, item.row].add(item.field)
        self._erased = erased
        self._changes()
        self._compare()
        self._writers()
        self._actions()
        return erasures

    def _rows(self, statement: str) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = self._raw.execute(statement).fetchall()
        return rows

    def _parsed(self, rows: Iterable[Sequence[object]]) -> Iterable[tuple[Change, ...]]:
        width = _COLUMNS.count(",") + 1
        for row in rows:
            try:
                yield tuple(log.parse_change(row[at : at + width]) for at in range(0, len(row), width))
            except log.MalformedChangeError:
                self.malformed += 1

    def _texts(self, statement: str) -> Iterable[tuple[str, ...]]:
        for row in self._rows(statement):
            texts = tuple(item for item in row if isinstance(item, str) and item)
            if len(texts) == len(row):
                yield texts
            else:
                self.malformed += 1

    def _erasures(self) -> list[Erasure]:
        return [Erasure(*row) for row in self._texts("SELECT table_name, row_id, field FROM other.erasure")]

    def _without_erased(self, change: Change) -> Change:
        erased = self._erased.get((change.table, change.row), ())
        return without(change, erased) if erased else change

    def _changes(self) -> None:
        texts: list[log.LogRow] = []
        for row in self._rows(_UNKNOWN_CHANGES):
            for (change,) in self._parsed([row]):
                kept = self._without_erased(change)
                known = self.accepted.setdefault(kept.id, kept)
                if known is kept:
                    # What is taken in stays as it was written, so that all copies hold the same text.
                    texts.append(log.log_row(kept) if kept is not change else row)  # type: ignore[arg-type]
                elif log.log_row(known) != log.log_row(kept):
                    self.contradicted.append(kept.id)
        self._raw.executemany(log.INSERT_CHANGE, texts)

    def _compare(self) -> None:
        for theirs, ours in self._parsed(self._rows(_DIFFERENT_CHANGES)):
            if log.log_row(self._without_erased(theirs)) != log.log_row(self._without_erased(ours)):
                self.contradicted.append(ours.id)

    def _writers(self) -> None:
        for row in self._rows("SELECT id, person, device, program FROM other.writer"):
            if row[0] and all(isinstance(item, str) for item in row):
                self._raw.execute(
                    "INSERT INTO main.writer (id, person, device, program) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    row,
                )
            else:
                self.malformed += 1

    def _actions(self) -> None:
        """Take in what actions were called."""
        found = self._rows(
            "SELECT o.stamp, o.writer, o.label, o.at, o.reverses FROM other.action AS o WHERE NOT EXISTS"
            " (SELECT 1 FROM main.action AS m WHERE m.stamp = o.stamp AND m.writer = o.writer) ORDER BY o.stamp"
        )
        for row in found:
            stamp, *texts, reverses = row
            fine = isinstance(stamp, int) and stamp >= 0 and all(isinstance(item, str) for item in texts)
            if fine and (reverses is None or (isinstance(reverses, str) and log.parse_reverses(reverses))):
                self._raw.execute(
                    "INSERT INTO main.action (stamp, writer, label, at, reverses) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT DO NOTHING",
                    row,
                )
            else:
                self.malformed += 1


def _check_other(raw: Raw, path: Path) -> None:
    application_id = raw.execute("PRAGMA other.application_id").fetchone()[0]
    user_version = raw.execute("PRAGMA other.user_version").fetchone()[0]
    check_identity(f"«{path.name}»", application_id, user_version)
    # A view or virtual table in the place of a table could run another's code: only tables are read.
    found = dict(raw.execute("SELECT name, rootpage FROM other.sqlite_master WHERE type = 'table'").fetchall())
    for table in LOG_TABLES:
        columns = {row[1] for row in raw.execute(f'PRAGMA other.table_info("{table.name}")').fetchall()}
        needed = {column.name for column in table.columns} - {"seq"}
        if not found.get(table.name) or not needed <= columns:
            raise NotADossierError(
                f"«{path.name}» is geen volledig dossier van STO Desktop.",
                "Er is niets in het bestand gewijzigd.",
                "Maak een herstelde kopie met «controleer --herstel».",
            )


def _worth_a_rebuild(raw: Raw, touched: int) -> bool:
    rows = raw.execute("SELECT count(*) FROM (SELECT 1 FROM change GROUP BY row_id)").fetchone()[0]
    return bool(touched > 100 and touched * _SHARE_FOR_REBUILD > rows)


def merge_log(raw: Raw, path: Path, password: str | None = None, *, name: Path | None = None) -> MergeResult:
    """Take the log of the dossier at `path` into ours, in one transaction.

    The file must be one that nobody else writes (see files.private_copy); `name` is what the user calls it.

    Raises:
        DossierError: it is no dossier, or of a form that is too new; nothing was taken in.
    """
    if is_plain(path):
        password = None
    # Without a key of its own an attached file would be read with ours.
    raw.execute(f"ATTACH {quoted(str(path))} AS other KEY {quoted(password or '')}")
    try:
        _check_other(raw, name or path)
        with transaction(raw), log.any_text(raw):
            incoming = _Incoming(raw)
            erasures = incoming.take_in()
            touched = {(change.table, change.row) for change in incoming.accepted.values()}
            if _worth_a_rebuild(raw, len(touched)):
                folded.rebuild(raw)
            else:
                fold_erased(raw, erasures, touched)
    finally:
        raw.execute("DETACH other")
    if erasures:
        clear_free_pages(raw)
    return MergeResult(
        len(incoming.accepted),
        frozenset(row for row in touched if row[0] in tables()),
        tuple(erasures),
        tuple(incoming.contradicted),
        incoming.malformed,
        sum(in_quarantine(change.stamp) for change in incoming.accepted),
    )
