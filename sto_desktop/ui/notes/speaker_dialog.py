"""Who said the chosen notes: the members of the panel, narrowed while typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.language import counted, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Button, PrimaryButton, SearchField, TextLabel, row


class SpeakerDialog(QDialog):
    """`panelist` is the id of who is chosen, None for nobody."""

    def __init__(self, theme: Theme, members: Sequence[Panelist], count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._members = members
        title = counted(count, "Wie zei deze notitie?", "Wie zei deze {n} notities?")
        self.setWindowTitle(plain.title(title))
        self.resize(460, 460)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(TextLabel(theme, title, TextStyle.QUESTION))
        self.search = SearchField(theme, tr("Naam of stoel"))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        layout.addWidget(self.search)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Panelleden"))
        self.list.itemActivated.connect(lambda _line: self.accept())
        layout.addWidget(self.list, 1)
        keep = PrimaryButton(theme, tr("Kiezen"), hint="Enter", on_click=self.accept)
        layout.addLayout(row(None, Button(theme, tr("Annuleren"), hint="Esc", on_click=self.reject), keep))
        self._narrow("")
        self.search.setFocus()

    @property
    def panelist(self) -> str | None:
        """Who is chosen."""
        line = self.list.currentItem()
        found = line.data(Qt.ItemDataRole.UserRole) if line is not None else None
        return found if isinstance(found, str) else None

    def _narrow(self, typed: str) -> None:
        words = fold(typed)
        self.list.clear()
        for member in self._members:
            seat = str(member.seat or "")
            if words == seat or words in fold(f"{member.name} {member.organisation} {member.sector}"):
                line = QListWidgetItem("   ".join(part for part in (seat, member.name, member.sector) if part))
                line.setData(Qt.ItemDataRole.UserRole, member.id)
                self.list.addItem(line)
        if not words:
            self.list.addItem(QListWidgetItem(tr("Niemand: zonder spreker")))
        self.list.setCurrentRow(0)

    def accept(self) -> None:
        """Choose, where there is something to choose."""
        if self.list.currentItem() is not None:
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
        return super().eventFilter(watched, event)
