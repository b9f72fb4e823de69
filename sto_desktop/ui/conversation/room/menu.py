"""The menu button in the head of Gesprek for other screens: which windows are open, what the room sees."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from sto_desktop.language import tr, tr_later
from sto_desktop.ui.base import keys
from sto_desktop.ui.conversation.room.control import RoomControl
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import IconButton

SHOWS = {
    "room_time": tr_later("Tijd"),
    "room_summary": tr_later("Laatste samenvatting"),
    "room_notes": tr_later("Laatste notities"),
    "room_names": tr_later("Voornamen bij de notities"),
}
"""What the room can see beside theme and question, by setting; source texts: pass through `tr`."""


class RoomButton(IconButton):
    """Opens the menu; highlighted while the room sees something."""

    def __init__(
        self,
        theme: Appearance,
        control: RoomControl,
        practise_action: QAction | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`practise_action`: the main window's action that starts Oefenen."""
        super().__init__(
            theme,
            "screen",
            tr("Schermen, Discreet en Oefenen"),
            hint=keys.hint("room"),
            command="room_menu",
            parent=parent,
        )
        self._control = control
        self.setCheckable(True)
        self.menu = QMenu(self)
        self.menu.setAccessibleName(tr("Schermen, Discreet en Oefenen"))
        for action in control.actions.values():
            self.menu.addAction(action)
        self.menu.addSeparator()
        # The Fusion style does not draw the texts of menu sections.
        heading = self.menu.addAction(tr("Op het scherm voor de zaal, naast thema en vraag:"))
        heading.setObjectName("room_menu")
        heading.setEnabled(False)
        self.shows: dict[str, QAction] = {}
        for name, label in SHOWS.items():
            action = QAction(tr(label), self.menu)
            action.setObjectName(name)
            action.setCheckable(True)
            action.toggled.connect(partial(self._set, name))
            self.menu.addAction(action)
            self.shows[name] = action
        if practise_action is not None:
            self.menu.addSeparator()
            self.menu.addAction(practise_action)
        self.clicked.connect(self._open)
        control.shown_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the current state."""
        self.setChecked(self._control.room_shown)
        for name, action in self.shows.items():
            # Showing a setting must not save it.
            blocked = action.blockSignals(True)
            action.setChecked(self._control.sees(name))
            action.blockSignals(blocked)
        # Names are shown only together with notes.
        self.shows["room_names"].setEnabled(self._control.sees("room_notes"))

    def _open(self) -> None:
        self.refresh()
        width = self.menu.sizeHint().width()
        self.menu.popup(self.mapToGlobal(QPoint(self.width() - width, self.height() + 2)))

    def _set(self, name: str, on: bool) -> None:
        self._control.set_shows(**{name: on})
        self.refresh()
