"""Writes the notes of a panel as csv for Excel on a Dutch Windows: semicolons, UTF-8 with a byte order mark."""

from __future__ import annotations

from pathlib import Path

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.exchange.files.table_export import harmless, table_csv
from sto_desktop.exchange.files.text_file import write_bytes
from sto_desktop.exchange.out.outgoing import Outgoing
from sto_desktop.exchange.out.tables import NOTE_COLUMNS as COLUMNS
from sto_desktop.exchange.out.tables import Subject, table_of

__all__ = ["COLUMNS", "harmless", "notes_as_csv", "write_csv"]


def notes_as_csv(content: PanelContent) -> str:
    """Return the notes of a panel as csv, in the order of the guide, with full names: it is the user's own data."""
    return table_csv(table_of(Subject.NOTES, [Outgoing(content)]).rows).decode("utf-8-sig")


def write_csv(content: PanelContent, path: Path) -> None:
    """Write the notes of a panel as a csv file.

    Raises:
        ExchangeError: the file can't be written.
    """
    write_bytes(path, table_csv(table_of(Subject.NOTES, [Outgoing(content)]).rows))
