"""Work that takes longer than a frame: run on a worker thread, its result delivered on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThread

from sto_desktop.domain.errors import StoError

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
        except Exception as error:  # delivered on the window's thread
            self.error = error


_WAITED_FOR: set[Background[Any]] = set()
"""Keeps work alive after `wait`: Qt delivers `finished` later, when the caller may already have dropped its
reference.
"""


class Background(Generic[T]):
    """One function run in the background; keep a reference to it until it has reported.

    `ended` is called first, whatever happened; then `done` with the value, or `failed` with a `StoError`. Any other
    exception is a bug, and is raised on the window's thread. Nothing is reported to a method of a Qt object that was
    deleted meanwhile.
    """

    def __init__(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Any], object] | None = None,
        *,
        ended: Callable[[], object] | None = None,
    ) -> None:
        self._done = done
        self._failed = failed
        self._ended = ended
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

    @property
    def crashed(self) -> bool:
        """Whether the work ended with an exception that is raised, since nobody expects it."""
        error = self._worker.error
        return error is not None and (self._failed is None or not isinstance(error, StoError))

    def _finished(self) -> None:
        _WAITED_FOR.discard(self)
        self._report()

    def _report(self) -> None:
        # After `wait`, Qt still delivers `finished`: report only once.
        if self._reported:
            return
        self._reported = True
        error = self._worker.error
        if self._ended is not None and _is_there(self._ended):
            self._ended()
        if error is None:
            if _is_there(self._done):
                self._done(self._worker.value)  # type: ignore[arg-type]
        elif self._failed is None or self.crashed:
            raise error
        elif _is_there(self._failed):
            self._failed(error)


class Newest(QObject):
    """Work of which only the newest is wanted, one at a time on a worker: what was asked before the last is not done,
    or its result is dropped. So what is shown in the end does not depend on how long anything takes.
    """

    def __init__(
        self,
        run: Callable[..., object],
        done: Callable[[Any], object],
        failed: Callable[[StoError], object],
        parent: QObject,
    ) -> None:
        """`run` takes work, `done`, `failed` and `ended`, as `Session.in_background` does."""
        super().__init__(parent)
        self._run = run
        self._done = done
        self._failed = failed
        self._running = self._wanted = False
        self._asked: Callable[[], object] | None = None

    @property
    def running(self) -> bool:
        """Whether a worker is doing anything, wanted or not."""
        return self._running

    def ask(self, work: Callable[[], object]) -> None:
        """Do this, and nothing that was asked before."""
        self._asked, self._wanted = work, False
        if not self._running:
            self._begin()

    def forget(self) -> None:
        """Want nothing any more of what was asked."""
        self._asked, self._wanted = None, False

    def _begin(self) -> None:
        if self._asked is not None:
            work, self._asked = self._asked, None
            self._running = self._wanted = True
            self._run(work, self._show, self._tell, ended=self._over)

    def _over(self) -> None:
        self._running = False

    def _show(self, value: object) -> None:
        wanted, self._wanted = self._wanted, False
        if wanted:
            self._done(value)
        self._begin()

    def _tell(self, error: StoError) -> None:
        wanted, self._wanted = self._wanted, False
        if wanted:
            self._failed(error)
        self._begin()


def _is_there(method: Callable[..., object]) -> bool:
    """Return whether a method can be called: its Qt object was not deleted, with a window that closed."""
    owner = getattr(method.func if isinstance(method, partial) else method, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
