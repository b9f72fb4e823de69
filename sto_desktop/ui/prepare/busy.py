"""A line that shows that a file is being read, with a button to stop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Hairline, QuietButton, TextLabel, row


class BusyLine(QWidget):
    """The line; hidden while its text is empty."""

    def __init__(self, theme: Appearance, cancel: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = TextLabel(theme, "", TextStyle.BODY, ColourRole.MUTED, lines=1)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(160)
        bar.setAccessibleName(tr("Bezig"))
        line = row(
            self._label,
            bar,
            None,
            QuietButton(theme, tr("Annuleren"), command="cancel_job", on_click=cancel),
            spacing=Space.M,
        )
        line.setContentsMargins(Space.L, Space.XS, Space.L, Space.XS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(Hairline())
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a text; an empty one hides the line."""
        self._label.setText(text)
        self.setVisible(bool(text))
