"""Reads notes from a table (csv, xlsx): recognises its columns, and reads each row as a note."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sto_desktop.archive import is_archive
from sto_desktop.domain.capture.language import tag_name
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.people import fold
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.typed import read_date
from sto_desktop.domain.vocabulary import NoteKind, Stance
from sto_desktop.exchange.files.csv_file import read_rows
from sto_desktop.exchange.files.table_export import unharmed
from sto_desktop.exchange.files.text_file import decode
from sto_desktop.exchange.files.workbook import MOST_ROWS, has_formulas, read_workbook
from sto_desktop.exchange.members.panelists_columns import heading
from sto_desktop.exchange.notes.notes_file import MARK_WORDS, UNASSIGNED, NotesFile, Section, Spoken
from sto_desktop.language import counted, listed, tr, tr_later

COLUMNS: Mapping[str, str] = {
    "text": "notitie|notities|tekst|uitspraak|inbreng|opmerking|opmerkingen|antwoord|reactie",
    "panel": "panel|panelgesprek|gesprek|groep",
    "subregion": "subregio|regio",
    "date": "datum",
    "theme": "thema|onderwerp|hoofdstuk",
    "question": "vraag|deelvraag",
    "kind": "soort|type|categorie|aspect",
    "says": "zegt|spreker|wie|naam|panellid|deelnemer",
    "agrees": "bijval|eens|mee eens",
    "disagrees": "tegenspraak|oneens|niet mee eens",
    "about": "over|over wie|gaat over",
    "tags": "labels|label|tags|tag|trefwoorden|trefwoord",
    "star": "ster|belangrijk",
    "parked": "geparkeerd|parkeerplaats",
    "set_aside": "opzijgelegd|opzij",
}
"""Possible headings of each column, folded."""

COLUMN_WORDS: Mapping[str, str] = {
    "text": "notitie", "panel": "panel", "subregion": "subregio", "date": "datum", "theme": "thema",
    "question": "vraag", "kind": "soort", "says": "zegt", "agrees": "bijval", "disagrees": "tegenspraak",
    "about": "over", "tags": "labels", **MARK_WORDS,
}  # fmt: skip
"""The word by which a user chooses each column."""

# Characters, the limit of a cell in Excel.
LONGEST_TEXT = 32_767
# Titles and explanations above the headings rarely take more rows.
_HEADER_WITHIN = 15
_UNTOUCHED = tr_later("Er is niets overgenomen.")
_MARKS = frozenset(("tags", *MARK_WORDS))
_VOICES = {stance.value.lower(): stance for stance in Stance}
_KINDS = {fold(name): kind for kind in NoteKind for name in (kind.word, kind.meaning.plural)}

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class NotesTable:
    """The notes of a table, one file for each panel that it names, and messages about the table itself."""

    files: tuple[NotesFile, ...]
    told: tuple[str, ...] = ()


def kind_of(text: str) -> NoteKind | None:
    """Return the kind of note for a word, singular or plural; None if there is none."""
    return _KINDS.get(fold(text))


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table as read: its rows without headings, the headings, and the index of each column.

    `told`: messages about the file itself.
    """

    name: str
    rows: Rows
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    told: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in (*self.rows, self.headings)), default=0)

    def sample(self, column: int) -> str:
        """Return the first non-empty cell of a column."""
        return next(
            (" ".join(row[column].split()) for row in self.rows if column < len(row) and row[column].strip()), ""
        )

    def notes(self) -> NotesTable:
        """Return the notes in it; ExchangeError if there are none."""
        gathered = _Gathered()
        for row in self.rows:
            cells = {column: clean_text(row[at]).strip() for column, at in self.columns.items() if at < len(row)}
            gathered.add(cells, self.columns.keys())
        if not gathered.files:
            raise ExchangeError(
                tr("In «{name}» staan geen notities.", name=self.name),
                _UNTOUCHED,
                tr("Zet elke notitie op een eigen regel."),
            )
        return NotesTable(tuple(gathered.made()), (*self.told, *gathered.told()))


def table_source(
    content: bytes, name: str, columns: Mapping[str, str] | None = None, *, guess: bool = False
) -> TableSource:
    """Return the table in a csv or xlsx file.

    Args:
        content: the file's bytes.
        name: the file's name, for messages.
        columns: headings chosen by the user, by the keys of `COLUMNS`.
        guess: if no heading is that of the notes, take the first row as headings; the user chooses the column later.

    Raises:
        ExchangeError: it can't be read, has macros, or has no column of notes.
    """
    messages: list[str] = []
    if is_archive(content):
        rows, header = _of_workbook(content, name, columns or {}, messages)
    else:
        rows = _delimited(decode(content, name), columns or {})
        header = _header(rows, columns or {})
    if len(rows) > MOST_ROWS:
        raise _too_long(name)
    if header is None:
        first = next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
        if not guess or first is None:
            raise _no_column(name, rows)
        header = first, _places(rows[first], {})
    number, places = header
    return TableSource(name, rows[number + 1 :], tuple(rows[number]), places, tuple(messages))


def _too_long(name: str) -> ExchangeError:
    return ExchangeError(
        tr("«{name}» heeft meer dan {most} regels.", name=name, most=MOST_ROWS),
        _UNTOUCHED,
        tr("Verdeel het over een paar kleinere bestanden."),
    )


def _of_workbook(
    content: bytes, name: str, columns: Mapping[str, str], messages: list[str]
) -> tuple[Rows, tuple[int, dict[str, int]] | None]:
    book = read_workbook(content, name)
    if book.macros:
        raise ExchangeError(
            tr("«{name}» bevat macro's (kleine programma's) en wordt niet gelezen.", name=name),
            _UNTOUCHED,
            tr("Open het in Excel, kies Opslaan als, en bewaar het als Excel-werkmap (.xlsx)."),
        )
    for sheet in book.sheets:
        header = _header(sheet.rows, columns)
        if header is None:
            continue
        if sheet.cut:
            raise _too_long(name)
        if has_formulas(content, name, sheet.title):
            messages.append(
                tr("In het blad staan formules; die zijn niet uitgerekend, hun laatste uitkomst is gelezen.")
            )
        other_sheets = [f"«{other.title}»" for other in book.sheets if other is not sheet and any(map(any, other.rows))]
        if other_sheets:
            messages.append(
                tr(
                    "Alleen het blad «{title}» is gelezen, {others} niet.",
                    title=sheet.title,
                    others=listed(other_sheets),
                )
            )
        return sheet.rows, header
    # No sheet has a column of notes; the user chooses one from the first sheet that is not empty.
    return next((sheet.rows for sheet in book.sheets if any(map(any, sheet.rows))), ()), None


def _no_column(name: str, rows: Rows) -> ExchangeError:
    first = next((row for row in rows if any(cell.strip() for cell in row)), ())
    first_cells = listed(f"«{' '.join(cell.split())[:30]}»" for cell in first[:12] if cell.strip())
    return ExchangeError(
        tr("In «{name}» is geen kolom «Notitie» gevonden", name=name)
        + (tr("; bovenaan staat {seen}.", seen=first_cells) if first_cells else "."),
        _UNTOUCHED,
        tr("Zet boven de tabel de koppen Thema, Vraag, Soort, Notitie en Zegt."),
    )


def _delimited(text: str, columns: Mapping[str, str]) -> Rows:
    def headings(rows: Rows) -> int:
        header = _header(rows, columns)
        return len(header[1]) if header else 0

    return [[unharmed(cell) for cell in row] for row in read_rows(text, headings)]


def _header(rows: Rows, columns: Mapping[str, str]) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        places = _places(row, columns)
        filled = sum(bool(cell.strip()) for cell in row)
        # One known heading among other cells is probably a word in a text, unless the user chose the column.
        if "text" in places and (len(places) > 1 or filled == 1 or columns):
            return number, places
    return None


def _places(row: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return the index of each column in a row of headings; the user's choice takes precedence."""
    chosen = {heading(name): column for column, name in columns.items()}
    words = {name: column for column, names in COLUMNS.items() for name in names.split("|")} | chosen
    places: dict[str, int] = {}
    for at, cell in enumerate(row):
        column = words.get(heading(cell))
        if column is not None and (column not in columns or heading(cell) in chosen):
            places.setdefault(column, at)
    return places


@dataclass
class _Gathered:
    """Collects notes by panel and place, in the order of the table."""

    files: dict[str, dict[tuple[str, str], tuple[list[str], list[Spoken]]]] = field(default_factory=dict)
    about: dict[str, dict[str, Any]] = field(default_factory=dict)
    cut: int = 0
    unnamed: int = 0
    strange: dict[str, None] = field(default_factory=dict)

    def add(self, cells: Mapping[str, str], columns: Collection[str]) -> None:
        """Add a row; without a column of speakers or kinds its text may be in the capture language."""
        text = cells.get("text", "")
        if not text:
            return
        if len(text) > LONGEST_TEXT:
            self.cut += 1
            text = text[:LONGEST_TEXT]
        panel = cells.get("panel", "")
        about = self.about.setdefault(panel, {})
        if cells.get("subregion"):
            about.setdefault("subregion", cells["subregion"])
        if date := read_date(cells.get("date", "")):
            about.setdefault("date", date)
        theme, question = cells.get("theme", ""), cells.get("question", "")
        place = (theme or (UNASSIGNED if question else ""), question)
        lines, spoken = self.files.setdefault(panel, {}).setdefault(place, ([], []))
        typed = {"kind", *_VOICES}.isdisjoint(columns)
        if typed and _MARKS.isdisjoint(columns):
            lines.append(text)
        else:
            spoken.append(replace(self._spoken(text, cells), typed=typed))

    def _spoken(self, text: str, cells: Mapping[str, str]) -> Spoken:
        kind_word = cells.get("kind", "")
        kind = kind_of(kind_word)
        if kind_word and kind is None:
            self.strange[kind_word[:40]] = None
        said_by = [(speaker, stance) for column, stance in _VOICES.items() for speaker in _parts(cells.get(column, ""))]
        # "een docent vmbo" is not a name: the table was exported without names.
        voices = tuple((speaker, stance) for speaker, stance in said_by if not fold(speaker).startswith("een "))
        self.unnamed += len(said_by) - len(voices)
        tags = tuple(filter(None, (tag_name(part) for part in _parts(cells.get("tags", "")))))
        marks: dict[str, Any] = {column: fold(cells.get(column, "")) in _YES for column in MARK_WORDS}
        return Spoken(text, kind, voices, tags, **marks)

    def made(self) -> Iterator[NotesFile]:
        """Yield a file for each panel."""
        for panel, places in self.files.items():
            sections = tuple(Section(*place, tuple(lines), tuple(spoken)) for place, (lines, spoken) in places.items())
            yield NotesFile(title=panel, sections=sections, **self.about[panel])

    def told(self) -> Iterator[str]:
        """Yield messages about problems in the rows."""
        if self.cut:
            yield counted(
                self.cut,
                "{n} tekst was langer dan {longest} tekens en is ingekort.",
                "{n} teksten waren langer dan {longest} tekens en zijn ingekort.",
                longest=LONGEST_TEXT,
            )
        if self.unnamed:
            yield tr("Sprekers die in het bestand alleen met hun rol genoemd zijn, zijn niet overgenomen.")
        if self.strange:
            names = listed(f"«{name}»" for name in self.strange)
            yield tr("De soort {names} is onbekend; zulke notities krijgen de soort van hun vraag.", names=names)


_YES = ("ja", "x", "1", "waar", "true", "✓")


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.replace(";", ",").replace("\n", ",").split(",") if part.strip()]
