"""The debrief beside the notes: what moderator and note taker wrote directly after the conversation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.language import tr
from sto_desktop.ui.elaborate.insights.debrief_page import QUESTIONS
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import QuietButton, SectionLabel, TextLabel, empty, row


class DebriefBeside(QWidget):
    """Collapsed at first; hidden while there are no answers. `asked` requests the debrief page."""

    asked = Signal()

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.answers: list[tuple[str, str]] = []
        """Pairs of question, and answer with its author."""
        body = QVBoxLayout(self)
        body.setContentsMargins(0, Space.S, 0, 0)
        body.setSpacing(Space.XS)
        self.change = QuietButton(theme, tr("Wijzigen"), command="elaborate_debrief", on_click=self.asked.emit)
        self.fold = QuietButton(theme, tr("Tonen"), command="show_debrief", on_click=self._turn)
        body.addLayout(row(SectionLabel(theme, tr("Terugblik")), None, self.change, self.fold, spacing=0))
        self._unfolded = QWidget()
        self._lines = QVBoxLayout(self._unfolded)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(Space.XS)
        body.addWidget(self._unfolded)
        self._unfolded.hide()
        self.hide()

    def _turn(self) -> None:
        shown = self._unfolded.isHidden()
        self._unfolded.setVisible(shown)
        self.fold.setText(tr("Verbergen") if shown else tr("Tonen"))

    def show_content(self, content: PanelContent) -> None:
        """Show the answers of a panel."""
        answers = [
            (tr(question), f"{answer_text} ({tr(debrief.author.word)})")
            for field, question in QUESTIONS
            for debrief in content.debriefs
            if (answer_text := str(getattr(debrief, field)).strip())
        ]
        self.setVisible(bool(answers))
        if answers == self.answers:
            return
        self.answers = answers
        empty(self._lines)
        for question, answer in answers:
            self._lines.addWidget(TextLabel(self._theme, question, TextStyle.SECONDARY, ColourRole.MUTED))
            self._lines.addWidget(TextLabel(self._theme, answer, TextStyle.BODY))
