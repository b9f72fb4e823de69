"""Samenvoegen: choose dossiers, preview what each would bring, then merge with progress and a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from sto_desktop.domain.errors import PasswordNeededError, StoError
from sto_desktop.language import counted, tr
from sto_desktop.storage.log.incoming import Incoming, Progress
from sto_desktop.storage.working.working_copy import WorkingCopy
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.fields.password_field import PasswordDialog
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.look.theme import Appearance
from sto_desktop.ui.widgets import (
    Button,
    Card,
    Dialog,
    IconButton,
    PrimaryButton,
    QuietButton,
    ScrollColumn,
    SectionLabel,
    TextLabel,
    empty,
    row,
)
from sto_desktop.workplace.arrivals import said_incoming
from sto_desktop.workplace.place import ENDING


def dossiers_in(paths: Iterable[Path]) -> list[Path]:
    """Return the dossiers among files and folders; of a folder those directly in it."""
    dossiers: list[Path] = []
    for path in paths:
        inside = sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path]
        dossiers += [candidate for candidate in inside if candidate.suffix.lower() == ENDING]
    return dossiers


class MergeDialog(Dialog):
    """Dossiers are added, previewed in a copy, and merged; `merged` carries what each brought.

    Preview and merge run on a worker, so the window stays usable, and can be stopped between two dossiers.
    """

    merged = Signal(object)
    _progressed = Signal(int, int, str)

    def __init__(
        self,
        theme: Appearance,
        copy: WorkingCopy,
        ask_files: Callable[[], Sequence[Path]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, tr("Samenvoegen"), parent=parent)
        self._copy = copy
        self._ask_files = ask_files
        self._incoming: list[Incoming] = []
        self._work: Background[list[Incoming]] | None = None
        self._again = False
        self._stop = False
        self._merging = False
        self.done_merging = False
        self.resize(680, 520)
        self.setAcceptDrops(True)
        self._list = ScrollColumn()
        self.body.addWidget(self._list, 1)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Voortgang"))
        self.body.addWidget(self.bar)
        self._note = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.body.addWidget(self._note)
        self.add_button = Button(theme, tr("Dossiers toevoegen…"), on_click=self._ask)
        self.merge_button = PrimaryButton(theme, tr("Samenvoegen"), hint="Enter", on_click=self.merge)
        self.add_buttons(self.merge_button, beside=[self.add_button])
        self._progressed.connect(self._show_progress)
        self.refresh()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def incoming(self) -> Sequence[Incoming]:
        """The dossiers on the list, with what each would bring or has brought."""
        return tuple(self._incoming)

    def add(self, paths: Iterable[Path]) -> None:
        """Add dossiers that are not on the list yet, and preview what they would bring.

        Refused during a merge: a new preview would stop it without reporting its progress.
        """
        if self._merging:
            self._note.setText(tr("Eerst wordt samengevoegd wat op de lijst staat; voeg het daarna toe."))
            return
        listed = {incoming.path.resolve() for incoming in self._incoming} | {self._copy.path.resolve()}
        for path in dossiers_in(paths):
            if path.resolve() not in listed:
                listed.add(path.resolve())
                self._incoming.append(Incoming(path))
        self._look()

    def _ask(self) -> None:
        self.add(self._ask_files())

    def _remove(self, path: Path) -> None:
        self._incoming = [incoming for incoming in self._incoming if incoming.path != path]
        self._look()

    # Preview and merge, on a worker

    def _look(self) -> None:
        self.done_merging = False
        # Stop a running preview; when it reports, the new one starts.
        if self._work is not None:
            self._again = True
            self._stop = True
            return
        plain = [Incoming(incoming.path, incoming.password) for incoming in self._incoming]
        self._start(lambda: self._copy.merging.preview(plain, self._progress()), self._looked)

    def merge(self) -> None:
        """Merge the dossiers on the list."""
        if self._work is not None or not self._worth_it:
            return
        plain = [Incoming(incoming.path, incoming.password) for incoming in self._incoming]
        self._merging = True
        self._start(lambda: self._copy.merging.merge_apart(plain, self._progress()), self._merged)

    @property
    def _worth_it(self) -> bool:
        return not self.done_merging and any(
            incoming.result and not incoming.result.nothing_new for incoming in self._incoming
        )

    def _progress(self) -> Progress:
        def told(done: int, total: int, path: Path) -> bool:
            self._progressed.emit(done, total, path.name)
            # Returning False stops the work after this dossier.
            return not self._stop

        return told

    def _start(self, work: Callable[[], list[Incoming]], done: Callable[[list[Incoming]], None]) -> None:
        self._stop = False
        self._work = Background(work, partial(self._report, done), self._failed, ended=self._ended)
        self._work.start()
        self.refresh()

    def _ended(self) -> None:
        self._work, self._merging = None, False

    def _report(self, done: Callable[[list[Incoming]], None], results: list[Incoming]) -> None:
        if self._again:
            self._again = False
            self._look()
            return
        done(results)
        self.refresh()

    def _failed(self, error: StoError) -> None:
        self.refresh()
        self._note.setText(str(error))
        self._note.set_role(ColourRole.LATE)

    def _looked(self, results: list[Incoming]) -> None:
        self._incoming = results

    def _merged(self, results: list[Incoming]) -> None:
        self._incoming = results
        self.done_merging = True
        self.merged.emit(results)

    def reject(self) -> None:
        """Stop the work after the current dossier; without work, close."""
        if self._work is not None:
            self._stop = True
            self._note.setText(tr("Stopt na dit dossier…"))
            return
        super().reject()

    # Showing

    def refresh(self) -> None:
        """Show the list, and enable what can be done now."""
        busy = self._work is not None
        self.say_about(self._said())
        body = self._list.body
        empty(body)
        for incoming in self._incoming:
            body.addWidget(self._card(incoming, busy=busy))
        body.addStretch(1)
        self.bar.setVisible(busy)
        if not busy:
            self._note.setText("")
        self.add_button.setEnabled(not busy)
        self.merge_button.setVisible(not self.done_merging)
        self.merge_button.setEnabled(not busy and self._worth_it)
        self.close_button.setText(tr("Stoppen") if busy else tr("Sluiten") if self.done_merging else tr("Annuleren"))
        if not busy:
            target = self.merge_button if self._worth_it else self.close_button if self._incoming else self.add_button
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _said(self) -> str:
        if self.done_merging:
            return tr("Klaar. Vooraf is een reservekopie gemaakt; ongedaan maken kan door die te openen.")
        if not self._incoming:
            return tr(
                "Kies de dossiers van uw collega's, of sleep ze hierheen. U ziet eerst wat erbij komt; er gaat niets "
                "verloren en twee keer hetzelfde samenvoegen kan geen kwaad."
            )
        if self._work is not None:
            return tr("Even kijken wat erbij komt…")
        return tr("Dit zou er gebeuren. Er is nog niets gewijzigd.")

    def _card(self, incoming: Incoming, *, busy: bool) -> Card:
        card = Card(margin=Space.M)
        close = IconButton(
            self._theme,
            "close",
            tr("«{name}» niet meenemen", name=incoming.path.name),
            on_click=lambda: self._remove(incoming.path),
        )
        close.setVisible(not busy and not self.done_merging)
        card.body.addLayout(row(SectionLabel(self._theme, incoming.path.stem), None, close))
        waiting = busy and incoming.result is None and incoming.problem is None
        message = tr("Wordt bekeken…") if waiting else said_incoming(incoming)
        role = ColourRole.LATE if incoming.problem is not None else ColourRole.INK
        card.body.addWidget(TextLabel(self._theme, message, TextStyle.BODY, role))
        if isinstance(incoming.problem, PasswordNeededError) and not busy:
            give = QuietButton(self._theme, tr("Wachtwoord geven…"), on_click=lambda: self._ask_password(incoming))
            card.body.addLayout(row(give, None))
        return card

    def _ask_password(self, incoming: Incoming) -> None:
        dialog = PasswordDialog(self._theme, incoming.path.name, again=incoming.password is not None, parent=self)
        dialog.accepted.connect(lambda: self._with_password(incoming.path, dialog.password.text()))
        dialog.open()

    def _with_password(self, path: Path, password: str) -> None:
        self._incoming = [
            replace(incoming, password=password) if incoming.path == path else incoming for incoming in self._incoming
        ]
        self._look()

    def _show_progress(self, done: int, total: int, name: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._note.setText(
            tr(
                "{name}: {done} van {total}",
                name=name,
                done=done + 1,
                total=counted(total, "{n} dossier", "{n} dossiers"),
            )
        )

    # Dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())

    def closeEvent(self, event: object) -> None:
        if self._work is not None:
            # The worker must not outlive the dialog to which it reports.
            self._stop = True
            self._work.wait()
        super().closeEvent(event)  # type: ignore[arg-type]
