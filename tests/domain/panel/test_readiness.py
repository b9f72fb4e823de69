from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sto_desktop.domain.model import Guide, Panel, Panelist, PanelQuestion, Question, Theme
from sto_desktop.domain.panel.content import GuideContent, QuestionContent, ThemeContent
from sto_desktop.domain.panel.readiness import (
    OPENING_READ,
    TODO_ITEMS,
    Check,
    CheckKind,
    consent_answered,
    guide_minutes,
    readiness,
    seats_twice,
)
from sto_desktop.domain.vocabulary import Consent

PANEL = Panel("p", date=dt.date(2023, 2, 14), start=dt.time(15, 35), place="Technolab")
PANEL = replace(
    PANEL,
    responsible="De Bron",
    privacy_contact="FG",
    processing_ground="toestemming",
    retain_until=dt.date(2024, 7, 1),
)
CONSENTS = ("consent_participation", "consent_name", "consent_quote", "consent_recording")


def member(number: int, seat: int | None, sector: str = "po", consent: Consent = Consent.YES) -> Panelist:
    return Panelist(
        f"m{number}",
        "p",
        seat,
        f"Lid {number}",
        sector=sector,
        consent_participation=consent,
        consent_name=consent,
        consent_quote=consent,
        consent_recording=consent,
    )


def question(number: int, minutes: int, decided: PanelQuestion | None = None) -> QuestionContent:
    return QuestionContent(Question(f"q{number}", minutes=minutes), decided=decided)


GUIDE = GuideContent(
    Guide("g"),
    (
        ThemeContent(Theme("t1", minutes=5), (question(1, 6),)),
        ThemeContent(Theme("t2"), (question(2, 8), question(3, 6))),
    ),
)
PEOPLE = [member(1, 1), member(2, 2)]
TICKED = {OPENING_READ, *TODO_ITEMS}


def decide(guide: GuideContent, decided: PanelQuestion) -> GuideContent:
    first, second = guide.themes
    changed = replace(second, questions=(replace(second.questions[0], decided=decided), *second.questions[1:]))
    return replace(guide, themes=(first, changed))


def checks(*, guide: GuideContent = GUIDE, people: list[Panelist] = PEOPLE, **more: object) -> dict[CheckKind, Check]:
    ready_checks = readiness(PANEL, guide, people, ticked=TICKED, **more)  # type: ignore[arg-type]
    return {check.kind: check for check in ready_checks}


def test_a_panel_where_all_is_settled_is_ready() -> None:
    ready_checks = checks()
    assert list(ready_checks) == list(CheckKind)
    assert all(check.done for check in ready_checks.values())
    assert (ready_checks[CheckKind.TIME].count, ready_checks[CheckKind.TIME].of) == (25, 25)


def test_a_longer_plan_than_the_guide_was_made_for_does_not_fit() -> None:
    longer = decide(GUIDE, PanelQuestion("d", "p", "q2", minutes=20))
    time = checks(guide=longer)[CheckKind.TIME]
    assert (time.done, time.count, time.of) == (False, 37, 25)
    assert checks(guide=longer, minutes=40)[CheckKind.TIME].done


def test_leaving_a_question_out_makes_room_but_not_less_time() -> None:
    shorter = decide(GUIDE, PanelQuestion("d", "p", "q2", skipped=True))
    time = checks(guide=shorter)[CheckKind.TIME]
    assert (time.done, time.count, time.of) == (True, 17, 25)
    assert guide_minutes(shorter) == guide_minutes(GUIDE) == 25


def test_an_empty_guide_is_no_plan() -> None:
    assert not checks(guide=GuideContent(Guide("g")))[CheckKind.TIME].done


def test_what_is_not_filled_in_is_named() -> None:
    ready_checks = readiness(Panel("p", place="Technolab"), GUIDE, PEOPLE, ticked=())
    by_kind = {check.kind: check for check in ready_checks}
    assert by_kind[CheckKind.OCCASION].missing == ("date", "start")
    assert not by_kind[CheckKind.OCCASION].done
    assert not by_kind[CheckKind.OPENING].done


def test_midnight_is_a_begin_too() -> None:
    ready_checks = readiness(replace(PANEL, start=dt.time(0, 0)), GUIDE, PEOPLE, ticked=TICKED)
    assert ready_checks[1].done


def test_every_member_needs_a_seat_of_their_own_and_a_sector() -> None:
    without_seat = checks(people=[*PEOPLE, member(3, None)])[CheckKind.PANELISTS]
    assert (without_seat.done, without_seat.count, without_seat.of) == (False, 2, 3)
    assert not checks(people=[*PEOPLE, member(3, 3, sector="")])[CheckKind.PANELISTS].done
    twice = checks(people=[*PEOPLE, member(3, 2)])[CheckKind.PANELISTS]
    assert (twice.done, twice.twice) == (False, (2,))
    assert not checks(people=[])[CheckKind.PANELISTS].done


def test_consent_counts_who_answered_also_with_no() -> None:
    people = [member(1, 1), member(2, 2, consent=Consent.NO), member(3, 3, consent=Consent.UNKNOWN)]
    consent = checks(people=people)[CheckKind.CONSENT]
    assert (consent.done, consent.count, consent.of) == (False, 2, 3)


@given(st.fixed_dictionaries({name: st.sampled_from(Consent) for name in CONSENTS}))
def test_consent_is_answered_with_or_without_recording_or_by_not_taking_part(answers: dict[str, Consent]) -> None:
    whole = all(answers[name] is not Consent.UNKNOWN for name in CONSENTS if name != "consent_recording")
    refuses = answers["consent_participation"] is Consent.NO
    assert consent_answered(replace(member(1, 1), **answers)) is (whole or refuses)  # type: ignore[arg-type]


@given(st.lists(st.one_of(st.none(), st.integers(1, 5))))
def test_seats_twice_names_exactly_the_shared_seats(seats: list[int | None]) -> None:
    people = [member(number, seat) for number, seat in enumerate(seats)]
    assert seats_twice(people) == tuple(sorted({seat for seat in seats if seat is not None and seats.count(seat) > 1}))
