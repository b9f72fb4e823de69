from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.place import key_between, key_of_moment, last_key, plain_keys, valid_key

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@given(st.lists(st.integers(0, 30), max_size=40))
def test_a_key_lands_where_it_is_asked_for(spots: list[int]) -> None:
    keys: list[str] = []
    for spot in spots:
        at = min(spot, len(keys))
        before = keys[at - 1] if at else None
        after = keys[at] if at < len(keys) else None
        keys.insert(at, key_between(before, after))
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert all(valid_key(key) for key in keys)


@given(st.text(max_size=40), st.text(max_size=40))
def test_keys_from_a_foreign_file_never_stop_anybody(before: str, after: str) -> None:
    key = key_between(before, after)
    assert valid_key(key)
    if valid_key(before) and (not valid_key(after) or before < after):
        assert key > before
    if valid_key(after) and (not valid_key(before) or before < after):
        assert key < after


@given(st.text(alphabet=DIGITS, min_size=1, max_size=32), st.text(alphabet=DIGITS, min_size=1, max_size=32))
def test_keys_of_the_right_alphabet_are_told_apart_well(one: str, other: str) -> None:
    low, high = sorted((one, other))
    if valid_key(low) and valid_key(high) and low < high:
        assert low < key_between(low, high) < high
    if valid_key(low):
        assert key_between(None, low) < low < key_between(low, None)


def test_two_people_who_insert_at_one_spot_get_different_keys() -> None:
    assert len({key_between("a1", "a2") for _ in range(50)}) == 50


def test_many_keys_in_a_row_stay_in_order_and_short() -> None:
    keys = ["a0"]
    for _ in range(200):
        keys.append(key_between(keys[-1], None))
    assert keys == sorted(keys)
    assert len(set(keys)) == 201
    assert max(map(len, keys)) < 10


def test_keys_of_a_guide_are_the_same_for_everybody() -> None:
    assert plain_keys(40) == plain_keys(40)
    assert plain_keys(40) == sorted(plain_keys(40))
    assert all(valid_key(key) for key in plain_keys(40))


@given(st.integers(0, 10**11), st.integers(1, 10**8))
def test_what_was_captured_later_sorts_later(seconds: int, after: int) -> None:
    first = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds % 4_000_000_000)
    assert key_of_moment(first) < key_of_moment(first + timedelta(milliseconds=after))
    assert valid_key(key_of_moment(first))


def test_one_can_insert_between_two_captured_notes() -> None:
    moment = datetime(2023, 2, 14, 13, tzinfo=UTC)
    one, other = key_of_moment(moment), key_of_moment(moment + timedelta(milliseconds=1))
    assert one < key_between(one, other) < other


def test_the_last_key_of_nothing_is_nothing() -> None:
    assert last_key([]) is None
    assert last_key(["a1", "a3", "a2"]) == "a3"
