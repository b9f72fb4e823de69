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
    found = places(count, area, seat_width, 70)
    assert len(found) == count
    assert all(area.adjusted(-1, -1, 1, 1).contains(spot) for spot in found)
    for number, one in enumerate(found):
        assert not any(one.intersects(other) for other in found[:number])


def test_the_order_is_clockwise_from_the_top_left() -> None:
    found = places(12, QRectF(0, 0, 400, 400), 120, 60)
    middle = QRectF(0, 0, 400, 400).center()
    assert found[0].center().x() < middle.x()
    assert [spot.top() for spot in found[:3]] == [0, 0, 0]
    assert all(spot.center().x() > middle.x() for spot in found[3:6])
    assert found[3].top() < found[4].top() < found[5].top()
    assert [spot.bottom() for spot in found[6:9]] == [400, 400, 400]
    assert found[6].left() > found[7].left() > found[8].left()
    assert found[9].top() > found[10].top() > found[11].top()
