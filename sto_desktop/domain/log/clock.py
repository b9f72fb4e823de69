"""Stamps that only give an order: a hybrid logical clock in one integer, milliseconds since 1970 times 65536 plus a
counter.

Kulkarni e.a., *Logical Physical Clocks* (2014). A stamp does not tell when something was said.
"""

from __future__ import annotations

from sto_desktop.domain.errors import DossierError
from sto_desktop.language import tr

COUNTER_BITS = 16
LATEST_MILLISECONDS = 2_840_140_800_000
"""1 January 2060: ignore a wall clock past this date, so that no clock can exhaust the range of stamps."""

HIGHEST_STAMP = (LATEST_MILLISECONDS + 86_400_000) << COUNTER_BITS
"""Changes with a higher stamp are in quarantine: stored and passed on, but never folded and never used as a clock.

The limit is the same for everyone, so that quarantine does not depend on who merges when.
"""

LOWEST_REAL_STAMP = 1 << COUNTER_BITS
"""Lower stamps belong to the rows of built-in guides."""


def next_stamp(last: int, now_milliseconds: int, count: int = 1) -> int:
    """Return a stamp above `last`, at wall-clock time if that is later, with room for `count` consecutive stamps.

    Raises:
        DossierError: no stamps are left, which only a file of a faulty program can cause.
    """
    wall = min(max(now_milliseconds, 1), LATEST_MILLISECONDS) << COUNTER_BITS
    stamp = max(wall, last + 1)
    if in_quarantine(stamp + count - 1):
        # Changes in quarantine are not shown: rather fail than write notes that nobody would see.
        raise DossierError(
            tr("In dit dossier zijn de tijdstempels op: een ander programma zette er een van ver in de toekomst."),
            tr("Er is niets gewijzigd."),
            tr("Open een reservekopie van voor het samenvoegen."),
        )
    return stamp


def in_quarantine(stamp: int) -> bool:
    """Return whether a stamp is too far in the future to be folded."""
    return stamp > HIGHEST_STAMP
