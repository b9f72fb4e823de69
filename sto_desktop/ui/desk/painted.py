"""Waits for the first paint of a window or a stage, for what must not delay it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

UNSEEN_MS = 1_000
"""A window that no screen shows, such as a minimised one, is not painted: then it is this late."""


class OncePainted(QObject):
    """Calls `then` once, when a widget has been painted: a timer would often fire before the screen asks for it."""

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._then = then
        self._timer = QTimer(self, singleShot=True, interval=UNSEEN_MS)
        self._timer.timeout.connect(self._go)
        self._timer.start()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # The children are painted after the widget, and the next event comes when all are.
            self._timer.start(0)
        return False

    def _go(self) -> None:
        self.deleteLater()
        self._then()
