"""The window: one folder a stage, shared widgets, theme, keys and language."""

import sys


def _keep_none_alive() -> None:
    """Make up for PySide6 6.12.0 on Python 3.11, where each call into Qt that returns nothing drops a reference to
    None: after some thousands of calls the interpreter aborts with "deallocating None". Other versions are right, and
    from Python 3.12 on None is not counted at all. To be removed with the last use of that version."""
    import PySide6

    if sys.version_info < (3, 12) and PySide6.__version_info__[:3] == (6, 12, 0):
        import ctypes

        ctypes.c_ssize_t.from_address(id(None)).value += 1 << 40


_keep_none_alive()
