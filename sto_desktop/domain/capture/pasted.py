"""A pasted list: which of its lines are notes."""

from __future__ import annotations

import re

from sto_desktop.domain.capture.tokens import BULLET
from sto_desktop.domain.record import clean_text

_CONTINUES = re.compile(r"[ \t]{2,}|\t")


def listed_notes(text: str) -> tuple[str, ...]:
    """Return the notes of a text in the capture language: each line is one, and a line that is indented under a line
    with a bullet continues it. Blank lines mean nothing."""
    notes: list[str] = []
    bullet_above = False
    for line in clean_text(text).split("\n"):
        if not line.strip():
            continue
        bullet = BULLET.match(line.lstrip()) is not None
        if bullet_above and not bullet and _CONTINUES.match(line):
            notes[-1] += f"\n{line.strip()}"
            continue
        notes.append(line.strip())
        bullet_above = bullet
    return tuple(notes)
