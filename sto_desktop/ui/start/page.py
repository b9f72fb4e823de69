"""The Start page: the recent dossiers on the left, the ways to begin on the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from sto_desktop.language import tr
from sto_desktop.settings import SettingsStore
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.keys import shown
from sto_desktop.ui.base.stage import Notify
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.start.recent import RecentList
from sto_desktop.ui.start.when import greeting
from sto_desktop.ui.widgets import Card, ClickCard, IconTile, KeyHint, ScrollColumn, SectionLabel, TextLabel, column

WIDEST = 1280
RIGHT_WIDTH = 380
NARROW = 960
LOW = 440
"""Below this height, in px, the introduction is hidden and the cards are lower, so that all of them are in sight."""
NARROW_RIGHT = 300
SHOWN = 7


class BeginCard(ClickCard):
    """One way to begin: icon (named after the action), title, description, and key."""

    def __init__(self, theme: Appearance, action: QAction, title: str, text: str) -> None:
        super().__init__(theme, title, margin=18)
        self.setAccessibleDescription(text)
        self.setObjectName(action.objectName())
        self.clicked.connect(action.trigger)
        line = QHBoxLayout()
        line.setSpacing(Space.L)
        line.addWidget(IconTile(theme, action.objectName()))
        words = column(
            TextLabel(theme, title, TextStyle.BODY_STRONG, lines=1),
            TextLabel(theme, text, TextStyle.SECONDARY, ColourRole.MUTED),
            spacing=2,
        )
        line.addLayout(words, 1)
        key = shown(action.shortcut().toString(QKeySequence.SequenceFormat.PortableText))
        line.addWidget(KeyHint(theme, key), 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(line)

    def set_low(self, low: bool) -> None:
        """Take less height."""
        margin = Space.S if low else 18
        self.body.setContentsMargins(margin, margin, margin, margin)


class StartPage(QWidget):
    """Resume recent work or begin. `open_requested` carries the path of a recent dossier."""

    open_requested = Signal(object)

    def __init__(
        self,
        theme: Appearance,
        settings: SettingsStore,
        notify: Notify,
        actions: Mapping[str, QAction],
        now: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        """`actions`: the window's own, by the ids of their commands."""
        super().__init__()
        self._settings = settings
        self._notify = notify
        self._now = now
        self._greeting = TextLabel(theme, "", TextStyle.GREETING, lines=1)
        self._intro = TextLabel(theme, "", TextStyle.LARGE, ColourRole.MUTED)
        self.recent = RecentList(theme)
        self.recent.chosen.connect(self.open_requested)
        self.recent.forgotten.connect(self._forget)
        self._recent_title = SectionLabel(theme, tr("Recent"))
        self._nothing = self._make_nothing(theme)
        self.cards = (
            BeginCard(theme, actions["new"], tr("Nieuw panelgesprek"), tr("met de leidraad van STO Twente")),
            BeginCard(theme, actions["open"], tr("Openen"), tr("een dossier van schijf, stick of gedeelde map")),
            BeginCard(theme, actions["example"], tr("Voorbeeld bekijken"), tr("vijf ingevulde panels")),
        )
        self._columns = self._lay_out(theme)

    def refresh(self) -> None:
        """Show the current list of recent dossiers."""
        now = self._now()
        dossiers = self._settings.current.recent[:SHOWN]
        self._greeting.setText(greeting(now))
        self._intro.setText(
            tr("Ga verder waar u gebleven was, of begin een nieuw panelgesprek.")
            if dossiers
            else tr("Van gespreksleidraad tot verslag, voor één panel of voor alle subregio's.")
        )
        self.recent.show_dossiers(dossiers, now)
        self.recent.setVisible(bool(dossiers))
        self._nothing.setVisible(not dossiers)

    def focus_first(self) -> None:
        """Focus what Enter should open: the newest dossier, or a new conversation."""
        rows = self.recent.rows()
        (rows[0] if rows else self.cards[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width, height = self.width(), self.height()
        narrow, low = width < NARROW, height < LOW
        side = Space.L if low else max(Space.XXL, (width - WIDEST) // 2, min(72, width // 16))
        top = 56 if height > 640 else Space.S if low else Space.XXL
        self._columns.setContentsMargins(side, top, side, Space.S if low else Space.XXL)
        self._columns.setHorizontalSpacing(Space.XXL if narrow else 64)
        self._intro.setVisible(not low)
        self._right.body.setSpacing(Space.S if low else Space.M)
        for card in self.cards:
            card.setFixedWidth(NARROW_RIGHT if narrow else RIGHT_WIDTH)
            card.set_low(low)
        self._right.setFixedWidth(self.cards[0].width())
        super().resizeEvent(event)

    def _lay_out(self, theme: Appearance) -> QGridLayout:
        """Lay out greeting, headings and their content in rows, so that both headings align."""
        grid = QGridLayout(self)
        grid.setVerticalSpacing(0)
        grid.addLayout(column(self._greeting, 4, self._intro, spacing=0), 0, 0, 1, 2)
        grid.addWidget(self._recent_title, 1, 0, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(SectionLabel(theme, tr("Beginnen")), 1, 1, Qt.AlignmentFlag.AlignBottom)
        grid.setRowMinimumHeight(1, SectionLabel(theme).sizeHint().height() + Space.S)
        grid.setRowMinimumHeight(2, Space.S)
        # Each side scrolls by itself, so that a long list leaves the cards in sight.
        left_side, self._right = ScrollColumn(), ScrollColumn()
        for widget in (self.recent, self._nothing):
            left_side.body.addWidget(widget)
        for card in self.cards:
            self._right.body.addWidget(card)
        for scrolling in (left_side, self._right):
            scrolling.body.addStretch(1)
        grid.addWidget(left_side, 3, 0)
        grid.addWidget(self._right, 3, 1)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(3, 1)
        return grid

    def _make_nothing(self, theme: Appearance) -> Card:
        card = Card(dashed=True)
        card.body.addWidget(TextLabel(theme, tr("Hier staan straks uw dossiers."), TextStyle.BODY_STRONG))
        text = tr(
            "Begin een nieuw panelgesprek, of bekijk eerst het voorbeeld. Een dossier dat u per mail kreeg, "
            "kunt u ook op dit venster slepen."
        )
        card.body.addWidget(TextLabel(theme, text, TextStyle.BODY, ColourRole.MUTED))
        return card

    def _forget(self, path: Path) -> None:
        before = self._settings.current.recent
        if not attempt(lambda error: self._notify(str(error), tone="late"), self._settings.forget, path):
            return
        self.refresh()
        self.focus_first()
        self._notify(
            tr("Van de lijst gehaald. Het bestand zelf is niet aangeraakt."),
            action=tr("Terugzetten"),
            on_action=lambda: self._restore(before),
        )

    def _restore(self, recent: object) -> None:
        self._settings.change(recent=recent)
        self.refresh()
