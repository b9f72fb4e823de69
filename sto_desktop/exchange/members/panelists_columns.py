"""Which column of a table holds what about a panel member, and what the words in it mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.domain.record import FieldSpec, FieldType, InvalidValue, spec_of
from sto_desktop.domain.typed import read_seat
from sto_desktop.domain.vocabulary import SECTORS, Coded, Consent

Rows = Sequence[Sequence[str]]

FIELDS: Mapping[str, FieldSpec] = {name: field for name, field in spec_of(Panelist).fields.items() if field.headings}
"""Fields of a member that a table may give, by name."""

CONSENTS = tuple(name for name, field in FIELDS.items() if field.codes is Consent)

_PARTS: Mapping[str, tuple[str, str, str]] = {
    "particle": ("first_name", "tussenvoegsel", "tussenvoegsel|tussenvoegsels|tussenv|tv"),
    "surname": ("first_name", "achternaam", "achternaam|familienaam"),
    "consent": ("role", "toestemming", "toestemming|akkoord|avg"),
}
"""Columns that hold a part of a field, or say several fields at once: behind which field, their word, and what they may
be called."""


def _all_columns() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each column with its word and what it may be called, in the order in which people choose."""
    for name, field in FIELDS.items():
        yield name, field.label, field.headings
        for part, (behind, word, headings) in _PARTS.items():
            if behind == name:
                yield part, word, tuple(headings.split("|"))


COLUMN_WORDS: Mapping[str, str] = {name: word.capitalize() for name, word, _ in _all_columns()}
"""What a column can be taken for, in the words and the order in which people choose."""

NAMING = ("name", "surname", "first_name")
"""Columns of which there must be one: a list of nobody is none."""

_HEADER_WITHIN = 15
_MOST_DIGITS = 10
_SECTOR_NAMES = {fold(name): name for name in SECTORS} | {
    "primair onderwijs": "po",
    "basisonderwijs": "po",
    "basisschool": "po",
    "mavo": "mavo/havo/vwo",
    "havo": "mavo/havo/vwo",
    "vwo": "mavo/havo/vwo",
    "havo/vwo": "mavo/havo/vwo",
    "bedrijfsleven": "bedrijf",
}
_YES = re.compile(r"ja|ja hoor|j|yes|y|x|✓|✔|1|waar|true|akkoord|oke?")
_NO = re.compile(r"nee\b.*|n|no|0|onwaar|false|geen|niet|niet akkoord|liever niet")


def heading(cell: str) -> str:
    """Return a heading for comparing: folded words, without what stands in brackets."""
    bare = re.sub(r"\([^)]*\)", " ", fold(cell))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


_NAMES = [(heading(name), column) for column, _, names in _all_columns() for name in names]
"""What a column may be called, with which it is; a longer heading that begins with one of these counts too."""


def _column(cell: str) -> str | None:
    said = heading(cell)
    fitting = [(len(name), column) for name, column in _NAMES if said == name or said.startswith(name + " ")]
    return max(fitting)[1] if fitting else None


def columns_of(row: Sequence[str]) -> dict[str, int]:
    """Return which column is where, of a row of headings; the first where two say the same."""
    found: dict[str, int] = {}
    for number, cell in enumerate(row):
        column = _column(cell)
        if column:
            found.setdefault(column, number)
    return found


def find_header(rows: Rows) -> tuple[int, dict[str, int]] | None:
    """Return in which row the headings stand and which column is where; None: there are none that name people."""
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        columns = columns_of(row)
        filled = [cell for cell in row if cell.strip()]
        alone = len(filled) == 1 and heading(filled[0]) in (name for name, _ in _NAMES)
        if not columns.keys().isdisjoint(NAMING) and (len(columns) > 1 or alone):
            return number, columns
    return None


def joined_headings(rows: Rows, number: int, columns: Mapping[str, int]) -> tuple[str, ...] | None:
    """Return the headings of two rows as one, where the row below the headings says more of them; None: it doesn't.

    As in "Toestemming" over "deelname", "naam", "citaat"; a cell that spreads over others is filled on to the right.
    """
    top, below = rows[number], rows[number + 1] if number + 1 < len(rows) else ()
    said = [(at, cell) for at, cell in enumerate(below) if cell.strip()]
    if not said or any(columns.get(name) == at for name in NAMING for at, _ in said):
        return None
    joined = list(top) + [""] * (len(below) - len(top))
    for at, cell in said:
        group = next((top[left] for left in range(at, -1, -1) if left < len(top) and top[left].strip()), "")
        joined[at] = cell if _column(cell) and not _column(f"{group} {cell}") else f"{group} {cell}".strip()
        if _column(joined[at]) is None or (_column(joined[at]) == _column(group) != "consent" and group != cell):
            return None
    return tuple(joined)


def guessed_columns(rows: Rows) -> dict[str, int]:
    """Return which column is where, from what stands in them: for a paste without headings."""
    columns: dict[str, int] = {}
    texts = ["name", "organisation", "role"]
    for number in range(max((len(row) for row in rows), default=0)):
        cells = [row[number].strip() for row in rows if number < len(row) and row[number].strip()]
        if not cells:
            continue
        if "seat" not in columns and all(read_seat(cell) for cell in cells):
            columns["seat"] = number
        elif "consent" not in columns and all(consent(cell) in (Consent.YES, Consent.NO) for cell in cells):
            columns["consent"] = number
        elif "sector" not in columns and "name" in columns and all(fold(cell) in _SECTOR_NAMES for cell in cells):
            columns["sector"] = number
        elif texts:
            columns[texts.pop(0)] = number
    return columns


def sector(text: str) -> str:
    """Return the sector as the vocabulary spells it, or as it was written."""
    return _SECTOR_NAMES.get(fold(text), text)


def consent(text: str) -> Consent | None:
    """Return the answer in a cell; None of an empty one. A yes with conditions is not a yes: UNKNOWN."""
    said = fold(text).strip(" .!")
    if not said:
        return None
    if _YES.fullmatch(said):
        return Consent.YES
    return Consent.NO if _NO.fullmatch(said) else Consent.UNKNOWN


def value_of(field: FieldSpec, text: str) -> Any:
    """Return what a cell says of a field; None where it says nothing, or nothing that the field can be."""
    if not text:
        return None
    if field.name == "seat":
        return read_seat(text)
    if field.name == "sector":
        return sector(text)
    if field.codes is not None:
        return consent(text) if field.codes is Consent else _code(field.codes, text)
    match field.kind:
        case FieldType.BOOLEAN:
            return {Consent.YES: True, Consent.NO: False}.get(consent(text) or Consent.UNKNOWN)
        case FieldType.INTEGER:
            return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS else None
    try:
        return field.decode(text)
    except InvalidValue:
        return None


def _code(codes: type[StrEnum], text: str) -> StrEnum | None:
    words = {fold(code.word if isinstance(code, Coded) else code.value): code for code in codes}
    return words.get(fold(text))


def says_unknown(text: str) -> bool:
    """Tell whether a cell says in words that the answer is unknown."""
    return fold(text) in ("onbekend", "?", "-", "–", "n.v.t.", "nvt", "weet niet", "nog niet gevraagd", "nog vragen")


def consents(cells: Mapping[str, str]) -> dict[str, Consent]:
    """Return the answers of a member, by field; one column for all is about being named and quoted.

    Who says no to that sits at the table all the same: whether they take part was then not asked. Being recorded is
    never part of it.
    """
    answers: dict[str, Consent] = {}
    given = consent(cells.get("consent", ""))
    if given is not None:
        taking_part = Consent.YES if given is Consent.YES else Consent.UNKNOWN
        answers = {"consent_participation": taking_part, "consent_name": given, "consent_quote": given}
    for name in CONSENTS:
        answer = consent(cells.get(name, ""))
        if answer is not None:
            answers[name] = answer
    return answers
