"""Opening a backup of the dossier as a dossier of its own, beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sto_desktop.domain.errors import StoError
from sto_desktop.ui.base.keys import bind
from sto_desktop.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from sto_desktop.storage.whole_file.backup import Backup
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
        """Let the user choose a backup, and open it as a dossier of its own beside this one."""
        from sto_desktop.ui.desk.restore import RestoreDialog

        session = self._session_now()
        if session is None:
            return
        path = session.path
        dialog = RestoreDialog(self._window.theme, self._workplace().backups_of(path), parent=self._window)
        dialog.chosen.connect(partial(self._restored, path))
        dialog.open()

    def _restored(self, path: Path, backup: Backup) -> None:
        try:
            target = self._workplace().restore(path, backup)
        except StoError as error:
            self._window.tell_error(error)
            return
        self._open(target)
