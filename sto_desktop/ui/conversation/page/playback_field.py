"""The summary that is read back to the panel on a theme: its text, whether they agreed, and their corrections."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from sto_desktop.domain.live.state import LiveState
from sto_desktop.domain.model import Playback
from sto_desktop.domain.panel.content import ThemeContent
from sto_desktop.domain.vocabulary import Agreement
from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.undo import forget_typing
from sto_desktop.ui.conversation.live.live import LiveConversation
from sto_desktop.ui.conversation.page.hands_field import HandsField, at_table
from sto_desktop.ui.look.roles import ColourRole, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import KeyHint, LineEdit, SectionLabel, TextEdit, TextLabel, expanding, row

SAVE_AFTER_MS = 1500
LEAST_HEIGHT = 64
MOST_LINES = 8
"""Height of the summary in px, and the number of lines up to which it grows: it is read aloud from here."""


class PlaybackField(QWidget):
    """The current theme's summary and whether the panel agreed; saved when typing pauses or the focus leaves.

    `left`: Esc in it; the typed text is saved. `grown`: the text needs another height.
    """

    failed = Signal(object)
    left = Signal()
    grown = Signal()

    def __init__(self, theme: Appearance, live: LiveConversation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._theme_id: str | None = None
        self._stored = ""
        """The stored summary as it was when the user began to type."""
        self._at_table = at_table(live.state())
        self._title = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED, lines=1)
        self._title.setContentsMargins(8, 0, 0, 0)
        self.text = TextEdit(name=tr("Samenvatting voor het panel"))
        self.text.setPlaceholderText(tr("Wat hoorden we? In één of twee zinnen."))
        self.text.setFixedHeight(LEAST_HEIGHT)
        self.text.document().documentLayout().documentSizeChanged.connect(self._fit_text)
        self.agreed = QComboBox()
        self.agreed.setAccessibleName(tr("Herkent het panel dit?"))
        for answer in (Agreement.UNKNOWN, Agreement.YES, Agreement.PARTLY, Agreement.NO):
            self.agreed.addItem(tr(answer.word), answer)
        self.hands = HandsField()
        self.hands.counted.connect(self._count)
        self.amendment = LineEdit(
            name=tr("Aanvulling van het panel op de samenvatting"),
            placeholder=tr("Aanvulling van het panel"),
        )
        self.amendment.returnPressed.connect(self._amend)
        self.amendments = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.INK)
        self.amendments.setContentsMargins(8, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        heading = SectionLabel(theme, tr("Samenvatting voor het panel"))
        layout.addLayout(row(expanding(heading), KeyHint(theme, keys.hint("playback"))))
        layout.addWidget(self._title)
        layout.addWidget(self.text)
        layout.addWidget(self.agreed)
        layout.addWidget(self.hands)
        layout.addWidget(self.amendment)
        layout.addWidget(self.amendments)
        self._rest = QTimer(self, interval=SAVE_AFTER_MS, singleShot=True)
        self._rest.timeout.connect(self.keep)
        self.text.textChanged.connect(self._on_typed)
        for widget in (self.text, self.agreed, self.hands, self.amendment):
            widget.installEventFilter(self)
        self.agreed.activated.connect(self.keep)
        live.place.moved.connect(self.refresh)
        live.rows.panel_changed.connect(self.refresh)
        live.rows.playbacks_changed.connect(self.refresh)
        live.updated.connect(self._follow)
        self.refresh()

    def _fit_text(self) -> None:
        lines = min(MOST_LINES, round(self.text.document().size().height()))
        around = self.text.height() - self.text.viewport().height() + 2 * round(self.text.document().documentMargin())
        # One more, since Qt counts a line as out of sight that ends at the edge.
        height = max(LEAST_HEIGHT, lines * self.text.cursorRect().height() + around + 1)
        if height != self.text.height():
            self.text.setFixedHeight(height)
            self.grown.emit()

    def _on_typed(self) -> None:
        self._rest.start()
        self._offer_answer()

    def _offer_answer(self) -> None:
        # Without a summary the panel can't agree or disagree.
        has_text = bool(self.text.toPlainText().strip())
        for widget in (self.agreed, self.hands, self.amendment):
            widget.setVisible(has_text)
        self._show_amendments()

    def _follow(self, state: LiveState) -> None:
        self._show_amendments()
        if at_table(state) != self._at_table and self._theme_id is not None:
            self._at_table = at_table(state)
            self.hands.show_hands(self._theme_id, state.playback, self._at_table)

    def _show_amendments(self) -> None:
        corrections = self._live.rows.amendments(self._theme_id) if self._theme_id else []
        self.amendments.setText("\n".join(f"+ {note.text}" for note in corrections))
        self.amendments.setVisible(bool(corrections) and not self._live.discreet)

    def _count(self, theme: str, hands: int | None, of: int | None) -> None:
        # Save the summary first: the hands were raised about its text.
        self.keep()
        attempt(self.failed.emit, self._live.count_hands, theme, hands, of)

    def _amend(self) -> None:
        text = self.amendment.text().strip()
        if not text or self._theme_id is None:
            return
        # Save the summary first: a correction refers to its row.
        self.keep()
        if attempt(self.failed.emit, self._live.amend, self._theme_id, text):
            self.amendment.clear()

    def go(self) -> None:
        """Focus the summary."""
        self.text.setFocus()
        # Behind what is there: selected, it would be typed over.
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    @property
    def _theme_content(self) -> ThemeContent | None:
        step = self._live.place.step
        return step.theme if step and step.theme.is_conversation else None

    def refresh(self) -> None:
        """Show the theme's summary; unsaved typing is saved first, and never overwritten."""
        theme = self._theme_content
        changed = (theme.id if theme else None) != self._theme_id
        if changed:
            self.leave()
        self._theme_id = theme.id if theme else None
        self.setVisible(theme is not None)
        if theme is None:
            return
        self._title.setText(theme.title)
        playback = self._live.rows.playbacks.get(theme.id)
        # While the user is typing, the stored text is older than the text on screen.
        if changed or not self._rest.isActive():
            self._show_text(playback.text if playback else "")
        self._offer_answer()
        self.agreed.setCurrentIndex(self.agreed.findData(playback.agreed if playback else Agreement.UNKNOWN))
        self.hands.show_hands(theme.id, playback, self._at_table)

    def _show_text(self, text: str) -> None:
        self._stored = text
        # Showing a stored text must not count as typing, which would save it.
        blocked = self.text.blockSignals(True)
        # Stored without the space at its end: the sentence may go on behind it.
        if text != self.text.toPlainText().strip():
            self.text.setPlainText(text)
            self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.blockSignals(blocked)

    def leave(self) -> None:
        """Save everything typed, also a correction without Enter: the next theme has corrections of its own."""
        self.keep()
        self._amend()

    def keep(self) -> None:
        """Save the summary if it changed."""
        self._rest.stop()
        if self._theme_id is None:
            return
        before = self._live.rows.playbacks.get(self._theme_id, Playback(""))
        text, agreed = self.text.toPlainText().strip(), Agreement(self.agreed.currentData())
        if before.text not in (self._stored, text) and text != self._stored:
            # Somebody else wrote the summary while this one was typed: keep both.
            text = f"{before.text}\n{text}".strip()
        if (text, agreed) == (before.text, before.agreed):
            return
        if attempt(self.failed.emit, self._live.set_playback, self._theme_id, text, agreed):
            self._show_text(text)
            # From here on, Ctrl+Z undoes the saved action.
            forget_typing(self.text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.keep()
            self.left.emit()
            return True
        return False
