"""The history of a note: each version with its time and author, and restoring any of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from sto_desktop.domain.log.versions import versions
from sto_desktop.domain.model import Note
from sto_desktop.domain.record import DELETED, Json, spec_of
from sto_desktop.language import tr
from sto_desktop.storage.working.conflicts import HistoryEntry
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.conflict_words import field_label, value_words, who_and_when
from sto_desktop.ui.widgets import Dialog, PrimaryButton, TextLabel


class NoteHistoryDialog(Dialog):
    """The dialog, latest version first; `version` is the selected one."""

    def __init__(
        self,
        theme: Appearance,
        entries: Sequence[HistoryEntry],
        named: Callable[[str, str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, tr("Geschiedenis van deze notitie"), parent=parent)
        self._versions = versions("note", (entry.change for entry in entries))
        self._named = named
        self.resize(680, 540)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Versies"))
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number in range(len(entries) - 1, -1, -1):
            self.list.addItem(self._line(entries[number], number))
        self.list.itemDoubleClicked.connect(self.accept)
        self.list.currentRowChanged.connect(self._show_version)
        self.body.addWidget(self.list, 1)
        self.text = TextLabel(theme)
        self.body.addWidget(self.text)
        self.back = PrimaryButton(theme, tr("Terug naar deze versie"), hint="Enter", on_click=self.accept)
        self.add_buttons(self.back, close=tr("Sluiten"))
        self.list.setCurrentRow(0)
        self.list.setFocus()

    @property
    def version(self) -> dict[str, Json] | None:
        """The fields of the selected version, as in the log; None for the current one."""
        line = self.list.currentItem()
        number = line.data(Qt.ItemDataRole.UserRole) if line is not None else None
        return self._versions[number] if isinstance(number, int) and number < len(self._versions) - 1 else None

    def _line(self, entry: HistoryEntry, number: int) -> QListWidgetItem:
        before = self._versions[number - 1] if number else {}
        parts = []
        if entry.change.values.get(DELETED) is True:
            parts.append(tr("verwijderd"))
        for name, field in spec_of(Note).fields.items():
            value = entry.change.values.get(name)
            if field.told and name in entry.change.values and before.get(name) != value and (number or name == "text"):
                parts.append(f"{field_label('note', name)}: {value_words('note', name, value, self._named)}")
        deed = f"{tr('ongedaan gemaakt')}: {entry.label}" if entry.undoes else entry.label
        head = " · ".join(part for part in (who_and_when(entry), deed) if part)
        line = QListWidgetItem("\n".join(part for part in (head, "; ".join(parts)) if part))
        line.setData(Qt.ItemDataRole.UserRole, number)
        return line

    def _show_version(self) -> None:
        line = self.list.currentItem()
        number = line.data(Qt.ItemDataRole.UserRole) if line is not None else None
        version = self._versions[number] if isinstance(number, int) else {}
        self.text.setText(str(version.get("text") or ""))
        self.back.setEnabled(self.version is not None)

    def accept(self) -> None:
        """Restore the selected version, if it is not the current one."""
        if self.version is not None:
            super().accept()
