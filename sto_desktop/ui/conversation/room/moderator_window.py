"""The moderator's own window on a second screen, so that note taker and moderator each have theirs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.live.state import LiveState, Phase
from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.keypad import KeypadGuard
from sto_desktop.ui.base.leaving import FieldLeaver
from sto_desktop.ui.base.undo import UndoGuide
from sto_desktop.ui.conversation.page.moderator import ModeratorView
from sto_desktop.ui.conversation.page.panes import Panes
from sto_desktop.ui.conversation.page.side import WITH_SIDE, Side
from sto_desktop.ui.conversation.table.round_bar import RoundBar
from sto_desktop.ui.conversation.time.theme_bar import TimeHead
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.shell.veil import Veil, Veils

if TYPE_CHECKING:
    from sto_desktop.ui.conversation.page.page import ConversationPage


class ModeratorWindow(QWidget):
    """Question, time, table, parking lot and summary of a conversation; keys and typing are passed to the page.

    `commands`: the actions of the main window, whose keys work here too. `closed`: the user closed it.
    """

    closed = Signal()

    def __init__(self, theme: Appearance, page: ConversationPage, commands: Mapping[str, QAction]) -> None:
        super().__init__(None)
        self._page = page
        # This window must not keep the program running after the main window has closed.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setMinimumSize(640, 400)
        # The page's keys work here too; the help sheet explains them.
        for action in page.actions():
            # The summary and the panes exist in this window too: their keys must not move the focus to the other
            # window.
            if action.objectName() not in ("playback", "next_pane", "previous_pane"):
                self.addAction(action)
        self._share(commands)
        actions = {action.objectName(): action for action in page.actions()}
        self.time = TimeHead(theme)
        self.view = ModeratorView(theme, page.live, actions)
        self.side = Side(theme, page.live, actions["table"])
        panes = Panes(self, lambda: (self.time, self.view, self.side), lambda: self.view, self.view.typed.emit)
        keys.bind("playback", self, self._go_to_summary)
        keys.bind("next_pane", self, lambda: panes.go(+1))
        keys.bind("previous_pane", self, lambda: panes.go(-1))
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.view, 1)
        below.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.time)
        layout.addLayout(below, 1)
        self._veils = Veils(self)
        text = tr("Discreet: namen, notities en stilte zijn verborgen. {key} toont ze weer.", key=keys.hint("discreet"))
        for covered in (self.side, *self.findChildren(RoundBar)):
            self._veils.add(Veil(theme, covered, text))
        self.setFocusProxy(self.view)
        self._connect()
        self.show_state(page.live.state())

    def _share(self, commands: Mapping[str, QAction]) -> None:
        """Let the keys of the program work here; what they show is in the main window."""
        undo, redo = commands["undo"], commands["redo"]
        # Typing in a field of this window is undone here, everything else by the main window.
        UndoGuide(self, undo.trigger, redo.trigger).bind()
        FieldLeaver(self)
        KeypadGuard(self)
        for name, action in commands.items():
            if name not in ("undo", "redo", "leave_field"):
                self.addAction(action)
                action.triggered.connect(self._show_main)

    def _show_main(self) -> None:
        if self.isActiveWindow():
            self._page.window().activateWindow()

    def _connect(self) -> None:
        page, ring = self._page, self.side.ring
        self.time.bar.theme_chosen.connect(page.time.bar.theme_chosen)
        ring.chosen.connect(page.side.ring.chosen)
        ring.swapped.connect(page.side.ring.swapped)
        ring.menu_asked.connect(partial(page.leading.offer, ring))
        self.side.parking.agree_asked.connect(lambda note: page.at_notes.agree_on(note, self))
        for parking in (self.side.parking, self.view.parked):
            parking.unparked.connect(page.at_notes.park)
        self.view.playback.agreed.connect(page.leading.set_agreed)
        self.view.playback.counted.connect(page.leading.count_hands)
        self.side.prepare_asked.connect(page.side.prepare_asked)
        self.side.playback.failed.connect(page.tell_error)
        self.side.playback.left.connect(self._leave_summary)
        # Typing here goes to the capture line, which is in the other window.
        self.view.typed.connect(page.moderator.typed)
        self.view.typed.connect(lambda _text: page.window().activateWindow())
        ring.chosen.connect(lambda _member: page.window().activateWindow())

    def show_state(self, state: LiveState) -> None:
        """Show the current state."""
        self.setWindowTitle(plain.title(tr("Gespreksleider: {panel}", panel=title_for(state.panel))))
        begun, held = state.phase is not Phase.NOT_BEGUN, state.phase is Phase.HELD
        self.time.show_time(
            state.guide, state.timing, state.now, begun=begun, held=held, questions=state.questions_left
        )
        self.view.show_state(state)
        self.side.show_state(state)
        self._veils.set_on(state.discreet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        self.side.set_room(self.width(), moderating=True)
        self.side.setVisible(self.width() >= WITH_SIDE or self.side.playback.isAncestorOf(self.focusWidget() or self))

    def _go_to_summary(self) -> None:
        self.side.show()
        self.side.playback.go()

    def _leave_summary(self) -> None:
        self.view.setFocus()
        self._give_room()

    def hideEvent(self, event: QHideEvent) -> None:
        self.side.playback.leave()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # For a presenter remote, in either mode of the page.
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._page.go(+1 if event.key() == Qt.Key.Key_PageDown else -1)
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
