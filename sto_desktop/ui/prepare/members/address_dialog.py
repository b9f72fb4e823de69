"""Adding people of earlier panels to this one: narrowed by typing, several at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from sto_desktop.domain.dutch import capital
from sto_desktop.domain.panel.address_book import TAKEN_OVER, Contact
from sto_desktop.domain.people import fold
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Picker, PrimaryButton

_SHOWN = ("role", "organisation", "sector")
"""Fields by which a person can be recognised."""


class AddressDialog(Picker):
    """A list with checkboxes; arrow keys move in it during typing, space ticks, Enter takes the ticked (or current)
    people."""

    def __init__(self, theme: Appearance, contacts: Sequence[Contact], parent: QWidget | None = None) -> None:
        taken_over = capital(listed([tr(field.label) for field in TAKEN_OVER if field.heading]))
        super().__init__(
            theme,
            tr("Adresboek"),
            parent,
            search=tr("Naam of organisatie"),
            lines=tr("Bekende panelleden"),
            about=tr("{what} gaan mee. Toestemming vraagt u opnieuw.", what=taken_over),
            heading=tr("Panelleden van andere panels"),
        )
        self._contacts = tuple(contacts)
        self.resize(640, 480)
        for contact in self._contacts:
            about = ", ".join(part for name in _SHOWN if (part := contact.values[name]))
            line = QListWidgetItem(
                " · ".join(part for part in (contact.name, about, ", ".join(contact.panels)) if part)
            )
            line.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(line)
        self.list.itemChanged.connect(self._show_count)
        self.list.itemDoubleClicked.connect(self.accept)
        self.take = PrimaryButton(theme, tr("Toevoegen"), hint="Enter", on_click=self.accept)
        self.add_buttons(self.take)
        self.narrow("")

    def chosen(self) -> list[Contact]:
        """Return the ticked people; without any, the current one."""
        lines = [(contact, self.list.item(number)) for number, contact in enumerate(self._contacts)]
        ticked = [contact for contact, line in lines if line.checkState() == Qt.CheckState.Checked]
        current = self.list.currentRow()
        if ticked or current < 0 or self.list.item(current).isHidden():
            return ticked
        return [self._contacts[current]]

    def narrow(self, typed: str) -> None:
        """Hide people who do not match; ticks are kept."""
        wanted = fold(typed).split()
        first = -1
        for number in range(self.list.count()):
            entry = self.list.item(number)
            entry.setHidden(not all(word in fold(entry.text()) for word in wanted))
            if first < 0 and not entry.isHidden():
                first = number
        self.list.setCurrentRow(first)
        self._show_count()

    def _show_count(self) -> None:
        count = len(self.chosen())
        self.take.setEnabled(bool(count))
        self.take.setText(counted(count, "Toevoegen", "{n} toevoegen") if count else tr("Toevoegen"))
