"""Input fields: they leave the program's shortcuts alone; a form field with label; a search field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from sto_desktop.ui.base.keys import sequences
from sto_desktop.ui.commands.table import COMMANDS
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.keyhint import HEIGHT as KEY_HEIGHT
from sto_desktop.ui.widgets.keyhint import key_hint_width, paint_key_hint
from sto_desktop.ui.widgets.text import TextLabel

# The page keys are left to the field, in which they move the cursor.
_OWN_KEYS = frozenset(
    keys for line in COMMANDS if line.bound for keys in sequences(line.keys) if keys not in ("PgDown", "PgUp")
)

TEXT_MARGIN = 7
"""Before the text of a box with arrows, in px."""


def belongs_to_program(event: QKeyEvent) -> bool:
    """Return whether a key in a text field belongs to the program: Ctrl+K (Qt would erase the line) and Ctrl+Z, because
    the window decides whether undo applies to the field (`ui.base.undo`). If no window handles it, the field gets it
    after all."""
    if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
        return True
    keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
    return keys in _OWN_KEYS


class LineEdit(QLineEdit):
    """A line edit. `set_invalid` gives it a red border and puts the reason in its tooltip."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, placeholder: str = "", name: str = "") -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)

    def set_invalid(self, reason: str) -> None:
        """Mark the value as unusable; an empty reason clears the mark."""
        plain.set_tip(self, reason)
        if self.property("invalid") != bool(reason):
            self.setProperty("invalid", bool(reason))
            # Qt applies a stylesheet rule for a property only when the widget is polished again.
            self.style().polish(self)

    def event(self, event: QEvent) -> bool:
        # Qt's fields accept this event for the keys of editing; ignored, the key goes to the program's shortcut.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and belongs_to_program(event):
            event.ignore()
            return False
        return super().event(event)


class TextEdit(QPlainTextEdit):
    """A multi-line edit in which Tab moves to the next field."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, placeholder: str = "", name: str = "") -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        # Ignored, the key goes to the program's shortcut (see `LineEdit.event`).
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and belongs_to_program(event):
            event.ignore()
            return False
        return super().event(event)


class SearchField(LineEdit):
    """A field with a magnifying glass and its key; `searched` is emitted when typing pauses; Esc clears it, except in a
    dialog, which it closes."""

    searched = Signal(str)
    REST_MS = 60

    def __init__(
        self, theme: Appearance, placeholder: str, *, hint: str = "", plain: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent, placeholder=placeholder)
        self._theme = theme
        self._hint = ""
        self._left = 32 if plain else 22
        self.set_hint(hint)
        self.setProperty("plain", plain)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(self.REST_MS)
        self._rest.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(self._rest.start)

    def set_hint(self, hint: str) -> None:
        """Show this key hint; hidden when there is no room."""
        self._hint = hint
        self.setTextMargins(self._left, 0, int(key_hint_width(self._theme, hint)) + 12 if hint else 8, 0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() and not isinstance(self.window(), QDialog):
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.height() / 2
        glass = QRectF(9, middle - 8, 16, 16)
        self._theme.paint_icon(painter, "search", glass, self._theme.color(ColourRole.MUTED))
        if self._hint and not self.text():
            left = self.width() - key_hint_width(self._theme, self._hint) - 8
            paint_key_hint(painter, self._theme, QPointF(round(left), round(middle - KEY_HEIGHT / 2)), self._hint)


def inset(box: QAbstractSpinBox) -> None:
    """Keep the text of a box with arrows off its border: the padding of a stylesheet does not reach it."""
    line = box.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(TEXT_MARGIN, 0, 0, 0)


class FormField(QWidget):
    """A field with its label above and, if needed, a hint or an error below."""

    def __init__(self, theme: Appearance, label: str, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._label = TextLabel(theme, label, TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self._label.setBuddy(field)
        if isinstance(field, QAbstractSpinBox):
            inset(field)
        self._note = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self._note.hide()
        # Not every field has an accessible name of its own: the editor of a table cell has none.
        if not field.accessibleName():
            field.setAccessibleName(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.XS)
        layout.addWidget(self._label)
        layout.addWidget(field)
        layout.addWidget(self._note)
        layout.addStretch(1)

    def set_note(self, text: str, *, problem: bool = False) -> None:
        """Show a line under the field; an empty text removes it."""
        self._note.set_role(ColourRole.LATE if problem else ColourRole.MUTED)
        self._note.setText(text)
        self._note.setVisible(bool(text))
