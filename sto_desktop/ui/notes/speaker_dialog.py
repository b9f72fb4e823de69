"""The dialog to set the speaker of the selected notes: members of the panel, narrowed by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Picker, PrimaryButton


class SpeakerDialog(Picker):
    """The dialog; `panelist` is the id of the selected member, None for nobody."""

    def __init__(
        self, theme: Appearance, members: Sequence[Panelist], count: int, parent: QWidget | None = None
    ) -> None:
        title = counted(count, "Wie zei deze notitie?", "Wie zei deze {n} notities?")
        super().__init__(theme, title, parent, search=tr("Naam of stoel"), lines=tr("Panelleden"))
        self._members = members
        self.resize(460, 460)
        self.list.itemDoubleClicked.connect(self.accept)
        self.add_buttons(PrimaryButton(theme, tr("Kiezen"), hint="Enter", on_click=self.accept))
        self.narrow("")

    @property
    def panelist(self) -> str | None:
        """The id of the selected member."""
        line = self.list.currentItem()
        panelist = line.data(Qt.ItemDataRole.UserRole) if line is not None else None
        return panelist if isinstance(panelist, str) else None

    def narrow(self, typed: str) -> None:
        """Show the members with this name or seat."""
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
        """Accept, if a member is selected."""
        if self.list.currentItem() is not None:
            super().accept()
