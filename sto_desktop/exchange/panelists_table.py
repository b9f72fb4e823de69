"""Panel members from csv, xlsx or a paste."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

from sto_desktop.domain.dutch import listed
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.record import clean_text
from sto_desktop.exchange.panelists_columns import Rows, find_header, guessed_columns
from sto_desktop.exchange.panelists_import import plan_panelists
from sto_desktop.exchange.panelists_rows import PanelistsTable, clean_cell, table_of
from sto_desktop.exchange.text_file import decode, read_bytes
from sto_desktop.exchange.workbook import MOST_ROWS, has_formulas, is_workbook, read_workbook

__all__ = ["plan_panelists", "read_panelists", "read_pasted"]

_UNTOUCHED = "Er is niets overgenomen."
_BULLET = re.compile(r"^\s*(?:[-*•–]|[0-9]{1,3}[.)])\s+")
_STATED_DELIMITER = re.compile(r'\s*"?sep=(.)"?\r?\n')


def _split(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        # A quote that is not closed would swallow the lines after it.
        return [line.split(delimiter) for line in text.splitlines()]


def _delimited(text: str) -> list[list[str]]:
    """Return a text's rows, by the delimiter that gives the most headings, else the most rows of one width."""
    stated = _STATED_DELIMITER.match(text)
    if stated:
        return _split(text[stated.end() :], stated[1])

    def score(rows: list[list[str]]) -> tuple[int, int]:
        header = find_header(rows)
        widths = Counter(len(row) for row in rows if len(row) > 1 and any(cell.strip() for cell in row))
        return len(header[1]) if header else 0, max(widths.values(), default=0)

    return max((_split(text, delimiter) for delimiter in (";", "\t", ",", "|")), key=score)


def _no_names(name: str, rows: Rows) -> ExchangeError:
    first = next((row for row in rows if any(cell.strip() for cell in row)), ())
    seen = listed(f"«{clean_cell(cell)[:30]}»" for cell in first if cell.strip())
    return ExchangeError(
        f"In «{name}» is geen kolom «Naam» gevonden" + (f"; bovenaan staat {seen}." if seen else "."),
        _UNTOUCHED,
        "Zet boven de lijst de koppen Stoel, Naam, Organisatie, Sector, Functie en Toestemming.",
    )


def _no_people(name: str) -> ExchangeError:
    return ExchangeError(
        f"In «{name}» staan onder de koppen geen panelleden.", _UNTOUCHED, "Zet elk panellid op een eigen regel."
    )


def _too_long(name: str) -> ExchangeError:
    return ExchangeError(
        f"«{name}» heeft meer dan {MOST_ROWS} regels en is geen lijst van panelleden.",
        _UNTOUCHED,
        "Kopieer alleen de lijst met panelleden naar een nieuw bestand.",
    )


def read_panelists(path: Path) -> PanelistsTable:
    """Read a list of panel members from a csv or xlsx file; which of the two its content tells, not its name.

    Raises:
        ExchangeError: it can't be read, is another kind of file, or has no column with names.
    """
    content = read_bytes(path)
    if is_workbook(content):
        return _from_workbook(content, path.name)
    rows = _delimited(decode(content, path.name))
    if len(rows) > MOST_ROWS:
        raise _too_long(path.name)
    found = find_header(rows)
    if found is None:
        raise _no_names(path.name, rows)
    number, columns = found
    table = table_of(rows[number + 1 :], columns, rows[number])
    if not table.rows:
        raise _no_people(path.name)
    return table


def _from_workbook(content: bytes, name: str) -> PanelistsTable:
    book = read_workbook(content, name)
    for sheet in book.sheets:
        found = find_header(sheet.rows)
        if found is None:
            continue
        if sheet.cut:
            raise _too_long(name)
        number, columns = found
        table = table_of(sheet.rows[number + 1 :], columns, sheet.rows[number])
        if any(row.name for row in table.rows):
            macros = ("Het bestand bevat macro's; die zijn niet uitgevoerd.",) if book.macros else ()
            return PanelistsTable(table.rows, (*table.messages, *macros))
        if has_formulas(content, sheet.title):
            raise ExchangeError(
                f"Het blad «{sheet.title}» in «{name}» bestaat uit formules waarvan de uitkomst niet is bewaard.",
                _UNTOUCHED,
                "Open het bestand in Excel, bewaar het en probeer het opnieuw.",
            )
        raise _no_people(name)
    raise _no_names(name, book.sheets[0].rows if book.sheets else ())


def read_pasted(text: str) -> PanelistsTable:
    """Read members from a paste out of Excel, Word or a mail, with or without headings; a line alone is a name."""
    rows = _delimited(clean_text(text).strip("\n"))[:MOST_ROWS]
    found = find_header(rows)
    if found:
        number, columns = found
        return table_of(rows[number + 1 :], columns, rows[number])
    bare = [[_BULLET.sub("", cell) if number == 0 else cell for number, cell in enumerate(row)] for row in rows]
    return table_of(bare, guessed_columns(bare))
