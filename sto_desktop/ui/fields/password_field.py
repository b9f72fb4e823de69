"""The question for a dossier's password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Button, FormField, LineEdit, PrimaryButton, TextLabel, row


class PasswordDialog(QDialog):
    """Asks once; says why it asks, and that damage can look the same."""

    def __init__(self, theme: Theme, name: str, *, again: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Wachtwoord"))
        self.setMinimumWidth(440)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(TextLabel(theme, tr("Wachtwoord van «{name}»", name=name), TextStyle.TITLE))
        said = (
            tr("Dit wachtwoord past niet. Klopt het wel, dan is het bestand beschadigd: open dan een reservekopie.")
            if again
            else tr("Dit dossier is beveiligd. Het bestand kan ook beschadigd zijn; dan past geen enkel wachtwoord.")
        )
        layout.addWidget(TextLabel(theme, said, TextStyle.BODY, Role.LATE if again else Role.MUTED))
        self.password = LineEdit(name=tr("Wachtwoord"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        layout.addWidget(FormField(theme, tr("Wachtwoord"), self.password))
        layout.addSpacing(Space.S)
        opened = PrimaryButton(theme, tr("Openen"), hint="Enter", on_click=self.accept)
        layout.addLayout(row(None, Button(theme, tr("Annuleren"), hint="Esc", on_click=self.reject), opened))
        self.password.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter mean «Openen»."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
            return
        super().keyPressEvent(event)
