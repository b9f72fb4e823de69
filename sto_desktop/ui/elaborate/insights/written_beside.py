"""The written contributions of people who could not come, beside the notes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.language import tr
from sto_desktop.ui.fields.written_dialog import written_by
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.wording import with_part
from sto_desktop.ui.widgets import QuietButton, SectionLabel, TextLabel, empty, row


class WrittenBeside(QWidget):
    """The texts with their writers; `asked` requests the form."""

    asked = Signal()

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.texts: list[tuple[str, str]] = []
        """Pairs of name and text."""
        body = QVBoxLayout(self)
        body.setContentsMargins(0, Space.S, 0, 0)
        body.setSpacing(Space.XS)
        self.change = QuietButton(theme, tr("Toevoegen…"), command="written_beside", on_click=self.asked.emit)
        body.addLayout(row(SectionLabel(theme, tr("Schriftelijke inbreng")), None, self.change, spacing=0))
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(Space.XS)
        body.addLayout(self._lines)

    def show_content(self, content: PanelContent) -> None:
        """Show the texts of a panel."""
        texts = [(with_part(member.name, member), member.written) for member in written_by(content.panelists)]
        self.change.setText(tr("Wijzigen…") if texts else tr("Toevoegen…"))
        if texts == self.texts:
            return
        self.texts = texts
        empty(self._lines)
        for name, text in texts:
            self._lines.addWidget(TextLabel(self._theme, name, TextStyle.SECONDARY, ColourRole.MUTED))
            self._lines.addWidget(TextLabel(self._theme, text, TextStyle.BODY))
