"""A search field above a list: typing filters the list while the arrow keys move through it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QWidget

from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.dialog import Dialog
from sto_desktop.ui.widgets.fields import SearchField

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
PAGES = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class ListKeys(QObject):
    """Passes the keys that move through a list from the focused field to that list.

    Unselectable rows, such as headings, are skipped; the selection wraps around at the end.
    """

    def __init__(self, field: QLineEdit, lines: QListWidget) -> None:
        super().__init__(field)
        self._lines = lines
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in STEPS:
                self._step(STEPS[Qt.Key(event.key())])
                return True
            # The list itself knows how many rows a page has.
            if event.key() in PAGES:
                QApplication.sendEvent(self._lines, event)
                return True
        return False

    def _step(self, direction: int) -> None:
        lines = self._lines
        at, count = lines.currentRow(), lines.count()
        if at < 0 and direction < 0:
            at = 0
        for _ in range(count):
            at = (at + direction) % count
            if lines.item(at).flags() & Qt.ItemFlag.ItemIsEnabled and not lines.item(at).isHidden():
                lines.setCurrentRow(at)
                # Scroll the heading above the first row into view too.
                lines.scrollToItem(lines.item(at - 1 if at == 1 else at))
                return


class Picker(Dialog):
    """Picks from `list`, which `narrow` fills. The button with the hint "Enter" accepts the selection."""

    def __init__(
        self,
        theme: Appearance,
        title: str,
        parent: QWidget | None = None,
        *,
        search: str,
        lines: str,
        about: str = "",
        heading: str | None = None,
    ) -> None:
        """`search` is the field's placeholder; `lines` names the list's content for screen readers."""
        super().__init__(theme, title, about, parent, heading=heading)
        self.search = SearchField(theme, search)
        self.search.textChanged.connect(self.narrow)
        self.list = QListWidget()
        self.list.setAccessibleName(lines)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ListKeys(self.search, self.list)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.search.setFocus()

    def narrow(self, typed: str) -> None:
        """Show the rows that match `typed`."""
        raise NotImplementedError
