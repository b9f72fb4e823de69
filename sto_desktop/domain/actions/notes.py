"""Actions on notes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sto_desktop.domain.capture.language import NOTHING_AGREED, Captured
from sto_desktop.domain.identity import derived_id, new_id
from sto_desktop.domain.log.change import Action, Edit, action, change, create, delete, put
from sto_desktop.domain.log.undo import PASTED
from sto_desktop.domain.model import Note, Tag, Voice
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.place import Position, key_between, key_of_moment
from sto_desktop.domain.record import spec_of
from sto_desktop.domain.seats import apart
from sto_desktop.domain.vocabulary import Mark, NoteKind, Stance
from sto_desktop.language import tr_later

COMES_BACK = (Mark.RETURN, Mark.PROBE)
"""Marks for something to ask the panel about later: such a note is parked."""


def tag_id(name: str) -> str:
    """Return the id of a label, derived from its name without case and accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return derived_id("tag", "".join(character for character in plain if not unicodedata.combining(character)))


def voice_id(note: str, panelist: str) -> str:
    """Return the id of a member's voice in a note."""
    return derived_id("voice", note, panelist)


def note_tag_id(note: str, tag: str) -> str:
    """Return the id of a label's link to a note."""
    return derived_id("note_tag", note, tag)


def voice_edits(
    note: str, voices: Iterable[tuple[str, Stance]], had: Iterable[Voice] = (), *, new: bool = False
) -> Iterator[Edit]:
    """Yield the edits that set the voices of a note, in this order; `new`: the note is new.

    Those that it had keep their place if they can, so that two people who add voices don't disagree on places.
    """
    voices = list(voices)
    places = {voice.panelist: voice.place or 0 for voice in had}
    in_front = next((at for at, (panelist, _) in enumerate(voices) if panelist in places), 0)
    last = min(places.values(), default=1) - 1 - in_front
    for panelist, stance in voices:
        last = max(places.get(panelist, last + 1), last + 1)
        set_row = create if new else put
        yield set_row("voice", voice_id(note, panelist), note=note, panelist=panelist, stance=stance, place=last)


def tag_edits(note: str, name: str, known: Mapping[str, str] | None = None) -> tuple[Edit, ...]:
    """Return the edits that put a label on a note; `known`: names of existing labels, by id."""
    tag = tag_id(name)
    link = put("note_tag", note_tag_id(note, tag), note=note, tag=tag)
    # The row of a known label exists already.
    if known is not None and tag in known:
        return (link,)
    return (put("tag", tag, name=name), link)


def capture_note(
    panel: str,
    question: str | None,
    captured: Captured,
    at: datetime,
    *,
    note: str | None = None,
    marks: Collection[Mark] = (),
    known_tags: Mapping[str, str] | None = None,
    late: bool = False,
) -> Action:
    """Store typed text as a note under a question, in order of time. `note`: id for the note.

    `late`: it was said before, so its time is unknown. `marks`: set by keys, which also set the note's star or park it.
    A marked note without text is a moment to be described later.
    """
    row = note or new_id()
    # A note keeps one: that it is important is in its star too.
    mark = next((mark for mark in COMES_BACK if mark in marks), next(iter(marks), None))
    return action(
        # A marked moment has no text, so its label names the mark.
        tr_later("notitie toevoegen") if captured.text else f"markeren: {mark.word}" if mark else "",
        create(
            "note",
            row,
            panel=panel,
            position=Position(question, key_of_moment(at)),
            text=captured.kept_text,
            kind=captured.kind,
            star=Mark.IMPORTANT in marks,
            parked=captured.parked or mark in COMES_BACK,
            captured_at=None if late else at,
            mark=mark,
            # Only if true, so that the log of an ordinary note has no such field.
            **({"late": True} if late else {}),
            **({"said_by": captured.said_by} if captured.strangers else {}),
            **({"under": captured.under} if captured.under else {}),
            **_agreed(captured, nothing=False),
        ),
        voice_edits(row, captured.voices, new=True),
        (edit for name in captured.tags for edit in tag_edits(row, name, known_tags)),
    )


def _agreed(captured: Captured, *, nothing: bool = True) -> dict[str, Any]:
    """Return the fields of what was agreed, if the line says so; `nothing`: also return them to clear an agreement."""
    if captured.agreed is None or (not nothing and captured.agreed == NOTHING_AGREED):
        return {}
    return {"owner": captured.agreed.owner, "due": captured.agreed.due}


def _strangers(note: NoteContent, captured: Captured) -> dict[str, Any]:
    """Return the speakers of a note who are no member, if the line changes them: its seats are typed again, names of a
    file stay.
    """
    _, named = apart(note.note.said_by)
    said_by = ", ".join(filter(None, (*named, captured.said_by)))
    return {} if said_by == note.note.said_by else {"said_by": said_by}


def _typed(note: NoteContent, captured: Captured) -> dict[str, Any]:
    """Return the fields of a note that the line says."""
    said = {"text": captured.kept_text, "kind": captured.kind, "parked": captured.parked}
    return {**said, **_strangers(note, captured), **_agreed(captured)}


def capture_list(
    panel: str,
    question: str | None,
    notes: Iterable[Captured],
    at: datetime,
    known_tags: Mapping[str, str] | None = None,
    *,
    late: bool = False,
    step: str = "",
) -> Action:
    """Store several notes at once, in their order. Those with the same `step`, a moment in ISO form, are one step."""
    edits: list[Edit] = []
    # One millisecond apart: the smallest difference in the order of notes.
    for number, captured in enumerate(notes):
        moment = at + timedelta(milliseconds=number)
        edits += capture_note(panel, question, captured, moment, known_tags=known_tags, late=late).edits
    return replace(action(PASTED, edits), at=step)


def edit_note(note: NoteContent, captured: Captured, seen: int | None = None) -> Action:
    """Replace text, voices and labels of a note by what was typed; `seen`: arrival order when the editor opened."""
    voices = dict(captured.voices)
    wanted = {tag_id(name): name for name in captured.tags}
    had = {tag.id for tag in note.tags}
    return action(
        tr_later("notitie wijzigen"),
        change("note", note.id, **_typed(note, captured)),
        voice_edits(note.id, voices.items(), note.voices),
        (delete("voice", voice.id) for voice in note.voices if voice.panelist not in voices),
        (edit for tag, name in wanted.items() if tag not in had for edit in tag_edits(note.id, name)),
        (delete("note_tag", note_tag_id(note.id, tag)) for tag in had - wanted.keys()),
        seen=seen,
    )


def bring_back(note: NoteContent, captured: Captured) -> Action:
    """Restore a note that was deleted elsewhere during its correction, with the corrected content."""
    agreed = {"owner": note.note.owner, "due": note.note.due}
    return action(
        tr_later("notitie terughalen"),
        put("note", note.id, **(agreed | _typed(note, captured))),
        voice_edits(note.id, captured.voices, note.voices),
        (edit for name in captured.tags for edit in tag_edits(note.id, name)),
    )


def add_to_note(note: NoteContent, captured: Captured) -> Action:
    """Add voices and labels to a note. Who said it stays its speaker when everybody agrees."""
    had = {voice.panelist: voice.stance for voice in note.voices if voice.panelist is not None}
    voices = {
        panelist: stance
        for panelist, stance in captured.voices
        if had.get(panelist) is not stance and (had.get(panelist), stance) != (Stance.SAYS, Stance.AGREES)
    }
    tags = {tag.id for tag in note.tags}
    return action(
        tr_later("toevoegen aan de notitie"),
        (
            edit
            for edit in voice_edits(note.id, {**had, **voices}.items(), note.voices)
            if edit.values["panelist"] in voices
        ),
        (edit for name in captured.tags if tag_id(name) not in tags for edit in tag_edits(note.id, name)),
    )


def as_edited(note: NoteContent, captured: Captured) -> NoteContent:
    """Return a note as `edit_note` leaves it."""
    return replace(
        note,
        note=replace(note.note, **_typed(note, captured)),
        voices=tuple(
            Voice(voice_id(note.id, panelist), note=note.id, panelist=panelist, stance=stance, place=place)
            for place, (panelist, stance) in enumerate(captured.voices, 1)
        ),
        tags=tuple(Tag(tag_id(name), name=name) for name in captured.tags),
    )


_OF_THE_FIRST = {"position", "text", "star", "mark", "bundled_in", "split_from", "answer"}
"""Fields of a note that the second half of a split does not copy."""


def split_note(note: NoteContent, place: int, following: str | None = None) -> Action:
    """Split a note: the text before a place stays, the rest becomes a note directly after it.

    Both halves keep kind, voices and labels, since the same members said both.

    Args:
        place: in code points. At either end there is nothing to split, and the action has no edits.
        following: position key of the next note under the question; None for the last.
    """
    first, second_text = note.text[:place].rstrip(), note.text[place:].lstrip()
    label = tr_later("notitie splitsen")
    if not first or not second_text:
        return action(label)
    # The second half gets a key between the first half and the next note.
    row, old = new_id(), note.note
    position = Position(old.position.parent, key_between(old.position.key, following))
    same = {name: getattr(old, name) for name in spec_of(Note).fields if name not in _OF_THE_FIRST}
    return action(
        label,
        change("note", note.id, text=first),
        create("note", row, position=position, text=second_text, split_from=note.id, **same),
        voice_edits(
            row, [(voice.panelist, voice.stance) for voice in note.voices if voice.panelist is not None], new=True
        ),
        (put("note_tag", note_tag_id(row, tag.id), note=row, tag=tag.id) for tag in note.tags),
    )


def bundle_notes(speaker: NoteContent, others: Iterable[NoteContent]) -> Action:
    """Let one note represent others that say the same; each keeps its own text, voices, labels and position.

    Notes bundled in the others join this bundle.
    """
    members = [note for bundle in others for note in bundle.ids if bundle.id != speaker.id]
    label = tr_later("notities bundelen")
    if not members:
        return action(label)
    return action(
        label,
        # The representative may have been in a bundle itself.
        change("note", speaker.id, bundled_in=None),
        (change("note", note, bundled_in=speaker.id) for note in members),
    )


def unbundle(notes: Iterable[NoteContent]) -> Action:
    """Dissolve these bundles; each note returns to its own position."""
    return action(
        tr_later("bundel uit elkaar halen"),
        (change("note", note, bundled_in=None) for bundle in notes for note in bundle.ids),
    )


def delete_notes(notes: Sequence[str]) -> Action:
    """Delete notes."""
    label = tr_later("notitie verwijderen") if len(notes) == 1 else f"{len(notes)} notities verwijderen"
    return action(label, (delete("note", note) for note in notes))


def star_note(note: str, star: bool) -> Action:
    """Set or clear the star of a note."""
    return action(tr_later("ster zetten") if star else tr_later("ster weghalen"), change("note", note, star=star))


def park_note(note: str, parked: bool) -> Action:
    """Park a note, or take it off the parking lot."""
    label = tr_later("parkeren") if parked else tr_later("van de parkeerplaats halen")
    return action(label, change("note", note, parked=parked))


def agree_on(note: NoteContent, owner: str, due: date | None, answer: str, seen: int | None = None) -> Action:
    """Set who does an action, or finds out an open question, by when, and what came of it; `seen`: arrival order when
    the form opened."""
    values: dict[str, Any] = {"owner": owner, "due": due, "answer": answer}
    changed = {name: value for name, value in values.items() if value != getattr(note.note, name)}
    label = tr_later("antwoord") if changed.keys() == {"answer"} else tr_later("wie en wanneer")
    return action(label, [change("note", note.id, **changed)] if changed else [], seen=seen)


def mark_to_come_back(note: NoteContent, mark: Mark) -> Action:
    """Park a note to come back to it, or to ask a follow-up question; take it off again if it is parked for that."""
    parked = note.note.parked and (note.note.mark is Mark.PROBE) is (mark is Mark.PROBE)
    if parked:
        label = tr_later("niet doorvragen") if mark is Mark.PROBE else tr_later("van de parkeerplaats halen")
        # A moment that waits for its text is shown by its mark.
        return action(label, change("note", note.id, parked=False, mark=None if note.text else note.note.mark))
    label = tr_later("doorvragen") if mark is Mark.PROBE else tr_later("parkeren")
    return action(label, change("note", note.id, parked=True, mark=mark))


def set_aside(notes: Sequence[str], aside: bool) -> Action:
    """Set notes aside as reviewed but unused, or undo that."""
    label = tr_later("opzijleggen") if aside else tr_later("weer meenemen")
    return action(label, (change("note", note, set_aside=aside) for note in notes))


def set_kind(notes: Sequence[str], kind: NoteKind | None) -> Action:
    """Set the kind of notes; None: inherit it from their question."""
    return action(tr_later("soort kiezen"), (change("note", note, kind=kind) for note in notes))


def confirm_kind(notes: Iterable[NoteContent]) -> Action:
    """Confirm the kinds that notes inherited from their question."""
    return action(
        tr_later("soort bevestigen"), (change("note", note.id, kind=note.kind) for note in notes if note.inherited)
    )


def place_notes(notes: Sequence[NoteContent], question: str | None) -> Action:
    """Move notes to another question, placed among its notes in order of time."""
    label = tr_later("notitie verplaatsen") if len(notes) == 1 else f"{len(notes)} notities verplaatsen"
    return action(
        label, (change("note", note.id, position=Position(question, note.note.position.key)) for note in notes)
    )


def move_notes(notes: Sequence[str], question: str | None, after: str | None, before: str | None) -> Action:
    """Move notes to a question, between two position keys (None: an end)."""
    edits = []
    low = after
    for note in notes:
        low = key_between(low, before)
        edits.append(change("note", note, position=Position(question, low)))
    label = tr_later("notitie verplaatsen") if len(notes) == 1 else f"{len(notes)} notities verplaatsen"
    return action(label, edits)
