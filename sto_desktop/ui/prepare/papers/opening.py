"""The opening text to read beforehand: the moderator's words before the first question, from the guide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look.roles import Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Button, Card, Dialog, PrimaryButton, ScrollColumn, TextLabel


class OpeningDialog(Dialog):
    """Shows the text; `marked` carries whether it was read, when the user says so."""

    marked = Signal(bool)

    def __init__(
        self, theme: Appearance, paragraphs: Sequence[str], *, read: bool, parent: QWidget | None = None
    ) -> None:
        about = (
            tr("Hiermee opent u het gesprek. Lees hem vooraf een keer hardop.")
            if paragraphs
            else tr("Deze leidraad heeft geen openingstekst. Bedenk zelf hoe u welkom heet en wat u afspreekt.")
        )
        super().__init__(theme, tr("Openingstekst"), about, parent)
        self.resize(640, 600)
        self._add_text(paragraphs)
        self.toggle = (
            Button(theme, tr("Toch niet gelezen"), on_click=lambda: self._mark(False))
            if read
            else PrimaryButton(theme, tr("Gelezen"), on_click=lambda: self._mark(True))
        )
        self.add_buttons(self.toggle, close=tr("Sluiten") if read else tr("Later"))
        (self.close_button if read else self.toggle).setFocus()

    def _mark(self, read: bool) -> None:
        self.marked.emit(read)
        self.accept()

    def _add_text(self, paragraphs: Sequence[str]) -> None:
        card = Card(margin=0)
        scroll = ScrollColumn(margin=Space.L)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(tr("Openingstekst"))
        scroll.body.setSpacing(Space.M)
        for paragraph in paragraphs:
            scroll.body.addWidget(TextLabel(self._theme, paragraph, TextStyle.LARGE))
        scroll.body.addStretch(1)
        card.body.addWidget(scroll)
        self.body.addWidget(card, 1)
