"""The window's commands on what a person has a right to: the inzagepakket, and erasure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sto_desktop.language import tr
from sto_desktop.ui.base.doing import attempt
from sto_desktop.ui.shell.main_window import MainWindow
from sto_desktop.ui.together.window_commands import WindowCommands

if TYPE_CHECKING:
    from sto_desktop.domain.log.change import Changed
    from sto_desktop.domain.model import Panelist
    from sto_desktop.report.rights.access_package import AccessPackage
    from sto_desktop.report.rights.erasure_proof import ErasureProof
    from sto_desktop.storage.log.arrivals import Arrivals
    from sto_desktop.storage.working.dossier import Dossier
    from sto_desktop.ui.base.session import Session
    from sto_desktop.ui.fields.file_questions import FileQuestions
    from sto_desktop.ui.notes.erasing import Eraser
    from sto_desktop.ui.together.states_dialog import PanelState, StatesDialog
    from sto_desktop.workplace.consent import Withdrawal
    from sto_desktop.workplace.due import Due

MOST_MEMBERS = 100
"""A change of more members at once is an import, which withdraws nothing."""
REFUSED, WITHDRAWN = "refused", "withdrawn"
"""The topics of the offer to erase what somebody said who now does not take part, and of a consent taken back."""


class Rights(WindowCommands):
    """The commands on one person's rights, and what is offered after an answer about consent changed."""

    def __init__(
        self,
        window: MainWindow,
        session: Callable[[], Session | None],
        folder: Callable[[], Path],
        files: FileQuestions,
    ) -> None:
        slots = {"access_package": self.ask, "erase_person": self.erase, "states": self.show_states}
        super().__init__(window, session, folder, files, slots)
        self._watched: Session | None = None
        self._refusing: set[str] = set()
        self.eraser: Eraser | None = None
        self._states: StatesDialog | None = None

    def follow(self, session: Session | None) -> None:
        """Follow another dossier, or none; finish the current package or erasure first."""
        if self._watched is not None:
            self._watched.changed.disconnect(self._look_at_answers)
            self._watched.publishing.arrived.disconnect(self.look_at_arrivals)
        self._watched = session
        if session is not None:
            session.changed.connect(self._look_at_answers)
            session.publishing.arrived.connect(self.look_at_arrivals)
        super().follow(session)
        if self.eraser is not None:
            self.eraser.settle()
            self.eraser = None

    def ask(self) -> None:
        """Ask whose inzagepakket to make."""
        session = self._session_now()
        if session is None:
            return
        about = tr("Een Word-bestand met alles wat dit dossier over één persoon bevat, zonder de namen van anderen.")
        self._ask_person(session, about, tr("Inzagepakket maken…"), partial(self._make, session))

    def erase(self) -> None:
        """Ask whom to erase, and what of them."""
        session = self._session_now()
        if session is not None:
            about = tr("Daarna kiest u wat er weg moet: gegevens, eigen woorden, vermeldingen. Er komt een wisbewijs.")
            self._ask_person(session, about, tr("Verder…"), partial(self._erase, session))

    # What should be gone

    def remind(self, then: Callable[[], object]) -> None:
        """Say what should be gone because its term is over, with what does it: one thing at once, else the list. It is
        looked for on a worker; afterwards `then` is called.
        """
        session = self._session_now()
        if session is None:
            return
        today = session.now().date()

        def look() -> tuple[list[Due], str]:
            from sto_desktop.storage.working.register import number_kept
            from sto_desktop.workplace.due import all_due, said_due

            due = session.copy.look_apart(lambda dossier: all_due(dossier, today))
            return due, said_due(due, number_kept(session.copy.file.home, session.path)) if due else ""

        session.in_background(look, lambda found: self._remind(session, *found), ended=then)

    def _remind(self, session: Session, due: Sequence[Due], said: str) -> None:
        from sto_desktop.ui.together.states_dialog import word_for

        if not due or self._session_now() is not session:
            return
        alone = due[0] if len(due) == 1 else None
        self._window.notify(
            said,
            action=word_for(alone) if alone else tr("Bekijken"),
            on_action=partial(self._do, session, alone) if alone else self.show_states,
            tone="warn",
            topic="due",
        )

    def show_states(self) -> None:
        """Show how far each panel is, and what should be gone of it."""
        from sto_desktop.ui.together.states_dialog import StatesDialog

        session = self._session_now()
        if session is None:
            return
        dialog = StatesDialog(self._window.theme, self._read_states(session), self._window)
        dialog.wanted.connect(partial(self._do, session))
        # What was done meanwhile is no longer on the list.
        session.changed.connect(self._show_states_again)
        self._states = dialog
        dialog.finished.connect(partial(self._forget_states, session))
        dialog.open()

    def _read_states(self, session: Session) -> list[PanelState]:
        from sto_desktop.ui.together.states_dialog import PanelState
        from sto_desktop.workplace.due import due_of, due_of_refusing, with_day

        dossier, today = session.dossier, session.now().date()
        return [
            PanelState(
                panel, with_day(dossier, panel), (*due_of(dossier, panel, today), *due_of_refusing(dossier, panel))
            )
            for panel in dossier.read.panels.listed()
        ]

    def _show_states_again(self) -> None:
        session = self._session_now()
        if session is not None and self._states is not None:
            self._states.show_states(self._read_states(session))

    def _forget_states(self, session: Session, _result: int) -> None:
        session.changed.disconnect(self._show_states_again)
        self._states = None

    def _do(self, session: Session, due: Due) -> None:
        from sto_desktop.domain.actions.panels import tick
        from sto_desktop.domain.panel.terms import FORMS, FORMS_GONE, NAMES
        from sto_desktop.workplace.due import named, refused_in

        if due.term is FORMS:
            attempt(self._window.tell_error, session.apply, tick(due.panel.id, FORMS_GONE, True))
        elif due.term is NAMES:
            self._eraser_of(session).ask_about_members(named(session.dossier, due.panel))
        elif due.term is None:
            self._eraser_of(session).ask_about_words(refused_in(session.dossier, due.panel)[0])
        else:
            self._eraser_of(session).ask_about_notes(due.panel)

    def _ask_person(self, session: Session, about: str, go: str, then: Callable[[str], object]) -> None:
        from sto_desktop.ui.together.person_dialog import PersonDialog
        from sto_desktop.workplace.access import people_of

        mentioned = tr("Staat iemand er niet bij, typ dan de naam waarmee die genoemd wordt.")
        people = people_of(session.dossier)
        dialog = PersonDialog(self._window.theme, people, f"{about} {mentioned}", go, self._window)
        dialog.accepted.connect(lambda: then(dialog.person))
        dialog.open()

    def _look_at_answers(self, changed: Changed) -> None:
        session = self._session_now()
        if session is None:
            return
        members = sorted(changed.ids("panelist"))
        if not changed.by_me:
            if changed.touches("panelist", "voice"):
                self._look_for_refusing_elsewhere(session, changed)
        elif 0 < len(members) <= MOST_MEMBERS:
            self._look_for_withdrawn(session, members)
            self._look_for_refusing(session, members)
        elif members:
            self._look_for_refusing_elsewhere(session, changed)

    def _look_for_withdrawn(self, session: Session, members: Sequence[str]) -> None:
        """Say it if somebody withdrew a consent on which outputs rest that were made before."""
        from sto_desktop.workplace.consent import withdrawal

        withdrawals = [withdrawal(session.dossier, member) for member in members]
        self._tell_withdrawn(session, [known for known in withdrawals if known is not None])

    def look_at_arrivals(self, arrived: Arrivals) -> None:
        """Say the same of consent that was withdrawn elsewhere, or of outputs of others that rest on what was
        withdrawn, when either arrived: by a merge, in the file, or at opening.
        """
        from sto_desktop.workplace.consent import withdrawals_arrived

        session = self._session_now()
        if session is None or not (arrived.taken_back or arrived.new or arrived.wiped):
            return

        def look() -> list[Withdrawal]:
            return session.copy.look_apart(lambda dossier: withdrawals_arrived(dossier, arrived))

        session.in_background(look, partial(self._tell_withdrawn, session), self._window.tell_error)

    def _tell_withdrawn(self, session: Session, withdrawn: Sequence[Withdrawal]) -> None:
        from sto_desktop.workplace.consent import said_withdrawn

        if withdrawn and session is self._session_now():
            show = partial(self._show_withdrawn, session, withdrawn)
            self._window.notify(
                said_withdrawn(withdrawn), action=tr("Bekijken"), on_action=show, tone="warn", topic=WITHDRAWN
            )

    def _show_withdrawn(self, session: Session, withdrawn: Sequence[Withdrawal]) -> None:
        from sto_desktop.ui.together.issuance_dialog import IssuanceDialog

        IssuanceDialog(self._window.theme, session, withdrawn, self._window).open()

    def _look_for_refusing(self, session: Session, members: Sequence[str]) -> None:
        """Offer to erase what somebody said who now does not take part."""
        from sto_desktop.workplace.erasing import refused, said_refused

        if self._refusing.intersection(members):
            # What was said of them may be true no more.
            self._window.notices.forget(REFUSED)
            self._refusing.clear()
        refusing = refused(session.dossier, members)
        if refusing:
            self._offer_to_erase_words(session, refusing, said_refused(session.dossier, refusing))

    def _look_for_refusing_elsewhere(self, session: Session, changed: Changed) -> None:
        """Offer the same after a merge, an import, or what a colleague published."""
        from sto_desktop.workplace.erasing import refused_elsewhere, said_refused

        def look(dossier: Dossier) -> tuple[list[Panelist], str]:
            refusing = refused_elsewhere(dossier, changed)
            return refusing, said_refused(dossier, refusing) if refusing else ""

        def show(found: tuple[list[Panelist], str]) -> None:
            if found[0] and session is self._session_now():
                self._offer_to_erase_words(session, *found)

        session.in_background(lambda: session.copy.look_apart(look), show, self._window.tell_error)

    def _offer_to_erase_words(self, session: Session, refusing: Sequence[Panelist], said: str) -> None:
        self._refusing = {member.id for member in refusing}
        self._window.notify(
            said,
            action=tr("Wissen…"),
            on_action=lambda: self._eraser_of(session).ask_about_words(refusing),
            tone="warn",
            topic=REFUSED,
        )

    def _erase(self, session: Session, name: str) -> None:
        self._eraser_of(session).ask_about_person(name)

    def _eraser_of(self, session: Session) -> Eraser:
        from sto_desktop.ui.notes.erasing import Eraser

        # One for the session: it finishes an erasure before the next, and before the dossier is closed.
        if self.eraser is None:
            self.eraser = Eraser(session, self._window.theme, self._window.notify, self._window)
            self.eraser.person_erased.connect(self._offer_proof)
        return self.eraser

    def _offer_proof(self, proof: ErasureProof) -> None:
        from sto_desktop.ui.paper.proof import offer_proof

        def ask(path: Path) -> Path | None:
            return self._files.to_export(self._window, path, "docx")

        offer_proof(proof, self._window.notify, ask, self._folder())

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

        self._run(work, partial(self._made, session, path))

    def _made(self, session: Session, path: Path, package: AccessPackage) -> None:
        from sto_desktop.report.rights.access_package import said_perhaps_theirs
        from sto_desktop.workplace.issuing import access_issued

        if package.is_empty:
            self._window.notify(tr("Het dossier bevat niets over «{name}».", name=package.name), tone="warn")
            return
        attempt(self._window.tell_error, session.apply, access_issued(package.name, session.now(), path.name))
        message = tr(
            "«{file}» staat klaar. Kijk het na vóór u het geeft: namen van wie het dossier niet kent, staan er nog in.",
            file=path.name,
        )
        self._tell_ready(" ".join((message, *map(said_perhaps_theirs, package.to_check))), path, warn=False)
