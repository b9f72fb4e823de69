"""Importing: a list of members from a file or the clipboard, or a file of notes; each as one action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from sto_desktop.domain.actions import panels
from sto_desktop.domain.log.change import Edit
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.language import counted, tr
from sto_desktop.ui.base.doing import attempt, perform
from sto_desktop.ui.base.jobs import Jobs
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.fields.file_questions import members_question, notes_question
from sto_desktop.ui.prepare.intake.preview import NotesReport
from sto_desktop.ui.prepare.intake.understood import (
    UnderstoodMember,
    placed_in_panels,
    placed_notes,
    understood_members,
)
from sto_desktop.ui.widgets import ChooseFile, FileQuestion

if TYPE_CHECKING:  # only needed when a list is read
    from sto_desktop.exchange.members.panelists_table import ListSource
    from sto_desktop.exchange.notes.notes_table import TableSource
    from sto_desktop.exchange.notes_source import NotesSource


@dataclass(frozen=True)
class Understood:
    """What a list would change, with messages about it."""

    edits: Sequence[Edit]
    messages: Sequence[str]
    members: Sequence[UnderstoodMember]


def understand(source: ListSource, content: PanelContent) -> Understood:
    """Return what a list would change in a panel."""
    from sto_desktop.exchange.members.panelists_import import plan_panelists

    edits, report = plan_panelists(source.table(), content.panel.id, content.panelists)
    return Understood(edits, report.details, understood_members(edits, content.panelists))


@dataclass(frozen=True)
class PlannedNotes:
    """What a file of notes would change, messages about it, and the number of new notes per place."""

    edits: Sequence[Edit]
    messages: Sequence[str]
    placed: Sequence[tuple[str, int]]

    @property
    def count(self) -> int:
        """Number of new notes."""
        return sum(number for _, number in self.placed)


class FileIntake(QObject):
    """Reads on a worker, shows a preview, and imports after confirmation."""

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

    def members_from_file(self) -> None:
        """Ask for a csv or xlsx file and preview its members."""
        path = self._ask(members_question())
        content = self._content()
        if path is None or content is None:
            return

        def read() -> ListSource:
            from sto_desktop.exchange.members.panelists_table import read_source

            return read_source(path)

        self._read(tr("{name} wordt gelezen…", name=path.name), f"«{path.name}»", content, read)

    def members_from_clipboard(self) -> None:
        """Preview the members on the clipboard."""
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

        def read() -> ListSource:
            from sto_desktop.exchange.members.panelists_table import pasted_source

            return pasted_source(text)

        self._read(tr("De lijst wordt gelezen…"), tr("wat u kopieerde"), content, read)

    def _read(self, progress: str, name: str, content: PanelContent, read: Callable[[], ListSource]) -> None:
        def work() -> tuple[ListSource, Understood]:
            source = read()
            return source, understand(source, content)

        self._jobs.start(progress, work, lambda done: self._show_members(name, content, *done))

    def _show_members(self, name: str, content: PanelContent, source: ListSource, first: Understood) -> None:
        from sto_desktop.ui.prepare.intake.preview import MembersPreview

        preview = MembersPreview(self._context.theme, name, source, self._window)
        shown = [first]

        def show(understood: Understood) -> None:
            shown[0] = understood
            preview.show_found(understood.members, understood.messages)

        def again() -> None:
            remapped = replace(source, columns=preview.columns.columns())
            self._jobs.start(tr("De lijst wordt gelezen…"), lambda: understand(remapped, content), show)

        show(first)
        preview.remapped.connect(again)
        preview.accepted.connect(lambda: self._take_members(shown[0].edits, len(shown[0].members)))
        self._open(preview)

    def _take_members(self, edits: Sequence[Edit], count: int) -> None:
        if perform(self._context, panels.import_panelists(edits)):
            self._tell(counted(count, "{n} panellid overgenomen.", "{n} panelleden overgenomen."))

    # Notes

    def notes_from_file(self) -> None:
        """Ask for a file of notes, import it, and report the result."""
        path = self._ask(notes_question())
        content = self._content()
        if path is None or content is None:
            return

        progress = tr("{name} wordt gelezen…", name=path.name)

        def read() -> tuple[NotesSource, PlannedNotes | None]:
            from sto_desktop.exchange.notes_source import read_notes_source

            source = read_notes_source(path, guess=True)
            return source, self._plan(source, content)

        def show(result: tuple[NotesSource, PlannedNotes | None]) -> None:
            source, planned = result
            if source.table is not None:
                self._show_table(path, content, source.table, planned)
            elif planned is not None:
                self._take_notes(path, planned)

        self._jobs.start(progress, read, show)

    def _plan(self, source: NotesSource, content: PanelContent) -> PlannedNotes | None:
        """Return what a file would change; None until its column of notes is known. Runs on a worker."""
        from sto_desktop.exchange.notes.notes_import import plan_import
        from sto_desktop.workplace.importing import plan_project_apart

        if source.project is not None:
            edits, made = plan_project_apart(self._context.session.copy, source.project)
            return PlannedNotes(edits, made.messages, placed_in_panels(edits, made.panels))
        if not source.files:
            return None
        edits, report = plan_import(source.one_for(content.panel.title), content)
        return PlannedNotes(edits, (*report.messages, *source.told), placed_notes(edits, content))

    def _show_table(self, path: Path, content: PanelContent, table: TableSource, first: PlannedNotes | None) -> None:
        from sto_desktop.ui.prepare.intake.preview import NotesPreview

        preview = NotesPreview(self._context.theme, f"«{path.name}»", table, self._window)
        shown = [first]

        def show(planned: PlannedNotes | None) -> None:
            shown[0] = planned
            preview.show_found(planned.count if planned else 0, planned.messages if planned else ())

        def plan() -> PlannedNotes | None:
            from sto_desktop.exchange.notes_source import of_table

            remapped = replace(table, columns=preview.columns.columns())
            return self._plan(of_table(remapped), content)

        preview.remapped.connect(partial(self._jobs.start, tr("De tabel wordt gelezen…"), plan, show))
        preview.accepted.connect(lambda: self._take_shown(path, shown[0]))
        show(first)
        self._open(preview)

    def _take_shown(self, path: Path, planned: PlannedNotes | None) -> None:
        if planned is not None:
            # Wait until the preview has closed before opening the report.
            QTimer.singleShot(0, self, lambda: self._take_notes(path, planned))

    def _take_notes(self, path: Path, planned: PlannedNotes) -> None:
        if not perform(self._context, panels.import_notes(planned.edits)):
            return
        name = f"«{path.name}»"
        self._open(NotesReport(self._context.theme, name, planned.placed, planned.messages, self._window))
        if planned.count:
            self._tell(counted(planned.count, "{n} notitie overgenomen.", "{n} notities overgenomen."))

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
