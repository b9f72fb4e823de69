"""The messages of the window or of a stage: a strip of their own, so that none covers what is on the screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.messages import Banner, Tone

PASSING_MS = 8000


class Notices(QWidget):
    """The messages in one column, the newest last; it takes no space when empty.

    A message with a `topic` waits for an answer: it stays until its button or its cross is pressed, and a newer one on
    the same topic takes its place. An error (`Tone.LATE`) stays too. Any other is shown for eight seconds, or longer
    while the pointer or the focus is on it, and goes when there is something newer to say.

    With a `home`, those of a stage: one message at a time, which stays, also when its button is pressed, until its
    cross is pressed or the stage has another or clears it. `home` takes over the focus that such a message had.
    """

    def __init__(self, theme: Appearance, home: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._home = home
        self._banners: dict[str, Banner] = {}
        """By topic, or else by text; the newest last."""
        self._passing = ""
        self._timer = QTimer(self, interval=PASSING_MS, singleShot=True)
        self._timer.timeout.connect(self._pass_unless_used)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
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
        if self._home is not None:
            self.clear()
        key = topic or text
        self.forget(key)
        self.leave()
        if not (topic or self._home or tone is Tone.LATE):
            self._passing = key
            self._timer.start()

        def act() -> None:
            if self._home is None:
                self.forget(key)
            if on_action is not None:
                on_action()

        banner = Banner(self._theme, text, tone=tone, action=action, on_action=act, closable=closable)
        banner.closed.connect(lambda: self.forget(key))
        self._banners[key] = banner
        self._column.addWidget(banner)
        # Otherwise Qt shows it one event-loop turn later.
        banner.show()
        self.show()

    def forget(self, key: str) -> None:
        """Remove the message with this topic or text, which was read or is no longer true; do nothing if it is not
        shown."""
        banner = self._banners.pop(key, None)
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

    def leave(self) -> None:
        """Remove the message that disappears by itself: the screen that it was about was left."""
        self.forget(self._passing)

    def clear(self) -> None:
        """Remove all messages: what they concerned is closed or done."""
        for key in tuple(self._banners):
            self.forget(key)

    def _pass_unless_used(self) -> None:
        focus = QApplication.focusWidget()
        banner = self._banners[self._passing]
        if banner.underMouse() or (focus is not None and banner.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.leave()
