"""Screens for tests: a laptop on which the user works, and others that come and go."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from sto_desktop.ui.conversation.room.screens import Screen, Screens

LAPTOP = Screen("laptop", QRect(0, 0, 1366, 768), primary=True)
BEAMER = Screen("beamer", QRect(1366, 0, 1920, 1080))
WALL = Screen("wall", QRect(-1920, 0, 1920, 1080))


class Desktop(Screens):
    """Screens that a test connects and disconnects; the user works on the laptop."""

    def __init__(self, *connected: Screen) -> None:
        self.mirroring = False
        super().__init__(lambda: self.mirroring)
        self.connected = list(connected)

    def all(self) -> list[Screen]:
        return list(self.connected)

    def of(self, widget: QWidget) -> Screen | None:
        return LAPTOP

    def plug(self, screen: Screen) -> None:
        """Connect a screen."""
        self.connected.append(screen)
        self.changed.emit()

    def pull(self, screen: Screen) -> None:
        """Take a screen away."""
        self.connected.remove(screen)
        self.changed.emit()
