"""What commands of the window on whole dossiers share: when they can be used, and one job at a time on a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject

from sto_desktop.domain.errors import StoError
from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.fields.file_questions import FileQuestions

T = TypeVar("T")


class WindowCommands(QObject):
    """Serves one window; `session` returns the session open in it, `folder` the default folder.

    `slots`: what each command does, by its id. Without a dossier they are disabled.
    """

    def __init__(
        self,
        window: MainWindow,
        session: Callable[[], Session | None],
        folder: Callable[[], Path],
        files: FileQuestions,
        slots: Mapping[str, Callable[..., object]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session_now = session
        self._folder = folder
        self._files = files
        self._work: Background[Any] | None = None
        self._actions = [keys.bind(name, window, slot, everywhere=True) for name, slot in slots.items()]
        window.actions_by_id.update(zip(slots, self._actions, strict=True))
        self._allow(False)

    def follow(self, session: Session | None) -> None:
        """Follow another dossier, or none; finish the current job first, which is recorded in its dossier."""
        if self._work is not None:
            self._work.wait()
        self._allow(session is not None)

    def _allow(self, open_now: bool) -> None:
        for action in self._actions:
            action.setEnabled(open_now)

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[StoError], object] | None = None,
    ) -> None:
        """Start a job on a worker; the caller has seen that there is none (`_work`). An error is told, or `failed`."""
        self._work = Background(work, done, failed or self._window.tell_error, ended=self._ended)
        self._work.start()

    def _run_checked(self, work: Callable[[], T], done: Callable[[T], object], anyway: Callable[[], object]) -> None:
        """Start a job that writes a file; if a name remains in it, say so and offer to write it `anyway`."""

        def failed(error: StoError) -> None:
            from sto_desktop.domain.privacy.remaining import NamesInFileError

            if isinstance(error, NamesInFileError):
                self._window.notify(str(error), action=tr("Toch opslaan"), on_action=anyway, tone="late")
            else:
                self._window.tell_error(error)

        self._run(work, done, failed)

    def _ended(self) -> None:
        self._work = None

    def _tell_ready(self, message: str, path: Path, *, warn: bool) -> None:
        """Report a file that was written, and offer to show its folder."""
        self._window.notify(
            message,
            action=tr("Map openen"),
            on_action=lambda: self._files.show_folder(path),
            tone="warn" if warn else "good",
        )
