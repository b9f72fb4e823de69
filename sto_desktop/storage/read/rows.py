"""Reads rows and records of the folded tables over one connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from sto_desktop.domain.record import spec_of
from sto_desktop.storage.file.database import Raw, engine_for, errors_of
from sto_desktop.storage.file.schema import folded
from sto_desktop.storage.read.records import R, Where, columns_for, is_there, reader_of


class Rows:
    """One connection to a dossier; every reader of this room reads through it."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self._engine = engine_for(raw)

    def fetch(self, statement: Select[Any]) -> Sequence[Sequence[Any]]:
        """Return the rows of a statement."""
        with errors_of(None), self._engine.connect() as connection:
            return connection.execute(statement).fetchall()

    def fetch_sql(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a statement in SQL; for short queries, which take a tenth of the time of `fetch`."""
        # Closed whatever happens: a cursor that an error left open would keep showing the dossier of that moment.
        with errors_of(None), closing(self.raw.cursor()) as cursor:
            rows: list[Any] = cursor.execute(sql, values).fetchall()
        return rows

    def each_sql(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a statement in SQL. Of many, none stays in memory for the collector of garbage, which stops
        every thread.
        """
        with errors_of(None), closing(self.raw.cursor()) as cursor:
            yield from cursor.execute(sql, values)

    def version(self) -> object:
        """Return a value that is equal as long as nothing changed the file, through this connection or another."""
        return self.fetch_sql("SELECT total_changes(), data_version FROM pragma_data_version")

    def records(self, record: Callable[..., R], *where: Where, order: Sequence[ColumnElement[Any]] = ()) -> list[R]:
        """Return the existing records of one table; deleted rows and stubs are left out."""
        table = folded[spec_of(record).name]
        statement = select(*columns_for(record)).where(is_there(table.name), *where)
        by_default = (table.c.position, table.c.id) if "position" in table.c else (table.c.key,)
        read = reader_of(record)
        return [read(row) for row in self.fetch(statement.order_by(*(order or by_default)))]

    def record(self, record: Callable[..., R], row: str) -> R | None:
        """Return one record, or None if it is absent or deleted."""
        return next(iter(self.records(record, folded[spec_of(record).name].c.id == row)), None)
