"""The conversation's clock: it follows the current question and records the time used per question."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, QTimer, Signal

from sto_desktop.domain.actions import conversation as actions
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.live.schedule import minutes_used, running_span, span_seconds
from sto_desktop.domain.live.timing import (
    LeftRunning,
    Timing,
    clock_jump,
    first_start,
    last_stop,
    left_running,
    plan_start,
    timing,
)
from sto_desktop.domain.model import TimeSpan
from sto_desktop.domain.vocabulary import PanelStatus
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.conversation.live.place import GuidePlace
from sto_desktop.ui.conversation.live.rows import PanelRows

TICK_MS = 1000
ALIVE_SECONDS = 10.0


class ConversationClock(QObject):
    """Starts, pauses and ends the time of a conversation, by a monotonic clock.

    `ticked` comes once a second; `state_changed` when the clock starts, pauses or ends; `failed` carries a `StoError`
    of a periodic save. `jumped` carries the seconds by which the wall clock jumped during the conversation: the
    computer slept, or its clock was adjusted. A jump is not counted unless the user asks for it (`count`).
    """

    ticked = Signal()
    jumped = Signal(float)
    state_changed = Signal()
    failed = Signal(object)

    def __init__(self, rows: PanelRows, place: GuidePlace, parent: QObject | None = None) -> None:
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
        self._session.ended.connect(self.stop)

    def stop(self) -> None:
        """Stop ticking: nobody uses the clock any more."""
        self._timer.stop()

    # State

    @property
    def running(self) -> bool:
        """Whether time is being counted."""
        return self._running is not None

    @property
    def begun(self) -> bool:
        """Whether the conversation has started."""
        return bool(self._spans)

    @property
    def held(self) -> bool:
        """Whether the conversation is over."""
        return self._rows.panel.status in (PanelStatus.HELD, PanelStatus.FINAL) and not self.running

    @property
    def began_at(self) -> dt.datetime | None:
        """When the conversation started, by the wall clock."""
        return first_start(self._spans)

    @property
    def stopped_at(self) -> dt.datetime | None:
        """When the clock last stopped, by the wall clock."""
        return last_stop(self._spans)

    @property
    def running_since(self) -> dt.datetime | None:
        """When the running span started, by the wall clock."""
        return self._running.started_at if self._running is not None else None

    @property
    def alive_at(self) -> dt.datetime | None:
        """When the running span was last saved as still running."""
        return self._running.alive_at if self._running is not None else None

    def visited(self) -> frozenset[str]:
        """Return the questions on which time was spent."""
        return frozenset(span.question for span in self._spans if span.question is not None)

    def used(self) -> dict[str, float]:
        """Return the minutes used so far, by question id."""
        used = dict(self._done)
        if self._running is not None and self._running.question is not None:
            question = self._running.question
            used[question] = used.get(question, 0.0) + self._seconds() / 60
        return used

    def timing(self) -> Timing:
        """Return the conversation's time as of now."""
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

    # Actions

    def begin(self) -> None:
        """Start the clock at the current question, or resume after a pause."""
        if self._place.current is not None:
            self._start(self._place.current)

    def pause_or_resume(self) -> None:
        """Pause the running clock, or resume it."""
        if self.running:
            self.pause()
        else:
            self.begin()

    def pause(self) -> None:
        """Pause the clock."""
        if self.running:
            self._session.apply(actions.pause(self._spans, self._session.now(), self._seconds()))

    def finish(self) -> None:
        """Stop the clock for good and mark the panel as held."""
        seconds = self._seconds() if self.running else None
        self._session.apply(actions.end_conversation(self._rows.panel.id, self._spans, self._session.now(), seconds))

    def take_up(self) -> LeftRunning | None:
        """Resume a clock that was running when the program stopped. Return the state that it had then, or None if it
        was not running.
        """
        outcome = left_running(self._spans, self._session.now())
        if outcome is LeftRunning.STAY_PAUSED:
            self._session.apply(actions.pause(self._spans, self._session.now(), None))
        elif outcome is LeftRunning.BEGIN_AGAIN and self._running is not None and self._running.question:
            self._start(self._running.question, left=True)
        return outcome

    def tick(self) -> None:
        """Do the work of one second."""
        # A jump is the difference between the time that the two clocks, wall and monotonic, measured since the last
        # tick.
        (then, since), self._seen = self._seen, (self._session.now(), self._session.monotonic())
        if self._running is not None and self._seen[1] - self._alive >= ALIVE_SECONDS:
            self._stay_alive()
        self.ticked.emit()
        jump = clock_jump(self._seen[0] - then, self._seen[1] - since)
        if jump and self.running:
            self.jumped.emit(jump)

    def count(self, seconds: float) -> None:
        """Count a jump as time after all: people kept talking while the computer slept."""
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

    # Saving

    def _start(self, question: str, *, left: bool = False) -> None:
        # A span left by another run ends when it was last saved as running: this process has not timed it.
        seconds = None if left or not self.running else self._seconds()
        rows, now = self._rows, self._session.now()
        begins = None if self.begun else plan_start(rows.panel, now, now) or now
        plan = actions.kept_plan(rows.panel.id, rows.guide, begins) if begins else ()
        self._session.apply(
            actions.start_question(rows.panel.id, question, self._spans, now, seconds, span=new_id(), plan=plan)
        )

    def _seconds(self) -> float:
        return max(0.0, self._session.monotonic() - self._since)

    def _follow(self) -> None:
        """Attribute time from now on to the current question."""
        # The running span refers to another question if the guide was copied.
        self._read()
        if self._running is None or self._place.current is None or self._running.question == self._place.current:
            return
        attempt(self.failed.emit, self._start, self._place.current)

    def _read_again(self) -> None:
        before = self._running.id if self._running else None
        self._read()
        if before == (self._running.id if self._running else None):
            return
        if self._running is not None and self._running.question is not None:
            # Another window went to another question: show it here too.
            self._place.go_to(self._running.question)
        self.state_changed.emit()

    def _age(self, span: TimeSpan) -> float:
        """Return how long a span of another window has run: the time that it recorded, plus the time since then."""
        if span.seconds is None or span.alive_at is None:
            return span_seconds(span, self._session.now())
        return span.seconds + max(0.0, (self._session.now() - span.alive_at).total_seconds())

    def _read(self) -> None:
        known_span = self._running.id if self._running else None
        self._spans = self._session.dossier.read.course.time_spans(self._rows.panel.id)
        self._running = running_span(self._spans)
        finished = [span for span in self._spans if span.stopped_at is not None]
        self._done = dict(minutes_used(finished))
        if self._running is not None and self._running.id != known_span:
            # A span that was running before this clock first read it is timed by the wall clock.
            self._since = self._session.monotonic() - self._age(self._running)
            self._alive = self._session.monotonic()
