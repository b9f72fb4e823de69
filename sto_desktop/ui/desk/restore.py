"""The choice of a backup: when each was made and what for, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sto_desktop.domain.dutch import clock, day_and_date
from sto_desktop.language import tr, tr_later
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Button, PrimaryButton, TextLabel, row

if TYPE_CHECKING:
    from sto_desktop.storage.whole_file.backup import Backup


MADE_FOR = {
    "samenvoegen": tr_later("vóór het samenvoegen"),
    "bijwerken": tr_later("vóór het omzetten"),
    "opgeruimd": tr_later("opgeruimde kopie"),
}
"""By `Backup.reason`; what is made every hour needs no word. Source texts: pass through `tr`."""


class RestoreDialog(QDialog):
    """Enter opens the chosen backup as a dossier of its own; the one that is open stays as it is."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, backups: Sequence[Backup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Reservekopie openen"))
        self.setMinimumSize(460, 360)
        self._backups = backups
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(TextLabel(theme, tr("Reservekopie openen"), TextStyle.QUESTION))
        said = (
            tr("De kopie wordt een eigen dossier, naast dit dossier. Er wordt niets vervangen.")
            if backups
            else tr("Van dit dossier is nog geen reservekopie. Tijdens het werk maakt het programma er elk uur een.")
        )
        layout.addWidget(TextLabel(theme, said, TextStyle.BODY, Role.MUTED))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Reservekopieën"))
        for backup in backups:
            made_for = f" · {tr(MADE_FOR[backup.reason])}" if backup.reason in MADE_FOR else ""
            self.list.addItem(QListWidgetItem(f"{day_and_date(backup.made)}, {clock(backup.made)}{made_for}"))
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self._choose())
        layout.addWidget(self.list, 1)
        take = PrimaryButton(theme, tr("Openen"), hint="Enter", on_click=self._choose)
        take.setEnabled(bool(backups))
        layout.addLayout(row(None, Button(theme, tr("Annuleren"), hint="Esc", on_click=self.reject), take))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(self._backups[self.list.currentRow()])
