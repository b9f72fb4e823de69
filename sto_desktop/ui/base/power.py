"""The computer stays awake while the conversation runs, and its battery is not let run empty unseen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

LOW_PERCENT = 20
EMPTY_PERCENT = 10
LOOK_EVERY_MS = 60_000


class KeepAwake(QObject):
    """Keeps computer and screen awake, without lock or screen saver, as long as it is on.

    `failed`: the system does not allow it (told once).
    """

    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop: threading.Event | None = None
        self.keeper: threading.Thread | None = None
        self._told = False

    @property
    def on(self) -> bool:
        """Whether it is asked to keep the computer awake."""
        return self._stop is not None

    def set(self, on: bool) -> None:
        """Begin or end; returns at once: the system is asked on a thread of its own, which holds on to the answer."""
        if on == self.on:
            return
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            return
        self._stop = threading.Event()
        self.keeper = threading.Thread(target=_stay_awake, args=(self._stop, self._not_allowed), daemon=True)
        self.keeper.start()

    def _not_allowed(self) -> None:
        if not self._told:
            self._told = True
            self.failed.emit()


def _stay_awake(stop: threading.Event, not_allowed: Callable[[], None]) -> None:
    from wakepy import keep  # takes a while, and asks the system's bus

    with keep.presenting(on_fail="pass") as mode:
        if not mode.active and not stop.is_set():
            not_allowed()
        stop.wait()


@dataclass(frozen=True, slots=True)
class Charge:
    """How full the battery is, and whether the computer is on mains power."""

    percent: float
    plugged: bool


def charge_here() -> Charge | None:
    """Return the charge of this computer's battery; None where it has none."""
    import psutil  # not before somebody asks

    found = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    return Charge(found.percent, bool(found.power_plugged)) if found is not None else None


class BatteryWatch(QObject):
    """Tells when the battery runs low: once at 20 %, once more at 10 %. `low` carries the percentage."""

    low = Signal(int)

    def __init__(self, charge: Callable[[], Charge | None] = charge_here, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._charge = charge
        self._told = 101
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def set(self, on: bool) -> None:
        """Begin or end looking."""
        if on and not self._timer.isActive():
            self._timer.start()
            QTimer.singleShot(0, self, self.look)
        elif not on:
            self._timer.stop()

    def look(self) -> None:
        """Look now."""
        found = self._charge()
        if found is None:
            return
        if found.plugged or found.percent > LOW_PERCENT:
            self._told = 101
            return
        step = EMPTY_PERCENT if found.percent <= EMPTY_PERCENT else LOW_PERCENT
        if step < self._told:
            self._told = step
            self.low.emit(round(found.percent))
