"""The dossier that is open in a window: actions in, signals out, publishing in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.domain.errors import DossierError, PublishError
from sto_desktop.domain.log.change import Action, Changed
from sto_desktop.storage.log.arrivals import Arrivals
from sto_desktop.storage.log.past import PastAction
from sto_desktop.storage.working.dossier import Dossier, Undone
from sto_desktop.storage.working.working_copy import Published, WorkingCopy
from sto_desktop.ui.base.awake import awake_seconds
from sto_desktop.ui.base.background import Background

T = TypeVar("T")

PUBLISH_AFTER_MS = 3000
"""Pause in the work after which the file at the user's path is brought up to date."""

LOOK_MS = 15_000
"""How often to look whether somebody else published at the path: a share can be slow, so it happens on a worker."""

POLL_MS = 700
"""How often to look whether another window wrote into the same working copy."""

RETRY_MS = 30_000
"""How long to wait after a failed publishing before trying by itself again."""


@dataclass(frozen=True)
class SaveStatus:
    """How safe things are: `saved_at` when the last action was on disk, `problem` why the path can't be written."""

    saved_at: datetime | None = None
    published_at: datetime | None = None
    pending: bool = False
    problem: DossierError | None = None


class Session(QObject):
    """One open dossier and the panel that is worked on, for everything in one window.

    `changed` carries a `Changed`, `status` a `SaveStatus`, `panel_changed` the id of the panel (or an empty text),
    `failed` a `DossierError` that happened outside a direct action, `undone` an `Undone` and whether it was a redo,
    `arrived` the `Arrivals` of what others published at the path.
    """

    changed = Signal(object)
    status = Signal(object)
    panel_changed = Signal(str)
    failed = Signal(object)
    undone = Signal(object, bool)
    arrived = Signal(object)

    def __init__(
        self,
        copy: WorkingCopy,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        monotonic: Callable[[], float] = awake_seconds,
    ) -> None:
        """`clock` and `monotonic` are all the time that a conversation knows: with others it can be played faster."""
        super().__init__(parent)
        self.copy = copy
        self._clock = clock
        self._monotonic = monotonic
        self.discreet = False
        """Names and notes are not to be read from this screen now: somebody may be looking along."""
        self._panel_id: str | None = None
        self._status = SaveStatus(pending=copy.trouble is not None, problem=copy.trouble)
        self._publishing: Background[Published] | None = None
        self._wanted: list[Path | None] = []
        self._reading: list[Background[Any]] = []
        self._publish_timer = QTimer(self, singleShot=True, interval=PUBLISH_AFTER_MS)
        self._publish_timer.timeout.connect(self.publish_if_due)
        self._poll_timer = QTimer(self, interval=POLL_MS)
        self._poll_timer.timeout.connect(self._poll)
        self._poll_timer.start()
        self._looking: Background[Arrivals] | None = None
        self._look_timer = QTimer(self, interval=LOOK_MS)
        self._look_timer.timeout.connect(self.look_at_path)
        self._look_timer.start()
        self._end_watch = self.dossier.subscribe(self._on_changed)
        if copy.unpublished:
            self._publish_timer.start()
        panels = self.dossier.read.panels()
        if panels:
            self._panel_id = self.dossier.setting("panel") or panels[-1].id
            if self._panel_id not in {panel.id for panel in panels}:
                self._panel_id = panels[-1].id

    @property
    def dossier(self) -> Dossier:
        """The dossier itself, for reading; write through `apply`."""
        return self.copy.dossier

    @property
    def path(self) -> Path:
        """Where the dossier is published."""
        return self.copy.path

    @property
    def save_status(self) -> SaveStatus:
        """The last status that was emitted."""
        return self._status

    @property
    def panel_id(self) -> str | None:
        """The panel that is worked on; None in a dossier without panels."""
        return self._panel_id

    def show_panel(self, panel: str | None) -> None:
        """Work on another panel of this dossier."""
        if panel != self._panel_id:
            self._panel_id = panel
            self.dossier.set_setting("panel", panel or "")
            self.panel_changed.emit(panel or "")

    def now(self) -> datetime:
        """Return the wall clock's time, with its offset from UTC."""
        return self._clock()

    def monotonic(self) -> float:
        """Return seconds of a clock that never jumps."""
        return self._monotonic()

    # Writing

    def apply(self, action: Action) -> Changed:
        """Do an action: on disk when this returns; DossierError when it could not be."""
        return self.dossier.apply(action)

    def undo(self) -> Undone | None:
        """Take back the last action of this person here."""
        return self._told(self.dossier.undo(), redo=False)

    def redo(self) -> Undone | None:
        """Do again what was undone last."""
        return self._told(self.dossier.redo(), redo=True)

    def go_back_to(self, seq: int, label: str) -> int:
        """Take back all that this person did after a point, as one action; returns how many that were."""
        return self.dossier.go_back_to(seq, label)

    def undo_only(self, action: PastAction) -> Undone | None:
        """Take back one action out of the middle."""
        return self._told(self.dossier.undo_only(action), redo=False)

    def _told(self, undone: Undone | None, *, redo: bool) -> Undone | None:
        if undone is not None:
            self.undone.emit(undone, redo)
        return undone

    def undo_label(self) -> str | None:
        """Return the name of what undo would take back."""
        return self.dossier.undo_label()

    def redo_label(self) -> str | None:
        """Return the name of what redo would do again."""
        return self.dossier.redo_label()

    def _on_changed(self, changed: Changed) -> None:
        if self._panel_id is None or changed.touches("panel"):
            self._keep_panel()
        self._publish_timer.start(PUBLISH_AFTER_MS)
        self._set_status(SaveStatus(self._clock(), self._status.published_at, True, self._status.problem))
        self.changed.emit(changed)

    def _keep_panel(self) -> None:
        panels = [panel.id for panel in self.dossier.read.panels()]
        if self._panel_id not in panels:
            # Of two panels that are one conversation the other may speak for both.
            kept = self.dossier.read.panel(self._panel_id) if self._panel_id else None
            self.show_panel(kept.id if kept else panels[-1] if panels else None)

    def look(self) -> None:
        """Show at once what another thread, or a merge, wrote into the working copy."""
        self._poll()

    def look_at_path(self) -> None:
        """Take in, on a worker, what others published at the path since we last looked."""
        if self._looking is None and self._publishing is None:
            self._looking = Background(self.copy.take_in_apart, self._looked, self._not_looked)
            self._looking.start()

    def _looked(self, found: Arrivals) -> None:
        self._looking = None
        self._poll()
        if not found.nothing:
            self.arrived.emit(found)
        if self.copy.unpublished and not self._publish_timer.isActive():
            # An older file was put there: what it lacks follows.
            self._publish_timer.start(PUBLISH_AFTER_MS)

    def _not_looked(self, error: Exception) -> None:
        self._looking = None
        if not isinstance(error, DossierError):
            raise error
        # Half a file of a sync client, a share that is away: publishing says so if it lasts; it is looked at again.

    def _poll(self) -> None:
        try:
            self.dossier.poll()
        except DossierError as error:
            self.failed.emit(error)

    # Publishing

    def _set_status(self, status: SaveStatus) -> None:
        self._status = status
        self.status.emit(status)

    def publish(self, path: Path | None = None) -> None:
        """Bring the file at the user's path up to date, or put it at another path and go on there.

        It happens on a worker; `status` tells how it went.
        """
        self._publish_timer.stop()
        if self._publishing is not None:
            self._wanted.append(path)
            return
        self._publishing = Background(lambda: self._put_in_place(path), self._published, self._not_published)
        self._publishing.start()

    def _put_in_place(self, path: Path | None) -> Published:
        published = self.copy.publish_apart(path)
        self.copy.back_up_if_due()
        return published

    def _published(self, published: Published) -> None:
        self._publishing = None
        self._poll()
        if not published.arrived.nothing:
            self.arrived.emit(published.arrived)
        self._set_status(SaveStatus(self._status.saved_at or published.at, published.at, self.copy.unpublished, None))
        if self._wanted:
            self.publish(self._wanted.pop(0))

    def _not_published(self, error: Exception) -> None:
        self._publishing = None
        if not isinstance(error, DossierError):
            raise error
        # The status line says it; the work goes on and the path is tried again later.
        self._set_status(SaveStatus(self._status.saved_at, self._status.published_at, True, error))
        self._publish_timer.start(RETRY_MS)
        if self._wanted:
            self.publish(self._wanted.pop(0))

    def publish_if_due(self) -> None:
        """Publish after the pause in the work."""
        self.publish()

    def publish_if_needed(self) -> None:
        """Publish now if something waits for it, as on leaving a stage; a failure is shown, not raised."""
        if self._publish_timer.isActive():
            self.publish()

    def settle(self) -> DossierError | None:
        """Publish now and wait for it, before closing; returns why the path could not be written, if it could not."""
        self._wait()
        try:
            if self.copy.unpublished or self.copy.replaced:
                self.copy.publish()
        except DossierError as error:
            return error
        return None

    def pause(self) -> None:
        """Have nothing done in the background until `resume`, and wait for what is being done."""
        self._look_timer.stop()
        self._publish_timer.stop()
        self._wait()

    def resume(self) -> None:
        """Work in the background again, and publish at once."""
        self._look_timer.start()
        self.publish()

    def stop(self) -> None:
        """Let go of the dossier without publishing: it was a copy to throw away."""
        self._wait()
        self._poll_timer.stop()
        self._look_timer.stop()
        self._publish_timer.stop()
        self._end_watch()

    # Reading apart

    def in_background(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Do work that reads the dossier apart, on a worker; closing the dossier waits for it."""

        def ended(tell: Callable[[], None]) -> None:
            self._reading.remove(task)
            tell()

        task: Background[T] = Background(
            work, lambda found: ended(lambda: done(found)), lambda error: ended(lambda: failed(error))
        )
        self._reading.append(task)
        task.start()

    def _wait(self) -> None:
        while self._reading:
            self._reading[0].wait()
        while self._publishing is not None:
            self._publishing.wait()
        while self._looking is not None:
            self._looking.wait()

    def close(self) -> PublishError | None:
        """Publish and let go of the dossier; returns why the path could not be written, if it could not."""
        self.stop()
        try:
            self.copy.close()
        except PublishError as error:
            return error
        return None
