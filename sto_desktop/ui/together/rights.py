"""The window's commands on what a person has a right to: the inzagepakket."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sto_desktop.domain.errors import StoError
from sto_desktop.language import tr
from sto_desktop.ui.base import keys
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from sto_desktop.report.rights.access_package import AccessPackage
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.fields.file_questions import FileQuestions


class Rights(QObject):
    """Serves one window; `session` returns the session open in it, `folder` the default folder."""

    def __init__(
        self,
        window: MainWindow,
        session: Callable[[], Session | None],
        folder: Callable[[], Path],
        files: FileQuestions,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session_now = session
        self._folder = folder
        self._files = files
        self._work: Background[AccessPackage] | None = None
        window.actions_by_id["access_package"] = keys.bind("access_package", window, self.ask, everywhere=True)
        window.actions_by_id["access_package"].setEnabled(False)

    def follow(self, session: Session | None) -> None:
        """Follow another dossier, or none; finish the current package first."""
        if self._work is not None:
            self._work.wait()
        self._window.actions_by_id["access_package"].setEnabled(session is not None)

    def ask(self) -> None:
        """Ask whose inzagepakket to make."""
        from sto_desktop.ui.together.person_dialog import PersonDialog
        from sto_desktop.workplace.access import people_of

        session = self._session_now()
        if session is None:
            return
        about = tr(
            "Een Word-bestand met alles wat dit dossier over één persoon bevat, zonder de namen van anderen. Staat "
            "iemand er niet bij, typ dan de naam waarmee die genoemd wordt."
        )
        people = people_of(session.dossier)
        dialog = PersonDialog(self._window.theme, people, about, tr("Inzagepakket maken…"), self._window)
        dialog.accepted.connect(lambda: self._make(session, dialog.person))
        dialog.open()

    def _make(self, session: Session, name: str) -> None:
        from sto_desktop.workplace.access import access_package
        from sto_desktop.workplace.place import free_path

        suggested = free_path(self._folder(), tr("Inzagepakket {name}", name=name), ".docx")
        target = self._files.to_export(self._window, suggested, "docx")
        if target is None or self._work is not None:
            return
        path, today = target.with_suffix(".docx"), session.now().date()

        def work() -> AccessPackage:
            from sto_desktop.report.rights.access_package import access_document
            from sto_desktop.report.writers.formats import write

            package = session.copy.look_apart(lambda dossier: access_package(dossier, name, today))
            if not package.is_empty:
                write(access_document(package), path)
            return package

        self._work = Background(work, partial(self._made, session, path), self._failed)
        self._work.start()

    def _made(self, session: Session, path: Path, package: AccessPackage) -> None:
        from sto_desktop.workplace.issuing import access_issued

        self._work = None
        if package.is_empty:
            self._window.notify(tr("Het dossier bevat niets over «{name}».", name=package.name), tone="warn")
            return
        attempt(self._failed, session.apply, access_issued(package.name, session.now(), path.name))
        self._window.notify(
            tr(
                "«{file}» staat klaar. Kijk het na vóór u het geeft: namen van wie het dossier niet kent, staan er nog "
                "in.",
                file=path.name,
            ),
            action=tr("Map openen"),
            on_action=lambda: self._files.show_folder(path),
            tone="good",
        )

    def _failed(self, error: Exception) -> None:
        self._work = None
        if not isinstance(error, StoError):
            raise error
        self._window.notify(str(error), tone="late")
