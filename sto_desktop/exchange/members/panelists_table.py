"""Reads panel members from csv, xlsx or a paste."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sto_desktop.archive import is_archive
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.record import clean_text
from sto_desktop.exchange.files.csv_file import read_rows
from sto_desktop.exchange.files.html_table import looks_like_html, rows_of_html
from sto_desktop.exchange.files.text_file import decode, read_bytes
from sto_desktop.exchange.files.workbook import MOST_ROWS, has_formulas, read_workbook
from sto_desktop.exchange.members.panelists_columns import (
    Rows,
    columns_of,
    find_header,
    guessed_columns,
    joined_headings,
)
from sto_desktop.exchange.members.panelists_import import plan_panelists
from sto_desktop.exchange.members.panelists_rows import PanelistsTable, clean_cell, table_of
from sto_desktop.language import listed, tr, tr_later

__all__ = ["ListSource", "pasted_source", "plan_panelists", "read_panelists", "read_source"]

_UNTOUCHED = tr_later("Er is niets overgenomen.")
_NO_HEADINGS = tr_later("Boven de lijst staan geen koppen die het programma kent. Kijk na wat het voor wat aanziet.")
# People paste lists from e-mails: drop the bullet or number, so that it does not become part of a name.
_BULLET = re.compile(r"^\s*(?:[-*•–]|[0-9]{1,3}[.)])\s+")


def _headings(rows: Rows) -> int:
    header = find_header(rows)
    return len(header[1]) if header else 0


def _no_names(name: str, rows: Rows) -> ExchangeError:
    first = next((row for row in rows if any(cell.strip() for cell in row)), ())
    first_cells = listed(f"«{clean_cell(cell)[:30]}»" for cell in first if cell.strip())
    return ExchangeError(
        tr("In «{name}» is geen kolom «Naam» gevonden", name=name)
        + (tr("; bovenaan staat {seen}.", seen=first_cells) if first_cells else "."),
        _UNTOUCHED,
        tr("Zet boven de lijst de koppen Stoel, Naam, Organisatie, Sector, Functie en Toestemming."),
    )


def _no_people(name: str) -> ExchangeError:
    return ExchangeError(
        tr("In «{name}» staan onder de koppen geen panelleden.", name=name),
        _UNTOUCHED,
        tr("Zet elk panellid op een eigen regel."),
    )


def _too_long(name: str) -> ExchangeError:
    return ExchangeError(
        tr(
            "«{name}» heeft meer dan {MOST_ROWS} regels en is geen lijst van panelleden.",
            name=name,
            MOST_ROWS=MOST_ROWS,
        ),
        _UNTOUCHED,
        tr("Kopieer alleen de lijst met panelleden naar een nieuw bestand."),
    )


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list as read: its rows without headings, the headings if there are any, and the index of each column.

    `told`: messages about the file itself.
    """

    rows: Rows
    headings: tuple[str, ...] | None
    columns: Mapping[str, int]
    told: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in (*self.rows, self.headings or ())), default=0)

    def sample(self, column: int) -> str:
        """Return the first non-empty cell of a column."""
        return next((clean_cell(row[column]) for row in self.rows if column < len(row) and row[column].strip()), "")

    def table(self) -> PanelistsTable:
        """Return the members in it."""
        table = table_of(self.rows, self.columns, self.headings)
        return PanelistsTable(table.rows, (*table.messages, *self.told))


def _found(rows: Rows) -> ListSource | None:
    """Return a list with its headings, in one row or two; None if no row of headings has a column of names."""
    header = find_header(rows)
    if header is None:
        return None
    number, columns = header
    joined = joined_headings(rows, number, columns)
    if joined is not None:
        return ListSource(rows[number + 2 :], joined, columns_of(joined))
    return ListSource(rows[number + 1 :], tuple(rows[number]), columns)


def _guessed(rows: Rows) -> ListSource:
    bare = [[_BULLET.sub("", cell) if number == 0 else cell for number, cell in enumerate(row)] for row in rows]
    return ListSource(bare, None, guessed_columns(bare))


def read_source(path: Path, *, guess: bool = True) -> ListSource:
    """Read a list from a csv or xlsx file, distinguished by content, not by name.

    `guess`: without headings, guess the columns from their cells; the user reviews the result.

    Raises:
        ExchangeError: it can't be read, is another kind of file, or has no column with names.
    """
    content = read_bytes(path)
    if is_archive(content):
        return _from_workbook(content, path.name, guess=guess)
    text = decode(content, path.name)
    rows = rows_of_html(text) if looks_like_html(text) else read_rows(text, _headings)
    if len(rows) > MOST_ROWS:
        raise _too_long(path.name)
    source = _found(rows)
    if source is None and guess and any(_several(row) for row in rows):
        source = replace(_guessed([row for row in rows if any(map(str.strip, row))]), told=(_NO_HEADINGS,))
    if source is None:
        raise _no_names(path.name, rows)
    if not source.table().rows:
        raise _no_people(path.name)
    return source


def read_panelists(path: Path) -> PanelistsTable:
    """Read a list of panel members that has headings; see `read_source`."""
    return read_source(path, guess=False).table()


def _several(row: Sequence[str]) -> bool:
    return sum(1 for cell in row if cell.strip()) > 1


def _from_workbook(content: bytes, name: str, *, guess: bool) -> ListSource:
    book = read_workbook(content, name)
    macros = (tr("Het bestand bevat macro's; die zijn niet uitgevoerd."),) if book.macros else ()
    for sheet in book.sheets:
        source = _found(sheet.rows)
        if source is None:
            continue
        if sheet.cut:
            raise _too_long(name)
        # Formulas without stored results look like empty cells.
        if any(row.name for row in source.table().rows):
            return replace(source, told=macros)
        if has_formulas(content, name, sheet.title):
            raise ExchangeError(
                tr(
                    "Het blad «{title}» in «{name}» bestaat uit formules waarvan de uitkomst niet is bewaard.",
                    title=sheet.title,
                    name=name,
                ),
                _UNTOUCHED,
                tr("Open het bestand in Excel, bewaar het en probeer het opnieuw."),
            )
        raise _no_people(name)
    filled = next((sheet for sheet in book.sheets if any(_several(row) for row in sheet.rows)), None)
    if guess and filled is not None and not filled.cut:
        rows = [row for row in filled.rows if any(map(str.strip, row))]
        return replace(_guessed(rows), told=(_NO_HEADINGS, *macros))
    raise _no_names(name, book.sheets[0].rows if book.sheets else ())


def pasted_source(text: str) -> ListSource:
    """Read a paste from Excel, Word, e-mail or a web page, with or without headings; a line of one cell is a name."""
    if looks_like_html(text):
        rows: Rows = rows_of_html(text)[:MOST_ROWS]
    else:
        rows = read_rows(clean_text(text).strip("\n"), _headings)[:MOST_ROWS]
    return _found(rows) or _guessed(rows)
