"""The dossier that is open in a window: actions in, signals out."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from sto_desktop.domain.errors import DossierError, PublishError, StoError
from sto_desktop.domain.log.change import Action, ActionRecord, Changed
from sto_desktop.language import tr
from sto_desktop.storage.log.past import PastAction
from sto_desktop.storage.read.reader import Reader
from sto_desktop.storage.working.dossier import Dossier, Undone
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.awake import awake_seconds
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.base.long_writing import MANY_EDITS, input_waits
from sto_desktop.ui.base.publishing import Publishing

T = TypeVar("T")

LONG_LOG = 5000
"""From this number of changes the dossier is published on a worker when it is closed."""

IDLE_LOOK_MS = 10
"""How often closing looks whether the workers are done."""

POLL_MS = 700
"""How often to check whether another window wrote into the same working copy."""


class Session(QObject):
    """One open dossier and its current panel, shared by everything in one window.

    `changed` carries a `Changed`, `panel_changed` the id of the panel (or an empty text), `failed` a `DossierError`
    raised outside a direct action, `undone` an `Undone` and whether it was a redo, `working` what long work is being
    done, "" when it ends. `ended`: the dossier is about to close. `publishing` keeps the file at the user's path in
    step.
    """

    changed = Signal(object)
    panel_changed = Signal(str)
    failed = Signal(object)
    undone = Signal(object, bool)
    working = Signal(str)
    ended = Signal()

    def __init__(
        self,
        copy: WorkingCopy,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        monotonic: Callable[[], float] = awake_seconds,
    ) -> None:
        """`clock` and `monotonic` are a conversation's only sources of time; replace them to play one faster."""
        # Read before anything runs: if this fails, there is nothing to stop.
        panel = _panel_to_show(copy.dossier)
        super().__init__(parent)
        self.copy = copy
        self._clock = clock
        self._monotonic = monotonic
        self.discreet = False
        """Whether names and notes must be hidden because others may see this screen."""
        self._panel_id = panel
        self._reading: list[Background[Any]] = []
        self._parts: deque[ActionRecord] = deque()
        self._next_part = QTimer(self, interval=0, singleShot=True)
        self._next_part.timeout.connect(self._reverse_part)
        self._poll_timer = QTimer(self, interval=POLL_MS)
        self._poll_timer.timeout.connect(self._poll)
        self._poll_timer.start()
        self.publishing = Publishing(copy, clock, self._poll, self)
        self._end_watch = self.dossier.subscribe(self._on_changed)

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
        """The current panel; None in a dossier without panels."""
        return self._panel_id

    def show_panel(self, panel: str | None) -> None:
        """Make another panel of this dossier the current one."""
        if panel != self._panel_id:
            self._panel_id = panel
            self.dossier.set_setting("panel", panel or "")
            self.panel_changed.emit(panel or "")

    def now(self) -> datetime:
        """Return the wall clock's time, with its offset from UTC."""
        return self._clock()

    def monotonic(self) -> float:
        """Return seconds of a monotonic clock."""
        return self._monotonic()

    # Writing

    def apply(self, action: Action) -> Changed:
        """Apply an action: on disk when this returns. Raises DossierError when it could not be saved."""
        try:
            if len(action.edits) < MANY_EDITS:
                return self.dossier.apply(action)
            return self._at_length(lambda dossier: dossier.apply(action))
        except DossierError:
            self.publishing.follow_refusal()
            raise

    def apply_made(self, make: Callable[[Reader], Action]) -> Changed:
        """Apply an action of many edits, which is made on the worker too."""
        try:
            return self._at_length(lambda dossier: dossier.apply(make(dossier.read)))
        except DossierError:
            self.publishing.follow_refusal()
            raise

    def _at_length(self, write: Callable[[Dossier], T]) -> T:
        """Write much, as one transaction on a worker; Esc leaves it, and then nothing was written."""
        left = threading.Event()
        return self._meanwhile(
            lambda: self.copy.write_apart(write, left.is_set), tr("bezig met bewaren; Esc breekt af"), left.set
        )

    def _meanwhile(self, work: Callable[[], T], what: str, leave: Callable[[], object] = lambda: None) -> T:
        """Do something on a worker and return its result. The window lives meanwhile, and what is typed waits, so that
        actions keep their order; Esc calls `leave`. `what`: what is done, for the foot of the window.
        """
        loop = QEventLoop()
        came: list[T] = []
        failed: list[Exception] = []

        def work_or_fail() -> None:
            try:
                came.append(work())
            except Exception as error:  # raised on the window's thread
                failed.append(error)

        with input_waits(leave):
            self.working.emit(what)
            self.in_background(work_or_fail, lambda _: None, ended=loop.quit)
            loop.exec()
            self.working.emit("")
            for error in failed:
                raise error
            # While the pointer still says so: showing thousands of rows takes a moment too.
            self._poll()
        return came[0]

    def undo(self) -> Undone | None:
        """Undo this person's last action on this computer."""
        first = self._reversal(self.dossier.to_undo(), self.dossier.undo)
        return self._told(self._in_parts(first, self.dossier.more_to_undo()), redo=False)

    def redo(self) -> Undone | None:
        """Redo the action undone last."""
        first = self._reversal(self.dossier.to_redo(), self.dossier.redo)
        return self._told(self._in_parts(first, self.dossier.more_to_redo()), redo=True)

    def _reversal(
        self, record: ActionRecord | None, reverse: Callable[[], Undone | None]
    ) -> Callable[[], Undone | None]:
        """Return what reverses an action: `reverse`, unless it changed many rows."""
        if record is None or not self.dossier.changed_at_least(record, MANY_EDITS):
            return reverse
        return partial(self._at_length, lambda dossier: dossier.undo_only(record))

    def _in_parts(self, first: Callable[[], Undone | None], more: Iterable[ActionRecord]) -> Undone | None:
        """Reverse the first action of a step, and the others one at a time, so that the window never waits for long."""
        # Until all of a step is reversed, no other step is.
        if self._parts:
            return None
        undone = first()
        if undone is not None:
            self._parts.extend(more)
            self._next_part.start()
        return undone

    def _reverse_part(self) -> None:
        if self._parts:
            try:
                self.dossier.undo_only(self._parts.popleft())
            except DossierError as error:
                self._parts.clear()
                self.failed.emit(error)
            self._next_part.start()

    def go_back_to(self, seq: int, label: str) -> int:
        """Undo all of this person's actions after a point, as one action; return how many there were."""
        # How much that is, is only known when it is done.
        if self.dossier.seq < MANY_EDITS:
            return self.dossier.go_back_to(seq, label)
        return self._at_length(lambda dossier: dossier.go_back_to(seq, label))

    def undo_only(self, action: PastAction) -> Undone | None:
        """Undo one earlier action and keep those after it."""
        record = ActionRecord(action.id, action.label, action.at)
        return self._told(self._reversal(record, partial(self.dossier.undo_only, record))(), redo=False)

    def _told(self, undone: Undone | None, *, redo: bool) -> Undone | None:
        if undone is not None:
            self.undone.emit(undone, redo)
        return undone

    def undo_label(self) -> str | None:
        """Return the name of the action that undo would revert."""
        return self.dossier.undo_label()

    def added_last(self, table: str) -> str | None:
        """Return the row of a table that undo would delete; None if undo does something else."""
        return self.dossier.added_last(table)

    def redo_label(self) -> str | None:
        """Return the name of the action that redo would repeat."""
        return self.dossier.redo_label()

    def _on_changed(self, changed: Changed) -> None:
        if self._panel_id is None or changed.touches("panel"):
            self._keep_panel()
        self.publishing.follow_change()
        self.changed.emit(changed)

    def _keep_panel(self) -> None:
        # If two panels are marked as one conversation, the other may represent both.
        current = self.dossier.read.panels.get(self._panel_id) if self._panel_id else None
        if current is None:
            panels = self.dossier.read.panels.listed()
            current = panels[-1] if panels else None
        self.show_panel(current.id if current else None)

    def look(self) -> None:
        """Show at once what another thread or a merge wrote into the working copy."""
        self._poll()

    def _poll(self) -> None:
        try:
            self.dossier.poll()
        except DossierError as error:
            self.failed.emit(error)

    # Closing

    def settle(self) -> DossierError | None:
        """Publish and wait for it, before closing; return why the path could not be written, or None."""
        if self.dossier.seq < LONG_LOG:
            self._wait()
            return self.publishing.publish_now()
        self._live_until_idle()
        publish = partial(self.publishing.publish_apart, needed=self.publishing.is_behind)
        return self._meanwhile(publish, tr("bezig met opslaan…"))

    def _live_until_idle(self) -> None:
        """Wait for the workers while the window lives: publishing may just have begun."""
        loop, look = QEventLoop(), QTimer(interval=IDLE_LOOK_MS)
        look.timeout.connect(lambda: None if self._parts or self._reading or self.publishing.busy else loop.quit())
        look.start()
        with input_waits(lambda: None):
            self.working.emit(tr("bezig met opslaan…"))
            loop.exec()
            self.working.emit("")

    def pause(self) -> None:
        """Stop background work until `resume`, after waiting for work in progress."""
        self.publishing.stop()
        self._wait()

    def resume(self) -> None:
        """Resume background work, and publish at once."""
        self.publishing.go_on()

    def stop(self) -> None:
        """Close the dossier without publishing: it was a copy to discard."""
        self.ended.emit()
        self._wait()
        self._poll_timer.stop()
        self.publishing.stop()
        self._end_watch()

    # Reading on another thread

    def in_background(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[StoError], object] | None = None,
        *,
        ended: Callable[[], object] | None = None,
    ) -> None:
        """Run work that reads the dossier on a connection of its own, on a worker; closing the dossier waits for it.

        See `Background` for what is reported.
        """

        def over() -> None:
            self._reading.remove(task)
            if ended is not None:
                ended()

        task: Background[T] = Background(work, done, failed, ended=over)
        self._reading.append(task)
        task.start()

    def _wait(self) -> None:
        while self._parts:
            self._reverse_part()
        self._next_part.stop()
        while self._reading:
            self._reading[0].wait()
        self.publishing.wait()

    def close(self) -> PublishError | None:
        """Publish and close the dossier; return why the path could not be written, or None."""
        self.stop()
        try:
            self.copy.close()
        except PublishError as error:
            return error
        return None


def _panel_to_show(dossier: Dossier) -> str | None:
    """Return the panel shown last, or else the last one."""
    panels = [panel.id for panel in dossier.read.panels.listed()]
    stored = dossier.setting("panel") if panels else None
    # The stored panel may have been deleted by a merge.
    return stored if stored in panels else panels[-1] if panels else None
