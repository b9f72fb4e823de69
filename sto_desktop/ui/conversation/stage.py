"""The stage Gesprek: the conversation of the current panel, or what the user can do when there is none."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sto_desktop.domain.live.steps import steps
from sto_desktop.domain.log.change import Changed
from sto_desktop.language import tr
from sto_desktop.ui.base.stage import Stage, StageContext
from sto_desktop.ui.conversation.live.rows import GUIDE_TABLES
from sto_desktop.ui.conversation.page.page import ConversationPage
from sto_desktop.ui.conversation.room import RoomButton, RoomControl, Surroundings
from sto_desktop.ui.widgets import begins_elsewhere


class ConversationStage(QWidget):
    """Shows the page of one panel, rebuilt when another panel is chosen.

    `live_changed` carries the new `LiveConversation`, or None; the previous one is closed.
    """

    live_changed = Signal(object)

    def __init__(
        self, context: StageContext, parent: QWidget | None = None, *, around: Surroundings | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: QWidget | None = None
        self._building = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.room = RoomControl(context, self, around)
        self.live_changed.connect(self.room.follow)
        context.session.panel_changed.connect(self._build)
        context.session.changed.connect(self._on_changed)
        self._build()

    @property
    def page(self) -> ConversationPage | None:
        """The conversation page on show."""
        return self._shown if isinstance(self._shown, ConversationPage) else None

    def show_row(self, table: str, row: str) -> None:
        """Show a question or a note; the caller has made its panel the current one."""
        if self.page is not None:
            self.page.show_row(table, row)

    def take_back_words(self) -> str | None:
        """Return what Ctrl+Z does outside the capture line, if a note was added last."""
        return self.page.line.take_back_words() if self.page is not None else None

    def take_back(self) -> None:
        """Show the capture line and undo in it: its typing, or else the note added last comes back into it."""
        if self.page is not None:
            self.page.show_line()
            # The key may have been pressed in the second window.
            self.window().activateWindow()
            self.page.line.edit.undo_here()

    def put_away(self) -> None:
        """Save unfinished text, before the dossier closes."""
        if self.page is not None:
            self.page.put_away()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.room.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        self.room.watch(False)
        super().hideEvent(event)

    def _on_changed(self, changed: Changed) -> None:
        # Without a page, any change may bring the missing panel or guide.
        if self._building:
            return
        if self.page is None or (changed.touches("panel", *GUIDE_TABLES) and not self._asked()):
            self._build()

    def _asked(self) -> bool:
        """Return whether the guide has questions."""
        read, panel = self._context.session.dossier.read, self._context.session.panel_id
        return panel is not None and bool(steps(read.guides.of_panel(panel)))

    def _build(self) -> None:
        # A page that resumes a running clock writes to the dossier: this change must not build a second page.
        self._building = True
        try:
            page = self._make()
        finally:
            self._building = False
        old, self._shown = self._shown, page
        if isinstance(old, ConversationPage):
            old.close_down()
        if old is not None:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._layout.addWidget(page)
        if self.isVisible():
            page.show()
        self.live_changed.emit(self.page.live if self.page is not None else None)

    def _make(self) -> QWidget:
        context = self._context
        empty = partial(begins_elsewhere, context, Stage.CONVERSATION)
        read = context.session.dossier.read
        panel = read.panels.get(context.session.panel_id) if context.session.panel_id else None
        if panel is None:
            text = tr("Maak eerst een panelgesprek; daarna voert u het hier, met leidraad, klok en notities.")
            return empty(tr("Er is nog geen panelgesprek"), text, Stage.START)
        if not self._asked():
            text = tr("Dit panelgesprek heeft nog geen leidraad met vragen. Kies of maak die bij Voorbereiden.")
            return empty(tr("Er zijn nog geen vragen"), text, Stage.PREPARE)
        page = ConversationPage(context, panel)
        page.top.add(RoomButton(context.theme, self.room, context.actions.get("practise")))
        self.room.attach(page)
        return page


def conversation_stage(context: StageContext) -> QWidget:
    """Build the stage Gesprek."""
    return ConversationStage(context)
