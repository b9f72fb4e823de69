"""Writes the plan of the next period as an Excel file: a sheet with filters, and a time line in school years."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sto_desktop.archive import new_workbook

if TYPE_CHECKING:  # openpyxl is slow to import, and most importers of this module write no plan
    from openpyxl.cell.cell import Cell, MergedCell

_HEAD = (
    "Nr.",
    "Aanbeveling",
    "Thema",
    "Panels",
    "Schooljaren",
    "Niveau",
    "Eigenaar",
    "Prioriteit",
    "Eerste stap",
    "Borging",
)
_WIDTHS = (6, 60, 26, 30, 16, 14, 24, 12, 44, 44)
_GROUND = "0F5C63"
_BAR = "5FB8BD"
_SPAN = re.compile(r"(\d{4})\s*[-–/]\s*(\d{2,4})")
# Years; a longer span is probably not a period ("1998-2026 STO").
_LONGEST_PERIOD = 15
_LONGEST_TEXT = 32_000
"""Characters; a cell of Excel holds 32,767."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the plan, all fields as text."""

    text: str
    themes: str = ""
    panels: str = ""
    school_years: str = ""
    level: str = ""
    owner: str = ""
    priority: str = ""
    first_step: str = ""
    securing: str = ""


def years_in(text: str) -> range:
    """Return the school years in a text, each by the year in which it starts: "2025-2029" is 2025 to 2028.

    "2025-2026" is one school year; a single year is the school year that starts in it; without years the range is
    empty.
    """
    years: list[int] = []
    for first, last in _SPAN.findall(text):
        start = int(first)
        # Two digits of the end year get the century of the first. An improbably long span is not a period.
        end = int(last) if len(last) == 4 else start // 100 * 100 + int(last)
        if start < end <= start + _LONGEST_PERIOD:
            years += range(start, end)
    if not years:
        years = [int(year) for year in re.findall(r"\b(?:19|20)\d{2}\b", text)]
    return range(min(years), max(years) + 1) if years else range(0)


def plan_xlsx(title: str, rows: Sequence[PlanRow]) -> bytes:
    """Return the plan as a workbook; text that looks like a formula stays text."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = new_workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan"
    sheet.append(list(_HEAD))
    for at, row in enumerate(rows, 1):
        values = (row.text, row.themes, row.panels, row.school_years, row.level, row.owner, row.priority)
        _write(sheet.cell(at + 1, 1), at)
        for column, value in enumerate((*values, row.first_step, row.securing), 2):
            _write(sheet.cell(at + 1, column), value)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        head = sheet.cell(1, column)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor=_GROUND)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEAD))}{len(rows) + 1}"
    _add_time_line(book.create_sheet("Tijdlijn"), rows)
    book.properties.title = title
    book.properties.creator = "STO Twente"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _add_time_line(sheet: object, rows: Sequence[PlanRow]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.worksheet import Worksheet

    assert isinstance(sheet, Worksheet)
    named = [years_in(row.school_years) for row in rows]
    years = sorted({year for span in named for year in span})
    period = range(years[0], years[-1] + 1) if years else range(0)
    sheet.append(["Nr.", "Aanbeveling", *(f"{year}–{year + 1}" for year in period)])
    for at, (row, span) in enumerate(zip(rows, named, strict=True), 1):
        _write(sheet.cell(at + 1, 1), at)
        _write(sheet.cell(at + 1, 2), row.text)
        for column, year in enumerate(period, 3):
            if year in span:
                cell = sheet.cell(at + 1, column)
                cell.fill = PatternFill("solid", fgColor=_BAR)
                # Not by colour alone, for grey prints and screen readers.
                cell.value = "●"
                cell.alignment = Alignment(horizontal="center", vertical="center")
    for column in range(1, 3 + len(period)):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 60 if column == 2 else 6 if column == 1 else 13
    sheet.freeze_panes = "C2"


def _write(cell: Cell | MergedCell, value: str | int) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT]
        # Always a text, never a formula.
        cell.data_type = "s"
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")
