"""Key commands on existing notes and on the current moment, from the line, the stream or an editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from sto_desktop.domain.actions import notes as note_actions
from sto_desktop.domain.capture.language import Captured, parse
from sto_desktop.domain.dutch import clock, shortened
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.live.draft import CorrectionDraft
from sto_desktop.domain.log.change import Action, action
from sto_desktop.domain.model import Note
from sto_desktop.domain.panel.content import NoteContent, QuestionContent
from sto_desktop.domain.vocabulary import Mark, NoteKind
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.stage import QUESTION_GONE, StageContext
from sto_desktop.ui.conversation.capture.capture_line import CaptureLine
from sto_desktop.ui.conversation.capture.line_field import code_points
from sto_desktop.ui.conversation.capture.line_foot import Hands
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.page.panes import takes_text
from sto_desktop.ui.conversation.stream.stream import StreamView
from sto_desktop.ui.conversation.stream.stream_delegate import StreamEditor
from sto_desktop.ui.notes.erasing import Eraser

UNASSIGNED = tr_later("De vraag is er niet meer. De notitie staat bij Uitwerken onder «Niet ingedeeld».")
Attempt = Callable[[Callable[[], object]], bool]
"""Runs an operation that writes and returns whether it succeeded; an error has been reported by then."""


class NoteCommands(QObject):
    """Commands on the current note: the focused one in the stream, or else the newest.

    `moderating` returns whether the moderator's mode is on, in which a mark belongs to the moment and not to a note.
    `visiting` returns whether F6 moved the keyboard focus to another part of the screen.
    """

    def __init__(
        self,
        context: StageContext,
        live: LiveConversation,
        page: QWidget,
        attempt: Attempt,
        moderating: Callable[[], bool],
        visiting: Callable[[], bool],
    ) -> None:
        super().__init__(page)
        self._context = context
        self._live = live
        self._page = page
        self._attempt = attempt
        self._moderating = moderating
        self._visiting = visiting
        self._view: StreamView | None = None
        self._line: CaptureLine | None = None
        self.eraser = Eraser(live.session, context.theme, context.notify, page)

    def bind(self) -> dict[str, QAction]:
        """Return the actions, which work in the whole page."""
        does: dict[str, Callable[[], object]] = {
            "star_note": lambda: self.mark(Mark.IMPORTANT),
            "park_note": lambda: self.mark(Mark.RETURN),
            "probe_note": lambda: self.mark(Mark.PROBE),
            "to_notes": self.to_notes_or_back,
            "bundle_note": self.bundle,
            "unbundle_note": self.unbundle,
            "move_note": self.move,
            "agree_note": self.agree,
            "erase_note": self.erase,
            "add_member": lambda: self.line.add_unknown_member(),
        }
        return {name: keys.bind(name, self._page, slot) for name, slot in does.items()}

    def connect_views(self, view: StreamView, line: CaptureLine) -> None:
        """Use these views from now on."""
        self._view, self._line = view, line
        view.edited.connect(self.keep_edit)
        view.split_asked.connect(self.split)
        view.delete_asked.connect(self.delete)
        view.star_asked.connect(self._star)
        view.park_asked.connect(self.park)
        view.command_asked.connect(self._command)
        view.attended.connect(self.show_keys)
        view.members_lost.connect(line.tell_lost)
        line.member_wanted.connect(self.add_member)
        self.eraser.erased.connect(self.keep_drafts_again)

    @property
    def view(self) -> StreamView:
        """The stream."""
        assert self._view is not None
        return self._view

    @property
    def line(self) -> CaptureLine:
        """The capture line."""
        assert self._line is not None
        return self._line

    def show_keys(self) -> None:
        """Show below the line what keys do where the keyboard is now."""
        view, line, focused = self.view, self.line, self._page.window().focusWidget()
        hands = Hands.LINE
        if view.editing_note is not None:
            hands = Hands.EDITOR
        elif view.hasFocus():
            hands = Hands.NOTES
        elif self._visiting():
            hands = Hands.PANE
        elif focused is not None and focused is not line.edit and takes_text(focused):
            hands = Hands.FIELD
        line.foot.show_hands(hands)

    # The current note

    def at_hand(self) -> NoteContent | None:
        """Return the note that a key applies to. Text in an open editor is saved first."""
        view = self.view
        editing = view.editing_note
        if editing is not None:
            # Saved first, so that the command works on the edited text; the note is then read again.
            view.finish_editing()
            return self._live.rows.notes.get(editing)
        chosen = view.current_note if view.hasFocus() else None
        if chosen is None and view.stream.notes:
            chosen = view.stream.notes[-1]
        return chosen

    def _command(self, name: str, note: str) -> None:
        content = self._live.rows.notes.get(note)
        if content is not None:
            {"bundle_note": self._bundle, "unbundle_note": self._unbundle, "move_note": self._move,
             "agree_note": self._agree, "erase_note": self._erase}[name](content)  # fmt: skip

    def _apply(self, note: NoteContent, change: Action) -> bool:
        return self._attempt(lambda: self._live.apply_to(note.id, change))

    def _offer_undo(self, text: str) -> None:
        self._context.notify(text, action=tr("Ongedaan maken"), on_action=self._live.session.undo)

    def to_notes_or_back(self) -> None:
        """Focus the newest note, or return from the notes to the line."""
        view = self.view
        if self._moderating() or view.hasFocus() or view.editing_note is not None or not view.stream.notes:
            view.finish_editing()
            if not self._moderating():
                self.line.setFocus()
            return
        view.choose(len(view.stream.notes) - 1)
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit_last(self) -> None:
        """Correct the last note under this question, or tell under which other one it is."""
        if self.view.stream.notes:
            self.view.edit_last()
            return
        note = self._live.rows.last_note(self._live.place.current)
        question = self._live.rows.question(note.question) if note is not None else None
        if note is not None and question is not None:
            self._context.notify(
                tr("De laatste notitie staat bij «{question}».", question=question.short_text),
                action=tr("Daar verbeteren"),
                on_action=partial(self._edit_elsewhere, note.id, question.id),
            )

    def _edit_elsewhere(self, note: str, question: str) -> None:
        self._live.place.go_to(question)
        row = self.view.stream.row_of(note)
        if row >= 0:
            self.view.edit_note(row, from_line=True)

    # Marks

    def mark(self, mark: Mark) -> None:
        """Mark this moment (moderator), the text being typed, or else the current note."""
        if self._moderating():
            self._mark_moment(mark)
        elif self.line.has_text and self.line.edit.hasFocus():
            self.line.toggle_mark(mark)
        else:
            # The editor of a note that is being corrected stays open.
            at_a_note = self.view.hasFocus() or self.view.editing_note is not None
            note = self._live.rows.notes.get(self.view.editing_note or "") or self.at_hand()
            # A moment that still waits for its text is no note to mark: from the line the key marks the next moment,
            # where it would take the mark of the first away.
            if note is None or not (note.text or at_a_note):
                self._mark_moment(mark)
            else:
                self._mark_note(note, mark)

    def _mark_moment(self, mark: Mark) -> None:
        # A mark is stored as a note without text, which the note taker completes later.
        live = self._live
        row = new_id()
        if self._attempt(lambda: live.capture(Captured(""), live.place.current, row, (mark,))):
            text = tr("{time} gemarkeerd: {mark}. De notulist vult het aan.", time=clock(live.session.now()),
                      mark=tr(mark.word))  # fmt: skip
            self._offer_undo(text)

    def _mark_note(self, note: NoteContent, mark: Mark) -> None:
        if mark is Mark.IMPORTANT:
            self._star(note.id)
        else:
            self._apply(note, note_actions.mark_to_come_back(note, mark))

    def _star(self, note: str) -> None:
        content = self._live.rows.notes[note]
        self._apply(content, note_actions.star_note(note, not content.note.star))

    def park(self, note: str) -> None:
        """Put a note on the parking lot, or take it off."""
        content = self._live.rows.notes[note]
        self._apply(content, note_actions.park_note(note, not content.note.parked))

    # Bundling, splitting, moving

    def bundle(self) -> None:
        """Bundle the current note under the note above it."""
        note = self.at_hand()
        if note is not None:
            self._bundle(note)

    def _bundle(self, note: NoteContent) -> None:
        view = self.view
        row = view.stream.row_of(note.id)
        if row < 1:
            self._context.notify(tr("Er staat geen notitie boven om mee te bundelen."))
            return
        above = view.stream.notes[row - 1]
        if self._apply(above, note_actions.bundle_notes(above, [note])):
            view.choose(view.stream.row_of(above.id))
            self._offer_undo(tr("Gebundeld: de bovenste notitie spreekt voor allebei."))

    def unbundle(self) -> None:
        """Split the current bundle into separate notes."""
        note = self.at_hand()
        if note is not None:
            self._unbundle(note)

    def _unbundle(self, note: NoteContent) -> None:
        if not note.bundled:
            self._context.notify(tr("Deze notitie is geen bundel."))
            return
        if self._apply(note, note_actions.unbundle([note])):
            self._offer_undo(
                tr("Weer {notes}.", notes=counted(len(note.ids), "{n} losse notitie", "{n} losse notities"))
            )

    def split(self, editor: StreamEditor) -> None:
        """Split the edited note at the cursor: the text after it becomes the second note."""
        edit, live = editor.edit, self._live
        text = edit.toPlainText()
        place = code_points(text, edit.textCursor().position())
        # The note may have changed since its editor opened.
        note = live.rows.notes.get(editor.note.id, editor.note)
        parsed: list[Captured] = []
        if not self._attempt(lambda: parsed.append(live.admitted(edit.reading(), note))):
            return
        (captured,) = parsed
        first = edit.reading(edit.line.view.place(place)).text if text[:place].strip() else ""
        edited = note_actions.as_edited(note, captured)
        row = self.view.stream.row_of(note.id)
        after = self.view.note_at(row + 1)
        parts = note_actions.split_note(edited, len(first), after.note.position.key if after else None)
        if not parts.edits:
            self._context.notify(tr("Zet de cursor op de plek waar de tweede notitie begint."))
            return
        # Text and split are one action, so that one undo restores the note as it was.
        changed = note_actions.edit_note(note, captured, editor.seen)
        combined = action(parts.label, changed.edits, parts.edits, seen=editor.seen)
        if self._apply(note, combined):
            editor.kept = True
            self.view.finish_editing()

    def move(self) -> None:
        """Move the current note to another question."""
        note = self.at_hand()
        if note is not None:
            self._move(note)

    def _move(self, note: NoteContent) -> None:
        from sto_desktop.ui.notes.move_dialog import MoveDialog  # imported only when needed

        dialog = MoveDialog(self._context.theme, self._live.rows.guide, 1, note.question, self._page.window())
        dialog.accepted.connect(lambda: self._move_to(note, dialog.question()))
        self._focus_after(dialog, self.view if self.view.hasFocus() else self.line)
        dialog.open()

    def _move_to(self, note: NoteContent, question: str | None) -> None:
        content = self._live.rows.question(question)
        if content is None or content.id == note.question:
            return
        if self._apply(note, note_actions.place_notes([note], content.id)):
            self._offer_undo(tr("Verplaatst naar «{question}».", question=content.short_text))

    def agree(self) -> None:
        """Ask who does the action in the current note, or finds out its answer, and by when."""
        note = self.at_hand()
        if note is not None:
            self._agree(note)

    def agree_on(self, note: str, window: QWidget | None = None) -> None:
        """Ask the same about a parked note, in the window that asked for it."""
        content = self._live.rows.notes.get(note)
        if content is not None:
            self._agree(content, window)

    def _agree(self, note: NoteContent, window: QWidget | None = None) -> None:
        from sto_desktop.ui.fields.agreed_dialog import NO_AGREEMENT, AgreedDialog, can_agree

        if not can_agree(note.note):
            self._context.notify(tr(NO_AGREEMENT))
            return
        live, session = self._live, self._live.session
        dialog = AgreedDialog(
            self._context.theme,
            note,
            live.rows.panelists,
            session.now().date(),
            seen=session.dossier.seq,
            parent=window or self._page.window(),
        )

        def keep() -> None:
            change = dialog.change()
            if change.edits and self._apply(note, change):
                self._offer_undo(tr("Bewaard bij «{note}».", note=shortened(note.text, 40)))

        dialog.accepted.connect(keep)
        if window is None:
            self._focus_after(dialog, self.view if self.view.hasFocus() else self.line)
        dialog.open()

    def ask_where(self, deleted: QuestionContent) -> None:
        """Ask where to move the notes of a question that was deleted while it was current."""
        notes = self._live.rows.notes_of(deleted.id)
        if not notes:
            return
        notes_stand = counted(len(notes), "Haar notitie staat", "Haar {n} notities staan")
        self._context.notify(
            tr(
                "De vraag «{question}» is uit de leidraad gehaald. {notes} nu onder «Niet ingedeeld». {where}",
                question=deleted.short_text,
                notes=notes_stand,
                where=tr("Waar hoort die?") if len(notes) == 1 else tr("Waar horen ze?"),
            ),
            action=tr("Kies een vraag…"),
            on_action=lambda: self._rehouse(deleted),
            tone="warn",
            topic=QUESTION_GONE,
        )

    def _rehouse(self, deleted: QuestionContent) -> None:
        from sto_desktop.ui.notes.move_dialog import MoveDialog  # imported only when needed

        rows = self._live.rows
        notes = rows.notes_of(deleted.id)
        if deleted.id in rows.questions or not notes:
            self._context.notify(tr("De notities van «{question}» zijn al ingedeeld.", question=deleted.short_text))
            return

        def move() -> None:
            content = rows.question(dialog.question())
            if content is None:
                return
            place = note_actions.place_notes(notes, content.id)
            if self._attempt(lambda: self._live.session.apply(place)):
                self._offer_undo(tr("Verplaatst naar «{question}».", question=content.short_text))

        dialog = MoveDialog(self._context.theme, rows.guide, len(notes), self._live.place.current, self._page.window())
        dialog.accepted.connect(move)
        # Until the user answers, the notes have no question.
        dialog.rejected.connect(partial(self.ask_where, deleted))
        dialog.open()

    # Deleting and changing

    def erase(self) -> None:
        """Ask to erase the line being typed, or else the current note, because it was off the record."""
        line = self.line
        if line.has_text and line.edit.hasFocus():
            self._focus_after(self.eraser.ask_about_line(line.draft.text, lambda: line.edit.set_text("")), line)
            return
        note = self.at_hand()
        if note is not None:
            self._erase(note)

    def _erase(self, note: NoteContent) -> None:
        self._focus_after(self.eraser.ask_about_note(note), self.view if self.view.hasFocus() else self.line)

    def _focus_after(self, dialog: QDialog, back: QWidget) -> None:
        dialog.finished.connect(lambda _result: back.setFocus())

    def delete_at_hand(self) -> None:
        """Delete the chosen note, or the newest."""
        note = self.at_hand()
        if note is not None:
            self.delete(note.id)

    def delete(self, note: str) -> None:
        """Delete a note with those bundled in it; a message offers to restore them."""
        content = self._live.rows.notes.get(note)
        ids = content.ids if content is not None else (note,)
        if self._attempt(lambda: self._live.session.apply(note_actions.delete_notes(ids))):
            self._offer_undo(counted(len(ids), "Notitie verwijderd.", "{n} gebundelde notities verwijderd."))
            if not self.view.stream.notes:
                self.line.setFocus()

    def keep_edit(self, editor: StreamEditor) -> None:
        """Save the text of an editor."""
        note = self._live.rows.notes.get(editor.note.id, editor.note)
        captured = editor.edit.reading()
        # An emptied note is not deleted: Delete does that.
        if not captured.text:
            self._context.notify(tr("Een lege notitie wordt niet bewaard. Met Delete haalt u haar weg."))
            return
        editor.failed = not self._keep_correction(note, captured, editor.seen, editor.began)

    def _keep_correction(self, note: NoteContent, captured: Captured, seen: int, began: str | None) -> bool:
        """Save a corrected note that stood under the question `began`; tell where it is if that is not on screen."""
        rows = self._live.rows
        deleted = rows.session.dossier.read.notes.get(note.id) is None
        if not self._attempt(lambda: self._live.edit(note, captured, seen)):
            return False
        kept = rows.notes.get(note.id, note)
        question = rows.question(kept.question)
        where = "" if question is not None else tr(UNASSIGNED)
        if deleted:
            back = tr("Deze notitie was intussen verwijderd. Met uw verbetering staat zij er weer.")
            self._context.notify(
                " ".join(filter(None, (back, where))),
                action=tr("Toch verwijderen"),
                on_action=lambda: self.delete(note.id),
            )
        elif question is None:
            self._context.notify(where)
        elif kept.question != began:
            self._context.notify(tr("Bewaard bij «{question}».", question=question.short_text))
        return True

    def take_up_correction(self) -> None:
        """Go on with the correction at which the program stopped, if it did."""
        kept, live = self.view.correction, self._live
        draft, kept.left = CorrectionDraft.decode(kept.left), ""
        if draft is None:
            return
        read = live.session.dossier.read.notes.get(draft.note)
        if read is not None and read.question is not None:
            live.place.go_to(read.question)
        row = self.view.stream.row_of(draft.note)
        if row >= 0:
            self.view.edit_again(row, draft)
            self._context.notify(tr("U verbeterde deze notitie toen het programma stopte. Uw tekst staat er weer."))
            return
        # A colleague deleted it meanwhile, or it is shown with others: then it is saved as it was typed.
        note = read or NoteContent(Note(draft.note), NoteKind.REMARK)
        captured = draft.chips.added_to(parse(draft.text, live.rows.panelists, draft.quote))
        if captured.text:
            self._keep_correction(note, captured, draft.seen, None)
        kept.keep()

    def keep_drafts_again(self) -> None:
        """Save what is being typed again, after all drafts on disk were wiped."""
        self.line.kept.keep_again()
        self.view.correction.keep_again()

    def add_member(self, name: str) -> None:
        """Add a member whose name was typed after an `@`, on the first free seat."""
        from sto_desktop.domain.actions.panels import add_panelist, next_seat

        live = self._live
        seat = next_seat(live.rows.panelists)
        if self._attempt(lambda: live.session.apply(add_panelist(live.rows.panel.id, name, seat))):
            self._offer_undo(tr("{name} is toegevoegd, op stoel {seat}.", name=name, seat=seat))
