"""Deleting a panel made by mistake: confirmed first with a list of its content, undone by Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sto_desktop.domain.errors import StoError
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.base.keys import bind
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.widgets import ConfirmDialog

if TYPE_CHECKING:
    from sto_desktop.domain.model import Panel
    from sto_desktop.storage.read.reader import Reader
    from sto_desktop.storage.working.dossier import Undone
    from sto_desktop.ui.base.session import Session


class PanelRemoval(QObject):
    """Provides the command in one window, for the current panel.

    Afterwards the session shows another panel; if none is left the window goes to Start. Undoing shows the panel again,
    in the stage where it was deleted.
    """

    def __init__(self, window: MainWindow, deleted: Callable[[], None]) -> None:
        """`deleted` is called after a panel was deleted."""
        super().__init__(window)
        self._window = window
        self._deleted = deleted
        self._session: Session | None = None
        self._left_from: dict[str, Stage] = {}
        """The stage visible when a panel was deleted here, by panel id."""
        self._away: set[str] = set()
        self.action = window.actions_by_id["delete_panel"] = bind("delete_panel", window, self.ask)
        self.action.setEnabled(False)

    def follow(self, session: Session | None) -> None:
        """Follow another dossier, or none."""
        if self._session is not None:
            self._session.panel_changed.disconnect(self._enable)
            self._session.undone.disconnect(self._undone)
        self._session = session
        self._left_from.clear()
        self._away.clear()
        if session is not None:
            session.panel_changed.connect(self._enable)
            session.undone.connect(self._undone)
        self._enable()

    def _enable(self, _panel: str = "") -> None:
        self.action.setEnabled(self._session is not None and self._session.panel_id is not None)

    def ask(self) -> None:
        """Ask whether to delete the current panel with its content."""
        session = self._session
        panel = session.dossier.read.panels.get(session.panel_id) if session is not None and session.panel_id else None
        if session is None or panel is None or self._refused(session, panel):
            return
        dialog = ConfirmDialog(
            self._window.theme,
            tr("«{title}» verwijderen?", title=_title(panel)),
            _what_goes_along(session.dossier.read, panel.id),
            tr("Verwijderen"),
            danger=True,
            parent=self._window,
        )
        dialog.accepted.connect(partial(self._delete, session, panel))
        dialog.open()

    def _refused(self, session: Session, panel: Panel) -> bool:
        """Refuse while the panel's clock runs: it keeps writing into the panel, here or on another computer."""
        from sto_desktop.domain.live.schedule import running_span

        if running_span(session.dossier.read.course.time_spans(panel.id)) is None:
            return False
        self._window.notify(
            tr(
                "Het gesprek van «{title}» loopt nog. Pauzeer het, of rond het af; dan kan het weg.",
                title=_title(panel),
            ),
            action=tr("Naar Gesprek"),
            on_action=lambda: self._window.navigate(Stage.CONVERSATION),
            tone="warn",
        )
        return True

    def _delete(self, session: Session, panel: Panel) -> None:
        from sto_desktop.domain.actions.panels import delete_panel

        # Check again: the dossier or the clock may have changed while the dialog was open.
        if session is not self._session or self._refused(session, panel):
            return
        # Panels linked as the same are shown as one, so delete all of them.
        rows = session.dossier.read.panels.sameness().group("panel", panel.id)
        stage = self._window.stage
        try:
            session.apply(delete_panel(rows))
        except StoError as error:
            self._window.tell_error(error)
            return
        self._left_from.update(dict.fromkeys(rows, stage))
        self._away.update(rows)
        self._deleted()
        if session.panel_id is None:
            self._window.navigate(Stage.START)
        undo = self._window.actions_by_id["undo"]
        self._window.notify(
            tr("«{title}» is verwijderd.", title=_title(panel)),
            action=tr("Ongedaan maken"),
            on_action=undo.trigger,
        )

    def _undone(self, _undone: Undone, _redo: bool) -> None:
        """Go to a panel that undo restored; if redo deleted the last one again, go to Start."""
        session = self._session
        if session is None or not self._left_from:
            return
        existing = [panel.id for panel in session.dossier.read.panels.listed()]
        back = next((panel for panel in existing if panel in self._away), None)
        self._away = self._left_from.keys() - existing
        if back is not None:
            session.show_panel(back)
            self._window.navigate(self._left_from[back])
        elif not existing:
            self._window.navigate(Stage.START)


def _title(panel: Panel) -> str:
    from sto_desktop.domain.actions.panels import title_for

    return title_for(panel)


def _what_goes_along(read: Reader, panel: str) -> str:
    """Describe the content of a panel, and that the deletion can be undone."""
    counts = (
        (read.notes.count(panel), "{n} notitie", "{n} notities"),
        (len(read.members.of_panel(panel)), "{n} panellid", "{n} panelleden"),
        (len(read.findings.insights(panel)), "{n} inzicht", "{n} inzichten"),
        (len(read.findings.recommendations(panel)), "{n} aanbeveling", "{n} aanbevelingen"),
    )
    parts = [counted(number, singular, many) for number, singular, many in counts if number]
    along = tr("Mee gaan {what}.", what=listed(parts)) if parts else tr("Er staat nog niets in.")
    back = tr("Met Ctrl Z komt alles terug. Wat een collega er intussen in schreef, blijft bij samenvoegen staan.")
    return f"{along} {back}"
