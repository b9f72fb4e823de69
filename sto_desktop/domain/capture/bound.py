"""Keeps the members in a line the same people when the members of the panel change while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sto_desktop.domain.capture.tokens import TAKEN, Token
from sto_desktop.domain.capture.view import Placed, view_of
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import NameIndex, name_index


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
        named = token.without if token.everybody else token.members
        if token.kind != "speaker" or not named or (not token.everybody and _means(token, names) == _ids(named)):
            continue
        # Somebody who is no longer a member can't be spelled, so the name disappears.
        lost += [member for member in reversed(named) if member.id not in members]
        new = _respelled(source, placed, [members[member.id] for member in named if member.id in members], names)
        # The cursor moves with the text behind it, but never into the token before it.
        if place > placed.start:
            place = max(placed.start + len(new), place + len(new) - (placed.end - placed.start))
        source = source[: placed.start] + new + source[placed.end :]
    return Bound(source, place, tuple(reversed(lost)))


def _ids(people: Sequence[Panelist]) -> list[str]:
    return [member.id for member in people]


def _means(token: Token, names: NameIndex) -> list[str]:
    """Return the ids of the members that the name of a token matches now."""
    return _ids(names.find(token.key.removesuffix(token.ending)))


def _respelled(source: str, placed: Placed, named: Sequence[Panelist], names: NameIndex) -> str:
    token, handles = placed.token, [f"@{names.handle(member, by_name=True)}" for member in named]
    if token.everybody:
        everybody = source[placed.start : placed.start + len(f"@{token.key}") + token.marked]
        return f"{everybody} behalve {', '.join(handles)}" if handles else everybody
    if not handles:
        return token.word if placed.is_word else ""
    taken = TAKEN if token.taken else ""
    stance = source[placed.end - len(taken) - 1] if token.marked else ""
    return f"{handles[0]}{token.ending}{stance}{taken}"
