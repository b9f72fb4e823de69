"""Rows of a table as panel members, with sentences about what was missing or unclear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sto_desktop.domain.people import first_name_of
from sto_desktop.domain.record import FieldType, clean_text
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.members.panelists_columns import (
    COLUMN_WORDS,
    CONSENTS,
    FIELDS,
    Rows,
    consent,
    consents,
    says_unknown,
    value_of,
)
from sto_desktop.language import counted, listed, tr

_LONGEST_CELL = 1000


@dataclass(frozen=True, slots=True)
class PanelistRow:
    """One member in a table: `values` by field, of those that the table gives."""

    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The full name; empty where the table has none."""
        return self.text("name")

    @property
    def seat(self) -> int | None:
        """The seat that the table gives."""
        seat: int | None = self.values.get("seat")
        return seat

    def text(self, field: str) -> str:
        """Return the text of a field; empty where the table doesn't say."""
        return str(self.values.get(field, ""))


@dataclass(frozen=True, slots=True)
class PanelistsTable:
    """The members in a table, and sentences about what was missing or unclear in it."""

    rows: tuple[PanelistRow, ...]
    messages: tuple[str, ...] = ()


def clean_cell(cell: str) -> str:
    """Return a cell as one line, cut where it is absurdly long."""
    return " ".join(clean_text(cell).split())[:_LONGEST_CELL]


def _member(cells: Mapping[str, str]) -> PanelistRow | None:
    """Return the member in a row; None where there is nobody."""
    read = {name: value_of(field, cells.get(name, "")) for name, field in FIELDS.items()}
    name, first = cells.get("name", ""), cells.get("first_name", "")
    surname = " ".join(part for part in (cells.get("particle", ""), cells.get("surname", "")) if part)
    if surname and name and not first:
        # A column "Naam" beside "Achternaam" holds the first name.
        name, first = "", name
    read |= {"name": name or " ".join(part for part in (first, surname) if part), "first_name": first}
    values = {name: value for name, value in read.items() if value not in (None, "")} | consents(cells)
    # A sector alone stands above people, as a heading between them.
    told = any(FIELDS[name].kind is FieldType.TEXT and name != "sector" for name in values)
    return PanelistRow(values) if told else None


def _missing(columns: Mapping[str, int]) -> Iterator[str]:
    absent = [field.heading for name, field in FIELDS.items() if field.expected and name not in columns]
    if columns.keys().isdisjoint(("consent", *CONSENTS)):
        absent.append(COLUMN_WORDS["consent"])
    if len(absent) == 1:
        yield tr("De kolom {absent} ontbreekt; dat gegeven is leeg gelaten.", absent=absent[0])
    elif absent:
        yield tr("De kolommen {absent} ontbreken; die gegevens zijn leeg gelaten.", absent=listed(absent))
    if "seat" not in columns:
        yield tr("De kolom Stoel ontbreekt; de stoelen zijn genummerd in de volgorde van de lijst.")


def _left_out(headings: Sequence[str], columns: Mapping[str, int]) -> Iterator[str]:
    others = [clean_cell(cell) for number, cell in enumerate(headings) if number not in columns.values()]
    others = [f"«{cell}»" for cell in others if cell]
    if others:
        yield tr(
            "Niet overgenomen: {part} {others}.",
            part=tr("kolom") if len(others) == 1 else tr("de kolommen"),
            others=listed(others),
        )


def _unclear(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Say which cells hold something that is none of what they can be."""
    answers: dict[str, None] = {}
    others: dict[str, dict[str, None]] = {}
    for cells in rows:
        for name in ("consent", *CONSENTS):
            said = cells.get(name, "")
            if consent(said) is Consent.UNKNOWN and not says_unknown(said):
                answers[said] = None
        for name, field in FIELDS.items():
            said = cells.get(name, "")
            if said and name not in CONSENTS and value_of(field, said) is None:
                others.setdefault(name, {})[said] = None
    if answers:
        yield tr(
            "Bij toestemming staat {answers}; dat is als onbekend overgenomen.",
            answers=listed(f"«{text}»" for text in answers),
        )
    for name, texts in others.items():
        values = listed(f"«{text}»" for text in texts)
        field = FIELDS[name]
        yield (
            tr("Bij {field} staat {values}; dat is geen stoelnummer.", field=tr(field.label), values=values)
            if name == "seat"
            else tr("Bij {field} staat {values}; dat is niet overgenomen.", field=tr(field.label), values=values)
        )


def _about(rows: Rows, members: Sequence[PanelistRow], width: int | None) -> Iterator[str]:
    wide = [row for row in rows if width is not None and any(cell.strip() for cell in row[width:])]
    if wide:
        has = tr("regel heeft") if len(wide) == 1 else tr("regels hebben")
        yield tr(
            "{wide} {has} meer cellen dan er koppen zijn; kijk die na, bijvoorbeeld «{clean_cell}».",
            wide=len(wide),
            has=has,
            clean_cell=clean_cell(wide[0][1]),
        )
    nameless = sum(1 for member in members if not member.name)
    if nameless:
        yield counted(
            nameless,
            "{n} regel heeft geen naam; vul die zelf nog in.",
            "{n} regels hebben geen naam; vul die zelf nog in.",
        )
    if any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        yield tr("Cellen van meer dan {LONGEST_CELL} tekens zijn afgekapt.", LONGEST_CELL=_LONGEST_CELL)


def table_of(rows: Rows, columns: Mapping[str, int], headings: Sequence[str] | None = None) -> PanelistsTable:
    """Return the members in rows.

    Args:
        rows: without headings.
        columns: which column is where.
        headings: the row of headings, where there is one.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    told = [{name: clean_cell(row[at]) if at < len(row) else "" for name, at in columns.items()} for row in filled]
    members = tuple(member for member in map(_member, told) if member is not None)
    said = [] if headings is None else [*_missing(columns), *_left_out(headings, columns)]
    width = None if headings is None else len(headings)
    return PanelistsTable(members, (*said, *_unclear(told), *_about(filled, members, width)))


def called(row: PanelistRow) -> str:
    """Return what a member of a table is called aloud."""
    return row.text("first_name") or first_name_of(row.name)
