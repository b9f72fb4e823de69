"""The labels of the chosen notes: what one types narrows the list, space turns a label on or off, Enter keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sto_desktop.domain.actions.notes import tag_id
from sto_desktop.domain.capture.language import tag_name
from sto_desktop.domain.model import Tag
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import fold
from sto_desktop.language import counted, tr
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Button, PrimaryButton, SearchField, TextLabel, row

TAG = Qt.ItemDataRole.UserRole


class LabelDialog(QDialog):
    """`added` and `removed` say what is to become of the notes; a label that some have is half on until touched."""

    def __init__(
        self,
        theme: Theme,
        notes: Sequence[NoteContent],
        tags: Sequence[Tag],
        counts: Mapping[str, int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._names = {tag.id: tag.name for tag in tags}
        self._counts = counts
        having = [{tag.id for tag in note.tags} for note in notes]
        self._before = {tag: sum(tag in had for had in having) for tag in self._names}
        self._all = len(notes)
        self._wanted: dict[str, bool] = {}
        title = counted(len(notes), "Labels van {n} notitie", "Labels van {n} notities")
        self.setWindowTitle(plain.title(title))
        self.resize(460, 480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(TextLabel(theme, title, TextStyle.QUESTION))
        self.search = SearchField(theme, tr("Zoek een label, of typ een nieuw"))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        layout.addWidget(self.search)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Labels"))
        self.list.itemChanged.connect(self._turned)
        layout.addWidget(self.list, 1)
        said = tr("Pijltjes kiezen, spatie zet een label aan of uit.")
        layout.addWidget(TextLabel(theme, said, TextStyle.SECONDARY, Role.MUTED, lines=1))
        keep = PrimaryButton(theme, tr("Bewaren"), hint="Enter", on_click=self.accept)
        layout.addLayout(row(None, Button(theme, tr("Annuleren"), hint="Esc", on_click=self.reject), keep))
        self._narrow("")
        self.search.setFocus()

    @property
    def added(self) -> list[str]:
        """Names of the labels that all notes get."""
        names = [self._names[tag] for tag, on in self._wanted.items() if on]
        return [name for name in names if self._before.get(tag_id(name), 0) < self._all]

    @property
    def removed(self) -> list[str]:
        """Ids of the labels that no note keeps."""
        return [tag for tag, on in self._wanted.items() if not on and self._before.get(tag)]

    def _narrow(self, typed: str) -> None:
        words = fold(typed.strip().removeprefix("#"))
        self.list.blockSignals(True)
        self.list.clear()
        new = tag_name(typed)
        if new and tag_id(new) not in self._names:
            self._add(f"#{new}  ({tr('nieuw label')})", new, Qt.CheckState.Unchecked, new=True)
        for tag, name in sorted(self._names.items(), key=lambda one: (-self._counts.get(one[0], 0), fold(one[1]))):
            if words in fold(name):
                self._add(f"#{name}", tag, self._state(tag))
        self.list.blockSignals(False)
        if self.list.count():
            self.list.setCurrentRow(0)

    def _state(self, tag: str) -> Qt.CheckState:
        if tag in self._wanted:
            return Qt.CheckState.Checked if self._wanted[tag] else Qt.CheckState.Unchecked
        had = self._before.get(tag, 0)
        if had == self._all:
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if had else Qt.CheckState.Unchecked

    def _add(self, text: str, tag: str, state: Qt.CheckState, *, new: bool = False) -> None:
        line = QListWidgetItem(text)
        line.setData(TAG, (tag, new))
        line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        line.setCheckState(state)
        self.list.addItem(line)

    def _turned(self, line: QListWidgetItem) -> None:
        tag, new = line.data(TAG)
        on = line.checkState() == Qt.CheckState.Checked
        if new:
            if on:
                self._names[tag_id(tag)] = tag
                self._wanted[tag_id(tag)] = True
                self.search.clear()
        else:
            self._wanted[tag] = on

    def _turn_current(self) -> None:
        line = self.list.currentItem()
        if line is not None:
            on = line.checkState() == Qt.CheckState.Checked
            line.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def accept(self) -> None:
        """Keep; where something is typed, that label too."""
        line = self.list.currentItem()
        if self.search.text().strip() and line is not None and line.checkState() != Qt.CheckState.Checked:
            line.setCheckState(Qt.CheckState.Checked)
        super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() == Qt.Key.Key_Space:
                self._turn_current()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
        return super().eventFilter(watched, event)
