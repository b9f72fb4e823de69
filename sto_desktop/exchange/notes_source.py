"""A file of notes in whatever form: Markdown, plain text, Word, csv, Excel, or a REFI-QDA project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sto_desktop.archive import Archive, is_archive
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.people import fold
from sto_desktop.exchange.files.text_file import decode, read_bytes
from sto_desktop.exchange.notes.notes_file import NotesFile, read_notes
from sto_desktop.exchange.notes.notes_table import TableSource
from sto_desktop.exchange.refi.refi_read import RefiProject
from sto_desktop.language import tr


@dataclass(frozen=True, slots=True)
class NotesSource:
    """What a file of notes holds: notes by panel, or a whole project; `told`: sentences about the file itself.

    `table`: the table that the notes are from, of which somebody may say otherwise what its columns are.
    """

    files: tuple[NotesFile, ...] = ()
    project: RefiProject | None = None
    table: TableSource | None = None
    told: tuple[str, ...] = ()

    def one_for(self, title: str) -> NotesFile:
        """Return the notes that are meant for one panel: the only ones, or those under its title.

        Raises:
            ExchangeError: there are several, and none under this title.
        """
        if len(self.files) == 1:
            return self.files[0]
        for file in self.files:
            if fold(file.title) == fold(title):
                return file
        names = ", ".join(f"«{file.title}»" for file in self.files if file.title)
        raise ExchangeError(
            tr("In het bestand staan notities van meer panels: {names}.", names=names),
            tr("Er is niets overgenomen."),
            tr("Geef dit panel een van die titels, of bewaar de notities van één panel in een eigen bestand."),
        )


def read_notes_source(path: Path, columns: Mapping[str, str] | None = None, *, guess: bool = False) -> NotesSource:
    """Read a file of notes; which form it has tells its content, and only for csv its name.

    Args:
        path: the file.
        columns: of a table, headings by what they hold (see `notes_table.COLUMNS`).
        guess: a table of which nothing says what the notes are is no error, but has no notes yet.

    Raises:
        ExchangeError: it can't be read, is another kind of file, or could do harm.
    """
    content, name = read_bytes(path), path.name
    if is_archive(content):
        return _of_archive(Archive(content, name), content, name, columns, guess)
    if columns or path.suffix.lower() in (".csv", ".tsv"):
        return _table(content, name, columns, guess)
    return NotesSource((read_notes(decode(content, name)),))


def _of_archive(
    archive: Archive, content: bytes, name: str, columns: Mapping[str, str] | None, guess: bool
) -> NotesSource:
    entries = {entry.lower() for entry in archive.entries}
    if any("/" not in entry and entry.endswith(".qde") for entry in entries):
        from sto_desktop.exchange.refi.refi_read import read_project

        return NotesSource(project=read_project(content, name))
    if "word/document.xml" in entries:
        from sto_desktop.exchange.notes.notes_docx import read_docx

        file, told = read_docx(content, name)
        return NotesSource((file,), told=told)
    if "xl/workbook.xml" in entries:
        return _table(content, name, columns, guess)
    raise ExchangeError(
        tr("«{name}» is geen bestand met notities dat het programma kent.", name=name),
        tr("Er is niets overgenomen."),
        tr("Kies een bestand in Word (.docx), Excel (.xlsx), csv, tekst of REFI-QDA (.qdpx)."),
    )


def _table(content: bytes, name: str, columns: Mapping[str, str] | None, guess: bool) -> NotesSource:
    from sto_desktop.exchange.notes.notes_table import table_source

    return of_table(table_source(content, name, columns, guess=guess))


def of_table(table: TableSource) -> NotesSource:
    """Return the notes of a table; without any as long as nobody said in which column they stand."""
    if "text" not in table.columns:
        return NotesSource(table=table, told=table.told)
    notes = table.notes()
    return NotesSource(notes.files, table=table, told=notes.told)
