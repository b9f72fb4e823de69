"""Snapshot of a conversation for all its views: question, time, presence, quiet members, open questions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from sto_desktop.domain.live.pause import Pause
from sto_desktop.domain.live.speakers import quiet_members
from sto_desktop.domain.live.steps import Step, questions_left
from sto_desktop.domain.live.timing import Timing
from sto_desktop.domain.model import Panel, Panelist, Playback
from sto_desktop.domain.panel.content import GuideContent, NoteContent
from sto_desktop.domain.panel.voices import TalkBalance
from sto_desktop.domain.people import Presence, presence_of, told_apart
from sto_desktop.domain.vocabulary import ThemeKind
from sto_desktop.json_text import read_json

JUST_NOW = dt.timedelta(minutes=1)
"""The last speaker counts as speaking for this long."""

SECTORS_AFTER = 5.0
"""Minutes into a theme after which a sector not heard in it is named."""


class Phase(Enum):
    """Phase of the conversation as a whole."""

    NOT_BEGUN = auto()
    RUNNING = auto()
    PAUSED = auto()
    HELD = auto()


@dataclass(frozen=True, slots=True)
class Seat:
    """A member at the table. `name`: how they are called at this table. `silent`: time since they last spoke; None if
    they never did or the conversation is over.

    `unheard`: has not spoken since the conversation began, while others have. `speaking`: spoke last, just now. `turn`:
    has the turn in the round; `had_turn`: had it before.
    """

    member: Panelist
    name: str
    times: int
    silent: dt.timedelta | None
    presence: Presence
    unheard: bool = False
    quiet: bool = False
    speaking: bool = False
    turn: bool = False
    had_turn: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """A round along the table, started at a question: `order` of members, `place` of the one whose turn it is."""

    question: str
    order: tuple[str, ...]
    place: int = 0

    @property
    def turn(self) -> str | None:
        """The member whose turn it is; None at the end."""
        return self.order[self.place] if self.place < len(self.order) else None

    @property
    def had_turn(self) -> frozenset[str]:
        """The members who had their turn."""
        return frozenset(self.order[: self.place])

    def step(self, direction: int) -> Round | None:
        """Return the round one seat further or back; None after the last member."""
        place = max(0, self.place + direction)
        return replace(self, place=place) if place < len(self.order) else None

    def kept(self) -> str:
        """Return the round as text for `kept_round`."""
        return json.dumps([self.question, self.place, *self.order])


def kept_round(text: str, question: str | None, panelists: Iterable[Panelist]) -> Round | None:
    """Return the stored round; None if there was none, or it belongs to another question or other members."""
    try:
        asked, place, *order = read_json(text or "[]")
    except ValueError:
        # No round, or the format of another version of the program.
        return None
    member_ids = {panelist.id for panelist in panelists}
    # A member of the round may have been deleted meanwhile.
    if (
        asked != question
        or not isinstance(place, int)
        or not 0 <= place < len(order)
        or not member_ids.issuperset(order)
    ):
        return None
    return Round(asked, tuple(order), place)


def begin_round(question: str, panelists: Sequence[Panelist]) -> Round | None:
    """Start a round along the present members, by seat; None if there are none."""
    present = [panelist for panelist in panelists if presence_of(panelist) is Presence.HERE]
    order = sorted(present, key=lambda member: (member.seat is None, member.seat or 0))
    return Round(question, tuple(member.id for member in order)) if order else None


def seats_of(
    panelists: Sequence[Panelist],
    balances: Sequence[TalkBalance],
    now: dt.datetime | None,
    talked: dt.timedelta | None,
    round_: Round | None = None,
) -> tuple[Seat, ...]:
    """Return the members in seating order, with who speaks and who is silent.

    Args:
        now: None when the conversation is over: silence is not counted then.
        talked: duration of the conversation so far; None: not begun, so that nobody can have been silent.
    """
    balance_of = {balance.panelist: balance for balance in balances}
    latest = max((balance.last for balance in balances if balance.last is not None), default=None)
    quiet = quiet_members(balances, panelists, now, talked) if now is not None and talked is not None else frozenset()
    others_heard = any(balance.times for balance in balances)
    names, seats = told_apart(panelists), []
    for panelist in panelists:
        spoke = balance_of.get(panelist.id, TalkBalance(panelist.id, 0))
        silent = spoke.silent_for(now) if now is not None else None
        presence = presence_of(panelist)
        turn = round_ is not None and round_.turn == panelist.id
        # Of several recent speakers only the last one is speaking.
        speaking = silent is not None and silent < JUST_NOW and spoke.last == latest and presence is Presence.HERE
        seats.append(
            Seat(
                panelist,
                names[panelist.id],
                spoke.times,
                silent,
                presence,
                # While nobody was heard, no speakers are recorded, so silence means nothing.
                others_heard and talked is not None and not spoke.times,
                # Who has the turn is about to speak.
                panelist.id in quiet and not turn,
                speaking,
                turn,
                round_ is not None and panelist.id in round_.had_turn,
            )
        )
    return tuple(seats)


def unheard_sectors(panelists: Iterable[Panelist], notes: Iterable[NoteContent]) -> tuple[str, ...]:
    """Return the sectors at the table from which nobody has a part in these notes, in seating order.

    Empty as long as no voice is known at all: the note taker then does not record speakers.
    """
    heard_ids = {voice.panelist for note in notes for voice in note.voices if voice.stance.counts}
    members = list(panelists)
    heard = {member.sector for member in members if member.id in heard_ids}
    if not heard:
        return ()
    sectors = [member.sector for member in members if member.sector and presence_of(member) is Presence.HERE]
    return tuple(sector for sector in dict.fromkeys(sectors) if sector not in heard)


@dataclass(frozen=True, slots=True)
class LiveState:
    """Everything that a view of the conversation needs, at one moment.

    `playback`: summary read back on the current theme; `last_playback`: the most recent one. `parked`: all parked
    notes; `parked_here`: those of the current theme. `unheard`: sectors not heard in the current theme. `discreet`:
    hide names, notes and silence on every screen. `pause`: the one going on, by the clock or by the guide.
    """

    panel: Panel
    guide: GuideContent
    phase: Phase
    now: dt.datetime
    step: Step | None
    following: Step | None
    timing: Timing
    seats: tuple[Seat, ...] = ()
    unheard: tuple[str, ...] = ()
    parked: tuple[NoteContent, ...] = ()
    parked_here: tuple[NoteContent, ...] = ()
    open_questions: frozenset[str] = frozenset()
    playback: Playback | None = None
    last_playback: Playback | None = None
    round: Round | None = None
    discreet: bool = False
    pause: Pause | None = None

    @property
    def running(self) -> bool:
        """Whether the clock is running."""
        return self.phase is Phase.RUNNING

    @property
    def parked_due(self) -> tuple[NoteContent, ...]:
        """Parked notes that are due: those of a theme at its last question, all of them while rounding off."""
        step = self.step
        if step is None:
            return ()
        if step.theme.theme.kind is ThemeKind.CLOSING:
            return self.parked
        return self.parked_here if step.number == step.of else ()

    @property
    def questions_left(self) -> int:
        """Questions of the current theme that remain, including the current one."""
        return questions_left(self.step)
