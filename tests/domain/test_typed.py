from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.dutch import clock, clock_time, day_and_date, long_date, short_date
from sto_desktop.domain.typed import (
    read_begin,
    read_date,
    read_hands,
    read_moment,
    read_seat,
    read_time,
    read_time_after,
)

TODAY = dt.date(2023, 1, 9)


@pytest.mark.parametrize(
    "text",
    [
        "14 februari 2023",
        "14 Februari 2023",
        "14 feb 2023",
        "14 feb. '23",
        "14feb2023",
        "14-2-2023",
        "14/02/23",
        "14.2.2023",
        "14-2-23",
        "14/2/2023",
        "14 februari 2023.",
        "14 febuari 2023",
        "2023-02-14",
        "2023/2/14",
        "2023-02-14T15:35:00+01:00",
        "2023-02-14 00:00:00",
        "di 14-2",
        "di. 14-02-'23",
        "op dinsdag 14 februari 2023",
        "dinsdag 14 februari 2023",
        "di 14 februari",
        "14-2",
        "  14   februari ",
    ],
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert read_date(text, TODAY) == dt.date(2023, 2, 14)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_every_way_to_write_a_date_is_read_back(date: dt.date) -> None:
    short = f"{date.day}-{date.month}-{date:%y}"
    for text in (long_date(date), day_and_date(date), short_date(date, year=True), date.isoformat(), short):
        assert read_date(text) == date, text


def test_in_a_file_a_date_has_its_year() -> None:
    assert read_date("14 februari") is read_date("vr 14-2") is None


def test_a_date_without_a_year_is_the_next_one() -> None:
    assert read_date("8 januari", TODAY) == dt.date(2024, 1, 8)
    assert read_date("9 januari", TODAY) == dt.date(2023, 1, 9)
    assert read_date("29 februari", TODAY) == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("vrijdag", dt.date(2023, 1, 13)), ("op maandag", dt.date(2023, 1, 16)), ("Morgen", dt.date(2023, 1, 10)),
        ("volgende week dinsdag", dt.date(2023, 1, 17)), ("over twee weken", dt.date(2023, 1, 23)),
        ("over 1 maand", dt.date(2023, 2, 9)), ("over één week", dt.date(2023, 1, 16)),
        ("eind mei", dt.date(2023, 5, 31)), ("vrijdagmiddag", dt.date(2023, 1, 13)),
    ],
)  # fmt: skip
def test_a_day_as_seen_from_today_is_a_date(text: str, day: dt.date) -> None:
    assert read_date(text, TODAY) == day
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("half vijf", (16, 30)), ("kwart voor vijf", (16, 45)), ("kwart over 4", (16, 15)), ("4 uur", (16, 0)),
        ("vijf uur", (17, 0)), ("tien over half 5", (16, 40)), ("vijf voor half vijf", (16, 25)), ("4", (16, 0)),
        ("16:30", (16, 30)), ("4.30", (16, 30)), ("half een", (0, 30)), ("om half 5", (16, 30)),
    ],
)  # fmt: skip
def test_a_time_after_another_needs_no_half_of_the_day(text: str, time: tuple[int, int]) -> None:
    assert read_time_after(text, dt.time(15, 35)) == dt.time(*time)
    assert read_time_after("half een", dt.time(11, 0)) == dt.time(12, 30)
    assert read_time_after("half elf", dt.time(9, 0)) == dt.time(10, 30)


@pytest.mark.parametrize("text", ["", "straks", "na de pauze", "half", "kwart over", "half dertien", "over vijf"])
def test_what_is_no_time_after_another_is_none(text: str) -> None:
    assert read_time_after(text, dt.time(15, 35)) is None


@pytest.mark.parametrize(
    "text", ["", "31 februari", "31-2-2023", "over weken", "14 ju 2023", "februari", "14", "1-2-3-4"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text, TODAY) is None


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert isinstance(read_date(text, TODAY), dt.date | None)
    assert isinstance(read_time(text), dt.time | None)
    assert isinstance(read_time_after(text, dt.time(15, 35)), dt.time | None)


@pytest.mark.parametrize(
    "text", ["15:35", "15.35", "15u35", "1535", "15:35:00", "om 15.35", "15:35 uur", "15.35 u.", " 15:35 u "]
)
def test_a_time_is_read_as_people_write_it(text: str) -> None:
    assert read_time(text) == dt.time(15, 35)


def test_a_whole_hour_needs_no_minutes() -> None:
    assert read_time("16") == read_time("16 uur") == dt.time(16, 0)
    assert read_time("935") == dt.time(9, 35)


@pytest.mark.parametrize("text", ["", "24:00", "15:60", "half vier", "15:3", "-1"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text) is None


@given(st.times())
def test_a_time_that_was_written_is_read_back(time: dt.time) -> None:
    whole = time.replace(second=0, microsecond=0)
    printed = clock_time(dt.datetime.combine(dt.date(2023, 2, 14), time))
    for text in (clock(time), printed, f"{printed} uur", f"{time:%Hu%M}", time.isoformat()):
        assert read_time(text) == whole, text
    assert read_begin(f"{clock(time)} - 23:59") == read_begin(f"{printed} tot 23.59 uur") == whole


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("3", 3),
        ("03", 3),
        ("3.", 3),
        ("3,0", 3),
        ("Stoel 12", 12),
        ("0", None),
        ("", None),
        ("drie", None),
        ("-3", None),
    ],
)
def test_a_seat_is_read_as_lists_and_people_write_it(text: str, seat: int | None) -> None:
    assert read_seat(text) == seat


@pytest.mark.parametrize(
    ("text", "hands"),
    [
        ("7", (7, 9)), (" 7 / 8", (7, 8)), ("7 van 9", (7, 9)), ("7 van de 10 handen", (7, 10)), ("0", (0, 9)),
        ("10", None), ("9 van 7", None), ("", None), ("-1", None), ("7 van 0", None),
        ("zeven", (7, 9)), ("Zeven van de negen", (7, 9)), ("een van de 8", (1, 8)), ("niemand", (0, 9)),
        ("geen", (0, 9)),
        ("iedereen", (9, 9)), ("allemaal", (9, 9)), ("tien", None),
        ("7 mensen", (7, 9)), ("7 van 9.", (7, 9)), ("7 op 9", (7, 9)), ("alle 8", (8, 8)),
        ("alle negen leden", (9, 9)), ("7 tegen", None), ("de meesten", None), ("iedereen van 8", None),
    ],
)  # fmt: skip
def test_hands_are_no_more_than_the_people(text: str, hands: tuple[int, int] | None) -> None:
    assert read_hands(text, 9) == hands


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-05:00", "gisteren", "", "0002"])
def test_what_is_read_as_a_moment_can_be_shown_in_every_time_zone(text: str) -> None:
    assert read_moment(text) is None
    for hours in (-14, 14):
        moment = read_moment("0002-01-01T00:00:00+00:00")
        assert moment is not None
        assert moment.astimezone(dt.timezone(dt.timedelta(hours=hours))) == moment
