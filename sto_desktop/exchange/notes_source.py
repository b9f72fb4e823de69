"""Reads a file of notes in any format: text, Word, OpenDocument, captions, tables, or a REFI-QDA project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sto_desktop.archive import Archive, is_archive
from sto_desktop.domain.capture.pasted import headings_in
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.live.pasted_turns import PastedLine
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.people import NameIndex, fold, name_index
from sto_desktop.exchange.files.captions import caption_format, read_captions
from sto_desktop.exchange.files.csv_file import MOST_ROWS, looks_delimited, read_rows
from sto_desktop.exchange.files.document import FileText
from sto_desktop.exchange.files.html_table import document_of_html, looks_like_html
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Beforehand, Choices, FileLine, shape_of
from sto_desktop.exchange.files.plain_document import plain_document
from sto_desktop.exchange.files.rtf import document_of_rtf, is_rtf
from sto_desktop.exchange.files.table_export import unharmed
from sto_desktop.exchange.files.text_file import decode, read_bytes, refuse_code
from sto_desktop.exchange.files.workbook import OfficeFile
from sto_desktop.exchange.notes.findings import FINDINGS, FindingsTable, findings_table
from sto_desktop.exchange.notes.lines.chats import message_of
from sto_desktop.exchange.notes.lines.clutter import begins_mail
from sto_desktop.exchange.notes.lines.front import bare
from sto_desktop.exchange.notes.lines.senders import ends_letter, sender_in
from sto_desktop.exchange.notes.lines.spoken import NotesFile
from sto_desktop.exchange.notes.lines.turns import name_like, turn_of
from sto_desktop.exchange.notes.notes_columns import header_of, meanings_of
from sto_desktop.exchange.notes.notes_file import OFFERS, NotesReading
from sto_desktop.exchange.notes.notes_table import NotesTable, TableSource, source_of_rows
from sto_desktop.exchange.notes.own_minutes import OwnMinutes, is_own_minutes
from sto_desktop.exchange.refi.refi_read import RefiProject
from sto_desktop.language import listed, tr, tr_later

_UNTOUCHED = tr_later("Er is niets overgenomen.")


_Seen = tuple[Beforehand, tuple[NotesFile, ...]]


@dataclass(frozen=True)
class NotesSource:
    """A file of notes as read: a document, a table, or a whole project; `told`: messages about the file itself.

    `findings`: tables of insights and recommendations, beside the table of notes or alone.
    """

    document: FileText | None = None
    project: RefiProject | None = None
    table: TableSource | None = None
    told: tuple[str, ...] = ()
    findings: tuple[FindingsTable, ...] = ()
    _read_before: list[tuple[Choices, PanelContent | None, _Seen]] = field(default_factory=list, compare=False)

    @property
    def about(self) -> tuple[str, ...]:
        """Messages about the file and its table."""
        return tuple(dict.fromkeys((*self._files(NO_CHOICES, None)[0].told, *self.told)))

    @cached_property
    def files(self) -> tuple[NotesFile, ...]:
        """The notes by panel, as they are without knowing a panel; none until a table's column of notes is known."""
        return self._files(NO_CHOICES, None)[1]

    def _files(self, choices: Choices, content: PanelContent | None) -> _Seen:
        """Return the look and the notes; thousands of rows that were read once are not read again."""
        # A table says the same for every panel.
        content = content if self.document is not None else None
        for chosen, panel, read in self._read_before:
            if chosen == choices and panel is content:
                return read
        read = self._read(choices, content)
        self._read_before[:] = [(choices, content, read)]
        return read

    def _read(self, choices: Choices, content: PanelContent | None) -> _Seen:
        if self.document is not None and is_own_minutes(self.document):
            own = OwnMinutes(self.document, choices)
            return own.look, (own.file,)
        if self.document is not None:
            reading = NotesReading(self.document, content, choices)
            return reading.look, (reading.file,)
        return self._tables(choices)

    def _tables(self, choices: Choices) -> _Seen:
        of_notes = {number: one for number, one in choices.lines.items() if one not in FINDINGS}
        lines: tuple[FileLine, ...] = ()
        notes = NotesTable(())
        if self.table is not None:
            lines, notes = self.table.read(Choices(of_notes, {}, choices.columns))
        if not self.findings:
            assert self.table is not None
            return Beforehand(lines, OFFERS, notes.told, shape=self.table.shape), notes.files
        first = len(self.table.rows) if self.table else 0
        files = {file.title: file for file in notes.files}
        for table in self.findings:
            more, found = table.read(choices, first)
            lines, first = (*lines, *more), first + len(table.rows)
            for one in found:
                file = files.setdefault(one.panel, NotesFile(title=one.panel, subregion=one.subregion))
                files[one.panel] = replace(file, findings=(*file.findings, one))
        offers = (*(OFFERS if self.table else (Becomes.OUT,)), *(table.kind for table in self.findings))
        look = Beforehand(lines, offers, notes.told, shape=shape_of("findings", ()))
        return look, tuple(files.values())

    def seen(self, content: PanelContent, choices: Choices = NO_CHOICES) -> tuple[Beforehand, NotesFile]:
        """Return the look beforehand at a file for a panel, and the notes for it.

        Raises:
            ExchangeError: the file has several panels, and none with the title of this one.
        """
        look, files = self._files(choices, content)
        told = (*look.told, *(one for one in self.told if one not in look.told))
        if not files:
            return replace(look, told=told), NotesFile()
        file = _one_for(files, content.panel.title)
        if len(files) > 1:
            look = replace(look, lines=tuple(self._of_panel(look.lines, file.title, choices)))
        reading = NotesReading(FileText(()), content)
        return replace(look, told=told, newcomers=look.newcomers or reading.newcomers_of(file)), file

    def of_others(self, title: str, choices: Choices = NO_CHOICES) -> bool:
        """Return whether the notes are of several panels, none of which has this title."""
        files = self._files(choices, None)[1] if self.document is None else ()
        return len(files) > 1 and all(fold(file.title) != fold(title) for file in files)

    def by_panel(self, choices: Choices = NO_CHOICES) -> _Seen:
        """Return the look beforehand at a file of several panels, and the notes of each."""
        look, files = self._files(choices, None)
        return replace(look, told=tuple(dict.fromkeys((*look.told, *self.told)))), files

    def _of_panel(self, lines: Iterable[FileLine], title: str, choices: Choices) -> Iterator[FileLine]:
        """Yield the lines, with those of other panels left out."""
        meanings = self.table.chosen(choices).meanings if self.table is not None else {}
        column = next((at for at, meaning in meanings.items() if meaning == "panel"), None)
        for line in lines:
            panel = "" if column is None else "".join(line.cells[column : column + 1])
            if line.becomes is Becomes.NOTE and fold(panel) != fold(title):
                why = tr("van panel «{title}»", title=panel) if panel else tr("van geen panel")
                line = replace(line, becomes=Becomes.OUT, text="", why=why)
            yield line


def _one_for(files: tuple[NotesFile, ...], title: str) -> NotesFile:
    if len(files) == 1:
        return files[0]
    for file in files:
        if fold(file.title) == fold(title):
            return file
    names = ", ".join(f"«{file.title}»" for file in files if file.title)
    raise ExchangeError(
        tr("In het bestand staan notities van meer panels: {names}.", names=names),
        tr("Er is niets overgenomen."),
        tr("Geef dit panel een van die titels, of bewaar de notities van één panel in een eigen bestand."),
    )


def read_notes_source(path: Path, columns: Mapping[str, str] | None = None, *, guess: bool = False) -> NotesSource:
    """Read a file of notes; its format is recognised from the content, only csv from the extension.

    Args:
        path: the file.
        columns: for a table, the headings by key of `notes_columns.COLUMNS`.
        guess: a table without a recognised column of notes is no error, but gives no notes yet.

    Raises:
        ExchangeError: it can't be read, is another kind of file, or could do harm.
    """
    return source_in(read_bytes(path), path.name, columns, guess=guess)


def source_in(
    content: bytes, name: str, columns: Mapping[str, str] | None = None, *, guess: bool = False
) -> NotesSource:
    """Return the notes in the bytes of a file; see `read_notes_source`."""
    return notes_in(OfficeFile(content, name), columns, guess=guess)


def notes_in(file: OfficeFile, columns: Mapping[str, str] | None = None, *, guess: bool = False) -> NotesSource:
    """Return the notes in a file that was opened; see `read_notes_source`."""
    content, name = file.content, file.name
    if is_archive(content):
        return _of_archive(file, columns, guess)
    # What rich text holds of pictures may have null bytes; its words are in ASCII.
    text = decode(content.replace(b"\x00", b"") if content.startswith(b"{\\rtf") else content, name)
    if form := caption_format(text):
        return NotesSource(read_captions(text, form, name))
    if is_rtf(text):
        return _of_document(document_of_rtf(text))
    if text.lstrip("\ufeff \r\n\t").startswith(("<?xml", "<Project", "<CodeBook")):
        return _of_xml(content, name)
    if looks_like_html(text):
        return _of_document(document_of_html(text))
    refuse_code(text, name)
    if columns or Path(name).suffix.lower() in (".csv", ".tsv") or looks_delimited(text):
        return _of_rows(name, _delimited(text, columns or {}), columns, guess)
    return NotesSource(plain_document(text))


def _of_archive(file: OfficeFile, columns: Mapping[str, str] | None, guess: bool) -> NotesSource:
    if file.is_workbook:
        return _of_workbook(file, columns, guess)
    name = file.name
    entries = {entry.lower() for entry in Archive(file.content, name).entries}
    if any("/" not in entry and entry.endswith(".qde") for entry in entries):
        from sto_desktop.exchange.refi.refi_read import read_project

        return NotesSource(project=read_project(file.content, name))
    if file.document is not None:
        return _of_document(file.document)
    raise ExchangeError(
        tr("«{name}» is geen bestand met notities dat het programma kent.", name=name),
        tr("Er is niets overgenomen."),
        tr("Kies een bestand in Word (.docx), Excel (.xlsx), csv, tekst of REFI-QDA (.qdpx)."),
    )


def _of_document(document: FileText) -> NotesSource:
    return NotesSource(document, told=document.told)


def _of_xml(content: bytes, name: str) -> NotesSource:
    from sto_desktop.exchange.refi.refi_read import read_bare_project

    return NotesSource(project=read_bare_project(content, name))


def _delimited(text: str, columns: Mapping[str, str]) -> list[list[str]]:
    def headings(rows: list[list[str]]) -> int:
        header = header_of(rows, columns)
        return 0 if header is None else 1 + len(meanings_of(rows, header, columns))

    return [[unharmed(cell) for cell in row] for row in read_rows(text, headings)]


def _of_rows(
    name: str,
    rows: list[list[str]],
    columns: Mapping[str, str] | None,
    guess: bool,
    told: tuple[str, ...] = (),
) -> NotesSource:
    if len(rows) > MOST_ROWS:
        raise _too_long(name)
    if found := findings_table(rows):
        return NotesSource(told=told, findings=(found,))
    return _checked(source_of_rows(name, of_highlights(rows), columns, told), guess)


def of_highlights(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows of Taguette's csv with one row for each highlight: it has one for each of its labels."""
    names = [fold(cell) for cell in rows[0]] if rows else []
    if not {"id", "tag", "content"} <= set(names):
        return rows
    of_id, of_tag = names.index("id"), names.index("tag")
    kept: dict[str, list[str]] = {}
    for row in rows[1:]:
        if len(row) < len(names):
            continue
        before = kept.get(row[of_id])
        if before is None:
            kept[row[of_id]] = list(row)
        else:
            before[of_tag] = ", ".join(filter(None, (before[of_tag], row[of_tag])))
    heads = ["panel" if name == "document" else name for name in names]
    return [heads, *kept.values()]


def _of_workbook(file: OfficeFile, columns: Mapping[str, str] | None, guess: bool) -> NotesSource:
    book, name = file.workbook, file.name
    if book.macros:
        raise ExchangeError(
            tr("«{name}» bevat macro's (kleine programma's) en wordt niet gelezen.", name=name),
            _UNTOUCHED,
            tr("Open het in Excel, kies Opslaan als, en bewaar het als Excel-werkmap (.xlsx)."),
        )
    sheets = [sheet for sheet in book.sheets if any(map(any, sheet.rows)) and not sheet.hidden] or list(book.sheets)
    found = {sheet: table for sheet in sheets if (table := findings_table(sheet.rows))}
    tables = [(sheet, source_of_rows(name, sheet.rows, columns)) for sheet in sheets if sheet not in found]
    # Of several sheets, the first with notes; or else the first that is not empty, whose column the user chooses.
    others = tables[:1] if not found else []
    read = [*[found for found in tables if found[1].has_words][:1], *others][:1]
    if not read and not found:
        raise _no_column(name, ())
    if any(sheet.cut for sheet in (*found, *(sheet for sheet, _ in read))):
        raise _too_long(name)
    told = book.told(*(sheet for sheet, _ in read), *found)
    tabled = [replace(table, told=told) for _, table in read]
    if found:
        return NotesSource(table=tabled[0] if tabled else None, told=told, findings=tuple(found.values()))
    return _checked(tabled[0], guess)


def _checked(table: TableSource, guess: bool) -> NotesSource:
    table = table if table.has_words else table.with_answers()
    if not guess and not table.has_words:
        raise _no_column(table.name, table.rows)
    source = NotesSource(table=table, told=table.told)
    if not guess and not source.files:
        raise ExchangeError(
            tr("In «{name}» staan geen notities.", name=table.name),
            _UNTOUCHED,
            tr("Zet elke notitie op een eigen regel."),
        )
    return source


def _too_long(name: str) -> ExchangeError:
    return ExchangeError(
        tr("«{name}» heeft meer dan {most} regels.", name=name, most=MOST_ROWS),
        _UNTOUCHED,
        tr("Verdeel het over een paar kleinere bestanden."),
    )


def _no_column(name: str, rows: object) -> ExchangeError:
    cells = next((row for row in rows if any(cell.strip() for cell in row)), ())  # type: ignore[attr-defined]
    first_cells = listed(f"«{' '.join(cell.split())[:30]}»" for cell in cells[:12] if cell.strip())
    return ExchangeError(
        tr("In «{name}» is geen kolom «Notitie» gevonden", name=name)
        + (tr("; bovenaan staat {seen}.", seen=first_cells) if first_cells else "."),
        _UNTOUCHED,
        tr("Zet boven de tabel de koppen Thema, Vraag, Soort, Notitie en Zegt, of kies een kolom met --kolom."),
    )


_STANDS_OUT = frozenset("*_0123456789")
_LONGEST_NAME = 60


def pasted_source(text: str, members: Sequence[Panelist]) -> tuple[tuple[PastedLine, ...], tuple[str, ...]] | None:
    """Return the notes of a pasted letter, mail or chat, as a file with this text has them, and its lines that are
    none; None for any other text, such as a list.
    """
    names = name_index(members)
    if not any(_may_tell_of_whom(line, names) for line in text.split("\n")):
        return None
    reading = NotesReading(plain_document(text), pasted=members)
    if not reading.tells_of_whom or any(len(line.cells) > 1 for line in reading.lines):
        return None
    heads = headings_in(text)
    notes = [
        line for line in reading.lines if line.becomes is not Becomes.OUT and line.text and line.shown not in heads
    ]
    others = tuple(line.shown for line in reading.lines if line not in notes)
    return tuple(_as_pasted(line, names) for line in notes), others


def _may_tell_of_whom(line: str, names: NameIndex) -> bool:
    line = line.strip()
    if (turn := turn_of(line)) is not None and turn.above:
        return bool(names.meant(turn.speaker))
    # A name alone that stands out or has a number: without these, a list has it as its own.
    if line[:1] in _STANDS_OUT and len(line) < _LONGEST_NAME and names.meant(bare(line).strip("*_: ")):
        return True
    if (message := message_of(line)) is not None and message.parted:
        return True
    sender = sender_in(line)
    return begins_mail(line) or ends_letter(line)[0] or (bool(sender) and name_like(sender))


def _as_pasted(line: FileLine, names: NameIndex) -> PastedLine:
    labels = list(filter(None, line.speaker.split(", ")))
    meant = {label: names.meant(label.removeprefix("stoel ")) for label in labels}
    under = tuple(dict.fromkeys(found[0].id for found in meant.values() if len(found) == 1))
    return PastedLine(line.text, under, next((label for label in labels if len(meant[label]) != 1), ""))
