"""Work that takes longer than a frame: run on a worker thread, its result delivered on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThread

T = TypeVar("T")


class _Worker(QThread):
    """Runs one function; afterwards `value` holds its result, or `error` the exception that it raised."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work
        self.value: object = None
        self.error: Exception | None = None

    def run(self) -> None:
        """Run the function; Qt calls this on the new thread."""
        try:
            self.value = self._work()
        except Exception as error:  # delivered on the window's thread, which decides how to handle it
            self.error = error


_WAITED_FOR: set[Background[Any]] = set()
"""Keeps work alive after `wait`: Qt delivers `finished` later, when the caller may already have dropped its
reference.
"""


class Background(Generic[T]):
    """One function run in the background; keep a reference to it until it has reported.

    It does not report to a method of a Qt object that was deleted meanwhile.
    """

    def __init__(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        self._done = done
        self._failed = failed
        self._reported = False
        self._worker = _Worker(work)
        self._worker.finished.connect(self._finished)

    def start(self) -> None:
        """Start the worker thread."""
        self._worker.start()

    def wait(self) -> None:
        """Block until the work ends and report it now; only for closing down."""
        if not self._reported:
            _WAITED_FOR.add(self)
        self._worker.wait()
        self._report()

    def _finished(self) -> None:
        _WAITED_FOR.discard(self)
        self._report()

    def _report(self) -> None:
        # After `wait`, Qt still delivers `finished`: report only once.
        if self._reported:
            return
        self._reported = True
        asker = getattr(self._done, "__self__", None)
        # A closed window needs no report.
        if isinstance(asker, QObject) and not shiboken6.isValid(asker):
            return
        if self._worker.error is not None:
            self._failed(self._worker.error)
        else:
            self._done(self._worker.value)  # type: ignore[arg-type]
