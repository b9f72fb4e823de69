"""Stamps that only order: a hybrid logical clock in one integer, milliseconds since 1970 times 65536 plus a counter.

Kulkarni e.a., *Logical Physical Clocks* (2014). What a stamp never does is tell when something was said.
"""

from __future__ import annotations

from sto_desktop.domain.errors import DossierError
from sto_desktop.language import tr

COUNTER_BITS = 16
LATEST_MILLISECONDS = 2_840_140_800_000
"""1 January 2060: a wall clock past it is not believed, so that no clock can run the stamps out of range."""

HIGHEST_STAMP = (LATEST_MILLISECONDS + 86_400_000) << COUNTER_BITS
"""A change with a higher stamp is in quarantine: kept and handed on, never folded, never a clock.

The limit is the same for everybody, so that quarantine does not depend on who merges when.
"""

LOWEST_REAL_STAMP = 1 << COUNTER_BITS
"""Stamps below it belong to the rows of built-in guides."""


def next_stamp(last: int, now_milliseconds: int, count: int = 1) -> int:
    """Return a stamp higher than `last`, at the wall clock's time where that is later, with room for `count` in a row.

    Raises:
        DossierError: there are no stamps left; no honest program comes there in a thousand lives.
    """
    wall = min(max(now_milliseconds, 1), LATEST_MILLISECONDS) << COUNTER_BITS
    stamp = max(wall, last + 1)
    if in_quarantine(stamp + count - 1):
        # What is in quarantine is never shown: better an error than notes that nobody sees.
        raise DossierError(
            tr("In dit dossier zijn de tijdstempels op: een ander programma zette er een van ver in de toekomst."),
            tr("Er is niets gewijzigd."),
            tr("Open een reservekopie van voor het samenvoegen."),
        )
    return stamp


def in_quarantine(stamp: int) -> bool:
    """Tell whether a stamp is absurdly far ahead."""
    return stamp > HIGHEST_STAMP
