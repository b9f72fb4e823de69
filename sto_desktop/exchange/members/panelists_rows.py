"""Reads rows of a table as panel members, with messages about what was missing or unclear."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.forms import called_in_list
from sto_desktop.domain.names.ordinary_words import DESKS
from sto_desktop.domain.panel.consent import CONSENT_QUESTIONS
from sto_desktop.domain.people import fold
from sto_desktop.domain.record import FieldType, clean_text
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.exchange.files.encodings import composed
from sto_desktop.exchange.files.form import CellForm, asks_for_addresses, form_of, is_remark, without_addresses
from sto_desktop.exchange.members.panelists_columns import (
    COLUMN_WORDS,
    CONSENTS,
    FIELDS,
    NAMING,
    Rows,
    consent,
    consents,
    says_unknown,
    value_of,
)
from sto_desktop.language import counted, listed, tr

# Characters: longer cells are texts that got into the wrong column.
_LONGEST_CELL = 1000
_NOBODY = re.compile(
    r"nnb|ntb|pm|tbd|tba|\?+|onbekend|nog onbekend|nog niet bekend|vacature|vacant|nader te bepalen|nog te bepalen"
    r"|nog in te vullen|volgt|volgt nog|naam volgt"
)
# As documents write that nothing is known.
_NOTHING = ("–", "-", "—")
_GLUED_PARTICLES = re.compile(r"(?:(van)(der|den|de)|(vd))(?=[^\W\d_]{3})")
"""The particles of a surname in a mail address, in which a name has no spaces."""


@dataclass(frozen=True, slots=True)
class PanelistRow:
    """One member in a table: `values` by field, only those that the table has."""

    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The full name; empty if the table has none."""
        return self.text("name")

    @property
    def seat(self) -> int | None:
        """The seat; None if the table has none."""
        seat: int | None = self.values.get("seat")
        return seat

    def text(self, field: str) -> str:
        """Return the text of a field; empty if the table has none."""
        return str(self.values.get(field, ""))


@dataclass(frozen=True, slots=True)
class PanelistsTable:
    """The members in a table, and messages about what was missing or unclear in it."""

    rows: tuple[PanelistRow, ...]
    messages: tuple[str, ...] = ()


def clean_cell(cell: str) -> str:
    """Return a cell as one line of at most `_LONGEST_CELL` characters."""
    return " ".join(composed(clean_text(cell)).split())[:_LONGEST_CELL]


def cells_of(row: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """Return the cells of a row by column, without ways to reach the person where no field asks for them."""
    return {name: _asked(name, clean_cell(row[at])) if at < len(row) else "" for name, at in columns.items()}


def name_in_address(address: str) -> str:
    """Return the name in a mail address, "W. van der Sluis" of "w.vandersluis@school.nl"; empty if there is none."""
    local, at, _ = fold(address.strip(" <>")).partition("@")
    parts = re.split("[._]", local)
    if not at or len(parts) < 2 or not all(map(str.isalpha, parts)) or not DESKS.isdisjoint(parts):
        return ""
    first, *middle, last = parts
    glued = _GLUED_PARTICLES.match(last)
    words = (f"{word.upper()}." if len(word) == 1 else word for word in middle)
    particles = [*words, *(filter(None, glued.groups()) if glued else ())]
    surname = last[glued.end() :] if glued else last
    return " ".join((f"{first.upper()}." if len(first) == 1 else first.capitalize(), *particles, surname.capitalize()))


def _asked(name: str, cell: str) -> str:
    field = FIELDS.get(name)
    if name == "name" and form_of(cell.strip("<>")) is CellForm.MAIL:
        return name_in_address(cell)
    if cell in _NOTHING and name not in ("consent", *CONSENTS):
        return ""
    if name in NAMING and is_nobody(cell):
        return ""
    return cell if field and asks_for_addresses(field.heading) else without_addresses(cell)[0]


def is_nobody(cell: str) -> bool:
    """Return whether a cell says that there is no name yet: "n.n.b.", "vacature"."""
    return _NOBODY.fullmatch(fold(cell).replace(".", "").strip(" ()…")) is not None


def member_in_words(member: PanelistRow) -> str:
    """Return a member in one line."""
    panelist = Panelist("", **member.values)
    parts = (member.name, panelist.organisation, panelist.role, panelist.sector)
    text = ", ".join(filter(None, parts)) or tr("zonder naam")
    if not panelist.present:
        text += f" · {tr('afwezig')}"
    answers = consent_in_short(panelist)
    return f"{text} · {tr('toestemming {answers}', answers=answers)}" if answers else text


def consent_in_short(panelist: Panelist) -> str:
    """Summarise the four answers: "alle ja", "deelname: ja; naam en citaat: nee"; empty if none is known."""
    answers = {question.field: getattr(panelist, question.field) for question in CONSENT_QUESTIONS}
    kinds = set(answers.values())
    if kinds == {Consent.UNKNOWN}:
        return ""
    if len(kinds) == 1:
        return tr("alle ja") if kinds == {Consent.YES} else tr("alle nee")
    words = {question.field: question.word for question in CONSENT_QUESTIONS}
    parts = []
    for kind in (Consent.YES, Consent.NO):
        about = [tr(words[name]) for name, answer in answers.items() if answer is kind]
        if about:
            parts.append(tr("{what}: {answer}", what=listed(about), answer=tr(kind.word)))
    return "; ".join(parts)


def member_of(cells: Mapping[str, str]) -> PanelistRow | None:
    """Return the member in the cells of a row by column; None if there is none."""
    read = {name: value_of(field, cells.get(name, "")) for name, field in FIELDS.items()}
    name, first = cells.get("name", ""), cells.get("first_name", "")
    surname = " ".join(part for part in (cells.get("particle", ""), cells.get("surname", "")) if part)
    if surname and name and not first:
        # Next to a column "Achternaam", a column "Naam" holds the first name.
        name, first = "", name
    read |= {"name": name or " ".join(part for part in (first, surname) if part), "first_name": first}
    values = {name: value for name, value in read.items() if value not in (None, "")} | consents(cells)
    # A row with only a sector is a heading above members, not a member.
    has_content = any(FIELDS[name].kind is FieldType.TEXT and name != "sector" for name in values)
    return PanelistRow(values) if has_content else None


_OF_PANEL = ("panel", "subregio")


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


def _left_out(
    headings: Sequence[str], columns: Mapping[str, int], reaching: Collection[int], rows: Rows
) -> Iterator[str]:
    names = {at: clean_cell(cell) for at, cell in enumerate(headings) if at not in columns.values() and cell.strip()}
    names = {at: name for at, name in names.items() if not is_remark(name, rows, at)}
    for at in [at for at, name in names.items() if fold(name) in _OF_PANEL]:
        # Of a list of one panel, as our own is, this tells nothing of its members.
        if len({row[at].strip() for row in rows if at < len(row)}) < 2:
            del names[at]
    ignored = [f"«{name}»" for at, name in names.items() if at not in reaching]
    addresses = [f"«{name}»" for at, name in names.items() if at in reaching]
    if ignored:
        yield tr(
            "Niet overgenomen: {part} {others}.",
            part=tr("kolom") if len(ignored) == 1 else tr("de kolommen"),
            others=listed(ignored),
        )
    if addresses:
        yield tr(
            "Niet overgenomen, want hoe iemand te bereiken is hoort niet in een dossier: {columns}.",
            columns=listed(addresses),
        )


def _unclear(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Yield messages about cells with a value that their field can't have."""
    # Dicts as sets that keep the order of the list.
    answers: dict[str, None] = {}
    unreadable: dict[str, dict[str, None]] = {}
    for cells in rows:
        for name in ("consent", *CONSENTS):
            cell = cells.get(name, "")
            if consent(cell) is Consent.UNKNOWN and not says_unknown(cell):
                answers[cell] = None
        for name, field in FIELDS.items():
            cell = cells.get(name, "")
            if cell and name not in CONSENTS and value_of(field, cell) is None:
                unreadable.setdefault(name, {})[cell] = None
    if answers:
        yield tr(
            "Bij toestemming staat {answers}; dat is als onbekend overgenomen.",
            answers=listed(f"«{text}»" for text in answers),
        )
    for name, texts in unreadable.items():
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


def table_of(
    rows: Sequence[tuple[Sequence[str], Mapping[str, str], PanelistRow]],
    columns: Mapping[str, int],
    headings: Sequence[str] | None = None,
    reaching: Collection[int] = (),
) -> PanelistsTable:
    """Return the members in rows.

    Args:
        rows: each row with its cells by column and the member in it.
        columns: the index of each column.
        headings: the row of headings, if there is one.
        reaching: the columns with mail addresses, telephone numbers or addresses.
    """
    filled, cells = [row for row, _, _ in rows], [cells for _, cells, _ in rows]
    members = tuple(member for _, _, member in rows)
    messages = [] if headings is None else [*_missing(columns), *_left_out(headings, columns, reaching, filled)]
    width = None if headings is None else len(headings)
    if any(_reaches(row, cells, columns) for row, cells, _ in rows):
        messages.append(tr("E-mailadressen en telefoonnummers in de lijst zijn niet overgenomen."))
    at = columns.get("name")
    names = [clean_cell(row[at]) for row in filled if at is not None and at < len(row)]
    if taken := listed(filter(None, map(name_in_address, names))):
        messages.append(tr("Uit een e-mailadres gehaald, dus kijk na of de naam zo klopt: {names}.", names=taken))
    return PanelistsTable(members, (*messages, *_unclear(cells), *_about(filled, members, width)))


def _reaches(row: Sequence[str], cells: Mapping[str, str], columns: Mapping[str, int]) -> bool:
    """Return whether a row says how to reach somebody in a column that asks for something else."""
    changed = (clean_cell(row[at]) for name, at in columns.items() if at < len(row) and cells[name] != row[at])
    return any(without_addresses(cell)[1] for cell in changed if cell not in cells.values())


def called(row: PanelistRow) -> str:
    """Return the name by which a member in a table is addressed."""
    return row.text("first_name") or called_in_list(row.name)
