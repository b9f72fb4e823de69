"""The window's commands on others' dossiers: merge, share, passwords, conflicts, and reports of incoming changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from sto_desktop.domain.errors import PasswordNeededError, StoError
from sto_desktop.language import counted, tr
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.window_commands import WindowCommands

if TYPE_CHECKING:
    from sto_desktop.domain.privacy.redaction import Found
    from sto_desktop.storage.log.arrivals import Arrivals
    from sto_desktop.storage.log.incoming import Incoming
    from sto_desktop.storage.working.register import Reached
    from sto_desktop.storage.working.shared_place import DossierPlace
    from sto_desktop.ui.base.publishing import SaveStatus
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.fields.file_questions import FileQuestions
    from sto_desktop.ui.together.encrypt import Encrypt
    from sto_desktop.ui.together.merge_dialog import MergeDialog
    from sto_desktop.ui.together.password_dialog import DossierPasswordDialog

COPIES_AFTER_MS = 2_000
"""How long after opening to look for copies that a sync client left; a slow share must not delay the first screen."""

COPIES_EVERY_MS = 120_000


LOCKED, CONFLICTS, COPIES, SAME = "locked", "conflicts", "copies", "same"
"""The topics of the messages that wait for an answer."""


class Together(WindowCommands):
    """The commands on colleagues' dossiers, and what is reported of what they wrote. `merged`: the `Arrivals` of each
    dossier that was merged.
    """

    merged = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        session: Callable[[], Session | None],
        folder: Callable[[], Path],
        files: FileQuestions,
    ) -> None:
        slots: dict[str, Callable[..., object]] = {
            "merge": self.merge,
            "share": self.share,
            "same": self.same,
            "conflicts": self.conflicts,
            "password": self.password,
            "issuance": self.issuance,
        }
        super().__init__(window, session, folder, files, slots)
        self._watched: Session | None = None
        self._encrypting: Encrypt | None = None
        self._placing: Background[DossierPlace | None] | None = None
        self._placed: Path | None = None
        self._locked = False
        self._offered: set[Path] = set()
        self._copies_timer = QTimer(self, singleShot=True)
        self._copies_timer.timeout.connect(self.look_for_copies)
        window.merge_requested.connect(self.merge)

    def follow(self, session: Session | None) -> None:
        """Follow another dossier, or none."""
        if self._watched is not None:
            self._watched.publishing.arrived.disconnect(self._arrived)
            self._watched.publishing.status.disconnect(self._moved)
        self._watched = session
        self._offered.clear()
        super().follow(session)
        if self._placing is not None:
            self._placing.wait()
        self._window.status_line.show_place("", "")
        self._placed = session.path if session is not None else None
        if session is None:
            self._copies_timer.stop()
            return
        session.publishing.arrived.connect(self._arrived)
        session.publishing.status.connect(self._moved)
        self._locked = _is_locked(session.publishing.save_status)
        if self._locked:
            self._ask_password(session)
        self._look_at_place(session, moved=False)
        self._copies_timer.start(COPIES_AFTER_MS)

    # Samenvoegen

    def merge(self, paths: Sequence[Path] = ()) -> MergeDialog | None:
        """Open the merge dialog, with these dossiers on its list."""
        from sto_desktop.ui.together.merge_dialog import MergeDialog

        session = self._session_now()
        if session is None:
            return None
        dialog = MergeDialog(self._window.theme, session.copy, self._ask_files, self._window)
        dialog.merged.connect(partial(self._merged, session))
        dialog.open()
        if paths:
            dialog.add(paths)
        return dialog

    def _ask_files(self) -> Sequence[Path]:
        return self._files.to_merge(self._window, self._folder())

    def _merged(self, session: Session, results: Sequence[Incoming]) -> None:
        if session is not self._session_now():
            # Closed before the last of it was told.
            return
        session.look()
        for incoming in results:
            self.merged.emit(incoming.arrived)
        conflicts = sum(len(incoming.arrived.conflicts) for incoming in results)
        merged = [incoming for incoming in results if incoming.result is not None]
        message = counted(len(merged), "Eén dossier samengevoegd.", "{n} dossiers samengevoegd.")
        if not merged:
            self._window.notify(tr("Er is niets samengevoegd."), tone="warn")
        elif conflicts:
            waiting = tr("Over een paar dingen verschilt u; beide versies zijn bewaard.")
            self._window.notify(
                f"{message} {waiting}",
                action=tr("Bekijken en kiezen"),
                on_action=self.conflicts,
                tone="warn",
                topic=CONFLICTS,
            )
        elif self._looks_double(session):
            question = tr("Een deel lijkt er nu dubbel in te staan.")
            self._window.notify(f"{message} {question}", action=tr("Bekijken"), on_action=self.same, topic=SAME)
        else:
            self._window.notify(message, tone="good")

    def _looks_double(self, session: Session) -> bool:
        from sto_desktop.domain.model import Panelist, Theme
        from sto_desktop.domain.panel.suggestions import suggest

        read = session.dossier.read
        panels = read.panels.every()
        used = {panel.guide for panel in panels if panel.guide}
        return bool(
            suggest(panels, read.rows.records(Theme), read.rows.records(Panelist), used, read.panels.sameness())
        )

    def same(self) -> None:
        """Open the dialog about duplicates and rows linked as the same."""
        from sto_desktop.ui.together.same_dialog import SameDialog

        session = self._session_now()
        if session is not None:
            self._window.notices.forget(SAME)
            SameDialog(self._window.theme, session, self._window).open()

    def conflicts(self) -> None:
        """Open the list of conflicts."""
        from sto_desktop.ui.notes.conflict_dialog import ConflictDialog
        from sto_desktop.ui.together.conflicts import SessionConflicts

        session = self._session_now()
        if session is None:
            return
        self._window.notices.forget(CONFLICTS)
        work = SessionConflicts(session, self._window.tell_error)
        if not work.conflicts():
            self._window.notify(tr("Er zijn geen tegenstrijdigheden: iedereen zegt overal hetzelfde."))
            return
        ConflictDialog(self._window.theme, work, work.named, self._window).open()

    # Delen

    def share(self) -> None:
        """Ask what to share and write a copy to send."""
        from sto_desktop.domain.actions.panels import title_for
        from sto_desktop.ui.together.share_dialog import ShareDialog
        from sto_desktop.workplace.issuing import said_before

        session = self._session_now()
        if session is None:
            return
        panel = session.dossier.read.panels.get(session.panel_id) if session.panel_id else None
        title = title_for(panel) if panel is not None else ""
        members = session.dossier.read.members.every()
        heed = partial(said_before, members, session.dossier.read.course.all_issued())
        dialog = ShareDialog(self._window.theme, panel, title, session.path.stem, members, self._window, heed=heed)
        dialog.accepted.connect(partial(self._share, session, dialog))
        dialog.open()

    def _share(self, session: Session, dialog: object) -> None:
        from sto_desktop.domain.privacy.participation import said_left_out
        from sto_desktop.domain.privacy.sharing import said_of_names
        from sto_desktop.report.blocks.issued import naming_code, said_naming
        from sto_desktop.storage.whole_file.share import Shared
        from sto_desktop.ui.notes.names_check import ask_about_names
        from sto_desktop.ui.together.share_dialog import ShareDialog
        from sto_desktop.workplace.issuing import copy_issued
        from sto_desktop.workplace.place import free_path

        assert isinstance(dialog, ShareDialog)
        answers = dialog.answers()
        target = self._files.to_save(self._window, free_path(self._folder(), answers.name))
        if target is None or self._work is not None:
            return
        path = target if target.suffix else target.with_suffix(".sto")

        def found(names: tuple[Found, ...]) -> None:
            theme, where = self._window.theme, tr("deze kopie")
            ask_about_names(theme, session, names, where, self._window, lambda: write(anyway=False))

        def write(*, anyway: bool) -> None:
            self._run_checked(
                lambda: session.copy.share(path, answers.sharing, answers.password, anyway=anyway),
                done,
                lambda: write(anyway=True),
            )

        def done(made: Shared) -> None:
            issued = copy_issued(answers.sharing, session.now(), path.name, answers.recipient)
            attempt(self._window.tell_error, session.apply, issued)
            names = said_naming(naming_code(answers.sharing.naming))
            message = tr("De kopie staat klaar: «{name}»; namen: {names}.", name=path.name, names=names)
            said = (said_of_names(answers.sharing.naming), made.heed, said_left_out(made.left_out))
            notices = [*filter(None, said)]
            self._tell_ready(" ".join((message, *notices)), path, warn=bool(notices))

        self._run(lambda: session.copy.names_to_share(answers.sharing), found)

    def issuance(self) -> None:
        """Open the list of what was made, and for whom."""
        from sto_desktop.ui.together.issuance_dialog import IssuanceDialog

        session = self._session_now()
        if session is not None:
            IssuanceDialog(self._window.theme, session, parent=self._window).open()

    # Wachtwoord

    def password(self) -> None:
        """Ask for a password for the dossier itself, and set it."""
        from sto_desktop.ui.together.password_dialog import DossierPasswordDialog

        session = self._session_now()
        if session is None or self._encrypting is not None:
            return
        had = session.copy.has_password
        dialog = DossierPasswordDialog(self._window.theme, has_password=had, parent=self._window)
        dialog.chosen.connect(partial(self._encrypt, session, dialog))
        dialog.open()

    def settle(self) -> None:
        """Wait until a password that is being set or removed is, before the dossier is left."""
        if self._encrypting is not None:
            self._encrypting.wait()

    def _encrypt(self, session: Session, dialog: DossierPasswordDialog, words: str) -> None:
        from sto_desktop.ui.together.encrypt import Encrypt
        from sto_desktop.ui.together.reached import tell_reached

        def done(problem: StoError | None, reached: Reached) -> None:
            self._encrypting = None
            dialog.set_busy(False)
            if problem is not None:
                self._window.tell_error(problem)
                return
            dialog.accept()
            message = (
                tr("Het dossier heeft nu dit wachtwoord.") if words else tr("Het dossier heeft geen wachtwoord meer.")
            )
            tell_reached(self._window, session, message, reached)

        self._encrypting = Encrypt(session, words or None, done)
        self._encrypting.start()

    def _unlock(self, session: Session) -> None:
        """Ask for the password that a colleague set on the file, take in its content, and continue with it."""
        from sto_desktop.ui.fields.password_field import PasswordDialog

        dialog = PasswordDialog(self._window.theme, session.path.name, again=False, parent=self._window)

        def given() -> None:
            session.pause()
            try:
                session.copy.take_in_published(dialog.password.text() or None)
            except StoError as error:
                self._locked = False
                self._window.tell_error(error)
            finally:
                session.resume()

        dialog.accepted.connect(given)
        dialog.open()

    # Where the dossier is stored

    def _moved(self, status: SaveStatus) -> None:
        session = self._session_now()
        locked = _is_locked(status)
        if session is not None and locked and not self._locked:
            self._ask_password(session)
        if not locked:
            self._window.notices.forget(LOCKED)
        self._locked = locked
        if session is not None and session.path != self._placed:
            self._placed = session.path
            self._look_at_place(session, moved=True)

    def _look_at_place(self, session: Session, *, moved: bool) -> None:
        """Determine on a worker in what kind of place the dossier is stored, since a dead share answers late."""
        from sto_desktop.storage.working.shared_place import place_of
        from sto_desktop.ui.base.saving import said_place

        if self._placing is not None:
            self._placing.wait()
        path = session.path

        def look() -> DossierPlace | None:
            # Without a readable list of file systems, nothing is reported about the place.
            with suppress(OSError):
                return place_of(path)
            return None

        def show_found(place: DossierPlace | None) -> None:
            # If the dossier has moved meanwhile, its new place is looked up separately.
            if place is None or path != self._placed:
                return
            short, meaning = said_place(place)
            self._window.status_line.show_place(short, meaning)
            if moved and meaning:
                self._window.notify(meaning)

        self._placing = Background(look, show_found, ended=self._looked)
        self._placing.start()

    def _looked(self) -> None:
        self._placing = None

    # Incoming changes

    def _ask_password(self, session: Session) -> None:
        self._window.notify(
            tr("Op het bestand zit nu een wachtwoord van een collega. Wat u schrijft, blijft zolang hier."),
            action=tr("Wachtwoord geven…"),
            on_action=lambda: self._unlock(session),
            tone="warn",
            topic=LOCKED,
        )

    def _arrived(self, arrived: Arrivals) -> None:
        from sto_desktop.workplace.arrivals import said_arrivals, said_people

        message = said_arrivals(arrived)
        if not message:
            return
        people = said_people(arrived)
        text = tr("Van {people}: {what}", people=people, what=message) if people else message
        if arrived.conflicts:
            self._window.notify(
                text, action=tr("Bekijken en kiezen"), on_action=self.conflicts, tone="warn", topic=CONFLICTS
            )
        else:
            self._window.notify(text)

    def look_for_copies(self) -> None:
        """Look on a worker for copies of this dossier that a sync client left beside it."""
        session = self._session_now()
        self._copies_timer.start(COPIES_EVERY_MS)
        if session is None or self._work is not None:
            return
        self._run(session.copy.merging.copies_beside, partial(self._found, session))

    def _found(self, session: Session, copies: list[Path]) -> None:
        new = [path for path in copies if path not in self._offered]
        if not new or session is not self._session_now():
            return
        # Offer each copy once, and not at every check.
        self._offered.update(new)
        self._offer_merging(session, new)

    def _offer_merging(self, session: Session, copies: Sequence[Path]) -> None:
        name = copies[0].name
        if len(copies) == 1:
            message = tr("Naast dit dossier staat een kopie ervan: «{name}».", name=name)
        else:
            message = tr("Naast dit dossier staan {n} kopieën ervan, zoals «{name}».", n=len(copies), name=name)
        self._window.notify(
            message,
            action=tr("Samenvoegen"),
            on_action=lambda: self._take_in_copies(session, copies),
            tone="warn",
            topic=COPIES,
        )

    def _take_in_copies(self, session: Session, copies: Sequence[Path]) -> None:
        dialog = self.merge(copies)
        if dialog is not None:
            dialog.merged.connect(partial(self._offer_removal, session, copies))
            dialog.rejected.connect(partial(self._left_unmerged, session, copies, dialog))

    def _left_unmerged(self, session: Session, copies: Sequence[Path], dialog: MergeDialog) -> None:
        """Offer to delete copies whose content is all here already, so that there was nothing to merge; others are
        offered again, unless all were taken off the list.
        """
        if dialog.done_merging or not dialog.incoming or session is not self._session_now():
            return
        brings_nothing = all(
            incoming.result is not None and incoming.result.nothing_new for incoming in dialog.incoming
        )
        if brings_nothing:
            self._offer_removal(session, copies, dialog.incoming)
        else:
            self._offer_merging(session, copies)

    def _offer_removal(self, session: Session, copies: Sequence[Path], results: Sequence[Incoming]) -> None:
        """Offer to delete the copies that were merged completely, and report which remain."""
        if any(incoming.result is None and incoming.problem is None for incoming in results):
            # Merging was stopped: offer all again, since that offer takes the place of the one to delete the others.
            self._offered.difference_update(copies)
        merged = [incoming for incoming in results if incoming.path in copies and incoming.taken_whole]
        staying = [path.name for path in copies if path not in {incoming.path for incoming in merged}]
        stays = ""
        if len(staying) == 1:
            stays = tr("«{name}» is niet helemaal samengevoegd en blijft staan.", name=staying[0])
        elif staying:
            stays = tr("{n} kopieën zijn niet helemaal samengevoegd en blijven staan.", n=len(staying))
        if not merged:
            self._window.notify(stays, tone="warn")
            return
        if len(merged) == 1:
            all_here = tr("Alles uit «{name}» staat nu in dit dossier.", name=merged[0].path.name)
        else:
            all_here = tr("Alles uit {n} kopieën staat nu in dit dossier.", n=len(merged))
        self._window.notify(
            f"{all_here} {stays}".strip(),
            action=tr("Kopie opruimen"),
            on_action=lambda: self._remove(session, merged),
            tone="good",
            topic=COPIES,
        )

    def _remove(self, session: Session, merged: Sequence[Incoming]) -> None:
        """Delete copies that have not changed since they were merged; on a worker, as they may be on a slow share."""
        if session is not self._session_now():
            return

        def work() -> list[StoError]:
            problems = []
            for incoming in merged:
                try:
                    session.copy.merging.put_away_copy(incoming)
                except StoError as error:
                    problems.append(error)
                    # So that it is offered again.
                    self._offered.discard(incoming.path)
            return problems

        session.in_background(work, partial(self._removed, len(merged)))

    def _removed(self, of: int, problems: Sequence[StoError]) -> None:
        if not problems:
            self._window.notify(tr("Opgeruimd. Er staat een reservekopie op deze computer."))
        elif len(problems) == of:
            self._window.notify(" ".join(map(str, problems)), tone="late", topic=COPIES)
        else:
            removed = tr("{n} van {of} kopieën opgeruimd.", n=of - len(problems), of=of)
            self._window.notify(" ".join((removed, *map(str, problems))), tone="late", topic=COPIES)


def _is_locked(status: SaveStatus) -> bool:
    """Return whether publishing is blocked because a colleague set a password on the file."""
    return status.problem is not None and isinstance(status.problem.__cause__, PasswordNeededError)
