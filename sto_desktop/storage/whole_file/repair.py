"""Repair: builds a new, clean dossier from the readable rows of a log. The original is never written."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sto_desktop.domain.errors import DamagedDossierError, DossierError, reason
from sto_desktop.language import counted, listed, tr
from sto_desktop.own_files import put_in_place, temporary_beside
from sto_desktop.scratch import scratch
from sto_desktop.storage.file.database import (
    Raw,
    SqliteError,
    connect,
    errors_of,
    is_unreadable,
    reading,
    reading_foreign,
    transaction,
    translated,
)
from sto_desktop.storage.file.files import check_header, copy_for_reading, is_plain, remove_with_journals
from sto_desktop.storage.file.local import COPY
from sto_desktop.storage.file.schema import LOG_FORMAT, StoredTable, action, change, erasure, writer
from sto_desktop.storage.log import folded, log
from sto_desktop.storage.log.intake import LogIntake
from sto_desktop.storage.log.layout import create_dossier, log_definitions
from sto_desktop.storage.log.log_source import Source, newer_format, quoted_name, source_of

_FALLEN_OVER = 0.1
"""Maximum share of a table's SQL that may be damaged for it still to be recognised."""

_TRIED = 500
"""Row ids that are tried before a table counts as unreadable."""

_BYTES_OF_A_ROW = 20
"""Minimum size of a log row; with the file size it limits the possible number of rows."""


_SECONDS_A_MEGABYTE = 30
"""Much more than for other reading: trying row ids behind damage in a large file takes long."""


@dataclass(frozen=True)
class Repaired:
    """What a repair kept and lost.

    `lost`: log rows that could not be read; None if the damage hides their number. `left_out`: rows that were read but
    are malformed, or contradict another.
    """

    out: Path
    changes: int
    notes: int
    panels: int
    lost: int | None = 0
    left_out: int = 0

    @property
    def kept_and_lost(self) -> tuple[str, ...]:
        """What could be read, and what not."""
        return (tr("Nog te lezen: {what}.", what=self._counts), *self.losses)

    @property
    def _counts(self) -> str:
        return listed(
            (
                counted(self.panels, "{n} panel", "{n} panels"),
                counted(self.notes, "{n} notitie", "{n} notities"),
                counted(self.changes, "{n} wijziging", "{n} wijzigingen"),
            )
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """The result in Dutch: what was kept and lost."""
        summary = tr("Hersteld in «{file}»: {what}.", file=self.out.name, what=self._counts)
        return (summary, *self.losses, tr("Het oorspronkelijke bestand is niet gewijzigd."))

    @property
    def losses(self) -> tuple[str, ...]:
        """What was lost, in Dutch, or that nothing was."""
        sentences = []
        if self.lost is None:
            sentences.append(tr("Verloren: een deel van het logboek was niet te lezen; hoeveel is niet te zeggen."))
        elif self.lost:
            sentences.append(
                counted(
                    self.lost,
                    "Verloren: {n} regel van het logboek, niet meer te lezen.",
                    "Verloren: {n} regels van het logboek, niet meer te lezen.",
                )
            )
        if self.left_out:
            sentences.append(
                counted(
                    self.left_out,
                    "Weggelaten: {n} regel van het logboek, niet goed van vorm.",
                    "Weggelaten: {n} regels van het logboek, niet goed van vorm.",
                )
            )
        return tuple(sentences) or (tr("Het hele logboek was te lezen: er is niets verloren."),)

    def data(self) -> dict[str, Any]:
        """Return the report as data for other programs."""
        return {
            "out": self.out,
            "kept": {"panel": self.panels, "note": self.notes, "change": self.changes},
            "lost": self.lost,
            "left_out": self.left_out,
        }


@dataclass
class _Salvage:
    """Reads the readable part of the log in a file that may be damaged or altered."""

    raw: Raw
    limit: int
    lost: int | None = 0

    def rows(self, table: StoredTable) -> list[tuple[object, ...]]:
        """Return the readable rows of a table, in order of arrival; empty if there is no such table."""
        source = self._source(table)
        if source is None:
            # How many rows an unreadable table had is unknown, and so is how many were lost.
            self.lost = None
            return []
        if not source.has_row_ids(self.raw):
            return list(source.rows(self.raw))
        highest = self._highest(source.table)
        readable, unreadable = self._between(source, 1, highest or self.limit)
        # Rows are numbered from 1 without gaps, and a damaged page may hide many without an error.
        lost = max(unreadable, highest - len(readable)) if highest is not None else unreadable
        # Without the highest row id, the number of lost rows is a guess.
        if lost and self.lost is not None:
            self.lost = self.lost + lost if highest is not None else None
        return readable

    def _source(self, table: StoredTable) -> Source | None:
        try:
            return source_of(self.raw, table)
        except SqliteError as error:
            if is_unreadable(error):
                raise
            return None

    def _highest(self, table: str) -> int | None:
        """Return the highest row id; None if the damage hides it."""
        try:
            row = self.raw.execute(f"SELECT max(rowid) FROM {quoted_name(table)}").fetchone()
        except SqliteError:
            return None
        highest = int(row[0] or 0)
        return highest if highest <= self.limit else None

    def _nowhere_readable(self, source: Source, low: int, high: int) -> bool:
        """Return whether not one row id in a range can be looked up, as where the first page of a table is damaged.

        Reading that would try every possible row id.
        """
        step = max(1, (high - low) // _TRIED)
        for row in range(low, high + 1, step):
            with contextlib.suppress(SqliteError):
                self.raw.execute(f"{source.statement} WHERE rowid = ?", (row,)).fetchall()
                return False
        return True

    def _between(self, source: Source, low: int, high: int) -> tuple[list[tuple[object, ...]], int]:
        """Return the rows in a range, and how many row ids are unreadable: reads on behind each damage.

        Of a damaged end only the size of the file says how far it may go, so each row id is tried.
        """
        readable: list[tuple[object, ...]] = []
        lost = 0
        if self._nowhere_readable(source, low, high):
            return readable, high - low + 1
        # Written once: of a damaged end a hundred thousand row ids may be tried.
        between = f"{source.numbered} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        one = f"{source.statement} WHERE rowid = ?"
        while low <= high:
            try:
                for row, *values in self.raw.execute(between, (low, high)):
                    # A damaged page may lead back to one before it, without end.
                    if row < low:
                        break
                    readable.append(tuple(values))
                    low = row + 1
                else:
                    break
            except SqliteError as error:
                if is_unreadable(error):
                    raise
            # Behind the damage, one by one up to the first that can be read.
            found = None
            while found is None and low <= high:
                found = self._found(one, low)
                low += 1
                if found is None:
                    lost += 1
                else:
                    readable += found
        return readable, lost

    def _found(self, statement: str, row: int) -> list[tuple[object, ...]] | None:
        """Return the row with this number, if there is one; None if that can't be read."""
        try:
            return list(self.raw.execute(statement, (row,)))
        except SqliteError as error:
            if is_unreadable(error):
                raise
            return None


def repair(path: Path, out: Path, password: str | None = None) -> Repaired:
    """Build a clean dossier at `out` from all readable log rows at `path`.

    Args:
        password: of both the original and the result.

    Raises:
        DossierError: nothing could be read, or `out` can't be written; no file was made.
    """
    if out.exists():
        raise DossierError(
            tr("Er is al een bestand «{file}».", file=out.name),
            tr("Het is niet gewijzigd."),
            tr("Kies een andere naam."),
        )
    if not out.parent.is_dir():
        raise DossierError(
            tr("De map van «{file}» is er niet.", file=out.name),
            tr("Er is niets gewijzigd."),
            tr("Kies een andere plek."),
        )
    check_header(path, password)
    if is_plain(path):
        password = None
    # In the same folder as `out`, so that the last step is a rename.
    fresh = temporary_beside(out)
    try:
        with scratch() as place:
            damaged = place / COPY
            copy_for_reading(path, damaged, password)
            done = _mend(path, damaged, fresh, out, password)
        put_in_place(fresh, out)
        return done
    except OSError as error:
        raise DossierError(
            tr("«{file}» kon niet geschreven worden ({reason}).", file=out.name, reason=reason(error)),
            tr("Er is niets gewijzigd."),
            tr("Kies een andere plek."),
        ) from error
    finally:
        remove_with_journals(fresh)


def _mend(path: Path, damaged: Path, fresh: Path, out: Path, password: str | None) -> Repaired:
    with reading_foreign(damaged, path, password, _SECONDS_A_MEGABYTE) as source:
        salvage = _Salvage(source, damaged.stat().st_size // _BYTES_OF_A_ROW)
        parts = _read(path, source, salvage)
    with errors_of(out):
        target = connect(fresh, password=password)
        try:
            create_dossier(target)
            return _fill(target, parts, salvage.lost, out)
        finally:
            target.close()


_Parts = tuple[Sequence[tuple[object, ...]], ...]
"""Rows of erasure, change, writer and action."""


def _describe_again(source: Raw) -> None:
    """Restore the SQL of log tables in which a few bytes were damaged; this makes their rows readable.

    It is written to a private copy, never to the dossier.
    """
    with log.any_text(source):
        rows = source.execute("SELECT rowid, name, CAST(sql AS BLOB), rootpage FROM sqlite_master").fetchall()
    for table, sql in log_definitions().items():
        # Page 1 holds the schema itself, so no table starts there.
        for row, name, damaged, root in rows:
            if isinstance(root, int) and root > 1 and _nearly(damaged, sql) and (name, damaged) != (table, sql):
                source.execute(
                    "UPDATE sqlite_master SET type = 'table', name = ?, tbl_name = ?, sql = CAST(? AS TEXT)"
                    " WHERE rowid = ?",
                    (table, table, sql, row),
                )
    # RESET makes SQLite read the corrected descriptions; it also switches the setting off.
    source.execute("PRAGMA writable_schema = RESET")
    source.execute("PRAGMA writable_schema = ON")


def _nearly(text: object, original: bytes) -> bool:
    """Return whether two texts have the same length and are nearly equal."""
    if not isinstance(text, bytes) or len(text) != len(original):
        return False
    return sum(a != b for a, b in zip(text, original, strict=True)) <= len(original) * _FALLEN_OVER


def _read(path: Path, source: Raw, salvage: _Salvage) -> _Parts:
    # A damaged description of one table must not prevent reading the others.
    source.execute("PRAGMA writable_schema = ON")
    parts: _Parts = ((),) * 4
    newer = False
    # If the descriptions can't be restored, continue with the tables that are readable without that.
    with contextlib.suppress(SqliteError):
        _describe_again(source)
    try:
        newer = source.execute("PRAGMA user_version").fetchone()[0] > LOG_FORMAT
        # In one transaction: otherwise SQLite looks at the file anew for each row that is tried.
        with reading(source), log.any_text(source):
            parts = (
                salvage.rows(erasure),
                salvage.rows(change),
                salvage.rows(writer),
                salvage.rows(action),
            )
    except SqliteError as error:
        if is_unreadable(error):
            raise translated(error, path) from error
    if not parts[1]:
        # A newer program may keep its log in tables that this one does not know.
        if newer:
            raise newer_format(path)
        raise DamagedDossierError(
            tr("In «{file}» is geen logboek te vinden dat te lezen is.", file=path.name),
            tr("Er is niets gewijzigd."),
            tr("Open een reservekopie."),
        )
    return parts


def _fill(target: Raw, parts: _Parts, lost: int | None, out: Path) -> Repaired:
    erasures, changes, writers, actions = parts
    with transaction(target):
        intake = LogIntake(target)
        intake.erasures(erasures)
        intake.changes(changes)
        intake.writers(writers)
        intake.actions(actions)
        folded.rebuild(target)

    def shown(table: str) -> int:
        statement = f'SELECT count(*) FROM "{table}" WHERE deleted = 0 AND known = 1'
        return int(target.execute(statement).fetchone()[0])

    left_out = intake.malformed + len(intake.contradicted)
    return Repaired(out, len(intake.accepted), shown("note"), shown("panel"), lost, left_out)
