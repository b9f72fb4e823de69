"""The state of the clock at the top of the conversation, and the card that starts it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import clock, long_date
from sto_desktop.domain.live.steps import steps
from sto_desktop.domain.live.timing import is_over
from sto_desktop.domain.people import told_apart
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ActionButton, ButtonKind, Card, TextLabel, TopBar, column


class RunningPill(QWidget):
    """Whether the conversation runs, and for how long: a dot and a short text."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._role = ColourRole.GOOD
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, role: ColourRole) -> None:
        """Show a state; unchanged values do not repaint."""
        if (text, role) != (self._text, self._role):
            before = self.sizeHint()
            self._text, self._role = text, role
            self.setAccessibleName(text)
            if self.sizeHint() != before:
                self.updateGeometry()
            self.update()

    @property
    def text(self) -> str:
        """The displayed text."""
        return self._text

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._theme.font(TextStyle.SECONDARY, tabular=True))
        return QSize(math.ceil(metrics.horizontalAdvance(self._text)) + 38, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(ColourRole.SUNKEN))
        painter.drawRoundedRect(QRectF(self.rect()), 11, 11)
        painter.setBrush(self._theme.color(self._role))
        painter.drawEllipse(QRectF(8, 7, 8, 8))
        painter.setFont(self._theme.font(TextStyle.SECONDARY, tabular=True))
        painter.setPen(self._theme.color(ColourRole.MUTED))
        painter.drawText(QRectF(26, 0, self.width() - 28, 22), Qt.AlignmentFlag.AlignVCenter, self._text)


class ConversationTop(TopBar):
    """The top of the page: whether the conversation runs and for how long, and the buttons of its stages."""

    def __init__(self, theme: Appearance, live: LiveConversation, actions: Mapping[str, QAction]) -> None:
        super().__init__(theme)
        self._live = live
        self.pill = RunningPill(theme)
        self.arrival_button = ActionButton(theme, actions["arrival"], text=tr("Binnenkomst"))
        self.pause_button = ActionButton(theme, actions["pause"], text=tr("Pauze"))
        self.finish_button = ActionButton(theme, actions["finish"], text=tr("Afronden"))
        self.mode_button = ActionButton(theme, actions["mode"], text=tr("Gespreksleider"))
        for widget in (self.pill, self.arrival_button, self.pause_button, self.finish_button, self.mode_button):
            self.add(widget)

    def show_stage(self, *, moderating: bool, alone: bool) -> None:
        """Show what can be done now in this mode."""
        clock, panel = self._live.clock, self._live.rows.panel
        self.set_title(title_for(panel))
        mode = tr("gespreksleider") if moderating else tr("alleen") if alone else tr("notulist")
        self.set_subtitle(subtitle(panel.date, mode))
        # Before the start, the note taker's button to begin is on the start card.
        self.pause_button.setVisible(clock.begun or (moderating and not clock.held))
        going = tr("Pauze") if clock.running else tr("Verder")
        self.pause_button.setText(going if clock.begun else tr("Begin het gesprek"))
        self.arrival_button.setVisible(not clock.begun and not clock.held)
        self.finish_button.setVisible(clock.begun and not clock.held)
        self.mode_button.setText(tr("Notulist") if moderating else tr("Gespreksleider"))

    def show_length(self, length: str, *, narrow: bool) -> None:
        """Show whether the conversation runs and for how long; abbreviated when the title needs the room."""
        clock = self._live.clock
        if clock.running:
            words = tr("loopt {time}", time=length) if narrow else tr("gesprek loopt {time}", time=length)
            self.pill.show_state(words, ColourRole.GOOD)
        elif clock.held and not clock.begun:
            self.pill.show_state(tr("van papier"), ColourRole.CONTROL)
        elif clock.held:
            words = tr("gehouden {time}", time=length) if narrow else tr("gesprek gehouden {time}", time=length)
            self.pill.show_state(words, ColourRole.CONTROL)
        elif clock.begun:
            words = tr("pauze {time}", time=length) if narrow else tr("gepauzeerd op {time}", time=length)
            self.pill.show_state(words, ColourRole.WARN)
        else:
            words = tr("niet begonnen") if narrow else tr("nog niet begonnen")
            self.pill.show_state(words, ColourRole.CONTROL)


class StartCard(Card):
    """The invitation to start: an outline of the conversation, and the one button that starts the clock."""

    def __init__(
        self,
        theme: Appearance,
        live: LiveConversation,
        begin: QAction,
        from_paper: QAction,
        parent: QWidget | None = None,
    ) -> None:
        """`from_paper`: typing notes from paper is offered if the conversation should be over by now."""
        super().__init__(parent, margin=Space.L)
        self._live = live
        self._plan = TextLabel(theme, "", TextStyle.BODY, ColourRole.INK)
        self._hint = TextLabel(
            theme,
            tr(
                "De klok start bij deze vraag. Typen kan nu al: Enter bewaart elke notitie meteen op schijf. "
                "Leidt en schrijft u alleen, druk dan op {key}.",
                key=keys.hint("alone"),
            ),
            TextStyle.SECONDARY,
            ColourRole.MUTED,
        )
        self.button = ActionButton(
            theme, begin, kind=ButtonKind.PRIMARY, icon="play", text=tr("Begin het gesprek"), live=True
        )
        across = QHBoxLayout()
        across.setSpacing(Space.L)
        across.addLayout(column(self._plan, self._hint, spacing=2), 1)
        self.from_paper = ActionButton(theme, from_paper, text=tr("Van papier uittypen"), live=True)
        across.addWidget(self.from_paper, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(across)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        live.rows.panel_changed.connect(self.refresh)
        live.rows.people_changed.connect(self.refresh)
        self.refresh()

    def set_low(self, low: bool) -> None:
        """Hide the hint when the question needs the height."""
        if self._hint.isHidden() == low:
            return
        self._hint.setVisible(not low)
        margin = Space.S if low else Space.L
        self.body.setContentsMargins(Space.L, margin, Space.L, margin)

    def refresh(self) -> None:
        """Show the outline."""
        live = self._live
        questions = counted(len(steps(live.rows.guide)), "{n} vraag", "{n} vragen")
        people = counted(len(live.rows.panelists), "{n} panellid", "{n} panelleden")
        minutes = counted(live.rows.guide.minutes, "{n} minuut", "{n} minuten")
        ahead = listed([part for part in (people if live.rows.panelists else "", questions, minutes) if part])
        panel = live.rows.panel
        over = is_over(panel, live.rows.guide, live.session.now())
        self.from_paper.setVisible(over)
        if over:
            # Short, since two buttons stand beside it.
            self._plan.setText(tr("Gepland op {day}.", day=long_date(panel.date)))
            return
        start = panel.start
        self._plan.setText(tr("{ahead}, gepland om {time}.", ahead=ahead, time=clock(start)) if start else f"{ahead}.")


def subtitle(date: dt.date | None, mode: str) -> str:
    """Return the text beside a title: "14 februari 2023 · notulist"."""
    return " · ".join(part for part in (long_date(date), mode) if part)


def open_ends(live: LiveConversation, questions: int) -> str:
    """Return what is still open when a conversation is ended; `questions`: how many have no notes."""
    unheard = [balance for balance in live.rows.balances if not balance.times]
    called = told_apart(live.rows.panelists)
    names = [called[balance.panelist] for balance in unheard if balance.panelist in called]
    parked = len(live.rows.parked())
    points = []
    if questions:
        points.append(counted(questions, "{n} vraag heeft nog geen notities", "{n} vragen hebben nog geen notities"))
    if parked:
        points.append(
            counted(parked, "{n} notitie staat op de parkeerplaats", "{n} notities staan op de parkeerplaats")
        )
    # If nobody was heard, no speakers were recorded at all: listing everyone would say nothing.
    if names and len(names) < len(live.rows.panelists):
        points.append(counted(len(names), "{names} is niet gehoord", "{names} zijn niet gehoord", names=listed(names)))
    if not points:
        return tr("Er staat niets meer open. De klok stopt; notities toevoegen kan daarna nog steeds.")
    text = listed(points)
    return tr("{what}. De klok stopt; notities toevoegen kan daarna nog steeds.", what=text[:1].upper() + text[1:])
