"""Measures the CPU use of an idle conversation, and the growth of memory in two hours of conversation."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.capture import TEXT, conversation

IDLE_SECONDS = 20.0
ALLOWED_SHARE = 0.01
"""Share of one core while the clock runs."""

PANEL_SECONDS = 2 * 60 * 60
WARM_SECONDS = 10 * 60
NOTE_EVERY, QUESTION_EVERY = 25, 400
"""Seconds between two notes, and between two questions."""


def _live_for(seconds: float) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def idle_share(folder: Path) -> float:
    """Return the share of a core that the window uses with the clock running and the room's window open."""
    with conversation(folder, 300) as page:
        stage = page.parentWidget()
        page.clock.begin()
        stage.room.show_room()  # type: ignore[union-attr]
        _live_for(3)
        start, worked = time.perf_counter(), time.process_time()
        _live_for(IDLE_SECONDS)
        share = (time.process_time() - worked) / (time.perf_counter() - start)
        stage.room.hide_room()  # type: ignore[union-attr]
        return share


def memory_of_two_hours(folder: Path) -> tuple[float, float]:
    """Return MiB in use after ten minutes and after two hours of a conversation.

    Every second is painted, notes are typed and captured, the questions advance; both other windows are open.
    """
    import psutil
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    process = psutil.Process()
    now = dt.datetime(2023, 2, 14, 15, 35, tzinfo=dt.UTC)
    passed = 0.0

    def in_use() -> float:
        import gc

        gc.collect()
        return float(process.memory_info().rss) / 2**20

    with conversation(folder, 20, clock=lambda: now + dt.timedelta(seconds=passed), monotonic=lambda: passed) as page:
        stage = page.parentWidget()
        page.clock.begin()
        stage.room.show_room()  # type: ignore[union-attr]
        stage.room.show_moderator()  # type: ignore[union-attr]
        start = 0.0
        for second in range(PANEL_SECONDS):
            passed += 1
            page.clock.tick()
            if second % NOTE_EVERY == 0:
                page.line.edit.insert(f"{second} {TEXT}")
                QTest.keyClick(page.line.edit, Qt.Key.Key_Return)
            if second % QUESTION_EVERY == QUESTION_EVERY - 1:
                page.go(+1)
            QApplication.processEvents()
            if second == WARM_SECONDS:
                start = in_use()
        end = in_use()
        stage.room.close()  # type: ignore[union-attr]
        return start, end


def measure() -> list[dict[str, Any]]:
    """Return the share of a core against the allowed one, and the memory at the end against that near the start."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        share = idle_share(Path(name) / "idle")
        start, end = memory_of_two_hours(Path(name) / "memory")
    return [
        {
            "name": "core in use while the clock runs / 1 %",
            "unit": "%",
            "ours": share * 100,
            "raw": ALLOWED_SHARE * 100,
            "ratio": share / ALLOWED_SHARE,
        },
        {
            "name": "memory after two hours of panel / after ten minutes",
            "unit": "MiB",
            "ours": end,
            "raw": start,
            "ratio": end / start,
        },
    ]
