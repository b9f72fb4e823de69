"""Bundles: notes that say the same, one of which represents all; each keeps its own text and voices.

A bundled note refers to the note that it is bundled in (`Note.bundled_in`). Any set of such pairs, including those that
two people made independently, gives each note one representative.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sto_desktop.domain.panel.content import NoteContent


def speaking_for(pairs: Mapping[str, str]) -> dict[str, str]:
    """Return the representative note of each bundled note.

    Args:
        pairs: for each bundled note (id) the note that it is bundled in, which exists.

    Nested bundles count as one. Of notes bundled in each other, the one with the lowest id is the representative.
    """
    representatives: dict[str, str] = {}
    for note in pairs:
        way = [note]
        while way[-1] in pairs and pairs[way[-1]] not in way:
            way.append(pairs[way[-1]])
        around = way[way.index(pairs[way[-1]]) :] if way[-1] in pairs else [way[-1]]
        speaker = min(around)
        if speaker != note:
            representatives[note] = speaker
    return representatives


def bundled(notes: Iterable[NoteContent], speakers: Mapping[str, str]) -> list[NoteContent]:
    """Return the representative notes, in order, each with its bundled notes.

    Args:
        notes: single notes, including every representative.
        speakers: the result of `speaking_for`.
    """
    loose = list(notes)
    members: dict[str, list[NoteContent]] = {}
    for note in loose:
        if note.id in speakers:
            members.setdefault(speakers[note.id], []).append(note)
    return [
        replace(note, bundled=tuple(members[note.id])) if note.id in members else note
        for note in loose
        if note.id not in speakers
    ]
