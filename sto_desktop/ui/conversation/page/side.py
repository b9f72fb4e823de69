"""The right side of the conversation: speakers, parking lot, and the summary to read back to the panel."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.panel.content import NoteContent
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.page.playback_field import PlaybackField
from sto_desktop.ui.conversation.table.ring import SeatRing
from sto_desktop.ui.conversation.table.speakers import Speakers
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.notes.wording import agreed_words, shown_text
from sto_desktop.ui.widgets import (
    ActionButton,
    ButtonKind,
    IconButton,
    QuietButton,
    ScrollColumn,
    SectionLabel,
    SidePanel,
    TextLabel,
    column,
    expanding,
    row,
)

WITH_SIDE = 700
"""Below this window width, in px, the side is hidden, except while the summary is being written."""
WIDTH = 268
NARROW_WIDTH = 236
NARROW = 960
"""Below this width of the page, in px, the side is narrower."""
TABLE_SHARE, TABLE_LEAST, TABLE_MOST = 0.33, 300, 560
"""Width of the side when it shows the table: a share of the page, within bounds in px."""
SAVE_AFTER_MS = 1500


class ParkedRow(QWidget):
    """A parked note, with buttons to say who finds out the answer, and to take it off the list."""

    agree_asked = Signal()
    unparked = Signal()

    def __init__(self, theme: Appearance, note: NoteContent, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(4)
        self._note = note.note
        self._agreed = TextLabel(theme, "", TextStyle.SMALL, ColourRole.PRIMARY)
        words = column(
            TextLabel(theme, shown_text(note), TextStyle.SECONDARY, ColourRole.INK),
            TextLabel(theme, place, TextStyle.SMALL, ColourRole.MUTED, lines=1),
            self._agreed,
            spacing=0,
        )
        layout.addLayout(words, 1)
        agree = tr("Wie zoekt dit uit, voor wanneer, en het antwoord")
        self.agree = IconButton(theme, "edit", agree, command="agree_parked", on_click=self.agree_asked.emit)
        self.done = IconButton(
            theme, "check", tr("Van de parkeerplaats halen"), command="unpark", on_click=self.unparked.emit
        )
        layout.addWidget(self.agree)
        layout.addWidget(self.done)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.show_agreed(discreet=False)

    def show_agreed(self, *, discreet: bool) -> None:
        """Show who finds out the answer; without a name when others may see the screen."""
        words = agreed_words(self._note.owner, self._note.due, self._note.answer, discreet=discreet)
        self._agreed.setText(words)
        self._agreed.setVisible(bool(words))


class ParkingLot(QWidget):
    """The parked notes. `unparked` carries the id of a note that was dealt with, `agree_asked` of a note for which
    somebody promises to find out the answer.
    """

    unparked = Signal(str)
    agree_asked = Signal(str)

    def __init__(self, theme: Appearance, live: LiveConversation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._live = live
        self._shown: list[NoteContent] = []
        self.rows: list[ParkedRow] = []
        self._title = SectionLabel(theme, tr("Parkeerplaats"))
        self._nothing = TextLabel(
            theme,
            tr("Een vraag voor straks zet u hier met ? aan het begin van de regel."),
            TextStyle.SECONDARY,
            ColourRole.MUTED,
        )
        self._nothing.setContentsMargins(8, 0, 0, 0)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Space.S)
        self._due = TextLabel(theme, "", TextStyle.SECONDARY_STRONG, ColourRole.WARN_TEXT, lines=1)
        self._due.setContentsMargins(8, 0, 0, 0)
        self._due.hide()
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._due)
        self._layout.addWidget(self._nothing)
        live.rows.panel_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the parked notes; do nothing if they are the same."""
        parked = self._live.rows.parked()
        if parked == self._shown and (parked or not self._nothing.isHidden()):
            return
        self._shown = parked
        for old in self.rows:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [self._row(note) for note in parked]
        for new in self.rows:
            self._layout.addWidget(new)
        self._nothing.setVisible(not parked)
        self._title.setText(tr("Parkeerplaats ({n})", n=len(parked)) if parked else tr("Parkeerplaats"))

    def show_state(self, state: LiveState) -> None:
        """Show the parked notes, and when one is due now."""
        self.refresh()
        for entry in self.rows:
            entry.show_agreed(discreet=state.discreet)
        due = len(state.parked_due)
        self._due.setText(counted(due, "{n} komt nu terug", "{n} komen nu terug") if due else "")
        self._due.setVisible(due > 0)

    @property
    def due(self) -> str:
        """The text about what is due now."""
        return self._due.text()

    def _row(self, note: NoteContent) -> ParkedRow:
        theme, question = self._live.rows.guide.theme_of(note.question), self._live.rows.question(note.question)
        place = f"{theme.short_title} · {question.short_text}" if theme and question else tr("niet ingedeeld")
        entry = ParkedRow(self._theme, note, place)
        entry.unparked.connect(partial(self.unparked.emit, note.id))
        entry.agree_asked.connect(partial(self.agree_asked.emit, note.id))
        return entry


class Side(SidePanel):
    """Speakers, parking lot and summary, one above the other."""

    prepare_asked = Signal()

    def __init__(
        self, theme: Appearance, live: LiveConversation, table: QAction, parent: QWidget | None = None
    ) -> None:
        """`table` opens the table as a dialog."""
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.speakers = Speakers(theme)
        self.ring = SeatRing(theme)
        self._unheard = TextLabel(theme, "", TextStyle.BODY, ColourRole.WARN_TEXT)
        self._unheard.setContentsMargins(8, 0, 0, 0)
        self._moderating = False
        self.parking = ParkingLot(theme, live)
        # Created with its parent: it makes itself visible, and without a parent it would briefly be a window of its
        # own.
        self.playback = PlaybackField(theme, live, self)
        self._nobody = QWidget()
        nobody = QVBoxLayout(self._nobody)
        nobody.setContentsMargins(8, 0, 0, 0)
        text = tr("Nog geen panelleden. Met namen en stoelen ziet u hier wie er sprak, en wie nog niet.")
        nobody.addWidget(TextLabel(theme, text, TextStyle.SECONDARY, ColourRole.MUTED))
        nobody.addWidget(
            QuietButton(theme, tr("Panelleden invullen"), command="members", on_click=self.prepare_asked.emit)
        )
        inside = ScrollColumn(margin=Space.M)
        inside.body.setSpacing(Space.S)
        self.playback.grown.connect(inside.follow_focus)
        self._title = title = SectionLabel(theme, tr("Wie spreekt"))
        for label in (title, *self.parking.findChildren(SectionLabel), *self.playback.findChildren(SectionLabel)):
            label.setContentsMargins(8, 0, 0, 0)
        self.table_button = ActionButton(theme, table, kind=ButtonKind.QUIET, text=tr("Plaatsen"))
        inside.body.addLayout(row(expanding(title), self.table_button))
        inside.body.addWidget(self.speakers)
        inside.body.addWidget(self.ring)
        inside.body.addWidget(self._unheard)
        inside.body.addWidget(self._nobody)
        inside.body.addSpacing(Space.S)
        inside.body.addWidget(self.parking)
        inside.body.addSpacing(Space.S)
        inside.body.addWidget(self.playback)
        inside.body.addStretch(1)
        self.body.addWidget(inside)

    def set_room(self, width: int, *, moderating: bool) -> None:
        """Fit a page width in px: a list of speakers for the note taker, the table for the moderator."""
        self._moderating = moderating
        self.speakers.setVisible(not moderating)
        self.ring.setVisible(moderating)
        self.table_button.setVisible(moderating)
        self._title.setText(tr("Aan tafel") if moderating else tr("Wie spreekt"))
        if moderating:
            self.setFixedWidth(round(min(TABLE_MOST, max(TABLE_LEAST, width * TABLE_SHARE))))
        else:
            self.setFixedWidth(NARROW_WIDTH if width < NARROW else WIDTH)

    def show_state(self, state: LiveState) -> None:
        """Show the table, and which sectors have not been heard in this theme."""
        self._nobody.setVisible(not state.seats)
        self.parking.show_state(state)
        self.ring.show_state(state)
        sectors = listed(list(state.unheard))
        shown = bool(sectors) and not state.discreet
        self._unheard.setText(tr("{sectors}: nog niet aan het woord in dit thema", sectors=sectors) if shown else "")
        self._unheard.setVisible(shown)
