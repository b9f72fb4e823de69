"""The user's actions while working out, applied to the open dossier; expected errors become a message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import dropwhile
from typing import Any

from sto_desktop.domain.actions import elaborate as acts
from sto_desktop.domain.actions import notes as note_acts
from sto_desktop.domain.actions.searches import delete_search, save_search
from sto_desktop.domain.capture.correction import Correction
from sto_desktop.domain.capture.language import Captured, parse
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.live.noting import admitted
from sto_desktop.domain.log.change import Action, Edit
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.place import Position, key_between, last_key
from sto_desktop.domain.vocabulary import DebriefAuthor, Evidence, NoteKind
from sto_desktop.language import tr_later
from sto_desktop.storage.read.reader import Reader
from sto_desktop.ui.base.doing import DossierWork, Tell, attempt
from sto_desktop.ui.base.long_writing import MANY_EDITS
from sto_desktop.ui.base.session import Session
from sto_desktop.ui.findings.insight_editor import WrittenInsight
from sto_desktop.ui.notes.material import Material

INSIGHT, RECOMMENDATION = "insight", "recommendation"


class Work(DossierWork):
    """Everything that this stage changes in the dossier."""

    def __init__(self, session: Session, material: Material, tell: Tell) -> None:
        super().__init__(session, tell)
        self._material = material
        self._opened: dict[str, tuple[NoteContent, Correction]] = {}
        """Notes as they were when their editor opened, with their text in it."""

    def _notes(self, notes: Sequence[str]) -> list[NoteContent]:
        return self._material.notes(notes)

    def apply_to(self, notes: Sequence[str], make: Callable[[Sequence[NoteContent]], Action]) -> bool:
        """Apply an action that is made from the contents of notes; of many, a worker reads and writes these."""
        if len(notes) < MANY_EDITS:
            return self.apply(make(self._notes(notes)))

        def made(read: Reader) -> Action:
            contents = {note.id: note for note in read.notes.some(notes)}
            return make([contents[note] for note in notes if note in contents])

        return attempt(self._tell, self._session.apply_made, made)

    @property
    def today(self) -> dt.date:
        """The date by the session's clock."""
        return self._session.now().date()

    # Notes

    def written(self, note: str) -> tuple[str, int]:
        """Return a note in the capture language, and the dossier's sequence number."""
        content = next(iter(self._material.notes([note])), None)
        if content is None:
            return "", self.seq
        correction = Correction(content, self._material.members_of(content))
        self._opened[note] = content, correction
        return correction.line, self.seq

    def follow(self, note: str, text: str) -> None:
        """Track the marks in the text of a note during typing: its speakers and labels stay marks wherever
        they move.
        """
        if note in self._opened:
            self._opened[note][1].marks(text)

    def reading(self, note: NoteContent, text: str, end: int | None = None) -> Captured:
        """Parse the text of a note's editor, or the part before position `end` (in code points)."""
        opened = self._opened.get(note.id)
        marks = opened[1].marks(text) if opened else ()
        marks_before = tuple(mark for mark in marks if end is None or mark.end <= end)
        return parse(text[:end], self._material.members_of(note), kept=marks_before)

    def admitted(self, note: NoteContent, captured: Captured) -> Captured | None:
        """Return what was typed in a note without voices of members who do not take part; None, after saying so, if one
        of them said it.
        """
        allowed: list[Captured] = []
        attempt(self._tell, lambda: allowed.append(admitted(captured, self._material.members_of(note), note)))
        return allowed[0] if allowed else None

    def rewrite(self, note: str, text: str, seen: int) -> bool:
        """Save the text, speakers and labels that differ from the note as it was opened; an emptied text changes
        nothing.

        So a colleague's change of another field stays, and a note that they deleted becomes a conflict.
        """
        if note not in self._opened:
            return False
        content = self._opened[note][0]
        captured = self.admitted(content, self.reading(content, text))
        del self._opened[note]
        if captured is None:
            return False
        if not captured.text:
            return True
        rewritten = note_acts.edit_note(content, captured, seen)
        edits = (_narrowed(edit, content) for edit in rewritten.edits)
        return self.apply(Action(rewritten.label, tuple(edit for edit in edits if edit is not None), seen))

    def delete_notes(self, notes: Sequence[str]) -> bool:
        """Delete notes."""
        return bool(notes) and self.apply(note_acts.delete_notes(notes))

    def turn_star(self, notes: Sequence[str]) -> None:
        """Star notes; if all have a star, remove it."""
        contents = self._notes(notes)
        star = not all(content.note.star for content in contents)
        changing = [content.id for content in contents if content.note.star is not star]
        if len(changing) == 1:
            self.apply(note_acts.star_note(changing[0], star))
        elif changing:
            first = note_acts.star_note(changing[0], star)
            edits = tuple(edit for note in changing for edit in note_acts.star_note(note, star).edits)
            self.apply(Action(first.label, edits))

    def turn_aside(self, notes: Sequence[str]) -> None:
        """Set notes aside; if all are, take them back."""
        contents = self._notes(notes)
        aside = not all(content.note.set_aside for content in contents)
        if contents:
            self.apply(note_acts.set_aside([content.id for content in contents], aside))

    def confirm_kinds(self, notes: Sequence[str]) -> None:
        """Confirm the kinds inherited from the question."""
        self.apply(note_acts.confirm_kind(self._notes(notes)))

    def set_kind(self, notes: Sequence[str], kind: NoteKind) -> None:
        """Set the kind of notes."""
        if notes:
            self.apply(note_acts.set_kind(notes, kind))

    def move(self, notes: Sequence[str], question: str) -> None:
        """Move notes to the end of another question."""
        content = self._material.content
        moving = [note for note in self._notes(notes) if note.question != question]
        if content is None or not moving:
            return
        last = last_key(note.note.position.key for note in content.notes_of(question))
        self.apply(note_acts.move_notes([note.id for note in moving], question, last, None))

    def move_to(self, notes: Sequence[str], question: str | None, before: str | None) -> bool:
        """Move notes to a question (None: unassigned), in this order, before a note there or at the end."""
        content = self._material.content
        if content is None or not notes:
            return False
        moving = set(notes)
        siblings = content.notes_of(question) if question is not None else content.unassigned()
        # If they are dropped on one of the moved notes, they go before the next note that stays.
        after = dropwhile(lambda sibling: sibling.id != before, siblings)
        before = next((sibling.id for sibling in after if sibling.id not in moving), None)
        staying = [sibling for sibling in siblings if sibling.id not in moving]
        at = next((number for number, sibling in enumerate(staying) if sibling.id == before), len(staying))
        wanted = [*(sibling.id for sibling in staying[:at]), *notes, *(sibling.id for sibling in staying[at:])]
        if wanted == [sibling.id for sibling in siblings]:
            return False
        low = staying[at - 1].note.position.key if at else None
        high = staying[at].note.position.key if at < len(staying) else None
        return self.apply(note_acts.move_notes(notes, question, low, high))

    def move_to_theme(self, notes: Sequence[str], theme: str) -> bool:
        """Move notes to a theme: each to the question with the same aspect as its own, else to the first."""
        content = self._material.content
        target = (
            next((candidate for candidate in content.guide.themes if candidate.id == theme), None) if content else None
        )
        if content is None or target is None or not target.questions:
            return False
        # Reversed, so that the first question with an aspect wins.
        by_aspect = {asked.aspect: asked.id for asked in reversed(target.questions)}
        under = {asked.id for asked in target.questions}
        edits: list[Edit] = []
        last = {
            asked.id: last_key(note.note.position.key for note in content.notes_of(asked.id))
            for asked in target.questions
        }
        for note in self._notes(notes):
            if note.question in under:
                continue
            old = content.guide.question(note.question)
            question = by_aspect.get(old.aspect if old else None, target.questions[0].id)
            moved = note_acts.move_notes([note.id], question, last[question], None)
            # The next note for this question goes after this one.
            last[question] = key_between(last[question], None)
            edits += moved.edits
        label = note_acts.move_notes(notes, target.questions[0].id, None, None).label
        return bool(edits) and self.apply(Action(label, tuple(edits)))

    def save_search(self, name: str, query: str) -> bool:
        """Save a search under a name."""
        return self.apply(save_search(name, query))

    def delete_search(self, search: str) -> bool:
        """Delete a saved search."""
        return self.apply(delete_search(search))

    def go_to_panel(self, panel: str) -> None:
        """Make another panel the current one."""
        self._session.show_panel(panel)

    # Insights

    def add_insight(self, written: WrittenInsight, notes: Sequence[str], insights: Sequence[str] = ()) -> str | None:
        """Add an insight that rests on notes, or on narrower insights; return its id, or None if it failed."""
        content = self._material.content
        if content is None:
            return None
        place, row = written.place, new_id()
        done = self.apply(
            acts.add_insight(
                content.panel.id,
                written.text,
                question=place.question,
                theme=place.theme,
                aspect=written.aspect,
                supports=notes,
                insights=insights,
                keys=[other.insight.position.key for other in content.insights],
                insight=row,
            )
        )
        return row if done else None

    def change_insight(self, insight: str, written: WrittenInsight, seen: int) -> bool:
        """Change the text, aspect or place of an insight."""
        content = self._material.content
        before = (
            next((finding.insight for finding in content.insights if finding.id == insight), None) if content else None
        )
        if content is None or before is None:
            # It was deleted meanwhile: changing the text restores it, because text wins over deletion.
            return self.apply(acts.change_insight(insight, seen=seen, text=written.text))
        values: dict[str, Any] = {"text": written.text, "theme": written.place.theme, "aspect": written.aspect}
        if before.position.parent != written.place.question:
            last = last_key(finding.insight.position.key for finding in content.insights)
            values["position"] = Position(written.place.question, key_between(last, None))
        changed = {name: value for name, value in values.items() if getattr(before, name) != value}
        return self.apply(acts.change_insight(insight, seen=seen, **changed)) if changed else True

    def attach(self, table: str, row: str, notes: Sequence[str], evidence: Evidence) -> bool:
        """Let notes or insights (ids) support or contradict an insight or recommendation."""
        insight_ids = [other for other in notes if self._is_insight(other)]
        if insight_ids and table == INSIGHT:
            return self.apply(acts.attach_insights(row, insight_ids, evidence))
        if insight_ids:
            return self.apply(acts.attach_insights_to_recommendation(row, insight_ids))
        if not notes:
            return False
        attach = acts.attach_to_insight if table == INSIGHT else acts.attach_to_recommendation
        return self.apply(attach(row, notes, evidence))

    def _is_insight(self, row: str) -> bool:
        content = self._material.content
        return content is not None and any(insight.id == row for insight in content.insights)

    def detach(self, table: str, row: str, note: str) -> bool:
        """Remove a note or insight from an insight or recommendation."""
        if self._is_insight(note):
            lose = acts.detach_insight if table == INSIGHT else acts.detach_insight_from_recommendation
            return self.apply(lose(row, note))
        detach = acts.detach_from_insight if table == INSIGHT else acts.detach_from_recommendation
        content = self._material.by_id.get(note)
        return self.apply(detach(row, *(content.ids if content else (note,))))

    def delete(self, table: str, row: str) -> bool:
        """Delete an insight or recommendation; its notes stay."""
        return self.apply((acts.delete_insight if table == INSIGHT else acts.delete_recommendation)(row))

    # Recommendations

    def add_recommendation(
        self, values: dict[str, Any], themes: Sequence[str], notes: Sequence[str], insights: Sequence[str] = ()
    ) -> str | None:
        """Add a recommendation that rests on notes, or follows from insights; return its id, or None if it failed."""
        content = self._material.content
        if content is None:
            return None
        row, other_values = new_id(), dict(values)
        text = other_values.pop("text")
        keys = [other.recommendation.position.key for other in content.recommendations]
        action = acts.add_recommendation(
            content.panel.id,
            text,
            supports=notes,
            insights=insights,
            themes=themes,
            keys=keys,
            recommendation=row,
            **other_values,
        )
        return row if self.apply(action) else None

    def change_recommendation(self, row: str, values: dict[str, Any], themes: Sequence[str], seen: int) -> bool:
        """Change fields and themes of a recommendation, as one step."""
        content = self._material.content
        before = (
            next((candidate for candidate in content.recommendations if candidate.id == row), None) if content else None
        )
        if before is None:
            # It was deleted meanwhile: changing a field restores it, because text wins over deletion.
            return self.apply(
                Action(tr_later("aanbeveling wijzigen"), acts.change_recommendation(row, **values).edits, seen)
            )
        changed = {name: value for name, value in values.items() if getattr(before.recommendation, name) != value}
        edits = acts.change_recommendation(row, **changed).edits if changed else ()
        edits += acts.set_recommendation_themes(row, before.themes, themes).edits
        return self.apply(Action(tr_later("aanbeveling wijzigen"), edits, seen))

    # Debrief

    def set_debrief(self, author: DebriefAuthor, seen: int | None, **answers: Any) -> bool:
        """Save answers of the debrief."""
        content = self._material.content
        if content is None:
            return False
        action = acts.set_debrief(content.panel.id, author, **answers)
        return self.apply(Action(action.label, action.edits, seen))


def _narrowed(edit: Edit, note: NoteContent) -> Edit | None:
    """Reduce an edit to the fields that differ from the note as it was opened; None if there are none."""
    if edit.table == "note":
        values = {name: value for name, value in edit.values.items() if getattr(note.note, name) != value}
        return Edit(edit.table, edit.row, values) if values else None
    if edit.table == "voice" and not edit.deletes:
        had = {voice.panelist: (voice.stance, voice.place) for voice in note.voices}
        return None if had.get(edit.values["panelist"]) == (edit.values["stance"], edit.values["place"]) else edit
    return edit
