"""Asks about whom: everybody whom the dossier knows by name, or a name that is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from sto_desktop.domain.people import fold
from sto_desktop.language import tr
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Picker, PrimaryButton
from sto_desktop.workplace.access import Person


class PersonDialog(Picker):
    """The dialog; `person` is the chosen name. A name that nobody has can be chosen too: somebody who is mentioned."""

    def __init__(
        self, theme: Appearance, people: Sequence[Person], about: str, go: str, parent: QWidget | None = None
    ) -> None:
        """`go`: the word on the button."""
        super().__init__(
            theme, tr("Over wie?"), parent, search=tr("Naam"), lines=tr("Mensen in dit dossier"), about=about
        )
        self._people = people
        self.resize(560, 460)
        self.list.itemDoubleClicked.connect(self.accept)
        self.add_buttons(PrimaryButton(theme, go, hint="Enter", on_click=self.accept))
        self.narrow("")

    @property
    def person(self) -> str:
        """The chosen name; empty if there is none."""
        line = self.list.currentItem()
        return str(line.data(Qt.ItemDataRole.UserRole)) if line is not None else ""

    def narrow(self, typed: str) -> None:
        """Show the people with these letters in their name, and the name itself as it is typed."""
        wanted = fold(typed)
        self.list.clear()
        for person in self._people:
            if wanted in fold(person.name):
                self._add(" · ".join(part for part in (person.name, person.known_as) if part), person.name)
        if wanted and not any(fold(person.name) == wanted for person in self._people):
            name = " ".join(typed.split())
            self._add(tr("«{name}», die genoemd wordt", name=name), name)
        self.list.setCurrentRow(0)

    def _add(self, words: str, name: str) -> None:
        line = QListWidgetItem(words)
        line.setData(Qt.ItemDataRole.UserRole, name)
        self.list.addItem(line)

    def accept(self) -> None:
        """Accept, if somebody is chosen."""
        if self.person:
            super().accept()
