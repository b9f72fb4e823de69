"""The card of a pause: for how long, until when, and large enough that nobody goes on without the clock."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sto_desktop.domain.dutch import clock
from sto_desktop.domain.live.state import LiveState, Phase
from sto_desktop.language import counted, tr
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import ActionButton, Button, ButtonKind, Card, TextLabel, column, row


class PausedCard(Card):
    """Visible while the clock is paused, and during a break of the guide. Its buttons resume, and move the end."""

    def __init__(
        self, theme: Appearance, live: LiveConversation, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        """`actions`: the page's own. `pause` starts the clock again, `next_question` ends a break of the guide."""
        super().__init__(parent, margin=Space.M)
        middle = Qt.AlignmentFlag.AlignVCenter
        self.title = TextLabel(theme, tr("Pauze"), TextStyle.GREETING, ColourRole.WARN_TEXT, lines=1)
        self.until = TextLabel(theme, "", TextStyle.LARGE_STRONG, ColourRole.WARN_TEXT, lines=1, align=middle)
        self.since = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.WARN_TEXT, lines=1, align=middle)
        self.button = ActionButton(theme, actions["pause"], kind=ButtonKind.PRIMARY, text=tr("Verder"))
        self.on = ActionButton(theme, actions["next_question"], kind=ButtonKind.PRIMARY, text=tr("Verder"))
        self.sooner, self.later = (
            Button(theme, text, command=command, on_click=partial(live.move_pause, step))
            for text, command, step in (
                (tr("−5 min"), "pause_sooner", -1),
                (tr("+5 min"), "pause_later", +1),
            )
        )
        for button in (self.sooner, self.later):
            # Clicking them must not take the focus from the text.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = column(self.until, self.since, spacing=0)
        line = row(self.title, Space.S)
        line.addLayout(words, 1)
        for button in (self.sooner, self.later, self.button, self.on):
            line.addWidget(button)
        self.body.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def set_low(self, low: bool) -> None:
        """Take as little height as possible."""
        above = Space.XS if low else Space.M
        self.body.setContentsMargins(Space.M, above, Space.M, above)
        self.since.setVisible(not low)

    def show_state(self, state: LiveState) -> None:
        """Show how long the pause has lasted, and when it ends."""
        pause, stopped = state.pause, state.phase is Phase.PAUSED
        if pause is not None:
            minutes = pause.minutes(state.now)
            self.since.setText(counted(minutes, "{n} minuut", "{n} minuten") if minutes else tr("zojuist"))
            words = tr("zou verdergaan om {time}") if pause.over(state.now) else tr("verder om {time}")
            self.until.setText(words.format(time=clock(pause.until)))
            self.button.setVisible(stopped)
            self.on.setVisible(not stopped)
            self._give_room()
        self.setVisible(pause is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Show the buttons that move the end if there is room for them next to the text."""
        self.until.setMinimumWidth(self.until.sizeHint().width())
        shown = (self.title, self.until, self.on if self.button.isHidden() else self.button)
        room = self.width() - 2 * Space.M - sum(widget.sizeHint().width() + Space.S for widget in shown)
        for button in (self.later, self.sooner):
            room -= button.sizeHint().width() + Space.S
            button.setVisible(room >= 0 and not self.button.isHidden())
