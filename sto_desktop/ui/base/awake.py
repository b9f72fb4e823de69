"""A clock that counts only while the computer is awake, to detect that it has slept."""

from __future__ import annotations

import sys
import time

# QueryUnbiasedInterruptTime counts in units of 100 nanoseconds.
_TICKS_A_SECOND = 10_000_000.0


def awake_seconds() -> float:
    """Return seconds of a monotonic clock that stops while the computer sleeps.

    `time.monotonic` stops on Linux (CLOCK_MONOTONIC) and macOS (mach_absolute_time); on Windows it runs on during
    sleep, and QueryUnbiasedInterruptTime does not.
    """
    if sys.platform == "win32":
        import ctypes

        ticks = ctypes.c_ulonglong()
        if ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks)):
            return ticks.value / _TICKS_A_SECOND
    return time.monotonic()
