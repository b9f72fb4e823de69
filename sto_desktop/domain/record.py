"""How a dataclass says what the log may say, and what each field means wherever it is shown, shared or wiped.

Table names and field names are written into dossiers and are for ever: never reused, never renamed.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum, StrEnum, auto
from functools import cached_property
from typing import Any, TypedDict, TypeVar, Unpack, dataclass_transform

from sto_desktop.domain.place import Position

Json = None | bool | int | float | str | list[Any] | dict[str, Any]
"""A value as it stands in the log."""

DELETED = "deleted"
"""The field that every table has: true takes the row away, with everything of it that the deletion saw."""

_PLAIN_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_ESCAPED_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)
_LARGEST_INTEGER = 2**63 - 1
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class FieldType(Enum):
    """What kind of value a field holds."""

    TEXT = auto()
    INTEGER = auto()
    BOOLEAN = auto()
    CODE = auto()
    DATE = auto()
    TIME = auto()
    MOMENT = auto()
    REFERENCE = auto()
    POSITION = auto()


class Unnamed(Enum):
    """What stands in place of a field's value where nobody may be named: in a copy, an export or a report by role."""

    GONE = auto()
    """Nothing. So it is for a field that does not say otherwise."""
    LABEL = auto()
    """What the member is called there."""
    TRAIT = auto()
    """The value, as long as at least two members of the panel have it; nothing, where members are not grouped by it."""
    REDACTED = auto()
    """The text, with names of people replaced."""
    SAME = auto()
    """The value itself: it says nothing of a person."""


class Meaning(TypedDict, total=False):
    """What a field may declare besides its type and default; see `FieldSpec`."""

    word: str
    unnamed: Unnamed
    erased: bool
    running: bool
    column: str
    read_as: str
    expected: bool
    hint: str
    told: bool
    names: bool


class InvalidValue(ValueError):  # noqa: N818  (it tells of a value, not of a failure)
    """A value in the log that this field can't hold."""


def canonical(value: Json | Mapping[str, Json] | Sequence[Json]) -> str:
    """Write JSON in the one form that the log uses, so that equal content is equal text.

    Keys sorted, no spaces, UTF-8 as it is. A lone surrogate, which only a foreign file can bring, has no form in
    UTF-8: such a value is escaped.
    """
    text = _PLAIN_JSON.encode(value)
    return text if text.isascii() or _encodable(text) else _ESCAPED_JSON.encode(value)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def clean_text(text: str) -> str:
    """Return text that can be stored, searched and printed: no control signs or lone surrogates, LF for line ends."""
    if _UNWANTED.search(text) is None:
        return text
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True)
class FieldSpec:
    """One field of a table.

    `parent` is the table that a REFERENCE or POSITION points to; `owned`: deleting that row deletes this one too.
    `searched`: the search finds its text.

    What holds of the field everywhere, so that nothing else keeps a list of names of fields:

    - `word`: its Dutch word, in conflicts and histories; its name in the code where it declares none.
    - `unnamed`: what stands in its place where nobody may be named.
    - `erases`: whether it is wiped with its row: with a member who asks for it, with a remark off the record.
    - `running`: running text, of which two versions can both be kept.
    - `heading`: above its column in a table; empty where it has none.
    - `headings`: what a column with it may be called in a table that is read.
    - `expected`: whoever hands in a table hears that its column lacks.
    - `hint`: says to whoever fills it in what it is for.
    - `told`: shown in the history of its row.
    - `names`: people know the row again by it, the first such field that says something.
    """

    name: str
    kind: FieldType
    default: Any
    codes: type[StrEnum] | None = None
    parent: str | None = None
    owned: bool = False
    searched: bool = False
    word: str = ""
    unnamed: Unnamed = Unnamed.GONE
    erased: bool | None = None
    running: bool = False
    column: str | None = None
    read_as: str = ""
    expected: bool = False
    hint: str = ""
    told: bool = True
    names: bool = False

    @property
    def label(self) -> str:
        """The Dutch word of the field; its name in the code where it declares none, so that it is at least shown."""
        return self.word or self.name.replace("_", " ")

    @property
    def erases(self) -> bool:
        """Whether the field is wiped with its row: unless it declares otherwise, what says something of a person is."""
        return self.unnamed is not Unnamed.SAME if self.erased is None else self.erased

    @property
    def heading(self) -> str:
        """What stands above its column in a table; empty for what is not in tables."""
        return self.label[:1].upper() + self.label[1:] if self.column is None else self.column

    @property
    def headings(self) -> tuple[str, ...]:
        """What a column with it may be called in a table that is read; nothing where it is not read."""
        return tuple(self.read_as.split("|")) if self.read_as else (self.heading,) if self.heading else ()

    @cached_property
    def _decoder(self) -> Callable[[FieldSpec, Json], Any]:
        return _DECODERS[self.kind]

    def encode(self, value: Any) -> Json:
        """Return the value as the log holds it."""
        encoder = _ENCODERS.get(self.kind)
        return value if value is None or encoder is None else encoder(value)

    def decode(self, value: Json) -> Any:
        """Return the log's value as Python has it.

        Raises:
            InvalidValue: the log holds something that this field can't be.
        """
        if value is None:
            if self.default is None:
                return None
            raise InvalidValue(self.name)
        try:
            return self._decoder(self, value)
        except (ValueError, TypeError, OverflowError) as error:
            raise InvalidValue(self.name) from error


def _text(_: FieldSpec, value: Json) -> str:
    if not isinstance(value, str):
        raise InvalidValue
    return clean_text(value)


def _integer(_: FieldSpec, value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST_INTEGER:
        raise InvalidValue
    return value


def _boolean(_: FieldSpec, value: Json) -> bool:
    if not isinstance(value, bool):
        raise InvalidValue
    return value


def _code(spec: FieldSpec, value: Json) -> StrEnum:
    assert spec.codes is not None
    return spec.codes(_text(spec, value))


def _date(_: FieldSpec, value: Json) -> date:
    return date.fromisoformat(_text(_, value))


def _time(_: FieldSpec, value: Json) -> time:
    return time.fromisoformat(_text(_, value)).replace(second=0, microsecond=0, tzinfo=None)


def _moment(_: FieldSpec, value: Json) -> datetime:
    moment = datetime.fromisoformat(_text(_, value))
    if moment.tzinfo is None:
        raise InvalidValue
    # So near the ends of the calendar that it can't be compared with other moments.
    moment.astimezone(UTC)
    return moment


def _reference(_: FieldSpec, value: Json) -> str:
    text = _text(_, value)
    if not text or len(text) > 100 or text != value:
        raise InvalidValue
    return text


def _position(spec: FieldSpec, value: Json) -> Position:
    if not isinstance(value, list) or len(value) != 2:
        raise InvalidValue
    parent, key = value
    if not isinstance(key, str) or key != clean_text(key):
        raise InvalidValue
    return Position(None if parent is None else _reference(spec, parent), key)


_ENCODERS: Mapping[FieldType, Callable[[Any], Json]] = {
    FieldType.TEXT: clean_text,
    FieldType.CODE: lambda code: str(code.value),
    FieldType.DATE: lambda day: str(day.isoformat()),
    FieldType.TIME: lambda moment: str(moment.strftime("%H:%M")),
    FieldType.MOMENT: lambda moment: str(moment.isoformat(timespec="milliseconds")),
    FieldType.POSITION: list,
}
"""What has no encoder stands in the log as it is in Python."""

_DECODERS: Mapping[FieldType, Callable[[FieldSpec, Json], Any]] = {
    FieldType.TEXT: _text,
    FieldType.INTEGER: _integer,
    FieldType.BOOLEAN: _boolean,
    FieldType.CODE: _code,
    FieldType.DATE: _date,
    FieldType.TIME: _time,
    FieldType.MOMENT: _moment,
    FieldType.REFERENCE: _reference,
    FieldType.POSITION: _position,
}


@dataclass(frozen=True)
class TableSpec:
    """One table: its name in the log, the dataclass that its rows become, its fields in order (without `deleted`).

    `word` is the Dutch word for a row. `own_work`: only of who made it; no copy without names holds such rows.
    """

    name: str
    record: type[Any]
    fields: Mapping[str, FieldSpec]
    word: str = ""
    own_work: bool = False

    @property
    def label(self) -> str:
        """The Dutch word for a row; the name in the log where it declares none."""
        return self.word or self.name.replace("_", " ")

    @cached_property
    def erased(self) -> tuple[str, ...]:
        """Names of the fields that are wiped with a row."""
        return tuple(name for name, spec in self.fields.items() if spec.erases)

    @cached_property
    def known_by(self) -> tuple[str, ...]:
        """Names of the fields by which people know a row again, the best first."""
        return tuple(name for name, spec in self.fields.items() if spec.names)

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """The values of a row about which nothing was said, as Python has them."""
        return {name: item.default for name, item in self.fields.items()}

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """Names of the fields whose text is found by searching."""
        return tuple(name for name, spec in self.fields.items() if spec.searched)

    def encode(self, values: Mapping[str, Any]) -> dict[str, Json]:
        """Return values of some fields as the log holds them; `deleted` passes through."""
        return {name: value if name == DELETED else self.fields[name].encode(value) for name, value in values.items()}


_SPEC = "_table_spec"
R = TypeVar("R")


def _field(kind: FieldType, default: Any, **more: Any) -> Any:
    return dataclasses.field(default=default, metadata={"type": kind, "more": more})


def text(*, default: str, searched: bool = False, **meaning: Unpack[Meaning]) -> Any:
    """Declare a text; empty when nothing was said."""
    return _field(FieldType.TEXT, default, searched=searched, **meaning)


def integer(*, default: int | None, **meaning: Unpack[Meaning]) -> Any:
    """Declare a whole number."""
    return _field(FieldType.INTEGER, default, **meaning)


def boolean(*, default: bool, **meaning: Unpack[Meaning]) -> Any:
    """Declare a yes or no."""
    return _field(FieldType.BOOLEAN, default, **meaning)


def code(codes: type[StrEnum], *, default: StrEnum | None, **meaning: Unpack[Meaning]) -> Any:
    """Declare a word of the vocabulary."""
    return _field(FieldType.CODE, default, codes=codes, **meaning)


def day(*, default: None, **meaning: Unpack[Meaning]) -> Any:
    """Declare a date."""
    return _field(FieldType.DATE, default, **meaning)


def clock_time(*, default: None, **meaning: Unpack[Meaning]) -> Any:
    """Declare a time of day to the minute."""
    return _field(FieldType.TIME, default, **meaning)


def moment(*, default: None, **meaning: Unpack[Meaning]) -> Any:
    """Declare a date and time with its offset from UTC."""
    return _field(FieldType.MOMENT, default, **meaning)


def reference(parent: str, *, default: None, owned: bool = False, **meaning: Unpack[Meaning]) -> Any:
    """Declare the id of a row of `parent`, which says nothing of a person by itself."""
    return _field(FieldType.REFERENCE, default, parent=parent, owned=owned, **_structure(meaning))


def position(parent: str, *, default: Position, owned: bool = False, **meaning: Unpack[Meaning]) -> Any:
    """Declare a place in the list of a row of `parent`."""
    return _field(FieldType.POSITION, default, parent=parent, owned=owned, **_structure(meaning))


def _structure(meaning: Meaning) -> Meaning:
    return {"unnamed": Unnamed.SAME, "column": "", **meaning}


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field, text, integer, boolean, code, day, clock_time, moment, reference, position))  # fmt: skip  # noqa: E501
def table(name: str, *, word: str = "", own_work: bool = False) -> Callable[[type[R]], type[R]]:
    """Make a dataclass a table of the log; its first field is `id`."""

    def declare(cls: type[R]) -> type[R]:
        record = dataclass(frozen=True, slots=True)(cls)
        fields: dict[str, FieldSpec] = {}
        for item in dataclasses.fields(record):  # type: ignore[arg-type]
            if item.name == "id":
                continue
            fields[item.name] = FieldSpec(item.name, item.metadata["type"], item.default, **item.metadata["more"])
        setattr(record, _SPEC, TableSpec(name, record, fields, word, own_work))
        return record

    return declare


def spec_of(record: object) -> TableSpec:
    """Return the table that a record is a row of; AttributeError for what `table` did not declare."""
    spec: TableSpec = getattr(record, _SPEC)
    return spec


def is_record(value: object) -> bool:
    """Tell whether a value is a class that `table` declared."""
    return isinstance(value, type) and hasattr(value, _SPEC)
