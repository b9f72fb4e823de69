"""Manage the labels of the dossier: rename, merge, colour and delete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from sto_desktop.domain.actions.labels import COLOURS
from sto_desktop.domain.actions.notes import tag_id
from sto_desktop.domain.capture.language import tag_name
from sto_desktop.domain.model import Tag
from sto_desktop.domain.people import fold
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.label_look import label_ink
from sto_desktop.ui.widgets import Button, Dialog, Picker, PrimaryButton, ask_text


class LabelDeeds(Protocol):
    """The operations on labels."""

    def labels(self) -> list[Tag]:
        """Return all labels, by name."""

    def counts(self) -> Mapping[str, int]:
        """Return the number of notes per label, by its id."""

    def rename(self, tag: Tag, name: str) -> object:
        """Rename a label, or merge it with the label that already has that name."""

    def colour(self, tag: str, colour: str) -> object:
        """Set the colour of a label."""

    def delete(self, tag: str) -> object:
        """Delete a label."""


class LabelManager(Dialog):
    """The dialog; each operation is one undo step."""

    def __init__(self, theme: Appearance, deeds: LabelDeeds, parent: QWidget | None = None) -> None:
        about = tr("Wat u hier doet, geldt voor alle notities van dit dossier. Ctrl Z maakt het ongedaan.")
        super().__init__(theme, tr("Labels"), about, parent)
        self._deeds = deeds
        self.resize(520, 520)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Labels"))
        self.list.itemDoubleClicked.connect(self.rename)
        self.list.currentRowChanged.connect(self._show_buttons)
        self.rename_button = Button(theme, tr("Hernoemen…"), hint="Enter", on_click=self.rename)
        self.merge_button = Button(theme, tr("Samenvoegen met…"), on_click=self.merge)
        self.colour_button = Button(theme, tr("Kleur…"), on_click=self.open_colours)
        self.delete_button = Button(theme, tr("Verwijderen"), hint="Delete", on_click=self.delete)
        # Beside the list: below it, four buttons are wider than a small screen at 225 %.
        deeds_column = QVBoxLayout()
        for button in (self.rename_button, self.merge_button, self.colour_button, self.delete_button):
            deeds_column.addWidget(button)
        deeds_column.addStretch(1)
        beside = QHBoxLayout()
        beside.addWidget(self.list, 1)
        beside.addLayout(deeds_column)
        self.body.addLayout(beside, 1)
        self.add_buttons(close=tr("Sluiten"))
        self.show_labels()
        self.list.setFocus()

    def show_labels(self, chosen: str = "") -> None:
        """Reload the labels."""
        self._tags = self._deeds.labels()
        counts = self._deeds.counts()
        at = max(0, self.list.currentRow())
        self.list.clear()
        for tag in self._tags:
            line = QListWidgetItem(f"#{tag.name}   {counted(counts.get(tag.id, 0), '{n} notitie', '{n} notities')}")
            line.setForeground(label_ink(self._theme, tag.colour))
            self.list.addItem(line)
        ids = [tag.id for tag in self._tags]
        self.list.setCurrentRow(ids.index(chosen) if chosen in ids else min(at, len(ids) - 1))
        self._show_buttons()

    def _show_buttons(self) -> None:
        selected = self.tag() is not None
        for button in (self.rename_button, self.colour_button, self.delete_button):
            button.setEnabled(selected)
        self.merge_button.setEnabled(selected and len(self._tags) > 1)

    def tag(self) -> Tag | None:
        """Return the selected label."""
        at = self.list.currentRow()
        return self._tags[at] if 0 <= at < len(self._tags) else None

    def rename(self) -> None:
        """Ask for a new name; an existing name merges the two labels."""
        tag = self.tag()
        if tag is None:
            return
        title, label = tr("Label hernoemen"), tr("Nieuwe naam")
        name = tag_name(ask_text(self._theme, title, label, self, text=tag.name, about_row=tag.id) or "")
        if name and name != tag.name:
            self._deeds.rename(tag, name)
            self.show_labels(tag_id(name))

    def merge(self) -> None:
        """Ask with which label to merge this one."""
        tag = self.tag()
        if tag is None:
            return
        dialog = MergeLabelDialog(self._theme, tag, self._tags, self)
        if dialog.ask() and (other := dialog.label()) is not None:
            self._deeds.rename(tag, other.name)
            self.show_labels(other.id)

    def colours(self) -> QMenu:
        """Return the colours to choose from."""
        menu = QMenu(self)
        for colour in ("", *COLOURS):
            square = QPixmap(14, 14)
            square.fill(label_ink(self._theme, colour))
            line = menu.addAction(QIcon(square), tr(colour) if colour else tr("geen kleur"))
            line.triggered.connect(partial(self._colour, colour))
        return menu

    def open_colours(self) -> None:
        """Open that menu below its button."""
        menu = self.colours()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.colour_button.below())

    def _colour(self, colour: str) -> None:
        tag = self.tag()
        if tag is not None:
            self._deeds.colour(tag.id, colour)
            self.show_labels(tag.id)

    def delete(self) -> None:
        """Remove the label from all notes."""
        tag = self.tag()
        if tag is not None:
            self._deeds.delete(tag.id)
            self.show_labels()


class MergeLabelDialog(Picker):
    """Asks with which label another one is merged; the notes of that one get it."""

    def __init__(self, theme: Appearance, tag: Tag, tags: Sequence[Tag], parent: QWidget) -> None:
        title = tr("#{name} samenvoegen", name=tag.name)
        about = tr("Alle notities met dit label krijgen het label dat u kiest.")
        super().__init__(theme, title, parent, search=tr("Met welk label?"), lines=tr("Labels"), about=about)
        self._tags = [other for other in tags if other.id != tag.id]
        self._shown: list[Tag] = []
        self.list.itemDoubleClicked.connect(self.accept)
        self.merge_button = PrimaryButton(theme, tr("Samenvoegen"), hint="Enter", on_click=self.accept)
        self.add_buttons(self.merge_button)
        self.narrow("")

    def label(self) -> Tag | None:
        """Return the selected label."""
        at = self.list.currentRow()
        return self._shown[at] if at >= 0 else None

    def narrow(self, typed: str) -> None:
        """Show the labels that contain this text."""
        self._shown = [tag for tag in self._tags if fold(typed.removeprefix("#")) in fold(tag.name)]
        self.list.clear()
        self.list.addItems([f"#{tag.name}" for tag in self._shown])
        self.list.setCurrentRow(0)
        self.merge_button.setEnabled(bool(self._shown))

    def accept(self) -> None:
        """Accept, if a label is selected."""
        if self._shown:
            super().accept()
