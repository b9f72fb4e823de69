"""Which screens exist, which one is free, and whether a beamer mirrors the laptop."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from sto_desktop.ui.conversation.room.mirror import PATH_SIZE, duplicated_by_system, overlap, shares_a_source
from sto_desktop.ui.conversation.room.screens import Screen, Screens, other_screen
from tests.ui.screens_support import BEAMER, LAPTOP, WALL

MIRROR = Screen("mirror", QRect(0, 0, 1366, 768))


def paths(*sources: tuple[int, int]) -> bytes:
    """What Windows returns for this many displays: adapter and source of each, and 60 more bytes that vary."""
    rest = range(PATH_SIZE - 12)
    return b"".join(
        struct.pack("<QI", adapter, source) + bytes((number * 7 + at) % 256 for at in rest)
        for number, (adapter, source) in enumerate(sources)
    )


@pytest.mark.parametrize(
    ("sources", "mirrored"),
    [
        ((), False),
        (((5, 0),), False),
        (((5, 0), (5, 1)), False),
        (((5, 0), (9, 0)), False),
        (((5, 0), (5, 0)), True),
        (((5, 1), (5, 0), (5, 1)), True),
    ],
)
def test_windows_paths_from_one_source_are_a_mirror(sources: tuple[tuple[int, int], ...], mirrored: bool) -> None:
    assert shares_a_source(paths(*sources)) is mirrored


@given(st.lists(st.tuples(st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1)), max_size=6))
def test_it_is_a_mirror_just_when_a_source_comes_twice(sources: list[tuple[int, int]]) -> None:
    assert shares_a_source(paths(*sources)) is (len(set(sources)) < len(sources))


@given(st.binary(max_size=400))
def test_no_answer_of_windows_breaks_it(answer: bytes) -> None:
    assert shares_a_source(answer) in (True, False)


def test_under_x11_two_screens_at_one_spot_are_a_mirror() -> None:
    assert overlap([(0, 0, 1366, 768), (0, 0, 1024, 768)])
    assert not overlap([(0, 0, 1366, 768), (1366, 0, 1920, 1080)])


def test_nothing_is_ever_put_over_ones_own_screen() -> None:
    assert other_screen([LAPTOP], [LAPTOP], "beamer") is None
    assert other_screen([LAPTOP, MIRROR], [LAPTOP], "mirror") is None
    assert other_screen([LAPTOP, BEAMER], [LAPTOP], "") == BEAMER
    assert other_screen([LAPTOP, BEAMER], [BEAMER], "beamer") == LAPTOP
    assert other_screen([LAPTOP, BEAMER], [LAPTOP, BEAMER], "beamer") is None


def test_the_screen_of_last_time_comes_first() -> None:
    assert other_screen([LAPTOP, BEAMER, WALL], [LAPTOP], "wall") == WALL
    assert other_screen([LAPTOP, BEAMER, WALL], [LAPTOP], "gone") == BEAMER


def test_this_computer_has_a_screen_and_says_whether_it_mirrors(qtbot: QtBot) -> None:
    screens = Screens()
    (only,) = screens.all()
    assert only.primary
    assert not only.rect.isEmpty()
    screens.look()
    assert screens.mirrored is duplicated_by_system()


def test_a_mirror_is_told_of_when_it_begins_and_when_it_ends(qtbot: QtBot) -> None:
    answers = iter((False, True, True, False))
    screens = Screens(lambda: next(answers))
    told: list[bool] = []
    screens.mirror_changed.connect(told.append)
    for _ in range(4):
        screens.look()
    assert told == [True, False]
