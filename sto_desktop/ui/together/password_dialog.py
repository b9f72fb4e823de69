"""The password of the dossier itself: set, change or remove it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.fields.new_password import NewPassword
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, Dialog, FormField, LineEdit, PrimaryButton, TextLabel


class DossierPasswordDialog(Dialog):
    """Asks for a password twice, unless it is shown; `chosen` carries it, or an empty text to remove it."""

    chosen = Signal(str)

    def __init__(self, theme: Appearance, *, has_password: bool, parent: QWidget | None = None) -> None:
        about = tr(
            "Het geldt voor het bestand, en voor de werkkopie en de reservekopieën op deze computer. Werken er "
            "collega's in dit bestand? Geef hun het wachtwoord, op een andere manier dan het bestand."
        )
        heading = tr("Wachtwoord wijzigen of verwijderen") if has_password else tr("Wachtwoord instellen")
        super().__init__(theme, tr("Wachtwoord van dit dossier"), about, parent, heading=heading)
        self.setMinimumWidth(520)
        self.password = NewPassword(
            theme,
            tr("Nieuw wachtwoord"),
            tr("Een paar losse woorden zijn sterk, en makkelijk te onthouden."),
            tr("Het wordt nergens bewaard: wie het vergeet, krijgt het dossier nooit meer open."),
        )
        self.password.changed.connect(self._refresh)
        self.body.addLayout(self.password)
        self.again = LineEdit(name=tr("Nog een keer"))
        self.again.setEchoMode(QLineEdit.EchoMode.Password)
        self.again.textChanged.connect(self._refresh)
        self._again_field = FormField(theme, tr("Nog een keer"), self.again)
        self.body.addWidget(self._again_field)
        self._differs = TextLabel(
            theme, tr("Twee keer hetzelfde, dan klopt het."), TextStyle.SECONDARY, ColourRole.MUTED
        )
        self.body.addWidget(self._differs)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(tr("Bezig met het wachtwoord"))
        self.busy.hide()
        self.body.addWidget(self.busy)
        # Hidden fields keep their space, so that the dialog does not change size.
        for widget in (self._again_field, self._differs, self.busy):
            keeps = widget.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(keeps)
        self.remove_button = Button(theme, tr("Verwijderen"), on_click=lambda: self._choose(""))
        self.remove_button.setVisible(has_password)
        self.set_button = PrimaryButton(
            theme, tr("Wijzigen") if has_password else tr("Instellen"), hint="Enter", on_click=self._set
        )
        self.add_buttons(self.set_button, beside=[self.remove_button])
        self._refresh()
        self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fine(self) -> bool:
        words = self.password.text()
        # A visible password need not be repeated.
        return bool(words) and (self.password.shown.isChecked() or words == self.again.text())

    def _refresh(self) -> None:
        hidden = not self.password.shown.isChecked()
        self._again_field.setVisible(hidden)
        self._differs.setVisible(hidden and bool(self.again.text()) and not self._fine())
        self.set_button.setEnabled(self._fine() and self.busy.isHidden())

    def _set(self) -> None:
        if self._fine() and self.busy.isHidden():
            self._choose(self.password.text())

    def _choose(self, password: str) -> None:
        self.set_busy(True)
        self.chosen.emit(password)

    def set_busy(self, busy: bool) -> None:
        """Show that the change is running, or that it can be requested again."""
        self.busy.setVisible(busy)
        self.password.set_enabled(not busy)
        for widget in (self._again_field, self.remove_button, self.close_button):
            widget.setEnabled(not busy)
        self._refresh()

    def reject(self) -> None:
        """Close, but not while the change is running."""
        if self.busy.isHidden():
            super().reject()
