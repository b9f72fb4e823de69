"""Notes in a table (csv, xlsx): which column holds what, and every row a note."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sto_desktop.domain.capture import tag_name
from sto_desktop.domain.dutch import amount, listed
from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.people import fold
from sto_desktop.domain.record import clean_text
from sto_desktop.domain.vocabulary import NoteKind, Stance, word
from sto_desktop.exchange.notes_file import UNASSIGNED, NotesFile, Section, Spoken, read_date
from sto_desktop.exchange.panelists_columns import heading
from sto_desktop.exchange.table_export import unharmed
from sto_desktop.exchange.text_file import decode
from sto_desktop.exchange.workbook import MOST_ROWS, has_formulas, is_workbook, read_workbook

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
    "tags": "labels|label|tags|tag|trefwoorden|trefwoord",
    "star": "ster|belangrijk",
    "parked": "geparkeerd|parkeerplaats",
    "set_aside": "opzijgelegd|opzij",
}
"""What a column may be called, folded."""

COLUMN_WORDS: Mapping[str, str] = {
    "text": "notitie", "panel": "panel", "subregion": "subregio", "date": "datum", "theme": "thema",
    "question": "vraag", "kind": "soort", "says": "zegt", "agrees": "bijval", "disagrees": "tegenspraak",
    "tags": "labels", "star": "ster", "parked": "geparkeerd", "set_aside": "opzijgelegd",
}  # fmt: skip
"""The words by which a person says what a column is."""

LONGEST_TEXT = 32_767
_HEADER_WITHIN = 15
_UNTOUCHED = "Er is niets overgenomen."
_VOICES = {"says": Stance.SAYS, "agrees": Stance.AGREES, "disagrees": Stance.DISAGREES}
_KINDS = {fold(word(kind)): kind for kind in NoteKind}
_KINDS |= {
    "opbrengsten": NoteKind.YIELD,
    "succesfactoren": NoteKind.SUCCESS_FACTOR,
    "verbeterpunten": NoteKind.IMPROVEMENT,
}

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class NotesTable:
    """The notes of a table, a file for each panel that it names, and sentences about the table itself."""

    files: tuple[NotesFile, ...]
    told: tuple[str, ...] = ()


def kind_of(text: str) -> NoteKind | None:
    """Return the kind that a word means, one or more of them; None where it means none."""
    return _KINDS.get(fold(text))


def read_table(content: bytes, name: str, columns: Mapping[str, str] | None = None) -> NotesTable:
    """Return the notes in a csv or xlsx file.

    Args:
        content: the file's bytes.
        name: what it is called, for messages.
        columns: headings by what they hold (the keys of `COLUMNS`), where a person said so.

    Raises:
        ExchangeError: it can't be read, has macros, or has no column of notes.
    """
    told: list[str] = []
    if is_workbook(content):
        rows, header = _of_workbook(content, name, columns or {}, told)
    else:
        rows = _delimited(decode(content, name), columns or {})
        found = _header(rows, columns or {})
        if found is None:
            raise _no_column(name, rows)
        header = found
    if len(rows) > MOST_ROWS:
        raise _too_long(name)
    number, places = header
    gathered = _Gathered()
    for row in rows[number + 1 :]:
        cells = {what: clean_text(row[at]).strip() for what, at in places.items() if at < len(row)}
        gathered.add(cells, plain=places.keys().isdisjoint({"kind", *_VOICES}))
    if not gathered.files:
        raise ExchangeError(f"In «{name}» staan geen notities.", _UNTOUCHED, "Zet elke notitie op een eigen regel.")
    return NotesTable(tuple(gathered.made()), (*told, *gathered.told()))


def _too_long(name: str) -> ExchangeError:
    return ExchangeError(
        f"«{name}» heeft meer dan {MOST_ROWS} regels.", _UNTOUCHED, "Verdeel het over een paar kleinere bestanden."
    )


def _of_workbook(
    content: bytes, name: str, columns: Mapping[str, str], told: list[str]
) -> tuple[Rows, tuple[int, dict[str, int]]]:
    book = read_workbook(content, name)
    if book.macros:
        raise ExchangeError(
            f"«{name}» bevat macro's (kleine programma's) en wordt niet gelezen.",
            _UNTOUCHED,
            "Open het in Excel, kies Opslaan als, en bewaar het als Excel-werkmap (.xlsx).",
        )
    for sheet in book.sheets:
        header = _header(sheet.rows, columns)
        if header is None:
            continue
        if sheet.cut:
            raise _too_long(name)
        if has_formulas(content, sheet.title):
            told.append("In het blad staan formules; die zijn niet uitgerekend, hun laatste uitkomst is gelezen.")
        others = [f"«{other.title}»" for other in book.sheets if other is not sheet and any(map(any, other.rows))]
        if others:
            told.append(f"Alleen het blad «{sheet.title}» is gelezen, {listed(others)} niet.")
        return sheet.rows, header
    raise _no_column(name, book.sheets[0].rows if book.sheets else ())


def _no_column(name: str, rows: Rows) -> ExchangeError:
    first = next((row for row in rows if any(cell.strip() for cell in row)), ())
    seen = listed(f"«{' '.join(cell.split())[:30]}»" for cell in first[:12] if cell.strip())
    return ExchangeError(
        f"In «{name}» is geen kolom «Notitie» gevonden" + (f"; bovenaan staat {seen}." if seen else "."),
        _UNTOUCHED,
        "Zet boven de tabel de koppen Thema, Vraag, Soort, Notitie en Zegt.",
    )


def _delimited(text: str, columns: Mapping[str, str]) -> Rows:
    def split(delimiter: str) -> list[list[str]]:
        try:
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error:
            # A quote that is not closed, or a giant cell: line by line nothing of it is swallowed.
            return [line.split(delimiter) for line in text.splitlines()]

    def score(rows: Rows) -> int:
        found = _header(rows, columns)
        return len(found[1]) if found else 0

    rows = max((split(delimiter) for delimiter in (";", "\t", ",", "|")), key=score)
    return [[unharmed(cell) for cell in row] for row in rows]


def _header(rows: Rows, columns: Mapping[str, str]) -> tuple[int, dict[str, int]] | None:
    said = {heading(name): what for what, name in columns.items()}
    words = {name: what for what, names in COLUMNS.items() for name in names.split("|")} | said
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        found: dict[str, int] = {}
        for at, cell in enumerate(row):
            what = words.get(heading(cell))
            # What a person said of a column goes before what its heading seems to say.
            if what is not None and (what not in columns or heading(cell) in said):
                found.setdefault(what, at)
        filled = sum(bool(cell.strip()) for cell in row)
        if "text" in found and (len(found) > 1 or filled == 1 or said):
            return number, found
    return None


@dataclass
class _Gathered:
    """Notes by panel and place, in the order in which they stand."""

    files: dict[str, dict[tuple[str, str], tuple[list[str], list[Spoken]]]] = field(default_factory=dict)
    about: dict[str, dict[str, Any]] = field(default_factory=dict)
    cut: int = 0
    strange: dict[str, None] = field(default_factory=dict)

    def add(self, cells: Mapping[str, str], *, plain: bool) -> None:
        """Take in a row; `plain`: the table tells nothing of a note but its words, which may use the short language."""
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
        if plain:
            lines.append(text)
        else:
            spoken.append(self._spoken(text, cells))

    def _spoken(self, text: str, cells: Mapping[str, str]) -> Spoken:
        said = cells.get("kind", "")
        kind = kind_of(said)
        if said and kind is None:
            self.strange[said[:40]] = None
        voices = tuple((who, stance) for what, stance in _VOICES.items() for who in _parts(cells.get(what, "")))
        tags = tuple(filter(None, (tag_name(part) for part in _parts(cells.get("tags", "")))))
        star, parked, set_aside = (fold(cells.get(what, "")) in _YES for what in ("star", "parked", "set_aside"))
        return Spoken(text, kind, voices, tags, star, parked, set_aside)

    def made(self) -> Iterator[NotesFile]:
        """Yield a file for each panel."""
        for panel, places in self.files.items():
            sections = tuple(Section(*place, tuple(lines), tuple(spoken)) for place, (lines, spoken) in places.items())
            yield NotesFile(title=panel, sections=sections, **self.about[panel])

    def told(self) -> Iterator[str]:
        """Yield sentences about what was not as it should be."""
        if self.cut:
            were, are = ("was", "is") if self.cut == 1 else ("waren", "zijn")
            texts = amount(self.cut, "tekst", "teksten")
            yield f"{texts} {were} langer dan {LONGEST_TEXT} tekens en {are} ingekort."
        if self.strange:
            names = listed(f"«{name}»" for name in self.strange)
            yield f"De soort {names} is onbekend; zulke notities krijgen de soort van hun vraag."


_YES = ("ja", "x", "1", "waar", "true", "✓")


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.replace(";", ",").replace("\n", ",").split(",") if part.strip()]
