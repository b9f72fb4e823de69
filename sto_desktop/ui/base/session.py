"""The dossier that is open in a window: actions in, signals out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.domain.errors import DossierError, PublishError
from sto_desktop.domain.log.change import Action, Changed
from sto_desktop.storage.log.past import PastAction
from sto_desktop.storage.working.dossier import Dossier, Undone
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.awake import awake_seconds
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.base.publishing import Publishing

T = TypeVar("T")

POLL_MS = 700
"""How often to look whether another window wrote into the same working copy."""


class Session(QObject):
    """One open dossier and the panel that is worked on, for everything in one window.

    `changed` carries a `Changed`, `panel_changed` the id of the panel (or an empty text), `failed` a `DossierError`
    that happened outside a direct action, `undone` an `Undone` and whether it was a redo. `publishing` keeps the file
    at the user's path alike.
    """

    changed = Signal(object)
    panel_changed = Signal(str)
    failed = Signal(object)
    undone = Signal(object, bool)

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
        self._reading: list[Background[Any]] = []
        self._poll_timer = QTimer(self, interval=POLL_MS)
        self._poll_timer.timeout.connect(self._poll)
        self._poll_timer.start()
        self.publishing = Publishing(copy, clock, self._poll, self)
        self._end_watch = self.dossier.subscribe(self._on_changed)
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
        self.publishing.follow_change()
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

    def _poll(self) -> None:
        try:
            self.dossier.poll()
        except DossierError as error:
            self.failed.emit(error)

    # Closing

    def settle(self) -> DossierError | None:
        """Publish now and wait for it, before closing; returns why the path could not be written, if it could not."""
        self._wait()
        return self.publishing.publish_now()

    def pause(self) -> None:
        """Have nothing done in the background until `resume`, and wait for what is being done."""
        self.publishing.stop()
        self._wait()

    def resume(self) -> None:
        """Work in the background again, and publish at once."""
        self.publishing.go_on()

    def stop(self) -> None:
        """Let go of the dossier without publishing: it was a copy to throw away."""
        self._wait()
        self._poll_timer.stop()
        self.publishing.stop()
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
        self.publishing.wait()

    def close(self) -> PublishError | None:
        """Publish and let go of the dossier; returns why the path could not be written, if it could not."""
        self.stop()
        try:
            self.copy.close()
        except PublishError as error:
            return error
        return None
