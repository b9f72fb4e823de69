"""The dialog that asks for a dossier's password."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Dialog, FormField, LineEdit, PrimaryButton


class PasswordDialog(Dialog):
    """Asks once; says why it asks, and that a damaged file can look the same."""

    def __init__(self, theme: Appearance, name: str, *, again: bool, parent: QWidget | None = None) -> None:
        about = (
            tr("Dit wachtwoord past niet. Klopt het wel, dan is het bestand beschadigd: open dan een reservekopie.")
            if again
            else tr("Dit dossier is beveiligd. Het bestand kan ook beschadigd zijn; dan past geen enkel wachtwoord.")
        )
        super().__init__(theme, tr("Wachtwoord"), about, parent, heading=tr("Wachtwoord van «{name}»", name=name))
        if again:
            self.about.set_role(ColourRole.LATE)
        self.setMinimumWidth(440)
        self.password = LineEdit(name=tr("Wachtwoord"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.body.addWidget(FormField(theme, tr("Wachtwoord"), self.password))
        self.add_buttons(PrimaryButton(theme, tr("Openen"), hint="Enter", on_click=self.accept))
        self.password.setFocus()
