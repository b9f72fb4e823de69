"""The page of papers: what can be printed for a panel, with previews, printing and saving."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sto_desktop.domain.model import Guide, Panel, Panelist
from sto_desktop.domain.panel.content import GuideContent
from sto_desktop.domain.privacy.participation import takes_part
from sto_desktop.domain.privacy.special import tells_of_somebody
from sto_desktop.language import counted, tr, tr_later
from sto_desktop.report.blocks.blocks import Document
from sto_desktop.report.papers.kinds import Paper
from sto_desktop.report.writers.pdf_writer import Pdf, make_cards, make_one_page, make_pdf
from sto_desktop.ui.base.doing import perform
from sto_desktop.ui.base.keys import bind, hint
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.look.roles import ColourRole, Space, TextStyle
from sto_desktop.ui.paper.page_view import PageView
from sto_desktop.ui.paper.pages import Pages, page_layout, paint_pages
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

_LIST_WIDTH = 248
_LINE = 34
_CARDS = "Naamkaarten"
_NAMES = (*(paper.value for paper in Paper), _CARDS)
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
    Paper.REGISTER.value: tr_later("Voor wie het register bijhoudt (AVG, artikel 30)."),
    Paper.PRETEST.value: tr_later("Of er een DPIA nodig is, met risico’s en maatregelen. De FG beoordeelt het."),
    Paper.AGREEMENT.value: tr_later("Alleen als de gespreksleider van buiten komt (AVG, artikel 28)."),
    Paper.IT_PAGE.value: tr_later("Wat waar staat, hoe het versleuteld is, en wat er verstuurd wordt: niets."),
    _CARDS: tr_later("Twee op een blad, om te vouwen. Knip op de doorlopende lijn."),
}


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
        theme = context.theme
        self.back = QuietButton(
            theme, tr("Terug"), icon="chevron-left", hint="Esc", command="prepare_back", on_click=self.left.emit
        )
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Papieren"))
        for name in _NAMES:
            entry = QListWidgetItem(tr(name), self.list)
            entry.setSizeHint(QSize(0, _LINE))
        self.about = TextLabel(theme, "", TextStyle.SECONDARY, ColourRole.MUTED)
        self.view = PageView(theme)
        self.copy = Button(theme, tr("Kopiëren"), command="paper_copy", on_click=self._copy)
        self.word = Button(theme, tr("Als Word…"), command="paper_word", on_click=self._save_word)
        self.pdf = Button(theme, tr("Als PDF…"), command="paper_pdf", on_click=self._save_pdf)
        self.print = PrimaryButton(
            theme, tr("Afdrukken…"), hint=hint("print_paper"), command="print_paper", on_click=self.print_paper
        )
        bind("print_paper", self, self.print_paper)
        self._lay_out()
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        head = row(self.back, None, self.copy, self.word, self.pdf, self.print)
        head.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        side = QVBoxLayout()
        side.setContentsMargins(Space.L, Space.M, Space.M, Space.M)
        side.setSpacing(Space.M)
        self.list.setMaximumHeight(len(_NAMES) * _LINE + 8)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.about.setFixedWidth(_LIST_WIDTH)
        # As high as its papers, and scrolled where the window has no room for all.
        side.addWidget(self.list, 1)
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

    def choose(self, paper: Paper) -> None:
        """Select a paper in the list."""
        self.list.setCurrentRow(_NAMES.index(paper.value))

    @property
    def _kind(self) -> Paper | None:
        """The selected paper; None: name cards, which are not a document."""
        name = _NAMES[max(self.list.currentRow(), 0)]
        return None if name == _CARDS else Paper(name)

    def _pages(self) -> Callable[[], Pdf]:
        """Return what makes the selected paper, on any thread."""
        kind = self._kind
        if kind is None:
            people = [
                (person.name or person.first_name, " · ".join(filter(None, (person.organisation, person.sector))))
                for person in self._taking()
                if person.name or person.first_name
            ]
            return partial(make_cards, self._name(), people)
        return partial(make_one_page if kind is Paper.CARD else make_pdf, self._document(kind))

    def _document(self, kind: Paper) -> Document:
        from sto_desktop.report.papers.papers import paper

        # All notes are read for it, so only where it is said.
        noted = self._noted() if kind in (Paper.REGISTER, Paper.PRETEST) else ()
        special = sum(map(tells_of_somebody, noted))
        return paper(kind, self._panel, self._guide, self._people, encrypted=self._encrypted, special=special)

    def _taking(self) -> list[Panelist]:
        return [person for person in self._people if takes_part(person)]

    def _show(self) -> None:
        name = _NAMES[max(self.list.currentRow(), 0)]
        about = tr(_HINTS[name])
        if self._kind is None and len(self._taking()) < len(self._people):
            about += tr(" Wie niet meedoet (deelname: nee), heeft er geen.")
        self.about.setText(about)
        self.copy.setVisible(self._kind is not None)
        self.word.setVisible(self._kind is not None)
        empty = self._kind is None and not self._taking()
        for button in (self.print, self.pdf):
            button.setEnabled(not empty)
        if self.isVisible():
            self.view.setAccessibleName(tr("Voorbeeld: {name}", name=tr(name)))
            self.view.make(self._pages())
        if empty and not self._people:
            self.about.setText(tr("Er zijn nog geen panelleden. Zet ze eerst in de lijst."))

    # Exports

    def print_paper(self) -> None:
        """Print the selected paper."""
        if not self.print.isEnabled():
            return
        # The session waits for this before closing, so that the paper is recorded in the dossier that it is of.
        self._context.session.in_background(self._pages(), partial(self._print, self._kind, self._name()))

    def _print(self, kind: Paper | None, name: str, made: Pdf) -> None:
        from PySide6.QtPrintSupport import QPrinter

        with closing(Pages(made)) as shown:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            printer.setDocName(name)
            printer.setPageLayout(page_layout(shown))
            printer.setFullPage(True)
        if not self._ask(self, printer):
            return

        def printed(_: object) -> None:
            self._record(kind, name, tr("(afgedrukt)"))
            pages = counted(made.pages, "{n} pagina", "{n} pagina's")
            self._context.notify(tr("{name}: {pages} naar de printer.", name=name, pages=pages), tone="good")

        self._context.session.in_background(partial(paint_pages, printer, made, range(made.pages)), printed)

    def _copy(self) -> None:
        from sto_desktop.report.papers.papers import invitation_text
        from sto_desktop.report.writers.markdown_writer import markdown_bytes

        kind = self._kind
        if kind is Paper.INVITATION:
            text = invitation_text(self._panel, self._guide)
        elif kind is not None:
            text = markdown_bytes(self._document(kind)).decode()
        else:
            return
        QGuiApplication.clipboard().setText(text)
        self._remember(tr("(klembord)"))
        self._context.notify(tr("De tekst is gekopieerd. Plak hem in uw mail."), tone="good")

    def _save_word(self) -> None:
        kind = self._kind
        target = self._target(".docx", tr("Word-document (*.docx)"))
        if kind is None or target is None:
            return
        document, name = self._document(kind), self._name()

        def work() -> Path:
            from sto_desktop.report.word.word import write_word

            write_word(document, target)
            return target

        # The session waits for this before closing, so that the paper is recorded in the dossier that it is of.
        self._context.session.in_background(work, partial(self._written, kind, name), self._context.tell_error)

    def _save_pdf(self) -> None:
        target = self._target(".pdf", tr("PDF (*.pdf)"))
        if target is None:
            return
        from sto_desktop.report.word.package import replace_file

        make = self._pages()

        def work() -> Path:
            replace_file(target, make().data)
            return target

        done = partial(self._written, self._kind, self._name())
        self._context.session.in_background(work, done, self._context.tell_error)

    def _target(self, ending: str, files: str) -> Path | None:
        name = re.sub(r"\W+", "-", f"{self._name()} {self._panel.title}".lower()).strip("-")
        folder = Path(self._context.settings.current.last_folder or Path.home())
        question = FileQuestion(tr("Bewaren als"), files)
        chosen = self._choose(self, question, folder / f"{name}{ending}")
        if chosen is None:
            return None
        # Append and do not replace: a dot may be part of the name.
        return chosen if chosen.suffix.lower() == ending else chosen.with_name(f"{chosen.name}{ending}")

    def _written(self, kind: Paper | None, name: str, target: Path) -> None:
        self._record(kind, name, target.name)
        self._context.notify(tr("Bewaard als {name}.", name=target.name), tone="good")

    def _remember(self, where: str) -> None:
        self._record(self._kind, self._name(), where)

    def _record(self, kind: Paper | None, name: str, file_name: str) -> None:
        """Record the paper in the list of what was made; only two of them name the members."""
        from sto_desktop.workplace.issuing import paper_issued

        session = self._context.session
        names = kind in (None, Paper.ATTENDANCE)
        perform(self._context, paper_issued(self._panel.id, name, session.now(), file_name, names=names))

    def _name(self) -> str:
        return tr(_NAMES[max(self.list.currentRow(), 0)])
