"""The bar of a round along the table: whose turn it is, who comes next, and the keys that pass the turn."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetricsF, QResizeEvent
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
        self._theme = theme
        self._ways: Sequence[tuple[str, str]] = ()
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
        name = names.get(going.turn, "?")
        turn = tr("Rondje: {name}", name=name)
        later = [names.get(panelist, "?") for panelist in going.order[going.place + 1 :]]
        place = tr("{n} van {of}", n=going.place + 1, of=len(going.order))
        whole = f"{place} · {tr('daarna {name}', name=later[0])}" if later else place
        # A name that is cut off is nobody's: in a narrow window it is said whole or not at all.
        self._ways = ((turn, whole), (turn, place), (turn, ""), (name, ""))
        self.forward.setText(tr("Volgende") if later else tr("Klaar"))
        self._fit()
        self.show()

    def _fit(self) -> None:
        """Show as much as there is room for."""
        large, body = (QFontMetricsF(self._theme.font(style)) for style in (TextStyle.LARGE_STRONG, TextStyle.BODY))
        margins = self.body.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.forward.sizeHint().width() - 2 * Space.M
        end = self.end.sizeHint().width() + Space.M
        # Its key ends the round too.
        ways = [(*way, with_end) for with_end in (True, False) for way in self._ways]
        for turn, after, with_end in ways:
            # A pixel for each label, whose width is a whole number.
            words = large.horizontalAdvance(turn) + body.horizontalAdvance(after) + 2
            if words + (end if with_end else 0) <= room:
                break
        if ways:
            self.turn.setText(turn)
            self.after.setText(after)
            self.end.setVisible(with_end)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
