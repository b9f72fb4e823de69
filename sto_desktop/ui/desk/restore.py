"""The choice of a backup: when and why each was made, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from sto_desktop.domain.dutch import clock, day_and_date
from sto_desktop.language import tr, tr_later
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Dialog, PrimaryButton

if TYPE_CHECKING:
    from sto_desktop.storage.whole_file.backup import Backup


MADE_FOR = {
    "samenvoegen": tr_later("vóór het samenvoegen"),
    "bijwerken": tr_later("vóór het omzetten"),
    "opgeruimd": tr_later("opgeruimde kopie"),
}
"""By `Backup.reason`; hourly backups need no label. Source texts: pass through `tr`."""


class RestoreDialog(Dialog):
    """The dialog; Enter opens the chosen backup as a dossier of its own, and the open one is unchanged."""

    chosen = Signal(object)

    def __init__(self, theme: Appearance, backups: Sequence[Backup], parent: QWidget | None = None) -> None:
        about = (
            tr("De kopie wordt een eigen dossier, naast dit dossier. Er wordt niets vervangen.")
            if backups
            else tr("Van dit dossier is nog geen reservekopie. Tijdens het werk maakt het programma er elk uur een.")
        )
        super().__init__(theme, tr("Reservekopie openen"), about, parent)
        self.setMinimumSize(460, 360)
        self._backups = backups
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Reservekopieën"))
        for backup in backups:
            made_for = f" · {tr(MADE_FOR[backup.reason])}" if backup.reason in MADE_FOR else ""
            self.list.addItem(QListWidgetItem(f"{day_and_date(backup.made)}, {clock(backup.made)}{made_for}"))
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(self._choose)
        self.body.addWidget(self.list, 1)
        take = PrimaryButton(theme, tr("Openen"), hint="Enter", on_click=self._choose)
        take.setEnabled(bool(backups))
        self.add_buttons(take)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(self._backups[self.list.currentRow()])
