"""Keeping the file at the user's path and the working copy alike, in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.domain.errors import DossierError
from sto_desktop.storage.log.arrivals import Arrivals
from sto_desktop.storage.working.working_copy import Published, WorkingCopy
from sto_desktop.ui.base.background import Background

PUBLISH_AFTER_MS = 3000
"""Pause in the work after which the file at the user's path is brought up to date."""

LOOK_MS = 15_000
"""How often to look whether somebody else published at the path: a share can be slow, so it happens on a worker."""

RETRY_MS = 30_000
"""How long to wait after a failed publishing before trying by itself again."""


@dataclass(frozen=True)
class SaveStatus:
    """How safe things are: `saved_at` when the last action was on disk, `problem` why the path can't be written."""

    saved_at: datetime | None = None
    published_at: datetime | None = None
    pending: bool = False
    problem: DossierError | None = None


class Publishing(QObject):
    """Publishes after a pause in the work, and looks whether somebody else did.

    `status` carries a `SaveStatus`, `arrived` the `Arrivals` of what others published at the path.
    """

    status = Signal(object)
    arrived = Signal(object)

    def __init__(
        self, copy: WorkingCopy, clock: Callable[[], datetime], poll: Callable[[], None], parent: QObject | None = None
    ) -> None:
        """`poll` is called where a worker wrote into the working copy."""
        super().__init__(parent)
        self._copy = copy
        self._clock = clock
        self._poll = poll
        self._status = SaveStatus(pending=copy.trouble is not None, problem=copy.trouble)
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
        """Whether a worker publishes, or looks at the path."""
        return self._running is not None or self._looking is not None

    # Publishing

    def publish(self, path: Path | None = None) -> None:
        """Bring the file at the user's path up to date, or put it at another path and go on there.

        It happens on a worker; `status` tells how it went.
        """
        self._publish_timer.stop()
        if self._running is not None:
            self._wanted.append(path)
            return
        self._running = Background(lambda: self._put_in_place(path), self._published, self._not_published)
        self._running.start()

    def _put_in_place(self, path: Path | None) -> Published:
        published = self._copy.publish_apart(path)
        self._copy.back_up_if_due()
        return published

    def _published(self, published: Published) -> None:
        self._running = None
        self._poll()
        if not published.arrived.nothing:
            self.arrived.emit(published.arrived)
        self._set_status(SaveStatus(self._status.saved_at or published.at, published.at, self._copy.unpublished, None))
        if self._wanted:
            self.publish(self._wanted.pop(0))

    def _not_published(self, error: Exception) -> None:
        self._running = None
        if not isinstance(error, DossierError):
            raise error
        # The status line says it; the work goes on and the path is tried again later.
        self._set_status(SaveStatus(self._status.saved_at, self._status.published_at, True, error))
        self._publish_timer.start(RETRY_MS)
        if self._wanted:
            self.publish(self._wanted.pop(0))

    def publish_if_needed(self) -> None:
        """Publish now if something waits for it, as on leaving a stage; a failure is shown, not raised."""
        if self._publish_timer.isActive():
            self.publish()

    def publish_now(self) -> DossierError | None:
        """Publish on this thread what is not at the path; returns why it could not be written, if it could not."""
        try:
            if self._copy.unpublished or self._copy.replaced:
                self._copy.publish()
        except DossierError as error:
            return error
        return None

    def follow_change(self) -> None:
        """Take in that something was written, here or by another: it is on disk, the path follows."""
        self._publish_timer.start(PUBLISH_AFTER_MS)
        self._set_status(SaveStatus(self._clock(), self._status.published_at, True, self._status.problem))

    def _set_status(self, status: SaveStatus) -> None:
        self._status = status
        self.status.emit(status)

    # Looking at the path

    def look_at_path(self) -> None:
        """Take in, on a worker, what others published at the path since we last looked."""
        if self._looking is None and self._running is None:
            self._looking = Background(self._copy.take_in_apart, self._looked, self._not_looked)
            self._looking.start()

    def _looked(self, found: Arrivals) -> None:
        self._looking = None
        self._poll()
        if not found.nothing:
            self.arrived.emit(found)
        if self._copy.unpublished and not self._publish_timer.isActive():
            # An older file was put there: what it lacks follows.
            self._publish_timer.start(PUBLISH_AFTER_MS)

    def _not_looked(self, error: Exception) -> None:
        self._looking = None
        if not isinstance(error, DossierError):
            raise error
        # Half a file of a sync client, a share that is away: publishing says so if it lasts; it is looked at again.

    # Resting

    def stop(self) -> None:
        """Begin nothing by itself any more."""
        self._look_timer.stop()
        self._publish_timer.stop()

    def go_on(self) -> None:
        """Begin again, and publish at once."""
        self._look_timer.start()
        self.publish()

    def wait(self) -> None:
        """Wait for the workers, and for all that was asked meanwhile."""
        while self._running is not None:
            self._running.wait()
        while self._looking is not None:
            self._looking.wait()
