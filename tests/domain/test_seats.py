"""How people write a seat."""

from __future__ import annotations

import pytest

from sto_desktop.domain.capture.language import parse
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.seats import apart, seats_in, seats_named


@pytest.mark.parametrize(
    ("label", "seats"),
    [
        ("stoel 4", (4,)),
        ("Stoel vier", (4,)),
        ("st. 4", (4,)),
        ("nr. 7", (7,)),
        ("stoelnr. 4", (4,)),
        ("nummer twaalf", (12,)),
        ("plaats één", (1,)),
        ("P7", (7,)),
        ("deelnemer nr 7", (7,)),
        ("@4", (4,)),
        ("stoelen 2, 4 & 5", (2, 4, 5)),
        ("stoel 2 en stoel 4", (2, 4)),
        ("4", ()),
        ("Steen", ()),
        ("Peen", ()),
        ("stoel 4 en Jan", ()),
        ("stoel 123", ()),
        ("nr. 4-5", ()),
    ],
)
def test_a_seat_is_known_however_it_is_written(label: str, seats: tuple[int, ...]) -> None:
    assert seats_in(label) == seats


def test_a_mere_number_is_one_where_seats_are_asked_for() -> None:
    assert [seats_in(label, bare=True) for label in ("4", "3 en 4", "4e", "12:30")] == [(4,), (3, 4), (), ()]


def test_other_programs_number_who_takes_part_themselves() -> None:
    assert [seats_in(label, roles=False) for label in ("P7", "deelnemer 7", "nr 7")] == [(), (), (7,)]


def test_a_seat_is_named_within_a_sentence() -> None:
    assert seats_named("volgens stoel vier en @ 5 rijdt bus nr 3 om 12 uur") == {4, 5}


def test_unknown_speakers_are_seats_or_names() -> None:
    assert apart("stoel 4, Loïs Bos, stoel 5+") == (("stoel 4", "stoel 5+"), ("Loïs Bos",))
    assert apart("") == ((), ())


@pytest.mark.parametrize("seats", ["1en9", "9en1", "1en2en9"])
def test_of_several_seats_behind_one_sign_those_that_are_empty_are_unknown_speakers(seats: str) -> None:
    members = [Panelist("p1", seat=1, name="Hilde Bos"), Panelist("p2", seat=2, name="Rik ten Broeke")]
    captured = parse(f"te vol @{seats}", members)
    there = [member.id for member in members if str(member.seat) in seats]
    assert [member for member, _ in captured.voices] == there
    assert (captured.kept_text, captured.said_by) == ("te vol", "stoel 9")


def test_a_seat_of_two_is_nobody_s_until_one_of_them_moves() -> None:
    members = [Panelist(name, seat=1, name=name) for name in ("Hilde Bos", "Rik ten Broeke")]
    for text in ("te vol @1", "te vol @1en2"):
        captured = parse(text, members)
        assert captured.voices == ()
        assert captured.unknown
