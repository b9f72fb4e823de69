"""Choosing people of earlier panels for this one: narrowed while typing, several at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sto_desktop.domain.dutch import capital
from sto_desktop.domain.panel.address_book import TAKEN_OVER, Contact
from sto_desktop.domain.people import fold
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Button, PrimaryButton, SearchField, TextLabel, row

_SHOWN = ("role", "organisation", "sector")
"""Fields by which people know somebody again."""


class AddressDialog(QDialog):
    """A list with boxes; arrow keys walk it while one types, space ticks, Enter takes who is ticked (or current)."""

    def __init__(self, theme: Theme, contacts: Sequence[Contact], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contacts = tuple(contacts)
        self.setWindowTitle(tr("Adresboek"))
        self.resize(640, 480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        layout.setSpacing(Space.S)
        layout.addWidget(TextLabel(theme, tr("Panelleden van andere panels"), TextStyle.TITLE))
        what = capital(listed([tr(field.label) for field in TAKEN_OVER if field.heading]))
        said = tr("{what} gaan mee. Toestemming vraagt u opnieuw.", what=what)
        layout.addWidget(TextLabel(theme, said, TextStyle.BODY, Role.MUTED))
        self.search = SearchField(theme, tr("Naam of organisatie"))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        layout.addWidget(self.search)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Bekende panelleden"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for contact in self._contacts:
            about = ", ".join(part for name in _SHOWN if (part := contact.values[name]))
            item = QListWidgetItem(
                " · ".join(part for part in (contact.name, about, ", ".join(contact.panels)) if part)
            )
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(lambda _item: self._show_count())
        self.list.itemDoubleClicked.connect(lambda _item: self.accept())
        layout.addWidget(self.list, 1)
        self.take = PrimaryButton(theme, tr("Toevoegen"), hint="Enter", on_click=self.accept)
        layout.addLayout(row(None, Button(theme, tr("Annuleren"), hint="Esc", on_click=self.reject), self.take))
        self._narrow("")
        self.search.setFocus()

    def chosen(self) -> list[Contact]:
        """Return who is ticked; without a tick, who is current."""
        items = [(contact, self.list.item(number)) for number, contact in enumerate(self._contacts)]
        ticked = [contact for contact, item in items if item.checkState() == Qt.CheckState.Checked]
        current = self.list.currentRow()
        if ticked or current < 0 or self.list.item(current).isHidden():
            return ticked
        return [self._contacts[current]]

    def _narrow(self, text: str) -> None:
        wanted = fold(text).split()
        first = -1
        for number in range(self.list.count()):
            item = self.list.item(number)
            item.setHidden(not all(word in fold(item.text()) for word in wanted))
            if first < 0 and not item.isHidden():
                first = number
        self.list.setCurrentRow(first)
        self._show_count()

    def _show_count(self) -> None:
        count = len(self.chosen())
        self.take.setEnabled(bool(count))
        self.take.setText(counted(count, "Toevoegen", "{n} toevoegen") if count else tr("Toevoegen"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.take.isEnabled():
                self.accept()
                return True
        return super().eventFilter(watched, event)
