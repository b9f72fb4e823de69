"""A table as csv, xlsx, tabbed text and HTML, for spreadsheets and for the clipboard."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

from sto_desktop.exchange.export_csv import harmless

Row = Sequence[str | int | float]


def table_csv(rows: Sequence[Row]) -> bytes:
    """Return csv for Excel on a Dutch Windows: semicolons, decimal commas, UTF-8 with its mark."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([_said(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def table_text(rows: Sequence[Row]) -> str:
    """Return tabbed text, as spreadsheets paste it."""
    return "\n".join("\t".join(_said(cell).replace("\t", " ").replace("\n", " ") for cell in row) for row in rows)


def table_html(rows: Sequence[Row]) -> str:
    """Return an HTML table with its first row as head, as Word pastes it."""
    head, *body = rows
    lines = ["<tr>" + "".join(f"<th>{escape(str(cell))}</th>" for cell in head) + "</tr>"]
    lines += ["<tr>" + "".join(f"<td>{escape(_said(cell))}</td>" for cell in row) + "</tr>" for row in body]
    return f'<table border="1" cellspacing="0" cellpadding="4">{"".join(lines)}</table>'


def table_xlsx(title: str, rows: Sequence[Row]) -> bytes:
    """Return a workbook with one sheet: a bold head that stays in view, numbers as numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "".join(sign for sign in title if sign not in "[]:*?/\\")[:31] or "Tabel"
    for number, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                # Whatever it begins with: a text, never a formula.
                cell.data_type = "s"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    for column in range(1, len(rows[0]) + 1):
        longest = max(len(str(cells[column - 1])) for cells in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 8), 60)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _said(cell: str | float) -> str:
    return harmless(cell) if isinstance(cell, str) else f"{cell}".replace(".", ",")
