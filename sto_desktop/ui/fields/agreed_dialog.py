"""The form of an agreement or an open question: who does it or finds out the answer, by when, and the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from sto_desktop.domain.actions.notes import agree_on
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.log.change import Action
from sto_desktop.domain.model import Note, Panelist
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.domain.people import called
from sto_desktop.domain.typed import read_date
from sto_desktop.language import tr, tr_later
from sto_desktop.ui.fields.date_field import DateLine
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import FormDialog, FormField, LineEdit, TextEdit

WIDTH = 520
NO_AGREEMENT = tr_later("Dat kan bij een actie of afspraak (>), en bij wat op de parkeerplaats staat.")
"""Why other notes have no such form."""


def can_agree(note: Note) -> bool:
    """Return whether a note has such a form: a parked note is an open question, an action is an agreement."""
    return note.parked or (note.kind is not None and note.kind.is_agreed)


class AgreedDialog(FormDialog):
    """The dialog; `change` returns what to save."""

    def __init__(
        self,
        theme: Appearance,
        content: NoteContent,
        members: Iterable[Panelist],
        today: dt.date,
        *,
        seen: int,
        parent: QWidget | None = None,
    ) -> None:
        """`seen`: position in the log when it opens."""
        note = content.note
        question = note.parked
        title = tr("Open vraag") if question else tr("Afspraak")
        super().__init__(theme, title, note.text or tr("(nog zonder woorden)"), parent)
        self.about_row = content.id
        self._note = content
        self._today = today
        self._seen = seen
        self._warned = False
        self.setMinimumWidth(WIDTH)
        self.owner = LineEdit(note.owner, placeholder=tr("Naam of organisatie"))
        completer = QCompleter([member.name or called(member) for member in members], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.owner.setCompleter(completer)
        self.due = DateLine(theme, lambda: today, name=tr("Voor wanneer"))
        self.due.settle(long_date(note.due))
        self.answer = TextEdit(note.answer, placeholder=tr("Wat is het antwoord, of wat kwam ervan?"))
        self.answer.setFixedHeight(84)
        self._due_field = FormField(theme, tr("Voor wanneer"), self.due)
        self.body.addWidget(FormField(theme, tr("Wie zoekt het uit") if question else tr("Wie doet het"), self.owner))
        self.body.addWidget(self._due_field)
        self.body.addWidget(FormField(theme, tr("Antwoord") if question else tr("Wat kwam ervan"), self.answer))
        self.add_form_buttons()
        (self.answer if note.owner and question else self.owner).setFocus()

    def change(self) -> Action:
        """Return the action that saves what changed; an unreadable date keeps its saved value."""
        text = self.due.text().strip()
        due = (read_date(text, self._today) or self._note.note.due) if text else None
        return agree_on(
            self._note, " ".join(self.owner.text().split()), due, self.answer.toPlainText().strip(), self._seen
        )

    def accept(self) -> None:
        """Save. If the date is unreadable, first ask for one that is not, but only once."""
        text = self.due.text().strip()
        if text and read_date(text, self._today) is None and not self._warned:
            self._warned = True
            self._due_field.set_note(tr("Schrijf de datum als 14 februari 2023 of 14-2-2023."), problem=True)
            self.due.setFocus()
            return
        super().accept()
