"""The members in brief, beside the guide: seat, name and sector of the first few, and a link to the full list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sto_desktop.domain.model import Panelist
from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ClickCard, set_text

_LINE = 22
_FEW, _MANY = 4, 12


class MemberLines(QWidget):
    """The lines of the card."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._people: tuple[Panelist, ...] = ()
        self._most = _FEW
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_people(self, people: Sequence[Panelist], most: int) -> None:
        """Show members on at most `most` lines."""
        self._people, self._most = tuple(people), most
        self.updateGeometry()
        self.update()

    def lines(self) -> list[tuple[str, str, str]]:
        """Return seat, name and details of each line; the last may state how many more there are."""
        # The last line is needed for the number of remaining members.
        shown = self._people if len(self._people) <= self._most else self._people[: self._most - 1]
        lines = [
            (
                str(panelist.seat) if panelist.seat is not None else "–",
                panelist.name,
                panelist.sector or panelist.organisation,
            )
            for panelist in shown
        ]
        remaining = len(self._people) - len(shown)
        return [*lines, ("", "", tr("en nog {n}", n=remaining))] if remaining else lines

    def sizeHint(self) -> QSize:
        return QSize(200, _LINE * max(len(self.lines()), 1) + (18 if not self._people else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, style = self._theme, TextStyle.SECONDARY
        if not self._people:
            invitation = tr("Nog niemand. Typ hier de namen, of plak een lijst uit Excel of Word.")
            words = set_text(invitation, theme.font(style), style.line, self.width())
            words.paint(painter, QRectF(0, 3, self.width(), self.height()), theme.color(ColourRole.MUTED))
            return
        metrics = QFontMetricsF(theme.font(style))
        seats = max(metrics.horizontalAdvance(seat) for seat, _, _ in self.lines()) + 7
        for number, (seat, name, about) in enumerate(self.lines()):
            base = number * _LINE + _LINE / 2 + metrics.ascent() / 2 - 1
            painter.setFont(theme.font(style, tabular=True))
            painter.setPen(theme.color(ColourRole.INK))
            painter.drawText(QPointF(0, base), seat)
            left = seats if name else 0.0
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, self.width() - left)
            painter.drawText(QPointF(left, base), shown)
            left += metrics.horizontalAdvance(shown)
            details = f" · {about}" if name and about else about
            painter.setPen(theme.color(ColourRole.MUTED))
            painter.drawText(
                QPointF(left, base), metrics.elidedText(details, Qt.TextElideMode.ElideRight, self.width() - left)
            )


class MembersCard(ClickCard):
    """The card; a click or Enter asks for the full list, and so does a letter: `typed` carries its key event."""

    typed = Signal(object)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Alle panelleden tonen en wijzigen"), parent, margin=Space.M)
        self.setObjectName("members")
        self.lines = MemberLines(theme)
        self._people: tuple[Panelist, ...] = ()
        self._roomy = False
        self.body.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self.body.addWidget(self.lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space and Enter keep their meaning for a button.
        if event.text().strip() and event.text().isprintable():
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)

    def show_people(self, people: Sequence[Panelist]) -> None:
        """Show the members."""
        self._people = tuple(people)
        self._show()

    def set_roomy(self, roomy: bool) -> None:
        """Set whether there is room for a whole panel."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._show()

    def _show(self) -> None:
        self.lines.show_people(self._people, _MANY if self._roomy else _FEW)
        description = ", ".join(f"{panelist.seat or '–'} {panelist.name}" for panelist in self._people)
        self.setAccessibleDescription(description)
