"""The field for the capture language: completes names and labels, expands abbreviations, and loses no key press."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.capture.abbreviations import ENDS_A_WORD, Expansion, expansion
from sto_desktop.domain.capture.completing import goes_on, is_whole
from sto_desktop.domain.capture.language import AROUND, PARK_SIGN, SIGNS, Completions, Option, completions
from sto_desktop.domain.capture.pasted import headings_in, listed_notes
from sto_desktop.domain.capture.tokens import TAKEN
from sto_desktop.domain.live.draft import without_sign
from sto_desktop.domain.people import fold
from sto_desktop.domain.record import clean_text
from sto_desktop.language import tr
from sto_desktop.ui.base.keypad import is_no_key, typed_text
from sto_desktop.ui.conversation.capture.clipboard import line_in, with_line
from sto_desktop.ui.conversation.capture.completion import CompletionList, OfferArea
from sto_desktop.ui.conversation.capture.line_field import LineField, code_points, units
from sto_desktop.ui.conversation.capture.vocabulary import Vocabulary
from sto_desktop.ui.look.roles import TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.fields import belongs_to_program

_MARK_BEFORE = re.compile(r"(?<!\S)[@#]\S*\s*$")
"""The speaker or label that is shown as it is typed, at the end of a text."""


class CaptureEdit(LineField):
    """The field in which a line is typed; Tab never leaves it.

    `submitted`: Enter. `split_wanted`: Alt+Enter. `left_up`: Arrow-up in an empty line. `left`: Esc with nothing to
    close. `undo_wanted`: Ctrl+Z in an empty line with nothing of its own to undo (True: redo); `beyond` names what it
    undoes then. `dropped_front`: Backspace at the very start, where no chip was typed. `member_wanted`: a new member's
    name was accepted after an `@`. `typed_behind`: text is about to be typed at the end.
    """

    submitted = Signal()
    split_wanted = Signal()
    left_up = Signal()
    left = Signal()
    undo_wanted = Signal(bool)
    undo_changed = Signal()
    dropped_front = Signal()
    member_wanted = Signal(str)
    focus_lost = Signal()
    typed_behind = Signal()
    list_pasted = Signal(str)

    def __init__(
        self,
        theme: Appearance,
        vocabulary: Vocabulary,
        *,
        style: TextStyle = TextStyle.BODY,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, vocabulary, style=style, name=name, parent=parent)
        self._written_out: Expansion | None = None
        self._left_alone: set[int] = set()
        """Places where an expanded abbreviation was taken back: none is expanded there again."""
        self._popup: CompletionList | None = None
        self._offered = Completions(0, 0)
        self.takes_lists = False
        """Whether a pasted list is announced (`list_pasted`: its text) instead of inserted."""
        self.beyond: Callable[[bool], str | None] = lambda _redo: None
        self.understood_changed.connect(self.undo_changed)
        self.cursorPositionChanged.connect(self._offer)

    def _begun(self, *, quote: bool, correcting: bool) -> None:
        self._left_alone.clear()
        self._close_popup()
        super()._begun(quote=quote, correcting=correcting)

    def _read(self) -> None:
        super()._read()
        self._left_alone = {start for start in self._left_alone if start < self._length}
        self._offer()

    # Completion

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        if discreet:
            self._close_popup()

    def _offer(self) -> None:
        if not self.hasFocus() or self._discreet:
            return
        self._offered = matches = self._completions()
        if not matches.options:
            self._close_popup()
            return
        if self._popup is None:
            self._popup = CompletionList(self._theme, self._offer_area())
            self._popup.accepted.connect(self.accept)
            for part in self._up_to_area():
                part.installEventFilter(self)
        # The field moves when it grows: lay it out now, so that the list is placed next to its final position.
        around = self.parentWidget()
        while around is not None:
            if (layout := around.layout()) is not None:
                layout.activate()
            around = None if around.isWindow() else around.parentWidget()
        self._popup.offer(matches, self._offer_place(), self.height())

    def _offer_place(self) -> QPoint:
        """Return the place of the list of completions: above the whole field, since the user is reading the lines above
        the cursor.
        """
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(self.toPlainText(), self._offered.start))
        return self.viewport().mapTo(self._offer_area(), QPoint(self.cursorRect(cursor).left(), 0))

    def _up_to_area(self) -> Iterator[QWidget]:
        """Yield the field, and what is around it up to the widget inside which the list of completions is shown."""
        around: QWidget = self
        yield around
        while (
            not isinstance(around, OfferArea)
            and (parent := around.parentWidget()) is not None
            and not around.isWindow()
        ):
            around = parent
            yield around

    def _offer_area(self) -> QWidget:
        return list(self._up_to_area())[-1]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A message or another size of the window moves the field: the list of completions would lie over it.
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and (popup := self.popup) is not None:
            popup.place(self._offer_place(), self.height())
        return super().eventFilter(watched, event)

    def _completions(self) -> Completions:
        """Return the completions of the word at the cursor; none if it is complete."""
        text = self.toPlainText()
        matches = completions(
            text, code_points(text, self.textCursor().position()), self._vocabulary.panelists, self._vocabulary.tags
        )
        # Text escaped by a backslash is no name or label, even if the backslash is not shown.
        if matches.options and self._line.view.hides_escape(self._line.view.place(matches.start)):
            return Completions(matches.start, matches.end)
        word = text[matches.start : matches.end]
        if len(matches.options) == 1 and matches.options[0].text == word and not matches.options[0].adds:
            return Completions(matches.start, matches.end)
        return matches

    @property
    def popup(self) -> CompletionList | None:
        """The list of completions, while visible."""
        return self._popup if self._popup is not None and self._popup.isVisible() else None

    def _close_popup(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def accept(self, option: Option, *, taken: bool = True) -> None:
        """Replace the typed part of a word by its completion. `taken`: it stays a chip, whatever is typed behind it."""
        text = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(units(text, self._offered.start))
        cursor.setPosition(units(text, self._offered.end), QTextCursor.MoveMode.KeepAnchor)
        before, after = text[: self._offered.start], text[self._offered.end :]
        # In a sentence that is there already it is one of its words.
        mark = TAKEN if taken and not (before.strip() and after.strip()) else ""
        cursor.insertText(option.text + mark + ("" if after[:1].isspace() else " "))
        self.setTextCursor(cursor)
        self._close_popup()
        if option.adds:
            self.member_wanted.emit(option.adds)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = super().createMimeDataFromSelection()
        return with_line(data, self._line) if self._all_is_selected() else data

    def insertFromMimeData(self, source: QMimeData) -> None:
        if (whole := line_in(source)) is not None:
            self.insert_line(*whole)
            return
        # A line end after the copied text would put the cursor on a new, empty line.
        text = clean_text(source.text()).rstrip("\n")
        notes = listed_notes(text, self._vocabulary.panelists) if self.takes_lists else ()
        if len(notes) > 1 or (notes and headings_in(text)):
            self.list_pasted.emit(text)
        else:
            self.insert(text)

    def type_sign(self, sign: str) -> None:
        """Type a character of the capture language where it has a meaning: that of a kind at the start, replacing
        another one; that of a name at the cursor.
        """
        text, cursor = self.toPlainText(), self.textCursor()
        if sign in ("@", "#"):
            behind = text[: code_points(text, cursor.position())]
            self.insert(f" {sign}" if behind and not behind[-1].isspace() else sign)
            return
        front = re.match(rf"\s*(?:[{re.escape(''.join(SIGNS))}] +|[“{re.escape(''.join(AROUND))}])?", text)
        end = front.end() if front is not None and sign != PARK_SIGN else 0
        behind_cursor = code_points(text, cursor.position()) - end
        cursor.setPosition(0)
        cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)
        typed = sign if sign in AROUND else f"{sign} "
        cursor.insertText(typed)
        cursor.setPosition(units(self.toPlainText(), len(typed) + max(0, behind_cursor)))
        self.setTextCursor(cursor)
        # Who clicks a sign means it, also before a number.
        if self._line.offered_sign == sign:
            self.take_offer()

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
            # Ctrl+Z in the line concerns its text: it never undoes a saved note.
            if undo:
                event.accept()
                return True
            if belongs_to_program(event):
                event.ignore()
                return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._on_tab(event):
            return True
        return super().event(event)

    def _on_tab(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        taken = self.popup.taken_by_tab if self.popup is not None else None
        if event.key() == Qt.Key.Key_Tab and taken is not None and self._completions() == self._offered:
            self.accept(taken)
            return True
        if event.key() == Qt.Key.Key_Tab and not self.take_offer() and self.line.ends_in_token:
            self.insertPlainText(f"{TAKEN} ")
        # Otherwise do nothing: if Tab moved the focus, the user's next letters would not go into the note. F6 leaves
        # the field.
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The system types a character by its code when Alt is released.
        if is_no_key(event):
            return
        if typed_text(event) and self.textCursor().atEnd() and not self.textCursor().hasSelection():
            self.typed_behind.emit()
        handled = (
            self._on_undo(event)
            or self._on_chip(event)
            or self._on_enter(event)
            or self._on_escape(event)
            or self._on_arrow(event)
            or self._on_space(event)
            or self._on_all_deleted(event)
            or self._on_backspace(event)
            or self._on_word_back(event)
        )
        if handled or (event.text() and event.text() in ENDS_A_WORD and self._write_out(event.text())):
            return
        self._written_out = None
        super().keyPressEvent(event)

    def _on_undo(self, event: QKeyEvent) -> bool:
        undo = event.matches(QKeySequence.StandardKey.Undo)
        if not undo and not event.matches(QKeySequence.StandardKey.Redo):
            return False
        if not event.isAutoRepeat() or self._undoes_typing(redo=not undo):
            self.undo_here(redo=not undo)
        return True

    # The protocol of `ui.base.undo`

    def _undoes_typing(self, *, redo: bool) -> bool:
        return self._line.can_redo if redo else self._line.can_undo

    def undo_words(self, *, redo: bool = False) -> str | None:
        """Return what undo or redo would do here; None if nothing."""
        if self._undoes_typing(redo=redo):
            return tr("typen")
        return self.beyond(redo) if self.is_empty else None

    def undo_here(self, *, redo: bool = False) -> None:
        """Undo or redo typing, or in an empty line the action before it; redo also a note that was taken back."""
        if not self.step_back(redo=redo) and (self.is_empty or redo):
            self.undo_wanted.emit(redo)

    def _on_chip(self, event: QKeyEvent) -> bool:
        """Handle a key after the text, where the chips are: arrows move along them, Delete removes one."""
        key, row = event.key(), self.row
        if event.modifiers() or not self._chips or self.textCursor().hasSelection() or not self.textCursor().atEnd():
            row.choose(None)
            return False
        chosen = row.chosen
        if key == Qt.Key.Key_Right:
            row.choose(0 if chosen is None else min(chosen + 1, len(self._chips) - 1))
            return True
        if key == Qt.Key.Key_Left and chosen is not None:
            row.choose(chosen - 1 if chosen else None)
            return True
        if key == Qt.Key.Key_Delete or (key == Qt.Key.Key_Backspace and chosen is not None):
            # A held Backspace deletes text only: it stops at the chips.
            if not event.isAutoRepeat():
                self.remove_chip(chosen or 0)
            return True
        row.choose(None)
        return False

    def _write_out(self, behind: str) -> bool:
        """Expand the abbreviation before the cursor, including the character after it, as one undo step."""
        cursor = self.textCursor()
        if cursor.hasSelection() or cursor.position() != self._typed_up_to:
            return False
        text = self.toPlainText()
        replacement = expansion(text, code_points(text, cursor.position()), self._vocabulary.abbreviations)
        if replacement is None or replacement.start in self._left_alone:
            return False
        cursor.setPosition(units(text, replacement.start))
        cursor.setPosition(units(text, replacement.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(replacement.text + behind)
        self.setTextCursor(cursor)
        self._left_alone.add(replacement.start)
        word = text[replacement.start : replacement.end]
        self._written_out = Expansion(replacement.start, replacement.start + len(replacement.text + behind), word)
        return True

    def _take_abbreviation_back(self) -> bool:
        """Restore the abbreviation as typed, if its expansion was the last change."""
        done, text = self._written_out, self.toPlainText()
        self._written_out = None
        cursor = self.textCursor()
        if done is None or code_points(text, cursor.position()) != done.end:
            return False
        cursor.setPosition(units(text, done.start), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(done.text)
        self.setTextCursor(cursor)
        return True

    def _on_enter(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._close_popup()
            self.split_wanted.emit()
            return True
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insert("\n")
            self.ensureCursorVisible()
            return True
        chosen = self.popup.chosen if self.popup is not None else None
        if chosen is not None:
            self.accept(chosen)
            return True
        # A line of marks would be refused with part of a name: it takes the one that fits.
        only = self.popup.taken_by_tab if self.popup is not None else None
        if only is not None and only.text[0] == "@" and not only.adds and not self._line.words:
            self.accept(only)
        self._close_popup()
        # A held Enter key must not save several notes.
        if not event.isAutoRepeat():
            self._write_out("")
            self.submitted.emit()
        return True

    def _on_escape(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            return False
        if self.popup is not None:
            self._close_popup()
        else:
            self.left.emit()
        return True

    def _on_space(self, event: QKeyEvent) -> bool:
        """Complete a name if only one member fits, and give a known label its usual spelling. A partly typed label may
        be a new one, so it stays as typed; and no member is added without asking.
        """
        if event.text() != " " or self.textCursor().hasSelection() or (self.popup is None and not self._discreet):
            return False
        matches = self._completions()
        text = self.toPlainText()
        at_end = matches.end == code_points(text, self.textCursor().position())
        typed = text[matches.start : matches.end]
        fitting = [option for option in matches.options if typed[0] == "@" or fold(option.text) == fold(typed)]
        # The rest of a surname is still to come: a first name in its place would leave it as words of the note.
        if len(fitting) != 1 or not at_end or fitting[0].adds or goes_on(typed, self._vocabulary.panelists):
            return False
        self._offered = matches
        # What is typed whole is a word or a chip as its sentence has it.
        self.accept(fitting[0], taken=typed[0] == "@" and not is_whole(typed, self._vocabulary.panelists))
        return True

    def _on_arrow(self, event: QKeyEvent) -> bool:
        up, down = event.key() == Qt.Key.Key_Up, event.key() == Qt.Key.Key_Down
        if not (up or down) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if self.popup is not None:
            self.popup.move_by(-1 if up else 1)
            return True
        if up and self.is_empty:
            self.left_up.emit()
            return True
        return False

    def _on_all_deleted(self, event: QKeyEvent) -> bool:
        """Delete the whole text if it is selected, together with the chips that were typed with it."""
        cut = event.matches(QKeySequence.StandardKey.Cut)
        deletes = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not event.modifiers()
        if not (cut or deletes) or not self._all_is_selected():
            return False
        if cut:
            self.copy()
        self._line.clear()
        self._show_line()
        return True

    def _all_is_selected(self) -> bool:
        text = self.toPlainText()
        return bool(text) and self.textCursor().selectedText().replace("\u2029", "\n") == text

    def _on_backspace(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Backspace or event.modifiers():
            return False
        cursor = self.textCursor()
        if cursor.hasSelection():
            return False
        if self._take_abbreviation_back():
            return True
        # A held key deletes text only: it stops at the chips, and at the chosen speaker.
        if event.isAutoRepeat() and (cursor.position() == 0 or (cursor.atEnd() and self._line.view.tail)):
            return True
        if cursor.atEnd() and self._line.take_back():
            self._show_line()
            return True
        if cursor.position() == 0:
            if not self._line.remove_front():
                self.dropped_front.emit()
            self._show_line()
            return False
        text = self.toPlainText()
        taken = without_sign(text, code_points(text, cursor.position()))
        if taken is None:
            return False
        line, _place = taken
        at = next(number for number, (old, new) in enumerate(zip(text, line, strict=False)) if old != new)
        # Once it has no meaning, Backspace deletes.
        if self._line.is_plain(at):
            return False
        self._change(lambda: self._line.make_plain(at))
        return True

    def _on_word_back(self, event: QKeyEvent) -> bool:
        """Delete all of the speaker or label before the cursor. Qt leaves "@2" of "@2+", who then says it, and "@" of
        "@jan", with which the next name is none.
        """
        cursor = self.textCursor()
        if not event.matches(QKeySequence.StandardKey.DeleteStartOfWord) or cursor.hasSelection():
            return False
        text = self.toPlainText()
        mark = _MARK_BEFORE.search(text[: code_points(text, cursor.position())])
        if mark is None:
            return False
        cursor.setPosition(units(text, mark.start()), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self.setTextCursor(cursor)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._close_popup()
        super().focusOutEvent(event)
        # A menu or another program takes the focus only briefly: the user is still in this field.
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.focus_lost.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._close_popup()
        super().mousePressEvent(event)
