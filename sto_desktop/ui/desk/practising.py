"""Oefenen: the conversation in a separate window, on a copy that is discarded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sto_desktop.language import tr
from sto_desktop.ui.desk.going_on import panel_of
from sto_desktop.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from sto_desktop.storage.working.working_copy import WorkingCopy
    from sto_desktop.ui.base.background import Background
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.shell.practise import PractiseWindow
    from sto_desktop.workplace import Workplace


class Practising(QObject):
    """Serves one window; `session` returns the session open in it. One practice at a time."""

    def __init__(
        self, window: MainWindow, session: Callable[[], Session | None], workplace: Callable[[], Workplace]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session_now = session
        self._workplace = workplace
        self._going_on: Background[WorkingCopy] | PractiseWindow | None = None
        window.practise_requested.connect(self.practise)

    def practise(self) -> None:
        """Open the conversation for practice in a separate window, on a copy that is discarded."""
        session = self._session_now()
        panel = panel_of(session)
        if session is None or panel is None or self._going_on is not None:
            return
        from sto_desktop.ui.base.background import Background
        from sto_desktop.workplace.practise import begin_of, practise_copy

        person = self._workplace().who

        self._going_on = Background(
            lambda: practise_copy(session.copy, panel.id, person),
            partial(self._show, begin_of(panel, session.now())),
            self._window.tell_error,
            ended=self._ended,
        )
        self._going_on.start()

    def _ended(self) -> None:
        self._going_on = None

    def _show(self, begin: datetime, copy: WorkingCopy) -> None:
        from sto_desktop.ui.conversation import conversation_stage
        from sto_desktop.ui.shell.practise import PractiseWindow
        from sto_desktop.workplace.practise import PractiseClock

        window, clock = self._window, PractiseClock(begin)
        made = PractiseWindow(window.theme, window.settings.to_practise(), conversation_stage, copy, clock)
        made.resize(window.size())
        made.finished.connect(self._practised)
        self._going_on = made
        made.show()
        made.activateWindow()

    def _practised(self) -> None:
        self._going_on = None
        self._window.activateWindow()
        self._window.notify(tr("De oefening is weggegooid. In het dossier is niets gewijzigd."))
