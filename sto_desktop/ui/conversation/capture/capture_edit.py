"""The field for the capture language: highlights what was parsed, completes names and labels, loses no key press."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from sto_desktop.domain.capture.abbreviations import ENDS_A_WORD, Expansion, expansion
from sto_desktop.domain.capture.correction import Correction
from sto_desktop.domain.capture.language import Captured, Completions, Option, TokenSpan, completions, parse
from sto_desktop.domain.live.draft import understood, without_sign
from sto_desktop.ui.base.keypad import is_code_of_character
from sto_desktop.ui.base.undo import KEEPS_UNDO
from sto_desktop.ui.conversation.capture.completion import CompletionList
from sto_desktop.ui.conversation.capture.vocabulary import Vocabulary
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.fields import belongs_to_program

MOST_LINES = 6

_SPAN_ROLES: dict[str, tuple[ColourRole, ColourRole | None]] = {
    "speaker": (ColourRole.PRIMARY, ColourRole.PRIMARY_SOFT),
    "tag": (ColourRole.MUTED, ColourRole.SUNKEN),
    "unknown": (ColourRole.WARN_TEXT, ColourRole.WARN_SOFT),
    "sign": (ColourRole.MUTED, None),
    "bullet": (ColourRole.MUTED, None),
    "escape": (ColourRole.MUTED, None),
}


_STANCE_ROLES: dict[str, tuple[ColourRole | None, ColourRole | None]] = {
    "+": (ColourRole.GOOD, ColourRole.GOOD_SOFT),
    "-": (ColourRole.LATE, ColourRole.LATE_SOFT),
    "−": (ColourRole.LATE, ColourRole.LATE_SOFT),
    "–": (ColourRole.LATE, ColourRole.LATE_SOFT),
}
"""By the sign after a speaker: who agrees, and who disagrees."""


def _roles(text: str, span: TokenSpan) -> tuple[ColourRole | None, ColourRole | None]:
    """Return text and background role of a parsed span; None: the same as other text."""
    sign = text[span.end - 1 : span.end]
    if span.what == "speaker" and sign in _STANCE_ROLES:
        return _STANCE_ROLES[sign]
    return _SPAN_ROLES.get(span.what, (None, None))


def units(text: str, points: int) -> int:
    """Convert a position in code points to Qt's UTF-16 units, where a character beyond U+FFFF counts as two."""
    return points if text.isascii() else len(text[:points].encode("utf-16-le")) // 2


def code_points(text: str, place: int) -> int:
    """Convert a position in Qt's UTF-16 units to code points."""
    if text.isascii():
        return place
    return len(text.encode("utf-16-le")[: place * 2].decode("utf-16-le", "ignore"))


class CaptureEdit(QPlainTextEdit):
    """A text in the capture language. Undo covers this text only (`ui.base.undo`); Tab never leaves.

    `submitted`: Enter. `split_wanted`: Alt+Enter. `left_up`: Arrow-up in an empty text. `left`: Esc with nothing to
    close. `dropped_speaker`: Backspace at the very start. `member_wanted`: a new member's name was accepted after an
    `@`. `understood_changed`: the text is parsed differently now.
    """

    submitted = Signal()
    split_wanted = Signal()
    left_up = Signal()
    left = Signal()
    dropped_speaker = Signal()
    member_wanted = Signal(str)
    focus_lost = Signal()
    height_changed = Signal(int)
    understood_changed = Signal()

    def __init__(
        self,
        theme: Appearance,
        vocabulary: Vocabulary,
        *,
        style: TextStyle = TextStyle.BODY,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._vocabulary = vocabulary
        self._written_out: Expansion | None = None
        self._left_alone: set[int] = set()
        """Places where an expanded abbreviation was taken back: none is expanded there again."""
        self._theme = theme
        self._quote = False
        self._correction: Correction | None = None
        self._kept: tuple[TokenSpan, ...] = ()
        self._typed_up_to: int | None = None
        """End of the text typed last: a word that was already there is never treated as an abbreviation."""
        self._length = 0
        self._popup: CompletionList | None = None
        self._discreet = False
        self._offered = Completions(0, 0)
        self._captured = Captured("")
        self._height = 0
        self.setFont(theme.font(style))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(
            "QPlainTextEdit, QPlainTextEdit:focus { border: none; padding: 0; background: transparent; }"
        )
        self.document().setDocumentMargin(0)
        self.setProperty(KEEPS_UNDO, True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursorWidth(2)
        self.textChanged.connect(self._read)
        self.cursorPositionChanged.connect(self._offer)
        # Existing highlights keep the colours they were made with.
        theme.changed.connect(self.read_again)
        self._fit()

    # Content

    @property
    def captured(self) -> Captured:
        """The parse of the current text."""
        return self._captured

    @property
    def quote(self) -> bool:
        """Whether the user marked the note as a quote (Alt+C)."""
        return self._quote

    def set_quote(self, quote: bool) -> None:
        """Mark the note as a quote regardless of quotation marks, or not."""
        self._quote = quote
        self._read()

    def set_text(self, text: str, *, quote: bool = False, correction: Correction | None = None) -> None:
        """Replace the text and clear the undo history; `correction`: the edited note, whose highlights are kept."""
        self._quote = quote
        self._correction, self._kept = correction, ()
        self._left_alone.clear()
        blocked = self.blockSignals(True)
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.blockSignals(blocked)
        self._close_popup()
        self._read()
        self._typed_up_to = None

    def reading(self, end: int | None = None) -> Captured:
        """Return the parse of the text, or of the part before a position in code points."""
        kept = tuple(mark for mark in self._kept if end is None or mark.end <= end)
        return parse(self.toPlainText()[:end], self._vocabulary.panelists, self._quote, kept)

    def read_again(self) -> None:
        """Parse the text again, because the members changed."""
        self._read()

    def insert(self, text: str) -> None:
        """Insert a text at the cursor, as if typed."""
        self.textCursor().insertText(text)

    def _read(self) -> None:
        text = self.toPlainText()
        self._left_alone = {start for start in self._left_alone if start < len(text)}
        place = self.textCursor().position()
        # Qt does not say where text was typed: a longer text was typed up to the cursor.
        if len(text) != self._length:
            self._typed_up_to = place if len(text) > self._length else None
            self._length = len(text)
        if self._correction is not None:
            self._kept = self._correction.marks(text, code_points(text, place))
        before = self._captured
        self._captured = understood(text, self._vocabulary.panelists, quote=self._quote, kept=self._kept)
        if before.spans or self._captured.spans:
            self._mark(text)
        self._fit()
        self.understood_changed.emit()

    def _mark(self, text: str) -> None:
        selections = []
        for span in self._captured.spans:
            ink = _roles(text, span)[0]
            if ink is None:
                continue
            selection = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setForeground(self._theme.color(ink))
            if span.what == "unknown":
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                look.setUnderlineColor(self._theme.color(ColourRole.WARN))
            selection.format = look
            cursor = QTextCursor(self.document())
            cursor.setPosition(units(text, span.start))
            end = min(units(text, span.end), self.document().characterCount() - 1)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selections.append(selection)
        self.setExtraSelections(selections)

    def _fit(self) -> None:
        lines = max(1, min(MOST_LINES, round(self.document().size().height())))
        height = round(lines * self.fontMetrics().lineSpacing()) + 1
        if height != self._height:
            self._height = height
            self.setFixedHeight(height)
            self.height_changed.emit(height)
        more = self.document().size().height() > MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if more else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != policy:
            self.setVerticalScrollBarPolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(200, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Completion

    def set_discreet(self, discreet: bool) -> None:
        """Offer no names, so that bystanders can't read them."""
        self._discreet = discreet
        if discreet:
            self._close_popup()

    def _offer(self) -> None:
        if not self.hasFocus() or self._discreet:
            return
        text = self.toPlainText()
        self._offered = matches = self._completions()
        if not matches.options:
            self._close_popup()
            return
        if self._popup is None:
            self._popup = CompletionList(self._theme, self.window())
            self._popup.accepted.connect(self.accept)
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(text, matches.start))
        # Above the whole field: the lines above the cursor are what the user is writing on.
        where = self.viewport().mapTo(self.window(), QPoint(self.cursorRect(cursor).left(), 0))
        self._popup.offer(matches, where, self.height())

    def _completions(self) -> Completions:
        """Return the completions of the word at the cursor; none if it is complete."""
        text = self.toPlainText()
        matches = completions(
            text, code_points(text, self.textCursor().position()), self._vocabulary.panelists, self._vocabulary.tags
        )
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

    def accept(self, option: Option) -> None:
        """Replace the typed part of a word by its completion."""
        text = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(units(text, self._offered.start))
        cursor.setPosition(units(text, self._offered.end), QTextCursor.MoveMode.KeepAnchor)
        after = text[self._offered.end : self._offered.end + 1]
        cursor.insertText(option.text if after[:1].isspace() else f"{option.text} ")
        self.setTextCursor(cursor)
        self._close_popup()
        if option.adds:
            self.member_wanted.emit(option.adds)

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
        chosen = self.popup.chosen if self.popup is not None else None
        if event.key() == Qt.Key.Key_Tab and chosen is not None and self._completions() == self._offered:
            self.accept(chosen)
            return True
        # Otherwise ignored: the user's next letters would go somewhere other than the note. F6 leaves the field.
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The system types the character when Alt is released.
        if is_code_of_character(event):
            return
        handled = self._on_enter(event) or self._on_escape(event) or self._on_arrow(event) or self._on_backspace(event)
        if handled or (event.text() and event.text() in ENDS_A_WORD and self._write_out(event.text())):
            return
        self._written_out = None
        if not belongs_to_program(event):
            self._keep_apart(event.text())
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._keep_apart(event.commitString())
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self._keep_apart(source.text())
        super().insertFromMimeData(source)

    def _keep_apart(self, typed: str) -> None:
        """Insert a space between a highlight of the edited note and the text typed after it.

        Once the user has changed a highlight, typing on in it changes it further.
        """
        cursor, text = self.textCursor(), self.toPlainText()
        goes_on = self._typed_up_to == cursor.position()
        if self._correction is None or goes_on or cursor.hasSelection() or not typed[:1].isalnum():
            return
        place = code_points(text, cursor.position())
        if self._correction.ends_mark(text, place):
            self.insert(" ")

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
        self._close_popup()
        # A held Enter key must not save one note after another.
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

    def _on_arrow(self, event: QKeyEvent) -> bool:
        up, down = event.key() == Qt.Key.Key_Up, event.key() == Qt.Key.Key_Down
        if not (up or down) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if self.popup is not None:
            self.popup.move_by(-1 if up else 1)
            return True
        if up and self.document().isEmpty():
            self.left_up.emit()
            return True
        return False

    def _on_backspace(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Backspace or event.modifiers():
            return False
        cursor = self.textCursor()
        if cursor.hasSelection():
            return False
        if cursor.position() == 0:
            self.dropped_speaker.emit()
            return False
        if self._take_abbreviation_back():
            return True
        text = self.toPlainText()
        taken = without_sign(text, code_points(text, cursor.position()))
        if taken is None:
            return False
        # One edit up to the cursor, so that Ctrl+Z restores both text and cursor.
        line, place = taken
        at = next(number for number, (old, new) in enumerate(zip(text, line, strict=False)) if old != new)
        behind = cursor.position()
        cursor.setPosition(units(text, at))
        cursor.setPosition(behind, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(line[at:place])
        self.setTextCursor(cursor)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._close_popup()
        super().focusOutEvent(event)
        # A menu or another program takes the focus for a moment only: the user is still in this field.
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.focus_lost.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._close_popup()
        super().mousePressEvent(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.toPlainText()
        grounds = [span for span in self._captured.spans if _roles(text, span)[1]]
        if grounds:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for span in grounds:
                self._paint_ground(painter, text, span)
            painter.end()
        super().paintEvent(event)
        if not text and self.placeholder():
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.color(ColourRole.MUTED))
            painter.drawText(QPointF(4, self.fontMetrics().ascent()), self.placeholder())

    def placeholder(self) -> str:
        """The placeholder of an empty field."""
        return str(self.property("hint") or "")

    def set_placeholder(self, text: str) -> None:
        """Set the placeholder of the empty field."""
        self.setProperty("hint", text)
        self.viewport().update()

    def _paint_ground(self, painter: QPainter, text: str, span: TokenSpan) -> None:
        ground = _roles(text, span)[1]
        assert ground is not None
        start, end = units(text, span.start), units(text, span.end)
        first, last = QTextCursor(self.document()), QTextCursor(self.document())
        first.setPosition(start)
        last.setPosition(min(end, self.document().characterCount() - 1))
        left, right = self.cursorRect(first), self.cursorRect(last)
        # A span across two lines is not a rectangle: it keeps its text colour only.
        if left.top() != right.top():
            return
        rect = QRectF(left.left() - 2, left.top() - 0.5, right.left() - left.left() + 4, left.height() + 1)
        painter.setBrush(self._theme.color(ground))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
