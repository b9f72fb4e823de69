"""Actions during a panel conversation: time (bookkeeping, no undo steps), presence, seats and summaries read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sto_desktop.domain.actions.notes import capture_note
from sto_desktop.domain.actions.panels import panel_question_id
from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, Edit, action, change, create, delete, put
from sto_desktop.domain.model import Panel, Panelist, TimeSpan
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.panel.voices import by_seat
from sto_desktop.domain.people import Presence, presence_of
from sto_desktop.domain.vocabulary import Agreement, PanelStatus
from sto_desktop.language import tr_later


def _stops(spans: Iterable[TimeSpan], now: datetime, seconds: float | None) -> list[Edit]:
    running = [span for span in spans if span.stopped_at is None]
    edits = []
    for span in running:
        # A crash leaves no stop time: use the last time at which the span was saved as running.
        end = now if seconds is not None else span.alive_at or span.started_at
        lasted = seconds if seconds is not None else span.seconds
        if lasted is None and end is not None and span.started_at is not None:
            lasted = (end - span.started_at).total_seconds()
        edits.append(change("time_span", span.id, stopped_at=end, seconds=round(lasted or 0)))
    return edits


def start_question(
    panel: str,
    question: str,
    spans: Iterable[TimeSpan],
    now: datetime,
    seconds: float | None,
    *,
    span: str | None = None,
    plan: Iterable[Edit] = (),
) -> Action:
    """Stop the running span and start timing a question.

    Args:
        seconds: duration of the running span by a monotonic clock; None when a crash left it running.
        span: id for the new span.
        plan: the plan to keep (`kept_plan`), if the conversation begins.
    """
    return action(
        "",
        plan,
        _stops(spans, now, seconds),
        create("time_span", span or new_id(), panel=panel, question=question, started_at=now, alive_at=now),
        change("panel", panel, status=PanelStatus.RUNNING),
    )


def kept_plan(panel: str, guide: GuideContent, start: datetime) -> Iterator[Edit]:
    """Yield the edits that keep a guide's plan as it is now, including the breaks, counted from a start."""
    for number, theme in enumerate(guide.themes, 1):
        yield put(
            "planned_part",
            derived_id("planned_part", panel, theme.id),
            panel=panel,
            theme=theme.id,
            number=number,
            title=theme.title,
            kind=theme.theme.kind,
            begins=start.time(),
            minutes=theme.minutes,
        )
        start += timedelta(minutes=theme.minutes)


def pause(spans: Iterable[TimeSpan], now: datetime, seconds: float | None) -> Action:
    """Stop the running span."""
    return action("", _stops(spans, now, seconds))


def stay_alive(span: TimeSpan, now: datetime, seconds: float | None = None) -> Action:
    """Record that a span is still running, so that a crash loses little of its time.

    `seconds`: its duration so far, by a monotonic clock.
    """
    if seconds is None:
        return action("", change("time_span", span.id, alive_at=now))
    return action("", change("time_span", span.id, alive_at=now, seconds=round(seconds)))


def end_conversation(panel: str, spans: Iterable[TimeSpan], now: datetime, seconds: float | None) -> Action:
    """Stop the clock and mark the panel as held."""
    return action("", _stops(spans, now, seconds), change("panel", panel, status=PanelStatus.HELD))


def held_on_paper(panel: str) -> Action:
    """Mark a panel as held without the clock: its notes are typed from paper."""
    return action(tr_later("van papier"), change("panel", panel, status=PanelStatus.HELD))


def playback_id(panel: str, theme: str) -> str:
    """Return the id of the summary read back to a panel about a theme."""
    return derived_id("playback", panel, theme)


def amend_playback(
    panel: str, playback: str, question: str | None, captured: Captured, at: datetime, *, late: bool = False
) -> Action:
    """Store the panel's correction of a summary (`playback`) as a separate note."""
    made = capture_note(panel, question, captured, at, late=late)
    first = made.edits[0]
    amended = replace(first, values={**first.values, "amends": playback})
    return replace(made, label=tr_later("aanvulling op de samenvatting"), edits=(amended, *made.edits[1:]))


def set_top_choice(panelist: str, rank: int, text: str, note: str | None = None) -> Action:
    """Set what a member found most important (`rank` 1 is first), optionally with its note; empty text deletes it."""
    row = derived_id("top_choice", panelist, str(rank))
    if not text:
        return action(tr_later("top drie"), delete("top_choice", row))
    return action(tr_later("top drie"), put("top_choice", row, panelist=panelist, rank=rank, text=text, note=note))


def set_playback(panel: str, theme: str, text: str, agreed: Agreement, row: str | None = None) -> Action:
    """Store the summary read back to the panel about a theme, and whether the panel agreed.

    `row`: id of the existing summary. It differs from `playback_id` where words of an earlier summary were erased.
    """
    row = row or playback_id(panel, theme)
    return action(
        tr_later("samenvatting voor het panel"),
        put("playback", row, panel=panel, theme=theme, text=text, agreed=agreed),
    )


def count_hands(playback: str, hands: int | None, of: int | None) -> Action:
    """Store how many of those present recognised a summary; None: it was not counted."""
    return action(tr_later("handopsteken"), change("playback", playback, hands=hands, hands_of=of))


def set_presence(member: Panelist, presence: Presence, at: datetime | None) -> Action:
    """Set whether a member is present, absent or has left; `at`: the moment, None before the conversation began."""
    if presence is Presence.GONE:
        return action(tr_later("panellid vertrekt"), change("panelist", member.id, present=True, left_at=at))
    if presence is Presence.ABSENT:
        edit = change("panelist", member.id, present=False, arrived_at=None, left_at=None)
        return action(tr_later("panellid afwezig"), edit)
    # A member who left and returns keeps the first time of arrival.
    arrived = at if presence_of(member) is Presence.ABSENT else member.arrived_at
    return action(
        tr_later("panellid aanwezig"), change("panelist", member.id, present=True, arrived_at=arrived, left_at=None)
    )


def nobody_yet(members: Iterable[Panelist]) -> Action:
    """Mark everybody as absent, before people come in."""
    edits = (change("panelist", member.id, present=False, arrived_at=None, left_at=None) for member in members)
    return action(tr_later("nog niemand binnen"), edits)


def share_minutes(panel: str, minutes: Mapping[str, int]) -> Action:
    """Set the minutes of several questions, in this panel only, as one step."""
    edits = (
        put("panel_question", panel_question_id(panel, question), panel=panel, question=question, minutes=length)
        for question, length in minutes.items()
    )
    return action(tr_later("minuten verdelen"), edits)


def swap_seats(members: Iterable[Panelist], first_member: str, second_member: str) -> Action:
    """Swap the seats of two members.

    Where a member has no seat, or two share one (both laptops assigned it), all are renumbered in seating order.
    """
    order = list(by_seat(members))
    seats = [member.seat for member in order]
    if None in seats or len(set(seats)) < len(seats):
        seats = list(range(1, len(order) + 1))
    first, second = ([member.id for member in order].index(member) for member in (first_member, second_member))
    seats[first], seats[second] = seats[second], seats[first]
    edits = (
        change("panelist", member.id, seat=seat)
        for member, seat in zip(order, seats, strict=True)
        if seat != member.seat
    )
    return action(tr_later("van plaats wisselen"), edits)


def start_over(panel: Panel, rows: Iterable[tuple[str, str]]) -> Action:
    """Reset a panel to its state before the conversation, for a rehearsal copy.

    Args:
        rows: rows made during the conversation, as (table, row): notes, time, summaries.
    """
    return action(
        "",
        (delete(table, row) for table, row in rows),
        change("panel", panel.id, status=PanelStatus.PREPARING),
    )
