"""The colours of labels, readable on every background in light and dark."""

from __future__ import annotations

from PySide6.QtGui import QColor

from sto_desktop.domain.vocabulary import Hue
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance

_HUES = {
    "groen": Hue.GREEN,
    "blauw": Hue.BLUE,
    "oranje": Hue.ORANGE,
    "paars": Hue.PURPLE,
    "zeegroen": Hue.TEAL,
    "rood": Hue.RED,
}
"""The colours of labels, as named in the log."""


def label_ink(theme: Appearance, colour: str) -> QColor:
    """Return the text colour of a label; without a known colour, the primary colour."""
    hue = _HUES.get(colour)
    return theme.hue(hue).ink if hue is not None else theme.color(ColourRole.PRIMARY)
