"""Conflicts in words: what two people disagree about, and what each of them said, when."""

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
from sto_desktop.storage.working.dossier import ConflictCase, HistoryEntry


@dataclass(frozen=True)
class Option:
    """One of the values that can be chosen; `value` as the log has it."""

    text: str
    who: str
    value: Json


def title_of(case: ConflictCase) -> str:
    """Return what a conflict is about: "Notitie · tekst"."""
    spec = tables().get(case.table)
    table = capital(tr(spec.label)) if spec else case.table
    if case.field == DELETED:
        return tr("{what} · verwijderd en gewijzigd", what=table)
    return f"{table} · {field_label(case.table, case.field)}"


def field_label(table: str, name: str) -> str:
    """Return what a field is called; its name in the log where this program does not know it."""
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


def options_of(case: ConflictCase, named: Callable[[str, str], str]) -> list[Option]:
    """Return what can be chosen, latest first; `named` gives the text of a row that a value points to."""
    if case.field == DELETED:
        return _deletion(case)
    return [
        Option(said(case.table, case.field, value, named), _who(case, entry), value)
        for entry in case.rivals
        for value in [entry.change.values.get(case.field)]
    ]


def _who(case: ConflictCase, entry: HistoryEntry) -> str:
    who = who_and_when(entry)
    if entry.change.id in case.proposals:
        return tr("Voorstel uit een kopie zonder namen · {who}", who=who)
    return who


def both(case: ConflictCase, options: Sequence[Option]) -> Option | None:
    """Return the option that holds all texts one below the other; None for what is no running text."""
    spec = tables().get(case.table)
    item = spec.fields.get(case.field) if spec else None
    if item is None or not item.running:
        return None
    texts = [str(option.value) for option in options if str(option.value or "").strip()]
    joined = "\n".join(dict.fromkeys(texts))
    return Option(joined, "", joined) if len(set(texts)) > 1 else None


def _deletion(case: ConflictCase) -> list[Option]:
    options = []
    kept: set[bool] = set()
    for entry in case.rivals:
        gone = entry.change.values.get(DELETED) is True
        if gone not in kept:
            kept.add(gone)
            words = tr("Verwijderd laten") if gone else tr("Laten staan, zoals het gewijzigd is")
            options.append(Option(words, who_and_when(entry), gone))
    return options


def said(table: str, name: str, value: Json, named: Callable[[str, str], str]) -> str:
    """Return a value of the log in words."""
    spec = tables().get(table)
    item = spec.fields.get(name) if spec else None
    if item is None:
        return str(value)
    try:
        decoded: Any = item.decode(value)
    except InvalidValue:
        return str(value)
    if decoded is None or decoded == "":
        return tr("(leeg)")
    if isinstance(decoded, bool):
        return tr("ja") if decoded else tr("nee")
    if item.kind is FieldType.CODE:
        return tr(decoded.word)
    if isinstance(decoded, Position):
        place = named(item.parent or "", decoded.parent) if decoded.parent else ""
        return tr("onder «{place}»", place=place) if place else tr("niet ingedeeld")
    if item.kind is FieldType.REFERENCE:
        return named(item.parent or "", decoded) or str(decoded)
    return str(decoded)
