"""Starts STO Desktop: the window, or one of its commands."""

from __future__ import annotations

import sys


def main() -> int:
    """Return the exit code."""
    from sto_desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # A packed program starts itself again for a second process.
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main())
