"""One Ctrl+Z for the whole window: what was typed in the field under the hands first, the last action after that.

The rules, each from a way in which programs get this wrong (Anki's issues 1628, 3335, 3339 and 4646):

- A field never keeps Ctrl+Z for itself: key, button and palette all come here, and say the same.
- What was typed is one history, what was done another. Once a text is kept as an action, its typing is forgotten
  (`forget_typing`), so that no letter is in both.
- Holding the key down runs through the typing and stops there: to go on to actions takes a new press.
- Redo goes the way back in the opposite order, however many of both were undone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from sto_desktop.storage.working.dossier import Undone

KEEPS_UNDO = "keepsUndo"
"""Property of a field whose Ctrl+Z is about its text alone: in the capture line it must never take back a note."""

Field = QLineEdit | QPlainTextEdit | QTextEdit


def text_field(widget: QWidget | None) -> Field | None:
    """Return the field in which one types when a widget has the focus, if it can be typed in."""
    found: QWidget | None = widget
    if isinstance(widget, QComboBox):
        found = widget.lineEdit()
    elif isinstance(widget, QAbstractSpinBox):
        found = widget.findChild(QLineEdit)
    if not isinstance(found, QLineEdit | QPlainTextEdit | QTextEdit) or found.isReadOnly():
        return None
    return None if found.property(KEEPS_UNDO) else found


def can_undo_typing(field: Field | None) -> bool:
    """Tell whether something was typed in a field that it can take back itself."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return field is not None and field.document().isUndoAvailable()


def can_redo_typing(field: Field | None) -> bool:
    """Tell whether a field took something back that it can type again."""
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    return field is not None and field.document().isRedoAvailable()


def forget_typing(field: Field) -> None:
    """Leave the undoing of what stands in a field to the program: it was kept as an action."""
    if not isinstance(field, QLineEdit):
        field.document().clearUndoRedoStacks()
    elif field.isUndoAvailable() or field.isRedoAvailable():
        at = field.cursorPosition()
        # Only setting its text empties the history of a line.
        field.setText(field.text())
        field.setCursorPosition(at)


class UndoGuide(QObject):
    """Decides what undo and redo are about in one window. `changed`: it may be about something else now.

    `undo_action` and `redo_action` do the same with the actions of the dossier; None where there was nothing.
    """

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        undo_action: Callable[[], Undone | None],
        redo_action: Callable[[], Undone | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._undo_action = undo_action
        self._redo_action = redo_action
        self._field: Field | None = None
        self._way_back: list[Field | None] = []
        """What was undone since the last typing or action, newest last: a field, or None for an action."""
        self._about = (False, False)
        self._held = self._busy = False
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    # What it is about

    @property
    def undoes_typing(self) -> bool:
        """Whether undo is about what was typed in the field under the hands."""
        return can_undo_typing(self._field)

    @property
    def redoes_typing(self) -> bool:
        """Whether redo is about what was typed in the field under the hands."""
        if self._way_back:
            return self._way_back[-1] is not None
        return can_redo_typing(self._field)

    # Doing it

    def undo(self) -> None:
        """Take back what was typed in the field under the hands; without that, the last action."""
        held, self._held = self._held, False
        field = self._field
        if field is not None and can_undo_typing(field):
            self._do(field.undo)
            self._way_back.append(field)
        elif not held and self._do(self._undo_action) is not None:
            self._way_back.append(None)
        self._tell()

    def redo(self) -> None:
        """Do again what was undone last, typing or action."""
        held, self._held = self._held, False
        last = self._way_back.pop() if self._way_back else self._field
        if last is not None and last is self._field and can_redo_typing(last):
            self._do(last.redo)
        elif not held:
            self._do(self._redo_action)
        self._tell()

    def _do(self, step: Callable[[], Undone | None]) -> Undone | None:
        self._busy = True
        try:
            return step()
        finally:
            self._busy = False

    def forget_way_back(self) -> None:
        """Something new was done: what was undone before it comes after it no more."""
        if not self._busy:
            self._way_back.clear()

    # Watching

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new.window() is not self._window:
            new = None
        field = text_field(new)
        if field is self._field:
            return
        if self._field is not None:
            self._let_go(self._field)
        self._field = field
        self._way_back = [item for item in self._way_back if item is None]
        if field is not None:
            field.textChanged.connect(self._typed)
            field.destroyed.connect(self._gone)
        if isinstance(new, QAbstractSpinBox):
            # Its keys don't come by any class of ours.
            new.installEventFilter(self)
        self._tell()

    def _let_go(self, field: Field) -> None:
        field.textChanged.disconnect(self._typed)
        field.destroyed.disconnect(self._gone)

    def _gone(self) -> None:
        self._field = None
        self._way_back = [item for item in self._way_back if item is None]

    def _typed(self) -> None:
        if not self._busy:
            self._way_back.clear()
            self._tell()

    def _tell(self) -> None:
        about = (self.undoes_typing, self.redoes_typing)
        if about != self._about:
            self._about = about
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            if undo or event.matches(QKeySequence.StandardKey.Redo):
                self._held = event.isAutoRepeat()
                if watched is not self._window:
                    event.ignore()
                    return True
        return False
