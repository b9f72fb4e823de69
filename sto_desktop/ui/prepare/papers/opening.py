"""The opening text to read beforehand: what the guide has the moderator say before the first question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look.roles import Role, Space, TextStyle
from sto_desktop.ui.look.theme import Theme
from sto_desktop.ui.widgets import Button, Card, PrimaryButton, ScrollColumn, TextLabel, row


class OpeningDialog(QDialog):
    """Shows the text; `marked` carries whether it was read, where somebody says so."""

    marked = Signal(bool)

    def __init__(self, theme: Theme, paragraphs: Sequence[str], *, read: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Openingstekst"))
        self.resize(640, 600)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        layout.setSpacing(Space.S)
        layout.addWidget(TextLabel(theme, tr("Openingstekst"), TextStyle.QUESTION))
        said = (
            tr("Hiermee opent u het gesprek. Lees hem vooraf een keer hardop.")
            if paragraphs
            else tr("Deze leidraad heeft geen openingstekst. Bedenk zelf hoe u welkom heet en wat u afspreekt.")
        )
        layout.addWidget(TextLabel(theme, said, TextStyle.BODY, Role.MUTED))
        layout.addSpacing(Space.XS)
        self._add_text(theme, layout, paragraphs)
        layout.addSpacing(Space.S)
        word = tr("Sluiten") if read else tr("Later")
        self.later = Button(theme, word, hint="Esc", on_click=self.close)
        self.toggle = (
            Button(theme, tr("Toch niet gelezen"), on_click=lambda: self._mark(False))
            if read
            else PrimaryButton(theme, tr("Gelezen"), on_click=lambda: self._mark(True))
        )
        layout.addLayout(row(None, self.later, self.toggle))
        (self.later if read else self.toggle).setFocus()

    def _mark(self, read: bool) -> None:
        self.marked.emit(read)
        self.accept()

    def _add_text(self, theme: Theme, layout: QVBoxLayout, paragraphs: Sequence[str]) -> None:
        card = Card(margin=0)
        scroll = ScrollColumn(margin=Space.L)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(tr("Openingstekst"))
        scroll.body.setSpacing(Space.M)
        for paragraph in paragraphs:
            scroll.body.addWidget(TextLabel(theme, paragraph, TextStyle.LARGE))
        scroll.body.addStretch(1)
        card.body.addWidget(scroll)
        layout.addWidget(card, 1)
