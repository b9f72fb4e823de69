"""A line being typed at one moment, and what it becomes where a backslash is written or the members change."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sto_desktop.domain.capture.bound import bound
from sto_desktop.domain.capture.chips import NO_CHIPS, Chips
from sto_desktop.domain.model import Panelist


@dataclass(frozen=True, slots=True)
class State:
    """A line at one moment. `place`: end of the last edit, in the source; `typing`: the cursor is still there.

    `own`: the chips that the note had when it was put back; the others were typed. `plain`: positions of characters
    that never have a meaning, wherever an edit moves them; a backslash is written only where they would get one.
    """

    source: str = ""
    chips: Chips = NO_CHIPS
    place: int = 0
    typing: bool = False
    own: Chips = NO_CHIPS
    plain: tuple[int, ...] = ()


def escaped_at(state: State, places: Sequence[int]) -> State:
    """Return a line with a backslash before each of these positions in its source, which are in order."""
    source = state.source
    # From the last, so that the earlier positions stay valid.
    for at in reversed(places):
        source = f"{source[:at]}\\{source[at:]}"
    moved = {at: at + bisect_left(places, at) for at in (*state.plain, state.place)}
    plain = tuple(moved[at] for at in state.plain if at not in places)
    return replace(state, source=source, place=moved[state.place], plain=plain)


def bound_state(
    state: State, before: Sequence[Panelist], now: Sequence[Panelist]
) -> tuple[State, tuple[Panelist, ...]]:
    """Return a line in which each name means the same person, and the people who are no longer members."""
    source, place, lost = bound(state.source, state.place, before, now)
    current = {member.id for member in now}
    voices = tuple(voice for voice in state.chips.voices if voice[0] in current)
    removed = {member for member, _ in state.chips.voices} - current
    lost = tuple(member for member in before if member in lost or member.id in removed)
    return replace(state, source=source, place=place, chips=replace(state.chips, voices=voices)), lost


def token_around(source: str, place: int) -> tuple[int, int]:
    """Return the start and end of the word around a position."""
    start = max(source.rfind(separator, 0, place) for separator in " \n") + 1
    ends = [end for separator in " \n" if (end := source.find(separator, place)) >= 0]
    return start, min(ends, default=len(source))
