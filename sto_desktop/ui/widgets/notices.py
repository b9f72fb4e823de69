"""The messages of the window or of a stage, in a strip of their own, so that they cover nothing on the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sto_desktop.language import counted
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.messages import Banner, Tone
from sto_desktop.ui.widgets.text import TextLabel

PASSING_MS = 8000
LEAST = 2
"""At least this number of messages is shown at a time."""
EACH = 150
"""One message is shown for each of so many px of the window's height, so that the rest of the window stays visible."""


class Notices(QWidget):
    """The messages in one column, the newest last; it takes no space when empty.

    A message with a `topic` waits for an answer: it stays until its button or its cross is pressed, and a newer one on
    the same topic replaces it. An error (`Tone.LATE`) stays too. Any other message is shown for eight seconds, or
    longer while the pointer or the focus is on it, and disappears when there is a newer message.

    With a `home`, the messages are those of a stage: one at a time, besides those with a topic. It stays, also when its
    button is pressed, until its cross is pressed, the stage has another message, or the user leaves the stage. `home`
    takes over the focus that a message had.

    In a low window only the newest are shown, with the number of the others; each message that disappears makes room
    for an older one.
    """

    def __init__(self, theme: Appearance, home: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._home = home
        self._banners: dict[str, Banner] = {}
        """By topic, or else by text; the newest last."""
        self._asking: set[str] = set()
        self._passing = ""
        self._more = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self._more.setContentsMargins(Space.M, 0, 0, 0)
        self._watched: QWidget | None = None
        self._timer = QTimer(self, interval=PASSING_MS, singleShot=True)
        self._timer.timeout.connect(self._pass_unless_used)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._more)
        self._more.hide()
        self.hide()

    def tell(
        self,
        text: str,
        *,
        tone: Tone = Tone.INFO,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        topic: str = "",
        closable: bool = True,
    ) -> None:
        """Show a message, optionally with a cross (`closable`) and a button labelled `action`, which also closes it."""
        key = topic or text
        self.forget(key)
        self.leave()
        if not (topic or self._home or tone is Tone.LATE):
            self._passing = key
            self._timer.start()

        def act() -> None:
            if self._home is None or topic:
                self.forget(key)
            if on_action is not None:
                on_action()

        banner = Banner(self._theme, text, tone=tone, action=action, on_action=act, closable=closable)
        banner.closed.connect(partial(self.forget, key))
        self._banners[key] = banner
        if topic:
            self._asking.add(key)
        self._column.addWidget(banner)
        # Otherwise Qt shows it one turn of the event loop later.
        banner.show()
        self.show()
        self._show_newest()

    def forget(self, key: str) -> None:
        """Remove the message with this topic or text, because it was read or is no longer true; do nothing if it is not
        shown.
        """
        banner = self._banners.pop(key, None)
        self._asking.discard(key)
        if key == self._passing:
            self._passing = ""
            self._timer.stop()
        if banner is not None:
            if self._home is not None and banner.isAncestorOf(self.window().focusWidget() or self):
                self._home()
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
            self.setVisible(bool(self._banners))
            self._show_newest()

    def leave(self) -> None:
        """Remove what needs no answer: the message that disappears by itself; in a stage, all messages
        without a topic.
        """
        to_remove = (self._passing,) if self._home is None else tuple(self._banners.keys() - self._asking)
        for key in to_remove:
            self.forget(key)

    def _show_newest(self) -> None:
        most = max(LEAST, self.window().height() // EACH)
        older, newest = [*self._banners.values()][:-most], [*self._banners.values()][-most:]
        for banner in (*older, *newest):
            banner.setVisible(banner in newest)
        self._more.setText(counted(len(older), "en nog {n} bericht", "en nog {n} berichten") if older else "")
        self._more.setVisible(bool(older))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._watched is not self.window():
            self._watched = self.window()
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._watched and self._banners:
            self._show_newest()
        return False

    def clear(self) -> None:
        """Remove all messages, because their subject is closed or done."""
        for key in tuple(self._banners):
            self.forget(key)

    def _pass_unless_used(self) -> None:
        focus = QApplication.focusWidget()
        banner = self._banners[self._passing]
        if banner.underMouse() or (focus is not None and banner.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.leave()
