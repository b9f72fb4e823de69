"""Declaration of records: which values the log may hold, and how each field is shown, shared and erased.

Table and field names are written into dossiers and are permanent: never reuse or rename them.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum, StrEnum, auto
from functools import cached_property
from typing import Any, TypedDict, TypeVar, Unpack, dataclass_transform

from sto_desktop.domain.place import Position
from sto_desktop.patterns import lazy_re

Json = None | bool | int | float | str | list[Any] | dict[str, Any]
"""A value as stored in the log."""

DELETED = "deleted"
"""The field that every table has: true deletes the row, with all of it that the deletion saw."""

_PLAIN_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_ESCAPED_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)
# The largest integer of SQLite.
_LARGEST_INTEGER = 2**63 - 1
# Other line ends; control characters except tab and newline, lone surrogates, and two code points that XML forbids.
_UNWANTED = lazy_re(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# The line end inside a paragraph of Word is \x0b, of a web page U+2028.
_LINE_END = lazy_re(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


class FieldType(Enum):
    """The type of a field's value."""

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
    """What replaces a field's value where nobody may be named: in a copy, an export or a report by role."""

    GONE = auto()
    """Nothing: the default."""
    LABEL = auto()
    """How the member is called there."""
    TRAIT = auto()
    """The value if at least two members of the panel share it; nothing where members are not grouped by it."""
    REDACTED = auto()
    """The text, with names of people replaced."""
    OFFICE = auto()
    """What the person did there, from the field's word: "de notulist"."""
    SAME = auto()
    """The value itself: it does not identify a person."""


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
    key: bool


class InvalidValue(ValueError):  # noqa: N818  (it tells of a value, not of a failure)
    """A log value that this field can't hold."""


def canonical(value: Json | Mapping[str, Json] | Sequence[Json]) -> str:
    """Write JSON in the canonical form of the log, so that equal content is equal text.

    Sorted keys, no spaces, unescaped UTF-8. A lone surrogate, which only another program can write, can't be encoded in
    UTF-8 and is escaped.
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
    """Return text that can be stored, searched and printed: no control characters or lone surrogates, LF line ends."""
    if _UNWANTED.search(text) is None:
        return text
    return _UNWANTED.sub("", _LINE_END.sub("\n", text))


@dataclass(frozen=True)
class FieldSpec:
    """One field of a table.

    `parent`: the table that a REFERENCE or POSITION refers to; `owned`: deleting that row deletes this one too.
    `searched`: the search covers its text.

    What holds for the field everywhere, so that nothing else keeps a list of field names:
    - `word`: its Dutch word, in conflicts and histories; by default its name in the code.
    - `unnamed`: what replaces it where nobody may be named.
    - `erases`: whether it is erased with its row: with a member who asks for it, with a remark off the record.
    - `running`: running text, of which two versions can both be kept.
    - `heading`: its column header in a table; empty if it has none.
    - `headings`: accepted column headers in an imported table.
    - `expected`: report it when an imported table lacks the column.
    - `hint`: tells the person who fills it in what it is for.
    - `told`: shown in the history of its row.
    - `names`: identifies the row for people; the first such field with a value is used.
    - `key`: the id of the row derives from it and the other such fields (`TableSpec.key`).
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
    key: bool = False

    @property
    def label(self) -> str:
        """The Dutch word of the field, or else its name in the code, so that something is shown."""
        return self.word or self.name.replace("_", " ")

    @property
    def erases(self) -> bool:
        """Whether the field is erased with its row; by default, if it says something about a person."""
        return self.unnamed is not Unnamed.SAME if self.erased is None else self.erased

    @property
    def heading(self) -> str:
        """Its column header in a table; empty if it is in no table."""
        return self.label[:1].upper() + self.label[1:] if self.column is None else self.column

    @property
    def headings(self) -> tuple[str, ...]:
        """Accepted column headers in an imported table; empty if it is not imported."""
        return tuple(self.read_as.split("|")) if self.read_as else (self.heading,) if self.heading else ()

    @cached_property
    def _decoder(self) -> Callable[[FieldSpec, Json], Any]:
        return _DECODERS[self.kind]

    def encode(self, value: Any) -> Json:
        """Return the log form of a value."""
        encoder = _ENCODERS.get(self.kind)
        return value if value is None or encoder is None else encoder(value)

    def decode(self, value: Json) -> Any:
        """Return the Python value of a log value.

        Raises:
            InvalidValue: the field can't hold this value.
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
    # Reject moments at the ends of the calendar, which overflow when compared with other moments.
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
"""A type without an encoder has the same form in the log as in Python."""

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
    """One table: its name in the log, the dataclass of its rows, its fields in order (without `deleted`).

    `word`: the Dutch word for a row. `own_work`: private to its maker; a copy without names leaves such rows out.
    """

    name: str
    record: type[Any]
    fields: Mapping[str, FieldSpec]
    word: str = ""
    own_work: bool = False

    @property
    def label(self) -> str:
        """The Dutch word for a row, or else the table name."""
        return self.word or self.name.replace("_", " ")

    @cached_property
    def erased(self) -> tuple[str, ...]:
        """Names of the fields that are erased with a row."""
        return tuple(name for name, spec in self.fields.items() if spec.erases)

    @cached_property
    def known_by(self) -> tuple[str, ...]:
        """Names of the fields by which people recognise a row, the best first."""
        return tuple(name for name, spec in self.fields.items() if spec.names)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Names of the fields from which the id of a row derives, in order; empty if ids are random."""
        return tuple(name for name, spec in self.fields.items() if spec.key)

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """The Python values of a row without any changes."""
        return {name: field.default for name, field in self.fields.items()}

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """Names of the fields whose text is searched."""
        return tuple(name for name, spec in self.fields.items() if spec.searched)

    def encode(self, values: Mapping[str, Any]) -> dict[str, Json]:
        """Return field values in log form; `deleted` passes through."""
        return {name: value if name == DELETED else self.fields[name].encode(value) for name, value in values.items()}


_SPEC = "_table_spec"
R = TypeVar("R")


def _field(kind: FieldType, default: Any, **more: Any) -> Any:
    return dataclasses.field(default=default, metadata={"type": kind, "more": more})


def text(*, default: str, searched: bool = False, **meaning: Unpack[Meaning]) -> Any:
    """Declare a text; empty by default."""
    return _field(FieldType.TEXT, default, searched=searched, **meaning)


def integer(*, default: int | None, **meaning: Unpack[Meaning]) -> Any:
    """Declare a whole number."""
    return _field(FieldType.INTEGER, default, **meaning)


def boolean(*, default: bool, **meaning: Unpack[Meaning]) -> Any:
    """Declare a yes or no."""
    return _field(FieldType.BOOLEAN, default, **meaning)


def code(codes: type[StrEnum], *, default: StrEnum | None, **meaning: Unpack[Meaning]) -> Any:
    """Declare a code of the vocabulary."""
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
    """Declare the id of a row of `parent`, which by itself identifies nobody."""
    return _field(FieldType.REFERENCE, default, parent=parent, owned=owned, **_structure(meaning))


def position(parent: str, *, default: Position, owned: bool = False, **meaning: Unpack[Meaning]) -> Any:
    """Declare a position in the list of a row of `parent`."""
    return _field(FieldType.POSITION, default, parent=parent, owned=owned, **_structure(meaning))


def _structure(meaning: Meaning) -> Meaning:
    return {"unnamed": Unnamed.SAME, "column": "", **meaning}


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field, text, integer, boolean, code, day, clock_time, moment, reference, position))  # fmt: skip  # noqa: E501
def table(name: str, *, word: str = "", own_work: bool = False) -> Callable[[type[R]], type[R]]:
    """Declare a dataclass as a table of the log; its first field is `id`."""

    def declare(cls: type[R]) -> type[R]:
        record = dataclass(frozen=True, slots=True)(cls)
        fields: dict[str, FieldSpec] = {}
        for field in dataclasses.fields(record):  # type: ignore[arg-type]
            if field.name == "id":
                continue
            fields[field.name] = FieldSpec(field.name, field.metadata["type"], field.default, **field.metadata["more"])
        setattr(record, _SPEC, TableSpec(name, record, fields, word, own_work))
        return record

    return declare


def spec_of(record: object) -> TableSpec:
    """Return the table of a record; AttributeError if `table` did not declare it."""
    spec: TableSpec = getattr(record, _SPEC)
    return spec


def is_record(value: object) -> bool:
    """Return whether a value is a class that `table` declared."""
    return isinstance(value, type) and hasattr(value, _SPEC)
