"""Recognises the columns of a table of panel members, and reads the values in them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from sto_desktop.domain.cells import read_value
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.domain.reach import MAIL
from sto_desktop.domain.record import FieldSpec, FieldType, InvalidValue, spec_of
from sto_desktop.domain.typed import read_seat
from sto_desktop.domain.vocabulary import SECTORS, Coded, Consent
from sto_desktop.exchange.files.form import (
    HEADER_WITHIN,
    SAMPLE,
    CellForm,
    asks_for_addresses,
    form_of,
    form_of_column,
    is_full_name,
    looks_like_headings,
)

Rows = Sequence[Sequence[str]]

FIELDS: Mapping[str, FieldSpec] = {name: field for name, field in spec_of(Panelist).fields.items() if field.headings}
"""Fields of a member that a table may give, by name."""

CONSENTS = tuple(name for name, field in FIELDS.items() if field.codes is Consent)

_PARTS: Mapping[str, tuple[str, str, str]] = {
    "particle": ("first_name", "tussenvoegsel", "tussenvoegsel|tussenvoegsels|tussenv|tv"),
    "surname": ("first_name", "achternaam", "achternaam|familienaam|last name|surname|family name"),
    "consent": ("role", "toestemming", "toestemming|akkoord|avg"),
}
"""Columns that hold part of a field, or several fields at once: after which field they are offered, their word, and
their possible headings."""


def _all_columns() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each column with its word and possible headings, in the order in which they are offered."""
    for name, field in FIELDS.items():
        yield name, field.label, field.headings
        for part_name, (behind, word, headings) in _PARTS.items():
            if behind == name:
                yield part_name, word, tuple(headings.split("|"))


COLUMN_WORDS: Mapping[str, str] = {name: word.capitalize() for name, word, _ in _all_columns()}
"""What a column can be, with the word for it, in the order in which they are offered."""

NAMING = ("name", "surname", "first_name")
"""Columns of which a list must have at least one."""

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
# People mark a yes in many ways. Only a bare one counts: "ja, mits" falls through to unknown.
_YES = re.compile(r"ja|ja hoor|j|yes|y|[x✓✔√☑]|1|waar|true|akkoord|oke?")
# "nee, liever niet" is a no whatever follows.
_NO = re.compile(r"nee\b.*|n|no|0|onwaar|false|geen|niet|niet akkoord|liever niet")

# Also as an invitation in Outlook says it; what somebody adds, such as "nee, ziek", changes nothing.
_THERE = re.compile(
    r"aanwezig|komt|aangemeld|bevestigd|toegezegd|accepted|geaccepteerd|present|attended|attending|confirmed"
)
_NOT_THERE = re.compile(
    r"(?:afwezig|niet aanwezig|afgemeld|afmelding|afgezegd|zegt af|verhinderd|komt niet|kan niet|ziek|declined"
    r"|geweigerd|afgewezen|absent|not attending|cancelled|geannuleerd)\b.*"
)
_PERHAPS = re.compile(
    r"(?:geen|no|not) (?:reactie|antwoord|response|responded)|none|uitgenodigd|misschien|onder voorbehoud|tentative"
    r"|voorlopig(?: geaccepteerd)?|onbekend|[-–?]"
)
# What stands in a list of those present at who was there; a word may be typed beforehand.
_TICK = re.compile(r"[xv✓✔√☑]")
# What somebody is in a meeting of Teams is not what they do.
_IN_MEETING = frozenset(("presentator", "organisator", "deelnemer", "presenter", "organizer", "attendee"))
# What stands before what a form asks for: "Bij welke organisatie werk je?", "Mogen we je naam noemen?".
_ASKING = re.compile(
    r"(?:wat is|wat zijn|(?:bij|op|voor|in|van|namens) welke|(?:mag|mogen) (?:ik|we|wij)|ben|bent|kom|komt)"
    r"(?: je| jij| jouw| jullie| u| uw| de naam van je)?(?: eigen)? "
)


def heading(cell: str) -> str:
    """Return a heading normalised for comparison: folded words, without text in brackets."""
    bare = re.sub(r"\([^)]*\)", " ", fold(cell))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


_NAMES = [(heading(name), column) for column, _, names in _all_columns() for name in names]
"""Possible headings with their column; a longer heading that starts with one of these matches too."""

_WHOLE = frozenset({"mee"})
"""Those that mean something else with more words behind them: "mee eten"."""


def named_column(cell: str) -> tuple[str, bool] | None:
    """Return the column that a heading or question names, and whether it says no more than that; None for another."""
    words = heading(cell)
    if asking := _ASKING.match(words):
        words = words[asking.end() :]
    fitting = [
        (len(name), column, words == name)
        for name, column in _NAMES
        if words == name or (name not in _WHOLE and words.startswith(f"{name} "))
    ]
    # The longest matching name is the most specific.
    return max(fitting)[1:] if fitting else None


def _column(cell: str) -> str | None:
    found = named_column(cell)
    return found[0] if found else None


def names_people(cell: str) -> bool:
    """Return whether a cell is the heading of a column of names, and no more than that."""
    return any(column in NAMING and heading(cell) == name for name, column in _NAMES)


def columns_of(row: Sequence[str], below: Rows = ()) -> dict[str, int]:
    """Return the index of each column in a row of headings; if two headings mean the same, the first that is filled
    with what can be read: "Attendance" may say who was asked, and "Response" who comes.
    """
    columns: dict[str, int] = {}
    for number, cell in enumerate(row):
        column = _column(cell)
        if column and (column not in columns or (below and not _readable(below, columns[column], column))):
            columns[column] = number
    return columns


def _readable(rows: Rows, at: int, column: str) -> bool:
    """Return whether a column has a value that its field can have."""
    field, cells = FIELDS.get(column), _cells(rows[:SAMPLE], at)
    return any(field is None or value_of(field, cell) is not None for cell in cells)


def _cells(rows: Rows, column: int) -> list[str]:
    return [row[column].strip() for row in rows if column < len(row) and row[column].strip()]


def find_header(rows: Rows) -> tuple[int, dict[str, int]] | None:
    """Return the row of headings and the index of each column; None if no row of headings has a column of names.

    A row is one by its words, or by its form where one of its words is known.
    """
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        columns = columns_of(row, rows[number + 1 :])
        lower = columns_of(rows[number + 1]) if columns and number + 1 < len(rows) else {}
        if len(lower) > len(columns) and not lower.keys().isdisjoint(NAMING) and not _is_data(rows, number + 1):
            # A row of groups above the headings.
            continue
        cells = [cell for cell in row if cell.strip()]
        # A list of only names has a single heading.
        alone = len(cells) == 1 and heading(cells[0]) in (name for name, _ in _NAMES)
        named = not columns.keys().isdisjoint(NAMING)
        known = len(columns) + sum(asks_for_addresses(cell) and not MAIL.search(cell) for cell in cells)
        if named and (known > 1 or alone or (_is_table(rows, number) and looks_like_headings(rows, number))):
            return number, columns
        by_form = _is_table(rows, number) and (len(columns) > 1 or looks_like_headings(rows, number))
        if not named and by_form:
            names = _column_of_names(rows[number + 1 :], columns)
            if names is not None:
                return number, {"name": names, **columns}
    return None


def _is_table(rows: Rows, number: int) -> bool:
    """Return whether most rows below are as wide as the headings: running text has commas too."""
    sample = rows[number + 1 : number + 1 + SAMPLE]
    # Behind an empty row may stand another table.
    close = list(itertools.takewhile(lambda row: any(map(str.strip, row)), sample))
    widths = [len(row) for row in close or sample if any(map(str.strip, row))]
    return sum(width == len(rows[number]) for width in widths) * 3 >= len(widths) * 2 > 0


def _is_data(rows: Rows, number: int) -> bool:
    """Return whether a row is one of those below headings: one of its cells is a whole name or no word."""
    return any(is_full_name(cell) or form_of(cell) is not CellForm.TEXT for cell in rows[number] if cell.strip())


def _column_of_names(rows: Rows, taken: Mapping[str, int]) -> int | None:
    """Return the column in which most cells are names, if there is one."""
    for number in range(max((len(row) for row in rows), default=0)):
        cells = _cells(rows, number)
        names = [cell for cell in cells if is_full_name(cell)]
        if (
            number not in taken.values()
            and cells
            and len(names) * 4 >= len(cells) * 3
            and len(set(names)) == len(names)
        ):
            return number
    return None


def joined_headings(rows: Rows, number: int, columns: Mapping[str, int]) -> tuple[str, ...] | None:
    """Return two rows of headings joined into one, if the row below the headings refines them; else None.

    As in "Toestemming" over "deelname", "naam", "citaat"; an upper heading applies up to the next one on its right.
    """
    top, below = rows[number], rows[number + 1] if number + 1 < len(rows) else ()
    filled = [(at, cell) for at, cell in enumerate(below) if cell.strip()]
    if not filled or any(columns.get(name) == at for name in NAMING for at, _ in filled):
        return None
    joined = list(top) + [""] * (len(below) - len(top))
    for at, cell in filled:
        group = next((top[left] for left in range(at, -1, -1) if left < len(top) and top[left].strip()), "")
        joined[at] = cell if _column(cell) and not _column(f"{group} {cell}") else f"{group} {cell}".strip()
        if _column(joined[at]) is None or (_column(joined[at]) == _column(group) != "consent" and group != cell):
            return None
    return tuple(joined)


def grouped_headings(rows: Rows, number: int) -> tuple[str, ...] | None:
    """Return the headings below a row of groups, each with its group where that says more; None if it is no such row.

    As in "Persoon" over "Voornaam" and "Achternaam", "Toestemming" over "Naam" and "Citaat".
    """
    groups = [(at, cell.strip()) for at, cell in enumerate(rows[number]) if cell.strip()]
    below = rows[number + 1] if number + 1 < len(rows) else ()
    names = sum(1 for cell in below if cell.strip())
    # A title above the headings stands in the first column alone.
    if not groups or groups == [(0, groups[0][1])] or len(groups) >= names:
        return None
    joined = list(below)
    for at, cell in enumerate(below):
        group = next((text for left, text in reversed(groups) if left <= at), "")
        whole = f"{group} {cell}".strip()
        if cell.strip() and _column(whole) not in (None, _column(group)):
            joined[at] = whole
    return tuple(joined) if joined != list(below) else None


def without_answers(columns: Mapping[str, int], rows: Rows) -> dict[str, int]:
    """Return the columns without one called "Naam" in which all cells are yes or no, if another one names people."""
    at = columns.get("name")
    cells = [] if at is None else [row[at] for row in rows if at < len(row) and row[at].strip()]
    named = not columns.keys().isdisjoint(("surname", "first_name"))
    answers = named and bool(cells) and all(consent(cell) in (Consent.YES, Consent.NO) for cell in cells)
    return {name: place for name, place in columns.items() if not answers or name != "name"}


def with_presence(columns: Mapping[str, int], rows: Rows) -> dict[str, int]:
    """Return the columns with one under any heading in which all that is filled says who is there, or is not."""
    if "present" in columns:
        return dict(columns)
    others = set(range(max(map(len, rows), default=0))) - set(columns.values())
    said = {at: [fold(cell) for cell in _cells(rows, at)] for at in sorted(others)}
    telling = (at for at, cells in said.items() if _say_who_comes(cells))
    found = next(telling, None)
    return dict(columns) if found is None else {**columns, "present": found}


def _say_who_comes(cells: Sequence[str]) -> bool:
    sure = [cell for cell in cells if not _PERHAPS.fullmatch(cell)]
    return bool(sure) and all(_THERE.fullmatch(cell) or _NOT_THERE.fullmatch(cell) for cell in sure)


def without_meeting_roles(columns: Mapping[str, int], rows: Rows) -> dict[str, int]:
    """Return the columns without one of functions that only says who led a meeting of Teams."""
    cells = _cells(rows, columns["role"]) if "role" in columns else []
    only = bool(cells) and all(fold(cell) in _IN_MEETING for cell in cells)
    return {name: at for name, at in columns.items() if not (only and name == "role")}


def ticked_column(columns: Mapping[str, int], rows: Rows) -> int | None:
    """Return the column of presence if who was there has a tick in it, so that who has none was not; else None."""
    at = columns.get("present")
    cells = [] if at is None else [fold(cell) for cell in _cells(rows, at) if not _PERHAPS.fullmatch(fold(cell))]
    return at if cells and all(map(_TICK.fullmatch, cells)) else None


def guessed_columns(rows: Rows) -> dict[str, int]:
    """Return the index of each column, guessed from the cells: for a paste without headings."""
    columns: dict[str, int] = {}
    # Columns of free text can only be told apart by their usual order.
    texts = ["name", "organisation", "role"]
    for number in range(max((len(row) for row in rows), default=0)):
        cells = _cells(rows, number)
        if not cells or form_of_column(rows, number) not in (CellForm.TEXT, CellForm.NUMBER):
            continue
        if "seat" not in columns and all(read_seat(cell) for cell in cells):
            columns["seat"] = number
        elif "consent" not in columns and all(consent(cell) in (Consent.YES, Consent.NO) for cell in cells):
            columns["consent"] = number
        elif "sector" not in columns and "name" in columns and all(fold(cell) in _SECTOR_NAMES for cell in cells):
            columns["sector"] = number
        elif texts and form_of_column(rows, number) is CellForm.TEXT:
            columns[texts.pop(0)] = number
    return columns


def is_sector(text: str) -> bool:
    """Return whether a text is the name of a sector."""
    return fold(text).strip(" :.") in _SECTOR_NAMES


def sector(text: str) -> str:
    """Return the sector in the spelling of the vocabulary, or as written if it is not in there."""
    return _SECTOR_NAMES.get(fold(text), text)


def consent(text: str) -> Consent | None:
    """Return the answer in a cell; None if it is empty. A conditional yes is not a yes, so UNKNOWN."""
    answer = fold(text).strip(" .!")
    if not answer:
        return None
    if _YES.fullmatch(answer):
        return Consent.YES
    return Consent.NO if _NO.fullmatch(answer) else Consent.UNKNOWN


def value_of(field: FieldSpec, text: str) -> Any:
    """Return the value of a field in a cell; None if the cell is empty or not valid for the field."""
    if not text:
        return None
    if field.name == "seat":
        return read_seat(text)
    if field.name == "sector":
        return sector(text)
    if field.codes is not None:
        return consent(text) if field.codes is Consent else _code(field.codes, text)
    if field.kind is FieldType.BOOLEAN:
        if _THERE.fullmatch(fold(text)) or _NOT_THERE.fullmatch(fold(text)):
            return _THERE.fullmatch(fold(text)) is not None
        if _TICK.fullmatch(fold(text)):
            return True
        return {Consent.YES: True, Consent.NO: False}.get(consent(text) or Consent.UNKNOWN)
    try:
        return read_value(field, text)
    except InvalidValue:
        return None


def _code(codes: type[StrEnum], text: str) -> StrEnum | None:
    words = {fold(code.word if isinstance(code, Coded) else code.value): code for code in codes}
    return words.get(fold(text))


def says_unknown(text: str) -> bool:
    """Return whether a cell states explicitly that the answer is unknown."""
    return fold(text) in ("onbekend", "?", "-", "–", "n.v.t.", "nvt", "weet niet", "nog niet gevraagd", "nog vragen")


def consents(cells: Mapping[str, str]) -> dict[str, Consent]:
    """Return the consent of a member by field. A single column of consent means being named and quoted.

    A no in it leaves participation UNKNOWN, because these members do attend and were not asked about that. It never
    covers being recorded.
    """
    answers: dict[str, Consent] = {}
    single_answer = consent(cells.get("consent", ""))
    if single_answer is not None:
        taking_part = Consent.YES if single_answer is Consent.YES else Consent.UNKNOWN
        answers = {"consent_participation": taking_part, "consent_name": single_answer, "consent_quote": single_answer}
    for name in CONSENTS:
        answer = consent(cells.get(name, ""))
        if answer is not None:
            answers[name] = answer
    return answers
