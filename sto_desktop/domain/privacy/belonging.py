"""Whose a row is: the member that it is a part of, or else the members with a voice in its note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sto_desktop.domain.model import Note, Panelist, Voice
from sto_desktop.domain.record import spec_of


def by_note(voices: Iterable[Voice]) -> Mapping[str, Collection[str]]:
    """Return the members (ids) with a voice in each note (id), whatever their part in it."""
    members: dict[str, set[str]] = defaultdict(set)
    for voice in voices:
        if voice.note is not None and voice.panelist is not None:
            members[voice.note].add(voice.panelist)
    return members


def whose(record: Any, voices: Mapping[str, Collection[str]]) -> Collection[str]:
    """Return the members (ids) that a row is of, by the references in it that own it; none if it is of nobody.

    `voices`: the members with a voice in each note.
    """
    if isinstance(record, Panelist):
        return (record.id,)
    if isinstance(record, Note):
        return voices.get(record.id, ())
    owners = {
        field.parent: getattr(record, field.name)
        for field in spec_of(type(record)).fields.values()
        if field.owned and getattr(record, field.name)
    }
    if "panelist" in owners:
        return (owners["panelist"],)
    return voices.get(owners.get("note", ""), ())
