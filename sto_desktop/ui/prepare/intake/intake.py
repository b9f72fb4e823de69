"""Importing: a list of members from a file or the clipboard, or a file of notes; each as one action."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from sto_desktop.domain.actions import panels
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.exchange.files.look import NO_CHOICES, Becomes, Beforehand, Choices, restored, stored
from sto_desktop.language import counted, listed, tr
from sto_desktop.ui.base.doing import attempt, perform
from sto_desktop.ui.base.jobs import Jobs
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.fields.file_questions import members_question, notes_question
from sto_desktop.ui.prepare.intake.keeping_file import keep_file
from sto_desktop.ui.prepare.intake.placed import placed_in_panels, placed_notes
from sto_desktop.ui.prepare.intake.remembered import recalled, remembering
from sto_desktop.ui.widgets import ChooseFile, FileQuestion

if TYPE_CHECKING:  # reading files is for who imports one
    from sto_desktop.ui.prepare.intake.readings import ReadFile
    from sto_desktop.workplace.importing import Intake

_MOST_AT_ONCE = 1_000
"""Lines that are shown together with what is new among them; of more, the lines go first."""


class FileIntake(QObject):
    """Reads on a worker, shows a look beforehand, and imports after confirmation."""

    def __init__(
        self, context: StageContext, window: QWidget, jobs: Jobs, choose: ChooseFile, read_again: Callable[[], object]
    ) -> None:
        """`read_again` updates the stage with pending edits before anything is planned."""
        super().__init__(window)
        self._context = context
        self._window = window
        self._jobs = jobs
        self._choose = choose
        self._read_again = read_again
        self.dialog: QDialog | None = None

    # Members

    def members_from_file(self, path: Path | None = None) -> None:
        """Show the members in a file, which is asked for if none is given."""
        path = path or self._ask(members_question())
        content = self._content()
        if path is None or content is None:
            return

        def read() -> ReadFile:
            from sto_desktop.exchange.members.panelists_table import read_source
            from sto_desktop.ui.prepare.intake.readings import members_reading

            return members_reading(read_source(path), content, f"«{path.name}»")

        self._begin(tr("{name} wordt gelezen…", name=path.name), read, content, path)

    def members_from_clipboard(self) -> None:
        """Show the members on the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        # Qt returns None for a clipboard that never had any content.
        text = "" if data is None else data.text() if data.hasText() else data.html()
        content = self._content()
        if content is None:
            return
        if not text.strip():
            self._context.notify(
                tr("Er is nog niets gekopieerd. Selecteer de lijst in Excel of Word, kopieer hem en plak hier."),
                tone="warn",
            )
            return

        def read() -> ReadFile:
            from sto_desktop.exchange.members.panelists_table import pasted_source
            from sto_desktop.ui.prepare.intake.readings import members_reading

            return members_reading(pasted_source(text), content, tr("wat u kopieerde"))

        self._begin(tr("De lijst wordt gelezen…"), read, content)

    # Notes

    def notes_from_file(self, path: Path | None = None) -> None:
        """Show the notes in a file, which is asked for if none is given."""
        path = path or self._ask(notes_question())
        content = self._content()
        if path is None or content is None:
            return

        def read() -> ReadFile:
            from sto_desktop.exchange.notes_source import read_notes_source
            from sto_desktop.ui.prepare.intake.readings import notes_reading, project_reading

            source = read_notes_source(path, guess=True)
            if source.project is not None:
                return project_reading(self._context.session.copy, source.project, f"«{path.name}»")
            return notes_reading(source, content, self._context.session.copy, f"«{path.name}»")

        self._begin(tr("{name} wordt gelezen…", name=path.name), read, content, path)

    def dropped(self, path: Path) -> None:
        """Show a file that was dropped on the window: a list of people as members, anything else as notes."""
        content = self._content()
        if content is None:
            self._context.notify(tr("Maak eerst een panel; laat het bestand daarna op het venster los."), tone="warn")
            return

        def read() -> ReadFile:
            from sto_desktop.ui.prepare.intake.readings import dropped_reading

            return dropped_reading(path, content, self._context.session.copy)

        self._begin(tr("{name} wordt gelezen…", name=path.name), read, content, path)

    # The look beforehand

    def _begin(
        self, progress: str, read: Callable[[], ReadFile], content: PanelContent, path: Path | None = None
    ) -> None:
        remembered = self._context.settings.current.import_choices

        def work() -> tuple[ReadFile, Choices, Beforehand | Intake]:
            reading = read()
            choices = restored(recalled(remembered, reading.shape))
            look = reading.look(choices) if reading.look else None
            if look is not None and len(look.lines) > _MOST_AT_ONCE:
                return reading, choices, look
            return reading, choices, reading.plan(choices, frozenset())

        self._jobs.start(progress, work, lambda done: self._show(content, path, *done))

    def _show(
        self,
        content: PanelContent,
        path: Path | None,
        reading: ReadFile,
        choices: Choices,
        first: Beforehand | Intake,
    ) -> None:
        from sto_desktop.ui.prepare.intake.look_dialog import LookDialog, found_in_words

        dialog = LookDialog(
            self._context.theme,
            reading.title,
            reading.name,
            self._window,
            columns=reading.columns(choices),
            meanings=reading.meanings,
            repeated=reading.repeated,
            choices=choices,
        )
        shown: list[Intake] = []

        def show(intake: Intake) -> None:
            shown[:] = [intake]
            changes = len({edit.row for edit in intake.edits})
            messages = list(intake.told)
            new = max(intake.people, 0)
            ready = changes > 0
            if reading.most is not None and new > reading.most:
                ready = False
                messages.insert(
                    0, tr("Dit zijn {n} mensen; een panel heeft er zes tot twaalf. Kopieer alleen hun regels.", n=new)
                )
            heading = found_in_words(intake.notes, intake.people, intake.findings)
            if changes and not (intake.notes or intake.people or intake.findings):
                heading = counted(changes, "{n} gewijzigd", "{n} gewijzigd")
            if dialog.choices.columns is None:
                # Another row of headings gives the columns other meanings.
                dialog.columns.show_meanings({column.at: column.meaning for column in reading.columns(dialog.choices)})
            dialog.show_found(heading, intake.look, messages, ready=ready)

        def again() -> None:
            chosen, speakers = dialog.choices, dialog.speakers()
            dialog.count_with(self._jobs, lambda: reading.plan(chosen, speakers), show)

        if isinstance(first, Beforehand):
            # The lines are seen at once; what is new among thousands is counted meanwhile.
            heading = tr("{n} regels; wat ervan nieuw is, wordt geteld…", n=len(first.lines))
            dialog.show_found(heading, first, (), ready=True)
            dialog.count()
            again()
        else:
            show(first)
        dialog.changed.connect(again)
        dialog.accepted.connect(lambda: self._take(reading, content, path, dialog.choices, shown[0]))
        self._open(dialog)

    def _take(
        self, reading: ReadFile, content: PanelContent, path: Path | None, choices: Choices, intake: Intake
    ) -> None:
        notes = any(edit.table == "note" for edit in intake.edits) or reading.most is None
        action = panels.import_notes(intake.edits) if notes else panels.import_panelists(intake.edits)
        if not perform(self._context, action):
            return
        if path is not None:
            taken = self._taken_over(intake) or [tr("niets nieuws")]
            keep_file(self._context, path, tr("Daaruit: {what}.", what=listed(taken)))
        if choices != NO_CHOICES:
            kept = remembering(
                self._context.settings.current.import_choices, reading.shape, stored(choices, intake.look)
            )
            attempt(self._context.tell_error, self._context.settings.change, import_choices=kept)
        # Wait until the look has closed before opening the account.
        QTimer.singleShot(0, self, lambda: self._tell_account(reading, content, intake))

    def _tell_account(self, reading: ReadFile, content: PanelContent, intake: Intake) -> None:
        from sto_desktop.ui.prepare.intake.account import ImportAccount

        panel_titles = {edit.row: str(edit.values.get("title", "")) for edit in intake.edits if edit.table == "panel"}
        titles = {row: title for row, title in panel_titles.items() if title and row != content.panel.id}
        placed = placed_in_panels(intake.edits, titles) if titles else placed_notes(intake.edits, content)
        left_out = any(line.becomes is Becomes.OUT for line in intake.look.lines)
        # A list that came in whole needs no account: the table of members shows it.
        if placed or left_out or reading.most is None:
            self._open(ImportAccount(self._context.theme, reading.name, placed, intake.messages, self._window))
        if parts := self._taken_over(intake):
            self._tell(tr("{what}.", what=listed(parts)))

    def _taken_over(self, intake: Intake) -> list[str]:
        parts = []
        changed = sum(1 for edit in intake.edits if edit.table == "panelist") - intake.people
        if intake.people:
            parts.append(counted(intake.people, "{n} panellid overgenomen", "{n} panelleden overgenomen"))
        elif changed > 0 and not intake.notes:
            parts.append(counted(changed, "{n} panellid bijgewerkt", "{n} panelleden bijgewerkt"))
        if intake.notes:
            parts.append(counted(intake.notes, "{n} notitie overgenomen", "{n} notities overgenomen"))
        if intake.findings:
            parts.append(
                counted(
                    intake.findings,
                    "{n} inzicht of aanbeveling overgenomen",
                    "{n} inzichten en aanbevelingen overgenomen",
                )
            )
        return parts

    # Shared

    def _content(self) -> PanelContent | None:
        self._read_again()
        session = self._context.session
        content: PanelContent | None = session.dossier.read.panel_content(session.panel_id or "")
        return content

    def _ask(self, question: FileQuestion) -> Path | None:
        path = self._choose(self._window, question, Path(self._context.settings.current.last_folder))
        if path is not None:
            attempt(self._context.tell_error, self._context.settings.change, last_folder=str(path.parent))
        return path

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _tell(self, text: str) -> None:
        undo = self._context.actions["undo"].trigger
        self._context.notify(text, action=tr("Ongedaan maken"), on_action=undo, tone="good")
