"""Bundles: notes that say the same, of which one speaks for all, and keep their own words and voices.

A bundled note names the note that it is bundled in (`Note.bundled_in`). From any such pairs, also those that two
people made without knowing of each other, follows one note that speaks for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sto_desktop.domain.panel.content import NoteContent


def speaking_for(pairs: Mapping[str, str]) -> dict[str, str]:
    """Return which note speaks for each bundled note.

    Args:
        pairs: of each bundled note (id) the note that it is bundled in, which is there.

    A bundle within a bundle is one. Of notes that are bundled in each other, the one with the lowest id speaks.
    """
    found: dict[str, str] = {}
    for note in pairs:
        way = [note]
        while way[-1] in pairs and pairs[way[-1]] not in way:
            way.append(pairs[way[-1]])
        around = way[way.index(pairs[way[-1]]) :] if way[-1] in pairs else [way[-1]]
        speaker = min(around)
        if speaker != note:
            found[note] = speaker
    return found


def bundled(notes: Iterable[NoteContent], speakers: Mapping[str, str]) -> list[NoteContent]:
    """Return the notes that speak, in order, each with the notes for which it does.

    Args:
        notes: notes one by one, among them every note that speaks for another.
        speakers: what `speaking_for` gives.
    """
    loose = list(notes)
    members: dict[str, list[NoteContent]] = {}
    for item in loose:
        if item.id in speakers:
            members.setdefault(speakers[item.id], []).append(item)
    return [
        replace(item, bundled=tuple(members[item.id])) if item.id in members else item
        for item in loose
        if item.id not in speakers
    ]
