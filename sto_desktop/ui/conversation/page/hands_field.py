"""The field for a show of hands about a summary: how many of those present recognised it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.model import Playback
from sto_desktop.domain.people import Presence
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.typed import read_hands
from sto_desktop.language import tr
from sto_desktop.ui.fields.kept_field import KeptLine


def at_table(state: LiveState) -> int:
    """Return how many of those who take part are present now."""
    return sum(seat.presence is Presence.HERE and takes_part(seat.member) for seat in state.seats)


class HandsField(KeptLine):
    """The field: "7", "7/9" or "7 van 9". `counted` carries the theme, the hands and the number present, or None twice
    if the answer is removed.
    """

    counted = Signal(str, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, name=tr("Handopsteken: door hoeveel aanwezigen herkend"))
        self._present = 0
        self._theme = ""
        self.left.connect(self._read)

    def show_hands(self, theme: str, kept: Playback | None, present: int) -> None:
        """Show the saved count of a theme; `present`: how many people could raise a hand now."""
        if theme != self._theme:
            # What was typed without Enter was counted in the theme that is left.
            self.commit()
            self._theme = theme
            self.set_invalid("")
            self.settle(said_hands(kept))
        if present != self._present or not self.placeholderText():
            self._present = present
            self.setPlaceholderText(tr("Handen, van {n}", n=present) if present else tr("Handen, zoals 7 van 9"))
        self.show_kept(said_hands(kept))

    def _read(self, text: str) -> None:
        if not text.strip():
            self.set_invalid("")
            self.settle("")
            self.counted.emit(self._theme, None, None)
            return
        hands = read_hands(text, self._present)
        if hands is None:
            self.set_invalid(tr("Typ hoeveel handen er omhoog gaan, zoals 7, of 7 van 9."))
            return
        self.set_invalid("")
        self.settle(_words(*hands))
        self.counted.emit(self._theme, *hands)


def said_hands(kept: Playback | None) -> str:
    """Return "7 van 9 handen"; empty if hands were not counted."""
    if kept is None or kept.hands is None or kept.hands_of is None:
        return ""
    return _words(kept.hands, kept.hands_of)


def _words(hands: int, of: int) -> str:
    return tr("{hands} van {of} handen", hands=hands, of=of)
