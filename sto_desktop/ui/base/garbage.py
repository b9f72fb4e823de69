"""Garbage collection on the window's thread only.

Python collects on whichever thread happens to allocate. A widget that is part of a cycle would then be destroyed on a
worker thread, which Qt does not allow: the program crashes, then or later.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

# Often enough to keep the pauses short, rare enough to cost nothing while the program is idle.
EVERY_MS = 500


class GarbageCollector(QObject):
    """Replaces Python's automatic collection while it lives; made on the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=EVERY_MS)
        timer.timeout.connect(collect_due)
        timer.start()


def collect_due() -> None:
    """Collect the oldest generation that is due by Python's own thresholds."""
    for generation, (count, threshold) in reversed(
        list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
    ):
        if count > threshold:
            # This collects the younger generations too, so one call suffices.
            gc.collect(generation)
            return
