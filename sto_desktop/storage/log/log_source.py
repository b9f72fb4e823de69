"""Finds the rows of the log in a file whose tables another program may have changed, without running its code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from sto_desktop.domain.errors import NewerFormatError, NotADossierError
from sto_desktop.language import tr
from sto_desktop.storage.file.database import (
    UNKNOWN,
    Raw,
    SqliteError,
    code_of,
    damaged,
    is_table,
    quoted,
    reading_foreign,
    stored_columns,
)
from sto_desktop.storage.file.schema import APPLICATION_ID, LOG_FORMAT, LOG_TABLES, TABLES, StoredTable, change
from sto_desktop.storage.log.layout import expected

_INSTEAD: Mapping[str, Mapping[str, str]] = {
    "change": {"action": "stamp", "supersedes": "'{}'"},
    "action": {"label": "''", "at": "''", "reverses": "NULL"},
    "writer": {"person": "''", "device": "''", "program": "''"},
}
"""What stands for a value of the log that a file lacks, as SQL. Without any other column no row can be read."""

_ORDER = ("seq", "stamp")
_UNPARSED = re.compile(r"malformed database schema \((.*?)\) - ")
"""What SQLite says of an object in the schema, here by its name, whose SQL it can't parse."""
_TYPE_PROBLEM = re.compile(r"(NULL|NUMERIC|TEXT|INT|REAL|BLOB|non-\w+) value in ")
"""What SQLite says of a value that breaks a rule of another program, such as NOT NULL; the row itself is sound."""


@dataclass(frozen=True)
class Source:
    """Where the rows of one of our tables are in a file.

    `table`: its name there. `columns`: by our column the name there. `lacking`: our columns that are not there.
    """

    ours: StoredTable
    table: str
    columns: Mapping[str, str]
    lacking: tuple[str, ...] = ()

    @property
    def statement(self) -> str:
        """SQL that selects the values of our columns without `seq`."""
        return self._select(self._values)

    @property
    def numbered(self) -> str:
        """The same, behind the number of the row."""
        return self._select(f"rowid, {self._values}")

    @property
    def _values(self) -> str:
        return ", ".join(self._value(column.name) for column in self.ours.columns if column.name != "seq")

    def count(self, raw: Raw) -> int:
        """Return the number of stored rows."""
        number: int = raw.execute(self._select("count(*)")).fetchone()[0]
        return number

    def values(self, raw: Raw, column: str) -> set[object]:
        """Return the different values of one of our columns."""
        return {value for (value,) in raw.execute(self._select(f"DISTINCT {self._value(column)}")).fetchall()}

    def _select(self, wanted: str) -> str:
        # Its indexes may be damaged, or use functions that only another program knows.
        return f"SELECT {wanted} FROM {quoted_name(self.table)} NOT INDEXED"

    def has_row_ids(self, raw: Raw) -> bool:
        """Return whether SQLite numbers the rows of the table."""
        # With the name of a table, the pragma gives its key if that is all that orders its rows.
        return not raw.execute(f"PRAGMA index_info({quoted(self.table)})").fetchall()

    def rows(self, raw: Raw) -> Iterator[tuple[object, ...]]:
        """Yield the stored rows, in order of arrival, as values of our columns without `seq`."""
        # The order must not depend on how another program compares texts.
        order = ", ".join(
            f"{quoted_name(self.columns[name])} COLLATE BINARY" for name in _ORDER if name in self.columns
        )
        yield from raw.execute(f"{self.statement} ORDER BY {order}" if order else self.statement)

    def _value(self, column: str) -> str:
        stands = _INSTEAD.get(self.ours.name, {}).get(column, "NULL")
        stands = quoted_name(self.columns[stands]) if stands in self.columns else stands
        if column in self.lacking:
            return stands
        name = quoted_name(self.columns[column])
        return f"coalesce(CASE typeof({name}) WHEN 'blob' THEN CAST({name} AS TEXT) ELSE {name} END, {stands})"


def quoted_name(name: str) -> str:
    """Return a name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def _can_be_named(name: object) -> TypeGuard[str]:
    """Return whether SQL can name it: a damaged name may be bytes that are no UTF-8, or hold a null character."""
    return isinstance(name, str) and "\0" not in name


def source_of(raw: Raw, ours: StoredTable) -> Source | None:
    """Return where a file has the rows of one of our tables; None if they are not there or can't be read."""
    own = _source(raw, ours, ours.name)
    if own and not own.lacking:
        return own
    others = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (name,) in others:
        # A table under another name is ours if it begins with all of our columns.
        if _can_be_named(name) and name not in TABLES and _begins_with_ours(raw, ours, name):
            return _source(raw, ours, name)
    return own


def _begins_with_ours(raw: Raw, ours: StoredTable, name: str) -> bool:
    return tuple(columns_of(raw, name))[: len(ours.names)] == ours.names


def columns_of(raw: Raw, table: str) -> list[str]:
    """Return all columns of a table in their order, the computed ones too."""
    return [str(column[1]) for column in _described(raw, table)]


def _described(raw: Raw, table: str) -> list[tuple[object, ...]]:
    """Return the columns of a table as SQLite describes them: place, name, type, if required, default, key, hidden."""
    if not is_table(raw, table):
        return []
    columns: list[tuple[object, ...]] = raw.execute(f"PRAGMA table_xinfo({quoted(table)})").fetchall()
    return columns


def _source(raw: Raw, ours: StoredTable, name: str) -> Source | None:
    stored = stored_columns(raw, name)
    if not stored:
        return None
    there = _described(raw, name)
    columns = {column.name: column.name for column in ours.columns if column.name in stored}
    for place, column in enumerate(ours.columns):
        # A renamed column keeps its place, its type and whether it is required.
        if column.name not in columns and place < len(there):
            _, other, kind, required, *_ = there[place]
            alike = (kind, bool(required)) == (column.kind, column.required)
            if alike and _can_be_named(other) and other in stored and other not in ours.names:
                columns[column.name] = other
    lacking = tuple(column.name for column in ours.columns if column.name not in columns and column.name != "seq")
    if not set(lacking) <= set(_INSTEAD.get(ours.name, ())):
        return None
    return Source(ours, name, columns, lacking)


@contextmanager
def open_foreign(file: Path, name: Path, password: str | None) -> Iterator[Raw]:
    """Open a private copy of a dossier that somebody else may have written, for reading its log.

    First is looked whether it is a dossier, by its schema, and only stored rows are read (`source_of`); for the rest
    see `reading_foreign`.

    Raises:
        DossierError: it is no dossier, or damaged.
    """
    with reading_foreign(file, name, password) as raw:
        check_is_dossier(raw, name)
        yield raw


def check_is_dossier(raw: Raw, path: Path) -> None:
    """Raise if a file has no changes that can be read, saying what it is then.

    Args:
        path: the path that the user knows.
    """
    malformed = _skip_unknown_sql(raw)
    if source_of(raw, change):
        return
    if malformed is not None:
        raise malformed
    untouched = tr("Er is niets in het bestand gewijzigd.")
    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotADossierError(
            tr("«{file}» is een database van een ander programma.", file=path.name),
            untouched,
            tr("Kies een dossier van STO Desktop."),
        )
    if raw.execute("PRAGMA user_version").fetchone()[0] > LOG_FORMAT:
        raise newer_format(path)
    raise NotADossierError(
        tr("«{file}» is geen volledig dossier van STO Desktop.", file=path.name),
        untouched,
        tr("Open een reservekopie."),
    )


def _skip_unknown_sql(raw: Raw) -> SqliteError | None:
    """Let SQLite skip views, triggers and tables of others whose SQL it can't parse, such as that of a newer SQLite.

    Returns its error about the first of these; None if it can parse everything. An object of ours that it can't parse
    is damaged: its error is raised.
    """
    try:
        raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    except SqliteError as error:
        about = _UNPARSED.match(str(error))
        if about is None or about[1].startswith("sqlite_") or about[1] in {name for _, name, _ in expected()[0]}:
            raise
        # With this setting SQLite reads what it can; see https://sqlite.org/pragma.html#pragma_writable_schema.
        raw.execute("PRAGMA writable_schema = ON")
        return error
    return None


def newer_format(path: Path) -> NewerFormatError:
    """Return the error for a log in a form that only a newer program can read."""
    return NewerFormatError(
        tr(
            "«{file}» is gemaakt met een nieuwere versie van STO Desktop die deze versie niet kan lezen.",
            file=path.name,
        ),
        tr("Er is niets in het bestand gewijzigd."),
        tr("Werk het programma bij, of vraag een kopie in het oude formaat."),
    )


def _is_computed(raw: Raw, table: str) -> bool:
    """Return whether a column or index of a table runs an expression or a condition for each row; none of ours does."""
    if any(hidden for *_, hidden in _described(raw, table)):
        return True
    indexes = raw.execute(f"PRAGMA index_list({quoted(table)})").fetchall()
    return any(partial or not _can_be_named(name) or _has_expression(raw, name) for _, name, _, _, partial in indexes)


def _has_expression(raw: Raw, index: str) -> bool:
    # SQLite gives an expression no place among the columns of the table: https://sqlite.org/pragma.html#pragma_index_info
    return any(place == -2 for _, place, _ in raw.execute(f"PRAGMA index_info({quoted(index)})").fetchall())


def check_log_is_sound(raw: Raw, path: Path, *, ours: bool = False) -> None:
    """Raise if SQLite finds damage in the log or its indexes: a row missing from an index would be overlooked.

    Args:
        ours: the file has exactly the tables of this version, so the log need not be looked for.
    """
    sources = (source_of(raw, table) for table in LOG_TABLES)
    names = [table.name for table in LOG_TABLES] if ours else [source.table for source in sources if source]
    for name in names:
        # What another program has computed may be without end; we never read it.
        if not ours and _is_computed(raw, name):
            continue
        # A rule that another program added is not copied, so a row that breaks it is no damage.
        raw.execute("PRAGMA ignore_check_constraints = ON")
        try:
            lines = raw.execute(f"PRAGMA integrity_check({quoted_name(name)})").fetchall()
        except SqliteError as error:
            if code_of(error) != UNKNOWN:
                raise
            # An index of another program may use a collation unknown here; we never read through it.
            continue
        finally:
            raw.execute("PRAGMA ignore_check_constraints = OFF")
        if any(line != "ok" and not _TYPE_PROBLEM.match(line) for (line,) in lines):
            raise damaged(path)
