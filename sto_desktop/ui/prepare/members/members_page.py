"""The page of the members: the full list to type in, paste into and import."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sto_desktop.domain.actions import panels
from sto_desktop.domain.log.change import action
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.panel.address_book import Contact, known_as
from sto_desktop.domain.panel.consent import consequences
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.privacy.participation import said_withheld, withheld_notes
from sto_desktop.language import counted, tr
from sto_desktop.ui.base.doing import perform
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.prepare.members.address_dialog import AddressDialog
from sto_desktop.ui.prepare.members.members_model import NAME, MemberEdits, MembersModel
from sto_desktop.ui.prepare.members.members_table import MembersTable
from sto_desktop.ui.widgets import Button, Card, ConfirmDialog, QuietButton, TextLabel, row

_WIDE = 960
"""From this width, in px, there is room for the number of members, and for keys on the buttons."""


class MembersPage(QWidget):
    """Shows the members of a panel; `left` returns to the guide, the others request a list from elsewhere."""

    left = Signal()
    paste_asked = Signal()
    import_asked = Signal()
    erase_asked = Signal(object)
    consent_asked = Signal(object)

    def __init__(self, context: StageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._panel = ""
        theme = context.theme
        self.model = MembersModel(MemberEdits(self._add, self._change), self)
        self.table = MembersTable(theme, self.model)
        self.back = QuietButton(
            theme, tr("Terug"), icon="chevron-left", hint="Esc", command="prepare_back", on_click=self._leave
        )
        self._contacts: tuple[Contact, ...] = ()
        self.follows = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.consent = Button(theme, tr("Toestemming vastleggen…"), command="consent_proof", on_click=self._ask_consent)
        plain.set_tip(self.consent, tr("Wanneer, hoe en na welke brief de gekozen panelleden hun antwoorden gaven"))
        self.book = Button(theme, tr("Adresboek…"), command="address_book", on_click=self._open_book)
        self.count = TextLabel(theme, "", TextStyle.TITLE, lines=1)
        self.remove = Button(
            theme, tr("Verwijderen"), hint="Del", command="remove_member", on_click=self._remove_selected
        )
        self.erase = Button(theme, tr("Wissen…"), command="erase_member", on_click=self._erase_current)
        plain.set_tip(self.erase, tr("Naam en gegevens van dit panellid uit alles: wie daarom vraagt (Alt Delete)"))
        self.paste = Button(
            theme, tr("Plakken uit Excel…"), hint="Ctrl V", command="paste_members", on_click=self.paste_asked.emit
        )
        self.file = Button(theme, tr("Bestand importeren…"), command="import_members", on_click=self.import_asked.emit)
        plain.set_tip(self.file, tr("Een lijst uit Excel (.xlsx) of een csv-bestand"))
        explanation = tr(
            "Typ een naam op de lege regel. Bij toestemming: j, n of o, ook voor meer vakjes tegelijk; "
            "onbekend telt als nee."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        layout.setSpacing(Space.S)
        layout.addLayout(row(self.back, self.count, None, self.remove, self.erase, self.book, self.paste, self.file))
        layout.addWidget(TextLabel(theme, explanation, TextStyle.SECONDARY, ColourRole.MUTED))
        card = Card(margin=Space.XS)
        card.body.addWidget(self.table)
        layout.addWidget(card, 1)
        below = row(self.follows, self.consent, spacing=Space.M)
        below.setStretch(0, 1)
        layout.addLayout(below)
        self.setFocusProxy(self.table)
        self.table.paste_asked.connect(self.paste_asked)
        self.table.remove_asked.connect(self._remove)
        self.table.selectionModel().currentChanged.connect(self._show_follows)
        self.model.dataChanged.connect(self._show_follows)

    def show_members(self, panel: str, people: Sequence[Panelist], contacts: Sequence[Contact] = ()) -> None:
        """Show the members of a panel; `contacts` are people of other panels that can be invited again."""
        self._contacts = self.table.contacts = tuple(contacts)
        self.book.setEnabled(bool(contacts))
        first = panel != self._panel
        self._panel = panel
        current = self.table.currentIndex()
        many_new = len(people) > len(self.model.people) + 1
        adding = current.isValid() and self.model.panelist_at(current) is None
        self.model.show(people)
        if adding and many_new:
            # After importing a list, further typing must add a new member and not rename an imported one.
            self.table.go_to(self.model.empty_row())
        self.count.setText(counted(len(people), "{n} panellid", "{n} panelleden") if people else tr("Panelleden"))
        self.remove.setEnabled(bool(people))
        self.erase.setEnabled(bool(people))
        self.consent.setEnabled(bool(people))
        if first:
            self.table.setCurrentIndex(self.model.empty_row() if not people else self.model.index(0, NAME))

    def go_to(self, panelist: str, column: int = NAME) -> None:
        """Focus a member; without an id, the empty row."""
        index = self.model.index_of(panelist, column) if panelist else self.model.empty_row()
        self.table.go_to(index)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def type_on(self, event: QKeyEvent) -> None:
        """Take a key typed elsewhere as the first letter of a new member's name."""
        self.go_to("")
        # The table opens the editor of the new row, with this key as its text.
        QApplication.sendEvent(self.table, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        self.count.setVisible(wide)
        # The words on the buttons stay whole; their keys give way.
        for button, key in ((self.back, "Esc"), (self.remove, "Del"), (self.paste, "Ctrl V")):
            button.set_hint(key if wide else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self._erase_current()
            return
        super().keyPressEvent(event)

    def _leave(self) -> None:
        self.left.emit()

    def _add(self, name: str) -> None:
        contact = known_as(name, self._contacts)
        if contact is not None:
            self._take([contact])
            panel = contact.panels[0] if contact.panels else tr("een ander panel")
            self._context.notify(tr("De gegevens van {name} komen uit {panel}.", name=contact.name, panel=panel))
            return
        perform(self._context, panels.add_panelist(self._panel, name, panels.next_seat(self.model.people)))

    def _take(self, contacts: Sequence[Contact]) -> None:
        if contacts:
            perform(self._context, panels.add_panelists(self._panel, contacts, self.model.people))

    def _open_book(self) -> None:
        dialog = AddressDialog(self._context.theme, self._contacts, self)
        dialog.accepted.connect(lambda: self._take(dialog.chosen()))
        dialog.open()

    def _show_follows(self) -> None:
        """Describe the consequences of the current member's answers."""
        panelist = self.model.panelist_at(self.table.currentIndex())
        if panelist is None:
            self.follows.setText(tr("Kies een panellid en u ziet wat uit de toestemming volgt."))
            return
        parts = [
            tr("{word}: {meaning}", word=tr(word), meaning=tr(meaning)) for word, meaning in consequences(panelist)
        ]
        self.follows.setText(" · ".join([panelist.name or tr("Panellid zonder naam"), *parts]))

    def _change(self, values: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        changes = [panels.change_panelist(row, **fields) for row, fields in values]
        perform(self._context, action(changes[0].label, *(change.edits for change in changes)))

    def _erase_current(self) -> None:
        panelist = self.model.panelist_at(self.table.currentIndex())
        if panelist is not None:
            self.erase_asked.emit(panelist)

    def _ask_consent(self) -> None:
        chosen = set(self.table.selected_people())
        if people := [panelist for panelist in self.model.people if panelist.id in chosen]:
            self.consent_asked.emit(people)

    def _remove_selected(self) -> None:
        if people := self.table.selected_people():
            self._remove(people)

    def _remove(self, people: Sequence[str]) -> None:
        """Delete members; ask first if notes name them as speaker."""
        notes = self._context.session.dossier.read.notes.of_panel(self._panel)
        note_count = sum(1 for note in notes if any(voice.panelist in people for voice in note.voices))
        refusing = [member for member in self.model.people if member.id in people and not takes_part(member)]
        withheld = withheld_notes(notes, refusing, self.model.people) if refusing else set()
        if not note_count and not withheld:
            self._take_away(people)
            return
        text = counted(
            note_count,
            "Wie het zei staat bij {n} notitie. De notitie blijft, zonder spreker.",
            "Wie het zei staat bij {n} notities. De notities blijven, zonder spreker.",
        )
        text = " ".join(filter(None, (text if note_count else "", said_withheld(len(withheld)))))
        title = counted(len(people), "Panellid verwijderen?", "Panelleden verwijderen?")
        remove = tr("Verwijderen")
        question = ConfirmDialog(self._context.theme, title, text, remove, danger=True, parent=self)
        question.accepted.connect(partial(self._take_away, people, withheld))
        question.open()

    def _take_away(self, people: Sequence[str], withheld: Collection[str] = ()) -> None:
        names = [panelist.name for panelist in self.model.people if panelist.id in people]
        row_before = self.table.currentIndex().row()
        if not perform(self._context, panels.delete_panelists(people, withheld)):
            return
        message = (
            tr("{name} is verwijderd.", name=names[0])
            if len(names) == 1
            else tr("{n} panelleden zijn verwijderd.", n=len(names))
        )
        self._context.notify(message, action=tr("Ongedaan maken"), on_action=self._context.actions["undo"].trigger)
        last = len(self.model.people)
        self.table.go_to(self.model.index(min(row_before, last), NAME))
        self.table.setFocus()
