"""Keeps the computer awake during a conversation and warns when its battery runs low."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

LOW_PERCENT = 20
EMPTY_PERCENT = 10
LOOK_EVERY_MS = 60_000
# The request runs in a thread that can't signal: look at its outcome at this interval.
LOOK_AT_REQUEST_MS = 1000


class _Request:
    """A request to the system, made and held by a separate thread until `stop` is set.

    The thread holds no Qt object: if it were the last to release one, it would destroy it on the wrong thread.
    """

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.refused = threading.Event()
        self.thread = threading.Thread(target=self._hold, daemon=True)
        self.thread.start()

    def _hold(self) -> None:
        from wakepy import keep  # slow to import, and it queries the system bus

        with keep.presenting(on_fail="pass") as mode:
            if not mode.active:
                self.refused.set()
            self.stop.wait()


class KeepAwake(QObject):
    """Keeps computer and screen awake, without lock or screen saver, while it is on.

    `failed`: the system does not allow it (emitted once).
    """

    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.request: _Request | None = None
        self._told = False
        self._timer = QTimer(self, interval=LOOK_AT_REQUEST_MS)
        self._timer.timeout.connect(self._look)

    @property
    def on(self) -> bool:
        """Whether keeping awake is requested."""
        return self.request is not None

    def set(self, on: bool) -> None:
        """Switch on or off; returns at once, because a separate thread makes the system request and holds it."""
        if on == self.on:
            return
        if self.request is not None:
            self._timer.stop()
            self.request.stop.set()
            self.request = None
            return
        self.request = _Request()
        # Report a failure once: the request is repeated at every start of the clock.
        if not self._told:
            self._timer.start()

    def _look(self) -> None:
        if self.request is not None and self.request.refused.is_set():
            self._timer.stop()
            self._told = True
            self.failed.emit()


@dataclass(frozen=True, slots=True)
class Charge:
    """Charge of the battery, and whether the computer is on mains power."""

    percent: float
    plugged: bool


def charge_here() -> Charge | None:
    """Return the charge of this computer's battery; None without a battery."""
    import psutil  # imported on first use only

    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    return Charge(battery.percent, bool(battery.power_plugged)) if battery is not None else None


class BatteryWatch(QObject):
    """Warns when the battery runs low: once at 20 %, once more at 10 %. `low` carries the percentage."""

    low = Signal(int)

    def __init__(self, charge: Callable[[], Charge | None] = charge_here, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._charge = charge
        self._told = 101
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def set(self, on: bool) -> None:
        """Start or stop checking."""
        if on and not self._timer.isActive():
            self._timer.start()
            QTimer.singleShot(0, self, self.look)
        elif not on:
            self._timer.stop()

    def look(self) -> None:
        """Check the battery now."""
        charge = self._charge()
        if charge is None:
            return
        if charge.plugged or charge.percent > LOW_PERCENT:
            # On mains power or recharged: warn again next time.
            self._told = 101
            return
        step = EMPTY_PERCENT if charge.percent <= EMPTY_PERCENT else LOW_PERCENT
        if step < self._told:
            self._told = step
            self.low.emit(round(charge.percent))
