"""Whether a key types: a character by its code on the keypad or with AltGr is text, whatever shortcut it looks like."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sto_desktop.ui.base.keys import AZERTY

_BELGIAN = frozenset(ord(character) for character in AZERTY.values())
DIGIT_ROW = range(2, 12) if sys.platform == "win32" else range(10, 20)
"""Scan codes of the keys 1 to 0 above the letters: of Windows, and of X11 and Wayland."""


def is_code_of_character(event: QKeyEvent) -> bool:
    """Return whether a key on the keypad is pressed together with Alt, whether NumLock is on or not."""
    held = event.modifiers()
    on_keypad = bool(held & Qt.KeyboardModifier.KeypadModifier) and bool(held & Qt.KeyboardModifier.AltModifier)
    digit = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
    # On macOS the arrow keys count as keypad too, and there are no such codes.
    return on_keypad and (digit or sys.platform != "darwin")


def only_looks_like_a_digit(event: QKeyEvent) -> bool:
    """Return whether a key with Alt or Ctrl gives a character of the Belgian row of digits, but is not on that row.

    It needs Shift, as ! of the US layout (the Belgian 8), or stands elsewhere, as \' (the Belgian 4).
    """
    held = event.modifiers()
    if not held & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
        return False
    # AltGr, and Option on macOS, type characters.
    if (
        held & Qt.KeyboardModifier.AltModifier and held & Qt.KeyboardModifier.ControlModifier
    ) or sys.platform == "darwin":
        return False
    if event.key() not in _BELGIAN:
        return False
    key = event.nativeScanCode()
    return bool(held & Qt.KeyboardModifier.ShiftModifier) or (key > 0 and key not in DIGIT_ROW)


def is_no_key(event: QKeyEvent) -> bool:
    """Return whether a key does nothing here: it must neither do a command nor type."""
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return is_code_of_character(event) or (alt and only_looks_like_a_digit(event))


def typed_text(event: QKeyEvent) -> str:
    """Return the text that a key types; empty for a command. Both Ctrl and Alt together are AltGr."""
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    held = event.modifiers() & commands
    alt_gr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    text = event.text()
    return text if text and text.isprintable() and (not held or held == alt_gr) else ""


class KeypadGuard(QObject):
    """Keeps these keys from the shortcuts of a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        if not is_code_of_character(event) and not only_looks_like_a_digit(event):
            return False
        # Accept the event, so that no shortcut gets the key.
        event.accept()
        return True
