"""Reads the sheets of an untrusted spreadsheet (xlsx, xls, ods) as rows of text, as a person sees them: values only."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sto_desktop.archive import OLD_OFFICE, Archive, damaged, locked, packed, refuse_locked
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.typed import whole_number
from sto_desktop.exchange.files.csv_file import MOST_ROWS
from sto_desktop.exchange.files.document import FileText
from sto_desktop.exchange.files.open_document import is_odt, read_odt, seen_ods
from sto_desktop.exchange.files.sheet_view import SeenSheet, main_part, sheet_parts, views_of
from sto_desktop.language import counted, listed, tr, tr_later

# Far more than any list of people or notes; a sheet that claims more is damaged or made to exhaust memory.
MOST_CELLS = 4_000_000
# Bytes: a sheet can be a thousand times larger when unpacked.
_LARGEST_UNPACKED = 100_000_000
_UNTOUCHED = tr_later("Er is niets overgenomen.")
_AS_XLSX = tr_later("Open het in Excel, kies Opslaan als, en bewaar het als Excel-werkmap (.xlsx) of als CSV.")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
# The stream of an old workbook, in its directory of streams.
_BOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
# Error values such as #N/A are no content.
_ERROR = re.compile(r"#(?:N/[AB]|[A-Z]{3,7}[!?]|DIV/0!)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with the rows that are seen, as text; `numbers`: their numbers in the file, from 1.

    `cut`: it has more than the `MOST_ROWS` that are read. `told`: what of it was not read. `uncomputed`: it has
    formulas whose outcome was never saved.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    cut: bool = False
    hidden: bool = False
    uncomputed: bool = False
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficeFile:
    """The bytes of a spreadsheet or document, read once for whoever asks what stands in it."""

    content: bytes
    name: str

    @cached_property
    def is_workbook(self) -> bool:
        """Whether it is a spreadsheet."""
        return is_workbook(self.content, self.name)

    @cached_property
    def workbook(self) -> Workbook:
        """Its sheets; see `read_workbook`, which refuses any other file."""
        return read_workbook(self.content, self.name)

    @cached_property
    def document(self) -> FileText | None:
        """What stands in it as a document; None if it is none."""
        from sto_desktop.exchange.files.word import is_docx, read_docx

        archive = Archive(self.content, self.name)
        if is_docx(archive):
            return read_docx(archive)
        return read_odt(archive) if is_odt(archive) else None


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a file, those that are seen first; `macros`: it has macros, which were not run."""

    sheets: tuple[Sheet, ...]
    macros: bool = False

    def told(self, *read: Sheet) -> tuple[str, ...]:
        """Return what was not read, if only these sheets were."""
        return (*(message for sheet in read for message in sheet.told), *self._others(read), *self._hidden(read))

    def _others(self, read: Sequence[Sheet]) -> Iterator[str]:
        names = [f"«{other.title}»" for other in self.sheets if other not in read and _has_rows(other, hidden=False)]
        if names:
            yield counted(
                len(read),
                "Alleen het blad {titles} is gelezen, {others} niet.",
                "Alleen de bladen {titles} zijn gelezen, {others} niet.",
                titles=listed(f"«{sheet.title}»" for sheet in read),
                others=listed(names),
            )

    def _hidden(self, read: Sequence[Sheet]) -> Iterator[str]:
        count = sum(1 for other in self.sheets if other not in read and _has_rows(other, hidden=True))
        if count:
            yield counted(count, "{n} verborgen blad is niet gelezen.", "{n} verborgen bladen zijn niet gelezen.")


def _has_rows(sheet: Sheet, *, hidden: bool) -> bool:
    return sheet.hidden is hidden and any(map(any, sheet.rows))


def is_workbook(content: bytes, name: str) -> bool:
    """Return whether the content of a file is a spreadsheet that `read_workbook` reads."""
    if content.startswith(OLD_OFFICE):
        return any(stream in content for stream in _BOOK_STREAMS)
    archive = Archive(content, name, _LARGEST_UNPACKED)
    return _is_ods(archive) or _is_xlsx(archive)


def _is_ods(archive: Archive) -> bool:
    return (archive.read("mimetype") or b"").startswith(_ODS)


def _is_xlsx(archive: Archive) -> bool:
    main = main_part(archive)
    return "xl/workbook.xml" in archive.entries or (main.startswith("xl/") and main.endswith(".xml"))


def _kind_of(names: set[str]) -> str:
    kinds = {
        "xl/workbook.bin": tr("een binaire werkmap (.xlsb)"),
        "word/document.xml": tr("een Word-document"),
        "ppt/presentation.xml": tr("een presentatie"),
        "mimetype": tr("een OpenDocument-bestand dat geen werkblad is"),
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
    if content.startswith(OLD_OFFICE):
        refuse_locked(content, name)
        return Workbook(tuple(_seen_first(_sheets(content, name, {}))))
    archive = Archive(content, name, _LARGEST_UNPACKED)
    archive.refuse_doctypes()
    if _is_ods(archive):
        seen, views = seen_ods(archive)
        return Workbook(tuple(_seen_first(_sheets(seen, name, views))))
    if not _is_xlsx(archive):
        names = set(archive.entries)
        raise ExchangeError(
            tr("«{name}» is {kind_of}, geen Excel-werkmap.", name=name, kind_of=_kind_of(names)), _UNTOUCHED, _AS_XLSX
        )
    sheet_views = views_of(archive)
    sheets = _sheets(_without_far_cells(archive, sheet_views), name, sheet_views)
    pictures = any(entry.startswith(("xl/media/", "xl/charts/")) for entry in archive.entries)
    comments = any("comments" in entry.lower() for entry in archive.entries)
    about_file = tuple(_about_file(pictures, comments))
    return Workbook(tuple(_seen_first(sheets, about_file)), archive.has_macros())


def _about_file(pictures: bool, comments: bool) -> Iterator[str]:
    if pictures:
        yield tr("Afbeeldingen en grafieken in de werkmap zijn niet overgenomen.")
    if comments:
        yield tr("Opmerkingen bij cellen zijn niet overgenomen.")


def _without_far_cells(archive: Archive, views: Mapping[str, SeenSheet]) -> bytes:
    """Return the workbook without cells beyond what is read: its reader keeps the whole area up to the last cell."""
    far = [part for title, part in sheet_parts(archive).items() if views[title].extent > MOST_CELLS]
    if not far:
        return archive.repacked()
    parts = archive.parts()
    return packed(parts | {part: _near_cells(parts[part]) for part in far})


def _near_cells(content: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for row in list(root.iter("{*}row")):
        if whole_number(row.get("r")) > MOST_ROWS + 1:
            row.getparent().remove(row)
            continue
        for cell in list(row)[:]:
            letters = re.match("[A-Z]*", cell.get("r") or "")
            # Two letters: as many as `csv_file.MOST_COLUMNS`.
            if letters is not None and len(letters[0]) > 2:
                row.remove(cell)
    for dimension in list(root.iter("{*}dimension")):
        dimension.getparent().remove(dimension)
    return etree.tostring(root)


@contextlib.contextmanager
def _calamine(name: str) -> Iterator[None]:
    """Turn what the reader raises on a damaged workbook into ExchangeError."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise locked(name) from error
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise damaged(name) from error
    except BaseException as error:
        # Rust's own alarm is no Exception, so that nobody swallows it; here it says that the file is damaged.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from error


def _sheets(content: bytes, name: str, views: Any) -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    with _calamine(name):
        book = load_workbook(io.BytesIO(content))
        sheets = []
        for metadata in book.sheets_metadata:
            if metadata.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(metadata.name)
            rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
            merged = sheet.merged_cell_ranges or ()
            view = views.get(metadata.name, SeenSheet())
            hidden = metadata.visible is not SheetVisibleEnum.Visible
            sheets.append(_seen(metadata.name, rows, merged, view, hidden=hidden))
        book.close()
    return sheets


def _seen(title: str, values: list[list[Any]], merged: Sequence[Any], view: SeenSheet, *, hidden: bool) -> Sheet:
    """Return the rows of a sheet without what is hidden, filtered out or struck out."""
    rows = [[_text(value) for value in row] for row in values]
    for (top, left), (bottom, right) in merged:
        _spread(rows, top, left, bottom, right)
    struck = hidden_rows = 0
    for at, column in view.struck:
        if at < len(rows) and column < len(rows[at]) and rows[at][column]:
            rows[at][column] = ""
            struck += 1
    kept, numbers = [], []
    for number, row in enumerate(rows):
        if number in view.hidden_rows:
            hidden_rows += any(row)
            continue
        kept.append(tuple(cell for at, cell in enumerate(row) if at not in view.hidden_columns))
        numbers.append(number + 1)
    hidden_columns = sum(1 for at in view.hidden_columns if any(at < len(row) and row[at] for row in rows))
    cut = len(rows) > MOST_ROWS
    told = tuple(_about(view, hidden_rows, hidden_columns, struck))
    return Sheet(title, tuple(kept[:MOST_ROWS]), tuple(numbers[:MOST_ROWS]), cut, hidden, bool(view.uncomputed), told)


def _about(view: SeenSheet, rows: int, columns: int, struck: int) -> Iterator[str]:
    if rows:
        yield counted(
            rows,
            "{n} verborgen of weggefilterde rij is niet gelezen.",
            "{n} verborgen of weggefilterde rijen zijn niet gelezen.",
        )
    if columns:
        yield counted(columns, "{n} verborgen kolom is niet gelezen.", "{n} verborgen kolommen zijn niet gelezen.")
    if struck:
        yield counted(struck, "{n} doorgestreepte cel is niet gelezen.", "{n} doorgestreepte cellen zijn niet gelezen.")
    if view.uncomputed:
        numbers = sorted({row + 1 for row, _ in view.uncomputed})
        told = listed(map(str, numbers[:8]))
        yield counted(
            len(numbers),
            "In rij {rows} staat een formule waarvan de uitkomst niet is bewaard; die cel is leeg gelezen.",
            "In de rijen {rows} staan formules waarvan de uitkomst niet is bewaard; die cellen zijn leeg gelezen.",
            rows=told,
        )
    elif view.formulas:
        yield tr("In het blad staan formules; die zijn niet uitgerekend, hun laatste uitkomst is gelezen.")


def _seen_first(sheets: Sequence[Sheet], about_file: tuple[str, ...] = ()) -> list[Sheet]:
    told = [replace(sheet, told=(*sheet.told, *about_file)) for sheet in sheets]
    return sorted(told, key=lambda sheet: sheet.hidden)


def _spread(rows: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    """Copy the first of vertically merged cells into the others; a title merged across columns stays one cell."""
    if left != right or top >= len(rows) or left >= len(rows[top]):
        return
    for row in rows[top + 1 : bottom + 1]:
        if left < len(row) and not row[left]:
            row[left] = rows[top][left]


def _text(value: Any) -> str:
    match value:
        case bool():
            return "ja" if value else "nee"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime():
            return value.strftime("%Y-%m-%d" if value.time() == dt.time() else "%Y-%m-%d %H:%M")
        case dt.time():
            return value.strftime("%H:%M")
        case _:
            text = str(value)
            return "" if _ERROR.fullmatch(text) else text.replace("\r\n", "\n").replace("\r", "\n")
