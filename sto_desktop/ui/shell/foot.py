"""The foot of the window: which dossier is open and where it is, how safely it is stored, and what undo reverts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sto_desktop.language import tr
from sto_desktop.ui.base.saving import said_open, said_status
from sto_desktop.ui.base.undo import TakesBack, UndoGuide
from sto_desktop.ui.look import plain
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import FootButton, Notices, StatusLine, Tone

if TYPE_CHECKING:  # imported with the first dossier, after the first paint, because the storage is slow to load
    from sto_desktop.domain.log.change import Changed
    from sto_desktop.ui.base.publishing import SaveStatus
    from sto_desktop.ui.base.session import Session

CATCH_UP_MS = 30
"""Delay after a change before the foot is updated, so that the stage is updated first."""


class Foot(StatusLine):
    """Follows the open dossier; `taking_back` returns the stage on screen if undo means something else there."""

    def __init__(
        self,
        theme: Appearance,
        actions: Mapping[str, QAction],
        guide: UndoGuide,
        taking_back: Callable[[], TakesBack | None],
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._actions = actions
        self._guide = guide
        self._taking_back = taking_back
        self._notices = notices
        self._session: Session | None = None
        self._problem = ""
        self._place = "", ""
        self._catch_up = QTimer(self, singleShot=True, interval=CATCH_UP_MS)
        self._catch_up.timeout.connect(self._caught_up)
        self._name_undo = QTimer(self, singleShot=True, interval=CATCH_UP_MS)
        self._name_undo.timeout.connect(self.show_undo)
        guide.changed.connect(self._name_undo.start)
        self.undo_button = FootButton(theme, "", actions["undo"])
        self.add(self.undo_button)
        for command, word in (
            ("history", tr("geschiedenis")),
            ("palette", tr("alles zoeken")),
            ("help", tr("sneltoetsen")),
        ):
            self.add(FootButton(theme, word, actions[command]))
        self.show_undo()

    def follow(self, session: Session | None) -> None:
        """Follow another dossier, or none."""
        if self._session is not None:
            self._session.changed.disconnect(self._changed)
            self._session.panel_changed.disconnect(self._show_open)
            self._session.publishing.status.disconnect(self._show_status)
            self._session.working.disconnect(self._show_working)
        self._session = session
        self._problem = ""
        self.set_saved("")
        if session is not None:
            session.changed.connect(self._changed)
            session.panel_changed.connect(self._show_open)
            session.publishing.status.connect(self._show_status)
            session.working.connect(self._show_working)
            # A problem that exists at opening is shown in the notices.
            status = session.publishing.save_status
            self._problem = str(status.problem) if status.problem is not None else ""
            self._show_saved(status)
        self._show_open()
        self.show_undo()

    def show_place(self, short: str, meaning: str) -> None:
        """Show where the dossier is stored, and what that means (see `saving.said_place`)."""
        self._place = short, meaning
        self._show_open()

    def _changed(self, changed: Changed) -> None:
        if changed.by_me:
            # Undo must work at once; its label can wait, because the note has to be on screen first.
            self._actions["undo"].setEnabled(True)
        self._catch_up.start()

    def _caught_up(self) -> None:
        if self._session is not None:
            self._show_saved(self._session.publishing.save_status)
        self.show_undo()
        self._show_open()

    def _show_open(self) -> None:
        panel = self._session.panel_id if self._session is not None else None
        record = self._session.dossier.read.panels.get(panel) if self._session is not None and panel else None
        if self._session is None or record is None:
            self.set_text("")
            return
        from sto_desktop.domain.actions.panels import title_for

        short, meaning = self._place
        count = self._session.dossier.read.notes.count(record.id)
        self.set_text(said_open(title_for(record), count, short), meaning)

    def show_undo(self) -> None:
        """Show on both actions and on the button what undo and redo would do now."""
        session, guide = self._session, self._guide
        if guide.own is not None:
            undo, redo = guide.own.undo_words(), guide.own.undo_words(redo=True)
        else:
            stage = self._taking_back()
            instead = tr("typen") if guide.undoes_typing else stage and stage.take_back_words()
            undo = instead or (session.undo_label() if session is not None else None)
            redo = tr("typen") if guide.redoes_typing else session.redo_label() if session is not None else None
        undo_action, redo_action = self._actions["undo"], self._actions["redo"]
        undo_action.setEnabled(undo is not None)
        redo_action.setEnabled(redo is not None)
        undo_action.setText(plain.word(tr("Ongedaan maken: {label}", label=undo)) if undo else tr("Ongedaan maken"))
        redo_action.setText(plain.word(tr("Opnieuw: {label}", label=redo)) if redo else tr("Opnieuw"))
        self.undo_button.setText(tr("ongedaan maken: {label}", label=undo) if undo else "")
        self.undo_button.setVisible(undo is not None)

    def _show_saved(self, status: SaveStatus) -> None:
        text, role = said_status(status)
        self.set_saved(text, role)

    def _show_working(self, what: str) -> None:
        if what:
            self.set_saved(what)
        elif self._session is not None:
            self._show_saved(self._session.publishing.save_status)

    def _show_status(self, status: SaveStatus) -> None:
        # A working state waits for the stage's own update; a problem is shown at once.
        if status.problem is None and not status.refused:
            self._catch_up.start()
        else:
            self._show_saved(status)
        problem = str(status.problem) if status.problem is not None else ""
        if self._problem and problem != self._problem:
            self._notices.forget(self._problem)
        if problem and problem != self._problem:
            # Notify once; the status line keeps showing the problem.
            save_as = self._actions["save_as"].trigger
            self._notices.tell(problem, action=tr("Opslaan als…"), on_action=save_as, tone=Tone.LATE)
        self._problem = problem
