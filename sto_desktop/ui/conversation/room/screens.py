"""The screens of this computer: which exist, when one is added or removed, and whether two are mirrored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from sto_desktop.ui.conversation.room.mirror import duplicated_by_system, overlap

LOOK_EVERY_MS = 5000
"""Windows does not report when mirroring starts, so it is polled at this interval while it matters."""


@dataclass(frozen=True)
class Screen:
    """A screen: `id` identifies it in the settings, `rect` is its position, in px."""

    id: str
    rect: QRect
    primary: bool = False


class Screens(QObject):
    """The connected screens.

    `changed`: one was added, removed or moved. `mirror_changed`: mirroring started (True) or ended (False); only while
    it is watched.
    """

    changed = Signal()
    mirror_changed = Signal(bool)

    def __init__(self, duplicated: Callable[[], bool] = duplicated_by_system, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._duplicated = duplicated
        self._mirrored = False
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._follow)
        app.screenAdded.connect(self._tell)
        app.screenRemoved.connect(self._tell)
        app.primaryScreenChanged.connect(self._tell)
        for screen in app.screens():
            self._follow(screen)

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._tell)

    def _tell(self, *_: object) -> None:
        self.changed.emit()
        # A new or moved screen may be a mirror: check without waiting for the timer.
        if self._timer.isActive():
            self.look()

    # Connected screens

    def all(self) -> list[Screen]:
        """Return the screens, the primary one first."""
        primary = QGuiApplication.primaryScreen()
        screens = [_screen_of(screen, primary=screen is primary) for screen in QGuiApplication.screens()]
        return sorted(screens, key=lambda screen: (not screen.primary, screen.rect.x(), screen.rect.y()))

    def of(self, widget: QWidget) -> Screen | None:
        """Return the screen on which a window is."""
        screen = widget.window().screen()
        return _screen_of(screen, primary=screen is QGuiApplication.primaryScreen()) if screen is not None else None

    def put(self, window: QWidget, screen: Screen, *, full: bool) -> None:
        """Let a window fill a screen, without activating it; `full`: without its frame."""
        target = next((candidate for candidate in QGuiApplication.screens() if _id_of(candidate) == screen.id), None)
        if target is not None:
            window.setScreen(target)
        window.setGeometry(screen.rect)
        # Not `showFullScreen`, which would activate the window.
        window.setWindowState(Qt.WindowState.WindowFullScreen if full else Qt.WindowState.WindowMaximized)
        window.show()

    # Mirroring

    def watch_mirror(self, watched: bool) -> None:
        """Poll regularly whether two screens are mirrored, or stop polling."""
        if watched and not self._timer.isActive():
            self._timer.start()
            self.look()
        elif not watched:
            self._timer.stop()

    @property
    def mirrored(self) -> bool:
        """Whether two screens were mirrored at the last check."""
        return self._mirrored

    def look(self) -> None:
        """Check now whether two screens are mirrored."""
        places = [screen.rect.getRect() for screen in self.all()]
        mirrored = overlap(places) or self._duplicated()  # type: ignore[arg-type]
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self.mirror_changed.emit(mirrored)


def _id_of(screen: QScreen) -> str:
    # Qt has no permanent id for screens. Two of one model without serial number differ only in the name of their
    # connector.
    return "|".join((screen.manufacturer(), screen.model(), screen.serialNumber(), screen.name()))


def _screen_of(screen: QScreen, *, primary: bool) -> Screen:
    return Screen(_id_of(screen), screen.geometry(), primary)


def other_screen(screens: Iterable[Screen], taken: Collection[Screen], wanted: str) -> Screen | None:
    """Return a screen for a window that must cover nothing: the previous one, or else the first that is free; None if
    there is none.

    Args:
        taken: screens where the user works or another window is: no window is placed there, nor on a screen that
            mirrors one of them.
        wanted: id of the previous screen.
    """
    free = [
        screen
        for screen in screens
        if not any(screen.id == used.id or screen.rect.intersects(used.rect) for used in taken)
    ]
    return next((screen for screen in free if screen.id == wanted), free[0] if free else None)
