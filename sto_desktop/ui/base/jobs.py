"""Reading files without blocking the window: one job at a time, cancellable, ended with its stage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.ui.base.background import Background

T = TypeVar("T")
SHOW_AFTER_MS = 400
"""A job that takes longer than this is shown as busy."""


class Jobs(QObject):
    """Runs a job on a worker. `busy` carries a description once the job takes long, and an empty text at its end.

    `failed` carries the `StoError` that ended a job; any other exception is a bug and is raised.
    """

    busy = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Background[Any]] = []
        self._current = 0
        self._description = ""
        self._show = QTimer(self)
        self._show.setSingleShot(True)
        self._show.setInterval(SHOW_AFTER_MS)
        self._show.timeout.connect(lambda: self.busy.emit(self._description))

    def start(self, description: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` on a worker and pass its value to `done` on this thread; the user sees `description`."""
        self.cancel()
        self._current += 1
        number = self._current
        self._description = description

        def report(tell: Callable[[Any], object], outcome: object) -> None:
            # A job that was cancelled, or replaced by a newer one, reports nothing.
            if number == self._current:
                self.cancel()
                tell(outcome)

        job: Background[T] = Background(
            work, partial(report, done), partial(report, self.failed.emit), ended=lambda: self._running.remove(job)
        )
        self._running.append(job)
        self._show.start()
        job.start()

    def cancel(self) -> None:
        """Abandon the current job: its result is discarded."""
        self._current += 1
        self._show.stop()
        self.busy.emit("")

    def end(self) -> None:
        """Wait for the workers and discard their results; only for closing down."""
        self._current += 1
        self._show.stop()
        for job in tuple(self._running):
            job.wait()
