"""Actions on several notes while working out: bundle, split, label, assign a speaker; and managing labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sto_desktop.domain.actions import labels as label_acts
from sto_desktop.domain.actions import notes as note_acts
from sto_desktop.domain.actions.notes import tag_id
from sto_desktop.domain.log.change import Action, action
from sto_desktop.domain.model import Tag
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.storage.working.conflicts import HistoryEntry
from sto_desktop.storage.working.dossier import Dossier
from sto_desktop.ui.findings.work import Work
from sto_desktop.ui.notes.material import Material

LAST_LABELS = 3
LAST = "last_labels"
"""Setting of this working copy: names of the labels applied last, most recent first."""


class NoteWork:
    """Applies these actions through `Work`, which reports errors."""

    def __init__(self, work: Work, material: Material, dossier: Dossier) -> None:
        self._work = work
        self._material = material
        self._dossier = dossier

    # Bundling and splitting

    def bundle(self, notes: Sequence[str]) -> bool:
        """Bundle these notes under the first; a single note that is a bundle is unbundled."""
        contents = self._material.notes(notes)
        if len(contents) == 1 and contents[0].bundled:
            return self._work.apply(note_acts.unbundle(contents))
        return len(contents) > 1 and self._work.apply(note_acts.bundle_notes(contents[0], contents[1:]))

    def split(self, note: str, text: str, place: int, seen: int) -> bool:
        """Split a note being edited in two; the text behind `place` (in code points) becomes the second."""
        edited = next(iter(self._material.notes([note])), None)
        if edited is None:
            return False
        whole = self._work.admitted(edited, self._work.reading(edited, text))
        if whole is None:
            return False
        first = self._work.reading(edited, text, place).text if text[:place].strip() else ""
        content = self._material.content
        siblings = content.notes_of(edited.question or "") if content else ()
        keys = [
            sibling.note.position.key for sibling in siblings if sibling.note.position.key > edited.note.position.key
        ]
        parts = note_acts.split_note(note_acts.as_edited(edited, whole), len(first), min(keys, default=None))
        if not parts.edits:
            return False
        changed = note_acts.edit_note(edited, whole, seen)
        return self._work.apply(action(parts.label, changed.edits, parts.edits, seen=seen))

    # Speakers and labels

    def assign(self, notes: Sequence[str], panelist: str | None) -> bool:
        """Set the speaker of notes; None removes it."""
        return self._work.apply_to(notes, lambda contents: label_acts.assign_speaker(contents, panelist))

    def label(self, notes: Sequence[str], add: Sequence[str], remove: Sequence[str] = ()) -> bool:
        """Add labels (names) to notes and remove others (ids)."""
        done = self._work.apply_to(notes, lambda contents: label_acts.label_notes(contents, add, remove))
        if done and add:
            last = [*add, *(name for name in self.last_labels() if name not in add)]
            self._dossier.set_setting(LAST, " ".join(last[:LAST_LABELS]))
        return done

    def last_labels(self) -> list[str]:
        """Return the names of the labels applied last that still exist, completed with those used most."""
        tags, counts = self.labels(), self.counts()
        names = {tag.name for tag in tags}
        last = [name for name in self._dossier.setting(LAST).split() if name in names]
        often = sorted(tags, key=lambda tag: (-counts.get(tag.id, 0), tag.name))
        return list(dict.fromkeys((*last, *(tag.name for tag in often))))[:LAST_LABELS]

    def turn_last_label(self, notes: Sequence[str], number: int) -> bool:
        """Add one of the last labels to notes; if all have it, remove it."""
        last = self.last_labels()
        if not notes or number >= len(last):
            return False
        tag = tag_id(last[number])

        def turned(contents: Sequence[NoteContent]) -> Action:
            on = all(tag in {label.id for label in note.tags} for note in contents)
            add, remove = ([], [tag]) if on else ([last[number]], [])
            return label_acts.label_notes(contents, add, remove)

        # Leave this label in its place, so that the digit keys keep their meaning.
        return self._work.apply_to(notes, turned)

    def labels(self) -> list[Tag]:
        """Return all labels, by name."""
        return self._dossier.read.tags.listed()

    def counts(self) -> Mapping[str, int]:
        """Return the number of notes per label, by its id."""
        return self._dossier.read.tags.counts()

    def history(self, note: str) -> list[HistoryEntry]:
        """Return the history of a note."""
        return self._dossier.history("note", note)

    def rename(self, tag: Tag, name: str) -> bool:
        """Rename a label, or merge it with the label that already has that name."""
        namesake = next((label for label in self.labels() if label.id == tag_id(name) and label.id != tag.id), None)
        notes = self._dossier.read.tags.notes_with(tag.id)
        return self._work.apply(label_acts.rename_label(tag, namesake.name if namesake else name, notes, namesake))

    def colour(self, tag: str, colour: str) -> bool:
        """Set the colour of a label."""
        return self._work.apply(label_acts.colour_label(tag, colour))

    def delete(self, tag: str) -> bool:
        """Delete a label."""
        return self._work.apply(label_acts.delete_label(tag))
