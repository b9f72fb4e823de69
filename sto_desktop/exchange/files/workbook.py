"""Reads the sheets of an untrusted xlsx file as rows of text: values only."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sto_desktop.archive import Archive, damaged
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.language import tr, tr_later

# Far more than any list of people or notes; a sheet that claims more is damaged or made to exhaust memory.
MOST_ROWS = 20_000
MOST_COLUMNS = 60
# Bytes: a sheet can be a thousand times larger when unpacked.
_LARGEST_UNPACKED = 100_000_000
# Bytes: lower, for the reason in `_has_merged_cells`.
_LARGEST_WITH_MERGED = 3_000_000
_UNTOUCHED = tr_later("Er is niets overgenomen.")
_AS_XLSX = tr_later("Open het in Excel, kies Opslaan als, en bewaar het als Excel-werkmap (.xlsx) of als CSV.")

# What openpyxl and its dependencies raise on invalid workbooks; there is no common base class.
_UNSOUND = (
    ArithmeticError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # of XML
    TypeError,
    ValueError,
)
# Error values such as #N/A are no content.
_ERROR = re.compile(r"#(?:N/[AB]|[A-Z]{3,7}[!?]|DIV/0!)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its rows as text; `cut`: it has more than the `MOST_ROWS` that are read."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a file in order; `macros`: it has macros, which were not run."""

    sheets: tuple[Sheet, ...]
    macros: bool = False


def _opened(content: bytes, name: str) -> Archive:
    """Return the ZIP archive of a workbook after checking that it is harmless; ExchangeError otherwise."""
    archive = Archive(content, name, _LARGEST_UNPACKED)
    names = set(archive.entries)
    if "xl/workbook.xml" not in names:
        raise ExchangeError(
            tr("«{name}» is {kind_of}, geen Excel-werkmap.", name=name, kind_of=_kind_of(names)), _UNTOUCHED, _AS_XLSX
        )
    archive.refuse_doctypes()
    return archive


def _kind_of(names: set[str]) -> str:
    kinds = {
        "xl/workbook.bin": tr("een binaire werkmap (.xlsb)"),
        "word/document.xml": tr("een Word-document"),
        "ppt/presentation.xml": tr("een presentatie"),
        "mimetype": tr("een OpenDocument-bestand (.ods)"),
    }
    return next((kind for entry, kind in kinds.items() if entry in names), tr("een zipbestand"))


def read_workbook(content: bytes, name: str) -> Workbook:
    """Return the sheets of a workbook.

    Args:
        content: the file's bytes.
        name: the file's name, for messages.

    Raises:
        ExchangeError: it has a password, is another kind of file, is damaged, or is far too large.
    """
    archive = _opened(content, name)
    macros = archive.has_macros()
    with _openpyxl(name):
        return Workbook(tuple(_sheets(archive)), macros)


@contextlib.contextmanager
def _openpyxl(name: str) -> Iterator[None]:
    """Turn exceptions of openpyxl on a damaged workbook into ExchangeError; ignore its warnings on skipped parts."""
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import TranslatorError
    from openpyxl.utils import exceptions

    its_own = (
        TokenizerError,
        TranslatorError,
        exceptions.CellCoordinatesException,
        exceptions.IllegalCharacterError,
        exceptions.InvalidFileException,
        exceptions.NamedRangeException,
        exceptions.SheetTitleException,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (*_UNSOUND, *its_own) as error:
            raise damaged(name) from error


def _load(content: bytes, *, outcomes: bool) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content), read_only=True, data_only=outcomes, keep_links=False)


def _sheets(archive: Archive) -> Iterator[Sheet]:
    content = archive.repacked()
    book = _load(content, outcomes=True)
    merged = _merged(content) if _has_merged_cells(archive) else {}
    for sheet in book.worksheets:
        rows = [[_text(value) for value in row] for row in _cells(sheet)]
        for top, left, bottom, right in merged.get(str(sheet.title), ()):
            _spread(rows, top, left, bottom, right)
        yield Sheet(str(sheet.title), tuple(map(tuple, rows[:MOST_ROWS])), len(rows) > MOST_ROWS)
    book.close()


def _has_merged_cells(archive: Archive) -> bool:
    sheets = [archive.read(entry) or b"" for entry in archive.entries if entry.startswith("xl/worksheets/")]
    # For merged cells openpyxl needs its slow mode, which keeps whole sheets in memory; a list of people is small
    # enough.
    return sum(map(len, sheets)) <= _LARGEST_WITH_MERGED and any(b"<mergeCell " in sheet for sheet in sheets)


def _merged(content: bytes) -> dict[str, list[tuple[int, int, int, int]]]:
    """Return the merged ranges by sheet: top, left, bottom and right, counted from 0."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    areas = {
        str(sheet.title): [
            (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
            for area in sheet.merged_cells.ranges
        ]
        for sheet in book.worksheets
    }
    book.close()
    return areas


def _spread(rows: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    """Copy the first of vertically merged cells into the others; a title merged across columns stays one cell."""
    if left != right or top >= len(rows) or left >= len(rows[top]):
        return
    for row in rows[top + 1 : bottom + 1]:
        if left < len(row) and not row[left]:
            row[left] = rows[top][left]


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # A file can state dimensions that are wrong.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)


def has_formulas(content: bytes, name: str, title: str) -> bool:
    """Return whether a sheet has formulas; `read_workbook` gives empty cells if their results were never saved."""
    archive = _opened(content, name)
    with _openpyxl(name):
        book = _load(archive.repacked(), outcomes=False)
        cells = _cells(next(sheet for sheet in book.worksheets if sheet.title == title))
        formulas = any(isinstance(value, str) and value.startswith("=") for row in cells for value in row)
        book.close()
    return formulas


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime():
            return value.date().isoformat()
        case _:
            text = str(value)
            return "" if _ERROR.fullmatch(text) else text
