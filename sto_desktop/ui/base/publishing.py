"""Keeps the file at the user's path and the working copy in step, in the background."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.domain.errors import DossierError
from sto_desktop.storage.log.arrivals import Arrivals
from sto_desktop.storage.working.published_file import Published
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.background import Background

PUBLISH_AFTER_MS = 3000
"""Pause in the work after which the file at the user's path is updated."""

LOOK_MS = 15_000
"""How often to check for files published by others at the path; on a worker, because a share can be slow."""

RETRY_MS = 30_000
"""How long to wait before retrying a failed publish."""


@dataclass(frozen=True)
class SaveStatus:
    """How safely the work is stored: `saved_at` is when the last action reached the disk, `problem` why the path can't
    be written, `lost` whether a part of earlier work could not be read at opening, `refused` whether the last action
    could not be stored."""

    saved_at: datetime | None = None
    published_at: datetime | None = None
    pending: bool = False
    problem: DossierError | None = None
    lost: bool = False
    refused: bool = False


class Publishing(QObject):
    """Publishes after a pause in the work, and merges what others published.

    `status` carries a `SaveStatus`, `arrived` the `Arrivals` that others published at the path.
    """

    status = Signal(object)
    arrived = Signal(object)

    def __init__(
        self, copy: WorkingCopy, clock: Callable[[], datetime], poll: Callable[[], None], parent: QObject | None = None
    ) -> None:
        """`poll` is called after a worker wrote into the working copy."""
        super().__init__(parent)
        self._copy = copy
        self._clock = clock
        self._poll = poll
        self._status = SaveStatus(pending=copy.trouble is not None, problem=copy.trouble, lost=copy.lost)
        self._running: Background[Published] | None = None
        self._wanted: list[Path | None] = []
        self._publish_timer = QTimer(self, singleShot=True, interval=PUBLISH_AFTER_MS)
        self._publish_timer.timeout.connect(self.publish)
        self._looking: Background[Arrivals] | None = None
        self._look_timer = QTimer(self, interval=LOOK_MS)
        self._look_timer.timeout.connect(self.look_at_path)
        self._look_timer.start()
        if copy.unpublished:
            self._publish_timer.start()

    @property
    def save_status(self) -> SaveStatus:
        """The last status that was emitted."""
        return self._status

    @property
    def busy(self) -> bool:
        """Whether a worker is publishing or reading the path."""
        return self._running is not None or self._looking is not None

    # Publishing

    def publish(self, path: Path | None = None) -> None:
        """Update the file at the user's path, or publish to another path and continue there.

        Runs on a worker; `status` reports the outcome.
        """
        self._publish_timer.stop()
        # One publish at a time; others wait for their turn.
        if self._running is not None:
            self._wanted.append(path)
            return
        self._running = Background(
            lambda: self._put_in_place(path), self._published, self._not_published, ended=self._publish_ended
        )
        self._running.start()

    def _put_in_place(self, path: Path | None) -> Published:
        published = self._copy.publish_apart(path)
        self._copy.back_up_if_due()
        return published

    def _publish_ended(self) -> None:
        self._running = None

    def _published(self, published: Published) -> None:
        self._poll()
        if not published.arrived.nothing:
            self.arrived.emit(published.arrived)
        self._change_status(
            saved_at=self._status.saved_at or published.at,
            published_at=published.at,
            pending=self._copy.unpublished,
            problem=None,
        )
        if self._wanted:
            self.publish(self._wanted.pop(0))

    def _not_published(self, error: DossierError) -> None:
        # The status line shows the problem. Work continues, and the program tries the path again later.
        self._change_status(pending=True, problem=error)
        self._publish_timer.start(RETRY_MS)
        if self._wanted:
            self.publish(self._wanted.pop(0))

    def publish_if_needed(self) -> None:
        """Publish now if anything is pending, as on leaving a stage; a failure is shown, not raised."""
        if self._publish_timer.isActive():
            self.publish()

    @property
    def is_behind(self) -> bool:
        """Whether the file at the path lacks anything."""
        return self._copy.unpublished or self._copy.replaced

    def publish_now(self) -> DossierError | None:
        """Publish pending changes on this thread; return why the path could not be written, or None."""
        try:
            if self.is_behind:
                self._copy.publish()
        except DossierError as error:
            return error
        return None

    def publish_apart(self, *, needed: bool) -> DossierError | None:
        """Publish on any thread, if that is needed, and back up what closing would; `poll` reports what arrived."""
        try:
            if needed:
                self._copy.publish_apart()
        except DossierError as error:
            return error
        # Closing tries again, and keeps the working copy if there is no room for it.
        with suppress(DossierError):
            self._copy.back_up_apart()
        return None

    def follow_change(self) -> None:
        """Note that the working copy changed, by this window or another; the path is updated later."""
        self._publish_timer.start(PUBLISH_AFTER_MS)
        self._change_status(saved_at=self._clock(), pending=True, refused=False)

    def follow_refusal(self) -> None:
        """Note that an action could not be stored on this computer."""
        self._change_status(refused=True)

    def _change_status(self, **changed: Any) -> None:
        self._status = replace(self._status, **changed)
        self.status.emit(self._status)

    # Looking at the path

    def look_at_path(self) -> None:
        """Merge, on a worker, what others published at the path since the last check."""
        if self._looking is None and self._running is None:
            # Not during publishing, which merges the work of others itself.
            # A partly synced file or an unreachable share is no news: if it lasts, publishing reports it.
            self._looking = Background(self._copy.take_in_apart, self._looked, lambda _: None, ended=self._look_ended)
            self._looking.start()

    def _look_ended(self) -> None:
        self._looking = None

    def _looked(self, arrivals: Arrivals) -> None:
        self._poll()
        if not arrivals.nothing:
            self.arrived.emit(arrivals)
        if self._copy.unpublished and not self._publish_timer.isActive():
            # Somebody put an older file at the path: publish the changes that it lacks.
            self._publish_timer.start(PUBLISH_AFTER_MS)

    # Pausing

    def stop(self) -> None:
        """Start no background work until `go_on`."""
        self._look_timer.stop()
        self._publish_timer.stop()

    def go_on(self) -> None:
        """Resume, and publish at once."""
        self._look_timer.start()
        self.publish()

    def wait(self) -> None:
        """Wait for the workers, including work requested meanwhile."""
        while self._running is not None:
            self._running.wait()
        while self._looking is not None:
            self._looking.wait()
