"""Adds minutes to the current question or takes them from it: redistributes the rest of the plan and shows
the effect.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from sto_desktop.domain.dutch import clock
from sto_desktop.domain.live.schedule import Relaid, relay
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, CheckBox, Dialog, PrimaryButton, RadioButton, TextLabel, inset, row

STEPS = (-5, -1, +1, +5)
MOST = 60
MIN_WIDTH = 520


def _signed(minutes: int) -> str:
    return f"{'+' if minutes > 0 else '−'}{abs(minutes)}"


def said_relaid(guide: GuideContent, relaid: Relaid, end: dt.datetime | None) -> str:
    """Return the effect of a redistributed plan: which themes change, and by how much the end shifts."""
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


class MinutesDialog(Dialog):
    """Type a number or use the arrows; Enter applies it. `chosen` carries the `Relaid` plan."""

    chosen = Signal(object)

    def __init__(self, theme: Appearance, live: LiveConversation, parent: QWidget | None = None) -> None:
        state = live.state()
        step, timing = state.step, state.timing
        question = step.question if step else None
        used = round(live.clock.used().get(question.id, 0.0)) if question else 0
        planned = counted(question.minutes if question else 0, "{n} minuut", "{n} minuten")
        about = tr("Gepland: {planned}, gebruikt: {used}.", planned=planned, used=used)
        heading = question.text if question else ""
        super().__init__(theme, tr("Minuten"), about, parent, heading=heading, style=TextStyle.TITLE)
        self._live = live
        self._state = state
        self.setMinimumWidth(MIN_WIDTH)
        self.amount = QSpinBox()
        # A question can give up its own minutes at most.
        self.amount.setRange(-(question.minutes if question else 0), MOST)
        self.amount.setSuffix(tr(" min"))
        self.amount.setAccessibleName(tr("Minuten erbij (een min ervoor: eraf)"))
        self.amount.setFixedWidth(110)
        inset(self.amount)
        self.amount.valueChanged.connect(self._show)
        self.steps = [self._step(theme, by) for by in STEPS]
        end = timing.planned_end
        keep_end_text = tr("Het einde blijft {time}: de rest van het plan schikt in", time=clock(end)) if end else ""
        self.keep_end = RadioButton(keep_end_text or tr("De lengte blijft: de rest van het plan schikt in"))
        self.move_end = RadioButton(tr("De rest van het plan blijft: het einde schuift"))
        self.keep_end.setChecked(True)
        self.keep_end.toggled.connect(self._show)
        behind = max(0, timing.behind or 0)
        self._behind = behind
        self.catch_up = CheckBox(tr("Haal ook de achterstand in: {n}", n=counted(behind, "{n} minuut", "{n} minuten")))
        self.catch_up.setVisible(behind > 0)
        self.catch_up.toggled.connect(self._show)
        self.cost = TextLabel(theme, "", TextStyle.BODY_STRONG, ColourRole.PRIMARY)
        self.give = PrimaryButton(theme, tr("Zo verdelen"), hint="Enter", on_click=self.accept)
        self._lay_out()
        self.accepted.connect(lambda: self.chosen.emit(self.relaid))
        self._show()
        self.amount.setFocus()
        self.amount.selectAll()

    def _step(self, theme: Appearance, by: int) -> Button:
        text = f"{'+' if by > 0 else '−'}{abs(by)}"
        return Button(theme, text, on_click=lambda: self.amount.setValue(self.amount.value() + by))

    def _lay_out(self) -> None:
        text = tr("Minuten erbij of eraf voor deze vraag")
        label = TextLabel(self._theme, text, TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        label.setBuddy(self.amount)
        self.body.addWidget(label)
        self.body.addLayout(row(*self.steps[:2], self.amount, *self.steps[2:], None))
        for choice in (self.keep_end, self.move_end, self.catch_up, self.cost):
            self.body.addWidget(choice)
        self.add_buttons(self.give)

    @property
    def relaid(self) -> Relaid:
        """The redistributed plan."""
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
        # If the end moves with it, there is no delay to make up.
        self.catch_up.setEnabled(self.keep_end.isChecked())
        self.give.setEnabled(bool(relaid.minutes))
        nothing = tr("Kies hoeveel minuten deze vraag erbij krijgt of inlevert.")
        message = said_relaid(self._live.rows.guide, relaid, self._state.timing.planned_end)
        self.cost.setText(message if relaid.minutes else nothing)
