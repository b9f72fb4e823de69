"""The bar of a round along the table: whose turn it is, who comes next, and the keys that pass the turn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sto_desktop.domain.live.state import LiveState
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ActionButton, Card, TextLabel


class RoundBar(Card):
    """Visible during a round."""

    def __init__(self, theme: Appearance, forward: QAction, end: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Space.M)
        middle = Qt.AlignmentFlag.AlignVCenter
        self.turn = TextLabel(theme, "", TextStyle.LARGE_STRONG, lines=1, align=middle)
        self.after = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED, lines=1, align=middle)
        self.forward = ActionButton(theme, forward, text=tr("Volgende"))
        self.end = ActionButton(theme, end, text=tr("Stoppen"))
        across = QHBoxLayout()
        across.setSpacing(Space.M)
        across.addWidget(self.turn)
        across.addWidget(self.after, 1)
        across.addWidget(self.forward)
        across.addWidget(self.end)
        self.body.addLayout(across)
        self.hide()

    def set_low(self, low: bool) -> None:
        """Take as little height as possible."""
        above = Space.XS if low else Space.M
        self.body.setContentsMargins(Space.M, above, Space.M, above)

    def show_state(self, state: LiveState) -> None:
        """Show the round, if any."""
        going = state.round
        if going is None or going.turn is None:
            self.hide()
            return
        names = {seat.member.id: seat.name for seat in state.seats}
        if state.discreet:
            names = {seat.member.id: tr("stoel {n}", n=seat.member.seat or "?") for seat in state.seats}
        self.turn.setText(tr("Rondje: {name}", name=names.get(going.turn, "?")))
        later = [names.get(panelist, "?") for panelist in going.order[going.place + 1 :]]
        place = tr("{n} van {of}", n=going.place + 1, of=len(going.order))
        self.after.setText(
            " · ".join(part for part in (place, tr("daarna {name}", name=later[0]) if later else "") if part)
        )
        self.forward.setText(tr("Volgende") if later else tr("Klaar"))
        self.show()
