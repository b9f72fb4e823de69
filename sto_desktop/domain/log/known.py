"""How much of the log somebody knew at a moment: of each writer, up to which of their changes.

A merge takes a whole log, so who knows a change of a writer knows all earlier ones of that writer. Stamps alone don't
tell it: what was made later elsewhere was made without what had not come there yet.
"""

from __future__ import annotations

from collections.abc import Mapping

from sto_desktop.domain.log.change import ChangeId
from sto_desktop.domain.record import canonical
from sto_desktop.json_text import read_json

Known = Mapping[str, int]
"""The last stamp by writer (id)."""


def written(known: Known) -> str:
    """Return what was known as a text of the log."""
    return canonical(dict(known))


def read(text: str) -> Known:
    """Return what a text of the log says was known; nothing if no program of ours wrote it."""
    try:
        known = read_json(text)
    except ValueError:
        return {}
    return {who: stamp for who, stamp in known.items() if isinstance(stamp, int)} if isinstance(known, dict) else {}


def knows(known: Known, change: ChangeId) -> bool:
    """Return whether a change was known."""
    return change.stamp <= known.get(change.writer, 0)
