"""Hands that press any key and click anywhere in a window, as one may by chance: what they do, and who closes a dialog
that waits for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QMetaObject, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from sto_desktop.ui.commands.command import Place
from sto_desktop.ui.commands.table import COMMANDS
from tests.ui.conversation_support import type_text

MOVING = (
    "Esc",
    "Tab",
    "Shift+Tab",
    "Up",
    "Down",
    "Left",
    "Right",
    "Home",
    "End",
    "Return",
    "Space",
    "Backspace",
    "Del",
)
TEXTS = (
    "Meer ruimte",
    "@renée ",
    "@4+ ",
    "@onbekend ",
    "+ ",
    "? ",
    "(",
    '"Zo is het',
    "#label ",
    "\\+ ",
    "é“ï",
    "vb ",
    "@",
)


def keys_of(places: Collection[Place]) -> list[str]:
    """Return the keys of the commands that work in these places."""
    return sorted({keys for line in COMMANDS if line.place in places for keys in line.keys})


class _Rescuer(QObject):
    """Closes dialogs that wait for an answer inside a step, since nobody is there to give one."""

    def __init__(self) -> None:
        super().__init__()
        self._turns = 0
        self._timer = QTimer(self, interval=15)
        self._timer.timeout.connect(self._turn)

    def begin(self) -> None:
        """A step starts."""
        self._turns = 0
        self._timer.start()

    def end(self) -> None:
        """The step is over."""
        self._timer.stop()

    def _turn(self) -> None:
        # A step lets events pass once or twice; if there are more turns, it is in an event loop of its own.
        self._turns += 1
        if self._turns < 4:
            return
        waiting = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if waiting is not None:
            # As an event of its own: within this timer others may follow, before what is closed is deleted.
            QMetaObject.invokeMethod(waiting, "close", Qt.ConnectionType.QueuedConnection)


class Hands:
    """What a person does without looking."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._rescuer = _Rescuer()

    @contextmanager
    def rescued(self) -> Iterator[None]:
        """Do something after which a dialog may wait for an answer."""
        self._rescuer.begin()
        try:
            yield
        finally:
            self._rescuer.end()

    def step(self, work: Callable[..., object], *arguments: object) -> None:
        """Do something, and let the window follow."""
        with self.rescued():
            work(*arguments)
            QApplication.processEvents()
            # Only an event loop does this by itself.
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if QApplication.activeWindow() is None:
            self._window.activateWindow()

    def _target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._window

    def press(self, keys: str) -> None:
        """Press keys together."""
        sequence = QKeySequence(keys)[0]  # type: ignore[index]
        QTest.keyClick(self._target(), sequence.key(), sequence.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type where the keyboard is, which a letter can change."""
        for letter in text:
            type_text(self._target(), letter)

    def click(self, number: int, x: float, y: float) -> None:
        """Click on some button or other widget in sight, at a place in it (from 0 to 1)."""
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        widgets = [one for one in over.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
        buttons = [one for one in widgets if isinstance(one, QAbstractButton)]
        among = buttons if number % 2 and buttons else widgets
        if among:
            widget = among[number % len(among)]
            place = QPoint(int(x * (widget.width() - 1)), int(y * (widget.height() - 1)))
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def close_all(self) -> None:
        """Close the menu and the dialog that are open."""
        for window in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if window is not None:
                window.close()
