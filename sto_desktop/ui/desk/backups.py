"""What is kept on this computer of dossiers, and opening one of it as a dossier of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sto_desktop.ui.base.keys import bind
from sto_desktop.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from sto_desktop.ui.base.session import Session
    from sto_desktop.workplace import Workplace


class Backups(QObject):
    """Provides the command in one window; `session` returns the session open in it, `open_dossier` opens a path."""

    def __init__(
        self,
        window: MainWindow,
        session: Callable[[], Session | None],
        workplace: Callable[[], Workplace],
        open_dossier: Callable[[Path], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session_now = session
        self._workplace = workplace
        self._open = open_dossier
        window.actions_by_id["restore"] = bind("restore", window, self.restore)

    def restore(self) -> None:
        """List what is kept on this computer; one of it can be opened as a dossier of its own beside this one."""
        from sto_desktop.storage.working.register import Kind, kept_files
        from sto_desktop.ui.desk.kept_files import KeptFilesDialog

        session = self._session_now()
        if session is None:
            return
        workplace = self._workplace()
        # The working copy that is open is what the window shows.
        kept = [item for item in kept_files(workplace.copies) if (item.kind, item.path) != (Kind.COPY, session.path)]
        dialog = KeptFilesDialog(self._window.theme, session, workplace, kept, self._window)
        dialog.brought_back.connect(self._open)
        dialog.open()
