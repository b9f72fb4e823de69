"""Reads a file of notes in any format: Markdown, plain text, Word, csv, Excel, or a REFI-QDA project."""

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
    """The content of a file of notes: notes by panel, or a whole project; `told`: messages about the file itself.

    `table`: the table that the notes are from, whose columns the user may assign differently.
    """

    files: tuple[NotesFile, ...] = ()
    project: RefiProject | None = None
    table: TableSource | None = None
    told: tuple[str, ...] = ()

    def one_for(self, title: str) -> NotesFile:
        """Return the notes for one panel: those of the only panel in the file, or of the panel with this title.

        Raises:
            ExchangeError: the file has several panels, and none with this title.
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
    """Read a file of notes; its format is recognised from the content, only csv from the extension.

    Args:
        path: the file.
        columns: for a table, the headings by key of `notes_table.COLUMNS`.
        guess: a table without a recognised column of notes is no error, but gives no notes yet.

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

        file, messages = read_docx(content, name)
        return NotesSource((file,), told=messages)
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
    """Return the notes of a table; none until the column of notes is known."""
    if "text" not in table.columns:
        return NotesSource(table=table, told=table.told)
    notes = table.notes()
    return NotesSource(notes.files, table=table, told=notes.told)
