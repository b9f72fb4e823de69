"""Minutes for the current question, or fewer: the rest of the plan is laid out again, and it says what that costs."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from sto_desktop.domain.dutch import clock
from sto_desktop.domain.live.schedule import Relaid, relay
from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Button, CheckBox, PrimaryButton, RadioButton, TextLabel, row

STEPS = (-5, -1, +1, +5)
MOST = 60
MIN_WIDTH = 520


def _signed(minutes: int) -> str:
    return f"{'+' if minutes > 0 else '−'}{abs(minutes)}"


def said_relaid(guide: GuideContent, relaid: Relaid, end: dt.datetime | None) -> str:
    """Return what a plan that is laid out again costs: which themes change, and what the end does."""
    names = {theme.id: theme.short_title for theme in guide.themes}
    parts = [tr("{theme} {minutes} min", theme=names[theme], minutes=_signed(gain)) for theme, gain in relaid.by_theme]
    cost = listed(parts)
    if relaid.end_moves == 0:
        moves = tr("Het einde blijft zoals gepland.")
    elif end is None:
        amount = counted(abs(relaid.end_moves), "{n} minuut", "{n} minuten")
        late = relaid.end_moves > 0
        moves = tr("Het einde wordt {n} later.", n=amount) if late else tr("Het einde wordt {n} eerder.", n=amount)
    else:
        moved = end + dt.timedelta(minutes=relaid.end_moves)
        moves = tr("Het geplande einde wordt {time}.", time=clock(moved))
    return f"{cost}. {moves}" if cost else moves


class MinutesDialog(QDialog):
    """Type a number or use the arrows; Enter gives the minutes. `chosen` carries the `Relaid` plan."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, live: LiveConversation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._state: LiveState = live.state()
        self.setWindowTitle(tr("Minuten"))
        self.setMinimumWidth(MIN_WIDTH)
        step, timing = self._state.step, self._state.timing
        question = step.question if step else None
        used = round(live.clock.used().get(question.id, 0.0)) if question else 0
        planned = counted(question.minutes if question else 0, "{n} minuut", "{n} minuten")
        said = tr("Gepland: {planned}, gebruikt: {used}.", planned=planned, used=used)
        self.amount = QSpinBox()
        self.amount.setRange(-(question.minutes if question else 0), MOST)
        self.amount.setSuffix(tr(" min"))
        self.amount.setAccessibleName(tr("Minuten erbij (een min ervoor: eraf)"))
        self.amount.setFixedWidth(110)
        self.amount.valueChanged.connect(self._show)
        self.steps = [self._step(theme, by) for by in STEPS]
        end = timing.planned_end
        kept = tr("Het einde blijft {time}: de rest van het plan schikt in", time=clock(end)) if end else ""
        self.keep_end = RadioButton(kept or tr("De lengte blijft: de rest van het plan schikt in"))
        self.move_end = RadioButton(tr("De rest van het plan blijft: het einde schuift"))
        self.keep_end.setChecked(True)
        self.keep_end.toggled.connect(self._show)
        behind = max(0, timing.behind or 0)
        self._behind = behind
        self.catch_up = CheckBox(tr("Haal ook de achterstand in: {n}", n=counted(behind, "{n} minuut", "{n} minuten")))
        self.catch_up.setVisible(behind > 0)
        self.catch_up.toggled.connect(self._show)
        self.cost = TextLabel(theme, "", TextStyle.BODY_STRONG, Role.PRIMARY)
        self.give = PrimaryButton(theme, tr("Zo verdelen"), hint="Enter", on_click=self.accept)
        self._lay_out(theme, question.text if question else "", said)
        self.accepted.connect(lambda: self.chosen.emit(self.relaid))
        self.resize(MIN_WIDTH, self._whole.heightForWidth(MIN_WIDTH))
        self._show()
        self.amount.setFocus()
        self.amount.selectAll()

    def _step(self, theme: Theme, by: int) -> Button:
        text = f"{'+' if by > 0 else '−'}{abs(by)}"
        return Button(theme, text, on_click=lambda: self.amount.setValue(self.amount.value() + by))

    def _lay_out(self, theme: Theme, question: str, said: str) -> None:
        self._whole = layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(TextLabel(theme, question, TextStyle.TITLE, lines=2))
        layout.addWidget(TextLabel(theme, said, TextStyle.BODY, Role.MUTED))
        across = QHBoxLayout()
        across.setSpacing(Space.S)
        for button in self.steps[:2]:
            across.addWidget(button)
        across.addWidget(self.amount)
        for button in self.steps[2:]:
            across.addWidget(button)
        across.addStretch(1)
        label = TextLabel(theme, tr("Minuten erbij of eraf voor deze vraag"), TextStyle.SECONDARY, Role.MUTED, lines=1)
        label.setBuddy(self.amount)
        layout.addWidget(label)
        layout.addLayout(across)
        for choice in (self.keep_end, self.move_end, self.catch_up):
            layout.addWidget(choice)
        layout.addWidget(self.cost)
        layout.addSpacing(Space.S)
        layout.addLayout(row(None, Button(theme, tr("Annuleren"), hint="Esc", on_click=self.reject), self.give))

    @property
    def relaid(self) -> Relaid:
        """The plan as it would be."""
        live, step = self._live, self._state.step
        return relay(
            live.rows.guide,
            live.clock.used(),
            step.id if step else "",
            self.amount.value(),
            catch_up=self._behind if self.catch_up.isChecked() else 0,
            keep_end=self.keep_end.isChecked(),
        )

    def _show(self) -> None:
        relaid = self.relaid
        self.catch_up.setEnabled(self.keep_end.isChecked())
        self.give.setEnabled(bool(relaid.minutes))
        nothing = tr("Kies hoeveel minuten deze vraag erbij krijgt of inlevert.")
        said = said_relaid(self._live.rows.guide, relaid, self._state.timing.planned_end)
        self.cost.setText(said if relaid.minutes else nothing)
        self._fit()

    def _fit(self) -> None:
        """Take the height that the words need."""
        needed = self._whole.heightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.give.isEnabled():
                self.accept()
            return
        super().keyPressEvent(event)
