"""The page of papers: what can be printed for a panel, with previews, printing and saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sto_desktop.domain.errors import StoError
from sto_desktop.domain.log.change import Action, Changed
from sto_desktop.domain.model import Guide, Panel, Panelist
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.privacy.naming.crowd import takes_part
from sto_desktop.domain.privacy.special import tells_of_somebody
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.papers.kinds import AFTERWARDS, FOR_EACH, Paper, file_name
from sto_desktop.report.writers.pdf_writer import Pdf, make_cards, make_one_page, make_pdf
from sto_desktop.ui.base.doing import perform
from sto_desktop.ui.base.keys import bind, hint
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.paper.files import copy_as_text
from sto_desktop.ui.paper.page_view import PageView
from sto_desktop.ui.paper.pages import Pages, page_layout, paint_pages
from sto_desktop.ui.prepare.papers.for_whom import ForWhom
from sto_desktop.ui.prepare.papers.printer import AskPrinter, ask_printer
from sto_desktop.ui.widgets import (
    Button,
    ChooseTarget,
    FileQuestion,
    Hairline,
    PrimaryButton,
    QuietButton,
    TextLabel,
    row,
)

if TYPE_CHECKING:  # slow to import, and only needed for papers with what was said
    from sto_desktop.report.papers.afterwards import Afterwards
    from sto_desktop.workplace.reporting import WrittenPaper

_NAME = Qt.ItemDataRole.UserRole
_LIST_WIDTH = 248
_LINE = 34
_CARDS = "Naamkaarten"
_BEFORE = (
    Paper.GUIDE,
    Paper.CARD,
    Paper.OPENING,
    Paper.INVITATION,
    Paper.LETTER,
    Paper.FORM,
    Paper.ATTENDANCE,
)
_AFTER = (Paper.THANKS, Paper.AGREED, Paper.CHECK, Paper.CHANGES, Paper.ONE_PAGE)
_GROUPS = (
    ("", (*(paper.value for paper in _BEFORE), _CARDS)),
    (tr_later("Na het gesprek"), tuple(paper.value for paper in _AFTER)),
    (
        tr_later("Voor de organisatie"),
        tuple(paper.value for paper in Paper if paper not in (*_BEFORE, *_AFTER)),
    ),
)
"""The papers by name, under the heading that they stand under in the list."""
_HINTS = {
    Paper.GUIDE.value: tr_later("A4 met ruimte om te schrijven, voor als er geen laptop is."),
    Paper.CARD.value: tr_later("Alles op één bladzijde, voor naast u op tafel."),
    Paper.OPENING.value: tr_later("Wat u bij het begin zegt, met de gegevens van dit panel."),
    Paper.INVITATION.value: tr_later("Om in een mail te plakken, of als brief."),
    Paper.LETTER.value: tr_later("Waarvoor, hoe lang en met welke rechten: hoort bij de uitnodiging."),
    Paper.FORM.value: tr_later("Of iemand meedoet, en elke toestemming apart. Druk er één per panellid af."),
    Paper.ATTENDANCE.value: tr_later(
        "Voor bij de deur: wie er is, het formulier, naam en citaat, zoals bij Binnenkomst."
    ),
    Paper.THANKS.value: tr_later(
        "Nog dezelfde avond te mailen. Wanneer het concept komt, vult u in bij Over dit panel (Ctrl D)."
    ),
    Paper.AGREED.value: tr_later("Om te plakken of te mailen. Met naam staat er alleen wie dat goed vindt."),
    Paper.CHECK.value: tr_later(
        "Alleen de eigen woorden, zoals ze in het verslag komen te staan. De antwoorden houdt u bij in Verslag."
    ),
    Paper.CHANGES.value: tr_later("Wat er nieuw of gewijzigd is sinds een verslag dat u gaf."),
    Paper.ONE_PAGE.value: tr_later("Het belangrijkste uit het korte verslag, op één bladzijde."),
    Paper.REGISTER.value: tr_later("Voor wie het register bijhoudt (AVG, artikel 30)."),
    Paper.PRETEST.value: tr_later("Of er een DPIA nodig is, met risico’s en maatregelen. De FG beoordeelt het."),
    Paper.AGREEMENT.value: tr_later("Alleen als de gespreksleider van buiten komt (AVG, artikel 28)."),
    Paper.IT_PAGE.value: tr_later("Wat waar staat, hoe het versleuteld is, en wat er verstuurd wordt: niets."),
    _CARDS: tr_later("Twee op een blad, om te vouwen. Knip op de doorlopende lijn."),
}


@dataclass(frozen=True)
class _Job:
    """A paper that is on its way out. `kind` None: name cards. `choice`: for whom, or since when, it is."""

    kind: Paper | None
    name: str
    panel: str
    choice: str = ""
    after: Afterwards | None = None
    make: Callable[[], Document] | None = None

    def issued(self, at: datetime, file_name: str) -> Action:
        """Record it in the list of what was made."""
        from sto_desktop.workplace.issuing import paper_issued

        return paper_issued(self.panel, self.kind, self.name, at, file_name, self.after, self.choice)


class PapersPage(QWidget):
    """A list of papers, each with a preview; `left` returns to the guide."""

    left = Signal()

    def __init__(
        self,
        context: StageContext,
        choose: ChooseTarget,
        ask: AskPrinter = ask_printer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._choose = choose
        self._ask = ask
        self._panel = Panel("")
        self._guide = GuideContent(Guide(""))
        self._people: tuple[Panelist, ...] = ()
        self._encrypted = False
        self._noted: Callable[[], Sequence[str]] = tuple
        self._viewed = ""
        theme = context.theme
        self.back = QuietButton(
            theme, tr("Terug"), icon="chevron-left", hint="Esc", command="prepare_back", on_click=self.left.emit
        )
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Papieren"))
        for heading, names in _GROUPS:
            if heading:
                row_of_heading = self._add_row(tr(heading))
                row_of_heading.setFlags(Qt.ItemFlag.NoItemFlags)
                font = row_of_heading.font()
                font.setBold(True)
                row_of_heading.setFont(font)
            for name in names:
                self._add_row(tr(name)).setData(_NAME, name)
        self.whom = ForWhom(context)
        self.about = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.view = PageView(theme)
        self.copy = Button(theme, tr("Kopiëren"), command="paper_copy", on_click=self._copy)
        self.word = Button(theme, tr("Als Word…"), command="paper_word", on_click=self._save_word)
        self.pdf = Button(theme, tr("Als PDF…"), command="paper_pdf", on_click=self._save_pdf)
        self.each = Button(theme, tr("Alle brieven…"), command="paper_each", on_click=self._save_each)
        self.print = PrimaryButton(
            theme, tr("Afdrukken…"), hint=hint("print_paper"), command="print_paper", on_click=self.print_paper
        )
        bind("print_paper", self, self.print_paper)
        self._lay_out()
        self.setFocusProxy(self.list)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(lambda: self.list.scrollToItem(self.list.currentItem()))
        self.whom.chosen.connect(self._make)
        self.list.currentRowChanged.connect(self._show)
        context.session.changed.connect(self._follow)
        self.list.setCurrentRow(0)

    def _add_row(self, words: str) -> QListWidgetItem:
        entry = QListWidgetItem(words, self.list)
        entry.setSizeHint(QSize(0, _LINE))
        return entry

    def _lay_out(self) -> None:
        head = row(self.back, None, self.copy, self.word, self.pdf, self.each, self.print)
        head.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        side = QVBoxLayout()
        side.setContentsMargins(Space.L, Space.M, Space.M, Space.M)
        side.setSpacing(Space.M)
        self.list.setMaximumHeight(self.list.count() * _LINE + 8)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.about.setFixedWidth(_LIST_WIDTH)
        self.whom.setFixedWidth(_LIST_WIDTH)
        # As high as its papers, and scrolled where the window has no room for all.
        side.addWidget(self.list, 1)
        side.addWidget(self.whom)
        side.addWidget(self.about)
        side.addStretch()
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(side)
        across.addWidget(self.view, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(Hairline())
        layout.addLayout(across, 1)

    def show_panel(
        self,
        panel: Panel,
        guide: GuideContent,
        people: Sequence[Panelist],
        *,
        encrypted: bool = False,
        noted: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """Make papers for this panel; `encrypted`: its dossier has a password; `noted`: reads its notes' texts."""
        self._panel, self._guide, self._people, self._encrypted = panel, guide, tuple(people), encrypted
        self._noted = noted
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def choose(self, paper: Paper | None) -> None:
        """Select a paper in the list; None: name cards."""
        wanted = paper.value if paper is not None else _CARDS
        rows = range(self.list.count())
        self.list.setCurrentRow(next(row for row in rows if self.list.item(row).data(_NAME) == wanted))

    @property
    def _source(self) -> str:
        """The name of the selected paper, untranslated."""
        entry = self.list.currentItem()
        return str(entry.data(_NAME)) if entry is not None and entry.data(_NAME) else _BEFORE[0].value

    @property
    def _kind(self) -> Paper | None:
        """The selected paper; None: name cards, which are not a document."""
        return None if self._source == _CARDS else Paper(self._source)

    def _job(self) -> _Job:
        """Return the selected paper as it is now."""
        after = self.whom.after
        job = _Job(self._kind, tr(self._source), self._panel.id, self.whom.choice if after is not None else "")
        return self._with(job, after)

    def _with(self, job: _Job, after: Afterwards | None) -> _Job:
        """Return a paper of the panel as it is now; `after`: the panel, if what was said is in it."""
        make = None if job.kind is None else self._document_of(job.kind, after, job.choice)
        return replace(job, after=after, make=make)

    def _send(self, out: Callable[[_Job], object]) -> None:
        """Let the selected paper out, once the names in it were looked through."""
        job = self._job()
        self.whom.when_looked_through(lambda after: out(self._with(job, after)))

    def _document_of(self, kind: Paper, after: Afterwards | None, choice: str) -> Callable[[], Document]:
        """Return what makes the document of a paper, on any thread."""
        from sto_desktop.report.papers.papers import paper

        if after is not None:
            return partial(after.document, kind, choice)
        # All notes are read for it, so only where it is said.
        noted = self._noted() if kind in (Paper.REGISTER, Paper.PRETEST) else ()
        special = sum(tells_of_somebody(text, self._people) for text in noted)
        return partial(paper, kind, self._panel, self._guide, self._people, encrypted=self._encrypted, special=special)

    def _pages(self, job: _Job) -> Callable[[], Pdf]:
        """Return what makes the pages of a paper, on any thread."""
        if job.make is None:
            people = [
                (person.name or person.first_name, " · ".join(filter(None, (person.organisation, person.sector))))
                for person in self._taking()
                if person.name or person.first_name
            ]
            return partial(make_cards, job.name, people)
        make, document = make_one_page if job.kind is Paper.CARD else make_pdf, job.make
        return lambda: make(document())

    def _taking(self) -> list[Panelist]:
        return [person for person in self._people if takes_part(person)]

    def _follow(self, changed: Changed) -> None:
        # What was said is read for some papers only, and each time.
        if self.isVisible() and self._kind in AFTERWARDS and not changed.touches("report_made"):
            self._show()

    def _show(self) -> None:
        if self.isVisible():
            self.whom.show_kind(self._kind, self._panel.id)
            # With the choice below it the list is lower.
            self._later.start()
        self._make()

    def _make(self) -> None:
        """Show the selected paper."""
        about = tr(_HINTS[self._source])
        if self._kind is None and len(self._taking()) < len(self._people):
            about += tr(" Wie niet meedoet (deelname: nee), heeft er geen.")
        self.about.setText(self.whom.nothing or about)
        self.copy.setVisible(self._kind is not None)
        self.word.setVisible(self._kind is not None)
        self.each.setVisible(self._kind in FOR_EACH)
        self.each.setEnabled(self.whom.ready and self.whom.has_each)
        empty = self._kind is None and not self._taking()
        for button in (self.print, self.pdf, self.copy, self.word):
            button.setEnabled(not empty and self.whom.ready)
        waiting = not (self.whom.ready or self.whom.nothing)
        if waiting and self._source != self._viewed:
            self.view.clear()
        elif self.isVisible() and not waiting:
            self._viewed = self._source
            self.view.setAccessibleName(tr("Voorbeeld: {name}", name=tr(self._source)))
            self.view.make(self._pages(self._job()))
        if empty and not self._people:
            self.about.setText(tr("Er zijn nog geen panelleden. Zet ze eerst in de lijst."))

    # Exports

    def print_paper(self) -> None:
        """Print the selected paper."""
        if not self.print.isEnabled():
            return

        def go(job: _Job) -> None:
            # The session waits for this before closing, so that the paper is recorded in the dossier that it is of.
            self._context.session.in_background(self._pages(job), partial(self._print, job))

        self._send(go)

    def _print(self, job: _Job, made: Pdf) -> None:
        from PySide6.QtPrintSupport import QPrinter

        with closing(Pages(made)) as shown:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            printer.setDocName(job.name)
            printer.setPageLayout(page_layout(shown))
            printer.setFullPage(True)
        if not self._ask(self, printer):
            return

        def printed(_: object) -> None:
            self._record(job, tr("(afgedrukt)"))
            pages = counted(made.pages, "{n} pagina", "{n} pagina's")
            self._context.notify(tr("{name}: {pages} naar de printer.", name=job.name, pages=pages), tone="good")

        self._context.session.in_background(partial(paint_pages, printer, made, range(made.pages)), printed)

    def _copy(self) -> None:
        self._send(self._copy_of)

    def _copy_of(self, job: _Job) -> None:
        from sto_desktop.report.papers.papers import mail_text
        from sto_desktop.report.writers.markdown_writer import markdown_bytes

        if job.kind is None or job.make is None:
            return
        mail = mail_text(job.kind, self._panel, self._guide)
        if mail is not None:
            QGuiApplication.clipboard().setText(mail)
        elif job.after is not None:
            copy_as_text(job.make())
        else:
            QGuiApplication.clipboard().setText(markdown_bytes(job.make()).decode())
        self._record(job, tr("(klembord)"))
        self._context.notify(tr("De tekst is gekopieerd. Plak hem in uw mail."), tone="good")

    def _save_word(self) -> None:
        self._send(lambda job: self._save(job, ".docx"))

    def _save_pdf(self) -> None:
        self._send(lambda job: self._save(job, ".pdf"))

    def _save(self, job: _Job, ending: str) -> None:
        files = tr("PDF (*.pdf)") if ending == ".pdf" else tr("Word-document (*.docx)")
        target = self._target(job, ending, files)
        if target is None:
            return
        # The session waits for this before closing, so that the paper is recorded in the dossier that it is of.
        done = partial(self._written, job, target)
        self._context.session.in_background(self._writing(job, target), done, self._context.tell_error)

    def _writing(self, job: _Job, target: Path) -> Callable[[], object]:
        from sto_desktop.report.word.package import replace_file
        from sto_desktop.report.word.word import write_word
        from sto_desktop.workplace.reporting import write_afterwards

        if job.after is not None and job.kind is not None:
            after, kind = job.after, job.kind
            return lambda: write_afterwards(after, kind, job.choice, target).lacks
        if target.suffix.lower() == ".docx" and job.make is not None:
            make = job.make
            return lambda: write_word(make(), target)
        pages = self._pages(job)
        return lambda: replace_file(target, pages().data)

    def _target(self, job: _Job, ending: str, files: str) -> Path | None:
        from sto_desktop.domain.privacy.naming.naming import NameMode
        from sto_desktop.domain.privacy.titles import title_without_names

        name = file_name(job.name, title_without_names(self._panel.title, self._people, NameMode.ROLE))
        if job.after is not None and job.kind is not None:
            name = job.after.file_name(job.kind, job.choice)
        chosen = self._choose(self, FileQuestion(tr("Bewaren als"), files), self._folder() / f"{name}{ending}")
        if chosen is None:
            return None
        # Append and do not replace: a dot may be part of the name.
        return chosen if chosen.suffix.lower() == ending else chosen.with_name(f"{chosen.name}{ending}")

    def _folder(self) -> Path:
        return Path(self._context.settings.current.last_folder or Path.home())

    def _written(self, job: _Job, target: Path, lacks: object) -> None:
        self._record(job, target.name)
        told = f" {lacks}" if isinstance(lacks, str) and lacks else ""
        self._context.notify(tr("Bewaard als {name}.", name=target.name) + told, tone="good")

    def _save_each(self) -> None:
        self._send(self._each_of)

    def _each_of(self, job: _Job) -> None:
        """Save the paper of each member or owner in a file of their own, in a new folder."""
        from sto_desktop.workplace.place import free_path
        from sto_desktop.workplace.reporting import write_each

        if job.after is None or job.kind is None:
            return
        suggested = self._folder() / file_name(job.name, self._panel.title)
        chosen = self._choose(self, FileQuestion(tr("Nieuwe map voor alle brieven"), ""), suggested)
        if chosen is not None:
            # Letters from before would stand among the new ones.
            folder = free_path(chosen.parent, chosen.name, "")
            write = partial(write_each, job.after, job.kind, folder, ".docx")
            self._context.session.in_background(
                write, partial(self._each_written, job, folder), self._context.tell_error
            )

    def _each_written(self, job: _Job, folder: Path, made: tuple[Sequence[WrittenPaper], StoError | None]) -> None:
        written, problem = made
        for one in written:
            self._record(replace(job, choice=one.choice), one.target.name)
        if problem is not None:
            self._context.tell_error(problem)
            return
        saved = counted(len(written), "{n} brief", "{n} brieven")
        self._context.notify(tr("{saved} bewaard in de map {folder}.", saved=saved, folder=folder.name), tone="good")

    def _record(self, job: _Job, file_name: str) -> None:
        perform(self._context, job.issued(self._context.session.now(), file_name))
