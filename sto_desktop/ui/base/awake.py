"""A clock that counts only while the computer is awake, so that a closed lid is seen as time that did not pass."""

from __future__ import annotations

import sys
import time

_TICKS_A_SECOND = 10_000_000.0


def awake_seconds() -> float:
    """Return seconds of a clock that never jumps and stands still while the computer sleeps.

    Python's own does so on Linux (CLOCK_MONOTONIC) and macOS (mach_absolute_time); on Windows it goes on during sleep,
    and QueryUnbiasedInterruptTime is the one that does not.
    """
    if sys.platform == "win32":
        import ctypes

        ticks = ctypes.c_ulonglong()
        if ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks)):
            return ticks.value / _TICKS_A_SECOND
    return time.monotonic()
