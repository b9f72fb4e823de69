"""One Ctrl+Z for the whole window: first the typing in the focused field, then the last action.

Each rule is derived from a mistake that a program made (Anki's issues 1628, 3335, 3339 and 4646):

- No field handles Ctrl+Z itself: key, button and palette all call this module and have the same label.
- Typing and actions have separate histories. When a text is saved as an action, its typing history is cleared
(`forget_typing`), so that no letter is in both.
- Holding the key down undoes typing only, and then stops: undoing an action needs a new key press.
- Redo repeats both kinds in the reverse order of undoing.
- A field with an undo history of its own (`OwnUndo`: the capture line) says what undo does in it, and does it.
- A stage may take the last action back in its own way (`TakesBack`: a note comes back into the capture line).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QEvent, QMetaObject, QObject, Signal
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

from sto_desktop.ui.base import keys

if TYPE_CHECKING:
    from sto_desktop.storage.working.dossier import Undone


@runtime_checkable
class OwnUndo(Protocol):
    """A field with an undo history of its own. `undo_changed`: `undo_words` may return something else now."""

    undo_changed: Any

    def undo_words(self, *, redo: bool = False) -> str | None:
        """Return what undo (or redo) does while the field has the focus, as a label; None if it does nothing."""

    def undo_here(self, *, redo: bool = False) -> None:
        """Undo or redo."""


@runtime_checkable
class TakesBack(Protocol):
    """A stage where undo may mean more than undoing the last action, wherever the focus is: what was added last comes
    back to where it was typed."""

    def take_back_words(self) -> str | None:
        """Return what undo does instead, as a label; None if it undoes the last action."""

    def take_back(self) -> None:
        """Do it."""


Field = QLineEdit | QPlainTextEdit | QTextEdit


@runtime_checkable
class Refuses(Protocol):
    """A field that shows text that was left and could not be saved, such as a date that is none."""

    def refused(self) -> bool:
        """Return whether it does now."""
        ...

    def restore(self) -> None:
        """Show what was saved instead."""
        ...


def text_field(widget: QWidget | None) -> Field | None:
    """Return the editable text field that a focused widget stands for; None if it is not one."""
    field: QWidget | None = widget
    if isinstance(widget, QComboBox):
        field = widget.lineEdit()
    elif isinstance(widget, QAbstractSpinBox):
        field = widget.findChild(QLineEdit)
    if not isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit) or field.isReadOnly():
        return None
    return None if isinstance(field, OwnUndo) else field


def combo_of(widget: QObject | None) -> QComboBox | None:
    """Return the combo box whose open list a widget is or is in; None if it is neither."""
    while widget is not None and not isinstance(widget, QComboBox):
        widget = widget.parent()
    return widget


def can_undo_typing(field: Field | None) -> bool:
    """Return whether a field has typing that it can undo."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return field is not None and field.document().isUndoAvailable()


def can_redo_typing(field: Field | None) -> bool:
    """Return whether a field has undone typing that it can redo."""
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    return field is not None and field.document().isRedoAvailable()


def forget_typing(field: Field) -> None:
    """Clear a field's typing history, because its text was saved as an action."""
    if not isinstance(field, QLineEdit):
        field.document().clearUndoRedoStacks()
    elif field.isUndoAvailable() or field.isRedoAvailable():
        at = field.cursorPosition()
        # Qt clears the undo history of a QLineEdit only when its text is set.
        field.setText(field.text())
        field.setCursorPosition(at)


class UndoGuide(QObject):
    """Decides in one window whether undo and redo apply to typing or to an action. `changed`: that may be different
    now.

    `undo_action` and `redo_action` undo and redo the dossier's actions; they return None if there was none.
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
        self._links: list[QMetaObject.Connection] = []
        self._own: OwnUndo | None = None
        self._left: Field | None = None
        self._way_back: list[Field | None] = []
        """What was undone since the last typing or action, newest last: a field for typing, None for an action."""
        self._about = (False, False)
        self._held = self._busy = False
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    def bind(self) -> None:
        """Let the keys for undo and redo do it, in a window that has no menu for them."""
        keys.bind("undo", self._window, self.undo, everywhere=True)
        keys.bind("redo", self._window, self.redo, everywhere=True)

    # What it is about

    @property
    def own(self) -> OwnUndo | None:
        """The focused field, if it has an undo history of its own."""
        return self._own

    @property
    def undoes_typing(self) -> bool:
        """Whether undo applies to typing in the focused field."""
        return can_undo_typing(self._field) or self._refusing() is not None

    def _refusing(self) -> Refuses | None:
        """Return the field that was left last, if its text was refused and no other one has the focus."""
        left = self._left
        here = left is not None and shiboken6.isValid(left) and left.isVisible() and self._field is None
        return left if here and isinstance(left, Refuses) and left.refused() else None

    @property
    def redoes_typing(self) -> bool:
        """Whether redo applies to typing in the focused field."""
        if self._way_back:
            return self._way_back[-1] is not None
        return can_redo_typing(self._field)

    # Doing it

    def undo(self) -> None:
        """Undo typing in the focused field; without any, the last action."""
        # Set by the key event just before this call. A button or the palette never sets it.
        held, self._held = self._held, False
        if self._own is not None:
            self._own.undo_here()
            return
        field = self._field
        if field is not None and can_undo_typing(field):
            self._do(field.undo)
            self._way_back.append(field)
        elif not held and (refusing := self._refusing()) is not None:
            refusing.restore()
        elif not held and self._do(self._undo_action) is not None:
            self._way_back.append(None)
        self._tell()

    def redo(self) -> None:
        """Redo what was undone last, typing or action."""
        held, self._held = self._held, False
        if self._own is not None:
            self._own.undo_here(redo=True)
            return
        last = self._way_back.pop() if self._way_back else self._field
        # Typing can be redone only in a field that still has the focus.
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
        """Forget what was undone: something new was done, so it can no longer be redone in order."""
        if not self._busy:
            self._way_back.clear()

    # Watching

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new.window() is not self._window:
            if combo_of(new) is not None:
                new.installEventFilter(self)
            new = None
        self._heed(new if isinstance(new, OwnUndo) else None)
        field = text_field(new)
        if field is self._field:
            return
        if self._field is not None:
            # Connections are ended by themselves: the field may be half destroyed, with the dialog that it is in.
            for link in self._links:
                QObject.disconnect(link)
            self._left = self._field
        self._field = field
        # Typing in a field that lost the focus can't be redone in order any more.
        self._way_back = [entry for entry in self._way_back if entry is None]
        if field is not None:
            self._links = [field.textChanged.connect(self._typed), field.destroyed.connect(self._gone)]
        if isinstance(new, QAbstractSpinBox):
            # Fields outside our own classes do not send key events through our code.
            new.installEventFilter(self)
        self._tell()

    def _heed(self, own: OwnUndo | None) -> None:
        if own is self._own:
            return
        if self._own is not None:
            self._own.undo_changed.disconnect(self.changed)
        self._own = own
        if own is not None:
            own.undo_changed.connect(self.changed)
        self.changed.emit()

    def _gone(self) -> None:
        self._field = None
        self._way_back = [entry for entry in self._way_back if entry is None]

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
        # Qt sends this event before the shortcut, whose action does not know whether the key repeats.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            if undo or event.matches(QKeySequence.StandardKey.Redo):
                self._held = event.isAutoRepeat()
                if watched is not self._window:
                    # Ignored here, so that the window's shortcut gets the key.
                    event.ignore()
                    return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is not self._window:
            return self._in_list(watched, event)
        return False

    def _in_list(self, watched: QObject, event: QKeyEvent) -> bool:
        """Undo or redo in the open list of a combo box. It is a window of its own, so the shortcuts of the main window
        don't work.
        """
        combo = combo_of(watched)
        undo = event.matches(QKeySequence.StandardKey.Undo)
        if combo is None or not (undo or event.matches(QKeySequence.StandardKey.Redo)):
            return False
        combo.hidePopup()
        (self.undo if undo else self.redo)()
        return True
