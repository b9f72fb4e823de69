"""Keeps windows on screens of their own: never over the user's work, at their previous place, hidden while their screen
is disconnected.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.conversation.room.screens import Screen, Screens, other_screen

LEAST_WIDTH, EDGE = 760, 24
"""Width of a window on the user's own screen if that is wide enough, and its distance from the edges, in px."""


class WindowPlace:
    """A window that belongs on a screen of its own, and where it is now.

    `screen` is None when no screen is available: the window is then small, or hidden if it is `waiting` for its
    previous screen. `full`: it fills a screen without a frame; otherwise it is as large as the screen.
    """

    def __init__(self, setting: str, *, full: bool, small: tuple[int, int]) -> None:
        """`setting` stores the screen; `small` is the window's size without one, in px."""
        self.setting = setting
        self.full = full
        self.small = small
        self.window: QWidget | None = None
        self.screen: Screen | None = None
        self.waiting = False

    @property
    def wanted(self) -> bool:
        """Whether the window is switched on."""
        return self.window is not None


class ScreenWindows(QObject):
    """The windows in order of priority: earlier ones choose their screen first.

    `lost` carries a `WindowPlace` whose screen was disconnected, `failed` a `StoError` of saving one.
    """

    lost = Signal(object)
    failed = Signal(object)

    def __init__(
        self, screens: Screens, own: QWidget, settings: SettingsStore, places: tuple[WindowPlace, ...]
    ) -> None:
        super().__init__(own)
        self._screens = screens
        self._own = own
        self._settings = settings
        self._places = places
        self._follows = False
        screens.changed.connect(self.arrange)

    def show(self, place: WindowPlace, window: QWidget) -> None:
        """Show a window at its place."""
        place.window, place.waiting = window, False
        handle = self._own.window().windowHandle()
        if handle is not None and not self._follows:
            # The user may have dragged the main window to the screen of another window.
            handle.screenChanged.connect(self.arrange)
            self._follows = True
        self.arrange()

    def take_away(self, place: WindowPlace) -> None:
        """Hide a window and give up its place."""
        if place.window is not None:
            place.window.hide()
        place.window = place.screen = None
        place.waiting = False
        self.arrange()

    def arrange(self) -> None:
        """Put every window where it belongs."""
        # The user's own screen is never available.
        own = self._screens.of(self._own)
        taken = [own] if own is not None else []
        all_screens = self._screens.all()
        for place in self._places:
            if place.window is None:
                continue
            screen_id = getattr(self._settings.current, place.setting)
            screen = other_screen(all_screens, taken, screen_id)
            if screen is None:
                connected = place.screen is not None and place.screen.id in {candidate.id for candidate in all_screens}
                self._without(place, place.window, own, pulled_out=not connected)
                continue
            if screen != place.screen or not place.window.isVisible():
                # A window that fills a screen can't be moved to another one.
                place.window.setWindowState(Qt.WindowState.WindowNoState)
                self._screens.put(place.window, screen, full=place.full)
                place.screen = screen
                self._remember(place.setting, screen.id)
            place.waiting = False
            taken.append(screen)

    def _without(self, place: WindowPlace, window: QWidget, own: Screen | None, *, pulled_out: bool) -> None:
        """Show a window small on the user's own screen; hide it if its screen was disconnected."""
        before, place.screen = place.screen, None
        if before is not None and pulled_out:
            # A window that appears over the user's work would be visible to the panel.
            place.waiting = True
            window.hide()
            self.lost.emit(place)
        if place.waiting or (window.isVisible() and before is None):
            return
        window.setWindowState(Qt.WindowState.WindowNoState)
        if own is not None:
            width, height = place.small
            # Half of the screen, but not so small that parts of the window don't fit.
            width = min(width, max(own.rect.width() // 2, min(LEAST_WIDTH, own.rect.width() - 2 * EDGE)))
            height = min(height, own.rect.height() // 2)
            window.setGeometry(QRect(own.rect.right() - width - EDGE, own.rect.top() + 48, width, height))
        window.show()

    def _remember(self, setting: str, screen: str) -> None:
        if getattr(self._settings.current, setting) == screen:
            return
        attempt(self.failed.emit, self._settings.change, **{setting: screen})
