"""The note taker's column: question, notes and capture line. The question is completely visible at every size."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.settings import SettingsStore
from sto_desktop.ui.conversation.capture.capture_line import CaptureLine
from sto_desktop.ui.conversation.capture.completion import OfferArea
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.page.paused_card import PausedCard
from sto_desktop.ui.conversation.stream.stream import Stream
from sto_desktop.ui.conversation.table.round_bar import RoundBar
from sto_desktop.ui.conversation.time.question_head import QuestionHead
from sto_desktop.ui.conversation.time.top import StartCard
from sto_desktop.ui.look.roles import Space
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import Fitted, height_in

LOW = 400
"""Below this height, in px, inessential parts are hidden to make room for the question."""
EDITED = 72
"""Minimum height for the notes while one of them has the focus, in px."""


class NoteColumn(Fitted, OfferArea, QWidget):
    """From top to bottom: question, start or pause, notes, round, line. The question gets the height that it needs."""

    def __init__(
        self,
        theme: Appearance,
        live: LiveConversation,
        settings: SettingsStore,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.head = QuestionHead(theme)
        self.start_card = StartCard(theme, live, actions["pause"], actions["from_paper"])
        self.paused = PausedCard(theme, live, actions)
        self.stream = Stream(theme, live, settings)
        self.line = CaptureLine(theme, live, settings)
        self.round_bar = RoundBar(theme, actions["round"], actions["round_end"])
        # Opaque, so that a new note does not repaint everything behind it.
        self.setAutoFillBackground(True)
        self._low: bool | None = None
        self._column = QVBoxLayout(self)
        for widget in (self.head, self.start_card, self.paused):
            self._column.addWidget(widget)
        self._column.addWidget(self.stream, 1)
        self._column.addWidget(self.round_bar)
        self._column.addWidget(self.line)
        self.head.changed.connect(self.fit)
        self.stream.view.attended.connect(self.fit)
        self.stream.view.editor_fitted.connect(self.fit)

    def fit(self) -> None:
        """Give the question the height that the other parts leave."""
        low = self.height() < LOW
        side, above, gap = (Space.M, Space.XS, Space.XS) if low else (18, Space.M + 2, Space.M)
        cards = (self.start_card, self.paused, self.round_bar)
        # Setting a spacing triggers another layout, even if the value is the same.
        if low is not self._low:
            self._low = low
            self._column.setContentsMargins(side, above, side, above)
            self._column.setSpacing(gap)
            for card in (*cards, self.line):
                card.set_low(low)
        width = self.width() - 2 * side
        fixed = [height_in(widget, width) for widget in (*cards, self.line) if not widget.isHidden()]
        editor = self.stream.view.editor
        if editor is not None:
            fixed.append(max(EDITED, editor.wanted_height + 4))
        elif self.stream.isAncestorOf(self.focusWidget() or self):
            fixed.append(EDITED)
        # What the characters under the line need, shown or not.
        signs = self.line.signs.heightForWidth(width) + Space.XS
        taken = sum(fixed) + gap * (len(fixed) + 1) + 2 * above
        if not self.line.signs.isHidden():
            taken -= signs
        # The question and one note have priority over the characters under the line.
        least = self.head.least(width) + EDITED
        has_room = not low or taken + signs + least <= self.height()
        self.line.signs.set_room(has_room)
        if not self.line.signs.isHidden():
            taken += signs
        self.head.fit(width, self.height() - taken)
