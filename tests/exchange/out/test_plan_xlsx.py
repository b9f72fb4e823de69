"""The plan as an Excel file: filters, a time line, and text that never becomes a formula."""

import io

import pytest
from openpyxl import load_workbook

from sto_desktop.exchange.out.plan_xlsx import PlanRow, plan_xlsx, years_in

ROWS = (
    PlanRow("Regel vervoer.", "Po en Technolab", "Hengelo en Oldenzaal", "2025–2027", "programma", "STO", "hoog"),
    PlanRow('=HYPERLINK("http://kwaad","klik")', school_years="2028-2029", first_step="+1"),
    PlanRow("Zonder jaar\x07."),
)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025–2026", [2025]),
        ("2025-2029", [2025, 2026, 2027, 2028]),
        ("2025/26", [2025]),
        ("vanaf 2026", [2026]),
        ("2024-2025 en 2026-2027", [2024, 2025, 2026]),
        ("zo snel mogelijk", []),
        ("2030-2025", [2025, 2026, 2027, 2028, 2029, 2030]),
        ("1025-9999", []),
        ("", []),
    ],
)
def test_school_years_in_words(text: str, years: list[int]) -> None:
    assert list(years_in(text)) == years


def test_the_plan_has_filters_and_every_line() -> None:
    book = load_workbook(io.BytesIO(plan_xlsx("Plan", ROWS)))
    sheet = book["Plan"]
    assert sheet.auto_filter.ref == "A1:J4"
    assert [sheet.cell(row, 2).value for row in (2, 4)] == ["Regel vervoer.", "Zonder jaar."]
    assert [sheet.cell(2, column).value for column in (3, 4, 5, 6, 8)] == [
        *("Po en Technolab", "Hengelo en Oldenzaal", "2025–2027", "programma", "hoog"),
    ]


def test_what_looks_like_a_formula_is_text() -> None:
    book = load_workbook(io.BytesIO(plan_xlsx("Plan", ROWS)))
    for sheet, row, column in (("Plan", 3, 2), ("Plan", 3, 9), ("Tijdlijn", 3, 2)):
        assert book[sheet].cell(row, column).data_type == "s"


def test_the_time_line_marks_the_years_of_each_line() -> None:
    sheet = load_workbook(io.BytesIO(plan_xlsx("Plan", ROWS)))["Tijdlijn"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == ["Nr.", "Aanbeveling", "2025–2026", "2026–2027", "2027–2028", "2028–2029"]
    marked = [[cell.value for cell in row[2:]] for row in sheet.iter_rows(min_row=2)]
    assert marked == [["●", "●", None, None], [None, None, None, "●"], [None] * 4]


def test_an_empty_plan_is_a_workbook_too() -> None:
    assert load_workbook(io.BytesIO(plan_xlsx("Plan", ()))).sheetnames == ["Plan", "Tijdlijn"]
