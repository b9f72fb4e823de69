"""Mouse buttons for the note under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.language import tr
from sto_desktop.ui.base.keys import hint
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import IconButton


class RowTools(QWidget):
    """Star, park and delete, shown over the end of a row. Each signal carries the id of the note."""

    star_asked = Signal(str)
    park_asked = Signal(str)
    delete_asked = Signal(str)

    def __init__(self, theme: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._note: str | None = None
        self._star = IconButton(
            theme, "star", tr("Ster"), command="star_note", on_click=lambda: self._ask(self.star_asked)
        )
        self._park = IconButton(
            theme, "parked", tr("Parkeren"), command="park_note", on_click=lambda: self._ask(self.park_asked)
        )
        self._delete = IconButton(
            theme,
            "trash",
            tr("Verwijderen"),
            hint="Delete",
            command="delete_note",
            on_click=lambda: self._ask(self.delete_asked),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 2, 0)
        layout.setSpacing(0)
        for button in (self._star, self._park, self._delete):
            # The keyboard has shortcuts for these, so clicking leaves the focus where it is.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(button)
        self.hide()

    def point_at(self, note: NoteContent, row: QRect) -> None:
        """Show the buttons at the end of a note's row."""
        self._note = note.id
        self._star.set_icon("star-filled" if note.note.star else "star")
        self._star.set_name(tr("Ster weghalen") if note.note.star else tr("Ster zetten"), hint("star_note"))
        self._park.set_name(tr("Van de parkeerplaats halen") if note.note.parked else tr("Parkeren"), hint("park_note"))
        size = self.sizeHint()
        self.setGeometry(row.right() - size.width() - 1, row.top() + 2, size.width(), min(size.height(), 32))
        self.show()

    def _ask(self, asked: SignalInstance) -> None:
        if self._note is not None:
            asked.emit(self._note)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color(ColourRole.SURFACE))
