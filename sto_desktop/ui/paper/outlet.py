"""Outputs a verslag to a file, to paper or to the clipboard; it is made on a worker."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.errors import StoError
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.participation import taking_part
from sto_desktop.domain.privacy.remaining import said_remaining
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.blocks.options import ReportOptions
from sto_desktop.report.content.file_names import report_file_name
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.report.writers.pdf_writer import Pdf
from sto_desktop.ui.base.background import Background
from sto_desktop.ui.paper.files import Files, copy_as_text
from sto_desktop.ui.paper.pages import Pages


@dataclass(frozen=True)
class ReportRequest:
    """What to make: the content, the options and the house style."""

    content: PanelContent
    options: ReportOptions
    style: HouseStyle

    def document(self) -> Document:
        """Return the verslag; runs on a worker."""
        from sto_desktop.report.content.panel_report import panel_report
        from sto_desktop.report.word.recognised import dress_for

        return panel_report(self.content, replace(self.options, room=dress_for(self.style).room()))


@dataclass(frozen=True)
class ReportOutput:
    """A written verslag: its path, a sentence on names in it that may not be, the number of notes left out because
    their speaker does not take part, and a sentence on what the file lacks."""

    job: ReportRequest
    target: Path
    names: str
    fingerprint: str
    left_out: int = 0
    lacks: str = ""


class OneAtATime(QObject):
    """Makes one thing at a time on a worker. `busy` says when work starts and ends, `failed` carries a `StoError`."""

    busy = Signal(bool)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Background[object] | None = None

    @property
    def working(self) -> bool:
        """Whether work is in progress."""
        return self._work is not None

    def start(self, work: Callable[[], object], done: Callable[[object], object]) -> None:
        """Start work, unless some is in progress; what it gives is for nobody once this is gone with its window."""
        if self.working:
            return

        # By methods of this object, since those of one that is gone are not called.
        self._work = Background(work, partial(self._hand_over, done), self._fail, ended=self._end)
        self.busy.emit(True)
        self._work.start()

    def _hand_over(self, done: Callable[[object], object], made: object) -> None:
        done(made)

    def _fail(self, error: StoError) -> None:
        self.failed.emit(error)

    def _end(self) -> None:
        self._work = None
        self.busy.emit(False)


class Outlet(OneAtATime):
    """Saves, copies and prints. `written` carries a `ReportOutput`; `copied` and `printed` the `ReportRequest` that was
    done.
    """

    written = Signal(object)
    copied = Signal(object)
    printed = Signal(object)

    def __init__(self, window: QWidget, files: Files, folder: Callable[[], Path]) -> None:
        """`folder` returns the folder to suggest the first time."""
        super().__init__(window)
        self._window = window
        self._files = files
        self._folder = folder
        self.target: Path | None = None
        """The file chosen last."""
        self.job: ReportRequest | None = None
        """What was to be written to it."""

    def save(self, job: ReportRequest, ending: str = ".docx") -> None:
        """Ask for a file, by default of this type, and write the verslag into it."""
        if self.working:
            return
        target = self.target
        if target is None:
            target = self._folder() / report_file_name(job.content, job.options)
        chosen = self._files.ask_target(self._window, target.with_suffix(ending))
        if chosen is not None:
            self.write(job, chosen)

    def write(self, job: ReportRequest, target: Path, *, anyway: bool = False) -> None:
        """Write the verslag to a file; `anyway`: also if a name remains in it that may not be."""
        self.target = target
        self.job = job

        def work() -> ReportOutput:
            from sto_desktop.report.content.changes_since import fingerprint
            from sto_desktop.workplace.reporting import WritingJob, write_one

            done = write_one(WritingJob(job.content, job.options, target, job.style, anyway))
            names = said_remaining(target.name, done.names)
            return ReportOutput(job, target, names, fingerprint(taking_part(job.content)), done.left_out, done.lacks)

        self.start(work, self.written.emit)

    def copy(self, job: ReportRequest) -> None:
        """Copy the text of the verslag to the clipboard."""

        def made(document: object) -> None:
            assert isinstance(document, Document)
            copy_as_text(document)
            self.copied.emit(job)

        self.start(job.document, made)

    def print(self, job: ReportRequest) -> None:
        """Let the user print the verslag."""

        def work() -> object:
            from sto_desktop.report.word.recognised import dress_for
            from sto_desktop.report.writers.pdf_writer import make_pdf

            return make_pdf(job.document(), dress_for(job.style))

        def made(pdf: object) -> None:
            assert isinstance(pdf, Pdf)
            with closing(Pages(pdf)) as shown:
                painting = self._files.print(self._window, shown)
            if painting is not None:
                self.start(painting, lambda _: self.printed.emit(job))

        self.start(work, made)
