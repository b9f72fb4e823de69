"""Fields that save without a button: as a draft when typing pauses, as an action when they are left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from sto_desktop.ui.widgets import ComboBox, LineEdit, TextEdit

REST_MS = 400
"""Pause in typing after which the draft is saved."""


class KeptLine(LineEdit):
    """A line edit that reports when it is left with changed text.

    `left` carries the text on Enter, on losing the focus and on being hidden; `rested` is emitted when typing pauses.
    Ctrl+Z undoes typing; once the text is saved, it undoes the save.
    """

    left = Signal(str)
    rested = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", name: str = "") -> None:
        super().__init__("", parent, placeholder=placeholder, name=name)
        self._kept = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: self.rested.emit(self.text()))
        self.textEdited.connect(self._rest.start)

    @property
    def dirty(self) -> bool:
        """Whether the field has unsaved typing."""
        return self.text() != self._kept

    def show_kept(self, text: str) -> None:
        """Show the saved text; unsaved typing stays until the field is left."""
        typing = self.dirty and self.hasFocus()
        self._kept = text
        if not typing and self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def settle(self, text: str) -> None:
        """Accept the text as saved: from here on Ctrl+Z belongs to the program."""
        self._kept = text
        self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def commit(self) -> None:
        """Emit the text if it is unsaved."""
        self._rest.stop()
        if self.dirty:
            self.left.emit(self.text())

    def refused(self) -> bool:
        """Return whether the text was left and could not be saved."""
        return self.dirty and bool(self.property("invalid"))

    def restore(self) -> None:
        """Show the saved text again instead of one that was refused."""
        self.setText(self._kept)
        self.left.emit(self._kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.selectAll()
            # In a dialog, and with Ctrl, Enter also saves the form that the field is in.
            goes_on = isinstance(self.window(), QDialog) or event.modifiers() & Qt.KeyboardModifier.ControlModifier
            event.setAccepted(not goes_on)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A menu takes the focus only briefly: the field is not left.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        super().hideEvent(event)


class TitleLine(KeptLine):
    """A line edit that looks like a title until hovered over or focused."""

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", name: str = "") -> None:
        super().__init__(parent, placeholder=placeholder, name=name)
        self._look()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._look(over=event.type() == QEvent.Type.Enter)
        return done

    def _look(self, *, over: bool = False) -> None:
        plain = not over and not self.hasFocus()
        if self.property("plain") != plain:
            self.setProperty("plain", plain)
            # The text must not move when the border disappears.
            self.setTextMargins(9 if plain else 0, 0, 9 if plain else 0, 0)
            self.style().polish(self)


class KeptChoice(ComboBox):
    """An editable combo box; `line` is its field."""

    def __init__(
        self, choices: Sequence[str], parent: QWidget | None = None, *, placeholder: str = "", name: str = ""
    ) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.line = KeptLine(placeholder=placeholder, name=name)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name or placeholder)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItems(list(choices))
        self.setCurrentIndex(-1)
        self.textActivated.connect(self.line.commit)

    def set_choices(self, choices: Sequence[str]) -> None:
        """Replace the choices and keep the text."""
        if [self.itemText(number) for number in range(self.count())] != list(choices):
            text = self.line.text()
            self.clear()
            self.addItems(list(choices))
            self.setCurrentIndex(-1)
            self.line.setText(text)


class KeptText(TextEdit):
    """A multi-line edit that reports when it is left with changed text; see `KeptLine`."""

    left = Signal(str)
    rested = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", name: str = "") -> None:
        super().__init__("", parent, placeholder=placeholder, name=name)
        self._kept = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: self.rested.emit(self.toPlainText()))
        self.textChanged.connect(self._typed)

    def text(self) -> str:
        """Return the text."""
        return self.toPlainText()

    @property
    def dirty(self) -> bool:
        """Whether the field has unsaved typing."""
        return self.toPlainText() != self._kept

    def show_kept(self, text: str) -> None:
        """Show the saved text; unsaved typing stays until the field is left."""
        typing = self.dirty and self.hasFocus()
        self._kept = text
        if not typing and self.toPlainText() != text:
            self.setPlainText(text)

    def settle(self, text: str) -> None:
        """Accept the text as saved."""
        self._kept = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def setText(self, text: str) -> None:
        """Set a text as if it were typed."""
        self.setPlainText(text)

    def set_invalid(self, reason: str) -> None:
        """Do nothing: any text is valid here."""

    def commit(self) -> None:
        """Emit the text if it is unsaved."""
        self._rest.stop()
        if self.dirty:
            self.left.emit(self.toPlainText())

    def _typed(self) -> None:
        # Qt also emits `textChanged` when the program sets the text.
        if self.dirty:
            self._rest.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        super().hideEvent(event)
