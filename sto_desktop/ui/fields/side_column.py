"""A scrolling column whose cards keep their width when the scroll bar appears: the bar uses the margin."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sto_desktop.ui.look.roles import Space
from sto_desktop.ui.widgets import ScrollColumn


class SideColumn(ScrollColumn):
    """Put widgets in `body`, as in any `ScrollColumn`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, most: self._make_room(most > 0))
        self._make_room(False)

    def _make_room(self, scrolls: bool) -> None:
        right = max(0, Space.L - self.verticalScrollBar().sizeHint().width()) if scrolls else Space.L
        self.body.setContentsMargins(Space.L, Space.L, right, Space.L)
