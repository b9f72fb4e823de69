"""Reads rows and records of the folded tables over one connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from sto_desktop.domain.record import spec_of
from sto_desktop.storage.file.database import Raw, errors_of
from sto_desktop.storage.file.schema import folded
from sto_desktop.storage.read.records import Condition, R, all_of, columns_for, equal, is_there, reader_of


class Rows:
    """One connection to a dossier; every reader of this room reads through it."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw

    def fetch_sql(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a statement in SQL."""
        # Closed whatever happens: a cursor that an error left open would keep showing the dossier of that moment.
        with errors_of(None), closing(self.raw.cursor()) as cursor:
            rows: list[Any] = cursor.execute(sql, values).fetchall()
        return rows

    def version(self) -> object:
        """Return a value that is equal as long as nothing changed the file, through this connection or another."""
        return self.fetch_sql("SELECT total_changes(), data_version FROM pragma_data_version")

    def records(self, record: Callable[..., R], *where: Condition, order: str = "") -> list[R]:
        """Return the existing records of one table; deleted rows and stubs are left out. `order`: columns in SQL."""
        table = folded[spec_of(record).name]
        both = all_of(is_there(table.name), *where)
        by_default = "position, id" if "position" in table.names else "key"
        sql = f'SELECT {columns_for(record)} FROM "{table.name}" WHERE {both.sql} ORDER BY {order or by_default}'
        read = reader_of(record)
        return [read(row) for row in self.fetch_sql(sql, both.values)]

    def record(self, record: Callable[..., R], row: str) -> R | None:
        """Return one record, or None if it is absent or deleted."""
        return next(iter(self.records(record, equal("id", row))), None)
