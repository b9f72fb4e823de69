"""The moderator's own window on a second screen, so that note taker and moderator each have theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.live.state import LiveState, Phase
from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.conversation.page.moderator import ModeratorView
from sto_desktop.ui.conversation.table.ring import SeatRing
from sto_desktop.ui.conversation.table.round_bar import RoundBar
from sto_desktop.ui.conversation.time.theme_bar import TimeHead
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import Space
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.veil import Veil, Veils
from sto_desktop.ui.widgets import ScrollColumn, SectionLabel, SidePanel

if TYPE_CHECKING:
    from sto_desktop.ui.conversation.page.page import ConversationPage

TABLE_SHARE, TABLE_LEAST, TABLE_MOST = 0.32, 260, 520
"""Share of the width for the table, and its bounds in px."""


class ModeratorWindow(QWidget):
    """Question, time and table of a conversation; keys and typing are passed to the page.

    `closed`: the user closed it.
    """

    closed = Signal()

    def __init__(self, theme: Appearance, page: ConversationPage) -> None:
        super().__init__(None)
        self._page = page
        # Does not keep the program running after the main window has closed.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setMinimumSize(640, 400)
        # The page's keys work here too. The help sheet lists what they do.
        for action in page.actions():
            self.addAction(action)
        actions = {action.objectName(): action for action in page.actions()}
        self.time = TimeHead(theme)
        self.view = ModeratorView(theme, page.live, actions)
        self.ring = SeatRing(theme)
        self._side = SidePanel()
        column = ScrollColumn(margin=Space.M)
        column.body.addWidget(SectionLabel(theme, tr("Aan tafel")))
        column.body.addWidget(self.ring)
        column.body.addStretch(1)
        self._side.body.setContentsMargins(0, 0, 0, 0)
        self._side.body.addWidget(column)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.view, 1)
        below.addWidget(self._side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.time)
        layout.addLayout(below, 1)
        self._veils = Veils(self)
        text = tr("Discreet: namen en stilte zijn verborgen. {key} toont ze weer.", key=keys.hint("discreet"))
        for covered in (self._side, *self.findChildren(RoundBar)):
            self._veils.add(Veil(theme, covered, text))
        self.setFocusProxy(self.view)
        self._connect()
        self.show_state(page.live.state())

    def _connect(self) -> None:
        page = self._page
        self.time.bar.theme_chosen.connect(page.time.bar.theme_chosen)
        self.ring.chosen.connect(page.side.ring.chosen)
        self.ring.swapped.connect(page.side.ring.swapped)
        self.ring.presence_asked.connect(page.side.ring.presence_asked)
        # Typing here continues in the capture line, which is in the other window.
        self.view.typed.connect(page.moderator.typed)
        self.view.typed.connect(lambda _text: page.window().activateWindow())
        self.ring.chosen.connect(lambda _member: page.window().activateWindow())

    def show_state(self, state: LiveState) -> None:
        """Show the current state."""
        self.setWindowTitle(plain.title(tr("Gespreksleider: {panel}", panel=title_for(state.panel))))
        begun, held = state.phase is not Phase.NOT_BEGUN, state.phase is Phase.HELD
        self.time.show_time(
            state.guide, state.timing, state.now, begun=begun, held=held, questions=state.questions_left
        )
        self.view.show_state(state)
        self.ring.show_state(state)
        self._veils.set_on(state.discreet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(round(min(TABLE_MOST, max(TABLE_LEAST, self.width() * TABLE_SHARE))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # For a presenter remote, in either mode of the page.
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._page.go(+1 if event.key() == Qt.Key.Key_PageDown else -1)
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
