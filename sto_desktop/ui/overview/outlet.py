"""Exports the vogelvlucht: Word and other documents, the newsletter, and the plan as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.panel.overview import OverviewContent
from sto_desktop.domain.privacy.to_check import ToCheck
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.blocks.issued import NEWSLETTER, PLAN
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.ui.paper.files import Files, copy_as_text
from sto_desktop.ui.paper.outlet import OneAtATime
from sto_desktop.ui.widgets import ChooseTarget, FileQuestion


def _document(content: OverviewContent, years: tuple[str, ...], today: dt.date, *, short: bool) -> Document:
    from sto_desktop.report.overview.newsletter import newsletter
    from sto_desktop.report.overview.overview_report import OverviewOptions, overview_report

    return newsletter(content, years) if short else overview_report(content, OverviewOptions(years, made_on=today))


def _to_check(content: OverviewContent, years: tuple[str, ...], document: Document) -> tuple[ToCheck, ...]:
    from sto_desktop.report.blocks.document_texts import texts_of_document
    from sto_desktop.report.overview.overview_context import names_to_check

    return names_to_check(content, years, texts_of_document(document))


@dataclass(frozen=True, slots=True)
class _Made:
    target: Path
    to_check: tuple[ToCheck, ...]
    lacks: str = ""
    form: str = ""


class OverviewOutlet(OneAtATime):
    """Runs the exports, one at a time.

    `written` carries the file, the possible names in it, to be checked, a sentence on what it lacks, and its form (see
    `overview_issued`); `copied`, sent
    when the newsletter is on the clipboard, the possible names in that.
    """

    written = Signal(object, object, str, str)
    copied = Signal(object)

    def __init__(self, window: QWidget, files: Files, ask: ChooseTarget, folder: Callable[[], Path]) -> None:
        super().__init__(window)
        self._window = window
        self._files = files
        self._ask = ask
        self._folder = folder

    def save(
        self,
        content: OverviewContent,
        years: tuple[str, ...],
        style: HouseStyle,
        today: dt.date,
        *,
        short: bool = False,
        ending: str = ".docx",
    ) -> None:
        """Ask for a file and write the vogelvlucht to it, or (`short`) the newsletter."""
        if self.working:
            return
        title = tr("Nieuwsbrief panelgesprekken") if short else tr("Vogelvlucht panelgesprekken")
        name = " ".join(part for part in (title, "-".join(years)) if part)
        target = self._files.ask_target(self._window, (self._folder() / name).with_suffix(ending))
        if target is None:
            return

        def work() -> _Made:
            from sto_desktop.report.writers.formats import write

            document = _document(content, years, today, short=short)
            lacks = write(document, target, style)
            return _Made(target, _to_check(content, years, document), lacks, NEWSLETTER if short else "")

        self.start(work, self._tell)

    def save_plan(self, content: OverviewContent, years: tuple[str, ...]) -> None:
        """Ask for a file and write the plan to it as a workbook."""
        if self.working:
            return
        name = " ".join(part for part in (tr("Plan panelgesprekken"), "-".join(years)) if part)
        target = self._ask(
            self._window, FileQuestion(tr("Opslaan als"), tr("Excel (*.xlsx)")), self._folder() / f"{name}.xlsx"
        )
        if target is None:
            return

        def work() -> _Made:
            from sto_desktop.report.overview.overview_context import names_to_check
            from sto_desktop.workplace.overview import texts_of_plan, write_plan

            written = texts_of_plan(write_plan(content, target, years))
            return _Made(target, names_to_check(content, years, written), form=PLAN)

        self.start(work, self._tell)

    def _tell(self, made: object) -> None:
        assert isinstance(made, _Made)
        self.written.emit(made.target, made.to_check, made.lacks, made.form)

    def copy(self, content: OverviewContent, years: tuple[str, ...], today: dt.date) -> None:
        """Copy the newsletter to the clipboard as text that any program can paste."""

        def work() -> tuple[Document, tuple[ToCheck, ...]]:
            document = _document(content, years, today, short=True)
            return document, _to_check(content, years, document)

        def made(outcome: object) -> None:
            assert isinstance(outcome, tuple)
            document, to_check = outcome
            copy_as_text(document)
            self.copied.emit(to_check)

        self.start(work, made)
