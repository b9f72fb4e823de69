"""Reads panel members from any table: csv, a spreadsheet, a Word or OpenDocument table, a web page or a paste."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sto_desktop.archive import is_archive
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.people import fold
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.typed import BULLETS
from sto_desktop.exchange.files.csv_file import MOST_ROWS, read_rows
from sto_desktop.exchange.files.document import FileText, Grid
from sto_desktop.exchange.files.form import (
    GUEST,
    PERSONAL,
    are_turned_round,
    filled,
    form_of_column,
    is_code_row,
    is_full_name,
    is_total,
    is_turned_round,
    looks_like_headings,
    looks_like_name,
    put_in_order,
)
from sto_desktop.exchange.files.html_table import looks_like_html, rows_of_html
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Beforehand, Choices, FileLine, shape_of
from sto_desktop.exchange.files.plain_document import has_table, plain_document
from sto_desktop.exchange.files.rtf import is_rtf, text_of_rtf
from sto_desktop.exchange.files.text_file import decode, read_bytes, refuse_code
from sto_desktop.exchange.files.workbook import OfficeFile, Sheet
from sto_desktop.exchange.members.panelists_columns import (
    COLUMN_WORDS,
    Rows,
    columns_of,
    find_header,
    grouped_headings,
    guessed_columns,
    is_sector,
    joined_headings,
    names_people,
    ticked_column,
    with_presence,
    without_answers,
    without_meeting_roles,
)
from sto_desktop.exchange.members.panelists_rows import (
    PanelistRow,
    PanelistsTable,
    cells_of,
    clean_cell,
    member_in_words,
    member_of,
    name_in_address,
    table_of,
)
from sto_desktop.language import listed, tr, tr_later

_UNTOUCHED = tr_later("Er is niets overgenomen.")
_NO_HEADINGS = tr_later("Boven de lijst staan geen koppen die het programma kent. Kijk na wat het voor wat aanziet.")
# People paste lists from e-mails: drop the bullet or number, so that it does not become part of a name.
_BULLET = re.compile(rf"^\s*{BULLETS}\s+")
# "Anna ter Horst <anna@voorbeeld.nl>; Bram …": the line To of an e-mail. Between semicolons a name may have a comma.
_ADDRESSED = re.compile(r"(?:\"([^\"\n]+)\"|([^<>;,\n]+))[ \t]*<([^<>@\s]+@[^<>@\s]+)>")
_PART = re.compile(
    r"(?:(?:aan|to|cc)\s*:)?\s*(?:[\"']([^\"'\n]+)[\"']|([^<>;\n]*?))[ \t]*<([^<>@\s]+@[^<>@\s]+)>", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^<>;,\s]+@[^<>;,\s]+")
_ENTRY = re.compile(f"{_ADDRESSED.pattern}|{_ADDRESS.pattern}")
# Between a name and what somebody is, on a line of its own.
_DASH = re.compile(r"\s+[-–—|]\s+")
# Characters that a name with its address takes at most in such a line.
_LONGEST_ENTRY = 200
_MOSTLY = 0.7
_OWN_SHEET = "Panelleden"
_NOT_TICKED = "nee"

OFFERS = (Becomes.MEMBER, Becomes.HEADINGS, Becomes.OUT)
"""What a row of a list can become, in the order in which it is offered."""


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


@dataclass(frozen=True)
class ListSource:
    """A list as read: all its rows, which of them hold the headings, and the index of each column.

    `header`: the first row of headings and how many there are, in one row or two. `told`: messages about the file.
    """

    rows: Rows
    header: tuple[int, int] | None
    columns: Mapping[str, int]
    told: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...] | None:
        """The headings, if there are any; two rows are joined."""
        if self.header is None:
            return None
        first, count = self.header
        if count == 1:
            return tuple(self.rows[first])
        joined = joined_headings(self.rows, first, columns_of(self.rows[first]))
        return joined or grouped_headings(self.rows, first) or tuple(self.rows[first])

    @property
    def body(self) -> Rows:
        """The rows below the headings, up to another table."""
        return self.rows if self.header is None else self.rows[sum(self.header) : self._end]

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(map(len, self.rows), default=0)

    @property
    def shape(self) -> str:
        """Equal for lists with the same headings."""
        return shape_of("members", self.headings or (str(self.width),))

    def sample(self, column: int) -> str:
        """Return the first non-empty cell of a column."""
        return next((clean_cell(row[column]) for row in self.body if column < len(row) and row[column].strip()), "")

    def chosen(self, choices: Choices) -> ListSource:
        """Return the list as a person says that it is."""
        source = self
        row = next((at for at, becomes in choices.lines.items() if becomes is Becomes.HEADINGS), None)
        if row is not None and row < len(self.rows) and (self.header is None or row != self.header[0]):
            found = columns_of(self.rows[row])
            below = guessed_columns(self.rows[row + 1 :])
            columns = found if "name" in found or "surname" in found else {**below, **found}
            source = replace(self, header=(row, 1), columns=columns)
        elif self.header is not None and choices.lines.get(self.header[0], Becomes.HEADINGS) is not Becomes.HEADINGS:
            source = replace(self, header=None)
        if choices.columns is not None:
            columns = {name: at for at, name in choices.columns.items() if name in COLUMN_WORDS}
            source = replace(source, columns=columns)
        return source

    def read(self, choices: Choices = NO_CHOICES) -> tuple[Beforehand, PanelistsTable]:
        """Return what each row becomes, and the members in the list."""
        source = self.chosen(choices)
        named = source.columns.get("name", -1)
        turned = are_turned_round(row[named] for row in source.body if 0 <= named < len(row) and row[named].strip())
        ticked = ticked_column(source.columns, source.body)
        lines: list[FileLine] = []
        people: list[tuple[Sequence[str], Mapping[str, str], PanelistRow]] = []
        known: set[str] = set()
        for at, row in enumerate(source.rows):
            shown = tuple(map(clean_cell, row))
            if not any(shown):
                continue
            becomes, why = source.becomes(at)
            said = choices.lines.get(at)
            if said is not None and becomes is not Becomes.HEADINGS:
                becomes, why = said, tr("zo gekozen") if said is Becomes.OUT else ""
            text = ""
            if becomes is Becomes.MEMBER:
                row = [source.name_in(cell, turned) if n == named else cell for n, cell in enumerate(row)]
                if ticked is not None and not "".join(row[ticked : ticked + 1]).strip(" -–—"):
                    row = [*row[:ticked], *[""] * (ticked - len(row)), _NOT_TICKED, *row[ticked + 1 :]]
                cells = cells_of(row, source.columns)
                member = member_of(cells)
                text = member_in_words(member) if member is not None else ""
                if member is None:
                    becomes, why = Becomes.OUT, tr("geen naam, organisatie of functie")
                elif row[named : named + 1] and text in known and said is None:
                    becomes, text, why = Becomes.OUT, "", tr("staat al in de lijst")
                else:
                    known.add(text)
                    people.append((row, cells, member))
            lines.append(FileLine(at, shown, becomes, text, why))
        reaching = [at for at in range(source.width) if form_of_column(source.body, at) in PERSONAL]
        table = table_of(people, source.columns, source.headings, reaching)
        look = Beforehand(tuple(lines), OFFERS, (*table.messages, *self.told), shape=source.shape)
        return look, PanelistsTable(table.rows, (*look.left_out(), *look.told))

    def table(self) -> PanelistsTable:
        """Return the members in it."""
        return self.read()[1]

    def people(self) -> Iterator[PanelistRow]:
        """Yield the members in it, without looking further than is asked."""
        rows = (row for at, row in enumerate(self.rows) if any(row) and self.becomes(at)[0] is Becomes.MEMBER)
        return (member for row in rows if (member := member_of(cells_of(row, self.columns))) is not None)

    def becomes(self, at: int) -> tuple[Becomes, str]:
        """Return what a row is by its form, and why it is left out."""
        row = self.rows[at]
        cells = filled(row)
        if self.header is not None:
            first, count = self.header
            if first <= at < first + count:
                return Becomes.HEADINGS, ""
            if at < first:
                return Becomes.OUT, tr("staat boven de koppen")
            if [fold(cell) for cell in row] == [fold(cell) for cell in self.rows[first]]:
                return Becomes.OUT, tr("de koppen, nog eens")
        if self.header is not None and at >= self._end:
            return Becomes.OUT, tr("staat in een andere tabel")
        if is_code_row(row):
            return Becomes.OUT, tr("codes van het programma waar de tabel uit komt")
        if is_total(cells[0][1]):
            return Becomes.OUT, tr("een totaal")
        return (Becomes.OUT, tr("een tussenkop")) if self._is_section(cells) else (Becomes.MEMBER, "")

    @staticmethod
    def name_in(cell: str, turned: bool) -> str:
        """Return a name in order, without what a program for meetings writes behind it."""
        return put_in_order(GUEST.sub("", cell), turned=turned)

    @cached_property
    def _end(self) -> int:
        """The first row of another table below the list, with headings of its own."""
        first = sum(self.header) if self.header else len(self.rows)
        heads = [fold(cell) for cell in self.rows[self.header[0]]] if self.header else []
        for at in range(first, len(self.rows)):
            row, cells = self.rows[at], filled(self.rows[at])
            apart = len(filled(self.rows[at - 1])) < 2 < 1 + len(cells)
            if apart and names_people(cells[0][1]) and [fold(cell) for cell in row] != heads:
                above = [before for before in range(first, at) if len(filled(self.rows[before])) > 1]
                return above[-1] + 1 if above else at
        return len(self.rows)

    def _is_section(self, cells: Sequence[tuple[int, str]]) -> bool:
        """Return whether a row is a heading above members: one cell, or the same in all of them, that is no name."""
        words = {fold(cell) for _, cell in cells}
        if len(words) != 1 or len(self.columns) < 2:
            return False
        text = cells[0][1].strip()
        if len(cells) > 1 or text.endswith(":") or is_sector(text):
            return True
        shouted = sum(map(str.isalpha, text)) > 2 and text.isupper()
        at = cells[0][0]
        names = [row[at] for row in self.body if len(filled(row)) > 1 and at < len(row) and row[at].strip()]
        others_shout = any(name.isupper() for name in names)
        others_longer = names and all(len(name.split()) > 1 for name in names)
        return bool((shouted and not others_shout) or (others_longer and len(text.split()) == 1))


def _found(rows: Rows) -> ListSource | None:
    """Return a list with its headings, in one row or two; None if no row of headings has a column of names."""
    header = find_header(rows)
    if header is None:
        return None
    number, columns = header
    joined = joined_headings(rows, number, columns)
    if joined is not None:
        return ListSource(rows, (number, 2), columns_of(joined))
    if number and (grouped := grouped_headings(rows, number - 1)):
        return ListSource(rows, (number - 1, 2), columns_of(grouped))
    body = rows[number + 1 :]
    columns = without_meeting_roles(without_answers(columns, body), body)
    return ListSource(rows, (number, 1), with_presence(columns, body))


def _guessed(rows: Rows) -> ListSource:
    bare: Rows = [[_BULLET.sub("", cell) if number == 0 else cell for number, cell in enumerate(row)] for row in rows]
    bare = _lines_as_rows(bare)
    if looks_like_headings(bare, 0):
        # The words are unknown, but the row differs from all below it.
        return ListSource(bare, (0, 1), guessed_columns(bare[1:]))
    return ListSource(bare, None, guessed_columns(bare))


def _lines_as_rows(rows: Rows) -> Rows:
    """Return rows in which a surname and the first name behind its comma are one cell, and a dash parts two."""
    texts = [", ".join(filled_cell for _, filled_cell in filled(row)) for row in rows]
    if max(map(len, rows), default=0) == 2 and all(map(looks_like_name, texts)) and any(map(is_turned_round, texts)):
        return [[text] for text in texts]
    if all(len(filled(row)) == 1 for row in rows):
        parts = [_DASH.split(text) for text in texts]
        if sum(len(row) > 1 for row in parts) >= _MOSTLY * len(parts):
            return parts
    return rows


def _is_list(rows: Rows) -> bool:
    """Return whether rows without headings can be a list of people: of more cells than one, or of names."""
    if any(_several(row) for row in rows):
        return True
    cells = [_BULLET.sub("", cell) for row in rows for _, cell in filled(row)]
    people = [cell for cell in cells if is_full_name(_DASH.split(cell)[0])]
    return len(cells) > 1 and len(people) >= _MOSTLY * len(cells)


def _rows_of_text(text: str) -> list[list[str]]:
    """Return the rows of a text; of the line To of a mail, each name with its address is a row."""
    return _addressed(text) or read_rows(text, _headings)


def _addressed(text: str) -> list[list[str]]:
    """Return each name with its address in the line To of a mail; empty for any other text."""
    if text.count("@") * _LONGEST_ENTRY < len(text):
        # Running text, in which the search for one would take long.
        return []
    rest = _ADDRESS.sub("", _ADDRESSED.sub("", text))
    parts = list(filter(None, map(str.strip, text.split(";"))))
    named = [(part, _PART.fullmatch(part)) for part in parts]
    if len(parts) > 1 and all(one or _ADDRESS.fullmatch(part) for part, one in named) and any(one for _, one in named):
        return [[(one[1] or one[2] or "").strip(), one[3]] if one else ["", part] for part, one in named]
    if _ADDRESSED.search(text) and not any(map(str.isalpha, re.sub(r"(?i)\b(?:aan|to|b?cc)\b", "", rest))):
        return [[(entry[1] or entry[2] or "").strip(), entry[3] or entry[0]] for entry in _ENTRY.finditer(text)]
    return []


def read_source(path: Path, *, guess: bool = True) -> ListSource:
    """Read a list from a file, distinguished by content, not by name.

    `guess`: without headings, guess the columns from their cells; the user reviews the result.

    Raises:
        ExchangeError: it can't be read, is another kind of file, or has no column with names.
    """
    return list_in(OfficeFile(read_bytes(path), path.name), guess=guess)


def list_in(file: OfficeFile, *, guess: bool = True) -> ListSource:
    """Return the list in the bytes of a file; see `read_source`."""
    sheets, told = _sheets(file)
    source = _of_sheets(sheets, file.name, guess=guess)
    return replace(source, told=(*source.told, *told))


def _sheets(file: OfficeFile) -> tuple[list[Sheet], tuple[str, ...]]:
    """Return the tables in a file, and messages about the file."""
    if is_archive(file.content):
        if file.is_workbook or file.document is None:
            # It refuses what is neither.
            book = file.workbook
            macros = (tr("Het bestand bevat macro's; die zijn niet uitgevoerd."),) if book.macros else ()
            # In our own workbook the notes, with who says them, stand before the members.
            sheets = sorted(book.sheets, key=lambda sheet: (sheet.hidden, sheet.title != _OWN_SHEET))
            return [replace(sheet, told=book.told(sheet)) for sheet in sheets], macros
        return _grids(file.document), file.document.told
    text = decode(file.content, file.name)
    refuse_code(text, file.name)
    if is_rtf(text):
        text = text_of_rtf(text)
    elif has_table(text):
        return _grids(plain_document(text)), ()
    rows, told = rows_of_html(text) if looks_like_html(text) else (_rows_of_text(text), ())
    return [Sheet("", tuple(map(tuple, rows)), cut=len(rows) > MOST_ROWS)], told


def _grids(document: FileText) -> list[Sheet]:
    """Return the tables of a document, or else its lines as one: names on lines of their own, with tabs."""
    grids = [Sheet(grid.title, grid.rows) for grid in document.grids]
    lines = [block.text for block in document.blocks if not isinstance(block, Grid) and not block.level]
    return grids or [Sheet("", tuple(map(tuple, _rows_of_text("\n".join(lines)))))]


def _several(row: Sequence[str]) -> bool:
    return sum(1 for cell in row if cell.strip()) > 1


def _of_sheets(sheets: Sequence[Sheet], name: str, *, guess: bool) -> ListSource:
    for sheet in sheets:
        source = _found(sheet.rows)
        if source is None:
            if sheet.cut and len(sheets) == 1:
                raise _too_long(name)
            continue
        if sheet.cut:
            raise _too_long(name)
        # Formulas without stored results look like empty cells.
        if any(row.name for row in source.people()):
            return replace(source, told=sheet.told)
        if sheet.uncomputed:
            raise ExchangeError(
                tr(
                    "Het blad «{title}» in «{name}» bestaat uit formules waarvan de uitkomst niet is bewaard.",
                    title=sheet.title,
                    name=name,
                ),
                _UNTOUCHED,
                tr("Open het bestand in Excel, bewaar het en probeer het opnieuw."),
            )
        if any(source.people()):
            return replace(source, told=sheet.told)
        raise _no_people(name)
    seen = next((sheet for sheet in sheets if not sheet.hidden and _is_list(sheet.rows)), None)
    if guess and seen is not None and not seen.cut:
        guessed = _guessed([row for row in seen.rows if any(map(str.strip, row))])
        return replace(guessed, told=(tr(_NO_HEADINGS), *seen.told))
    raise _no_names(name, sheets[0].rows if sheets else ())


def pasted_source(text: str) -> ListSource:
    """Read a paste from Excel, Word, e-mail or a web page, with or without headings; a line of one cell is a name."""
    if looks_like_html(text):
        rows: Rows = rows_of_html(text)[0][:MOST_ROWS]
    elif has_table(text):
        rows = _grids(plain_document(text))[0].rows[:MOST_ROWS]
    elif addressed := _addressed(text):
        rows = [[name or name_in_address(address)] for name, address in addressed if name or name_in_address(address)]
    elif "<" in text and (entries := _ADDRESSED.findall(text)):
        names = [(quoted or plain).strip(" \"'") for quoted, plain, _ in entries]
        rows = [[name] for name in names if name]
    else:
        rows = read_rows(clean_text(text).strip("\n"), _headings)[:MOST_ROWS]
    return _found(rows) or _guessed(rows)
