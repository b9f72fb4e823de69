"""The colours of labels: readable on every ground that a label stands on, in light and dark."""

from __future__ import annotations

from PySide6.QtGui import QColor

from sto_desktop.domain.vocabulary import NoteKind
from sto_desktop.ui.look.roles import Role
from sto_desktop.ui.look.theme import Theme

_LIKE = {
    "groen": NoteKind.YIELD,
    "blauw": NoteKind.SUCCESS_FACTOR,
    "oranje": NoteKind.IMPROVEMENT,
    "paars": NoteKind.RECOMMENDATION,
    "zeegroen": NoteKind.QUOTE,
    "rood": NoteKind.ACTION,
}
"""Each colour is that of a kind of note, of which light and dark are known to be readable."""


def label_ink(theme: Theme, colour: str) -> QColor:
    """Return the ink of a label; one without a colour, or with one that is not known, has the primary colour."""
    kind = _LIKE.get(colour)
    return theme.kind(kind).ink if kind is not None else theme.color(Role.PRIMARY)
