"""The screens of this computer: which there are, when one comes or goes, and whether two show the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from sto_desktop.ui.conversation.room.mirror import duplicated_by_system, overlap

LOOK_EVERY_MS = 5000
"""Windows does not say when a beamer begins to mirror: it is asked so often, while somebody wants to know."""


@dataclass(frozen=True)
class Screen:
    """A screen: `id` is what is remembered of it, `rect` where it is, in px."""

    id: str
    rect: QRect
    primary: bool = False


class Screens(QObject):
    """The screens that are connected now.

    `changed`: one came, went or moved. `mirror_changed`: two began to show the same (True), or ended it (False);
    only while it is watched.
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
        if self._timer.isActive():
            self.look()

    # Which there are

    def all(self) -> list[Screen]:
        """Return the screens, the primary one first."""
        primary = QGuiApplication.primaryScreen()
        found = [_screen_of(screen, primary=screen is primary) for screen in QGuiApplication.screens()]
        return sorted(found, key=lambda one: (not one.primary, one.rect.x(), one.rect.y()))

    def of(self, widget: QWidget) -> Screen | None:
        """Return the screen on which a window is."""
        screen = widget.window().screen()
        return _screen_of(screen, primary=screen is QGuiApplication.primaryScreen()) if screen is not None else None

    def put(self, window: QWidget, screen: Screen, *, full: bool) -> None:
        """Let a window fill a screen, without giving it the keyboard; `full`: without its frame."""
        found = next((one for one in QGuiApplication.screens() if _id_of(one) == screen.id), None)
        if found is not None:
            window.setScreen(found)
        window.setGeometry(screen.rect)
        # Not `showFullScreen`, which would take the keyboard along.
        window.setWindowState(Qt.WindowState.WindowFullScreen if full else Qt.WindowState.WindowMaximized)
        window.show()

    # Mirroring

    def watch_mirror(self, watched: bool) -> None:
        """Look now and then whether two screens show the same, or stop looking."""
        if watched and not self._timer.isActive():
            self._timer.start()
            self.look()
        elif not watched:
            self._timer.stop()

    @property
    def mirrored(self) -> bool:
        """Whether two screens showed the same when they were looked at last."""
        return self._mirrored

    def look(self) -> None:
        """Look now whether two screens show the same."""
        places = [one.rect.getRect() for one in self.all()]
        mirrored = overlap(places) or self._duplicated()  # type: ignore[arg-type]
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self.mirror_changed.emit(mirrored)


def _id_of(screen: QScreen) -> str:
    return "|".join((screen.manufacturer(), screen.model(), screen.serialNumber(), screen.name()))


def _screen_of(screen: QScreen, *, primary: bool) -> Screen:
    return Screen(_id_of(screen), screen.geometry(), primary)


def other_screen(screens: Iterable[Screen], taken: Collection[Screen], wanted: str) -> Screen | None:
    """Return a screen for what must lie over nothing else: the one remembered, or the first other; None without.

    Args:
        taken: where one works, or something else is shown already: nothing is put there, nor over it.
        wanted: id of the screen that was used before.
    """
    others = [
        one for one in screens if not any(one.id == other.id or one.rect.intersects(other.rect) for other in taken)
    ]
    return next((one for one in others if one.id == wanted), others[0] if others else None)
