"""The labels of the selected notes: typing narrows the list, space switches a label, Enter saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidgetItem, QWidget

from sto_desktop.domain.actions.notes import tag_id
from sto_desktop.domain.capture.language import tag_name
from sto_desktop.domain.model import Tag
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import fold
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Picker, PrimaryButton, TextLabel

TAG = Qt.ItemDataRole.UserRole


class LabelDialog(Picker):
    """The dialog; `added` and `removed` are the changes. A label that only some notes have is half ticked until
    changed."""

    def __init__(
        self,
        theme: Appearance,
        notes: Sequence[NoteContent],
        tags: Sequence[Tag],
        counts: Mapping[str, int],
        parent: QWidget | None = None,
    ) -> None:
        title = counted(len(notes), "Labels van {n} notitie", "Labels van {n} notities")
        super().__init__(theme, title, parent, search=tr("Zoek een label, of typ een nieuw"), lines=tr("Labels"))
        self._names = {tag.id: tag.name for tag in tags}
        self._counts = counts
        having = [{tag.id for tag in note.tags} for note in notes]
        self._before = {tag: sum(tag in had for had in having) for tag in self._names}
        self._all = len(notes)
        self._wanted: dict[str, bool] = {}
        self.resize(460, 480)
        self.list.itemChanged.connect(self._turned)
        self.search.installEventFilter(self)
        about = tr("Pijltjes kiezen, spatie zet een label aan of uit.")
        self.body.addWidget(TextLabel(theme, about, TextStyle.SECONDARY, ColourRole.MUTED, lines=1))
        self.add_buttons(PrimaryButton(theme, tr("Bewaren"), hint="Enter", on_click=self.accept))
        self.narrow("")

    @property
    def added(self) -> list[str]:
        """Names of the labels to add to all notes."""
        names = [self._names[tag] for tag, on in self._wanted.items() if on]
        return [name for name in names if self._before.get(tag_id(name), 0) < self._all]

    @property
    def removed(self) -> list[str]:
        """Ids of the labels to remove from all notes."""
        return [tag for tag, on in self._wanted.items() if not on and self._before.get(tag)]

    def narrow(self, typed: str) -> None:
        """Show the labels whose name contains this text, most used first, below the new one it would create."""
        words = fold(typed.strip().removeprefix("#"))
        # `itemChanged` must only mean changes by the user.
        self.list.blockSignals(True)
        self.list.clear()
        new = tag_name(typed)
        # Names that differ only in case or accents are one label.
        if new and tag_id(new) not in self._names:
            self._add(f"#{new}  ({tr('nieuw label')})", new, Qt.CheckState.Unchecked, new=True)
        for tag, name in sorted(
            self._names.items(), key=lambda entry: (-self._counts.get(entry[0], 0), fold(entry[1]))
        ):
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
        """Save the changes, including a label still being typed."""
        line = self.list.currentItem()
        if self.search.text().strip() and line is not None and line.checkState() != Qt.CheckState.Checked:
            line.setCheckState(Qt.CheckState.Checked)
        super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A label contains no spaces.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self._turn_current()
            return True
        return super().eventFilter(watched, event)
