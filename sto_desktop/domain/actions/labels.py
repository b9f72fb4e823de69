"""Actions on labels and speakers of several notes at once, each one undo step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sto_desktop.domain.actions.notes import note_tag_id, tag_id, voice_edits
from sto_desktop.domain.log.change import Action, Edit, action, change, delete, put
from sto_desktop.domain.model import Tag
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.language import tr_later

COLOURS = ("groen", "blauw", "oranje", "paars", "zeegroen", "rood")
"""Label colours as the log stores them; "" is no colour."""


def label_notes(notes: Iterable[NoteContent], add: Iterable[str], remove: Collection[str] = ()) -> Action:
    """Add labels (names) to notes and remove others (ids); create labels that do not exist yet."""
    names = {tag_id(name): name for name in add}
    made: list[Edit] = []
    edits: list[Edit] = []
    known: set[str] = set()
    for note in notes:
        had = {tag.id for tag in note.tags}
        known |= had
        edits += [put("note_tag", note_tag_id(note.id, tag), note=note.id, tag=tag) for tag in names if tag not in had]
        edits += [delete("note_tag", note_tag_id(note.id, tag)) for tag in remove if tag in had and tag not in names]
    # A label that none of these notes has may not exist yet, so write its row too.
    if edits:
        made = [put("tag", tag, name=name) for tag, name in names.items() if tag not in known]
    return action(tr_later("labels kiezen"), made, edits)


def rename_label(tag: Tag, name: str, notes: Iterable[str], existing: Tag | None = None) -> Action:
    """Rename a label; merge it with the `existing` label of that name, if any.

    A label's id derives from its name, so that the same word typed twice is one label. A renamed label is therefore a
    new label, to which `notes` (ids of all notes with the old one) move.
    """
    target = tag_id(name)
    if target == tag.id:
        return action(tr_later("label hernoemen"), change("tag", tag.id, name=name))
    label = tr_later("labels samenvoegen") if existing is not None else tr_later("label hernoemen")
    new = [] if existing is not None else [put("tag", target, name=name, colour=tag.colour)]
    return action(
        label,
        new,
        (put("note_tag", note_tag_id(note, target), note=note, tag=target) for note in notes),
        delete("tag", tag.id),
    )


def colour_label(tag: str, colour: str) -> Action:
    """Set the colour of a label to one of `COLOURS`, or none."""
    return action(tr_later("kleur van label kiezen"), change("tag", tag, colour=colour))


def delete_label(tag: str) -> Action:
    """Delete a label from all notes; the notes stay."""
    return action(tr_later("label verwijderen"), delete("tag", tag))


def assign_speaker(notes: Sequence[NoteContent], panelist: str | None) -> Action:
    """Replace the speakers of notes by one member (None: unknown); agreement and dissent stay."""
    edits: list[Edit] = []
    for note in notes:
        says = [voice for voice in note.voices if voice.stance is Stance.SAYS and voice.panelist != panelist]
        edits += [delete("voice", voice.id) for voice in says]
        if panelist is not None and panelist not in {
            voice.panelist for voice in note.voices if voice.stance is Stance.SAYS
        }:
            edits += voice_edits(note.id, [(panelist, Stance.SAYS)], note.voices)
    return action(tr_later("spreker kiezen"), edits)
