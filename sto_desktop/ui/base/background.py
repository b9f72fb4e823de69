"""Work that takes longer than a frame: done on a worker thread, its outcome handed back on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QThread

T = TypeVar("T")


class _Worker(QThread):
    """Runs one function; `outcome` is its value or the exception that it raised."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work
        self.value: object = None
        self.error: Exception | None = None

    def run(self) -> None:
        """Do the work; called by Qt on the new thread."""
        try:
            self.value = self._work()
        except Exception as error:  # handed to the window's thread, which decides what it means
            self.error = error


_WAITED_FOR: set[Background[Any]] = set()
"""Qt tells that a thread is done after `wait` has reported and whoever waited has let go: the work must still be there
then."""


class Background(Generic[T]):
    """One piece of work in the background; keep a reference to it until it has reported."""

    def __init__(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        self._done = done
        self._failed = failed
        self._reported = False
        self._worker = _Worker(work)
        self._worker.finished.connect(self._finished)

    def start(self) -> None:
        """Begin."""
        self._worker.start()

    def wait(self) -> None:
        """Wait for the end and report it now: for closing down only."""
        if not self._reported:
            _WAITED_FOR.add(self)
        self._worker.wait()
        self._report()

    def _finished(self) -> None:
        _WAITED_FOR.discard(self)
        self._report()

    def _report(self) -> None:
        if self._reported:
            return
        self._reported = True
        if self._worker.error is not None:
            self._failed(self._worker.error)
        else:
            self._done(self._worker.value)  # type: ignore[arg-type]
