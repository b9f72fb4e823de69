"""The form of written input: what somebody who could not come sent in instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from sto_desktop.domain.actions.panels import add_panelist, write_in
from sto_desktop.domain.log.change import Action, action
from sto_desktop.domain.model import Panelist
from sto_desktop.domain.people import fold
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.vocabulary import Consent
from sto_desktop.language import tr
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import FormDialog, FormField, LineEdit, TextEdit
from sto_desktop.ui.widgets.drafts import type_over

WIDTH, LINES = 620, 200
WHO = " "
"""In a draft, the key of the name shown in the form; a name is never blank."""


def written_by(members: Sequence[Panelist]) -> list[Panelist]:
    """Return the members who sent something in."""
    return [member for member in members if member.written.strip()]


def was_there(member: Panelist) -> bool:
    """Return whether a member can speak at the table. A contribution of somebody who came after all stays."""
    return member.present and not member.written


class WrittenDialog(FormDialog):
    """The dialog; `change` returns what to save."""

    def __init__(
        self, theme: Appearance, panel: str, members: Sequence[Panelist], *, seen: int, parent: QWidget | None = None
    ) -> None:
        """`seen`: position in the log when it opens."""
        about = tr(
            "Van wie er niet bij kon zijn. Het komt onder een eigen kop in het verslag, en telt nergens mee als stem."
        )
        super().__init__(theme, tr("Schriftelijke inbreng"), about, parent)
        self.about_row = panel
        self._panel = panel
        self._members = members
        self._seen = seen
        self.setMinimumWidth(WIDTH)
        self.who = QComboBox()
        self.who.setEditable(True)
        self.who.setLineEdit(LineEdit(placeholder=tr("Kies of typ een naam"), name=tr("Van wie")))
        self.who.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.who.setAccessibleName(tr("Van wie"))
        self._absent = [member for member in members if not was_there(member)]
        self.who.addItems([member.name for member in self._absent])
        self.text = TextEdit(
            placeholder=tr("Typ of plak wat deze persoon schreef."), name=tr("Wat deze persoon schreef")
        )
        self.text.setFixedHeight(LINES)
        self._who_field = FormField(theme, tr("Van wie"), self.who)
        self.body.addWidget(self._who_field)
        self.body.addWidget(FormField(theme, tr("Wat deze persoon schreef"), self.text))
        self._edited: dict[str, str] = {}
        """Texts of others that were typed before another name was chosen, by name."""
        self._shown = ""
        first = next(iter(written_by(self._absent)), None)
        self.who.setCurrentText(first.name if first else "")
        self.who.currentTextChanged.connect(self._show)
        self.add_form_buttons()
        self._show(self.who.currentText())
        (self.text if first else self.who).setFocus()

    def _member(self, name: str) -> Panelist | None:
        return next((member for member in self._members if fold(member.name) == fold(name)), None)

    def _writer(self, name: str) -> Panelist | None:
        """Return the member of that name, unless they were there."""
        member = self._member(name)
        return member if member is not None and not was_there(member) else None

    def _show(self, name: str) -> None:
        """Show the data of a name. Text that has no writer yet stays with the name being typed."""
        name, text = name.strip(), self.text.toPlainText()
        before, member = self._writer(self._shown), self._writer(name)
        if before is not None and text != before.written:
            self._edited[fold(before.name)] = text
        if member is not None:
            saved = self._edited.get(fold(name), member.written)
            # The text may have been pasted before its writer was chosen.
            self.text.setPlainText(saved or (text if before is None else ""))
        elif before is not None:
            self.text.clear()
        self._shown = name
        shown_member = self._member(name)
        self._who_field.set_note(_follows(shown_member), problem=shown_member is not member)

    def _texts(self) -> dict[str, str]:
        """Return every typed text, by the name of its writer."""
        return {**self._edited, fold(self._shown): self.text.toPlainText()}

    def typed_texts(self) -> dict[str, str]:
        """Return the changed texts by the name of their writers, and last the name shown, so that each text keeps its
        writer.
        """
        before = {fold(member.name): member.written for member in self._members}
        changed = {name: text for name, text in self._texts().items() if text.strip() != before.get(name, "")}
        return {**changed, WHO: self._shown} if changed or (self._shown and not self._member(self._shown)) else {}

    def type_again(self, texts: Mapping[str, str]) -> None:
        """Restore these texts, each for its own writer."""
        self._edited = {name: text for name, text in texts.items() if name != WHO}
        self.who.setCurrentText(texts[WHO])
        shown = self._edited.pop(fold(texts[WHO]), None)
        if shown is not None:
            type_over(self.text, shown)
            self.text.setFocus()

    def change(self) -> Action:
        """Return the action that saves every text that was typed."""
        texts = self._texts()
        edits: list[Action] = []
        for member in self._members:
            text = texts.pop(fold(member.name), member.written).strip()
            if text != member.written:
                edits.append(write_in(member.id, text))
        new = texts.get(fold(self._shown), "").strip()
        if new and self._shown:
            name = " ".join(self._shown.split())
            edits.append(add_panelist(self._panel, name, None, present=False, written=new))
        made = [edit for writing in edits for edit in writing.edits]
        return action(edits[0].label if edits else "", made, seen=self._seen)

    def accept(self) -> None:
        """Save, unless the writer of the text is unknown, was present, or does not take part."""
        member = self._member(self._shown)
        if self.text.toPlainText().strip() and not self._shown:
            self._who_field.set_note(tr("Van wie is dit? Kies of typ een naam."), problem=True)
            self.who.setFocus()
        elif member is not None and was_there(member) and self.text.toPlainText().strip():
            self._who_field.set_note(_follows(member), problem=True)
            self.who.setFocus()
        elif (refusing := self._refusing()) is not None:
            self.who.setCurrentText(refusing.name)
            self._who_field.set_note(_follows(refusing), problem=True)
            self.who.setFocus()
        else:
            super().accept()

    def _refusing(self) -> Panelist | None:
        """Return a member who does not take part and for whom a new text was typed."""
        texts = self._texts()
        return next(
            (
                member
                for member in self._members
                if not takes_part(member) and texts.get(fold(member.name), "").strip() not in ("", member.written)
            ),
            None,
        )


def _follows(member: Panelist | None) -> str:
    """Return how the verslag shows a member's text."""
    if member is None:
        return tr("Wie nog niet in de lijst staat, komt erbij als afwezig.")
    if not takes_part(member):
        return tr("Doet niet mee: er wordt niets van bewaard.")
    if was_there(member):
        return tr("Was erbij: schrijf het in een notitie.")
    named, quoted = member.consent_name is Consent.YES, member.consent_quote is Consent.YES
    if named and quoted:
        return tr("Naam en citaat: ja. Letterlijk en met naam, als het verslag namen noemt.")
    return tr("Letterlijk, zonder naam.") if quoted else tr("Zonder naam en zonder aanhalingstekens.")
