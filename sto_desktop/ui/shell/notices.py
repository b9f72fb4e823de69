"""What a person must have seen: messages across the window, above every stage, that stay until they are closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Banner, Tone


class Notices(QWidget):
    """The messages in one column, the newest last; without any it takes no room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._banners: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def tell(self, text: str, *, tone: Tone, action: str = "", on_action: Callable[[], object] | None = None) -> None:
        """Show a message, with perhaps a button named `action`, which closes it too."""
        self.forget(text)

        def act() -> None:
            self.forget(text)
            if on_action is not None:
                on_action()

        banner = Banner(self._theme, text, tone=tone, action=action, on_action=act)
        banner.closed.connect(lambda: self.forget(text))
        self._banners[text] = banner
        self._column.addWidget(banner)
        # Else Qt shows it a turn later.
        banner.show()

    def forget(self, text: str) -> None:
        """Take a message away that was seen, or is no longer true; nothing where it is not there."""
        banner = self._banners.pop(text, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()

    def clear(self) -> None:
        """Take all away: they were of a dossier that is closed."""
        for text in tuple(self._banners):
            self.forget(text)
