"""Keeps windows on screens of their own: never over what one works on, found again, hidden while a screen is away."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.conversation.room.screens import Screen, Screens, other_screen


class Place:
    """A window that belongs on a screen of its own, and where it is now.

    `screen` is None as long as there is no screen for it. Then it is a small window, or hidden where it is `waiting`
    for the screen that it was on. `full`: it fills a screen, without a frame; else it is as large as the screen.
    """

    def __init__(self, setting: str, *, full: bool, small: tuple[int, int]) -> None:
        """`setting` remembers the screen; `small` is the window's size without one, in px."""
        self.setting = setting
        self.full = full
        self.small = small
        self.window: QWidget | None = None
        self.screen: Screen | None = None
        self.waiting = False

    @property
    def wanted(self) -> bool:
        """Whether the window is asked for."""
        return self.window is not None


class Places(QObject):
    """The windows in order: who comes first has the first say about a screen.

    `lost` carries a `Place` whose screen was pulled out, `failed` a `StoError` of remembering one.
    """

    lost = Signal(object)
    failed = Signal(object)

    def __init__(self, screens: Screens, own: QWidget, settings: SettingsStore, places: tuple[Place, ...]) -> None:
        super().__init__(own)
        self._screens = screens
        self._own = own
        self._settings = settings
        self._places = places
        self._follows = False
        screens.changed.connect(self.arrange)

    def show(self, place: Place, window: QWidget) -> None:
        """Show a window at its place."""
        place.window, place.waiting = window, False
        handle = self._own.window().windowHandle()
        if handle is not None and not self._follows:
            # The window that one works in may be dragged to the screen where another is.
            handle.screenChanged.connect(self.arrange)
            self._follows = True
        self.arrange()

    def take_away(self, place: Place) -> None:
        """Take a window off its place."""
        if place.window is not None:
            place.window.hide()
        place.window = place.screen = None
        place.waiting = False
        self.arrange()

    def arrange(self) -> None:
        """Put every window where it belongs."""
        own = self._screens.of(self._own)
        taken = [own] if own is not None else []
        all_screens = self._screens.all()
        for place in self._places:
            if place.window is None:
                continue
            wanted = getattr(self._settings.current, place.setting)
            found = other_screen(all_screens, taken, wanted)
            if found is None:
                connected = place.screen is not None and place.screen.id in {one.id for one in all_screens}
                self._without(place, place.window, own, pulled_out=not connected)
                continue
            if found != place.screen or not place.window.isVisible():
                place.window.setWindowState(Qt.WindowState.WindowNoState)
                self._screens.put(place.window, found, full=place.full)
                place.screen = found
                self._remember(place.setting, found.id)
            place.waiting = False
            taken.append(found)

    def _without(self, place: Place, window: QWidget, own: Screen | None, *, pulled_out: bool) -> None:
        """Show a window small on one's own screen; hide it where its screen was pulled out."""
        before, place.screen = place.screen, None
        if before is not None and pulled_out:
            # What comes up by itself over one's work, in front of twelve people, is a shock.
            place.waiting = True
            window.hide()
            self.lost.emit(place)
        if place.waiting or (window.isVisible() and before is None):
            return
        window.setWindowState(Qt.WindowState.WindowNoState)
        if own is not None:
            width, height = place.small
            width, height = min(width, own.rect.width() // 2), min(height, own.rect.height() // 2)
            window.setGeometry(QRect(own.rect.right() - width - 24, own.rect.top() + 48, width, height))
        window.show()

    def _remember(self, setting: str, screen: str) -> None:
        if getattr(self._settings.current, setting) == screen:
            return
        attempt(self.failed.emit, self._settings.change, **{setting: screen})
