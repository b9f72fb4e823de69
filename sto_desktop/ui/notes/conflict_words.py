"""Conflicts in words: the row and field concerned, and each person's value with its time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sto_desktop.domain.dutch import capital, clock, long_date
from sto_desktop.domain.place import Position
from sto_desktop.domain.record import DELETED, FieldType, InvalidValue, Json
from sto_desktop.domain.tables import tables
from sto_desktop.language import tr
from sto_desktop.storage.working.conflicts import ConflictCase, HistoryEntry


@dataclass(frozen=True)
class ConflictOption:
    """One of the values to choose from; `value` is as in the log."""

    text: str
    who: str
    value: Json


def title_of(case: ConflictCase) -> str:
    """Return the row that a conflict is about: "Notitie · tekst"."""
    spec = tables().get(case.table)
    table = capital(tr(spec.label)) if spec else case.table
    if case.field == DELETED:
        return tr("{what} · verwijderd en gewijzigd", what=table)
    return f"{table} · {field_label(case.table, case.field)}"


def field_label(table: str, name: str) -> str:
    """Return the label of a field; its name in the log if this program does not know it."""
    spec = tables().get(table)
    field = spec.fields.get(name) if spec else None
    return tr(field.label) if field else name


def who_and_when(entry: HistoryEntry) -> str:
    """Return "Guus Morssink, 14 februari 2023 om 16:20"."""
    person = entry.person or tr("Onbekend")
    try:
        moment = dt.datetime.fromisoformat(entry.at)
    except ValueError:
        return person
    day = long_date(moment.date())
    return tr("{person}, {day} om {time}", person=person, day=day, time=clock(moment))


def options_of(case: ConflictCase, named: Callable[[str, str], str]) -> list[ConflictOption]:
    """Return the options, latest first; `named` returns the text of a row that a value refers to."""
    if case.field == DELETED:
        return _deletion(case)
    return [
        ConflictOption(value_words(case.table, case.field, value, named), _who(case, entry), value)
        for entry in case.rivals
        for value in [entry.change.values.get(case.field)]
    ]


def _who(case: ConflictCase, entry: HistoryEntry) -> str:
    author = who_and_when(entry)
    if entry.change.id in case.proposals:
        return tr("Voorstel uit een kopie zonder namen · {who}", who=author)
    return author


def both(case: ConflictCase, options: Sequence[ConflictOption]) -> ConflictOption | None:
    """Return the option that combines all texts, one below the other; None for a field that is no running text."""
    spec = tables().get(case.table)
    field = spec.fields.get(case.field) if spec else None
    if field is None or not field.running:
        return None
    texts = [str(option.value) for option in options if str(option.value or "").strip()]
    joined = "\n".join(dict.fromkeys(texts))
    return ConflictOption(joined, "", joined) if len(set(texts)) > 1 else None


def _deletion(case: ConflictCase) -> list[ConflictOption]:
    options = []
    choices: set[bool] = set()
    for entry in case.rivals:
        deleted = entry.change.values.get(DELETED) is True
        # Two people may have made the same choice: offer it once.
        if deleted not in choices:
            choices.add(deleted)
            words = tr("Verwijderd laten") if deleted else tr("Laten staan, zoals het gewijzigd is")
            options.append(ConflictOption(words, who_and_when(entry), deleted))
    return options


def value_words(table: str, name: str, value: Json, named: Callable[[str, str], str]) -> str:
    """Describe a value of the log in words."""
    spec = tables().get(table)
    field = spec.fields.get(name) if spec else None
    if field is None:
        # A field of a newer version is shown as it is in the log.
        return str(value)
    try:
        decoded: Any = field.decode(value)
    except InvalidValue:
        return str(value)
    if decoded is None or decoded == "":
        return tr("(leeg)")
    if isinstance(decoded, bool):
        return tr("ja") if decoded else tr("nee")
    if field.kind is FieldType.CODE:
        return tr(decoded.word)
    if isinstance(decoded, Position):
        place = named(field.parent or "", decoded.parent) if decoded.parent else ""
        return tr("onder «{place}»", place=place) if place else tr("niet ingedeeld")
    if field.kind is FieldType.REFERENCE:
        return named(field.parent or "", decoded) or str(decoded)
    return str(decoded)
