"""The window's command that exports for other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.language import tr
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.window_commands import WindowCommands

if TYPE_CHECKING:  # writing files is for who asks for one
    from sto_desktop.domain.privacy.redaction import Found
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.fields.file_questions import FileQuestions
    from sto_desktop.ui.together.export_dialog import ExportAnswers
    from sto_desktop.workplace.exporting import Exported, ExportWish


class Exporting(WindowCommands):
    """The command that exports notes, members, the plan or a whole project."""

    def __init__(
        self,
        window: MainWindow,
        session: Callable[[], Session | None],
        folder: Callable[[], Path],
        files: FileQuestions,
    ) -> None:
        super().__init__(window, session, folder, files, {"export": self.export})

    def export(self) -> None:
        """Ask what to export and where, and write it."""
        from sto_desktop.domain.actions.panels import title_for
        from sto_desktop.ui.together.export_dialog import ExportDialog
        from sto_desktop.workplace.issuing import said_before

        session = self._session_now()
        if session is None:
            return
        panel = session.dossier.read.panels.get(session.panel_id) if session.panel_id else None
        title = title_for(panel) if panel is not None else ""
        members = session.dossier.read.members.every()
        heed = partial(said_before, members, session.dossier.read.course.all_issued())
        dialog = ExportDialog(self._window.theme, title, session.path.stem, members, self._window, heed=heed)
        dialog.accepted.connect(lambda: self._export(session, dialog.answers()))
        dialog.open()

    def _export(self, session: Session, answers: ExportAnswers) -> None:
        from sto_desktop.exchange.out.tables import Subject
        from sto_desktop.workplace.exporting import ExportWish
        from sto_desktop.workplace.place import free_path

        ending = f".{answers.form}"
        target = self._files.to_export(self._window, free_path(self._folder(), answers.name, ending), answers.form)
        if target is None or self._work is not None:
            return
        if target.suffix.lower() != ending:
            # The save dialog did not ask about overwriting a file with this other name.
            target = free_path(target.parent, target.name, ending)
        wish = ExportWish(answers.form, Subject(answers.subject) if answers.subject else None, answers.names)
        self._start(session, None if answers.all_panels else session.panel_id, wish, target, answers.recipient)

    def _start(self, session: Session, panel: str | None, wish: ExportWish, target: Path, recipient: str) -> None:
        from sto_desktop.ui.notes.names_check import ask_about_names
        from sto_desktop.workplace.exporting import contents_apart, decided, names_to_export, write_export

        def look() -> tuple[Found, ...]:
            return names_to_export(contents_apart(session.copy, panel), decided(session.copy, wish))

        def found(names: tuple[Found, ...]) -> None:
            theme, where = self._window.theme, tr("deze export")
            ask_about_names(theme, session, names, where, self._window, lambda: write(anyway=False))

        def write(*, anyway: bool) -> None:
            def work() -> Exported:
                wanted = replace(decided(session.copy, wish), anyway=anyway)
                return write_export(contents_apart(session.copy, panel), wanted, target, session.path.stem)

            self._run_checked(work, done, lambda: write(anyway=True))

        def done(made: Exported) -> None:
            from sto_desktop.report.blocks.issued import naming_code, said_naming
            from sto_desktop.workplace.issuing import export_issued

            issued = export_issued(panel, wish, session.now(), target.name, recipient)
            attempt(self._window.tell_error, session.apply, issued)
            message = tr(
                "«{name}» staat klaar, met {what}; namen: {names}.",
                name=target.name,
                what=made.subject,
                names=said_naming(naming_code(wish.names)),
            )
            self._tell_ready(" ".join((message, *made.messages)), target, warn=bool(made.messages))

        self._run(look, found)
