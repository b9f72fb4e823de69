import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.errors import DossierError
from sto_desktop.domain.log.clock import (
    COUNTER_BITS,
    HIGHEST_STAMP,
    LATEST_MILLISECONDS,
    LOWEST_REAL_STAMP,
    in_quarantine,
    next_stamp,
)

NOW = 1_700_000_000_000


def test_a_stamp_is_the_wall_clock_where_that_is_ahead() -> None:
    assert next_stamp(0, NOW) == NOW << COUNTER_BITS


def test_a_stamp_is_one_more_than_the_last_where_the_clock_is_behind() -> None:
    last = (NOW + 10) << COUNTER_BITS
    assert next_stamp(last, NOW) == last + 1


def test_a_clock_before_1970_still_gives_a_real_stamp() -> None:
    assert next_stamp(0, -5) >= LOWEST_REAL_STAMP


def test_a_clock_past_2060_is_not_believed() -> None:
    stamp = next_stamp(0, LATEST_MILLISECONDS * 2)
    assert stamp == LATEST_MILLISECONDS << COUNTER_BITS
    assert not in_quarantine(stamp)


def test_where_stamps_run_out_it_says_so_and_gives_none_that_nobody_would_see() -> None:
    assert next_stamp(HIGHEST_STAMP - 2, NOW, 2) == HIGHEST_STAMP - 1
    with pytest.raises(DossierError, match="tijdstempels"):
        next_stamp(HIGHEST_STAMP - 2, NOW, 3)


@given(st.lists(st.integers(-(2**40), 2**45), min_size=1))
def test_stamps_grow_whatever_the_clock_does(clock: list[int]) -> None:
    stamps = [0]
    for now in clock:
        stamps.append(next_stamp(stamps[-1], now))
    assert stamps == sorted(set(stamps))
    assert not any(in_quarantine(stamp) for stamp in stamps)
