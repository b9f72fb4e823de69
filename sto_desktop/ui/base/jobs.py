"""Reading files while the window goes on: one job at a time, to be cancelled, that never outlives its stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.domain.errors import StoError
from sto_desktop.ui.base.background import Background

T = TypeVar("T")
SHOW_AFTER_MS = 400
"""A job that takes longer is shown."""


class Jobs(QObject):
    """Runs a job on a worker. `busy` carries what is going on once it takes long, and an empty text at the end.

    `failed` carries the `StoError` that a job ended with; anything else is a bug and is raised.
    """

    busy = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Background[Any]] = []
        self._current = 0
        self._what = ""
        self._show = QTimer(self)
        self._show.setSingleShot(True)
        self._show.setInterval(SHOW_AFTER_MS)
        self._show.timeout.connect(lambda: self.busy.emit(self._what))

    def start(self, what: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do `work` on a worker and hand its value to `done` here; `what` says in words what is going on."""
        self.cancel()
        self._current += 1
        number = self._current
        self._what = what

        def report(finish: Callable[[], None]) -> None:
            self._running.remove(job)
            if number == self._current:
                self.cancel()
                finish()

        def fail(error: Exception) -> None:
            if not isinstance(error, StoError):
                raise error
            self.failed.emit(error)

        job: Background[T] = Background(
            work,
            lambda value: report(lambda: done(value)),
            lambda error: report(lambda: fail(error)),
        )
        self._running.append(job)
        self._show.start()
        job.start()

    def cancel(self) -> None:
        """Forget the job that is going on: what it finds is not used."""
        self._current += 1
        self._show.stop()
        self.busy.emit("")

    def end(self) -> None:
        """Wait for the workers and use nothing of them: for closing down."""
        self._current += 1
        self._show.stop()
        for job in tuple(self._running):
            job.wait()
