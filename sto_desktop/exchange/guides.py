"""Reads and writes guides as files, and gives the built-in guide as changes that are the same in every dossier.

A guide is a JSON file: `format` 1, `id`, `name`, `version`, and `themes`, each with `id`, `kind`, `title`, and where
they apply `short_title`, `minutes`, `script` and `questions`; a question has `id`, `text` and where they apply
`short_text`, `type`, `aspect`, `minutes`, `essential`, `script` and `probes` (texts). Codes are those of the
vocabulary. A guide, theme or question that was made from another has that one's row as `origin`, so that overviews
can join them. Unknown keys are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from sto_desktop.domain.errors import ExchangeError
from sto_desktop.domain.identity import derived_id
from sto_desktop.domain.log.change import Change, ChangeId, Edit, put
from sto_desktop.domain.log.clock import LOWEST_REAL_STAMP
from sto_desktop.domain.model import Guide, Probe, Question, Theme
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.domain.place import Position, plain_keys
from sto_desktop.domain.record import FieldSpec, FieldType, clean_text, spec_of
from sto_desktop.domain.tables import tables
from sto_desktop.exchange.files.text_file import read_text, write_text
from sto_desktop.json_text import read_json
from sto_desktop.language import tr
from sto_desktop.resources import resource

BUILTIN = "sto-twente-1"
"""The id of the guide of STO Twente in its file; a revised guide gets another id."""

FORMAT = 1
_LONGEST = 1000  # minutes


class _Reader:
    """Reads one object of the file; its errors say in Dutch where in the file the mistake is."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise _wrong(tr("{where} is geen groep van gegevens", where=where))
        self._values: Mapping[str, Any] = value
        self.where = where

    def values(self, record: type[Any], required: str) -> dict[str, Any]:
        """Return the fields of a record except its position; `required` names the text that must not be empty."""
        fields = (field for field in spec_of(record).fields.values() if field.kind is not FieldType.POSITION)
        return {field.name: self._value(field, required=field.name == required) for field in fields}

    def _value(self, field: FieldSpec, *, required: bool) -> Any:
        if field.codes is not None:
            code = self.code(field.name, field.codes)
            return field.default if code is None else code
        match field.kind:
            case FieldType.TEXT:
                return self.text(field.name, required=required)
            case FieldType.INTEGER:
                return self.minutes(field.name)
            case FieldType.BOOLEAN:
                return self.yes(field.name)
        raise NotImplementedError(field)

    def text(self, name: str, *, required: bool = False) -> str:
        value = self._values.get(name, "")
        if not isinstance(value, str):
            raise _wrong(tr("bij {where} is «{name}» geen tekst", where=self.where, name=name))
        if required and not value.strip():
            raise _wrong(tr("bij {where} ontbreekt «{name}»", where=self.where, name=name))
        return clean_text(value)

    def minutes(self, name: str) -> int:
        value = self._values.get(name, 0)
        # In Python a bool is an int, but "true" is not a number of minutes.
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LONGEST:
            raise _wrong(tr("bij {where} is «{name}» geen aantal minuten", where=self.where, name=name))
        return value

    def yes(self, name: str) -> bool:
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise _wrong(tr("bij {where} is «{name}» geen true of false", where=self.where, name=name))
        return value

    def code(self, name: str, codes: type[StrEnum]) -> StrEnum | None:
        value = self._values.get(name)
        if value is None:
            return None
        try:
            return codes(value)
        except ValueError as error:
            allowed = ", ".join(codes)
            raise _wrong(
                tr(
                    "bij {where} kent het programma «{value}» niet; «{name}» is {allowed}",
                    where=self.where,
                    value=value,
                    name=name,
                    allowed=allowed,
                )
            ) from error

    def entries(self, name: str) -> list[Any]:
        value = self._values.get(name, [])
        if not isinstance(value, list):
            raise _wrong(tr("bij {where} is «{name}» geen lijst", where=self.where, name=name))
        return value


def _wrong(problem: str) -> ExchangeError:
    return ExchangeError(
        tr("Deze gespreksleidraad kan niet worden gebruikt: {what}.", what=problem),
        tr("Er is niets overgenomen."),
        tr("Laat de maker het bestand nakijken, of kies een andere leidraad."),
    )


def _once(readers: Iterable[_Reader]) -> list[str]:
    ids: list[str] = []
    for reader in readers:
        own_id = reader.text("id", required=True)
        if own_id in ids:
            raise _wrong(tr("«{own}» komt twee keer voor als id", own=own_id))
        ids.append(own_id)
    return ids


def _question(reader: _Reader, guide: str, own_id: str, position: Position) -> QuestionContent:
    row = derived_id("question", guide, own_id)
    probes = reader.entries("probes")
    if not all(isinstance(probe, str) for probe in probes):
        raise _wrong(tr("bij {where} is een doorvraag geen tekst", where=reader.where))
    return QuestionContent(
        Question(row, position=position, **reader.values(Question, "text")),
        tuple(
            Probe(derived_id("probe", guide, own_id, str(number)), position=Position(row, key), text=clean_text(text))
            for number, (key, text) in enumerate(zip(plain_keys(len(probes)), probes, strict=True), 1)
        ),
    )


def _guide(reader: _Reader, salt: str) -> GuideContent:
    guide = reader.text("id", required=True) + salt
    row = derived_id("guide", guide)
    theme_readers = [_Reader(data, f"thema {number}") for number, data in enumerate(reader.entries("themes"), 1)]
    theme_ids = _once(theme_readers)
    question_readers = [
        [_Reader(data, f"{theme.where}, vraag {number}") for number, data in enumerate(theme.entries("questions"), 1)]
        for theme in theme_readers
    ]
    question_ids = iter(_once(question for questions in question_readers for question in questions))
    themes: list[ThemeContent] = []
    for theme_id, key, theme, questions in zip(
        theme_ids, plain_keys(len(theme_ids)), theme_readers, question_readers, strict=True
    ):
        theme_row = derived_id("theme", guide, theme_id)
        keys = plain_keys(len(questions))
        themes.append(
            ThemeContent(
                Theme(theme_row, position=Position(row, key), **theme.values(Theme, "title")),
                tuple(
                    _question(question, guide, next(question_ids), Position(theme_row, question_key))
                    for question, question_key in zip(questions, keys, strict=True)
                ),
            )
        )
    return GuideContent(
        Guide(row, **reader.values(Guide, "name")),
        tuple(themes),
    )


def read_guide(path: Path, *, salt: str = "") -> GuideContent:
    """Return the guide in a file, with row ids derived from the ids in the file and `salt`.

    Raises:
        ExchangeError: the file can't be read, or is no guide.
    """
    try:
        content = read_json(read_text(path))
    except ValueError as error:
        raise ExchangeError(
            tr("«{file}» is geen gespreksleidraad.", file=path.name),
            tr("Er is niets overgenomen."),
            tr("Kies een bestand met een leidraad van dit programma."),
        ) from error
    reader = _Reader(content, tr("het bestand"))
    format_number = content.get("format")
    if isinstance(format_number, int) and format_number > FORMAT:
        raise ExchangeError(
            tr("«{file}» is gemaakt met een nieuwere versie van dit programma.", file=path.name),
            tr("Er is niets overgenomen."),
            tr("Werk het programma bij, of vraag de maker de leidraad in een oudere versie te bewaren."),
        )
    if format_number != FORMAT:
        raise _wrong(tr("het is in een vorm die deze versie van het programma niet kent"))
    return _guide(reader, salt)


def guide_of_data(data: Mapping[str, Any], salt: str = "") -> GuideContent:
    """Return the guide in the data of a guide's file; ExchangeError if it is none."""
    return _guide(_Reader(dict(data), tr("het bestand")), salt)


def _filled(record: Any) -> dict[str, Any]:
    """Return the fields of a record except position and origin, without empty values."""
    values = {
        field.name: field.encode(getattr(record, field.name))
        for field in spec_of(type(record)).fields.values()
        if field.kind is not FieldType.POSITION and field.name != "origin"
    }
    return {name: value for name, value in values.items() if value not in ("", None, 0, False)}


def _data(guide: GuideContent, *, ids: bool) -> dict[str, Any]:
    """Return a guide as the JSON data of its file; `ids`: include ids and origins."""

    def of(row: str, origin: str) -> dict[str, Any]:
        return {"id": row, "origin": origin or row} if ids else {}

    def question(content: QuestionContent) -> dict[str, Any]:
        decided_minutes = content.decided.minutes if content.decided else None
        record = replace(
            # The file gets the guide as the panel uses it.
            content.question,
            text=content.text,
            minutes=content.question.minutes if decided_minutes is None else decided_minutes,
        )
        probes = [probe.text for probe in content.probes]
        return of(record.id, record.origin) | _filled(record) | ({"probes": probes} if probes else {})

    def theme(content: ThemeContent) -> dict[str, Any]:
        record = content.theme
        questions = [question(question_content) for question_content in content.questions]
        return of(record.id, record.origin) | _filled(record) | ({"questions": questions} if questions else {})

    record = guide.guide
    return {
        "format": FORMAT,
        **({"id": record.id, "origin": record.id} if ids else {}),
        **_filled(record),
        "themes": [theme(theme_content) for theme_content in guide.themes],
    }


def same_guide(first: GuideContent, second: GuideContent) -> bool:
    """Return whether two guides are equal apart from their ids."""
    return _data(first, ids=False) == _data(second, ids=False)


def write_guide(path: Path, guide: GuideContent) -> None:
    """Write a guide to a file, with the minutes, wording and order that the panel decided.

    Raises:
        ExchangeError: the file can't be written.
    """
    write_text(path, json.dumps(_data(guide, ids=True), ensure_ascii=False, indent=2) + "\n")


def _records(guide: GuideContent) -> Iterator[Guide | Theme | Question | Probe]:
    yield guide.guide
    for theme in guide.themes:
        yield theme.theme
        for question in theme.questions:
            yield question.question
            yield from question.probes


def guide_edits(guide: GuideContent) -> tuple[Edit, ...]:
    """Return the edits that add a guide to a dossier, with every field of every row."""
    edits = []
    for record in _records(guide):
        spec = spec_of(type(record))
        edits.append(put(spec.name, record.id, **{name: getattr(record, name) for name in spec.fields}))
    return tuple(edits)


def builtin_guide() -> GuideContent:
    """Return the guide of STO Twente that comes with the program."""
    return read_guide(resource("guides", "sto-twente.json"))


def builtin_guide_id() -> str:
    """Return the id of the built-in guide's row, the same in every dossier."""
    return derived_id("guide", BUILTIN)


def builtin_writer_id() -> str:
    """Return the id of the writer of the built-in guide's changes, the same in every dossier."""
    return derived_id("writer", BUILTIN)


@cache
def builtin_changes() -> tuple[Change, ...]:
    """Return the built-in guide as identical changes: fixed ids, fixed stamps below any real one, one per row."""
    writer = builtin_writer_id()
    changes = tuple(
        Change(ChangeId(stamp, writer), 1, edit.table, edit.row, tables()[edit.table].encode(edit.values), {})
        for stamp, edit in enumerate(guide_edits(builtin_guide()), 1)
    )
    # A real stamp among these would put the built-in guide after somebody's edits.
    if len(changes) >= LOWEST_REAL_STAMP:
        raise ValueError("the built-in guide has more rows than there are stamps for it")
    return changes
