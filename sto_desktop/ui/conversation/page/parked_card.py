"""Parked notes that come back now, at the end of their theme and of the panel; readable at two metres' distance."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.language import counted, tr
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Card, IconButton, TextLabel, expanding, row

MOST = 3
"""Maximum number shown at once, so that people do read them."""


class ParkedCard(Card):
    """Visible while parked notes are due. `unparked` carries the id of a note that was dealt with."""

    unparked = Signal(str)

    def __init__(self, theme: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Space.M)
        self._theme = theme
        self._shown: tuple[NoteContent, ...] = ()
        self._title = TextLabel(theme, "", TextStyle.SECONDARY_STRONG, ColourRole.WARN_TEXT, lines=1)
        self._more = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self.rows: list[QWidget] = []
        self.body.setSpacing(Space.XS)
        self.body.addWidget(self._title)
        self.body.addWidget(self._more)
        self.hide()

    def show_state(self, state: LiveState) -> None:
        """Show the due notes; none in discreet mode."""
        due = () if state.discreet else state.parked_due
        if due != self._shown:
            self._shown = due
            self._fill(due)
        # At the end of the panel, notes of other themes are due as well.
        closing = state.step is not None and state.parked_here != state.parked_due
        self._title.setText(tr("Nog geparkeerd") if closing else tr("Geparkeerd in dit thema"))
        self.setVisible(bool(due))

    @property
    def texts(self) -> list[str]:
        """The displayed texts."""
        return [note.text for note in self._shown[:MOST]]

    def _fill(self, due: tuple[NoteContent, ...]) -> None:
        for entry in self.rows:
            self.body.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self.rows = [self._row(note) for note in due[:MOST]]
        for place, entry in enumerate(self.rows, 1):
            self.body.insertWidget(place, entry)
        hidden = len(due) - MOST
        self._more.setText(counted(hidden, "en nog {n}", "en nog {n}") if hidden > 0 else "")
        self._more.setVisible(hidden > 0)

    def _row(self, note: NoteContent) -> QWidget:
        words = TextLabel(
            self._theme, note.text or tr("(nog zonder woorden)"), TextStyle.LARGE, align=Qt.AlignmentFlag.AlignVCenter
        )
        done = IconButton(
            self._theme,
            "check",
            tr("Van de parkeerplaats halen"),
            command="unpark",
            on_click=lambda: self.unparked.emit(note.id),
        )
        line = QWidget()
        line.setLayout(row(expanding(words), done))
        return line
