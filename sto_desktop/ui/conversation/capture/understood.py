"""The chips below the capture line: who speaks in the text and with which labels; as many as fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sto_desktop.domain.capture.language import Captured
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import short_name
from sto_desktop.domain.privacy.participation import takes_part
from sto_desktop.domain.vocabulary import Stance
from sto_desktop.language import listed, tr, tr_later
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ChipLook, chip_size, paint_chip, tag_chip, voice_mark

GAP = 4
MANY = 5
"""More members than this in the same role share one chip that counts them."""

_COLOURS = {
    Stance.SAYS: (ColourRole.PRIMARY, ColourRole.PRIMARY_SOFT),
    Stance.AGREES: (ColourRole.GOOD, ColourRole.GOOD_SOFT),
    Stance.DISAGREES: (ColourRole.LATE, ColourRole.LATE_SOFT),
    Stance.ABOUT: (ColourRole.MUTED, ColourRole.SUNKEN),
}
_MANY_WORDS = {
    Stance.SAYS: tr_later("@ {n} panelleden"),
    Stance.AGREES: tr_later("+ {n} vallen bij"),
    Stance.DISAGREES: tr_later("− {n} spreken tegen"),
    Stance.ABOUT: tr_later("over {n} panelleden"),
}
"""Source texts: pass through `tr`."""


def named(panelist: Panelist, *, discreet: bool) -> str:
    """Return a member's name in a chip; the seat when others may see the screen."""
    if not discreet:
        return short_name(panelist)
    return tr("panellid") if panelist.seat is None else tr("stoel {seat}", seat=panelist.seat)


def withheld_words(members: Iterable[Panelist]) -> str:
    """Return the warning about members who do not take part; empty if all do.

    Names seats only: others may see the screen.
    """
    names = [named(member, discreet=True) for member in members if not takes_part(member)]
    subject = listed(list(dict.fromkeys(names)))
    if not subject:
        return ""
    words = (
        tr("{who} doet niet mee: schrijf niet op wat die zegt.", who=subject)
        if len(names) == 1
        else tr("{who} doen niet mee: schrijf niet op wat zij zeggen.", who=subject)
    )
    return words[:1].upper() + words[1:]


def chips_of(
    captured: Captured, member: Callable[[str | None], Panelist | None], *, discreet: bool = False
) -> tuple[ChipLook, ...]:
    """Return the chips of a parse: who says it, who agrees (+), who disagrees (−), whom it is about, and labels."""
    looks: list[ChipLook] = []
    for stance in Stance:
        mark = voice_mark(stance) or "@ "
        members = [member(panelist) for panelist, part in captured.voices if part is stance]
        names = [named(person, discreet=discreet) for person in members if person is not None]
        ink, fill = _COLOURS[stance]
        shown = [tr(_MANY_WORDS[stance], n=len(names))] if len(names) > MANY else [f"{mark}{name}" for name in names]
        looks += [ChipLook(text, ink=ink, fill=fill, pill=True) for text in shown]
    return (*looks, *(tag_chip(name) for name in captured.tags))


class UnderstoodBar(QWidget):
    """A row of chips, of which the last ones are replaced by «+2» when they do not fit."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.looks: tuple[ChipLook, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_chips(self, looks: tuple[ChipLook, ...]) -> None:
        """Replace the chips."""
        if looks != self.looks:
            self.looks = looks
            self.setAccessibleName(", ".join(look.text for look in looks))
            self.updateGeometry()
            self.update()

    def _widths(self) -> list[int]:
        return [chip_size(self._theme, look).width() for look in self.looks]

    def fitting(self, width: int) -> tuple[ChipLook, ...]:
        """Return the chips that fit in a width in px, with one that counts the rest."""
        widths = self._widths()
        if sum(widths) + GAP * (len(widths) - 1) <= width:
            return self.looks
        # Drop chips from the end until the rest and its count fit.
        for count in range(len(self.looks) - 1, -1, -1):
            rest = ChipLook(f"+{len(self.looks) - count}", pill=True)
            room = sum(widths[:count]) + GAP * count + chip_size(self._theme, rest).width()
            if room <= width or not count:
                return (*self.looks[:count], rest)
        return ()

    def sizeHint(self) -> QSize:
        widths = self._widths()
        return QSize(sum(widths) + GAP * max(0, len(widths) - 1), 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(36, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0.0
        for look in self.fitting(self.width()):
            left += paint_chip(painter, self._theme, look, QPointF(left, (self.height() - 20) / 2)).width() + GAP
