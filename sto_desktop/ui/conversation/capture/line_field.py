"""The field in which a line is shown and edited: its text, the highlights in it, and the chips behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from sto_desktop.domain.capture.agreed import offered
from sto_desktop.domain.capture.chips import NO_CHIPS, Chips, LineChip, chips_in
from sto_desktop.domain.capture.language import NOTHING_AGREED, Agreed, Captured, TokenSpan
from sto_desktop.domain.capture.line import Line
from sto_desktop.domain.live.draft import said_by, understood
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.ui.conversation.capture.chip_row import LINE as CHIP_LINE
from sto_desktop.ui.conversation.capture.chip_row import ChipRow
from sto_desktop.ui.conversation.capture.understood import chip_names, look_of, meant_by
from sto_desktop.ui.conversation.capture.vocabulary import Vocabulary
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.wording import agreed_words

MOST_LINES = 6

_SPAN_ROLES: dict[str, tuple[ColourRole, ColourRole | None]] = {
    "speaker": (ColourRole.PRIMARY, ColourRole.PRIMARY_SOFT),
    "word": (ColourRole.INK, ColourRole.SUNKEN),
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


class Highlight(NamedTuple):
    """A parsed piece of the shown text, in code points, with its text and background role."""

    start: int
    end: int
    kind: str
    ink: ColourRole | None
    ground: ColourRole | None


def units(text: str, points: int) -> int:
    """Convert a position in code points to Qt's UTF-16 units, where a character beyond U+FFFF counts as two."""
    return points if text.isascii() else len(text[:points].encode("utf-16-le")) // 2


def code_points(text: str, place: int) -> int:
    """Convert a position in Qt's UTF-16 units to code points."""
    if text.isascii():
        return place
    return len(text.encode("utf-16-le")[: place * 2].decode("utf-16-le", "ignore"))


class LineField(QPlainTextEdit):
    """A line in the capture language, with chips behind it; the cursor is before the chips.

    `source` is the text in the capture language; `capture.line` decides which part of it the field shows, and keeps the
    undo history. `understood_changed`: the line is parsed differently now. `members_lost` carries people who are named
    in the line and no longer members.
    """

    height_changed = Signal(int)
    understood_changed = Signal()
    members_lost = Signal(tuple)

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
        self._theme = theme
        self.said_by: Callable[[], str | None] = lambda: None
        """Returns who was chosen as the speaker besides the line."""
        self._quote = False
        self._discreet = False
        self._correcting = False
        self.kind_in_front = False
        """Whether kind and parking lot are shown before the field."""
        self._line = Line(lambda: vocabulary.panelists)
        self._captured = Captured("")
        self._chips: tuple[LineChip, ...] = ()
        self._highlights: tuple[Highlight, ...] = ()
        self._typed_up_to: int | None = None
        """End of the text typed last, in Qt's units: what was already there was not typed just now."""
        self._length = 0
        self._height = 0
        self._below = 0
        self._most_lines = MOST_LINES
        self.row = ChipRow(theme, self)
        self.row.removed.connect(self.remove_chip)
        self.row.taken.connect(self.take_offer)
        # The line has its own undo history, because Qt's knows only the text, not the chips.
        self.setUndoRedoEnabled(False)
        self.setFont(theme.font(style))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(
            "QPlainTextEdit, QPlainTextEdit:focus { border: none; padding: 0; background: transparent; }"
        )
        self.document().setDocumentMargin(0)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursorWidth(2)
        self.textChanged.connect(self._read)
        self.cursorPositionChanged.connect(self._on_moved)
        # Existing highlights keep the colours they were made with.
        theme.changed.connect(self.read_again)
        self._fit()

    # Content

    def toPlainText(self) -> str:
        """Return the shown text. Qt's own method turns non-breaking spaces into plain ones."""
        return self.document().toRawText().replace("\u2029", "\n")

    @property
    def captured(self) -> Captured:
        """The parse of the current text."""
        return self._captured

    @property
    def quote(self) -> bool:
        """Whether the user marked the note as a quote (Alt+C)."""
        return self._quote

    def set_quote(self, quote: bool) -> None:
        """Mark the note as a quote, whatever quotation marks it has, or not."""
        self._quote = quote
        self._read()

    @property
    def source(self) -> str:
        """The text in the capture language."""
        return self._line.source

    @property
    def chips(self) -> Chips:
        """The properties of the note that are not in the source."""
        return self._line.chips

    @property
    def line(self) -> Line:
        """The line being edited."""
        return self._line

    @property
    def is_empty(self) -> bool:
        """Whether there is neither text nor a chip."""
        return self._line.is_empty

    def set_text(self, source: str, *, quote: bool = False, chips: Chips | None = None) -> None:
        """Replace the text and the chips, and clear the undo history. A name at the end is still being typed."""
        self._line.begin(source, chips or NO_CHIPS, typing=True)
        self._begun(quote=quote, correcting=chips is not None)

    def put_back(self, note: NoteContent) -> None:
        """Load a note into the line to correct it: its text, and its chips."""
        self._line.put_back(note)
        self._begun(quote=False, correcting=True)

    def put_back_as(self, note: NoteContent, source: str, chips: Chips, *, quote: bool) -> None:
        """Show a note as it was being corrected; Ctrl+Z shows it as it is."""
        self._line.put_back_as(note, source, chips)
        self._begun(quote=quote, correcting=True)

    def _begun(self, *, quote: bool, correcting: bool) -> None:
        self._quote, self._correcting = quote, correcting
        self._show_line()
        self._typed_up_to = None

    def reading(self, end: int | None = None) -> Captured:
        """Return the parse of the text, or of its part before a position in the source."""
        return self._line.reading(end, quote=self._quote)

    def read_again(self) -> None:
        """Parse the line again, because the members changed. A name in it keeps meaning the same member."""
        lost = self._line.follow_members()
        self._show_line()
        if lost:
            self.members_lost.emit(lost)

    def follow_chips(self, before: Chips, now: Chips) -> None:
        """Apply what changed elsewhere in the chips of the note that is being corrected."""
        self._line.follow_chips(before, now)
        self._show_line()

    def insert(self, text: str) -> None:
        """Insert a text at the cursor, as if typed."""
        self.textCursor().insertText(text)

    def insert_line(self, source: str, chips: Chips) -> None:
        """Insert a whole line at the cursor, with its chips."""
        self.insert("")
        text = self.toPlainText()
        self._line.insert(code_points(text, self.textCursor().position()), source, chips)
        self._show_line()
        self._go_to_caret()

    def step_back(self, *, redo: bool = False) -> bool:
        """Undo the last step of the line, or redo it; return whether there was one."""
        if not (self._line.redo() if redo else self._line.undo()):
            return False
        self._show_line()
        self._go_to_caret()
        return True

    def _go_to_caret(self) -> None:
        cursor = self.textCursor()
        cursor.setPosition(units(self._line.view.text, self._line.caret))
        self.setTextCursor(cursor)

    def _read(self) -> None:
        text = self.toPlainText()
        place = self.textCursor().position()
        # Qt does not report where text was typed: if the text became longer, it was typed up to the cursor.
        grown = len(text) > self._length
        if len(text) != self._length:
            self._typed_up_to = place if grown else None
        if text != self._line.view.text:
            self._line.typed(text, code_points(text, place))
        if self._show_line() and grown:
            self._typed_up_to = self.textCursor().position()

    def _on_moved(self) -> None:
        text = self.toPlainText()
        # Qt moves the cursor before it reports the change of the text.
        if text != self._line.view.text:
            return
        self.row.choose(None)
        self._line.moved(code_points(text, self.textCursor().position()))
        if text != self._line.view.text:
            self._show_line()

    def _show_line(self) -> bool:
        """Show the current state of the line; return whether the text of the field had to change."""
        old, view = self.toPlainText(), self._line.view
        changed = old != view.text
        if changed:
            self._put(old, view.text)
        self._length = len(view.text)
        self._captured = self._line.chips.added_to(
            understood(view.source, self._vocabulary.panelists, quote=self._quote)
        )
        self._mark(view.text)
        self._show_chips()
        self.understood_changed.emit()
        return changed

    def _put(self, old: str, new: str) -> None:
        """Replace only the part of the field's text that differs, and set the cursor."""
        # The text comes from the line: `textChanged` would send it back.
        blocked = self.blockSignals(True)
        cursor = QTextCursor(self.document())
        first = next((at for at, (before, after) in enumerate(zip(old, new, strict=False)) if before != after), None)
        first = min(len(old), len(new)) if first is None else first
        cursor.setPosition(units(old, first))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new[first:])
        cursor.setPosition(units(new, self._line.caret))
        self.setTextCursor(cursor)
        self.blockSignals(blocked)

    def _mark(self, text: str) -> None:
        before, view = self._highlights, self._line.view
        words = {placed.start for placed in view.tokens if placed.is_word and placed.token.kind == "speaker"}
        self._highlights = tuple(
            _highlight(view.source, span, view.shown(span.start), view.shown(span.end), span.start in words)
            for span in self._captured.spans
            if view.shown(span.start) < view.shown(span.end)
        )
        # Setting selections repaints the field, also if there are none.
        if not before and not self._highlights:
            return
        selections = []
        for highlight in self._highlights:
            if highlight.ink is None:
                continue
            selection = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setForeground(self._theme.color(highlight.ink))
            if highlight.kind == "unknown":
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                look.setUnderlineColor(self._theme.color(ColourRole.WARN))
            selection.format = look
            cursor = QTextCursor(self.document())
            cursor.setPosition(units(text, highlight.start))
            # `characterCount` includes the separator that ends the document.
            end = min(units(text, highlight.end), self.document().characterCount() - 1)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selections.append(selection)
        self.setExtraSelections(selections)

    # Chips

    def _show_chips(self) -> None:
        names = chip_names(self._vocabulary.panelists, discreet=self._discreet)
        looks = [
            (chip, look_of(chip, names, discreet=self._discreet))
            for chip in chips_in(self._captured, all_=self._correcting and not self.kind_in_front)
        ]
        self._chips = tuple(chip for chip, look in looks if look is not None)
        words = meant_by(self._line.offered_sign) or agreed_words(*self.offer, discreet=self._discreet)
        self.row.set_looks(tuple(look for _, look in looks if look is not None), words)
        self._fit()

    @property
    def offer(self) -> Agreed:
        """Who does the action in the line, and by when, as far as the line does not say so."""
        captured, words = said_by(self._captured, self.said_by()), self._vocabulary
        return offered(captured, words.panelists, words.today)

    def take_offer(self) -> bool:
        """Accept the offer of a sign, or for an action; return whether there was one."""
        if self._line.offered_sign:
            self._change(self._line.take_sign)
            return True
        offer = self.offer
        if offer == NOTHING_AGREED:
            return False
        self._line.take(offer)
        self._show_line()
        return True

    def remove_chip(self, number: int) -> None:
        """Remove a chip from the line."""
        if number < len(self._chips):
            at_end = self.textCursor().atEnd()
            self._line.remove(self._chips[number])
            self._show_line()
            if at_end:
                self.moveCursor(QTextCursor.MoveOperation.End)

    def remove(self, chip: LineChip) -> None:
        """Remove a property from the line, wherever it is shown."""
        self._change(lambda: self._line.remove(chip))

    def speak(self, member: str) -> None:
        """Make a member the only speaker of the note that is being corrected."""
        self._change(lambda: self._line.speak(member))

    def press_again(self, member: str) -> bool:
        """Let a member agree, or disagree, whose key is pressed again; return whether it was."""
        again: list[bool] = []
        self._change(lambda: again.append(self._line.press_again(member)))
        return again == [True]

    def toggle_quote(self) -> None:
        """Make the line a quote, whatever its quotation marks say, or no quote."""
        if self._correcting and not self._quote and self._captured.kind is NoteKind.QUOTE:
            self.remove(LineChip(kind=NoteKind.QUOTE))
        else:
            self.set_quote(not self._quote)

    def _change(self, change: Callable[[], object]) -> None:
        """Change the line by a command. The cursor keeps its distance from the end."""
        text = self.toPlainText()
        behind = len(text) - code_points(text, self.textCursor().position())
        change()
        self._show_line()
        cursor = self.textCursor()
        cursor.setPosition(units(self.toPlainText(), max(0, len(self.toPlainText()) - behind)))
        self.setTextCursor(cursor)

    def set_discreet(self, discreet: bool) -> None:
        """Show no names, so that bystanders can't read them."""
        self._discreet = discreet
        self._show_chips()

    def set_most_lines(self, lines: int) -> None:
        """Limit the height to this number of lines; a longer text scrolls."""
        self._most_lines = lines
        self._fit()

    def _fit(self) -> None:
        lines = max(1, min(self._most_lines, round(self.document().size().height())))
        text_height = round(lines * self.fontMetrics().lineSpacing()) + 1
        too_long = self.document().size().height() > self._most_lines
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if too_long else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != policy:
            self.setVerticalScrollBarPolicy(policy)
        below = self._place_chips(text_height, behind=not too_long)
        if below != self._below:
            self._below = below
            self.setViewportMargins(0, 0, 0, below)
        height = text_height + below
        if height != self._height:
            self._height = height
            self.setFixedHeight(height)
            self.height_changed.emit(height)

    def _place_chips(self, text_height: int, *, behind: bool) -> int:
        """Place the chips after the text, or below it if there is no room. Return the height below the text, in px."""
        row = self.row
        if row.isHidden():
            return 0
        last = QTextCursor(self.document())
        last.movePosition(QTextCursor.MoveOperation.End)
        end = self.cursorRect(last)
        left = end.right() + 8 if self._length else 4
        wide = row.width_in_one_row()
        if behind and left + wide <= self.width():
            row.flow(wide)
            row.setGeometry(left, round(end.center().y() - CHIP_LINE / 2), wide, CHIP_LINE)
            return 0
        height = row.flow(self.width()) * CHIP_LINE
        row.setGeometry(0, text_height + 2, self.width(), height)
        return height + 2

    def sizeHint(self) -> QSize:
        return QSize(200, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.toPlainText()
        grounds = [highlight for highlight in self._highlights if highlight.ground is not None]
        if grounds:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for highlight in grounds:
                self._paint_ground(painter, text, highlight)
            painter.end()
        super().paintEvent(event)
        if not text and not self._chips and self.placeholder():
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

    def _paint_ground(self, painter: QPainter, text: str, highlight: Highlight) -> None:
        assert highlight.ground is not None
        start, end = units(text, highlight.start), units(text, highlight.end)
        first, last = QTextCursor(self.document()), QTextCursor(self.document())
        first.setPosition(start)
        last.setPosition(min(end, self.document().characterCount() - 1))
        left, right = self.cursorRect(first), self.cursorRect(last)
        # A highlight over two lines is not a rectangle: it gets only a text colour.
        if left.top() != right.top():
            return
        rect = QRectF(left.left() - 2, left.top() - 0.5, right.left() - left.left() + 4, left.height() + 1)
        painter.setBrush(self._theme.color(highlight.ground))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


def _highlight(source: str, span: TokenSpan, start: int, end: int, word: bool) -> Highlight:
    """Return the highlight of a parsed piece, at [start, end) of the shown text; `word`: a name inside the sentence."""
    stance_sign = source[span.end - 1 : span.end]
    if span.kind == "speaker" and stance_sign in _STANCE_ROLES:
        return Highlight(start, end, span.kind, *_STANCE_ROLES[stance_sign])
    return Highlight(start, end, span.kind, *_SPAN_ROLES.get("word" if word else span.kind, (None, None)))
