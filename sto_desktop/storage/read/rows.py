"""Reads rows and records of the folded tables over one connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

from sto_desktop.domain.record import spec_of
from sto_desktop.storage.file.database import Raw, errors_of
from sto_desktop.storage.read.records import Condition, R, all_of, columns_for, equals, is_there, reader_of


class Rows:
    """One connection to a dossier; every reader of this room reads through it."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw

    def fetch(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a statement."""
        # Closed whatever happens: a cursor that an error left open would keep showing the dossier of that moment.
        with errors_of(None), closing(self.raw.cursor()) as cursor:
            rows: list[Any] = cursor.execute(sql, values).fetchall()
        return rows

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a statement. Of many, none stays in memory for the collector of garbage, which stops
        every thread.
        """
        with errors_of(None), closing(self.raw.cursor()) as cursor:
            yield from cursor.execute(sql, values)

    def version(self) -> object:
        """Return a value that is equal as long as nothing changed the file, through this connection or another."""
        return self.fetch("SELECT total_changes(), data_version FROM pragma_data_version")

    def records(self, record: Callable[..., R], *where: Condition, order: str = "") -> list[R]:
        """Return the existing records of one table; deleted rows and stubs are left out.

        `order`: as SQL; by default that of their positions, or of their arrival.
        """
        spec = spec_of(record)
        by_default = "position, id" if "position" in spec.fields else "key"
        condition = all_of((is_there(spec.name), *where))
        sql = f"SELECT {columns_for(record)} FROM {spec.name} WHERE {condition.sql} ORDER BY {order or by_default}"
        read = reader_of(record)
        return [read(row) for row in self.fetch(sql, condition.values)]

    def record(self, record: Callable[..., R], row: str) -> R | None:
        """Return one record, or None if it is absent or deleted."""
        return next(iter(self.records(record, equals("id", row))), None)
