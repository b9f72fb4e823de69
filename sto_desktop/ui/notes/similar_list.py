"""Beside the notes: notes similar to the selected one, in this panel and in others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.errors import StoError
from sto_desktop.language import tr
from sto_desktop.storage.read.reader import Reader
from sto_desktop.storage.read.similar import Similar
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.listing import NoteRow, RowReader
from sto_desktop.ui.notes.material import Material
from sto_desktop.ui.widgets import ClickCard, SectionLabel, TextLabel

REST_MS = 120
"""Pause, in ms, before the look-up, so that moving through the list by key need not wait for it."""

MOST_SHOWN = 4


LookUp = Callable[[str, Collection[str]], list[Similar]]
"""Returns notes similar to a note (id), without those in the second argument; may be called from any thread."""


class SimilarList(QWidget):
    """The list; `shown` carries the id of a note to open; `note_chosen` sets the selected note."""

    shown = Signal(str)

    def __init__(
        self, theme: Appearance, material: Material, read: Reader, look_up: LookUp, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._material = material
        self._look = look_up
        self._reader = RowReader(material, read)
        self._note = self._looked_for = ""
        self._looking: Background[list[Similar]] | None = None
        self.rows: list[NoteRow] = []
        self.cards: list[ClickCard] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, Space.S, 0, 0)
        self._body.setSpacing(Space.S)
        self._body.addWidget(SectionLabel(theme, tr("Lijkt op de gekozen notitie")))
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look_up)
        self.hide()

    def note_chosen(self, chosen: Sequence[str]) -> None:
        """Look up notes similar to the one that is selected; with none or several, show nothing."""
        self._note = chosen[0] if len(chosen) == 1 else ""
        if self._note:
            self._rest.start()
        else:
            self._rest.stop()
            self._show([])

    def stop(self) -> None:
        """Cancel pending look-ups: the dossier may close."""
        self._rest.stop()
        self._note = ""
        if self._looking is not None:
            self._looking.wait()

    def _look_up(self) -> None:
        note = next(iter(self._material.notes([self._note])), None)
        if note is None:
            self._show([])
        # One look-up at a time; `_found` starts another one if the selection changed.
        elif self._looking is None:
            self._looked_for, without = note.id, note.ids
            self._looking = Background(
                lambda: self._look(note.id, without), self._found, self._not_found, ended=self._ended
            )
            self._looking.start()

    def _ended(self) -> None:
        self._looking = None

    def _not_found(self, _: StoError) -> None:
        # An unavailable disk is reported when writing; a failed look-up just shows nothing.
        self._found([])

    def _found(self, hits: list[Similar]) -> None:
        if self._note != self._looked_for:
            # Another note was selected meanwhile.
            self._show([])
            if self._note:
                self._rest.start()
            return
        self._reader.begin_anew()
        rows = self._reader.rows([hit.note for hit in hits])
        self._show([rows[hit.note] for hit in hits if hit.note in rows])

    def _show(self, rows: list[NoteRow]) -> None:
        self.setVisible(bool(rows))
        if rows == self.rows:
            return
        self.rows = rows
        for card in self.cards:
            self._body.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(row) for row in rows]

    def _card(self, row: NoteRow) -> ClickCard:
        card = ClickCard(self._theme, f"{tr('Lijkt op')}: {row.content.text}", margin=Space.M)
        card.body.setSpacing(2)
        card.body.addWidget(TextLabel(self._theme, row.content.text, TextStyle.BODY, ColourRole.INK, lines=3))
        detail = " · ".join(part for part in (self._theme_of(row), row.people, row.place) if part)
        if detail:
            card.body.addWidget(TextLabel(self._theme, detail, TextStyle.SECONDARY, ColourRole.MUTED, lines=1))
        card.clicked.connect(partial(self.shown.emit, row.key))
        self._body.addWidget(card)
        card.show()
        return card

    def _theme_of(self, row: NoteRow) -> str:
        content = self._material.content
        theme = content.guide.theme_of(row.content.question) if content else None
        return theme.short_title if theme is not None else ""
