import io

from openpyxl import load_workbook

from sto_desktop.exchange.files.table_export import table_csv, table_html, table_text, table_xlsx

ROWS: list[list[str | int | float]] = [["Thema", "po", "vmbo"], ['1 "Po"; Technolab', 3, 2.5], ["=1+1", 0, 1]]


def test_csv_opens_in_a_dutch_excel_and_runs_no_formula() -> None:
    text = table_csv(ROWS).decode("utf-8-sig")
    assert text == 'Thema;po;vmbo\r\n"1 ""Po""; Technolab";3;2,5\r\n\'=1+1;0;1\r\n'


def test_xlsx_has_numbers_as_numbers_and_texts_as_texts() -> None:
    book = load_workbook(io.BytesIO(table_xlsx("Thema × sector: a/b", ROWS)))
    sheet = book.worksheets[0]
    assert sheet.title == "Thema × sector ab"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == ROWS
    assert sheet["A3"].data_type == "s"
    assert sheet["A1"].font.b
    assert sheet.freeze_panes == "B2"


def test_the_clipboard_gets_tabs_and_a_table() -> None:
    assert table_text(ROWS).splitlines()[1] == '1 "Po"; Technolab\t3\t2,5'
    assert "<th>po</th>" in table_html(ROWS)
    assert "<td>1 &quot;Po&quot;; Technolab</td>" in table_html(ROWS)
