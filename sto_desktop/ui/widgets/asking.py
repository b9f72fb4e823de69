"""A dialog that asks one line of text, such as a name."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets.buttons import PrimaryButton
from sto_desktop.ui.widgets.dialog import Dialog
from sto_desktop.ui.widgets.fields import FormField, LineEdit


class TextDialog(Dialog):
    """Asks `label`, with `text` to begin with; `line` has the answer."""

    def __init__(
        self, theme: Appearance, title: str, label: str, text: str, parent: QWidget | None, *, about_row: str = ""
    ) -> None:
        super().__init__(theme, title, parent=parent)
        self.about_row = about_row
        self.setMinimumWidth(420)
        self.line = LineEdit(text)
        self.line.selectAll()
        self.body.addWidget(FormField(theme, label, self.line))
        self.keep_button = PrimaryButton(theme, tr("Bewaren"), on_click=self.accept)
        self.add_buttons(self.keep_button)
        self.line.textChanged.connect(lambda typed: self.keep_button.setEnabled(bool(typed.strip())))
        self.keep_button.setEnabled(bool(text.strip()))
        self.line.setFocus()


def ask_text(
    theme: Appearance, title: str, label: str, parent: QWidget, *, text: str = "", about_row: str = ""
) -> str | None:
    """Return the line that was typed, without spaces around it; None if the dialog was cancelled."""
    dialog = TextDialog(theme, title, label, text, parent, about_row=about_row)
    return dialog.line.text().strip() if dialog.ask() else None
