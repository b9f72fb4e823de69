"""The conversation's clock: it follows the current question, and writes down what was used of it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.domain.actions import conversation as actions
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.live.conversation import (
    LeftRunning,
    Timing,
    clock_jump,
    first_start,
    last_stop,
    left_running,
    timing,
)
from sto_desktop.domain.live.schedule import minutes_used, running_span, span_seconds
from sto_desktop.domain.model import TimeSpan
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.conversation.live.place import Place
from sto_desktop.ui.conversation.live.rows import PanelRows

TICK_MS = 1000
ALIVE_SECONDS = 10.0


class ConversationClock(QObject):
    """Starts, pauses and ends the time of a conversation, by a clock that never jumps.

    `ticked` comes once a second; `state_changed` when the clock begins, stands still or is done; `failed` carries a
    `StoError` of writing that nobody asked for. `jumped` carries by how many seconds the wall clock jumped while it
    ran: the computer slept, or somebody put its clock right. Such a jump is never counted unless asked (`count`).
    """

    ticked = Signal()
    jumped = Signal(float)
    state_changed = Signal()
    failed = Signal(object)

    def __init__(self, rows: PanelRows, place: Place, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._place = place
        self._session = rows.session
        self._spans: list[TimeSpan] = []
        self._done: dict[str, float] = {}
        self._running: TimeSpan | None = None
        self._since = 0.0
        self._alive = 0.0
        self._seen = (self._session.now(), self._session.monotonic())
        self._read()
        place.moved.connect(self._follow)
        rows.time_changed.connect(self._read_again)
        rows.panel_changed.connect(self.state_changed)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def stop(self) -> None:
        """Tick no more: whoever followed it is gone."""
        self._timer.stop()

    # How it stands

    @property
    def running(self) -> bool:
        """Whether time is being counted."""
        return self._running is not None

    @property
    def begun(self) -> bool:
        """Whether the conversation began."""
        return bool(self._spans)

    @property
    def held(self) -> bool:
        """Whether the conversation is over."""
        return self._rows.panel.status in (PanelStatus.HELD, PanelStatus.FINAL) and not self.running

    @property
    def began_at(self) -> dt.datetime | None:
        """When the conversation began, by the wall clock."""
        return first_start(self._spans)

    @property
    def stopped_at(self) -> dt.datetime | None:
        """When the clock stopped last, by the wall clock."""
        return last_stop(self._spans)

    @property
    def alive_at(self) -> dt.datetime | None:
        """When the running span was last seen alive."""
        return self._running.alive_at if self._running is not None else None

    def visited(self) -> frozenset[str]:
        """Return the questions that had time."""
        return frozenset(span.question for span in self._spans if span.question is not None)

    def used(self) -> dict[str, float]:
        """Return the minutes used until now, by question id."""
        used = dict(self._done)
        if self._running is not None and self._running.question is not None:
            question = self._running.question
            used[question] = used.get(question, 0.0) + self._seconds() / 60
        return used

    def timing(self) -> Timing:
        """Return the time of the conversation as it is now."""
        paused = self.begun and not self.running and not self.held
        return timing(
            self._rows.panel,
            self._rows.guide,
            self.used(),
            self._place.current,
            self._session.now(),
            began=self.began_at,
            paused_since=self.stopped_at if paused else None,
            ended=self.stopped_at if self.held else None,
        )

    # What a person does

    def begin(self) -> None:
        """Start the clock at the current question, or go on after a pause."""
        if self._place.current is not None:
            self._start(self._place.current)

    def pause_or_resume(self) -> None:
        """Pause when it runs, go on when it does not."""
        if self.running:
            self.pause()
        else:
            self.begin()

    def pause(self) -> None:
        """Let the clock stand still."""
        if self.running:
            self._session.apply(actions.pause(self._spans, self._session.now(), self._seconds()))

    def finish(self) -> None:
        """Stop the clock for good: the panel has been held."""
        seconds = self._seconds() if self.running else None
        self._session.apply(actions.end_conversation(self._rows.panel.id, self._spans, self._session.now(), seconds))

    def take_up(self) -> LeftRunning | None:
        """Go on where a program that stopped left off; returns what was found (None: nothing was running)."""
        found = left_running(self._spans, self._session.now())
        if found is LeftRunning.STAY_PAUSED:
            self._session.apply(actions.pause(self._spans, self._session.now(), None))
        elif found is LeftRunning.BEGIN_AGAIN and self._running is not None and self._running.question:
            self._start(self._running.question, left=True)
        return found

    def tick(self) -> None:
        """Do what is due each second."""
        (then, since), self._seen = self._seen, (self._session.now(), self._session.monotonic())
        if self._running is not None and self._seen[1] - self._alive >= ALIVE_SECONDS:
            self._stay_alive()
        self.ticked.emit()
        jump = clock_jump(self._seen[0] - then, self._seen[1] - since)
        if jump and self.running:
            self.jumped.emit(jump)

    def count(self, seconds: float) -> None:
        """Count time after all that the clock did not see: people went on talking while the computer slept."""
        if self._running is not None:
            self._since -= seconds
            self._stay_alive()
            self.ticked.emit()

    def _stay_alive(self) -> None:
        if self._running is None:
            return
        self._alive = self._session.monotonic()
        alive = actions.stay_alive(self._running, self._session.now(), self._seconds())
        attempt(self.failed.emit, self._session.apply, alive)

    # Keeping it

    def _start(self, question: str, *, left: bool = False) -> None:
        seconds = None if left or not self.running else self._seconds()
        self._session.apply(
            actions.start_question(
                self._rows.panel.id, question, self._spans, self._session.now(), seconds, span=new_id()
            )
        )

    def _seconds(self) -> float:
        return max(0.0, self._session.monotonic() - self._since)

    def _follow(self) -> None:
        """Give the time from now on to the question that is current now."""
        if self._running is None or self._place.current is None or self._running.question == self._place.current:
            return
        attempt(self.failed.emit, self._start, self._place.current)

    def _read_again(self) -> None:
        before = self._running.id if self._running else None
        self._read()
        if before == (self._running.id if self._running else None):
            return
        if self._running is not None and self._running.question is not None:
            # Another window went on: both show the same question.
            self._place.go_to(self._running.question)
        self.state_changed.emit()

    def _age(self, span: TimeSpan) -> float:
        """Return how long a span has run that another window keeps: what that wrote down, and the little since."""
        if span.seconds is None or span.alive_at is None:
            return span_seconds(span, self._session.now())
        return span.seconds + max(0.0, (self._session.now() - span.alive_at).total_seconds())

    def _read(self) -> None:
        known = self._running.id if self._running else None
        self._spans = self._session.dossier.read.time_spans(self._rows.panel.id)
        self._running = running_span(self._spans)
        finished = [span for span in self._spans if span.stopped_at is not None]
        self._done = dict(minutes_used(finished))
        if self._running is not None and self._running.id != known:
            # One that was running before this clock looked is as old as the wall clock says.
            self._since = self._session.monotonic() - self._age(self._running)
            self._alive = self._session.monotonic()
