"""Keeps the members in a line the same people when the members of the panel change while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sto_desktop.domain.capture.view import Placed, view_of
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import EVERYBODY, fold, name_index


class Bound(NamedTuple):
    """A line after the members changed: its source, the place of the cursor in it, and people in it who are no longer
    members.
    """

    source: str
    place: int
    lost: tuple[Panelist, ...] = ()


def bound(source: str, place: int, before: Sequence[Panelist], now: Sequence[Panelist]) -> Bound:
    """Write the speakers in a line in another way if their names would now mean somebody else, or nobody.

    A speaker who is no longer a member is removed; a name inside a sentence stays as it was shown.
    """
    names, members = name_index(now), {member.id: member for member in now}
    lost: list[Panelist] = []
    # From the end, so that the positions of earlier tokens stay valid.
    for placed in reversed(view_of(source, before).tokens):
        token = placed.token
        if token.kind != "speaker" or fold(token.key) == EVERYBODY:
            continue
        (was,) = token.members
        matches = names.find(token.key)
        if len(matches) == 1 and matches[0].id == was.id:
            continue
        # Somebody who is no longer a member can't be spelled, so the token disappears.
        if was.id not in members:
            lost.append(was)
        new = _respelled(source, placed, names.handle(members[was.id], by_name=True) if was.id in members else None)
        # The cursor moves with the text behind it, but never into the token before it.
        if place > placed.start:
            place = max(placed.start + len(new), place + len(new) - (placed.end - placed.start))
        source = source[: placed.start] + new + source[placed.end :]
    return Bound(source, place, tuple(reversed(lost)))


def _respelled(source: str, placed: Placed, handle: str | None) -> str:
    if handle is None:
        return placed.token.word if placed.is_word else ""
    return f"@{handle}{source[placed.end - 1] if placed.token.marked else ''}"
