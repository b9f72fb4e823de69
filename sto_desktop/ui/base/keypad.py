"""Alt with the numeric keypad types a character by its number on Windows, so these keys are not shortcuts."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


def is_code_of_character(event: QKeyEvent) -> bool:
    """Return whether a key on the keypad is pressed together with Alt, whether NumLock is on or not."""
    held = event.modifiers()
    on_keypad = bool(held & Qt.KeyboardModifier.KeypadModifier) and bool(held & Qt.KeyboardModifier.AltModifier)
    digit = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
    # On macOS the arrow keys count as keypad too, and there are no such codes.
    return on_keypad and (digit or sys.platform != "darwin")


class KeypadGuard(QObject):
    """Keeps the keypad with Alt from the shortcuts of a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        if not is_code_of_character(event):
            return False
        # Accept the event, so that no shortcut gets the key.
        event.accept()
        return True
