"""Takes the vogelvlucht out of the window: Word and other documents, the newsletter, the plan as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sto_desktop.domain.panel.overview import OverviewContent
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.look.look import HouseStyle
from sto_desktop.ui.paper.figure import AskTarget
from sto_desktop.ui.paper.files import Files, copy_as_text, with_ending, write_any
from sto_desktop.ui.paper.outlet import OneAtATime


def _document(content: OverviewContent, years: tuple[str, ...], today: dt.date, *, short: bool) -> Document:
    from sto_desktop.report.overview.newsletter import newsletter
    from sto_desktop.report.overview.overview_report import OverviewOptions, overview_report

    return newsletter(content, years) if short else overview_report(content, OverviewOptions(years, made_on=today))


class OverviewOutlet(OneAtATime):
    """`written` carries the file, `copied` says that the newsletter is on the clipboard."""

    written = Signal(object)
    copied = Signal()

    def __init__(self, window: QWidget, files: Files, ask: AskTarget, folder: Callable[[], Path]) -> None:
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
        """Ask for a file and write the vogelvlucht, or (`short`) the newsletter, into it."""
        if self.working:
            return
        title = tr("Nieuwsbrief panelgesprekken") if short else tr("Vogelvlucht panelgesprekken")
        name = " ".join(part for part in (title, "-".join(years)) if part)
        chosen = self._files.ask_target(self._window, (self._folder() / name).with_suffix(ending))
        if chosen is None:
            return
        target = with_ending(chosen, Path(f"x{ending}"))

        def work() -> Path:
            write_any(_document(content, years, today, short=short), target, style)
            return target

        self.start(work, self.written.emit)

    def save_plan(self, content: OverviewContent, years: tuple[str, ...]) -> None:
        """Ask for a file and write the plan into it as a workbook."""
        if self.working:
            return
        name = " ".join(part for part in (tr("Plan panelgesprekken"), "-".join(years)) if part)
        target = self._ask(self._window, self._folder() / f"{name}.xlsx", tr("Excel (*.xlsx)"))
        if target is None:
            return

        def work() -> Path:
            from sto_desktop.workplace.overview import write_plan

            write_plan(content, target, years)
            return target

        self.start(work, self.written.emit)

    def copy(self, content: OverviewContent, years: tuple[str, ...], today: dt.date) -> None:
        """Put the newsletter on the clipboard, as text that can be pasted anywhere."""

        def made(document: object) -> None:
            assert isinstance(document, Document)
            copy_as_text(document)
            self.copied.emit()

        self.start(lambda: _document(content, years, today, short=True), made)
