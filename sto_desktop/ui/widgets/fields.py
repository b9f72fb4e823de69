"""Fields to type in: they leave the program's own keys alone; a label above; a search field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from sto_desktop.ui.base.keys import SHORTCUTS
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets.keyhint import HEIGHT as KEY_HEIGHT
from sto_desktop.ui.widgets.keyhint import key_hint_width, paint_key_hint
from sto_desktop.ui.widgets.text import TextLabel

_OWN_KEYS = frozenset(keys for line in SHORTCUTS if line.bound for keys in line.keys if keys not in ("PgDown", "PgUp"))


def belongs_to_program(event: QKeyEvent) -> bool:
    """Tell whether a key in a text field is the program's: Ctrl+K is (Qt would erase the line), and so is Ctrl+Z: the
    window knows whether it is about the field (`ui.base.undo`). Where no window listens, it comes to the field after
    all."""
    if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
        return True
    keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
    return keys in _OWN_KEYS


class LineEdit(QLineEdit):
    """A line to type in. `set_invalid` gives it a red border and says why in its tooltip."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, placeholder: str = "", name: str = "") -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)

    def set_invalid(self, reason: str) -> None:
        """Mark the value as one that can't be used; an empty reason takes the mark away."""
        plain.set_tip(self, reason)
        if self.property("invalid") != bool(reason):
            self.setProperty("invalid", bool(reason))
            self.style().polish(self)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and belongs_to_program(event):
            event.ignore()
            return False
        return super().event(event)


class TextEdit(QPlainTextEdit):
    """Lines to type in; Tab goes to the next field."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, placeholder: str = "", name: str = "") -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and belongs_to_program(event):
            event.ignore()
            return False
        return super().event(event)


class SearchField(LineEdit):
    """A field with a magnifying glass and its key; `searched` comes when typing rests for a moment; Esc empties it."""

    searched = Signal(str)
    REST_MS = 60

    def __init__(
        self, theme: Theme, placeholder: str, *, hint: str = "", plain: bool = False, parent: QWidget | None = None
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
        """Show this key; nothing where there is no room for it."""
        self._hint = hint
        self.setTextMargins(self._left, 0, int(key_hint_width(self._theme, hint)) + 12 if hint else 8, 0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.height() / 2
        glass = QRectF(9, middle - 8, 16, 16)
        self._theme.paint_icon(painter, "search", glass, self._theme.color(Role.MUTED))
        if self._hint and not self.text():
            left = self.width() - key_hint_width(self._theme, self._hint) - 8
            paint_key_hint(painter, self._theme, QPointF(round(left), round(middle - KEY_HEIGHT / 2)), self._hint)


class FormField(QWidget):
    """A field with its label above and, where needed, a hint or a problem below."""

    def __init__(self, theme: Theme, label: str, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._label = TextLabel(theme, label, TextStyle.SECONDARY, Role.MUTED, lines=1)
        self._label.setBuddy(field)
        self._note = TextLabel(theme, "", TextStyle.SECONDARY, Role.MUTED)
        self._note.hide()
        # Not every field keeps its name: a table's cell editor has none of its own.
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
        """Show a line under the field; an empty text takes it away."""
        self._note.set_role(Role.LATE if problem else Role.MUTED)
        self._note.setText(text)
        self._note.setVisible(bool(text))
