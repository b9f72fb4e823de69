"""Positions of seats around a table: no overlaps, all inside it, clockwise."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from sto_desktop.ui.conversation.table.ring_places import GAP, height_for, places, sides_for


@given(st.integers(0, 24), st.integers(1, 6))
def test_everybody_has_a_side_and_left_and_right_balance(count: int, across: int) -> None:
    sides = sides_for(count, across)
    assert sides.top + sides.right + sides.bottom + sides.left == count
    assert max(sides.top, sides.bottom) <= across
    assert 0 <= sides.right - sides.left <= 1
    assert min(sides.top, sides.right, sides.bottom, sides.left) >= 0


@given(st.integers(1, 24), st.integers(260, 700))
def test_seats_stand_clear_of_each_other_within_the_height_they_asked_for(count: int, width: int) -> None:
    seat_width = float((width - int(2 * GAP)) // 3)
    height = height_for(count, width, seat_width, 70)
    area = QRectF(0, 0, width, height)
    seat_places = places(count, area, seat_width, 70)
    assert len(seat_places) == count
    assert all(area.adjusted(-1, -1, 1, 1).contains(spot) for spot in seat_places)
    for number, one in enumerate(seat_places):
        assert not any(one.intersects(other) for other in seat_places[:number])


def test_the_order_is_clockwise_from_the_top_left() -> None:
    seat_places = places(12, QRectF(0, 0, 400, 400), 120, 60)
    middle = QRectF(0, 0, 400, 400).center()
    assert seat_places[0].center().x() < middle.x()
    assert [spot.top() for spot in seat_places[:3]] == [0, 0, 0]
    assert all(spot.center().x() > middle.x() for spot in seat_places[3:6])
    assert seat_places[3].top() < seat_places[4].top() < seat_places[5].top()
    assert [spot.bottom() for spot in seat_places[6:9]] == [400, 400, 400]
    assert seat_places[6].left() > seat_places[7].left() > seat_places[8].left()
    assert seat_places[9].top() > seat_places[10].top() > seat_places[11].top()
