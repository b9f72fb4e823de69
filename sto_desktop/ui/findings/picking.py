"""Selecting insights that a new insight, a recommendation or an existing insight will rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QBoxLayout

from sto_desktop.domain.panel.content import InsightContent
from sto_desktop.domain.vocabulary import Evidence
from sto_desktop.language import counted, tr
from sto_desktop.ui.findings.cards import insights_as_mime
from sto_desktop.ui.findings.insights_panel import CardList
from sto_desktop.ui.look.roles import CARD_RADIUS, ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Card, QuietButton, TextLabel, paint_focus_ring, row

LEAST_BESIDE = 330
"""Least width, in px, at which both buttons fit side by side."""


class PickCard(Card):
    """An insight that another one can rest on; space or a click selects it, letters are commands.

    `picked`: it was selected or deselected; `commanded` carries the letter or digit, and whether Alt was held.
    """

    picked = Signal()
    commanded = Signal(str, bool)

    def __init__(self, theme: Appearance, dragged: Callable[[str], list[tuple[str, str]]]) -> None:
        super().__init__(margin=Space.M)
        self._theme = theme
        self._dragged = dragged
        self._pressed = QPoint()
        self.id = ""
        self.text = ""
        self.on = False
        self.body.setSpacing(2)
        self._text = TextLabel(theme, "", TextStyle.BODY)
        self._support = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.body.addWidget(self._text)
        self.body.addWidget(self._support)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_insight(self, insight: InsightContent, support: str, *, used: bool) -> None:
        """Show an insight; `used`: another one already rests on it."""
        self.id, self.text = insight.id, insight.insight.text
        self._text.setText(self.text)
        self._text.set_role(ColourRole.MUTED if used else ColourRole.INK)
        self._support.setText(support)
        self.setAccessibleName(self.text)
        self._tell()

    def set_on(self, on: bool) -> None:
        """Select or deselect it."""
        if on != self.on:
            self.on = on
            self.set_selected(on)
            self._tell()
            self.picked.emit()

    def _tell(self) -> None:
        chosen = tr("gekozen") if self.on else tr("niet gekozen")
        self.setAccessibleDescription(f"{chosen}, {self._support.text()}")

    def does(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done with this card, by command."""
        return {"pick_insight": lambda: self.set_on(not self.on)}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, letter = event.key(), event.text().upper()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.commanded.emit(str(key - Qt.Key.Key_0), alt)
        elif alt or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.set_on(not self.on)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif letter in ("I", "A"):
            self.commanded.emit(letter, False)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if event.buttons() & Qt.MouseButton.LeftButton and far:
            drag = QDrag(self)
            drag.setMimeData(insights_as_mime(self._dragged(self.id)))
            # Marks the press as a drag, so that its release does not select the card.
            self._pressed = QPoint(-9999, 0)
            drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._pressed.x() >= 0:
            self.set_on(not self.on)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self._theme.color(ColourRole.PRIMARY), CARD_RADIUS - 1)
        elif self.underMouse():
            painter.setPen(self._theme.color(ColourRole.CONTROL))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)


@dataclass(frozen=True)
class ChoiceWords:
    """The button for a new insight with its command, the command for a recommendation, and what is said if there is
    nothing to select."""

    new: str
    new_command: str
    recommendation_command: str
    nothing: str


class InsightChoice(Card):
    """Which of a list of cards are selected, and what can be done with them.

    `new_asked`: an insight on the selected ones; `recommendation_asked`: one that follows from them; `attach_asked`
    carries the insight (id) whose number was typed, and the evidence that the selected ones are for it; `changed`: the
    selection may have changed.
    """

    new_asked = Signal()
    recommendation_asked = Signal()
    attach_asked = Signal(str, object)
    changed = Signal()

    def __init__(
        self, theme: Appearance, words: ChoiceWords, resting: CardList, picks: Callable[[], Sequence[PickCard]]
    ) -> None:
        """`resting`: the insights that rest on others; `picks` returns the cards to select from, in order."""
        super().__init__(margin=Space.S, dashed=True)
        self._words = words
        self._resting = resting
        self._picks = picks
        self.body.setSpacing(2)
        self._message = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.new_button = QuietButton(
            theme, words.new, hint="I", command=words.new_command, on_click=self.new_asked.emit
        )
        self.recommend = QuietButton(
            theme,
            tr("Aanbeveling"),
            hint="A",
            command=words.recommendation_command,
            on_click=self.recommendation_asked.emit,
        )
        self.body.addWidget(self._message)
        self._buttons = row(self.new_button, self.recommend, None, spacing=0)
        self.body.addLayout(self._buttons)

    def fit(self, width: int) -> None:
        """Place the buttons side by side if they fit in this width, in px."""
        beside = width >= LEAST_BESIDE
        self._buttons.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def wire(self, card: PickCard) -> None:
        """Follow a new card."""
        card.picked.connect(self.show_choice)
        card.commanded.connect(self._command)

    def chosen(self) -> list[str]:
        """Return the ids of the selected insights, in order."""
        return [card.id for card in self._picks() if card.on]

    def let_go(self) -> None:
        """Clear the selection."""
        for card in self._picks():
            card.set_on(False)

    def dragged(self, insight: str) -> list[tuple[str, str]]:
        """Return the insights (id and text) that are dragged with this one: all selected ones, if it is one of them."""
        together = insight in self.chosen()
        return [(card.id, card.text) for card in self._picks() if (card.on if together else card.id == insight)]

    def show_choice(self) -> None:
        """Show how many insights are selected."""
        count = len(self.chosen())
        if count:
            message = counted(count, "{n} inzicht gekozen.", "{n} inzichten gekozen.")
        elif self._picks():
            message = tr("Kies hieronder inzichten, met een klik of de spatiebalk, en zeg wat ze samen betekenen.")
        else:
            message = self._words.nothing
        self._message.setText(message)
        for card in self._resting.cards.values():
            card.set_choice(count)
        self.changed.emit()

    def _command(self, letter: str, alt: bool) -> None:
        sender = self.sender()
        if isinstance(sender, PickCard) and not self.chosen():
            # Without a selection the command applies to this card.
            sender.set_on(True)
        if letter == "I":
            self.new_asked.emit()
        elif letter == "A":
            self.recommendation_asked.emit()
        else:
            numbered = (card.id for card in self._resting.cards.values() if card.content.number == int(letter))
            insight = next(numbered, None)
            if insight is not None:
                self.attach_asked.emit(insight, Evidence.CONTRADICTS if alt else Evidence.SUPPORTS)
