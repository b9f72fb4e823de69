"""A table as csv, xlsx, tabbed text and HTML, for spreadsheets and for the clipboard."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from typing import Any

from sto_desktop.archive import new_workbook

Row = Sequence[str | int | float]

LONGEST_CELL = 32_767
"""Characters; the limit of a cell in Excel."""

# Excel also reads the full-width forms as the start of a formula.
_FORMULA = tuple("=+-@＝＋－＠")
_SHORTENED = "… (ingekort)"
# In characters, as Excel measures width: a longer text wraps.
_WIDEST = 60


def harmless(cell: str) -> str:
    """Return a cell that Excel shows as text: an apostrophe is put before one that it would read as a formula.

    A note can hold anything that was pasted or mailed, and a formula in a csv file is run when the file is opened.
    """
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell


def unharmed(cell: str) -> str:
    """Return the original of a cell that `harmless` returned."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip().startswith(_FORMULA) else cell


def table_csv(rows: Sequence[Row], *, warning: str = "") -> bytes:
    """Return csv for Excel on a Dutch Windows: semicolons, decimal commas, UTF-8 with a byte order mark.

    `warning` is the heading of an empty last column: a line above the headings would make it another table.
    """
    if warning and rows:
        rows = [(*rows[0], warning), *((*row, "") for row in rows[1:])]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows([_shown(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def table_text(rows: Sequence[Row]) -> str:
    """Return text separated by tabs, which pastes as cells into a spreadsheet."""
    return "\n".join("\t".join(_shown(cell).replace("\t", " ").replace("\n", " ") for cell in row) for row in rows)


def table_html(rows: Sequence[Row]) -> str:
    """Return an HTML table with its first row as header, which pastes as a table into Word."""
    head, *body = rows
    lines = ["<tr>" + "".join(f"<th>{escape(str(cell))}</th>" for cell in head) + "</tr>"]
    lines += ["<tr>" + "".join(f"<td>{escape(_shown(cell))}</td>" for cell in row) + "</tr>" for row in body]
    return f'<table border="1" cellspacing="0" cellpadding="4">{"".join(lines)}</table>'


def table_xlsx(title: str, rows: Sequence[Row]) -> bytes:
    """Return a workbook with one sheet: a bold header row that stays in view, numbers as numbers."""
    return sheets_xlsx([(title, rows)])


def sheets_xlsx(sheets: Sequence[tuple[str, Sequence[Row]]], *, filters: bool = False, warning: str = "") -> bytes:
    """Return a workbook with a sheet for each title; `filters`: add filters and wrap long texts, for long lists.

    `warning` stands above every printed page, and in the properties of the file.
    """
    book = new_workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(
            "".join(character for character in title if character not in "[]:*?/\\")[:31] or "Tabel"
        )
        sheet.oddHeader.center.text = warning or None
        _fill(sheet, rows, filters)
    book.properties.description = warning or None
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def too_long(rows: Sequence[Row]) -> int:
    """Return how many cells exceed Excel's limit; in a workbook these are shortened and marked as such."""
    return sum(isinstance(cell, str) and len(cell) > LONGEST_CELL for row in rows for cell in row)


def _fill(sheet: Any, rows: Sequence[Row], filters: bool) -> None:
    from openpyxl.utils import get_column_letter

    # A sheet is written as it is filled, so what stands before its rows comes first.
    sheet.freeze_panes = "B2"
    if filters:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(rows[0]))}{len(rows)}"
    for column in range(1, len(rows[0]) + 1):
        longest = max(len(str(cells[column - 1])) for cells in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 8), _WIDEST)
    heads, cells = _Cells(sheet, head=True), _Cells(sheet, wrapped=filters)
    for number, row in enumerate(rows):
        sheet.append((cells if number else heads).of(row))


class _Cells:
    """Makes the cells of rows in one style, which they share: working it out for each is most of the time."""

    def __init__(self, sheet: Any, *, head: bool = False, wrapped: bool = False) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        self._make: Callable[..., Any] = partial(WriteOnlyCell, sheet)
        plain: Any = self._make()
        quoted: Any = self._make()
        quoted.quotePrefix = True
        for cell in (plain, quoted):
            if head:
                cell.font = Font(bold=True)
            if wrapped:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        self._plain, self._quoted = plain._style, quoted._style

    def of(self, row: Row) -> Iterator[Any | None]:
        """Yield the cells of a row; None for an empty one, of which nothing is written."""
        for value in row:
            if value == "":
                yield None
                continue
            if not isinstance(value, str):
                cell = self._make(value)
                cell._style = self._plain
                yield cell
                continue
            long = len(value) > LONGEST_CELL
            cell = self._make(value[: LONGEST_CELL - len(_SHORTENED)] + _SHORTENED if long else value)
            cell._style = self._quoted if value.startswith(_FORMULA) else self._plain
            # Always text and never a formula, even after editing in Excel.
            cell.data_type = "s"
            yield cell


def _shown(cell: str | float) -> str:
    return harmless(cell) if isinstance(cell, str) else f"{cell}".replace(".", ",")
