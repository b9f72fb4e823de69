"""Messages that the user must see: across the window, above every stage, until they are closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Banner, Tone


class Notices(QWidget):
    """The messages in one column, the newest last; it takes no space when empty."""

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._banners: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def tell(self, text: str, *, tone: Tone, action: str = "", on_action: Callable[[], object] | None = None) -> None:
        """Show a message, optionally with a button labelled `action`, which also closes it."""
        self.forget(text)

        def act() -> None:
            self.forget(text)
            if on_action is not None:
                on_action()

        banner = Banner(self._theme, text, tone=tone, action=action, on_action=act)
        banner.closed.connect(lambda: self.forget(text))
        self._banners[text] = banner
        self._column.addWidget(banner)
        # Otherwise Qt shows it one event-loop turn later.
        banner.show()

    def forget(self, text: str) -> None:
        """Remove a message that was read or is no longer true; do nothing if it is not shown."""
        banner = self._banners.pop(text, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()

    def clear(self) -> None:
        """Remove all messages: they concerned a dossier that is now closed."""
        for text in tuple(self._banners):
            self.forget(text)
