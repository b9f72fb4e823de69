"""The desk: opens, creates, saves and closes dossiers for the window, and keeps the list of recent ones."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject

from sto_desktop.domain.errors import PasswordNeededError, StoError, reason
from sto_desktop.language import tr
from sto_desktop.own_files import make_folder
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.base.stage import Stage
from sto_desktop.ui.desk.backups import Backups
from sto_desktop.ui.desk.going_on import recent_of, stage_to_go_on
from sto_desktop.ui.desk.painted import OncePainted
from sto_desktop.ui.desk.panel_removal import PanelRemoval
from sto_desktop.ui.desk.practising import Practising
from sto_desktop.ui.fields.file_questions import FileQuestions
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.exporting import Exporting
from sto_desktop.ui.together.rights import Rights
from sto_desktop.ui.together.together import Together
from sto_desktop.ui.widgets import ConfirmDialog

if TYPE_CHECKING:
    from sto_desktop.storage.working.working_copy import WorkingCopy
    from sto_desktop.ui.base.background import Background
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.desk.new_panel import NewPanel
    from sto_desktop.ui.shell.finding import PaletteProvider
    from sto_desktop.workplace import Workplace


@runtime_checkable
class ShowsRows(Protocol):
    """A stage that can show a row."""

    def show_row(self, table: str, row: str) -> None:
        """Bring the row into view and select it."""
        ...


class Desk(QObject):
    """Connects the requests of the window to the dossiers on this computer."""

    def __init__(
        self,
        window: MainWindow,
        files: FileQuestions | None = None,
        *,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` and `monotonic` become the two clocks of every opened dossier (see `Session`)."""
        super().__init__(window)
        self._clock = clock
        self._monotonic = monotonic
        self._window = window
        self._files = files or FileQuestions()
        self._settings = window.settings
        self._session: Session | None = None
        self._opening: Background[WorkingCopy] | None = None
        self._forget_providers: list[Callable[[], None]] = []
        window.new_requested.connect(self.new)
        window.open_requested.connect(self.open)
        window.example_requested.connect(self.example)
        window.import_requested.connect(self._import)
        window.save_as_requested.connect(self.save_as)
        window.may_close = self.put_away
        self.together = Together(window, lambda: self._session, self.folder, self._files)
        self.exporting = Exporting(window, lambda: self._session, self.folder, self._files)
        self.rights = Rights(window, lambda: self._session, self.folder, self._files)
        self.together.merged.connect(self.rights.look_at_arrivals)
        self.removal = PanelRemoval(window, self._remember)
        self.backups = Backups(window, lambda: self._session, self._workplace, self.open)
        self._practising = Practising(window, lambda: self._session, self._workplace)

    @property
    def session(self) -> Session | None:
        """The session of the open dossier, if any."""
        return self._session

    def _workplace(self) -> Workplace:
        # Imported here, so that nothing is loaded before the first paint that it does not need.
        from sto_desktop.workplace import Workplace

        return Workplace.here(self._settings.current.user_name)

    def folder(self) -> Path:
        """Return the default folder for dossiers: the one used last, or one in Documents."""
        last = self._settings.current.last_folder
        if last and Path(last).is_dir():
            return Path(last)
        from PySide6.QtCore import QStandardPaths

        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents or Path.home()) / "STO Desktop"

    # Creating and opening

    def new(self) -> None:
        """Ask for the data that a new panel needs, and create it."""
        from sto_desktop.ui.desk.new_panel import NewPanelDialog

        dialog = NewPanelDialog(
            self._window.theme,
            moderator=self._settings.current.user_name,
            today=dt.date.today(),
            dossier_open=self._session is not None,
            parent=self._window,
        )
        dialog.accepted.connect(lambda: self._make(dialog.answers()))
        dialog.open()

    def _make(self, answers: NewPanel) -> None:
        if answers.here and self._session is not None:
            self._add_panel(answers)
            return
        name = f"{answers.title} {answers.date.isoformat()}"

        def work() -> WorkingCopy:
            folder = self.folder()
            make_folder(folder)
            workplace = self._workplace()
            return workplace.create(workplace.free_path(folder, name))

        self._in_background(work, lambda _session: None, lambda: self._add_panel(answers))

    def _add_panel(self, answers: NewPanel) -> None:
        from sto_desktop.domain.actions import panels
        from sto_desktop.domain.identity import new_id
        from sto_desktop.exchange.guides import builtin_guide_id

        assert self._session is not None
        row = new_id()
        self._session.apply(
            panels.add_panel(
                builtin_guide_id(),
                title=answers.title,
                subregion=answers.subregion,
                day=answers.date,
                start=answers.start,
                moderator=answers.moderator,
                panel=row,
            )
        )
        self._session.show_panel(row)
        self._remember()
        self._window.navigate(Stage.PREPARE)

    def open(self, path: Path | None = None, password: str | None = None) -> None:
        """Open a dossier; without a path, ask which."""
        chosen = path or self._files.to_open(self._window, self.folder())
        if chosen is None:
            return
        if self._session is not None and self._session.path.resolve() == chosen.resolve():
            self._window.navigate(stage_to_go_on(self._session))
            return

        def work() -> WorkingCopy:
            return self._workplace().open(chosen, password)

        def shown() -> None:
            attempt(self._window.tell_error, self._settings.change, last_folder=str(chosen.parent))
            # What looks further waits until the dossier is on the screen.
            stage = self._window.stage_widget(self._window.stage)
            OncePainted(stage or self._window, self._look_further)

        def failed(error: StoError) -> None:
            self._not_opened(chosen, error, again=password is not None)

        self._in_background(work, stage_to_go_on, shown, failed)

    def _look_further(self) -> None:
        """Look on workers for what is to be told of the dossier that was opened, one thing after the other."""
        session = self._session
        if session is None:
            return
        self.rights.look_at_arrivals(session.copy.taken_in)
        if _is_example(session.path):
            # Its people are made up, so nothing of them is due.
            self._propose_password(session)
        else:
            self.rights.remind(lambda: self._propose_password(session))

    def _propose_password(self, session: Session) -> None:
        from sto_desktop.ui.desk.password_proposal import proposal, remember

        if self._session is not session:
            return

        def look() -> str:
            # Where the folder or the list of file systems can't be read, nothing is proposed.
            with suppress(OSError):
                return proposal(session.copy, self._settings)
            return ""

        def show(text: str) -> None:
            if not text or self._session is not session:
                return
            attempt(self._window.tell_error, remember, session.path, self._settings)
            action = "" if session.copy.has_password else tr("Wachtwoord instellen…")
            self._window.notify(text, action=action, on_action=self.together.password, topic="password")

        session.in_background(look, show)

    def _import(self, path: Path) -> None:
        """Show in Voorbereiden what a file becomes that was dropped on the window."""
        from sto_desktop.ui.prepare.stage import PrepareStage

        self._window.navigate(Stage.PREPARE)
        stage = self._window.stage_widget(Stage.PREPARE)
        if isinstance(stage, PrepareStage):
            stage.intake.dropped(path)

    def _not_opened(self, path: Path, error: StoError, *, again: bool) -> None:
        if not isinstance(error, PasswordNeededError):
            self._window.tell_error(error)
            return
        from sto_desktop.ui.fields.password_field import PasswordDialog

        dialog = PasswordDialog(self._window.theme, path.name, again=again, parent=self._window)
        dialog.accepted.connect(lambda: self.open(path, dialog.password.text()))
        dialog.open()

    def offer_abandoned(self) -> None:
        """Offer to continue with a working copy that a crash left."""
        if self._session is not None:
            return
        abandoned = sorted(self._workplace().copies.abandoned(), key=lambda working_copy: working_copy.changed)
        if abandoned:
            path = abandoned[-1].path
            message = tr(
                "«{name}» is de vorige keer niet afgesloten. Wat u toen deed, staat nog op deze computer.",
                name=path.stem,
            )
            self._window.notify(
                message, action=tr("Verdergaan"), on_action=lambda: self.open(path), tone="warn", topic="abandoned"
            )

    def example(self) -> None:
        """Open the example: five panels, held and worked out. Changes to it are kept."""
        from sto_desktop.workplace.example import make_example
        from sto_desktop.workplace.place import example_path

        path = example_path()
        if path.exists():
            self.open(path)
            return

        def work() -> WorkingCopy:
            return make_example(self._workplace(), path)

        self._window.notify(tr("Het voorbeeld wordt klaargezet…"))
        self._in_background(work, lambda _session: Stage.ELABORATE)

    def _in_background(
        self,
        work: Callable[[], WorkingCopy],
        first: Callable[[Session], Stage | None],
        shown: Callable[[], object] = lambda: None,
        failed: Callable[[StoError], object] | None = None,
    ) -> None:
        """Open on a worker what `work` returns and show it in the stage `first`; None is the current stage."""
        # Ignore the request while another dossier is being opened.
        if self._opening is not None:
            return
        from sto_desktop.ui.base.background import Background

        def opened() -> WorkingCopy:
            try:
                return work()
            except OSError as error:
                raise StoError(
                    tr("De map voor het dossier kan niet gemaakt worden ({reason}).", reason=reason(error)),
                    tr("Er is niets gewijzigd."),
                ) from error

        def ended() -> None:
            self._opening = None
            if opening.crashed:
                self._window.set_opening(False)

        def on_done(copy: WorkingCopy) -> None:
            try:
                replaced = self._replace(copy, first)
            except StoError as error:
                on_failed(error)
                return
            self._window.set_opening(False)
            if replaced:
                shown()

        def on_failed(error: StoError) -> None:
            self._window.set_opening(False)
            (failed or self._window.tell_error)(error)

        self._opening = opening = Background(opened, on_done, on_failed, ended=ended)
        self._window.set_opening(True)
        self._opening.start()

    def _replace(self, copy: WorkingCopy, first: Callable[[Session], Stage | None]) -> bool:
        """Show a dossier in place of the open one; False if the user prefers to keep that one open.

        Raises StoError if the dossier can't be read; the open one stays.
        """
        from sto_desktop.ui.base.session import Session

        before, stage_before = self._session, self._window.stage
        session = None
        replaced = False
        try:
            session = Session(copy, self._clock, self, monotonic=self._monotonic)
            stage = first(session)
            if self._may_leave():
                # Close the previous dossier only when this one is on the screen: if opening fails, it stays.
                self._leave()
                try:
                    self._show(session, stage)
                except StoError:
                    self._leave()
                    if before is not None:
                        self._follow(before, stage_before)
                    else:
                        self._window.navigate(stage_before)
                    raise
                replaced = True
        finally:
            if not replaced:
                _discard(session, copy)
        if before is not None:
            before.close()
            before.deleteLater()
        return replaced

    def _show(self, session: Session, stage: Stage | None) -> None:
        from sto_desktop.ui.desk.opening_news import WaysOut, opening_news

        self._follow(session, stage)
        self._remember()
        ways = WaysOut(self.save_as, self.together.conflicts, self.backups.restore)
        for news in opening_news(session.copy, ways):
            self._window.notices.tell(
                news.text, tone=news.tone, action=news.action, on_action=news.on_action, topic=news.text
            )

    def _follow(self, session: Session, stage: Stage | None) -> None:
        """Let the window and its commands follow a dossier."""
        self._session = session
        # Before the window, since setting the session may switch stages, after which the window reports undone actions.
        self.removal.follow(session)
        self._window.set_session(session, stage)
        self.together.follow(session)
        self.exporting.follow(session)
        self.rights.follow(session)
        self._forget_providers = [self._window.add_palette_provider(_finder(session, self._go))]

    def _go(self, stage: Stage, table: str, row: str) -> None:
        self._window.navigate(stage)
        widget = self._window.stage_widget(stage)
        if isinstance(widget, ShowsRows):
            widget.show_row(table, row)

    def _remember(self) -> None:
        """Store the open dossier, with its progress, in the list of recent ones."""
        if self._session is None:
            return
        try:
            self._settings.remember(recent_of(self._session, self._window.stage))
        except StoError as error:
            self._window.tell_error(error)

    # Saving and closing

    def save_as(self) -> None:
        """Ask for another path and continue there."""
        session = self._session
        if session is None:
            return
        path = self._files.to_save(self._window, session.path)
        if path is not None:
            session.publishing.publish(path if path.suffix else path.with_suffix(".sto"))

    def put_away(self) -> bool:
        """Close the open dossier; False if the user prefers to keep it open."""
        if self._opening is not None:
            # Wait until opening has finished: Qt aborts a program that destroys a running thread.
            self._opening.wait()
        session = self._session
        if not self._may_leave():
            return False
        self._leave()
        if session is not None:
            session.close()
            session.deleteLater()
        return True

    def _may_leave(self) -> bool:
        """Publish the open dossier, if any; False if that fails and the user prefers to keep it open."""
        if self._session is None:
            return True
        self.together.settle()
        problem = self._session.settle()
        if problem is not None and not self._closes_with(problem):
            return False
        self._remember()
        return True

    def _leave(self) -> None:
        """Let the window and its commands follow no dossier; the caller closes it."""
        if self._session is None:
            return
        self._session = None
        for forget in self._forget_providers:
            forget()
        self._forget_providers = []
        self.together.follow(None)
        self.exporting.follow(None)
        self.rights.follow(None)
        self.removal.follow(None)
        # Removing the stages makes them save unfinished typing, so do it before closing the session.
        self._window.set_session(None)

    def _closes_with(self, problem: StoError) -> bool:
        """Warn that the file is not up to date, and ask whether to close anyway."""
        reassurance = tr("Bij de volgende keer openen gaat u verder waar u was.")
        title = tr("Het bestand zelf is niet bijgewerkt")
        text = f"{problem.happened} {problem.kept} {reassurance}"
        return ConfirmDialog(self._window.theme, title, text, tr("Sluiten"), parent=self._window).ask()


def _finder(session: Session, go: Callable[[Stage, str, str], None]) -> PaletteProvider:
    """Return what finds rows of a dossier for the palette; it is imported and made when it is first asked."""

    @cache
    def finder() -> PaletteProvider:
        from sto_desktop.ui.desk.finding import DossierFinder

        return DossierFinder(session, go)

    return lambda query: finder()(query)


def _discard(session: Session | None, copy: WorkingCopy) -> None:
    """Close a dossier that is not shown."""
    if session is not None:
        session.stop()
        session.deleteLater()
    # Why it is not shown is told already.
    with suppress(StoError):
        copy.close()


def _is_example(path: Path) -> bool:
    from sto_desktop.workplace.place import example_path

    return path.resolve() == example_path().resolve()
