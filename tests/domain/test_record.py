import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.place import Position
from sto_desktop.domain.record import DELETED, FieldSpec, FieldType, InvalidValue, canonical, clean_text
from sto_desktop.domain.tables import owned_by, tables

VOCABULARY = Path(__file__).parent / "data" / "vocabulary.json"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
MOMENTS = st.datetimes(
    datetime(1, 1, 3),
    datetime(9999, 12, 29),
    timezones=st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23))),
).map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))


def _values(spec: FieldSpec) -> st.SearchStrategy[Any]:
    strategies: dict[FieldType, st.SearchStrategy[Any]] = {
        FieldType.TEXT: st.text().map(clean_text),
        FieldType.INTEGER: st.integers(-(2**63) + 1, 2**63 - 1),
        FieldType.BOOLEAN: st.booleans(),
        FieldType.CODE: st.sampled_from(list(spec.codes or ())),
        FieldType.DATE: st.dates(),
        FieldType.TIME: st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
        FieldType.MOMENT: MOMENTS,
        FieldType.REFERENCE: st.uuids().map(str),
        FieldType.POSITION: st.builds(Position, st.none() | st.uuids().map(str), st.text(max_size=9).map(clean_text)),
    }
    nothing = st.none() if spec.default is None else st.nothing()
    return strategies[spec.kind] | nothing


FIELDS = [(table.name, spec) for table in tables().values() for spec in table.fields.values()]


@given(st.data())
def test_every_value_comes_back_from_the_log_as_it_went_in(data: st.DataObject) -> None:
    _, spec = data.draw(st.sampled_from(FIELDS))
    value = data.draw(_values(spec))
    assert spec.decode(json.loads(canonical(spec.encode(value)))) == value


@given(st.sampled_from(FIELDS), JSON)
def test_whatever_a_log_holds_is_a_value_of_the_field_or_invalid(field: tuple[str, FieldSpec], value: Any) -> None:
    _, spec = field
    try:
        decoded = spec.decode(value)
    except InvalidValue:
        return
    # An accepted value can be written, and means the same when read again.
    assert spec.decode(json.loads(canonical(spec.encode(decoded)))) == decoded


@pytest.mark.parametrize(
    ("table", "field", "wrong"),
    [
        ("note", "text", None),
        ("note", "text", 3),
        ("note", "star", 1),
        ("note", "kind", "GEDICHT"),
        ("note", "captured_at", "2023-02-14T13:00:00"),
        ("note", "captured_at", "0001-01-01T00:00:00+14:00"),
        ("note", "panel", ""),
        ("note", "panel", "x" * 101),
        ("note", "position", ["question", 1]),
        ("note", "position", "a0"),
        ("theme", "minutes", True),
        ("theme", "minutes", 1.5),
        ("theme", "minutes", 2**63),
        ("panel", "date", "14 februari"),
        ("panel", "start", "25:00"),
    ],
)
def test_what_a_field_can_not_be_is_refused(table: str, field: str, wrong: Any) -> None:
    with pytest.raises(InvalidValue):
        tables()[table].fields[field].decode(wrong)


def test_dates_and_times_are_read_as_they_are_meant() -> None:
    panel = tables()["panel"].fields
    assert panel["date"].decode("2023-02-14") == date(2023, 2, 14)
    assert panel["start"].decode("13:30") == time(13, 30)
    moment = tables()["note"].fields["captured_at"].decode("2023-02-14T13:30:00.250+01:00")
    assert moment == datetime(2023, 2, 14, 12, 30, 0, 250_000, tzinfo=UTC)


def test_text_loses_only_what_can_not_be_printed() -> None:
    assert clean_text("één\r\ntwee\rdrie\x00\x1b\ud800\t✓") == "één\ntwee\ndrie\t✓"
    # The line ends inside a paragraph, of Word and of web pages, and the end of a page.
    assert clean_text("één\x0btwee\u2028drie\u2029vier\x85vijf\x0czes") == "één\ntwee\ndrie\nvier\nvijf\nzes"


def test_equal_content_is_equal_text() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'
    assert canonical("\ud800") == '"\\ud800"'


def test_every_record_gives_each_of_its_fields_a_default() -> None:
    for table in tables().values():
        record = table.record(id="x")
        assert {name: getattr(record, name) for name in table.fields} == table.defaults
        table.encode({**table.defaults, DELETED: False})


def test_a_row_is_owned_by_rows_that_come_before_it() -> None:
    place = {name: at for at, name in enumerate(tables())}
    for parent in tables():
        for spec, field in owned_by(parent):
            assert place[parent] < place[spec.name], field


def _vocabulary() -> dict[str, Any]:
    codes: dict[str, list[str]] = {}
    for table in tables().values():
        for field in table.fields.values():
            kind: type[StrEnum] | None = field.codes
            if kind is not None:
                codes[f"{table.name}.{field.name}"] = [code.value for code in kind]
    kinds = {table.name: {name: field.kind.name for name, field in table.fields.items()} for table in tables().values()}
    return {"tables": kinds, "codes": codes}


def test_names_in_the_log_are_for_ever() -> None:
    """Names in the log are permanent, with their types; new names are added to data/vocabulary.json."""
    pinned = json.loads(VOCABULARY.read_text(encoding="utf-8"))
    now = _vocabulary()
    for table, fields in pinned["tables"].items():
        assert fields.items() <= now["tables"][table].items()
    for field, codes in pinned["codes"].items():
        assert set(codes) <= set(now["codes"][field])
    added = {
        table: sorted(set(fields) - set(pinned["tables"].get(table, ()))) for table, fields in now["tables"].items()
    }
    assert not any(added.values()), f"add these to {VOCABULARY.name}: {added}"
    assert now["codes"] == pinned["codes"], f"add the new codes to {VOCABULARY.name}"
