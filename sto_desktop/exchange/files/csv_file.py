"""The reader of text in columns (csv, tabs from Excel), tolerant of how other programs wrote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.language import tr

MOST_ROWS = 20_000
"""Rows that are read of a table; what has more is no list of people or notes."""

MOST_COLUMNS = 702
"""As many as Excel names with one or two letters; what the headings mean is looked up for each."""

_MOST_IN_LINE = 20 * MOST_COLUMNS

# A Dutch Excel writes semicolons, a paste from a sheet has tabs, other programs write commas or bars.
_DELIMITERS = (";", "\t", ",", "|")
# Excel understands a first line such as "sep=;".
_STATED_DELIMITER = re.compile(r'\s*"?sep=(.)"?\r?\n')


def split_rows(text: str, delimiter: str) -> list[list[str]]:
    """Return the cells of a text by RFC 4180, but an unclosed quotation mark is an ordinary character.

    The csv module would read on to the end of the file after such a mark, or refuse the file. Of more than `MOST_ROWS`
    rows only one more is returned.
    """
    cut = re.escape(delimiter)
    # A cell in quotation marks (doubled inside) up to a delimiter, or any text up to one; then the delimiter or line
    # end.
    cell = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"(?={cut}|[\r\n]|\Z)|([^{cut}\r\n]*))({cut}|\r\n|\r|\n|\Z)')
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    # `or row`: a delimiter at the very end of the text is followed by one more, empty cell.
    while (at < len(text) or row) and len(rows) <= MOST_ROWS:
        match = cell.match(text, at)
        if match is None:
            raise AssertionError("every text is a cell up to the next delimiter or line")
        quoted, bare, end = match.groups()
        row.append(bare if quoted is None else quoted.replace('""', '"'))
        at = match.end()
        if end != delimiter:
            rows.append([] if row == [""] and quoted is None else row)
            row = []
    return rows


def read_rows(text: str, headings: Callable[[list[list[str]]], int]) -> list[list[str]]:
    """Return the rows of a text, split by the delimiter that it states ("sep=;"), or else by the one that gives the
    most rows of equal width and, of those, the most known headings; one that gives known headings goes first.

    Args:
        headings: returns the number of known headings in rows.
    """
    # Before they are split, which takes long; a quoted cell holds many delimiters too, but never so many in a line.
    if any(line.count(delimiter) > _MOST_IN_LINE for line in text.splitlines() for delimiter in _DELIMITERS):
        raise _too_wide()
    stated = _STATED_DELIMITER.match(text)
    if stated:
        return _narrow(split_rows(text[stated.end() :], stated[1]))

    def fit(rows: list[list[str]]) -> tuple[bool, int, int]:
        if _is_too_wide(rows):
            return False, 0, 0
        widths = Counter([len(row) for row in rows if len(row) > 1 and any(map(str.strip, row))])
        known = headings(rows)
        # "Achternaam, voornaam" has two known headings, but no comma parts all rows alike.
        return known > 0, max(widths.values(), default=0), known

    # By each that does not stand in the text, its rows are the same.
    absent = [one for one in _DELIMITERS if one not in text][:1]
    tried = [one for one in _DELIMITERS if one in text or one in absent]
    delimiter, rows = max(((one, split_rows(text, one)) for one in tried), key=lambda found: fit(found[1]))
    return _narrow(_mended(rows, delimiter))


def _mended(rows: list[list[str]], delimiter: str) -> list[list[str]]:
    """Return the rows in which a cell with text behind its closing mark was cut at a delimiter inside it.

    Only where the parts together make the row as wide as most: `"Vos; Metaal" BV` between two other cells.
    """
    widths = Counter([len(row) for row in rows if any(map(str.strip, row))])
    width = widths.most_common(1)[0][0] if widths else 0
    return [_joined(row, width, delimiter) if 1 < width < len(row) else row for row in rows]


def _joined(row: list[str], width: int, delimiter: str) -> list[str]:
    more = len(row) - width
    for at in range(width):
        cells = row[at : at + more + 1]
        inner = "".join(cells[:-1])
        if cells[0].startswith('"') and inner.count('"') == 1 and '"' in cells[-1]:
            return [*row[:at], delimiter.join(cells).replace('"', ""), *row[at + more + 1 :]]
    return row


def _is_too_wide(rows: list[list[str]]) -> bool:
    return max(map(len, rows), default=0) > MOST_COLUMNS


def _narrow(rows: list[list[str]]) -> list[list[str]]:
    if _is_too_wide(rows):
        raise _too_wide()
    return rows


def _too_wide() -> ExchangeError:
    return ExchangeError(
        tr("Dit is geen lijst: er staan meer dan {most} kolommen in.", most=MOST_COLUMNS),
        tr("Er is niets overgenomen."),
        tr("Kies een ander bestand."),
    )


_LEAST_ROWS = 3
_MOST_OFF = 0.1


def looks_delimited(text: str) -> bool:
    """Return whether a text is a table, whatever its file is called: nearly all its rows have the same few cells."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < _LEAST_ROWS:
        return False
    for delimiter in (";", "\t"):
        rows = [row for row in split_rows(text, delimiter) if any(map(str.strip, row))]
        widths = Counter(map(len, rows))
        width, count = widths.most_common(1)[0]
        if len(rows) >= _LEAST_ROWS and width >= 2 and len(rows) - count <= _MOST_OFF * len(rows):
            return True
    return False
