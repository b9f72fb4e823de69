"""The capture line: the recognised chips in front, the text, and below it a foot and the signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.actions.notes import COMES_BACK
from sto_desktop.domain.capture.chips import NO_CHIPS, LineChip
from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.capture.line_state import State
from sto_desktop.domain.dutch import shortened
from sto_desktop.domain.live.draft import Draft
from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.names.unknown import newcomer_in
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.vocabulary import Mark, NoteKind, Stance
from sto_desktop.language import tr
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.conversation.capture.capture_edit import CaptureEdit
from sto_desktop.ui.conversation.capture.frame import Frame
from sto_desktop.ui.conversation.capture.line_field import MOST_LINES
from sto_desktop.ui.conversation.capture.line_foot import FootWords, Hands, LineFoot, show_if
from sto_desktop.ui.conversation.capture.pasting import Pasting
from sto_desktop.ui.conversation.capture.signs import SignsBar
from sto_desktop.ui.conversation.capture.understood import (
    chip_names,
    lost_words,
    said_of_unknown,
    unknown_words,
    withheld_in,
)
from sto_desktop.ui.conversation.capture.unsaved import Unsaved
from sto_desktop.ui.conversation.capture.vocabulary import Vocabulary
from sto_desktop.ui.conversation.live.kept_draft import KeptDraft
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.live.rows import parts_of
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    Chip,
    ChipLook,
    kind_chip,
    speaker_chip,
    status_chip,
)

LOW_LINES = 3
"""Maximum number of text lines in a low window."""
LONGEST_TOLD = 60
"""Maximum number of characters of a note that are repeated in a message."""


class CaptureLine(QWidget):
    """Parses typed text and captures it as a note.

    `edit_last`: Arrow-up from the empty line. `failed` carries a `StoError`; the text stays in the line then.
    `captured` carries the id of the new note, `told` a message, `member_wanted` the name of somebody to add as a
    member.
    """

    edit_last = Signal()
    failed = Signal(object)
    captured = Signal(str)
    told = Signal(str)
    member_wanted = Signal(str)

    def __init__(
        self, theme: Appearance, live: LiveConversation, settings: SettingsStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._live = live
        self._settings = settings
        self._draft = Draft.begun(live.place.current)
        self._replaced: str | None = None
        """Who was the speaker before the one chosen last."""
        self._taken_back: tuple[str, State | None] = "", None
        """The note that was taken back into the line last, and the line as it was then."""
        self._carried: tuple[str, str | None] = "", None
        """The note that was saved last, and who said it only because they spoke before or have the turn."""
        self.edit = CaptureEdit(
            theme,
            Vocabulary(live, settings),
            style=TextStyle.LARGE,
            name=tr("Invoerregel: typ een notitie, Enter bewaart"),
        )
        self.edit.set_placeholder(tr("Typ wat er gezegd wordt"))
        self._kind = Chip(theme, kind_chip(NoteKind.REMARK, hollow=True))
        self._parked = Chip(theme, status_chip(tr("parkeerplaats"), ColourRole.WARN_TEXT, ColourRole.WARN_SOFT))
        self._speaker = Chip(theme, speaker_chip(""))
        self._marks = [Chip(theme, status_chip("", ColourRole.WARN_TEXT, ColourRole.WARN_SOFT)) for _ in range(2)]
        self._chips = (self._kind, *self._marks, self._parked, self._speaker)
        self.foot = LineFoot(theme, self._bring_here, self.add_unknown_member)
        self._lay_out()
        self.kept = KeptDraft(live.session, f"capture:{live.rows.panel.id}", lambda: self.draft.encode(), self)
        self.kept.failed.connect(self.failed)
        self.unsaved = Unsaved(live, self)
        self.unsaved.failed.connect(self.failed)
        self.unsaved.saved.connect(self._on_saved)
        self.edit.understood_changed.connect(self._on_typed)
        self.edit.submitted.connect(self.save)
        self.edit.left_up.connect(self.edit_last)
        self.edit.typed_behind.connect(self._type_on)
        self.edit.dropped_front.connect(self._drop_front)
        self.edit.member_wanted.connect(self.member_wanted)
        self.edit.takes_lists = self.edit.kind_in_front = True
        self.pasting = Pasting(theme, live, self, lambda: self._draft.speaker, self.type)
        self.edit.list_pasted.connect(self.pasting.ask)
        self.pasting.told.connect(self.told)
        self.pasting.failed.connect(self.failed)
        self.edit.beyond = self._beyond
        self.edit.said_by = lambda: self._draft.speaker
        self.edit.undo_wanted.connect(self._step_back)
        self._discreet = live.discreet
        live.updated.connect(self._on_updated)
        live.place.moved.connect(self._on_moved)
        live.rows.panel_changed.connect(self._on_moved)
        self.edit.members_lost.connect(self.tell_lost)
        live.rows.people_changed.connect(self._on_people)
        live.rows.notes_changed.connect(self._show)
        self.setFocusProxy(self.edit)
        self._restore()

    # Appearance

    def _lay_out(self) -> None:
        theme = self._theme
        self._box = Frame(theme, self.edit, self._chips)
        self._box.pressed.connect(self.edit.setFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.XS)
        layout.addWidget(self._box)
        layout.addWidget(self.foot)
        self.signs = SignsBar(theme, self._settings)
        self.signs.setContentsMargins(4, 0, 4, 0)
        self.signs.chosen.connect(self._type_sign)
        self.signs.told.connect(self.told)
        layout.addWidget(self.signs)
        # Only now: a visible widget without a parent would be a window of its own.
        self.signs.show_if_new()

    def _show(self) -> None:
        """Show the chips of the parsed text, and under which question the note will be stored."""
        captured = self._draft.with_speaker(self.edit.captured)
        question = self._live.rows.question(self._draft.question)
        inherited = question.inherited_kind if question else NoteKind.REMARK
        self._kind.set_look(kind_chip(captured.kind or inherited, hollow=captured.kind is None))
        # These marks park it too.
        show_if(self._parked, captured.parked and not {*COMES_BACK}.intersection(self._draft.marks))
        chosen = self._live.rows.member(self._draft.speaker)
        # What the text says of a speaker overrides what was chosen.
        if chosen is not None and dict(captured.voices).get(chosen.id) is not Stance.SAYS:
            chosen = None
        show_if(self._speaker, chosen is not None)
        if chosen is not None:
            names = chip_names(self._live.rows.panelists, discreet=self._live.discreet)
            self._speaker.set_look(speaker_chip(names[chosen.id]))
        for chip, mark in zip_longest(self._marks, self._draft.marks):
            show_if(chip, mark is not None)
            if mark is not None:
                chip.set_look(status_chip(tr(mark.word), ColourRole.WARN_TEXT, ColourRole.WARN_SOFT))
        self._tell(captured)

    def _tell(self, captured: Captured) -> None:
        rows = self._live.rows
        elsewhere = not self.edit.is_empty and self._draft.question != self._live.place.current
        self._box.set_elsewhere(elsewhere)
        hands = Hands.LINE
        if self.edit.is_empty:
            hands = Hands.EMPTY if rows.counts.get(self._live.place.current or "") else Hands.FIRST
        self.foot.tell(
            FootWords(
                elsewhere=self._named(self._draft.question) if elsewhere else "",
                newcomer=newcomer_in(captured, rows.panelists) if captured.unknown else "",
                withheld=withheld_in(captured, rows.panelists, rows.member),
                hands=hands,
            )
        )

    def _named(self, question: str | None) -> str:
        theme, question_row = self._live.rows.guide.theme_of(question), self._live.rows.question(question)
        return f"{theme.short_title} · {question_row.short_text}" if theme and question_row else tr("geen vraag")

    def _show_next(self) -> None:
        following = self._live.place.next_step
        self.foot.show_next(following.question.short_text if following else None)

    # Typing

    @property
    def draft(self) -> Draft:
        """The current draft."""
        edit = self.edit
        waiting = self.unsaved.drafts
        return replace(self._draft, text=edit.source, quote=edit.quote, chips=edit.chips, waiting=waiting)

    def _on_typed(self) -> None:
        self.unsaved.edited(self.edit.source)
        empty = self.edit.is_empty
        if empty:
            # The next character typed determines again to which question the note belongs.
            self._draft = replace(self._draft, question=self._live.place.current)
        self._show()
        self.kept.keep_soon()

    def _on_updated(self, state: LiveState) -> None:
        if state.discreet != self._discreet:
            self._discreet = state.discreet
            self.edit.set_discreet(state.discreet)
            self._show()

    def _on_moved(self) -> None:
        # A text belongs to the question at which its typing started.
        if self.edit.is_empty:
            self._draft = replace(self._draft, question=self._live.place.current)
        self._show()
        self._show_next()

    def _on_people(self) -> None:
        chosen = self._draft.speaker
        if chosen is not None and self._live.rows.member(chosen) is None:
            self._draft = replace(self._draft, speaker=None, carried=False)
            self.tell_lost([member for member in self.edit.line.members if member.id == chosen])
        self.edit.read_again()
        self._show()

    def tell_lost(self, members: Sequence[Panelist]) -> None:
        """Tell the user which people named in the line are no longer members."""
        self.told.emit(lost_words(members, discreet=self._live.discreet))

    def _bring_here(self) -> None:
        self._draft = replace(self._draft, question=self._live.place.current)
        self._show()
        self.kept.keep()
        self.edit.setFocus()

    def choose_speaker(self, panelist: str) -> None:
        """Set the speaker; the same one again clears it. In a line with text, the same one again at once agrees, then
        disagrees, and the speaker is who it was before.
        """
        line, before = self.edit.line, self._draft
        if line.own.voices:
            # The speakers of a note that was taken back are chips: replaced as in a correction.
            self.edit.speak(panelist)
        elif line.words and self.edit.press_again(panelist):
            self._draft = replace(self._draft, speaker=self._replaced)
        else:
            self._replaced = before.speaker if before.speaker != panelist else None
            self.set_speaker(panelist if panelist != before.speaker else None)
            line.pressed(panelist, line.state)
        self._show()

    def set_speaker(self, panelist: str | None, *, carried: bool = False) -> None:
        """Set the speaker, or none; `carried`: a speaker in the line goes before."""
        self._draft = replace(self._draft, speaker=panelist, carried=carried)
        self._show()
        if not self.edit.is_empty:
            self.kept.keep_soon()

    def _drop_front(self) -> None:
        """Take away the chip before the text that is nearest to it."""
        edit, captured = self.edit, self.edit.captured
        if not self._speaker.isHidden():
            self.set_speaker(None)
        elif not self._parked.isHidden():
            edit.remove(LineChip(parked=True))
        elif self._draft.marks:
            self.toggle_mark(self._draft.marks[-1])
        elif captured.kind is not None:
            edit.set_quote(False)
            edit.remove(LineChip(kind=captured.kind))

    def toggle_mark(self, mark: Mark) -> None:
        """Mark the note being typed as important or to come back to; the same mark again clears it."""
        self._draft = self._draft.marked(mark)
        self._show()
        self.kept.keep_soon()

    @property
    def has_text(self) -> bool:
        """Whether the line has text."""
        return not self.edit.is_empty

    def add_unknown_member(self) -> None:
        """Ask to add a member with the typed name that no member has."""
        name = newcomer_in(self.edit.captured, self._live.rows.panelists)
        if name:
            self.member_wanted.emit(name)

    def toggle_quote(self) -> None:
        """Switch the quote mark on or off."""
        self.edit.toggle_quote()

    def type(self, text: str) -> None:
        """Insert text that was typed elsewhere on the screen."""
        self.edit.setFocus()
        self.edit.insert(text)

    # The signs under the line

    def _type_sign(self, sign: str) -> None:
        self.edit.setFocus()
        self.edit.type_sign(sign)

    def set_low(self, low: bool) -> None:
        """Take fewer lines where the window is low."""
        self.edit.set_most_lines(LOW_LINES if low else MOST_LINES)

    # Saving

    def save(self) -> None:
        """Capture the line as a note, which is on disk when this returns. On an error the text stays."""
        if not self.edit.line.words:
            if self.unsaved.save_waiting():
                self._add_to_last()
            return
        captured = self._draft.with_speaker(self.edit.reading())
        note, typed = self._draft.note, dict(self.edit.captured.voices)
        carried = self._draft.speaker if self._draft.carried and self._draft.speaker not in typed else None
        self._carried = note, carried
        if self.unsaved.keep(self.draft, captured):
            # The next line stands before anybody hears of this one: a round then sets its speaker.
            self._begin(self._who_goes_on(captured))
            self._on_saved(note)
            if captured.unknown:
                self.told.emit(said_of_unknown(captured.unknown, self._live.rows.panelists))

    def _type_on(self) -> None:
        """Let a refused note wait when something is typed behind it, which is another note."""
        refused = self.unsaved.type_on()
        if refused is not None:
            self._begin(self._who_goes_on(refused))

    def _begin(self, speaker: str | None = None, text: str = "") -> None:
        """Begin the next line."""
        self._draft = Draft.begun(self._live.place.current, speaker)
        self.edit.set_text(text)

    def _on_saved(self, note: str) -> None:
        self.captured.emit(note)
        self.signs.note_saved()

    # Undo in an empty line

    def _last_added(self) -> NoteContent | None:
        """Return the note that this person added last, if they have done nothing since."""
        row = self._live.session.added_last("note")
        note = self._live.rows.notes.get(row) if row is not None else None
        # A moment that was marked has no text to go on with.
        return note if note is not None and note.text else None

    def take_back_words(self) -> str | None:
        """Return what undo does in this line, if the last action was adding a note; else None."""
        if self._last_added() is None:
            return None
        return self.edit.undo_words() or tr("typen")

    def _beyond(self, redo: bool) -> str | None:
        session = self._live.session
        if redo:
            return session.redo_label()
        return tr("notitie, terug in de regel") if self._last_added() is not None else session.undo_label()

    def _step_back(self, redo: bool) -> None:
        """Take the last note back into the line if adding it was this person's last action; otherwise undo as usual."""
        session = self._live.session
        if redo and not self.edit.is_empty:
            self._put_again()
            return
        note = None if redo else self._last_added()
        if note is not None and session.dossier.others_went_on((("note", note.id), *parts_of(note))):
            self.told.emit(tr("Een collega is met deze notitie verder gegaan: zij blijft staan."))
            return
        if note is not None:
            has = {note.note.mark, Mark.IMPORTANT if note.note.star else None}
            # Who was not chosen for the note gives way to a speaker in it, as before.
            speaker = self._carried[1] if self._carried[0] == note.id else None
            begun = Draft.begun(note.question, speaker)
            self._draft = replace(begun, marks=tuple(mark for mark in Mark if mark in has))
            chosen = tuple(voice for voice in note.voices if speaker is None or voice.panelist != speaker)
            self.edit.put_back(replace(note, voices=chosen))
            self._taken_back = note.id, self.edit.line.state
            # The draft is on disk before the note is deleted: a crash in between leaves both, and loses nothing.
            self.kept.keep()
        if not attempt(self.failed.emit, session.redo if redo else session.undo) and note is not None:
            self.edit.set_text("")

    def _put_again(self) -> None:
        """Redo a note that was taken back, if nothing was changed in it since."""
        note, state = self._taken_back
        redone = state == self.edit.line.state and attempt(self.failed.emit, self._live.session.redo)
        if redone and note in self._live.rows.notes:
            self._begin()

    def _add_to_last(self) -> None:
        """Add speakers and labels, typed without text, to the last note. A line with only a kind or other properties is
        refused.
        """
        line, captured = self.edit.line, self.edit.reading()
        if captured.unknown:
            self.told.emit(unknown_words(captured.unknown, self._live.rows.panelists))
            return
        if line.has_sign:
            self.told.emit(tr("Een teken alleen is geen notitie. Typ er tekst achter."))
            return
        if line.own != NO_CHIPS:
            self.told.emit(tr("Een lege notitie wordt niet bewaard."))
            return
        if not captured.voices and not captured.tags:
            return
        note = self._live.rows.last_note(self._live.place.current)
        if note is None:
            # Otherwise the next word typed would become part of the name.
            self.edit.insert("" if line.source.endswith(" ") else " ")
            self.told.emit(tr("Er is nog geen notitie om dit aan toe te voegen."))
            return
        if not attempt(self.failed.emit, self._live.add_to, note, captured):
            return
        self._begin(self._draft.speaker)
        self._show()
        if note.question != self._live.place.current:
            self.told.emit(tr("Toegevoegd aan «{text}».", text=shortened(note.text, LONGEST_TOLD)))

    def _who_goes_on(self, captured: Captured) -> str | None:
        """Return the speaker of the next note: the captured note's only speaker, if the setting keeps speakers."""
        if not self._settings.current.speaker_stays:
            return None
        speakers = [panelist for panelist, stance in captured.voices if stance is Stance.SAYS]
        return speakers[0] if len(speakers) == 1 else None

    def _restore(self) -> None:
        draft = Draft.decode(self.kept.left)
        for refused in draft.waiting if draft is not None else ():
            if refused.note not in self._live.rows.notes:
                self.edit.set_text(refused.text, quote=refused.quote, chips=refused.chips)
                self.unsaved.wait_for(refused, refused.with_speaker(self.edit.reading()))
                self.edit.set_text("")
        self.unsaved.save_waiting()
        # A draft has the id of the note that it becomes.
        if draft is not None and draft.note in self._live.rows.notes:
            # The draft was already captured as a note before the program stopped: discard it.
            draft = None
        if draft is not None:
            question = draft.question if self._live.rows.question(draft.question) else self._live.place.current
            self._draft = replace(draft, text="", quote=False, question=question, waiting=())
            self.edit.set_text(draft.text, quote=draft.quote, chips=draft.chips)
        self._show()
        self._show_next()

    @property
    def looks(self) -> tuple[ChipLook, ...]:
        """The looks of the chips in front: kind, mark, parking lot, and speaker by seat."""
        return tuple(chip.look for chip in self._chips if not chip.isHidden())

    @property
    def understood(self) -> tuple[str, ...]:
        """The texts of the chips after the text: who speaks, agrees and disagrees, and labels."""
        return tuple(look.text for look in self.edit.row.looks)

    @property
    def has_newcomer(self) -> bool:
        """Whether the line names somebody who is not a member yet."""
        return bool(newcomer_in(self.edit.captured, self._live.rows.panelists))
