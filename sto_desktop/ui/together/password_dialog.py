"""The password of the dossier itself: set, changed or taken away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.fields.new_password import GrowingDialog, NewPassword
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Button, FormField, LineEdit, PrimaryButton, TextLabel, row


class DossierPasswordDialog(GrowingDialog):
    """Asks for a password twice, unless it is shown; `chosen` carries it, or an empty text to have none any more."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, *, has_password: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Wachtwoord van dit dossier"))
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        title = tr("Wachtwoord wijzigen of verwijderen") if has_password else tr("Wachtwoord instellen")
        layout.addWidget(TextLabel(theme, title, TextStyle.QUESTION))
        said = tr(
            "Het geldt voor het bestand, en voor de werkkopie en de reservekopieën op deze computer. Werken er "
            "collega's in dit bestand? Geef hun het wachtwoord, op een andere manier dan het bestand."
        )
        layout.addWidget(TextLabel(theme, said, TextStyle.BODY, Role.MUTED))
        self.password = NewPassword(
            theme,
            tr("Nieuw wachtwoord"),
            tr("Een paar losse woorden zijn sterk, en makkelijk te onthouden."),
            tr("Het wordt nergens bewaard: wie het vergeet, krijgt het dossier nooit meer open."),
        )
        self.password.changed.connect(self._refresh)
        layout.addLayout(self.password)
        self.again = LineEdit(name=tr("Nog een keer"))
        self.again.setEchoMode(QLineEdit.EchoMode.Password)
        self.again.textChanged.connect(lambda _text: self._refresh())
        self._again_field = FormField(theme, tr("Nog een keer"), self.again)
        layout.addWidget(self._again_field)
        self._differs = TextLabel(theme, tr("Twee keer hetzelfde, dan klopt het."), TextStyle.SECONDARY, Role.MUTED)
        layout.addWidget(self._differs)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(tr("Bezig met het wachtwoord"))
        self.busy.hide()
        layout.addWidget(self.busy)
        for widget in (self._again_field, self._differs, self.busy):
            keeps = widget.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(keeps)
        self.remove_button = Button(theme, tr("Verwijderen"), on_click=lambda: self._choose(""))
        self.remove_button.setVisible(has_password)
        self._cancel = Button(theme, tr("Annuleren"), hint="Esc", on_click=self.reject)
        self.set_button = PrimaryButton(
            theme, tr("Wijzigen") if has_password else tr("Instellen"), hint="Enter", on_click=self._set
        )
        layout.addLayout(row(self.remove_button, None, self._cancel, self.set_button))
        self._refresh()
        self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fine(self) -> bool:
        words = self.password.text()
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
        """Show that it is being done, or that it can be asked again."""
        self.busy.setVisible(busy)
        self.password.set_enabled(not busy)
        for widget in (self._again_field, self.remove_button, self._cancel):
            widget.setEnabled(not busy)
        self._refresh()

    def reject(self) -> None:
        """Close, but not while it is being done."""
        if self.busy.isHidden():
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter mean «Instellen»."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._set()
            return
        super().keyPressEvent(event)
