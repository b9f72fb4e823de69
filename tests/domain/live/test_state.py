"""The state of a conversation at one moment: the round, members with seats and silence, sectors that were not heard."""

import datetime as dt
from dataclasses import replace

from sto_desktop.domain.actions.conversation import swap_seats
from sto_desktop.domain.live.state import begin_round, seats_of, unheard_sectors
from sto_desktop.domain.model import Note, Panelist, Voice
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.panel.voices import TalkBalance
from sto_desktop.domain.people import Presence
from sto_desktop.domain.vocabulary import NoteKind, Stance

NOW = dt.datetime(2023, 2, 14, 16, 30, tzinfo=dt.UTC)


def member(seat: int, sector: str = "po", **values: object) -> Panelist:
    return Panelist(f"m{seat}", "panel", seat, f"Lid {seat}", f"Lid{seat}", sector=sector, **values)  # type: ignore[arg-type]


def said(note: str, *panelists: str) -> NoteContent:
    voices = tuple(Voice(f"{note}-{one}", note, one, Stance.SAYS) for one in panelists)
    return NoteContent(Note(note, "panel"), NoteKind.REMARK, voices)


def test_a_round_passes_every_seat_that_is_taken_once_and_can_go_back() -> None:
    people = [member(3), member(1), member(2, present=False), member(4, left_at=NOW)]
    found = begin_round("q", people)
    assert found is not None
    assert (found.order, found.turn, found.had_turn) == (("m1", "m3"), "m1", frozenset())
    further = found.step(+1)
    assert further is not None
    assert (further.turn, further.had_turn) == ("m3", frozenset({"m1"}))
    assert further.step(-1) == found == found.step(-1)
    assert further.step(+1) is None
    assert begin_round("q", people[2:]) is None


def test_changing_places_swaps_two_numbers_and_numbers_all_where_some_have_none() -> None:
    people = [member(1), member(2), member(4)]
    assert {edit.row: dict(edit.values) for edit in swap_seats(people, "m1", "m4").edits} == {
        "m1": {"seat": 4},
        "m4": {"seat": 1},
    }
    shared = [*people, replace(member(7), seat=None), replace(member(8), seat=2)]
    seats = {edit.row: edit.values["seat"] for edit in swap_seats(shared, "m7", "m1").edits}
    assert seats == {"m1": 5, "m8": 3, "m7": 1}


def test_a_seat_knows_silence_turn_and_whether_somebody_is_there() -> None:
    people = [member(1), member(2), member(3, present=False), member(4, left_at=NOW)]
    balances = [
        TalkBalance("m1", 3, NOW - dt.timedelta(seconds=20)),
        TalkBalance("m2", 1, NOW - dt.timedelta(minutes=25)),
        TalkBalance("m3", 0),
        TalkBalance("m4", 1, NOW - dt.timedelta(minutes=40)),
    ]
    first, second, third, fourth = seats_of(people, balances, NOW, dt.timedelta(minutes=50), begin_round("q", people))
    assert (first.speaking, first.quiet, first.turn) == (True, False, True)
    assert (second.speaking, second.quiet, second.turn) == (False, True, False)
    assert (third.presence, third.quiet) == (Presence.ABSENT, False)
    assert (fourth.presence, fourth.quiet) == (Presence.GONE, False)
    assert not any(seat.quiet or seat.silent for seat in seats_of(people, balances, None, dt.timedelta(minutes=50)))
    assert not any(seat.quiet for seat in seats_of(people, balances, NOW, None))


def test_who_came_late_is_quiet_only_ten_minutes_after_their_arrival() -> None:
    people = [member(1), member(2, arrived_at=NOW - dt.timedelta(minutes=5)), member(3)]
    balances = [TalkBalance("m1", 0), TalkBalance("m2", 0), TalkBalance("m3", 1, NOW)]
    talked = dt.timedelta(minutes=50)
    assert [seat.quiet for seat in seats_of(people, balances, NOW, talked)] == [True, False, False]
    later = NOW + dt.timedelta(minutes=5)
    assert [seat.quiet for seat in seats_of(people, balances, later, talked)] == [True, True, False]


def test_a_sector_is_unheard_while_nobody_of_it_had_a_part() -> None:
    people = [member(1), member(2, "bedrijf"), member(3, "vmbo"), member(4, "mbo", present=False), member(5, "")]
    assert unheard_sectors(people, [said("n1")]) == ()
    assert unheard_sectors(people, [said("n1", "m1")]) == ("bedrijf", "vmbo")
    assert unheard_sectors(people, [said("n1", "m1", "m3"), said("n2", "m2")]) == ()
    about = replace(said("n3"), voices=(Voice("v", "n3", "m2", Stance.ABOUT),))
    assert unheard_sectors(people, [about]) == ()
    assert unheard_sectors(people, [said("n1", "m1"), about]) == ("bedrijf", "vmbo")
