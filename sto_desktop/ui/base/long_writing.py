"""While something long is written on a worker, the window lives: it paints, and what is typed or clicked waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

MANY_EDITS = 1000
"""From this number of rows an action takes noticeable time, and is written on a worker."""

_KEYS = frozenset((QEvent.Type.KeyPress, QEvent.Type.KeyRelease))
_HELD = frozenset(
    (
        QEvent.Type.Shortcut,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.ContextMenu,
        QEvent.Type.Drop,
        QEvent.Type.Close,
    )
)


class _Keys(QObject):
    """Keeps the keys that are pressed, for after it; Esc calls `leave`. Clicks go: what they were about may change.

    Actions so stay in the order in which they were done.
    """

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self._leave = leave
        self._kept: list[QKeyEvent] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent):
            if kind is QEvent.Type.ShortcutOverride:
                # Accepted, it comes as a key and not as the shortcut of an action.
                event.accept()
            elif event.key() == Qt.Key.Key_Escape:
                self._leave()
            elif kind in _KEYS:
                self._kept.append(event.clone())
            return True
        if kind is QEvent.Type.Close:
            event.ignore()
        return kind in _HELD

    def give(self) -> None:
        """Give the keys to the widget with the focus."""
        for event in self._kept:
            focus = QApplication.focusWidget()
            if focus is not None:
                QCoreApplication.postEvent(focus, event)


@contextmanager
def input_waits(leave: Callable[[], object]) -> Iterator[None]:
    """Let keys wait while a block runs an event loop, with a busy pointer; Esc calls `leave`."""
    app = QCoreApplication.instance()
    assert app is not None
    keys = _Keys(leave)
    app.installEventFilter(keys)
    QApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()
        app.removeEventFilter(keys)
        keys.give()
